/* decide_word.c: what every matter has whatever its procedure: notes, urging, instructions and their answers,
 * links. */
#include "matter/engine.h"

#define TEXT_MAX     8000
#define RELATION_MAX 64

enum err draft_text(struct draft *draft, const char *needed)
{
	struct str text = str_trim(draft->command->text);

	if (text.size == 0 && needed != NULL)
		return err_set(draft->reterr, ERR_INVALID, "text", "%s", needed);
	if (text.size > TEXT_MAX)
		return err_set(draft->reterr, ERR_RANGE, "text",
			"the text has %zu bytes, more than %d: attach a file instead", text.size, TEXT_MAX);
	if (!text_is_clean(text))
		return err_set(draft->reterr, ERR_INVALID, "text",
			"the text isn't UTF-8, or has a NUL in it: write it again");
	if (text.size > 0)
		doc_set(draft->arena, draft->payload, "text", doc_text(draft->arena, text));
	return ERR_OK;
}

static enum err need_text(struct draft *draft)
{
	return draft_text(draft, "say something: the text is empty");
}

/* Somebody of the matter, or somebody above whoever owes its next step. */
static enum err authorise_voice(struct draft *draft)
{
	int64_t principal = command_principal(draft->command);

	TRY(draft_delegation(draft));
	if (draft_role_held(draft) >= 0)
		return ERR_OK;
	for (size_t i = 0; i < draft->matter->duty_count; i++) {
		const struct duty *duty = &draft->matter->duties[i];
		struct bearer bearer = bearer_of_duty(duty);

		if (!duty_is_owed(duty))
			continue;
		draft->post = bearer_post_of(&bearer, principal, draft->world->org, draft->today);
		if (draft->post == 0)
			draft->post = bearer_overseer(draft->world->org, principal, &bearer, draft->today);
		if (draft->post != 0)
			return ERR_OK;
	}
	return err_set(draft->reterr, ERR_FORBIDDEN, "by",
		"only who has a role in the matter, or stands above who owes its next step, may do this");
}

enum err decide_note(struct draft *draft, struct events *events)
{
	bool by_letter = draft->command->letter.size > 0;

	TRY(need_text(draft));
	TRY(by_letter ? draft_letter_more(draft) : authorise_voice(draft));
	TRY(by_letter ? ERR_OK : draft_evidence(draft));
	draft_finish(draft, EVENT_MATTER_NOTED, events);
	return ERR_OK;
}

enum err decide_urge(struct draft *draft, struct events *events)
{
	const struct matter *matter = draft->matter;
	int64_t principal = command_principal(draft->command);
	bool others = false;

	TRY(need_text(draft));
	TRY(authorise_voice(draft));
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];
		struct bearer bearer = bearer_of_duty(duty);

		if (duty->state != DUTY_OPEN ||
			bearer_post_of(&bearer, principal, draft->world->org, draft->today) != 0)
			continue;
		others = true;
		draft_tell(draft, duty->post, NOTICE_URGED, duty->id);
	}
	if (!others)
		return err_set(draft->reterr, ERR_REFUSED, "urge",
			"nobody but yourself owes anything here now: there is nobody to urge");
	draft_finish(draft, EVENT_MATTER_URGED, events);
	return ERR_OK;
}

enum err decide_instruct(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;
	const struct duty *next = duty_next_step(draft->matter);
	struct bearer to = {0};

	TRY(need_text(draft));
	TRY(draft_delegation(draft));
	if (command->role.size > 0) {
		int role = procedure_role(draft->procedure, command->role);

		if (role < 0)
			return err_set(draft->reterr, ERR_NOT_FOUND, "role", "%.*s has no role %.*s",
				STR_ARG(draft->procedure->name), STR_ARG(command->role));
		to = matter_bearer(draft->procedure, draft->fields, role, draft->world->org, draft->today);
	} else if (next != NULL) {
		to = bearer_of_duty(next);
	}
	if (bearer_is_nobody(&to))
		return err_set(draft->reterr, ERR_REFUSED, "role",
			"nobody owes the next step here: name the role that is to answer");
	int64_t principal = command_principal(command);

	if (bearer_post_of(&to, principal, draft->world->org, draft->today) != 0)
		return err_set(
			draft->reterr, ERR_REFUSED, "role", "an instruction is for somebody else to answer");
	TRY(authorise_voice(draft));
	int64_t id = draft_owe(draft, DUTY_ANSWER, -1, draft->matter->next_instruction, draft->post, &to,
		draft->procedure->answer_within);

	doc_set(draft->arena, draft->payload, "instruction",
		doc_int(draft->arena, draft->matter->next_instruction));
	draft_tell(draft, to.post, NOTICE_INSTRUCTED, id);
	draft_finish(draft, EVENT_MATTER_INSTRUCTED, events);
	return ERR_OK;
}

enum err decide_answer(struct draft *draft, struct events *events)
{
	const struct duty *duty = matter_duty(draft->matter, draft->command->about);
	struct bearer bearer;

	TRY(need_text(draft));
	TRY(draft_delegation(draft));
	if (duty == NULL || duty->kind != DUTY_ANSWER)
		return err_set(draft->reterr, ERR_NOT_FOUND, "duty",
			"no answer is owed under number %lld here", (long long)draft->command->about);
	bearer = bearer_of_duty(duty);
	draft->post =
		bearer_post_of(&bearer, command_principal(draft->command), draft->world->org, draft->today);
	if (draft->post == 0)
		return err_set(
			draft->reterr, ERR_FORBIDDEN, "by", "this answer is owed by somebody else's post");
	doc_set(draft->arena, draft->payload, "duty", doc_int(draft->arena, duty->id));
	draft_close(draft, duty, DUTY_DONE);
	draft_tell(draft, duty->asker, NOTICE_ANSWERED, duty->id);
	draft_finish(draft, EVENT_MATTER_ANSWERED, events);
	return ERR_OK;
}

/* The institution says how matters may be related; one that says nothing takes any word. */
static enum err check_relation(const struct draft *draft, struct str name)
{
	const struct org *org = draft->world->org;
	struct buf known = buf_new(draft->arena);

	if (str_is(name, RELATION_CAUSE))
		return err_set(draft->reterr, ERR_INVALID, "relation",
			"cause is what the system records where one matter opens another: take another word");
	if (org_relation_count(org) == 0 || org_relation(org, name) != NULL)
		return ERR_OK;
	for (size_t i = 0; i < org_relation_count(org); i++)
		buf_format(&known, "%s%.*s", i > 0 ? ", " : "", STR_ARG(org_relation_at(org, i)->name));
	return err_set(draft->reterr, ERR_INVALID, "relation",
		"this institution has no relation '%.*s' between matters: say one of %.*s", STR_ARG(name),
		STR_ARG(buf_str(&known)));
}

enum err decide_link(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;

	TRY(authorise_voice(draft));
	if (!draft->world->other_exists || command->about == draft->matter_id)
		return err_set(
			draft->reterr, ERR_NOT_FOUND, "other", "there is no such other matter to link");
	if (command->name.size == 0 || command->name.size > RELATION_MAX || !text_is_clean(command->name))
		return err_set(draft->reterr, ERR_INVALID, "relation",
			"name the relation in 1 to 64 bytes of UTF-8");
	TRY(check_relation(draft, command->name));
	doc_set(draft->arena, draft->payload, "other", doc_int(draft->arena, command->about));
	doc_set(draft->arena, draft->payload, "relation", doc_text(draft->arena, command->name));
	draft_finish(draft, EVENT_MATTER_LINKED, events);
	return ERR_OK;
}
