/* test_whole.c: an institution from its founding to the closure of a matter, and what the record then says.
 */
#include "district.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

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

static void the_founding_is_the_first_event(void **state)
{
	struct str kind = district_text(*state, "select kind from event where idx = 0");

	expect_text("the first event", kind.data, "institution.found");
	assert_int_equal(
		district_number(*state, "select count(*) from event where kind = 'institution.found'"), 1);
}

static void a_key_task_runs_to_its_closure(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "closed", "2019-06-28");
	struct matter *matter = district_matter(district, id);

	expect_text("its state", matter->procedure->states[matter->state].name.data, "closed");
	assert_int_equal(matter->version, 5);
	assert_int_equal(district->receipt.count, 1);
	assert_int_equal(district->receipt.matter, id);
	expect_text("its number", matter->number.data, "督〔2019〕1号");
	assert_int_equal(district_number(district, "select count(*) from duty where closed is null"), 0);
	assert_int_equal(district_number(district,
				 "select value from counter where scope = 'all' and measure = 'closed'"),
		1);
}

static void what_is_known_survives_a_restart(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-06-28");

	district_reopen(district);
	district_must(district, district_do(district, "wang", id, "report", "progress=40|note=清淤完成"));
	assert_int_equal(district_matter(district, id)->progress, 40);
	assert_int_equal(
		district_number(district, "select count(*) from event where kind = 'institution.found'"), 1);
}

static void a_breach_opens_accountability_by_itself(void **state)
{
	struct district *district = *state;
	int64_t id = district_key_task(district, "working", "2019-03-20");

	district_pass(district, "2019-03-21 00:00");
	assert_int_equal(
		district_number(district, "select count(*) from matter where procedure = 'accountability'"),
		1);
	assert_int_equal(
		district_number(district, "select count(*) from event where kind = 'duty.breach'"), 1);
	assert_int_equal(district_sweep(district), 0);
	assert_true(district_matter(district, id)->late);
}

static void every_acknowledged_event_is_signed_for(void **state)
{
	struct district *district = *state;
	struct checkpoint checkpoint;
	struct note_key key;
	struct str note;

	district_key_task(district, "working", "2019-03-20");
	int64_t events = district_number(district, "select count(*) from event");
	district_must(district,
		note_key_parse(district->arena, installation_vkey(district->installation, district->arena),
			&key, &district->why));
	district_close(district);
	district_must(district, store_open(district->dir, STORE_READ, &district->reader, &district->why));
	district_must(
		district, store_checkpoint_newest(district->reader, district->arena, &note, &district->why));
	district_must(district, checkpoint_open(district->arena, note, &key, &checkpoint, &district->why));
	assert_int_equal(checkpoint.size, events);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			the_founding_is_the_first_event, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_key_task_runs_to_its_closure, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			what_is_known_survives_a_restart, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			a_breach_opens_accountability_by_itself, open_district, close_district),
		cmocka_unit_test_setup_teardown(
			every_acknowledged_event_is_signed_for, open_district, close_district),
	};
	return cmocka_run_group_tests_name("act: the whole way", tests, NULL, NULL);
}
