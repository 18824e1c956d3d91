/* test_together.c: many at once: one wins and the other is told why; a refusal harms no neighbour and leaves
 * no gap. */
#include "district.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

/* ---- threads ---- */

struct asker {
	struct district *district;
	struct act act;
	struct command command;
	struct receipt receipt;
	struct bh_err why;
	enum err err;
	pthread_barrier_t *start;
};

static void *ask(void *context)
{
	struct asker *asker = context;

	pthread_barrier_wait(asker->start);
	asker->err = act_run(asker->district->installation, &asker->act, &asker->receipt, &asker->why);
	return NULL;
}

static void ask_at_once(struct asker *askers, size_t count)
{
	pthread_t threads[16];
	pthread_barrier_t start;

	assert_true(count <= ARRAY_COUNT(threads));
	pthread_barrier_init(&start, NULL, (unsigned)count);
	for (size_t i = 0; i < count; i++) {
		askers[i].start = &start;
		askers[i].act.what.command = &askers[i].command;
		assert_int_equal(pthread_create(&threads[i], NULL, ask, &askers[i]), 0);
	}
	for (size_t i = 0; i < count; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&start);
}

static struct asker asker(struct district *district, const char *who, struct command command)
{
	return (struct asker){.district = district,
		.act = {.kind = ACT_COMMAND, .person = person_id(district->scene, who)},
		.command = command};
}

static void of_two_who_close_at_once_one_wins(void **state)
{
	struct district *district = *state;

	for (int round = 0; round < 8; round++) {
		int64_t id = district_key_task(district, "review", "2019-06-28");
		struct command close = {.kind = COMMAND_ACT, .matter = id, .name = STR("close")};
		struct asker askers[] = {asker(district, "he", close), asker(district, "du", close)};

		ask_at_once(askers, 2);
		int winner = askers[0].err == ERR_OK ? 0 : 1;

		assert_int_equal(askers[winner].err, ERR_OK);
		assert_int_equal(askers[1 - winner].err, ERR_REFUSED);
		expect_text("why", askers[1 - winner].why.place, "end");
		expect("it says which matter has ended",
			strstr(askers[1 - winner].why.text, "closed") != NULL);
	}
}

static void of_two_who_looked_at_one_version_the_second_is_stale(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "review", "2019-06-28");
	int64_t version = district_matter(district, id)->version;
	struct command close = {.kind = COMMAND_ACT, .matter = id, .name = STR("close"), .version = version};
	struct command note = {.kind = COMMAND_NOTE, .matter = id, .text = STR("待核"), .version = version};
	struct asker askers[] = {asker(district, "he", close), asker(district, "wang", note)};

	ask_at_once(askers, 2);
	int winner = askers[0].err == ERR_OK ? 0 : 1;

	assert_int_equal(askers[winner].err, ERR_OK);
	assert_int_equal(askers[1 - winner].err, ERR_STALE);
	expect_text("why", askers[1 - winner].why.place, "version");
}

static void time_alone_makes_nobody_stale(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-03-20");
	struct command note = {.kind = COMMAND_NOTE,
		.matter = id,
		.text = STR("待核"),
		.version = district_matter(district, id)->version};

	/* The warning and the breach, with the matter it opens, come between looking and acting. */
	district_at(district, "2019-03-21 09:00");
	district_must(district, district_command(district, "wang", note, NULL));
	assert_int_equal(
		district_number(district, "select count(*) from event where kind = 'duty.breach'"), 1);
	assert_int_equal(district_command(district, "wang", note, NULL), ERR_STALE);
}

static void numbers_have_no_gap_under_refusals(void **state)
{
	struct district *district = *state;
	struct doc *good = scene_fields(district->scene, NULL, 0, "title=甲"),
		   *bad = doc_object(district->arena);
	const struct procedure *procedure = district->scene->definitions[0].procedure;
	struct asker askers[12];
	size_t done = 0;

	good = scene_fields(district->scene, procedure->fields, procedure->field_count,
		"title=甲|lead_unit=water|commander=vice-mayor|due=2019-06-28");
	for (int round = 0; round < 6; round++) {
		for (size_t i = 0; i < ARRAY_COUNT(askers); i++)
			askers[i] = asker(district, i % 3 == 2 ? "mo" : "he",
				(struct command){.kind = COMMAND_OPEN,
					.name = STR("key_task"),
					.fields = i % 3 == 1 ? bad : good});
		ask_at_once(askers, ARRAY_COUNT(askers));
		for (size_t i = 0; i < ARRAY_COUNT(askers); i++) {
			done += askers[i].err == ERR_OK;
			assert_int_equal(askers[i].err, i % 3 == 0   ? ERR_OK
							: i % 3 == 1 ? ERR_INVALID
								     : ERR_FORBIDDEN);
		}
	}
	assert_int_equal(done, 24);
	assert_int_equal(district_number(district, "select count(*) from matter"), 24);
	assert_int_equal(district_number(district, "select max(seq) from matter"), 24);
	assert_int_equal(district_number(district, "select max(id) from matter"), 24);
	assert_int_equal(district_number(district, "select max(idx) + 1 - count(*) from event"), 0);
	assert_int_equal(
		district_number(district, "select last from sequence where procedure = 'key_task'"), 24);
}

/* ---- one batch ---- */

struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int answered;
};

static void count_answer(struct act_job *job)
{
	struct gate *gate = job->context;

	pthread_mutex_lock(&gate->lock);
	gate->answered++;
	pthread_cond_signal(&gate->changed);
	pthread_mutex_unlock(&gate->lock);
}

/* Unit, then a unit below it, then one that is refused, then a third that names the first: what a refused act
 * would have set is known to nobody, and what its neighbours set is. */
static void a_refused_act_harms_no_neighbour(void **state)
{
	struct district *district = *state;
	int64_t units = district_number(district, "select count(*) from unit");
	struct unit rows[] = {
		{.code = STR("a"),
			.name = STR("甲"),
			.kind = STR("department"),
			.since = DAY_NONE,
			.until = DAY_NONE},
		{.code = STR("b"),
			.name = STR("乙"),
			.kind = STR("department"),
			.parent = units + 1,
			.since = DAY_NONE,
			.until = DAY_NONE},
		{.code = STR("a"),
			.name = STR("同名"),
			.kind = STR("department"),
			.since = DAY_NONE,
			.until = DAY_NONE},
		{.code = STR("c"),
			.name = STR("丙"),
			.kind = STR("department"),
			.parent = units + 1,
			.since = DAY_NONE,
			.until = DAY_NONE},
		{.code = STR("d"),
			.name = STR(""),
			.kind = STR("department"),
			.since = DAY_NONE,
			.until = DAY_NONE},
	};
	struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
	struct act acts[ARRAY_COUNT(rows)];
	struct act_job jobs[ARRAY_COUNT(rows)];

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		acts[i] = (struct act){.kind = ACT_UNIT, .what.unit = &rows[i]};
		jobs[i] = (struct act_job){.act = &acts[i], .answer = count_answer, .context = &gate};
		act_submit(district->installation, &jobs[i]);
	}
	pthread_mutex_lock(&gate.lock);
	while (gate.answered < (int)ARRAY_COUNT(rows))
		pthread_cond_wait(&gate.changed, &gate.lock);
	pthread_mutex_unlock(&gate.lock);
	assert_int_equal(jobs[0].err, ERR_OK);
	assert_int_equal(jobs[1].err, ERR_OK);
	assert_int_equal(jobs[2].err, ERR_CONFLICT);
	assert_int_equal(jobs[3].err, ERR_OK);
	assert_int_equal(jobs[4].err, ERR_INVALID);
	assert_int_equal(jobs[3].receipt.id, units + 3);
	assert_int_equal(jobs[3].receipt.first, jobs[1].receipt.first + 1);
	assert_int_equal(district_number(district, "select count(*) from unit"), units + 3);
	district_reopen(district);
	assert_int_equal(district_number(district, "select count(*) from unit"), units + 3);
}

static void whoever_is_queued_at_the_end_is_still_answered(void **state)
{
	struct district *district = *state;
	struct gate gate = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
	struct act acts[64];
	struct act_job jobs[64];
	struct unit rows[64];

	for (size_t i = 0; i < 64; i++) {
		rows[i] = (struct unit){.code = str_format(district->arena, "late-%zu", i),
			.name = STR("丁"),
			.kind = STR("department"),
			.since = DAY_NONE,
			.until = DAY_NONE};
		acts[i] = (struct act){.kind = ACT_UNIT, .what.unit = &rows[i]};
		jobs[i] = (struct act_job){.act = &acts[i], .answer = count_answer, .context = &gate};
		act_submit(district->installation, &jobs[i]);
	}
	district_close(district);
	assert_int_equal(gate.answered, 64);
	district_must(district, district_open(district));
	assert_int_equal(district_number(district, "select count(*) from unit where code like 'late-%'"), 64);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			of_two_who_close_at_once_one_wins, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			of_two_who_looked_at_one_version_the_second_is_stale, open_district, close_district),
		cmocka_unit_test_setup_teardown(time_alone_makes_nobody_stale, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			numbers_have_no_gap_under_refusals, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_refused_act_harms_no_neighbour, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			whoever_is_queued_at_the_end_is_still_answered, open_district, close_district),
	};
	return cmocka_run_group_tests_name("act: together", tests, NULL, NULL);
}
