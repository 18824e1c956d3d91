/* test_snapshot.c: one copy of the institution for all requests, as new as anything that was acknowledged. */
#include "act/district.h"
#include "http/snapshot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

struct shelf {
	struct district *district;
	struct snapshots *snapshots;
};

static int make(void **state)
{
	struct shelf *shelf = calloc(1, sizeof *shelf);

	shelf->district = district_new();
	shelf->snapshots = snapshots_new();
	*state = shelf;
	return 0;
}

static int drop(void **state)
{
	struct shelf *shelf = *state;

	snapshots_free(shelf->snapshots);
	district_free(shelf->district);
	free(shelf);
	return 0;
}

static struct snapshot *take(struct shelf *shelf)
{
	struct snapshot *snapshot;

	district_must(shelf->district, snapshot_take(shelf->snapshots, shelf->district->installation,
					       shelf->district->reader, &snapshot, &shelf->district->why));
	return snapshot;
}

static const struct tenure *holder(const struct snapshot *snapshot, const char *post, const char *day)
{
	const struct org *org = snapshot_institution(snapshot)->org;
	struct day on;

	assert_int_equal(day_parse(str_from(day), &on, NULL), ERR_OK);
	return org_holder(org, org_post_by_code(org, str_from(post))->id, on);
}

static void nothing_changed_so_nothing_is_read(void **state)
{
	struct shelf *shelf = *state;
	struct snapshot *first = take(shelf), *second = take(shelf);

	assert_ptr_equal(first, second);
	(void)district_key_task(shelf->district, "dispatched", "2019-06-28");
	struct snapshot *third = take(shelf);

	assert_ptr_equal(first, third);
	snapshot_release(shelf->snapshots, first);
	snapshot_release(shelf->snapshots, second);
	snapshot_release(shelf->snapshots, third);
}

static void whoever_was_answered_reads_what_they_wrote(void **state)
{
	struct shelf *shelf = *state;
	struct snapshot *before = take(shelf);
	const struct tenure *was = holder(before, "park-head", "2019-03-05");
	struct org *org = snapshot_institution(before)->org;
	const struct person *other = NULL;

	for (size_t i = 0; i < org_person_count(org); i++)
		if (was == NULL || org_person_at(org, i)->id != was->person)
			other = org_person_at(org, i);
	district_must(shelf->district,
		district_appoint(shelf->district, "park-head", other->code.data, "2019-03-05"));
	struct snapshot *after = take(shelf);

	assert_ptr_not_equal(before, after);
	assert_int_equal(holder(after, "park-head", "2019-03-05")->person, other->id);
	/* The request that had begun before goes on with what it began with. */
	assert_ptr_equal(holder(before, "park-head", "2019-03-05"), was);
	snapshot_release(shelf->snapshots, before);
	snapshot_release(shelf->snapshots, after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_changed_so_nothing_is_read, make, drop),
		cmocka_unit_test_setup_teardown(whoever_was_answered_reads_what_they_wrote, make, drop),
	};

	return cmocka_run_group_tests_name("snapshot", tests, NULL, NULL);
}
