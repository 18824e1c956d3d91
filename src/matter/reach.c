/* reach.c: who hears of a breach, and who must say what follows from it. */
#include "matter/engine.h"

static void reach_add(struct reached *reached, struct bearer bearer, const struct bearer *failing)
{
	if (bearer_is_nobody(&bearer) || reached->count == ARRAY_COUNT(reached->bearers))
		return;
	/* The one who failed isn't the one who is to follow it up. */
	if (bearer.unit == failing->unit && bearer.post == failing->post && bearer.person == failing->person)
		return;
	for (size_t i = 0; i < reached->count; i++)
		if (reached->bearers[i].post == bearer.post && reached->bearers[i].unit == bearer.unit &&
			reached->bearers[i].person == bearer.person)
			return;
	reached->bearers[reached->count++] = bearer;
}

static void reach_rule(struct draft *draft, const struct breach *breach, const struct bearer *failing,
	struct reached *reached)
{
	for (size_t i = 0; i < breach->escalate_count; i++) {
		const struct reach *reach = &breach->escalate[i];
		struct bearer bearer = matter_bearer(
			draft->procedure, draft->fields, reach->role, draft->world->org, draft->today);

		if (reach->kind == REACH_HEAD)
			bearer = (struct bearer){.post = bearer_head(draft->world->org, &bearer)};
		else if (reach->kind == REACH_SUPERIOR)
			bearer = (struct bearer){.post = bearer_superior(draft->world->org, &bearer)};
		reach_add(reached, bearer, failing);
	}
}

const struct bearer *reach_follower(
	const struct draft *draft, const struct reached *reached, const struct bearer *failing)
{
	int64_t own_head = failing->unit == 0 ? 0 : org_head_post(draft->world->org, failing->unit);

	for (size_t i = 0; i < reached->count; i++)
		if (reached->bearers[i].post != 0 && reached->bearers[i].post != failing->post &&
			reached->bearers[i].post != own_head)
			return &reached->bearers[i];
	return NULL;
}

void reach_all(struct draft *draft, const struct bearer *failing, int64_t asker, const struct breach *breach,
	struct reached *reached)
{
	if (breach != NULL)
		reach_rule(draft, breach, failing, reached);
	if (reach_follower(draft, reached, failing) != NULL)
		return;
	reach_add(reached, (struct bearer){.post = bearer_superior(draft->world->org, failing)}, failing);
	if (!org_post_has_ended(draft->world->org, asker))
		reach_add(reached, (struct bearer){.post = asker}, failing);
}
