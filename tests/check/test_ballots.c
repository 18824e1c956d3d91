/* test_ballots.c: a vote is believed only as far as its events follow from one another: a server that stuffs,
 * drops, changes or miscounts is told of, whatever it signs. */
#include "check/ballots.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CODES 20

struct poll {
	struct arena *arena;
	struct ballots ballots;
	struct ballot_code codes[CODES];
	struct str lines[CODES]; /* sorted, each with a code of its own */
	struct bh_err why;
};

static struct doc *read_doc(struct arena *arena, const char *text)
{
	struct doc *doc;

	assert_int_equal(doc_read(arena, str_from(text), &doc, NULL), ERR_OK);
	return doc;
}

static const char spec[] =
	"{\"title\":{\"zh\":\"评议\"},\"subjects\":[{\"label\":{\"zh\":\"甲\"}}],"
	"\"questions\":[{\"label\":{\"zh\":\"总体\"}}],"
	"\"choices\":[{\"name\":\"good\",\"label\":{\"zh\":\"好\"},\"points\":100},"
	"{\"name\":\"poor\",\"label\":{\"zh\":\"差\"},\"points\":0}],"
	"\"groups\":[{\"name\":\"all\",\"label\":{\"zh\":\"全体\"},\"weight\":1,\"issued\":18}],"
	"\"entitled\":20,\"present\":20,\"talk_below\":6000,\"account_below\":0,\"makers\":[3,4]}";

static struct str hex(struct arena *arena, const struct hash *hash)
{
	return hex_print(arena, hash->bytes, HASH_SIZE);
}

static struct str line_of(struct poll *poll, size_t i, const char *marks)
{
	struct ballot_line line = {.code = poll->codes[i].hash,
		.marks = str_from(marks),
		.salt = str_format(poll->arena, "%032zx", i)};

	return ballot_line_print(poll->arena, &line);
}

static int setup(void **state)
{
	struct poll *poll = calloc(1, sizeof *poll);

	poll->arena = arena_new();
	poll->ballots.arena = poll->arena;
	for (size_t i = 0; i < CODES; i++)
		poll->codes[i].hash =
			ballot_code_hash(ballot_code_make(poll->arena, STR("one share"), STR("another"), i));
	ballot_codes_sort(poll->codes, CODES);
	for (size_t i = 0; i < CODES; i++)
		poll->lines[i] = line_of(poll, i, i % 3 == 0 ? "2" : "1");
	*state = poll;
	return 0;
}

static int teardown(void **state)
{
	struct poll *poll = *state;

	arena_free(poll->arena);
	free(poll);
	return 0;
}

static enum err follow(struct poll *poll, enum event_kind kind, struct doc *payload)
{
	struct event event = {.kind = kind, .payload = payload};

	return ballots_follow(&poll->ballots, &event, &poll->why);
}

static struct doc *opening(struct poll *poll, int64_t by)
{
	struct arena *arena = poll->arena;
	struct doc *payload = doc_object(arena), *lists = doc_list(arena), *list = doc_list(arena);
	struct ballot ballot;
	struct str lines[CODES];

	assert_int_equal(ballot_read(arena, read_doc(arena, spec), &ballot, NULL), ERR_OK);
	for (size_t i = 0; i < CODES; i++) {
		doc_push(arena, list, doc_text(arena, hex(arena, &poll->codes[i].hash)));
		lines[i] = ballot_code_line(arena, &ballot, &poll->codes[i]);
	}
	struct hash root = ballot_root(lines, CODES);

	doc_push(arena, lists, list);
	doc_set(arena, payload, "ballot", doc_int(arena, 1));
	doc_set(arena, payload, "by", doc_int(arena, by));
	doc_set(arena, payload, "spec", read_doc(arena, spec));
	doc_set(arena, payload, "codes", lists);
	doc_set(arena, payload, "root", doc_text(arena, hex(arena, &root)));
	return payload;
}

static int text_order(const void *left, const void *right)
{
	return str_compare(*(const struct str *)left, *(const struct str *)right);
}

/* The seals of the lines from `from` on, sorted. */
static struct doc *sealing(struct poll *poll, size_t from, size_t count)
{
	struct doc *payload = doc_object(poll->arena), *list = doc_list(poll->arena);
	struct str seals[CODES];

	for (size_t i = 0; i < count; i++) {
		struct hash seal = ballot_seal(poll->lines[from + i]);

		seals[i] = hex(poll->arena, &seal);
	}
	qsort(seals, count, sizeof *seals, text_order);
	for (size_t i = 0; i < count; i++)
		doc_push(poll->arena, list, doc_text(poll->arena, seals[i]));
	doc_set(poll->arena, payload, "ballot", doc_int(poll->arena, 1));
	doc_set(poll->arena, payload, "seals", list);
	return payload;
}

/* A closing that publishes these lines and says `good` and `poor` of them, and that score. */
static struct doc *closing(struct poll *poll, const struct str *lines, size_t count, const char *result)
{
	struct doc *payload = doc_object(poll->arena), *list = doc_list(poll->arena);

	for (size_t i = 0; i < count; i++)
		doc_push(poll->arena, list, doc_text(poll->arena, lines[i]));
	doc_set(poll->arena, payload, "ballot", doc_int(poll->arena, 1));
	doc_set(poll->arena, payload, "lines", list);
	doc_set(poll->arena, payload, "result", read_doc(poll->arena, result));
	return payload;
}

/* 15 lines, of which 5 say poor. */
static const char fifteen[] =
	"{\"void\":\"\",\"returned\":15,\"groups\":[{\"lines\":15,\"paper\":0}],\"subjects\":[{\"outcome\":"
	"\"pass\",\"questions\":[{\"counts\":[0,10,5],\"score\":6667}]}]}";

static void open_and_seal(struct poll *poll)
{
	assert_int_equal(follow(poll, EVENT_BALLOT_OPENED, opening(poll, 2)), ERR_OK);
	assert_int_equal(follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 0, 5)), ERR_OK);
}

static void expect_wrong(struct poll *poll, enum err err, const char *what)
{
	assert_int_equal(err, ERR_TAMPERED);
	if (strstr(poll->why.text, what) == NULL)
		fail_msg("\"%s\" was expected, and it says: %s", what, poll->why.text);
}

static void an_honest_vote_is_believed(void **state)
{
	struct poll *poll = *state;

	open_and_seal(poll);
	assert_int_equal(follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, fifteen)), ERR_OK);
	assert_int_equal(ballots_find(&poll->ballots, 1)->row.state, BALLOT_CLOSED);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 5, 5)), "no such vote is open");
}

static void a_list_of_codes_has_its_own_root(void **state)
{
	struct poll *poll = *state;
	struct doc *payload = opening(poll, 2);
	struct hash other = ballot_code_hash(STR("another root"));

	doc_set(poll->arena, payload, "root", doc_text(poll->arena, hex(poll->arena, &other)));
	expect_wrong(poll, follow(poll, EVENT_BALLOT_OPENED, payload), "root isn't the one over");
	expect_wrong(poll, follow(poll, EVENT_BALLOT_OPENED, opening(poll, 3)), "made its codes");
}

static void a_stuffed_ballot_has_no_code(void **state)
{
	struct poll *poll = *state;
	struct ballot_line stuffed = {.code = ballot_code_hash(STR("STUFFED")),
		.marks = STR("1"),
		.salt = str_format(poll->arena, "%032d", 0)};

	open_and_seal(poll);
	poll->lines[15] = ballot_line_print(poll->arena, &stuffed);
	qsort(poll->lines, 16, sizeof *poll->lines, text_order);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 16, fifteen)),
		"it was stuffed");
}

static void one_code_is_one_ballot(void **state)
{
	struct poll *poll = *state;

	open_and_seal(poll);
	poll->lines[6] = line_of(poll, 5, "1");
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, fifteen)),
		"has a code twice");
}

static void what_was_sealed_is_neither_changed_nor_left_out(void **state)
{
	struct poll *poll = *state;
	struct str kept = poll->lines[2];

	open_and_seal(poll);
	poll->lines[2] = line_of(poll, 2, "2");
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, fifteen)),
		"isn't in the list as it was");
	poll->lines[2] = kept;
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines + 1, 14, fifteen)),
		"isn't in the list as it was");
}

static void seals_hide_who_came_when(void **state)
{
	struct poll *poll = *state;
	struct doc *unsorted = sealing(poll, 0, 5);
	struct doc *seals = (struct doc *)doc_get(unsorted, "seals"), first = seals->items[0];

	assert_int_equal(follow(poll, EVENT_BALLOT_OPENED, opening(poll, 2)), ERR_OK);
	seals->items[0] = seals->items[1];
	seals->items[1] = first;
	expect_wrong(poll, follow(poll, EVENT_BALLOT_SEALED, unsorted), "aren't sorted");
	expect_wrong(poll, follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 0, 4)), "hide each other");
	assert_int_equal(follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 0, 5)), ERR_OK);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 0, 5)), "was there before");
}

static void the_last_ones_hide_each_other_too(void **state)
{
	struct poll *poll = *state;

	open_and_seal(poll);
	assert_int_equal(follow(poll, EVENT_BALLOT_SEALED, sealing(poll, 5, 6)), ERR_OK);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, fifteen)),
		"came last");
}

static void a_result_is_what_counting_gives(void **state)
{
	struct poll *poll = *state;
	static const char flattered[] =
		"{\"void\":\"\",\"returned\":15,\"groups\":[{\"lines\":15,\"paper\":0}],\"subjects\":[{"
		"\"outcome\":\"pass\",\"questions\":[{\"counts\":[0,11,4],\"score\":7333}]}]}";

	open_and_seal(poll);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, flattered)),
		"isn't what counting its list gives");
	/* A vote can't be hidden behind "too few" either. */
	expect_wrong(poll,
		follow(poll, EVENT_BALLOT_CLOSED,
			closing(poll, poll->lines, 15, "{\"void\":\"too_few\",\"returned\":15}")),
		"unless there are too few");
}

static void paper_is_two_peoples_count(void **state)
{
	struct poll *poll = *state;
	struct doc *payload = doc_object(poll->arena);

	open_and_seal(poll);
	doc_set(poll->arena, payload, "ballot", doc_int(poll->arena, 1));
	doc_set(poll->arena, payload, "by", doc_int(poll->arena, 7));
	doc_set(poll->arena, payload, "paper",
		read_doc(poll->arena, "{\"groups\":[{\"returned\":8,\"counts\":[[0,8,0]]}]}"));
	assert_int_equal(follow(poll, EVENT_BALLOT_PAPER, payload), ERR_OK);
	expect_wrong(poll, follow(poll, EVENT_BALLOT_PAPER, payload), "two people");
	expect_wrong(poll, follow(poll, EVENT_BALLOT_CLOSED, closing(poll, poll->lines, 15, fifteen)),
		"one person alone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_honest_vote_is_believed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_list_of_codes_has_its_own_root, setup, teardown),
		cmocka_unit_test_setup_teardown(a_stuffed_ballot_has_no_code, setup, teardown),
		cmocka_unit_test_setup_teardown(one_code_is_one_ballot, setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_was_sealed_is_neither_changed_nor_left_out, setup, teardown),
		cmocka_unit_test_setup_teardown(seals_hide_who_came_when, setup, teardown),
		cmocka_unit_test_setup_teardown(the_last_ones_hide_each_other_too, setup, teardown),
		cmocka_unit_test_setup_teardown(a_result_is_what_counting_gives, setup, teardown),
		cmocka_unit_test_setup_teardown(paper_is_two_peoples_count, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
