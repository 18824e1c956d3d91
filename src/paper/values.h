/* values.h: a paper of a matter while it is filled. Private to the room. */
#ifndef PAPER_VALUES_H
#define PAPER_VALUES_H

#include "exchange/lrmx.h"
#include "paper/fill.h"

struct values {
	const struct matter_view *view;
	const struct lrmx *lrmx; /* NULL: none was given */
	bool tells_urging, tells_closing;
};

/* person.c */
MUST_CHECK enum err value_person(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr);
MUST_CHECK enum err value_form(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr);
MUST_CHECK enum err value_family(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr);
size_t count_family(const struct values *values);

#endif
