/* test_hidden.c: what one may not see leaves no trace in what one may: no title, number, parent, part, file,
 * duty or notice. */
#include "sight.h"
#include "store/store_rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define FILE_OF_BOTH  "00aa"
#define FILE_OF_QUIET "00bb"

/* Matter 1 is everybody's; its part 2 only the lead unit's; 3, a part of 2, everybody's again; 4 is a
 * compartment. */
struct play {
	struct sight *sight;
	int64_t insider, outsider, lead, post, outside;
};

static void add_link(struct matter *matter, int64_t other)
{
	*ARENA_PUSH(matter->arena, matter->links, matter->link_count, matter->link_capacity) =
		(struct link){.other = other, .relation = STR("same"), .index = matter->id};
}

static void add_file(struct matter *matter, const char *hash)
{
	*ARENA_PUSH(matter->arena, matter->evidence, matter->evidence_count, matter->evidence_capacity) =
		(struct evidence_item){
			.hash = str_from(hash), .name = STR("照片.jpg"), .size = 9, .index = matter->id};
}

/* Each event tells both posts of each matter. */
static void tell(struct play *play, struct matter *matter, int64_t index)
{
	const struct event_row row = {.index = index,
		.time = {index},
		.kind = STR("matter.act"),
		.object = STR("m1"),
		.envelope = STR("e"),
		.slot = STR("main"),
		.class = STR("internal"),
		.salt = STR("s"),
		.payload = STR("{}")};
	const int64_t posts[] = {play->post, play->outside};

	if (matter->id == 1 || index >= 10)
		sight_must(play->sight, store_event_put(play->sight->store, &row, &play->sight->why));
	for (size_t i = 0; i < ARRAY_COUNT(posts); i++)
		*ARENA_PUSH(matter->arena, matter->notices, matter->notice_count, matter->notice_capacity) =
			(struct notice){.post = posts[i], .kind = NOTICE_ACTED, .index = index};
}

static int set_stage(void **state)
{
	static struct play play;
	struct sight *sight = sight_new();
	int64_t top = sight_unit(sight, 0, 0);

	play = (struct play){.sight = sight, .insider = sight_person(sight), .outsider = sight_person(sight)};
	play.lead = sight_unit(sight, top, 0);
	play.post = sight_post(sight, play.lead, POST_HEAD);
	play.outside = sight_post(sight, sight_unit(sight, top, 0), POST_HEAD);
	(void)sight_tenure(sight, play.post, play.insider, TENURE_HOLDER, -9, 9999);
	(void)sight_tenure(sight, play.outside, play.outsider, TENURE_HOLDER, -9, 9999);
	static const enum sight_definition definitions[] = {SIGHT_OPEN, SIGHT_UNIT, SIGHT_OPEN, SIGHT_SHUT};

	for (size_t i = 0; i < ARRAY_COUNT(definitions); i++) {
		struct matter *matter = sight_matter(sight, definitions[i], play.lead, 0, 0);

		matter->parent = i == 1 || i == 2 ? (int64_t)i : 0;
		if (i < 3)
			add_link(matter, matter->id % 3 + 1);
		if (i < 2)
			add_file(matter, FILE_OF_BOTH);
		if (i == 1)
			add_file(matter, FILE_OF_QUIET);
		sight_duty(matter, 0, play.post, 0, i < 3);
		tell(&play, matter, 1);
		tell(&play, matter, 10 + matter->id);
		sight_save(sight, matter, false);
	}
	sight_must(sight, store_commit(sight->store, &sight->why));
	sight_must(sight, store_begin(sight->store, &sight->why));
	*state = &play;
	return 0;
}

static int strike(void **state)
{
	sight_free(((struct play *)*state)->sight);
	return 0;
}

static struct viewer viewer_of(const struct play *play, int64_t person)
{
	return (struct viewer){.person = person, .today = play->sight->today};
}

/* "3^2 1 ": ids, and the parent where one is shown. */
static const char *listed(struct play *play, int64_t person, struct matter_query query)
{
	struct sight *sight = play->sight;
	const struct viewer viewer = viewer_of(play, person);
	struct buf buf = buf_new(sight->arena);
	struct matter_line *lines;
	struct page_after next;
	size_t count;
	int64_t counted;

	query.limit = 10;
	sight_must(sight, store_matter_page(sight->store, sight->arena, &viewer, &query, NULL, &lines, &count,
				  &next, &sight->why));
	sight_must(sight,
		store_matter_count(sight->store, sight->arena, &viewer, &query, &counted, &sight->why));
	assert_int_equal(counted, count);
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, lines[i].parent != 0 ? "%lld^%lld " : "%lld ", (long long)lines[i].id,
			(long long)lines[i].parent);
	return buf_str(&buf).data;
}

static void parts_and_parents_show_only_what_is_seen(void **state)
{
	struct play *play = *state;

	expect_text("all, within", listed(play, play->insider, (struct matter_query){0}), "3^2 2^1 1 ");
	expect_text("all, outside", listed(play, play->outsider, (struct matter_query){0}), "3 1 ");
	expect_text("parts, within", listed(play, play->insider, (struct matter_query){.parent = 1}), "2^1 ");
	expect_text("parts, outside", listed(play, play->outsider, (struct matter_query){.parent = 1}), "");
	expect_text(
		"of what isn't seen", listed(play, play->outsider, (struct matter_query){.parent = 2}), "");
	expect_text("below, within", listed(play, play->insider, (struct matter_query){.programme = 1}),
		"3^2 2^1 ");
	expect_text(
		"below, outside", listed(play, play->outsider, (struct matter_query){.programme = 1}), "3 ");
	expect_text("below what isn't seen",
		listed(play, play->outsider, (struct matter_query){.programme = 2}), "");
}

static const char *links(struct play *play, int64_t person, int64_t matter)
{
	struct sight *sight = play->sight;
	const struct viewer viewer = viewer_of(play, person);
	struct buf buf = buf_new(sight->arena);
	struct link_line *lines;
	size_t count;

	sight_must(sight,
		store_link_seen(sight->store, sight->arena, &viewer, matter, &lines, &count, &sight->why));
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s%lld ", lines[i].forth ? "" : "<", (long long)lines[i].other);
	return buf_str(&buf).data;
}

static void links_lead_only_to_what_is_seen(void **state)
{
	struct play *play = *state;

	expect_text("within", links(play, play->insider, 1), "2 <3 ");
	expect_text("outside", links(play, play->outsider, 1), "<3 ");
	expect_text("both ways, within", links(play, play->insider, 3), "1 <2 ");
	expect_text("what names it from out of sight", links(play, play->outsider, 3), "1 ");
	expect_text("from what isn't seen", links(play, play->outsider, 2), "");
	expect_text("for nobody", links(play, 0, 1), "");
}

static void files_are_those_of_what_is_seen(void **state)
{
	struct play *play = *state;
	struct sight *sight = play->sight;
	const struct viewer in = viewer_of(play, play->insider), out = viewer_of(play, play->outsider);
	struct evidence_item *items;
	struct str number;
	size_t count;
	int64_t matter;

	sight_must(
		sight, store_evidence_seen(sight->store, sight->arena, &in, 2, &items, &count, &sight->why));
	assert_int_equal(count, 2);
	sight_must(
		sight, store_evidence_seen(sight->store, sight->arena, &out, 2, &items, &count, &sight->why));
	assert_int_equal(count, 0);
	sight_must(sight, store_evidence_matter(sight->store, &in, STR(FILE_OF_QUIET), &matter, &sight->why));
	assert_int_equal(matter, 2);
	assert_int_equal(store_evidence_matter(sight->store, &out, STR(FILE_OF_QUIET), &matter, &sight->why),
		ERR_NOT_FOUND);
	sight_must(sight, store_evidence_matter(sight->store, &out, STR(FILE_OF_BOTH), &matter, &sight->why));
	assert_int_equal(matter, 1);
	sight_must(sight, store_evidence_also(sight->store, sight->arena, &in, STR(FILE_OF_BOTH), 1, &number,
				  &sight->why));
	expect_text("shown elsewhere, within", number.data, "P2-2019-2");
	sight_must(sight, store_evidence_also(sight->store, sight->arena, &out, STR(FILE_OF_BOTH), 1, &number,
				  &sight->why));
	assert_int_equal(number.size, 0);
}

static void a_number_is_known_to_who_sees_the_matter(void **state)
{
	struct play *play = *state;
	struct sight *sight = play->sight;
	const struct viewer in = viewer_of(play, play->insider), out = viewer_of(play, play->outsider);
	int64_t matter;

	sight_must(sight, store_number_seen(sight->store, &in, STR("P2-2019-2"), &matter, &sight->why));
	assert_int_equal(matter, 2);
	assert_int_equal(
		store_number_seen(sight->store, &out, STR("P2-2019-2"), &matter, &sight->why), ERR_NOT_FOUND);
	assert_int_equal(
		store_number_seen(sight->store, &in, STR("P4-2019-4"), &matter, &sight->why), ERR_NOT_FOUND);
}

/* "1 2 3 ": matters of the duties, over pages of one. */
static const char *owed(struct play *play, int64_t person, struct duty_query query)
{
	struct sight *sight = play->sight;
	const struct viewer viewer = viewer_of(play, person);
	struct buf buf = buf_new(sight->arena);
	struct page_after after = {0};

	query.limit = 1;
	do {
		struct duty_line *lines;
		size_t count;

		sight_must(sight, store_duty_page(sight->store, sight->arena, &viewer, &query, &after, &lines,
					  &count, &after, &sight->why));
		for (size_t i = 0; i < count; i++)
			buf_format(&buf, "%lld ", (long long)lines[i].matter);
	} while (after.id != 0);
	return buf_str(&buf).data;
}

static void duties_are_those_of_what_is_seen(void **state)
{
	struct play *play = *state;
	const struct {
		const char *says;
		int64_t viewer;
		struct duty_query query;
		const char *want;
	} cases[] = {
		{"one's own", play->insider, {.person = play->insider, .open = true}, "1 2 3 "},
		{"of another", play->outsider, {.person = play->insider, .open = true}, "1 3 "},
		{"of a post", play->outsider, {.post = play->post, .open = true}, "1 3 "},
		{"of all", play->outsider, {.open = true}, "1 3 "},
		{"closed ones too, and no compartment", play->insider, {0}, "1 2 3 "},
		{"breached ones", play->insider, {.breached = true}, ""},
		{"due before", play->insider, {.open = true, .due_before = {1}}, ""},
		{"of a unit that bears none", play->insider, {.unit = play->lead, .open = true}, ""},
		{"none of one's own", play->outsider, {.person = play->outsider, .open = true}, ""},
		{"for nobody", 0, {.open = true}, ""},
	};

	for (size_t i = 0; i < ARRAY_COUNT(cases); i++)
		expect_text(cases[i].says, owed(play, cases[i].viewer, cases[i].query), cases[i].want);
}

/* "13m3 …": event and matter of what was told, over pages of `limit`. */
static const char *told(struct play *play, int64_t person, int64_t limit)
{
	struct sight *sight = play->sight;
	const struct viewer viewer = viewer_of(play, person);
	struct buf buf = buf_new(sight->arena);
	struct page_after after = {0};

	do {
		struct notice_line *lines;
		size_t count;

		sight_must(sight, store_notice_page(sight->store, sight->arena, &viewer, limit, &after,
					  &lines, &count, &after, &sight->why));
		for (size_t i = 0; i < count; i++)
			buf_format(&buf, "%lldm%lld ", (long long)lines[i].index, (long long)lines[i].matter);
	} while (after.id != 0);
	return buf_str(&buf).data;
}

static void an_inbox_holds_what_is_seen(void **state)
{
	struct play *play = *state;

	for (int64_t limit = 1; limit < 8; limit++) {
		expect_text("within", told(play, play->insider, limit), "13m3 12m2 11m1 1m1 1m2 1m3 ");
		expect_text("outside", told(play, play->outsider, limit), "13m3 11m1 1m1 1m3 ");
		expect_text("for nobody", told(play, 0, limit), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_and_parents_show_only_what_is_seen),
		cmocka_unit_test(links_lead_only_to_what_is_seen),
		cmocka_unit_test(files_are_those_of_what_is_seen),
		cmocka_unit_test(a_number_is_known_to_who_sees_the_matter),
		cmocka_unit_test(duties_are_those_of_what_is_seen),
		cmocka_unit_test(an_inbox_holds_what_is_seen),
	};
	return cmocka_run_group_tests_name("store: what isn't seen", tests, set_stage, strike);
}
