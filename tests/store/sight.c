/* sight.c: rows made by hand, in the store and in memory alike. */
#include "sight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define NO_END 9999 /* days: a tenure that lasts */

static const struct {
	const char *visibility, *roles, *heard;
} definitions[SIGHT_DEFINITION_END] = {
	[SIGHT_OPEN] = {"institution", "one: {function: office}", NULL},
	[SIGHT_UNIT] = {"unit", "one: {function: office}", NULL},
	[SIGHT_UNIT_POST] = {"unit", "one: {function: chief}", NULL},
	[SIGHT_SHUT] = {"compartment", "one: {function: office}, two: {field: whom}", "two"},
	[SIGHT_SHUT_UNIT] = {"compartment", "one: {function: office}, two: {field: lead}", "two"},
	[SIGHT_SHUT_POST] = {"compartment", "one: {function: office}, two: {field: boss}", "two"},
	[SIGHT_SHUT_SUPERIOR] = {"compartment",
		"one: {function: office}, lead: {field: lead}, two: {superior_of: lead}", "two"},
	[SIGHT_SHUT_HEAD] = {"compartment",
		"one: {function: office}, whom: {field: whom}, two: {head_of: whom}", "two"},
	[SIGHT_SHUT_TWICE] = {"compartment",
		"one: {function: office}, boss: {field: boss}, up: {superior_of: boss}, two: {superior_of: "
		"up}",
		"two"},
	[SIGHT_SHUT_FUNCTION] = {"compartment",
		"one: {function: office}, chief: {function: chief}, two: {head_of: chief}", "one, two"},
};

void sight_must(struct sight *sight, enum err err)
{
	if (err != ERR_OK)
		fail_msg("%s: %s", sight->why.place, sight->why.text);
}

/* An action of each role that is heard. */
static void put_definition(struct sight *sight, int id)
{
	struct arena *arena = sight->arena;
	struct findings findings = findings_new(arena);
	struct str rest = str_from(definitions[id].heard), role;
	struct buf heard = buf_new(arena);

	while (definitions[id].heard != NULL && str_cut(&rest, ',', &role))
		buf_format(&heard, "  hear_%.*s: {by: %.*s, from: begun, to: begun, purpose: hearing}\n",
			STR_ARG(str_trim(role)), STR_ARG(str_trim(role)));
	struct str text = str_format(arena,
		"procedure: p%d\ngrasp: conduct\ntitle: {zh: 核查, en: Inquiry}\nnumber: "
		"\"P%d-{year}-{seq}\"\n"
		"roles: {%s}\nfields:\n  title: {type: text}\n  lead: {type: unit}\n  boss: {type: post}\n"
		"  whom: {type: person}\nstates: {begun: {start: true}, closed: {end: success}}\nactions:\n"
		"  close: {by: one, from: begun, to: closed}\n%.*s"
		"duties: {close_it: {bearer: one, in: begun, discharged_by: close, within: 90 days, "
		"breach: {escalate: [one]}}}\nvisibility: %s\n",
		id, id, definitions[id].roles, STR_ARG(buf_str(&heard)), definitions[id].visibility);
	struct stored_definition definition = {.id = id,
		.version = 1,
		.procedure = str_format(arena, "p%d", id),
		.file = str_format(arena, "p%d.yaml", id),
		.text = text};

	sight->procedures[id] = procedure_read(arena, definition.file, text, &findings);
	if (sight->procedures[id] == NULL)
		fail_msg("%s", finding_print(arena, &findings.items[0]).data);
	sight_must(sight, store_definition_put(sight->store, &definition, id, &sight->why));
}

struct sight *sight_new(void)
{
	struct arena *arena = arena_new();
	struct sight *sight = ARENA_TAKE(arena, 1, struct sight);

	sight->arena = arena;
	sight->above = temporary_folder(arena);
	sight->org = org_new(arena);
	sight->directory = directory_new(arena);
	sight_must(sight, day_parse(STR("2019-03-04"), &sight->today, &sight->why));
	sight_must(sight, store_open(str_format(arena, "%s/data", sight->above.data), STORE_CREATE,
				  &sight->store, &sight->why));
	sight_must(sight, store_begin(sight->store, &sight->why));
	for (int id = 1; id < SIGHT_DEFINITION_END; id++)
		put_definition(sight, id);
	return sight;
}

void sight_free(struct sight *sight)
{
	store_abort(sight->store);
	store_close(sight->store);
	remove_folder(sight->above);
	arena_free(sight->arena);
}

static struct day day_from(const struct sight *sight, int days)
{
	return days >= NO_END ? DAY_NONE : day_add(sight->today, days);
}

static struct str code_of(struct sight *sight, const char *kind, int64_t id)
{
	return str_format(sight->arena, "%s-%lld", kind, (long long)id);
}

/* A row that the rules accept is made true in memory and in the store. */
#define RECORD(sight, noun, row)                                                                             \
	do {                                                                                                 \
		if (org_##noun##_may((sight)->org, (row), NULL) != ERR_OK)                                   \
			return 0;                                                                            \
		org_##noun##_set((sight)->org, (row));                                                       \
		sight_must((sight), store_##noun##_put((sight)->store, (row), &(sight)->why));               \
	} while (0)

int64_t sight_unit(struct sight *sight, int64_t parent, int64_t leader)
{
	int64_t id = (int64_t)org_unit_count(sight->org) + 1;
	struct unit unit = {.id = id,
		.code = code_of(sight, "unit", id),
		.name = code_of(sight, "单位", id),
		.kind = STR("department"),
		.parent = parent,
		.leader = leader,
		.since = DAY_NONE,
		.until = DAY_NONE};

	RECORD(sight, unit, &unit);
	return id;
}

static int64_t change_leader(struct sight *sight, struct unit unit)
{
	RECORD(sight, unit, &unit);
	return unit.id;
}

void sight_leader(struct sight *sight, int64_t unit, int64_t leader)
{
	struct unit changed = *org_unit(sight->org, unit);

	changed.leader = leader;
	(void)change_leader(sight, changed);
}

int64_t sight_post(struct sight *sight, int64_t unit, enum post_kind kind)
{
	int64_t id = (int64_t)org_post_count(sight->org) + 1;
	struct post post = {.id = id,
		.code = code_of(sight, "post", id),
		.unit = unit,
		.title = code_of(sight, "岗位", id),
		.kind = kind,
		.until = DAY_NONE};

	RECORD(sight, post, &post);
	return id;
}

int64_t sight_person(struct sight *sight)
{
	int64_t id = (int64_t)org_person_count(sight->org) + 1;
	struct person person = {.id = id,
		.code = code_of(sight, "person", id),
		.name = code_of(sight, "某", id),
		.pseudonym = code_of(sight, "p", id),
		.born = DAY_NONE};

	RECORD(sight, person, &person);
	return id;
}

int64_t sight_tenure(
	struct sight *sight, int64_t post, int64_t person, enum tenure_kind kind, int from, int until)
{
	struct tenure tenure = {.id = (int64_t)org_tenure_count(sight->org) + 1,
		.post = post,
		.person = person,
		.from = day_from(sight, from),
		.until = day_from(sight, until),
		.kind = kind};

	RECORD(sight, tenure, &tenure);
	return tenure.id;
}

static int64_t set_function(struct sight *sight, struct function function)
{
	RECORD(sight, function, &function);
	return 1;
}

void sight_function(struct sight *sight, const char *name, int64_t unit, int64_t post)
{
	(void)set_function(sight, (struct function){.name = str_from(name), .unit = unit, .post = post});
}

int64_t sight_delegation(struct sight *sight, int64_t from, int64_t to, int since, int until)
{
	struct delegation delegation = {.id = (int64_t)org_delegation_count(sight->org) + 1,
		.from = from,
		.to = to,
		.since = day_from(sight, since),
		.until = day_from(sight, until)};

	RECORD(sight, delegation, &delegation);
	return delegation.id;
}

int64_t sight_kin(struct sight *sight, int64_t person, int64_t other, int until)
{
	struct kin kin = {.id = (int64_t)org_kin_count(sight->org) + 1,
		.person = person,
		.other = other,
		.kind = STR("spouse"),
		.until = day_from(sight, until)};

	RECORD(sight, kin, &kin);
	return kin.id;
}

void sight_keeper(struct sight *sight, int64_t person)
{
	int64_t id = (int64_t)directory_account_count(sight->directory) + 1;
	struct account account = {.id = id,
		.code = code_of(sight, "admin", id),
		.pseudonym = code_of(sight, "a", id),
		.keeper = person,
		.admin = ADMIN_AUDIT,
		.state = ACCOUNT_ACTIVE};

	directory_account_set(sight->directory, &account);
	sight_must(sight, store_account_put(sight->store, &account, &sight->why));
}

void sight_member(struct sight *sight, int64_t matter, int64_t person, int from, int until)
{
	struct member member = {.id = (int64_t)directory_member_count(sight->directory) + 1,
		.matter = matter,
		.person = person,
		.reason = STR("承办人"),
		.from = day_from(sight, from),
		.until = day_from(sight, until)};

	directory_member_set(sight->directory, &member);
	sight_must(sight, store_member_put(sight->store, &member, &sight->why));
}

/* ---- matters ---- */

static void set_id(struct matter *matter, const char *field, int64_t id)
{
	if (id != 0)
		doc_set(matter->arena, matter->fields, field, doc_int(matter->arena, id));
}

struct matter *sight_matter(
	struct sight *sight, enum sight_definition definition, int64_t lead, int64_t boss, int64_t whom)
{
	struct matter *matter = matter_new(sight->arena);

	matter->id = (int64_t)sight->matter_count + 1;
	matter->definition = definition;
	matter->procedure = sight->procedures[definition];
	matter->number = str_format(sight->arena, "P%d-2019-%lld", (int)definition, (long long)matter->id);
	matter->year = 2019;
	matter->seq = matter->id;
	matter->weight = matter->version = 1;
	matter->opened = matter->changed_at = day_start(sight->today, OFFSET_CHINA);
	matter->last_index = matter->id;
	set_id(matter, "lead", lead);
	set_id(matter, "boss", boss);
	set_id(matter, "whom", whom);
	*ARENA_PUSH(sight->arena, sight->matters, sight->matter_count, sight->matter_capacity) = matter;
	return matter;
}

void sight_duty(struct matter *matter, int64_t unit, int64_t post, int64_t person, bool open)
{
	*ARENA_PUSH(matter->arena, matter->duties, matter->duty_count, matter->duty_capacity) =
		(struct duty){.id = matter->next_duty++,
			.unit = unit,
			.post = post,
			.person = person,
			.state = open ? DUTY_OPEN : DUTY_DONE,
			.armed = matter->opened,
			.due = {matter->opened.us + 5 * US_PER_DAY},
			.warn = INSTANT_NONE,
			.missed = INSTANT_NONE,
			.closed = open ? INSTANT_NONE : matter->opened,
			.changed = true};
}

void sight_deed(struct matter *matter, int64_t person)
{
	*ARENA_PUSH(matter->arena, matter->deeds, matter->deed_count, matter->deed_capacity) = (struct deed){
		.action = 0, .person = person, .last = matter->opened, .times = 1, .changed = true};
}

void sight_follow(struct matter *matter, int64_t person)
{
	*ARENA_PUSH(matter->arena, matter->followers, matter->follower_count, matter->follower_capacity) =
		(struct follower){.person = person, .until = -1, .changed = true};
}

void sight_save(struct sight *sight, struct matter *matter, bool ended)
{
	struct lamp lamp = {.colour = LAMP_GREEN, .until = INSTANT_NONE};

	matter->state = ended ? procedure_state(matter->procedure, STR("closed")) : 0;
	matter->ended = ended ? matter->opened : INSTANT_NONE;
	sight_must(sight, store_matter_save(sight->store, sight->arena, matter, &lamp, &sight->why));
}

bool sight_sees(struct sight *sight, int64_t person, int64_t matter)
{
	const struct viewer viewer = {.person = person, .today = sight->today};
	bool sees;

	sight_must(sight, store_may_see(sight->store, &viewer, matter, &sees, &sight->why));
	return sees;
}

bool sight_at_door(struct sight *sight, int64_t person, int64_t matter)
{
	const struct viewer viewer = {.person = person, .today = sight->today};
	bool there;

	sight_must(sight, store_at_door(sight->store, &viewer, matter, &there, &sight->why));
	return there;
}
