/* act_matter.c: one command on one matter: load, settle its clock, decide, apply, record, save. */
#include "act/writer.h"

/* A clock that never comes to rest would be a defect of the engine, not of the data: reports come round at
 * most weekly. */
#define CLOCK_STEPS_MAX 20000

struct work {
	struct installation *installation;
	struct arena *arena;
	struct matter *matter; /* NULL until it is opened */
	struct world world;
	struct definition
		*definitions; /* a copy of those in force, with numbers filled in as they are needed */
	struct receipt *receipt;
	struct bh_err *reterr;
};

static struct work work_begin(struct installation *installation, struct arena *arena, struct instant now,
	struct receipt *receipt, struct bh_err *reterr)
{
	struct work work = {
		.installation = installation, .arena = arena, .receipt = receipt, .reterr = reterr};

	work.definitions = ARENA_TAKE(arena, installation->in_force_count + 1, struct definition);
	for (size_t i = 0; i < installation->in_force_count; i++)
		work.definitions[i] = installation->in_force[i];
	work.world = (struct world){
		.now = now,
		.offset_minutes = installation->offset_minutes,
		.calendar = installation->calendar,
		.org = installation->org,
		.definitions = work.definitions,
		.definition_count = installation->in_force_count,
		.next_matter = installation->next_matter,
	};
	*receipt = (struct receipt){.first = -1};
	return work;
}

/* The next number of a procedure in this year, for the one definition that is about to be opened. */
static enum err fill_number(struct work *work, struct str procedure)
{
	int year, month, dom;

	day_split(instant_day(work->world.now, work->world.offset_minutes), &year, &month, &dom);
	for (size_t i = 0; i < work->world.definition_count; i++)
		if (str_equal(work->definitions[i].procedure->name, procedure))
			return store_sequence_next(work->installation->store, procedure, year,
				&work->definitions[i].next_seq, work->reterr);
	return ERR_OK; /* decide says that no such procedure is in force */
}

/* Whatever this command may open gets its number beforehand. */
static enum err fill_numbers(struct work *work, const struct command *command)
{
	const struct procedure *procedure = work->matter == NULL ? NULL : work->matter->procedure;
	int action = procedure == NULL ? -1 : procedure_action(procedure, command->name);

	if (command->kind == COMMAND_OPEN)
		return fill_number(work, command->name);
	if (command->kind == COMMAND_ACT && action >= 0 &&
		procedure->actions[action].opens.procedure.size > 0)
		return fill_number(work, procedure->actions[action].opens.procedure);
	if (command->kind != COMMAND_BREACH || procedure == NULL)
		return ERR_OK;
	for (size_t i = 0; i < work->matter->duty_count; i++) {
		const struct duty *duty = &work->matter->duties[i];
		const struct opening *opens = NULL;

		if (duty->id == command->about && duty->kind == DUTY_RULE)
			opens = &procedure->duties[duty->rule].breach.opens;
		else if (duty->id == command->about && duty->kind == DUTY_DECIDE)
			opens = &procedure->requests[duty->rule].breach.opens;
		if (opens != NULL && opens->procedure.size > 0)
			return fill_number(work, opens->procedure);
	}
	return ERR_OK;
}

/* The role under which the actor acts, for the envelope. */
static struct str role_of(const struct command *command, const struct procedure *procedure)
{
	int action = procedure_action(procedure, command->name),
	    request = procedure_request(procedure, command->name);

	if (command->kind == COMMAND_ACT && action >= 0 && command->in_name_of == 0)
		return procedure->roles[procedure->actions[action].by].name;
	if (command->kind == COMMAND_REQUEST && request >= 0)
		return procedure->roles[procedure->requests[request].by].name;
	return STR_NONE;
}

/* Apply one event to its matter and write both down. */
static enum err perform(struct work *work, const struct command *command, struct event *event,
	struct matter *matter, const struct procedure *procedure)
{
	struct installation *installation = work->installation;
	struct record record = {
		.object = str_format(work->arena, "m%lld", (long long)event->matter),
		.role = matter == work->matter ? role_of(command, procedure) : STR_NONE,
		.person = command->person,
		.on_behalf = command->on_behalf,
		.previous = matter->last_index,
		.compartment = procedure->visibility == VISIBILITY_COMPARTMENT,
	};

	/* In a compartment the envelope is sealed: only the payload says what the act was. */
	if (record.compartment)
		doc_set(work->arena, event->payload, "act",
			doc_text(work->arena, str_from(event_wire(event->kind))));
	event->index = (int64_t)installation->head.size;
	matter_apply(matter, event, procedure);
	struct hash digest = matter_digest(work->arena, matter);

	doc_set(work->arena, event->payload, "digest",
		doc_text(work->arena, hex_print(work->arena, digest.bytes, HASH_SIZE)));
	TRY(record_append(installation, work->arena, event, &record, work->reterr));
	if (work->receipt->first < 0)
		work->receipt->first = event->index;
	work->receipt->count++;
	return ERR_OK;
}

static enum err save(struct work *work, struct matter *matter)
{
	struct lamp lamp = matter_lamp(matter, &work->world);

	TRY(store_matter_save(work->installation->store, work->arena, matter, &lamp, work->reterr));
	matter_settle(matter);
	return ERR_OK;
}

/* A matter that the first event opened by itself. */
static enum err perform_opened(struct work *work, const struct command *command, struct event *event)
{
	struct matter *opened = matter_new(work->arena);
	const struct procedure *procedure =
		installation_procedure(work->installation, doc_get_int(event->payload, "definition", 0));

	TRY(perform(work, command, event, opened, procedure));
	TRY(store_sequence_take(
		work->installation->store, procedure->name, opened->year, opened->seq, work->reterr));
	work->installation->next_matter = opened->id + 1;
	work->world.next_matter = work->installation->next_matter;
	TRY(save(work, opened));
	if (work->matter == NULL)
		work->matter = opened;
	return ERR_OK;
}

/* Decide one command and make what follows from it true. The matter itself is saved by the caller, once. */
static enum err decide_and_perform(struct work *work, const struct command *command)
{
	struct events events = {0};

	TRY(fill_numbers(work, command));
	TRY(matter_decide(work->matter, command, &work->world, work->arena, &events, work->reterr));
	for (size_t i = 0; i < events.count; i++) {
		if (events.items[i].kind == EVENT_MATTER_OPENED)
			TRY(perform_opened(work, command, &events.items[i]));
		else
			TRY(perform(work, command, &events.items[i], work->matter, work->matter->procedure));
	}
	return ERR_OK;
}

/* Before anybody acts, what time has brought is made true: a late act can't overtake its own breach. */
static enum err settle_clock(struct work *work)
{
	struct command command;

	for (int step = 0; matter_clock_next(work->matter, work->world.now, &command); step++) {
		REQUIRE(step < CLOCK_STEPS_MAX);
		TRY(decide_and_perform(work, &command));
	}
	return ERR_OK;
}

static enum err load(struct work *work, int64_t id)
{
	struct installation *installation = work->installation;

	TRY(store_matter_load(installation->store, work->arena, id, installation_procedure, installation,
		&work->matter, work->reterr));
	if (work->matter->procedure->children.of.size > 0)
		TRY(store_children_open(installation->store, id, &work->world.children_open, work->reterr));
	return ERR_OK;
}

/* What is in effect on whoever this action would give a post. */
static enum err look_at_candidate(struct work *work, const struct command *command)
{
	const struct matter *matter = work->matter;
	struct effect_ask ask = {.definitions = work->world.definitions,
		.definition_count = work->world.definition_count,
		.procedure = installation_procedure,
		.context = work->installation};
	struct effect *effects;

	if (command->kind != COMMAND_ACT)
		return ERR_OK;
	ask.person = eligibility_candidate(matter->procedure,
		procedure_action(matter->procedure, command->name), command->fields, matter->fields);
	if (ask.person == 0)
		return ERR_OK;
	TRY(store_effect_list(work->installation->store, work->arena, &ask, &effects,
		&work->world.effect_count, work->reterr));
	work->world.effects = effects;
	return ERR_OK;
}

/* The files that rows may name. */
static enum err look_at_files(struct work *work, const struct command *command)
{
	const struct procedure *procedure = work->matter == NULL ? NULL : work->matter->procedure;
	int action = procedure == NULL || command->kind != COMMAND_ACT
			     ? -1
			     : procedure_action(procedure, command->name);
	struct evidence_item *items;

	if (action < 0 ||
		!fields_name_files(procedure->actions[action].fields, procedure->actions[action].field_count))
		return ERR_OK;
	TRY(store_evidence_list(work->installation->store, work->arena, work->matter->id, &items,
		&work->world.evidence_count, work->reterr));
	work->world.evidence = items;
	return ERR_OK;
}

/* A code opens one report. */
static enum err check_code(struct work *work, const struct command *command)
{
	int64_t matter;
	enum err err = store_letter_find(work->installation->store, command->letter, &matter, work->reterr);

	if (err != ERR_OK)
		return err == ERR_NOT_FOUND ? ERR_OK : err;
	return err_set(work->reterr, ERR_CONFLICT, "code", "this code has been used");
}

/* What else the engine has to know for this command. */
static enum err look_around(struct work *work, const struct command *command)
{
	struct installation *installation = work->installation;
	struct matter *other = NULL;

	if (command->kind == COMMAND_OPEN && command->parent != 0) {
		enum err err = store_matter_load(installation->store, work->arena, command->parent,
			installation_procedure, installation, &other, work->reterr);

		if (err != ERR_OK && err != ERR_NOT_FOUND)
			return err;
		work->world.parent = other;
	}
	TRY(look_at_candidate(work, command));
	TRY(look_at_files(work, command));
	if (command->kind == COMMAND_ATTEND)
		TRY(check_in_code_good(installation->dir, command->matter, command->text, work->world.now,
			work->arena, work->reterr));
	if (command->kind == COMMAND_OPEN && command->letter.size > 0)
		TRY(check_code(work, command));
	if (command->kind == COMMAND_FOLLOW) {
		const struct viewer viewer = {.person = command->person,
			.today = instant_day(work->world.now, work->world.offset_minutes)};

		TRY(store_may_see(
			installation->store, &viewer, command->matter, &work->world.sees, work->reterr));
	}
	if (command->kind == COMMAND_LINK)
		TRY(store_matter_exists(
			installation->store, command->about, &work->world.other_exists, work->reterr));
	return ERR_OK;
}

enum err act_matter_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct command command = *act->what.command;
	struct work work = work_begin(installation, arena, now, ret_receipt, reterr);

	command.key = act->key;
	command.person = act->person;
	if (command.kind != COMMAND_OPEN) {
		TRY(load(&work, command.matter));
		bool current = command.version == work.matter->version;

		TRY(settle_clock(&work));
		if (current)
			command.version =
				work.matter->version; /* only time has passed since it was looked at */
	}
	TRY(look_around(&work, &command));
	TRY(decide_and_perform(&work, &command));
	if (command.kind != COMMAND_OPEN)
		TRY(save(&work, work.matter));
	ret_receipt->matter = work.matter->id;
	ret_receipt->version = work.matter->version;
	return ERR_OK;
}

enum err act_matter_try(struct installation *installation, struct arena *arena, const struct command *command,
	struct instant now, struct bh_err *reterr)
{
	struct receipt receipt;
	struct work work = work_begin(installation, arena, now, &receipt, reterr);
	struct events events = {0};

	if (command->kind != COMMAND_OPEN)
		TRY(load(&work, command->matter));
	TRY(fill_numbers(&work, command));
	TRY(look_at_files(&work, command));
	return matter_decide(work.matter, command, &work.world, arena, &events, reterr);
}

enum err act_clock_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct work work = work_begin(installation, arena, now, ret_receipt, reterr);

	TRY(load(&work, act->what.matter));
	TRY(settle_clock(&work));
	/* Saved also when nothing fell due: the lamp may have changed by time alone. */
	TRY(save(&work, work.matter));
	ret_receipt->matter = work.matter->id;
	ret_receipt->version = work.matter->version;
	return ERR_OK;
}
