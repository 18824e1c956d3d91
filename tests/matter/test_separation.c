/* Who reports never verifies: the separation of duties, and the ways around it that are shut. */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Each row: who reports, who asks to close, and who then tries to close. */
static void whoever_reported_may_not_verify(void **state)
{
	static const struct {
		const char *says, *reports, *asks, *closes;
		enum err want;
		const char *place;
	} rows[] = {
		{"two houses, two people", "wang", "wang", "he", ERR_OK, ""},
		{"one person of both houses reports and closes", "bo", "wang", "bo", ERR_REFUSED, "not_by"},
		{"asks and closes", "wang", "bo", "bo", ERR_REFUSED, "not_by"},
		{"another of the office closes what that one reported", "bo", "bo", "he", ERR_OK, ""},
		{"who reported as a delegate may not close", "du for wang", "wang", "du", ERR_REFUSED,
			"not_by"},
		{"for whom a delegate reported may not close", "wu for bo", "wang", "bo", ERR_REFUSED,
			"not_by"},
		{"who reported may not close for another", "bo", "wang", "bo for he", ERR_REFUSED, "not_by"},
		{"nor may another close for who reported", "bo", "wang", "he for bo", ERR_REFUSED, "not_by"},
		{"a delegate with clean hands, for a head with clean hands", "wang", "wang", "mei for he",
			ERR_OK, ""},
		{"the delegate's own report stains the closing for the head", "wu", "wang", "wu for he",
			ERR_REFUSED, "not_by"},
		{"a member of the office has no such power", "wang", "wang", "mei", ERR_FORBIDDEN, "by"},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_delegate(scene, "wang", "du", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "bo", "wu", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "bo", "he", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "he", "bo", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "he", "mei", "2019-03-01", "2019-04-01");
	scene_delegate(scene, "he", "wu", "2019-03-01", "2019-04-01");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_key_task(scene, "working", "2019-06-28");
		expect_ok(rows[i].says,
			scene_act(scene, rows[i].reports, "report", "progress=90|note=近完工"), scene);
		expect_ok(rows[i].says, scene_act_with(scene, rows[i].asks, "ask_close", NULL, 1), scene);
		expect_refused(rows[i].says, scene_act(scene, rows[i].closes, "close", NULL), rows[i].want,
			rows[i].place, scene);
	}
	scene_free(scene);
}

static void a_change_of_post_does_not_wash_hands(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("reported", scene_act(scene, "wei", "report", "progress=90|note=近完工"), scene);
	expect_ok("asked", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	scene_appoint(scene, "office-head", "wei", "2019-03-05");
	scene_appoint(scene, "water-deputy", "", "2019-03-05");
	scene_at(scene, "2019-03-05 09:00");
	expect_refused("the old head has no power any more", scene_act(scene, "he", "close", NULL),
		ERR_FORBIDDEN, "by", scene);
	expect_refused("the new head reported while in the other house",
		scene_act(scene, "wei", "close", NULL), ERR_REFUSED, "not_by", scene);
	expect_ok("the deputy closes", scene_act(scene, "du", "close", NULL), scene);
	scene_free(scene);
}

static void an_old_report_still_counts_after_a_return(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("bo reports", scene_act(scene, "bo", "report", "progress=10|note=开工"), scene);
	expect_ok("asked", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	expect_ok("bo may send back, which proves nothing", scene_act(scene, "bo", "send_back", "reason=缺"),
		scene);
	expect_ok("asked again", scene_act_with(scene, "wang", "ask_close", NULL, 1), scene);
	matter_settle(scene->matter);
	expect_refused(
		"bo reported once", scene_act(scene, "bo", "close", NULL), ERR_REFUSED, "not_by", scene);
	scene_free(scene);
}

static void a_delegation_holds_on_its_days_only(void **state)
{
	static const struct {
		const char *now;
		enum err want;
	} rows[] = {
		{"2019-03-04 23:59", ERR_FORBIDDEN},
		{"2019-03-05 00:00", ERR_OK},
		{"2019-03-07 23:59", ERR_OK},
		{"2019-03-08 00:00", ERR_FORBIDDEN},
	};
	struct scene *scene = scene_new();

	(void)state;
	scene_delegate(scene, "wang", "pan", "2019-03-05", "2019-03-08");
	scene_delegate(scene, "pan", "mo", "2019-03-01", "2019-04-01");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		scene_at(scene, "2019-03-04 09:00");
		scene_key_task(scene, "working", "2019-06-28");
		scene_at(scene, rows[i].now);
		expect_refused(rows[i].now, scene_act(scene, "pan for wang", "report", "progress=1|note=x"),
			rows[i].want, "on_behalf", scene);
		expect_refused("never passed on",
			scene_act(scene, "mo for wang", "report", "progress=1|note=x"), ERR_FORBIDDEN,
			"on_behalf", scene);
	}
	expect_refused("nobody stands in for themselves",
		scene_act(scene, "wang for wang", "report", "progress=1|note=x"), ERR_FORBIDDEN, "on_behalf",
		scene);
	scene_free(scene);
}

static void a_deputy_acting_in_the_post_acts_for_the_house(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	expect_ok("a task for agri, whose head's post is vacant",
		scene_open(scene, "he", "key_task",
			"title=x|lead_unit=agri|commander=vice-mayor|due=2019-06-28"),
		scene);
	expect_ok("dispatched", scene_act(scene, "he", "dispatch", NULL), scene);
	expect_refused("the head of another house", scene_act(scene, "wang", "sign", NULL), ERR_FORBIDDEN,
		"by", scene);
	expect_ok("who acts in the post signs", scene_act(scene, "ann", "sign", NULL), scene);
	assert_int_equal(doc_get_int(last_payload(scene), "post", 0), post_id(scene, "agri-head"));
	scene_free(scene);
}

/* A lost deed would let the reporter verify, so the digest must notice. */
static void the_digest_covers_who_did_what(void **state)
{
	struct scene *scene = scene_new();

	(void)state;
	scene_key_task(scene, "working", "2019-06-28");
	expect_ok("reported", scene_act(scene, "bo", "report", "progress=10|note=开工"), scene);
	struct hash before = matter_digest(scene->arena, scene->matter);
	struct deed first = scene->matter->deeds[0],
		    last = scene->matter->deeds[scene->matter->deed_count - 1];

	scene->matter->deeds[0] = last;
	scene->matter->deeds[scene->matter->deed_count - 1] = first;
	struct hash swapped = matter_digest(scene->arena, scene->matter);

	expect("their order means nothing", hash_equal(&before, &swapped));
	scene->matter->deed_count--;
	struct hash lost = matter_digest(scene->arena, scene->matter);

	expect("a lost one is seen", !hash_equal(&before, &lost));
	scene_free(scene);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_reported_may_not_verify),
		cmocka_unit_test(a_change_of_post_does_not_wash_hands),
		cmocka_unit_test(an_old_report_still_counts_after_a_return),
		cmocka_unit_test(a_delegation_holds_on_its_days_only),
		cmocka_unit_test(a_deputy_acting_in_the_post_acts_for_the_house),
		cmocka_unit_test(the_digest_covers_who_did_what),
	};

	return cmocka_run_group_tests_name("separation", tests, NULL, NULL);
}
