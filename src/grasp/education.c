/* education.c: plans of study, sessions and catching up, counted by unit and by person. */
#include "grasp/grasp.h"

#include <stdlib.h>

/* ---- what the fields say ---- */

static const struct doc *said(
	const struct procedure *procedure, enum study_part part, const struct doc *fields)
{
	return procedure_says(procedure, procedure->study.fields[part], fields);
}

static int64_t number_of(const struct procedure *procedure, enum study_part part, const struct doc *fields)
{
	const struct doc *value = said(procedure, part, fields);
	int64_t number = 0;

	if (value != NULL && value->kind == DOC_INT)
		return value->number;
	return value != NULL && value->kind == DOC_TEXT && str_to_int(value->text, &number) ? number : 0;
}

static bool held_on(const struct procedure *procedure, const struct doc *fields, struct day *ret_day)
{
	const struct doc *value = said(procedure, STUDY_PART_HELD_ON, fields);

	return value != NULL && value->kind == DOC_TEXT && day_parse(value->text, ret_day, NULL) == ERR_OK;
}

bool study_plan_read(const struct procedure *procedure, const struct doc *fields, struct study_plan *ret_plan)
{
	*ret_plan = (struct study_plan){.unit = number_of(procedure, STUDY_PART_UNIT, fields),
		.year = number_of(procedure, STUDY_PART_YEAR, fields),
		.sessions = number_of(procedure, STUDY_PART_SESSIONS, fields),
		.hours = number_of(procedure, STUDY_PART_HOURS, fields)};
	return ret_plan->unit != 0 && ret_plan->year != 0;
}

bool study_session_read(const struct procedure *procedure, const struct doc *fields, struct arena *arena,
	struct study_session *ret_session)
{
	const struct doc *rows = said(procedure, STUDY_PART_ROLL, fields);
	const struct doc *first_item = said(procedure, STUDY_PART_FIRST_ITEM, fields);
	int64_t hours = number_of(procedure, STUDY_PART_HOURS, fields);
	size_t count = rows == NULL || rows->kind != DOC_LIST ? 0 : rows->count;

	*ret_session = (struct study_session){.unit = number_of(procedure, STUDY_PART_UNIT, fields),
		.first_item = first_item != NULL && first_item->text.size > 0,
		.seats = ARENA_TAKE(arena, count + 1, struct study_seat)};
	for (size_t i = 0; i < count; i++) {
		const struct field *roll = &procedure->fields[procedure->study.fields[STUDY_PART_ROLL]];
		const struct doc *row = &rows->items[i], *who = doc_get_str(row, roll->columns[0].name);
		bool present = str_is(doc_get_text(row, "status"), "present");

		/* Of a matter from before the key the first column may have had another name. */
		if (who == NULL || who->kind != DOC_INT)
			continue;
		ret_session->seats[ret_session->seat_count++] = (struct study_seat){.person = who->number,
			.present = present,
			.hours = present ? doc_get_int(row, "earned", hours) : 0};
	}
	return held_on(procedure, fields, &ret_session->held) && ret_session->unit != 0;
}

bool study_catch_up_read(
	const struct procedure *procedure, const struct doc *fields, struct study_catch_up *ret_catch_up)
{
	*ret_catch_up = (struct study_catch_up){.person = number_of(procedure, STUDY_PART_PERSON, fields),
		.hours = number_of(procedure, STUDY_PART_HOURS, fields),
		.due = DAY_NONE};
	return held_on(procedure, fields, &ret_catch_up->held) && ret_catch_up->person != 0;
}

/* ---- counting ---- */

struct counting {
	const struct study_record *record;
	struct learner *by_person; /* by person - 1; person 0: not met yet */
	struct study_unit *by_unit;
	int64_t first_year, last_year;
};

static int64_t year_of(struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return year;
}

static bool is_in_period(const struct study_record *record, struct day day)
{
	return day.number >= record->from.number && day.number <= record->to.number;
}

static bool has_plan(const struct counting *counting, int64_t unit)
{
	return counting->by_unit[unit - 1].numbers.size > 0;
}

/* The unit whose plan holds for this one: its own, or of the nearest above it; itself where there is none. */
static int64_t planned_by(const struct counting *counting, int64_t unit)
{
	const struct unit *at = org_unit(counting->record->org, unit);

	while (at != NULL && !has_plan(counting, at->id))
		at = at->parent == 0 ? NULL : org_unit(counting->record->org, at->parent);
	return at == NULL ? unit : at->id;
}

static void take_plans(struct counting *counting, struct arena *arena)
{
	for (size_t i = 0; i < counting->record->plan_count; i++) {
		const struct study_plan *plan = &counting->record->plans[i];
		struct study_unit *unit = &counting->by_unit[plan->unit - 1];

		if (plan->year < counting->first_year || plan->year > counting->last_year)
			continue;
		unit->unit = plan->unit;
		unit->planned += plan->sessions;
		unit->required += plan->hours;
		unit->numbers = unit->numbers.size == 0
					? plan->number
					: str_format(arena, "%.*s %.*s", STR_ARG(unit->numbers),
						  STR_ARG(plan->number));
	}
}

/* Who holds a post today, in a unit under a plan; or anybody who attended. */
static struct learner *learner_of(struct counting *counting, int64_t person)
{
	const struct org *org = counting->record->org;
	struct learner *learner = &counting->by_person[person - 1];
	const struct post *post;

	if (learner->person != 0)
		return learner;
	*learner = (struct learner){.person = person, .due = DAY_NONE};
	(void)org_posts_held(org, person, counting->record->today, &learner->post, 1);
	post = org_post(org, learner->post);
	if (post != NULL) {
		learner->unit = planned_by(counting, post->unit);
		learner->required = counting->by_unit[learner->unit - 1].required;
	}
	return learner;
}

static void take_people(struct counting *counting)
{
	const struct org *org = counting->record->org;

	for (int64_t person = 1; person <= (int64_t)org_person_count(org); person++) {
		int64_t post;

		if (org_posts_held(org, person, counting->record->today, &post, 1) > 0 &&
			has_plan(counting, planned_by(counting, org_post(org, post)->unit)))
			(void)learner_of(counting, person);
	}
}

static void take_session(struct counting *counting, const struct study_session *session)
{
	struct study_unit *unit = &counting->by_unit[planned_by(counting, session->unit) - 1];

	unit->unit = planned_by(counting, session->unit);
	unit->held += session->seat_count > 0;
	unit->confirmed += session->confirmed;
	unit->first_items += session->seat_count > 0 && session->first_item;
	for (size_t i = 0; session->confirmed && i < session->seat_count; i++) {
		struct learner *learner = learner_of(counting, session->seats[i].person);

		learner->hours += session->seats[i].hours;
		learner->attended += session->seats[i].present;
		learner->away += !session->seats[i].present;
	}
}

static void take_catch_up(struct counting *counting, const struct study_catch_up *catch_up)
{
	struct learner *learner = learner_of(counting, catch_up->person);

	if (catch_up->done) {
		learner->hours += catch_up->hours;
		learner->made_up += catch_up->hours;
		return;
	}
	learner->owed++;
	if (day_is_none(catch_up->due))
		return;
	if (day_is_none(learner->due) || catch_up->due.number < learner->due.number)
		learner->due = catch_up->due;
	learner->late = learner->due.number < counting->record->today.number;
}

static int compare_learners(const void *a, const void *b)
{
	const struct learner *left = a, *right = b;

	if (left->unit != right->unit)
		return left->unit < right->unit ? -1 : 1;
	return (left->person > right->person) - (left->person < right->person);
}

/* The sums of a unit's learners; those who hold no post are nobody's. */
static void add_learner(struct counting *counting, const struct learner *learner)
{
	struct study_unit *unit;

	if (learner->unit == 0)
		return;
	unit = &counting->by_unit[learner->unit - 1];
	unit->people++;
	unit->met += learner->required > 0 && learner->hours >= learner->required;
	unit->hours += learner->hours;
	unit->away += learner->away;
	unit->owed += learner->owed;
	unit->late += learner->late;
}

void study_count(const struct study_record *record, struct arena *arena, struct study_unit **ret_units,
	size_t *ret_unit_count, struct learner **ret_learners, size_t *ret_learner_count)
{
	size_t people = org_person_count(record->org), units = org_unit_count(record->org);
	struct counting counting = {.record = record,
		.by_person = ARENA_TAKE(arena, people + 1, struct learner),
		.by_unit = ARENA_TAKE(arena, units + 1, struct study_unit),
		.first_year = year_of(record->from),
		.last_year = year_of(record->to)};
	size_t learner_count = 0, unit_count = 0;

	take_plans(&counting, arena);
	take_people(&counting);
	for (size_t i = 0; i < record->session_count; i++)
		if (is_in_period(record, record->sessions[i].held))
			take_session(&counting, &record->sessions[i]);
	for (size_t i = 0; i < record->catch_up_count; i++)
		if (is_in_period(record, record->catch_ups[i].held))
			take_catch_up(&counting, &record->catch_ups[i]);
	for (size_t i = 0; i < people; i++)
		if (counting.by_person[i].person != 0) {
			add_learner(&counting, &counting.by_person[i]);
			counting.by_person[learner_count++] = counting.by_person[i];
		}
	for (size_t i = 0; i < units; i++)
		if (counting.by_unit[i].unit != 0)
			counting.by_unit[unit_count++] = counting.by_unit[i];
	if (learner_count > 1)
		qsort(counting.by_person, learner_count, sizeof *counting.by_person, compare_learners);
	*ret_units = counting.by_unit;
	*ret_unit_count = unit_count;
	*ret_learners = counting.by_person;
	*ret_learner_count = learner_count;
}
