/* lrmx.h: the form for an appointment (干部任免审批表) as personnel offices exchange it: XML in UTF-8 with a
 * byte order mark, root Person (versions 3.2.1.6 and 3.2.1.16 were seen). It is personal data: it stays in
 * the file, and of its career alone tenures are taken into the record (intake/form.h). */
#ifndef EXCHANGE_LRMX_H
#define EXCHANGE_LRMX_H

#include "base/base.h"

#define LRMX_SIZE_MAX   ((size_t)4 * 1024 * 1024) /* a photo is the largest part */
#define LRMX_FAMILY_MAX 100

enum lrmx_element {
#define LRMX(element, zh, en) LRMX_##element,
#include "exchange/lrmx.def"
	LRMX_ELEMENT_COUNT
};
struct lrmx_relative {
	struct str relation, name, born, party, post;
};
struct lrmx_unknown {
	struct str name, text;
};
struct lrmx {
	struct str values[LRMX_ELEMENT_COUNT]; /* "" for what isn't there, or is white space alone */
	struct lrmx_relative *family;
	size_t family_count, family_capacity;
	struct lrmx_unknown *others; /* elements of newer programs, kept */
	size_t other_count, other_capacity;
};

const char *lrmx_name(enum lrmx_element element); /* "XingMing" */
const char *lrmx_label(enum lrmx_element element, struct str lang);
MUST_CHECK bool lrmx_find(struct str name, enum lrmx_element *ret_element);

/* ERR_INVALID names the element and what is wrong: no Person, a DOCTYPE, too many layers, an element twice, a
 * date that is none, a national id whose check digit is wrong. ERR_RANGE beyond LRMX_SIZE_MAX. */
MUST_CHECK enum err lrmx_read(
	struct arena *arena, struct str bytes, struct lrmx *ret_lrmx, struct bh_err *reterr);
/* The file; what was read comes out with the same content. */
struct str lrmx_write(struct arena *arena, const struct lrmx *lrmx);

/* A date of such a file: YYYYMM, YYYYMMDD or YYYY.MM; the first of the month where no day is said. false:
 * it is none. */
MUST_CHECK bool lrmx_day(struct str text, struct day *ret_day);
/* Whole years from `born` to `on`. */
int lrmx_age(struct day born, struct day on);
/* GB 11643: 17 digits and a check digit. */
bool lrmx_id_is_valid(struct str id);

/* A line of a career: "2010.03--2015.06  text"; a line that doesn't begin with a digit goes on with the last.
 */
struct lrmx_career {
	struct str from, until, text; /* until "": to the present */
};
void lrmx_career(struct arena *arena, struct str text, struct lrmx_career **ret_lines, size_t *ret_count);

#endif
