/* read.c: from the YAML tree to the definition, by the tables of keys.c. */
#include "procedure/read.h"

#include "base/words.h"

#include <string.h>

#define NAME_MAX_BYTES 64

static const struct key *find_key(const struct keys *keys, struct str name)
{
	for (size_t i = 0; i < keys->count; i++)
		if (str_is(name, keys->rows[i].name))
			return &keys->rows[i];
	return NULL;
}

static const char *nearest_key(struct reader *reader, const struct keys *keys, struct str name)
{
	const char **names;

	if (findings_full(reader->findings))
		return NULL;
	names = ARENA_TAKE(reader->arena, keys->count, const char *);
	for (size_t i = 0; i < keys->count; i++)
		names[i] = keys->rows[i].name;
	return str_nearest(reader->arena, name, names, keys->count);
}

/* Is a key that isn't there written wrongly? Then that is the finding. */
static bool is_misspelt(
	struct reader *reader, const struct keys *keys, const struct yaml *map, const char *name)
{
	for (size_t i = 0; i < map->count; i++) {
		const char *nearest = find_key(keys, map->keys[i]->text) == NULL
					      ? nearest_key(reader, keys, map->keys[i]->text)
					      : NULL;

		if (nearest != NULL && strcmp(nearest, name) == 0)
			return true;
	}
	return false;
}

static void refuse_unknown(struct reader *reader, const struct keys *keys, const struct yaml *key)
{
	const char *nearest = nearest_key(reader, keys, key->text);

	SAY(reader, key->place, "%s has no key '%.*s'%s%s%s", keys->what,
		STR_ARG(str_slice(key->text, 0, 80)),
		nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
		nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
}

void read_map(struct reader *reader, const struct keys *keys, const struct yaml *map, void *into)
{
	if (map->kind != YAML_MAP) {
		SAY(reader, map->place, "%s is written as keys with values", keys->what);
		return;
	}
	for (size_t i = 0; i < map->count; i++)
		if (find_key(keys, map->keys[i]->text) == NULL)
			refuse_unknown(reader, keys, map->keys[i]);
	for (size_t i = 0; i < keys->count; i++) {
		const struct key *key = &keys->rows[i];
		const struct yaml *value = yaml_get(map, key->name);

		if (value == NULL) {
			if (key->required && !is_misspelt(reader, keys, map, key->name))
				SAY(reader, map->place, "%s needs the key '%s': %s", keys->what, key->name,
					key->help);
			continue;
		}
		if (key->place != 0)
			*(struct place *)((char *)into + key->place) = value->place;
		shape_readers[key->shape](reader, key, (char *)into + key->offset, value);
	}
}

static bool name_is_good(struct str name)
{
	if (name.size == 0 || name.size > NAME_MAX_BYTES || name.data[0] < 'a' || name.data[0] > 'z')
		return false;
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return true;
}

static void check_name(struct reader *reader, const struct yaml *name)
{
	if (!name_is_good(name->text))
		SAY(reader, name->place,
			"'%.*s' is no name: small letters, digits and _, a letter first, at most 64",
			STR_ARG(str_slice(name->text, 0, 80)));
}

/* Every named thing begins with its name and its place. */
struct named {
	struct str name;
	struct place place;
};
static_assert(offsetof(struct role, name) == 0 && offsetof(struct role, place) == sizeof(struct str),
	"a named thing");
static_assert(offsetof(struct field, place) == sizeof(struct str), "a named thing");
static_assert(offsetof(struct state, place) == sizeof(struct str), "a named thing");
static_assert(offsetof(struct action, place) == sizeof(struct str), "a named thing");
static_assert(offsetof(struct duty_rule, place) == sizeof(struct str), "a named thing");
static_assert(offsetof(struct request_rule, place) == sizeof(struct str), "a named thing");

void *read_named(struct reader *reader, const char *what, const struct yaml *map, size_t most, size_t size,
	size_t *ret_count)
{
	*ret_count = 0;
	if (map->kind != YAML_MAP) {
		SAY(reader, map->place, "%s are written as names with their keys", what);
		return NULL;
	}
	if (map->count > most) {
		SAY(reader, map->place, "%zu %s, more than the %zu that a definition may have", map->count,
			what, most);
		return NULL;
	}
	char *items = arena_take(reader->arena, map->count + 1, size);

	for (size_t i = 0; i < map->count; i++) {
		struct named *named = (struct named *)(void *)(items + i * size);

		check_name(reader, map->keys[i]);
		named->name = map->keys[i]->text;
		named->place = map->keys[i]->place;
	}
	*ret_count = map->count;
	return items;
}

bool read_is_text(struct reader *reader, const struct yaml *value, const char *what)
{
	if (value->kind == YAML_TEXT)
		return true;
	SAY(reader, value->place, "%s is one word or text, not a list or keys", what);
	return false;
}

int read_word(struct reader *reader, const struct yaml *value, const char *const *words, size_t count,
	const char *what)
{
	struct buf all = buf_new(reader->arena);

	if (!read_is_text(reader, value, what))
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (str_is(value->text, words[i]))
			return (int)i;
		buf_format(&all, "%s%s", i == 0 ? "" : i == count - 1 ? " or " : ", ", words[i]);
	}
	SAY(reader, value->place, "'%.*s' is no %s: write %.*s", STR_ARG(str_slice(value->text, 0, 80)), what,
		STR_ARG(buf_str(&all)));
	return -1;
}

int read_reference(struct reader *reader, const struct yaml *value, const void *items, size_t count,
	size_t size, const char *what)
{
	const char *base = items, **names, *nearest = NULL;

	if (!read_is_text(reader, value, what))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (str_equal(((const struct named *)(const void *)(base + i * size))->name, value->text))
			return (int)i;
	if (!findings_full(reader->findings)) {
		names = ARENA_TAKE(reader->arena, count + 1, const char *);
		for (size_t i = 0; i < count; i++)
			names[i] = ((const struct named *)(const void *)(base + i * size))->name.data;
		nearest = str_nearest(reader->arena, value->text, names, count);
	}
	SAY_W1(reader, value->place, "there is no %s '%.*s'%s%s%s", what,
		STR_ARG(str_slice(value->text, 0, 80)),
		nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
		nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
	return -1;
}

const struct procedure *procedure_read(
	struct arena *arena, struct str file, struct str text, struct findings *findings)
{
	size_t before = findings->count;
	struct procedure *procedure = ARENA_TAKE(arena, 1, struct procedure);
	struct reader reader = {
		.arena = arena, .file = str_copy(arena, file), .findings = findings, .procedure = procedure};

	if (text.size > PROCEDURE_TEXT_MAX) {
		findings_add(findings, "format", reader.file, (struct place){1, 1}, STR_NONE,
			"the file has %zu bytes, more than the %zu that a definition may have", text.size,
			PROCEDURE_TEXT_MAX);
		return NULL;
	}
	*procedure = (struct procedure){
		.file = reader.file,
		.text = str_copy(arena, text),
		.start = -1,
		.eligibility = {.candidate = -1, .post = -1},
		.effect = {.person = -1, .unit = -1, .until = -1},
		.letters = {.about = -1},
		.covers = {.unit = -1, .always = SUPERVISION_COUNT, .kind = -1, .begun_on = -1},
		.meeting = {.members = -1},
		.check_in = {.by = -1, .on = -1, .into = -1, .expected = -1, .of = -1},
		.lamp = {.yellow_days = 3, .yellow_behind = 10, .red_behind = 30},
		.answer_within = {.amount = 5, .unit = TERM_WORKING_DAYS},
	};
	const struct yaml *root = yaml_tree(arena, reader.file, procedure->text, findings);

	if (root == NULL)
		return NULL;
	for (int part = 0; part < MEETING_PART_COUNT; part++)
		procedure->meeting.fields[part] = -1;
	for (int part = 0; part < STUDY_PART_COUNT; part++)
		procedure->study.fields[part] = -1;
	for (int part = 0; part < COUNT_PART_COUNT; part++)
		procedure->counts_as.fields[part] = -1;
	for (int part = 0; part < FROM_ABOVE_PART_COUNT; part++)
		procedure->from_above.fields[part] = -1;
	read_map(&reader, &procedure_keys, root, procedure);
	if (findings->count == before)
		read_whole_check(&reader);
	findings_sort(findings);
	return findings->count == before ? procedure : NULL;
}
