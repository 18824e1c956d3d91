/* duty_list.c: what is owed, over all matters. */
#include "cli/duty_list.h"
#include "view/lines.h"

#include <stdlib.h>

#define POSTS_MAX 32

static void merge(struct house *house, struct duty_list *list, const struct duty_line *lines, size_t count,
	int64_t person)
{
	for (size_t i = 0; i < count; i++) {
		bool there = person != 0 && lines[i].person != 0 && lines[i].person != person;

		for (size_t j = 0; !there && j < list->count; j++)
			there = list->items[j].matter == lines[i].matter && list->items[j].id == lines[i].id;
		if (!there)
			*ARENA_PUSH(house->call->arena, list->items, list->count, list->capacity) = lines[i];
	}
}

/* `person` 0: whoever bears it. */
static enum err add(struct house *house, struct duty_list *list, int64_t post, int64_t unit, int64_t person)
{
	struct call *call = house->call;
	struct duty_line *lines;
	size_t count;

	TRY(store_duty_list(house->store, call->arena, post, unit, INT64_MAX, &lines, &count, &call->why));
	/* Everybody's come from one question, so nothing can be there twice. */
	if (list->count == 0 && post == 0 && unit == 0)
		*list = (struct duty_list){lines, count, count};
	else
		merge(house, list, lines, count, person);
	return ERR_OK;
}

enum err duty_list_add(struct house *house, struct duty_list *list, int64_t post, int64_t unit)
{
	return add(house, list, post, unit, 0);
}

/* At the door of a compartment its title is hidden. */
static enum err hide_titles(struct house *house, struct duty_list *list, int64_t person)
{
	for (size_t i = 0; i < list->count; i++) {
		struct duty_line *line = &list->items[i];
		const struct procedure *procedure =
			institution_procedure(&house->institution, line->definition);
		bool door;

		TRY(house_at_door(house, person, line->matter, &door));
		if (door && procedure != NULL)
			line->title = label_pick(procedure->title, procedure->name, lang_of(house->call));
	}
	return ERR_OK;
}

enum err duty_list_add_person(struct house *house, struct duty_list *list, int64_t person)
{
	struct call *call = house->call;
	int64_t posts[POSTS_MAX];
	size_t count = org_posts_held(house->institution.org, person, house->today, posts, POSTS_MAX), named;
	struct duty_line *lines;

	TRY(store_duty_of_person(house->store, call->arena, person, INT64_MAX, &lines, &named, &call->why));
	merge(house, list, lines, named, person);
	for (size_t i = 0; i < count; i++) {
		const struct post *post = org_post(house->institution.org, posts[i]);

		TRY(add(house, list, post->id, 0, person));
		if (org_post_acts_for(house->institution.org, post->id, post->unit))
			TRY(add(house, list, 0, post->unit, person));
	}
	return hide_titles(house, list, person);
}

static int by_due(const void *a, const void *b)
{
	const struct duty_line *left = a, *right = b;

	if (left->due.us != right->due.us)
		return left->due.us < right->due.us ? -1 : 1;
	if (left->matter != right->matter)
		return left->matter < right->matter ? -1 : 1;
	return (left->id > right->id) - (left->id < right->id);
}

/* "3 working days", "today", "overdue", "breached". */
static struct str remaining(const struct house *house, const struct duty_line *line)
{
	struct call *call = house->call;
	struct day day = instant_day((struct instant){line->due.us - 1}, house->institution.offset_minutes);
	int days = calendar_count(house->institution.calendar, house->today, day, NULL);

	if (line->due.us <= house->now.us)
		return str_from(
			line->breached ? say(call, "失责", "breached") : say(call, "逾期", "overdue"));
	if (day.number == house->today.number)
		return str_from(say(call, "今日", "today"));
	return str_format(call->arena, say(call, "%s个工作日", "%s"),
		counted(call, (size_t)days, "working day", "working days"));
}

static enum err print_people(struct house *house, const struct duty_list *list, struct day day)
{
	struct table *table = table_new(house->call, TABLE_TEXT, 7);

	table_head(table, "number", "编号", "number");
	table_head(table, "title", "事项", "title");
	table_head(table, "duty", "责任号", "duty");
	table_head(table, "name", "责任", "what is owed");
	table_head(table, "bearer", "责任人", "bearer");
	table_head(table, "due", "期限", "due");
	table_head(table, "left", "剩余", "left");
	for (size_t i = 0; i < list->count; i++) {
		const struct duty_line *line = &list->items[i];

		table_put(table, line->number);
		table_put(table, line->title);
		table_number(table, line->id);
		table_put(table, line_duty_name(&house->teller, line));
		table_put(table, tell_bearer(&house->teller, line->unit, line->post, line->person, day));
		table_put(table, tell_day(&house->teller, line->due));
		table_put(table, remaining(house, line));
	}
	return table_print(table);
}

static enum err print_programs(struct house *house, const struct duty_list *list, struct day day)
{
	const struct org *org = house->institution.org;
	struct table *table = table_new(house->call, TABLE_JSON, 11);
	static const char *const keys[] = {"matter", "number", "title", "duty", "kind", "name", "unit",
		"post", "person", "due", "breached"};

	for (size_t i = 0; i < ARRAY_COUNT(keys); i++)
		table_head(table, keys[i], keys[i], keys[i]);
	for (size_t i = 0; i < list->count; i++) {
		const struct duty_line *line = &list->items[i];
		const struct tenure *tenure = org_holder(org, line->post, day);
		int64_t person = line->person != 0 ? line->person : tenure != NULL ? tenure->person : 0;

		table_number(table, line->matter);
		table_put(table, line->number);
		table_put(table, line->title);
		table_number(table, line->id);
		table_put(table, line->kind);
		table_put(table, line->name);
		table_put(table, line->unit != 0 ? org_unit(org, line->unit)->code : STR(""));
		table_put(table, line->post != 0 ? org_post(org, line->post)->code : STR(""));
		table_put(table, person != 0 ? org_person(org, person)->code : STR(""));
		table_put(table,
			instant_print(house->call->arena, line->due, house->institution.offset_minutes));
		table_truth(table, line->breached);
	}
	return table_print(table);
}

enum err duty_list_print(struct house *house, struct duty_list *list, struct day day)
{
	if (list->count > 1)
		qsort(list->items, list->count, sizeof *list->items, by_due);
	if (house->call->json)
		return print_programs(house, list, day);
	return print_people(house, list, day);
}
