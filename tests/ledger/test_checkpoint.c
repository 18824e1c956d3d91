/* test_checkpoint.c: signed notes and the keys under which they are known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

#define DASH "\xE2\x80\x94 "

static struct arena *arena;
static struct sample *sample;
static struct str note; /* of all its events, under its key */

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	sample = sample_new(1);
	sample_grow(sample, 12);
	note = sample_note(sample, 12);
	return 0;
}

static int end(void **state)
{
	(void)state;
	sample_free(sample);
	arena_free(arena);
	return 0;
}

static void assert_refused(struct str text, enum err wanted, const char *why)
{
	struct checkpoint checkpoint;
	struct bh_err err = {.text = "taken"};

	if (checkpoint_open(arena, text, &sample->key, &checkpoint, &err) != wanted ||
		strstr(err.text, why) == NULL)
		fail_msg("%s: %.*s", err.text, STR_ARG(text));
}

/* ---- keys ---- */

/* Made by Go's golang.org/x/mod/sumdb/note: the key of its package example. */
#define FOREIGN_KEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

static void a_key_is_printed_as_others_print_it(void **state)
{
	struct note_key key;
	struct bh_err err;

	(void)state;
	assert_int_equal(note_key_parse(arena, STR(FOREIGN_KEY), &key, &err), ERR_OK);
	assert_true(str_is(key.name, "PeterNeumann"));
	assert_string_equal(hex_print(arena, key.id, sizeof key.id).data, "c74f20a3");
	assert_string_equal(note_key_print(arena, &key).data, FOREIGN_KEY);
	assert_int_equal(note_key_parse(arena, STR(" " FOREIGN_KEY "\n"), &key, &err), ERR_OK);
	struct str own = note_key_print(arena, &sample->key);

	assert_int_equal(note_key_parse(arena, own, &key, &err), ERR_OK);
	assert_memory_equal(key.public_key, sample->key.public_key, SIGN_PUBLIC_SIZE);
	assert_memory_equal(key.id, sample->key.id, sizeof key.id);
}

/* The signed note of the same example. */
static void a_note_of_another_program_is_verified(void **state)
{
	struct str text = STR("If you think cryptography is the answer to your problem,\n"
			      "then you don't know what your problem is.\n");
	struct note_key key;
	struct str signature;

	(void)state;
	assert_int_equal(note_key_parse(arena, STR(FOREIGN_KEY), &key, NULL), ERR_OK);
	assert_true(base64_parse(arena,
		STR("x08go/ZJkuBS9UG/"
		    "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="),
		&signature));
	assert_memory_equal(signature.data, key.id, sizeof key.id);
	assert_true(sign_verify(key.public_key, text, str_slice(signature, 4, signature.size)));
}

static void a_key_that_was_not_copied_whole_is_refused(void **state)
{
	struct str whole = note_key_print(arena, &sample->key);
	struct note_key key;
	struct bh_err err;

	(void)state;
	for (size_t size = 0; size < whole.size; size++)
		assert_int_equal(note_key_parse(arena, str_slice(whole, 0, size), &key, &err), ERR_INVALID);
	for (size_t i = 0; i < whole.size; i++) {
		struct str changed = str_copy(arena, whole);

		((char *)(uintptr_t)changed.data)[i] ^= 1;
		if (note_key_parse(arena, changed, &key, &err) != ERR_INVALID)
			fail_msg("%.*s", STR_ARG(changed));
	}
	/* An algorithm that isn't Ed25519, with a hash that fits. */
	assert_int_equal(note_key_parse(arena,
				 STR("PeterNeumann+c74f20a3+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
				 &key, &err),
		ERR_INVALID);
	assert_non_null(strstr(err.text, "no Ed25519"));
	assert_int_equal(note_key_parse(arena, str_replace(arena, whole, "bihuan.example", "other.example"),
				 &key, &err),
		ERR_INVALID);
	assert_non_null(strstr(err.text, "was it copied whole?"));
}

static void a_name_has_no_white_space_and_no_plus(void **state)
{
	static const char *const good[] = {"a", SAMPLE_ORIGIN, "闭环.例/蓬江", "a-b_c.d:e/f", "é"};
	static const char *const bad[] = {"", " ", "a b", "a+b", "a\n", "\ta", "a\x7F", "a\xC2\x85",
		"a\u00A0b", "a\u1680", "a\u2003b", "\u2028", "\u2029", "a\u202F", "\u205F", "蓬江\u3000区",
		"\xFF", "\xED\xA0\x80"};
	struct buf buf = buf_new(arena);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(good); i++)
		assert_true(note_name_is_good(str_from(good[i])));
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (note_name_is_good(str_from(bad[i])))
			fail_msg("'%s' is taken", bad[i]);
	assert_false(note_name_is_good((struct str){"a\0b", 3}));
	for (size_t i = 0; i < NOTE_NAME_MAX; i++)
		buf_put_char(&buf, 'a');
	assert_true(note_name_is_good(buf_str(&buf)));
	buf_put_char(&buf, 'a');
	assert_false(note_name_is_good(buf_str(&buf)));
}

/* ---- notes ---- */

static void a_checkpoint_is_three_lines_and_a_signature(void **state)
{
	struct checkpoint checkpoint = sample_checkpoint(sample, 12), opened;
	struct str rest = note, line;

	(void)state;
	assert_true(str_cut(&rest, '\n', &line) && str_is(line, SAMPLE_ORIGIN));
	assert_true(str_cut(&rest, '\n', &line) && str_is(line, "12"));
	assert_true(str_cut(&rest, '\n', &line) &&
		    str_equal(line, base64_print(arena, checkpoint.root.bytes, HASH_SIZE)));
	assert_true(str_cut(&rest, '\n', &line) && line.size == 0);
	assert_true(str_cut(&rest, '\n', &line) && str_starts(line, DASH SAMPLE_ORIGIN " "));
	assert_true(str_cut(&rest, '\n', &line) && line.size == 0 && !str_cut(&rest, '\n', &line));
	assert_int_equal(checkpoint_open(arena, note, &sample->key, &opened, NULL), ERR_OK);
	assert_true(str_is(opened.origin, SAMPLE_ORIGIN) && opened.size == 12 &&
		    hash_equal(&opened.root, &checkpoint.root));
	/* Signing is a function of the text: of one size there is one note. */
	assert_true(str_equal(note, sample_note(sample, 12)));
}

static void a_note_with_any_changed_bit_is_refused(void **state)
{
	char *bytes = (char *)(uintptr_t)str_copy(arena, note).data;
	struct checkpoint checkpoint;

	(void)state;
	for (size_t bit = 0; bit < 8 * note.size; bit++) {
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
		if (checkpoint_open(arena, (struct str){bytes, note.size}, &sample->key, &checkpoint, NULL) ==
			ERR_OK)
			fail_msg("bit %zu", bit);
		bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
	}
	for (size_t size = 0; size < note.size; size++)
		assert_true(checkpoint_open(arena, str_slice(note, 0, size), &sample->key, &checkpoint,
				    NULL) != ERR_OK);
}

static void a_note_of_another_form_is_no_checkpoint(void **state)
{
	static const char *const texts[] = {
		"",
		"\n",
		"\n\n",
		"a\n1\nx\n\n",
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",              /* no signature */
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",            /* none either */
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a x", /* cut in the line */
		"a\n1\n\n" DASH "a eA==\n",                                          /* two lines */
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n\n" DASH "a eA==\n",
		"a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n-0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n1 \n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n1\r\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n9223372036854775808\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n\n" DASH "a eA==\n",  /* padding gone */
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n\n" DASH "a eA==\n", /* 31 bytes */
		"a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n\n" DASH
		"a eA==\n", /* a spare bit set */
		"a b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
		"\xFF\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n",
	};
	struct checkpoint checkpoint;
	struct buf buf = buf_new(arena);

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		if (checkpoint_parse(arena, str_from(texts[i]), &checkpoint, NULL) != ERR_INVALID)
			fail_msg("text %zu is taken: %s", i, texts[i]);
	assert_int_equal(
		checkpoint_parse(arena,
			STR("a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n" DASH "a eA==\n"),
			&checkpoint, NULL),
		ERR_OK);
	buf_put(&buf, note);
	while (buf.size <= NOTE_SIZE_MAX)
		buf_puts(&buf, DASH "witness.example eAAAAAAA\n");
	assert_int_equal(checkpoint_parse(arena, buf_str(&buf), &checkpoint, NULL), ERR_INVALID);
}

static void a_foreign_key_opens_nothing(void **state)
{
	struct sample *other = sample_new(2);
	struct checkpoint checkpoint = sample_checkpoint(sample, 12);
	struct note_key in_our_name = note_key_make(STR(SAMPLE_ORIGIN), other->key.public_key);
	struct str forged = checkpoint_sign(arena, &checkpoint, &in_our_name, other->signer);

	(void)state;
	assert_refused(forged, ERR_TAMPERED, "it bears no signature by " SAMPLE_ORIGIN);
	/* Under our id too: then the signature itself doesn't fit. */
	memcpy(in_our_name.id, sample->key.id, sizeof in_our_name.id);
	forged = checkpoint_sign(arena, &checkpoint, &in_our_name, other->signer);
	assert_refused(forged, ERR_TAMPERED, "a signature line is wrong");
	/* A true note, opened by somebody who was given another key. */
	struct bh_err err;

	assert_int_equal(checkpoint_open(arena, note, &other->key, &checkpoint, &err), ERR_TAMPERED);
	sample_free(other);
}

/* The signature is good, and the ledger is another than the key is for. */
static void a_note_of_another_origin_is_refused(void **state)
{
	struct checkpoint checkpoint = sample_checkpoint(sample, 12);

	(void)state;
	checkpoint.origin = STR("other.example/pengjiang-2019");
	assert_refused(checkpoint_sign(arena, &checkpoint, &sample->key, sample->signer), ERR_TAMPERED,
		"it is of other.example/pengjiang-2019, and the key is of " SAMPLE_ORIGIN);
}

static void lines_of_witnesses_are_let_stand(void **state)
{
	static const char witness[] =
		DASH "witness.example/w1 "
		     "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/"
		     "zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe/mbIUBkBIfZ+qnA==\n";
	struct checkpoint checkpoint;
	struct str behind = str_format(arena, "%.*s%s", STR_ARG(note), witness);
	size_t text_size = str_find(note, STR(DASH));
	struct str before = str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(note, 0, text_size)), witness,
		STR_ARG(str_slice(note, text_size, note.size)));

	(void)state;
	assert_int_equal(checkpoint_open(arena, behind, &sample->key, &checkpoint, NULL), ERR_OK);
	assert_int_equal(checkpoint_open(arena, before, &sample->key, &checkpoint, NULL), ERR_OK);
	assert_int_equal(checkpoint.size, 12);
	/* Alone they are no signature by the ledger. */
	assert_refused(str_format(arena, "%.*s%s", STR_ARG(str_slice(note, 0, text_size)), witness),
		ERR_TAMPERED, "it bears no signature by");
	assert_refused(str_format(arena, "%.*sno signature line\n", STR_ARG(note)), ERR_TAMPERED,
		"a signature line is wrong");
	assert_refused(str_format(arena, "%.*s" DASH "witness.example\n", STR_ARG(note)), ERR_TAMPERED,
		"a signature line is wrong");
	assert_refused(str_format(arena, "%.*s" DASH "witness.example AAAA\n", STR_ARG(note)), ERR_TAMPERED,
		"a signature line is wrong");
}

static void two_signatures_by_one_key_are_refused(void **state)
{
	struct checkpoint other = sample_checkpoint(sample, 11);
	struct str line = str_slice(note, str_find(note, STR(DASH)), note.size),
		   other_note = checkpoint_sign(arena, &other, &sample->key, sample->signer);

	(void)state;
	assert_refused(
		str_format(arena, "%.*s%.*s", STR_ARG(note), STR_ARG(line)), ERR_TAMPERED, "more than one");
	/* A good one doesn't make up for a wrong one. */
	assert_refused(
		str_format(arena, "%.*s%.*s", STR_ARG(note),
			STR_ARG(str_slice(other_note, str_find(other_note, STR(DASH)), other_note.size))),
		ERR_TAMPERED, "a signature line is wrong");
}

static void more_lines_than_anybody_needs_are_refused(void **state)
{
	struct buf buf = buf_new(arena);
	struct checkpoint checkpoint;

	(void)state;
	buf_put(&buf, note);
	for (int i = 1; i < 64; i++)
		buf_puts(&buf, DASH "w AAAAAAAA\n");
	assert_int_equal(checkpoint_open(arena, buf_str(&buf), &sample->key, &checkpoint, NULL), ERR_OK);
	buf_puts(&buf, DASH "w AAAAAAAA\n");
	assert_refused(buf_str(&buf), ERR_TAMPERED, "a signature line is wrong");
}

/* ---- the signer's promise ---- */

static void a_signer_never_takes_back_what_it_signed(void **state)
{
	struct checkpoint none = {.size = 0}, eleven = sample_checkpoint(sample, 11),
			  twelve = sample_checkpoint(sample, 12), other = twelve;
	struct bh_err err;

	(void)state;
	other.root.bytes[31] ^= 1;
	assert_int_equal(checkpoint_may_follow(&none, &none, &err), ERR_OK);
	assert_int_equal(checkpoint_may_follow(&none, &twelve, &err), ERR_OK);
	assert_int_equal(checkpoint_may_follow(&eleven, &twelve, &err), ERR_OK);
	assert_int_equal(checkpoint_may_follow(&twelve, &twelve, &err), ERR_OK);
	assert_int_equal(checkpoint_may_follow(&twelve, &eleven, &err), ERR_TAMPERED);
	assert_non_null(strstr(err.text, "was an old copy restored?"));
	assert_int_equal(checkpoint_may_follow(&twelve, &none, &err), ERR_TAMPERED);
	assert_int_equal(checkpoint_may_follow(&twelve, &other, &err), ERR_TAMPERED);
	assert_non_null(strstr(err.text, "another root was signed before"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_printed_as_others_print_it),
		cmocka_unit_test(a_note_of_another_program_is_verified),
		cmocka_unit_test(a_key_that_was_not_copied_whole_is_refused),
		cmocka_unit_test(a_name_has_no_white_space_and_no_plus),
		cmocka_unit_test(a_checkpoint_is_three_lines_and_a_signature),
		cmocka_unit_test(a_note_with_any_changed_bit_is_refused),
		cmocka_unit_test(a_note_of_another_form_is_no_checkpoint),
		cmocka_unit_test(a_foreign_key_opens_nothing),
		cmocka_unit_test(a_note_of_another_origin_is_refused),
		cmocka_unit_test(lines_of_witnesses_are_let_stand),
		cmocka_unit_test(two_signatures_by_one_key_are_refused),
		cmocka_unit_test(more_lines_than_anybody_needs_are_refused),
		cmocka_unit_test(a_signer_never_takes_back_what_it_signed),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
