/* R3 当事人知情: whom a compartment is about is told what they are to answer, and never sees more. */
#include "procedure/check.h"

const char rule_r3_zh[] =
	"隔离事项(`visibility: compartment`)的当事人看不到案卷,只看到告知他的:字段写 `told: subject` "
	"的始终可见;动作写\n"
	"`tells: [字段]` 的,随该动作送达。什么也不写,就只告知文号、程序、本人责任及其期限和依据。\n"
	"陈述申辩之前,每条路上都有告知(或有始终可见的字段);申诉之前,每条路上都有送达的决定。\n"
	"隔离事项以外,或没有当事人的程序,不写这两项:"
	"那里没有人因此知道得更多。当事人自己的动作不必送达本人。\n"
	"违反(当事人不知道要申辩什么):\n"
	"    show_facts: {by: office, from: inquiry, to: told, fields: {facts: {required: true}}}\n"
	"    state_case: {by: respondent, from: told, to: heard, purpose: hearing}\n"
	"改正:\n"
	"    show_facts: {by: office, from: inquiry, to: told, fields: {facts: {required: true}}, tells: "
	"[facts]}\n";
const char rule_r3_en[] =
	"Whom a compartment (`visibility: compartment`) is about doesn't see its file, only what is told to "
	"them:\n"
	"a field with `told: subject` always, and with an action that has `tells: [fields]` those fields, as "
	"served\n"
	"with it. Where nothing is written that is the number, the procedure, and their own duties with due "
	"day and\n"
	"basis. On every way to a hearing something was told (or is told always), on every way to an appeal "
	"a "
	"decision\n"
	"was served. Outside a compartment, and where the matter is about nobody, neither is written: nobody "
	"would\n"
	"know more by it. What they do themselves needn't be served on them.\n"
	"Breaks it (nobody says to them what they are to answer):\n"
	"    show_facts: {by: office, from: inquiry, to: told, fields: {facts: {required: true}}}\n"
	"    state_case: {by: respondent, from: told, to: heard, purpose: hearing}\n"
	"Mends it:\n"
	"    show_facts: {by: office, from: inquiry, to: told, fields: {facts: {required: true}}, tells: "
	"[facts]}\n";

static bool tells_nothing(const struct procedure *procedure, int action, int state, const void *context)
{
	(void)state;
	(void)context;
	return procedure->actions[action].tells_count == 0;
}

static bool tells_always(const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].told)
			return true;
	return false;
}

static void check_known(const struct check *check, const struct paths *dark, const struct action *action)
{
	bool hearing = action->purpose == PURPOSE_HEARING;
	struct buf path = buf_new(check->arena);

	if (hearing && tells_always(check->procedure))
		return;
	for (size_t i = 0; i < action->from_count; i++) {
		if (!paths_reach(dark, action->from[i]))
			continue;
		path_put(&path, dark, action->from[i]);
		REFUSE(check, action->place, buf_str(&path),
			hearing ? "%.*s may come before anything was told to whom it is about: let an action "
				  "on "
				  "the way have `tells`"
				: "%.*s may come before a decision was served on whom it is about: let an "
				  "action on "
				  "the way have `tells`",
			STR_ARG(action->name));
		return;
	}
}

/* ---- where it says nothing ---- */

static bool is_about_somebody(const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].purpose != PURPOSE_NONE)
			return true;
	return false;
}

static void refuse_idle(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].told)
			REFUSE(check, procedure->fields[i].place, STR_NONE,
				"%.*s is told to nobody by it: only a compartment hides the file from whom "
				"it is "
				"about",
				STR_ARG(procedure->fields[i].name));
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].tells_count > 0)
			REFUSE(check, procedure->actions[i].tells_place, STR_NONE,
				"%.*s is told to nobody by it: only a compartment hides the file from whom "
				"it is "
				"about",
				STR_ARG(procedure->actions[i].name));
}

void rule_r3_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	if (procedure->visibility != VISIBILITY_COMPARTMENT || !is_about_somebody(procedure)) {
		refuse_idle(check);
		return;
	}
	struct paths dark = paths_from(check->arena, &check->graph, procedure->start, tells_nothing, NULL);

	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		if (action->purpose != PURPOSE_NONE)
			check_known(check, &dark, action);
		if (action->purpose != PURPOSE_NONE && action->tells_count > 0)
			REFUSE(check, action->tells_place, STR_NONE,
				"%.*s is done by whom it is about, who needn't be told of it",
				STR_ARG(action->name));
	}
}
