/* test_letter.c: what is reported without a name waits until its day is over, and is then recorded with the
 * day and nothing finer; the code's hash opens it, and nothing else does. */
#include "check/check.h"
#include "reporting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static int set_up(void **state)
{
	struct district *district = district_new();

	reporting_adopt(district);
	*state = district;
	return 0;
}

static int tear_down(void **state)
{
	district_free(*state);
	return 0;
}

static void refused_at(struct district *district, enum err err, enum err wanted, const char *place)
{
	assert_int_equal(err, wanted);
	assert_string_equal(district->why.place, place);
}

/* The office does `action`, giving one text. */
static enum err office(
	struct district *district, int64_t matter, const char *action, const char *field, const char *text)
{
	struct doc *fields = doc_object(district->arena);
	struct command command = {
		.kind = COMMAND_ACT, .matter = matter, .name = str_from(action), .fields = fields};

	doc_set(district->arena, fields, field, doc_text(district->arena, str_from(text)));
	return district_command(district, "ji", command, NULL);
}

static void what_comes_is_no_event_before_the_day_is_over(void **state)
{
	struct district *district = *state;
	int64_t events = district_number(district, "select count(*) from event");

	district_at(district, "2019-03-04 16:20");
	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	assert_int_equal(district->receipt.count, 0);
	district_must(district, reporting_add(district, "one", "又想起一件事"));
	assert_int_equal(district_pass(district, "2019-03-04 23:59"), 0);
	assert_int_equal(district_number(district, "select count(*) from event"), events);
	assert_int_equal(
		district_number(district, "select count(*) from letter_waiting where came = '2019-03-04'"),
		2);

	assert_int_equal(district_pass(district, "2019-03-05 00:01"), 2);
	assert_int_equal(district_number(district, "select count(*) from letter_waiting"), 0);
	assert_int_equal(
		district_number(district, "select count(*) from letter where institution_id = $1"), 1);
	/* The day, and no finer time: neither in the payloads nor in the instants of their events. */
	assert_int_equal(district_number(district,
				 "select count(*) from event join payload using (institution_id, idx) where "
				 "object = (select 'm' || matter from letter) and "
				 "instr(cast(body as text), '\"came\":\"2019-03-04\"') > 0"),
		2);
	/* The unit that it is about is kept out. */
	assert_int_equal(district_number(district,
				 "select s.unit from subject s join letter l on l.matter = s.matter"),
		unit_id(district->scene, "water"));
	/* It is owed an answer, from then on. */
	assert_int_equal(district_number(district, "select count(*) from duty where name = 'answer_it' and "
						   "state = 'open' and person is null"),
		1);
	assert_int_equal(district_number(district, "select count(*) from notice where kind = 'added'"), 1);
	assert_int_equal(district_pass(district, "2019-03-05 00:02"), 0);
}

/* Whoever comes first isn't recorded first: the hash of a random code decides. */
static void the_order_in_which_they_came_is_lost(void **state)
{
	struct district *district = *state;
	static const char *const codes[] = {"a", "b", "c", "d", "e"};

	for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
		district_must(district, reporting_send(district, codes[i], "water", codes[i]));
	district_pass(district, "2019-03-05 00:01");
	struct str by_matter = district_text(
		district, "select group_concat(code) from (select code from letter order by matter)");
	struct str by_code = district_text(
		district, "select group_concat(code) from (select code from letter order by code)");

	assert_true(str_equal(by_matter, by_code));
	assert_false(str_equal(str_slice(by_matter, 0, 64), reporting_code(district, "a")));
}

static void no_trace_of_what_waited_is_left_in_the_files(void **state)
{
	struct district *district = *state;

	district_must(district, reporting_send(district, "one", "water", "独一无二的一句话"));
	district_must(district, reporting_send(district, "two", "agri", "另一句"));
	/* The log, which tells beside what it came, is emptied; by the writer, when it has answered. */
	struct str log = str_format(district->arena, "%.*s/bihuan.db-wal", STR_ARG(district->dir));
	struct stat found = {.st_size = -1};

	for (int i = 0; i < 500 && found.st_size != 0; i++) {
		assert_int_equal(stat(log.data, &found), 0);
		if (found.st_size != 0)
			usleep(10000);
	}
	assert_int_equal(found.st_size, 0);
}

static void it_is_tried_when_it_comes(void **state)
{
	struct district *district = *state;
	struct doc *fields = doc_object(district->arena);
	struct act act = {.kind = ACT_LETTER,
		.what.letter = {.code = reporting_code(district, "one"),
			.procedure = STR("small_report"),
			.fields = fields}};

	refused_at(district, district_act(district, act), ERR_INVALID, "subject");
	doc_set(district->arena, fields, "subject", doc_int(district->arena, 1));
	doc_set(district->arena, fields, "title", doc_text(district->arena, STR("一件事")));
	doc_set(district->arena, fields, "answer", doc_text(district->arena, STR("自己答复自己")));
	/* What isn't asked of whoever reports they don't fill in. */
	assert_int_equal(district_act(district, act), ERR_INVALID);
	act.what.letter.procedure = STR("key_task");
	act.what.letter.fields = doc_object(district->arena);
	assert_int_not_equal(district_act(district, act), ERR_OK);
	refused_at(district, reporting_add(district, "nobody's", "补充"), ERR_NOT_FOUND, "code");
	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	refused_at(district, reporting_send(district, "one", "water", "再来"), ERR_CONFLICT, "code");
	/* Whom it is about doesn't read it. */
	refused_at(district, reporting_send(district, "own", "inspection", "自查"), ERR_REFUSED, "about");
	assert_int_equal(district_number(district, "select count(*) from letter_waiting"), 1);
}

static void the_office_answers_and_its_maker_goes_on(void **state)
{
	struct district *district = *state;

	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	district_pass(district, "2019-03-05 09:00");
	int64_t matter = district_number(district, "select matter from letter");

	district_must(district, office(district, matter, "say", "words", "请说明日期"));
	district_must(district, reporting_add(district, "one", "三月一日"));
	/* Nobody else adds in the reporter's place, and a note without a name needs the code. */
	struct command note = {.kind = COMMAND_NOTE, .matter = matter, .text = STR("冒充")};

	assert_int_equal(district_act(district, (struct act){.kind = ACT_COMMAND, .what.command = &note}),
		ERR_FORBIDDEN);
	assert_int_equal(district_pass(district, "2019-03-06 00:01"), 1);
	district_must(district, office(district, matter, "answer", "answer", "已责成整改"));
	refused_at(district, reporting_add(district, "one", "还有"), ERR_REFUSED, "end");
}

static void who_does_not_answer_misses_their_duty(void **state)
{
	struct district *district = *state;

	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	district_pass(district, "2019-03-05 09:00");
	assert_true(district_pass(district, "2019-03-20 00:01") > 0);
	assert_int_equal(district_number(district, "select breached from duty where name = 'answer_it'"), 1);
}

static void what_is_added_on_the_last_day_is_recorded_behind_the_end(void **state)
{
	struct district *district = *state;

	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	district_pass(district, "2019-03-05 09:00");
	district_must(district, reporting_add(district, "one", "还有"));
	district_must(district, office(district, district_number(district, "select matter from letter"),
					"answer", "answer", "已答复"));
	assert_int_equal(district_pass(district, "2019-03-06 00:01"), 1);
}

static void a_day_takes_no_more_than_its_measure(void **state)
{
	struct district *district = *state;

	for (int i = 0; i < LETTERS_A_DAY; i++)
		district_must(district,
			reporting_send(district, str_format(district->arena, "%d", i).data, "water", "一件"));
	assert_int_equal(reporting_send(district, "last", "water", "一件"), ERR_TOO_MANY);
	district_pass(district, "2019-03-05 00:01");
	district_must(district, reporting_send(district, "last", "water", "一件"));
}

static void differ(void *context, const char *place, struct str live, struct str rebuilt)
{
	(void)context;
	fail_msg("%s: live %.*s rebuilt %.*s", place, STR_ARG(live), STR_ARG(rebuilt));
}

static void replay_gives_the_same_rows(void **state)
{
	struct district *district = *state;
	struct replayed replayed;

	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	district_pass(district, "2019-03-05 09:00");
	district_must(district, reporting_add(district, "one", "三月一日"));
	district_pass(district, "2019-03-06 09:00");
	district_must(district, reporting_send(district, "two", "agri", "态度"));
	district_must(district,
		check_replay(district->reader, district->now, differ, NULL, &replayed, &district->why));
	assert_int_equal(replayed.differences, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_comes_is_no_event_before_the_day_is_over, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_order_in_which_they_came_is_lost, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			no_trace_of_what_waited_is_left_in_the_files, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_is_tried_when_it_comes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_office_answers_and_its_maker_goes_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(who_does_not_answer_misses_their_duty, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_added_on_the_last_day_is_recorded_behind_the_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_day_takes_no_more_than_its_measure, set_up, tear_down),
		cmocka_unit_test_setup_teardown(replay_gives_the_same_rows, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
