/* test_envelope.c: the bytes of a leaf have one form, and a payload is bound to its commitment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#define HEX64 "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const char smallest[] =
	"{\"act\":\"a\",\"actor\":\"b\",\"commitments\":{},\"index\":0,\"time\":0,\"v\":1}";
static const char fullest[] =
	"{\"act\":\"matter.act\",\"actor\":\"q7\",\"commitments\":{"
	"\"file_1\":{\"class\":\"attachment\",\"hash\":\"" HEX64 "\"},"
	"\"main\":{\"class\":\"internal\",\"hash\":\"" HEX64 "\"}},"
	"\"index\":12,\"object\":\"m3\",\"on_behalf\":\"q9\",\"prev\":7,\"role\":\"lead\","
	"\"time\":1551749400000000,\"v\":1}";

static struct envelope parse(struct str bytes)
{
	struct envelope envelope;
	struct bh_err err;

	if (envelope_parse(bytes, &envelope, &err) != ERR_OK)
		fail_msg("%s: %.*s", err.text, STR_ARG(bytes));
	return envelope;
}

static void an_envelope_comes_back_as_it_was(void **state)
{
	struct envelope envelope = parse(str_from(fullest));

	(void)state;
	assert_true(str_is(envelope.act, "matter.act") && str_is(envelope.actor, "q7"));
	assert_true(str_is(envelope.object, "m3") && str_is(envelope.on_behalf, "q9") &&
		    str_is(envelope.role, "lead"));
	assert_true(
		envelope.index == 12 && envelope.previous == 7 && envelope.time == INT64_C(1551749400000000));
	assert_int_equal(envelope.commitment_count, 2);
	assert_true(str_is(envelope.commitments[0].slot, "file_1") &&
		    str_is(envelope.commitments[1].slot, "main"));
	assert_int_equal(envelope.commitments[0].class, PAYLOAD_ATTACHMENT);
	assert_string_equal(hex_print(arena, envelope.commitments[1].hash.bytes, HASH_SIZE).data, HEX64);
	assert_string_equal(envelope_print(arena, &envelope).data, fullest);
	envelope = parse(str_from(smallest));
	assert_true(envelope.previous == -1 && envelope.object.size == 0 && envelope.commitment_count == 0);
	assert_string_equal(envelope_print(arena, &envelope).data, smallest);
}

static void envelopes_of_every_shape_come_back(void **state)
{
	struct sample *sample = sample_new(5);

	(void)state;
	sample_grow(sample, 2000);
	for (size_t i = 0; i < sample->count; i++) {
		struct envelope envelope = parse(sample->events[i].leaf);
		struct doc *tree;

		assert_true(str_equal(envelope_print(arena, &envelope), sample->events[i].leaf));
		/* The bytes are canonical JSON as every other reader has it, too. */
		assert_int_equal(doc_read_canonical(arena, sample->events[i].leaf, &tree, NULL), ERR_OK);
		assert_true(str_equal(doc_print(arena, tree), sample->events[i].leaf));
		assert_int_equal(doc_get_int(tree, "index", -1), i);
	}
	sample_free(sample);
}

/* Each row changes the fullest envelope at one place. */
static const struct {
	const char *from, *to;
} changes[] = {
	{"{\"act\"", " {\"act\""},
	{"\"v\":1}", "\"v\":1} "},
	{"\"v\":1}", "\"v\":1}\n"},
	{"\"v\":1}", "\"v\":1"},
	{"\"v\":1", "\"v\":2"},
	{"\"v\":1", "\"v\":01"},
	{",\"v\":1", ""},
	{"\"v\":1}", "\"v\":1,\"w\":0}"},
	{"\"index\":12", "\"index\": 12"},
	{"\"index\":12", "\"index\":012"},
	{"\"index\":12", "\"index\":-12"},
	{"\"index\":12", "\"index\":12.0"},
	{"\"index\":12", "\"index\":1e1"},
	{"\"index\":12", "\"index\":\"12\""},
	{"\"index\":12", "\"index\":"},
	{"\"index\":12", "\"index\":9223372036854775808"},
	{"\"index\":12", "\"index\":99999999999999999999"},
	{"\"index\":12", "\"index\":18446744073709551628"}, /* 12 and 2^64 */
	{"\"index\":12", "\"index\":12,\"index\":12"},
	{"\"index\":12,", ""},
	{"\"prev\":7", "\"prev\":12"},
	{"\"prev\":7", "\"prev\":13"},
	{"\"prev\":7", "\"prev\":-1"},
	{"\"prev\":7", "\"prev\":07"},
	{"\"prev\":7", "\"prev\":null"},
	{"\"time\":1551749400000000", "\"time\":-1"},
	{"\"time\":1551749400000000", "\"time\":1551749400000000.5"},
	{"\"time\":1551749400000000", "\"time\":9223372036854775808"},
	{"\"act\":\"matter.act\"", "\"act\":\"\""},
	{"\"act\":\"matter.act\"", "\"act\":\"matter\\u002eact\""},
	{"\"act\":\"matter.act\"", "\"act\":\"matter\\\"act\""},
	{"\"act\":\"matter.act\"", "\"act\":\"办结\""},
	{"\"act\":\"matter.act\"", "\"act\":\"matter\tact\""},
	{"\"act\":\"matter.act\"", "\"act\":\"matter\x7F"
				   "act\""},
	{"\"act\":\"matter.act\"", "\"act\":\"matter.act"},
	{"\"act\":\"matter.act\",", ""},
	{"\"act\":\"matter.act\",\"actor\":\"q7\"", "\"actor\":\"q7\",\"act\":\"matter.act\""},
	{"\"actor\":\"q7\"", "\"actor\":\"\""},
	{"\"actor\":\"q7\"", "\"actor\":null"},
	{"\"object\":\"m3\"", "\"object\":\"\""},
	{"\"object\":\"m3\",\"on_behalf\":\"q9\"", "\"on_behalf\":\"q9\",\"object\":\"m3\""},
	{"\"on_behalf\":\"q9\"", "\"on_behalf\":\"\""},
	{"\"role\":\"lead\"", "\"role\":\"\""},
	{"\"role\":\"lead\"", "\"rolf\":\"lead\""},
	{"\"class\":\"internal\"", "\"class\":\"secret\""},
	{"\"class\":\"internal\"", "\"class\":\"INTERNAL\""},
	{"\"class\":\"internal\"", "\"class\":\"\""},
	{"\"class\":\"internal\",\"hash\"", "\"hash\""},
	{"\"main\":", "\"file_1\":"},
	{"\"main\":", "\"file_0\":"},
	{"\"main\":", "\"Main\":"},
	{"\"main\":", "\"\":"},
	{"\"main\":", "\"ma in\":"},
	{"\"main\":", "\"a123456789b123456789c123456789d123456789e123456789f123456789g123\":"}, /* 64 */
	{"},\"main\"", "}\"main\""},
	{"},\"main\"", "},,\"main\""},
	{"\"}},\"index\"", "\"},},\"index\""},
	{"\"commitments\":{", "\"commitments\":{,"},
	{"\"commitments\":{", "\"commitments\":[{"},
	{"ccddeeff\"}}", "ccddeefF\"}}"},
	{"ccddeeff\"}}", "ccddeef\"}}"},
	{"ccddeeff\"}}", "ccddeeff0\"}}"},
	{"ccddeeff\"}}", "ccddeefg\"}}"},
	{"ccddeeff\"}}", "ccddee/f\"}}"},
	{"ccddeeff\"}}", "ccddee:f\"}}"},
	{"ccddeeff\"}}", "ccddee`f\"}}"},
};

static void any_other_form_is_refused(void **state)
{
	struct envelope envelope;
	struct bh_err err;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(changes); i++) {
		struct str changed = str_replace(arena, str_from(fullest), changes[i].from, changes[i].to);

		if (envelope_parse(changed, &envelope, &err) != ERR_TAMPERED)
			fail_msg("taken: %.*s", STR_ARG(changed));
	}
	for (size_t size = 0; size < sizeof fullest - 1; size++)
		if (envelope_parse((struct str){fullest, size}, &envelope, &err) != ERR_TAMPERED)
			fail_msg("cut at %zu it is taken", size);
	assert_int_equal(envelope_parse(STR_NONE, &envelope, &err), ERR_TAMPERED);
	assert_string_equal(
		err.text, "it isn't canonical: near byte 0 stands something else than {\"act\":\"");
	assert_int_equal(
		envelope_parse((struct str){smallest, sizeof smallest}, &envelope, &err), ERR_TAMPERED);
}

/* Whatever byte is put in place of another: what is taken is printed as it was read. */
static void every_changed_byte_is_refused_or_means_something_else(void **state)
{
	size_t taken = 0;

	(void)state;
	for (size_t i = 0; i < sizeof fullest - 1; i++)
		for (int byte = 0; byte < 256; byte++) {
			char changed[sizeof fullest];
			struct envelope envelope;

			memcpy(changed, fullest, sizeof fullest);
			changed[i] = (char)byte;
			if (envelope_parse((struct str){changed, sizeof changed - 1}, &envelope, NULL) !=
				ERR_OK)
				continue;
			taken++;
			if (!str_equal(envelope_print(arena, &envelope),
				    (struct str){changed, sizeof changed - 1}))
				fail_msg("byte %zu as %d", i, byte);
		}
	assert_true(taken > 1000 && taken < 10000);
}

static void an_objection_says_why_there_are_no_bytes(void **state)
{
	static const struct envelope good = {.act = {"a", 1}, .actor = {"b", 1}, .index = 5, .previous = -1};
	struct envelope bad = good;

	(void)state;
	assert_null(envelope_objection(&good));
#define ASSERT_OBJECTION(field, value, why)                                                                  \
	do {                                                                                                 \
		bad = good;                                                                                  \
		bad.field = value;                                                                           \
		assert_non_null(envelope_objection(&bad));                                                   \
		assert_non_null(strstr(envelope_objection(&bad), why));                                      \
	} while (0)
	ASSERT_OBJECTION(act, STR(""), "no act or no actor");
	ASSERT_OBJECTION(actor, STR_NONE, "no act or no actor");
	ASSERT_OBJECTION(actor, STR("王"), "printable ASCII");
	ASSERT_OBJECTION(object, STR("a\"b"), "printable ASCII");
	ASSERT_OBJECTION(role, STR("a\\b"), "printable ASCII");
	ASSERT_OBJECTION(on_behalf, STR("a\n"), "printable ASCII");
	ASSERT_OBJECTION(index, UINT64_C(1) << 63, "out of its range");
	ASSERT_OBJECTION(time, -1, "out of its range");
	ASSERT_OBJECTION(previous, -2, "out of its range");
	ASSERT_OBJECTION(previous, 5, "isn't before it");
	ASSERT_OBJECTION(commitment_count, ENVELOPE_SLOTS_MAX + 1, "too many");
	ASSERT_OBJECTION(commitment_count, 1, "a bad name or class");
	bad.commitments[0] = (struct commitment){.slot = STR("main"), .class = PAYLOAD_CLASS_COUNT};
	assert_non_null(strstr(envelope_objection(&bad), "a bad name or class"));
	bad.commitments[0].class = PAYLOAD_PUBLIC;
	assert_null(envelope_objection(&bad));
	bad.commitments[1] = bad.commitments[0];
	bad.commitment_count = 2;
	assert_non_null(strstr(envelope_objection(&bad), "out of byte order"));
}

static void eight_slots_are_room_for_all_and_nine_are_refused(void **state)
{
	struct envelope envelope = {.act = STR("a"),
				.actor = STR("b"),
				.previous = -1,
				.commitment_count = ENVELOPE_SLOTS_MAX},
			back;
	struct bh_err err;

	(void)state;
	for (int i = 0; i < ENVELOPE_SLOTS_MAX; i++)
		envelope.commitments[i] =
			(struct commitment){.slot = str_format(arena, "s%d", i), .class = PAYLOAD_PERSONAL};
	struct str printed = envelope_print(arena, &envelope);

	assert_int_equal(parse(printed).commitment_count, ENVELOPE_SLOTS_MAX);
	struct str nine = str_replace(arena, printed, "},\"index\"",
		",\"s8\":{\"class\":\"personal\",\"hash\":\"" HEX64 "\"}},\"index\"");

	assert_int_equal(envelope_parse(nine, &back, &err), ERR_TAMPERED);
	assert_non_null(strstr(err.text, "no more than 8 slots"));
}

/* 16 KiB to the byte: what may be printed may be parsed, and nothing larger. */
static void an_envelope_has_at_most_16_kib(void **state)
{
	char *word = ARENA_TAKE(arena, ENVELOPE_SIZE_MAX + 1, char);
	struct envelope envelope = {.act = STR("a"), .actor = STR("b"), .object = {word, 1}, .previous = -1},
			back;
	struct bh_err err;

	(void)state;
	memset(word, 'm', ENVELOPE_SIZE_MAX + 1);
	envelope.object.size += ENVELOPE_SIZE_MAX - envelope_print(arena, &envelope).size;
	assert_null(envelope_objection(&envelope));
	struct str largest = envelope_print(arena, &envelope);

	assert_int_equal(largest.size, ENVELOPE_SIZE_MAX);
	parse(largest);
	envelope.object.size++;
	assert_string_equal(envelope_objection(&envelope), "it has more than 16 KiB");
	assert_int_equal(envelope_parse(str_replace(arena, largest, "mm", "mmm"), &back, &err), ERR_TAMPERED);
	assert_string_equal(err.text, "it has 16385 bytes, more than 16 KiB");
}

/* ---- commitments ---- */

static void a_commitment_is_the_hash_that_the_page_says(void **state)
{
	uint8_t salt[SALT_SIZE];
	char bytes[17 + 8 + 1 + SALT_SIZE + 4];

	(void)state;
	for (size_t i = 0; i < SALT_SIZE; i++)
		salt[i] = (uint8_t)(i + 200);
	memcpy(bytes, "bihuan-commit-v1\0internal\0", 26);
	memcpy(bytes + 26, salt, SALT_SIZE);
	memcpy(bytes + 26 + SALT_SIZE, "\0{}\n", 4);
	struct hash wanted = hash_bytes(bytes, sizeof bytes),
		    hash = commitment_hash(PAYLOAD_INTERNAL, salt, (struct str){"\0{}\n", 4});

	assert_true(hash_equal(&hash, &wanted));
}

static void a_commitment_binds_class_salt_and_payload(void **state)
{
	uint8_t salt[SALT_SIZE] = {1};
	struct hash hash = commitment_hash(PAYLOAD_PUBLIC, salt, STR("abc")), other;

	(void)state;
	for (int class = 1; class < PAYLOAD_CLASS_COUNT; class ++) {
		other = commitment_hash((enum payload_class) class, salt, STR("abc"));
		assert_false(hash_equal(&hash, &other));
	}
	other = commitment_hash(PAYLOAD_PUBLIC, salt, STR("abd"));
	assert_false(hash_equal(&hash, &other));
	salt[31] = 1;
	other = commitment_hash(PAYLOAD_PUBLIC, salt, STR("abc"));
	assert_false(hash_equal(&hash, &other));
}

static void every_class_has_a_name_that_is_read_back(void **state)
{
	(void)state;
	for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++) {
		enum payload_class back;

		assert_true(
			payload_class_parse(str_from(payload_class_name((enum payload_class) class)), &back));
		assert_int_equal(back, class);
		assert_false(payload_class_parse(
			str_format(arena, "%s ", payload_class_name((enum payload_class) class)), &back));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_envelope_comes_back_as_it_was),
		cmocka_unit_test(envelopes_of_every_shape_come_back),
		cmocka_unit_test(any_other_form_is_refused),
		cmocka_unit_test(every_changed_byte_is_refused_or_means_something_else),
		cmocka_unit_test(an_objection_says_why_there_are_no_bytes),
		cmocka_unit_test(eight_slots_are_room_for_all_and_nine_are_refused),
		cmocka_unit_test(an_envelope_has_at_most_16_kib),
		cmocka_unit_test(a_commitment_is_the_hash_that_the_page_says),
		cmocka_unit_test(a_commitment_binds_class_salt_and_payload),
		cmocka_unit_test(every_class_has_a_name_that_is_read_back),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
