/* Anything at all, asked by anybody at any time: nothing crashes, a refusal changes nothing, and the facts
 * can be replayed. scene_do holds the engine to that after every command. */
#include "world.h"

#include "matter/chance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char *const typed[] = {
	[FIELD_TEXT] = "西江岸线整治",
	[FIELD_LINES] = "第一议题\n其他事项",
	[FIELD_NUMBER] = "12.5",
	[FIELD_PERCENT] = "40",
	[FIELD_MONEY] = "1000.00",
	[FIELD_DATE] = "2019-06-28",
	[FIELD_UNIT] = "water",
	[FIELD_UNITS] = "water,agri",
	[FIELD_POST] = "vice-mayor",
	[FIELD_PERSON] = "wei",
	[FIELD_PERSONS] = "wei;lin",
	[FIELD_RULE] = "条例第十八条",
	[FIELD_MATTER] = "1",
	[FIELD_FILE] = "a.pdf",
	[FIELD_HOURS] = "8",
	[FIELD_BOOL] = "yes",
};

static struct doc *proper_value(struct scene *scene, const struct field *field);

static struct doc *proper_rows(struct scene *scene, const struct field *field)
{
	struct doc *list = doc_list(scene->arena), *row = doc_object(scene->arena);

	for (size_t i = 0; i < field->column_count; i++)
		doc_set_str(
			scene->arena, row, field->columns[i].name, proper_value(scene, &field->columns[i]));
	doc_push(scene->arena, list, row);
	return list;
}

static struct doc *proper_value(struct scene *scene, const struct field *field)
{
	if (field->type == FIELD_ROWS)
		return proper_rows(scene, field);
	bool chooses = field->type == FIELD_CHOICE || field->type == FIELD_CHOICES;
	struct str text = chooses ? field->choices[0].name : str_from(typed[field->type]);
	struct day today = instant_day(scene->world.now, OFFSET_CHINA), day;
	struct doc *value = NULL;

	/* A day that an action waits for may not be over. */
	if (field->type == FIELD_DATE && day_parse(text, &day, NULL) == ERR_OK && day.number < today.number)
		text = day_print(scene->arena, today);
	if (field_value_read(scene->arena, field, scene->org, text, &value, &scene->why) != ERR_OK)
		fail_msg("%s: %s", scene->why.place, scene->why.text);
	return value;
}

/* Every kind of tree that strict JSON can be, and some texts that no door lets in. */
static struct doc *any_value(struct scene *scene, struct chance *chance)
{
	static const struct str texts[] = {{"", 0}, {"x", 1}, {"2019-02-30", 10}, {"2099-12-31", 10},
		{"\xff\xfe", 2}, {"a\0b", 3}, {"-", 1}, {"9999999999999999999999", 22}};
	struct doc *value = doc_object(scene->arena);

	value->kind = (enum doc_kind)chance_below(chance, DOC_OBJECT + 1);
	value->number = (int64_t)chance_next(chance) >> chance_below(chance, 64);
	value->real = 0.5;
	value->text = texts[chance_below(chance, ARRAY_COUNT(texts))];
	if (value->kind == DOC_LIST)
		for (size_t i = chance_below(chance, 4); i > 0; i--)
			doc_push(scene->arena, value, any_value(scene, chance));
	return value;
}

static struct doc *any_fields(
	struct scene *scene, struct chance *chance, const struct field *fields, size_t count)
{
	struct doc *object = doc_object(scene->arena);

	if (chance_happens(chance, 5))
		return NULL;
	if (chance_happens(chance, 5))
		return any_value(scene, chance);
	for (size_t i = 0; i < count; i++)
		if (chance_happens(chance, fields[i].required ? 97 : 50))
			doc_set_str(scene->arena, object, fields[i].name,
				chance_happens(chance, 95) ? proper_value(scene, &fields[i])
							   : any_value(scene, chance));
	if (chance_happens(chance, 3))
		doc_set(scene->arena, object, "until", any_value(scene, chance));
	return object;
}

static struct command any_command(struct scene *scene, struct chance *chance)
{
	static const struct str texts[] = {
		{"请说明进展", 15}, {"", 0}, {"  ", 2}, {"\xc3\x28", 2}, {"a\0b", 3}};
	static struct evidence_item items[] = {
		{.hash = {"0000000000000000000000000000000000000000000000000000000000000001", 64},
			.name = {"a", 1}},
		{.hash = {"zz", 2}, .name = {"\xff", 1}, .size = -1},
	};
	const struct procedure *procedure = scene->matter->procedure;
	struct command command = {
		.kind = (enum command_kind)(1 + chance_below(chance, COMMAND_KIND_COUNT - 1)),
		.matter = scene->matter->id,
		.person = (int64_t)chance_below(chance, org_person_count(scene->org) + 2),
		.about = (int64_t)chance_below(chance, 12) - 1,
		.grant = chance_happens(chance, 60),
		.text = texts[chance_happens(chance, 80) ? 0 : chance_below(chance, ARRAY_COUNT(texts))]};
	size_t action = chance_below(chance, procedure->action_count);

	if (chance_happens(chance, 10))
		command.on_behalf = 1 + (int64_t)chance_below(chance, org_person_count(scene->org));
	if (chance_happens(chance, 5))
		command.version = scene->matter->version + (int64_t)chance_below(chance, 3) - 1;
	if (chance_happens(chance, 50))
		command.role = procedure->roles[chance_below(chance, procedure->role_count)].name;
	if (chance_happens(chance, 50))
		command.kind = COMMAND_ACT;
	if (command.kind == COMMAND_REQUEST && procedure->request_count > 0) {
		const struct request_rule *rule =
			&procedure->requests[chance_below(chance, procedure->request_count)];

		command.name = rule->name;
		command.fields = any_fields(scene, chance, rule->fields, rule->field_count);
	} else if (command.kind == COMMAND_ACT) {
		command.name = procedure->actions[action].name;
		command.fields = any_fields(scene, chance, procedure->actions[action].fields,
			procedure->actions[action].field_count);
	} else if (chance_happens(chance, 20)) {
		command.name = STR("x");
		command.fields = any_fields(scene, chance, NULL, 0);
	}
	command.evidence = items;
	command.evidence_count = chance_happens(chance, 5) ? 2 : chance_below(chance, 2);
	return command;
}

/* People come and go while the matter runs. */
static void reshuffle(struct scene *scene, struct chance *chance)
{
	size_t post = 1 + chance_below(chance, org_post_count(scene->org));
	struct day today = instant_day(scene->world.now, OFFSET_CHINA);
	const struct tenure *held = org_holder(scene->org, (int64_t)post, today);

	if (held == NULL || held->from.number >= today.number)
		return;
	struct tenure before = *held;
	struct tenure after = {.id = (int64_t)org_tenure_count(scene->org) + 1,
		.post = (int64_t)post,
		.person = 1 + (int64_t)chance_below(chance, org_person_count(scene->org)),
		.from = today,
		.until = DAY_NONE};

	before.until = today;
	org_tenure_set(scene->org, &before);
	org_tenure_set(scene->org, &after);
}

static bool open_any(struct scene *scene, const struct procedure *procedure)
{
	struct command command = {.kind = COMMAND_OPEN, .name = procedure->name};

	command.fields = doc_object(scene->arena);
	for (size_t i = 0; i < procedure->field_count; i++)
		doc_set_str(scene->arena, command.fields, procedure->fields[i].name,
			proper_value(scene, &procedure->fields[i]));
	scene_fresh(scene);
	for (command.person = 1; command.person <= (int64_t)org_person_count(scene->org); command.person++)
		if (scene_do(scene, command) == ERR_OK)
			return true;
	return false;
}

static void anything_at_all_over_every_procedure(void **state)
{
	struct scene *scene = scene_new();
	struct chance chance = {20190304};
	int done = 0, refused = 0;

	(void)state;
	scene_ship_all(scene);
	for (size_t round = 0; round < 12 * scene->world.definition_count; round++) {
		const struct procedure *procedure =
			scene->definitions[round % scene->world.definition_count].procedure;

		scene_at(scene, "2019-03-04 09:00");
		if (!open_any(scene, procedure))
			continue; /* a reshuffle has left its first post vacant */
		for (int i = 0; i < 80; i++) {
			if (scene_do(scene, any_command(scene, &chance)) == ERR_OK)
				done++;
			else
				refused++;
			if (chance_happens(&chance, 20))
				scene->world.now.us +=
					(int64_t)chance_below(&chance, 30 * 24) * INT64_C(3600000000);
			/* Sometimes the clock looks, sometimes it is late. */
			if (chance_happens(&chance, 20))
				scene_clock(scene);
			if (chance_happens(&chance, 2))
				reshuffle(scene, &chance);
			matter_lamp(scene->matter, &scene->world);
		}
		scene_clock(scene);
	}
	expect("much was done, and much refused", done > 500 && refused > 3000);
	scene_free(scene);
}

/* possible() against decide(), in whatever state chance has brought about: with a proper form, what was
 * promised is granted, and what was not is refused. */
static void what_is_promised_is_kept_everywhere(void **state)
{
	struct scene *scene = scene_new();
	struct chance chance = {7};
	int promised = 0;

	(void)state;
	scene_ship_all(scene);
	scene->world.values_unjudged = true; /* a promise is of the power, not of what is filled in */
	for (size_t round = 0; round < 20 * scene->world.definition_count; round++) {
		scene_at(scene, "2019-03-04 09:00");
		if (!open_any(scene, scene->definitions[round % scene->world.definition_count].procedure))
			continue;
		for (int i = 0; i < 40; i++) {
			int64_t person = 1 + (int64_t)chance_below(&chance, org_person_count(scene->org));
			size_t count, actions = scene->matter->procedure->action_count;
			const struct possible *all =
				matter_possible(scene->matter, person, &scene->world, scene->arena, &count);
			const struct possible *one = &all[chance_below(&chance, actions)];

			/* Most people may do nothing: where one may, mostly that is tried. */
			for (size_t k = 0; k < actions; k++)
				if (all[k].may && chance_happens(&chance, 80))
					one = &all[k];
			const struct action *action = &scene->matter->procedure->actions[one->action];
			static struct evidence_item item = {
				.hash = {"0000000000000000000000000000000000000000000000000000000000000001",
					64},
				.name = {"a", 1}};
			struct command command = {.kind = COMMAND_ACT,
				.person = person,
				.matter = scene->matter->id,
				.name = action->name,
				.fields = doc_object(scene->arena),
				.evidence = &item,
				.evidence_count = action->evidence == EVIDENCE_REQUIRED};

			for (size_t k = 0; k < action->field_count; k++)
				doc_set_str(scene->arena, command.fields, action->fields[k].name,
					proper_value(scene, &action->fields[k]));
			enum err err = scene_do(scene, command);

			promised += one->may;
			if (one->may != (err == ERR_OK))
				fail_msg("%s of %s by %lld: promised %d, got %s at %s: %s", action->name.data,
					scene->matter->procedure->name.data, (long long)person, one->may,
					err_name(err), scene->why.place, scene->why.text);
		}
	}
	expect("something was promised", promised > 50);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(anything_at_all_over_every_procedure),
		cmocka_unit_test(what_is_promised_is_kept_everywhere),
	};

	return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
