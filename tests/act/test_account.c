/* test_account.c: what administrators do, from the act to the record; and what their accounts can't do. */
#include "lodge.h"
#include "older.h"
#include "store/store_session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int open_lodge(void **state)
{
	*state = lodge_new();
	return 0;
}

static int close_lodge(void **state)
{
	lodge_free(*state);
	return 0;
}

static void expect_act(
	struct lodge *lodge, const char *says, struct act act, enum err want, const char *place)
{
	enum err err = district_act(lodge->district, act);

	if (err != want || (want != ERR_OK && strcmp(lodge->district->why.place, place) != 0))
		fail_msg("%s: %s: %s: %s", says, err_name(err), lodge->district->why.place,
			lodge->district->why.text);
}

static void the_beginning_is_three_administrators_and_its_own_end(void **state)
{
	struct lodge *lodge = *state;
	static const struct str again[ADMIN_COUNT] = {
		[ADMIN_SYSTEM] = {"s", 1}, [ADMIN_SECURITY] = {"t", 1}, [ADMIN_AUDIT] = {"u", 1}};
	struct str kinds = district_text(lodge->district,
		"select group_concat(kind) from (select kind from event order by idx desc limit 4)");

	expect_text("the newest events", kinds.data, "bootstrap.end,admin.set,admin.set,admin.set");
	assert_int_equal(lodge->answer.receipt.count, 4);
	expect_act(lodge, "again", (struct act){.kind = ACT_BEGIN, .what.administrators = again},
		ERR_CONFLICT, "account");
	expect_act(lodge, "nobody makes an account",
		(struct act){.kind = ACT_ACCOUNT,
			.what.account =
				&(struct account_ask){.change = ACCOUNT_CHANGE_CREATED, .code = STR("x")}},
		ERR_FORBIDDEN, "by");
	expect_act(lodge, "nobody chooses the profile",
		(struct act){.kind = ACT_PROFILE, .what.profile = PROFILE_DJBH3}, ERR_FORBIDDEN, "by");
}

/* Each kind of act, asked through an account that may not. */
static void an_administrators_account_has_no_part_in_business(void **state)
{
	struct lodge *lodge = *state;
	struct command command = {.kind = COMMAND_OPEN, .name = STR("key_task"), .fields = NULL};
	struct person person = {.code = STR("x"), .name = STR("x")};
	struct unit unit = {.code = STR("x"), .name = STR("x"), .since = DAY_NONE, .until = DAY_NONE};
	struct post post = {
		.code = STR("x"), .title = STR("x"), .unit = 1, .kind = POST_MEMBER, .until = DAY_NONE};
	struct function function = {.name = STR("x"), .unit = 1};
	struct tenure tenure = {.post = 14, .person = 3};
	const struct act acts[] = {
		{.kind = ACT_COMMAND, .what.command = &command},
		{.kind = ACT_PERSON, .what.person = &person},
		{.kind = ACT_UNIT, .what.unit = &unit},
		{.kind = ACT_POST, .what.post = &post},
		{.kind = ACT_TENURE, .what.tenure = &tenure},
		{.kind = ACT_FUNCTION, .what.function = &function},
		{.kind = ACT_ADOPT,
			.what.adopt = {.items = &(struct definition_text){.file = STR("x"), .text = STR("x")},
				.count = 1}},
		{.kind = ACT_CALENDAR, .what.calendar = {.version = STR("x")}},
		{.kind = ACT_CLOCK, .what.matter = 1},
		{.kind = ACT_LOOK},
	};
	int64_t wang = lodge_account(lodge, "wang");

	for (size_t i = 0; i < ARRAY_COUNT(acts); i++)
		for (int64_t account = SYSTEM; account <= AUDIT; account++) {
			struct act act = acts[i];

			act.account = account;
			expect_act(lodge, "an administrator", act, ERR_FORBIDDEN, "account");
			act.person = person_id(lodge->district->scene, "he");
			expect_act(
				lodge, "an administrator in a person's name", act, ERR_FORBIDDEN, "person");
		}
	struct act act = acts[1];

	act.account = wang;
	expect_act(lodge, "a person's account without the person", act, ERR_FORBIDDEN, "person");
	act.person = person_id(lodge->district->scene, "he");
	expect_act(lodge, "a person's account for another", act, ERR_FORBIDDEN, "person");
	act.account = 99;
	expect_act(lodge, "no account", act, ERR_FORBIDDEN, "account");
	act.account = lodge_account(lodge, "lin");
	act.person = person_id(lodge->district->scene, "lin");
	expect_act(lodge, "one's own account", act, ERR_OK, "");
	act.account = wang;
	act.person = person_id(lodge->district->scene, "wang");
	lodge_must(lodge, "disabled",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_DISABLE, .by = SYSTEM, .account = wang}));
	person.code = STR("y");
	expect_act(lodge, "a disabled account", act, ERR_FORBIDDEN, "account");
}

static void a_post_and_an_administrators_account_exclude_each_other(void **state)
{
	struct lodge *lodge = *state;
	int64_t hu = lodge_person(lodge, "hu");
	struct tenure tenure = {
		.post = post_id(lodge->district->scene, "park-head"), .person = hu, .until = DAY_NONE};
	struct delegation delegation = {.from = person_id(lodge->district->scene, "wang"), .to = hu};
	struct person renamed = {.id = person_id(lodge->district->scene, "wang"),
		.code = STR("wang2"),
		.name = STR("wang"),
		.pseudonym = STR("p1")};

	scene_must(day_parse(STR("2019-03-01"), &tenure.from, NULL), &lodge->district->why);
	scene_must(day_parse(STR("2019-03-01"), &delegation.since, NULL), &lodge->district->why);
	scene_must(day_parse(STR("2019-12-01"), &delegation.until, NULL), &lodge->district->why);
	lodge_must(lodge, "a keeper for the security administrator's account",
		lodge_ask(
			lodge, (struct auth_ask){
				       .kind = AUTH_BIND, .by = SYSTEM, .account = SECURITY, .person = hu}));
	expect_act(lodge, "a post", (struct act){.kind = ACT_TENURE, .what.tenure = &tenure}, ERR_REFUSED,
		"person");
	expect_act(lodge, "a delegation",
		(struct act){.kind = ACT_DELEGATION, .what.delegation = &delegation}, ERR_REFUSED, "to");
	lodge_account(lodge, "wang");
	expect_act(lodge, "a sign-in name changes", (struct act){.kind = ACT_PERSON, .what.person = &renamed},
		ERR_CONFLICT, "code");
	auth_close(lodge->auth);
	lodge->auth = NULL;
	district_reopen(lodge->district);
	expect_act(lodge, "also after a restart", (struct act){.kind = ACT_TENURE, .what.tenure = &tenure},
		ERR_REFUSED, "person");
}

/* What an outsider sees of it: pseudonyms. */
static void the_envelope_names_nobody(void **state)
{
	struct lodge *lodge = *state;
	int64_t wang = lodge_account(lodge, "wang");
	struct str pseudonym = district_text(lodge->district, "select pseudonym from account where id = 2");
	struct str sql = str_format(lodge->district->arena,
		"select cast(envelope as text) from event where object = 'a%lld' order by idx desc limit 1",
		(long long)wang);
	struct str envelope = district_text(lodge->district, sql.data);

	expect("the actor is the security administrator's pseudonym",
		str_find(envelope, pseudonym) != SIZE_MAX);
	expect("no sign-in name", str_find(envelope, STR("wang")) == SIZE_MAX);
	expect("the payload is personal", str_find(envelope, STR("\"personal\"")) != SIZE_MAX);
}

/* Even past the rules, the database holds on. */
static void the_store_refuses_what_the_rules_would(void **state)
{
	struct lodge *lodge = *state;
	struct store *store;
	struct bh_err why;
	int64_t wang = lodge_account(lodge, "wang");
	struct account rows[] = {
		{.id = 9,
			.code = STR("second"),
			.pseudonym = STR("x"),
			.person = person_id(lodge->district->scene, "wang")},
		{.id = 9, .code = STR("wang"), .pseudonym = STR("x")},
		{.id = wang, .code = STR("wang"), .pseudonym = STR("x"), .person = 7, .admin = ADMIN_AUDIT},
		{.id = wang, .code = STR("wang"), .pseudonym = STR("x"), .person = 7, .keeper = 8},
	};

	district_must(lodge->district, store_open(lodge->district->dir, STORE_SESSION, &store, &why));
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		assert_int_equal(store_begin(store, &why), ERR_OK);
		assert_int_equal(store_account_put(store, &rows[i], &why), ERR_BROKEN);
		store_abort(store);
	}
	assert_int_equal(store_begin(store, &why), ERR_OK);
	rows[0].person = person_id(lodge->district->scene, "wei");
	assert_int_equal(store_account_put(store, &rows[0], &why), ERR_OK);
	store_abort(store);
	store_close(store);
}

static void an_administrator_works_through_a_fresh_session(void **state)
{
	struct lodge *lodge = *state;
	struct arena *arena = lodge->district->arena;
	struct str secret;

	lodge_must(lodge, "reset by the one", /* its first password was told in lodge_new and forgotten */
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RESET, .by = AUDIT, .account = SYSTEM}));
	struct str first = str_copy(arena, str_from(lodge->answer.text));

	lodge_must(lodge, "released by the other",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SECURITY, .account = SYSTEM}));
	struct str whole = str_format(arena, "%.*s%s", STR_ARG(first), lodge->answer.text);

	lodge_must(lodge, "signed in", lodge_sign_in(lodge, "system", whole.data, ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD | NEED_TOTP);
	struct auth_ask create = {.kind = AUTH_CREATE,
		.session = str_copy(arena, str_from(lodge->session)),
		.person = person_id(lodge->district->scene, "wei")};

	assert_int_equal(lodge_ask(lodge, create), ERR_STEP_UP);
	lodge_must(lodge, "a password",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_PASSWORD,
					 .session = str_from(lodge->session),
					 .password = whole,
					 .wanted = STR(GOOD_PASSWORD)}));
	create.session = str_copy(arena, str_from(lodge->session));
	assert_int_equal(lodge->answer.needs, NEED_TOTP);
	assert_int_equal(lodge_ask(lodge, create), ERR_STEP_UP);
	secret = lodge_enrol(lodge, create.session);
	assert_int_equal(lodge->answer.needs, 0);
	create.session = str_copy(arena, str_from(lodge->session));
	lodge_must(lodge, "an account", lodge_ask(lodge, create));
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE,
						  .session = create.session,
						  .account = lodge->answer.id}),
		ERR_FORBIDDEN); /* what one begins another completes */
	lodge_pass(lodge, 9 * 60 + 30);
	lodge_must(lodge, "seen",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SEEN, .session = create.session}));
	lodge_pass(lodge, 31);
	create.person = person_id(lodge->district->scene, "wu");
	assert_int_equal(lodge_ask(lodge, create), ERR_STEP_UP);
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_STEP_UP,
						  .session = create.session,
						  .password = STR(GOOD_PASSWORD)}),
		ERR_UNAUTHENTICATED); /* the second factor too */
	lodge_must(lodge, "proved",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_STEP_UP,
					 .session = create.session,
					 .password = STR(GOOD_PASSWORD),
					 .code = str_from(lodge_code(lodge, secret, 0))}));
	create.session = str_copy(arena, str_from(lodge->session));
	lodge_must(lodge, "another account", lodge_ask(lodge, create));
	lodge_pass(lodge, 10 * 60);
	assert_int_equal(lodge_ask(lodge, create), ERR_UNAUTHENTICATED); /* ten minutes idle */
}

static void a_reset_leaves_nothing_of_what_was(void **state)
{
	struct lodge *lodge = *state;
	int64_t wang = lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");

	lodge_enrol(lodge, session);
	session = str_copy(lodge->district->arena, str_from(lodge->session));
	lodge_must(lodge, "a token",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOKEN_MAKE,
					 .session = session,
					 .token = {.name = STR("x"),
						 .scopes = 1,
						 .ends = {lodge->district->now.us + US_PER_DAY}}}));
	lodge_must(lodge, "reset",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RESET, .by = SYSTEM, .account = wang}));
	assert_int_equal(lodge_who(lodge, session.data).account, 0);
	assert_int_equal(lodge_number(lodge,
				 "select (select count(*) from session where account = 4) + (select count(*) "
				 "from api_token) + (select count(*) from totp) + (select count(*) from "
				 "recovery_code)"),
		0);
	assert_int_equal(lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""), ERR_UNAUTHENTICATED);
	assert_int_equal(
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SYSTEM, .account = wang}),
		ERR_FORBIDDEN);
	lodge_must(lodge, "released",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SECURITY, .account = wang}));
	assert_int_equal(lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""), ERR_UNAUTHENTICATED);
}

static void sample_accounts_are_for_a_demonstration_from_the_first_day(void **state)
{
	struct lodge *lodge = *state;
	struct auth_ask sample = {.kind = AUTH_SAMPLE,
		.person = person_id(lodge->district->scene, "wang"),
		.wanted = STR(GOOD_PASSWORD)};

	assert_int_equal(lodge_ask(lodge, sample), ERR_FORBIDDEN);
	lodge_account(lodge, "wei");
	expect_act(
		lodge, "once somebody has an account", (struct act){.kind = ACT_DEMO}, ERR_REFUSED, "demo");
}

static void a_demonstration_says_so_for_good(void **state)
{
	struct lodge *lodge = *state;
	bool demo;

	expect_act(lodge, "not by an administrator", (struct act){.kind = ACT_DEMO, .account = SYSTEM},
		ERR_FORBIDDEN, "account");
	expect_act(lodge, "marked", (struct act){.kind = ACT_DEMO}, ERR_OK, "");
	lodge_must(lodge, "a sample",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SAMPLE,
					 .person = person_id(lodge->district->scene, "wang"),
					 .wanted = STR(GOOD_PASSWORD)}));
	lodge_must(lodge, "in", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	assert_int_equal(lodge->answer.needs, 0);
	district_must(lodge->district, store_demo_get(lodge->district->reader, &demo, &lodge->why));
	assert_true(demo);
	lodge_must(lodge, "an administrator's",
		lodge_ask(
			lodge, (struct auth_ask){
				       .kind = AUTH_SAMPLE, .account = AUDIT, .wanted = STR(GOOD_PASSWORD)}));
	lodge_must(lodge, "in", lodge_sign_in(lodge, "audit", GOOD_PASSWORD, ""));
	assert_int_equal(lodge->answer.needs, NEED_TOTP); /* a second factor is one's own, also here */
}

static void a_granted_role_begins_with_a_new_sign_in(void **state)
{
	struct lodge *lodge = *state;
	struct arena *arena = lodge->district->arena;
	int64_t hu = lodge_person(lodge, "hu");

	lodge_must(lodge, "made",
		lodge_ask(
			lodge, (struct auth_ask){.kind = AUTH_CREATE, .by = SYSTEM, .name = STR("audit-2")}));
	int64_t id = lodge->answer.id;
	struct str first = str_copy(arena, str_from(lodge->answer.text));

	lodge_must(lodge, "kept",
		lodge_ask(lodge,
			(struct auth_ask){.kind = AUTH_BIND, .by = SYSTEM, .account = id, .person = hu}));
	lodge_must(lodge, "released",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SECURITY, .account = id}));
	struct str whole = str_format(arena, "%.*s%s", STR_ARG(first), lodge->answer.text);

	lodge_must(lodge, "in", lodge_sign_in(lodge, "audit-2", whole.data, ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD);
	struct str session = str_copy(arena, str_from(lodge->session));

	assert_int_equal(
		lodge_ask(lodge,
			(struct auth_ask){
				.kind = AUTH_GRANT, .by = SYSTEM, .account = id, .admin = ADMIN_AUDIT}),
		ERR_FORBIDDEN);
	lodge_must(lodge, "granted",
		lodge_ask(lodge,
			(struct auth_ask){
				.kind = AUTH_GRANT, .by = SECURITY, .account = id, .admin = ADMIN_AUDIT}));
	assert_int_equal(lodge_who(lodge, session.data).account, 0);
	lodge_must(lodge, "in again", lodge_sign_in(lodge, "audit-2", whole.data, ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD | NEED_TOTP);
	assert_int_equal(
		lodge_ask(lodge,
			(struct auth_ask){
				.kind = AUTH_GRANT, .by = SECURITY, .account = id, .admin = ADMIN_SYSTEM}),
		ERR_REFUSED);
}

/* ---- compartments ---- */

static int64_t open_inquiry(struct lodge *lodge, const char *respondent)
{
	static const char text[] =
		"procedure: inquiry\ngrasp: conduct\ntitle: {zh: 核查, en: Inquiry}\n"
		"number: \"核〔{year}〕{seq}号\"\n"
		"roles: {office: {function: supervision_office}, respondent: {field: respondent}}\n"
		"fields: {respondent: {type: person, required: true}}\n"
		"states: {begun: {start: true}, closed: {end: success}}\n"
		"actions:\n"
		"  close: {by: office, from: begun, to: closed}\n"
		"  reply: {by: respondent, from: begun, to: begun, purpose: hearing}\n"
		"duties: {close_it: {bearer: office, in: begun, discharged_by: close, within: 90 days, "
		"breach: {escalate: [superior of office]}}}\n"
		"visibility: compartment\n";
	struct district *district = lodge->district;
	struct doc *fields = doc_object(district->arena);
	struct command command = {.kind = COMMAND_OPEN, .name = STR("inquiry"), .fields = fields};

	district_must(district,
		district_act(district,
			(struct act){.kind = ACT_ADOPT,
				.what.adopt = {.items = &(struct definition_text){.file = STR("inquiry.yaml"),
						       .text = str_from(text)},
					.count = 1},
				.imported = true}));
	doc_set(district->arena, fields, "respondent",
		doc_int(district->arena, person_id(district->scene, respondent)));
	district_must(district, district_command(district, "he", command, NULL));
	return district->receipt.matter;
}

static void members_are_granted_by_security_and_refused_to_the_subjects_own(void **state)
{
	struct lodge *lodge = *state;
	const struct scene *scene = lodge->district->scene;
	int64_t matter = open_inquiry(lodge, "wei");
	int64_t open_matter = district_key_task(lodge->district, "working", "2019-06-28");
	struct kin kin = {
		.person = person_id(scene, "wei"), .other = person_id(scene, "mei"), .until = DAY_NONE};
	struct member member = {.matter = matter, .reason = STR("承办人"), .from = DAY_NONE};
	struct act act = {.kind = ACT_MEMBER, .account = SECURITY, .what.member = &member};

	scene_must(day_parse(STR("2019-08-31"), &member.until, NULL), &lodge->district->why);
	expect_act(lodge, "relatives", (struct act){.kind = ACT_KIN, .what.kin = &kin}, ERR_OK, "");
	static const struct {
		const char *says, *person;
		int64_t by;
		enum err want;
		const char *place;
	} rows[] = {
		{"the subject", "wei", SECURITY, ERR_REFUSED, "avoidance"},
		{"the head of the subject's unit", "wang", SECURITY, ERR_REFUSED, "avoidance"},
		{"a relative", "mei", SECURITY, ERR_REFUSED, "avoidance"},
		{"by the system administrator", "ji", SYSTEM, ERR_FORBIDDEN, "by"},
		{"by the audit administrator", "ji", AUDIT, ERR_FORBIDDEN, "by"},
		{"an inspector", "ji", SECURITY, ERR_OK, ""},
		{"a second time", "ji", SECURITY, ERR_CONFLICT, "person"},
	};

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		member.person = person_id(scene, rows[i].person);
		act.account = rows[i].by;
		expect_act(lodge, rows[i].says, act, rows[i].want, rows[i].place);
	}
	member.matter = open_matter;
	expect_act(lodge, "a matter that is no compartment", act, ERR_REFUSED, "matter");
	member.matter = 99;
	expect_act(lodge, "no matter", act, ERR_NOT_FOUND, "matter");
	struct str envelope = district_text(lodge->district,
		"select cast(envelope as text) from event where kind = 'compartment.member'");

	expect("the act is sealed", str_find(envelope, STR("\"act\":\"sealed\"")) != SIZE_MAX);
	expect("the payload is for members", str_find(envelope, STR("\"compartment\"")) != SIZE_MAX);
}

static void who_looked_is_recorded_and_shown(void **state)
{
	struct lodge *lodge = *state;
	struct looked *found;
	size_t count;
	struct looked looks[] = {
		{.object = STR("m1"), .account = 4, .first = {1}, .last = {5}, .times = 3},
		{.object = STR("m1"), .account = 5, .first = {2}, .last = {2}, .times = 1},
		{.object = STR("sign_in"), .account = AUDIT, .first = {3}, .last = {3}, .times = 1},
	};

	expect_act(lodge, "a batch",
		(struct act){.kind = ACT_LOOK, .what.looks = {.items = looks, .count = ARRAY_COUNT(looks)}},
		ERR_OK, "");
	assert_int_equal(lodge->district->receipt.count, 2); /* one event for each thing looked at */
	district_must(lodge->district, store_look_list(lodge->district->reader, lodge->district->arena,
					       STR("m1"), NULL, 10, &found, &count, &lodge->district->why));
	assert_int_equal(count, 2);
	assert_int_equal(found[0].times + found[1].times, 4);
	district_must(lodge->district, store_look_list(lodge->district->reader, lodge->district->arena,
					       STR_NONE, NULL, 10, &found, &count, &lodge->district->why));
	assert_int_equal(count, 3);
	assert_int_equal(
		lodge_number(lodge,
			"select count(*) from event where kind = 'access.look' and instr(cast(envelope "
			"as text), '\"sealed\"') > 0"),
		1);
}

static void looks_are_gathered_and_recorded_together(void **state)
{
	struct lodge *lodge = *state;
	struct district *district = lodge->district;
	struct look_log *log = look_log_new(district->installation);
	int64_t events = district_number(district, "select count(*) from event");

	lodge_must(lodge, "nothing", look_log_flush(log, &lodge->why));
	assert_int_equal(district_number(district, "select count(*) from event"), events);
	for (int i = 0; i < 7; i++) {
		lodge_pass(lodge, 1);
		assert_false(look_log_add(log, i % 2 == 0 ? STR("m3") : STR("sign_in"), AUDIT));
		assert_false(look_log_add(log, STR("m3"), SECURITY));
	}
	lodge_must(lodge, "recorded", look_log_flush(log, &lodge->why));
	lodge_must(lodge, "once", look_log_flush(log, &lodge->why));
	assert_int_equal(district_number(district, "select count(*) from event"), events + 2);
	assert_int_equal(
		district_number(district, "select times from look where object = 'm3' and account = 3"), 4);
	assert_int_equal(district_number(district,
				 "select last - first from look where object = 'm3' and account = 3"),
		6000000);
	assert_int_equal(district_number(district, "select times from look where object = 'sign_in'"), 3);
	assert_int_equal(
		district_number(district, "select times from look where object = 'm3' and account = 2"), 7);
	for (int64_t account = 1; account < 100; account++)
		assert_false(look_log_add(log, STR("m3"), account));
	assert_true(look_log_add(log, STR("m3"), 100));
	look_log_free(log);
}

/* What can't be recorded now waits. */
static void a_look_that_cannot_be_recorded_is_kept(void **state)
{
	struct lodge *lodge = *state;
	struct look_log *log = look_log_new(lodge->district->installation);
	struct str unnamed = STR("保密事项");

	look_log_add(log, str_format(lodge->district->arena, "m%.*s", STR_ARG(unnamed)), AUDIT);
	assert_int_not_equal(look_log_flush(log, &lodge->why), ERR_OK);
	assert_int_not_equal(look_log_flush(log, &lodge->why), ERR_OK);
	look_log_free(log);
}

/* ---- a restored one ---- */

static void a_restored_backup_has_the_accounts_and_no_sessions(void **state)
{
	struct lodge *lodge = *state;
	struct district *district = lodge->district;
	struct str above = temporary_folder(district->arena);
	struct str file = str_format(district->arena, "%s/backup.db", above.data),
		   dir = str_format(district->arena, "%s/data", above.data);
	struct auth_who who;
	struct account account;
	struct store *restored;

	lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");

	district_must(district, store_backup(district->reader, file, NULL, NULL, &district->why));
	district_must(district, store_restore(file, dir, &district->why));
	district_must(district, store_open(dir, STORE_READ, &restored, &district->why));
	assert_true(lodge_who(lodge, session.data).account > 0);
	assert_int_equal(auth_by_session(restored, session, district->now, &who, NULL), ERR_UNAUTHENTICATED);
	district_must(district,
		store_account_find(restored, district->arena, STR("wang"), &account, &district->why));
	assert_int_equal(account.state, ACCOUNT_ACTIVE);
	store_close(restored);
	remove_folder(above);
}

/* ---- an older database ---- */

static void a_database_from_before_accounts_is_brought_up_to_date(void **state)
{
	struct district *district = district_new();
	struct installation *installation;
	int64_t matter = district_key_task(district, "working", "2019-06-28");
	int before;
	struct command note = {.kind = COMMAND_NOTE, .matter = matter, .text = STR("各村落实了责任人")};

	(void)state;
	district_must(district, district_command(district, "wang", note, NULL));
	int64_t events = district_number(district, "select count(*) from event");

	district_close(district);
	older_schema(str_format(district->arena, "%.*s/bihuan.db", STR_ARG(district->dir)).data, 1);
	assert_int_equal(installation_open(district->dir, &district->source, &installation, &district->why),
		ERR_CONFLICT);
	expect("it says what to do", strstr(district->why.text, "bihuan migrate") != NULL);
	district_must(district, store_migrate(district->dir, &before, &district->why));
	assert_int_equal(before, 1);
	district_must(district, district_open(district));
	assert_int_equal(district_number(district, "select count(*) from event"), events);
	assert_int_equal(district_number(district, "select count(*) from account"), 0);
	/* Who may see what was read from the definitions. */
	assert_int_equal(
		district_number(district, "select count(*) from matter where visibility = 'institution'"), 1);
	assert_int_equal(
		district_number(district, "select count(distinct definition) from definition_function"), 2);
	/* And the words by which it is found: of its title, and of what was said before. */
	static const struct str words[] = {{"岸线", 6}, {"落实了责任", 15}};

	for (size_t i = 0; i < ARRAY_COUNT(words); i++) {
		const struct viewer viewer = {.person = person_id(district->scene, "wang"),
			.today = instant_day(district->now, OFFSET_CHINA)};
		struct page_after next;
		struct search_hit *hits;
		size_t count;

		district_must(district, store_search(district->reader, district->arena, &viewer, words[i], 10,
						NULL, &hits, &count, &next, &district->why));
		assert_int_equal(count, 1);
	}
	district_must(district, district_do(district, "wang", matter, "report", "progress=40|note=清淤完成"));
	static const struct str codes[ADMIN_COUNT] = {[ADMIN_SYSTEM] = {"system", 6},
		[ADMIN_SECURITY] = {"security", 8},
		[ADMIN_AUDIT] = {"audit", 5}};

	district_must(district,
		district_act(district, (struct act){.kind = ACT_BEGIN, .what.administrators = codes}));
	assert_int_equal(district_number(district, "select count(*) from account"), 3);
	district_free(district);
}

#define IN_LODGE(test) cmocka_unit_test_setup_teardown(test, open_lodge, close_lodge)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_LODGE(the_beginning_is_three_administrators_and_its_own_end),
		IN_LODGE(an_administrators_account_has_no_part_in_business),
		IN_LODGE(a_post_and_an_administrators_account_exclude_each_other),
		IN_LODGE(the_envelope_names_nobody),
		IN_LODGE(the_store_refuses_what_the_rules_would),
		IN_LODGE(an_administrator_works_through_a_fresh_session),
		IN_LODGE(a_reset_leaves_nothing_of_what_was),
		IN_LODGE(a_granted_role_begins_with_a_new_sign_in),
		IN_LODGE(sample_accounts_are_for_a_demonstration_from_the_first_day),
		IN_LODGE(a_demonstration_says_so_for_good),
		IN_LODGE(members_are_granted_by_security_and_refused_to_the_subjects_own),
		IN_LODGE(who_looked_is_recorded_and_shown),
		IN_LODGE(looks_are_gathered_and_recorded_together),
		IN_LODGE(a_look_that_cannot_be_recorded_is_kept),
		IN_LODGE(a_restored_backup_has_the_accounts_and_no_sessions),
		cmocka_unit_test(a_database_from_before_accounts_is_brought_up_to_date),
	};

	return cmocka_run_group_tests_name("act: accounts", tests, NULL, NULL);
}
