/* test_forgery.c: the history itself rewritten, its tree built anew and its checkpoint exchanged, by somebody
 * without the signing key, or with it. Where nothing in the archive can show it, a test shows that too, and
 * what does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ledger/form.h"
#include "sample.h"

static struct sample *large; /* of 1,003 events */
static struct str large_export;

static int begin(void **state)
{
	(void)state;
	large = sample_new(43);
	sample_grow(large, 1003);
	struct export_plan plan = sample_plan(large);

	plan.withheld[PAYLOAD_COMPARTMENT] = true;
	large_export = sample_export(large, &plan);
	return 0;
}

static int end(void **state)
{
	(void)state;
	sample_free(large);
	return 0;
}

static struct verification verify(struct sample *sample, struct str export)
{
	return sample_verify(sample, export, (struct verify_plan){0});
}

/* ---- the history rewritten, the tree built anew, under the true checkpoint ---- */

static void assert_forgery_is_caught(struct sample *forged, const char *what)
{
	struct export_plan plan = sample_plan(large);

	sample_rebuild(forged);
	struct verification found = verify(large, sample_export(forged, &plan));

	if (found.verdict != VERDICT_TAMPERED || strstr(found.what.data, what) == NULL)
		fail_msg("%.*s", STR_ARG(found.what));
	sample_free(forged);
}

static void a_rewritten_event_is_caught_by_the_root(void **state)
{
	static const size_t indexes[] = {0, 1, 255, 256, 600, 1002};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(indexes); i++) {
		struct sample *forged = sample_copy(large);

		forged->events[indexes[i]].envelope.actor = STR("q31");
		sample_rewrite(forged, indexes[i]);
		assert_forgery_is_caught(
			forged, "the first 1003 events don't give the root of its checkpoint");
	}
}

static void a_rewritten_payload_with_its_commitment_is_caught_by_the_root(void **state)
{
	struct sample *forged = sample_copy(large);
	size_t e = 500;

	(void)state;
	while (forged->events[e].payload_count == 0)
		e++;
	struct opened_payload *payload = &forged->events[e].payloads[0];
	struct commitment *commitment = &forged->events[e].envelope.commitments[0];

	payload->bytes = STR("{\"text\":\"nothing happened\"}");
	commitment->hash = commitment_hash(payload->class, payload->salt, payload->bytes);
	sample_rewrite(forged, e);
	assert_forgery_is_caught(forged, "don't give the root of its checkpoint");
}

static void an_event_left_out_or_put_in_is_caught(void **state)
{
	struct sample *forged = sample_copy(large);

	(void)state;
	/* Two that change places keep their old numbers. */
	struct sample_event one = forged->events[300];

	forged->events[300] = forged->events[301];
	forged->events[301] = one;
	assert_forgery_is_caught(forged, "event 300: index: it calls itself event 301");
	/* One left out: the next is where it was. */
	forged = sample_copy(large);
	memmove(&forged->events[300], &forged->events[301], (1002 - 300) * sizeof *forged->events);
	assert_forgery_is_caught(forged, "event 300: index: it calls itself event 301");
	/* Numbered anew, an object's chain breaks, or else the root differs. */
	forged = sample_copy(large);
	memmove(&forged->events[300], &forged->events[301], (1002 - 300) * sizeof *forged->events);
	for (size_t i = 300; i < 1002; i++) {
		struct envelope *envelope = &forged->events[i].envelope;

		envelope->index = i;
		if (envelope->previous > 300)
			envelope->previous--;
		else if (envelope->previous == 300)
			envelope->previous = large->events[300].envelope.previous;
		forged->events[i].leaf = envelope_print(forged->arena, envelope);
	}
	/* The signed size asks for one more at the end. */
	forged->events[1002].envelope.object = STR("");
	forged->events[1002].envelope.previous = -1;
	sample_rewrite(forged, 1002);
	assert_forgery_is_caught(forged, "don't give the root of its checkpoint");
}

static void broken_chains_of_objects_are_caught(void **state)
{
	(void)state;
	for (size_t e = 0, tried = 0; tried < 40; e++) {
		int64_t previous = large->events[e].envelope.previous,
			wrong[] = {-1, previous - 1, (int64_t)e - 1};

		for (size_t w = 0; w < ARRAY_COUNT(wrong); w++) {
			if (wrong[w] == previous || wrong[w] < -1 || wrong[w] >= (int64_t)e)
				continue;
			struct sample *forged = sample_copy(large);

			forged->events[e].envelope.previous = wrong[w];
			sample_rewrite(forged, e);
			assert_forgery_is_caught(
				forged, str_format(forged->arena, "event %zu: prev: it names %lld", e,
						(long long)wrong[w])
						.data);
			tried++;
		}
	}
}

static void a_leaf_that_is_no_envelope_is_caught(void **state)
{
	static const char *const leaves[] = {"", "{}", "闭环", " "};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(leaves); i++) {
		struct sample *forged = sample_copy(large);

		forged->events[77].leaf = str_from(leaves[i]);
		assert_forgery_is_caught(forged, "event 77: envelope: it isn't canonical");
	}
}

/* The leaves are true, the tiles of hashes above them are not: nothing signed speaks of them but through the
 * root, and yet an archive with wrong ones isn't OK. */
static void a_forged_tile_is_caught(void **state)
{
	static const char *const names[] = {"tile/0/000", "tile/0/002", "tile/0/003.p/235", "tile/1/000.p/3"};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		struct pieces pieces;

		pieces_split(large->arena, large_export, &pieces);
		struct piece *piece = piece_find(&pieces, names[i]);

		for (size_t at = 0; at < piece->bytes.size; at += 31) {
			char *byte = (char *)(uintptr_t)&piece->bytes.data[at];

			*byte = (char)(*byte ^ 4);
			assert_int_equal(
				verify(large, pieces_join(large->arena, &pieces)).verdict, VERDICT_TAMPERED);
			*byte = (char)(*byte ^ 4);
		}
	}
}

/* ---- keys and checkpoints ---- */

static void an_archive_signed_by_somebody_else_is_caught(void **state)
{
	struct sample *other = sample_new(44), *forged = sample_copy(large);
	struct checkpoint checkpoint = sample_checkpoint(forged, forged->count);
	struct export_plan plan = {
		.key = note_key_make(STR(SAMPLE_ORIGIN), other->key.public_key), .time = SAMPLE_MADE};

	(void)state;
	plan.note = checkpoint_sign(forged->arena, &checkpoint, &plan.key, other->signer);
	struct str export = sample_export(forged, &plan);

	assert_verdict(
		verify(large, export), VERDICT_TAMPERED, -1, "it bears no signature by " SAMPLE_ORIGIN);
	/* And whoever was given a wrong key finds the true archive wrong, not OK. */
	assert_verdict(
		verify(other, large_export), VERDICT_TAMPERED, -1, "it bears no signature by " SAMPLE_ORIGIN);
	/* The true note with the forger's key beside it. */
	struct pieces pieces;

	pieces_split(large->arena, large_export, &pieces);
	piece_find(&pieces, "vkey")->bytes =
		str_format(large->arena, "%.*s\n", STR_ARG(note_key_print(large->arena, &plan.key)));
	assert_verdict(verify(large, pieces_join(large->arena, &pieces)), VERDICT_TAMPERED, -1,
		"the key in the archive isn't the one given");
	sample_free(other);
	sample_free(forged);
}

/* The newest events dropped, with a genuine older checkpoint in place of the newest: by itself such an
 * archive is an honest one of an earlier day. Only somebody who holds a newer checkpoint can tell. */
static void newest_events_dropped_are_caught_by_a_newer_checkpoint(void **state)
{
	struct export_plan plan = sample_plan(large);
	struct str since[] = {sample_note(large, 700), sample_note(large, 1003)};

	(void)state;
	plan.note = sample_note(large, 900);
	struct str export = sample_export(large, &plan);

	assert_int_equal(verify(large, export).verdict, VERDICT_OK);
	assert_int_equal(
		sample_verify(large, export, (struct verify_plan){.since = since, .since_count = 1}).verdict,
		VERDICT_OK);
	assert_verdict(sample_verify(large, export, (struct verify_plan){.since = since, .since_count = 2}),
		VERDICT_TAMPERED, -1, "a checkpoint of 1003 events was signed, and this holds 900");
	/* A receipt holds such a checkpoint, and does as well. */
	struct tree_source tree = sample_tree(large);
	struct proof proof;
	struct str receipts[2];

	assert_int_equal(prove_inclusion(&tree, 5, 700, &proof), ERR_OK);
	receipts[0] = receipt_print(large->arena, 5, &proof, since[0]);
	assert_int_equal(prove_inclusion(&tree, 1002, 1003, &proof), ERR_OK);
	receipts[1] = receipt_print(large->arena, 1002, &proof, since[1]);
	assert_int_equal(
		sample_verify(large, export, (struct verify_plan){.since = receipts, .since_count = 1})
			.verdict,
		VERDICT_OK);
	assert_verdict(
		sample_verify(large, export, (struct verify_plan){.since = receipts, .since_count = 2}),
		VERDICT_TAMPERED, -1, "a checkpoint of 1003 events was signed, and this holds 900");
	receipts[0] = STR(RECEIPT_HEADER "index 5\n");
	assert_verdict(
		sample_verify(large, export, (struct verify_plan){.since = receipts, .since_count = 1}),
		VERDICT_INCOMPLETE, -1, "its checkpoint is missing");
	/* The old note over the new events is no archive at all. */
	struct pieces pieces;

	pieces_split(large->arena, large_export, &pieces);
	piece_find(&pieces, "checkpoint")->bytes = plan.note;
	assert_int_equal(verify(large, pieces_join(large->arena, &pieces)).verdict, VERDICT_TAMPERED);
}

/* The owner of the key itself signs a second history. Whoever holds a checkpoint of the first one sees it. */
static void a_second_history_is_caught_by_an_older_checkpoint(void **state)
{
	struct sample *forged = sample_copy(large);
	struct checkpoint checkpoint;
	struct export_plan plan = {.key = large->key, .time = SAMPLE_MADE};
	struct str before = sample_note(large, 400), behind = sample_note(large, 401),
		   last = sample_note(large, 1003);

	(void)state;
	forged->events[400].envelope.role = STR("nobody");
	sample_rewrite(forged, 400);
	checkpoint = sample_checkpoint(forged, 1003);
	plan.note = checkpoint_sign(forged->arena, &checkpoint, &large->key, large->signer);
	struct str export = sample_export(forged, &plan);

	assert_int_equal(verify(large, export).verdict, VERDICT_OK);
	assert_int_equal(
		sample_verify(large, export, (struct verify_plan){.since = &before, .since_count = 1})
			.verdict,
		VERDICT_OK);
	assert_verdict(sample_verify(large, export, (struct verify_plan){.since = &behind, .since_count = 1}),
		VERDICT_TAMPERED, -1,
		"the first 401 events don't give the root of the older checkpoint given: one of the events "
		"from 0 on");
	struct str both[] = {behind, before};

	assert_verdict(sample_verify(large, export, (struct verify_plan){.since = both, .since_count = 2}),
		VERDICT_TAMPERED, -1, "one of the events from 400 on was changed");
	assert_verdict(sample_verify(large, export, (struct verify_plan){.since = &last, .since_count = 1}),
		VERDICT_TAMPERED, -1, "the first 1003 events don't give the root");
	/* An older note of the first history inside the archive of the second is a contradiction in itself.
	 */
	plan.older = &behind;
	plan.older_count = 1;
	assert_verdict(verify(large, sample_export(forged, &plan)), VERDICT_TAMPERED, -1,
		"the root of an older checkpoint in the archive");
	sample_free(forged);
}

static void a_checkpoint_to_compare_with_must_itself_be_good(void **state)
{
	struct sample *other = sample_new(44);
	struct str since[] = {
		STR("x"), str_replace(large->arena, sample_note(large, 9), "\n9\n", "\n8\n"), STR("")};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(since); i++)
		assert_verdict(sample_verify(large, large_export,
				       (struct verify_plan){.since = &since[i], .since_count = 1}),
			VERDICT_INCOMPLETE, -1, "the older checkpoint given can't be used");
	sample_grow(other, 3);
	since[0] = sample_note(other, 3);
	assert_verdict(
		sample_verify(large, large_export, (struct verify_plan){.since = since, .since_count = 1}),
		VERDICT_INCOMPLETE, -1, "it bears no signature by");
	sample_free(other);
}

/* Signed sizes that no archive can hold: read up to the cut, no further. */
static void a_signed_size_beyond_the_archive_is_a_cut(void **state)
{
	static const uint64_t sizes[] = {1004, 1024, UINT64_C(1) << 40, INT64_MAX};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		struct checkpoint checkpoint = sample_checkpoint(large, large->count);
		struct pieces pieces;

		checkpoint.size = sizes[i];
		struct str note = checkpoint_sign(large->arena, &checkpoint, &large->key, large->signer);

		pieces_split(large->arena, large_export, &pieces);
		piece_find(&pieces, "checkpoint")->bytes = note;
		struct manifest manifest = {.checkpoint = checkpoint,
			.key = large->key,
			.time = SAMPLE_MADE,
			.notes = hash_bytes(note.data, note.size),
			.withheld = {[PAYLOAD_COMPARTMENT] = true}};

		pieces.items[0].bytes = manifest_print(large->arena, &manifest);
		assert_verdict(verify(large, pieces_join(large->arena, &pieces)), VERDICT_TAMPERED, 768,
			"instead of tile/0/003");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rewritten_event_is_caught_by_the_root),
		cmocka_unit_test(a_rewritten_payload_with_its_commitment_is_caught_by_the_root),
		cmocka_unit_test(an_event_left_out_or_put_in_is_caught),
		cmocka_unit_test(broken_chains_of_objects_are_caught),
		cmocka_unit_test(a_leaf_that_is_no_envelope_is_caught),
		cmocka_unit_test(a_forged_tile_is_caught),
		cmocka_unit_test(an_archive_signed_by_somebody_else_is_caught),
		cmocka_unit_test(newest_events_dropped_are_caught_by_a_newer_checkpoint),
		cmocka_unit_test(a_second_history_is_caught_by_an_older_checkpoint),
		cmocka_unit_test(a_checkpoint_to_compare_with_must_itself_be_good),
		cmocka_unit_test(a_signed_size_beyond_the_archive_is_a_cut),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
