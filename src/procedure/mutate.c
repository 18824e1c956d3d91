/* mutate.c: take out each single duty, breach, not_by, evidence and action, and see whether a rule notices.
 */
#include "procedure/mutate.h"

#include <string.h>

/* ---- cutting ---- */

/* The list without `gone`; indexes behind it move up by one. */
static int *cut_index(struct arena *arena, const int *items, size_t *count, int gone)
{
	int *kept = ARENA_TAKE(arena, *count + 1, int);
	size_t n = 0;

	for (size_t i = 0; i < *count; i++)
		if (items[i] != gone)
			kept[n++] = items[i] - (items[i] > gone);
	*count = n;
	return kept;
}

/* A copy of `items` with the item at `gone` left out, or with all of them when `gone` is `count`. */
static void *cut_item(struct arena *arena, const void *items, size_t count, size_t gone, size_t size)
{
	unsigned char *kept = arena_take(arena, count + 1, size);
	const unsigned char *from = items;

	if (count == 0)
		return kept;
	memcpy(kept, from, gone * size);
	if (gone < count)
		memcpy(kept + gone * size, from + (gone + 1) * size, (count - gone - 1) * size);
	return kept;
}

static void cut_duty(struct arena *arena, struct procedure *mutant, size_t gone)
{
	mutant->duties = cut_item(arena, mutant->duties, mutant->duty_count, gone, sizeof *mutant->duties);
	mutant->duty_count--;
	for (size_t i = 0; i < mutant->request_count; i++) {
		int *moves = &mutant->requests[i].moves;

		*moves = *moves == (int)gone ? -1 : *moves - (*moves > (int)gone);
	}
}

static void cut_action(struct arena *arena, struct procedure *mutant, size_t gone)
{
	mutant->actions =
		cut_item(arena, mutant->actions, mutant->action_count, gone, sizeof *mutant->actions);
	mutant->action_count--;
	for (size_t i = 0; i < mutant->action_count; i++) {
		struct action *action = &mutant->actions[i];

		action->not_by = cut_index(arena, action->not_by, &action->not_by_count, (int)gone);
	}
	for (size_t i = 0; i < mutant->duty_count; i++) {
		struct duty_rule *duty = &mutant->duties[i];

		duty->discharged_by =
			cut_index(arena, duty->discharged_by, &duty->discharged_by_count, (int)gone);
	}
	mutant->covers.begun_by =
		cut_index(arena, mutant->covers.begun_by, &mutant->covers.begun_by_count, (int)gone);
	mutant->counts_as.planned_by = cut_index(
		arena, mutant->counts_as.planned_by, &mutant->counts_as.planned_by_count, (int)gone);
}

/* A procedure that can be cut without touching the original. */
static struct procedure *copy(struct arena *arena, const struct procedure *procedure)
{
	struct procedure *mutant = ARENA_TAKE(arena, 1, struct procedure);

	*mutant = *procedure;
	mutant->actions = cut_item(arena, procedure->actions, procedure->action_count,
		procedure->action_count, sizeof *mutant->actions);
	mutant->duties = cut_item(arena, procedure->duties, procedure->duty_count, procedure->duty_count,
		sizeof *mutant->duties);
	mutant->requests = cut_item(arena, procedure->requests, procedure->request_count,
		procedure->request_count, sizeof *mutant->requests);
	return mutant;
}

/* ---- trying ---- */

struct report {
	struct arena *arena;
	const struct procedure *procedure;
	const struct procedures *all;
	struct mutation *items;
	size_t count, capacity;
};

static void try(struct report *report, const char *kind, struct str name, const struct procedure *mutant,
	struct str why)
{
	struct findings findings = findings_new(report->arena);
	struct mutation *mutation = ARENA_PUSH(report->arena, report->items, report->count, report->capacity);

	procedure_check(mutant, report->all, &findings);
	*mutation = (struct mutation){.kind = kind, .name = name, .refused = findings.count > 0};
	if (mutation->refused)
		mutation->rule = findings.items[0].rule;
	else
		mutation->harmless = why;
}

static void try_duties(struct report *report)
{
	const struct procedure *procedure = report->procedure;

	for (size_t i = 0; i < procedure->duty_count; i++) {
		struct procedure *mutant = copy(report->arena, procedure);

		cut_duty(report->arena, mutant, i);
		try(report, "duty", procedure->duties[i].name, mutant,
			harmless_duty(report->arena, mutant, &procedure->duties[i]));
	}
}

static void try_breaches(struct report *report)
{
	const struct procedure *procedure = report->procedure;
	const struct breach none = {.place = {0, 0}};

	for (size_t i = 0; i < procedure->duty_count; i++) {
		struct procedure *mutant = copy(report->arena, procedure);

		if (!breach_is_given(&procedure->duties[i].breach))
			continue;
		mutant->duties[i].breach = none;
		try(report, "breach", procedure->duties[i].name, mutant, STR_NONE);
	}
	for (size_t i = 0; i < procedure->request_count; i++) {
		struct procedure *mutant = copy(report->arena, procedure);

		if (!breach_is_given(&procedure->requests[i].breach))
			continue;
		mutant->requests[i].breach = none;
		try(report, "breach", procedure->requests[i].name, mutant,
			harmless_request_breach(report->arena, procedure, &procedure->requests[i]));
	}
}

static void try_actions(struct report *report)
{
	const struct procedure *procedure = report->procedure;

	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];
		struct procedure *mutant = copy(report->arena, procedure);

		cut_action(report->arena, mutant, i);
		try(report, "action", action->name, mutant,
			harmless_action(report->arena, mutant, procedure, (int)i));
	}
}

static void try_not_by(struct report *report)
{
	const struct procedure *procedure = report->procedure;

	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];
		struct procedure *mutant = copy(report->arena, procedure);

		if (action->not_by_count == 0)
			continue;
		mutant->actions[i].not_by_count = 0;
		try(report, "not_by", action->name, mutant, harmless_not_by(report->arena, mutant, action));
	}
}

static void try_evidence(struct report *report)
{
	const struct procedure *procedure = report->procedure;

	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];
		struct procedure *mutant = copy(report->arena, procedure);

		if (action->evidence == EVIDENCE_NONE)
			continue;
		mutant->actions[i].evidence = EVIDENCE_NONE;
		try(report, "evidence", action->name, mutant,
			harmless_evidence(report->arena, mutant, action));
	}
}

const struct mutation *procedure_mutate(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, size_t *ret_count)
{
	struct report report = {arena, procedure, all, NULL, 0, 0};

	try_duties(&report);
	try_breaches(&report);
	try_not_by(&report);
	try_evidence(&report);
	try_actions(&report);
	*ret_count = report.count;
	return report.items;
}
