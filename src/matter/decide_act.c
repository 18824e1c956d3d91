/* decide_act.c: opening a matter and acting in it. */
#include "matter/engine.h"

#define FILE_NAME_MAX 255 /* bytes, as file systems have it */

const struct definition *world_definition(const struct world *world, struct str procedure)
{
	for (size_t i = 0; i < world->definition_count; i++)
		if (str_equal(world->definitions[i].procedure->name, procedure))
			return &world->definitions[i];
	return NULL;
}

static bool value_is_empty(const struct doc *value)
{
	return value == NULL || value->kind == DOC_NULL ||
	       (value->kind == DOC_TEXT && value->text.size == 0) ||
	       (value->kind == DOC_LIST && value->count == 0);
}

size_t fields_faults(const struct field *fields, size_t count, const struct doc *given, const struct org *org,
	field_fault_fn *each, void *context)
{
	size_t faults = 0;
	struct bh_err why;

	for (size_t i = 0; given != NULL && i < given->count; i++) {
		const struct field *field = field_find(fields, count, given->keys[i]);
		enum err err = ERR_OK;

		if (field == NULL)
			err = err_set(&why, ERR_INVALID, given->keys[i].data, "there is no field %.*s here",
				STR_ARG(str_slice(given->keys[i], 0, 64)));
		else if (!value_is_empty(&given->items[i]))
			err = field_value_check(field, &given->items[i], org, &why);
		if (err == ERR_OK)
			continue;
		each(context, given->keys[i], &why);
		faults++;
	}
	for (size_t i = 0; i < count; i++) {
		if (!fields[i].required || !value_is_empty(doc_get_str(given, fields[i].name)))
			continue;
		(void)!err_set(&why, ERR_INVALID, fields[i].name.data, "the field %.*s must be filled in",
			STR_ARG(label_pick(fields[i].label, fields[i].name, STR("zh"))));
		each(context, fields[i].name, &why);
		faults++;
	}
	return faults;
}

static void keep_first(void *context, struct str field, const struct bh_err *why)
{
	struct bh_err *first = context;

	(void)field;
	if (first->code == ERR_OK)
		*first = *why;
}

enum err fields_check(const struct field *fields, size_t count, const struct doc *given,
	const struct org *org, struct bh_err *reterr)
{
	struct bh_err first = {0};

	if (given != NULL && given->kind != DOC_OBJECT)
		return err_set(reterr, ERR_INVALID, "fields", "the fields must be an object: {name: value}");
	if (fields_faults(fields, count, given, org, keep_first, &first) == 0)
		return ERR_OK;
	return err_pass(reterr, first.code, first.place, &first);
}

/* A day that an action waits for can't be one that is over, else the time that others are given is cut short
 * on paper. What the matter says already may stand. */
static enum err check_waited_for(struct draft *draft, const struct doc *given)
{
	for (size_t i = 0; given != NULL && i < given->count; i++) {
		const struct doc *value = &given->items[i];
		const struct doc *before =
			draft->matter == NULL ? NULL : doc_get_str(draft->matter->fields, given->keys[i]);
		struct day day;

		if (value_is_empty(value) || !field_is_waited_for(draft->procedure, given->keys[i]) ||
			(before != NULL && doc_equal(before, value)))
			continue;
		if (day_parse(value->text, &day, NULL) == ERR_OK && day.number < draft->today.number)
			return err_set(draft->reterr, ERR_REFUSED, given->keys[i].data,
				"%.*s is over, and the matter waits from that day: name today or a later day",
				STR_ARG(value->text));
	}
	return ERR_OK;
}

/* "督〔{year}〕{seq}号" with the year and the running number in it; "{seq:4}" pads with zeros. */
static struct str number_print(struct arena *arena, struct str pattern, int64_t year, int64_t seq)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < pattern.size; i++) {
		struct str rest = str_slice(pattern, i, pattern.size);
		int width = rest.size > 6 && str_starts(rest, "{seq:") ? rest.data[5] - '0' : 0;

		if (str_starts(rest, "{year}")) {
			buf_format(&buf, "%lld", (long long)year);
			i += 5;
		} else if (str_starts(rest, "{seq}")) {
			buf_format(&buf, "%lld", (long long)seq);
			i += 4;
		} else if (width > 0) {
			buf_format(&buf, "%0*lld", width, (long long)seq);
			i += 6;
		} else {
			buf_put_char(&buf, pattern.data[i]);
		}
	}
	return buf_str(&buf);
}

/* What every opening records, whoever or whatever causes it; `before`: how many of its kind the same act
 * opened before it. */
static enum err put_opening(
	struct draft *draft, const struct definition *definition, int64_t weight, int64_t before)
{
	int year, month, dom;
	int64_t seq = definition->next_seq + before;
	struct arena *arena = draft->arena;
	struct doc *payload = draft->payload;

	day_split(draft->today, &year, &month, &dom);
	doc_set(arena, payload, "procedure", doc_text(arena, definition->procedure->name));
	doc_set(arena, payload, "definition", doc_int(arena, definition->id));
	doc_set(arena, payload, "year", doc_int(arena, year));
	doc_set(arena, payload, "seq", doc_int(arena, seq));
	doc_set(arena, payload, "number",
		doc_text(arena, number_print(arena, definition->procedure->number, year, seq)));
	doc_set(arena, payload, "fields", draft->fields);
	doc_set(arena, payload, "weight", doc_int(arena, weight));
	return draft_move(draft, -1, -1, definition->procedure->start);
}

static enum err put_item(struct draft *draft, const struct evidence_item *item)
{
	struct str bytes;

	if (!hex_parse(draft->arena, item->hash, &bytes) || bytes.size != HASH_SIZE)
		return err_set(draft->reterr, ERR_INVALID, "evidence",
			"a file is named by its SHA-256 in 64 hex digits: attach it anew");
	if (str_trim(item->name).size == 0 || item->name.size > FILE_NAME_MAX || !text_is_clean(item->name) ||
		item->size < 0)
		return err_set(draft->reterr, ERR_INVALID, "evidence",
			"a file has a name of 1 to %d bytes in UTF-8 and a size from 0", FILE_NAME_MAX);
	struct doc *object = draft_push(draft, "evidence");

	doc_set(draft->arena, object, "hash", doc_text(draft->arena, item->hash));
	doc_set(draft->arena, object, "name", doc_text(draft->arena, item->name));
	doc_set(draft->arena, object, "size", doc_int(draft->arena, item->size));
	return ERR_OK;
}

enum err draft_evidence(struct draft *draft)
{
	for (size_t i = 0; i < draft->command->evidence_count; i++)
		TRY(put_item(draft, &draft->command->evidence[i]));
	return ERR_OK;
}

/* Who bears a task may break it down; taking the parts up stays with their own procedure. */
static bool may_break_down(struct draft *draft, const struct matter *parent)
{
	struct draft above = *draft;

	above.matter = parent;
	above.procedure = parent->procedure;
	above.fields = parent->fields;
	if (draft_role_held(&above) < 0)
		return false;
	draft->post = above.post;
	return true;
}

/* May this person begin such a matter: through the role that acts first, or as somebody of the parent. */
static enum err authorise_opening(struct draft *draft)
{
	const struct procedure *procedure = draft->procedure;
	const struct matter *parent = draft->world->parent;
	enum err err = ERR_FORBIDDEN;

	TRY(draft_delegation(draft));
	/* First what the parent gives, so that a refusal speaks of the procedure itself. */
	if (draft->command->parent != 0 && parent != NULL && may_break_down(draft, parent))
		return ERR_OK;
	for (size_t i = 0; i < procedure->action_count; i++) {
		if (!action_leaves(&procedure->actions[i], procedure->start))
			continue;
		err = draft_authorise(draft, procedure->actions[i].by);
		if (err == ERR_OK)
			return ERR_OK;
	}
	return err;
}

static enum err check_parent(struct draft *draft)
{
	const struct matter *parent = draft->world->parent;

	if (draft->command->parent == 0)
		return ERR_OK;
	if (parent == NULL)
		return err_set(
			draft->reterr, ERR_NOT_FOUND, "parent", "there is no such matter to be part of");
	if (!str_equal(parent->procedure->children.of, draft->procedure->name))
		return err_set(draft->reterr, ERR_REFUSED, "parent",
			"a matter of %.*s has no parts of %.*s: its definition names none",
			STR_ARG(parent->procedure->name), STR_ARG(draft->procedure->name));
	if (!instant_is_none(parent->ended))
		return err_set(draft->reterr, ERR_REFUSED, "parent", "%.*s has ended and takes no more parts",
			STR_ARG(parent->number));
	return ERR_OK;
}

/* Nobody is named, and the code stands for them; a clerk who enters what came on paper is. */
static bool is_by_letter_alone(const struct command *command)
{
	return command->letter.size > 0 && command->person == 0;
}

enum err decide_open(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;
	const struct definition *definition = world_definition(draft->world, command->name);

	if (definition == NULL)
		return err_set(draft->reterr, ERR_NOT_FOUND, "procedure", "no procedure %.*s is in force",
			STR_ARG(command->name));
	draft->procedure = definition->procedure;
	TRY(fields_check(draft->procedure->fields, draft->procedure->field_count, command->fields,
		draft->world->org, draft->reterr));
	TRY(draft_files(draft, draft->procedure->fields, draft->procedure->field_count));
	draft->fields = draft->command->fields != NULL ? draft->command->fields : doc_object(draft->arena);
	TRY(check_waited_for(draft, command->fields));
	TRY(check_parent(draft));
	TRY(command->letter.size > 0 ? draft_letter(draft) : ERR_OK);
	TRY(is_by_letter_alone(command) ? ERR_OK : authorise_opening(draft));
	if (command->weight < 0 || command->weight > 1000000)
		return err_set(draft->reterr, ERR_RANGE, "weight", "a weight lies between 1 and 1,000,000");
	if (command->parent != 0)
		doc_set(draft->arena, draft->payload, "parent", doc_int(draft->arena, command->parent));
	TRY(draft_text(draft, NULL));
	TRY(draft_evidence(draft));
	TRY(put_opening(draft, definition, command->weight == 0 ? 1 : command->weight, 0));
	draft_finish(draft, EVENT_MATTER_OPENED, events);
	return ERR_OK;
}

/* The value that `with:` gives: a cell of the row, a field of this matter, or a constant in the type the
 * other side wants. */
static struct doc *given_value(
	struct draft *draft, const struct given *given, const struct doc *row, const struct procedure *target)
{
	int field = procedure_field(target, given->to);
	struct doc *value = NULL;

	if (given->column != NULL)
		return (struct doc *)(uintptr_t)doc_get_str(row, given->column->name);
	if (given->field >= 0)
		return (struct doc *)(uintptr_t)doc_get_str(
			draft->fields, draft->procedure->fields[given->field].name);
	if (field < 0 || field_value_read(draft->arena, &target->fields[field], draft->world->org,
				 given->text, &value, NULL) != ERR_OK)
		return NULL;
	return value;
}

/* One matter, for a row where there is one; `before` others were opened by the same act. */
static enum err open_one(struct draft *draft, const struct opened_by *by, const struct doc *row,
	int64_t before, struct events *events)
{
	const struct opening *opening = by->opening;
	const struct definition *definition = world_definition(draft->world, opening->procedure);

	if (definition == NULL)
		return err_set(draft->reterr, ERR_REFUSED, opening->procedure.data,
			"no procedure %.*s is in force, and this step opens one: adopt it first",
			STR_ARG(opening->procedure));
	struct draft other = draft_new(NULL, draft->command, draft->world, draft->arena, draft->reterr);
	struct command opener = *draft->command;

	opener.key = STR_NONE; /* the key is the first event's */
	other.command = &opener;
	other.procedure = definition->procedure;
	other.matter_id = draft->world->next_matter + before;
	other.post = draft->post;
	other.fields = doc_object(draft->arena);
	for (size_t i = 0; i < opening->with_count; i++) {
		struct doc *value = given_value(draft, &opening->with[i], row, definition->procedure);

		if (value != NULL)
			doc_set_str(draft->arena, other.fields, opening->with[i].to, value);
	}
	TRY(fields_check(definition->procedure->fields, definition->procedure->field_count, other.fields,
		draft->world->org, draft->reterr));
	if (by->as_child)
		doc_set(draft->arena, other.payload, "parent", doc_int(draft->arena, draft->matter_id));
	doc_set(draft->arena, other.payload, "cause", doc_int(draft->arena, draft->matter_id));
	doc_set(draft->arena, other.payload, "caused_by", doc_text(draft->arena, by->cause));
	TRY(put_opening(&other, definition, 1, before));
	draft_finish(&other, EVENT_MATTER_OPENED, events);
	return ERR_OK;
}

enum err draft_opening(struct draft *draft, const struct opened_by *by, struct events *events)
{
	const struct field *each = by->opening->each;
	const struct doc *rows = each == NULL ? NULL : doc_get_str(draft->fields, each->name);
	int64_t before = 0;

	if (each == NULL)
		return open_one(draft, by, NULL, 0, events);
	for (size_t i = 0; rows != NULL && i < rows->count; i++)
		if (condition_holds(&by->opening->where, &rows->items[i], draft->fields, draft->today))
			TRY(open_one(draft, by, &rows->items[i], before++, events));
	return ERR_OK;
}

static enum err check_state(struct draft *draft, const struct action *action)
{
	const struct matter *matter = draft->matter;
	struct str state = matter->procedure->states[matter->state].name;

	if (!action_leaves(action, matter->state))
		return err_set(draft->reterr, ERR_REFUSED, "from",
			"%.*s can't be done while the matter is %.*s", STR_ARG(action->name), STR_ARG(state));
	if (!instant_is_none(matter->suspended_until))
		return err_set(draft->reterr, ERR_REFUSED, "suspended",
			"the matter is suspended until %.*s: have it resumed first",
			STR_ARG(day_print(
				draft->arena, instant_day((struct instant){matter->suspended_until.us - 1},
						      draft->world->offset_minutes))));
	return ERR_OK;
}

/* What the law gives others time for can't be cut short: a publicity, a consultation, a probation. */
static enum err check_wait(struct draft *draft, const struct action *action)
{
	struct instant until;

	if (!action_waits(action))
		return ERR_OK;
	until = action_waits_until(draft->procedure, action, draft->fields, draft->world);
	if (instant_is_none(until))
		return err_set(draft->reterr, ERR_REFUSED, "not_before",
			"%.*s waits for %.*s, which isn't filled in: fill it in first", STR_ARG(action->name),
			STR_ARG(draft->procedure->fields[action->not_before.field].name));
	if (draft->world->now.us < until.us)
		return err_set(draft->reterr, ERR_REFUSED, "not_before",
			"%.*s may be done from %.*s on, not before", STR_ARG(action->name),
			STR_ARG(day_print(draft->arena, instant_day(until, draft->world->offset_minutes))));
	return ERR_OK;
}

static enum err check_evidence(struct draft *draft, const struct action *action)
{
	size_t count = draft->command->evidence_count;

	if (action->evidence == EVIDENCE_REQUIRED && count == 0)
		return err_set(draft->reterr, ERR_REFUSED, "evidence",
			"%.*s needs evidence: attach at least one file", STR_ARG(action->name));
	if (action->evidence == EVIDENCE_NONE && count > 0 && draft->command->in_name_of == 0)
		return err_set(draft->reterr, ERR_REFUSED, "evidence", "%.*s takes no evidence",
			STR_ARG(action->name));
	return draft_evidence(draft);
}

static enum err check_children(struct draft *draft, int to)
{
	const struct procedure *procedure = draft->procedure;

	if (procedure->children.close_before_parent && procedure->states[to].end == END_SUCCESS &&
		draft->world->children_open > 0)
		return err_set(draft->reterr, ERR_REFUSED, "close_before_parent",
			"parts of it that are still open: %lld: close or withdraw them first",
			(long long)draft->world->children_open);
	return ERR_OK;
}

/* An action's field named like one of the procedure's sets it; `progress` sets the progress. */
static enum err set_fields(struct draft *draft, const struct action *action)
{
	const struct doc *given = draft->command->fields;

	if (given == NULL || given->count == 0)
		return ERR_OK;
	doc_set(draft->arena, draft->payload, "fields", (struct doc *)(uintptr_t)given);
	for (size_t i = 0; i < given->count; i++) {
		const struct field *field = field_find(action->fields, action->field_count, given->keys[i]);
		int own = procedure_field(draft->procedure, given->keys[i]);

		if (str_is(given->keys[i], "progress") && field->type == FIELD_PERCENT &&
			given->items[i].kind == DOC_INT)
			doc_set(draft->arena, draft->payload, "progress",
				doc_int(draft->arena, given->items[i].number));
		if (own < 0)
			continue;
		if (draft->procedure->fields[own].required && value_is_empty(&given->items[i]))
			return err_set(draft->reterr, ERR_INVALID, given->keys[i].data,
				"the field %.*s may be changed but not emptied", STR_ARG(given->keys[i]));
		draft_set(draft, given->keys[i], &given->items[i]);
	}
	return ERR_OK;
}

/* Who must be able to object hears of it, and so does a role that owes the next step (its duties say so). */
static void tell_answered(struct draft *draft, const struct action *action)
{
	if (action->answers_to < 0)
		return;
	struct bearer to = matter_bearer(
		draft->procedure, draft->fields, action->answers_to, draft->world->org, draft->today);

	draft_tell(draft, to.post, NOTICE_ACTED, 0);
}

enum err decide_act(struct draft *draft, struct events *events)
{
	const struct command *command = draft->command;
	const struct procedure *procedure = draft->procedure;
	int index = procedure_action(procedure, command->name);

	if (index < 0)
		return err_set(draft->reterr, ERR_NOT_FOUND, "action", "%.*s has no action %.*s",
			STR_ARG(procedure->name), STR_ARG(command->name));
	const struct action *action = &procedure->actions[index];
	int from = draft->matter->state, to = action->to < 0 ? from : action->to;

	TRY(draft_delegation(draft));
	TRY(command->in_name_of != 0 ? draft_in_name_of(draft, action) : draft_authorise(draft, action->by));
	TRY(check_state(draft, action));
	TRY(check_wait(draft, action));
	TRY(draft_separate(draft, action));
	TRY(check_children(draft, to));
	TRY(fields_check(
		action->fields, action->field_count, command->fields, draft->world->org, draft->reterr));
	TRY(check_waited_for(draft, command->fields));
	TRY(draft_files(draft, action->fields, action->field_count));
	TRY(check_evidence(draft, action));
	doc_set(draft->arena, draft->payload, "action", doc_text(draft->arena, action->name));
	doc_set(draft->arena, draft->payload, "from", doc_text(draft->arena, procedure->states[from].name));
	if (to != from)
		doc_set(draft->arena, draft->payload, "to",
			doc_text(draft->arena, procedure->states[to].name));
	TRY(set_fields(draft, action));
	TRY(draft_check(draft, action));
	TRY(draft_eligible(draft, action));
	TRY(draft_move(draft, index, from, to));
	draft_irregularities(draft, action);
	tell_answered(draft, action);
	draft_finish(draft, EVENT_MATTER_ACTED, events);
	if (action->opens.procedure.size > 0)
		TRY(draft_opening(draft,
			&(struct opened_by){&action->opens, action->name, action->opens_child}, events));
	return ERR_OK;
}
