/* house.c: an installation opened for one command. */
#include "cli/house.h"

#include <stdio.h>
#include <string.h>

/* ---- time ---- */

enum err call_now(struct call *call, int offset_minutes, struct instant *ret_now)
{
	const char *now = option_value(call, "now");
	struct bh_err why;

	if (now == NULL) {
		*ret_now = act_machine.now(NULL);
		return ERR_OK;
	}
	/* A shell takes a T more easily than a blank; both are written. */
	struct str text = str_copy(call->arena, str_from(now));
	struct day day;

	if (text.size == 16 && text.data[10] == 'T')
		text = str_format(call->arena, "%.10s %.5s", text.data, text.data + 11);
	if (day_parse(text, &day, NULL) == ERR_OK) {
		*ret_now = day_start(day, offset_minutes);
		return ERR_OK;
	}
	if (instant_parse(text, offset_minutes, ret_now, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, "--now",
			"'%s' is no time (%s): write 2019-03-05 or 2019-03-05T09:30", now, why.text);
	return ERR_OK;
}

static struct instant given_now(void *context)
{
	return *(const struct instant *)context;
}

static void machine_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	act_machine.random(act_machine.context, bytes, size);
}

struct act_source call_source(const struct call *call, struct instant *now)
{
	if (option_value(call, "now") == NULL)
		return act_machine;
	return (struct act_source){.now = given_now, .random = machine_random, .context = now};
}

/* ---- opening ---- */

static enum err load_definitions(struct house *house)
{
	struct call *call = house->call;
	struct stored_definition *stored;
	struct findings findings = findings_new(call->arena);
	size_t count;

	TRY(store_definitions(house->store, call->arena, &stored, &count, &call->why));
	house->definitions = ARENA_TAKE(call->arena, count + 1, struct definition);
	house->in_force = ARENA_TAKE(call->arena, count + 1, struct definition);
	house->definition_count = count;
	house->in_force_count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct procedure *procedure =
			procedure_read(call->arena, stored[i].file, stored[i].text, &findings);
		size_t at = 0;

		if (procedure == NULL || stored[i].id != (int64_t)i + 1)
			return err_set(&call->why, ERR_BROKEN, stored[i].procedure.data,
				"the adopted definition can't be read any more: run bihuan doctor");
		house->definitions[i] = (struct definition){.id = stored[i].id, .procedure = procedure};
		while (at < house->in_force_count &&
			!str_equal(house->in_force[at].procedure->name, procedure->name))
			at++;
		house->in_force[at] = house->definitions[i];
		if (at == house->in_force_count)
			house->in_force_count++;
	}
	return ERR_OK;
}

enum err house_refresh(struct house *house)
{
	struct call *call = house->call;

	TRY(store_org_load(house->store, call->arena, &house->org, &call->why));
	TRY(store_calendar_load(house->store, call->arena, &house->calendar, &call->why));
	return load_definitions(house);
}

static enum err open_store(struct house *house)
{
	struct call *call = house->call;
	struct store_institution institution;
	struct instant last;
	uint64_t size;

	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &house->store, &call->why));
	TRY(store_institution_get(house->store, call->arena, &institution, &call->why));
	house->offset_minutes = institution.offset_minutes;
	TRY(call_now(call, house->offset_minutes, &house->now));
	house->today = instant_day(house->now, house->offset_minutes);
	house->source = call_source(call, &house->now);
	TRY(store_ledger_size(house->store, &size, &last, &call->why));
	if (option_given(call, "now") && size > 0 && house->now.us < last.us)
		return err_set(&call->why, ERR_REFUSED, "--now",
			"the record already goes to %s, and it never runs back: give a later time",
			house_time(house, last).data);
	return ERR_OK;
}

static enum err open_installation(struct house *house)
{
	struct call *call = house->call;
	struct bh_err why = {0};

	TRY(installation_open(
		str_from(call->arguments[0]), &house->source, &house->installation, &call->why));
	enum err err = clock_sweep(house->installation, house->store, &house->fired, &why);

	/* A matter that can't be settled is a defect to be told of; it keeps nobody from acting in another.
	 */
	if (err == ERR_OK || err == ERR_FULL || err == ERR_IO || err == ERR_BUSY) {
		call->why = why;
		return err;
	}
	fprintf(stderr, "bihuan: clock: %s: %s\n", why.place, why.text);
	return ERR_OK;
}

static enum err open_house(struct call *call, bool writing, const struct instant *from, struct house *house)
{
	*house = (struct house){.call = call};
	enum err err = open_store(house);

	if (from != NULL) {
		house->now = *from;
		house->today = instant_day(house->now, house->offset_minutes);
	}
	if (err == ERR_OK && writing)
		err = open_installation(house);
	if (err == ERR_OK)
		err = house_refresh(house);
	if (err != ERR_OK)
		house_close(house);
	return err;
}

enum err house_open_to_read(struct call *call, struct house *ret_house)
{
	return open_house(call, false, NULL, ret_house);
}

enum err house_open_to_write(struct call *call, struct house *ret_house)
{
	return open_house(call, true, NULL, ret_house);
}

enum err house_open_to_write_from(struct call *call, struct instant from, struct house *ret_house)
{
	REQUIRE(option_given(call, "now"));
	return open_house(call, true, &from, ret_house);
}

void house_close(struct house *house)
{
	installation_close(house->installation);
	store_close(house->store);
	house->installation = NULL;
	house->store = NULL;
}

/* ---- looking up ---- */

#define LOOKUP(noun, none_zh, how_zh, how_en)                                                                \
	static enum err find_##noun(struct house *house, const char *code, int64_t *ret_id)                  \
	{                                                                                                    \
		struct arena *arena = house->call->arena;                                                    \
		const struct noun *found = org_##noun##_by_code(house->org, str_from(code));                 \
		size_t count = org_##noun##_count(house->org);                                               \
                                                                                                             \
		if (found != NULL) {                                                                         \
			*ret_id = found->id;                                                                 \
			return ERR_OK;                                                                       \
		}                                                                                            \
		const char **names = ARENA_TAKE(arena, count + 1, const char *);                             \
                                                                                                             \
		for (size_t i = 0; i < count; i++)                                                           \
			names[i] = org_##noun##_at(house->org, i)->code.data;                                \
		return unknown_name(house->call, ERR_NOT_FOUND,                                              \
			UNKNOWN(none_zh, "there is no such " #noun, how_zh, how_en), str_from(code), names,  \
			count);                                                                              \
	}

LOOKUP(unit, "没有这个单位", "bihuan units DIR 可以列出", "bihuan units DIR lists them")
LOOKUP(post, "没有这个岗位", "bihuan posts DIR 可以列出", "bihuan posts DIR lists them")
LOOKUP(person, "没有这个人", "bihuan people DIR 可以列出", "bihuan people DIR lists them")

enum err house_unit(struct house *house, const char *code, int64_t *ret_unit)
{
	return find_unit(house, code, ret_unit);
}

enum err house_post(struct house *house, const char *code, int64_t *ret_post)
{
	return find_post(house, code, ret_post);
}

enum err house_person(struct house *house, const char *account, int64_t *ret_person)
{
	if (account == NULL) {
		TRY(call_needs_person(house->call));
		account = option_value(house->call, "as");
	}
	return find_person(house, account, ret_person);
}

const struct procedure *house_procedure(void *context, int64_t definition)
{
	const struct house *house = context;

	if (definition < 1 || (size_t)definition > house->definition_count)
		return NULL;
	return house->definitions[definition - 1].procedure;
}

enum err house_procedure_in_force(
	struct house *house, const char *name, const struct procedure **ret_procedure)
{
	const char **names = ARENA_TAKE(house->call->arena, house->in_force_count + 1, const char *);

	for (size_t i = 0; i < house->in_force_count; i++) {
		names[i] = str_copy(house->call->arena, house->in_force[i].procedure->name).data;
		if (strcmp(names[i], name) == 0) {
			*ret_procedure = house->in_force[i].procedure;
			return ERR_OK;
		}
	}
	return unknown_name(house->call, ERR_NOT_FOUND,
		UNKNOWN("没有这个现行程序", "there is no such procedure in force",
			name_list(house->call, "现行的有", names, house->in_force_count),
			name_list(house->call, "in force are", names, house->in_force_count)),
		str_from(name), names, house->in_force_count);
}

enum err house_matter_id(struct house *house, const char *name, int64_t *ret_id)
{
	struct call *call = house->call;
	bool exists = false;
	int64_t id;

	if (str_to_int(str_from(name), &id) && id > 0) {
		TRY(store_matter_exists(house->store, id, &exists, &call->why));
		*ret_id = id;
		if (exists)
			return ERR_OK;
	} else {
		enum err err = store_matter_find(house->store, str_from(name), ret_id, &call->why);

		if (err != ERR_NOT_FOUND)
			return err;
	}
	return err_set(&call->why, ERR_NOT_FOUND, name,
		"there is no such matter: give its number or id; bihuan list DIR shows them");
}

enum err house_matter(struct house *house, const char *name, struct matter **ret_matter)
{
	int64_t id;

	TRY(house_matter_id(house, name, &id));
	return store_matter_load(
		house->store, house->call->arena, id, house_procedure, house, ret_matter, &house->call->why);
}

enum err house_world(struct house *house, const struct matter *matter, struct world *ret_world)
{
	struct bh_err *why = &house->call->why;
	struct matter *parent = NULL;

	*ret_world = (struct world){.now = house->now,
		.offset_minutes = house->offset_minutes,
		.calendar = house->calendar,
		.org = house->org,
		.definitions = house->in_force,
		.definition_count = house->in_force_count};
	TRY(store_matter_next(house->store, &ret_world->next_matter, why));
	TRY(store_children_open(house->store, matter->id, &ret_world->children_open, why));
	if (matter->parent != 0)
		TRY(store_matter_load(house->store, house->call->arena, matter->parent, house_procedure,
			house, &parent, why));
	ret_world->parent = parent;
	return ERR_OK;
}

/* ---- acting ---- */

enum err house_run(struct house *house, struct act *act, size_t part, struct receipt *ret_receipt)
{
	struct call *call = house->call;
	const char *once = option_value(call, "once");

	TRY(house_person(house, NULL, &act->person));
	act->key = once == NULL || part == 0 ? str_from(once) : str_format(call->arena, "%s#%zu", once, part);
	return act_run(house->installation, act, ret_receipt, &call->why);
}
