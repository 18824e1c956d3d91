/* test_record.c: every stored byte is held to what was signed. */
#include "busy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_busy(void **state)
{
	*state = busy_district();
	return 0;
}

static int close_busy(void **state)
{
	district_free(*state);
	return 0;
}

static struct recorded record(struct district *district, struct store *store, bool with_key)
{
	struct recorded recorded;
	struct note_key key;

	district_must(district,
		note_key_parse(district->arena, installation_vkey(district->installation, district->arena),
			&key, &district->why));
	district_must(district,
		check_record(store, with_key ? &key : NULL, district->arena, &recorded, &district->why));
	return recorded;
}

static void a_whole_record_is_whole(void **state)
{
	struct district *district = *state;
	struct recorded recorded = record(district, district->reader, true);

	expect_text("what is wrong", recorded.what.data, "");
	assert_int_equal(recorded.first_bad, -1);
	assert_int_equal(recorded.events, district_number(district, "select count(*) from event"));
	assert_int_equal(recorded.payloads, recorded.events);
	assert_int_equal(recorded.checkpoints, district_number(district, "select count(*) from checkpoint"));
	assert_int_equal(recorded.absent, 0);
}

static void every_edit_is_found_at_its_place(void **state)
{
	static const struct {
		const char *sql, *what;
		int64_t first_bad;
	} edits[] = {
		{"update payload set body = cast(replace(cast(body as text), '\"', '\"') || ' ' as blob) "
		 "where idx = 20",
			"its payload was changed", 20},
		{"update payload set salt = zeroblob(32) where idx = 21", "its payload was changed", 21},
		{"update payload set salt = x'00' where idx = 22", "has no salt", 22},
		{"update payload set class = 'public' where idx = 23", "of another class", 23},
		{"update payload set slot = 'other' where idx = 24", "its envelope doesn't name", 24},
		{"update event set envelope = cast(replace(cast(envelope as text), '\"index\":25', "
		 "'\"index\":26') as "
		 "blob) where idx = 25",
			"at its place", 25},
		{"update event set envelope = cast('{}' as blob) where idx = 26", "", 26},
		{"update event set envelope = cast(replace(cast(envelope as text), '\"actor\":\"system\"', "
		 "'\"actor\":\"nobody\"') as blob) where idx = 27",
			"don't give the root", -1},
		{"delete from event where idx >= (select max(size) - 1 from checkpoint)",
			"the newest events were cut off", -1},
		{"update checkpoint set note = replace(note, 'district', 'another') where size = (select "
		 "max(size) from "
		 "checkpoint)",
			"", -1},
	};
	struct district *district = *state;

	for (size_t i = 0; i < ARRAY_COUNT(edits); i++) {
		struct tampered tampered = tamper(district, edits[i].sql);
		struct recorded recorded = record(district, tampered.store, true);

		if (recorded.what.size == 0 || strstr(recorded.what.data, edits[i].what) == NULL ||
			recorded.first_bad != edits[i].first_bad)
			fail_msg("%s: event %lld: %s", edits[i].sql, (long long)recorded.first_bad,
				recorded.what.data);
		tampered_free(district, &tampered);
	}
}

static void an_erased_payload_is_absent_and_no_fault(void **state)
{
	struct district *district = *state;
	struct tampered tampered = tamper(district, "delete from payload where idx = 30");
	struct recorded recorded = record(district, tampered.store, true);

	expect_text("what is wrong", recorded.what.data, "");
	assert_int_equal(recorded.absent, 1);
	tampered_free(district, &tampered);
}

static void a_signature_counts_only_with_its_key(void **state)
{
	struct district *district = *state;
	struct tampered tampered =
		tamper(district, "update checkpoint set note = substr(note, 1, instr(note, x'e28094')-1) || "
				 "(select substr(note, instr(note, x'e28094')) from checkpoint order by size "
				 "limit 1) where size = (select "
				 "max(size) from checkpoint)");

	expect_text("without a key", record(district, tampered.store, false).what.data, "");
	expect("with the key the exchanged signature is found",
		record(district, tampered.store, true).what.size > 0);
	tampered_free(district, &tampered);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_record_is_whole),
		cmocka_unit_test(every_edit_is_found_at_its_place),
		cmocka_unit_test(an_erased_payload_is_absent_and_no_fault),
		cmocka_unit_test(a_signature_counts_only_with_its_key),
	};
	return cmocka_run_group_tests_name("check: the record", tests, open_busy, close_busy);
}
