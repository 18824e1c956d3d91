/* matter_words.c: the words for what happened in a matter, the same for people and for programs. */
#include "view/matter_view.h"

static struct day day_of(const struct matter_view *view, struct instant instant)
{
	return instant_day(instant, view->teller.institution->offset_minutes);
}

const struct duty *view_duty(const struct matter_view *view, int64_t id)
{
	for (size_t i = 0; i < view->duty_count; i++)
		if (view->duties[i].id == id)
			return &view->duties[i];
	return NULL;
}

bool view_owes(const struct matter_view *view)
{
	for (size_t i = 0; i < view->duty_count; i++)
		if (view->duties[i].state == DUTY_OPEN || view->duties[i].state == DUTY_PAUSED)
			return true;
	return false;
}

bool view_event_opens(const struct view_event *event, int64_t duty)
{
	const struct doc *opens = doc_get(event->payload, "opens");

	for (size_t i = 0; opens != NULL && i < opens->count; i++)
		if (doc_get_int(&opens->items[i], "id", 0) == duty)
			return true;
	return false;
}

/* The event that opened a duty tells what an answer is for. */
static const struct view_event *opened_by(const struct matter_view *view, int64_t duty)
{
	for (size_t i = 0; i < view->event_count; i++)
		if (view_event_opens(&view->events[i], duty))
			return &view->events[i];
	for (size_t i = 0; i < view->origin_count; i++)
		if (view_event_opens(&view->origins[i], duty))
			return &view->origins[i];
	return NULL;
}

struct str view_duty_name(const struct matter_view *view, const struct duty *duty)
{
	const struct view_event *event = duty->kind == DUTY_ANSWER ? opened_by(view, duty->id) : NULL;

	if (event != NULL && event->kind == EVENT_DUTY_BREACHED)
		return str_from(tell_either(&view->teller, "失责处置", "follow up the breach"));
	if (event != NULL && event->kind == EVENT_MATTER_INSTRUCTED)
		return str_from(tell_either(&view->teller, "回复批示", "answer the instruction"));
	if (event != NULL && event->kind == EVENT_MATTER_ACTED)
		return str_from(
			tell_either(&view->teller, "违反程序处置", "follow up the breach of procedure"));
	return tell_duty(&view->teller, view->matter->procedure, duty);
}

bool view_may_answer(const struct matter_view *view, const struct duty *duty)
{
	struct command command = {.kind = duty->kind == DUTY_DECIDE ? COMMAND_DECIDE : COMMAND_ANSWER,
		.person = view->person,
		.matter = view->matter->id,
		.text = STR("?"),
		.about = duty->kind == DUTY_DECIDE ? duty->about : duty->id};
	struct events events;
	struct bh_err why;

	if (view->person == 0 || duty->kind == DUTY_RULE ||
		(duty->state != DUTY_OPEN && duty->state != DUTY_PAUSED))
		return false;
	/* The engine's own decision, so that nothing is promised that it then refuses. */
	return matter_decide(view->matter, &command, &view->world, view->teller.arena, &events, &why) ==
	       ERR_OK;
}

bool view_may_say(const struct matter_view *view, enum command_kind kind)
{
	struct command command = {
		.kind = kind, .person = view->person, .matter = view->matter->id, .text = STR("?")};
	struct events events;
	struct bh_err why;

	return view->person != 0 && matter_decide(view->matter, &command, &view->world, view->teller.arena,
					    &events, &why) == ERR_OK;
}

static void put_basis(const struct matter_view *view, struct buf *buf, const struct basis *basis)
{
	if (buf->size > 0)
		buf_puts(buf, tell_either(&view->teller, ";", "; "));
	buf_put(buf, basis->rule);
	if (basis->article.size > 0)
		buf_format(buf, " %.*s", STR_ARG(basis->article));
	if (basis->confirm)
		buf_puts(buf, tell_either(&view->teller, "(待确认)", " (to be confirmed)"));
}

struct str view_basis(const struct matter_view *view, const struct duty *duty)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct duty_rule *rule =
		duty->kind == DUTY_RULE && duty->rule >= 0 ? &procedure->duties[duty->rule] : NULL;
	struct buf buf = buf_new(view->teller.arena);

	for (size_t i = 0; rule != NULL && i < rule->basis_count; i++)
		put_basis(view, &buf, &rule->basis[i]);
	for (size_t i = 0; buf.size == 0 && i < procedure->basis_count; i++) {
		put_basis(view, &buf, &procedure->basis[i]);
		if (i + 1 == procedure->basis_count)
			break;
	}
	return buf_str(&buf);
}

/* ---- values ---- */

/* A matter that is only named; NULL when it can't be had. */
static const struct matter *other_matter(const struct matter_view *view, int64_t id)
{
	struct matter *other;
	struct bh_err why;

	if (!view_sees(view, id) || institution_matter(view->teller.institution, view->store,
					    view->teller.arena, id, &other, &why) != ERR_OK)
		return NULL;
	return other;
}

/* A file by its name; by the beginning of its hash where it isn't shown to whoever asks. */
static struct str file_name(const struct matter_view *view, struct str hash)
{
	for (size_t i = view->evidence_count; i > 0; i--)
		if (str_equal(view->evidence[i - 1].hash, hash))
			return view->evidence[i - 1].name;
	return str_slice(hash, 0, 8);
}

/* Rows with the names of files instead of their hashes. */
static const struct doc *rows_by_name(
	const struct matter_view *view, const struct field *field, const struct doc *rows)
{
	struct arena *arena = view->teller.arena;
	struct doc *named = doc_copy(arena, rows);

	for (size_t i = 0; i < named->count; i++)
		for (size_t k = 0; k < field->column_count; k++) {
			struct doc *cell = (struct doc *)(uintptr_t)doc_get_str(
				&named->items[i], field->columns[k].name);

			if (cell != NULL && field->columns[k].type == FIELD_FILE)
				*cell = *doc_text(arena, file_name(view, cell->text));
		}
	return named;
}

struct str view_value(const struct matter_view *view, const struct field *field, const struct doc *value)
{
	const struct matter *other;

	if (field->type == FIELD_POST && value->kind == DOC_INT)
		return tell_bearer(&view->teller, 0, value->number, 0, view->today);
	if (field->type == FIELD_MATTER && value->kind == DOC_INT) {
		other = other_matter(view, value->number);
		if (other != NULL)
			return other->number;
	}
	if (field->type == FIELD_FILE && value->kind == DOC_TEXT)
		return file_name(view, value->text);
	if (field->type == FIELD_ROWS && value->kind == DOC_LIST)
		value = rows_by_name(view, field, value);
	return field_value_print(
		view->teller.arena, field, value, view->teller.institution->org, teller_lang(&view->teller));
}

bool view_sees(const struct matter_view *view, int64_t matter)
{
	struct bh_err why;

	return matter_seen(view->store, view->viewer, matter, &why) == ERR_OK;
}

bool view_cause(const struct matter_view *view, const struct view_event *event, struct str *ret_number,
	struct str *ret_name)
{
	if (doc_get(event->payload, "cause") == NULL)
		return false;
	const struct matter *cause = other_matter(view, doc_get_int(event->payload, "cause", 0));
	struct str name = doc_get_text(event->payload, "caused_by");

	if (cause == NULL)
		return false;
	int duty = procedure_duty(cause->procedure, name);
	int action = procedure_action(cause->procedure, name);

	if (duty >= 0)
		name = label_pick(cause->procedure->duties[duty].label, name, teller_lang(&view->teller));
	else if (action >= 0)
		name = label_pick(cause->procedure->actions[action].label, name, teller_lang(&view->teller));
	*ret_number = cause->number;
	*ret_name = name;
	return true;
}

/* ---- events ---- */

static struct str label_of_action(const struct matter_view *view, struct str name)
{
	const struct procedure *procedure = view->matter->procedure;
	int action = procedure_action(procedure, name);

	return action < 0 ? name
			  : label_pick(procedure->actions[action].label, name, teller_lang(&view->teller));
}

static struct str label_of_request(const struct matter_view *view, const struct view_event *event)
{
	for (size_t i = 0; i < view->request_count; i++)
		if (view->requests[i].id == doc_get_int(event->payload, "request", 0) &&
			view->requests[i].rule != NULL)
			return label_pick(view->requests[i].rule->label, view->requests[i].rule->name,
				teller_lang(&view->teller));
	return doc_get_text(event->payload, "rule");
}

static struct str label_of_duty(const struct matter_view *view, const struct view_event *event)
{
	const struct duty *duty = view_duty(view, doc_get_int(event->payload, "duty", 0));

	return duty == NULL ? doc_get_text(event->payload, "name") : view_duty_name(view, duty);
}

static struct str decision(const struct matter_view *view, const struct view_event *event)
{
	return str_from(tell_word(&view->teller,
		request_state_name(
			doc_get_bool(event->payload, "grant") ? REQUEST_GRANTED : REQUEST_REFUSED)));
}

static const struct {
	const char *zh, *en;
} headlines[EVENT_KIND_END] = {
	[EVENT_MATTER_OPENED] = {"立项", "opened"},
	[EVENT_DUTY_WARNED] = {"临期提醒:", "warned: "},
	[EVENT_DUTY_BREACHED] = {"失责:", "breached: "},
	[EVENT_MATTER_NOTED] = {"记事", "noted"},
	[EVENT_MATTER_URGED] = {"催办", "urged"},
	[EVENT_MATTER_INSTRUCTED] = {"批示", "instructed"},
	[EVENT_MATTER_ANSWERED] = {"回复:", "answered: "},
	[EVENT_REQUEST_MADE] = {"申请:", "requested: "},
	[EVENT_REQUEST_DECIDED] = {"答复申请:", "decided: "},
	[EVENT_MATTER_RESUMED] = {"恢复", "resumed"},
	[EVENT_MATTER_LINKED] = {"关联", "linked"},
	[EVENT_MATTER_FOLLOWED] = {"关注", "followed"},
	[EVENT_MATTER_UNFOLLOWED] = {"取消关注", "followed no more"},
	[EVENT_MATTER_ATTENDED] = {"签到", "checked in"},
};

struct str view_headline(const struct matter_view *view, const struct view_event *event)
{
	struct buf buf = buf_new(view->teller.arena);

	if (event->kind == EVENT_MATTER_ACTED)
		return label_of_action(view, doc_get_text(event->payload, "action"));
	if (headlines[event->kind].zh == NULL)
		return str_from(event_wire(event->kind));
	buf_puts(&buf, tell_either(&view->teller, headlines[event->kind].zh, headlines[event->kind].en));
	if (event->kind == EVENT_DUTY_WARNED || event->kind == EVENT_DUTY_BREACHED ||
		event->kind == EVENT_MATTER_ANSWERED)
		buf_put(&buf, label_of_duty(view, event));
	else if (event->kind == EVENT_REQUEST_MADE || event->kind == EVENT_REQUEST_DECIDED)
		buf_put(&buf, label_of_request(view, event));
	if (event->kind == EVENT_REQUEST_DECIDED)
		buf_format(&buf, tell_either(&view->teller, "(%.*s)", " (%.*s)"),
			STR_ARG(decision(view, event)));
	return buf_str(&buf);
}

bool view_is_by_reporter(const struct view_event *event)
{
	return doc_get_int(event->payload, "person", 0) == 0 &&
	       (doc_get(event->payload, "letter") != NULL || doc_get_bool(event->payload, "reporter"));
}

struct str view_actor(const struct matter_view *view, const struct view_event *event)
{
	int64_t person = doc_get_int(event->payload, "person", 0),
		on_behalf = doc_get_int(event->payload, "on_behalf", 0),
		post = doc_get_int(event->payload, "post", 0);
	struct buf buf = buf_new(view->teller.arena);

	if (view_is_by_reporter(event))
		return str_from(
			tell_either(&view->teller, "匿名反映人", "whoever reported it, without a name"));
	if (person == 0)
		return str_from(tell_either(&view->teller, "时钟自动", "by the clock"));
	buf_put(&buf, tell_person(&view->teller, person));
	if (doc_get(event->payload, "in_name_of") != NULL)
		buf_format(&buf,
			tell_either(&view->teller, " 录入 %.*s 的来信", ", entering a letter of %.*s"),
			STR_ARG(tell_person(&view->teller, doc_get_int(event->payload, "in_name_of", 0))));
	if (on_behalf != 0)
		buf_format(&buf, tell_either(&view->teller, " 代 %.*s", " for %.*s"),
			STR_ARG(tell_person(&view->teller, on_behalf)));
	if (post != 0) {
		const struct tenure *tenure =
			org_holder(view->teller.institution->org, post, day_of(view, event->time));
		bool acting = tenure != NULL && tenure->kind == TENURE_ACTING;

		buf_format(&buf, " (%.*s%s)", STR_ARG(tell_post(&view->teller, post)),
			acting ? tell_either(&view->teller, ",代理", ", acting") : "");
	}
	return buf_str(&buf);
}

const struct field *view_fields(
	const struct matter_view *view, const struct view_event *event, size_t *ret_count)
{
	const struct procedure *procedure = view->matter->procedure;
	int action = procedure_action(procedure, doc_get_text(event->payload, "action"));
	int request = procedure_request(procedure, doc_get_text(event->payload, "rule"));

	*ret_count = 0;
	switch (event->kind) {
	case EVENT_MATTER_OPENED:
		*ret_count = procedure->field_count;
		return procedure->fields;
	case EVENT_MATTER_ACTED:
		*ret_count = action < 0 ? 0 : procedure->actions[action].field_count;
		return action < 0 ? NULL : procedure->actions[action].fields;
	case EVENT_REQUEST_MADE:
		*ret_count = request < 0 ? 0 : procedure->requests[request].field_count;
		return request < 0 ? NULL : procedure->requests[request].fields;
	default:
		return NULL;
	}
}
