/* command_audit.c: the second opinion: the three sentences and every invariant, and the tables built again
 * from the events. */
#include "cli/call.h"
#include "cli/house.h"

#include "check/check.h"
#include "view/audit_words.h"

#include <stdio.h>

#define SHOWN_MAX 20 /* rows that break one invariant, and differences of a replay, on a screen */

/* DIR as the second opinion sees it: rows and a time, no definition and no org of its own. */
struct opinion {
	struct call *call;
	struct store *store;
	struct instant now;
};

static enum err with_opinion(struct call *call, enum err (*run)(struct opinion *opinion))
{
	struct opinion opinion = {.call = call};
	struct store_institution institution;

	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &opinion.store, &call->why));
	enum err err = store_institution_get(opinion.store, call->arena, &institution, &call->why);

	if (err == ERR_OK)
		err = call_now(call, institution.offset_minutes, &opinion.now);
	if (err == ERR_OK)
		err = run(&opinion);
	store_close(opinion.store);
	return err;
}

/* ---- audit ---- */

struct broken_line {
	const struct invariant *invariant;
	struct str row, said; /* as it stands; and told to people */
};
struct broken_rows {
	struct arena *arena;
	struct store *store;
	struct teller teller; /* institution NULL: nothing can be read that has names */
	struct broken_line *items;
	size_t count, capacity;
};

/* "" for none. */
static struct str cell_of(const struct broken_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_is(row->names[i], name) && row->cells[i].data != NULL)
			return row->cells[i];
	return STR("");
}

/* Which matter the row is about; 0: none that can be found. */
static int64_t matter_of(const struct broken_rows *rows, const struct broken_row *row)
{
	struct str number = cell_of(row, "number"), object = cell_of(row, "object");
	int64_t matter = 0;

	if (number.size > 0)
		return store_matter_find(rows->store, number, &matter, NULL) == ERR_OK ? matter : 0;
	return str_starts(object, "m") && str_to_int(str_slice(object, 1, object.size), &matter) ? matter : 0;
}

/* What the page says of it, behind its matter. A row about no matter, or one that can't be read, is told as
 * it stands. */
static struct str tell_row(const struct broken_rows *rows, const struct broken_row *row)
{
	int64_t id = rows->teller.institution == NULL ? 0 : matter_of(rows, row);
	struct matter *matter;

	if (id == 0 || store_matter_load(rows->store, rows->arena, id, institution_procedure,
			       (void *)rows->teller.institution, &matter, NULL) != ERR_OK)
		return str_copy(rows->arena, row->text);
	struct audit_said said = audit_tell(&rows->teller, matter, row->names, row->cells, row->count);
	struct str title = doc_get_text(matter->fields, "title");

	return str_format(rows->arena, "%.*s %.*s: %.*s", STR_ARG(matter->number), STR_ARG(title),
		STR_ARG(audit_text(&rows->teller, &said)));
}

static void take_broken(void *context, const struct invariant *invariant, const struct broken_row *row)
{
	struct broken_rows *rows = context;

	*ARENA_PUSH(rows->arena, rows->items, rows->count, rows->capacity) =
		(struct broken_line){invariant, str_copy(rows->arena, row->text), tell_row(rows, row)};
}

static size_t count_of(const struct broken_rows *rows, const struct invariant *invariant)
{
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++)
		count += rows->items[i].invariant == invariant;
	return count;
}

static void tell_invariant(
	const struct call *call, const struct invariant *invariant, const struct broken_rows *rows)
{
	size_t count = count_of(rows, invariant), shown = 0;

	if (count == 0) {
		printf("  OK  %s\n", say(call, invariant->zh, invariant->en));
		return;
	}
	printf(say(call, "  违反 %s: %s 处 (%s)\n", "  BROKEN  %s: %s (%s)\n"),
		say(call, invariant->zh, invariant->en), counted(call, count, "row", "rows"),
		invariant->name);
	for (size_t i = 0; i < rows->count && shown < SHOWN_MAX; i++) {
		if (rows->items[i].invariant != invariant)
			continue;
		printf("      %.*s\n", STR_ARG(rows->items[i].said));
		shown++;
	}
	if (count > shown)
		printf(say(call, "      另有 %zu 处\n", "      and %zu more\n"), count - shown);
}

static void tell_recorded(const struct call *call, const struct recorded *recorded)
{
	if (recorded->what.size == 0)
		printf(say(call, "  OK  重新计算哈希: %s 个事件, %s 份载荷, %s 个检查点\n",
			       "  OK  Hashed again: %s, %s, %s\n"),
			counted(call, recorded->events, "event", "events"),
			counted(call, recorded->payloads, "payload", "payloads"),
			counted(call, recorded->checkpoints, "checkpoint", "checkpoints"));
	else if (recorded->first_bad >= 0)
		printf(say(call, "  违反  事件 %lld: %.*s\n", "  BROKEN  event %lld: %.*s\n"),
			(long long)recorded->first_bad, STR_ARG(recorded->what));
	else
		printf("  %s  %.*s\n", say(call, "违反", "BROKEN"), STR_ARG(recorded->what));
}

static void tell_audit(const struct call *call, const struct invariant *only, const struct broken_rows *rows,
	const struct recorded *recorded)
{
	static const enum sentence order[] = {
		SENTENCE_POWER, SENTENCE_DUTY, SENTENCE_BREACH, SENTENCE_RECORD};

	for (size_t at = 0; at < ARRAY_COUNT(order); at++) {
		bool headed = false;

		for (size_t i = 0; i < invariant_count(); i++) {
			const struct invariant *invariant = invariant_at(i);

			if (invariant->sentence != order[at] || (only != NULL && only != invariant))
				continue;
			if (!headed)
				printf("%s\n", sentence_text(order[at], lang_of(call)));
			headed = true;
			tell_invariant(call, invariant, rows);
		}
	}
	if (only == NULL)
		tell_recorded(call, recorded);
}

static void tell_audit_json(struct call *call, const struct invariant *only, const struct broken_rows *rows,
	const struct recorded *recorded)
{
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_key(&out, "invariants");
	json_out_open(&out, '[');
	for (size_t i = 0; i < invariant_count(); i++) {
		const struct invariant *invariant = invariant_at(i);

		if (only != NULL && only != invariant)
			continue;
		json_out_open(&out, '{');
		json_out_field_text(&out, "name", str_from(invariant->name));
		json_out_field_text(
			&out, "sentence", str_from(sentence_text(invariant->sentence, lang_of(call))));
		json_out_key(&out, "broken");
		json_out_open(&out, '[');
		for (size_t j = 0; j < rows->count; j++)
			if (rows->items[j].invariant == invariant)
				json_out_text(&out, rows->items[j].row);
		json_out_close(&out, ']');
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	if (only == NULL) {
		json_out_field_int(&out, "events", (int64_t)recorded->events);
		json_out_field_int(&out, "payloads", (int64_t)recorded->payloads);
		json_out_field_text(&out, "record", recorded->what);
		json_out_field_int(&out, "first_bad", recorded->first_bad);
	}
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static enum err find_invariant(struct call *call, const struct invariant **ret_only)
{
	const char *name = option_value(call, "only");
	const char **names = ARENA_TAKE(call->arena, invariant_count() + 1, const char *);

	*ret_only = name == NULL ? NULL : invariant_find(str_from(name));
	if (name == NULL || *ret_only != NULL)
		return ERR_OK;
	for (size_t i = 0; i < invariant_count(); i++)
		names[i] = invariant_at(i)->name;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这条不变量", "there is no such invariant", "bihuan audit DIR --json 可以列出",
			"bihuan audit DIR --json lists them"),
		str_from(name), names, invariant_count());
}

/* A folder without its key, as a backup is, can be audited too: signatures then aren't. */
static enum err hash_again(struct opinion *opinion, struct recorded *ret_recorded)
{
	struct call *call = opinion->call;
	struct note_key key;
	bool has_key =
		folder_key(str_from(call->arguments[0]), opinion->store, call->arena, &key, NULL) == ERR_OK;

	return check_record(opinion->store, has_key ? &key : NULL, call->arena, ret_recorded, &call->why);
}

static enum err audit(struct opinion *opinion)
{
	struct call *call = opinion->call;
	struct institution institution;
	struct broken_rows rows = {.arena = call->arena,
		.store = opinion->store,
		.teller = {.arena = call->arena, .chinese = str_is(lang_of(call), "zh")}};
	const struct invariant *only;
	struct audited audited;
	struct recorded recorded = {.what = STR("")};

	TRY(find_invariant(call, &only));
	if (institution_load(opinion->store, call->arena, &institution, NULL) == ERR_OK)
		rows.teller.institution = &institution;
	TRY(check_audit(opinion->store, opinion->now, only, take_broken, &rows, &audited, &call->why));
	if (only == NULL)
		TRY(hash_again(opinion, &recorded));
	if (call->json)
		tell_audit_json(call, only, &rows, &recorded);
	else
		tell_audit(call, only, &rows, &recorded);
	call->answered = true;
	return rows.count == 0 && recorded.what.size == 0 ? ERR_OK : ERR_TAMPERED;
}

enum err command_audit(struct call *call)
{
	return with_opinion(call, audit);
}

/* ---- replay ---- */

struct differences {
	struct call *call;
	struct json_out *out;
	size_t shown;
};

static void tell_difference(void *context, const char *place, struct str live, struct str rebuilt)
{
	struct differences *differences = context;
	struct call *call = differences->call;

	if (call->json) {
		json_out_open(differences->out, '{');
		json_out_field_text(differences->out, "place", str_from(place));
		json_out_field_text(differences->out, "live", live);
		json_out_field_text(differences->out, "rebuilt", rebuilt);
		json_out_close(differences->out, '}');
	} else if (differences->shown++ < SHOWN_MAX) {
		/* A row that only one side has comes alone. */
		printf("%s\n", place);
		if (live.size > 0)
			printf(say(call, "  现有: %.*s\n", "  live:    %.*s\n"), STR_ARG(live));
		if (rebuilt.size > 0)
			printf(say(call, "  重建: %.*s\n", "  rebuilt: %.*s\n"), STR_ARG(rebuilt));
	}
}

static void tell_replayed(struct call *call, const struct replayed *replayed)
{
	if (replayed->differences > SHOWN_MAX)
		printf(say(call, "另有 %llu 处\n", "and %llu more\n"),
			(unsigned long long)replayed->differences - SHOWN_MAX);
	printf(say(call, "重放 %s 个事件, 比较 %s 行: ", "%s replayed, %s compared: "),
		counted(call, replayed->events, "event", "events"),
		counted(call, replayed->rows, "row", "rows"));
	if (replayed->differences == 0)
		puts(say(call, "完全一致", "all the same"));
	else
		printf(say(call, "%s 处不同\n", "%s\n"),
			counted(call, replayed->differences, "difference", "differences"));
	if (replayed->erased > 0)
		printf(say(call, "其中 %s 个事件的载荷已删除,无法重建\n",
			       "%s whose payload is gone: what was said there can't be rebuilt\n"),
			counted(call, replayed->erased, "event", "events"));
}

static enum err replay(struct opinion *opinion)
{
	struct call *call = opinion->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct differences differences = {call, &out, 0};
	struct replayed replayed;

	json_out_open(&out, '{');
	json_out_key(&out, "differences");
	json_out_open(&out, '[');
	TRY(check_replay(opinion->store, opinion->now, tell_difference, &differences, &replayed, &call->why));
	json_out_close(&out, ']');
	json_out_field_int(&out, "events", (int64_t)replayed.events);
	json_out_field_int(&out, "rows", (int64_t)replayed.rows);
	json_out_field_int(&out, "erased", (int64_t)replayed.erased);
	json_out_close(&out, '}');
	if (call->json)
		printf("%s\n", buf_str(&buf).data);
	else
		tell_replayed(call, &replayed);
	call->answered = true;
	return replayed.differences == 0 ? ERR_OK : ERR_TAMPERED;
}

enum err command_replay(struct call *call)
{
	return with_opinion(call, replay);
}
