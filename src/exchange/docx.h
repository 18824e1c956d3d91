/* docx.h: a Word document that is filled in where its content controls say so.
 *
 * A control (w:sdt) with a tag is a place for a value: whoever edits the template in Word or WPS sets the tag
 * in the properties of the control. A tag "list.name" belongs to a list: the row of a table in which such a
 * tag stands, or else its paragraph, stands once for each item of the list. In the finished document the
 * controls are gone and plain text is left. */
#ifndef EXCHANGE_DOCX_H
#define EXCHANGE_DOCX_H

#include "base/base.h"

#define DOCX_SIZE_MAX ((size_t)20 * 1024 * 1024)

/* Pieces of text in the order in which they are read; of a table the cells, row by row. */
struct docx_table {
	struct str *cells; /* the first `columns` of them are the header */
	size_t columns, rows;
};
struct docx_value {
	enum { DOCX_TEXT, DOCX_PICTURE, DOCX_TABLE } kind;
	struct str text; /* lines between \n */
	struct str png;
	int millimetres; /* a picture's width, and height */
	struct docx_table table;
};

/* What a document is filled from. */
struct docx_values {
	void *context;
	/* How many items the list of that name has. ERR_NOT_FOUND: there is no such list. */
	enum err (*list)(void *context, struct str name, size_t *ret_count, struct bh_err *reterr);
	/* The value of a tag, of item `row` where it belongs to a list. ERR_NOT_FOUND: there is no such
	 * value; the place is added to what is said. */
	enum err (*value)(void *context, struct str tag, size_t row, struct docx_value *ret_value,
		struct bh_err *reterr);
};

struct docx;
struct docx_part {
	const char *name, *text;
};
/* A document in a file that came from elsewhere; `bytes` is copied from. ERR_INVALID when it is none,
 * ERR_RANGE when it is beyond the limits of office files (parts.h). */
MUST_CHECK enum err docx_open(
	struct arena *arena, struct str bytes, struct docx **ret_docx, struct bh_err *reterr);
/* The same of parts that the program has. */
MUST_CHECK enum err docx_from_parts(struct arena *arena, const struct docx_part *parts, size_t count,
	struct docx **ret_docx, struct bh_err *reterr);

/* From its properties (File, Information): title, subject, keywords; "" when there is none. */
struct str docx_property(const struct docx *docx, const char *name);
/* Every tag in it, with what stands around it. */
struct docx_tag {
	struct str tag, around;
};
void docx_tags(const struct docx *docx, struct docx_tag **ret_tags, size_t *ret_count);

/* Fill it, once. What `values` refuses is said with the tag as its place and the text around it. */
MUST_CHECK enum err docx_fill(struct docx *docx, const struct docx_values *values, struct bh_err *reterr);
/* The file as it now is. The same document is the same bytes. */
MUST_CHECK enum err docx_write(struct docx *docx, struct str *ret_bytes, struct bh_err *reterr);

#endif
