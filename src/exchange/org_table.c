#include "exchange/org_table.h"

#include <string.h>

#define COLUMNS_MAX     8
#define SUGGESTIONS_MAX 100 /* errors of one file that get a "did you mean": the rest only repeat it */

/* ---- columns ---- */

static const struct csv_column unit_columns[] = {{"code", true}, {"name", true}, {"name_en", false},
	{"kind", false}, {"parent", false}, {"leader", false}};
static const struct csv_column post_columns[] = {{"code", true}, {"unit", true}, {"title", true},
	{"title_en", false}, {"kind", true}, {"rank", false}};
static const struct csv_column person_columns[] = {
	{"code", true}, {"name", true}, {"gender", false}, {"born", false}};
static const struct csv_column tenure_columns[] = {
	{"post", true}, {"person", true}, {"from", true}, {"until", false}, {"kind", false}, {"move", false}};
static const struct csv_column function_columns[] = {{"function", true}, {"unit", false}, {"post", false}};
static const struct csv_column delegation_columns[] = {
	{"from", true}, {"to", true}, {"since", true}, {"until", true}};

static const struct columns {
	const struct csv_column *items;
	size_t count;
} table_columns[ORG_TABLE_COUNT] = {
	[ORG_UNITS] = {unit_columns, ARRAY_COUNT(unit_columns)},
	[ORG_UNIT_LINKS] = {unit_columns, ARRAY_COUNT(unit_columns)},
	[ORG_POSTS] = {post_columns, ARRAY_COUNT(post_columns)},
	[ORG_PEOPLE] = {person_columns, ARRAY_COUNT(person_columns)},
	[ORG_TENURES] = {tenure_columns, ARRAY_COUNT(tenure_columns)},
	[ORG_FUNCTIONS] = {function_columns, ARRAY_COUNT(function_columns)},
	[ORG_DELEGATIONS] = {delegation_columns, ARRAY_COUNT(delegation_columns)},
};

const struct csv_column *org_table_columns(enum org_table table, size_t *ret_count)
{
	REQUIRE(table < ORG_TABLE_COUNT);
	*ret_count = table_columns[table].count;
	return table_columns[table].items;
}

/* ---- one row made true ---- */

/* A tenure is known by who, where, how and since when; a delegation by both persons and its first day. */
static const struct tenure *tenure_known(const struct org *org, const struct tenure *tenure)
{
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *other = org_tenure_at(org, i);

		if (other->post == tenure->post && other->person == tenure->person &&
			other->kind == tenure->kind && other->from.number == tenure->from.number)
			return other;
	}
	return NULL;
}

static const struct delegation *delegation_known(const struct org *org, const struct delegation *delegation)
{
	for (size_t i = 0; i < org_delegation_count(org); i++) {
		const struct delegation *other = org_delegation_at(org, i);

		if (other->from == delegation->from && other->to == delegation->to &&
			other->since.number == delegation->since.number)
			return other;
	}
	return NULL;
}

static const struct unit *unit_known(const struct org *org, const struct unit *unit)
{
	return org_unit_by_code(org, unit->code);
}

static const struct post *post_known(const struct org *org, const struct post *post)
{
	return org_post_by_code(org, post->code);
}

static const struct person *person_known(const struct org *org, const struct person *person)
{
	return org_person_by_code(org, person->code);
}

/* Compared as payloads: what is the same there makes no event. */
#define ROW_SET(noun)                                                                                        \
	static enum err noun##_row_set(                                                                      \
		struct org *org, struct org_row *row, struct org_rows *rows, struct bh_err *reterr)          \
	{                                                                                                    \
		struct noun *noun = &row->as.noun;                                                           \
		const struct noun *before = noun##_known(org, noun);                                         \
                                                                                                             \
		noun->id = before != NULL ? before->id : (int64_t)org_##noun##_count(org) + 1;               \
		if (before != NULL &&                                                                        \
			doc_equal(noun##_to_doc(rows->arena, noun), noun##_to_doc(rows->arena, before)))     \
			return ERR_OK;                                                                       \
		TRY(org_##noun##_may(org, noun, reterr));                                                    \
		org_##noun##_set(org, noun);                                                                 \
		*ARENA_PUSH(rows->arena, rows->items, rows->count, rows->capacity) = *row;                   \
		return ERR_OK;                                                                               \
	}

ROW_SET(unit)
ROW_SET(post)
ROW_SET(person)
ROW_SET(tenure)
ROW_SET(delegation)

static enum err function_row_set(
	struct org *org, struct org_row *row, struct org_rows *rows, struct bh_err *reterr)
{
	const struct function *function = &row->as.function, *before = org_function(org, function->name);

	if (before != NULL && before->unit == function->unit && before->post == function->post)
		return ERR_OK;
	TRY(org_function_may(org, function, reterr));
	org_function_set(org, function);
	*ARENA_PUSH(rows->arena, rows->items, rows->count, rows->capacity) = *row;
	return ERR_OK;
}

static enum err (*const row_setters[ORG_TABLE_COUNT])(
	struct org *org, struct org_row *row, struct org_rows *rows, struct bh_err *reterr) = {
	[ORG_UNITS] = unit_row_set,
	[ORG_UNIT_LINKS] = unit_row_set,
	[ORG_POSTS] = post_row_set,
	[ORG_PEOPLE] = person_row_set,
	[ORG_TENURES] = tenure_row_set,
	[ORG_FUNCTIONS] = function_row_set,
	[ORG_DELEGATIONS] = delegation_row_set,
};

enum err org_row_set(struct org *org, struct org_row *row, struct org_rows *rows, struct bh_err *reterr)
{
	REQUIRE(row->table < ORG_TABLE_COUNT);
	return row_setters[row->table](org, row, rows, reterr);
}

/* ---- cells ---- */

struct table_read {
	struct org *org;
	enum org_table table;
	struct org_rows *rows;
	struct csv_errors *errors;
	int at[COLUMNS_MAX]; /* where each of our columns stands in the file, -1: nowhere */
	const struct csv_row *row;
	bool bad; /* a cell of this row is wrong: it isn't set */
};

static struct str cell(const struct table_read *read, int column)
{
	return read->at[column] < 0 ? STR("") : read->row->cells[read->at[column]];
}

static void say(struct table_read *read, int column, const char *text, const char *nearest)
{
	size_t at = column < 0 || read->at[column] < 0 ? 1 : (size_t)read->at[column] + 1;

	csv_error_add(read->errors, read->row->line, at, "%s%s%s%s", text,
		nearest != NULL ? "; did you mean '" : "", nearest != NULL ? nearest : "",
		nearest != NULL ? "'?" : "");
	read->bad = true;
}

/* The id behind a code, 0 for an empty cell. */
#define CODE_READER(noun)                                                                                    \
	static const char *nearest_##noun(const struct table_read *read, struct str code)                    \
	{                                                                                                    \
		struct arena *arena = read->rows->arena;                                                     \
		size_t count = org_##noun##_count(read->org);                                                \
		const char **names = ARENA_TAKE(arena, count + 1, const char *);                             \
                                                                                                             \
		for (size_t i = 0; i < count; i++)                                                           \
			names[i] = org_##noun##_at(read->org, i)->code.data;                                 \
		return read->errors->count < SUGGESTIONS_MAX ? str_nearest(arena, code, names, count)        \
							     : NULL;                                         \
	}                                                                                                    \
	static int64_t read_##noun(struct table_read *read, int column)                                      \
	{                                                                                                    \
		struct str code = cell(read, column);                                                        \
		const struct noun *found = org_##noun##_by_code(read->org, code);                            \
                                                                                                             \
		if (code.size > 0 && found == NULL)                                                          \
			say(read, column,                                                                    \
				str_format(read->rows->arena, "there is no " #noun " '%.*s'", STR_ARG(code)) \
					.data,                                                               \
				nearest_##noun(read, code));                                                 \
		return found == NULL ? 0 : found->id;                                                        \
	}

CODE_READER(unit)
CODE_READER(post)
CODE_READER(person)

static struct day read_day(struct table_read *read, int column)
{
	struct str text = cell(read, column);
	struct day day = DAY_NONE;
	struct bh_err why;

	if (text.size > 0 && day_parse(text, &day, &why) != ERR_OK) {
		say(read, column, why.text, NULL);
		return DAY_NONE;
	}
	return day;
}

/* ---- rows ---- */

static void read_unit_row(struct table_read *read, struct org_row *row)
{
	struct unit *unit = &row->as.unit;
	const struct unit *before = org_unit_by_code(read->org, cell(read, 0)), *parent;

	*unit = (struct unit){.code = cell(read, 0),
		.name = cell(read, 1),
		.name_en = cell(read, 2),
		.kind = cell(read, 3)};
	/* A parent further down, and the leader, come with the links. */
	parent = org_unit_by_code(read->org, cell(read, 4));
	unit->parent = parent != NULL ? parent->id : 0;
	if (before != NULL) {
		unit->parent = before->parent;
		unit->leader = before->leader;
	}
}

static void read_unit_links(struct table_read *read, struct org_row *row)
{
	const struct unit *before = org_unit_by_code(read->org, cell(read, 0));

	if (before == NULL) { /* it was refused when the units were read */
		read->bad = true;
		return;
	}
	row->as.unit = *before;
	if (read->at[4] >= 0)
		row->as.unit.parent = read_unit(read, 4);
	if (read->at[5] >= 0)
		row->as.unit.leader = read_post(read, 5);
}

static void read_post_row(struct table_read *read, struct org_row *row)
{
	struct post *post = &row->as.post;

	*post = (struct post){.code = cell(read, 0),
		.unit = read_unit(read, 1),
		.title = cell(read, 2),
		.title_en = cell(read, 3),
		.rank = cell(read, 5)};
	if (!post_kind_parse(cell(read, 4), &post->kind))
		say(read, 4, "a post is head, deputy, liaison or member", NULL);
}

static void read_person_row(struct table_read *read, struct org_row *row)
{
	const struct person *before = org_person_by_code(read->org, cell(read, 0));

	row->as.person = (struct person){.code = cell(read, 0),
		.name = cell(read, 1),
		.gender = cell(read, 2),
		.born = read_day(read, 3)};
	if (before != NULL)
		row->as.person.pseudonym = before->pseudonym;
}

static void read_tenure_row(struct table_read *read, struct org_row *row)
{
	struct tenure *tenure = &row->as.tenure;

	*tenure = (struct tenure){.post = read_post(read, 0),
		.person = read_person(read, 1),
		.from = read_day(read, 2),
		.until = read_day(read, 3),
		.move = cell(read, 5)};
	if (cell(read, 4).size > 0 && !tenure_kind_parse(cell(read, 4), &tenure->kind))
		say(read, 4, "a tenure is holder or acting", NULL);
}

static void read_function_row(struct table_read *read, struct org_row *row)
{
	row->as.function = (struct function){
		.name = cell(read, 0), .unit = read_unit(read, 1), .post = read_post(read, 2)};
}

static void read_delegation_row(struct table_read *read, struct org_row *row)
{
	row->as.delegation = (struct delegation){.from = read_person(read, 0),
		.to = read_person(read, 1),
		.since = read_day(read, 2),
		.until = read_day(read, 3)};
}

static void (*const row_readers[ORG_TABLE_COUNT])(struct table_read *read, struct org_row *row) = {
	[ORG_UNITS] = read_unit_row,
	[ORG_UNIT_LINKS] = read_unit_links,
	[ORG_POSTS] = read_post_row,
	[ORG_PEOPLE] = read_person_row,
	[ORG_TENURES] = read_tenure_row,
	[ORG_FUNCTIONS] = read_function_row,
	[ORG_DELEGATIONS] = read_delegation_row,
};

/* Which of our columns an error of org_*_may is about. */
static int column_named(const struct table_read *read, const char *name)
{
	for (size_t i = 0; i < table_columns[read->table].count; i++)
		if (strcmp(table_columns[read->table].items[i].name, name) == 0)
			return (int)i;
	return -1;
}

/* The links read the units' file again: what is wrong with its columns was said the first time. */
static bool match_columns(struct table_read *read, const struct csv_table *csv)
{
	const struct columns *columns = &table_columns[read->table];
	struct csv_errors unsaid = csv_errors_new(read->rows->arena, read->errors->file);

	REQUIRE(columns->count <= COLUMNS_MAX);
	return csv_match(csv, columns->items, columns->count, read->at,
		read->table == ORG_UNIT_LINKS ? &unsaid : read->errors);
}

/* The same first cells twice in one file are a slip, not a change of mind. Only what is looked up by one code
 * can be told here; two tenures in the same days are refused as such. */
static void refuse_repeated(struct table_read *read, const struct csv_table *csv, size_t i, size_t *lines)
{
	size_t slot = 0, mask = 64;

	while (mask < csv->row_count * 2)
		mask *= 2;
	for (size_t j = 0; j < cell(read, 0).size; j++)
		slot = slot * 31 + (unsigned char)cell(read, 0).data[j];
	for (slot &= mask - 1; lines[slot] != 0; slot = (slot + 1) & (mask - 1)) {
		const struct csv_row *other = &csv->rows[lines[slot] - 1];

		if (!str_equal(other->cells[read->at[0]], cell(read, 0)))
			continue;
		say(read, 0,
			str_format(read->rows->arena, "'%.*s' stands in line %zu already",
				STR_ARG(cell(read, 0)), other->line)
				.data,
			NULL);
		return;
	}
	lines[slot] = i + 1;
}

void org_table_read(struct org *org, enum org_table table, const struct csv_table *csv, struct org_rows *rows,
	struct csv_errors *errors)
{
	struct table_read read = {.org = org, .table = table, .rows = rows, .errors = errors};
	bool by_code =
		table == ORG_UNITS || table == ORG_POSTS || table == ORG_PEOPLE || table == ORG_FUNCTIONS;
	size_t *lines = ARENA_TAKE(rows->arena, csv->row_count * 4 + 64, size_t);

	if (!match_columns(&read, csv))
		return;
	for (size_t i = 0; i < csv->row_count; i++) {
		struct org_row row = {.table = table};
		struct bh_err why = {0};

		read.row = &csv->rows[i];
		read.bad = false;
		if (by_code)
			refuse_repeated(&read, csv, i, lines);
		row_readers[table](&read, &row);
		if (!read.bad && org_row_set(org, &row, rows, &why) != ERR_OK)
			say(&read, column_named(&read, why.place), why.text, NULL);
	}
}
