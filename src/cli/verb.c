#include "cli/verb.h"

#include "cli/matter_call.h"

#include <string.h>

/* The house is the first argument's elsewhere. */
static enum err run_in_house(struct call *call, const struct verb *verb)
{
	struct house house;

	if (verb->writes)
		TRY(call_needs_person(call));
	call->arguments[0] = call->arguments[1];
	TRY(verb->writes ? house_open_to_write(call, &house) : house_open_to_read(call, &house));
	enum err err = verb->run_in_house(&house);

	house_close(&house);
	return err;
}

enum err verb_run(struct call *call, const struct verb *verbs, size_t count)
{
	const char **names = ARENA_TAKE(call->arena, count, const char *);

	for (size_t i = 0; i < count; i++) {
		names[i] = verbs[i].name;
		if (strcmp(call->arguments[0], names[i]) != 0)
			continue;
		if (call->count - 1 < verbs[i].least || call->count - 1 > verbs[i].most)
			return err_set(&call->why, ERR_INVALID, names[i], "it takes %s", verbs[i].takes);
		return verbs[i].run != NULL ? verbs[i].run(call) : run_in_house(call, &verbs[i]);
	}
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这种用法", "there is no such verb", name_list(call, "可用", names, count),
			name_list(call, "there are", names, count)),
		str_from(call->arguments[0]), names, count);
}
