/* test_education.c: plans of study, sessions and catching up: whose hours count for whom, and against which
 * plan. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "grasp/grasp.h"
#include "org/house.h"

struct scene {
	struct house house;
	struct study_record record;
	struct study_unit *units;
	struct learner *learners;
	size_t unit_count, learner_count;
};

static struct doc *read_fields(struct scene *scene, const char *json)
{
	struct doc *fields;

	assert_int_equal(doc_read(scene->house.arena, str_from(json), &fields, NULL), ERR_OK);
	return fields;
}

/* A field for each part, named otherwise than in any shipped procedure: what says what is the definition's to
 * tell. */
static const struct procedure *definition(struct arena *arena, enum study as)
{
#define STUDY_PART(NAME, wire, types, needed, allowed, help) {.name = STR("my_" wire)},
	static struct field fields[] = {STUDY_PARTS};
#undef STUDY_PART
	static struct field columns[] = {{.name = STR("who")}};
	struct procedure *procedure = ARENA_TAKE(arena, 1, struct procedure);

	fields[STUDY_PART_ROLL].columns = columns;
	fields[STUDY_PART_ROLL].column_count = 1;
	*procedure =
		(struct procedure){.fields = fields, .field_count = STUDY_PART_COUNT, .study = {.as = as}};
	for (int part = 0; part < STUDY_PART_COUNT; part++)
		procedure->study.fields[part] = part;
	return procedure;
}

static struct scene scene_begin(void)
{
	struct scene scene = {.house = house_begin()};
	struct arena *arena;

	house_tenure(&scene.house, "water-head", "an", "2018-01-01", NULL, TENURE_HOLDER);
	house_tenure(&scene.house, "pool-head", "bo", "2018-01-01", NULL, TENURE_HOLDER);
	house_tenure(&scene.house, "mayor", "cai", "2018-01-01", NULL, TENURE_HOLDER);
	arena = scene.house.arena;
	scene.record = (struct study_record){.org = scene.house.org,
		.from = day_at("2019-01-01"),
		.to = day_at("2019-12-31"),
		.today = day_at("2019-07-01"),
		.plans = ARENA_TAKE(arena, 8, struct study_plan),
		.sessions = ARENA_TAKE(arena, 8, struct study_session),
		.catch_ups = ARENA_TAKE(arena, 8, struct study_catch_up)};
	return scene;
}

static void plan(struct scene *scene, const char *unit, int year, int hours)
{
	struct study_plan *added = &scene->record.plans[scene->record.plan_count++];
	const char *json = str_format(scene->house.arena,
		"{\"my_unit\":%lld,\"my_year\":\"%d\",\"my_sessions\":\"4\",\"my_hours\":%d}",
		(long long)unit_at(&scene->house, unit), year, hours)
				   .data;

	assert_true(
		study_plan_read(definition(scene->house.arena, STUDY_PLAN), read_fields(scene, json), added));
	added->number = STR("P");
}

/* `seats`: {"person": status} as JSON rows. */
static void session(struct scene *scene, const char *unit, const char *day, bool confirmed, const char *seats)
{
	struct study_session *added = &scene->record.sessions[scene->record.session_count++];
	const char *json = str_format(scene->house.arena,
		"{\"my_unit\":%lld,\"my_held_on\":\"%s\",\"my_hours\":4,\"my_first_item\":\"x\",\"my_roll\":%"
		"s}",
		(long long)unit_at(&scene->house, unit), day, seats)
				   .data;

	assert_true(study_session_read(definition(scene->house.arena, STUDY_SESSION),
		read_fields(scene, json), scene->house.arena, added));
	added->confirmed = confirmed;
}

static void catch_up(struct scene *scene, const char *person, bool done, const char *due)
{
	struct study_catch_up *added = &scene->record.catch_ups[scene->record.catch_up_count++];
	const char *json = str_format(scene->house.arena,
		"{\"my_person\":%lld,\"my_held_on\":\"2019-03-04\",\"my_hours\":4}",
		(long long)person_at(&scene->house, person))
				   .data;

	assert_true(study_catch_up_read(
		definition(scene->house.arena, STUDY_CATCH_UP), read_fields(scene, json), added));
	added->done = done;
	added->due = due == NULL ? DAY_NONE : day_at(due);
}

static void count(struct scene *scene)
{
	study_count(&scene->record, scene->house.arena, &scene->units, &scene->unit_count, &scene->learners,
		&scene->learner_count);
}

static const struct learner *learner(const struct scene *scene, const char *person)
{
	for (size_t i = 0; i < scene->learner_count; i++)
		if (scene->learners[i].person == person_at(&scene->house, person))
			return &scene->learners[i];
	return NULL;
}

static const struct study_unit *unit(const struct scene *scene, const char *code)
{
	for (size_t i = 0; i < scene->unit_count; i++)
		if (scene->units[i].unit == unit_at(&scene->house, code))
			return &scene->units[i];
	return NULL;
}

static const char *seats(struct scene *scene, const char *an, const char *bo, int bo_earned)
{
	return str_format(scene->house.arena,
		"[{\"who\":%lld,\"status\":\"%s\"},{\"who\":%lld,\"status\":\"%s\",\"earned\":%d}]",
		(long long)person_at(&scene->house, "an"), an, (long long)person_at(&scene->house, "bo"), bo,
		bo_earned)
		.data;
}

static void hours_count_once_they_are_confirmed(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	plan(&scene, "water", 2019, 8);
	plan(&scene, "water", 2018, 100); /* another year */
	session(&scene, "water", "2019-03-04", true, seats(&scene, "present", "leave", 3));
	session(&scene, "water", "2019-04-04", true, seats(&scene, "present", "present", 3));
	session(&scene, "water", "2019-05-04", false, seats(&scene, "present", "present", 3)); /* not yet */
	session(&scene, "water", "2018-12-31", true, seats(&scene, "present", "present", 3));  /* before */
	count(&scene);
	assert_int_equal(learner(&scene, "an")->hours, 8);
	assert_int_equal(learner(&scene, "an")->required, 8);
	assert_int_equal(learner(&scene, "an")->attended, 2);
	assert_int_equal(learner(&scene, "bo")->hours, 3); /* what they earned, and nothing for being away */
	assert_int_equal(learner(&scene, "bo")->away, 1);
	assert_int_equal(unit(&scene, "water")->held, 3);
	assert_int_equal(unit(&scene, "water")->confirmed, 2);
	assert_int_equal(unit(&scene, "water")->first_items, 3);
	assert_int_equal(unit(&scene, "water")->people, 1);
	assert_int_equal(unit(&scene, "water")->met, 1);
	assert_int_equal(unit(&scene, "water")->required, 8);
	house_end(&scene.house);
}

static void who_is_under_no_plan_of_their_own_is_under_the_one_above(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	plan(&scene, "government", 2019, 8);
	count(&scene);
	/* an of water, bo of the pool below the park, and cai, the mayor. */
	assert_int_equal(scene.learner_count, 3);
	assert_int_equal(learner(&scene, "bo")->unit, unit_at(&scene.house, "government"));
	assert_int_equal(unit(&scene, "government")->people, 3);
	assert_int_equal(unit(&scene, "government")->met, 0);
	plan(&scene, "water", 2019, 2);
	count(&scene);
	assert_int_equal(learner(&scene, "an")->required, 2);
	assert_int_equal(unit(&scene, "government")->people, 2);
	house_end(&scene.house);
}

static void what_is_made_up_counts_and_what_is_owed_has_its_day(void **state)
{
	struct scene scene = scene_begin();

	(void)state;
	plan(&scene, "government", 2019, 4);
	catch_up(&scene, "an", true, NULL);
	catch_up(&scene, "bo", false, "2019-08-01");
	catch_up(&scene, "cai", false, "2019-08-01");
	catch_up(&scene, "cai", false, "2019-06-30");
	count(&scene);
	assert_int_equal(learner(&scene, "an")->hours, 4);
	assert_int_equal(learner(&scene, "an")->made_up, 4);
	assert_false(learner(&scene, "bo")->late);
	assert_int_equal(learner(&scene, "cai")->owed, 2);
	assert_int_equal(learner(&scene, "cai")->due.number, day_at("2019-06-30").number);
	assert_true(learner(&scene, "cai")->late);
	assert_int_equal(unit(&scene, "government")->met, 1);
	assert_int_equal(unit(&scene, "government")->owed, 3);
	assert_int_equal(unit(&scene, "government")->late, 1);
	house_end(&scene.house);
}

static void what_says_too_little_is_not_read(void **state)
{
	struct scene scene = scene_begin();
	struct study_plan read_plan;
	struct study_session read_session;
	struct study_catch_up read_catch_up;
	struct arena *arena = scene.house.arena;
	const struct procedure *plan = definition(arena, STUDY_PLAN);
	const struct procedure *session = definition(arena, STUDY_SESSION);
	const struct procedure *catch_up = definition(arena, STUDY_CATCH_UP);

	(void)state;
	assert_false(study_plan_read(plan, read_fields(&scene, "{\"my_year\":\"2019\"}"), &read_plan));
	assert_false(study_plan_read(
		plan, read_fields(&scene, "{\"my_unit\":1,\"my_year\":\"soon\"}"), &read_plan));
	assert_false(study_session_read(
		session, read_fields(&scene, "{\"my_unit\":1,\"my_held_on\":\"x\"}"), arena, &read_session));
	assert_false(study_catch_up_read(
		catch_up, read_fields(&scene, "{\"my_held_on\":\"2019-01-01\"}"), &read_catch_up));
	/* A row of another definition, whose first column has another name, is nobody's. */
	assert_true(study_session_read(session,
		read_fields(
			&scene, "{\"my_unit\":1,\"my_held_on\":\"2019-01-01\",\"my_roll\":[{\"whom\":1}]}"),
		arena, &read_session));
	assert_int_equal(read_session.seat_count, 0);
	house_end(&scene.house);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_count_once_they_are_confirmed),
		cmocka_unit_test(who_is_under_no_plan_of_their_own_is_under_the_one_above),
		cmocka_unit_test(what_is_made_up_counts_and_what_is_owed_has_its_day),
		cmocka_unit_test(what_says_too_little_is_not_read),
	};

	return cmocka_run_group_tests_name("education", tests, NULL, NULL);
}
