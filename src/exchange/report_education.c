/* report_education.c: plans of study and what was learned of them, by unit or, of one unit, person by person;
 * and which requirement was turned into which standard of work, and what carries it out. */
#include "exchange/report_made.h"
#include "store/store_rule.h"

static const struct report_column unit_columns[] = {
	{"unit", "单位", "unit"},
	{"code", "代码", "code"},
	{"plan", "学习计划", "plan"},
	{"planned", "计划次数", "planned"},
	{"held", "已开展", "held"},
	{"confirmed", "已核对", "confirmed"},
	{"first_items", "有第一议题", "first item"},
	{"required", "人均应学学时", "hours required"},
	{"people", "人数", "people"},
	{"mean", "人均已学学时", "mean hours"},
	{"met", "学满人数", "with all hours"},
	{"coverage", "覆盖率%", "coverage%"},
	{"away", "缺席人次", "away"},
	{"owed", "待补学", "to catch up"},
	{"late", "逾期未补人数", "overdue"},
};
static const struct report_column person_columns[] = {
	{"person", "姓名", "person"},
	{"code", "登录名", "sign-in name"},
	{"post", "现任岗位", "present post"},
	{"required", "应学学时", "hours required"},
	{"hours", "已学学时", "hours"},
	{"made_up", "其中补学", "of these made up"},
	{"attended", "到会次数", "attended"},
	{"away", "缺席次数", "away"},
	{"owed", "待补学", "to catch up"},
	{"due", "补学期限", "due"},
	{"met", "学满", "all hours"},
};

static int percent_of(int64_t part, int64_t whole)
{
	return whole == 0 ? -1 : (int)(100 * part / whole);
}

/* ---- what is recorded ---- */

/* A matter is read by its own definition; one from before the key `study` by that which is in force. */
static const struct procedure *study_of(
	const struct making *making, const struct procedure *in_force, const struct kept_line *line)
{
	const struct procedure *own = making->ask->procedure(making->ask->context, line->definition);

	return own != NULL && own->study.place.line > 0 && own->study.as == in_force->study.as ? own
											       : in_force;
}

static void add_plans(struct making *making, struct study_record *record, const struct procedure *in_force,
	const struct kept_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct study_plan *plan = ARENA_PUSH(
			making->ask->arena, record->plans, record->plan_count, record->plan_capacity);

		if (study_plan_read(study_of(making, in_force, &lines[i]), lines[i].fields, plan))
			plan->number = lines[i].number;
		else
			record->plan_count--;
	}
}

static void add_sessions(struct making *making, struct study_record *record, const struct procedure *in_force,
	const struct kept_line *lines, size_t count)
{
	struct arena *arena = making->ask->arena;

	for (size_t i = 0; i < count; i++) {
		struct study_session *session =
			ARENA_PUSH(arena, record->sessions, record->session_count, record->session_capacity);

		if (study_session_read(
			    study_of(making, in_force, &lines[i]), lines[i].fields, arena, session))
			session->confirmed = str_is(lines[i].outcome, "success");
		else
			record->session_count--;
	}
}

static void add_catch_ups(struct making *making, struct study_record *record,
	const struct procedure *in_force, const struct kept_line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct study_catch_up *catch_up = ARENA_PUSH(making->ask->arena, record->catch_ups,
			record->catch_up_count, record->catch_up_capacity);

		if (!study_catch_up_read(study_of(making, in_force, &lines[i]), lines[i].fields, catch_up)) {
			record->catch_up_count--;
			continue;
		}
		catch_up->done = str_is(lines[i].outcome, "success");
		if (!catch_up->done)
			catch_up->due = due_day(making, lines[i].due);
	}
}

/* Of every procedure in force that says what it is in the record of study. */
static enum err read_record(struct making *making, struct study_record *record)
{
	static void (*const add[STUDY_COUNT])(struct making *, struct study_record *,
		const struct procedure *, const struct kept_line *, size_t) = {
		[STUDY_PLAN] = add_plans, [STUDY_SESSION] = add_sessions, [STUDY_CATCH_UP] = add_catch_ups};
	const struct report_ask *ask = making->ask;

	for (size_t i = 0; i < ask->in_force_count; i++) {
		const struct procedure *procedure = ask->in_force[i].procedure;
		struct kept_line *lines;
		size_t count;

		if (procedure->study.place.line == 0)
			continue;
		TRY(store_kept_list(ask->store, ask->arena, ask->viewer, procedure->name, &lines, &count,
			making->reterr));
		add[procedure->study.as](making, record, procedure, lines, count);
	}
	return ERR_OK;
}

/* The year of today, where no period was asked for. */
static void set_period(const struct making *making, struct study_record *record)
{
	const struct report_ask *ask = making->ask;
	int year, month, dom;

	day_split(day_is_none(ask->to) ? making->today : ask->to, &year, &month, &dom);
	record->from = ask->from;
	record->to = ask->to;
	REQUIRE(!day_is_none(ask->from) || day_make(year, 1, 1, &record->from));
	REQUIRE(!day_is_none(ask->to) || day_make(year, 12, 31, &record->to));
}

/* ---- rows ---- */

static void put_unit(struct making *making, const struct study_unit *unit)
{
	const struct unit *of = org_unit(making->ask->org, unit->unit);

	put_text(making, unit_name(making, unit->unit));
	put_text(making, of == NULL ? STR("") : of->code);
	put_text(making, unit->numbers);
	put_number(making, unit->planned);
	put_number(making, unit->held);
	put_number(making, unit->confirmed);
	put_number(making, unit->first_items);
	put_number(making, unit->required);
	put_number(making, unit->people);
	put_text(making, unit->people == 0 ? STR("")
					   : str_format(making->ask->arena, "%.1f",
						     (double)unit->hours / (double)unit->people));
	put_number(making, unit->met);
	put_percent(making, unit->required == 0 ? -1 : percent_of(unit->met, unit->people));
	put_number(making, unit->away);
	put_number(making, unit->owed);
	put_number(making, unit->late);
}

static void put_learner(struct making *making, const struct learner *learner)
{
	const struct person *person = org_person(making->ask->org, learner->person);

	put_text(making, person == NULL ? STR("") : person->name);
	put_text(making, person == NULL ? STR("") : person->code);
	put_text(making, post_in_unit(making, learner->post));
	put_number(making, learner->required);
	put_number(making, learner->hours);
	put_number(making, learner->made_up);
	put_number(making, learner->attended);
	put_number(making, learner->away);
	put_number(making, learner->owed);
	put_day(making, learner->due);
	put_text(making, learner->required == 0                ? STR("")
			 : learner->hours >= learner->required ? word_in(making, "是", "yes")
							       : word_in(making, "否", "no"));
}

enum err report_education(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct study_record record = {.org = ask->org, .today = making->today};
	const struct unit *of = ask->unit.size == 0 ? NULL : org_unit_by_code(ask->org, ask->unit);
	struct study_unit *units;
	struct learner *learners;
	size_t unit_count, learner_count;

	if (ask->unit.size > 0 && of == NULL)
		return err_set(making->reterr, ERR_INVALID, "--unit", "there is no unit of this code");
	set_period(making, &record);
	TRY(read_record(making, &record));
	study_count(&record, ask->arena, &units, &unit_count, &learners, &learner_count);
	if (of == NULL) {
		COLUMNS(making, unit_columns);
		for (size_t i = 0; i < unit_count; i++)
			put_unit(making, &units[i]);
		return ERR_OK;
	}
	COLUMNS(making, person_columns);
	for (size_t i = 0; i < learner_count; i++)
		if (learners[i].unit == of->id)
			put_learner(making, &learners[i]);
	return ERR_OK;
}

/* ---- requirements ---- */

static const struct report_column requirement_columns[] = {
	{"requirement", "规定要求", "requirement"},
	{"source", "出处", "source"},
	{"standard", "工作标准", "standard"},
	{"number", "编号", "number"},
	{"unit", "起草单位", "unit"},
	{"state", "环节", "state"},
	{"items", "标准项数", "items"},
	{"carried_by", "落实它的事项", "carried out by"},
	{"rules", "落实它的制度", "rules"},
};

/* Every version that was ever put into the register. */
struct register_read {
	struct stored_rule_version *versions;
	size_t count;
};

/* The newest version of each rule that the matter made or amended, as the register has it. */
static void put_rules_of(
	const struct making *making, const struct register_read *rules, int64_t matter, struct buf *buf)
{
	for (size_t i = 0; i < rules->count; i++) {
		const struct stored_rule_version *version = &rules->versions[i];
		bool again = i + 1 < rules->count && rules->versions[i + 1].rule == version->rule &&
			     rules->versions[i + 1].matter == matter;

		if (version->matter == matter && !again)
			buf_format(buf,
				str_is(making->ask->lang, "zh") ? "%s《%.*s》第 %lld 版"
								: "%s%.*s, version %lld",
				buf->size > 0 ? "; " : "",
				STR_ARG(label_pick(version->title, STR(""), making->ask->lang)),
				(long long)version->version);
	}
}

/* What a standard is tied to, from either side, as far as the viewer sees it, and the rules that came of it.
 */
static enum err carried_by(const struct making *making, const struct register_read *rules, int64_t matter,
	struct str *ret_matters, struct str *ret_rules)
{
	const struct report_ask *ask = making->ask;
	struct buf buf = buf_new(ask->arena), made = buf_new(ask->arena);
	struct link_line *links;
	size_t count;

	if (ask->viewer == NULL)
		TRY(store_link_list(ask->store, ask->arena, matter, &links, &count, making->reterr));
	else
		TRY(store_link_seen(
			ask->store, ask->arena, ask->viewer, matter, &links, &count, making->reterr));
	for (size_t i = 0; i < count; i++) {
		buf_format(&buf, "%s%.*s %.*s", i > 0 ? "; " : "", STR_ARG(links[i].number),
			STR_ARG(links[i].title));
		put_rules_of(making, rules, links[i].other, &made);
	}
	*ret_matters = buf_str(&buf);
	*ret_rules = buf_str(&made);
	return ERR_OK;
}

enum err report_requirements(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct register_read rules;
	struct counted_line *lines;
	size_t count;

	COLUMNS(making, requirement_columns);
	TRY(store_rule_versions(ask->store, ask->arena, 0, &rules.versions, &rules.count, making->reterr));
	TRY(counted_list(making, COUNTED_STANDARD, &lines, &count));
	for (size_t i = 0; i < count; i++) {
		const struct procedure *by = lines[i].by;
		const struct kept_line *line = &lines[i].kept;
		struct str carried, made;

		TRY(carried_by(making, &rules, line->id, &carried, &made));
		put_text(making, counted_text(by, COUNT_PART_REQUIREMENT, line->fields));
		put_text(making, counted_text(by, COUNT_PART_SOURCE, line->fields));
		put_text(making, line->title);
		put_text(making, line->number);
		put_text(making, unit_name(making, counted_unit(by, COUNT_PART_UNIT, line->fields)));
		put_text(making, state_label(making, line->definition, line->state));
		put_text(making, counted_text(by, COUNT_PART_ITEMS, line->fields));
		put_text(making, carried);
		put_text(making, made);
	}
	return ERR_OK;
}
