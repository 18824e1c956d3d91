/* workbook_read.c: a spreadsheet file taken apart in a child, gathered here. */
#include "exchange/apart.h"

bool workbook_is_one(struct str bytes)
{
	return str_starts(bytes, "PK\x03\x04");
}

enum err workbook_take_apart(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	struct zip_parts *zip;

	TRY(zip_parts_open(arena, bytes, &zip, reterr));
	struct parts parts = zip_parts_of(zip);
	enum err err = workbook_parse(arena, &parts, out, reterr);

	zip_parts_close(zip);
	return err;
}

enum err workbook_read(
	struct arena *arena, struct str bytes, struct workbook **ret_workbook, struct bh_err *reterr)
{
	struct workbook_build build = workbook_build_new(arena);
	struct cells_out out = workbook_build_out(&build);

	if (bytes.size > WORKBOOK_SIZE_MAX)
		return err_set(reterr, ERR_RANGE, "", "the file has more than 100 MiB");
	TRY(apart_run("workbook", bytes, &out, reterr));
	*ret_workbook = build.workbook;
	return ERR_OK;
}
