/* Random runs: sound procedures keep every promise, and each promise can be seen to break. */
#include "world.h"

#include "matter/simulate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct simulation play(
	struct scene *scene, const struct procedure *procedure, uint64_t seed, int64_t runs)
{
	const struct procedure *items[ARRAY_COUNT(scene->definitions)];
	struct procedures all = {.items = items, .count = scene->world.definition_count};
	struct simulate_order order = {.seed = seed,
		.runs = runs,
		.begin = scene->world.now,
		.offset_minutes = OFFSET_CHINA,
		.calendar = scene->world.calendar};

	for (size_t i = 0; i < all.count; i++)
		items[i] = scene->definitions[i].procedure;
	return procedure_simulate(scene->arena, procedure, &all, &order);
}

static void expect_kept(const char *says, const struct simulation *simulation)
{
	if (!simulation->kept)
		fail_msg("%s, run %lld: %s: %.*s\n%.*s", says, (long long)simulation->run,
			promise_name(simulation->promise), STR_ARG(simulation->why.en),
			STR_ARG(simulation->trace));
}

static void a_key_task_keeps_every_promise(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	for (uint64_t seed = 1; seed <= 5; seed++) {
		struct simulation simulation = play(scene, scene->definitions[0].procedure, seed, 200);

		expect_kept("key_task", &simulation);
		assert_int_equal(simulation.runs, 200);
		expect("something happened", simulation.steps > 1000 && simulation.refusals > 100 &&
						     simulation.breaches > 100 && simulation.opened > 5);
	}
	scene_free(scene);
}

static void every_shipped_procedure_keeps_every_promise(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_ship_all(scene);
	for (size_t i = 0; i < scene->world.definition_count; i++) {
		const struct procedure *procedure = scene->definitions[i].procedure;
		struct simulation simulation = play(scene, procedure, 2019 + i, 200);

		expect_kept(procedure->name.data, &simulation);
		assert_int_equal(simulation.runs, 200);
		expect("something happened", simulation.steps > 500 && simulation.refusals > 50);
	}
	scene_free(scene);
}

static void the_same_seed_gives_the_same_runs(void **state)
{
	struct scene *scene = scene_new();
	struct simulation first = play(scene, scene->definitions[0].procedure, 7, 50);
	struct simulation again = play(scene, scene->definitions[0].procedure, 7, 50);
	struct simulation other = play(scene, scene->definitions[0].procedure, 8, 50);

	(void)state;
	assert_int_equal(first.steps, again.steps);
	assert_int_equal(first.refusals, again.refusals);
	assert_int_equal(first.breaches, again.breaches);
	expect("another seed gives others", first.steps != other.steps || first.refusals != other.refusals);
	scene_free(scene);
}

static void no_runs_are_no_runs(void **state)
{
	struct scene *scene = scene_new();
	struct simulation simulation = play(scene, scene->definitions[0].procedure, 7, 0);

	(void)state;
	expect_kept("none", &simulation);
	assert_int_equal(simulation.runs + simulation.steps, 0);
	scene_free(scene);
}

#define HEAD(name)                                                                                           \
	"procedure: " name "\ngrasp: rules\ntitle: {zh: 例, en: X}\nnumber: \"B{seq}\"\n"                   \
	"roles: {office: {function: supervision_office}, boss: {superior_of: office}, "                      \
	"aide: {function: appeals_office}, guest: {field: guest}}\n"                                         \
	"fields: {guest: {type: unit}}\n"

static void each_broken_promise_is_found_and_told(void **state)
{
	static const struct {
		const char *says, *yaml, *trace;
		enum promise promise;
	} rows[] = {
		{"a role acts and answers for nothing",
			HEAD("power") "states: {a: {start: true}, z: {end: success}}\n"
				      "actions: {go: {by: office, from: a, to: z}, stop: {by: aide, from: a, "
				      "to: z}}\n"
				      "duties: {d: {bearer: office, in: a, discharged_by: go, within: 3 "
				      "working days, "
				      "breach: {escalate: [boss]}}}\n",
			"P1", PROMISE_POWER},
		{"a state in which nobody owes anything",
			HEAD("bearer") "states: {a: {start: true}, b: {}, z: {end: success}}\n"
				       "actions: {go: {by: office, from: a, to: b}, end: {by: office, from: "
				       "b, to: z}}\n"
				       "duties: {d: {bearer: office, in: a, discharged_by: go, within: 3 "
				       "working days, "
				       "breach: {escalate: [boss]}},\n"
				       "  e: {bearer: office, in: b, discharged_by: end, every: month, "
				       "breach: {escalate: [boss]}}}\n",
			"go", PROMISE_BEARER},
		{"who is at the top fails, and only the top hears of it",
			HEAD("silent") "states: {a: {start: true}, z: {end: success}}\n"
				       "actions: {go: {by: boss, from: a, to: z}}\n"
				       "duties: {d: {bearer: boss, in: a, discharged_by: go, within: 1 "
				       "working day, "
				       "breach: {escalate: [boss]}}}\n",
			"breach d", PROMISE_CONSEQUENCE},
		{"a way that nobody can go",
			HEAD("stuck") "states: {a: {start: true}, b: {}, z: {end: success}}\n"
				      "actions: {go: {by: office, from: a, to: b}, end: {by: guest, from: b, "
				      "to: z}}\n"
				      "duties: {d: {bearer: office, in: a, discharged_by: go, within: 3 "
				      "working days, "
				      "breach: {escalate: [boss]}}, g: {bearer: guest, in: b, discharged_by: "
				      "end, "
				      "within: 4 working days, breach: {escalate: [office]}}}\n",
			"open", PROMISE_END},
	};
	struct scene *scene = scene_new();

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct simulation simulation = play(scene, scene_define(scene, rows[i].yaml), 1, 50);

		expect(rows[i].says, !simulation.kept);
		expect_text(rows[i].says, promise_name(simulation.promise), promise_name(rows[i].promise));
		expect(rows[i].says, strstr(simulation.trace.data, rows[i].trace) != NULL);
		expect("in both languages", simulation.why.zh.size > 0 && simulation.why.en.size > 0 &&
						    promise_label(simulation.promise).zh.size > 0);
		expect("and in which run", (simulation.run > 0) == (rows[i].promise != PROMISE_POWER));
	}
	scene_free(scene);
}

static void chance_is_even_and_repeats(void **state)
{
	struct chance chance = {42}, same = {42};
	size_t seen[10] = {0};

	(void)state;
	for (int i = 0; i < 100000; i++) {
		size_t at = chance_below(&chance, 10);

		assert_int_equal(at, chance_below(&same, 10));
		seen[at]++;
	}
	for (size_t i = 0; i < 10; i++)
		expect("each about as often", seen[i] > 9500 && seen[i] < 10500);
	for (int i = 0; i < 100; i++)
		expect("never and always", !chance_happens(&chance, 0) && chance_happens(&chance, 100));
	/* The reference numbers for seed 1234567 (Vigna, splitmix64.c). */
	struct chance known = {1234567};

	assert_true(chance_next(&known) == UINT64_C(6457827717110365317));
	assert_true(chance_next(&known) == UINT64_C(3203168211198807973));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_task_keeps_every_promise),
		cmocka_unit_test(every_shipped_procedure_keeps_every_promise),
		cmocka_unit_test(the_same_seed_gives_the_same_runs),
		cmocka_unit_test(no_runs_are_no_runs),
		cmocka_unit_test(each_broken_promise_is_found_and_told),
		cmocka_unit_test(chance_is_even_and_repeats),
	};

	return cmocka_run_group_tests_name("simulate", tests, NULL, NULL);
}
