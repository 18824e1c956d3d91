#include "check/fits.h"

/* 1900 and 3000: days beyond are no due days of anything. */
#define INSTANT_FIRST (INT64_C(-2208988800) * 1000000)
#define INSTANT_LAST  (INT64_C(32503680000) * 1000000)
#define DAYS_LEFT_MAX 100000

struct fitting {
	const struct matter *matter;
	const struct procedure *procedure;
	const struct event *event;
	struct bh_err *reterr;
};

static enum err unfit(struct fitting *fitting, const char *place, const char *why)
{
	return err_set(fitting->reterr, ERR_TAMPERED, place, "%s", why);
}

const struct duty *duty_owed(const struct matter *matter, int64_t id)
{
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].id == id &&
			(matter->duties[i].state == DUTY_OPEN || matter->duties[i].state == DUTY_PAUSED))
			return &matter->duties[i];
	return NULL;
}

const struct request *request_open(const struct matter *matter, int64_t id)
{
	for (size_t i = 0; i < matter->request_count; i++)
		if (matter->requests[i].id == id && matter->requests[i].state == REQUEST_OPEN)
			return &matter->requests[i];
	return NULL;
}

static bool is_instant(const struct doc *object, const char *key, bool needed)
{
	const struct doc *value = doc_get(object, key);

	if (value == NULL)
		return !needed;
	return value->kind == DOC_INT && value->number >= INSTANT_FIRST && value->number < INSTANT_LAST;
}

static bool is_number(const struct doc *object, const char *key, int64_t most)
{
	const struct doc *value = doc_get(object, key);

	return value == NULL || (value->kind == DOC_INT && value->number >= 0 && value->number <= most);
}

/* The list under `key`, its items objects; an empty one when there is none. */
static enum err list_of(struct fitting *fitting, const char *key, const struct doc **ret_list)
{
	static const struct doc none = {.kind = DOC_LIST};
	const struct doc *list = doc_get(fitting->event->payload, key);

	*ret_list = list == NULL ? &none : list;
	if ((*ret_list)->kind != DOC_LIST)
		return unfit(fitting, key, "it should be a list");
	for (size_t i = 0; i < (*ret_list)->count; i++)
		if ((*ret_list)->items[i].kind != DOC_OBJECT)
			return unfit(fitting, key, "it should be a list of objects");
	return ERR_OK;
}

static bool opens_here(struct fitting *fitting, int64_t id)
{
	const struct doc *opens = doc_get(fitting->event->payload, "opens");

	for (size_t i = 0; opens != NULL && i < opens->count; i++)
		if (doc_get_int(&opens->items[i], "id", 0) == id)
			return true;
	return false;
}

static bool kind_fits(struct fitting *fitting, const struct doc *duty)
{
	struct str kind = doc_get_text(duty, "kind"), rule = doc_get_text(duty, "rule");

	if (str_is(kind, duty_kind_name(DUTY_RULE)))
		return procedure_duty(fitting->procedure, rule) >= 0;
	if (str_is(kind, duty_kind_name(DUTY_DECIDE)))
		return procedure_request(fitting->procedure, rule) >= 0;
	return str_is(kind, duty_kind_name(DUTY_ANSWER));
}

static enum err opens_fit(struct fitting *fitting)
{
	const struct doc *list;
	int64_t next = fitting->matter->next_duty;

	TRY(list_of(fitting, "opens", &list));
	for (size_t i = 0; i < list->count; i++, next++) {
		const struct doc *duty = &list->items[i];

		if (doc_get_int(duty, "id", 0) != next)
			return unfit(fitting, "opens", "a duty doesn't take the next number");
		if (!kind_fits(fitting, duty))
			return unfit(fitting, "opens", "the definition knows no such duty");
		if (!is_instant(duty, "due", true) || !is_instant(duty, "warn", false) ||
			!is_instant(duty, "armed", false))
			return unfit(fitting, "opens", "a duty has no due day");
		if (!is_number(duty, "unit", INT32_MAX) || !is_number(duty, "post", INT32_MAX) ||
			!is_number(duty, "bearer", INT32_MAX) || !is_number(duty, "about", INT64_MAX) ||
			!is_number(duty, "asker", INT32_MAX))
			return unfit(fitting, "opens", "a duty's bearer is no number");
	}
	return ERR_OK;
}

static enum err closes_fit(struct fitting *fitting)
{
	const struct doc *list;

	TRY(list_of(fitting, "closes", &list));
	for (size_t i = 0; i < list->count; i++) {
		struct str how = doc_get_text(&list->items[i], "how");

		if (duty_owed(fitting->matter, doc_get_int(&list->items[i], "id", 0)) == NULL)
			return unfit(fitting, "closes", "it closes a duty that isn't owed");
		if (!str_is(how, duty_state_name(DUTY_DONE)) && !str_is(how, duty_state_name(DUTY_DROPPED)) &&
			!str_is(how, duty_state_name(DUTY_MISSED)))
			return unfit(fitting, "closes", "a duty ends done, dropped or missed");
	}
	return ERR_OK;
}

/* What changes, stops or goes on is owed, or opened by this very event. */
static enum err touches_fit(struct fitting *fitting, const char *key, bool dated)
{
	const struct doc *list;

	TRY(list_of(fitting, key, &list));
	for (size_t i = 0; i < list->count; i++) {
		int64_t id = doc_get_int(&list->items[i], "id", 0);

		if (duty_owed(fitting->matter, id) == NULL && !opens_here(fitting, id))
			return unfit(fitting, key, "it speaks of a duty that isn't owed");
		if (!is_instant(&list->items[i], "due", dated) ||
			!is_instant(&list->items[i], "warn", false) ||
			!is_number(&list->items[i], "left", DAYS_LEFT_MAX))
			return unfit(fitting, key, "a duty has no due day");
	}
	return ERR_OK;
}

static enum err lapses_fit(struct fitting *fitting)
{
	const struct doc *list;

	TRY(list_of(fitting, "lapses", &list));
	for (size_t i = 0; i < list->count; i++)
		if (request_open(fitting->matter, doc_get_int(&list->items[i], "id", 0)) == NULL)
			return unfit(fitting, "lapses", "it drops a request that isn't open");
	return ERR_OK;
}

static enum err irregular_fits(struct fitting *fitting)
{
	const struct action *action = &fitting->procedure->actions[procedure_action(
		fitting->procedure, doc_get_text(fitting->event->payload, "action"))];
	const struct doc *list;

	TRY(list_of(fitting, "irregular", &list));
	for (size_t i = 0; i < list->count; i++) {
		const struct doc *item = &list->items[i];

		if (!is_number(item, "check", (int64_t)action->check_count - 1))
			return unfit(fitting, "irregular", "the definition knows no such check");
		if (!is_number(item, "unit", INT32_MAX) || !is_number(item, "post", INT32_MAX) ||
			!is_number(item, "holder", INT32_MAX) || !is_number(item, "answer", INT64_MAX))
			return unfit(fitting, "irregular", "whose it is is no number");
	}
	return ERR_OK;
}

static enum err acted_fits(struct fitting *fitting)
{
	const struct doc *payload = fitting->event->payload, *to = doc_get(payload, "to");

	if (procedure_action(fitting->procedure, doc_get_text(payload, "action")) < 0)
		return unfit(fitting, "action", "the definition knows no such action");
	if (to != NULL && procedure_state(fitting->procedure, to->text) < 0)
		return unfit(fitting, "to", "the definition knows no such state");
	if (!is_number(payload, "progress", 100))
		return unfit(fitting, "progress", "it should be a percentage");
	return irregular_fits(fitting);
}

static enum err requested_fits(struct fitting *fitting)
{
	const struct doc *payload = fitting->event->payload;

	if (procedure_request(fitting->procedure, doc_get_text(payload, "rule")) < 0)
		return unfit(fitting, "rule", "the definition knows no such request");
	if (doc_get_int(payload, "request", 0) != fitting->matter->next_request)
		return unfit(fitting, "request", "it doesn't take the next number");
	return ERR_OK;
}

static enum err own_part_fits(struct fitting *fitting)
{
	const struct doc *payload = fitting->event->payload;

	switch (fitting->event->kind) {
	case EVENT_MATTER_OPENED:
		return doc_get(payload, "fields") != NULL && doc_get(payload, "fields")->kind == DOC_OBJECT
			       ? ERR_OK
			       : unfit(fitting, "fields", "it should be an object");
	case EVENT_MATTER_ACTED:
		return acted_fits(fitting);
	case EVENT_DUTY_WARNED:
	case EVENT_DUTY_BREACHED:
		return duty_owed(fitting->matter, doc_get_int(payload, "duty", 0)) != NULL
			       ? ERR_OK
			       : unfit(fitting, "duty", "that duty isn't owed");
	case EVENT_REQUEST_MADE:
		return requested_fits(fitting);
	case EVENT_REQUEST_DECIDED:
		if (request_open(fitting->matter, doc_get_int(payload, "request", 0)) == NULL)
			return unfit(fitting, "request", "that request isn't open");
		return is_instant(payload, "suspended_until", false)
			       ? ERR_OK
			       : unfit(fitting, "suspended_until", "it should be a day");
	case EVENT_MATTER_INSTRUCTED:
		return doc_get_int(payload, "instruction", 0) == fitting->matter->next_instruction
			       ? ERR_OK
			       : unfit(fitting, "instruction", "it doesn't take the next number");
	default:
		return ERR_OK;
	}
}

enum err event_fits(const struct matter *matter, const struct event *event, const struct procedure *procedure,
	struct bh_err *reterr)
{
	struct fitting fitting = {matter, procedure, event, reterr};
	const struct doc *set, *list;

	if (event->payload == NULL || event->payload->kind != DOC_OBJECT)
		return unfit(&fitting, "payload", "it should be an object");
	if (procedure == NULL)
		return unfit(&fitting, "definition", "no such definition was adopted");
	if ((event->kind == EVENT_MATTER_OPENED) != (matter->version == 0))
		return unfit(&fitting, "matter",
			matter->version == 0 ? "it was never opened" : "it was opened before");
	TRY(own_part_fits(&fitting));
	set = doc_get(event->payload, "set");
	if (set != NULL && set->kind != DOC_OBJECT)
		return unfit(&fitting, "set", "it should be an object");
	TRY(opens_fit(&fitting));
	TRY(closes_fit(&fitting));
	TRY(touches_fit(&fitting, "changes", false));
	TRY(touches_fit(&fitting, "pauses", false));
	TRY(touches_fit(&fitting, "resumes", true));
	TRY(lapses_fit(&fitting));
	TRY(list_of(&fitting, "tells", &list));
	return list_of(&fitting, "evidence", &list);
}
