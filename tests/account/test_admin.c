/* The three administrators, and every way around their separation that is shut. */
#include "office.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

/* Who may do what with wang's account, and with one that is waiting. */
static void each_change_is_one_administrators_work(void **state)
{
	static const struct {
		enum account_change change;
		int64_t may; /* which of the three */
		bool waiting;
	} rows[] = {{ACCOUNT_CHANGE_CREATED, SYSTEM, false}, {ACCOUNT_CHANGE_RELEASED, SECURITY, true},
		{ACCOUNT_CHANGE_UNLOCKED, SECURITY, false}, {ACCOUNT_CHANGE_RESET, SYSTEM, false},
		{ACCOUNT_CHANGE_DISABLED, SYSTEM, false}};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		for (int64_t by = 0; by <= WANG + 1; by++) {
			struct office *office = office_new();
			struct account_ask ask = {.change = rows[i].change, .by = by, .account = WANG};

			office_account(office, "luo"); /* by = 5: another person's account */
			if (rows[i].change == ACCOUNT_CHANGE_CREATED) {
				ask.account = 0;
				ask.person = person_of(office, "hu");
			}
			if (rows[i].waiting)
				assert_int_equal(office_change(office,
							 (struct account_ask){.change = ACCOUNT_CHANGE_RESET,
								 .by = SYSTEM,
								 .account = WANG}),
					ERR_OK);
			expect_err(account_change_name(rows[i].change), office_change(office, ask),
				by == rows[i].may ? ERR_OK : ERR_FORBIDDEN, "by", &office->why);
			office_free(office);
		}
}

static void nobody_changes_their_own_account(void **state)
{
	static const struct {
		enum account_change change;
		int64_t by;
	} rows[] = {{ACCOUNT_CHANGE_RESET, SYSTEM}, {ACCOUNT_CHANGE_DISABLED, SYSTEM},
		{ACCOUNT_CHANGE_UNLOCKED, SECURITY}, {ACCOUNT_CHANGE_GRANTED, SECURITY},
		{ACCOUNT_CHANGE_BOUND, SYSTEM}};
	struct office *office = *state;

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_err(account_change_name(rows[i].change),
			office_change(office, (struct account_ask){.change = rows[i].change,
						      .by = rows[i].by,
						      .account = rows[i].by,
						      .person = person_of(office, "hu"),
						      .admin = ADMIN_AUDIT}),
			ERR_FORBIDDEN, "by", &office->why);
}

static void no_account_comes_to_hold_two_roles(void **state)
{
	static const struct {
		const char *says;
		int64_t account;
		enum admin admin;
		const char *place;
	} rows[] = {
		{"a system administrator made security administrator", SYSTEM, ADMIN_SECURITY, "admin"},
		{"an audit administrator made system administrator", AUDIT, ADMIN_SYSTEM, "admin"},
		{"the same role once more", AUDIT, ADMIN_AUDIT, "admin"},
		{"an account with the business of a post", WANG, ADMIN_AUDIT, "account"},
		{"a role taken off", SYSTEM, ADMIN_NONE, "admin"},
	};
	struct office *office = *state;

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_err(rows[i].says,
			office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_GRANTED,
						      .by = SECURITY,
						      .account = rows[i].account,
						      .admin = rows[i].admin}),
			rows[i].admin == ADMIN_NONE ? ERR_INVALID : ERR_REFUSED, rows[i].place, &office->why);
}

static void a_role_is_not_washed_off_by_disabling(void **state)
{
	struct office *office = *state;
	int64_t second = office_admin(office, "system-2", "hu", ADMIN_SYSTEM);

	assert_int_equal(office_change(office,
				 (struct account_ask){
					 .change = ACCOUNT_CHANGE_DISABLED, .by = SYSTEM, .account = second}),
		ERR_OK);
	assert_int_equal(office_change(office,
				 (struct account_ask){
					 .change = ACCOUNT_CHANGE_RESET, .by = SYSTEM, .account = second}),
		ERR_OK);
	expect_err("reset and granted another role",
		office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_GRANTED,
					      .by = SECURITY,
					      .account = second,
					      .admin = ADMIN_SECURITY}),
		ERR_REFUSED, "admin", &office->why);
}

static void one_person_has_one_account(void **state)
{
	static const struct {
		const char *says;
		enum account_change change;
		const char *person;
		enum err want;
		const char *place;
	} rows[] = {
		{"a second account of one's own", ACCOUNT_CHANGE_CREATED, "wang", ERR_CONFLICT, "person"},
		{"an account beside the administrator's one keeps", ACCOUNT_CHANGE_CREATED, "hu", ERR_REFUSED,
			"person"},
		{"an administrator's account beside one's own", ACCOUNT_CHANGE_BOUND, "wang", ERR_REFUSED,
			"keeper"},
		{"who has an account and no post", ACCOUNT_CHANGE_BOUND, "xie", ERR_REFUSED, "keeper"},
		{"two administrators' accounts in one hand", ACCOUNT_CHANGE_BOUND, "hu", ERR_REFUSED,
			"keeper"},
		{"who holds a post", ACCOUNT_CHANGE_BOUND, "luo", ERR_REFUSED, "keeper"},
		{"who will hold a post next month", ACCOUNT_CHANGE_BOUND, "zhu", ERR_REFUSED, "keeper"},
		{"who acts for another", ACCOUNT_CHANGE_BOUND, "gao", ERR_REFUSED, "keeper"},
		{"nobody in particular", ACCOUNT_CHANGE_BOUND, "", ERR_NOT_FOUND, "person"},
		{"who has neither", ACCOUNT_CHANGE_BOUND, "ke", ERR_OK, ""},
	};
	struct office *office = *state;

	office_admin(office, "audit-2", "hu", ADMIN_AUDIT);
	office_account(office, "xie");
	org_delegation_set(office->org, &(struct delegation){.id = 1,
						.from = person_of(office, "wang"),
						.to = person_of(office, "gao"),
						.since = day_of("2019-03-20"),
						.until = day_of("2019-04-01")});
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_err(rows[i].says,
			office_change(office,
				(struct account_ask){.change = rows[i].change,
					.by = SYSTEM,
					.account = rows[i].change == ACCOUNT_CHANGE_BOUND ? SECURITY : 0,
					.person = rows[i].person[0] == '\0'
							  ? 0
							  : person_of(office, rows[i].person)}),
			rows[i].want, rows[i].place, &office->why);
}

static void a_persons_account_gets_no_keeper(void **state)
{
	struct office *office = *state;

	expect_err("bound to another person",
		office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_BOUND,
					      .by = SYSTEM,
					      .account = WANG,
					      .person = person_of(office, "hu")}),
		ERR_REFUSED, "account", &office->why);
}

static void an_administrators_role_needs_a_named_keeper(void **state)
{
	struct office *office = *state;

	assert_int_equal(office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_CREATED,
						       .by = SYSTEM,
						       .code = STR("spare")}),
		ERR_OK);
	expect_err("granted to nobody",
		office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_GRANTED,
					      .by = SECURITY,
					      .account = office->result.id,
					      .admin = ADMIN_AUDIT}),
		ERR_REFUSED, "keeper", &office->why);
}

/* A keeper's way into business: by a post, or by standing in for who has one. */
static void who_keeps_an_administrators_account_gets_no_business(void **state)
{
	struct office *office = *state;
	int64_t hu = person_of(office, "hu"), ke = person_of(office, "ke");
	struct tenure past = {.person = hu, .from = day_of("2018-01-01"), .until = day_of("2019-03-04")};
	struct tenure present = {.person = hu, .from = day_of("2019-03-04"), .until = DAY_NONE};
	struct tenure coming = {.person = hu, .from = day_of("2019-05-01"), .until = DAY_NONE};
	struct delegation to = {.from = ke, .to = hu, .until = day_of("2019-04-01")};
	struct delegation from = {.from = hu, .to = ke, .until = day_of("2019-04-01")};
	int64_t id = office_admin(office, "audit-2", "hu", ADMIN_AUDIT);

	expect_err("a post of the past",
		account_tenure_may(office->directory, &past, office->today, &office->why), ERR_OK, "",
		&office->why);
	expect_err("a post", account_tenure_may(office->directory, &present, office->today, &office->why),
		ERR_REFUSED, "person", &office->why);
	expect_err("a post to come",
		account_tenure_may(office->directory, &coming, office->today, &office->why), ERR_REFUSED,
		"person", &office->why);
	expect_err("acting for another",
		account_delegation_may(office->directory, &to, office->today, &office->why), ERR_REFUSED,
		"to", &office->why);
	expect_err("another acting for them",
		account_delegation_may(office->directory, &from, office->today, &office->why), ERR_REFUSED,
		"to", &office->why);
	assert_int_equal(
		office_change(office,
			(struct account_ask){.change = ACCOUNT_CHANGE_DISABLED, .by = SYSTEM, .account = id}),
		ERR_OK);
	expect_err("a post once the account is shut",
		account_tenure_may(office->directory, &present, office->today, &office->why), ERR_OK, "",
		&office->why);
}

/* A tie opens an account to somebody elsewhere: one administrator makes it, another puts it in force. */
static void a_tie_takes_two_and_is_one_accounts(void **state)
{
	static const struct {
		const char *says;
		int64_t by, account;
		const char *issuer, *subject;
		enum err want;
		const char *place;
	} rows[] = {
		{"by the one who releases", SECURITY, WANG, "https://id", "u-1", ERR_FORBIDDEN, "by"},
		{"of an administrator's account", SYSTEM, AUDIT, "https://id", "u-1", ERR_REFUSED, "account"},
		{"to nobody", SYSTEM, WANG, "https://id", "", ERR_INVALID, "subject"},
		{"by no server", SYSTEM, WANG, "", "u-1", ERR_INVALID, "issuer"},
		{"to what can't be read", SYSTEM, WANG, "https://id", "u\n1", ERR_INVALID, "subject"},
		{"as it should be", SYSTEM, WANG, "https://id", "u-1", ERR_OK, ""},
		{"once more", SYSTEM, WANG, "https://id", "u-1", ERR_CONFLICT, "subject"},
		{"to a name of another server", SYSTEM, WANG, "ldap", "u-1", ERR_OK, ""},
	};
	struct office *office = *state;

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_err(rows[i].says,
			office_change(office, (struct account_ask){.change = ACCOUNT_CHANGE_TIED,
						      .by = rows[i].by,
						      .account = rows[i].account,
						      .issuer = str_from(rows[i].issuer),
						      .subject = str_from(rows[i].subject)}),
			rows[i].want, rows[i].place, &office->why);
	assert_int_equal(office->result.state, ACCOUNT_WAITING);
	expect_err("released by who tied it",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_RELEASED, .by = SYSTEM, .account = WANG}),
		ERR_FORBIDDEN, "by", &office->why);
	expect_err("released",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_RELEASED, .by = SECURITY, .account = WANG}),
		ERR_OK, "", &office->why);
	assert_ptr_equal(directory_by_identity(office->directory, STR("ldap"), STR("u-1")),
		directory_account(office->directory, WANG));
	assert_null(directory_by_identity(office->directory, STR("https://id"), STR("u-1")));
	assert_null(directory_by_identity(office->directory, STR(""), STR("")));
	expect_err("untied by who made it",
		office_change(office,
			(struct account_ask){.change = ACCOUNT_CHANGE_UNTIED, .by = SYSTEM, .account = WANG}),
		ERR_FORBIDDEN, "by", &office->why);
	expect_err("untied",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_UNTIED, .by = SECURITY, .account = WANG}),
		ERR_OK, "", &office->why);
	assert_int_equal(office->result.state, ACCOUNT_ACTIVE);
	assert_null(directory_by_identity(office->directory, STR("ldap"), STR("u-1")));
}

static void a_mark_is_a_persons_and_the_security_administrators_to_give(void **state)
{
	static const struct {
		const char *says;
		enum account_change change;
		int64_t by, account;
		enum err want;
		const char *place;
	} rows[] = {
		{"not there yet", ACCOUNT_CHANGE_BREAK_GLASS_ENDED, SECURITY, WANG, ERR_CONFLICT, "account"},
		{"by another", ACCOUNT_CHANGE_BREAK_GLASS, SYSTEM, WANG, ERR_FORBIDDEN, "by"},
		{"of an administrator", ACCOUNT_CHANGE_BREAK_GLASS, SECURITY, AUDIT, ERR_REFUSED, "account"},
		{"marked", ACCOUNT_CHANGE_BREAK_GLASS, SECURITY, WANG, ERR_OK, ""},
		{"marked again", ACCOUNT_CHANGE_BREAK_GLASS, SECURITY, WANG, ERR_CONFLICT, "account"},
		{"ended", ACCOUNT_CHANGE_BREAK_GLASS_ENDED, SECURITY, WANG, ERR_OK, ""},
	};
	struct office *office = *state;

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		expect_err(rows[i].says,
			office_change(office, (struct account_ask){.change = rows[i].change,
						      .by = rows[i].by,
						      .account = rows[i].account}),
			rows[i].want, rows[i].place, &office->why);
	assert_false(office->result.break_glass);
}

static void a_sign_in_name_stays_with_its_account(void **state)
{
	struct office *office = *state;
	struct person renamed = *org_person(office->org, person_of(office, "wang"));
	struct person taken = {.id = 10, .code = STR("security"), .name = STR("x")};
	struct person other = *org_person(office->org, person_of(office, "luo"));

	renamed.name = STR("王某");
	expect_err("another name", account_person_may(office->directory, office->org, &renamed, &office->why),
		ERR_OK, "", &office->why);
	renamed.code = STR("wang2");
	expect_err("another sign-in name",
		account_person_may(office->directory, office->org, &renamed, &office->why), ERR_CONFLICT,
		"code", &office->why);
	expect_err("a person called as an administrator",
		account_person_may(office->directory, office->org, &taken, &office->why), ERR_CONFLICT,
		"code", &office->why);
	other.code = STR("wang");
	expect_err("a person called as another's account",
		account_person_may(office->directory, office->org, &other, &office->why), ERR_CONFLICT,
		"code", &office->why);
	expect_err("an account called as a person",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_CREATED, .by = SYSTEM, .code = STR("luo")}),
		ERR_CONFLICT, "code", &office->why);
}

static void the_last_of_a_kind_is_not_shut_out(void **state)
{
	struct office *office = *state;

	expect_err("the only security administrator",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_DISABLED, .by = SYSTEM, .account = SECURITY}),
		ERR_REFUSED, "account", &office->why);
	office_admin(office, "security-2", "hu", ADMIN_SECURITY);
	expect_err("one of two",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_DISABLED, .by = SYSTEM, .account = SECURITY}),
		ERR_OK, "", &office->why);
}

/* A reset always takes two, also when the one who should act is the one who forgot. */
static void the_audit_administrator_stands_in_for_the_only_one_of_a_kind(void **state)
{
	struct office *office = *state;
	struct account_ask reset_security = {
		.change = ACCOUNT_CHANGE_RESET, .by = SYSTEM, .account = SECURITY};
	struct account_ask release_security = {
		.change = ACCOUNT_CHANGE_RELEASED, .by = SYSTEM, .account = SECURITY};

	expect_err("the system administrator resets", office_change(office, reset_security), ERR_OK, "",
		&office->why);
	expect_err("and does not release", office_change(office, release_security), ERR_FORBIDDEN, "by",
		&office->why);
	release_security.by = SECURITY;
	expect_err("nor the one who waits", office_change(office, release_security), ERR_FORBIDDEN, "by",
		&office->why);
	release_security.by = AUDIT;
	expect_err("audit stands in", office_change(office, release_security), ERR_OK, "", &office->why);
	expect_err("audit resets the only system administrator",
		office_change(office,
			(struct account_ask){.change = ACCOUNT_CHANGE_RESET, .by = AUDIT, .account = SYSTEM}),
		ERR_OK, "", &office->why);
	expect_err("and does not release it",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_RELEASED, .by = AUDIT, .account = SYSTEM}),
		ERR_FORBIDDEN, "by", &office->why);
	expect_err("security does",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_RELEASED, .by = SECURITY, .account = SYSTEM}),
		ERR_OK, "", &office->why);
	office_admin(office, "security-2", "hu", ADMIN_SECURITY);
	expect_err("with two of them audit changes nothing",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_UNLOCKED, .by = AUDIT, .account = SECURITY}),
		ERR_FORBIDDEN, "by", &office->why);
}

static void a_disabled_administrator_does_nothing_more(void **state)
{
	struct office *office = *state;
	int64_t second = office_admin(office, "system-2", "hu", ADMIN_SYSTEM);

	assert_int_equal(office_change(office,
				 (struct account_ask){
					 .change = ACCOUNT_CHANGE_DISABLED, .by = second, .account = SYSTEM}),
		ERR_OK);
	expect_err("the disabled one disables",
		office_change(office,
			(struct account_ask){
				.change = ACCOUNT_CHANGE_DISABLED, .by = SYSTEM, .account = WANG}),
		ERR_FORBIDDEN, "by", &office->why);
}

static void states_follow_their_table(void **state)
{
	static const struct {
		enum account_change first, second;
		int64_t second_by;
		enum err want;
	} rows[] = {{ACCOUNT_CHANGE_DISABLED, ACCOUNT_CHANGE_RELEASED, SECURITY, ERR_REFUSED},
		{ACCOUNT_CHANGE_DISABLED, ACCOUNT_CHANGE_UNLOCKED, SECURITY, ERR_REFUSED},
		{ACCOUNT_CHANGE_DISABLED, ACCOUNT_CHANGE_DISABLED, SYSTEM, ERR_REFUSED},
		{ACCOUNT_CHANGE_DISABLED, ACCOUNT_CHANGE_RESET, SYSTEM, ERR_OK},
		{ACCOUNT_CHANGE_RESET, ACCOUNT_CHANGE_UNLOCKED, SECURITY, ERR_REFUSED},
		{ACCOUNT_CHANGE_RESET, ACCOUNT_CHANGE_RELEASED, SECURITY, ERR_OK}};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		struct office *office = office_new();

		assert_int_equal(
			office_change(office,
				(struct account_ask){.change = rows[i].first, .by = SYSTEM, .account = WANG}),
			ERR_OK);
		expect_err(account_change_name(rows[i].second),
			office_change(office,
				(struct account_ask){
					.change = rows[i].second, .by = rows[i].second_by, .account = WANG}),
			rows[i].want, "state", &office->why);
		office_free(office);
	}
}

static void the_three_begin_once_and_with_three_names(void **state)
{
	struct office *office = *state;
	struct account three[ADMIN_COUNT];
	struct str codes[ADMIN_COUNT] = {STR(""), STR("a"), STR("b"), STR("a")};

	expect_err("again", account_begin(office->directory, office->org, codes, three, &office->why),
		ERR_CONFLICT, "account", &office->why);
	expect_err("one name twice",
		account_begin(directory_new(office->arena), office->org, codes, three, &office->why),
		ERR_CONFLICT, "code", &office->why);
	codes[ADMIN_AUDIT] = STR("wang");
	expect_err("a person's name",
		account_begin(directory_new(office->arena), office->org, codes, three, &office->why),
		ERR_CONFLICT, "code", &office->why);
}

static void a_row_reads_back_as_it_was_written(void **state)
{
	struct office *office = *state;
	struct account account = {.id = 7,
		.code = STR("系统"),
		.pseudonym = STR("a01"),
		.keeper = 5,
		.admin = ADMIN_SYSTEM,
		.state = ACCOUNT_ACTIVE,
		.issuer = STR("https://id"),
		.subject = STR("u-1"),
		.break_glass = true};
	struct doc *doc = account_to_doc(office->arena, &account);
	struct account back = account_from_doc(doc);

	assert_true(doc_equal(doc, account_to_doc(office->arena, &back)));
	assert_int_equal(back.admin, ADMIN_SYSTEM);
	doc_set(office->arena, doc, "admin", doc_text(office->arena, STR("emperor")));
	back = account_from_doc(doc);
	assert_int_equal(back.admin, ADMIN_NONE);
	assert_int_equal(back.state, ACCOUNT_DISABLED);
}

#define IN_OFFICE(test) cmocka_unit_test_setup_teardown(test, open_office, close_office)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_one_administrators_work),
		IN_OFFICE(nobody_changes_their_own_account),
		IN_OFFICE(no_account_comes_to_hold_two_roles),
		IN_OFFICE(a_role_is_not_washed_off_by_disabling),
		IN_OFFICE(one_person_has_one_account),
		IN_OFFICE(a_persons_account_gets_no_keeper),
		IN_OFFICE(an_administrators_role_needs_a_named_keeper),
		IN_OFFICE(who_keeps_an_administrators_account_gets_no_business),
		IN_OFFICE(a_tie_takes_two_and_is_one_accounts),
		IN_OFFICE(a_mark_is_a_persons_and_the_security_administrators_to_give),
		IN_OFFICE(a_sign_in_name_stays_with_its_account),
		IN_OFFICE(the_last_of_a_kind_is_not_shut_out),
		IN_OFFICE(the_audit_administrator_stands_in_for_the_only_one_of_a_kind),
		IN_OFFICE(a_disabled_administrator_does_nothing_more),
		cmocka_unit_test(states_follow_their_table),
		IN_OFFICE(the_three_begin_once_and_with_three_names),
		IN_OFFICE(a_row_reads_back_as_it_was_written),
	};

	return cmocka_run_group_tests_name("account: the three administrators", tests, NULL, NULL);
}
