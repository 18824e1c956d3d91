/* decide.c: from a command to what follows from it. */
#include "matter/engine.h"

static enum err (*const deciders[COMMAND_KIND_COUNT])(struct draft *, struct events *) = {
	[COMMAND_OPEN] = decide_open,
	[COMMAND_ACT] = decide_act,
	[COMMAND_NOTE] = decide_note,
	[COMMAND_URGE] = decide_urge,
	[COMMAND_INSTRUCT] = decide_instruct,
	[COMMAND_ANSWER] = decide_answer,
	[COMMAND_REQUEST] = decide_request,
	[COMMAND_DECIDE] = decide_decision,
	[COMMAND_LINK] = decide_link,
	[COMMAND_FOLLOW] = decide_follow,
	[COMMAND_UNFOLLOW] = decide_unfollow,
	[COMMAND_ATTEND] = decide_attend,
	[COMMAND_WARN] = decide_warn,
	[COMMAND_BREACH] = decide_breach,
	[COMMAND_RESUME] = decide_resume,
};

/* What an ended matter still takes: the answers that are owed, words about it, and the objection of whoever
 * was told of its end, which is an instruction. */
static bool goes_on_after_end(enum command_kind kind)
{
	return kind == COMMAND_NOTE || kind == COMMAND_INSTRUCT || kind == COMMAND_ANSWER ||
	       kind == COMMAND_LINK || kind == COMMAND_FOLLOW || kind == COMMAND_UNFOLLOW ||
	       kind == COMMAND_BREACH || kind == COMMAND_WARN;
}

static bool is_the_clocks(enum command_kind kind)
{
	return kind == COMMAND_WARN || kind == COMMAND_BREACH;
}

enum err matter_decide(const struct matter *matter, const struct command *command, const struct world *world,
	struct arena *arena, struct events *ret_events, struct bh_err *reterr)
{
	REQUIRE(command->kind < COMMAND_KIND_COUNT && deciders[command->kind] != NULL);
	REQUIRE((matter == NULL) == (command->kind == COMMAND_OPEN));
	/* A right may be looked for in several places: what the first lacks is no refusal yet. */
	struct bh_err why = {0};
	struct draft draft = draft_new(matter, command, world, arena, &why);
	struct events events = {0};

	if (matter != NULL && command->version != 0 && command->version != matter->version)
		return err_set(reterr, ERR_STALE, "version",
			"the matter has changed since you looked at it: look again");
	if (matter != NULL && !instant_is_none(matter->ended) && !goes_on_after_end(command->kind))
		return err_set(reterr, ERR_REFUSED, "end", "%.*s has ended (%.*s)", STR_ARG(matter->number),
			STR_ARG(matter->procedure->states[matter->state].name));
	if (command->person != 0 && is_the_clocks(command->kind))
		return err_set(reterr, ERR_FORBIDDEN, "clock", "only the clock says what has fallen due");
	enum err err = deciders[command->kind](&draft, &events);

	if (err != ERR_OK && reterr != NULL)
		*reterr = why;
	if (err != ERR_OK)
		return err;
	REQUIRE(events.count > 0);
	*ret_events = events;
	return ERR_OK;
}
