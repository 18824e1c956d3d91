#include "exchange/institution.h"

#include "base/words.h"
#include "exchange/file.h"
#include "procedure/yaml_tree.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define TABLE_SIZE_MAX ((size_t)64 * 1024 * 1024)

struct folder {
	struct arena *arena;
	const char *dir;
	struct findings *findings;
	struct institution_folder *institution;
	struct str file; /* the one being read, for its findings */
	struct bh_err *reterr;
};

static const char *path_in(const struct folder *folder, const char *name)
{
	return str_format(folder->arena, "%s/%s", folder->dir, name).data;
}

#define SAY(folder, at, ...)                                                                                 \
	findings_add((folder)->findings, "format", (folder)->file, (at), STR_NONE, __VA_ARGS__)

/* ---- institution.yaml ---- */

static void read_relations(struct folder *folder, const struct yaml *value);
static void read_functions(struct folder *folder, const struct yaml *value);

/* A text that must be there; "" after a finding. */
static struct str read_text(struct folder *folder, const struct yaml *value, const char *key)
{
	if (value->kind == YAML_TEXT && str_trim(value->text).size > 0)
		return value->text;
	SAY(folder, value->place, "'%s' must be a text", key);
	return STR("");
}

static void read_name(struct folder *folder, const struct yaml *value)
{
	struct str name = read_text(folder, value, "institution");

	for (size_t i = 0; i < name.size; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", name.data[i]) == NULL || name.size > 64) {
			SAY(folder, value->place,
				"'%.*s' is no name: small letters, digits and -, at most 64", STR_ARG(name));
			return;
		}
	folder->institution->name = name;
}

static struct label read_label(struct folder *folder, const struct yaml *value, const char *key)
{
	struct label label = {STR(""), STR("")};

	if (value->kind == YAML_TEXT)
		return (struct label){.zh = value->text, .en = STR("")};
	if (value->kind != YAML_MAP)
		SAY(folder, value->place, "'%s' must be {zh: …, en: …}", key);
	for (size_t i = 0; value->kind == YAML_MAP && i < value->count; i++) {
		if (str_is(value->keys[i]->text, "zh"))
			label.zh = read_text(folder, value->items[i], "zh");
		else if (str_is(value->keys[i]->text, "en"))
			label.en = read_text(folder, value->items[i], "en");
		else
			SAY(folder, value->keys[i]->place, "'%s' has zh and en, not '%.*s'", key,
				STR_ARG(value->keys[i]->text));
	}
	return label;
}

static void read_title(struct folder *folder, const struct yaml *value)
{
	folder->institution->title = read_label(folder, value, "title");
}

/* The form of the ledger's name: what stands in a signed note before the key. */
static void read_origin(struct folder *folder, const struct yaml *value)
{
	struct str origin = read_text(folder, value, "origin");

	for (size_t i = 0; i < origin.size; i++)
		if ((unsigned char)origin.data[i] <= ' ' || origin.data[i] == '+') {
			SAY(folder, value->place,
				"an origin has no blanks and no plus sign: host/institution");
			return;
		}
	folder->institution->origin = origin;
}

/* "+08:00" */
static void read_time_zone(struct folder *folder, const struct yaml *value)
{
	struct str text = read_text(folder, value, "time_zone");
	int64_t hours, minutes;
	bool formed = text.size == 6 && (text.data[0] == '+' || text.data[0] == '-') && text.data[3] == ':' &&
		      str_to_int(str_slice(text, 1, 2), &hours) &&
		      str_to_int(str_slice(text, 4, 2), &minutes) && hours >= 0 && hours <= 14 &&
		      minutes >= 0 && minutes < 60;

	if (!formed) {
		SAY(folder, value->place, "'%.*s' is no offset from UTC: write it like \"+08:00\"",
			STR_ARG(text));
		return;
	}
	int offset = (int)(hours * 60 + minutes);

	folder->institution->offset_minutes = text.data[0] == '-' ? -offset : offset;
}

static void read_calendar(struct folder *folder, const struct yaml *value)
{
	if (!str_is(read_text(folder, value, "calendar"), "china"))
		SAY(folder, value->place,
			"the calendar that is shipped is 'china'; lay days of your own over it with bihuan "
			"import DIR calendar");
}

static const struct row {
	const char *key;
	bool required;
	void (*read)(struct folder *folder, const struct yaml *value);
} rows[] = {
	{"institution", true, read_name},
	{"title", true, read_title},
	{"origin", true, read_origin},
	{"time_zone", true, read_time_zone},
	{"calendar", false, read_calendar},
	{"functions", false, NULL}, /* once the units and posts are there */
	{"relations", false, read_relations},
};

static void unknown_key(struct folder *folder, const struct yaml *key)
{
	const char *names[ARRAY_COUNT(rows)];

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		names[i] = rows[i].key;
	const char *nearest = str_nearest(folder->arena, key->text, names, ARRAY_COUNT(rows));

	SAY(folder, key->place, "an institution has no '%.*s'%s%s%s", STR_ARG(key->text),
		nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
		nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
}

static void read_head(struct folder *folder, const struct yaml *root)
{
	if (root->kind != YAML_MAP) {
		SAY(folder, root->place, "an institution is a list of keys, each with its value");
		return;
	}
	for (size_t i = 0; i < root->count; i++) {
		bool known = false;

		for (size_t j = 0; j < ARRAY_COUNT(rows); j++)
			known = known || str_is(root->keys[i]->text, rows[j].key);
		if (!known)
			unknown_key(folder, root->keys[i]);
	}
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const struct yaml *value = yaml_get(root, rows[i].key);

		if (value != NULL && rows[i].read != NULL)
			rows[i].read(folder, value);
		else if (value == NULL && rows[i].required)
			SAY(folder, root->place, "'%s' is missing", rows[i].key);
	}
}

/* How one matter may be related to another: names with their labels. */
static void read_relations(struct folder *folder, const struct yaml *value)
{
	if (value->kind != YAML_MAP)
		SAY(folder, value->place, "'relations' must be a map: name: {zh: …, en: …}");
	for (size_t i = 0; value->kind == YAML_MAP && i < value->count; i++) {
		struct label label = read_label(folder, value->items[i], value->keys[i]->text.data);
		struct org_row row = {.table = ORG_RELATIONS,
			.as.relation = {.name = value->keys[i]->text, .zh = label.zh, .en = label.en}};
		struct bh_err why;
		char both[ERR_BOTH_SIZE];

		if (org_row_set(folder->institution->org, &row, &folder->institution->rows, &why) != ERR_OK)
			SAY(folder, value->keys[i]->place, "%s", err_both(&why, both));
	}
}

static const char *nearest_code(struct folder *folder, struct str code, bool post)
{
	const struct org *org = folder->institution->org;
	size_t count = post ? org_post_count(org) : org_unit_count(org);
	const char **names = ARENA_TAKE(folder->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++)
		names[i] = post ? org_post_at(org, i)->code.data : org_unit_at(org, i)->code.data;
	return str_nearest(folder->arena, code, names, count);
}

/* function: UNIT, or function: {post: POST} */
static void read_function(struct folder *folder, const struct yaml *name, const struct yaml *value)
{
	const struct yaml *post = yaml_get(value, "post");
	const struct yaml *code = post != NULL ? post : value;
	struct org_row row = {.table = ORG_FUNCTIONS, .as.function = {.name = name->text}};
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (value->kind == YAML_MAP && (value->count != 1 || post == NULL)) {
		SAY(folder, value->place, "give the function to a unit by its code, or to {post: CODE}");
		return;
	}
	struct str text = read_text(folder, code, "function");
	const struct unit *unit = org_unit_by_code(folder->institution->org, text);
	const struct post *found = org_post_by_code(folder->institution->org, text);

	if (text.size == 0)
		return;
	if (post != NULL ? found == NULL : unit == NULL) {
		const char *nearest = nearest_code(folder, text, post != NULL);

		SAY(folder, code->place, "there is no %s '%.*s'%s%s%s",
			post != NULL ? WORDS_BOTH("岗位", "post") : WORDS_BOTH("单位", "unit"), STR_ARG(text),
			nearest != NULL ? WORDS_BOTH(";是否应为“", "; did you mean '") : "",
			nearest != NULL ? nearest : "", nearest != NULL ? WORDS_BOTH("”?", "'?") : "");
		return;
	}
	row.as.function.unit = post != NULL ? 0 : unit->id;
	row.as.function.post = post != NULL ? found->id : 0;
	if (org_row_set(folder->institution->org, &row, &folder->institution->rows, &why) != ERR_OK)
		SAY(folder, name->place, "%s", err_both(&why, both));
}

static void read_functions(struct folder *folder, const struct yaml *value)
{
	if (value->kind != YAML_MAP)
		SAY(folder, value->place, "'functions' must be a map: function: unit");
	for (size_t i = 0; value->kind == YAML_MAP && i < value->count; i++)
		read_function(folder, value->keys[i], value->items[i]);
}

/* ---- the tables ---- */

static enum err read_table(struct folder *folder, const char *name, enum org_table table)
{
	const char *path = path_in(folder, name);
	struct csv_errors errors = csv_errors_new(folder->arena, str_from(path));
	struct str text;

	TRY(file_read(folder->arena, path, TABLE_SIZE_MAX, &text, folder->reterr));
	const struct csv_table *csv = csv_read(folder->arena, text, &errors);

	/* The links come from the units' file, whose form was judged when it was read first. */
	if (table == ORG_UNIT_LINKS)
		errors.count = 0;
	if (csv != NULL)
		org_table_read(folder->institution->org, table, csv, &folder->institution->rows, &errors);
	for (size_t i = 0; i < errors.count; i++)
		findings_add(folder->findings, "format", errors.file,
			(struct place){(int)errors.items[i].line,
				errors.items[i].column > 0 ? (int)errors.items[i].column : 1},
			STR_NONE, "%.*s", STR_ARG(errors.items[i].text));
	return ERR_OK;
}

static enum err read_tables(struct folder *folder)
{
	static const struct {
		const char *name;
		enum org_table table;
	} tables[] = {
		{"units.csv", ORG_UNITS},
		{"posts.csv", ORG_POSTS},
		{"units.csv", ORG_UNIT_LINKS},
		{"people.csv", ORG_PEOPLE},
		{"tenures.csv", ORG_TENURES},
	};

	for (size_t i = 0; i < ARRAY_COUNT(tables); i++)
		TRY(read_table(folder, tables[i].name, tables[i].table));
	return ERR_OK;
}

/* ---- definitions ---- */

enum err definitions_read(struct arena *arena, const char *dir, struct findings *findings,
	struct procedures *ret_procedures, size_t *ret_files, struct bh_err *reterr)
{
	struct str *names;
	size_t count;

	TRY(folder_list(arena, dir, ".yaml", &names, &count, reterr));
	ret_procedures->items = ARENA_TAKE(arena, count + 1, const struct procedure *);
	ret_procedures->count = 0;
	for (size_t i = 0; i < count; i++) {
		struct str path = str_format(arena, "%s/%.*s", dir, STR_ARG(names[i])), text;

		TRY(file_read(arena, path.data, PROCEDURE_TEXT_MAX, &text, reterr));
		const struct procedure *procedure = procedure_read(arena, path, text, findings);

		if (procedure == NULL)
			continue;
		if (procedures_find(ret_procedures, procedure->name) != NULL)
			findings_add(findings, "format", path, procedure->place, STR_NONE,
				"another file defines %.*s already: a procedure stands in one file",
				STR_ARG(procedure->name));
		else
			ret_procedures->items[ret_procedures->count++] = procedure;
	}
	*ret_files = count;
	return ERR_OK;
}

/* ---- the whole ---- */

bool institution_is_there(struct arena *arena, const char *dir)
{
	struct stat found;

	return stat(str_format(arena, "%s/institution.yaml", dir).data, &found) == 0 &&
	       S_ISREG(found.st_mode);
}

enum err institution_read(struct arena *arena, const char *dir, struct findings *findings,
	struct institution_folder *ret_institution, struct bh_err *reterr)
{
	struct folder folder = {.arena = arena,
		.dir = dir,
		.findings = findings,
		.institution = ret_institution,
		.reterr = reterr};
	struct str text;

	*ret_institution = (struct institution_folder){.org = org_new(arena), .rows = {.arena = arena}};
	folder.file = str_from(path_in(&folder, "institution.yaml"));
	TRY(file_read(arena, folder.file.data, PROCEDURE_TEXT_MAX, &text, reterr));
	const struct yaml *root = yaml_tree(arena, folder.file, text, findings);

	if (root != NULL)
		read_head(&folder, root);
	TRY(read_tables(&folder));
	if (yaml_get(root, "functions") != NULL)
		read_functions(&folder, yaml_get(root, "functions"));
	TRY(definitions_read(arena, path_in(&folder, "procedures"), findings, &ret_institution->procedures,
		&ret_institution->definition_files, reterr));
	findings_sort(findings);
	return ERR_OK;
}
