/* test_refused.c: every definition under refused/ is refused with exactly the messages kept beside it.
 *
 *     test_refused ROOT              one test for each case; UPDATE_REFUSED=1 renews the kept messages
 *     test_refused --prove PATH…     the findings of files and folders, for looking
 *
 * A case is NAME.yaml, or a folder NAME with several definitions and maybe an org.txt; its messages are in
 * NAME.txt. Cases too large to keep are made here and have their NAME.txt too. */
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

static const char *folder;

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

/* ---- the cases ---- */

static struct proof proof_of_case(struct arena *arena, const char *name)
{
	struct str path = str_format(arena, "%s/%s.yaml", folder, name);
	struct stat stat_of;

	for (size_t i = 0; i < ARRAY_COUNT(made_rows); i++)
		if (strcmp(made_rows[i].name, name) == 0) {
			struct buf buf = buf_new(arena);

			made_rows[i].make(&buf);
			return proof_of_text(arena, str_format(arena, "%s.yaml", name).data, buf_str(&buf));
		}
	if (stat(path.data, &stat_of) != 0)
		path = str_format(arena, "%s/%s", folder, name);
	return proof_of(arena, path.data);
}

static void is_refused_as_kept(void **state)
{
	const char *name = *state;
	struct arena *arena = arena_new();
	struct str kept_path = str_format(arena, "%s/%s.txt", folder, name);
	struct proof proof = proof_of_case(arena, name);
	struct str said = proof_print(arena, &proof.findings);

	assert_true(proof.findings.count > 0);
	assert_true(utf8_is_valid(said));
	if (getenv("UPDATE_REFUSED") != NULL)
		text_write(kept_path.data, said);
	struct str kept = text_read(arena, kept_path.data);

	if (!str_equal(said, kept))
		fail_msg(
			"%s is refused in other words than those kept:\n%.*s\nkept:\n%.*s"
			"When the new ones are right: UPDATE_REFUSED=1 meson test -C build procedure/refused",
			name, STR_ARG(str_slice(said, 0, 4000)), STR_ARG(str_slice(kept, 0, 4000)));
	arena_free(arena);
}

static void add_case(struct arena *arena, struct CMUnitTest *test, const char *name, size_t size)
{
	char *copy = (char *)str_copy(arena, (struct str){name, size}).data;

	*test = (struct CMUnitTest){copy, is_refused_as_kept, NULL, NULL, copy};
}

/* Files, folders and what is made here, each a test of its name. */
static struct CMUnitTest *list_cases(struct arena *arena, size_t *ret_count)
{
	size_t files, all, count = 0;
	const char **names = names_in(arena, folder, ".yaml", &files);
	const char **entries = names_in(arena, folder, "", &all);
	struct CMUnitTest *tests = ARENA_TAKE(arena, all + ARRAY_COUNT(made_rows) + 1, struct CMUnitTest);

	for (size_t i = 0; i < files; i++)
		add_case(arena, &tests[count++], names[i], strlen(names[i]) - strlen(".yaml"));
	for (size_t i = 0; i < all; i++)
		if (strchr(entries[i], '.') == NULL)
			add_case(arena, &tests[count++], entries[i], strlen(entries[i]));
	for (size_t i = 0; i < ARRAY_COUNT(made_rows); i++)
		add_case(arena, &tests[count++], made_rows[i].name, strlen(made_rows[i].name));
	*ret_count = count;
	return tests;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct CMUnitTest *tests;
	size_t count;
	int failed;

	if (argc > 2 && strcmp(argv[1], "--prove") == 0)
		return prove_these(argc, argv);
	if (argc < 2)
		return 2;
	folder = str_format(arena, "%s/tests/procedure/refused", argv[1]).data;
	tests = list_cases(arena, &count);
	failed = _cmocka_run_group_tests("refused", tests, count, NULL, NULL);
	arena_free(arena);
	return failed;
}
