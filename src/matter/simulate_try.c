/* simulate_try.c: commands by chance, legal ones and ones that must be refused, and what they bring. */
#include "matter/simulate_run.h"

#define PEOPLE_MAX       64
#define CLOCK_MAX        20000
#define US_PER_MINUTE    INT64_C(60000000)
#define WAIT_MINUTES_MAX 480 /* a working day */

/* ---- carrying out ---- */

static void trace(struct run *run, const struct command *command, struct str says)
{
	const struct person *person = org_person(run->org, command->person);
	const struct state *state = &run->procedure->states[run->matter->state];

	buf_format(&run->trace, "%.16s  %.*s  %.*s  → %.*s\n",
		instant_print(run->arena, run->world.now, run->world.offset_minutes).data,
		STR_ARG(person == NULL ? STR("(clock)") : person->code), STR_ARG(says), STR_ARG(state->name));
}

static void take_in(struct run *run, const struct events *events)
{
	for (size_t i = 0; i < events->count; i++) {
		struct event event = events->items[i];

		event.index = run->next_index++;
		if (event.kind == EVENT_MATTER_OPENED)
			run->world.next_matter++;
		if (run->matter != NULL && event.matter != run->matter->id) {
			run->result->opened++;
			continue;
		}
		if (run->matter == NULL)
			run->matter = matter_new(run->arena);
		matter_apply(run->matter, &event, run->procedure);
		*ARENA_PUSH(run->arena, run->history.items, run->history.count, run->history.capacity) =
			event;
	}
}

enum err try_command(struct run *run, const struct command *command, struct str says)
{
	const struct duty *owed =
		command->kind == COMMAND_BREACH ? matter_duty(run->matter, command->about) : NULL;
	struct duty before = owed == NULL ? (struct duty){0} : *owed;
	struct events events = {0};
	enum err err = matter_decide(run->matter, command, &run->world, run->arena, &events, NULL);

	if (err != ERR_OK)
		return err;
	take_in(run, &events);
	run->result->steps++;
	trace(run, command, says);
	if (command->kind == COMMAND_BREACH)
		promise_check_breach(run, &before, &events);
	promise_check_bearer(run);
	return ERR_OK;
}

void run_clock(struct run *run)
{
	struct command command;

	for (int i = 0; run->result->kept && matter_clock_next(run->matter, run->world.now, &command); i++) {
		const struct duty *duty = matter_duty(run->matter, command.about);
		struct str says = str_format(run->arena, "%s %.*s", command_kind_name(command.kind),
			STR_ARG(duty == NULL ? STR_NONE : duty_name(run->procedure, duty)));

		if (try_command(run, &command, says) != ERR_OK) {
			trace(run, &command, says);
			promise_break(run, PROMISE_CONSEQUENCE, "时钟该做的一步被拒绝",
				"a step that time brings was refused");
		}
		if (i == CLOCK_MAX)
			promise_break(run, PROMISE_CONSEQUENCE, "后果无穷无尽",
				"the chain of consequences has no end");
	}
}

void run_wait(struct run *run, int days)
{
	run->world.now.us += (int64_t)days * US_PER_DAY;
	run->world.now.us += (int64_t)chance_below(run->chance, WAIT_MINUTES_MAX) * US_PER_MINUTE;
	run_clock(run);
}

/* ---- forms ---- */

static struct doc *fill(struct run *run, const struct field *fields, size_t count)
{
	struct doc *object = doc_object(run->arena);

	for (size_t i = 0; i < count; i++)
		if (fields[i].required || chance_happens(run->chance, 50))
			doc_set_str(run->arena, object, fields[i].name, house_value(run, &fields[i]));
	return object;
}

static struct evidence_item *files(struct run *run, enum evidence evidence, size_t *ret_count)
{
	struct evidence_item *items = ARENA_TAKE(run->arena, 1, struct evidence_item);
	uint64_t content = chance_next(run->chance);
	struct hash hash = hash_bytes(&content, sizeof content);

	items[0] = (struct evidence_item){
		.hash = hex_print(run->arena, hash.bytes, HASH_SIZE), .name = STR("现场.jpg"), .size = 1};
	*ret_count = evidence == EVIDENCE_REQUIRED ||
		     (evidence == EVIDENCE_OPTIONAL && chance_happens(run->chance, 50));
	return items;
}

static struct command command_new(const struct run *run, enum command_kind kind, int64_t person)
{
	return (struct command){
		.kind = kind, .person = person, .matter = run->matter == NULL ? 0 : run->matter->id};
}

static struct command action_command(struct run *run, int index, int64_t person)
{
	const struct action *action = &run->procedure->actions[index];
	struct command command = command_new(run, COMMAND_ACT, person);

	command.name = action->name;
	command.fields = fill(run, action->fields, action->field_count);
	command.evidence = files(run, action->evidence, &command.evidence_count);
	return command;
}

/* In an order of chance. */
static size_t shuffled_people(struct run *run, int role, int64_t people[PEOPLE_MAX])
{
	size_t count = house_people(run, role, people, PEOPLE_MAX);

	for (size_t i = count; i > 1; i--) {
		size_t other = chance_below(run->chance, i);
		int64_t person = people[other];

		people[other] = people[i - 1];
		people[i - 1] = person;
	}
	return count;
}

/* ---- legal ---- */

enum err try_open(struct run *run)
{
	const struct procedure *procedure = run->procedure;
	struct doc *fields = fill(run, procedure->fields, procedure->field_count);
	enum err err = ERR_FORBIDDEN;

	/* Every person is asked: who may open is the engine's to say. */
	for (int64_t person = 1; person <= (int64_t)org_person_count(run->org) && err != ERR_OK; person++) {
		struct command command = command_new(run, COMMAND_OPEN, person);

		command.name = procedure->name;
		command.fields = fields;
		err = try_command(run, &command, STR("open"));
	}
	return err;
}

enum err try_action(struct run *run, int index)
{
	int64_t people[PEOPLE_MAX];
	size_t count = shuffled_people(run, run->procedure->actions[index].by, people);
	enum err err = ERR_FORBIDDEN;

	for (size_t i = 0; i < count && err != ERR_OK; i++) {
		struct command command = action_command(run, index, people[i]);

		err = try_command(run, &command, command.name);
	}
	return err;
}

enum err try_request(struct run *run, int index)
{
	const struct request_rule *rule = &run->procedure->requests[index];
	int64_t people[PEOPLE_MAX];
	size_t count = shuffled_people(run, rule->by, people);
	struct command command = command_new(run, COMMAND_REQUEST, count == 0 ? run->outsider : people[0]);

	command.name = rule->name;
	command.fields = fill(run, rule->fields, rule->field_count);
	return try_command(run, &command, str_format(run->arena, "ask %.*s", STR_ARG(rule->name)));
}

enum err try_decision(struct run *run)
{
	for (size_t i = 0; i < run->matter->request_count; i++) {
		const struct request *request = &run->matter->requests[i];
		int64_t people[PEOPLE_MAX];

		if (request->state != REQUEST_OPEN)
			continue;
		size_t count =
			shuffled_people(run, run->procedure->requests[request->rule].decided_by, people);

		for (size_t k = 0; k < count; k++) {
			struct command command = command_new(run, COMMAND_DECIDE, people[k]);

			command.about = request->id;
			command.grant = chance_happens(run->chance, 60);
			command.text = STR("经研究");
			if (try_command(run, &command, command.grant ? STR("grant") : STR("refuse")) ==
				ERR_OK)
				return ERR_OK;
		}
	}
	return ERR_REFUSED;
}

static enum err try_answer(struct run *run)
{
	for (size_t i = 0; i < run->matter->duty_count; i++) {
		const struct duty *duty = &run->matter->duties[i];
		struct day today = instant_day(run->world.now, run->world.offset_minutes);
		const struct tenure *holder = org_holder(run->org, duty->post, today);

		if (duty->kind != DUTY_ANSWER || !duty_is_owed(duty) || holder == NULL)
			continue;
		struct command command = command_new(run, COMMAND_ANSWER, holder->person);

		command.about = duty->id;
		command.text = STR("已办");
		return try_command(run, &command, STR("answer"));
	}
	return ERR_REFUSED;
}

enum err try_word(struct run *run)
{
	static const enum command_kind kinds[] = {COMMAND_NOTE, COMMAND_URGE, COMMAND_INSTRUCT,
		COMMAND_FOLLOW, COMMAND_UNFOLLOW, COMMAND_RESUME};
	size_t kind = chance_below(run->chance, ARRAY_COUNT(kinds) + 1);

	if (kind == ARRAY_COUNT(kinds))
		return try_answer(run);
	struct command command = command_new(
		run, kinds[kind], 1 + (int64_t)chance_below(run->chance, org_person_count(run->org)));

	command.text = STR("请说明进展");
	if (command.kind == COMMAND_INSTRUCT && chance_happens(run->chance, 50))
		command.role =
			run->procedure->roles[chance_below(run->chance, run->procedure->role_count)].name;
	return try_command(run, &command, str_from(command_kind_name(command.kind)));
}

/* ---- illegal ---- */

/* Each makes a legal-looking command wrong in one way; false when this procedure offers no such mistake. */
typedef bool spoil_fn(struct run *run, int action, struct command *command);

static bool spoil_person(struct run *run, int action, struct command *command)
{
	(void)action;
	command->person = run->outsider;
	return true;
}

static bool spoil_delegation(struct run *run, int action, struct command *command)
{
	(void)action;
	command->on_behalf = command->person;
	command->person = run->outsider;
	return true;
}

static bool spoil_state(struct run *run, int action, struct command *command)
{
	(void)command;
	return !action_leaves(&run->procedure->actions[action], run->matter->state);
}

/* Its day hasn't come: then the command as it is must be refused. */
static bool spoil_patience(struct run *run, int index, struct command *command)
{
	const struct action *action = &run->procedure->actions[index];

	(void)command;
	return action_waits(action) && action_leaves(action, run->matter->state) &&
	       run->world.now.us <
		       action_waits_until(run->procedure, action, run->matter->fields, &run->world).us;
}

static bool spoil_form(struct run *run, int index, struct command *command)
{
	const struct action *action = &run->procedure->actions[index];

	command->fields = doc_object(run->arena);
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].required)
			return true;
	doc_set(run->arena, command->fields, "no_such_field", doc_int(run->arena, 1));
	return true;
}

static bool spoil_evidence(struct run *run, int index, struct command *command)
{
	bool required = run->procedure->actions[index].evidence == EVIDENCE_REQUIRED;

	if (run->procedure->actions[index].evidence == EVIDENCE_OPTIONAL)
		return false;
	command->evidence_count = required ? 0 : 1;
	return true;
}

static bool spoil_version(struct run *run, int action, struct command *command)
{
	(void)action;
	command->version = run->matter->version + 1;
	return true;
}

static bool spoil_breach(struct run *run, int action, struct command *command)
{
	(void)action;
	/* The clock has been let to do all that is due: whatever is left isn't. */
	*command = command_new(run, COMMAND_BREACH, 0);
	command->about = (int64_t)chance_below(run->chance, (size_t)run->matter->next_duty + 1);
	return true;
}

static bool spoil_decision(struct run *run, int action, struct command *command)
{
	(void)action;
	*command = command_new(run, COMMAND_DECIDE, run->outsider);
	command->about = (int64_t)chance_below(run->chance, (size_t)run->matter->next_request + 1);
	command->grant = true;
	return true;
}

static spoil_fn *const spoils[] = {spoil_person, spoil_delegation, spoil_state, spoil_patience, spoil_form,
	spoil_evidence, spoil_version, spoil_breach, spoil_decision};

void try_illegal(struct run *run)
{
	int index = (int)chance_below(run->chance, run->procedure->action_count);
	int64_t people[PEOPLE_MAX];
	size_t count = shuffled_people(run, run->procedure->actions[index].by, people);
	struct command command = action_command(run, index, count == 0 ? run->outsider : people[0]);
	struct events events = {0};

	if (!spoils[chance_below(run->chance, ARRAY_COUNT(spoils))](run, index, &command))
		return;
	struct hash before = matter_digest(run->arena, run->matter);
	enum err err = matter_decide(run->matter, &command, &run->world, run->arena, &events, NULL);
	struct hash after = matter_digest(run->arena, run->matter);

	if (err == ERR_OK || !hash_equal(&before, &after)) {
		trace(run, &command,
			str_format(run->arena, "%s %.*s", command_kind_name(command.kind),
				STR_ARG(command.name)));
		promise_break(run, PROMISE_REFUSAL, "一个必须拒绝的请求得到了准许,或拒绝时改变了事项",
			"a command that must be refused was let through, or its refusal changed the matter");
	}
	run->result->refusals++;
}
