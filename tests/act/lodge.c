/* lodge.c: the small district with its three administrators and its gate. */
#include "lodge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void open_gate(struct lodge *lodge)
{
	lodge_must(lodge, "the gate opens",
		auth_open(lodge->district->installation, &lodge->options, &lodge->auth, &lodge->why));
}

struct lodge *lodge_new(void)
{
	static const struct str administrators[ADMIN_COUNT] = {[ADMIN_SYSTEM] = {"system", 6},
		[ADMIN_SECURITY] = {"security", 8},
		[ADMIN_AUDIT] = {"audit", 5}};
	struct lodge *lodge = calloc(1, sizeof *lodge);

	assert_non_null(lodge);
	lodge->district = district_new();
	lodge->options.cost = (struct password_cost){.memory_kib = 64, .passes = 1, .lanes = 1};
	open_gate(lodge);
	lodge_must(lodge, "the three begin",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_BEGIN, .administrators = administrators}));
	lodge->district->recorder = person_id(lodge->district->scene, "lin");
	return lodge;
}

void lodge_free(struct lodge *lodge)
{
	auth_close(lodge->auth);
	district_free(lodge->district);
	free(lodge);
}

void lodge_options(struct lodge *lodge, struct auth_options options)
{
	auth_close(lodge->auth);
	lodge->options = options;
	open_gate(lodge);
}

int64_t lodge_person(struct lodge *lodge, const char *code)
{
	struct person person = {.code = str_from(code), .name = str_from(code)};

	district_must(lodge->district,
		district_act(lodge->district, (struct act){.kind = ACT_PERSON, .what.person = &person}));
	return lodge->district->receipt.id;
}

enum err lodge_ask(struct lodge *lodge, struct auth_ask ask)
{
	memset(&lodge->why, 0, sizeof lodge->why);
	memset(&lodge->answer, 0, sizeof lodge->answer);
	enum err err = auth_run(lodge->auth, &ask, &lodge->answer, &lodge->why);

	if (err == ERR_OK && lodge->answer.session[0] != '\0')
		memcpy(lodge->session, lodge->answer.session, sizeof lodge->session);
	return err;
}

void lodge_must(struct lodge *lodge, const char *says, enum err err)
{
	if (err != ERR_OK)
		fail_msg("%s: %s: %s: %s", says, err_name(err), lodge->why.place, lodge->why.text);
}

enum err lodge_sign_in(struct lodge *lodge, const char *name, const char *password, const char *code)
{
	return lodge_ask(lodge, (struct auth_ask){.kind = AUTH_SIGN_IN,
					.name = str_from(name),
					.password = str_from(password),
					.code = str_from(code),
					.address = STR("192.0.2.7"),
					.agent = STR("test")});
}

int64_t lodge_account(struct lodge *lodge, const char *person)
{
	struct arena *arena = lodge->district->arena;

	lodge_must(lodge, "created",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_CREATE,
					 .by = SYSTEM,
					 .person = person_id(lodge->district->scene, person)}));
	int64_t id = lodge->answer.id;
	struct str first = str_copy(arena, str_from(lodge->answer.text));

	lodge_must(lodge, "released",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_RELEASE, .by = SECURITY, .account = id}));
	struct str whole = str_format(arena, "%.*s-%s", STR_ARG(first), lodge->answer.text);

	lodge_must(lodge, "the first sign-in", lodge_sign_in(lodge, person, whole.data, ""));
	lodge_must(lodge, "a password of one's own",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_PASSWORD,
					 .session = str_from(lodge->session),
					 .password = whole,
					 .wanted = STR(GOOD_PASSWORD)}));
	return id;
}

struct str lodge_enter(struct lodge *lodge, const char *name)
{
	lodge_must(lodge, name, lodge_sign_in(lodge, name, GOOD_PASSWORD, ""));
	return str_copy(lodge->district->arena, str_from(lodge->session));
}

static struct str base32_read(struct arena *arena, struct str text)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *bytes = ARENA_TAKE(arena, text.size, char);
	size_t size = 0, bits = 0;
	uint32_t kept = 0;

	for (size_t i = 0; i < text.size; i++) {
		kept = (kept << 5) | (uint32_t)(strchr(alphabet, text.data[i]) - alphabet);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			bytes[size++] = (char)(kept >> bits);
		}
	}
	return (struct str){bytes, size};
}

struct str lodge_enrol(struct lodge *lodge, struct str session)
{
	struct arena *arena = lodge->district->arena;

	lodge_must(lodge, "a second factor is shown",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOTP_BEGIN, .session = session}));
	struct str uri = str_copy(arena, str_from(lodge->answer.text));
	size_t at = str_find(uri, STR("secret=")) + strlen("secret=");
	struct str secret = base32_read(arena, str_slice(uri, at, 32));

	lodge_must(lodge, "its first code confirms it",
		lodge_ask(lodge, (struct auth_ask){.kind = AUTH_TOTP_CONFIRM,
					 .session = session,
					 .code = str_from(lodge_code(lodge, secret, 0))}));
	return secret;
}

const char *lodge_code(struct lodge *lodge, struct str secret, int64_t later)
{
	char *code = ARENA_TAKE(lodge->district->arena, 7, char);

	totp_code(secret, totp_step(lodge->district->now) + later, code);
	return code;
}

void lodge_pass(struct lodge *lodge, int64_t seconds)
{
	lodge->district->now.us += seconds * 1000000;
}

struct auth_who lodge_who(struct lodge *lodge, const char *session)
{
	struct auth_who who = {0};

	if (auth_by_session(lodge->district->reader, str_from(session), lodge->district->now, &who,
		    &lodge->why) != ERR_OK)
		return (struct auth_who){0};
	return who;
}

int64_t lodge_number(struct lodge *lodge, const char *sql)
{
	return district_number(lodge->district, sql);
}
