/* office.c: the small institution in which the tests of accounts play. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

struct day day_of(const char *text)
{
	struct day day = DAY_NONE;

	if (text[0] != '\0')
		assert_int_equal(day_parse(str_from(text), &day, NULL), ERR_OK);
	return day;
}

void expect_err(const char *says, enum err err, enum err want, const char *place, const struct bh_err *why)
{
	if (err != want)
		fail_msg("%s: got %s (%s: %s), expected %s", says, err_name(err), why->place, why->text,
			err_name(want));
	if (err != ERR_OK && strcmp(why->place, place) != 0)
		fail_msg("%s: refused at '%s' (%s), expected at '%s'", says, why->place, why->text, place);
}

int64_t person_of(const struct office *office, const char *code)
{
	const struct person *person = org_person_by_code(office->org, str_from(code));

	if (person == NULL)
		fail_msg("nobody is called %s", code);
	return person->id;
}

int64_t post_of(const struct office *office, const char *code)
{
	return org_post_by_code(office->org, str_from(code))->id;
}

int64_t unit_of(const struct office *office, const char *code)
{
	return org_unit_by_code(office->org, str_from(code))->id;
}

void office_appoint(
	struct office *office, const char *post, const char *person, const char *from, const char *until)
{
	org_tenure_set(office->org, &(struct tenure){.id = (int64_t)org_tenure_count(office->org) + 1,
					    .post = post_of(office, post),
					    .person = person_of(office, person),
					    .from = day_of(from),
					    .until = day_of(until)});
}

void office_kin(struct office *office, const char *person, const char *other, const char *until)
{
	struct kin kin = {.id = (int64_t)org_kin_count(office->org) + 1,
		.person = person_of(office, person),
		.other = person_of(office, other),
		.kind = STR("spouse"),
		.until = day_of(until)};

	assert_int_equal(org_kin_may(office->org, &kin, NULL), ERR_OK);
	org_kin_set(office->org, &kin);
}

static void furnish(struct office *office)
{
	static const struct {
		const char *unit, *post;
		enum post_kind kind;
	} posts[] = {{"water", "water-head", POST_HEAD}, {"water", "water-deputy", POST_DEPUTY},
		{"inspection", "inspection-head", POST_HEAD}, {"inspection", "inspector", POST_MEMBER}};
	static const char *const people[] = {"wang", "wei", "ji", "luo", "hu", "xie", "gao", "ke", "zhu"};
	struct org *org = office->org;

	org_unit_set(org, &(struct unit){.id = 1,
				  .code = STR("water"),
				  .name = STR("水务局"),
				  .since = DAY_NONE,
				  .until = DAY_NONE});
	org_unit_set(org, &(struct unit){.id = 2,
				  .code = STR("inspection"),
				  .name = STR("审查调查室"),
				  .since = DAY_NONE,
				  .until = DAY_NONE});
	for (size_t i = 0; i < ARRAY_COUNT(posts); i++)
		org_post_set(org, &(struct post){.id = (int64_t)i + 1,
					  .code = str_from(posts[i].post),
					  .unit = unit_of(office, posts[i].unit),
					  .title = str_from(posts[i].post),
					  .kind = posts[i].kind,
					  .until = DAY_NONE});
	for (size_t i = 0; i < ARRAY_COUNT(people); i++)
		org_person_set(org, &(struct person){.id = (int64_t)i + 1,
					    .code = str_from(people[i]),
					    .name = str_from(people[i])});
	office_appoint(office, "water-head", "wang", "2019-01-01", "");
	office_appoint(office, "water-deputy", "wei", "2019-01-01", "");
	office_appoint(office, "inspection-head", "ji", "2019-01-01", "");
	office_appoint(office, "inspector", "luo", "2019-01-01", "");
	office_appoint(office, "inspector", "zhu", "2019-04-01", "");
}

struct office *office_new(void)
{
	static const struct str codes[ADMIN_COUNT] = {[ADMIN_SYSTEM] = {"system", 6},
		[ADMIN_SECURITY] = {"security", 8},
		[ADMIN_AUDIT] = {"audit", 5}};
	struct arena *arena = arena_new();
	struct office *office = ARENA_TAKE(arena, 1, struct office);
	struct account three[ADMIN_COUNT];

	office->arena = arena;
	office->org = org_new(arena);
	office->directory = directory_new(arena);
	office->today = day_of("2019-03-04");
	furnish(office);
	assert_int_equal(account_begin(office->directory, office->org, codes, three, NULL), ERR_OK);
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		directory_account_set(office->directory, &three[i]);
	assert_int_equal(office_account(office, "wang"), WANG);
	return office;
}

void office_free(struct office *office)
{
	arena_free(office->arena);
}

enum err office_change(struct office *office, struct account_ask ask)
{
	ask.today = office->today;
	memset(&office->why, 0, sizeof office->why);
	TRY(account_decide(office->directory, office->org, &ask, &office->result, &office->why));
	directory_account_set(office->directory, &office->result);
	return ERR_OK;
}

static void must_change(struct office *office, struct account_ask ask)
{
	expect_err(account_change_name(ask.change), office_change(office, ask), ERR_OK, "", &office->why);
}

int64_t office_account(struct office *office, const char *person)
{
	must_change(office,
		(struct account_ask){
			.change = ACCOUNT_CHANGE_CREATED, .by = SYSTEM, .person = person_of(office, person)});
	must_change(office,
		(struct account_ask){
			.change = ACCOUNT_CHANGE_RELEASED, .by = SECURITY, .account = office->result.id});
	return office->result.id;
}

int64_t office_admin(struct office *office, const char *code, const char *keeper, enum admin admin)
{
	must_change(office,
		(struct account_ask){.change = ACCOUNT_CHANGE_CREATED, .by = SYSTEM, .code = str_from(code)});
	int64_t id = office->result.id;

	must_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_BOUND,
				    .by = SYSTEM,
				    .account = id,
				    .person = person_of(office, keeper)});
	must_change(office,
		(struct account_ask){.change = ACCOUNT_CHANGE_RELEASED, .by = SECURITY, .account = id});
	must_change(office,
		(struct account_ask){
			.change = ACCOUNT_CHANGE_GRANTED, .by = SECURITY, .account = id, .admin = admin});
	return id;
}
