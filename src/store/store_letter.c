/* store_letter.c: rows of what is reported without a name. */
#include "store/store_driver.h"
#include "store/store_rows.h"

enum err store_letter_put(struct store *store, struct str code, int64_t matter, struct bh_err *reterr)
{
	return RUN(store, STMT_LETTER_PUT, NULL, NULL, reterr, V_TEXT(code), V_INT(matter));
}

static enum err take_number(void *context, const struct row *row)
{
	*(int64_t *)context = row_int(row, 0);
	return ERR_OK;
}

enum err store_letter_find(struct store *store, struct str code, int64_t *ret_matter, struct bh_err *reterr)
{
	int64_t matter = 0;

	TRY(RUN(store, STMT_LETTER_FIND, take_number, &matter, reterr, V_TEXT(code)));
	if (matter == 0)
		return err_set(reterr, ERR_NOT_FOUND, "code",
			"there is no such code: compare it with what you kept, letter by letter");
	*ret_matter = matter;
	return ERR_OK;
}

/* ---- what waits ---- */

enum err store_letter_wait(
	struct store *store, struct arena *arena, const struct letter_part *part, struct bh_err *reterr)
{
	return RUN(store, STMT_LETTER_WAIT, NULL, NULL, reterr, V_TEXT(part->code), V_INT(part->part),
		V_TEXT(day_print(arena, part->came)), V_TEXT(part->body));
}

static enum err take_part(void *context, const struct row *row)
{
	struct list *list = context;
	struct letter_part *part = LIST_PUSH(list, struct letter_part);

	part->code = str_copy(list->arena, row_text(row, 0));
	part->part = row_int(row, 1);
	part->body = str_copy(list->arena, row_text(row, 3));
	return day_parse(row_text(row, 2), &part->came, NULL) == ERR_OK ? ERR_OK : ERR_TAMPERED;
}

enum err store_letter_waiting(struct store *store, struct arena *arena, struct str code,
	struct letter_part **ret_parts, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(code.size > 0 ? RUN(store, STMT_LETTER_WAITING_OF, take_part, &list, reterr, V_TEXT(code))
			  : RUN0(store, STMT_LETTER_WAITING_ALL, take_part, &list, reterr));
	LIST_GIVE(list, ret_parts, ret_count);
	return ERR_OK;
}

static enum err take_code(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct str) = str_copy(list->arena, row_text(row, 0));
	return ERR_OK;
}

enum err store_letter_due(struct store *store, struct arena *arena, struct day today, struct str **ret_codes,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_LETTER_DUE, take_code, &list, reterr, V_TEXT(day_print(arena, today))));
	LIST_GIVE(list, ret_codes, ret_count);
	return ERR_OK;
}

enum err store_letter_came(
	struct store *store, struct arena *arena, struct day day, int64_t *ret_count, struct bh_err *reterr)
{
	return RUN(store, STMT_LETTER_CAME, take_number, ret_count, reterr, V_TEXT(day_print(arena, day)));
}

enum err store_letter_drop(struct store *store, const struct letter_part *part, struct bh_err *reterr)
{
	/* Overwritten, not only forgotten: pages tell which rows came before which. */
	TRY(driver_script(store, "pragma secure_delete = on", reterr));
	enum err err =
		RUN(store, STMT_LETTER_DROP, NULL, NULL, reterr, V_TEXT(part->code), V_INT(part->part));

	TRY(driver_script(store, "pragma secure_delete = off", reterr));
	return err;
}
