/* ballot_count.c: counting: lines and paper, scores weighted by group, and what follows. Whole numbers only,
 * so that a script of a few lines comes to the very same. */
#include "grasp/ballot.h"

#define FINE INT64_C(1000000) /* parts of a point in which a group's score is kept before it is weighted */

static size_t row_size(const struct ballot *ballot)
{
	return ballot->choice_count + 1;
}

static struct ballot_count *counts_new(struct arena *arena, const struct ballot *ballot)
{
	struct ballot_count *counts = ARENA_TAKE(arena, ballot->group_count, struct ballot_count);

	for (size_t i = 0; i < ballot->group_count; i++)
		counts[i].marks = ARENA_TAKE(arena, ballot_item_count(ballot) * row_size(ballot), int64_t);
	return counts;
}

/* ---- paper ---- */

static enum err read_row(struct arena *arena, const struct ballot *ballot, const struct doc *row,
	size_t group, size_t item, struct ballot_count *count, struct bh_err *reterr)
{
	const char *place = str_format(arena, "groups[%zu].counts[%zu]", group, item).data;
	int64_t sum = 0;

	if (row->kind != DOC_LIST || row->count != row_size(ballot))
		return err_set(reterr, ERR_INVALID, place,
			"numbers wanted: %zu: those without a mark, then each choice", row_size(ballot));
	for (size_t i = 0; i < row->count; i++) {
		int64_t number = row->items[i].kind == DOC_INT ? row->items[i].number : -1;

		if (number < 0 || number > BALLOT_PEOPLE_MAX)
			return err_set(reterr, ERR_RANGE, place, "a number from 0 to %d is wanted",
				BALLOT_PEOPLE_MAX);
		count->marks[item * row_size(ballot) + i] = number;
		sum += number;
	}
	if (sum != count->returned)
		return err_set(reterr, ERR_REFUSED, place, "the numbers add up to %lld, and %lld came back",
			(long long)sum, (long long)count->returned);
	return ERR_OK;
}

static enum err read_group(struct arena *arena, const struct ballot *ballot, const struct doc *group,
	size_t at, struct ballot_count *count, struct bh_err *reterr)
{
	const struct doc *rows = doc_get(group, "counts");

	count->returned = doc_get_int(group, "returned", -1);
	if (count->returned < 0 || count->returned > BALLOT_PEOPLE_MAX)
		return err_set(reterr, ERR_RANGE, str_format(arena, "groups[%zu].returned", at).data,
			"a number from 0 to %d is wanted", BALLOT_PEOPLE_MAX);
	if (rows == NULL || rows->kind != DOC_LIST || rows->count != ballot_item_count(ballot))
		return err_set(reterr, ERR_INVALID, str_format(arena, "groups[%zu].counts", at).data,
			"rows wanted: %zu, one for each question of each subject", ballot_item_count(ballot));
	for (size_t i = 0; i < rows->count; i++)
		TRY(read_row(arena, ballot, &rows->items[i], at, i, count, reterr));
	return ERR_OK;
}

enum err ballot_paper_read(struct arena *arena, const struct ballot *ballot, const struct doc *paper,
	struct ballot_count **ret_counts, struct bh_err *reterr)
{
	const struct doc *groups = doc_get(paper, "groups");
	struct ballot_count *counts = counts_new(arena, ballot);

	if (groups == NULL || groups->kind != DOC_LIST || groups->count != ballot->group_count)
		return err_set(reterr, ERR_INVALID, "groups", "a count of each group is wanted");
	for (size_t i = 0; i < groups->count; i++)
		TRY(read_group(arena, ballot, &groups->items[i], i, &counts[i], reterr));
	*ret_counts = counts;
	return ERR_OK;
}

/* ---- lines ---- */

static void count_lines(const struct ballot *ballot, const struct ballot_code *codes, size_t code_count,
	const struct ballot_line *lines, size_t line_count, struct ballot_count *counts)
{
	for (size_t i = 0; i < line_count; i++) {
		const struct ballot_code *code = ballot_code_find(codes, code_count, &lines[i].code);

		REQUIRE(code != NULL && ballot_marks_are_good(ballot, lines[i].marks));
		struct ballot_count *count = &counts[code->group];

		count->returned++;
		for (size_t item = 0; item < lines[i].marks.size; item++)
			count->marks[item * row_size(ballot) + (size_t)(lines[i].marks.data[item] - '0')]++;
	}
}

/* ---- may it be shown, does it count? ---- */

/* None at all, or enough that nobody stands out. */
static bool is_hidden_among(const struct ballot *ballot, int64_t number)
{
	return number == 0 || number >= ballot->least;
}

static enum ballot_void look_at_numbers(const struct ballot *ballot, const struct ballot_tally *tally)
{
	bool many = tally->returned > ballot->issued;

	for (size_t i = 0; i < ballot->group_count; i++) {
		int64_t lines = tally->lines[i].returned, paper = tally->paper[i].returned;

		if (lines + paper < ballot->least || !is_hidden_among(ballot, lines) ||
			!is_hidden_among(ballot, paper))
			return BALLOT_TOO_FEW;
		many |= lines + paper > ballot->groups[i].issued;
	}
	return many ? BALLOT_TOO_MANY : BALLOT_VALID;
}

/* ---- scores ---- */

static int64_t mark_of(
	const struct ballot *ballot, const struct ballot_tally *tally, size_t group, size_t item, size_t mark)
{
	size_t at = item * row_size(ballot) + mark;

	return tally->lines[group].marks[at] + tally->paper[group].marks[at];
}

/* Of those who marked; a group in which nobody did has no part in it. */
static int64_t score_item(const struct ballot *ballot, const struct ballot_tally *tally, size_t item)
{
	int64_t sum = 0, weights = 0;

	for (size_t group = 0; group < ballot->group_count; group++) {
		int64_t points = 0, marked = 0;

		for (size_t choice = 0; choice < ballot->choice_count; choice++) {
			int64_t marks = mark_of(ballot, tally, group, item, choice + 1);

			points += marks * ballot->choices[choice].points;
			marked += marks;
		}
		if (marked == 0)
			continue;
		sum += ballot->groups[group].weight * (points * FINE / marked);
		weights += ballot->groups[group].weight;
	}
	if (weights == 0)
		return BALLOT_SCORE_NONE;
	return (sum / weights * BALLOT_SCORE_UNIT + FINE / 2) / FINE;
}

static enum ballot_outcome outcome_of(const struct ballot *ballot, int64_t score)
{
	if (score < ballot->account_below)
		return BALLOT_ACCOUNT;
	return score < ballot->talk_below ? BALLOT_TALK : BALLOT_PASS;
}

static void score_all(struct arena *arena, const struct ballot *ballot, struct ballot_tally *tally)
{
	size_t items = ballot_item_count(ballot);

	tally->marks = ARENA_TAKE(arena, items * row_size(ballot), int64_t);
	tally->scores = ARENA_TAKE(arena, items, int64_t);
	tally->outcomes = ARENA_TAKE(arena, ballot->subject_count, enum ballot_outcome);
	for (size_t item = 0; item < items; item++) {
		for (size_t mark = 0; mark < row_size(ballot); mark++)
			for (size_t group = 0; group < ballot->group_count; group++)
				tally->marks[item * row_size(ballot) + mark] +=
					mark_of(ballot, tally, group, item, mark);
		tally->scores[item] = score_item(ballot, tally, item);
	}
	for (size_t i = 0; i < ballot->subject_count; i++) {
		int64_t score = tally->scores[i * ballot->question_count];

		tally->outcomes[i] = outcome_of(ballot, score);
		if (score == BALLOT_SCORE_NONE && tally->why_void == BALLOT_VALID)
			tally->why_void = BALLOT_UNMARKED;
	}
}

void ballot_tally(struct arena *arena, const struct ballot *ballot, const struct ballot_code *codes,
	size_t code_count, const struct ballot_line *lines, size_t line_count,
	const struct ballot_count *paper, struct ballot_tally *ret_tally)
{
	struct ballot_tally tally = {.lines = counts_new(arena, ballot), .paper = counts_new(arena, ballot)};

	count_lines(ballot, codes, code_count, lines, line_count, tally.lines);
	for (size_t i = 0; i < ballot->group_count; i++) {
		if (paper != NULL)
			tally.paper[i] = paper[i];
		tally.returned += tally.lines[i].returned + tally.paper[i].returned;
	}
	tally.why_void = look_at_numbers(ballot, &tally);
	score_all(arena, ballot, &tally);
	*ret_tally = tally;
}

/* ---- in words ---- */

static struct doc *row_doc(struct arena *arena, const struct ballot *ballot, const int64_t *marks)
{
	struct doc *row = doc_list(arena);

	for (size_t i = 0; i < row_size(ballot); i++)
		doc_push(arena, row, doc_int(arena, marks[i]));
	return row;
}

static struct doc *subject_doc(
	struct arena *arena, const struct ballot *ballot, const struct ballot_tally *tally, size_t at)
{
	struct doc *subject = doc_object(arena), *questions = doc_list(arena);

	for (size_t i = 0; i < ballot->question_count; i++) {
		size_t item = at * ballot->question_count + i;
		struct doc *question = doc_object(arena);

		doc_set(arena, question, "counts",
			row_doc(arena, ballot, &tally->marks[item * row_size(ballot)]));
		doc_set(arena, question, "score", doc_int(arena, tally->scores[item]));
		doc_push(arena, questions, question);
	}
	doc_set(arena, subject, "questions", questions);
	doc_set(arena, subject, "outcome",
		doc_text(arena, str_from(ballot_outcome_name(tally->outcomes[at]))));
	return subject;
}

struct doc *ballot_tally_doc(
	struct arena *arena, const struct ballot *ballot, const struct ballot_tally *tally)
{
	struct doc *result = doc_object(arena), *groups = doc_list(arena), *subjects = doc_list(arena);

	doc_set(arena, result, "void", doc_text(arena, str_from(ballot_void_name(tally->why_void))));
	doc_set(arena, result, "returned", doc_int(arena, tally->returned));
	if (tally->why_void == BALLOT_TOO_FEW)
		return result;
	for (size_t i = 0; i < ballot->group_count; i++) {
		struct doc *group = doc_object(arena);

		doc_set(arena, group, "lines", doc_int(arena, tally->lines[i].returned));
		doc_set(arena, group, "paper", doc_int(arena, tally->paper[i].returned));
		doc_push(arena, groups, group);
	}
	for (size_t i = 0; i < ballot->subject_count; i++)
		doc_push(arena, subjects, subject_doc(arena, ballot, tally, i));
	doc_set(arena, result, "groups", groups);
	doc_set(arena, result, "subjects", subjects);
	return result;
}
