/* meeting_view.c: a meeting as minutes. Which field says what is the definition's to say. */
#include "view/meeting_view.h"
#include "view/lines.h"
#include "view/put.h"

#define TASKS_MAX 200 /* of one meeting or item */

struct meeting_reading {
	const struct teller *teller;
	struct store *store;
	const struct viewer *viewer;
	struct json_out *out;
	struct bh_err *reterr;
};

static const char *const part_names[MEETING_PART_COUNT] = {
#define MEETING_PART(NAME, wire, types, help) [MEETING_##NAME] = wire,
	MEETING_PARTS
#undef MEETING_PART
};

static const struct procedure *definition_of(const struct teller *teller, int64_t definition)
{
	return institution_procedure((void *)teller->institution, definition);
}

/* ---- one row ---- */

static struct str kind_label(const struct teller *teller, const struct meeting_line *line)
{
	const struct procedure *procedure = definition_of(teller, line->line.definition);
	int field = procedure == NULL ? -1 : procedure->meeting.fields[MEETING_KIND];

	for (size_t i = 0; field >= 0 && i < procedure->fields[field].choice_count; i++)
		if (str_equal(procedure->fields[field].choices[i].name, line->kind))
			return pick_label(teller, procedure->fields[field].choices[i].label, line->kind);
	return line->kind;
}

static void put_line_members(
	const struct teller *teller, struct json_out *out, const struct meeting_line *line)
{
	json_out_key(out, "matter");
	line_put_matter(teller, out, &line->line);
	json_out_field_text(out, "held_on", day_print(teller->arena, line->held_on));
	put_some(out, "body", code_of_unit(teller, line->body));
	put_some(out, "body_name", tell_unit(teller, line->body));
	put_some(out, "kind", line->kind);
	put_some(out, "kind_label", kind_label(teller, line));
	if (line->whole != 0)
		json_out_field_int(out, "of", line->whole);
	json_out_field_int(out, "items", line->items);
	json_out_field_int(out, "tasks", line->tasks);
	json_out_field_int(out, "tasks_done", line->tasks_done);
	json_out_field_int(out, "tasks_overdue", line->tasks_overdue);
	json_out_field_int(out, "irregularities", line->irregularities);
}

void meeting_put_line(const struct teller *teller, struct json_out *out, const struct meeting_line *line)
{
	json_out_open(out, '{');
	put_line_members(teller, out, line);
	json_out_close(out, '}');
}

/* ---- minutes ---- */

static void put_people(const struct teller *teller, struct json_out *out, const struct doc *list)
{
	json_out_key(out, "people");
	json_out_open(out, '[');
	for (size_t i = 0; i < list->count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "code", code_of_person(teller, list->items[i].number));
		json_out_field_text(out, "name", tell_person(teller, list->items[i].number));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_lines(struct json_out *out, const struct doc *list)
{
	json_out_key(out, "lines");
	json_out_open(out, '[');
	for (size_t i = 0; i < list->count; i++)
		json_out_text(out, list->items[i].text);
	json_out_close(out, ']');
}

static void put_part(
	const struct teller *teller, struct json_out *out, const struct field *field, const struct doc *value)
{
	if (value->kind == DOC_LIST && field->type == FIELD_PERSONS)
		put_people(teller, out, value);
	else if (value->kind == DOC_LIST && field->type == FIELD_LINES)
		put_lines(out, value);
	else
		json_out_field_text(out, "text",
			field_value_print(
				teller->arena, field, value, teller->institution->org, teller_lang(teller)));
}

/* What is in the row already, or is another matter, isn't said twice. */
static bool is_said(enum meeting_part part)
{
	return part == MEETING_HELD_ON || part == MEETING_BODY || part == MEETING_KIND || part == MEETING_OF;
}

static enum err put_parts(const struct meeting_reading *reading, const struct meeting_line *line)
{
	const struct teller *teller = reading->teller;
	const struct procedure *procedure = definition_of(teller, line->line.definition);
	struct json_out *out = reading->out;
	struct doc *fields;

	TRY(doc_read_canonical(teller->arena, line->fields, &fields, reading->reterr));
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (int part = 0; procedure != NULL && part < MEETING_PART_COUNT; part++) {
		int index = procedure->meeting.fields[part];
		const struct field *field = index < 0 ? NULL : &procedure->fields[index];
		const struct doc *value = field == NULL ? NULL : doc_get_str(fields, field->name);

		if (value == NULL || value->kind == DOC_NULL || is_said((enum meeting_part)part))
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "part", str_from(part_names[part]));
		json_out_field_text(out, "label", pick_label(teller, field->label, field->name));
		put_part(teller, out, field, value);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return ERR_OK;
}

/* What came of it: its parts, but for items that have a place of their own here. */
static enum err put_tasks(const struct meeting_reading *reading, const struct meeting_line *line)
{
	const struct matter_query query = {
		.parent = line->line.id, .sort = MATTER_NEWEST, .limit = TASKS_MAX};
	struct matter_line *lines;
	struct page_after next;
	size_t count;

	TRY(store_matter_page(reading->store, reading->teller->arena, reading->viewer, &query, NULL, &lines,
		&count, &next, reading->reterr));
	json_out_key(reading->out, "given_out");
	json_out_open(reading->out, '[');
	for (size_t i = count; i-- > 0;)
		line_put_matter(reading->teller, reading->out, &lines[i]);
	json_out_close(reading->out, ']');
	return ERR_OK;
}

static enum err put_record(const struct meeting_reading *reading, const struct meeting_line *line)
{
	json_out_open(reading->out, '{');
	put_line_members(reading->teller, reading->out, line);
	TRY(put_parts(reading, line));
	TRY(put_tasks(reading, line));
	json_out_close(reading->out, '}');
	return ERR_OK;
}

/* ---- against the rules ---- */

static const struct action *action_of(const struct teller *teller, const struct irregularity_line *line)
{
	const struct procedure *procedure = definition_of(teller, line->definition);
	int index = procedure == NULL ? -1 : procedure_action(procedure, line->action);

	return index < 0 ? NULL : &procedure->actions[index];
}

struct str irregularity_action(const struct teller *teller, const struct irregularity_line *line)
{
	const struct action *action = action_of(teller, line);

	return action == NULL ? line->action : pick_label(teller, action->label, action->name);
}

struct str irregularity_rule(const struct teller *teller, const struct irregularity_line *line)
{
	const struct action *action = action_of(teller, line);
	struct buf buf = buf_new(teller->arena);

	if (action == NULL || line->check < 0 || (size_t)line->check >= action->check_count)
		return STR("");
	const struct check_rule *rule = &action->checks[line->check];

	buf_put(&buf, pick_label(teller, rule->say, STR("")));
	for (size_t i = 0; i < rule->basis_count; i++) {
		buf_puts(&buf, i > 0 ? tell_either(teller, "、", ", ") : tell_either(teller, "(依据:", " ("));
		buf_put(&buf, rule->basis[i].rule);
		if (rule->basis[i].article.size > 0)
			buf_format(&buf, " %.*s", STR_ARG(rule->basis[i].article));
	}
	if (rule->basis_count > 0)
		buf_puts(&buf, ")");
	return buf_str(&buf);
}

static void put_irregularity(
	const struct teller *teller, struct json_out *out, const struct irregularity_line *line)
{
	struct day day = instant_day(line->time, teller->institution->offset_minutes);

	json_out_open(out, '{');
	json_out_field_int(out, "matter", line->matter);
	json_out_field_text(out, "number", line->number);
	json_out_field_text(out, "action", line->action);
	json_out_field_text(out, "action_label", irregularity_action(teller, line));
	json_out_field_text(out, "rule", irregularity_rule(teller, line));
	put_bearer(teller, out, line->unit, line->post, 0, day);
	put_some(out, "person", code_of_person(teller, line->person));
	put_some(out, "person_name", tell_person(teller, line->person));
	json_out_field_text(out, "day", day_print(teller->arena, day));
	json_out_field_int(out, "event", line->index);
	if (line->answer != 0) {
		put_some(out, "answer_by", tell_post(teller, line->answer_post));
		put_some(out, "answer", line->answer_state);
		json_out_field_bool(out, "answer_late", line->answer_breached);
	}
	json_out_close(out, '}');
}

static enum err put_irregularities(const struct meeting_reading *reading, int64_t matter)
{
	struct irregularity_line *lines;
	size_t count;

	TRY(store_irregularity_of(reading->store, reading->teller->arena, reading->viewer, matter, &lines,
		&count, reading->reterr));
	json_out_key(reading->out, "irregular");
	json_out_open(reading->out, '[');
	for (size_t i = 0; i < count; i++)
		put_irregularity(reading->teller, reading->out, &lines[i]);
	json_out_close(reading->out, ']');
	return ERR_OK;
}

enum err meeting_put(const struct teller *teller, struct store *store, const struct viewer *viewer,
	int64_t matter, struct json_out *out, struct bh_err *reterr)
{
	const struct meeting_reading reading = {teller, store, viewer, out, reterr};
	struct meeting_line *lines;
	size_t count;

	TRY(store_meeting_items(store, teller->arena, viewer, matter, &lines, &count, reterr));
	if (count == 0 || lines[0].line.id != matter)
		return err_set(reterr, ERR_NOT_FOUND, "meeting", "there is no such meeting");
	json_out_open(out, '{');
	json_out_key(out, "meeting");
	TRY(put_record(&reading, &lines[0]));
	json_out_key(out, "items");
	json_out_open(out, '[');
	for (size_t i = 1; i < count; i++)
		TRY(put_record(&reading, &lines[i]));
	json_out_close(out, ']');
	TRY(put_irregularities(&reading, matter));
	json_out_close(out, '}');
	return ERR_OK;
}
