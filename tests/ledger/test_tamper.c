/* test_tamper.c: what a hostile archivist may try, with every means but the signing key. Nothing of it is
 * ever OK; where the page says that something can't be noticed, a test shows that too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/tar.h"
#include "ledger/form.h"
#include "sample.h"

static struct sample *small, *large; /* of 7 and of 1,003 events */
static struct str small_export, large_export;

static int begin(void **state)
{
	struct str older[2];
	struct export_plan plan;

	(void)state;
	small = sample_new(42);
	sample_grow(small, 6);
	sample_erase(small, 3, "note");
	plan = sample_plan(small);
	older[0] = sample_note(small, 2);
	older[1] = sample_note(small, 5);
	plan.older = older;
	plan.older_count = ARRAY_COUNT(older);
	small_export = sample_export(small, &plan);
	large = sample_new(43);
	sample_grow(large, 1003);
	plan = sample_plan(large);
	plan.withheld[PAYLOAD_COMPARTMENT] = true;
	large_export = sample_export(large, &plan);
	return 0;
}

static int end(void **state)
{
	(void)state;
	sample_free(small);
	sample_free(large);
	return 0;
}

static struct verification verify(struct sample *sample, struct str export)
{
	return sample_verify(sample, export, (struct verify_plan){0});
}

static void assert_caught(struct sample *sample, struct str export, const char *deed)
{
	struct verification found = verify(sample, export);

	if (found.verdict == VERDICT_OK)
		fail_msg("%s: nobody noticed", deed);
	if (found.what.size == 0)
		fail_msg("%s: noticed without a reason", deed);
}

static void the_samples_are_whole(void **state)
{
	(void)state;
	assert_int_equal(verify(small, small_export).verdict, VERDICT_OK);
	assert_int_equal(verify(large, large_export).verdict, VERDICT_OK);
}

/* ---- bytes ---- */

static void every_changed_byte_is_noticed(void **state)
{
	char *bytes = (char *)(uintptr_t)str_copy(small->arena, small_export).data;

	(void)state;
	for (size_t i = 0; i < small_export.size; i++) {
		const char was = bytes[i],
			   changed[] = {(char)(was ^ 1 << sample_random(small, 8)), (char)~was};

		for (size_t c = 0; c < ARRAY_COUNT(changed); c++) {
			if (changed[c] == was)
				continue;
			bytes[i] = changed[c];
			assert_caught(small, (struct str){bytes, small_export.size},
				str_format(small->arena, "byte %zu as %d", i, changed[c]).data);
		}
		bytes[i] = was;
	}
}

static void changed_bytes_of_a_large_export_are_noticed(void **state)
{
	char *bytes = (char *)(uintptr_t)str_copy(large->arena, large_export).data;

	(void)state;
	for (int i = 0; i < 400; i++) {
		size_t at = sample_random(large, large_export.size);
		char was = bytes[at];

		bytes[at] = (char)(was ^ 1 << sample_random(large, 8));
		assert_caught(large, (struct str){bytes, large_export.size},
			str_format(large->arena, "byte %zu", at).data);
		bytes[at] = was;
	}
}

/* A witness's line can be checked with the witness's key only, and yet no byte of it changes unnoticed. */
static void a_changed_line_of_a_witness_is_noticed(void **state)
{
	struct export_plan plan = sample_plan(small);
	struct pieces pieces;

	(void)state;
	plan.note = str_format(small->arena,
		"%.*s\xE2\x80\x94 witness.example/w1 "
		"jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe/"
		"mbIUBkBIfZ+qnA==\n",
		STR_ARG(plan.note));
	struct str export = sample_export(small, &plan);

	assert_int_equal(verify(small, export).verdict, VERDICT_OK);
	pieces_split(small->arena, export, &pieces);
	struct piece *note = piece_find(&pieces, "checkpoint");

	note->bytes = str_replace(small->arena, note->bytes, "jWbPPwAAAABk", "jWbPPwAAAABl");
	assert_verdict(verify(small, pieces_join(small->arena, &pieces)), VERDICT_TAMPERED, -1,
		"manifest.json: the checkpoints aren't those that were put into the archive");
}

static void a_cut_export_is_noticed_wherever_it_ends(void **state)
{
	(void)state;
	for (size_t size = 0; size < small_export.size; size += size % 512 == 511 || size % 512 == 0 ? 1 : 51)
		assert_verdict(verify(small, str_slice(small_export, 0, size)), VERDICT_TAMPERED,
			verify(small, str_slice(small_export, 0, size)).first_bad, "it was cut");
	for (size_t size = 0; size < large_export.size; size += TAR_BLOCK_SIZE)
		assert_caught(large, str_slice(large_export, 0, size), "cut");
}

static void a_cut_export_names_the_first_event_that_is_missing(void **state)
{
	struct pieces pieces;

	(void)state;
	pieces_split(large->arena, large_export, &pieces);
	size_t at = (size_t)(piece_find(&pieces, "tile/0/002") - pieces.items);

	pieces.count = at;
	struct str front = pieces_join(large->arena, &pieces);
	struct verification found = verify(large, str_slice(front, 0, front.size - 2 * TAR_BLOCK_SIZE));

	assert_verdict(found, VERDICT_TAMPERED, 512, "it was cut");
}

static void whatever_follows_the_end_is_noticed(void **state)
{
	struct buf buf = buf_new(small->arena);

	(void)state;
	buf_put(&buf, small_export);
	buf_put_char(&buf, '\0');
	assert_verdict(verify(small, buf_str(&buf)), VERDICT_TAMPERED, -1, "something follows the end");
	for (size_t i = 1; i < TAR_BLOCK_SIZE; i++)
		buf_put_char(&buf, '\0');
	assert_caught(small, buf_str(&buf), "a third empty block");
	assert_caught(small,
		str_format(small->arena, "%.*s%.*s", STR_ARG(small_export), STR_ARG(small_export)),
		"two archives");
	for (size_t more = 1; more < TAR_BLOCK_SIZE; more += 100) {
		buf = buf_new(small->arena);
		buf_put(&buf, str_slice(small_export, 0, more));
		buf_put(&buf, small_export);
		assert_caught(small, buf_str(&buf), "something before the beginning");
	}
}

static void what_is_no_archive_is_no_archive(void **state)
{
	static char zeros[4096];

	(void)state;
	assert_caught(small, STR(""), "nothing");
	assert_caught(small, STR("闭环"), "a few bytes");
	assert_caught(small, (struct str){zeros, 1024}, "an empty archive");
	assert_caught(small, (struct str){zeros, sizeof zeros}, "zeros");
	assert_caught(small, STR("<html>404 Not Found</html>"), "a page");
}

/* ---- files ---- */

static void files_taken_away_doubled_renamed_or_moved_are_noticed(void **state)
{
	struct pieces whole, pieces;

	(void)state;
	pieces_split(large->arena, large_export, &whole);
	assert_int_equal(whole.count, 3 + 4 * 3 + 1);
	for (size_t i = 0; i < whole.count; i++) {
		const char *name = str_copy(large->arena, whole.items[i].name).data;

		pieces = whole;
		memmove(&pieces.items[i], &pieces.items[i + 1], (--pieces.count - i) * sizeof *pieces.items);
		assert_caught(large, pieces_join(large->arena, &pieces), name);
		pieces = whole;
		memmove(&pieces.items[i + 1], &pieces.items[i], (pieces.count++ - i) * sizeof *pieces.items);
		assert_caught(large, pieces_join(large->arena, &pieces), name);
		pieces = whole;
		pieces.items[i].name = str_format(large->arena, "%s.old", name);
		assert_caught(large, pieces_join(large->arena, &pieces), name);
		pieces = whole;
		pieces.items[i].bytes = STR("");
		if (whole.items[i].bytes.size > 0)
			assert_caught(large, pieces_join(large->arena, &pieces), name);
		pieces = whole;
		pieces.items[i].bytes = str_format(large->arena, "%.*sx", STR_ARG(whole.items[i].bytes));
		assert_caught(large, pieces_join(large->arena, &pieces), name);
		for (size_t j = i + 1; j < whole.count; j++) {
			pieces = whole;
			pieces.items[i] = whole.items[j];
			pieces.items[j] = whole.items[i];
			assert_caught(large, pieces_join(large->arena, &pieces), name);
		}
	}
}

static void an_extra_file_is_noticed_anywhere(void **state)
{
	struct pieces whole, pieces;

	(void)state;
	pieces_split(small->arena, small_export, &whole);
	for (size_t i = 0; i <= whole.count; i++) {
		pieces = whole;
		memmove(&pieces.items[i + 1], &pieces.items[i], (pieces.count++ - i) * sizeof *pieces.items);
		pieces.items[i] = (struct piece){STR("notice.txt"), STR("nothing to see\n")};
		assert_caught(small, pieces_join(small->arena, &pieces), "an extra file");
		pieces.items[i].bytes = STR("");
		assert_caught(small, pieces_join(small->arena, &pieces), "an extra empty file");
	}
}

/* ---- the manifest ---- */

static const struct {
	const char *from, *to;
} manifest_edits[] = {
	{"\"events\":7", "\"events\":6"},
	{"\"events\":7", "\"events\":8"},
	{"\"format\":\"bihuan-export-v1\"", "\"format\":\"bihuan-export-v2\""},
	{"\"made\":1551749400", "\"made\":1551749401"},
	{"\"made\":1551749400", "\"made\":-1"},
	{"\"made\":1551749400", "\"made\":\"1551749400\""},
	{"\"made\":1551749400,", ""},
	{"\"notes\":\"", "\"notes\":\"0"},
	{"\"notes\":\"", "\"nots\":\""},
	{"\"older\":[2,5]", "\"older\":[]"},
	{"\"older\":[2,5]", "\"older\":[5]"},
	{"\"older\":[2,5]", "\"older\":[2]"},
	{"\"older\":[2,5]", "\"older\":[5,2]"},
	{"\"older\":[2,5]", "\"older\":[2,2,5]"},
	{"\"older\":[2,5]", "\"older\":[2,4]"},
	{"\"older\":[2,5]", "\"older\":[2,5,6]"},
	{"\"older\":[2,5]", "\"older\":[2,5,7]"},
	{"\"older\":[2,5]", "\"older\":[-1,2,5]"},
	{"\"older\":[2,5]", "\"older\":[\"2\",5]"},
	{"\"older\":[2,5]", "\"older\":{}"},
	{"\"older\":[2,5]", "\"older\":[2,5,9223372036854775807]"},
	{"\"origin\":\"bihuan.example/pengjiang-2019\"", "\"origin\":\"bihuan.example/pengjiang-2020\""},
	{"\"root\":\"", "\"root\":\"0"},
	{"\"vkey\":\"bihuan", "\"vkey\":\"bihuam"},
	{"\"withheld\":[]", "\"withheld\":[\"public\"]"},
	{"\"withheld\":[]", "\"withheld\":[\"secret\"]"},
	{"\"withheld\":[]", "\"withheld\":[7]"},
	{"\"withheld\":[]", "\"withheld\":{}"},
	{"\"withheld\":[]", "\"withheld\":[\"personal\",\"personal\"]"},
	{"\"withheld\":[]", "\"withheld\":[\"technical\",\"personal\"]"},
	{",\"withheld\":[]", ""},
	{"\"withheld\":[]", "\"withheld\":[],\"zone\":8"},
	{"{\"events\"", "{ \"events\""},
	{"]}\n", "]}"},
	{"]}\n", "]}\n\n"},
	{"]}\n", "]} \n"},
};

static void an_edited_manifest_is_noticed(void **state)
{
	struct pieces pieces;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(manifest_edits); i++) {
		pieces_split(small->arena, small_export, &pieces);
		pieces.items[0].bytes = str_replace(
			small->arena, pieces.items[0].bytes, manifest_edits[i].from, manifest_edits[i].to);
		assert_caught(small, pieces_join(small->arena, &pieces), manifest_edits[i].to);
	}
}

static void the_time_of_the_archive_is_the_same_everywhere(void **state)
{
	char *bytes = (char *)(uintptr_t)str_copy(small->arena, small_export).data;
	struct tar_entry entry;

	(void)state;
	for (size_t at = 0; !tar_block_is_empty(bytes + at);
		at += TAR_BLOCK_SIZE + entry.size + tar_padding(entry.size)) {
		char was[TAR_BLOCK_SIZE];

		memcpy(was, bytes + at, sizeof was);
		assert_int_equal(tar_header_parse(was, &entry, NULL), ERR_OK);
		entry.time++;
		tar_header_print(&entry, bytes + at);
		assert_caught(small, (struct str){bytes, small_export.size}, "another time");
		memcpy(bytes + at, was, sizeof was);
	}
}

/* ---- payloads ---- */

/* Take the records of a payload file apart; each with its head. */
static size_t records_split(struct str file, struct str records[], size_t room)
{
	size_t count = 0;

	for (size_t at = 0; at < file.size; count++) {
		size_t size = PAYLOAD_RECORD_HEAD + payload_record_size(file.data + at);

		assert_true(count < room && at + size <= file.size);
		records[count] = str_slice(file, at, size);
		at += size;
	}
	return count;
}

static struct str with_records(
	struct sample *sample, struct str export, const char *name, const struct str records[], size_t count)
{
	struct buf buf = buf_new(sample->arena);
	struct pieces pieces;

	for (size_t i = 0; i < count; i++)
		buf_put(&buf, records[i]);
	pieces_split(sample->arena, export, &pieces);
	piece_find(&pieces, name)->bytes = buf_str(&buf);
	return pieces_join(sample->arena, &pieces);
}

static void payloads_taken_away_doubled_or_moved_are_noticed(void **state)
{
	static const char name[] = "payload/000.p/7";
	struct str whole[64], records[64];
	struct pieces pieces;

	(void)state;
	pieces_split(small->arena, small_export, &pieces);
	size_t count = records_split(piece_find(&pieces, name)->bytes, whole, 63);

	assert_int_equal(count, 9);
	for (size_t i = 0; i < count; i++) {
		memcpy(records, whole, sizeof whole);
		memmove(&records[i], &records[i + 1], (count - i) * sizeof *records);
		struct verification found =
			verify(small, with_records(small, small_export, name, records, count - 1));

		/* That of the erasure itself is the last; without it two are unexplained. */
		assert_int_equal(found.verdict, VERDICT_INCOMPLETE);
		assert_non_null(
			strstr(found.what.data, "is missing, and neither the manifest nor a privacy.erase"));
		memmove(&records[i + 1], &whole[i], (count - i) * sizeof *records);
		memcpy(records, whole, (i + 1) * sizeof *records);
		assert_caught(small, with_records(small, small_export, name, records, count + 1), "doubled");
		for (size_t j = i + 1; j < count; j++) {
			memcpy(records, whole, sizeof whole);
			records[i] = whole[j];
			records[j] = whole[i];
			assert_caught(
				small, with_records(small, small_export, name, records, count), "swapped");
		}
	}
	assert_caught(small, with_records(small, small_export, name, NULL, 0), "all taken away");
}

/* A payload that another event committed to is put under this one's name. */
static void a_payload_cannot_take_the_place_of_another(void **state)
{
	static const char name[] = "payload/000.p/7";
	struct str records[64];
	struct pieces pieces;

	(void)state;
	pieces_split(small->arena, small_export, &pieces);
	size_t count = records_split(piece_find(&pieces, name)->bytes, records, 64);
	struct payload_record one, two;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			struct str was = records[i];
			struct buf buf = buf_new(small->arena);

			assert_true(
				payload_record_parse(str_slice(was, PAYLOAD_RECORD_HEAD, was.size), &one));
			assert_true(payload_record_parse(
				str_slice(records[j], PAYLOAD_RECORD_HEAD, records[j].size), &two));
			if (i == j)
				continue;
			two.index = one.index;
			two.payload.slot = one.payload.slot;
			payload_record_put(&buf, &two);
			records[i] = buf_str(&buf);
			struct verification found =
				verify(small, with_records(small, small_export, name, records, count));

			assert_verdict(
				found, VERDICT_TAMPERED, (int64_t)one.index, "isn't the one it committed to");
			records[i] = was;
		}
}

static void a_changed_salt_class_or_payload_is_noticed_at_its_event(void **state)
{
	(void)state;
	for (size_t e = 0; e < small->count; e++)
		for (size_t p = 0; p < small->events[e].payload_count; p++)
			for (int deed = 0; deed < 3; deed++) {
				struct sample *forged = sample_copy(small);
				struct opened_payload *payload = &forged->events[e].payloads[p];
				struct export_plan plan = sample_plan(small);

				if (deed == 0)
					payload->salt[31] ^= 1;
				else if (deed == 1)
					payload->class = (enum payload_class)(
						(payload->class + 1) % PAYLOAD_CLASS_COUNT);
				else
					payload->bytes =
						str_format(forged->arena, "%.*s ", STR_ARG(payload->bytes));
				struct verification found = verify(small, sample_export(forged, &plan));

				assert_verdict(
					found, VERDICT_TAMPERED, (int64_t)e, "isn't the one it committed to");
				sample_free(forged);
			}
}

/* The manifest isn't signed. Who takes away all payloads of a class and says that they were withheld isn't
 * caught, but can't hide it either: each is counted. Who was promised the class says so and isn't content. */
static void payloads_declared_withheld_are_counted_and_may_be_required(void **state)
{
	struct export_plan plan = sample_plan(large);
	struct verify_plan required = {.required = {[PAYLOAD_PERSONAL] = true}};

	(void)state;
	plan.withheld[PAYLOAD_COMPARTMENT] = plan.withheld[PAYLOAD_PERSONAL] = true;
	struct str export = sample_export(large, &plan);
	struct verification found = verify(large, export);

	assert_int_equal(found.verdict, VERDICT_OK);
	assert_true(found.withheld[PAYLOAD_PERSONAL] > 100);
	assert_verdict(sample_verify(large, export, required), VERDICT_INCOMPLETE, -1, "though promised");
	/* A class said to be withheld of which one is there all the same. */
	struct pieces pieces;

	pieces_split(large->arena, large_export, &pieces);
	pieces.items[0].bytes = str_replace(
		large->arena, pieces.items[0].bytes, "[\"compartment\"]", "[\"compartment\",\"personal\"]");
	assert_caught(large, pieces_join(large->arena, &pieces), "withheld and there");
}

/* ---- records that lie about their size ---- */

static void records_with_impossible_sizes_are_noticed(void **state)
{
	static const char name[] = "payload/000.p/7";
	const struct str lies[] = {{"\xFF\xFF\xFF\xFF", 4}, {"\0\0\0\0", 4}, {"\0\0\0\1x", 5}, {"\0", 1},
		{"\0\0\0\x08"
		 "12345678",
			12},
		{"\0\0\0\x0a"
		 "12345678\0\0",
			14},
		{"\0\0\0\x10"
		 "12345678main\0abc",
			20},
		{"\0\0\0\x2d"
		 "\0\0\0\0\0\0\0\0main\0public\0"
		 "1234567890123456789012345",
			49}};
	struct str records[64];
	struct pieces pieces;

	(void)state;
	pieces_split(small->arena, small_export, &pieces);
	size_t count = records_split(piece_find(&pieces, name)->bytes, records, 63);

	for (size_t i = 0; i < ARRAY_COUNT(lies); i++) {
		assert_caught(small, with_records(small, small_export, name, &lies[i], 1), "only a lie");
		for (size_t at = 0; at <= count; at++) {
			struct str with[64];

			memcpy(with, records, at * sizeof *with);
			with[at] = lies[i];
			memcpy(with + at + 1, records + at, (count - at) * sizeof *with);
			assert_caught(
				small, with_records(small, small_export, name, with, count + 1), "a lie");
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_samples_are_whole),
		cmocka_unit_test(every_changed_byte_is_noticed),
		cmocka_unit_test(changed_bytes_of_a_large_export_are_noticed),
		cmocka_unit_test(a_changed_line_of_a_witness_is_noticed),
		cmocka_unit_test(a_cut_export_is_noticed_wherever_it_ends),
		cmocka_unit_test(a_cut_export_names_the_first_event_that_is_missing),
		cmocka_unit_test(whatever_follows_the_end_is_noticed),
		cmocka_unit_test(what_is_no_archive_is_no_archive),
		cmocka_unit_test(files_taken_away_doubled_renamed_or_moved_are_noticed),
		cmocka_unit_test(an_extra_file_is_noticed_anywhere),
		cmocka_unit_test(an_edited_manifest_is_noticed),
		cmocka_unit_test(the_time_of_the_archive_is_the_same_everywhere),
		cmocka_unit_test(payloads_taken_away_doubled_or_moved_are_noticed),
		cmocka_unit_test(a_payload_cannot_take_the_place_of_another),
		cmocka_unit_test(a_changed_salt_class_or_payload_is_noticed_at_its_event),
		cmocka_unit_test(payloads_declared_withheld_are_counted_and_may_be_required),
		cmocka_unit_test(records_with_impossible_sizes_are_noticed),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
