/* test_gate.c: signing in and proving oneself, from end to end. */
#include "lodge.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define MINUTES(n) ((int64_t)(n)*60)

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

static void expect_turned_away(struct lodge *lodge, const char *says, enum err err)
{
	if (err != ERR_UNAUTHENTICATED)
		fail_msg("%s: %s: %s", says, err_name(err), lodge->why.text);
}

/* ---- signing in ---- */

static void a_person_signs_in_and_is_known_by_the_session(void **state)
{
	struct lodge *lodge = *state;
	int64_t id = lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");
	struct auth_who who = lodge_who(lodge, session.data);

	assert_int_equal(who.account, id);
	assert_int_equal(who.person, person_id(lodge->district->scene, "wang"));
	assert_int_equal(who.admin, ADMIN_NONE);
	assert_int_equal(who.needs, 0);
	assert_true(who.fresh);
	assert_int_equal(lodge_who(lodge, "").account, 0);
	assert_int_equal(
		lodge_who(lodge, "0000000000000000000000000000000000000000000000000000000000000000").account,
		0);
	struct str sql = str_format(lodge->district->arena,
		"select count(*) from session where lower(hex(hash)) = '%s'", session.data);

	assert_int_equal(lodge_number(lodge, sql.data), 0); /* what is kept is its hash */
}

/* Whatever is wrong, the words are the same and one hash was made. */
static void everybody_turned_away_is_told_the_same_at_the_same_cost(void **state)
{
	struct lodge *lodge = *state;
	int64_t disabled;
	struct bh_err first = {0};

	lodge_account(lodge, "wang");
	disabled = lodge_account(lodge, "wei");
	lodge_must(lodge, "disabled",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_DISABLE, .by = SYSTEM, .account = disabled}));
	lodge_must(lodge, "waiting",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_CREATE,
					 .by = SYSTEM,
					 .person = person_id(lodge->district->scene, "wu")}));
	const struct {
		const char *name, *password, *code;
	} rows[] = {{"wang", "wrong password here", ""}, {"nobody", GOOD_PASSWORD, ""},
		{"wei", GOOD_PASSWORD, ""}, {"wu", GOOD_PASSWORD, ""}, {"wang", "", ""}, {"", "", ""},
		{"wang", "wrong password here", "123456"}, {"nobody", "x", "123456"}};

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		uint64_t before = auth_hash_count(lodge->auth);
		int64_t tried = lodge_number(lodge, "select count(*) from sign_in");

		expect_turned_away(lodge, rows[i].name,
			lodge_sign_in(lodge, rows[i].name, rows[i].password, rows[i].code));
		if (i == 0)
			first = lodge->why;
		assert_memory_equal(&first, &lodge->why, sizeof first);
		assert_int_equal(auth_hash_count(lodge->auth) - before, 1);
		assert_int_equal(lodge_number(lodge, "select count(*) from sign_in"), tried + 1);
	}
}

static void five_wrong_passwords_shut_an_account_for_half_an_hour(void **state)
{
	struct lodge *lodge = *state;
	int64_t id = lodge_account(lodge, "wang");

	for (int i = 0; i < 5; i++) {
		expect_turned_away(lodge, "wrong", lodge_sign_in(lodge, "wang", "wrong password here", ""));
		lodge_pass(lodge, 1);
	}
	expect_turned_away(lodge, "right, but shut", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	lodge_pass(lodge, MINUTES(30) - 2);
	expect_turned_away(lodge, "still shut", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	lodge_pass(lodge, 1);
	lodge_must(lodge, "open again", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	for (int i = 0; i < 5; i++)
		expect_turned_away(lodge, "wrong", lodge_sign_in(lodge, "wang", "wrong password here", ""));
	lodge_must(lodge, "unlocked",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_UNLOCK, .by = SECURITY, .account = id}));
	lodge_must(lodge, "in", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
}

static void a_lock_shuts_one_account_and_no_other(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	lodge_account(lodge, "wei");
	for (int i = 0; i < 6; i++) {
		expect_turned_away(lodge, "wrong", lodge_sign_in(lodge, "wang", "wrong password here", ""));
		expect_turned_away(
			lodge, "nobody", lodge_sign_in(lodge, "nobody", "wrong password here", ""));
	}
	lodge_must(lodge, "another", lodge_sign_in(lodge, "wei", GOOD_PASSWORD, ""));
}

/* ---- many at once ---- */

struct crowd {
	pthread_mutex_t lock;
	pthread_cond_t done;
	size_t answered, passed;
};

static void count(struct auth_job *job)
{
	struct crowd *crowd = job->context;

	pthread_mutex_lock(&crowd->lock);
	crowd->answered++;
	crowd->passed += job->err == ERR_OK;
	pthread_cond_signal(&crowd->done);
	pthread_mutex_unlock(&crowd->lock);
}

static void crowd_run(struct lodge *lodge, struct crowd *crowd, const struct auth_ask *asks, size_t size)
{
	struct auth_job *jobs = ARENA_TAKE(lodge->district->arena, size, struct auth_job);

	*crowd = (struct crowd){.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
	for (size_t i = 0; i < size; i++) {
		jobs[i] = (struct auth_job){.ask = &asks[i], .answer = count, .context = crowd};
		lodge_must(lodge, "submitted", auth_submit(lodge->auth, &jobs[i], &lodge->why));
	}
	pthread_mutex_lock(&crowd->lock);
	while (crowd->answered < size)
		pthread_cond_wait(&crowd->done, &crowd->lock);
	pthread_mutex_unlock(&crowd->lock);
}

static void guesses_made_at_once_are_counted_one_by_one(void **state)
{
	struct lodge *lodge = *state;
	struct auth_ask asks[40];
	struct crowd crowd;

	lodge_account(lodge, "wang");
	/* The right one comes behind five wrong ones, and all of them are waiting before the first is
	 * answered. */
	for (size_t i = 0; i < ARRAY_COUNT(asks); i++)
		asks[i] = (struct auth_ask){.kind = AUTH_SIGN_IN,
			.name = STR("wang"),
			.password =
				i < ARRAY_COUNT(asks) - 4 ? STR("wrong password here") : STR(GOOD_PASSWORD)};
	crowd_run(lodge, &crowd, asks, ARRAY_COUNT(asks));
	assert_int_equal(crowd.passed, 0);
	assert_int_equal(lodge_number(lodge, "select count(*) from sign_in where reason = 'password'"), 5);
	assert_int_equal(lodge_number(lodge, "select count(*) from sign_in where reason = 'locked'"), 35);
}

static void people_who_sign_in_at_once_all_get_in(void **state)
{
	static const char *const people[] = {"wang", "wei", "wu", "he", "du", "mei"};
	struct lodge *lodge = *state;
	struct auth_ask asks[ARRAY_COUNT(people) * 5];
	struct crowd crowd;

	for (size_t i = 0; i < ARRAY_COUNT(people); i++)
		lodge_account(lodge, people[i]);
	int64_t before = lodge_number(lodge, "select count(*) from session");

	for (size_t i = 0; i < ARRAY_COUNT(asks); i++)
		asks[i] = (struct auth_ask){.kind = AUTH_SIGN_IN,
			.name = str_from(people[i % ARRAY_COUNT(people)]),
			.password = STR(GOOD_PASSWORD)};
	crowd_run(lodge, &crowd, asks, ARRAY_COUNT(asks));
	assert_int_equal(crowd.passed, ARRAY_COUNT(asks));
	assert_int_equal(
		lodge_number(lodge, "select count(*) from session"), before + (int64_t)ARRAY_COUNT(asks));
}

static void one_code_lets_one_in_of_many_at_once(void **state)
{
	struct lodge *lodge = *state;
	struct auth_ask asks[12];
	struct crowd crowd;

	lodge_account(lodge, "wang");
	struct str secret = lodge_enrol(lodge, lodge_enter(lodge, "wang"));

	lodge_pass(lodge, 30);
	for (size_t i = 0; i < ARRAY_COUNT(asks); i++)
		asks[i] = (struct auth_ask){.kind = AUTH_SIGN_IN,
			.name = STR("wang"),
			.password = STR(GOOD_PASSWORD),
			.code = str_from(lodge_code(lodge, secret, 0))};
	crowd_run(lodge, &crowd, asks, 4);
	assert_int_equal(crowd.passed, 1);
	assert_int_equal(lodge_number(lodge, "select count(*) from sign_in where reason = 'replay'"), 3);
}

static void business_goes_on_while_people_sign_in(void **state)
{
	struct lodge *lodge = *state;
	struct auth_ask asks[60];
	struct crowd crowd = {.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
	struct auth_job jobs[ARRAY_COUNT(asks)];

	lodge_account(lodge, "wang");
	for (size_t i = 0; i < ARRAY_COUNT(asks); i++) {
		asks[i] = (struct auth_ask){
			.kind = AUTH_SIGN_IN, .name = STR("wang"), .password = STR(GOOD_PASSWORD)};
		jobs[i] = (struct auth_job){.ask = &asks[i], .answer = count, .context = &crowd};
		lodge_must(lodge, "submitted", auth_submit(lodge->auth, &jobs[i], &lodge->why));
	}
	for (int i = 0; i < 20; i++)
		district_must(lodge->district,
			district_begin(lodge->district, "he", "key_task",
				"title=x|lead_unit=water|commander=vice-mayor|due=2019-06-28"));
	pthread_mutex_lock(&crowd.lock);
	while (crowd.answered < ARRAY_COUNT(asks))
		pthread_cond_wait(&crowd.done, &crowd.lock);
	pthread_mutex_unlock(&crowd.lock);
	assert_int_equal(crowd.passed, ARRAY_COUNT(asks));
}

static void a_full_queue_says_so_at_once(void **state)
{
	struct lodge *lodge = *state;
	struct auth_ask ask = {.kind = AUTH_SIGN_IN, .name = STR("wang"), .password = STR("x")};
	struct crowd crowd = {.lock = PTHREAD_MUTEX_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
	struct auth_job jobs[64];
	size_t submitted = 0, refused = 0;

	/* One worker at a cost that keeps it busy while the queue of three fills. */
	lodge_options(lodge,
		(struct auth_options){
			.workers = 1, .queue_max = 3, .cost = {.memory_kib = 8192, .passes = 2, .lanes = 1}});
	for (size_t i = 0; i < ARRAY_COUNT(jobs); i++) {
		jobs[submitted] = (struct auth_job){.ask = &ask, .answer = count, .context = &crowd};
		enum err err = auth_submit(lodge->auth, &jobs[submitted], &lodge->why);

		assert_true(err == ERR_OK || err == ERR_TOO_MANY);
		submitted += err == ERR_OK;
		refused += err == ERR_TOO_MANY;
	}
	assert_true(refused > 0);
	auth_close(lodge->auth);
	lodge->auth = NULL;
	assert_int_equal(
		crowd.answered, submitted); /* who was let into the queue is answered, also on closing */
}

/* ---- the second factor ---- */

static void a_second_factor_is_asked_for_once_it_is_confirmed(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");

	lodge_must(lodge, "shown",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOTP_BEGIN, .session = session}));
	lodge_must(lodge, "not yet asked for", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOTP_CONFIRM,
						  .session = session,
						  .code = STR("000000")}),
		ERR_INVALID);
	struct str secret = lodge_enrol(lodge, session);

	assert_int_equal(lodge->answer.code_count, RECOVERY_CODES);
	expect_turned_away(lodge, "left out", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	expect_turned_away(lodge, "the code that confirmed it",
		lodge_sign_in(lodge, "wang", GOOD_PASSWORD, lodge_code(lodge, secret, 0)));
	lodge_must(lodge, "the next one",
		lodge_sign_in(lodge, "wang", GOOD_PASSWORD, lodge_code(lodge, secret, 1)));
	expect_turned_away(lodge, "the same again",
		lodge_sign_in(lodge, "wang", GOOD_PASSWORD, lodge_code(lodge, secret, 1)));
	lodge_pass(lodge, MINUTES(16));
	expect_turned_away(lodge, "right code, wrong password",
		lodge_sign_in(lodge, "wang", "wrong password here", lodge_code(lodge, secret, 0)));
	lodge_must(lodge, "which didn't use it up",
		lodge_sign_in(lodge, "wang", GOOD_PASSWORD, lodge_code(lodge, secret, 0)));
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOTP_BEGIN,
						  .session = str_from(lodge->session)}),
		ERR_CONFLICT); /* it isn't replaced behind one's back */
}

static void the_secret_is_sealed_in_the_database(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str secret = lodge_enrol(lodge, lodge_enter(lodge, "wang"));
	struct str stored = district_text(lodge->district, "select hex(secret) from totp");
	struct str hex = hex_print(lodge->district->arena, secret.data, secret.size);

	assert_int_equal(stored.size, 2 * (SEAL_NONCE_SIZE + TOTP_SECRET_SIZE + SEAL_TAG_SIZE));
	for (size_t i = 0; i + hex.size <= stored.size; i += 2)
		assert_int_not_equal(strncasecmp(stored.data + i, hex.data, hex.size), 0);
}

static void a_recovery_code_works_once(void **state)
{
	struct lodge *lodge = *state;
	struct auth_standing standing;
	int64_t id = lodge_account(lodge, "wang");

	lodge_enrol(lodge, lodge_enter(lodge, "wang"));
	struct auth_answer given = lodge->answer;

	lodge_must(lodge, "the first", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, given.codes[0]));
	expect_turned_away(lodge, "again", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, given.codes[0]));
	struct str typed = str_format(lodge->district->arena, " %.4s %.4s%.4s-%.4s", given.codes[9],
		given.codes[9] + 5, given.codes[9] + 10, given.codes[9] + 15);

	lodge_must(lodge, "another, typed in its own way",
		lodge_sign_in(lodge, "wang", GOOD_PASSWORD, typed.data));
	lodge_must(lodge, "standing",
		auth_standing(lodge->district->reader, id, lodge->district->now, &standing, &lodge->why));
	assert_true(standing.totp);
	assert_int_equal(standing.recovery_left, 8);
	lodge_must(lodge, "new ones",
		lodge_ask(lodge,
			(struct auth_ask){.kind = AUTH_RECOVERY, .session = str_from(lodge->session)}));
	expect_turned_away(lodge, "an old one", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, given.codes[1]));
}

static void the_second_factor_ends_with_a_code_of_it(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str secret = lodge_enrol(lodge, lodge_enter(lodge, "wang"));
	struct str session = str_copy(lodge->district->arena, str_from(lodge->session));
	struct auth_ask end = {.kind = AUTH_TOTP_END, .session = session, .password = STR(GOOD_PASSWORD)};

	expect_turned_away(lodge, "without a code", lodge_ask(lodge, end));
	end.code = str_from(lodge_code(lodge, secret, 1));
	lodge_must(lodge, "with one", lodge_ask(lodge, end));
	lodge_must(lodge, "password alone", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
}

/* ---- passwords ---- */

static void a_one_time_password_is_two_halves_and_must_be_changed(void **state)
{
	struct lodge *lodge = *state;
	struct arena *arena = lodge->district->arena;

	lodge_must(lodge, "created",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_CREATE,
					 .by = SYSTEM,
					 .person = person_id(lodge->district->scene, "wang")}));
	int64_t id = lodge->answer.id;
	struct str first = str_copy(arena, str_from(lodge->answer.text));

	assert_int_equal(first.size, 9);
	expect_turned_away(lodge, "before the release", lodge_sign_in(lodge, "wang", first.data, ""));
	lodge_must(lodge, "released",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SECURITY, .account = id}));
	struct str second = str_copy(arena, str_from(lodge->answer.text));
	struct str whole = str_format(arena, "%.*s%.*s", STR_ARG(first), STR_ARG(second));
	struct str shouted = str_format(arena, "%.*s %.*s", STR_ARG(first), STR_ARG(second));

	expect_turned_away(
		lodge, "the system administrator's half", lodge_sign_in(lodge, "wang", first.data, ""));
	expect_turned_away(
		lodge, "the security administrator's half", lodge_sign_in(lodge, "wang", second.data, ""));
	assert_int_equal(
		lodge_number(lodge, "select count(*) from credential where second_half is not null"), 0);
	for (size_t i = 0; i < shouted.size; i++)
		if (shouted.data[i] >= 'a')
			((char *)(uintptr_t)shouted.data)[i] = (char)(shouted.data[i] - 32);
	lodge_must(lodge, "both, as read off the slips", lodge_sign_in(lodge, "wang", shouted.data, ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD);
	assert_int_equal(lodge_who(lodge, lodge->session).needs, NEED_PASSWORD);
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOKEN_MAKE,
						  .session = str_from(lodge->session),
						  .token = {.name = STR("x"), .scopes = 1}}),
		ERR_STEP_UP); /* nothing else is open to it */
	lodge_pass(lodge, AUTH_ONE_TIME_DAYS * 86400);
	expect_turned_away(lodge, "a week later", lodge_sign_in(lodge, "wang", whole.data, ""));
}

static void a_new_password_ends_all_other_sessions(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str one = lodge_enter(lodge, "wang"), two = lodge_enter(lodge, "wang");
	struct auth_ask change = {
		.kind = AUTH_PASSWORD, .session = two, .wanted = STR("four unlikely plain nouns")};

	change.password = STR("not the present one");
	expect_turned_away(lodge, "without the present password", lodge_ask(lodge, change));
	change.password = STR(GOOD_PASSWORD);
	lodge_must(lodge, "changed", lodge_ask(lodge, change));
	assert_int_equal(lodge_who(lodge, one.data).account, 0);
	assert_int_equal(lodge_who(lodge, two.data).account, 0);
	assert_true(lodge_who(lodge, lodge->session).account > 0);
	expect_turned_away(lodge, "the old one", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	lodge_must(lodge, "the new one", lodge_sign_in(lodge, "wang", "four unlikely plain nouns", ""));
}

static enum err change_password(struct lodge *lodge, const char *from, const char *to)
{
	lodge_pass(lodge, 1);
	lodge_must(lodge, "signed in", lodge_sign_in(lodge, "wang", from, ""));
	return lodge_ask(lodge, (struct auth_ask){.kind = AUTH_PASSWORD,
					.session = str_from(lodge->session),
					.password = str_from(from),
					.wanted = str_from(to)});
}

static void set_profile(struct lodge *lodge, enum password_profile profile)
{
	district_must(lodge->district,
		district_act(lodge->district,
			(struct act){.kind = ACT_PROFILE, .account = SECURITY, .what.profile = profile}));
}

static void djbh3_finds_the_past_that_asvs_did_not_ask_for(void **state)
{
	static const char *const past[] = {"Otter-mends-clock-1!", "Otter-mends-clock-2!",
		"Otter-mends-clock-3!", "Otter-mends-clock-4!", "Otter-mends-clock-5!",
		"Otter-mends-clock-6!"};
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	lodge_must(lodge, "the first", change_password(lodge, GOOD_PASSWORD, past[0]));
	for (size_t i = 1; i < ARRAY_COUNT(past); i++)
		lodge_must(lodge, past[i], change_password(lodge, past[i - 1], past[i]));
	assert_int_equal(change_password(lodge, past[5], past[5]), ERR_INVALID); /* never the present one */
	lodge_must(lodge, "asvs lets an old one come back", change_password(lodge, past[5], past[4]));
	lodge_must(lodge, "and forth", change_password(lodge, past[4], past[5]));
	set_profile(lodge, PROFILE_DJBH3);
	/* The last five are now 6, 5, 6, 5, 4. */
	assert_int_equal(change_password(lodge, past[5], past[4]), ERR_INVALID);
	assert_string_equal(lodge->why.place, "password");
	assert_int_equal(change_password(lodge, past[5], past[3]), ERR_INVALID);
	lodge_must(lodge, "the sixth last", change_password(lodge, past[5], past[2]));
	assert_int_equal(lodge_number(lodge, "select count(*) from credential_past"), PASSWORD_PAST_KEPT);
}

static void a_stricter_profile_asks_at_the_next_sign_in(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	set_profile(lodge, PROFILE_DJBH3);
	lodge_must(lodge, "in", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD); /* lower case only */
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_PASSWORD,
						  .session = str_from(lodge->session),
						  .password = STR(GOOD_PASSWORD),
						  .wanted = STR("four unlikely plain nouns")}),
		ERR_INVALID);
	lodge_must(lodge, "three kinds", change_password(lodge, GOOD_PASSWORD, "Otter-mends-clock-1!"));
	lodge_must(lodge, "in", lodge_sign_in(lodge, "wang", "Otter-mends-clock-1!", ""));
	assert_int_equal(lodge->answer.needs, 0);
	lodge_pass(lodge, INT64_C(90) * 86400);
	lodge_must(lodge, "90 days later", lodge_sign_in(lodge, "wang", "Otter-mends-clock-1!", ""));
	assert_int_equal(lodge->answer.needs, NEED_PASSWORD);
	set_profile(lodge, PROFILE_ASVS);
	lodge_must(lodge, "asvs counts no days", lodge_sign_in(lodge, "wang", "Otter-mends-clock-1!", ""));
	assert_int_equal(lodge->answer.needs, 0);
}

static void names_are_refused_in_passwords(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	assert_int_equal(
		change_password(lodge, GOOD_PASSWORD, "small-district rivers and lamps"), ERR_INVALID);
	assert_int_equal(change_password(lodge, GOOD_PASSWORD, "xk-WANG-lamps-rivers"), ERR_INVALID);
	assert_int_equal(change_password(lodge, GOOD_PASSWORD, "password2019!"), ERR_INVALID);
	assert_int_equal(change_password(lodge, GOOD_PASSWORD, "short"), ERR_INVALID);
}

static void a_raised_cost_is_taken_up_at_the_next_sign_in(void **state)
{
	struct lodge *lodge = *state;
	struct auth_options dearer = {.cost = {.memory_kib = 128, .passes = 1, .lanes = 1}};

	lodge_account(lodge, "wang");
	lodge_options(lodge, dearer);
	lodge_must(lodge, "in", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
	struct str kept = district_text(lodge->district, "select hash from credential where account = 4");

	assert_true(str_starts(kept, "$argon2id$v=19$m=128,t=1,p=1$"));
	lodge_must(lodge, "still the same", lodge_sign_in(lodge, "wang", GOOD_PASSWORD, ""));
}

/* ---- sessions ---- */

static void sessions_end_when_idle_and_by_age(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");

	lodge_pass(lodge, MINUTES(29));
	assert_true(lodge_who(lodge, session.data).touch);
	lodge_must(lodge, "seen", lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SEEN, .session = session}));
	assert_false(lodge_who(lodge, session.data).touch);
	lodge_pass(lodge, MINUTES(29));
	assert_true(lodge_who(lodge, session.data).account > 0);
	assert_false(lodge_who(lodge, session.data).fresh);
	lodge_pass(lodge, MINUTES(1));
	assert_int_equal(lodge_who(lodge, session.data).account, 0);
	session = lodge_enter(lodge, "wang");
	for (int i = 0; i < 24 * 60 / 30 / 2 * 2 - 1;
		i++) { /* busy every quarter of an hour for almost 12 hours */
		lodge_pass(lodge, MINUTES(15));
		lodge_must(lodge, "seen",
			lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SEEN, .session = session}));
	}
	assert_true(lodge_who(lodge, session.data).account > 0);
	lodge_pass(lodge, MINUTES(15));
	assert_int_equal(lodge_who(lodge, session.data).account, 0);
}

static void a_session_id_from_before_is_never_taken_over(void **state)
{
	struct lodge *lodge = *state;
	struct arena *arena;

	lodge_account(lodge, "wang");
	arena = lodge->district->arena;
	struct str planted = STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

	lodge_must(lodge, "signed in with one in hand",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SIGN_IN,
					 .session = planted,
					 .name = STR("wang"),
					 .password = STR(GOOD_PASSWORD)}));
	assert_string_not_equal(lodge->session, planted.data);
	assert_int_equal(lodge_who(lodge, planted.data).account, 0);
	struct str first = str_copy(arena, str_from(lodge->session));

	lodge_must(lodge, "proved again",
		lodge_ask(lodge,
			(struct auth_ask){
				.kind = AUTH_STEP_UP, .session = first, .password = STR(GOOD_PASSWORD)}));
	assert_string_not_equal(lodge->session, first.data);
	assert_int_equal(lodge_who(lodge, first.data).account, 0);
	assert_true(lodge_who(lodge, lodge->session).account > 0);
}

static void proving_again_makes_a_session_fresh_but_not_young(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");
	struct auth_ask token = {.kind = AUTH_TOKEN_MAKE,
		.session = session,
		.token = {.name = STR("x"), .scopes = 1, .ends = {lodge->district->now.us + US_PER_DAY}}};

	lodge_must(lodge, "fresh", lodge_ask(lodge, token));
	lodge_pass(lodge, MINUTES(10));
	assert_int_equal(lodge_ask(lodge, token), ERR_STEP_UP);
	expect_turned_away(lodge, "a guess",
		lodge_ask(lodge,
			(struct auth_ask){.kind = AUTH_STEP_UP, .session = session, .password = STR("no")}));
	assert_true(lodge_who(lodge, session.data).account > 0);
	lodge_must(lodge, "proved",
		lodge_ask(lodge,
			(struct auth_ask){
				.kind = AUTH_STEP_UP, .session = session, .password = STR(GOOD_PASSWORD)}));
	assert_true(lodge_who(lodge, lodge->session).fresh);
	assert_int_equal(
		lodge_number(lodge, "select count(distinct made) from session where proved > made"), 1);
}

static void who_guesses_from_inside_a_session_loses_it(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	struct str mine = lodge_enter(lodge, "wang"), stolen = lodge_enter(lodge, "wang");

	for (int i = 0; i < 5; i++)
		expect_turned_away(lodge, "a guess",
			lodge_ask(lodge, (struct auth_ask){.kind = i % 2 == 0 ? AUTH_STEP_UP : AUTH_PASSWORD,
						 .session = stolen,
						 .password = STR("no"),
						 .wanted = STR("four unlikely plain nouns")}));
	assert_int_equal(lodge_who(lodge, stolen.data).account, 0);
	assert_true(lodge_who(lodge, mine.data).account > 0);
}

static void sessions_are_listed_and_ended_by_their_owner_only(void **state)
{
	struct lodge *lodge = *state;
	struct auth_line *lines;
	size_t found;
	int64_t wang = lodge_account(lodge, "wang");

	lodge_account(lodge, "wei");
	struct str one = lodge_enter(lodge, "wang"), two = lodge_enter(lodge, "wang"),
		   other = lodge_enter(lodge, "wei");

	lodge_must(lodge, "listed",
		auth_sessions(lodge->district->reader, lodge->district->arena, wang, two,
			lodge->district->now, &lines, &found, &lodge->why));
	assert_int_equal(found, 3); /* and the one of the first sign-in */
	assert_string_equal(lines[0].agent.data, "test");
	assert_string_equal(lines[0].address.data, "192.0.2.7");
	size_t present = 0, of_one = 0;

	for (size_t i = 0; i < found; i++) {
		struct hash hash = hash_bytes(one.data, one.size);
		struct str hex = hex_print(lodge->district->arena, hash.bytes, HASH_SIZE);

		present += lines[i].present;
		if (str_starts(hex, lines[i].handle))
			of_one = i;
	}
	assert_int_equal(present, 1);
	assert_int_equal(lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SESSION_END,
						  .session = other,
						  .which = str_from(lines[of_one].handle)}),
		ERR_NOT_FOUND);
	lodge_must(lodge, "ended",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SESSION_END,
					 .session = two,
					 .which = str_from(lines[of_one].handle)}));
	assert_int_equal(lodge_who(lodge, one.data).account, 0);
	lodge_must(lodge, "signed out",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SIGN_OUT, .session = two}));
	assert_int_equal(lodge_who(lodge, two.data).account, 0);
	assert_true(lodge_who(lodge, other.data).account > 0);
}

static void what_has_ended_is_forgotten(void **state)
{
	struct lodge *lodge = *state;

	lodge_account(lodge, "wang");
	lodge_enter(lodge, "wang");
	lodge_pass(lodge, MINUTES(13 * 60));
	lodge_enter(lodge, "wang");
	assert_int_equal(lodge_number(lodge, "select count(*) from session"), 1);
	assert_true(lodge_number(lodge, "select count(*) from sign_in") > 2);
	lodge_pass(lodge, INT64_C(201) * 86400);
	lodge_enter(lodge, "wang");
	assert_int_equal(lodge_number(lodge, "select count(*) from sign_in"), 1);
}

/* ---- tokens ---- */

static void a_token_does_what_its_scope_says(void **state)
{
	struct lodge *lodge = *state;
	struct auth_who who;
	struct auth_token_line *lines;
	size_t found;
	int64_t wang = lodge_account(lodge, "wang");
	struct str session = lodge_enter(lodge, "wang");

	lodge_must(lodge, "made",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOKEN_MAKE,
					 .session = session,
					 .token = {.name = STR("交换平台"),
						 .scopes = 1U << SCOPE_READ,
						 .ends = {lodge->district->now.us + US_PER_DAY}}}));
	struct str text = str_copy(lodge->district->arena, str_from(lodge->answer.text));
	struct store *reader = lodge->district->reader;

	lodge_must(lodge, "read",
		auth_by_token(reader, text, SCOPE_READ, lodge->district->now, &who, &lodge->why));
	assert_int_equal(who.account, wang);
	assert_true(who.by_token && !who.fresh);
	assert_int_equal(
		auth_by_token(reader, text, SCOPE_ACT, lodge->district->now, &who, NULL), ERR_FORBIDDEN);
	assert_int_equal(
		auth_by_token(reader, STR("bihuan_00"), SCOPE_READ, lodge->district->now, &who, NULL),
		ERR_UNAUTHENTICATED);
	lodge_must(lodge, "listed",
		auth_tokens(reader, lodge->district->arena, wang, &lines, &found, &lodge->why));
	assert_int_equal(found, 1);
	assert_string_equal(lines[0].token.name.data, "交换平台");
	assert_int_equal(lodge_who(lodge, text.data).account, 0); /* a token is no session */
	lodge_must(lodge, "ended",
		lodge_ask(
			lodge, (struct auth_ask){
				       .kind = AUTH_TOKEN_END, .session = session, .id = lines[0].token.id}));
	assert_int_equal(auth_by_token(reader, text, SCOPE_READ, lodge->district->now, &who, NULL),
		ERR_UNAUTHENTICATED);
}

#define IN_LODGE(test) cmocka_unit_test_setup_teardown(test, open_lodge, close_lodge)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_LODGE(a_person_signs_in_and_is_known_by_the_session),
		IN_LODGE(everybody_turned_away_is_told_the_same_at_the_same_cost),
		IN_LODGE(five_wrong_passwords_shut_an_account_for_half_an_hour),
		IN_LODGE(a_lock_shuts_one_account_and_no_other),
		IN_LODGE(guesses_made_at_once_are_counted_one_by_one),
		IN_LODGE(people_who_sign_in_at_once_all_get_in),
		IN_LODGE(one_code_lets_one_in_of_many_at_once),
		IN_LODGE(business_goes_on_while_people_sign_in),
		IN_LODGE(a_full_queue_says_so_at_once),
		IN_LODGE(a_second_factor_is_asked_for_once_it_is_confirmed),
		IN_LODGE(the_secret_is_sealed_in_the_database),
		IN_LODGE(a_recovery_code_works_once),
		IN_LODGE(the_second_factor_ends_with_a_code_of_it),
		IN_LODGE(a_one_time_password_is_two_halves_and_must_be_changed),
		IN_LODGE(a_new_password_ends_all_other_sessions),
		IN_LODGE(djbh3_finds_the_past_that_asvs_did_not_ask_for),
		IN_LODGE(a_stricter_profile_asks_at_the_next_sign_in),
		IN_LODGE(names_are_refused_in_passwords),
		IN_LODGE(a_raised_cost_is_taken_up_at_the_next_sign_in),
		IN_LODGE(sessions_end_when_idle_and_by_age),
		IN_LODGE(a_session_id_from_before_is_never_taken_over),
		IN_LODGE(proving_again_makes_a_session_fresh_but_not_young),
		IN_LODGE(who_guesses_from_inside_a_session_loses_it),
		IN_LODGE(sessions_are_listed_and_ended_by_their_owner_only),
		IN_LODGE(what_has_ended_is_forgotten),
		IN_LODGE(a_token_does_what_its_scope_says),
	};

	return cmocka_run_group_tests_name("act: the gate", tests, NULL, NULL);
}
