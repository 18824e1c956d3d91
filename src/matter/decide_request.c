/* decide_request.c: what a bearer may ask for, and the answer, which is itself a duty. */
#include "matter/engine.h"

static struct day until_day(const struct doc *fields)
{
	struct day day;
	struct str text = doc_get_text(fields, "until");

	return text.size > 0 && day_parse(text, &day, NULL) == ERR_OK ? day : DAY_NONE;
}

static const struct duty *moved_duty(const struct draft *draft, const struct request_rule *rule)
{
	for (size_t i = 0; rule->moves >= 0 && i < draft->matter->duty_count; i++) {
		const struct duty *duty = &draft->matter->duties[i];

		if (duty->kind == DUTY_RULE && duty->rule == rule->moves && duty->state == DUTY_OPEN)
			return duty;
	}
	return NULL;
}

static bool holds_here(const struct request_rule *rule, int state)
{
	for (size_t i = 0; i < rule->in_count; i++)
		if (rule->in[i] == state)
			return true;
	return false;
}

static enum err check_moved(struct draft *draft, const struct request_rule *rule)
{
	if (rule->moves >= 0 && moved_duty(draft, rule) == NULL)
		return err_set(draft->reterr, ERR_REFUSED, "moves",
			"the duty %.*s doesn't run now: its day can't be moved",
			STR_ARG(draft->procedure->duties[rule->moves].name));
	return ERR_OK;
}

/* Is the day asked for, or granted, one that makes sense? */
static enum err check_until(struct draft *draft, const struct request_rule *rule, struct day until)
{
	const struct duty *duty = moved_duty(draft, rule);

	if (rule->moves < 0 && !rule->stops_all)
		return ERR_OK;
	if (day_is_none(until))
		return err_set(draft->reterr, ERR_INVALID, "until", "name the day until when");
	TRY(check_moved(draft, rule));
	if (duty != NULL && day_end(until, draft->world->offset_minutes).us <= duty->due.us)
		return err_set(draft->reterr, ERR_INVALID, "until",
			"%.*s isn't after the day it is due anyway", STR_ARG(day_print(draft->arena, until)));
	if (until.number <= draft->today.number)
		return err_set(draft->reterr, ERR_INVALID, "until", "%.*s isn't in the future",
			STR_ARG(day_print(draft->arena, until)));
	return ERR_OK;
}

static enum err check_asking(struct draft *draft, const struct request_rule *rule, int index)
{
	const struct matter *matter = draft->matter;
	const struct duty *duty = moved_duty(draft, rule);

	if (!holds_here(rule, matter->state))
		return err_set(draft->reterr, ERR_REFUSED, "in",
			"%.*s can't be asked for while the matter is %.*s", STR_ARG(rule->name),
			STR_ARG(draft->procedure->states[matter->state].name));
	if (!instant_is_none(matter->suspended_until))
		return err_set(draft->reterr, ERR_REFUSED, "suspended", "the matter is suspended");
	for (size_t i = 0; i < matter->request_count; i++)
		if (matter->requests[i].rule == index && matter->requests[i].state == REQUEST_OPEN)
			return err_set(draft->reterr, ERR_CONFLICT, rule->name.data,
				"%.*s was asked for already and waits for its decision", STR_ARG(rule->name));
	TRY(check_moved(draft, rule));
	if (rule->before_due && duty != NULL && draft->world->now.us >= duty->due.us)
		return err_set(draft->reterr, ERR_REFUSED, "before_due",
			"%.*s must be asked for before the duty is due, and it was due on %.*s",
			STR_ARG(rule->name),
			STR_ARG(day_print(draft->arena, instant_day((struct instant){duty->due.us - 1},
								draft->world->offset_minutes))));
	return ERR_OK;
}

enum err decide_request(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;
	int index = procedure_request(draft->procedure, command->name);

	if (index < 0)
		return err_set(draft->reterr, ERR_NOT_FOUND, "request", "%.*s has no request %.*s",
			STR_ARG(draft->procedure->name), STR_ARG(command->name));
	const struct request_rule *rule = &draft->procedure->requests[index];

	TRY(draft_delegation(draft));
	TRY(draft_authorise(draft, rule->by));
	TRY(check_asking(draft, rule, index));
	TRY(fields_check(rule->fields, rule->field_count, command->fields, draft->world->org, draft->reterr));
	TRY(check_until(draft, rule, until_day(command->fields)));
	struct bearer decider = matter_bearer(
		draft->procedure, draft->fields, rule->decided_by, draft->world->org, draft->today);

	if (bearer_is_nobody(&decider))
		return err_set(draft->reterr, ERR_REFUSED, "decided_by",
			"the role %.*s names nobody who could decide",
			STR_ARG(draft->procedure->roles[rule->decided_by].name));
	int64_t id = draft->matter->next_request;

	doc_set(draft->arena, draft->payload, "request", doc_int(draft->arena, id));
	doc_set(draft->arena, draft->payload, "rule", doc_text(draft->arena, rule->name));
	if (command->fields != NULL)
		doc_set(draft->arena, draft->payload, "fields", command->fields);
	int64_t duty = draft_owe(draft, DUTY_DECIDE, index, id, draft->post, &decider, rule->decide_within);

	draft_tell(draft, decider.post, NOTICE_REQUESTED, duty);
	draft_finish(draft, EVENT_REQUEST_MADE, events);
	return ERR_OK;
}

/* The moved duty gets its new day, and the field it is measured by says the same. */
static void grant_move(struct draft *draft, const struct request_rule *rule, struct day until)
{
	const struct duty *duty = moved_duty(draft, rule);
	const struct limit *limit = &draft->procedure->duties[rule->moves].limit;
	struct term warn = draft->procedure->duties[rule->moves].warn;
	struct doc *object = draft_push(draft, "changes");
	int offset = draft->world->offset_minutes;

	doc_set(draft->arena, object, "id", doc_int(draft->arena, duty->id));
	doc_set(draft->arena, object, "due", doc_int(draft->arena, day_end(until, offset).us));
	doc_set(draft->arena, object, "extended", doc_bool(draft->arena, true));
	if (warn.amount > 0)
		doc_set(draft->arena, object, "warn",
			doc_int(draft->arena,
				day_start(calendar_term_before(draft->world->calendar, until, warn), offset)
					.us));
	if (limit->kind != LIMIT_BY)
		return;
	draft_set(draft, draft->procedure->fields[limit->field].name,
		doc_text(draft->arena, day_print(draft->arena, until)));
	draft_revise(draft, duty);
}

/* Every clock of the procedure stands; what is left of each is kept in working days, at least one. A clock
 * that has run out can't be stopped: what is overdue stays so, and is breached once. */
static void grant_stop(struct draft *draft, struct day until)
{
	doc_set(draft->arena, draft->payload, "suspended_until",
		doc_int(draft->arena, day_end(until, draft->world->offset_minutes).us));
	for (size_t i = 0; i < draft->matter->duty_count; i++) {
		const struct duty *duty = &draft->matter->duties[i];

		if (duty->kind == DUTY_RULE && duty->state == DUTY_OPEN &&
			duty->due.us > draft->world->now.us)
			draft_pause(draft, duty);
	}
}

static enum err check_decider(
	struct draft *draft, const struct request *request, const struct request_rule *rule)
{
	const struct command *command = draft->command;
	const int64_t sides[] = {request->person, request->on_behalf};

	TRY(draft_delegation(draft));
	TRY(draft_authorise(draft, rule->decided_by));
	for (size_t i = 0; i < ARRAY_COUNT(sides); i++)
		if (sides[i] != 0 && (sides[i] == command->person || sides[i] == command->on_behalf))
			return err_set(draft->reterr, ERR_REFUSED, "not_by",
				"whoever asked may not grant: somebody else of the office must decide");
	return draft_text(draft, command->grant ? NULL : "a refusal needs its reason");
}

/* The day that the decider names, else the one that was asked for; none where the request has none. */
static enum err granted_day(struct draft *draft, const struct request *request, struct day *ret_until)
{
	const struct doc *given = draft->command->fields;
	const struct doc *until = doc_get(given, "until");

	if (given != NULL && (given->kind != DOC_OBJECT || given->count > (until != NULL ? 1u : 0u)))
		return err_set(draft->reterr, ERR_INVALID, "fields",
			"a decision takes no field but until: say the rest as its text");
	*ret_until = until_day(until != NULL ? given : request->fields);
	if (until != NULL && day_is_none(*ret_until))
		return err_set(
			draft->reterr, ERR_INVALID, "until", "that is no date: write it like 2019-06-28");
	return ERR_OK;
}

enum err decide_decision(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;
	const struct matter *matter = draft->matter;
	const struct request *request = NULL;

	for (size_t i = 0; i < matter->request_count; i++)
		if (matter->requests[i].id == command->about && matter->requests[i].state == REQUEST_OPEN)
			request = &matter->requests[i];
	if (request == NULL)
		return err_set(draft->reterr, ERR_NOT_FOUND, "request",
			"no request %lld waits for a decision here", (long long)command->about);
	const struct request_rule *rule = &draft->procedure->requests[request->rule];
	struct day until = DAY_NONE;

	TRY(check_decider(draft, request, rule));
	TRY(granted_day(draft, request, &until));
	if (command->grant)
		TRY(check_until(draft, rule, until));
	doc_set(draft->arena, draft->payload, "request", doc_int(draft->arena, request->id));
	doc_set(draft->arena, draft->payload, "grant", doc_bool(draft->arena, command->grant));
	if (command->grant && !day_is_none(until))
		doc_set(draft->arena, draft->payload, "until",
			doc_text(draft->arena, day_print(draft->arena, until)));
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].kind == DUTY_DECIDE && matter->duties[i].about == request->id)
			draft_close(draft, &matter->duties[i], DUTY_DONE);
	if (command->grant && rule->moves >= 0)
		grant_move(draft, rule, until);
	if (command->grant && rule->stops_all)
		grant_stop(draft, until);
	draft_tell(draft, request->post, NOTICE_DECIDED, 0);
	draft_finish(draft, EVENT_REQUEST_DECIDED, events);
	return ERR_OK;
}
