/* store_ballot.c: rows of secret votes. */
#include "store/store_driver.h"
#include "store/store_rows.h"

#include <string.h>

/* ---- ballots ---- */

const char *ballot_state_name(enum ballot_state state)
{
	static const char *const names[BALLOT_STATE_COUNT] = {"open", "closed", "void"};

	REQUIRE(state < BALLOT_STATE_COUNT);
	return names[state];
}

enum err store_ballot_put(struct store *store, const struct stored_ballot *ballot, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_PUT, NULL, NULL, reterr, V_INT(ballot->id), V_TEXT(ballot->spec),
		V_TEXT(ballot->root), V_TEXT(str_from(ballot_state_name(ballot->state))),
		V_INSTANT(ballot->opened), V_INSTANT(ballot->closed), V_INT(ballot->code_count),
		V_TEXT(ballot->paper), V_ID(ballot->paper_by), V_ID(ballot->paper_second),
		V_TEXT(ballot->result));
}

static enum err read_ballot(struct arena *arena, const struct row *row, struct stored_ballot *ret_ballot)
{
	struct stored_ballot ballot = {.id = row_int(row, 0),
		.spec = str_copy(arena, row_text(row, 1)),
		.root = str_copy(arena, row_text(row, 2)),
		.opened = row_instant(row, 4),
		.closed = row_instant(row, 5),
		.code_count = row_int(row, 6),
		.paper = str_copy(arena, row_text(row, 7)),
		.paper_by = row_int(row, 8),
		.paper_second = row_int(row, 9),
		.result = str_copy(arena, row_text(row, 10))};

	for (size_t i = 0; i < BALLOT_STATE_COUNT; i++) {
		if (str_is(row_text(row, 3), ballot_state_name((enum ballot_state)i))) {
			ballot.state = (enum ballot_state)i;
			*ret_ballot = ballot;
			return ERR_OK;
		}
	}
	return ERR_TAMPERED;
}

static enum err take_ballot(void *context, const struct row *row)
{
	struct list *list = context;

	return read_ballot(list->arena, row, LIST_PUSH(list, struct stored_ballot));
}

static enum err told(enum err err, struct bh_err *reterr)
{
	return err == ERR_TAMPERED ? err_set(reterr, err, "ballot",
					     "a row couldn't have been recorded like this: run bihuan replay")
				   : err;
}

enum err store_ballot_get(struct store *store, struct arena *arena, int64_t id,
	struct stored_ballot *ret_ballot, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_BALLOT_GET, take_ballot, &list, reterr, V_INT(id)), reterr));
	if (list.count == 0)
		return err_set(reterr, ERR_NOT_FOUND, "ballot", "there is no such ballot");
	*ret_ballot = ((const struct stored_ballot *)list.items)[0];
	return ERR_OK;
}

enum err store_ballot_list(struct store *store, struct arena *arena, int64_t limit,
	struct stored_ballot **ret_ballots, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_BALLOT_ALL, take_ballot, &list, reterr, V_INT(limit)), reterr));
	LIST_GIVE(list, ret_ballots, ret_count);
	return ERR_OK;
}

static enum err take_number(void *context, const struct row *row)
{
	*(int64_t *)context = row_int(row, 0);
	return ERR_OK;
}

enum err store_ballot_last(struct store *store, int64_t *ret_id, struct bh_err *reterr)
{
	return RUN0(store, STMT_BALLOT_LAST, take_number, ret_id, reterr);
}

/* ---- codes ---- */

static struct value hash_value(struct arena *arena, const struct hash *hash)
{
	return V_TEXT(hex_print(arena, hash->bytes, HASH_SIZE));
}

static bool row_hash(struct arena *arena, const struct row *row, int column, struct hash *ret_hash)
{
	struct str bytes;

	if (!hex_parse(arena, row_text(row, column), &bytes) || bytes.size != HASH_SIZE)
		return false;
	memcpy(ret_hash->bytes, bytes.data, HASH_SIZE);
	return true;
}

enum err store_ballot_code_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_code *code, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_CODE_PUT, NULL, NULL, reterr, hash_value(arena, &code->hash),
		V_INT(ballot), V_INT(code->group));
}

enum err store_ballot_code_find(struct store *store, struct arena *arena, const struct hash *code,
	int64_t *ret_ballot, struct bh_err *reterr)
{
	int64_t ballot = 0;

	TRY(RUN(store, STMT_BALLOT_CODE_FIND, take_number, &ballot, reterr, hash_value(arena, code)));
	if (ballot == 0)
		return err_set(reterr, ERR_NOT_FOUND, "code",
			"there is no such code: compare it with the slip, letter by letter");
	*ret_ballot = ballot;
	return ERR_OK;
}

static enum err take_code(void *context, const struct row *row)
{
	struct list *list = context;
	struct ballot_code *code = LIST_PUSH(list, struct ballot_code);

	code->group = (int)row_int(row, 1);
	return row_hash(list->arena, row, 0, &code->hash) ? ERR_OK : ERR_TAMPERED;
}

enum err store_ballot_codes(struct store *store, struct arena *arena, int64_t ballot,
	struct ballot_code **ret_codes, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_BALLOT_CODE_OF, take_code, &list, reterr, V_INT(ballot)), reterr));
	LIST_GIVE(list, ret_codes, ret_count);
	return ERR_OK;
}

/* ---- lines ---- */

enum err store_ballot_seal_put(struct store *store, int64_t ballot, struct str seal, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_SEAL_PUT, NULL, NULL, reterr, V_INT(ballot), V_TEXT(seal));
}

enum err store_ballot_line_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_line *line, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_LINE_PUT, NULL, NULL, reterr, V_INT(ballot),
		hash_value(arena, &line->code), V_TEXT(line->marks), V_TEXT(line->salt));
}

static enum err take_line(void *context, const struct row *row)
{
	struct list *list = context;
	struct cast_line *cast = LIST_PUSH(list, struct cast_line);

	cast->line.marks = str_copy(list->arena, row_text(row, 1));
	cast->line.salt = str_copy(list->arena, row_text(row, 2));
	cast->sealed = row_int(row, 3) != 0;
	return row_hash(list->arena, row, 0, &cast->line.code) ? ERR_OK : ERR_TAMPERED;
}

enum err store_ballot_lines(struct store *store, struct arena *arena, const struct stored_ballot *ballot,
	struct cast_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};
	enum statement statement = ballot->state == BALLOT_OPEN ? STMT_BALLOT_CAST_OF : STMT_BALLOT_LINE_OF;

	TRY(told(RUN(store, statement, take_line, &list, reterr, V_INT(ballot->id)), reterr));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

/* ---- while it is open ---- */

enum err store_ballot_cast_put(struct store *store, struct arena *arena, int64_t ballot,
	const struct ballot_line *line, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_CAST_PUT, NULL, NULL, reterr, V_INT(ballot),
		hash_value(arena, &line->code), V_TEXT(line->marks), V_TEXT(line->salt));
}

static enum err take_marks(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct str) = str_copy(list->arena, row_text(row, 0));
	return ERR_OK;
}

enum err store_ballot_cast_find(struct store *store, struct arena *arena, int64_t ballot,
	const struct hash *code, struct str *ret_marks, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_BALLOT_CAST_FIND, take_marks, &list, reterr, V_INT(ballot),
		hash_value(arena, code)));
	if (list.count == 0)
		return ERR_NOT_FOUND;
	*ret_marks = ((const struct str *)list.items)[0];
	return ERR_OK;
}

enum err store_ballot_cast_count(
	struct store *store, int64_t ballot, int64_t *ret_count, struct bh_err *reterr)
{
	return RUN(store, STMT_BALLOT_CAST_COUNT, take_number, ret_count, reterr, V_INT(ballot));
}

enum err store_ballot_cast_seal(struct store *store, struct arena *arena, int64_t ballot,
	const struct hash *code, struct bh_err *reterr)
{
	return RUN(
		store, STMT_BALLOT_CAST_SEALED, NULL, NULL, reterr, V_INT(ballot), hash_value(arena, code));
}

enum err store_ballot_cast_drop(struct store *store, int64_t ballot, struct bh_err *reterr)
{
	/* What is dropped is overwritten, not only forgotten: pages tell which rows came together. */
	TRY(driver_script(store, "pragma secure_delete = on", reterr));
	enum err err = RUN(store, STMT_BALLOT_CAST_DROP, NULL, NULL, reterr, V_INT(ballot));

	TRY(driver_script(store, "pragma secure_delete = off", reterr));
	return err;
}
