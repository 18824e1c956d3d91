#include "check/ballots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool ballots_are_told_by(enum event_kind kind)
{
	return kind == EVENT_BALLOT_OPENED || kind == EVENT_BALLOT_SEALED || kind == EVENT_BALLOT_PAPER ||
	       kind == EVENT_BALLOT_CLOSED;
}

struct told_ballot *ballots_find(const struct ballots *ballots, int64_t id)
{
	return id < 1 || (uint64_t)id > ballots->count ? NULL : &ballots->items[id - 1];
}

static enum err wrong(struct bh_err *reterr, const struct event *event, const char *what)
{
	char place[64];

	snprintf(place, sizeof place, "ballot %lld", (long long)doc_get_int(event->payload, "ballot", 0));
	return err_set(reterr, ERR_TAMPERED, place, "%s", what);
}

static enum err wrong_because(struct bh_err *reterr, const struct event *event, const struct bh_err *why)
{
	char place[400];

	snprintf(place, sizeof place, "ballot %lld, %s", (long long)doc_get_int(event->payload, "ballot", 0),
		why->place);
	return err_pass(reterr, ERR_TAMPERED, place, why);
}

/* ---- opening ---- */

static struct hash root_of(struct arena *arena, const struct told_ballot *told)
{
	struct str *lines = ARENA_TAKE(arena, told->code_count, struct str);

	for (size_t i = 0; i < told->code_count; i++)
		lines[i] = ballot_code_line(arena, &told->ballot, &told->codes[i]);
	return ballot_root(lines, told->code_count);
}

static enum err follow_opening(struct ballots *ballots, const struct event *event, struct bh_err *reterr)
{
	const struct doc *spec = doc_copy(ballots->arena, doc_get(event->payload, "spec"));
	struct told_ballot told = {.row = {.id = doc_get_int(event->payload, "ballot", 0),
					   .opened = event->time,
					   .closed = INSTANT_NONE,
					   .state = BALLOT_OPEN}};
	struct bh_err why;

	if (told.row.id != (int64_t)ballots->count + 1)
		return wrong(reterr, event, "votes are numbered without a gap, and this isn't the next");
	if (ballot_read(ballots->arena, spec, &told.ballot, &why) != ERR_OK ||
		ballot_makers_read(spec, &told.ballot, &why) != ERR_OK ||
		ballot_codes_read(ballots->arena, &told.ballot, doc_get(event->payload, "codes"), &told.codes,
			&told.code_count, &why) != ERR_OK)
		return wrong_because(reterr, event, &why);
	struct hash root = root_of(ballots->arena, &told);

	told.row.root = hex_print(ballots->arena, root.bytes, HASH_SIZE);
	if (!str_equal(told.row.root, doc_get_text(event->payload, "root")))
		return wrong(reterr, event, "its root isn't the one over its list of codes");
	for (size_t i = 0; i < ARRAY_COUNT(told.ballot.makers); i++)
		if (told.ballot.makers[i] == doc_get_int(event->payload, "by", 0))
			return wrong(reterr, event, "whoever opened the vote made its codes, too");
	told.row.spec = doc_print(ballots->arena, spec);
	told.row.code_count = (int64_t)told.code_count;
	*ARENA_PUSH(ballots->arena, ballots->items, ballots->count, ballots->capacity) = told;
	return ERR_OK;
}

/* ---- seals ---- */

static bool read_hash(struct arena *arena, struct str text, struct hash *ret_hash)
{
	struct str bytes;

	if (!hex_parse(arena, text, &bytes) || bytes.size != HASH_SIZE)
		return false;
	memcpy(ret_hash->bytes, bytes.data, HASH_SIZE);
	return true;
}

static bool has_seal(const struct told_ballot *told, const struct hash *seal)
{
	for (size_t i = 0; i < told->seal_count; i++)
		if (hash_equal(&told->seals[i], seal))
			return true;
	return false;
}

static enum err take_seals(
	struct ballots *ballots, struct told_ballot *told, const struct event *event, struct bh_err *reterr)
{
	const struct doc *seals = doc_get(event->payload, "seals");

	if (seals == NULL || seals->kind != DOC_LIST || seals->count < BALLOT_BATCH)
		return wrong(reterr, event, "fewer ballots were sealed together than hide each other");
	for (size_t i = 0; i < seals->count; i++) {
		struct hash seal;

		if (i > 0 && str_compare(seals->items[i - 1].text, seals->items[i].text) >= 0)
			return wrong(
				reterr, event, "its seals aren't sorted: their order may tell of people");
		if (!read_hash(ballots->arena, seals->items[i].text, &seal) || has_seal(told, &seal))
			return wrong(reterr, event, "a seal is no hash, or was there before");
		*ARENA_PUSH(ballots->arena, told->seals, told->seal_count, told->seal_capacity) = seal;
	}
	return told->seal_count + BALLOT_BATCH <= told->code_count
		       ? ERR_OK
		       : wrong(reterr, event, "more ballots were sealed than there are codes");
}

/* What is refused leaves no trace, so that the next event isn't judged by it. */
static enum err follow_seals(
	struct ballots *ballots, struct told_ballot *told, const struct event *event, struct bh_err *reterr)
{
	size_t before = told->seal_count;
	enum err err = take_seals(ballots, told, event, reterr);

	if (err != ERR_OK)
		told->seal_count = before;
	return err;
}

/* ---- paper ---- */

static enum err follow_paper(
	struct ballots *ballots, struct told_ballot *told, const struct event *event, struct bh_err *reterr)
{
	struct doc *paper = doc_copy(ballots->arena, doc_get(event->payload, "paper"));
	struct str text = paper == NULL ? STR("") : doc_print(ballots->arena, paper);
	int64_t by = doc_get_int(event->payload, "by", 0);
	struct ballot_count *counts;
	struct bh_err why;

	if (ballot_paper_read(ballots->arena, &told->ballot, paper, &counts, &why) != ERR_OK)
		return wrong_because(reterr, event, &why);
	if (told->row.paper_second != 0 || by == 0 || told->row.paper_by == by)
		return wrong(reterr, event, "paper is counted by two people, each once");
	if (told->row.paper_by == 0) {
		told->row.paper_by = by;
		told->row.paper = text;
	} else if (str_equal(told->row.paper, text)) {
		told->row.paper_second = by;
		told->paper = counts;
	} else { /* they differ: both begin again */
		told->row.paper_by = 0;
		told->row.paper = STR("");
	}
	return ERR_OK;
}

/* ---- closing ---- */

static enum err read_lines(struct ballots *ballots, struct told_ballot *told, const struct doc *list,
	const struct event *event, struct bh_err *reterr)
{
	told->lines = ARENA_TAKE(ballots->arena, list->count + 1, struct ballot_line);
	for (size_t i = 0; i < list->count; i++) {
		struct ballot_line *line = &told->lines[i];
		struct str text = str_copy(ballots->arena, list->items[i].text);

		if (!ballot_line_parse(ballots->arena, text, line) ||
			!str_equal(ballot_line_print(ballots->arena, line), text) ||
			!ballot_marks_are_good(&told->ballot, line->marks))
			return wrong(reterr, event, "a line of its list is no ballot");
		if (i > 0 && memcmp(told->lines[i - 1].code.bytes, line->code.bytes, HASH_SIZE) >= 0)
			return wrong(reterr, event, "its list isn't sorted, or has a code twice");
		if (ballot_code_find(told->codes, told->code_count, &line->code) == NULL)
			return wrong(reterr, event,
				"a ballot of its list has no code under the root: it was stuffed");
	}
	told->line_count = list->count;
	return ERR_OK;
}

static int hash_order(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct hash));
}

/* What was sealed while the vote was on is in the list, as it was. */
static enum err judge_seals(struct ballots *ballots, const struct told_ballot *told,
	const struct event *event, struct bh_err *reterr)
{
	struct hash *seals = ARENA_TAKE(ballots->arena, told->line_count + 1, struct hash);

	for (size_t i = 0; i < told->line_count; i++)
		seals[i] = ballot_seal(ballot_line_print(ballots->arena, &told->lines[i]));
	qsort(seals, told->line_count, sizeof *seals, hash_order);
	for (size_t i = 0; i < told->seal_count; i++)
		if (bsearch(&told->seals[i], seals, told->line_count, sizeof *seals, hash_order) == NULL)
			return wrong(reterr, event,
				"a ballot that was sealed isn't in the list as it was: it was changed or "
				"left "
				"out");
	if (told->seal_count > 0 && told->line_count < told->seal_count + BALLOT_BATCH)
		return wrong(reterr, event, "fewer ballots came last than hide each other");
	return ERR_OK;
}

static enum err follow_closing(
	struct ballots *ballots, struct told_ballot *told, const struct event *event, struct bh_err *reterr)
{
	const struct doc *list = doc_get(event->payload, "lines"),
			 *result = doc_get(event->payload, "result");
	bool too_few = str_is(doc_get_text(result, "void"), ballot_void_name(BALLOT_TOO_FEW));
	struct ballot_tally tally;

	if (told->row.paper_by != 0 && told->row.paper_second == 0)
		return wrong(reterr, event, "its paper was counted by one person alone");
	if (too_few != (list == NULL))
		return wrong(reterr, event, "a list is published unless there are too few ballots");
	if (list != NULL) {
		TRY(read_lines(ballots, told, list, event, reterr));
		TRY(judge_seals(ballots, told, event, reterr));
		ballot_tally(ballots->arena, &told->ballot, told->codes, told->code_count, told->lines,
			told->line_count, told->paper, &tally);
		if (!doc_equal(ballot_tally_doc(ballots->arena, &told->ballot, &tally), result))
			return wrong(reterr, event, "its result isn't what counting its list gives");
	}
	told->row.state = doc_get_text(result, "void").size == 0 ? BALLOT_CLOSED : BALLOT_VOID;
	told->row.closed = event->time;
	told->row.result = doc_print(ballots->arena, result);
	return ERR_OK;
}

enum err ballots_follow(struct ballots *ballots, const struct event *event, struct bh_err *reterr)
{
	struct told_ballot *told = ballots_find(ballots, doc_get_int(event->payload, "ballot", 0));

	if (!ballots_are_told_by(event->kind))
		return ERR_OK;
	if (event->kind == EVENT_BALLOT_OPENED)
		return follow_opening(ballots, event, reterr);
	if (told == NULL || told->row.state != BALLOT_OPEN)
		return wrong(reterr, event, "no such vote is open");
	if (event->kind == EVENT_BALLOT_SEALED)
		return follow_seals(ballots, told, event, reterr);
	return event->kind == EVENT_BALLOT_PAPER ? follow_paper(ballots, told, event, reterr)
						 : follow_closing(ballots, told, event, reterr);
}
