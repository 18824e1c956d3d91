/* law_word.c: what is asked and decided, instructed and answered, followed no more. */
#include "check/law.h"

static bool may_be_asked_in(const struct request_rule *rule, int state)
{
	for (size_t i = 0; i < rule->in_count; i++)
		if (rule->in[i] == state)
			return true;
	return false;
}

static const struct duty *duty_of_rule(const struct matter *matter, int rule)
{
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].kind == DUTY_RULE && matter->duties[i].rule == rule &&
			matter->duties[i].state == DUTY_OPEN)
			return &matter->duties[i];
	return NULL;
}

enum err judge_requested(const struct case_at_hand *at)
{
	int index = procedure_request(at->procedure, doc_get_text(at->payload, "rule"));
	const struct request_rule *rule = &at->procedure->requests[index];
	const struct duty *moved = rule->moves < 0 ? NULL : duty_of_rule(at->matter, rule->moves);

	TRY(judge_role(at, rule->by));
	if (!instant_is_none(at->matter->ended) || !instant_is_none(at->matter->suspended_until) ||
		!may_be_asked_in(rule, at->matter->state))
		return unlawful(at, "in", "%.*s couldn't be asked for then", STR_ARG(rule->name));
	if (rule->moves >= 0 && moved == NULL)
		return unlawful(at, "moves", "the duty whose day it would move didn't run");
	if (rule->before_due && moved != NULL && at->event->time.us >= moved->due.us)
		return unlawful(at, "before_due", "%.*s was asked for too late", STR_ARG(rule->name));
	for (size_t i = 0; i < at->matter->request_count; i++)
		if (at->matter->requests[i].rule == index && at->matter->requests[i].state == REQUEST_OPEN)
			return unlawful(
				at, "request", "%.*s waits for its decision already", STR_ARG(rule->name));
	TRY(judge_fields(at, rule->fields, rule->field_count, doc_get(at->payload, "fields")));
	return opens_duty_about(at->payload, DUTY_DECIDE, at->matter->next_request, rule->name)
		       ? ERR_OK
		       : unlawful(at, "opens", "nobody must decide it");
}

/* A day that is granted lies later than the one it replaces, and is said to be an extension. */
static enum err judge_moved(const struct case_at_hand *at, const struct request_rule *rule)
{
	const struct duty *duty = duty_of_rule(at->matter, rule->moves);
	const struct doc *change = duty == NULL ? NULL : part_with_id(at->payload, "changes", duty->id);

	if (change == NULL || !doc_get_bool(change, "extended") ||
		doc_get_int(change, "due", INT64_MIN) <= duty->due.us)
		return unlawful(at, "moves", "it is granted, and the duty isn't given a later day");
	return ERR_OK;
}

static enum err judge_granted(const struct case_at_hand *at, const struct request_rule *rule)
{
	const struct doc *until = doc_get(at->payload, "suspended_until");
	const struct doc *set = doc_get(at->payload, "set");

	if (rule->moves >= 0)
		TRY(judge_moved(at, rule));
	else if (set != NULL)
		return unlawful(at, "set", "granting it changes no field");
	if (rule->stops_all != (until != NULL) || (until != NULL && until->number <= at->event->time.us))
		return unlawful(
			at, "stops", "it is granted, and the clocks don't stand as the definition says");
	return ERR_OK;
}

enum err judge_decided(const struct case_at_hand *at)
{
	const struct request *request = request_open(at->matter, doc_get_int(at->payload, "request", 0));
	const struct request_rule *rule = &at->procedure->requests[request->rule];
	const int64_t sides[] = {request->person, request->on_behalf};
	int64_t person = doc_get_int(at->payload, "person", 0),
		on_behalf = doc_get_int(at->payload, "on_behalf", 0);

	TRY(judge_role(at, rule->decided_by));
	for (size_t i = 0; i < ARRAY_COUNT(sides); i++)
		if (sides[i] != 0 && (sides[i] == person || sides[i] == on_behalf))
			return unlawful(at, "not_by", "who asked may not decide");
	for (size_t i = 0; i < at->matter->duty_count; i++)
		if (at->matter->duties[i].kind == DUTY_DECIDE && at->matter->duties[i].about == request->id &&
			part_with_id(at->payload, "closes", at->matter->duties[i].id) == NULL)
			return unlawful(at, "closes", "it is decided, and the duty to decide stays open");
	if (doc_get_bool(at->payload, "grant"))
		return judge_granted(at, rule);
	if (doc_get(at->payload, "changes") != NULL || doc_get(at->payload, "pauses") != NULL ||
		doc_get(at->payload, "set") != NULL || doc_get(at->payload, "suspended_until") != NULL)
		return unlawful(at, "grant", "a refusal changes nothing");
	return ERR_OK;
}

enum err judge_instructed(const struct case_at_hand *at)
{
	return opens_duty_about(
		       at->payload, DUTY_ANSWER, doc_get_int(at->payload, "instruction", 0), STR_NONE)
		       ? ERR_OK
		       : unlawful(at, "opens", "nobody must answer the instruction");
}

enum err judge_answered(const struct case_at_hand *at)
{
	const struct doc *closes = doc_get(at->payload, "closes");
	int64_t id = doc_get_int(at->payload, "duty", 0);
	const struct duty *duty = duty_owed(at->matter, id);

	if (duty == NULL || duty->kind != DUTY_ANSWER)
		return unlawful(at, "duty", "no such answer was owed");
	if (closes == NULL || closes->count != 1 || part_with_id(at->payload, "closes", id) == NULL)
		return unlawful(at, "closes", "an answer ends the duty to give it, and no other");
	return ERR_OK;
}

enum err judge_unfollowed(const struct case_at_hand *at)
{
	return matter_follower(at->matter, doc_get_int(at->payload, "person", 0)) != NULL
		       ? ERR_OK
		       : unlawful(at, "follow", "whoever didn't follow it stopped doing so");
}
