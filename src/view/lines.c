/* lines.c: a row of a list, for programs and people at once. */
#include "view/lines.h"
#include "view/put.h"

/* NULL when it was adopted since the institution in memory was read. */
static const struct procedure *procedure_of(const struct teller *teller, int64_t definition)
{
	return institution_procedure((void *)teller->institution, definition);
}

struct str line_procedure_title(const struct teller *teller, const struct matter_line *line)
{
	const struct procedure *procedure = procedure_of(teller, line->definition);

	return procedure == NULL ? line->procedure : pick_label(teller, procedure->title, procedure->name);
}

struct str line_state_label(const struct teller *teller, const struct matter_line *line)
{
	const struct procedure *procedure = procedure_of(teller, line->definition);
	int state = procedure == NULL ? -1 : procedure_state(procedure, line->state);

	return state < 0 ? line->state : pick_label(teller, procedure->states[state].label, line->state);
}

void line_put_matter(const struct teller *teller, struct json_out *out, const struct matter_line *line)
{
	const struct procedure *procedure = procedure_of(teller, line->definition);
	int progress = line->rolled >= 0 ? line->rolled : line->progress;

	json_out_open(out, '{');
	json_out_field_int(out, "id", line->id);
	json_out_field_text(out, "number", line->number);
	json_out_field_text(out, "title", line->title);
	json_out_field_text(out, "procedure", line->procedure);
	json_out_field_text(out, "procedure_title", line_procedure_title(teller, line));
	if (procedure != NULL)
		json_out_field_text(out, "grasp", str_from(grasp_name(procedure->grasp)));
	json_out_field_text(out, "state", line->state);
	json_out_field_text(out, "state_label", line_state_label(teller, line));
	json_out_field_text(out, "lamp", line->lamp);
	put_some(out, "unit", code_of_unit(teller, line->unit));
	put_some(out, "unit_name", tell_unit(teller, line->unit));
	put_some(out, "commander", code_of_post(teller, line->commander));
	put_some(out, "commander_name", tell_post(teller, line->commander));
	put_instant(teller, out, "opened", line->opened);
	put_instant(teller, out, "due", line->due);
	put_some(out, "due_day", tell_day(teller, line->due));
	put_instant(teller, out, "ended", line->ended);
	if (progress >= 0)
		json_out_field_int(out, "progress", progress);
	json_out_field_int(out, "event", line->last_index);
	json_out_close(out, '}');
}

static struct str duty_name(
	const struct teller *teller, int64_t definition, struct str kind, int rule, struct str name)
{
	struct duty duty = {.kind = DUTY_ANSWER, .rule = rule};

	if (!duty_kind_parse(kind, &duty.kind))
		return name;
	return tell_duty(teller, procedure_of(teller, definition), &duty);
}

struct str line_duty_name(const struct teller *teller, const struct duty_line *line)
{
	return duty_name(teller, line->definition, line->kind, line->rule, line->name);
}

struct str line_settled_name(const struct teller *teller, const struct settled *settled)
{
	return duty_name(teller, settled->definition, settled->kind, settled->rule, settled->name);
}

void line_put_duty(
	const struct teller *teller, struct json_out *out, const struct duty_line *line, struct instant now)
{
	const struct institution *institution = teller->institution;
	const struct procedure *procedure = procedure_of(teller, line->definition);
	struct day today = instant_day(now, institution->offset_minutes),
		   day = instant_day((struct instant){line->due.us - 1}, institution->offset_minutes);
	bool open = instant_is_none(line->closed), overdue = open && line->due.us <= now.us;

	json_out_open(out, '{');
	json_out_field_int(out, "matter", line->matter);
	json_out_field_text(out, "number", line->number);
	/* At the door of a compartment it comes without. */
	json_out_field_text(out, "title",
		line->title.size > 0 || procedure == NULL
			? line->title
			: pick_label(teller, procedure->title, procedure->name));
	if (procedure != NULL) {
		json_out_field_text(out, "procedure", procedure->name);
		json_out_field_text(
			out, "procedure_title", pick_label(teller, procedure->title, procedure->name));
	}
	json_out_field_int(out, "id", line->id);
	json_out_field_text(out, "kind", line->kind);
	json_out_field_text(out, "name", line_duty_name(teller, line));
	json_out_field_text(out, "state", line->state);
	put_bearer(teller, out, line->unit, line->post, line->person, today);
	json_out_field_text(out, "due", instant_print(teller->arena, line->due, institution->offset_minutes));
	json_out_field_text(out, "due_day", tell_day(teller, line->due));
	put_instant(teller, out, "closed", line->closed);
	if (open && !overdue)
		json_out_field_int(out, "days_left", calendar_count(institution->calendar, today, day, NULL));
	json_out_field_bool(out, "overdue", overdue);
	json_out_field_bool(out, "breached", line->breached);
	json_out_close(out, '}');
}

void line_put_notice(const struct teller *teller, struct json_out *out, const struct notice_line *line)
{
	json_out_open(out, '{');
	json_out_field_int(out, "event", line->index);
	put_instant(teller, out, "time", line->time);
	json_out_field_text(out, "kind", line->kind);
	json_out_field_text(out, "kind_label", tell_notice(teller, line->kind, line->post));
	json_out_field_int(out, "matter", line->matter);
	json_out_field_text(out, "number", line->number);
	json_out_field_text(out, "title", line->title);
	if (line->duty != 0)
		json_out_field_int(out, "duty", line->duty);
	if (line->post != 0) {
		json_out_field_text(out, "post", code_of_post(teller, line->post));
		json_out_field_text(out, "post_name", tell_post(teller, line->post));
	}
	json_out_field_bool(out, "followed", line->post == 0);
	json_out_close(out, '}');
}

void line_put_link(const struct teller *teller, struct json_out *out, const struct link_line *line)
{
	json_out_open(out, '{');
	json_out_field_int(out, "id", line->other);
	json_out_field_text(out, "relation", line->relation);
	json_out_field_text(out, "relation_label", tell_relation(teller, line->relation));
	json_out_field_text(out, "number", line->number);
	json_out_field_text(out, "title", line->title);
	json_out_field_bool(out, "forth", line->forth);
	json_out_close(out, '}');
}
