/* workbook.h: a spreadsheet file (xlsx) as the cells in it, read where a hostile file can do no harm.
 *
 * An xlsx is a zip of XML, and both have killed readers before. So the bytes are taken apart in a child
 * process that can only compute and answer: no files, no network, no new memory beyond a limit, little time.
 * What comes back is text with its place. Limits: 2,000 parts, 100 MiB unpacked, a hundredfold at most; XML
 * with a DOCTYPE is refused, since it is where entities are declared.
 *
 * A cell is what it shows: a date is "2019-03-05" whatever the file counts from, a percentage "50%", a number
 * has the decimals of its format (never fewer than it needs), a truth is "true" or "false", a formula is the
 * value that was last calculated. */
#ifndef EXCHANGE_WORKBOOK_H
#define EXCHANGE_WORKBOOK_H

#include "base/base.h"

#define WORKBOOK_SIZE_MAX     ((size_t)100 * 1024 * 1024)
#define WORKBOOK_ROWS_MAX     1048576
#define WORKBOOK_COLUMNS_MAX  16384
#define WORKBOOK_UNPACKED_MAX ((size_t)100 * 1024 * 1024) /* of all text in cells, as of all parts */

/* A cell that says something, or why it can't be taken. */
enum sheet_cell_kind {
	SHEET_TEXT,
	SHEET_ERROR,       /* #N/A and its like; the text is which */
	SHEET_UNKNOWN,     /* a formula that nobody calculated */
	SHEET_TOO_LONG,    /* a number of more than 15 digits: the last ones are lost already */
	SHEET_NO_SUCH_DAY, /* 29 February 1900, which only spreadsheets know */
	SHEET_CELL_KIND_COUNT
};
struct sheet_cell {
	uint32_t row, column; /* both from 1 */
	enum sheet_cell_kind kind;
	struct str text;
};
struct sheet_merge { /* cells shown as one: the upper left one has what they say */
	uint32_t top, left, bottom, right;
};
struct sheet {
	struct str name;
	struct sheet_cell *cells; /* by row, then column; empty ones are left out */
	size_t cell_count, cell_capacity;
	struct sheet_merge *merges;
	size_t merge_count, merge_capacity;
};
struct workbook {
	bool from_1904;       /* bare day numbers count from 1904, as old Macintosh files do */
	struct sheet *sheets; /* those that are shown, in their order */
	size_t sheet_count, sheet_capacity;
};

/* Does it begin as every zip does? */
bool workbook_is_one(struct str bytes);
/* ERR_INVALID says what is wrong with the file and where in it; ERR_RANGE that it is beyond a limit; ERR_IO
 * that the child couldn't be kept apart on this machine. Safe from any thread; the child is this program
 * anew, whose main must call children_answer. */
MUST_CHECK enum err workbook_read(
	struct arena *arena, struct str bytes, struct workbook **ret_workbook, struct bh_err *reterr);

#endif
