/* test_institution.c: every institution that is shipped is sound, as a whole and with its own units and
 * posts.
 *
 *     test_institution ROOT
 *     test_institution --time FOLDER     how long reading and proving it takes */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <glob.h>

#include <cmocka.h>

#include "definitions.h"
#include "exchange/institution.h"

static const char *root;

static struct findings prove(
	struct arena *arena, const char *folder, struct institution_folder *ret_institution)
{
	struct findings findings = findings_new(arena);
	struct bh_err why;

	if (institution_read(arena, folder, &findings, ret_institution, &why) != ERR_OK)
		fail_msg("%s: %s", why.place, why.text);
	procedures_prove(&ret_institution->procedures, findings.count == 0, ret_institution->org,
		(struct day){0}, &findings);
	return findings;
}

static void each_shipped_institution_is_sound(void **state)
{
	struct arena *arena = arena_new();
	glob_t found;

	(void)state;
	assert_int_equal(
		glob(str_format(arena, "%s/institutions/*/institution.yaml", root).data, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct institution_folder institution;
		const char *end = strrchr(found.gl_pathv[i], '/');
		struct str folder = {found.gl_pathv[i], (size_t)(end - found.gl_pathv[i])};
		struct findings findings = prove(arena, str_copy(arena, folder).data, &institution);

		assert_true(institution.procedures.count > 0);
		if (findings.count > 0)
			fail_msg("%.*s", STR_ARG(proof_print(arena, &findings)));
	}
	globfree(&found);
	arena_free(arena);
}

static double milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int time_it(const char *folder)
{
	for (int i = 0; i < 5; i++) {
		struct arena *arena = arena_new();
		struct findings findings = findings_new(arena);
		struct institution_folder institution;
		struct bh_err why;
		double begin = milliseconds(), read;

		if (institution_read(arena, folder, &findings, &institution, &why) != ERR_OK)
			return 1;
		read = milliseconds();
		procedures_prove(&institution.procedures, findings.count == 0, institution.org,
			(struct day){0}, &findings);
		printf("%zu procedures, %zu units, %zu posts: read %.1f ms, proved %.1f ms, %zu findings, "
		       "%.1f MB\n",
			institution.procedures.count, org_unit_count(institution.org),
			org_post_count(institution.org), read - begin, milliseconds() - read, findings.count,
			(double)arena_used(arena) / 1e6);
		if (i == 0 && findings.count > 0)
			printf("%s", proof_print(arena, &findings).data);
		arena_free(arena);
	}
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_shipped_institution_is_sound),
	};

	if (argc > 2 && strcmp(argv[1], "--time") == 0)
		return time_it(argv[2]);
	if (argc < 2)
		return 2;
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
