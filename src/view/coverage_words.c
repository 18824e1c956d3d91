/* coverage_words.c: a plan of rounds, or the limits that leave none, in words and as JSON. */
#include "view/coverage.h"

/* Units that are held to nothing but to be inspected are named in one sentence. */
#define NAMED_MAX 12

struct sentences {
	const struct teller *teller;
	const struct coverage_told *told;
	struct str *items;
	size_t count, capacity;
};

static void put(struct sentences *sentences, struct str sentence)
{
	*ARENA_PUSH(sentences->teller->arena, sentences->items, sentences->count, sentences->capacity) =
		sentence;
}

static bool has(const struct coverage_conflict *conflict, enum coverage_limit_kind kind, int which)
{
	for (int i = 0; i < conflict->count; i++)
		if (conflict->limits[i].kind == kind && conflict->limits[i].which == which)
			return true;
	return false;
}

static struct str unit_of(const struct sentences *sentences, int unit)
{
	return tell_unit(sentences->teller, sentences->told->problem.units[unit].unit);
}

/* ---- units ---- */

/* "in round 3", "in rounds 2 to 3", "in round 2 or later" … by the limits that are named. */
static void say_window(struct sentences *sentences, int unit)
{
	const struct teller *teller = sentences->teller;
	const struct coverage_conflict *conflict = &sentences->told->conflict;
	const struct coverage_unit *wanted = &sentences->told->problem.units[unit];
	bool first = has(conflict, COVERAGE_FIRST, unit), last = has(conflict, COVERAGE_LAST, unit);
	struct str name = unit_of(sentences, unit);

	if (first && last && wanted->first == wanted->last)
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s只能安排在第%d轮",
					       "%.*s can only be inspected in round %d"),
				       STR_ARG(name), wanted->first + 1));
	else if (first && last)
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s只能安排在第%d至%d轮",
					       "%.*s can only be inspected in rounds %d to %d"),
				       STR_ARG(name), wanted->first + 1, wanted->last + 1));
	else if (first)
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s不能早于第%d轮",
					       "%.*s can't be inspected before round %d"),
				       STR_ARG(name), wanted->first + 1));
	else
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s不能晚于第%d轮",
					       "%.*s can't be inspected after round %d"),
				       STR_ARG(name), wanted->last + 1));
}

static void say_units(struct sentences *sentences)
{
	const struct teller *teller = sentences->teller;
	const struct coverage_conflict *conflict = &sentences->told->conflict;
	struct buf names = buf_new(teller->arena);
	int free = 0;

	for (int unit = 0; unit < sentences->told->problem.unit_count; unit++) {
		if (!has(conflict, COVERAGE_UNIT, unit))
			continue;
		if (has(conflict, COVERAGE_FIRST, unit) || has(conflict, COVERAGE_LAST, unit)) {
			say_window(sentences, unit);
			continue;
		}
		if (free++ > 0 && free <= NAMED_MAX)
			buf_puts(&names, tell_either(teller, "、", ", "));
		if (free <= NAMED_MAX)
			buf_put(&names, unit_of(sentences, unit));
	}
	if (free > NAMED_MAX)
		buf_puts(&names, tell_either(teller, "等", " and more"));
	if (free > 0)
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%d个单位须在任期内巡察:%s",
					       "must be inspected in the term (%d): %s"),
				       free, buf_str(&names).data));
}

/* ---- rounds and inspectors ---- */

static void say_rounds(struct sentences *sentences)
{
	const struct teller *teller = sentences->teller;
	const struct coverage_problem *problem = &sentences->told->problem;

	for (int round = 0; round < problem->round_count; round++)
		if (has(&sentences->told->conflict, COVERAGE_TEAMS, round))
			put(sentences,
				str_format(teller->arena,
					tell_either(teller, "第%d轮有%d个组%.0s", "round %d has %d team%s"),
					round + 1, problem->teams[round],
					problem->teams[round] == 1 ? "" : "s"));
}

static struct str reason_of(const struct sentences *sentences, const struct coverage_bar *bar)
{
	const struct teller *teller = sentences->teller;
	struct str post = tell_post(teller, bar->post);

	if (bar->reason == COVERAGE_KIN)
		return str_format(teller->arena, tell_either(teller, "亲属%.*s任%.*s", "kin of %.*s, %.*s"),
			STR_ARG(tell_person(teller, bar->other)), STR_ARG(post));
	if (bar->reason == COVERAGE_WORKED)
		return str_format(teller->arena, tell_either(teller, "曾任%.*s", "was %.*s"), STR_ARG(post));
	return str_format(teller->arena, tell_either(teller, "现任%.*s", "is %.*s"), STR_ARG(post));
}

static void say_bar(struct sentences *sentences, const struct coverage_bar *bar)
{
	const struct teller *teller = sentences->teller;
	struct str person = tell_person(teller, sentences->told->inspectors[bar->inspector]);
	struct str unit = unit_of(sentences, bar->unit), reason = reason_of(sentences, bar);

	if (bar->until >= sentences->told->problem.round_count)
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s须回避%.*s(%.*s)",
					       "%.*s may not inspect %.*s (%.*s)"),
				       STR_ARG(person), STR_ARG(unit), STR_ARG(reason)));
	else
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "%.*s在第%d轮以前须回避%.*s(%.*s)",
					       "%.*s may not, before round %d, inspect %.*s (%.*s)"),
				       STR_ARG(person), bar->until + 1, STR_ARG(unit), STR_ARG(reason)));
}

static void say_inspectors(struct sentences *sentences)
{
	const struct teller *teller = sentences->teller;
	const struct coverage_problem *problem = &sentences->told->problem;
	const struct coverage_conflict *conflict = &sentences->told->conflict;

	if (has(conflict, COVERAGE_STAFF, 0))
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "每组须有%d名巡察干部,共有%d名",
					       "inspectors in each team: %d; in all: %d"),
				       problem->team_size, problem->inspector_count));
	if (has(conflict, COVERAGE_SERVE, 0))
		put(sentences, str_format(teller->arena,
				       tell_either(teller, "每人最多参加%d轮%.0s",
					       "nobody serves in more than %d round%s"),
				       problem->serve_max, problem->serve_max == 1 ? "" : "s"));
	for (int i = 0; i < problem->bar_count; i++)
		if (has(conflict, COVERAGE_BAR, i))
			say_bar(sentences, &problem->bars[i]);
}

void coverage_sentences(const struct teller *teller, const struct coverage_told *told,
	struct str **ret_sentences, size_t *ret_count)
{
	struct sentences sentences = {.teller = teller, .told = told};

	say_units(&sentences);
	say_rounds(&sentences);
	say_inspectors(&sentences);
	*ret_sentences = sentences.items;
	*ret_count = sentences.count;
}

/* ---- JSON ---- */

static struct str unit_code(const struct teller *teller, const struct coverage_told *told, int unit)
{
	return org_unit(teller->institution->org, told->problem.units[unit].unit)->code;
}

static struct str person_code(const struct teller *teller, const struct coverage_told *told, int inspector)
{
	return org_person(teller->institution->org, told->inspectors[inspector])->code;
}

static void put_team(const struct teller *teller, const struct coverage_told *told, int round, int team,
	struct json_out *out)
{
	json_out_key(out, "units");
	json_out_open(out, '[');
	for (int unit = 0; unit < told->problem.unit_count; unit++)
		if (told->plan.places[unit].round == round && told->plan.places[unit].team == team)
			json_out_text(out, unit_code(teller, told, unit));
	json_out_close(out, ']');
	json_out_key(out, "inspectors");
	json_out_open(out, '[');
	for (int i = 0; i < told->problem.inspector_count && told->problem.team_size > 0; i++)
		if (told->plan.seats[round * told->problem.inspector_count + i] == team)
			json_out_text(out, person_code(teller, told, i));
	json_out_close(out, ']');
}

static bool goes_out(const struct coverage_told *told, int round, int team)
{
	for (int unit = 0; unit < told->problem.unit_count; unit++)
		if (told->plan.places[unit].round == round && told->plan.places[unit].team == team)
			return true;
	return false;
}

static void put_plan(const struct teller *teller, const struct coverage_told *told, struct json_out *out)
{
	json_out_field_int(out, "load", told->plan.load);
	json_out_field_int(out, "load_least", told->plan.load_least);
	json_out_field_int(out, "served", told->plan.served);
	json_out_field_int(out, "share", told->plan.share);
	json_out_key(out, "teams");
	json_out_open(out, '[');
	for (int round = 0; round < told->problem.round_count; round++)
		for (int team = 0; team < told->problem.teams[round]; team++) {
			if (!goes_out(told, round, team))
				continue;
			json_out_open(out, '{');
			json_out_field_int(out, "round", round + 1);
			json_out_field_text(out, "begins", day_print(teller->arena, told->begins[round]));
			json_out_field_int(out, "team", team + 1);
			put_team(teller, told, round, team, out);
			json_out_close(out, '}');
		}
	json_out_close(out, ']');
}

static const char *const limit_names[COVERAGE_LIMIT_KIND_COUNT] = {
	[COVERAGE_STAFF] = "staff",
	[COVERAGE_SERVE] = "serve",
	[COVERAGE_BAR] = "bar",
	[COVERAGE_FIRST] = "earliest",
	[COVERAGE_LAST] = "latest",
	[COVERAGE_TEAMS] = "teams",
	[COVERAGE_UNIT] = "unit",
};

static void put_limit(const struct teller *teller, const struct coverage_told *told,
	const struct coverage_limit *limit, struct json_out *out)
{
	const struct coverage_problem *problem = &told->problem;

	json_out_open(out, '{');
	json_out_field_text(out, "limit", str_from(limit_names[limit->kind]));
	if (limit->kind == COVERAGE_BAR) {
		const struct coverage_bar *bar = &problem->bars[limit->which];

		json_out_field_text(out, "person", person_code(teller, told, bar->inspector));
		json_out_field_text(out, "unit", unit_code(teller, told, bar->unit));
		json_out_field_int(out, "before", bar->until + 1);
	} else if (limit->kind == COVERAGE_TEAMS) {
		json_out_field_int(out, "round", limit->which + 1);
		json_out_field_int(out, "teams", problem->teams[limit->which]);
	} else if (limit->kind >= COVERAGE_FIRST) {
		json_out_field_text(out, "unit", unit_code(teller, told, limit->which));
	}
	if (limit->kind == COVERAGE_FIRST)
		json_out_field_int(out, "round", problem->units[limit->which].first + 1);
	if (limit->kind == COVERAGE_LAST)
		json_out_field_int(out, "round", problem->units[limit->which].last + 1);
	json_out_close(out, '}');
}

static void put_conflict(const struct teller *teller, const struct coverage_told *told, struct json_out *out)
{
	struct str *sentences;
	size_t count;

	coverage_sentences(teller, told, &sentences, &count);
	json_out_field_bool(out, "least", told->conflict.least);
	json_out_key(out, "limits");
	json_out_open(out, '[');
	for (int i = 0; i < told->conflict.count; i++)
		put_limit(teller, told, &told->conflict.limits[i], out);
	json_out_close(out, ']');
	json_out_key(out, "sentences");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		json_out_text(out, sentences[i]);
	json_out_close(out, ']');
}

void coverage_json(const struct teller *teller, const struct coverage_told *told, struct json_out *out)
{
	static const char *const verdicts[] = {"planned", "impossible", "undecided"};

	json_out_open(out, '{');
	json_out_field_text(out, "verdict", str_from(verdicts[told->verdict]));
	json_out_field_int(out, "units", told->problem.unit_count);
	json_out_field_int(out, "covered", told->covered);
	json_out_field_int(out, "inspectors", told->problem.inspector_count);
	json_out_field_int(out, "rounds", told->problem.round_count);
	json_out_field_int(out, "per_team", told->problem.per_team);
	if (told->verdict == COVERAGE_PLANNED)
		put_plan(teller, told, out);
	if (told->verdict == COVERAGE_IMPOSSIBLE)
		put_conflict(teller, told, out);
	json_out_close(out, '}');
}
