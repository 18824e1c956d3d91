#include "definitions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <glob.h>
#include <sys/stat.h>

#include <cmocka.h>

struct str text_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf buf = buf_new(arena);
	char piece[65536];
	size_t size;

	if (file == NULL)
		return STR_NONE;
	while ((size = fread(piece, 1, sizeof piece, file)) > 0)
		buf_put(&buf, (struct str){piece, size});
	fclose(file);
	return buf_str(&buf);
}

void text_write(const char *path, struct str text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text.data, 1, text.size, file), text.size);
	assert_int_equal(fclose(file), 0);
}

const char **names_in(struct arena *arena, const char *folder, const char *ending, size_t *ret_count)
{
	glob_t found;
	const char **names;

	*ret_count = 0;
	if (glob(str_format(arena, "%s/*%s", folder, ending).data, 0, NULL, &found) != 0)
		return NULL;
	names = ARENA_TAKE(arena, found.gl_pathc, const char *);
	for (size_t i = 0; i < found.gl_pathc; i++)
		names[i] = str_copy(arena, str_from(strrchr(found.gl_pathv[i], '/') + 1)).data;
	*ret_count = found.gl_pathc;
	globfree(&found);
	return names;
}

/* ---- a small institution ---- */

static struct str word(struct str *rest)
{
	struct str part = STR_NONE;

	*rest = str_trim(*rest);
	if (!str_cut(rest, ' ', &part))
		return STR_NONE;
	return part;
}

static void add_unit(struct org *org, struct str rest)
{
	struct unit unit = {.id = (int64_t)org_unit_count(org) + 1,
		.kind = STR("department"),
		.since = DAY_NONE,
		.until = DAY_NONE};

	unit.code = unit.name = word(&rest);
	for (struct str way; (way = word(&rest)).size > 0;) {
		if (str_is(way, "under")) {
			unit.parent = org_unit_by_code(org, word(&rest))->id;
		} else {
			assert_true(str_is(way, "led") && str_is(word(&rest), "by"));
			unit.leader = org_post_by_code(org, word(&rest))->id;
		}
	}
	assert_int_equal(org_unit_may(org, &unit, NULL), ERR_OK);
	org_unit_set(org, &unit);
}

static void add_post(struct org *org, struct str rest)
{
	struct post post = {.id = (int64_t)org_post_count(org) + 1, .until = DAY_NONE};

	post.code = post.title = word(&rest);
	assert_true(post_kind_parse(word(&rest), &post.kind));
	post.unit = org_unit_by_code(org, word(&rest))->id;
	assert_int_equal(org_post_may(org, &post, NULL), ERR_OK);
	org_post_set(org, &post);
}

static void add_function(struct org *org, struct str rest)
{
	struct function function = {.name = word(&rest)};
	struct str kind = word(&rest);

	if (str_is(kind, "unit"))
		function.unit = org_unit_by_code(org, word(&rest))->id;
	else
		function.post = org_post_by_code(org, word(&rest))->id;
	assert_int_equal(org_function_may(org, &function, NULL), ERR_OK);
	org_function_set(org, &function);
}

struct org *org_read(struct arena *arena, struct str text)
{
	struct org *org = org_new(arena);

	for (struct str line; str_cut(&text, '\n', &line);) {
		struct str what = word(&line);

		if (str_is(what, "unit"))
			add_unit(org, line);
		else if (str_is(what, "post"))
			add_post(org, line);
		else if (str_is(what, "function"))
			add_function(org, line);
		else
			assert_int_equal(what.size, 0);
	}
	return org;
}

/* ---- proofs ---- */

static void add_definition(struct arena *arena, struct proof *proof, const char *file, struct str text)
{
	const struct procedure *procedure = procedure_read(arena, str_from(file), text, &proof->findings);

	if (procedure == NULL)
		proof->complete = false;
	else
		proof->all.items[proof->all.count++] = procedure;
}

static void prove(struct proof *proof)
{
	procedures_prove(&proof->all, proof->complete, proof->org, (struct day){0}, &proof->findings);
}

struct proof proof_of(struct arena *arena, const char *path)
{
	struct proof proof = {.complete = true, .findings = findings_new(arena)};
	struct stat stat_of;
	const char **files;
	size_t count;

	assert_int_equal(stat(path, &stat_of), 0);
	if (!S_ISDIR(stat_of.st_mode))
		return proof_of_text(arena, strrchr(path, '/') + 1, text_read(arena, path));
	files = names_in(arena, path, ".yaml", &count);
	proof.all.items = ARENA_TAKE(arena, count + 1, const struct procedure *);
	for (size_t i = 0; i < count; i++)
		add_definition(arena, &proof, files[i],
			text_read(arena, str_format(arena, "%s/%s", path, files[i]).data));
	struct str org = text_read(arena, str_format(arena, "%s/org.txt", path).data);

	if (org.data != NULL)
		proof.org = org_read(arena, org);
	prove(&proof);
	return proof;
}

struct proof proof_of_text(struct arena *arena, const char *file, struct str text)
{
	struct proof proof = {.complete = true, .findings = findings_new(arena)};

	proof.all.items = ARENA_TAKE(arena, 1, const struct procedure *);
	add_definition(arena, &proof, file, text);
	prove(&proof);
	return proof;
}

struct str proof_print(struct arena *arena, const struct findings *findings)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < findings->count; i++) {
		buf_put(&buf, finding_print(arena, &findings->items[i]));
		buf_put_char(&buf, '\n');
	}
	if (findings->beyond > 0)
		buf_format(&buf, "and %zu more\n", findings->beyond);
	return buf_str(&buf);
}
