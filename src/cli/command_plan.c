/* command_plan.c: the rounds of inspection that are left of a term, planned from the record. */
#include "cli/house.h"

#include "exchange/coverage_table.h"
#include "exchange/file.h"
#include "view/coverage.h"

#include <stdio.h>
#include <string.h>

#define AVOID_YEARS_MAX 50
#define PER_TEAM_MAX    50

/* ---- what is asked ---- */

static enum err read_day(struct call *call, const char *name, struct day fallback, struct day *ret_day)
{
	const char *value = option_value(call, name);
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	*ret_day = fallback;
	if (value != NULL && day_parse(str_from(value), ret_day, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data, "%s: %s",
			value, err_both(&why, both));
	return ERR_OK;
}

static enum err read_number(
	struct call *call, const char *name, int fallback, int least, int most, int *ret_number)
{
	int64_t number;

	TRY(option_number(call, name, fallback, &number));
	if (option_value(call, name) != NULL && (number < least || number > most))
		return err_set(&call->why, ERR_RANGE, str_format(call->arena, "--%s", name).data,
			"a number from %d to %d is wanted", least, most);
	*ret_number = (int)number;
	return ERR_OK;
}

/* What the question says is wrong, by the option that gave it. */
static enum err by_option(struct call *call, enum err err)
{
	struct bh_err why = call->why;

	return err != ERR_INVALID && err != ERR_RANGE
		       ? err
		       : err_pass(&call->why, err, str_format(call->arena, "--%s", why.place).data, &why);
}

static enum err read_term(struct house *house, struct coverage_ask *ask)
{
	struct call *call = house->call;

	TRY(read_day(call, "from", DAY_NONE, &ask->from));
	TRY(read_day(call, "to", DAY_NONE, &ask->to));
	TRY(read_day(call, "begin", DAY_NONE, &ask->begin));
	TRY(read_number(call, "rounds", 0, 1, COVERAGE_ROUNDS_MAX, &ask->rounds));
	return by_option(call, coverage_ask_complete(ask, house->today, &call->why));
}

/* ---- tables ---- */

static enum err refuse(struct call *call, struct csv_errors *errors)
{
	csv_errors_sort(errors);
	for (size_t i = 0; i < errors->count; i++)
		fprintf(stderr, "%s\n", csv_error_say(call->arena, errors, i, lang_of(call)).data);
	return err_set(&call->why, ERR_INVALID, errors->file.data, "wrong cells or lines: %zu, see above",
		errors->count + errors->left_out);
}

/* The table that an option names; NULL where it isn't given. */
static enum err read_table(struct call *call, const char *option, struct csv_errors *ret_errors,
	const struct csv_table **ret_csv)
{
	const char *path = option_value(call, option);
	struct str text;

	*ret_csv = NULL;
	if (path == NULL)
		return ERR_OK;
	TRY(file_read(call->arena, path, CSV_SIZE_MAX, &text, &call->why));
	*ret_errors = csv_errors_new(call->arena, str_from(path));
	*ret_csv = csv_read(call->arena, text, ret_errors);
	ret_errors->table = *ret_csv;
	return *ret_csv == NULL ? refuse(call, ret_errors) : ERR_OK;
}

static enum err read_tables(struct house *house, struct coverage_ask *ask)
{
	struct call *call = house->call;
	const struct csv_table *csv;
	struct csv_errors errors;

	TRY(read_table(call, "units", &errors, &csv));
	if (csv != NULL) {
		ask->wishes = coverage_units_read(house->institution.org, csv, &errors, &ask->wish_count);
		if (errors.count > 0)
			return refuse(call, &errors);
	}
	TRY(read_table(call, "inspectors", &errors, &csv));
	if (csv != NULL) {
		ask->inspectors =
			coverage_inspectors_read(house->institution.org, csv, &errors, &ask->inspector_count);
		if (errors.count > 0)
			return refuse(call, &errors);
	}
	return ERR_OK;
}

static enum err read_ask(struct house *house, struct coverage_ask *ask)
{
	struct call *call = house->call;

	*ask = (struct coverage_ask){.store = house->store,
		.institution = &house->institution,
		.again = option_given(call, "again"),
		.kind = option_value(call, "kind")};
	TRY(read_term(house, ask));
	TRY(read_number(call, "teams", 0, 1, COVERAGE_TEAMS_MAX, &ask->teams));
	TRY(read_number(call, "per-team", COVERAGE_PER_TEAM, 1, PER_TEAM_MAX, &ask->per_team));
	TRY(read_number(call, "team-size", COVERAGE_TEAM_SIZE, 0, COVERAGE_INSPECTORS_MAX, &ask->team_size));
	TRY(read_number(call, "avoid-years", COVERAGE_AVOID_YEARS, 0, AVOID_YEARS_MAX, &ask->years));
	TRY(read_number(call, "serve", 0, 1, COVERAGE_ROUNDS_MAX, &ask->serve));
	if (ask->kind != NULL && option_given(call, "units"))
		return err_set(&call->why, ERR_INVALID, "--kind",
			"--units names the units already: give one of the two");
	return read_tables(house, ask);
}

/* ---- what is told ---- */

static void put_inspectors(const struct house *house, const struct coverage_told *told,
	struct coverage_place place, struct buf *names)
{
	const struct coverage_problem *problem = &told->problem;
	int first = place.round * problem->inspector_count;

	for (int i = 0; problem->team_size > 0 && i < problem->inspector_count; i++)
		if (told->plan.seats[first + i] == place.team) {
			if (names->size > 0)
				buf_puts(names, say(house->call, "、", ", "));
			buf_put(names, tell_person(&house->teller, told->inspectors[i]));
		}
}

static enum err print_plan(struct house *house, const struct coverage_told *told)
{
	struct call *call = house->call;
	struct table *table = table_new(call, TABLE_TEXT, 6);

	table_head(table, "round", "轮次", "round");
	table_head(table, "begins", "开始", "begins");
	table_head(table, "team", "组", "team");
	table_head(table, "unit", "被巡察单位", "unit");
	table_head(table, "weight", "工作量", "work");
	table_head(table, "inspectors", "巡察干部", "inspectors");
	for (int round = 0; round < told->problem.round_count; round++)
		for (int team = 0; team < told->problem.teams[round]; team++)
			for (int unit = 0; unit < told->problem.unit_count; unit++) {
				struct coverage_place place = told->plan.places[unit];
				struct buf names = buf_new(call->arena);

				if (place.round != round || place.team != team)
					continue;
				put_inspectors(house, told, place, &names);
				table_number(table, round + 1);
				table_put(table, day_print(call->arena, told->begins[round]));
				table_number(table, team + 1);
				table_put(table, tell_unit(&house->teller, told->problem.units[unit].unit));
				table_number(table, told->problem.units[unit].weight);
				table_put(table, buf_str(&names));
			}
	return table_print(table);
}

static void print_load(const struct call *call, const struct coverage_plan *plan)
{
	if (plan->load == plan->load_least)
		printf(say(call, "一组一轮的最大工作量: %d (不可能更少)\n",
			       "most work of one team in a round: %d (no plan has less)\n"),
			plan->load);
	else
		printf(say(call, "一组一轮的最大工作量: %d (已证明不少于 %d)\n",
			       "most work of one team in a round: %d (proved: not less than %d)\n"),
			plan->load, plan->load_least);
}

static enum err print_planned(struct house *house, const struct coverage_told *told)
{
	struct call *call = house->call;

	TRY(print_plan(house, told));
	printf(say(call, "任期内全覆盖: %s 个单位排入 %s 轮, %d 个已巡察\n",
		       "all covered in the term: %s in %s, %d inspected before\n"),
		counted(call, (size_t)told->problem.unit_count, "unit", "units"),
		counted(call, (size_t)told->problem.round_count, "round", "rounds"), told->covered);
	print_load(call, &told->plan);
	if (told->problem.team_size > 0)
		printf(say(call, "一人参加的最多轮数: %d (平均分担为 %d)\n",
			       "most rounds of one inspector: %d (an even share is %d)\n"),
			told->plan.served, told->plan.share);
	return ERR_OK;
}

static void print_impossible(struct house *house, const struct coverage_told *told)
{
	struct call *call = house->call;
	struct str *sentences;
	size_t count;

	coverage_sentences(&house->teller, told, &sentences, &count);
	puts(told->conflict.least
			? say(call,
				  "无法在任期内全覆盖。下列限制不能同时满足,去掉其中任何一条,其余的即可满足:",
				  "the term can't cover all. These limits can't be kept together; "
				  "without any one of them the others can:")
			: say(call,
				  "无法在任期内全覆盖。下列限制不能同时满足(其中可能有多余的,未能逐一查明):",
				  "the term can't cover all. These limits can't be kept together "
				  "(some may be spared: it wasn't found out for each):"));
	for (size_t i = 0; i < count; i++)
		printf("  %.*s\n", STR_ARG(sentences[i]));
	printf(say(call, "(共排 %d 轮,每组每轮最多巡察 %d 个单位)\n",
		       "(rounds planned: %d; units of a team in a round: %d at most)\n"),
		told->problem.round_count, told->problem.per_team);
}

static enum err tell(struct house *house, const struct coverage_told *told)
{
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	if (told->verdict == COVERAGE_UNDECIDED && !call->json)
		return err_set(&call->why, ERR_INCOMPLETE, "plan",
			"neither a plan nor a proof that there is none was found: loosen a limit");
	if (call->json) {
		coverage_json(&house->teller, told, &out);
		printf("%s\n", buf_str(&buf).data);
	} else if (told->verdict == COVERAGE_PLANNED) {
		TRY(print_planned(house, told));
	} else {
		print_impossible(house, told);
	}
	call->answered = true;
	return told->verdict == COVERAGE_PLANNED      ? ERR_OK
	       : told->verdict == COVERAGE_IMPOSSIBLE ? ERR_REFUSED
						      : ERR_INCOMPLETE;
}

static enum err plan(struct house *house)
{
	struct coverage_ask ask;
	struct coverage_told told;

	TRY(read_ask(house, &ask));
	TRY(by_option(house->call, coverage_tell(&ask, house->call->arena, &told, &house->call->why)));
	return tell(house, &told);
}

enum err command_plan(struct call *call)
{
	static const char *const subjects[] = {"coverage"};
	struct house house;

	if (strcmp(call->arguments[0], subjects[0]) != 0)
		return unknown_name(call, ERR_INVALID,
			UNKNOWN("没有这种计划", "there is no such plan", name_list(call, "可用", subjects, 1),
				name_list(call, "there are", subjects, 1)),
			str_from(call->arguments[0]), subjects, 1);
	call->arguments[0] = call->arguments[1]; /* a house is the first argument's */
	TRY(house_open_to_read(call, &house));
	enum err err = plan(&house);

	house_close(&house);
	return err;
}
