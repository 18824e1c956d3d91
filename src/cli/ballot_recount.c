/* ballot_recount.c: a vote counted again from what was published, and its result in words. */
#include "cli/ballot.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define SPEC_SIZE_MAX ((size_t)1024 * 1024)
#define LIST_SIZE_MAX ((size_t)1024 * 1024)

/* ---- in words ---- */

static const char *state_word(const struct call *call, enum ballot_state state)
{
	switch (state) {
	case BALLOT_OPEN:
		return say(call, "进行中", "open");
	case BALLOT_CLOSED:
		return say(call, "已结束", "closed");
	default:
		return say(call, "无效", "void");
	}
}

static const char *void_word(const struct call *call, struct str why)
{
	if (str_is(why, ballot_void_name(BALLOT_TOO_MANY)))
		return say(call, "收回票多于发出票", "more ballots came back than were given out");
	if (str_is(why, ballot_void_name(BALLOT_TOO_FEW)))
		return say(call, "票数过少,公布即可看出各人所选",
			"so few ballots came back that somebody's marks could be read off");
	return say(call, "有被评议人无人评议", "nobody marked some subject");
}

static const char *outcome_word(const struct call *call, struct str outcome)
{
	if (str_is(outcome, ballot_outcome_name(BALLOT_TALK)))
		return say(call, "约谈", "talk");
	if (str_is(outcome, ballot_outcome_name(BALLOT_ACCOUNT)))
		return say(call, "启动问责", "accountability");
	return say(call, "通过", "passed");
}

static void tell_question(struct call *call, const struct ballot *ballot, const struct doc *question)
{
	const struct doc *counts = doc_get(question, "counts");
	int64_t score = doc_get_int(question, "score", BALLOT_SCORE_NONE);

	for (size_t i = 0; i < ballot->choice_count; i++) {
		struct label label = ballot->choices[i].label;

		printf("%.*s %lld  ", STR_ARG(!call->chinese && label.en.size > 0 ? label.en : label.zh),
			(long long)counts->items[i + 1].number);
	}
	printf("%s %lld", say(call, "弃权", "no mark"), (long long)counts->items[0].number);
	if (score != BALLOT_SCORE_NONE)
		printf("  %s %lld.%02lld", say(call, "得分", "score"), (long long)(score / BALLOT_SCORE_UNIT),
			(long long)(score % BALLOT_SCORE_UNIT));
	printf("\n");
}

void ballot_tell_result(struct call *call, const struct ballot *ballot, const struct doc *result)
{
	const struct doc *subjects = doc_get(result, "subjects");
	struct str why = doc_get_text(result, "void");

	if (why.size > 0)
		printf("%s: %s\n", say(call, "无效", "void"), void_word(call, why));
	for (size_t i = 0; subjects != NULL && i < subjects->count; i++) {
		const struct doc *questions = doc_get(&subjects->items[i], "questions");

		printf("%.*s: %s\n", STR_ARG(ballot->subjects[i].label.zh),
			outcome_word(call, doc_get_text(&subjects->items[i], "outcome")));
		for (size_t k = 0; k < questions->count; k++) {
			printf("  %.*s  ", STR_ARG(ballot->questions[k].zh));
			tell_question(call, ballot, &questions->items[k]);
		}
	}
}

enum err ballot_tell(struct house *house, const struct stored_ballot *stored)
{
	struct call *call = house->call;
	struct ballot ballot;
	struct doc *spec, *result;
	int64_t cast;

	TRY(doc_read_canonical(call->arena, stored->spec, &spec, &call->why));
	TRY(ballot_read(call->arena, spec, &ballot, &call->why));
	printf("%lld  %.*s  %s\n%s %.*s\n", (long long)stored->id, STR_ARG(ballot.title.zh),
		state_word(call, stored->state), say(call, "根", "root"), STR_ARG(stored->root));
	if (stored->state == BALLOT_OPEN) {
		TRY(store_ballot_cast_count(house->store, stored->id, &cast, &call->why));
		printf(say(call, "发出 %lld 张,已收到 %lld 张\n", "%lld given out, %lld came back\n"),
			(long long)ballot.issued, (long long)cast);
		if (stored->paper_by != 0)
			puts(stored->paper_second != 0
					? say(call, "纸质票:两人录入一致", "paper: two people agree")
					: say(call, "纸质票:待第二人录入",
						  "paper: a second person must count"));
		return ERR_OK;
	}
	TRY(doc_read_canonical(call->arena, stored->result, &result, &call->why));
	printf(say(call, "发出 %lld 张,收回 %lld 张\n", "%lld given out, %lld came back\n"),
		(long long)ballot.issued, (long long)doc_get_int(result, "returned", 0));
	ballot_tell_result(call, &ballot, result);
	return ERR_OK;
}

/* ---- again ---- */

struct recount {
	struct call *call;
	const struct doc *published;
	struct ballot ballot;
	struct ballot_code *codes;
	size_t code_count;
	struct ballot_line *lines;
	size_t line_count;
};

static enum err no(struct call *call, const char *what)
{
	return err_set(&call->why, ERR_TAMPERED, "recount", "%s", what);
}

static enum err read_codes(struct recount *recount)
{
	struct call *call = recount->call;
	struct doc *lists;
	struct str text;

	TRY(file_read(call->arena, call->arguments[2], LIST_SIZE_MAX, &text, &call->why));
	TRY(ballot_list_read(call->arena, recount->published, text, &lists, &call->why));
	TRY(ballot_codes_read(
		call->arena, &recount->ballot, lists, &recount->codes, &recount->code_count, &call->why));
	struct str *lines = ARENA_TAKE(call->arena, recount->code_count, struct str);

	for (size_t i = 0; i < recount->code_count; i++)
		lines[i] = ballot_code_line(call->arena, &recount->ballot, &recount->codes[i]);
	struct hash root = ballot_root(lines, recount->code_count);

	return str_equal(hex_print(call->arena, root.bytes, HASH_SIZE),
		       doc_get_text(recount->published, "root"))
		       ? ERR_OK
		       : no(call, "the list of codes has another root");
}

static enum err read_lines(struct recount *recount)
{
	struct call *call = recount->call;
	struct str text, line;

	TRY(file_read(call->arena, call->arguments[3], LIST_SIZE_MAX, &text, &call->why));
	recount->lines = ARENA_TAKE(call->arena, BALLOT_CODES_MAX + 1, struct ballot_line);
	while (str_cut(&text, '\n', &line)) {
		struct ballot_line *next = &recount->lines[recount->line_count];

		if (line.size == 0)
			continue;
		if (recount->line_count == BALLOT_CODES_MAX || !ballot_line_parse(call->arena, line, next) ||
			!ballot_marks_are_good(&recount->ballot, next->marks))
			return no(call, "a line of the list is no ballot");
		if (ballot_code_find(recount->codes, recount->code_count, &next->code) == NULL)
			return no(call, "a ballot of the list has no code under the root");
		if (recount->line_count > 0 && memcmp(next[-1].code.bytes, next->code.bytes, HASH_SIZE) >= 0)
			return no(call, "the list isn't sorted, or has a code twice");
		recount->line_count++;
	}
	return ERR_OK;
}

static enum err count_again(struct recount *recount)
{
	struct call *call = recount->call;
	const struct doc *result = doc_get(recount->published, "result"),
			 *paper = doc_get(recount->published, "paper");
	struct ballot_count *counts = NULL;
	struct ballot_tally tally;

	if (paper != NULL)
		TRY(ballot_paper_read(call->arena, &recount->ballot, paper, &counts, &call->why));
	ballot_tally(call->arena, &recount->ballot, recount->codes, recount->code_count, recount->lines,
		recount->line_count, counts, &tally);
	struct doc *again = ballot_tally_doc(call->arena, &recount->ballot, &tally);

	ballot_tell_result(call, &recount->ballot, again);
	if (result == NULL || !doc_equal(again, result))
		return no(call, "counting comes to another result than was published");
	puts(say(call, "重新计票结果一致", "the recount comes to the same"));
	return ERR_OK;
}

enum err ballot_recount(struct call *call)
{
	struct recount recount = {.call = call};
	struct doc *published;

	TRY(ballot_file(call, call->arguments[1], SPEC_SIZE_MAX, &published));
	recount.published = published;
	TRY(ballot_read(call->arena, published, &recount.ballot, &call->why));
	TRY(read_codes(&recount));
	TRY(read_lines(&recount));
	return count_again(&recount);
}
