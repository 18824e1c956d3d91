#include "exchange/org_table.h"

#include "exchange/cell.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS_MAX     8
#define SUGGESTIONS_MAX 100 /* errors of one file that get a "did you mean": the rest only repeat it */

/* ---- columns ---- */

static const struct csv_column unit_columns[] = {{"code", "编码", true, "Code"},
	{"name", "名称", true, "Name"}, {"name_en", "英文名称", false, "Name in English"},
	{"kind", "类别", false, "Kind"}, {"parent", "上级单位", false, "Unit above"},
	{"leader", "分管领导", false, "Leader in charge"}, {"since", "现名启用日", false, "Name since"},
	{"until", "撤销日", false, "Until"}};
static const struct csv_column post_columns[] = {{"code", "编码", true, "Code"},
	{"unit", "单位", true, "Unit"}, {"title", "职务", true, "Title"},
	{"title_en", "英文职务", false, "Title in English"}, {"kind", "类别", true, "Kind"},
	{"rank", "职级", false, "Rank"}, {"until", "撤销日", false, "Until"}};
static const struct csv_column person_columns[] = {{"code", "账号", true, "Account"},
	{"name", "姓名", true, "Name"}, {"gender", "性别", false, "Gender"},
	{"born", "出生日期", false, "Day of birth"}};
static const struct csv_column tenure_columns[] = {{"post", "岗位", true, "Post"},
	{"person", "人员", true, "Person"}, {"from", "起始日", true, "From"},
	{"until", "截止日", false, "Until"}, {"kind", "任职方式", false, "Holder or acting"},
	{"move", "任免类型", false, "How"}};
static const struct csv_column function_columns[] = {{"function", "职能", true, "Function"},
	{"unit", "单位", false, "Unit"}, {"post", "岗位", false, "Post"}};
static const struct csv_column delegation_columns[] = {{"from", "授权人", true, "Who delegates"},
	{"to", "代办人", true, "Who acts"}, {"since", "起始日", true, "From"},
	{"until", "截止日", true, "Until"}};

static const struct csv_column kin_columns[] = {{"person", "人员", true, "Person"},
	{"other", "亲属", true, "Relative"}, {"kind", "关系", true, "Relation"},
	{"until", "截止日", false, "Until"}};

static const struct csv_column relation_columns[] = {{"relation", "关系", true, "Relation"},
	{"zh", "中文名称", true, "Name in Chinese"}, {"en", "英文名称", false, "Name in English"}};

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
	[ORG_KIN] = {kin_columns, ARRAY_COUNT(kin_columns)},
	[ORG_RELATIONS] = {relation_columns, ARRAY_COUNT(relation_columns)},
};

const struct csv_column *org_table_columns(enum org_table table, size_t *ret_count)
{
	REQUIRE(table < ORG_TABLE_COUNT);
	*ret_count = table_columns[table].count;
	return table_columns[table].items;
}

/* ---- one row made true ---- */

/* A tenure is known by who, where, how and since when; a delegation by both persons and its first day; a
 * relation by both persons, whichever comes first, and its kind. */
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

static const struct kin *kin_known(const struct org *org, const struct kin *kin)
{
	for (size_t i = 0; i < org_kin_count(org); i++) {
		const struct kin *other = org_kin_at(org, i);
		bool same = other->person == kin->person && other->other == kin->other;
		bool turned = other->person == kin->other && other->other == kin->person;

		if ((same || turned) && str_equal(other->kind, kin->kind))
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

static const struct relation *relation_known(const struct org *org, const struct relation *relation)
{
	return org_relation(org, relation->name);
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
ROW_SET(kin)
ROW_SET(relation)

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
	[ORG_KIN] = kin_row_set,
	[ORG_RELATIONS] = relation_row_set,
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

static bool has(const struct table_read *read, int column)
{
	return read->at[column] >= 0;
}

/* Prose, as it stands. */
static struct str cell(const struct table_read *read, int column)
{
	return has(read, column) ? read->row->cells[read->at[column]] : STR("");
}

/* A code, a kind, a day: wide characters are a way of typing. */
static struct str word(const struct table_read *read, int column)
{
	return cell_narrow(read->rows->arena, cell(read, column));
}

/* What `why` says, of a cell of ours; of the row where the file has no such column. */
static void say(struct table_read *read, int column, const struct bh_err *why)
{
	size_t at = column < 0 || !has(read, column) ? 0 : (size_t)read->at[column] + 1;

	csv_error_pass(read->errors, read->row->line, at, why);
	read->bad = true;
}

/* A column that isn't in the file changes nothing; an empty cell empties. */
static void take_text(const struct table_read *read, int column, struct str *into)
{
	if (has(read, column))
		*into = cell(read, column);
}

static void take_day(struct table_read *read, int column, struct day *into)
{
	struct bh_err why;

	if (!has(read, column))
		return;
	*into = DAY_NONE;
	if (word(read, column).size > 0 &&
		cell_day(read->rows->arena, read->errors->table, cell(read, column), into, &why) != ERR_OK)
		say(read, column, &why);
}

static void no_unit(struct str code, const char *nearest, struct bh_err *reterr)
{
	if (nearest == NULL)
		(void)!err_set(reterr, ERR_INVALID, "", "there is no unit '%.*s'", STR_ARG(code));
	else
		(void)!err_set(reterr, ERR_INVALID, "", "there is no unit '%.*s'; did you mean '%s'?",
			STR_ARG(code), nearest);
}

static void no_post(struct str code, const char *nearest, struct bh_err *reterr)
{
	if (nearest == NULL)
		(void)!err_set(reterr, ERR_INVALID, "", "there is no post '%.*s'", STR_ARG(code));
	else
		(void)!err_set(reterr, ERR_INVALID, "", "there is no post '%.*s'; did you mean '%s'?",
			STR_ARG(code), nearest);
}

static void no_person(struct str code, const char *nearest, struct bh_err *reterr)
{
	if (nearest == NULL)
		(void)!err_set(reterr, ERR_INVALID, "", "there is no person '%.*s'", STR_ARG(code));
	else
		(void)!err_set(reterr, ERR_INVALID, "", "there is no person '%.*s'; did you mean '%s'?",
			STR_ARG(code), nearest);
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
	static void take_##noun(struct table_read *read, int column, int64_t *into)                          \
	{                                                                                                    \
		struct str code = word(read, column);                                                        \
		const struct noun *found = org_##noun##_by_code(read->org, code);                            \
		struct bh_err why;                                                                           \
                                                                                                             \
		if (!has(read, column))                                                                      \
			return;                                                                              \
		*into = found == NULL ? 0 : found->id;                                                       \
		if (code.size == 0 || found != NULL)                                                         \
			return;                                                                              \
		no_##noun(code, nearest_##noun(read, code), &why);                                           \
		say(read, column, &why);                                                                     \
	}

CODE_READER(unit)
CODE_READER(post)
CODE_READER(person)

/* ---- words with a label ---- */

struct word_label {
	const char *zh, *name;
};

/* The name behind a Chinese label, or the word itself. */
static struct str unlabel(const struct word_label *labels, size_t count, struct str text)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(text, labels[i].zh))
			return str_from(labels[i].name);
	return text;
}

static const struct word_label post_kinds[] = {
	{"正职", "head"}, {"副职", "deputy"}, {"联络员", "liaison"}, {"成员", "member"}};
static const struct word_label tenure_kinds[] = {{"任职", "holder"}, {"代理", "acting"}};
static const struct word_label genders[] = {{"男", "m"}, {"女", "f"}};

/* ---- rows ---- */

static void read_unit_row(struct table_read *read, struct org_row *row)
{
	struct unit *unit = &row->as.unit;
	struct str code = word(read, 0);
	const struct unit *before = org_unit_by_code(read->org, code), *parent;
	const struct post *leader = org_post_by_code(read->org, word(read, 5));

	*unit = before != NULL ? *before : (struct unit){.code = code, .since = DAY_NONE, .until = DAY_NONE};
	take_text(read, 1, &unit->name);
	take_text(read, 2, &unit->name_en);
	take_text(read, 3, &unit->kind);
	take_day(read, 6, &unit->since);
	take_day(read, 7, &unit->until);
	if (before != NULL)
		return; /* its links come with the links */
	/* A parent further down, or a leader whose post comes later, comes with the links too. */
	parent = org_unit_by_code(read->org, word(read, 4));
	unit->parent = parent != NULL ? parent->id : 0;
	unit->leader = leader != NULL ? leader->id : 0;
}

static void read_unit_links(struct table_read *read, struct org_row *row)
{
	const struct unit *before = org_unit_by_code(read->org, word(read, 0));

	if (before == NULL) { /* it was refused when the units were read */
		read->bad = true;
		return;
	}
	row->as.unit = *before;
	take_unit(read, 4, &row->as.unit.parent);
	take_post(read, 5, &row->as.unit.leader);
}

static void read_post_row(struct table_read *read, struct org_row *row)
{
	struct post *post = &row->as.post;
	struct str code = word(read, 0);
	const struct post *before = org_post_by_code(read->org, code);

	*post = before != NULL ? *before : (struct post){.code = code, .until = DAY_NONE};
	take_unit(read, 1, &post->unit);
	take_text(read, 2, &post->title);
	take_text(read, 3, &post->title_en);
	take_text(read, 5, &post->rank);
	take_day(read, 6, &post->until);
	struct bh_err why;

	if (post_kind_parse(unlabel(post_kinds, ARRAY_COUNT(post_kinds), word(read, 4)), &post->kind))
		return;
	(void)!err_set(&why, ERR_INVALID, "kind", "a post is head, deputy, liaison or member");
	say(read, 4, &why);
}

static void read_person_row(struct table_read *read, struct org_row *row)
{
	struct person *person = &row->as.person;
	struct str code = word(read, 0);
	const struct person *before = org_person_by_code(read->org, code);

	*person = before != NULL ? *before : (struct person){.code = code, .born = DAY_NONE};
	take_text(read, 1, &person->name);
	if (has(read, 2))
		person->gender = unlabel(genders, ARRAY_COUNT(genders), word(read, 2));
	take_day(read, 3, &person->born);
}

static void read_tenure_row(struct table_read *read, struct org_row *row)
{
	struct tenure *tenure = &row->as.tenure;
	struct str kind = unlabel(tenure_kinds, ARRAY_COUNT(tenure_kinds), word(read, 4));
	struct bh_err why;

	*tenure = (struct tenure){.from = DAY_NONE, .until = DAY_NONE};
	take_post(read, 0, &tenure->post);
	take_person(read, 1, &tenure->person);
	take_day(read, 2, &tenure->from);
	if (kind.size > 0 && !tenure_kind_parse(kind, &tenure->kind)) {
		(void)!err_set(&why, ERR_INVALID, "kind", "a tenure is holder or acting");
		say(read, 4, &why);
	}
	const struct tenure *before = tenure_known(read->org, tenure);

	if (before != NULL)
		*tenure = *before;
	take_day(read, 3, &tenure->until);
	take_text(read, 5, &tenure->move);
}

static void read_function_row(struct table_read *read, struct org_row *row)
{
	row->as.function = (struct function){.name = word(read, 0)};
	take_unit(read, 1, &row->as.function.unit);
	take_post(read, 2, &row->as.function.post);
}

static void read_delegation_row(struct table_read *read, struct org_row *row)
{
	struct delegation *delegation = &row->as.delegation;

	*delegation = (struct delegation){.since = DAY_NONE, .until = DAY_NONE};
	take_person(read, 0, &delegation->from);
	take_person(read, 1, &delegation->to);
	take_day(read, 2, &delegation->since);
	take_day(read, 3, &delegation->until);
}

static void read_kin_row(struct table_read *read, struct org_row *row)
{
	struct kin *kin = &row->as.kin;

	*kin = (struct kin){.until = DAY_NONE};
	take_person(read, 0, &kin->person);
	take_person(read, 1, &kin->other);
	take_text(read, 2, &kin->kind);
	const struct kin *before = kin_known(read->org, kin);

	if (before != NULL)
		*kin = *before;
	take_day(read, 3, &kin->until);
}

static void read_relation_row(struct table_read *read, struct org_row *row)
{
	struct relation *relation = &row->as.relation;

	*relation = (struct relation){.name = word(read, 0)};
	const struct relation *before = relation_known(read->org, relation);

	if (before != NULL)
		*relation = *before;
	take_text(read, 1, &relation->zh);
	take_text(read, 2, &relation->en);
}

static void (*const row_readers[ORG_TABLE_COUNT])(struct table_read *read, struct org_row *row) = {
	[ORG_UNITS] = read_unit_row,
	[ORG_UNIT_LINKS] = read_unit_links,
	[ORG_POSTS] = read_post_row,
	[ORG_PEOPLE] = read_person_row,
	[ORG_TENURES] = read_tenure_row,
	[ORG_FUNCTIONS] = read_function_row,
	[ORG_DELEGATIONS] = read_delegation_row,
	[ORG_KIN] = read_kin_row,
	[ORG_RELATIONS] = read_relation_row,
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

/* The same code twice in one file is a slip, not a change of mind. Two tenures in the same days are refused
 * as such. */
static void refuse_repeated(struct table_read *read, const struct csv_table *csv, size_t i, size_t *lines)
{
	struct str code = word(read, 0);
	size_t slot = 0, mask = 64;

	while (mask < csv->row_count * 2)
		mask *= 2;
	for (size_t j = 0; j < code.size; j++)
		slot = slot * 31 + (unsigned char)code.data[j];
	for (slot &= mask - 1; lines[slot] != 0; slot = (slot + 1) & (mask - 1)) {
		const struct csv_row *other = &csv->rows[lines[slot] - 1];

		if (!str_equal(cell_narrow(read->rows->arena, other->cells[read->at[0]]), code))
			continue;
		struct bh_err why;

		(void)!err_set(&why, ERR_INVALID, "", "'%.*s' stands in line %zu already", STR_ARG(code),
			other->line);
		say(read, 0, &why);
		return;
	}
	lines[slot] = i + 1;
}

/* ---- tables ---- */

struct turn {
	int64_t day;
	size_t row;
};

static int compare_turns(const void *a, const void *b)
{
	const struct turn *left = a, *right = b;

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return left->row < right->row ? -1 : left->row > right->row;
}

/* Rows are set in the order of the file; tenures by their first day, so that who leaves a post is gone before
 * the next one comes, whatever the order of the file. */
static struct turn *order_rows(struct table_read *read, const struct csv_table *csv)
{
	struct turn *turns = ARENA_TAKE(read->rows->arena, csv->row_count + 1, struct turn);

	for (size_t i = 0; i < csv->row_count; i++) {
		struct day from = {0};

		turns[i] = (struct turn){.row = i};
		if (read->table == ORG_TENURES &&
			cell_day(read->rows->arena, csv, csv->rows[i].cells[read->at[2]], &from, NULL) ==
				ERR_OK)
			turns[i].day = from.number;
	}
	if (csv->row_count > 1)
		qsort(turns, csv->row_count, sizeof *turns, compare_turns);
	return turns;
}

void org_table_read(struct org *org, enum org_table table, const struct csv_table *csv, struct org_rows *rows,
	struct csv_errors *errors)
{
	struct table_read read = {.org = org, .table = table, .rows = rows, .errors = errors};
	bool by_code = table == ORG_UNITS || table == ORG_POSTS || table == ORG_PEOPLE ||
		       table == ORG_FUNCTIONS || table == ORG_RELATIONS;
	size_t *lines = ARENA_TAKE(rows->arena, csv->row_count * 4 + 64, size_t);

	if (!match_columns(&read, csv))
		return;
	const struct turn *turns = order_rows(&read, csv);

	for (size_t i = 0; i < csv->row_count; i++) {
		struct org_row row = {.table = table, .line = csv->rows[turns[i].row].line};
		struct bh_err why = {0};

		read.row = &csv->rows[turns[i].row];
		read.bad = false;
		if (by_code)
			refuse_repeated(&read, csv, turns[i].row, lines);
		row_readers[table](&read, &row);
		if (!read.bad && org_row_set(org, &row, rows, &why) != ERR_OK)
			say(&read, column_named(&read, why.place), &why);
	}
	csv_errors_sort(errors);
}
