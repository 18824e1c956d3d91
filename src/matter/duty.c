/* duty.c: small questions about what is owed. */
#include "matter/engine.h"

bool duty_is_owed(const struct duty *duty)
{
	return duty->state == DUTY_OPEN || duty->state == DUTY_PAUSED;
}

const struct duty *matter_duty(const struct matter *matter, int64_t id)
{
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].id == id && duty_is_owed(&matter->duties[i]))
			return &matter->duties[i];
	return NULL;
}

int role_of_duty(const struct procedure *procedure, const struct duty *duty)
{
	switch (duty->kind) {
	case DUTY_RULE:
		return procedure->duties[duty->rule].bearer;
	case DUTY_DECIDE:
		return procedure->requests[duty->rule].decided_by;
	default:
		return -1;
	}
}

bool duty_moves(const struct procedure *procedure, const struct duty *duty)
{
	return duty->kind == DUTY_RULE && procedure->duties[duty->rule].limit.kind != LIMIT_EVERY;
}

struct instant day_called_to_account(const struct duty *duty)
{
	return duty->breached ? duty->due : duty->missed;
}

int64_t failure_known(const struct matter *matter, int rule, struct instant due)
{
	int64_t known = 0;

	for (size_t i = 0; matter != NULL && i < matter->failure_count; i++)
		if (matter->failures[i].rule == rule && matter->failures[i].due.us >= due.us)
			known = matter->failures[i].duty;
	/* And one that this very step closes. */
	for (size_t i = 0; matter != NULL && i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->kind == DUTY_RULE && duty->rule == rule && duty_is_owed(duty) &&
			day_called_to_account(duty).us >= due.us)
			known = duty->about != 0 ? duty->about : duty->id;
	}
	return known;
}

struct bearer bearer_of_duty(const struct duty *duty)
{
	return (struct bearer){.unit = duty->unit, .post = duty->post, .person = duty->person};
}

struct str duty_name(const struct procedure *procedure, const struct duty *duty)
{
	switch (duty->kind) {
	case DUTY_RULE:
		return procedure->duties[duty->rule].name;
	case DUTY_DECIDE:
		return procedure->requests[duty->rule].name;
	default:
		return STR("answer");
	}
}

const struct duty *duty_next_step(const struct matter *matter)
{
	const struct duty *next = NULL;

	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state == DUTY_OPEN && duty_moves(matter->procedure, duty) &&
			(next == NULL || duty->due.us < next->due.us))
			next = duty;
	}
	return next;
}
