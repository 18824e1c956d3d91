/* command_list.c: matters, by what is asked of them. */
#include "cli/house.h"

#include <stdio.h>

#define LIMIT_DEFAULT 50

/* One of some words, or nothing; ERR_INVALID with the nearest. */
static enum err option_word(
	struct call *call, const char *name, const char *const *words, size_t count, struct str *ret_word)
{
	const char *value = option_value(call, name);

	*ret_word = str_from(value);
	for (size_t i = 0; value != NULL && i < count; i++)
		if (str_is(*ret_word, words[i]))
			return ERR_OK;
	if (value == NULL)
		return ERR_OK;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN(str_format(call->arena, "--%s 没有这个值", name).data,
			str_format(call->arena, "there is no such %s", name).data,
			name_list(call, "可用", words, count), name_list(call, "there are", words, count)),
		*ret_word, words, count);
}

static enum err read_filter(struct house *house, struct matter_filter *filter)
{
	struct call *call = house->call;
	const char *grasps[GRASP_COUNT], *lamps[LAMP_COLOUR_COUNT], *standings[STANDING_COUNT - 1];
	const char *procedure = option_value(call, "procedure"), *unit = option_value(call, "unit"),
		   *parent = option_value(call, "parent");
	const struct procedure *found;
	struct str standing;

	for (int i = 0; i < GRASP_COUNT; i++)
		grasps[i] = grasp_name((enum grasp)i);
	for (int i = 0; i < LAMP_COLOUR_COUNT; i++)
		lamps[i] = lamp_colour_name((enum lamp_colour)i);
	for (int i = 1; i < STANDING_COUNT; i++)
		standings[i - 1] = matter_standing_name((enum matter_standing)i);
	if (procedure != NULL)
		TRY(house_procedure_in_force(house, procedure, &found));
	filter->procedure = str_from(procedure);
	TRY(option_word(call, "grasp", grasps, GRASP_COUNT, &filter->grasp));
	TRY(option_word(call, "lamp", lamps, LAMP_COLOUR_COUNT, &filter->lamp));
	filter->state = str_from(option_value(call, "state"));
	filter->q = str_from(option_value(call, "q"));
	if (option_given(call, "open"))
		filter->standing = STANDING_OPEN;
	TRY(option_word(call, "standing", standings, ARRAY_COUNT(standings), &standing));
	if (standing.size > 0)
		REQUIRE(matter_standing_parse(standing, &filter->standing));
	if (option_given(call, "followed"))
		TRY(house_person(house, NULL, &filter->follower));
	if (unit != NULL)
		TRY(house_unit(house, unit, &filter->unit));
	if (parent != NULL)
		TRY(house_matter_id(house, parent, &filter->parent));
	return option_number(call, "limit", LIMIT_DEFAULT, &filter->limit);
}

/* Lamps and breaches are written down when the clock goes; what it hasn't seen yet is said. */
static enum err warn_of_clock(struct house *house)
{
	int64_t *matters;
	size_t count;

	TRY(store_due_now(house->store, house->now, house->call->arena, &matters, &count, &house->call->why));
	if (count > 0)
		fprintf(stderr,
			say(house->call, "bihuan: %s 件事项到期尚未处理:请运行 bihuan tick\n",
				"bihuan: time has brought something for %s that isn't recorded yet: run "
				"bihuan tick\n"),
			counted(house->call, count, "matter", "matters"));
	return ERR_OK;
}

static enum err put_line(struct house *house, struct table *table, const struct matter_line *line)
{
	struct call *call = house->call;
	struct matter *matter;
	struct world world;

	TRY(institution_matter(
		&house->institution, house->store, call->arena, line->id, &matter, &call->why));
	TRY(house_world(house, matter, &world));
	struct lamp lamp = matter_lamp(matter, &world);
	const struct state *state = &matter->procedure->states[matter->state];
	int progress = line->rolled >= 0 ? line->rolled : line->progress;

	table_number(table, line->id);
	table_put(table, line->number);
	table_put(table, line->title);
	table_put(table, call->json ? state->name : label_pick(state->label, state->name, lang_of(call)));
	table_put(table, call->json && line->unit != 0 ? org_unit(house->institution.org, line->unit)->code
						       : tell_unit(&house->teller, line->unit));
	table_put(table, tell_day(&house->teller, line->due));
	table_put(table, str_from(call->json ? lamp_colour_name(lamp.colour)
					     : tell_word(&house->teller, lamp_colour_name(lamp.colour))));
	if (progress >= 0)
		table_number(table, progress);
	else
		table_put(table, STR(""));
	return ERR_OK;
}

static enum err list(struct house *house)
{
	struct call *call = house->call;
	struct matter_filter filter = {0};
	struct matter_line *lines;
	size_t count;
	struct table *table = table_new(call, TABLE_TEXT, 8);

	TRY(read_filter(house, &filter));
	TRY(store_matter_list(house->store, call->arena, &filter, &lines, &count, &call->why));
	table_head(table, "id", "序号", "id");
	table_head(table, "number", "编号", "number");
	table_head(table, "title", "事项", "title");
	table_head(table, "state", "环节", "state");
	table_head(table, "unit", "主办单位", "unit");
	table_head(table, "due", "到期", "due");
	table_head(table, "lamp", "灯", "lamp");
	table_head(table, "progress", "进度%", "progress%");
	for (size_t i = 0; i < count; i++)
		TRY(put_line(house, table, &lines[i]));
	TRY(table_print(table));
	return warn_of_clock(house);
}

enum err command_list(struct call *call)
{
	struct house house;

	if (option_given(call, "followed"))
		TRY(call_needs_person(call));
	TRY(house_open_to_read(call, &house));
	enum err err = list(&house);

	house_close(&house);
	return err;
}
