/* fill.h: what the files of this room share. Private to it. */
#ifndef PAPER_FILL_H
#define PAPER_FILL_H

#include "exchange/docx.h"
#include "paper/paper.h"

/* Open the template. */
MUST_CHECK enum err paper_open(
	struct arena *arena, const struct paper *paper, struct docx **ret_docx, struct bh_err *reterr);
/* Open it, look that all its tags are known, fill it and give its bytes. */
MUST_CHECK enum err paper_fill(struct arena *arena, const struct paper *paper,
	const struct docx_values *values, struct str *ret_docx, struct bh_err *reterr);

/* ---- values that several papers have ---- */

#define RECEIPT_MM 24 /* how large its QR code is drawn */

/* The first of the two that a tag "a.b" consists of, and the second. */
struct str tag_group(struct str tag);
struct str tag_name(struct str tag);
MUST_CHECK enum err no_such_tag(enum paper_of of, struct arena *arena, struct str tag, struct bh_err *reterr);

struct docx_value text_value(struct str text);
MUST_CHECK enum err qr_value(struct arena *arena, struct str text, int millimetres,
	struct docx_value *ret_value, struct bh_err *reterr);
/* "2019年3月5日", or "5 March 2019"; "" for none. */
struct str day_in_words(struct arena *arena, struct day day, bool chinese);

#endif
