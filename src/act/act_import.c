/* act_import.c: the rows of a file as one act: each is judged and recorded as the act it is, and all of them
 * are, or none. */
#include "act/writer.h"
#include "store/store_session.h"

/* One row, which may have been done before under its own key. */
static enum err do_part(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct hash request = {0};
	enum err err = key_find(installation, arena, act, &request, ret_receipt, reterr);

	if (err != ERR_NOT_FOUND)
		return err;
	TRY(act_body_at(installation, arena, act, now, ret_receipt, reterr));
	/* What only memory knows of yet must go if a later row is refused. */
	if (act->kind != ACT_COMMAND)
		installation->ahead = true;
	return key_keep(installation, act, &request, ret_receipt, reterr);
}

/* Over the network a file can't make anybody act but the one who sends it. */
static enum err check_part(const struct act *act, const struct act_part *part, struct bh_err *reterr)
{
	REQUIRE(part->act.kind < ACT_CALENDAR || part->act.kind == ACT_KIN ||
		part->act.kind == ACT_RELATION || part->act.kind == ACT_RULE_ISSUE);
	if (act->account != 0 && part->act.person != act->person)
		return err_set(reterr, ERR_FORBIDDEN, "person",
			"a row of a file is recorded by whoever sends the file, and by nobody else");
	return ERR_OK;
}

/* As it was when it was looked at: it bore no digest then. */
static enum err check_confirmed(struct arena *arena, const struct act *act, struct bh_err *reterr)
{
	struct act bare = *act;

	bare.what.import.confirmed = NULL;
	return act_check_digest(arena, &bare, act->what.import.confirmed, reterr);
}

struct importing {
	struct installation *installation;
	struct arena *each; /* of one row */
	const struct act *act;
	struct instant now;
	int64_t *made; /* by the parts, by their place among them: matters that they opened, rules */
	struct receipt *receipt;
};

static enum err take_part(struct importing *importing, size_t i, struct bh_err *reterr)
{
	const struct act_part *part = &importing->act->what.import.parts[i];
	struct act act = part->act;
	struct command command;
	struct receipt receipt = {.first = -1};

	TRY(check_part(importing->act, part, reterr));
	REQUIRE(part->under < (ptrdiff_t)i);
	if (part->under >= 0 && act.kind == ACT_RULE_ISSUE) {
		struct doc *spec = doc_copy(importing->each, act.what.rule_issue.spec);

		doc_set(importing->each, spec, "rule",
			doc_int(importing->each, importing->made[part->under]));
		act.what.rule_issue.spec = spec;
	} else if (part->under >= 0) {
		REQUIRE(act.kind == ACT_COMMAND);
		command = *act.what.command;
		command.parent = importing->made[part->under];
		act.what.command = &command;
	}
	TRY(do_part(importing->installation, importing->each, &act, importing->now, &receipt, reterr));
	importing->made[i] = act.kind == ACT_RULE_ISSUE ? receipt.id : receipt.matter;
	if (!receipt.again && receipt.count > 0) {
		if (importing->receipt->first < 0)
			importing->receipt->first = receipt.first;
		importing->receipt->count = receipt.first + receipt.count - importing->receipt->first;
	}
	return ERR_OK;
}

enum err act_import_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	size_t count = act->what.import.count;
	struct importing importing = {.installation = installation,
		.act = act,
		.now = now,
		.made = ARENA_TAKE(arena, count + 1, int64_t),
		.receipt = ret_receipt};
	struct bh_err why = {0};
	enum err err = ERR_OK;

	REQUIRE(count <= IMPORT_ROWS_MAX);
	TRY(check_confirmed(arena, act, reterr));
	*ret_receipt = (struct receipt){.first = -1};
	importing.each = arena_new();
	for (size_t i = 0; i < count && err == ERR_OK; i++) {
		err = take_part(&importing, i, &why);
		if (err != ERR_OK)
			err = err_pass(reterr, err, act->what.import.parts[i].place.data, &why);
		arena_clear(importing.each);
	}
	arena_free(importing.each);
	if (err == ERR_OK && act->what.import.remember != NULL)
		err = store_import_choice_put(installation->store, act->what.import.remember, now, reterr);
	return err;
}
