/* store_org.c: rows of the institution, its definitions and its calendar. */
#include "store/store_lines.h"
#include "store/store_rows.h"
#include "store/store_search.h"
#include "store/store_see.h"

struct value day_value(struct arena *arena, struct day day)
{
	return value_text_or_null(day_print(arena, day));
}

struct day row_day(const struct row *row, int column)
{
	struct day day;
	struct str text = row_text(row, column);

	return text.size > 0 && day_parse(text, &day, NULL) == ERR_OK ? day : DAY_NONE;
}

static enum err put_unit(
	struct store *store, struct arena *arena, const struct unit *unit, struct bh_err *reterr)
{
	if (!day_is_none(unit->since))
		TRY(RUN(store, STMT_FORMER_NAME_KEEP, NULL, NULL, reterr, V_INT(unit->id), V_TEXT(unit->name),
			V_TEXT(unit->name_en), V_TEXT(day_print(arena, unit->since))));
	return RUN(store, STMT_UNIT_PUT, NULL, NULL, reterr, V_INT(unit->id), V_TEXT(unit->code),
		V_TEXT(unit->name), V_TEXT(unit->name_en), V_TEXT(unit->kind), V_ID(unit->parent),
		V_ID(unit->leader), day_value(arena, unit->since), day_value(arena, unit->until));
}

enum err store_unit_put(struct store *store, const struct unit *unit, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = put_unit(store, arena, unit, reterr);

	arena_free(arena);
	return err;
}

enum err store_post_put(struct store *store, const struct post *post, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_POST_PUT, NULL, NULL, reterr, V_INT(post->id), V_TEXT(post->code),
		V_INT(post->unit), V_TEXT(post->title), V_TEXT(post->title_en),
		V_TEXT(str_from(post_kind_name(post->kind))), V_TEXT(post->rank),
		day_value(arena, post->until));

	arena_free(arena);
	return err;
}

enum err store_person_put(struct store *store, const struct person *person, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_PERSON_PUT, NULL, NULL, reterr, V_INT(person->id),
		V_TEXT(person->code), V_TEXT(person->name), V_TEXT(person->pseudonym), V_TEXT(person->gender),
		day_value(arena, person->born));

	arena_free(arena);
	return err;
}

enum err store_tenure_put(struct store *store, const struct tenure *tenure, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_TENURE_PUT, NULL, NULL, reterr, V_INT(tenure->id), V_INT(tenure->post),
		V_INT(tenure->person), day_value(arena, tenure->from), day_value(arena, tenure->until),
		V_TEXT(str_from(tenure_kind_name(tenure->kind))), V_TEXT(tenure->move));

	arena_free(arena);
	return err;
}

enum err store_function_put(struct store *store, const struct function *function, struct bh_err *reterr)
{
	return RUN(store, STMT_FUNCTION_PUT, NULL, NULL, reterr, V_TEXT(function->name), V_ID(function->unit),
		V_ID(function->post));
}

enum err store_delegation_put(struct store *store, const struct delegation *delegation, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_DELEGATION_PUT, NULL, NULL, reterr, V_INT(delegation->id),
		V_INT(delegation->from), V_INT(delegation->to), day_value(arena, delegation->since),
		day_value(arena, delegation->until));

	arena_free(arena);
	return err;
}

enum err store_relation_put(struct store *store, const struct relation *relation, struct bh_err *reterr)
{
	return RUN(store, STMT_RELATION_PUT, NULL, NULL, reterr, V_INT(relation->id), V_TEXT(relation->name),
		V_TEXT(relation->zh), V_TEXT(relation->en));
}

static enum err take_rests(void *context, const struct row *row)
{
	*(struct end_rests *)context =
		(struct end_rests){.duties = row_int(row, 0), .matters = row_int(row, 1)};
	return ERR_OK;
}

enum err store_end_rests(
	struct store *store, int64_t unit, int64_t post, struct end_rests *ret_rests, struct bh_err *reterr)
{
	return RUN(store, STMT_END_RESTS, take_rests, ret_rests, reterr, V_ID(unit), V_ID(post));
}

/* Loading trusts nothing: a row that could not have been recorded means that the tables were edited. */
static enum err refuse_row(enum err err)
{
	return err == ERR_OK ? ERR_OK : ERR_TAMPERED;
}

static enum err load_unit(void *context, const struct row *row)
{
	struct unit unit = {.id = row_int(row, 0),
		.code = row_text(row, 1),
		.name = row_text(row, 2),
		.name_en = row_text(row, 3),
		.kind = row_text(row, 4),
		.parent = row_int(row, 5),
		.leader = row_int(row, 6),
		.since = row_day(row, 7),
		.until = row_day(row, 8)};

	if (unit.id != (int64_t)org_unit_count(context) + 1)
		return ERR_TAMPERED;
	org_unit_set(context, &unit);
	return ERR_OK;
}

static enum err load_former_name(void *context, const struct row *row)
{
	struct former_name former = {.unit = row_int(row, 0),
		.until = row_day(row, 1),
		.name = row_text(row, 2),
		.name_en = row_text(row, 3)};

	if (org_unit(context, former.unit) == NULL || day_is_none(former.until))
		return ERR_TAMPERED;
	org_former_name_add(context, &former);
	return ERR_OK;
}

static enum err load_post(void *context, const struct row *row)
{
	struct post post = {.id = row_int(row, 0),
		.code = row_text(row, 1),
		.unit = row_int(row, 2),
		.title = row_text(row, 3),
		.title_en = row_text(row, 4),
		.rank = row_text(row, 6),
		.until = row_day(row, 7)};

	if (!post_kind_parse(row_text(row, 5), &post.kind))
		return ERR_TAMPERED;
	TRY(refuse_row(org_post_may(context, &post, NULL)));
	org_post_set(context, &post);
	return ERR_OK;
}

static enum err load_person(void *context, const struct row *row)
{
	struct person person = {.id = row_int(row, 0),
		.code = row_text(row, 1),
		.name = row_text(row, 2),
		.pseudonym = row_text(row, 3),
		.gender = row_text(row, 4),
		.born = row_day(row, 5)};

	TRY(refuse_row(org_person_may(context, &person, NULL)));
	org_person_set(context, &person);
	return ERR_OK;
}

static enum err load_tenure(void *context, const struct row *row)
{
	struct tenure tenure = {.id = row_int(row, 0),
		.post = row_int(row, 1),
		.person = row_int(row, 2),
		.from = row_day(row, 3),
		.until = row_day(row, 4),
		.move = row_text(row, 6)};

	if (!tenure_kind_parse(row_text(row, 5), &tenure.kind) ||
		tenure.id != (int64_t)org_tenure_count(context) + 1 ||
		org_post(context, tenure.post) == NULL || org_person(context, tenure.person) == NULL)
		return ERR_TAMPERED;
	org_tenure_set(context, &tenure);
	return ERR_OK;
}

static enum err load_function(void *context, const struct row *row)
{
	struct function function = {
		.name = row_text(row, 0), .unit = row_int(row, 1), .post = row_int(row, 2)};

	org_function_set(context, &function);
	return ERR_OK;
}

static enum err load_delegation(void *context, const struct row *row)
{
	struct delegation delegation = {.id = row_int(row, 0),
		.from = row_int(row, 1),
		.to = row_int(row, 2),
		.since = row_day(row, 3),
		.until = row_day(row, 4)};

	TRY(refuse_row(org_delegation_may(context, &delegation, NULL)));
	org_delegation_set(context, &delegation);
	return ERR_OK;
}

static enum err load_kin(void *context, const struct row *row)
{
	struct kin kin = {.id = row_int(row, 0),
		.person = row_int(row, 1),
		.other = row_int(row, 2),
		.kind = row_text(row, 3),
		.until = row_day(row, 4)};

	TRY(refuse_row(org_kin_may(context, &kin, NULL)));
	org_kin_set(context, &kin);
	return ERR_OK;
}

static enum err load_relation(void *context, const struct row *row)
{
	struct relation relation = {.id = row_int(row, 0),
		.name = row_text(row, 1),
		.zh = row_text(row, 2),
		.en = row_text(row, 3)};

	TRY(refuse_row(org_relation_may(context, &relation, NULL)));
	org_relation_set(context, &relation);
	return ERR_OK;
}

enum err store_org_load(struct store *store, struct arena *arena, struct org **ret_org, struct bh_err *reterr)
{
	static const struct {
		enum statement statement;
		row_fn *load;
		const char *table;
	} tables[] = {
		{STMT_UNIT_ALL, load_unit, "unit"},
		{STMT_FORMER_NAME_ALL, load_former_name, "former_name"},
		{STMT_POST_ALL, load_post, "post"},
		{STMT_PERSON_ALL, load_person, "person"},
		{STMT_TENURE_ALL, load_tenure, "tenure"},
		{STMT_FUNCTION_ALL, load_function, "function"},
		{STMT_DELEGATION_ALL, load_delegation, "delegation"},
		{STMT_KIN_ALL, load_kin, "kin"},
		{STMT_RELATION_ALL, load_relation, "relation"},
	};
	struct org *org = org_new(arena);

	for (size_t i = 0; i < ARRAY_COUNT(tables); i++) {
		enum err err = RUN0(store, tables[i].statement, tables[i].load, org, reterr);

		if (err == ERR_TAMPERED)
			return err_set(reterr, err, tables[i].table,
				"a row couldn't have been recorded like this: run bihuan replay");
		if (err != ERR_OK)
			return err;
	}
	*ret_org = org;
	return ERR_OK;
}

enum err store_definition_put(
	struct store *store, const struct stored_definition *definition, int64_t index, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct findings findings = findings_new(arena);
	const struct procedure *procedure =
		procedure_read(arena, definition->file, definition->text, &findings);
	enum err err = RUN(store, STMT_DEFINITION_PUT, NULL, NULL, reterr, V_INT(definition->id),
		V_TEXT(definition->procedure), V_INT(definition->version), V_TEXT(definition->file),
		V_TEXT(definition->text), V_INT(index));

	if (err == ERR_OK && procedure != NULL)
		err = see_functions(store, definition->id, procedure, reterr);
	if (err == ERR_OK && procedure != NULL)
		err = search_put_definition(store, arena, definition->id, procedure, reterr);
	arena_free(arena);
	return err;
}

struct definitions {
	struct arena *arena;
	struct stored_definition *items;
	size_t count, capacity;
};

static enum err push_definition(void *context, const struct row *row)
{
	struct definitions *definitions = context;
	struct arena *arena = definitions->arena;

	*ARENA_PUSH(arena, definitions->items, definitions->count, definitions->capacity) =
		(struct stored_definition){
			.id = row_int(row, 0),
			.procedure = str_copy(arena, row_text(row, 1)),
			.version = row_int(row, 2),
			.file = str_copy(arena, row_text(row, 3)),
			.text = str_copy(arena, row_text(row, 4)),
		};
	return ERR_OK;
}

enum err store_definitions(struct store *store, struct arena *arena,
	struct stored_definition **ret_definitions, size_t *ret_count, struct bh_err *reterr)
{
	struct definitions definitions = {.arena = arena};

	TRY(RUN0(store, STMT_DEFINITION_ALL, push_definition, &definitions, reterr));
	*ret_definitions = definitions.items;
	*ret_count = definitions.count;
	return ERR_OK;
}

enum err store_formula_put(
	struct store *store, struct arena *arena, const struct stored_formula *formula, struct bh_err *reterr)
{
	return RUN(store, STMT_FORMULA_PUT, NULL, NULL, reterr, V_INT(formula->id), V_TEXT(formula->name),
		V_TEXT(day_print(arena, formula->from)), V_TEXT(formula->file), V_TEXT(formula->text),
		V_INT(formula->index));
}

static enum err push_formula(void *context, const struct row *row)
{
	struct list *list = context;
	struct stored_formula formula = {
		.id = row_int(row, 0),
		.name = str_copy(list->arena, row_text(row, 1)),
		.file = str_copy(list->arena, row_text(row, 3)),
		.text = str_copy(list->arena, row_text(row, 4)),
		.index = row_int(row, 5),
		.adopted = row_instant(row, 6),
	};

	TRY(day_parse(row_text(row, 2), &formula.from, NULL));
	*LIST_PUSH(list, struct stored_formula) = formula;
	return ERR_OK;
}

enum err store_formulas(struct store *store, struct arena *arena, struct stored_formula **ret_formulas,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN0(store, STMT_FORMULA_ALL, push_formula, &list, reterr));
	LIST_GIVE(list, ret_formulas, ret_count);
	return ERR_OK;
}

const struct stored_formula *stored_formula_on(
	const struct stored_formula *formulas, size_t count, struct day day)
{
	const struct stored_formula *found = NULL;

	for (size_t i = 0; i < count; i++)
		if (formulas[i].from.number <= day.number &&
			(found == NULL || formulas[i].from.number >= found->from.number))
			found = &formulas[i];
	return found;
}

enum err store_calendar_put(
	struct store *store, struct str version, struct str days, int64_t index, struct bh_err *reterr)
{
	return RUN(store, STMT_CALENDAR_PUT, NULL, NULL, reterr, V_TEXT(version), V_TEXT(days), V_INT(index));
}

const struct calendar_day *store_calendar_days(struct arena *arena, const struct doc *days, size_t *ret_count)
{
	struct calendar_day *all =
		ARENA_TAKE(arena, (days == NULL ? 0 : days->count) + 1, struct calendar_day);
	size_t count = 0;

	for (size_t i = 0; days != NULL && i < days->count; i++)
		if (day_parse(doc_get_text(&days->items[i], "day"), &all[count].day, NULL) == ERR_OK)
			all[count++].works = doc_get_bool(&days->items[i], "works");
	*ret_count = count;
	return all;
}

struct stored_calendar {
	struct arena *arena;
	struct str version, days;
	int64_t times;
};

static enum err take_calendar(void *context, const struct row *row)
{
	struct stored_calendar *calendar = context;

	calendar->version = str_copy(calendar->arena, row_text(row, 0));
	calendar->days = str_copy(calendar->arena, row_text(row, 1));
	calendar->times = row_int(row, 2);
	return ERR_OK;
}

static enum err load_own(struct store *store, struct stored_calendar *stored,
	const struct calendar_day **ret_days, size_t *ret_count, struct bh_err *reterr)
{
	struct doc *days = NULL;

	TRY(RUN0(store, STMT_CALENDAR_NEWEST, take_calendar, stored, reterr));
	if (stored->version.size > 0)
		TRY(doc_read_canonical(stored->arena, stored->days, &days, reterr));
	*ret_days = store_calendar_days(stored->arena, days, ret_count);
	return ERR_OK;
}

enum err store_calendar_own(struct store *store, struct arena *arena, const struct calendar_day **ret_days,
	size_t *ret_count, int64_t *ret_times, struct bh_err *reterr)
{
	struct stored_calendar stored = {.arena = arena};

	TRY(load_own(store, &stored, ret_days, ret_count, reterr));
	*ret_times = stored.times;
	return ERR_OK;
}

enum err store_calendar_load(
	struct store *store, struct arena *arena, const struct calendar **ret_calendar, struct bh_err *reterr)
{
	struct stored_calendar stored = {.arena = arena};
	const struct calendar_day *days;
	size_t count;

	TRY(load_own(store, &stored, &days, &count, reterr));
	*ret_calendar = stored.version.size == 0
				? calendar_china()
				: calendar_with(arena, calendar_china(), stored.version, days, count);
	return ERR_OK;
}
