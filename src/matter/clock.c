/* clock.c: what time has brought for a matter, in the order of its instants. */
#include "matter/engine.h"

static void sooner(struct command *command, struct instant *at, enum command_kind kind, int64_t about,
	struct instant instant)
{
	if (instant.us >= at->us)
		return;
	*at = instant;
	command->kind = kind;
	command->about = about;
}

bool matter_clock_next(const struct matter *matter, struct instant now, struct command *ret_command)
{
	const struct instant never = {INT64_MAX};
	struct command command = {.matter = matter->id};
	struct instant at = never;

	if (!instant_is_none(matter->suspended_until) && matter->suspended_until.us <= now.us)
		sooner(&command, &at, COMMAND_RESUME, 0, matter->suspended_until);
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state != DUTY_OPEN || duty->breached)
			continue;
		if (duty->due.us <= now.us)
			sooner(&command, &at, COMMAND_BREACH, duty->id, duty->due);
		if (!duty->warned && !instant_is_none(duty->warn) && duty->warn.us <= now.us)
			sooner(&command, &at, COMMAND_WARN, duty->id, duty->warn);
	}
	if (at.us == never.us)
		return false;
	*ret_command = command;
	return true;
}
