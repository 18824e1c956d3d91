/* act_ballot.c: a secret vote: opened, cast, counted on paper, closed. The rules are in grasp/ballot.h; here
 * they meet the rows and the record. */
#include "act/writer.h"

#include <stdlib.h>

/* So many seals are never recorded before at least BALLOT_BATCH more wait, so that the last ones, which the
 * closing records, are at least as many. */
#define WAITING_MAX ((size_t)2 * BALLOT_BATCH)

struct vote {
	struct installation *installation;
	struct arena *arena;
	const struct act *act;
	struct instant now;
	struct stored_ballot stored;
	struct ballot ballot;
	struct bh_err *reterr;
};

static enum err record_vote(struct vote *vote, enum event_kind kind, struct doc *payload, int64_t *ret_index)
{
	struct event event = {.kind = kind, .time = vote->now, .payload = payload};
	struct record record = {.object = str_format(vote->arena, "b%lld", (long long)vote->stored.id),
		.person = vote->act->person,
		.account = vote->act->account};

	doc_set(vote->arena, payload, "ballot", doc_int(vote->arena, vote->stored.id));
	if (vote->act->person != 0)
		doc_set(vote->arena, payload, "by", doc_int(vote->arena, vote->act->person));
	TRY(store_object_last(vote->installation->store, record.object, &record.previous, vote->reterr));
	TRY(record_append(vote->installation, vote->arena, &event, &record, vote->reterr));
	*ret_index = event.index;
	return ERR_OK;
}

static struct vote vote_begin(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct bh_err *reterr)
{
	return (struct vote){
		.installation = installation, .arena = arena, .act = act, .now = now, .reterr = reterr};
}

/* The ballot as it stands, which must be open. */
static enum err vote_load(struct vote *vote, int64_t id)
{
	struct doc *spec;

	TRY(store_ballot_get(vote->installation->store, vote->arena, id, &vote->stored, vote->reterr));
	if (vote->stored.state != BALLOT_OPEN)
		return err_set(vote->reterr, ERR_REFUSED, "ballot", "this vote is closed");
	TRY(doc_read_canonical(vote->arena, vote->stored.spec, &spec, vote->reterr));
	return ballot_read(vote->arena, spec, &vote->ballot, vote->reterr);
}

/* ---- who keeps out of it ---- */

/* Nobody has a hand in a vote about themselves. */
static enum err keep_out(const struct vote *vote, const struct matter *matter, int64_t person)
{
	const struct org *org = vote->installation->org;
	struct day day = instant_day(vote->now, vote->installation->offset_minutes);
	size_t count;
	const struct subject *subjects = matter_subjects(matter, org, day, vote->arena, &count);

	for (size_t i = 0; i < count; i++) {
		struct bearer bearer = {
			.unit = subjects[i].unit, .post = subjects[i].post, .person = subjects[i].person};

		if (bearer_post_of(&bearer, person, org, day) != 0 || bearer.person == person)
			return err_set(vote->reterr, ERR_FORBIDDEN, "person",
				"the vote is about %.*s, who can have no hand in it",
				STR_ARG(org_person(org, person)->name));
	}
	return ERR_OK;
}

static enum err load_matter(const struct vote *vote, size_t subject, struct matter **ret_matter)
{
	struct bh_err why;

	if (store_matter_load(vote->installation->store, vote->arena, vote->ballot.subjects[subject].matter,
		    installation_procedure, vote->installation, ret_matter, &why) != ERR_OK)
		return err_pass(vote->reterr, why.code,
			str_format(vote->arena, "subjects[%zu].matter", subject).data, &why);
	return ERR_OK;
}

static enum err look_at_subject(const struct vote *vote, size_t subject)
{
	struct matter *matter;

	if (vote->ballot.subjects[subject].matter == 0)
		return ERR_OK;
	TRY(load_matter(vote, subject, &matter));
	for (size_t i = 0; i < BALLOT_OUTCOME_COUNT; i++) {
		struct str name = vote->ballot.actions[i];

		if (name.size > 0 && procedure_action(matter->procedure, name) < 0)
			return err_set(vote->reterr, ERR_INVALID, "actions",
				"%.*s has no action %.*s for its result", STR_ARG(matter->number),
				STR_ARG(str_slice(name, 0, 64)));
	}
	TRY(keep_out(vote, matter, vote->act->person));
	for (size_t i = 0; i < ARRAY_COUNT(vote->ballot.makers); i++)
		TRY(keep_out(vote, matter, vote->ballot.makers[i]));
	return ERR_OK;
}

static enum err keep_out_of_all(const struct vote *vote)
{
	for (size_t i = 0; i < vote->ballot.subject_count; i++) {
		struct matter *matter;

		if (vote->ballot.subjects[i].matter == 0)
			continue;
		TRY(load_matter(vote, i, &matter));
		TRY(keep_out(vote, matter, vote->act->person));
	}
	return ERR_OK;
}

/* Whoever has the list of voters doesn't have the codes too. */
static enum err look_at_makers(const struct vote *vote)
{
	for (size_t i = 0; i < ARRAY_COUNT(vote->ballot.makers); i++) {
		if (org_person(vote->installation->org, vote->ballot.makers[i]) == NULL)
			return err_set(vote->reterr, ERR_NOT_FOUND, "makers", "there is no such person");
		if (vote->ballot.makers[i] == vote->act->person)
			return err_set(vote->reterr, ERR_FORBIDDEN, "makers",
				"whoever opens the vote hasn't made its codes");
	}
	return ERR_OK;
}

/* ---- opening ---- */

static enum err put_codes(
	const struct vote *vote, const struct ballot_code *codes, size_t count, struct doc *payload)
{
	struct store *store = vote->installation->store;
	struct str *lines = ARENA_TAKE(vote->arena, count, struct str);

	for (size_t i = 0; i < count; i++) {
		int64_t other;
		struct bh_err why;

		if (store_ballot_code_find(store, vote->arena, &codes[i].hash, &other, &why) == ERR_OK)
			return err_set(vote->reterr, ERR_CONFLICT, "codes",
				"codes serve one vote only, and these served another");
		TRY(store_ballot_code_put(store, vote->arena, vote->stored.id, &codes[i], vote->reterr));
		lines[i] = ballot_code_line(vote->arena, &vote->ballot, &codes[i]);
	}
	struct hash root = ballot_root(lines, count);

	doc_set(vote->arena, payload, "root",
		doc_text(vote->arena, hex_print(vote->arena, root.bytes, HASH_SIZE)));
	return ERR_OK;
}

enum err act_ballot_open_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct vote vote = vote_begin(installation, arena, act, now, reterr);
	struct doc *payload = doc_object(arena);
	struct ballot_code *codes;
	size_t count;
	int64_t last, index;

	TRY(ballot_read(arena, act->what.ballot_opening.spec, &vote.ballot, reterr));
	TRY(ballot_makers_read(act->what.ballot_opening.spec, &vote.ballot, reterr));
	TRY(ballot_codes_read(arena, &vote.ballot, act->what.ballot_opening.codes, &codes, &count, reterr));
	TRY(look_at_makers(&vote));
	for (size_t i = 0; i < vote.ballot.subject_count; i++)
		TRY(look_at_subject(&vote, i));
	TRY(store_ballot_last(installation->store, &last, reterr));
	vote.stored = (struct stored_ballot){.id = last + 1,
		.spec = doc_print(arena, act->what.ballot_opening.spec),
		.opened = now,
		.closed = INSTANT_NONE,
		.code_count = (int64_t)count};
	TRY(put_codes(&vote, codes, count, payload));
	vote.stored.root = doc_get_text(payload, "root");
	doc_set(arena, payload, "spec", doc_copy(arena, act->what.ballot_opening.spec));
	doc_set(arena, payload, "codes", doc_copy(arena, act->what.ballot_opening.codes));
	TRY(record_vote(&vote, EVENT_BALLOT_OPENED, payload, &index));
	TRY(store_ballot_put(installation->store, &vote.stored, reterr));
	*ret_receipt = (struct receipt){.first = index, .count = 1, .id = vote.stored.id};
	return ERR_OK;
}

/* ---- casting ---- */

static int seal_order(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* Seals are sorted by themselves: nothing tells in which order their lines came. */
static struct doc *seals_doc(struct arena *arena, struct str *seals, size_t count)
{
	struct doc *list = doc_list(arena);

	qsort(seals, count, sizeof *seals, seal_order);
	for (size_t i = 0; i < count; i++)
		doc_push(arena, list, doc_text(arena, seals[i]));
	return list;
}

static struct str seal_of(struct arena *arena, const struct ballot_line *line)
{
	struct hash seal = ballot_seal(ballot_line_print(arena, line));

	return hex_print(arena, seal.bytes, HASH_SIZE);
}

/* When enough wait, the first of them by the hash of their codes are recorded together. */
static enum err seal_batch(struct vote *vote)
{
	struct store *store = vote->installation->store;
	struct doc *payload = doc_object(vote->arena);
	struct str seals[BALLOT_BATCH];
	struct cast_line *lines;
	size_t count, waiting = 0, taken = 0;
	int64_t index;

	TRY(store_ballot_lines(store, vote->arena, &vote->stored, &lines, &count, vote->reterr));
	for (size_t i = 0; i < count; i++)
		waiting += !lines[i].sealed;
	if (waiting < WAITING_MAX)
		return ERR_OK;
	for (size_t i = 0; taken < BALLOT_BATCH; i++) {
		if (lines[i].sealed)
			continue;
		seals[taken] = seal_of(vote->arena, &lines[i].line);
		TRY(store_ballot_seal_put(store, vote->stored.id, seals[taken], vote->reterr));
		TRY(store_ballot_cast_seal(
			store, vote->arena, vote->stored.id, &lines[i].line.code, vote->reterr));
		taken++;
	}
	doc_set(vote->arena, payload, "seals", seals_doc(vote->arena, seals, taken));
	return record_vote(vote, EVENT_BALLOT_SEALED, payload, &index);
}

enum err act_ballot_vote_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct vote vote = vote_begin(installation, arena, act, now, reterr);
	struct ballot_line line = {
		.code = ballot_code_hash(act->what.ballot_vote.code), .marks = act->what.ballot_vote.marks};
	uint8_t salt[BALLOT_SALT_SIZE];
	int64_t id;
	struct str before;

	TRY(store_ballot_code_find(installation->store, arena, &line.code, &id, reterr));
	TRY(vote_load(&vote, id));
	if (!ballot_marks_are_good(&vote.ballot, line.marks))
		return err_set(reterr, ERR_INVALID, "marks",
			"one digit for each question (%zu) is wanted, from 0 (no mark) to %zu",
			ballot_item_count(&vote.ballot), vote.ballot.choice_count);
	*ret_receipt = (struct receipt){.first = -1, .id = id};
	enum err err = store_ballot_cast_find(installation->store, arena, id, &line.code, &before, reterr);

	if (err == ERR_OK && str_equal(before, line.marks))
		return ERR_OK; /* the answer to it was lost on the way */
	if (err == ERR_OK)
		return err_set(reterr, ERR_CONFLICT, "code", "this code has been used");
	if (err != ERR_NOT_FOUND)
		return err;
	installation->source.random(installation->source.context, salt, sizeof salt);
	line.salt = hex_print(arena, salt, sizeof salt);
	TRY(store_ballot_cast_put(installation->store, arena, id, &line, reterr));
	return seal_batch(&vote);
}

/* ---- paper ---- */

enum err act_ballot_paper_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct vote vote = vote_begin(installation, arena, act, now, reterr);
	struct doc *payload = doc_object(arena);
	struct str paper;
	struct ballot_count *counts;
	int64_t index;

	TRY(vote_load(&vote, act->what.ballot_paper.ballot));
	TRY(keep_out_of_all(&vote));
	TRY(ballot_paper_read(arena, &vote.ballot, act->what.ballot_paper.paper, &counts, reterr));
	paper = doc_print(arena, act->what.ballot_paper.paper);
	if (vote.stored.paper_second != 0)
		return err_set(reterr, ERR_CONFLICT, "paper", "two people have counted it and agree");
	if (vote.stored.paper_by == act->person)
		return err_set(reterr, ERR_FORBIDDEN, "person",
			"you entered the first count: somebody else must now");
	bool agrees = vote.stored.paper_by != 0 && str_equal(vote.stored.paper, paper);

	/* Two that differ count for nothing: both are asked to count again. */
	if (agrees)
		vote.stored.paper_second = act->person;
	else if (vote.stored.paper_by != 0)
		vote.stored.paper_by = 0;
	else
		vote.stored.paper_by = act->person;
	vote.stored.paper = vote.stored.paper_by != 0 ? paper : STR("");
	doc_set(arena, payload, "paper", doc_copy(arena, act->what.ballot_paper.paper));
	TRY(record_vote(&vote, EVENT_BALLOT_PAPER, payload, &index));
	TRY(store_ballot_put(installation->store, &vote.stored, reterr));
	*ret_receipt = (struct receipt){.first = index, .count = 1, .id = vote.stored.id};
	return ERR_OK;
}

/* ---- closing ---- */

struct closing {
	struct vote *vote;
	struct ballot_tally tally;
	struct receipt *receipt;
};

static enum err count_all(struct closing *closing, struct doc *payload)
{
	struct vote *vote = closing->vote;
	struct store *store = vote->installation->store;
	struct doc *list = doc_list(vote->arena), *paper;
	struct ballot_count *counts = NULL;
	struct ballot_code *codes;
	struct cast_line *cast;
	size_t code_count, count;

	TRY(store_ballot_codes(store, vote->arena, vote->stored.id, &codes, &code_count, vote->reterr));
	TRY(store_ballot_lines(store, vote->arena, &vote->stored, &cast, &count, vote->reterr));
	if (vote->stored.paper.size > 0) {
		TRY(doc_read_canonical(vote->arena, vote->stored.paper, &paper, vote->reterr));
		TRY(ballot_paper_read(vote->arena, &vote->ballot, paper, &counts, vote->reterr));
	}
	struct ballot_line *lines = ARENA_TAKE(vote->arena, count + 1, struct ballot_line);

	for (size_t i = 0; i < count; i++)
		lines[i] = cast[i].line;
	ballot_tally(vote->arena, &vote->ballot, codes, code_count, lines, count, counts, &closing->tally);
	doc_set(vote->arena, payload, "result",
		ballot_tally_doc(vote->arena, &vote->ballot, &closing->tally));
	TRY(store_ballot_cast_drop(store, vote->stored.id, vote->reterr));
	if (closing->tally.why_void == BALLOT_TOO_FEW)
		return ERR_OK; /* the lines are gone for good, salts and all: their seals say nothing */
	for (size_t i = 0; i < count; i++) {
		doc_push(vote->arena, list, doc_text(vote->arena, ballot_line_print(vote->arena, &lines[i])));
		TRY(store_ballot_line_put(store, vote->arena, vote->stored.id, &lines[i], vote->reterr));
	}
	doc_set(vote->arena, payload, "lines", list);
	return ERR_OK;
}

/* Numbers in the fields of a matter are decimals, kept as text. */
static struct doc *number_doc(struct arena *arena, int64_t number)
{
	return doc_text(arena, str_format(arena, "%lld", (long long)number));
}

/* What the result is under the name of a field; NULL: it has none of that name. */
static struct doc *field_of(const struct closing *closing, size_t subject, struct str name)
{
	struct arena *arena = closing->vote->arena;
	const struct ballot *ballot = &closing->vote->ballot;
	size_t item = subject * ballot->question_count, row = ballot->choice_count + 1;
	int64_t score = closing->tally.scores[item];
	const struct {
		const char *name;
		int64_t number;
	} numbers[] = {{"ballot", closing->vote->stored.id}, {"entitled", ballot->entitled},
		{"present", ballot->present}, {"issued", ballot->issued},
		{"returned", closing->tally.returned}, {"blank", closing->tally.marks[item * row]}};

	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		if (str_is(name, numbers[i].name))
			return number_doc(arena, numbers[i].number);
	for (size_t i = 0; i < ballot->choice_count; i++)
		if (str_equal(name, ballot->choices[i].name))
			return number_doc(arena, closing->tally.marks[item * row + i + 1]);
	if (str_is(name, "score"))
		return doc_text(
			arena, str_format(arena, "%lld.%02lld", (long long)(score / BALLOT_SCORE_UNIT),
				       (long long)(score % BALLOT_SCORE_UNIT)));
	return NULL;
}

/* The action that the ballot names for this outcome, with what was counted and what whoever closes it adds.
 */
static enum err tell_matter(struct closing *closing, size_t subject)
{
	struct vote *vote = closing->vote;
	const struct doc *given = vote->act->what.ballot_closing.fields;
	struct command command = {.kind = COMMAND_ACT,
		.matter = vote->ballot.subjects[subject].matter,
		.name = vote->ballot.actions[closing->tally.outcomes[subject]],
		.fields = doc_object(vote->arena)};
	struct act act = {.kind = ACT_COMMAND, .person = vote->act->person, .account = vote->act->account};
	struct receipt receipt;
	struct matter *matter;
	struct bh_err why;

	if (command.matter == 0 || command.name.size == 0)
		return ERR_OK;
	TRY(load_matter(vote, subject, &matter));
	const struct action *action =
		&matter->procedure->actions[procedure_action(matter->procedure, command.name)];

	for (size_t i = 0; i < action->field_count; i++) {
		struct str name = action->fields[i].name;
		const struct doc *own = doc_get_str(given, name);
		struct doc *value =
			own != NULL ? doc_copy(vote->arena, own) : field_of(closing, subject, name);

		if (value != NULL)
			doc_set_str(vote->arena, command.fields, name, value);
	}
	act.what.command = &command;
	enum err err = act_matter_body(vote->installation, vote->arena, &act, vote->now, &receipt, &why);

	if (err != ERR_OK)
		return err_pass(vote->reterr, err,
			str_format(vote->arena, "%.*s %s", STR_ARG(matter->number), why.place).data, &why);
	closing->receipt->count += receipt.count;
	return ERR_OK;
}

enum err act_ballot_close_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct vote vote = vote_begin(installation, arena, act, now, reterr);
	struct closing closing = {.vote = &vote, .receipt = ret_receipt};
	struct doc *payload = doc_object(arena);
	int64_t index;

	TRY(vote_load(&vote, act->what.ballot_closing.ballot));
	TRY(keep_out_of_all(&vote));
	if (vote.stored.paper_by != 0 && vote.stored.paper_second == 0)
		return err_set(reterr, ERR_REFUSED, "paper",
			"one person has counted the paper: a second one must, and come to the same");
	TRY(count_all(&closing, payload));
	TRY(record_vote(&vote, EVENT_BALLOT_CLOSED, payload, &index));
	vote.stored.state = closing.tally.why_void == BALLOT_VALID ? BALLOT_CLOSED : BALLOT_VOID;
	vote.stored.closed = now;
	vote.stored.result = doc_print(arena, doc_get(payload, "result"));
	TRY(store_ballot_put(installation->store, &vote.stored, reterr));
	*ret_receipt = (struct receipt){.first = index, .count = 1, .id = vote.stored.id};
	for (size_t i = 0; vote.stored.state == BALLOT_CLOSED && i < vote.ballot.subject_count; i++)
		TRY(tell_matter(&closing, i));
	return ERR_OK;
}
