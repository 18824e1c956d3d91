/* test_vectors.c: both readers of JSON against the public test suites.
 *     test_vectors FOLDER */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vectors.h"

static struct arena *arena;
static struct str json_suite, canonical_suite;

/* What others must take and we refuse on purpose: two members of one name could be read two ways by two
 * readers, and a NUL ends a key in C. */
static const char *const refused_on_purpose[] = {"y_object_duplicated_key.json",
	"y_object_duplicated_key_and_value.json", "y_object_escaped_null_in_key.json"};

static bool is_refused_on_purpose(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(refused_on_purpose); i++)
		if (strcmp(name, refused_on_purpose[i]) == 0)
			return true;
	return false;
}

static void check_json_file(const char *name)
{
	struct str text = vector_read(arena, str_format(arena, "%.*s/%s", STR_ARG(json_suite), name).data);
	struct doc *tree, *canonical;
	struct bh_err err = {.text = "taken"};
	bool taken = doc_read(arena, text, &tree, &err) == ERR_OK;

	if (name[0] == 'n' ? taken : name[0] == 'y' && taken == is_refused_on_purpose(name))
		fail_msg("%s: %s", name, err.text);
	/* The canonical form is JSON, and has no second form. */
	if (doc_read_canonical(arena, text, &canonical, &err) != ERR_OK)
		return;
	if (!taken || !doc_equal(tree, canonical) || !str_equal(doc_print(arena, canonical), text))
		fail_msg("%s is taken as canonical", name);
}

static void the_318_files_are_taken_or_refused_as_they_must_be(void **state)
{
	DIR *folder = opendir(json_suite.data);
	int count = 0;

	(void)state;
	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
		if (strstr(entry->d_name, ".json") != NULL) {
			check_json_file(entry->d_name);
			count++;
		}
	closedir(folder);
	assert_int_equal(count, 318);
}

static struct doc *read_input(const char *name)
{
	struct str path = str_format(arena, "%.*s/input/%s.json", STR_ARG(canonical_suite), name);
	struct doc *tree;

	assert_int_equal(doc_read(arena, vector_read(arena, path.data), &tree, NULL), ERR_OK);
	return tree;
}

static struct str read_output(const char *name)
{
	return vector_read(
		arena, str_format(arena, "%.*s/output/%s.json", STR_ARG(canonical_suite), name).data);
}

static void assert_within(const char *name, const struct doc *part)
{
	struct str printed = doc_print(arena, part);

	if (str_find(read_output(name), printed) == SIZE_MAX)
		fail_msg("%s: %.*s", name, STR_ARG(printed));
}

/* RFC 8785 knows any key and real numbers; our form is the part of it without them. */
static void our_form_is_the_jcs_form_where_both_exist(void **state)
{
	static const char *const beyond[] = {"french", "structures", "unicode", "values", "weird"};
	struct doc *tree, *weird = read_input("weird");

	(void)state;
	assert_true(str_equal(doc_print(arena, read_input("arrays")), read_output("arrays")));
	assert_int_equal(doc_read_canonical(arena, read_output("arrays"), &tree, NULL), ERR_OK);
	assert_within("values", doc_get(read_input("values"), "string"));
	assert_within("values", doc_get(read_input("values"), "literals"));
	assert_int_equal(weird->count, 9);
	for (size_t i = 0; i < weird->count; i++) {
		assert_within("weird", &weird->items[i]);
		/* The keys are texts too, and written alike. */
		assert_within("weird", doc_text(arena, weird->keys[i]));
	}
	for (size_t i = 0; i < ARRAY_COUNT(beyond); i++)
		assert_int_equal(doc_read_canonical(arena, read_output(beyond[i]), &tree, NULL), ERR_INVALID);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_318_files_are_taken_or_refused_as_they_must_be),
		cmocka_unit_test(our_form_is_the_jcs_form_where_both_exist),
	};

	if (argc != 2)
		return 2;
	arena = arena_new();
	json_suite = vectors_find(arena, argv[1], "jsontestsuite/test_parsing");
	canonical_suite = vectors_find(arena, argv[1], "jcs/testdata");
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(arena);
	return failed;
}
