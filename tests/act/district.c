/* district.c: founding the small district in a folder of its own, and acting in it. */
#include "district.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- folders ---- */

struct str temporary_folder(struct arena *arena)
{
	/* Memory where there is some to write into: what these tests ask isn't how fast a disk flushes. */
	const char *above = getenv("TMPDIR") != NULL        ? getenv("TMPDIR")
			    : access("/dev/shm", W_OK) == 0 ? "/dev/shm"
							    : "/tmp";
	struct str dir = str_format(arena, "%s/bihuan-test-XXXXXX", above);

	if (mkdtemp((char *)(uintptr_t)dir.data) == NULL)
		fail_msg("no temporary folder can be made");
	return dir;
}

static int remove_one(const char *path, const struct stat *found, int kind, struct FTW *where)
{
	(void)found, (void)kind, (void)where;
	return remove(path);
}

void remove_folder(struct str dir)
{
	(void)nftw(dir.data, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- time and chance ---- */

static struct instant told_time(void *context)
{
	const struct district *district = context;

	return district->now;
}

/* splitmix64: reproducible, and no secret worth keeping in a test. */
static void told_chance(void *context, uint8_t *bytes, size_t size)
{
	struct district *district = context;

	for (size_t i = 0; i < size; i++) {
		uint64_t z = atomic_fetch_add(&district->chance, 0x9E3779B97F4A7C15u);

		z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
		z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
		bytes[i] = (uint8_t)(z >> 56);
	}
}

void district_at(struct district *district, const char *instant)
{
	struct bh_err why;

	scene_must(instant_parse(str_from(instant), OFFSET_CHINA, &district->now, &why), &why);
	scene_at(district->scene, instant);
}

/* ---- the installation ---- */

void district_must(struct district *district, enum err err)
{
	if (err != ERR_OK)
		fail_msg("%s: %s: %s", err_name(err), district->why.place, district->why.text);
}

static bool is_of_the_institution(enum act_kind kind)
{
	return (kind >= ACT_UNIT && kind <= ACT_ADOPT) || kind == ACT_KIN;
}

enum err district_act(struct district *district, struct act act)
{
	if (act.person == 0 && act.account == 0 && is_of_the_institution(act.kind))
		act.person = district->recorder;
	memset(&district->why, 0, sizeof district->why);
	return act_run(district->installation, &act, &district->receipt, &district->why);
}

enum err district_open(struct district *district)
{
	TRY(installation_open(district->dir, &district->source, &district->installation, &district->why));
	return store_open(district->dir, STORE_READ, &district->reader, &district->why);
}

void district_close(struct district *district)
{
	store_close(district->reader);
	installation_close(district->installation);
	district->reader = NULL;
	district->installation = NULL;
}

void district_reopen(struct district *district)
{
	district_close(district);
	district_must(district, district_open(district));
}

static void furnish_units(struct district *district, bool leaders)
{
	const struct org *org = district->scene->org;

	for (size_t i = 0; i < org_unit_count(org); i++) {
		struct unit unit = *org_unit_at(org, i);

		if (leaders && unit.leader == 0)
			continue;
		unit.leader = leaders ? unit.leader : 0;
		district_must(
			district, district_act(district, (struct act){.kind = ACT_UNIT, .what.unit = &unit}));
	}
}

static void furnish(struct district *district)
{
	const struct org *org = district->scene->org;

	furnish_units(district, false);
	for (size_t i = 0; i < org_post_count(org); i++)
		district_must(district, district_act(district, (struct act){.kind = ACT_POST,
								       .what.post = org_post_at(org, i)}));
	furnish_units(district, true);
	for (size_t i = 0; i < org_person_count(org); i++) {
		struct person person = *org_person_at(org, i);

		person.pseudonym = STR_NONE; /* the installation draws one */
		district_must(district,
			district_act(district, (struct act){.kind = ACT_PERSON, .what.person = &person}));
	}
	for (size_t i = 0; i < org_tenure_count(org); i++)
		district_must(district,
			district_act(district,
				(struct act){.kind = ACT_TENURE, .what.tenure = org_tenure_at(org, i)}));
	for (size_t i = 0; i < org_function_count(org); i++)
		district_must(
			district, district_act(district, (struct act){.kind = ACT_FUNCTION,
								 .what.function = org_function_at(org, i)}));
	/* What is opened must be in force before what opens it. */
	for (size_t i = district->scene->world.definition_count; i > 0; i--) {
		const struct procedure *procedure = district->scene->definitions[i - 1].procedure;
		struct act act = {.kind = ACT_ADOPT,
			.what.adopt = {.items = &(struct definition_text){.file = procedure->name,
					       .text = procedure->text},
				.count = 1},
			.imported = true};

		district_must(district, district_act(district, act));
	}
}

struct district *district_new(void)
{
	struct arena *arena = arena_new();
	struct district *district = ARENA_TAKE(arena, 1, struct district);
	struct founding founding = {.name = STR("small-district"),
		.title = {STR("小区"), STR("Small District")},
		.origin = STR("district.example/small"),
		.offset_minutes = OFFSET_CHINA};
	struct str above = temporary_folder(arena);

	district->arena = arena;
	district->scene = scene_new();
	district->chance = 1;
	district->dir = str_format(arena, "%s/data", above.data);
	district->source = (struct act_source){told_time, told_chance, district};
	district_at(district, "2019-03-04 09:00");
	district_must(
		district, installation_found(district->dir, &founding, &district->source, &district->why));
	district_must(district, district_open(district));
	furnish(district);
	return district;
}

void district_free(struct district *district)
{
	struct arena *arena = district->arena;
	struct str above = str_slice(district->dir, 0, district->dir.size - strlen("/data"));

	district_close(district);
	remove_folder(str_copy(arena, above));
	scene_free(district->scene);
	arena_free(arena);
}

/* ---- acting ---- */

int64_t district_sweep(struct district *district)
{
	int64_t events = 0, letters = 0;

	district_must(
		district, clock_sweep(district->installation, district->reader, &events, &district->why));
	district_must(
		district, letter_sweep(district->installation, district->reader, &letters, &district->why));
	return events + letters;
}

int64_t district_pass(struct district *district, const char *instant)
{
	district_at(district, instant);
	return district_sweep(district);
}

enum err district_command(struct district *district, const char *who, struct command command, const char *key)
{
	struct command asker = scene_command(district->scene, command.kind, who);

	command.on_behalf = asker.on_behalf;
	return district_act(district, (struct act){.kind = ACT_COMMAND,
					      .key = str_from(key),
					      .person = asker.person,
					      .what.command = &command});
}

enum err district_begin(struct district *district, const char *who, const char *name, const char *fields)
{
	struct command command = {.kind = COMMAND_OPEN, .name = str_from(name)};
	struct scene *scene = district->scene;

	for (size_t i = 0; i < scene->world.definition_count; i++)
		if (str_is(scene->definitions[i].procedure->name, name))
			command.fields = scene_fields(scene, scene->definitions[i].procedure->fields,
				scene->definitions[i].procedure->field_count, fields);
	TRY(district_command(district, who, command, NULL));
	district->matter = district->receipt.matter;
	return ERR_OK;
}

enum err district_do(
	struct district *district, const char *who, int64_t matter, const char *action, const char *fields)
{
	static struct evidence_item file = {
		.hash = {"0000000000000000000000000000000000000000000000000000000000000001", 64},
		.name = {"验收报告.pdf", 16},
		.size = 1024};
	const struct matter *found = district_matter(district, matter);
	int index = procedure_action(found->procedure, str_from(action));
	struct command command = {.kind = COMMAND_ACT, .matter = matter, .name = str_from(action)};

	if (index >= 0) {
		const struct action *rule = &found->procedure->actions[index];

		command.fields = scene_fields(district->scene, rule->fields, rule->field_count, fields);
		command.evidence = &file;
		command.evidence_count = rule->evidence == EVIDENCE_REQUIRED ? 1 : 0;
	}
	return district_command(district, who, command, NULL);
}

enum err district_appoint(struct district *district, const char *post, const char *person, const char *day)
{
	struct scene *scene = district->scene;
	size_t before = org_tenure_count(scene->org), people = org_person_count(scene->org);

	scene_appoint(scene, post, person, day);
	for (size_t i = people; i < org_person_count(scene->org); i++) {
		struct person fresh = *org_person_at(scene->org, i);

		fresh.pseudonym = STR_NONE;
		TRY(district_act(district, (struct act){.kind = ACT_PERSON, .what.person = &fresh}));
	}
	for (size_t i = 0; i < org_tenure_count(scene->org); i++) {
		const struct tenure *tenure = org_tenure_at(scene->org, i);

		if (i >= before || (tenure->post == post_id(scene, post) && !day_is_none(tenure->until)))
			TRY(district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = tenure}));
	}
	return ERR_OK;
}

int64_t district_key_task(struct district *district, const char *state, const char *due)
{
	static const struct {
		const char *to, *who, *action;
	} steps[] = {{"dispatched", "he", "dispatch"}, {"working", "wang", "sign"},
		{"review", "wang", "ask_close"}, {"closed", "he", "close"}};
	struct str fields = str_format(
		district->arena, "title=西江岸线整治|lead_unit=water|commander=vice-mayor|due=%s", due);

	district_must(district, district_begin(district, "he", "key_task", fields.data));
	int64_t matter = district->matter;

	for (size_t i = 0; i < ARRAY_COUNT(steps); i++) {
		const struct matter *found = district_matter(district, matter);

		if (str_is(found->procedure->states[found->state].name, state))
			break;
		district_must(district, district_do(district, steps[i].who, matter, steps[i].action, NULL));
	}
	return matter;
}

/* ---- looking ---- */

static const struct procedure *definition_of(void *context, int64_t definition)
{
	const struct district *district = context;
	size_t count = district->scene->world.definition_count;

	/* Adopted from the last to the first; see furnish. */
	return definition < 1 || (size_t)definition > count
		       ? NULL
		       : district->scene->definitions[count - (size_t)definition].procedure;
}

struct matter *district_matter(struct district *district, int64_t id)
{
	struct matter *matter;

	district_must(district, store_matter_load(district->reader, district->arena, id, definition_of,
					district, &matter, &district->why));
	return matter;
}

struct cell {
	struct arena *arena;
	struct str text;
	bool found;
};

static enum err take_cell(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct cell *cell = context;

	(void)names;
	if (!cell->found && count > 0)
		cell->text = str_copy(cell->arena, cells[0]);
	cell->found = true;
	return ERR_OK;
}

struct str district_text(struct district *district, const char *sql)
{
	struct cell cell = {.arena = district->arena};

	district_must(district, store_query_text(district->reader, sql, district->now, STR(""), take_cell,
					&cell, &district->why));
	if (!cell.found)
		fail_msg("no row: %s", sql);
	return cell.text;
}

int64_t district_number(struct district *district, const char *sql)
{
	int64_t number;
	struct str text = district_text(district, sql);

	if (!str_to_int(text, &number))
		fail_msg("no number but '%.*s': %s", STR_ARG(text), sql);
	return number;
}
