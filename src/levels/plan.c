/* plan.c: what each item of a package would do: a task opens a matter of the procedure that takes tasks from
 * above; a report is an act in the matter that it is on, or, where whoever takes it may do no such act, a
 * note there. Each is tried on what is recorded now. */
#include "levels/parts.h"

#include "exchange/content.h"

struct planning {
	const struct level_ask *ask;
	struct package_look *look;
	struct package_plan *plan;
	size_t at; /* the item, from 1 */
};

static void fault(struct planning *planning, const struct bh_err *why)
{
	struct package_look *look = planning->look;

	*ARENA_PUSH(planning->ask->teller.arena, look->faults, look->fault_count, look->fault_capacity) =
		(struct package_fault){planning->at, *why};
}

#define FAULT(planning, code, place, ...)                                                                    \
	do {                                                                                                 \
		struct bh_err fault_why;                                                                     \
		if (err_set(&fault_why, (code), (place), __VA_ARGS__) != ERR_OK)                             \
			fault((planning), &fault_why);                                                       \
	} while (0)

/* ---- files ---- */

/* Held to what is taken as evidence here, whoever signed it. */
static bool file_is_good(struct planning *planning, const struct doc *file, struct evidence_item *ret_item)
{
	struct arena *arena = planning->ask->teller.arena;
	struct str hash = doc_get_text(file, "hash"), name;
	struct str bytes =
		package_bytes(&planning->look->file, str_format(arena, "file/%.*s", STR_ARG(hash)));
	struct content content;
	struct bh_err why;

	if (bytes.data == NULL || (int64_t)bytes.size != doc_get_int(file, "size", -1)) {
		FAULT(planning, ERR_INVALID, "files", "a file that it names isn't in the package");
		return false;
	}
	if (file_name_clean(doc_get_text(file, "name"), &name, &why) != ERR_OK ||
		content_judge(arena, bytes, name, &content, &why) != ERR_OK) {
		fault(planning, &why);
		return false;
	}
	struct hash found = hash_bytes(bytes.data, bytes.size);

	*ret_item = (struct evidence_item){
		.hash = hex_print(arena, found.bytes, HASH_SIZE), .name = name, .size = (int64_t)bytes.size};
	if (!str_equal(ret_item->hash, hash))
		FAULT(planning, ERR_TAMPERED, "files", "a file in it isn't the one that it names");
	return str_equal(ret_item->hash, hash);
}

static void read_files(struct planning *planning)
{
	const struct doc *files = doc_get(planning->plan->body, "files");
	size_t count = files == NULL ? 0 : files->count;
	struct command *command = &planning->plan->command;

	command->evidence = ARENA_TAKE(planning->ask->teller.arena, count + 1, struct evidence_item);
	for (size_t i = 0; i < count; i++)
		if (file_is_good(planning, &files->items[i], &command->evidence[command->evidence_count]))
			command->evidence_count++;
}

/* Would the engine let it through now? */
static void try_command(struct planning *planning, const struct matter *matter)
{
	const struct level_ask *ask = planning->ask;
	struct world world;
	struct events events;
	struct bh_err why;

	if (institution_world(ask->teller.institution, ask->store, matter, ask->now, ask->teller.arena,
		    &world, &why) != ERR_OK ||
		matter_decide(matter, &planning->plan->command, &world, ask->teller.arena, &events, &why) !=
			ERR_OK)
		fault(planning, &why);
}

/* ---- a task ---- */

static const struct procedure *for_tasks(struct planning *planning, const struct doc *choice)
{
	const struct institution *institution = planning->ask->teller.institution;
	struct str wanted = doc_get_text(choice, "procedure");
	const struct procedure *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < institution->in_force_count; i++) {
		const struct procedure *procedure = institution->in_force[i].procedure;

		if (procedure->from_above.place.line == 0 ||
			(wanted.size > 0 && !str_equal(procedure->name, wanted)))
			continue;
		found = procedure;
		count++;
	}
	if (count == 0)
		FAULT(planning, ERR_INVALID, "procedure",
			"no such procedure takes tasks from above: one in force says so by from_above "
			"(docs/levels.md)");
	else if (count > 1)
		FAULT(planning, ERR_INVALID, "procedure",
			"several procedures take tasks from above: say which by procedure");
	return count == 1 ? found : NULL;
}

static struct str part_of(const struct doc *body, enum from_above_part part)
{
#define FROM_ABOVE_PART(NAME, wire, types, help) [FROM_ABOVE_##NAME] = wire,
	static const char *const names[] = {FROM_ABOVE_PARTS};
#undef FROM_ABOVE_PART

	return doc_get_text(body, names[part]);
}

/* What no field takes is kept in words, where the opening says where it comes from. */
static void map_task(struct planning *planning, struct doc *fields)
{
	struct arena *arena = planning->ask->teller.arena;
	const struct package_plan *plan = planning->plan;
	struct buf text = buf_new(arena);

	buf_format(&text, "%.*s %.*s", STR_ARG(planning->look->peer.title.zh), STR_ARG(plan->far));
	for (int part = 0; part < FROM_ABOVE_PART_COUNT; part++) {
		int field = plan->procedure->from_above.fields[part];
		struct str value = part_of(plan->body, (enum from_above_part)part);

		if (value.size == 0)
			continue;
		if (field >= 0)
			doc_set_str(
				arena, fields, plan->procedure->fields[field].name, doc_text(arena, value));
		else if (part != FROM_ABOVE_NUMBER)
			buf_format(&text, "\n%.*s", STR_ARG(value));
	}
	planning->plan->command.text = buf_str(&text);
}

/* What whoever takes it adds: units and posts by their codes, the rest as typed. */
static void add_given(struct planning *planning, const struct doc *given, struct doc *fields)
{
	const struct procedure *procedure = planning->plan->procedure;
	struct arena *arena = planning->ask->teller.arena;

	for (size_t i = 0; given != NULL && i < given->count; i++) {
		int field = procedure_field(procedure, given->keys[i]);
		struct doc *value;
		struct bh_err why;

		if (field < 0)
			FAULT(planning, ERR_INVALID, str_copy(arena, given->keys[i]).data,
				"%.*s has no such field", STR_ARG(procedure->name));
		else if (field_value_take(arena, &procedure->fields[field],
				 planning->ask->teller.institution->org, &given->items[i], &value,
				 &why) != ERR_OK)
			fault(planning, &why);
		else
			doc_set_str(arena, fields, procedure->fields[field].name, value);
	}
}

static void hear_fault(void *context, struct str field, const struct bh_err *why)
{
	(void)field;
	fault(context, why);
}

static enum err plan_task(struct planning *planning, const struct doc *choice)
{
	struct package_plan *plan = planning->plan;
	struct doc *fields = doc_object(planning->ask->teller.arena);
	size_t before = planning->look->fault_count;

	plan->does = PACKAGE_OPENS;
	plan->procedure = for_tasks(planning, choice);
	if (plan->procedure == NULL)
		return ERR_OK;
	plan->command = (struct command){.kind = COMMAND_OPEN,
		.person = planning->ask->person,
		.name = plan->procedure->name,
		.fields = fields,
		.weight = 1};
	map_task(planning, fields);
	add_given(planning, doc_get(choice, "fields"), fields);
	read_files(planning);
	size_t faults = planning->look->fault_count > before
				? 1
				: fields_faults(plan->procedure->fields, plan->procedure->field_count, fields,
					  planning->ask->teller.institution->org, hear_fault, planning);

	if (faults == 0)
		try_command(planning, NULL);
	return ERR_OK;
}

/* ---- a report ---- */

/* Does it ask for a progress and one text, and no more? Gives the text's name. */
static bool takes_report(const struct action *action, bool has_files, struct str *ret_text)
{
	bool progress = false;

	*ret_text = STR_NONE;
	for (size_t i = 0; i < action->field_count; i++) {
		const struct field *field = &action->fields[i];

		if (str_is(field->name, "progress") && field->type == FIELD_PERCENT)
			progress = true;
		else if (field->type == FIELD_TEXT && ret_text->size == 0)
			*ret_text = field->name;
		else if (field->required)
			return false;
	}
	return progress && ret_text->size > 0 && (action->evidence != EVIDENCE_REQUIRED || has_files);
}

static enum err find_action(struct planning *planning, const struct matter *matter, struct bh_err *reterr)
{
	const struct level_ask *ask = planning->ask;
	struct command *command = &planning->plan->command;
	int64_t progress = doc_get_int(planning->plan->body, "progress", -1);
	struct world world;
	size_t count;

	if (progress < 0)
		return ERR_OK;
	TRY(institution_world(
		ask->teller.institution, ask->store, matter, ask->now, ask->teller.arena, &world, reterr));
	const struct possible *possible =
		matter_possible(matter, ask->person, &world, ask->teller.arena, &count);

	for (size_t i = 0; i < count; i++) {
		const struct action *action =
			possible[i].action < 0 ? NULL : &matter->procedure->actions[possible[i].action];
		struct str text;

		if (action == NULL || !possible[i].may || action->to >= 0 ||
			!takes_report(action, command->evidence_count > 0, &text))
			continue;
		planning->plan->does = PACKAGE_ACTS;
		command->kind = COMMAND_ACT;
		command->name = action->name;
		command->fields = doc_object(ask->teller.arena);
		doc_set(ask->teller.arena, command->fields, "progress", doc_int(ask->teller.arena, progress));
		doc_set_str(
			ask->teller.arena, command->fields, text, doc_text(ask->teller.arena, command->text));
		command->text = STR("");
		if (action->evidence == EVIDENCE_NONE)
			command->evidence_count = 0;
		return ERR_OK;
	}
	return ERR_OK;
}

/* The task that was sent to them, of which they report. */
static bool was_sent(struct planning *planning, int64_t matter, struct bh_err *why)
{
	struct stored_item *items;
	size_t count;

	if (store_matter_packages(
		    planning->ask->store, planning->ask->teller.arena, matter, &items, &count, why) != ERR_OK)
		return false;
	for (size_t i = 0; i < count; i++)
		if (items[i].package.peer == planning->look->peer.id && !items[i].package.taken &&
			items[i].item.kind == PACKAGE_TASK)
			return true;
	return false;
}

static enum err plan_report(struct planning *planning, struct bh_err *reterr)
{
	const struct level_ask *ask = planning->ask;
	struct package_plan *plan = planning->plan;
	int64_t about = doc_get_int(plan->body, "about", 0);
	struct viewer viewer = {ask->person, instant_day(ask->now, ask->teller.institution->offset_minutes)};
	struct matter *matter;
	struct doc *body;
	bool sees;

	plan->does = PACKAGE_NOTES;
	TRY(report_verify(ask, planning->look, plan->body, &body, reterr));
	plan->body = body;
	TRY(store_may_see(ask->store, &viewer, about, &sees, reterr));
	if (!sees || !was_sent(planning, about, reterr)) {
		FAULT(planning, ERR_NOT_FOUND, "about",
			"it is on a task that wasn't sent to them in a package, or that you may not see");
		return ERR_OK;
	}
	TRY(institution_matter(
		ask->teller.institution, ask->store, ask->teller.arena, about, &matter, reterr));
	plan->matter = about;
	plan->procedure = matter->procedure;
	plan->command = (struct command){.kind = COMMAND_NOTE,
		.person = ask->person,
		.matter = about,
		.text = doc_get_text(body, "text")};
	read_files(planning);
	TRY(find_action(planning, matter, reterr));
	try_command(planning, matter);
	return ERR_OK;
}

/* ---- all of them ---- */

static void put_spec(const struct level_ask *ask, struct package_look *look)
{
	struct arena *arena = ask->teller.arena;
	struct doc *items = doc_list(arena);

	look->spec = doc_object(arena);
	look->commands = ARENA_TAKE(arena, look->plan_count, struct command);
	for (size_t i = 0; i < look->plan_count; i++) {
		const struct package_plan *plan = &look->plans[i];
		struct doc *item = doc_object(arena);

		doc_set(arena, item, "kind", doc_text(arena, str_from(package_kind_name(plan->kind))));
		doc_set(arena, item, "matter", doc_int(arena, plan->matter));
		doc_set(arena, item, "event", doc_int(arena, -1));
		doc_set(arena, item, "far", doc_text(arena, plan->far));
		doc_set(arena, item, "body", doc_copy(arena, plan->body));
		doc_push(arena, items, item);
		look->commands[i] = plan->command;
	}
	doc_set(arena, look->spec, "peer", doc_int(arena, look->peer.id));
	doc_set(arena, look->spec, "number", doc_int(arena, look->file.head.number));
	doc_set(arena, look->spec, "hash", doc_text(arena, look->hash));
	doc_set(arena, look->spec, "size", doc_int(arena, (int64_t)look->checkpoint.size));
	doc_set(arena, look->spec, "root",
		doc_text(arena, hex_print(arena, look->checkpoint.root.bytes, HASH_SIZE)));
	doc_set(arena, look->spec, "items", items);
}

static enum err plan_item(
	struct planning *planning, const struct doc *item, const struct doc *choice, struct bh_err *reterr)
{
	struct package_plan *plan = planning->plan;
	enum package_kind wanted = planning->look->peer.side == LEVEL_ABOVE ? PACKAGE_TASK : PACKAGE_REPORT;

	plan->body = doc_get(item, "body");
	if (!package_kind_parse(doc_get_text(item, "kind"), &plan->kind) || plan->body == NULL ||
		plan->body->kind != DOC_OBJECT || doc_get_text(plan->body, "title").size == 0)
		return err_set(reterr, ERR_INVALID, "manifest.json",
			"its list can't be read by this version of the program");
	if (plan->kind != wanted)
		return err_set(reterr, ERR_REFUSED, "from",
			"tasks come from above and reports from below: %.*s was entered on the other side",
			STR_ARG(planning->look->peer.code));
	plan->far = doc_get_text(plan->body, "number");
	return plan->kind == PACKAGE_TASK ? plan_task(planning, choice) : plan_report(planning, reterr);
}

enum err package_plan(const struct level_ask *ask, struct package_look *look, const struct doc *choices,
	struct bh_err *reterr)
{
	const struct doc *items = doc_get(look->manifest, "items"), *chosen = doc_get(choices, "items");
	size_t count = items == NULL ? 0 : items->count;

	if (count < 1 || count > PACKAGE_ITEMS_MAX)
		return err_set(reterr, ERR_INVALID, "manifest.json",
			"its list can't be read by this version of the program");
	look->plans = ARENA_TAKE(ask->teller.arena, count, struct package_plan);
	look->plan_count = count;
	for (size_t i = 0; i < count; i++) {
		struct planning planning = {ask, look, &look->plans[i], i + 1};

		TRY(plan_item(&planning, &items->items[i],
			chosen != NULL && i < chosen->count ? &chosen->items[i] : NULL, reterr));
	}
	if (look->standing == PACKAGE_AGAIN)
		look->fault_count = 0;
	put_spec(ask, look);
	return ERR_OK;
}
