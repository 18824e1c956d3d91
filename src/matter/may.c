/* may.c: by what right a command is asked: the post held today, a delegation, and the separation of duties.
 */
#include "matter/engine.h"

int64_t command_principal(const struct command *command)
{
	return command->on_behalf != 0 ? command->on_behalf : command->person;
}

enum err draft_delegation(struct draft *draft)
{
	const struct command *command = draft->command;

	if (command->on_behalf == 0)
		return ERR_OK;
	if (!org_is_delegate(draft->world->org, command->on_behalf, command->person, draft->today))
		return err_set(draft->reterr, ERR_FORBIDDEN, "on_behalf",
			"no delegation from that person to you holds today: ask them, or the organisation "
			"office, to record one");
	return ERR_OK;
}

enum err draft_authorise(struct draft *draft, int role)
{
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, role, draft->world->org, draft->today);
	struct str name = draft->procedure->roles[role].name;
	const struct unit *unit = org_unit(draft->world->org, bearer.unit);
	const struct post *post = org_post(draft->world->org, bearer.post);

	draft->post =
		bearer_post_of(&bearer, command_principal(draft->command), draft->world->org, draft->today);
	if (draft->post != 0)
		return ERR_OK;
	return err_set(draft->reterr, ERR_FORBIDDEN, "by",
		"this belongs to the role %.*s (%.*s), and none of the posts held today stands for it",
		STR_ARG(name),
		STR_ARG(unit != NULL   ? unit->name
			: post != NULL ? post->title
				       : STR("nobody yet")));
}

/* A post by which the asker acts for an office that the procedure names; 0: none. */
static int64_t office_post(const struct draft *draft)
{
	const struct procedure *procedure = draft->procedure;

	for (size_t i = 0; i < procedure->role_count; i++) {
		if (procedure->roles[i].kind != ROLE_FUNCTION)
			continue;
		struct bearer bearer =
			matter_bearer(procedure, draft->fields, (int)i, draft->world->org, draft->today);
		int64_t post =
			bearer_post_of(&bearer, draft->command->person, draft->world->org, draft->today);

		if (post != 0)
			return post;
	}
	return 0;
}

/* The day on which the letter came, which is in the event beside its entry. */
static enum err put_came(struct draft *draft)
{
	struct day came = draft->command->came,
		   opened = instant_day(draft->matter->opened, draft->world->offset_minutes);

	if (came.number > draft->today.number)
		return err_set(draft->reterr, ERR_INVALID, "came", "it can't have come on a day to come");
	if (came.number < opened.number)
		return err_set(draft->reterr, ERR_INVALID, "came",
			"it can't have come before the matter was opened");
	doc_set(draft->arena, draft->payload, "came", doc_text(draft->arena, day_print(draft->arena, came)));
	return ERR_OK;
}

/* Whom an action of a hearing or an appeal belongs to, where that is somebody who holds no post; else 0. */
static int64_t heard_by_letter(const struct draft *draft, const struct action *action)
{
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, action->by, draft->world->org, draft->today);
	int64_t held;

	return action->purpose != PURPOSE_NONE && bearer.person != 0 &&
			       org_posts_held(draft->world->org, bearer.person, draft->today, &held, 1) == 0
		       ? bearer.person
		       : 0;
}

enum err draft_in_name_of(struct draft *draft, const struct action *action)
{
	const struct command *command = draft->command;
	struct bearer bearer =
		matter_bearer(draft->procedure, draft->fields, action->by, draft->world->org, draft->today);

	if (action->purpose == PURPOSE_NONE || bearer.person != command->in_name_of ||
		command->on_behalf != 0)
		return err_set(draft->reterr, ERR_FORBIDDEN, "in_name_of",
			"only what whom it is about says in a hearing or an appeal is entered in their name");
	if (heard_by_letter(draft, action) == 0)
		return err_set(draft->reterr, ERR_REFUSED, "in_name_of",
			"whom it is about holds a post, and does this themselves");
	if (command->evidence_count == 0)
		return err_set(draft->reterr, ERR_REFUSED, "evidence",
			"what is entered in somebody's name is shown: attach their letter");
	draft->post = office_post(draft);
	if (draft->post == 0)
		return err_set(draft->reterr, ERR_FORBIDDEN, "by",
			"only an office that the procedure names enters a letter");
	return put_came(draft);
}

const struct letter_entry *matter_letters(const struct matter *matter, int64_t person,
	const struct world *world, struct arena *arena, size_t *ret_count)
{
	const struct command command = {.kind = COMMAND_ACT, .person = person};
	const struct draft draft = draft_new(matter, &command, world, arena, NULL);
	const struct procedure *procedure = matter->procedure;
	struct letter_entry *entries = ARENA_TAKE(arena, procedure->action_count + 1, struct letter_entry);
	bool is_office = office_post(&draft) != 0;

	*ret_count = 0;
	for (size_t i = 0; is_office && i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];
		int64_t of = action_leaves(action, matter->state) ? heard_by_letter(&draft, action) : 0;

		if (of != 0 && of != person)
			entries[(*ret_count)++] = (struct letter_entry){.action = (int)i, .of = of};
	}
	return entries;
}

/* Did `person` do `action` in this matter? A delegate's deed counts for both, so both are recorded. */
static bool has_done(const struct matter *matter, int action, int64_t person)
{
	for (size_t i = 0; i < matter->deed_count; i++)
		if (matter->deeds[i].action == action && matter->deeds[i].person == person)
			return true;
	return false;
}

enum err draft_separate(struct draft *draft, const struct action *action)
{
	const struct command *command = draft->command;

	for (size_t i = 0; i < action->not_by_count; i++) {
		int other = action->not_by[i];

		if (has_done(draft->matter, other, command->person) ||
			(command->on_behalf != 0 && has_done(draft->matter, other, command->on_behalf)) ||
			(command->in_name_of != 0 && has_done(draft->matter, other, command->in_name_of)))
			return err_set(draft->reterr, ERR_REFUSED, "not_by",
				"whoever did %.*s in this matter may not do %.*s: somebody else of the "
				"office must",
				STR_ARG(draft->procedure->actions[other].name), STR_ARG(action->name));
	}
	return ERR_OK;
}

int draft_role_held(struct draft *draft)
{
	for (size_t i = 0; i < draft->procedure->role_count; i++) {
		struct bearer bearer = matter_bearer(
			draft->procedure, draft->fields, (int)i, draft->world->org, draft->today);
		int64_t post = bearer_post_of(
			&bearer, command_principal(draft->command), draft->world->org, draft->today);

		if (post != 0) {
			draft->post = post;
			return (int)i;
		}
	}
	return -1;
}
