/* workbook_parts.h: from the parts of a spreadsheet file to its cells, in this process. Private to the room.
 *
 * Where the parts come from, and where the cells go, is the caller's: a zip and a pipe in the child, plain
 * bytes in a fuzzer. */
#ifndef EXCHANGE_WORKBOOK_PARTS_H
#define EXCHANGE_WORKBOOK_PARTS_H

#include "exchange/parts.h"
#include "exchange/workbook.h"

#define CELL_TEXT_MAX ((size_t)1024 * 1024) /* spreadsheets take 32,767 characters */

struct cells_out {
	void *context;
	enum err (*sheet)(void *context, struct str name, bool from_1904, struct bh_err *reterr);
	enum err (*cell)(void *context, const struct sheet_cell *cell, struct bh_err *reterr);
	enum err (*merge)(void *context, const struct sheet_merge *merge, struct bh_err *reterr);
	/* A piece of a file that is made and not read (pdf.h). */
	enum err (*piece)(void *context, struct str bytes, struct bh_err *reterr);
};
/* Say all shown sheets with their cells and merged cells, in order. What is made lives in `arena`. */
MUST_CHECK enum err workbook_parse(
	struct arena *arena, const struct parts *parts, const struct cells_out *out, struct bh_err *reterr);

/* All of a file, which is a zip; the job of the child. */
MUST_CHECK enum err workbook_take_apart(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr);

/* Cells gathered into a workbook, checked as though a stranger sent them: places within a sheet, in order,
 * text in UTF-8 and within the limits. */
struct workbook_build {
	struct arena *arena;
	struct workbook *workbook;
	size_t size; /* of the text so far */
};
struct workbook_build workbook_build_new(struct arena *arena);     /* an empty one */
struct cells_out workbook_build_out(struct workbook_build *build); /* refers to it */

/* ---- numbers ---- */

/* How numbers of one style are shown. */
struct number_form {
	enum { NUMBER_PLAIN, NUMBER_PERCENT, NUMBER_DAY, NUMBER_TIME } kind;
	int decimals; /* at least so many */
};
struct number_form number_form_of(int64_t builtin, struct str code); /* code "": none of its own */
/* What a number of that form shows; its kind when it can't be taken. `typed` as it stands in the file. */
enum sheet_cell_kind number_show(struct arena *arena, struct str typed, const struct number_form *form,
	bool from_1904, struct str *ret_text);

/* ---- the parts of a workbook ---- */

struct styles {
	struct number_form *forms; /* by the style that a cell names */
	size_t count, capacity;
};
struct strings {
	struct str *items;
	size_t count, capacity;
};
/* What one sheet is read with. */
struct sheet_read {
	struct arena *arena;
	const struct styles *styles;
	const struct strings *strings;
	const struct cells_out *out;
	bool from_1904;
	size_t *size; /* of all text so far, over all sheets */
};
/* The cells of the sheet that is the part of that name. */
MUST_CHECK enum err sheet_parse(
	const struct sheet_read *read, const struct parts *parts, const char *name, struct bh_err *reterr);
/* Text as the format writes it: _x000D_ is the character of that number. */
struct str sheet_unescape(struct arena *arena, struct str text);

#endif
