/* simulate.c: runs by chance, steered to their end. */
#include "matter/simulate_run.h"

#define STEPS_MAX     600 /* of one run; a run wanders for at most WANDER_MAX of them */
#define WANDER_MAX    60
#define AFTERMATH_MAX 12 /* times two months after the end, until everything owed is answered or breached */

/* From each state to the nearest end, in actions; -1 where no way leads to one. Found by relaxing until
 * nothing changes: a definition has at most 256 states. */
static int *distances(struct arena *arena, const struct procedure *procedure)
{
	int *distance = ARENA_TAKE(arena, procedure->state_count, int);

	for (size_t s = 0; s < procedure->state_count; s++)
		distance[s] = procedure->states[s].end != END_NONE ? 0 : -1;
	for (bool changed = true; changed;) {
		changed = false;
		for (size_t a = 0; a < procedure->action_count; a++) {
			const struct action *action = &procedure->actions[a];

			if (action->to < 0 || distance[action->to] < 0)
				continue;
			for (size_t f = 0; f < action->from_count; f++) {
				int *from = &distance[action->from[f]], way = distance[action->to] + 1;

				if (*from < 0 || *from > way) {
					*from = way;
					changed = true;
				}
			}
		}
	}
	return distance;
}

static bool is_suspended(const struct run *run)
{
	return !instant_is_none(run->matter->suspended_until);
}

static bool has_ended(const struct run *run)
{
	return !instant_is_none(run->matter->ended);
}

/* The actions possible here that lead nearer to an end, nearest first; then those that keep the distance. */
static bool step_nearer(struct run *run)
{
	const struct procedure *procedure = run->procedure;
	int here = run->distance[run->matter->state];

	for (int wanted = 0; wanted <= here; wanted++)
		for (size_t a = 0; a < procedure->action_count; a++) {
			const struct action *action = &procedure->actions[a];

			if (!action_leaves(action, run->matter->state) || action->to < 0 ||
				action->to == run->matter->state || run->distance[action->to] != wanted)
				continue;
			if (try_action(run, (int)a) == ERR_OK)
				return true;
		}
	return false;
}

/* One of the actions possible here, by chance; most of those that would end the run are left for later. */
static void wander_on(struct run *run)
{
	const struct procedure *procedure = run->procedure;
	size_t first = chance_below(run->chance, procedure->action_count);

	for (size_t i = 0; i < procedure->action_count; i++) {
		int index = (int)((first + i) % procedure->action_count);
		const struct action *action = &procedure->actions[index];
		bool ends = action->to >= 0 && procedure->states[action->to].end != END_NONE;

		if (!action_leaves(action, run->matter->state) || (ends && !chance_happens(run->chance, 10)))
			continue;
		(void)try_action(run, index);
		return;
	}
}

static void wander(struct run *run)
{
	const struct procedure *procedure = run->procedure;
	size_t what = chance_below(run->chance, 100);

	/* What chance proposes may be refused here: then nothing happens in this step. */
	if (what < 40)
		wander_on(run);
	else if (what < 50 && procedure->request_count > 0)
		(void)try_request(run, (int)chance_below(run->chance, procedure->request_count));
	else if (what < 58)
		(void)try_decision(run);
	else if (what < 68)
		(void)try_word(run);
	else if (what < 82)
		try_illegal(run);
	else
		run_wait(run, (int)chance_below(run->chance, what < 96 ? 4 : 45));
}

/* Let the day come that an action possible here waits for; false when none does. */
static bool wait_for_action(struct run *run)
{
	for (size_t a = 0; a < run->procedure->action_count; a++) {
		const struct action *action = &run->procedure->actions[a];
		struct instant until;

		if (!action_waits(action) || !action_leaves(action, run->matter->state))
			continue;
		until = action_waits_until(run->procedure, action, run->matter->fields, &run->world);
		if (instant_is_none(until) || until.us <= run->world.now.us)
			continue;
		run->world.now = until;
		run_clock(run);
		return true;
	}
	return false;
}

static void steer(struct run *run)
{
	if (is_suspended(run)) {
		run->world.now = run->matter->suspended_until;
		run_clock(run);
	} else if (!step_nearer(run) && !wait_for_action(run)) {
		promise_break(run, PROMISE_END, "此处没有任何岗位上的人能把事项推向终结",
			"nobody in any post can bring the matter nearer to an end from here");
	}
}

/* What is owed when it ends is answered, or breached once; then nothing is left for the clock. */
static void play_aftermath(struct run *run)
{
	bool rests = false;

	for (int i = 0; i < AFTERMATH_MAX && !rests && run->result->kept; i++) {
		if (chance_happens(run->chance, 50))
			(void)try_word(run);
		run_wait(run, 60);
		rests = true;
		for (size_t d = 0; d < run->matter->duty_count; d++)
			rests = rests &&
				(!duty_is_owed(&run->matter->duties[d]) || run->matter->duties[d].breached);
	}
	if (!rests)
		promise_break(run, PROMISE_CONSEQUENCE, "事项终结一年后仍有新的责任产生",
			"a year after the end new duties still arise");
}

static void play(struct run *run)
{
	size_t wandering = chance_below(run->chance, WANDER_MAX + 1);

	if (try_open(run) != ERR_OK) {
		promise_break(run, PROMISE_END, "没有人能立项", "nobody can open such a matter");
		return;
	}
	for (size_t step = 0; step < STEPS_MAX && !has_ended(run) && run->result->kept; step++) {
		/* As in an installation: what time has brought comes before whatever is asked. */
		run_clock(run);
		if (step < wandering)
			wander(run);
		else
			steer(run);
	}
	if (run->result->kept && !has_ended(run))
		promise_break(run, PROMISE_END, "走了六百步仍未终结", "after 600 steps there is no end");
	if (run->result->kept)
		play_aftermath(run);
	if (run->result->kept)
		promise_check_replay(run);
}

/* Powers without duties are seen in the text, before anything is played. */
static bool power_is_answered_for(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, struct simulation *result)
{
	struct findings findings = findings_new(arena);

	procedure_check(procedure, all, &findings);
	for (size_t i = 0; i < findings.count; i++)
		if (str_is(findings.items[i].rule, "P1")) {
			result->kept = false;
			result->promise = PROMISE_POWER;
			result->why = (struct label){STR("有岗位握有权力而不负责任"), findings.items[i].text};
			result->trace = str_format(
				arena, "%.*s\n", STR_ARG(finding_print(arena, &findings.items[i])));
			return false;
		}
	return true;
}

static struct definition *definitions(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, size_t *ret_count)
{
	size_t count = all == NULL ? 0 : all->count;
	struct definition *list = ARENA_TAKE(arena, count + 1, struct definition);

	*ret_count = 0;
	list[(*ret_count)++] = (struct definition){.id = 1, .procedure = procedure, .next_seq = 1};
	for (size_t i = 0; i < count; i++)
		if (!str_equal(all->items[i]->name, procedure->name)) {
			list[*ret_count] = (struct definition){
				.id = (int64_t)*ret_count + 1, .procedure = all->items[i], .next_seq = 1};
			++*ret_count;
		}
	return list;
}

struct simulation procedure_simulate(struct arena *arena, const struct procedure *procedure,
	const struct procedures *all, const struct simulate_order *order)
{
	struct simulation result = {.kept = true};
	struct chance chance = {order->seed};
	struct arena *scratch = arena_new();
	const int *distance = distances(arena, procedure);

	REQUIRE(order->runs >= 0 && order->calendar != NULL);
	if (!power_is_answered_for(arena, procedure, all, &result))
		goto done;
	while (result.runs < order->runs) {
		struct run run = {.arena = scratch,
			.procedure = procedure,
			.chance = &chance,
			.distance = distance,
			.trace = buf_new(scratch),
			.result = &result};

		run.world = (struct world){.now = order->begin,
			.offset_minutes = order->offset_minutes,
			.calendar = order->calendar,
			.next_matter = 1,
			.sees = true,
			.values_unjudged = true};
		run.world.definitions = definitions(scratch, procedure, all, &run.world.definition_count);
		house_build(&run, all);
		play(&run);
		if (!result.kept) {
			result.run = result.runs + 1;
			result.trace = str_copy(arena, buf_str(&run.trace));
			break;
		}
		result.runs++;
		arena_clear(scratch);
	}
done:
	arena_free(scratch);
	return result;
}
