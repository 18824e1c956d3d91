/* sheet_write.h: a table as a spreadsheet file (xlsx): the header frozen and with a filter, columns as wide
 * as what is in them, days as days, numbers as numbers where the column holds numbers, lamps with their
 * colour, and everything else as text, which no program runs as a formula. The same rows give the same bytes.
 */
#ifndef EXCHANGE_SHEET_WRITE_H
#define EXCHANGE_SHEET_WRITE_H

#include "exchange/csv.h"

struct sheet_column {
	struct str head;
	bool number, lamp;
};
/* Rows go to the disk as they come, so a long table needs no memory. Must be finished or abandoned. */
struct sheet_out;
MUST_CHECK enum err sheet_out_open(struct arena *arena, const struct sheet_column *columns, size_t count,
	struct sheet_out **ret_out, struct bh_err *reterr);
void sheet_out_row(struct sheet_out *out, const struct str *cells, size_t count);
/* Into a file, whole or not at all, or to standard output ("-"). ERR_RANGE when there were more rows, or more
 * text in a cell, than a sheet takes; ERR_IO. */
MUST_CHECK enum err sheet_out_finish(struct sheet_out *out, const char *path, struct bh_err *reterr);
/* The same to read from, the file having no name any more: `ret_fd` is the caller's to close. */
MUST_CHECK enum err sheet_out_give(
	struct sheet_out *out, int *ret_fd, uint64_t *ret_size, struct bh_err *reterr);
void sheet_out_abandon(struct sheet_out *out);

#endif
