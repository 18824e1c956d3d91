/* world.c: the small district itself: its units, posts, people and clock. */
#include "world.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- the district ---- */

static const struct {
	const char *code, *name, *parent, *leader;
} unit_rows[] = {
	{"committee", "区委", NULL, NULL},
	{"government", "区政府", "committee", NULL},
	{"office", "督查室", "committee", "secretary"},
	{"water", "水务局", "government", "vice-mayor"},
	{"agri", "农业农村局", "government", "vice-mayor"},
	{"park", "园林中心", "government", "vice-mayor"},
	{"inspection", "监督检查室", "committee", NULL},
	{"appeals", "申诉复查室", "committee", NULL},
};

static const struct {
	const char *code, *unit, *title, *person;
	enum post_kind kind;
	enum tenure_kind tenure;
} post_rows[] = {
	{"secretary", "committee", "区委书记", "lin", POST_HEAD, TENURE_HOLDER},
	{"vice-mayor", "government", "副区长", "zhao", POST_DEPUTY, TENURE_HOLDER},
	{"office-head", "office", "督查室主任", "he", POST_HEAD, TENURE_HOLDER},
	{"office-deputy", "office", "督查室副主任", "du", POST_DEPUTY, TENURE_HOLDER},
	{"office-liaison", "office", "督查专员", "bo", POST_LIAISON, TENURE_HOLDER},
	{"office-member", "office", "督查室科员", "mei", POST_MEMBER, TENURE_HOLDER},
	{"water-head", "water", "水务局局长", "wang", POST_HEAD, TENURE_HOLDER},
	{"water-deputy", "water", "水务局副局长", "wei", POST_DEPUTY, TENURE_HOLDER},
	{"water-liaison", "water", "水务局联络员", "wu", POST_LIAISON, TENURE_HOLDER},
	{"water-second", "water", "水务局第二联络员", "bo", POST_LIAISON, TENURE_HOLDER},
	{"water-member", "water", "水务局科员", "mo", POST_MEMBER, TENURE_HOLDER},
	{"agri-head", "agri", "农业农村局局长", "ann", POST_HEAD, TENURE_ACTING},
	{"agri-deputy", "agri", "农业农村局副局长", "ann", POST_DEPUTY, TENURE_HOLDER},
	{"park-head", "park", "园林中心主任", "", POST_HEAD, TENURE_HOLDER},
	{"park-liaison", "park", "园林中心联络员", "pan", POST_LIAISON, TENURE_HOLDER},
	{"inspection-head", "inspection", "监督检查室主任", "ji", POST_HEAD, TENURE_HOLDER},
	{"discipline-secretary", "committee", "纪委书记", "shu", POST_DEPUTY, TENURE_HOLDER},
	{"appeals-head", "appeals", "申诉复查室主任", "sun", POST_HEAD, TENURE_HOLDER},
};

static const struct {
	const char *name, *unit, *post;
} function_rows[] = {
	{"supervision_office", "office", NULL},
	{"accountability_office", "inspection", NULL},
	{"discipline_secretary", NULL, "discipline-secretary"},
	{"district_committee", "committee", NULL},
	{"appeals_office", "appeals", NULL},
};

void scene_must(enum err err, const struct bh_err *why)
{
	if (err != ERR_OK)
		fail_msg("the scene can't be set: %s: %s", why->place, why->text);
}

static struct day day_of(const char *text)
{
	struct day day;
	struct bh_err why;

	scene_must(day_parse(str_from(text), &day, &why), &why);
	return day;
}

int64_t person_id(const struct scene *scene, const char *code)
{
	const struct person *person = org_person_by_code(scene->org, str_from(code));

	if (person == NULL)
		fail_msg("nobody is called %s", code);
	return person->id;
}

int64_t post_id(const struct scene *scene, const char *code)
{
	const struct post *post = org_post_by_code(scene->org, str_from(code));

	if (post == NULL)
		fail_msg("there is no post %s", code);
	return post->id;
}

int64_t unit_id(const struct scene *scene, const char *code)
{
	const struct unit *unit = org_unit_by_code(scene->org, str_from(code));

	if (unit == NULL)
		fail_msg("there is no unit %s", code);
	return unit->id;
}

static void set_person(struct scene *scene, const char *code)
{
	struct bh_err why;

	if (code[0] == '\0' || org_person_by_code(scene->org, str_from(code)) != NULL)
		return;
	struct person person = {.id = (int64_t)org_person_count(scene->org) + 1,
		.code = str_from(code),
		.name = str_from(code),
		.pseudonym = str_from(code),
		.born = DAY_NONE};

	scene_must(org_person_may(scene->org, &person, &why), &why);
	org_person_set(scene->org, &person);
}

static void set_tenure(
	struct scene *scene, const char *post, const char *person, const char *from, enum tenure_kind kind)
{
	struct bh_err why;

	if (person[0] == '\0')
		return;
	set_person(scene, person);
	struct tenure tenure = {.id = (int64_t)org_tenure_count(scene->org) + 1,
		.post = post_id(scene, post),
		.person = person_id(scene, person),
		.from = day_of(from),
		.until = DAY_NONE,
		.kind = kind};

	scene_must(org_tenure_may(scene->org, &tenure, &why), &why);
	org_tenure_set(scene->org, &tenure);
}

static void set_units(struct scene *scene, bool leaders)
{
	struct bh_err why;

	for (size_t i = 0; i < ARRAY_COUNT(unit_rows); i++) {
		struct unit unit = {.id = (int64_t)i + 1,
			.code = str_from(unit_rows[i].code),
			.name = str_from(unit_rows[i].name),
			.kind = STR("department"),
			.since = DAY_NONE,
			.until = DAY_NONE};

		if (unit_rows[i].parent != NULL)
			unit.parent = unit_id(scene, unit_rows[i].parent);
		if (leaders && unit_rows[i].leader != NULL)
			unit.leader = post_id(scene, unit_rows[i].leader);
		scene_must(org_unit_may(scene->org, &unit, &why), &why);
		org_unit_set(scene->org, &unit);
	}
}

static void set_posts(struct scene *scene)
{
	struct bh_err why;

	for (size_t i = 0; i < ARRAY_COUNT(post_rows); i++) {
		struct post post = {.id = (int64_t)i + 1,
			.code = str_from(post_rows[i].code),
			.unit = unit_id(scene, post_rows[i].unit),
			.title = str_from(post_rows[i].title),
			.kind = post_rows[i].kind,
			.until = DAY_NONE};

		scene_must(org_post_may(scene->org, &post, &why), &why);
		org_post_set(scene->org, &post);
		set_tenure(scene, post_rows[i].code, post_rows[i].person, "2018-01-01", post_rows[i].tenure);
	}
}

static void set_functions(struct scene *scene)
{
	struct bh_err why;

	for (size_t i = 0; i < ARRAY_COUNT(function_rows); i++) {
		struct function function = {.name = str_from(function_rows[i].name)};

		if (function_rows[i].unit != NULL)
			function.unit = unit_id(scene, function_rows[i].unit);
		if (function_rows[i].post != NULL)
			function.post = post_id(scene, function_rows[i].post);
		scene_must(org_function_may(scene->org, &function, &why), &why);
		org_function_set(scene->org, &function);
	}
}

void scene_appoint(struct scene *scene, const char *post, const char *person, const char *day)
{
	for (size_t i = 0; i < org_tenure_count(scene->org); i++) {
		struct tenure tenure = *org_tenure_at(scene->org, i);

		if (tenure.post != post_id(scene, post) || !day_is_none(tenure.until))
			continue;
		tenure.until = day_of(day);
		org_tenure_set(scene->org, &tenure);
	}
	set_tenure(scene, post, person, day, TENURE_HOLDER);
}

void scene_delegate(
	struct scene *scene, const char *from, const char *to, const char *since, const char *until)
{
	struct bh_err why;
	struct delegation delegation = {.id = (int64_t)org_delegation_count(scene->org) + 1,
		.from = person_id(scene, from),
		.to = person_id(scene, to),
		.since = day_of(since),
		.until = day_of(until)};

	scene_must(org_delegation_may(scene->org, &delegation, &why), &why);
	org_delegation_set(scene->org, &delegation);
}

/* ---- the scene ---- */

/* What a key task's breach opens: the shipped procedure's fields and first step, and no more of it. */
static const char accountability[] =
	"procedure: accountability\n"
	"grasp: responsibility\n"
	"title: {zh: 精准追责问责, en: Accountability}\n"
	"number: \"责〔{year}〕{seq}号\"\n"
	"roles:\n"
	"  office:   {function: accountability_office}\n"
	"  approver: {function: discipline_secretary}\n"
	"  subject:  {field: subject}\n"
	"fields:\n"
	"  title:   {type: text}\n"
	"  subject: {type: unit, required: true}\n"
	"  ground:  {type: choice, required: true, choices: {overdue: {zh: 重点工作逾期, en: Key task "
	"overdue}, "
	"inaction: {zh: 不担当不作为, en: Failure to act}}}\n"
	"states:\n"
	"  opened:  {start: true}\n"
	"  told:    {}\n"
	"  closed:  {end: success}\n"
	"actions:\n"
	"  tell:    {by: office, from: opened, to: told}\n"
	"  answer:  {by: subject, from: told, to: closed, fields: {statement: {type: text, required: "
	"true}}}\n"
	"duties:\n"
	"  tell_in_time: {bearer: office, in: opened, discharged_by: tell, within: 5 working days, "
	"breach: {escalate: [approver]}}\n"
	"  answer_in_time: {bearer: subject, in: told, discharged_by: answer, within: 10 working days, "
	"breach: {escalate: [office]}}\n";

static const struct procedure *put_in_force(struct scene *scene, const struct procedure *procedure)
{
	size_t i = scene->world.definition_count++;

	if (i >= ARRAY_COUNT(scene->definitions))
		fail_msg("too many definitions for one scene");
	scene->definitions[i] =
		(struct definition){.id = (int64_t)i + 1, .procedure = procedure, .next_seq = 1};
	return procedure;
}

static const struct procedure *read_definition(struct scene *scene, const char *file, struct str text)
{
	struct findings findings = findings_new(scene->arena);
	const struct procedure *procedure = procedure_read(scene->arena, str_from(file), text, &findings);

	if (procedure == NULL)
		fail_msg("%s can't be read: %s", file,
			findings.count > 0 ? finding_print(scene->arena, &findings.items[0]).data
					   : "no reason");
	return put_in_force(scene, procedure);
}

const struct procedure *scene_define(struct scene *scene, const char *yaml)
{
	return read_definition(scene, "inline", str_from(yaml));
}

static const char *shipped_folder(void)
{
	const char *folder = getenv("PROCEDURES");

	return folder != NULL ? folder : ".";
}

static struct str file_text(struct scene *scene, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf text = buf_new(scene->arena);
	char piece[4096];
	size_t size;

	if (file == NULL)
		fail_msg("%s can't be opened: set PROCEDURES to the folder of shipped definitions", path);
	while ((size = fread(piece, 1, sizeof piece, file)) > 0)
		buf_put(&text, (struct str){piece, size});
	fclose(file);
	return buf_str(&text);
}

const struct procedure *scene_ship(struct scene *scene, const char *name)
{
	struct str path = str_format(scene->arena, "%s/%s.yaml", shipped_folder(), name);

	return read_definition(scene, path.data, file_text(scene, path.data));
}

static void give_missing_functions(struct scene *scene, const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->role_count; i++) {
		struct function function = {
			.name = procedure->roles[i].function, .unit = unit_id(scene, "inspection")};

		if (procedure->roles[i].kind == ROLE_FUNCTION &&
			org_function(scene->org, procedure->roles[i].function) == NULL)
			org_function_set(scene->org, &function);
	}
}

static int is_definition(const struct dirent *entry)
{
	return str_ends(str_from(entry->d_name), ".yaml");
}

void scene_ship_all(struct scene *scene)
{
	struct dirent **entries;
	int count = scandir(shipped_folder(), &entries, is_definition, alphasort);

	if (count <= 0)
		fail_msg("%s holds no definitions", shipped_folder());
	scene->world.definition_count = 0;
	for (int i = 0; i < count; i++) {
		struct findings findings = findings_new(scene->arena);
		struct str path = str_format(scene->arena, "%s/%s", shipped_folder(), entries[i]->d_name);
		const struct procedure *procedure =
			procedure_read(scene->arena, path, file_text(scene, path.data), &findings);

		if (procedure != NULL)
			give_missing_functions(scene, put_in_force(scene, procedure));
		else
			print_message("left out, it can't be read: %s\n",
				finding_print(scene->arena, &findings.items[0]).data);
		free(entries[i]);
	}
	free(entries);
}

struct scene *scene_new(void)
{
	struct arena *arena = arena_new();
	struct scene *scene = ARENA_TAKE(arena, 1, struct scene);

	scene->arena = arena;
	scene->org = org_new(arena);
	set_units(scene, false);
	set_posts(scene);
	set_units(scene, true);
	set_functions(scene);
	scene->world = (struct world){.offset_minutes = OFFSET_CHINA,
		.calendar = calendar_china(),
		.org = scene->org,
		.definitions = scene->definitions,
		.next_matter = 1,
		.sees = true};
	scene_ship(scene, "key_task");
	scene_define(scene, accountability);
	scene_at(scene, "2019-03-04 09:00");
	return scene;
}

void scene_free(struct scene *scene)
{
	arena_free(scene->arena);
}

void scene_fresh(struct scene *scene)
{
	scene->matter = NULL;
	scene->history = scene->opened = scene->last = (struct events){0};
	scene->world.parent = NULL;
	scene->world.children_open = 0;
}

void scene_at(struct scene *scene, const char *instant)
{
	struct bh_err why;

	scene_must(instant_parse(str_from(instant), OFFSET_CHINA, &scene->world.now, &why), &why);
}

int scene_clock(struct scene *scene)
{
	struct command command;
	int facts = 0;

	for (; matter_clock_next(scene->matter, scene->world.now, &command); facts++) {
		enum err err = scene_do(scene, command);

		if (err != ERR_OK)
			fail_msg("the clock was refused: %s: %s", scene->why.place, scene->why.text);
		if (facts > 2000)
			fail_msg("the clock doesn't come to rest");
	}
	return facts;
}

int scene_pass(struct scene *scene, const char *instant)
{
	scene_at(scene, instant);
	return scene_clock(scene);
}
