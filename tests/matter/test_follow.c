/* Following a matter: who may, for whom, until when; and what of it is news. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static enum err follow(struct scene *scene, const char *who)
{
	return scene_say(scene, COMMAND_FOLLOW, who, "", 0);
}

static enum err unfollow(struct scene *scene, const char *who)
{
	return scene_say(scene, COMMAND_UNFOLLOW, who, "", 0);
}

/* The kinds of news that the matter holds, in their order. */
static const char *news_text(struct scene *scene)
{
	struct buf buf = buf_new(scene->arena);

	for (size_t i = 0; i < scene->matter->news_count; i++)
		buf_format(&buf, "%s%s", i > 0 ? " " : "", notice_kind_name(scene->matter->news[i].kind));
	return buf_str(&buf).data;
}

static void whoever_sees_a_matter_follows_it(void **state)
{
	static const struct {
		const char *says, *who;
		bool sees;
		enum err want;
		const char *place;
	} rows[] = {
		{"the office", "he", true, ERR_OK, ""},
		{"another house", "pan", true, ERR_OK, ""},
		{"a member", "mo", true, ERR_OK, ""},
		{"whoever doesn't see it", "pan", false, ERR_FORBIDDEN, "by"},
		{"for another", "bo for he", true, ERR_INVALID, "on_behalf"},
		{"the clock", "", true, ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_delegate(scene, "he", "bo", "2019-01-01", "2020-01-01");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		scene->world.sees = rows[i].sees;
		expect_refused(rows[i].says, follow(scene, rows[i].who), rows[i].want, rows[i].place, scene);
		scene->world.sees = true;
	}
	scene_free(scene);
}

static void following_begins_and_ends(void **state)
{
	struct scene *scene = scene_new();
	int64_t pan = person_id(scene, "pan");

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_refused("before it began", unfollow(scene, "pan"), ERR_CONFLICT, "follow", scene);
	expect_ok("begins", follow(scene, "pan"), scene);
	expect("follows", matter_follower(scene->matter, pan) != NULL);
	expect("nobody else does", matter_follower(scene->matter, person_id(scene, "mo")) == NULL);
	expect_refused("twice", follow(scene, "pan"), ERR_CONFLICT, "follow", scene);
	scene->world.sees = false;
	expect_ok("who doesn't see it any more may still stop", unfollow(scene, "pan"), scene);
	expect("follows no more", matter_follower(scene->matter, pan) == NULL);
	expect_refused("once", unfollow(scene, "pan"), ERR_CONFLICT, "follow", scene);
	scene->world.sees = true;
	expect_ok("begins again", follow(scene, "pan"), scene);
	assert_int_equal(scene->matter->follower_count, 2);
	matter_settle(scene->matter);
	assert_int_equal(scene->matter->follower_count, 1);
	expect("settled, they still follow", matter_follower(scene->matter, pan) != NULL);
	scene_free(scene);
}

static void what_is_over_is_still_followed(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "closed", "2019-06-28");
	expect_ok("begins behind the end", follow(scene, "pan"), scene);
	expect_ok("and ends", unfollow(scene, "pan"), scene);
	scene_free(scene);
}

static void what_happens_is_news_while_somebody_follows(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	expect_text("nobody follows", news_text(scene), "");
	expect_ok("pan follows", follow(scene, "pan"), scene);
	expect_text("which itself is none", news_text(scene), "");
	expect_ok("a note", scene_say(scene, COMMAND_NOTE, "he", "已现场察看", 0), scene);
	expect_ok("an urging", scene_say(scene, COMMAND_URGE, "he", "请加快", 0), scene);
	expect_text("words are none", news_text(scene), "");
	expect_ok("it is accepted", scene_act(scene, "wang", "sign", NULL), scene);
	expect_text("it moves", news_text(scene), "moved");
	assert_int_equal(scene->matter->news[0].person, person_id(scene, "wang"));
	expect_ok("a report, which moves nothing", scene_act(scene, "wang", "report", "progress=10|note=x"),
		scene);
	expect_text("is none", news_text(scene), "moved");
	expect_ok("more time is asked for",
		scene_ask(scene, "wang", "extend", "reason=汛期停工|measure=增派人手|until=2019-07-31"),
		scene);
	expect_ok("and granted", scene_grant(scene, "he", 1, NULL), scene);
	expect_text("it is decided", news_text(scene), "moved decided");
	expect_ok("stops", unfollow(scene, "pan"), scene);
	scene_pass(scene, "2019-08-01 09:00");
	expect("a breach", scene->matter->late);
	expect_text("isn't kept for nobody", news_text(scene), "moved decided");
	scene_free(scene);
}

static void a_breach_is_news_of_its_duty(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "dispatched", "2019-06-28");
	expect_ok("follows", follow(scene, "pan"), scene);
	int64_t duty = scene_duty(scene, "sign_in_time")->id;

	scene_pass(scene, "2019-03-11 09:00");
	expect_text("breached", news_text(scene), "breached");
	assert_int_equal(scene->matter->news[0].duty, duty);
	assert_int_equal(scene->matter->news[0].person, 0);
	scene_free(scene);
}

/* Whether the matter arose from another is known where the row is written. */
static void an_end_is_kept_for_those_who_follow_the_cause(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "review", "2019-06-28");
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	expect_text("it ends", news_text(scene), "ended");
	expect("nobody follows it itself", scene->matter->news[0].to_cause);
	scene_key_task(scene, "review", "2019-06-28");
	expect_ok("followed", follow(scene, "pan"), scene);
	expect_ok("closed", scene_act(scene, "he", "close", NULL), scene);
	expect_text("it ends", news_text(scene), "ended");
	expect("somebody does", !scene->matter->news[0].to_cause);
	scene_free(scene);
}

static void what_a_breach_opens_begins_as_news(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	scene_pass(scene, "2019-06-29 09:00");
	expect("an accountability is opened", scene->opened.count > 0);
	struct matter *opened = matter_new(scene->arena);

	matter_apply(opened, &scene->opened.items[0], scene->definitions[1].procedure);
	assert_int_equal(opened->news_count, 1);
	assert_int_equal(opened->news[0].kind, NOTICE_BEGUN);
	expect("what nothing caused doesn't", scene->matter->news_count == 0);
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_sees_a_matter_follows_it),
		cmocka_unit_test(following_begins_and_ends),
		cmocka_unit_test(what_is_over_is_still_followed),
		cmocka_unit_test(what_happens_is_news_while_somebody_follows),
		cmocka_unit_test(a_breach_is_news_of_its_duty),
		cmocka_unit_test(an_end_is_kept_for_those_who_follow_the_cause),
		cmocka_unit_test(what_a_breach_opens_begins_as_news),
	};

	return cmocka_run_group_tests_name("follow", tests, NULL, NULL);
}
