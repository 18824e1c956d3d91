/* store_report.c: what reports ask for. */
#include "store/store_driver.h"
#include "store/store_lines.h"

enum err store_duty_overdue(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant from, struct instant until, struct duty_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_DUTY_OVERDUE, line_of_duty, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_INT(from.us), V_INT(until.us)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

static int percent(const struct row *row, int column)
{
	return row_is_null(row, column) ? -1 : (int)row_int(row, column);
}

static enum err push_part(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct part_line) = (struct part_line){
		.id = row_int(row, 0),
		.parent = row_int(row, 1),
		.weight = row_int(row, 2),
		.definition = row_int(row, 3),
		.unit = row_int(row, 4),
		.commander = row_int(row, 5),
		.number = str_copy(list->arena, row_text(row, 6)),
		.title = str_copy(list->arena, row_text(row, 7)),
		.procedure = str_copy(list->arena, row_text(row, 8)),
		.state = str_copy(list->arena, row_text(row, 9)),
		.due = row_instant(row, 10),
		.progress = percent(row, 11),
	};
	return ERR_OK;
}

enum err store_part_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct part_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_PART_LIST, push_part, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

static enum err push_breach(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct breach_line) = (struct breach_line){
		.matter = row_int(row, 0),
		.duty = row_int(row, 1),
		.unit = row_int(row, 2),
		.post = row_int(row, 3),
		.definition = row_int(row, 4),
		.rule = (int)row_int(row, 5),
		.kind = str_copy(list->arena, row_text(row, 6)),
		.name = str_copy(list->arena, row_text(row, 7)),
		.number = str_copy(list->arena, row_text(row, 8)),
		.title = str_copy(list->arena, row_text(row, 9)),
		.state = str_copy(list->arena, row_text(row, 10)),
		.due = row_instant(row, 11),
		.closed = row_instant(row, 12),
		.answer = str_copy(list->arena, row_text(row, 13)),
		.answer_breached = row_int(row, 14) != 0,
		.answer_post = row_int(row, 15),
		.new_due = row_instant(row, 16),
	};
	return ERR_OK;
}

enum err store_breach_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant from, struct instant until, struct breach_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_BREACH_LIST, push_breach, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_INT(from.us), V_INT(until.us)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

static enum err push_consequence(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct consequence_line) = (struct consequence_line){
		.failing = row_int(row, 0),
		.id = row_int(row, 1),
		.definition = row_int(row, 2),
		.said = str_copy(list->arena, row_blob(row, 3)),
		.number = str_copy(list->arena, row_text(row, 4)),
		.procedure = str_copy(list->arena, row_text(row, 5)),
		.state = str_copy(list->arena, row_text(row, 6)),
		.outcome = str_copy(list->arena, row_text(row, 7)),
	};
	return ERR_OK;
}

enum err store_consequence_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct consequence_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_CONSEQUENCE_LIST, push_consequence, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

struct keeping {
	struct list list;
	struct bh_err *reterr;
};

static enum err push_finding(void *context, const struct row *row)
{
	struct keeping *keeping = context;
	struct list *list = &keeping->list;
	struct doc *fields;

	TRY(doc_read_canonical(
		list->arena, str_copy(list->arena, row_text(row, 5)), &fields, keeping->reterr));
	*LIST_PUSH(list, struct finding_line) = (struct finding_line){
		.id = row_int(row, 0),
		.definition = row_int(row, 1),
		.unit = row_int(row, 2),
		.number = str_copy(list->arena, row_text(row, 3)),
		.title = str_copy(list->arena, row_text(row, 4)),
		.outcome = str_copy(list->arena, row_text(row, 6)),
		.fields = fields,
		.linked = row_int(row, 7),
	};
	return ERR_OK;
}

enum err store_finding_list(struct store *store, struct arena *arena, const struct finding_ask *ask,
	struct finding_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct keeping keeping = {.list = {.arena = arena}, .reterr = reterr};

	TRY(RUN(store, STMT_FINDING_LIST, push_finding, &keeping, reterr, value_viewer(ask->viewer),
		value_viewer_today(arena, ask->viewer), V_INT(ask->from.us), V_INT(ask->until.us),
		V_TEXT(ask->procedure)));
	LIST_GIVE(keeping.list, ret_lines, ret_count);
	return ERR_OK;
}

static enum err push_deed(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct deed_line) = (struct deed_line){
		.matter = row_int(row, 0),
		.parent = row_int(row, 1),
		.definition = row_int(row, 2),
		.action = str_copy(list->arena, row_text(row, 3)),
	};
	return ERR_OK;
}

enum err store_deed_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str procedure, struct deed_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_DEED_LIST, push_deed, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_TEXT(procedure)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

struct covering {
	struct list list;
	const struct covered_ask *ask;
	const struct procedure *in_force;
	struct bh_err *reterr;
};

/* A matter is read by its own definition; one from before the key by that which is in force. */
static const struct procedure *covering_of(const struct covering *covering, int64_t definition)
{
	const struct procedure *own = covering->ask->procedure(covering->ask->context, definition);

	return own != NULL && own->covers.place.line > 0 ? own : covering->in_force;
}

static bool begins(const struct procedure *procedure, struct str action)
{
	for (size_t i = 0; i < procedure->covers.begun_by_count; i++)
		if (str_equal(procedure->actions[procedure->covers.begun_by[i]].name, action))
			return true;
	return false;
}

static enum err push_covered(void *context, const struct row *row)
{
	struct covering *covering = context;
	struct list *list = &covering->list;
	const struct covered *last =
		list->count == 0 ? NULL : (const struct covered *)list->items + list->count - 1;
	const struct procedure *procedure = covering_of(covering, row_int(row, 4));
	struct covered covered;
	struct doc *fields;

	/* Of several actions the first one began it. */
	if (!begins(procedure, row_text(row, 5)) || (last != NULL && last->matter == row_int(row, 0)))
		return ERR_OK;
	TRY(doc_read_canonical(list->arena, row_text(row, 2), &fields, covering->reterr));
	if (!coverage_read(procedure, fields, instant_day(row_instant(row, 3), covering->ask->offset_minutes),
		    &covered))
		return ERR_OK;
	covered.matter = row_int(row, 0);
	covered.number = str_copy(list->arena, row_text(row, 1));
	*LIST_PUSH(list, struct covered) = covered;
	return ERR_OK;
}

enum err store_covered_list(struct store *store, struct arena *arena, const struct covered_ask *ask,
	struct covered **ret_covered, size_t *ret_count, struct bh_err *reterr)
{
	struct covering covering = {.list = {.arena = arena}, .ask = ask, .reterr = reterr};

	for (size_t i = 0; i < ask->definition_count; i++) {
		covering.in_force = ask->definitions[i].procedure;
		if (covering.in_force->covers.place.line == 0)
			continue;
		TRY(RUN(store, STMT_COVERED_LIST, push_covered, &covering, reterr, value_viewer(ask->viewer),
			value_viewer_today(arena, ask->viewer), V_TEXT(covering.in_force->name)));
	}
	LIST_GIVE(covering.list, ret_covered, ret_count);
	return ERR_OK;
}

static enum err push_commander(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct commander_line) = (struct commander_line){
		.post = row_int(row, 0),
		.open = row_int(row, 1),
		.overdue = row_int(row, 2),
		.red = row_int(row, 3),
		.yellow = row_int(row, 4),
		.closed = row_int(row, 5),
		.late = row_int(row, 6),
		.progress = percent(row, 7),
	};
	return ERR_OK;
}

enum err store_commander_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct instant now, struct instant from, struct instant until, struct commander_line **ret_lines,
	size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_COMMANDER_LIST, push_commander, &list, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_INT(now.us), V_INT(from.us), V_INT(until.us)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}

static enum err push_kept(void *context, const struct row *row)
{
	struct keeping *keeping = context;
	struct list *list = &keeping->list;
	struct doc *fields;

	TRY(doc_read_canonical(
		list->arena, str_copy(list->arena, row_text(row, 6)), &fields, keeping->reterr));
	*LIST_PUSH(list, struct kept_line) = (struct kept_line){
		.id = row_int(row, 0),
		.definition = row_int(row, 1),
		.number = str_copy(list->arena, row_text(row, 2)),
		.title = str_copy(list->arena, row_text(row, 3)),
		.state = str_copy(list->arena, row_text(row, 4)),
		.outcome = str_copy(list->arena, row_text(row, 5)),
		.fields = fields,
		.due = row_instant(row, 7),
	};
	return ERR_OK;
}

enum err store_kept_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct str procedure, struct kept_line **ret_lines, size_t *ret_count, struct bh_err *reterr)
{
	struct keeping keeping = {.list = {.arena = arena}, .reterr = reterr};

	TRY(RUN(store, STMT_KEPT_LIST, push_kept, &keeping, reterr, value_viewer(viewer),
		value_viewer_today(arena, viewer), V_TEXT(procedure)));
	LIST_GIVE(keeping.list, ret_lines, ret_count);
	return ERR_OK;
}
