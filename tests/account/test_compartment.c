/* Who is let into a compartment, for how long, and who never. The case is about wang, head of water. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define CASE 12

static int open_office(void **state)
{
	*state = office_new();
	return 0;
}

static int close_office(void **state)
{
	office_free(*state);
	return 0;
}

static struct subject about(const struct office *office, const char *person)
{
	return (struct subject){.person = person_of(office, person)};
}

static struct member new_member(const struct office *office, const char *person, const char *until)
{
	return (struct member){.id = (int64_t)directory_member_count(office->directory) + 1,
		.matter = CASE,
		.person = person_of(office, person),
		.reason = STR("承办人"),
		.from = office->today,
		.until = day_of(until),
		.by = SECURITY};
}

static enum err record(struct office *office, const struct member *member, struct subject subject)
{
	memset(&office->why, 0, sizeof office->why);
	TRY(member_may(office->directory, office->org, member, &subject, 1, office->today, &office->why));
	directory_member_set(office->directory, member);
	return ERR_OK;
}

static enum err enter(struct office *office, const char *person, struct subject subject)
{
	memset(&office->why, 0, sizeof office->why);
	const struct visit visit = {.matter = CASE,
		.person = person_of(office, person),
		.subjects = &subject,
		.subject_count = 1,
		.today = office->today};

	return compartment_enter(office->directory, office->org, &visit, &office->why);
}

static void a_membership_has_a_reason_and_an_end_within_half_a_year(void **state)
{
	static const struct {
		const char *says, *until, *reason;
		int64_t by;
		enum err want;
		const char *place;
	} rows[] = {
		{"the security administrator grants", "2019-06-01", "承办人", SECURITY, ERR_OK, ""},
		{"180 days", "2019-08-31", "承办人", SECURITY, ERR_OK, ""},
		{"181 days", "2019-09-01", "承办人", SECURITY, ERR_RANGE, "until"},
		{"no end", "", "承办人", SECURITY, ERR_INVALID, "until"},
		{"it ends as it begins", "2019-03-04", "承办人", SECURITY, ERR_INVALID, "until"},
		{"no reason", "2019-06-01", " ", SECURITY, ERR_INVALID, "reason"},
		{"the system administrator", "2019-06-01", "承办人", SYSTEM, ERR_FORBIDDEN, "by"},
		{"the audit administrator", "2019-06-01", "承办人", AUDIT, ERR_FORBIDDEN, "by"},
		{"a person", "2019-06-01", "承办人", WANG, ERR_FORBIDDEN, "by"},
		{"the program itself", "2019-06-01", "承办人", 0, ERR_FORBIDDEN, "by"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct office *office = office_new();
		struct member member = new_member(office, "ji", rows[i].until);

		member.reason = str_from(rows[i].reason);
		member.by = rows[i].by;
		expect_err(rows[i].says, record(office, &member, about(office, "wang")), rows[i].want,
			rows[i].place, &office->why);
		office_free(office);
	}
}

static void whom_it_is_about_and_their_own_never_enter(void **state)
{
	static const struct {
		const char *says, *subject, *person;
		enum err want;
	} rows[] = {
		{"the subject", "wei", "wei", ERR_REFUSED},
		{"the head of the subject's unit", "wei", "wang", ERR_REFUSED},
		{"a relative of the subject", "wei", "hu", ERR_REFUSED},
		{"a relative of the head", "wei", "xie", ERR_REFUSED},
		{"a colleague of the same unit, whom nothing ties", "wang", "wei", ERR_OK},
		{"a relative of the past", "wei", "gao", ERR_OK},
		{"an investigator", "wei", "luo", ERR_OK},
	};
	struct office *office = *state;

	office_kin(office, "hu", "wei", "");
	office_kin(office, "wang", "xie", "2020-01-01");
	office_kin(office, "wei", "gao", "2019-03-04");
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct member member = new_member(office, rows[i].person, "2019-06-01");

		expect_err(rows[i].says, record(office, &member, about(office, rows[i].subject)),
			rows[i].want, "avoidance", &office->why);
	}
}

static void a_unit_or_a_post_as_subject_means_its_people(void **state)
{
	struct office *office = *state;
	struct subject unit = {.unit = unit_of(office, "water")};
	struct subject post = {.post = post_of(office, "water-deputy")};
	struct member wang = new_member(office, "wang", "2019-06-01"),
		      wei = new_member(office, "wei", "2019-06-01");

	expect_err(
		"the head of the unit", record(office, &wang, unit), ERR_REFUSED, "avoidance", &office->why);
	expect_err("who holds the post", record(office, &wei, post), ERR_REFUSED, "avoidance", &office->why);
	expect_err("the head above the post", record(office, &wang, post), ERR_REFUSED, "avoidance",
		&office->why);
	/* It answers for the unit, so it is the subject as much as the head is. */
	expect_err(
		"a deputy of the unit", record(office, &wei, unit), ERR_REFUSED, "avoidance", &office->why);
}

static void what_changes_later_shuts_the_door_by_itself(void **state)
{
	struct office *office = *state;
	struct member luo = new_member(office, "luo", "2019-06-01");

	expect_err("granted", record(office, &luo, about(office, "wei")), ERR_OK, "", &office->why);
	expect_err("enters", enter(office, "luo", about(office, "wei")), ERR_OK, "", &office->why);
	expect_err("somebody else doesn't", enter(office, "ji", about(office, "wei")), ERR_NOT_FOUND,
		"matter", &office->why);
	office_kin(office, "wei", "luo", "");
	expect_err("a relative since", enter(office, "luo", about(office, "wei")), ERR_NOT_FOUND, "matter",
		&office->why);
}

static void who_becomes_head_over_the_subject_is_out(void **state)
{
	struct office *office = *state;
	struct member luo = new_member(office, "luo", "2019-06-01");
	struct tenure ended = *org_tenure_at(office->org, 0);

	expect_err("granted", record(office, &luo, about(office, "wei")), ERR_OK, "", &office->why);
	ended.until = day_of("2019-03-10");
	org_tenure_set(office->org, &ended);
	office_appoint(office, "water-head", "luo", "2019-03-10", "");
	expect_err("until the day", enter(office, "luo", about(office, "wei")), ERR_OK, "", &office->why);
	office->today = day_of("2019-03-10");
	expect_err("from that day", enter(office, "luo", about(office, "wei")), ERR_NOT_FOUND, "matter",
		&office->why);
}

static void a_membership_ends_with_its_day(void **state)
{
	struct office *office = *state;
	struct member luo = new_member(office, "luo", "2019-03-06");

	expect_err("granted", record(office, &luo, about(office, "wang")), ERR_OK, "", &office->why);
	office->today = day_of("2019-03-05");
	expect_err("the last day", enter(office, "luo", about(office, "wang")), ERR_OK, "", &office->why);
	office->today = day_of("2019-03-06");
	expect_err("the day after", enter(office, "luo", about(office, "wang")), ERR_NOT_FOUND, "matter",
		&office->why);
	luo.until = day_of("2019-09-01");
	expect_err("granted anew, from the day it is done", record(office, &luo, about(office, "wang")),
		ERR_OK, "", &office->why);
}

static void whoever_owes_something_in_it_needs_no_membership(void **state)
{
	struct office *office = *state;
	const struct subject wei = about(office, "wei");
	struct visit visit = {
		.matter = CASE, .owes = true, .subjects = &wei, .subject_count = 1, .today = office->today};
	static const struct {
		const char *says, *person;
		enum err want;
	} rows[] = {
		{"who bears a duty of it", "luo", ERR_OK},
		{"whoever has no post bears none", "gao", ERR_NOT_FOUND},
		{"the subject", "wei", ERR_NOT_FOUND},
		{"the head of the subject's unit", "wang", ERR_NOT_FOUND},
	};

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		visit.person = person_of(office, rows[i].person);
		expect_err(rows[i].says,
			compartment_enter(office->directory, office->org, &visit, &office->why), rows[i].want,
			"matter", &office->why);
	}
}

static void who_grants_cannot_read(void **state)
{
	struct office *office = *state;
	struct member hu = new_member(office, "hu", "2019-06-01");

	expect_err("a member", record(office, &hu, about(office, "wang")), ERR_OK, "", &office->why);
	office_admin(office, "security-2", "hu", ADMIN_SECURITY);
	expect_err("who became a keeper is out", enter(office, "hu", about(office, "wang")), ERR_NOT_FOUND,
		"matter", &office->why);
	struct member again = new_member(office, "hu", "2019-06-01");

	again.matter = CASE + 1;
	expect_err("and gets into no other", record(office, &again, about(office, "wang")), ERR_REFUSED,
		"person", &office->why);
	const struct visit nobody = {.matter = CASE, .owes = true, .today = office->today};

	assert_int_equal(compartment_enter(office->directory, office->org, &nobody, NULL),
		ERR_NOT_FOUND); /* an account without a person */
}

static void the_owner_may_send_a_member_away_and_nothing_else(void **state)
{
	struct office *office = *state;
	int64_t ji_account = office_account(office, "ji"), luo_account = office_account(office, "luo");
	struct member owner = new_member(office, "ji", "2019-06-01");

	owner.owner = true;
	expect_err("an owner", record(office, &owner, about(office, "wang")), ERR_OK, "", &office->why);
	struct member luo = new_member(office, "luo", "2019-06-01");

	expect_err("a member", record(office, &luo, about(office, "wang")), ERR_OK, "", &office->why);
	luo.by = luo_account;
	luo.until = day_of("2019-04-01");
	expect_err("a member changes nothing", record(office, &luo, about(office, "wang")), ERR_FORBIDDEN,
		"by", &office->why);
	luo.by = ji_account;
	luo.until = day_of("2019-07-01");
	expect_err("the owner doesn't lengthen", record(office, &luo, about(office, "wang")), ERR_FORBIDDEN,
		"by", &office->why);
	luo.until = day_of("2019-06-01");
	luo.owner = true;
	expect_err("nor hand it on", record(office, &luo, about(office, "wang")), ERR_FORBIDDEN, "by",
		&office->why);
	luo.owner = false;
	luo.until = office->today;
	expect_err(
		"but ends it today", record(office, &luo, about(office, "wang")), ERR_OK, "", &office->why);
	expect_err("and the member is out", enter(office, "luo", about(office, "wang")), ERR_NOT_FOUND,
		"matter", &office->why);
	struct member wei = new_member(office, "wei", "2019-06-01");

	wei.by = ji_account;
	expect_err("the owner takes nobody in", record(office, &wei, about(office, "wang")), ERR_FORBIDDEN,
		"by", &office->why);
}

static void there_is_one_owner_and_one_membership_each(void **state)
{
	struct office *office = *state;
	struct member ji = new_member(office, "ji", "2019-06-01");

	ji.owner = true;
	expect_err("an owner", record(office, &ji, about(office, "wang")), ERR_OK, "", &office->why);
	struct member luo = new_member(office, "luo", "2019-06-01");

	luo.owner = true;
	expect_err("a second owner", record(office, &luo, about(office, "wang")), ERR_CONFLICT, "owner",
		&office->why);
	struct member again = new_member(office, "ji", "2019-06-01");

	expect_err("a second membership", record(office, &again, about(office, "wang")), ERR_CONFLICT,
		"person", &office->why);
	ji.matter = CASE + 1;
	expect_err("a membership in another matter", record(office, &ji, about(office, "wang")), ERR_INVALID,
		"id", &office->why);
}

static void a_member_reads_back_as_it_was_written(void **state)
{
	struct office *office = *state;
	struct member member = new_member(office, "ji", "2019-06-01");
	struct doc *doc = member_to_doc(office->arena, &member);
	struct member back = member_from_doc(doc);

	assert_true(doc_equal(doc, member_to_doc(office->arena, &back)));
	assert_int_equal(back.until.number, member.until.number);
	assert_int_equal(back.by, SECURITY);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_membership_has_a_reason_and_an_end_within_half_a_year),
		IN_OFFICE(whom_it_is_about_and_their_own_never_enter),
		IN_OFFICE(a_unit_or_a_post_as_subject_means_its_people),
		IN_OFFICE(what_changes_later_shuts_the_door_by_itself),
		IN_OFFICE(who_becomes_head_over_the_subject_is_out),
		IN_OFFICE(a_membership_ends_with_its_day),
		IN_OFFICE(whoever_owes_something_in_it_needs_no_membership),
		IN_OFFICE(who_grants_cannot_read),
		IN_OFFICE(the_owner_may_send_a_member_away_and_nothing_else),
		IN_OFFICE(there_is_one_owner_and_one_membership_each),
		IN_OFFICE(a_member_reads_back_as_it_was_written),
	};

	return cmocka_run_group_tests_name("account: compartments", tests, NULL, NULL);
}
