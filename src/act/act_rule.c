/* act_rule.c: the register of rules: a version is put into it, or a rule is repealed. What is done in the
 * matter that made the rule, and the opening of the one in which it will be reviewed, is part of the same
 * act: the day of review is a duty there, watched by the same clock as all others. */
#include "act/writer.h"
#include "store/store_rule.h"

struct registering {
	struct installation *installation;
	struct arena *arena;
	const struct act *act;
	struct instant now;
	struct doc *payload;
	struct receipt with; /* of what was done in a matter; count 0: nothing */
	struct bh_err *reterr;
};

static enum err record_rule(
	struct registering *registering, enum event_kind kind, int64_t rule, struct event *ret_event)
{
	struct arena *arena = registering->arena;
	struct record record = {.object = str_format(arena, "rule:%lld", (long long)rule),
		.person = registering->act->person,
		.account = registering->act->account};

	*ret_event = (struct event){.kind = kind, .time = registering->now, .payload = registering->payload};
	if (registering->act->person != 0)
		doc_set(arena, registering->payload, "by", doc_int(arena, registering->act->person));
	TRY(store_object_last(
		registering->installation->store, record.object, &record.previous, registering->reterr));
	return record_append(registering->installation, arena, ret_event, &record, registering->reterr);
}

static struct receipt receipt_of(
	const struct registering *registering, const struct event *event, int64_t rule)
{
	struct receipt receipt = registering->with;

	if (receipt.count == 0)
		receipt.first = event->index;
	receipt.count++;
	receipt.id = rule;
	return receipt;
}

/* ---- what it names ---- */

/* A matter that whoever records this may not see is none; and everybody reads a rule with what it names. */
static enum err see_matter(const struct registering *registering, const char *key)
{
	struct installation *installation = registering->installation;
	int64_t id = doc_get_int(registering->payload, key, 0);
	struct viewer viewer = {
		registering->act->person, instant_day(registering->now, installation->offset_minutes)};
	struct matter *matter;
	bool sees = true;

	if (id == 0)
		return ERR_OK;
	if (viewer.person == 0)
		TRY(store_matter_exists(installation->store, id, &sees, registering->reterr));
	else
		TRY(store_may_see(installation->store, &viewer, id, &sees, registering->reterr));
	if (!sees)
		return err_set(registering->reterr, ERR_NOT_FOUND, key, "there is no such matter");
	TRY(store_matter_load(installation->store, registering->arena, id, installation_procedure,
		installation, &matter, registering->reterr));
	return matter->procedure->visibility != VISIBILITY_COMPARTMENT
		       ? ERR_OK
		       : err_set(registering->reterr, ERR_REFUSED, key,
				 "everybody reads a rule: it can't name a matter that only few may know of");
}

static const struct procedure *in_force(const struct installation *installation, struct str name)
{
	for (size_t i = 0; i < installation->in_force_count; i++)
		if (str_equal(installation->in_force[i].procedure->name, name))
			return installation->in_force[i].procedure;
	return NULL;
}

static enum err look_at_names(const struct registering *registering)
{
	const struct installation *installation = registering->installation;
	const struct doc *procedures = doc_get(registering->payload, "procedures");

	if (org_unit(installation->org, doc_get_int(registering->payload, "unit", 0)) == NULL)
		return err_set(registering->reterr, ERR_INVALID, "unit", "there is no such unit");
	for (size_t i = 0; procedures != NULL && i < procedures->count; i++)
		if (in_force(installation, procedures->items[i].text) == NULL)
			return err_set(registering->reterr, ERR_INVALID, "procedures",
				"no procedure %.*s is in force",
				STR_ARG(str_slice(procedures->items[i].text, 0, 64)));
	TRY(see_matter(registering, "finding"));
	return see_matter(registering, "matter");
}

/* How the rule stands before; a new one gets its number. */
static enum err stand_before(const struct registering *registering, struct rule_standing *ret_standing)
{
	struct store *store = registering->installation->store;
	int64_t id = doc_get_int(registering->payload, "rule", 0), other;
	struct str code = doc_get_text(registering->payload, "code");
	struct stored_rule_version *versions;
	struct stored_rule rule, *all;
	struct bh_err why;
	size_t count;

	*ret_standing = (struct rule_standing){0};
	if (id == 0) {
		if (store_rule_find(store, code, &other, &why) == ERR_OK)
			return err_set(registering->reterr, ERR_CONFLICT, "code",
				"another rule has this code: amend that one, or take another code");
		TRY(store_rule_list(store, registering->arena, &all, &count, registering->reterr));
		doc_set(registering->arena, registering->payload, "rule",
			doc_int(registering->arena, (int64_t)count + 1));
		return ERR_OK;
	}
	TRY(store_rule_get(store, registering->arena, id, &rule, registering->reterr));
	TRY(store_rule_versions(store, registering->arena, id, &versions, &count, registering->reterr));
	*ret_standing = (struct rule_standing){.code = rule.code,
		.versions = rule.versions,
		.from = versions[count - 1].from,
		.repealed = !day_is_none(rule.repealed)};
	return ERR_OK;
}

/* ---- what is done in a matter ---- */

/* Days of the rule, and what the fields of a matter call them. */
static const struct {
	const char *field, *key;
} days[] = {{"in_force", "from"}, {"review_on", "review_on"}, {"due", "review_on"}};

/* Said once, in the rule or in what is done with it, a day holds for both; said twice it is the same. */
static enum err agree_on_days(const struct registering *registering)
{
	const struct command *with = registering->act->what.rule_issue.with;
	struct doc *payload = registering->payload;

	for (size_t i = 0; with != NULL && i < ARRAY_COUNT(days); i++) {
		struct str given = doc_get_text(with->fields, days[i].field),
			   said = doc_get_text(payload, days[i].key);

		if (given.size > 0 && said.size > 0 && !str_equal(given, said))
			return err_set(registering->reterr, ERR_INVALID, days[i].key,
				"the rule says %.*s, and what is done with it %.*s",
				STR_ARG(str_slice(said, 0, 20)), STR_ARG(str_slice(given, 0, 20)));
		if (given.size > 0 && said.size == 0)
			doc_set(registering->arena, payload, days[i].key,
				doc_text(registering->arena, given));
	}
	return ERR_OK;
}

/* What the rule is under the name of a field; NULL: it has none of that name. */
static struct doc *field_of(const struct registering *registering, struct str name)
{
	struct arena *arena = registering->arena;
	const struct doc *payload = registering->payload;
	struct rule_text text;

	for (size_t i = 0; i < ARRAY_COUNT(days); i++)
		if (str_is(name, days[i].field) && doc_get(payload, days[i].key) != NULL)
			return doc_text(arena, doc_get_text(payload, days[i].key));
	if (str_is(name, "title") || str_is(name, "rule"))
		return doc_text(arena, doc_get_text(doc_get(payload, "title"), "zh"));
	if (str_is(name, "unit"))
		return doc_int(arena, doc_get_int(payload, "unit", 0));
	if (str_is(name, "articles") &&
		rule_text_read(arena, doc_get_text(payload, "text"), &text, NULL) == ERR_OK)
		return doc_text(arena, str_format(arena, "%zu", rule_article_count(&text)));
	return NULL;
}

/* The fields that the action or the opening takes. */
static enum err fields_of(const struct registering *registering, const struct command *command,
	const struct field **ret_fields, size_t *ret_count)
{
	struct installation *installation = registering->installation;
	const struct procedure *procedure = in_force(installation, command->name);
	struct matter *matter;

	*ret_count = 0;
	if (command->kind == COMMAND_OPEN) {
		if (procedure != NULL) {
			*ret_fields = procedure->fields;
			*ret_count = procedure->field_count;
		}
		return ERR_OK; /* else the engine says that there is none */
	}
	TRY(store_matter_load(installation->store, registering->arena, command->matter,
		installation_procedure, installation, &matter, registering->reterr));
	int action = procedure_action(matter->procedure, command->name);

	if (action >= 0) {
		*ret_fields = matter->procedure->actions[action].fields;
		*ret_count = matter->procedure->actions[action].field_count;
	}
	return ERR_OK;
}

static enum err do_with(struct registering *registering)
{
	const struct command *asked = registering->act->what.rule_issue.with;
	struct arena *arena = registering->arena;
	const struct field *fields = NULL;
	size_t count;

	if (asked == NULL)
		return ERR_OK;
	if (asked->kind == COMMAND_ACT && asked->matter != doc_get_int(registering->payload, "matter", 0))
		return err_set(registering->reterr, ERR_INVALID, "matter",
			"the action is done in the matter that makes the rule");
	struct command command = *asked;
	struct act act = {.kind = ACT_COMMAND,
		.person = registering->act->person,
		.account = registering->act->account,
		.what.command = &command};

	command.fields = asked->fields == NULL ? doc_object(arena) : doc_copy(arena, asked->fields);
	TRY(fields_of(registering, &command, &fields, &count));
	for (size_t i = 0; i < count; i++) {
		struct doc *value = doc_get_str(command.fields, fields[i].name) != NULL
					    ? NULL
					    : field_of(registering, fields[i].name);

		if (value != NULL)
			doc_set_str(arena, command.fields, fields[i].name, value);
	}
	return act_matter_body(registering->installation, arena, &act, registering->now, &registering->with,
		registering->reterr);
}

/* The review is owed where something was done, else in the matter itself. */
static void name_review(struct registering *registering)
{
	struct arena *arena = registering->arena;
	const struct command *with = registering->act->what.rule_issue.with;
	int64_t matter = doc_get_int(registering->payload, "matter", 0);

	if (with != NULL && with->kind == COMMAND_OPEN)
		matter = registering->installation->next_matter;
	if (matter != 0 && doc_get_text(registering->payload, "review_on").size > 0)
		doc_set(arena, registering->payload, "review", doc_int(arena, matter));
}

/* ---- the two acts ---- */

enum err act_rule_issue_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct registering registering = {.installation = installation,
		.arena = arena,
		.act = act,
		.now = now,
		.payload = doc_copy(arena, act->what.rule_issue.spec),
		.reterr = reterr};
	struct rule_standing standing;
	struct rule_issue issue;
	struct event event;

	TRY(stand_before(&registering, &standing));
	doc_set(arena, registering.payload, "version", doc_int(arena, standing.versions + 1));
	TRY(agree_on_days(&registering));
	name_review(&registering);
	TRY(rule_issue_read(arena, registering.payload, &issue, reterr));
	TRY(rule_issue_follows(&issue, &standing, reterr));
	TRY(look_at_names(&registering));
	TRY(do_with(&registering));
	TRY(record_rule(&registering, EVENT_RULE_ISSUED, issue.rule, &event));
	TRY(store_rule_issue_put(installation->store, arena, &issue, &event, reterr));
	*ret_receipt = receipt_of(&registering, &event, issue.rule);
	return ERR_OK;
}

enum err act_rule_repeal_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct registering registering = {.installation = installation,
		.arena = arena,
		.act = act,
		.now = now,
		.payload = doc_copy(arena, act->what.rule_repeal),
		.reterr = reterr};
	struct rule_standing standing;
	struct rule_repeal repeal;
	struct stored_rule other;
	struct event event;

	TRY(rule_repeal_read(registering.payload, &repeal, reterr));
	if (repeal.rule == 0)
		return err_set(reterr, ERR_NOT_FOUND, "rule", "there is no such rule");
	TRY(stand_before(&registering, &standing));
	TRY(rule_repeal_follows(&repeal, &standing, reterr));
	if (repeal.by_rule != 0)
		TRY(store_rule_get(installation->store, arena, repeal.by_rule, &other, reterr));
	TRY(see_matter(&registering, "matter"));
	TRY(record_rule(&registering, EVENT_RULE_REPEALED, repeal.rule, &event));
	TRY(store_rule_repeal_put(installation->store, arena, &repeal, event.index, reterr));
	*ret_receipt = receipt_of(&registering, &event, repeal.rule);
	return ERR_OK;
}
