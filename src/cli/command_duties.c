/* command_duties.c: what is owed now: by a person, by a unit, or by everybody; and what a person was told. */
#include "cli/duty_list.h"

#include <stdlib.h>

#define POSTS_MAX     32
#define LIMIT_DEFAULT 50

static enum err gather(struct house *house, struct duty_list *list)
{
	struct call *call = house->call;
	const char *code = option_value(call, "unit");
	int64_t person, unit;

	if (option_given(call, "all"))
		return duty_list_add(house, list, 0, 0);
	if (code == NULL) {
		TRY(house_person(house, NULL, &person));
		return duty_list_add_person(house, list, person);
	}
	TRY(house_unit(house, code, &unit));
	TRY(duty_list_add(house, list, 0, unit));
	for (size_t i = 0; i < org_post_count(house->institution.org); i++)
		if (org_post_at(house->institution.org, i)->unit == unit)
			TRY(duty_list_add(house, list, org_post_at(house->institution.org, i)->id, 0));
	return ERR_OK;
}

enum err command_duties(struct call *call)
{
	struct house house;
	struct duty_list list = {0};

	if (!option_given(call, "all") && !option_given(call, "unit"))
		TRY(call_needs_person(call));
	TRY(house_open_to_read(call, &house));
	enum err err = gather(&house, &list);

	if (err == ERR_OK)
		err = duty_list_print(&house, &list, house.today);
	house_close(&house);
	return err;
}

/* ---- the inbox ---- */

struct inbox {
	struct notice_line *items;
	size_t count, capacity;
};

static int newest_first(const void *a, const void *b)
{
	const struct notice_line *left = a, *right = b;

	return (left->index < right->index) - (left->index > right->index);
}

/* A notice about a duty names it as the matter's definition does. */
static enum err put_notice(
	struct house *house, struct table *table, const struct notice_line *line, int64_t person)
{
	struct call *call = house->call;
	bool door;
	struct matter *matter;
	struct duty *duties;
	struct str name = STR("");
	size_t count;

	TRY(institution_matter(
		&house->institution, house->store, call->arena, line->matter, &matter, &call->why));
	TRY(store_duty_history(house->store, call->arena, line->matter, &duties, &count, &call->why));
	TRY(house_at_door(house, person, line->matter, &door));
	for (size_t i = 0; i < count; i++)
		if (duties[i].id == line->duty)
			name = tell_duty(&house->teller, matter->procedure, &duties[i]);
	table_put(table, tell_time(&house->teller, line->time));
	table_put(table, call->json ? line->kind : tell_notice(&house->teller, line->kind, line->post));
	table_put(table, line->number);
	table_put(table, door ? label_pick(matter->procedure->title, matter->procedure->name, lang_of(call))
			      : line->title);
	table_put(table, name);
	table_number(table, line->index);
	return ERR_OK;
}

/* What happened in matters that they follow, as they may see it. */
static enum err add_news(struct house *house, struct inbox *inbox, int64_t person, int64_t limit)
{
	struct call *call = house->call;
	const struct viewer viewer = {.person = person, .today = house->today};
	struct notice_line *lines;
	size_t count;

	TRY(store_news_list(
		house->store, call->arena, &viewer, INT64_MAX, limit, &lines, &count, &call->why));
	for (size_t i = 0; i < count; i++)
		*ARENA_PUSH(call->arena, inbox->items, inbox->count, inbox->capacity) = lines[i];
	return ERR_OK;
}

static enum err inbox(struct house *house)
{
	struct call *call = house->call;
	struct inbox all = {0};
	struct table *table = table_new(call, TABLE_TEXT, 6);
	int64_t person, limit, posts[POSTS_MAX];

	TRY(option_number(call, "limit", LIMIT_DEFAULT, &limit));
	TRY(house_person(house, NULL, &person));
	size_t held = org_posts_held(house->institution.org, person, house->today, posts, POSTS_MAX);

	for (size_t i = 0; i < held; i++) {
		struct notice_line *lines;
		size_t count;

		TRY(store_notice_list(
			house->store, call->arena, posts[i], limit, &lines, &count, &call->why));
		for (size_t j = 0; j < count; j++)
			*ARENA_PUSH(call->arena, all.items, all.count, all.capacity) = lines[j];
	}
	TRY(add_news(house, &all, person, limit));
	if (all.count > 1)
		qsort(all.items, all.count, sizeof *all.items, newest_first);
	table_head(table, "time", "时间", "time");
	table_head(table, "kind", "事由", "about");
	table_head(table, "number", "编号", "number");
	table_head(table, "title", "事项", "title");
	table_head(table, "duty", "责任", "duty");
	table_head(table, "event", "事件", "event");
	for (size_t i = 0; i < all.count && i < (size_t)limit; i++)
		TRY(put_notice(house, table, &all.items[i], person));
	return table_print(table);
}

enum err command_inbox(struct call *call)
{
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_read(call, &house));
	enum err err = inbox(&house);

	house_close(&house);
	return err;
}
