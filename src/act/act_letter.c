/* act_letter.c: what is reported without a name. An event tells its instant, so what comes is no event before
 * the day is over: it waits in rows that tell the day only, and the clock records it then, in the order of
 * the codes' hashes, which is none. It is tried when it comes, so that whoever reports hears at once what is
 * wrong with it. */
#include "act/writer.h"

struct letter {
	struct installation *installation;
	struct arena *arena;
	struct instant now;
	struct day today;
	struct bh_err *reterr;
};

/* ---- to and from the row that waits ---- */

static struct doc *evidence_doc(struct arena *arena, const struct evidence_item *items, size_t count)
{
	struct doc *list = doc_list(arena);

	for (size_t i = 0; i < count; i++) {
		struct doc *item = doc_object(arena);

		doc_set(arena, item, "hash", doc_text(arena, items[i].hash));
		doc_set(arena, item, "name", doc_text(arena, items[i].name));
		doc_set(arena, item, "size", doc_int(arena, items[i].size));
		doc_push(arena, list, item);
	}
	return list;
}

static struct str body_print(struct arena *arena, const struct command *command)
{
	struct doc *body = doc_object(arena);

	if (command->kind == COMMAND_OPEN) {
		doc_set(arena, body, "procedure", doc_text(arena, command->name));
		doc_set(arena, body, "fields", command->fields);
	} else {
		doc_set(arena, body, "text", doc_text(arena, command->text));
	}
	doc_set(arena, body, "evidence", evidence_doc(arena, command->evidence, command->evidence_count));
	return doc_print(arena, body);
}

/* A tree that was read is nobody else's. */
static struct doc *part_of(struct doc *body, const char *key)
{
	return (struct doc *)(uintptr_t)doc_get(body, key);
}

static enum err command_read(
	struct letter *letter, const struct letter_part *part, int64_t matter, struct command *ret_command)
{
	struct arena *arena = letter->arena;
	struct doc *body;

	TRY(doc_read_canonical(arena, part->body, &body, letter->reterr));
	const struct doc *evidence = doc_get(body, "evidence");
	size_t count = evidence == NULL ? 0 : evidence->count;
	struct evidence_item *items = ARENA_TAKE(arena, count + 1, struct evidence_item);

	for (size_t i = 0; i < count; i++)
		items[i] = (struct evidence_item){.hash = doc_get_text(&evidence->items[i], "hash"),
			.name = doc_get_text(&evidence->items[i], "name"),
			.size = doc_get_int(&evidence->items[i], "size", 0)};
	*ret_command = (struct command){.kind = part->part == 0 ? COMMAND_OPEN : COMMAND_NOTE,
		.matter = part->part == 0 ? 0 : matter,
		.name = doc_get_text(body, "procedure"),
		.fields = part_of(body, "fields"),
		.text = doc_get_text(body, "text"),
		.evidence = items,
		.evidence_count = count,
		.letter = part->code,
		.came = part->came};
	return ERR_OK;
}

/* ---- what comes ---- */

static struct letter letter_begin(
	struct installation *installation, struct arena *arena, struct instant now, struct bh_err *reterr)
{
	return (struct letter){.installation = installation,
		.arena = arena,
		.now = now,
		.today = instant_day(now, installation->offset_minutes),
		.reterr = reterr};
}

static struct command command_of(const struct letter *letter, const struct act *act)
{
	bool opens = act->what.letter.procedure.size > 0;

	return (struct command){.kind = opens ? COMMAND_OPEN : COMMAND_NOTE,
		.name = act->what.letter.procedure,
		.fields = act->what.letter.fields,
		.text = act->what.letter.text,
		.evidence = act->what.letter.evidence,
		.evidence_count = act->what.letter.evidence_count,
		.letter = act->what.letter.code,
		.came = letter->today};
}

/* Nothing more is answered where it has ended: there a new report is the way. */
static enum err check_running(struct letter *letter, int64_t id)
{
	struct matter *matter;

	TRY(store_matter_load(letter->installation->store, letter->arena, id, installation_procedure,
		letter->installation, &matter, letter->reterr));
	return instant_is_none(matter->ended)
		       ? ERR_OK
		       : err_set(letter->reterr, ERR_REFUSED, "end",
				 "this was answered and closed: report anew what else there is");
}

/* May it be added to what this code has? The matter, or 0 while the report itself waits. */
static enum err find_first(struct letter *letter, struct command *command, size_t waiting)
{
	struct bh_err why;
	enum err err =
		store_letter_find(letter->installation->store, command->letter, &command->matter, &why);

	if (command->kind == COMMAND_OPEN)
		return err == ERR_NOT_FOUND && waiting == 0
			       ? ERR_OK
			       : err_set(letter->reterr, ERR_CONFLICT, "code", "this code has been used");
	if (err == ERR_NOT_FOUND && waiting > 0)
		return ERR_OK;
	if (err != ERR_OK) {
		*letter->reterr = why;
		return err;
	}
	return check_running(letter, command->matter);
}

static enum err check_room(struct letter *letter)
{
	int64_t count;

	TRY(store_letter_came(
		letter->installation->store, letter->arena, letter->today, &count, letter->reterr));
	return count < LETTERS_A_DAY ? ERR_OK
				     : err_set(letter->reterr, ERR_TOO_MANY, "",
					       "as much was reported today as is taken in a day: come back "
					       "tomorrow, or hand "
					       "it in on paper");
}

enum err act_letter_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct letter letter = letter_begin(installation, arena, now, reterr);
	struct command command = command_of(&letter, act);
	struct letter_part part = {.code = command.letter, .came = letter.today}, *waiting;
	size_t count;

	TRY(check_room(&letter));
	TRY(store_letter_waiting(installation->store, arena, command.letter, &waiting, &count, reterr));
	TRY(find_first(&letter, &command, count));
	/* What is added before the report itself is recorded can't be tried yet; it is words and files. */
	if (command.kind == COMMAND_OPEN || command.matter != 0)
		TRY(act_matter_try(installation, arena, &command, now, reterr));
	if (command.kind != COMMAND_OPEN)
		part.part = count == 0 ? 1 : waiting[count - 1].part + 1;
	part.body = body_print(arena, &command);
	TRY(store_letter_wait(installation->store, arena, &part, reterr));
	*ret_receipt = (struct receipt){.first = -1};
	return ERR_OK;
}

/* ---- when the day is over ---- */

static enum err record_part(
	struct letter *letter, const struct letter_part *part, int64_t *matter, struct receipt *receipt)
{
	struct command command;
	struct receipt one;
	struct act act = {.kind = ACT_COMMAND, .what.command = &command};

	TRY(command_read(letter, part, *matter, &command));
	TRY(act_matter_body(letter->installation, letter->arena, &act, letter->now, &one, letter->reterr));
	TRY(store_letter_drop(letter->installation->store, part, letter->reterr));
	*matter = one.matter;
	if (receipt->first < 0)
		receipt->first = one.first;
	receipt->count += one.count;
	receipt->matter = one.matter;
	receipt->version = one.version;
	return ERR_OK;
}

enum err act_letter_due_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct letter letter = letter_begin(installation, arena, now, reterr);
	struct letter_part *parts;
	size_t count;
	int64_t matter = 0;
	enum err err = store_letter_find(installation->store, act->what.letter_due, &matter, reterr);

	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err;
	*ret_receipt = (struct receipt){.first = -1};
	TRY(store_letter_waiting(installation->store, arena, act->what.letter_due, &parts, &count, reterr));
	for (size_t i = 0; i < count && parts[i].came.number < letter.today.number; i++)
		TRY(record_part(&letter, &parts[i], &matter, ret_receipt));
	return ERR_OK;
}

/* One that can't be recorded, for want of whoever would bear its duty, waits on and keeps no other from it.
 */
enum err letter_sweep(
	struct installation *installation, struct store *reader, int64_t *ret_events, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct day today = instant_day(installation_now(installation), installation_offset(installation));
	struct str *codes;
	size_t count = 0;
	enum err err = store_letter_due(reader, arena, today, &codes, &count, reterr);

	*ret_events = 0;
	for (size_t i = 0; i < count; i++) {
		const struct act act = {.kind = ACT_LETTER_DUE, .what.letter_due = codes[i]};
		struct receipt receipt;
		struct bh_err why = {0};
		enum err one = act_run(installation, &act, &receipt, &why);

		*ret_events += one == ERR_OK ? receipt.count : 0;
		if (one == ERR_OK || err != ERR_OK)
			continue;
		err = one;
		if (reterr != NULL)
			*reterr = why;
	}
	arena_free(arena);
	return err;
}
