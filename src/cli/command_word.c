/* command_word.c: what every matter takes whatever its procedure: notes, urging, instructions and answers,
 * links and followers. */
#include "cli/matter_call.h"

static enum err fill_text(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->text = str_from(house->call->arguments[2]);
	return ERR_OK;
}

enum err command_note(struct call *call)
{
	return matter_call(call, COMMAND_NOTE, fill_text);
}

enum err command_urge(struct call *call)
{
	return matter_call(call, COMMAND_URGE, fill_text);
}

static enum err fill_instruct(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure = matter->procedure;

	command->text = str_from(call->arguments[2]);
	command->role = str_from(option_value(call, "to"));
	if (command->role.size == 0 || procedure_role(procedure, command->role) >= 0)
		return ERR_OK;
	const char **names = ARENA_TAKE(call->arena, procedure->role_count, const char *);

	for (size_t i = 0; i < procedure->role_count; i++)
		names[i] = str_copy(call->arena, procedure->roles[i].name).data;
	return unknown_name(call, ERR_NOT_FOUND,
		UNKNOWN("没有这个角色", "there is no such role",
			name_list(call, "可用", names, procedure->role_count),
			name_list(call, "there are", names, procedure->role_count)),
		command->role, names, procedure->role_count);
}

enum err command_instruct(struct call *call)
{
	return matter_call(call, COMMAND_INSTRUCT, fill_instruct);
}

static enum err fill_answer(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->text = str_from(house->call->arguments[3]);
	return argument_number(house->call, 2, &command->about);
}

enum err command_answer(struct call *call)
{
	return matter_call(call, COMMAND_ANSWER, fill_answer);
}

static enum err fill_link(struct house *house, struct matter *matter, struct command *command)
{
	(void)matter;
	command->name = str_from(house->call->arguments[2]);
	return house_matter_id(house, house->call->arguments[3], &command->about);
}

enum err command_link(struct call *call)
{
	return matter_call(call, COMMAND_LINK, fill_link);
}

enum err command_follow(struct call *call)
{
	return matter_call(call, COMMAND_FOLLOW, NULL);
}

enum err command_unfollow(struct call *call)
{
	return matter_call(call, COMMAND_UNFOLLOW, NULL);
}
