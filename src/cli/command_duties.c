/* command_duties.c: what is owed now: by a person, by a unit, or by everybody. */
#include "cli/house.h"

#include <stdio.h>
#include <stdlib.h>

#define POSTS_MAX 32

struct owed {
	struct house *house;
	struct duty_line *items;
	size_t count, capacity;
};

static enum err add(struct owed *owed, int64_t post, int64_t unit)
{
	struct call *call = owed->house->call;
	struct duty_line *lines;
	size_t count;

	TRY(store_duty_list(
		owed->house->store, call->arena, post, unit, INT64_MAX, &lines, &count, &call->why));
	for (size_t i = 0; i < count; i++) {
		bool there = false;

		for (size_t j = 0; j < owed->count; j++)
			there = there || (owed->items[j].matter == lines[i].matter &&
						 owed->items[j].id == lines[i].id);
		if (!there)
			*ARENA_PUSH(call->arena, owed->items, owed->count, owed->capacity) = lines[i];
	}
	return ERR_OK;
}

/* What the person's posts bear, and what the units owe for which a post of theirs may act. */
static enum err add_of_person(struct owed *owed, int64_t person)
{
	struct house *house = owed->house;
	int64_t posts[POSTS_MAX];
	size_t count = org_posts_held(house->org, person, house->today, posts, POSTS_MAX);

	for (size_t i = 0; i < count; i++) {
		const struct post *post = org_post(house->org, posts[i]);

		TRY(add(owed, post->id, 0));
		if (org_post_acts_for(house->org, post->id, post->unit))
			TRY(add(owed, 0, post->unit));
	}
	return ERR_OK;
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

static enum duty_kind kind_of(struct str name)
{
	for (int kind = 0; kind < DUTY_KIND_COUNT; kind++)
		if (str_is(name, duty_kind_name((enum duty_kind)kind)))
			return (enum duty_kind)kind;
	return DUTY_RULE;
}

/* "3 working days left", "overdue". */
static struct str remaining(struct house *house, const struct duty_line *line)
{
	struct call *call = house->call;
	struct day day = instant_day((struct instant){line->due.us - 1}, house->offset_minutes);
	int days = calendar_count(house->calendar, house->today, day, NULL);

	if (line->due.us <= house->now.us)
		return str_from(
			line->breached ? say(call, "失责", "breached") : say(call, "逾期", "overdue"));
	if (days == 0)
		return str_from(say(call, "今日", "today"));
	return str_format(call->arena, say(call, "%d个工作日", "%d working days"), days);
}

static void print(struct owed *owed)
{
	struct house *house = owed->house;
	struct table *table = table_new(house->call, TABLE_TEXT, 7);

	table_head(table, "number", "编号", "number");
	table_head(table, "title", "事项", "title");
	table_head(table, "duty", "责任号", "duty");
	table_head(table, "what", "责任", "what");
	table_head(table, "bearer", "责任人", "bearer");
	table_head(table, "due", "期限", "due");
	table_head(table, "left", "剩余", "left");
	for (size_t i = 0; i < owed->count; i++) {
		const struct duty_line *line = &owed->items[i];
		struct duty duty = {.kind = kind_of(line->kind), .rule = line->rule};

		table_put(table, line->number);
		table_put(table, line->title);
		table_number(table, line->id);
		table_put(table, house_duty_name(house, house_procedure(house, line->definition), &duty));
		table_put(table, house_bearer(house, line->unit, line->post, 0, house->today));
		table_put(table, house_day(house, line->due));
		table_put(table, remaining(house, line));
	}
	table_print(table);
}

static enum err duties(struct house *house)
{
	struct call *call = house->call;
	struct owed owed = {.house = house};
	const char *code = option_value(call, "unit");
	int64_t person, unit;

	if (option_given(call, "all")) {
		TRY(add(&owed, 0, 0));
	} else if (code != NULL) {
		TRY(house_unit(house, code, &unit));
		TRY(add(&owed, 0, unit));
		for (size_t i = 0; i < org_post_count(house->org); i++)
			if (org_post_at(house->org, i)->unit == unit)
				TRY(add(&owed, org_post_at(house->org, i)->id, 0));
	} else {
		TRY(house_person(house, NULL, &person));
		TRY(add_of_person(&owed, person));
	}
	if (owed.count > 1)
		qsort(owed.items, owed.count, sizeof *owed.items, by_due);
	print(&owed);
	return ERR_OK;
}

enum err command_duties(struct call *call)
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = duties(&house);

	house_close(&house);
	return err;
}
