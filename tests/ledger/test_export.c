/* test_export.c: an honest export is verified, whatever it holds and however it is read; what is missing is
 * said.
 *
 *     test_export KEPT-FOLDER     UPDATE_KEPT=1 writes the kept archive anew, which must never be needed */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/form.h"
#include "sample.h"

static const char *kept_folder;

static void assert_ok(const struct verification *found)
{
	assert_verdict(*found, VERDICT_OK, -1, "");
	assert_int_equal(found->what.size, 0);
}

static uint64_t payloads_of(const struct sample *sample)
{
	uint64_t count = 0;

	for (size_t i = 0; i < sample->count; i++)
		count += sample->events[i].payload_count;
	return count;
}

static struct verification export_and_verify(struct sample *sample, const struct export_plan *plan)
{
	return sample_verify(sample, sample_export(sample, plan), (struct verify_plan){0});
}

/* ---- whole ---- */

static void a_ledger_of_any_size_is_exported_and_verified(void **state)
{
	static const size_t sizes[] = {0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 1000};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct sample *sample = sample_new((uint8_t)i);

		sample_grow(sample, sizes[i]);
		struct export_plan plan = sample_plan(sample);
		struct verification found = export_and_verify(sample, &plan);

		assert_ok(&found);
		assert_int_equal(found.events, sizes[i]);
		assert_int_equal(found.payloads, payloads_of(sample));
		assert_int_equal(found.erased, 0);
		assert_int_equal(found.checkpoint.size, sizes[i]);
		assert_true(str_is(found.checkpoint.origin, SAMPLE_ORIGIN));
		assert_int_equal(sample->asked, sizes[i]); /* small payloads are read once */
		sample_free(sample);
	}
}

static void the_same_ledger_gives_the_same_archive(void **state)
{
	struct sample *one = sample_new(1), *two = sample_new(1);
	struct export_plan plan;

	(void)state;
	sample_grow(one, 300);
	sample_grow(two, 300);
	plan = sample_plan(one);
	struct str first = sample_export(one, &plan);

	plan = sample_plan(two);
	assert_true(str_equal(first, sample_export(two, &plan)));
	sample_free(one);
	sample_free(two);
}

static void the_archive_may_come_in_pieces_of_any_size(void **state)
{
	static const size_t steps[] = {1, 7, 511, 512, 513, 65536, SIZE_MAX};
	struct sample *sample = sample_new(1);
	struct export_plan plan;

	(void)state;
	sample_grow(sample, 300);
	plan = sample_plan(sample);
	struct str export = sample_export(sample, &plan);

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		struct bytes_left left = {export, steps[i], -1};
		struct byte_source source = {bytes_get, &left};
		struct verify_plan verify = {.key = sample->key};
		struct verification found;

		assert_int_equal(ledger_verify(sample->arena, &verify, &source, &found, NULL), ERR_OK);
		assert_ok(&found);
		assert_int_equal(found.events, 300);
	}
	sample_free(sample);
}

static struct str read_kept(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf buf = buf_new(arena);

	assert_non_null(file);
	for (int c; (c = fgetc(file)) != EOF;)
		buf_put_char(&buf, (char)c);
	fclose(file);
	return buf_str(&buf);
}

/* An archive that was made once must be verified for ever, and made again to the byte. */
static void the_kept_archive_is_made_and_verified_as_ever(void **state)
{
	struct sample *sample = sample_new(42);
	char *path = (char *)(uintptr_t)str_format(sample->arena, "%s/export-v1.tar", kept_folder).data;
	struct export_plan plan;

	(void)state;
	sample_grow(sample, 6);
	sample_erase(sample, 3, "note");
	struct str older[] = {sample_note(sample, 2), sample_note(sample, 5)};

	plan = sample_plan(sample);
	plan.older = older;
	plan.older_count = ARRAY_COUNT(older);
	plan.withheld[PAYLOAD_COMPARTMENT] = true;
	struct str export = sample_export(sample, &plan);

	if (getenv("UPDATE_KEPT") != NULL) {
		FILE *file = fopen(path, "wb");

		assert_non_null(file);
		assert_int_equal(fwrite(export.data, 1, export.size, file), export.size);
		fclose(file);
	}
	struct str kept = read_kept(sample->arena, path);
	struct verification found = sample_verify(sample, kept, (struct verify_plan){0});

	assert_ok(&found);
	assert_true(found.events == 7 && found.erased == 1 && found.withheld[PAYLOAD_COMPARTMENT] == 2);
	assert_true(str_equal(export, kept));
	sample_free(sample);
}

/* ---- what is left out ---- */

static void classes_may_be_withheld_and_are_counted(void **state)
{
	struct sample *sample = sample_new(1);
	uint64_t by_class[PAYLOAD_CLASS_COUNT] = {0};

	(void)state;
	sample_grow(sample, 1000);
	for (size_t i = 0; i < sample->count; i++)
		for (size_t p = 0; p < sample->events[i].payload_count; p++)
			by_class[sample->events[i].payloads[p].class]++;
	for (unsigned mask = 0; mask < 1u << PAYLOAD_CLASS_COUNT; mask += mask < 8 ? 1 : 11) {
		struct export_plan plan = sample_plan(sample);
		uint64_t shown = 0;

		for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++)
			plan.withheld[class] = (mask >> class & 1) != 0;
		struct verification found = export_and_verify(sample, &plan);

		assert_ok(&found);
		for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++) {
			assert_true(by_class[class] > 0);
			assert_int_equal(found.withheld[class], plan.withheld[class] ? by_class[class] : 0);
			shown += plan.withheld[class] ? 0 : by_class[class];
		}
		assert_int_equal(found.payloads, shown);
	}
	sample_free(sample);
}

static void a_class_that_was_promised_must_be_there(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_plan plan;
	struct verify_plan promised = {0};

	(void)state;
	sample_grow(sample, 100);
	plan = sample_plan(sample);
	plan.withheld[PAYLOAD_PERSONAL] = true;
	struct str export = sample_export(sample, &plan);

	promised.required[PAYLOAD_INTERNAL] = true;
	struct verification found = sample_verify(sample, export, promised);

	assert_ok(&found);
	promised.required[PAYLOAD_PERSONAL] = true;
	found = sample_verify(sample, export, promised);
	assert_verdict(found, VERDICT_INCOMPLETE, -1, "of class personal");
	sample_free(sample);
}

/* An event with one payload of each class in a ledger of five, and its index. */
static uint64_t add_full_event(struct sample *sample)
{
	static const char *const slots[] = {"a", "b", "c", "d", "e", "main"};
	struct opened_payload payloads[PAYLOAD_CLASS_COUNT] = {0};
	struct envelope envelope = {.act = STR("matter.act"), .actor = STR("q1"), .object = STR("m1")};

	sample_grow(sample, 4);
	for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++)
		payloads[class] = (struct opened_payload){.slot = str_from(slots[class]),
			.class = (enum payload_class) class,
			.salt = {(uint8_t) class, 1},
			.bytes = STR("{\"text\":\"闭环\"}")};
	sample_append(sample, &envelope, payloads, PAYLOAD_CLASS_COUNT);
	return sample->count - 1;
}

static void a_lawful_erasure_explains_what_is_gone(void **state)
{
	struct sample *sample = sample_new(1);
	uint64_t index = add_full_event(sample);
	struct export_plan plan;

	(void)state;
	sample_erase(sample, index, "d");
	sample_grow(sample, 300); /* the explanation may lie in an earlier bundle than … */
	sample_erase(sample, index, "a");
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_ok(&found);
	assert_int_equal(found.erased, 2);
	/* Erased and withheld: withheld is what the recipient sees. */
	plan.withheld[PAYLOAD_PERSONAL] = true;
	found = export_and_verify(sample, &plan);
	assert_ok(&found);
	assert_int_equal(found.erased, 1);
	sample_free(sample);
}

static void what_nobody_explains_is_incomplete(void **state)
{
	struct sample *sample = sample_new(1);
	uint64_t index = add_full_event(sample);
	struct export_plan plan;

	(void)state;
	sample_erase(sample, index, "b");
	sample_lose(sample, index, "main");
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_verdict(found, VERDICT_INCOMPLETE, (int64_t)index, "its payload main is missing");
	/* As attachment it may be withheld; the rest is whole. */
	plan.withheld[PAYLOAD_ATTACHMENT] = true;
	found = export_and_verify(sample, &plan);
	assert_ok(&found);
	/* The explanation itself is public; where that is withheld nothing is explained. */
	plan.withheld[PAYLOAD_PUBLIC] = true;
	found = export_and_verify(sample, &plan);
	assert_verdict(found, VERDICT_INCOMPLETE, (int64_t)index, "its payload b is missing");
	sample_free(sample);
}

/* Each row is what an erasing event says of payload "b" of event 4; only the first explains its absence. */
static const struct {
	const char *slot, *payload;
	enum payload_class class;
	enum verdict verdict;
	const char *what;
} erasures[] = {
	{"main", "{\"erased\":[{\"index\":4,\"slot\":\"b\"}]}", PAYLOAD_PUBLIC, VERDICT_OK, ""},
	{"main",
		"{\"basis\":\"第四十七条\",\"erased\":[{\"index\":3,\"slot\":\"x\"},{\"index\":4,\"slot\":"
		"\"b\"}]}",
		PAYLOAD_PUBLIC, VERDICT_OK, ""},
	{"main", "{\"erased\":[{\"index\":4,\"slot\":\"a\"}]}", PAYLOAD_PUBLIC, VERDICT_INCOMPLETE,
		"event 4: "},
	{"main", "{\"erased\":[{\"index\":3,\"slot\":\"b\"}]}", PAYLOAD_PUBLIC, VERDICT_INCOMPLETE,
		"event 4: "},
	{"main", "{\"erased\":[]}", PAYLOAD_PUBLIC, VERDICT_INCOMPLETE, "event 4: "},
	{"main", "{\"erased\":[{\"index\":4,\"slot\":\"b\"}]}", PAYLOAD_INTERNAL, VERDICT_INCOMPLETE,
		"event 4: "},
	{"note", "{\"erased\":[{\"index\":4,\"slot\":\"b\"}]}", PAYLOAD_PUBLIC, VERDICT_INCOMPLETE,
		"event 4: "},
	{"main", "{\"erased\":[{\"index\":5,\"slot\":\"b\"}]}", PAYLOAD_PUBLIC, VERDICT_TAMPERED,
		"entry 0 names no payload of an earlier event"},
	{"main", "{\"erased\":[{\"index\":-1,\"slot\":\"b\"}]}", PAYLOAD_PUBLIC, VERDICT_TAMPERED,
		"entry 0 names"},
	{"main", "{\"erased\":[{\"index\":4}]}", PAYLOAD_PUBLIC, VERDICT_TAMPERED, "entry 0 names"},
	{"main", "{\"erased\":[{\"index\":4,\"slot\":\"b\"},7]}", PAYLOAD_PUBLIC, VERDICT_TAMPERED,
		"entry 1 names"},
	{"main", "{\"erased\":{\"index\":4,\"slot\":\"b\"}}", PAYLOAD_PUBLIC, VERDICT_TAMPERED,
		"doesn't say what it erased"},
	{"main", "{}", PAYLOAD_PUBLIC, VERDICT_TAMPERED, "doesn't say what it erased"},
	{"main", "[]", PAYLOAD_PUBLIC, VERDICT_TAMPERED, "doesn't say what it erased"},
	{"main", "{\"erased\": []}", PAYLOAD_PUBLIC, VERDICT_TAMPERED, "its payload is not canonical"},
	{"main", "", PAYLOAD_PUBLIC, VERDICT_TAMPERED, "its payload is not canonical"},
};

static void only_a_clear_public_statement_explains(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(erasures); i++) {
		struct sample *sample = sample_new(1);
		struct envelope envelope = {.act = STR(ACT_PRIVACY_ERASE), .actor = STR("q7")};
		struct opened_payload payload = {.slot = str_from(erasures[i].slot),
			.class = erasures[i].class,
			.bytes = str_from(erasures[i].payload)};

		assert_int_equal(add_full_event(sample), 4);
		sample_lose(sample, 4, "b");
		sample_append(sample, &envelope, &payload, 1);
		struct export_plan plan = sample_plan(sample);
		struct verification found = export_and_verify(sample, &plan);
		int64_t first_bad = erasures[i].verdict == VERDICT_TAMPERED ? 5
				    : erasures[i].verdict == VERDICT_OK     ? -1
									    : 4;

		assert_verdict(found, erasures[i].verdict, first_bad, erasures[i].what);
		sample_free(sample);
	}
}

/* An erasure that was itself taken away explains nothing, and is missed. */
static void an_erasure_cannot_be_erased_in_silence(void **state)
{
	struct sample *sample = sample_new(1);
	uint64_t index = add_full_event(sample);
	struct export_plan plan;

	(void)state;
	sample_erase(sample, index, "d");
	sample_erase(sample, index + 1, "main");
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_verdict(found, VERDICT_INCOMPLETE, (int64_t)index, "its payload d is missing");
	sample_free(sample);
}

/* ---- time ---- */

static void time_runs_back_only_behind_an_event_that_says_so(void **state)
{
	struct envelope step_back = {
		.act = STR(ACT_CLOCK_STEP_BACK), .actor = STR("clock"), .object = STR("clock")};
	struct sample *sample = sample_new(1);
	struct export_plan plan;

	(void)state;
	sample_grow(sample, 5);
	sample_append(sample, &step_back, NULL, 0);
	sample->time -= INT64_C(3600000000);
	sample_grow(sample, 5);
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_ok(&found);
	/* It explains the one event behind it, no second step. */
	sample->time -= 1001;
	sample_grow(sample, 1);
	plan = sample_plan(sample);
	found = export_and_verify(sample, &plan);
	assert_verdict(found, VERDICT_TAMPERED, 11, "it is 1 µs earlier than the event before it");
	sample_free(sample);
	sample = sample_new(1);
	sample_grow(sample, 5);
	sample->time -= 1000; /* at the same instant: allowed */
	sample_grow(sample, 1);
	plan = sample_plan(sample);
	found = export_and_verify(sample, &plan);
	assert_ok(&found);
	sample_free(sample);
}

/* ---- older checkpoints ---- */

static void older_checkpoints_of_the_same_history_fit(void **state)
{
	struct sample *sample = sample_new(1);
	struct str notes[1001];
	struct export_plan plan;

	(void)state;
	sample_grow(sample, 1000);
	for (size_t size = 0; size <= 1000; size++)
		notes[size] = sample_note(sample, size);
	plan = sample_plan(sample);
	struct str bare = sample_export(sample, &plan);

	plan.older = notes;
	plan.older_count = 200;
	struct str with_older = sample_export(sample, &plan);

	for (size_t i = 0; i < 2; i++) {
		struct str since[] = {
			notes[1000], notes[1], notes[0], notes[256], notes[257], notes[999], notes[1]};
		struct verify_plan all = {.since = since, .since_count = ARRAY_COUNT(since)};
		struct verification found = sample_verify(sample, i == 0 ? bare : with_older, all);

		assert_ok(&found);
	}
	sample_free(sample);
}

static void a_plan_that_contradicts_itself_is_refused(void **state)
{
	struct sample *sample = sample_new(1), *other = sample_new(2);
	struct buf buf = buf_new(sample->arena);
	struct bh_err err;

	(void)state;
	sample_grow(sample, 10);
	sample_grow(other, 10);
	struct str seven = sample_note(sample, 7), three = sample_note(sample, 3),
		   ten = sample_note(sample, 10), foreign = sample_note(other, 3);
	const struct {
		struct str older[2];
		size_t count;
		enum err err;
	} rows[] = {{{seven, three}, 2, ERR_INVALID}, {{seven, seven}, 2, ERR_INVALID},
		{{ten}, 1, ERR_INVALID}, {{foreign}, 1, ERR_TAMPERED}, {{STR("x")}, 1, ERR_INVALID}};

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct export_plan plan = sample_plan(sample);
		struct export_source source = sample_source(sample);

		plan.older = rows[i].older;
		plan.older_count = rows[i].count;
		/* No sink is asked before the plan is found good. */
		assert_int_equal(ledger_export(&plan, &source, NULL, &err), rows[i].err);
	}
	struct export_plan plan = sample_plan(sample);
	struct export_source source = sample_source(sample);

	plan.note = sample_note(other, 10);
	assert_int_equal(ledger_export(&plan, &source, NULL, &err), ERR_TAMPERED);
	plan.note = ten;
	plan.time = -1;
	assert_int_equal(ledger_export(&plan, &source, NULL, &err), ERR_RANGE);
	(void)buf;
	sample_free(sample);
	sample_free(other);
}

/* A list of older checkpoints that no verifier would take is not written either. */
static void too_many_older_checkpoints_are_refused(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_plan plan = sample_plan(sample);
	struct export_source source = sample_source(sample);
	struct manifest manifest = {.checkpoint = {STR(SAMPLE_ORIGIN), INT64_MAX, {{0}}}, .key = sample->key};
	uint64_t *older = ARENA_TAKE(sample->arena, EXPORT_OLDER_MAX, uint64_t);
	struct bh_err err;

	(void)state;
	plan.older_count = EXPORT_OLDER_MAX + 1;
	assert_int_equal(ledger_export(&plan, &source, NULL, &err), ERR_RANGE);
	assert_string_equal(
		err.text, "20001 older checkpoints are too many for one archive: take at most 20000");
	for (size_t i = 0; i < EXPORT_OLDER_MAX; i++)
		older[i] = INT64_MAX - EXPORT_OLDER_MAX + i;
	manifest.older = older;
	manifest.older_count = EXPORT_OLDER_MAX;
	struct str printed = manifest_print(sample->arena, &manifest);

	assert_true(printed.size < MANIFEST_SIZE_MAX);
	assert_int_equal(manifest_parse(sample->arena, printed, &manifest, &err), ERR_OK);
	sample_free(sample);
}

/* ---- what goes wrong on the way ---- */

static enum err put_some(void *context, struct str bytes)
{
	int *puts_left = context;

	(void)bytes;
	return (*puts_left)-- == 0 ? ERR_FULL : ERR_OK;
}

static void a_sink_that_fails_stops_the_export(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_plan plan;
	struct export_source source = sample_source(sample);
	struct bh_err err;
	int puts = 0;

	(void)state;
	sample_grow(sample, 300);
	source = sample_source(sample);
	plan = sample_plan(sample);
	for (enum err code = ERR_FULL; code == ERR_FULL; puts++) {
		int puts_left = puts;

		code = ledger_export(&plan, &source, &(struct byte_sink){put_some, &puts_left}, &err);
		assert_true(code == ERR_FULL || (code == ERR_OK && puts_left == 0));
		if (code == ERR_FULL)
			assert_string_equal(err.text, "can't write the archive");
	}
	assert_true(puts > 20);
	sample_free(sample);
}

static void a_source_that_fails_is_no_verdict(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_plan plan;
	struct verification found = {.events = 99};
	struct bh_err err;

	(void)state;
	sample_grow(sample, 20);
	plan = sample_plan(sample);
	struct str export = sample_export(sample, &plan);

	for (int gets = 0;; gets++) {
		struct bytes_left left = {export, 600, gets};
		struct byte_source source = {bytes_get, &left};
		struct verify_plan verify = {.key = sample->key};
		enum err code = ledger_verify(sample->arena, &verify, &source, &found, &err);

		if (code == ERR_OK)
			break;
		assert_int_equal(code, ERR_IO);
		assert_string_equal(err.text, "can't read the archive");
		assert_int_equal(found.events, 99);
	}
	assert_ok(&found);
	sample_free(sample);
}

static enum err fail_at(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
	struct opened_payload *ret_payloads, size_t *ret_count)
{
	static const char large[ENVELOPE_SIZE_MAX + 1];

	(void)context, (void)arena, (void)ret_payloads;
	*ret_count = 0;
	*ret_envelope = (struct str){large, index == 3 ? sizeof large : 1};
	return index == 5 ? ERR_BUSY : ERR_OK;
}

static void an_event_that_cannot_be_had_stops_the_export(void **state)
{
	struct sample *sample = sample_new(1);
	int puts_left = -1;
	struct byte_sink sink = {put_some, &puts_left};
	struct export_source source = {fail_at, NULL, sample_tree(sample)};
	struct export_plan plan;
	struct bh_err err;

	(void)state;
	sample_grow(sample, 10);
	source.tree = sample_tree(sample);
	plan = sample_plan(sample);
	assert_int_equal(ledger_export(&plan, &source, &sink, &err), ERR_RANGE);
	assert_string_equal(err.text, "event 3 has more than 16 KiB");
	/* The tree lacks what the note promises. */
	plan = sample_plan(sample);
	source = sample_source(sample);
	sample->node_counts[0]--;
	assert_int_equal(ledger_export(&plan, &source, &sink, &err), ERR_INCOMPLETE);
	assert_string_equal(err.text, "the tree lacks a node of tile/0/000.p/10");
	sample_free(sample);
}

/* ---- large payloads ---- */

static void add_large(struct sample *sample, size_t events, size_t size)
{
	struct envelope envelope = {.act = STR("matter.act"), .actor = STR("q1")};
	char *bytes = ARENA_TAKE(sample->arena, size, char);
	struct opened_payload payloads[] = {
		{.slot = STR("a"), .class = PAYLOAD_ATTACHMENT, .bytes = {bytes, size}},
		{.slot = STR("main"), .class = PAYLOAD_PUBLIC, .bytes = STR("{}")}};

	while (events-- > 0)
		sample_append(sample, &envelope, payloads, ARRAY_COUNT(payloads));
}

static void payloads_that_are_many_are_read_again_and_not_kept(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_plan plan;

	(void)state;
	add_large(sample, 40, (size_t)1024 * 1024);
	sample_grow(sample, 250);
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_ok(&found);
	assert_int_equal(found.payloads, payloads_of(sample));
	assert_int_equal(sample->asked, 290 + 256); /* the first bundle twice */
	plan.withheld[PAYLOAD_ATTACHMENT] = true;
	sample->asked = 0;
	found = export_and_verify(sample, &plan);
	assert_ok(&found);
	assert_int_equal(sample->asked, 290);
	sample_free(sample);
}

static void a_payload_has_at_most_16_mib(void **state)
{
	struct sample *sample = sample_new(1);
	struct export_source source = sample_source(sample);
	struct export_plan plan;
	struct bh_err err;
	int puts_left = -1;

	(void)state;
	add_large(sample, 2, PAYLOAD_SIZE_MAX);
	plan = sample_plan(sample);
	struct verification found = export_and_verify(sample, &plan);

	assert_ok(&found);
	add_large(sample, 1, PAYLOAD_SIZE_MAX + 1);
	plan = sample_plan(sample);
	assert_int_equal(
		ledger_export(&plan, &source, &(struct byte_sink){put_some, &puts_left}, &err), ERR_RANGE);
	assert_string_equal(err.text, "payload a of event 2 has more than 16 MiB");
	sample_free(sample);
}

/* The store that is exported must stand still; where it doesn't, that is said. */
struct changing {
	struct sample *sample;
	uint64_t asked_before;
	bool grows;
};

static enum err change_later(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
	struct opened_payload *ret_payloads, size_t *ret_count)
{
	struct changing *changing = context;
	struct export_source source = sample_source(changing->sample);

	TRY(source.event(source.context, index, arena, ret_envelope, ret_payloads, ret_count));
	if (changing->sample->asked > changing->asked_before && index == 7)
		ret_payloads[1].bytes = changing->grows ? STR("{\"a\":1}") : STR("");
	return ERR_OK;
}

static void a_ledger_that_changes_while_it_is_read_is_said(void **state)
{
	struct sample *sample = sample_new(1);
	struct changing changing = {sample, 40, false};
	struct export_source source;
	struct export_plan plan;
	struct bh_err err;

	(void)state;
	add_large(sample, 40, (size_t)1024 * 1024);
	plan = sample_plan(sample);
	source = (struct export_source){change_later, &changing, sample_tree(sample)};
	for (int grows = 0; grows < 2; grows++) {
		int puts_left = -1;

		changing.grows = grows == 1;
		sample->asked = 0;
		assert_int_equal(
			ledger_export(&plan, &source, &(struct byte_sink){put_some, &puts_left}, &err),
			ERR_CONFLICT);
		assert_non_null(strstr(err.text, "changed while they were read: export again"));
	}
	sample_free(sample);
}

/* ---- whoever looks at the events on the way ---- */

struct seen {
	struct sample *sample;
	uint64_t count, payloads;
	int64_t refuse;
	enum err refusal;
};

static enum err see(void *context, const struct envelope *envelope, const struct opened_payload *payloads,
	size_t count, struct bh_err *reterr)
{
	struct seen *seen = context;
	const struct sample_event *event = &seen->sample->events[seen->count];

	assert_int_equal(envelope->index, seen->count);
	assert_true(str_equal(envelope->act, event->envelope.act) &&
		    str_equal(envelope->actor, event->envelope.actor));
	assert_int_equal(count, event->payload_count);
	for (size_t i = 0; i < count; i++)
		assert_true(str_equal(payloads[i].slot, event->payloads[i].slot) &&
			    str_equal(payloads[i].bytes, event->payloads[i].bytes) &&
			    payloads[i].class == event->payloads[i].class);
	if ((int64_t)envelope->index == seen->refuse)
		return err_set(reterr, seen->refusal, "transition", "the procedure doesn't allow it");
	seen->count++;
	seen->payloads += count;
	return ERR_OK;
}

static void each_event_is_shown_and_may_be_found_wrong(void **state)
{
	struct sample *sample = sample_new(1);
	struct seen seen = {.sample = sample, .refuse = -1};
	struct verify_plan verify = {.each = see, .context = &seen};
	struct verification found;
	struct export_plan plan;

	(void)state;
	sample_grow(sample, 300);
	plan = sample_plan(sample);
	struct str export = sample_export(sample, &plan);

	found = sample_verify(sample, export, verify);
	assert_ok(&found);
	assert_true(seen.count == 300 && seen.payloads == payloads_of(sample));
	seen = (struct seen){.sample = sample, .refuse = 270, .refusal = ERR_REFUSED};
	found = sample_verify(sample, export, verify);
	assert_verdict(found, VERDICT_TAMPERED, 270, "event 270: transition: the procedure doesn't allow it");
	seen = (struct seen){.sample = sample, .refuse = 3, .refusal = ERR_INCOMPLETE};
	found = sample_verify(sample, export, verify);
	assert_verdict(found, VERDICT_INCOMPLETE, 3, "transition");
	struct bytes_left left = {export, SIZE_MAX, -1};
	struct byte_source source = {bytes_get, &left};
	struct bh_err err;

	verify.key = sample->key;
	seen = (struct seen){.sample = sample, .refuse = 3, .refusal = ERR_IO};
	assert_int_equal(ledger_verify(sample->arena, &verify, &source, &found, &err), ERR_IO);
	assert_string_equal(err.place, "transition");
	sample_free(sample);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_ledger_of_any_size_is_exported_and_verified),
		cmocka_unit_test(the_same_ledger_gives_the_same_archive),
		cmocka_unit_test(the_archive_may_come_in_pieces_of_any_size),
		cmocka_unit_test(the_kept_archive_is_made_and_verified_as_ever),
		cmocka_unit_test(classes_may_be_withheld_and_are_counted),
		cmocka_unit_test(a_class_that_was_promised_must_be_there),
		cmocka_unit_test(a_lawful_erasure_explains_what_is_gone),
		cmocka_unit_test(what_nobody_explains_is_incomplete),
		cmocka_unit_test(only_a_clear_public_statement_explains),
		cmocka_unit_test(an_erasure_cannot_be_erased_in_silence),
		cmocka_unit_test(time_runs_back_only_behind_an_event_that_says_so),
		cmocka_unit_test(older_checkpoints_of_the_same_history_fit),
		cmocka_unit_test(a_plan_that_contradicts_itself_is_refused),
		cmocka_unit_test(too_many_older_checkpoints_are_refused),
		cmocka_unit_test(a_sink_that_fails_stops_the_export),
		cmocka_unit_test(a_source_that_fails_is_no_verdict),
		cmocka_unit_test(an_event_that_cannot_be_had_stops_the_export),
		cmocka_unit_test(payloads_that_are_many_are_read_again_and_not_kept),
		cmocka_unit_test(a_payload_has_at_most_16_mib),
		cmocka_unit_test(a_ledger_that_changes_while_it_is_read_is_said),
		cmocka_unit_test(each_event_is_shown_and_may_be_found_wrong),
	};

	if (argc != 2)
		return 2;
	kept_folder = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
