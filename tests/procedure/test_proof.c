/* test_proof.c: every definition under sound/ is sound, and every one under refused/ is refused with exactly
 * the messages kept beside it.
 *
 *     test_proof ROOT              one test for each case; UPDATE_REFUSED=1 renews the kept messages
 *     test_proof --prove PATH…     the findings of files and folders, for looking
 *
 * A case is NAME.yaml, or a folder NAME with several definitions and maybe an org.txt; what a refused one is
 * told is in NAME.txt. Cases too large to keep are made here and have their NAME.txt too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <cmocka.h>

#include "definitions.h"

static const char *sound, *refused;

static int prove_these(int argc, char **argv)
{
	struct arena *arena = arena_new();
	size_t count = 0;

	for (int i = 2; i < argc; i++) {
		struct proof proof = proof_of(arena, argv[i]);
		struct str said = proof_print(arena, &proof.findings);

		fwrite(said.data, 1, said.size, stdout);
		count += proof.findings.count;
	}
	printf("%zu findings\n", count);
	arena_free(arena);
	return count > 0;
}

/* ---- cases too large to keep ---- */

static void make_long_text(struct buf *buf)
{
	buf_puts(buf, "procedure: long\ntitle: {zh: 长, en: Long}\n");
	while (buf->size < 10 * 1024 * 1024)
		buf_puts(buf, "# 注释也算字节。A comment counts as bytes too, and these are ten megabytes of "
			      "it.\n");
}

static void make_many_states(struct buf *buf)
{
	buf_puts(buf, "procedure: many\ngrasp: rules\ntitle: {zh: 多, en: Many}\nnumber: \"{seq}\"\n");
	buf_puts(buf, "fields: {}\nroles: {}\nactions: {}\nduties: {}\nstates:\n");
	for (int i = 0; i < 10000; i++)
		buf_format(buf, "  s%d: {}\n", i);
}

static void make_deep_lists(struct buf *buf)
{
	buf_puts(buf, "procedure: ");
	for (int i = 0; i < 100000; i++)
		buf_put_char(buf, '[');
	buf_put_char(buf, '\n');
}

static void make_deep_maps(struct buf *buf)
{
	buf_puts(buf, "title: ");
	for (int i = 0; i < 50000; i++)
		buf_puts(buf, "{a: ");
	buf_put_char(buf, '\n');
}

static void make_deep_indents(struct buf *buf)
{
	for (int i = 0; i < 400; i++) {
		for (int k = 0; k < i; k++)
			buf_put_char(buf, ' ');
		buf_puts(buf, "a:\n");
	}
}

static void make_many_findings(struct buf *buf)
{
	buf_puts(buf, "procedure: wrong\n");
	for (int i = 0; i < 3000; i++)
		buf_format(buf, "key_%d: 1\n", i);
}

static void make_nul_bytes(struct buf *buf)
{
	buf_put(buf, STR("procedure: nul\ngrasp: ru\0les\n"));
}

static const struct made {
	const char *name;
	void (*make)(struct buf *buf);
} made_rows[] = {
	{"ten_megabytes", make_long_text},
	{"ten_thousand_states", make_many_states},
	{"deep_lists", make_deep_lists},
	{"deep_maps", make_deep_maps},
	{"deep_indents", make_deep_indents},
	{"three_thousand_wrong_keys", make_many_findings},
	{"nul_byte", make_nul_bytes},
};

/* As many ways through as a text can hold: 255 states, from each of which 500 actions lead everywhere. */
static void make_everything(struct buf *buf)
{
	buf_puts(buf,
		"procedure: everything\ngrasp: rules\ntitle: {zh: 大, en: Big}\nnumber: \"{year}{seq}\"\n");
	buf_puts(buf,
		"fields: {}\nroles: {a: {function: fa}, b: {function: fb}}\nstates:\n  s0: {start: true}\n");
	for (int i = 1; i < 255; i++)
		buf_format(buf, "  s%d: {}\n", i);
	buf_puts(buf, "  s255: {end: success}\nactions:\n");
	for (int i = 0; i < 500; i++) {
		buf_format(buf,
			"  a%d: {by: %s, to: s%d, fields: {r%d: {type: text, required: true}}, from: [s0", i,
			i % 2 == 0 ? "a" : "b", i / 2, i);
		for (int k = 1; k < 255; k++)
			buf_format(buf, ",s%d", k);
		buf_puts(buf, "]}\n");
	}
	buf_puts(buf, "duties:\n");
	for (int i = 0; i < 100; i++) {
		buf_format(buf, "  d%d: {bearer: %s, within: %d days, in: [s0", i, i % 2 == 0 ? "a" : "b",
			i + 1);
		for (int k = 1; k < 255; k++)
			buf_format(buf, ",s%d", k);
		buf_format(buf, "], discharged_by: [a%d", i % 2);
		for (int k = 2 + i % 2; k < 500; k += 2)
			buf_format(buf, ",a%d", k);
		buf_puts(buf, "]}\n");
	}
}

/* ---- the cases ---- */

static struct proof proof_in(struct arena *arena, const char *folder, const char *name)
{
	struct str path = str_format(arena, "%s/%s.yaml", folder, name);
	struct stat stat_of;

	if (stat(path.data, &stat_of) != 0)
		path = str_format(arena, "%s/%s", folder, name);
	return proof_of(arena, path.data);
}

/* Nobody reads what is wrong with it; but whoever sends one must not keep the others waiting. */
static void the_largest_definition_is_judged_to_the_end(void **state)
{
	struct arena *arena = arena_new();
	struct buf buf = buf_new(arena);
	struct proof proof;

	(void)state;
	make_everything(&buf);
	assert_in_range(buf.size, PROCEDURE_TEXT_MAX * 8 / 10, PROCEDURE_TEXT_MAX);
	proof = proof_of_text(arena, "everything.yaml", buf_str(&buf));
	assert_true(proof.complete);
	assert_true(findings_full(&proof.findings));
	assert_true(proof.findings.beyond > 0);
	arena_free(arena);
}

static void is_sound(void **state)
{
	struct arena *arena = arena_new();
	struct proof proof = proof_in(arena, sound, *state);

	assert_true(proof.all.count > 0);
	if (proof.findings.count > 0)
		fail_msg("%.*s", STR_ARG(proof_print(arena, &proof.findings)));
	arena_free(arena);
}

static struct proof proof_of_refused(struct arena *arena, const char *name)
{

	for (size_t i = 0; i < ARRAY_COUNT(made_rows); i++)
		if (strcmp(made_rows[i].name, name) == 0) {
			struct buf buf = buf_new(arena);

			made_rows[i].make(&buf);
			return proof_of_text(arena, str_format(arena, "%s.yaml", name).data, buf_str(&buf));
		}
	return proof_in(arena, refused, name);
}

static void is_refused_as_kept(void **state)
{
	const char *name = *state;
	struct arena *arena = arena_new();
	struct str kept_path = str_format(arena, "%s/%s.txt", refused, name);
	struct proof proof = proof_of_refused(arena, name);
	struct str said = proof_print(arena, &proof.findings);

	assert_true(proof.findings.count > 0);
	assert_true(utf8_is_valid(said));
	if (getenv("UPDATE_REFUSED") != NULL)
		text_write(kept_path.data, said);
	struct str kept = text_read(arena, kept_path.data);

	if (!str_equal(said, kept))
		fail_msg("%s is refused in other words than those kept:\n%.*s\nkept:\n%.*s"
			 "When the new ones are right: UPDATE_REFUSED=1 meson test -C build procedure/proof",
			name, STR_ARG(str_slice(said, 0, 4000)), STR_ARG(str_slice(kept, 0, 4000)));
	arena_free(arena);
}

struct cases {
	struct arena *arena;
	struct CMUnitTest *tests;
	size_t count, capacity;
};

static void add_case(struct cases *cases, CMUnitTestFunction function, const char *name, size_t size)
{
	char *copy = (char *)str_copy(cases->arena, (struct str){name, size}).data;

	*ARENA_PUSH(cases->arena, cases->tests, cases->count, cases->capacity) =
		(struct CMUnitTest){copy, function, NULL, NULL, copy};
}

/* Files and folders. */
static void add_folder(struct cases *cases, CMUnitTestFunction function, const char *folder)
{
	size_t files, all;
	const char **names = names_in(cases->arena, folder, ".yaml", &files);
	const char **entries = names_in(cases->arena, folder, "", &all);

	for (size_t i = 0; i < files; i++)
		add_case(cases, function, names[i], strlen(names[i]) - strlen(".yaml"));
	for (size_t i = 0; i < all; i++)
		if (strchr(entries[i], '.') == NULL)
			add_case(cases, function, entries[i], strlen(entries[i]));
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct cases cases = {.arena = arena};
	int failed;

	if (argc > 2 && strcmp(argv[1], "--prove") == 0)
		return prove_these(argc, argv);
	if (argc < 2)
		return 2;
	sound = str_format(arena, "%s/tests/procedure/sound", argv[1]).data;
	refused = str_format(arena, "%s/tests/procedure/refused", argv[1]).data;
	add_folder(&cases, is_sound, sound);
	add_folder(&cases, is_refused_as_kept, refused);
	for (size_t i = 0; i < ARRAY_COUNT(made_rows); i++)
		add_case(&cases, is_refused_as_kept, made_rows[i].name, strlen(made_rows[i].name));
	add_case(&cases, the_largest_definition_is_judged_to_the_end,
		"the largest definition is judged to the end", 43);
	failed = _cmocka_run_group_tests("proof", cases.tests, cases.count, NULL, NULL);
	arena_free(arena);
	return failed;
}
