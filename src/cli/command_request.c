/* command_request.c: ask for an extension or a suspension, answer such a request, end a suspension. */
#include "cli/matter_call.h"

#include <string.h>

static enum err fill_request(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;
	const struct procedure *procedure = matter->procedure;
	int request = procedure_request(procedure, str_from(call->arguments[2]));

	if (request < 0) {
		const char **names = ARENA_TAKE(call->arena, procedure->request_count + 1, const char *);

		for (size_t i = 0; i < procedure->request_count; i++)
			names[i] = str_copy(call->arena, procedure->requests[i].name).data;
		return unknown_name(call, ERR_NOT_FOUND,
			UNKNOWN("没有这种申请", "there is no such request",
				name_list(call, "可以申请", names, procedure->request_count),
				name_list(call, "there are", names, procedure->request_count)),
			str_from(call->arguments[2]), names, procedure->request_count);
	}
	command->name = procedure->requests[request].name;
	return read_fields(house, procedure->requests[request].fields,
		procedure->requests[request].field_count, 3, &command->fields);
}

enum err command_request(struct call *call)
{
	return matter_call(call, COMMAND_REQUEST, fill_request);
}

static enum err fill_decide(struct house *house, struct matter *matter, struct command *command)
{
	struct call *call = house->call;

	TRY(argument_number(call, 2, &command->about));
	command->grant = strcmp(call->arguments[3], "grant") == 0;
	if (!command->grant && strcmp(call->arguments[3], "refuse") != 0)
		return err_set(&call->why, ERR_INVALID, call->arguments[3], "say grant or refuse");
	command->text = str_from(option_value(call, "reason"));
	for (size_t i = 0; i < matter->request_count; i++) {
		const struct request_rule *rule = &matter->procedure->requests[matter->requests[i].rule];

		if (matter->requests[i].id == command->about)
			return read_fields(house, rule->fields, rule->field_count, 4, &command->fields);
	}
	return ERR_OK; /* the engine says that no such request waits */
}

enum err command_decide(struct call *call)
{
	return matter_call(call, COMMAND_DECIDE, fill_decide);
}

enum err command_resume(struct call *call)
{
	return matter_call(call, COMMAND_RESUME, NULL);
}
