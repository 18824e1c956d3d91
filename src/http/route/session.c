/* session.c: signing in, proving it again, signing out, and what a sign-in page must know before. */
#include "http/route/answer.h"
#include "http/who.h"

#include <string.h>

/* By a password of the directory, which goes to nobody else, or by one of our own. */
static bool is_by_directory(const struct http_request *request)
{
	return str_is(request_text(request, "way"), "ldap");
}

static enum err answer_by_way(struct http_request *request, struct auth_ask *ask)
{
	struct outside_setup setup = outside_setup_read(request->service->config.dir, request->arena);
	struct outside_ask outside = {.kind = OUTSIDE_LDAP, .name = ask->name, .password = ask->password};

	ask->local_closed = setup.local_closed;
	if (!is_by_directory(request))
		return answer_from_gate(request, ask, answer_moved);
	ask->name = ask->password = STR_NONE;
	return answer_from_outside(request, &outside, ask, answer_moved);
}

enum err route_session_begin(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_SIGN_IN,
		.name = request_text(request, "account"),
		.password = request_text(request, "password"),
		.code = request_text(request, "totp"),
		.address = request_address(request),
		.agent = request_header(request, "User-Agent")};

	(void)reply;
	/* Of any name, whether anybody has it or not. */
	TRY(dispatch_rate(exchange_of(request), RATE_LOGIN,
		str_format(request->arena, "sign in %.*s", STR_ARG(ask.name))));
	return answer_by_way(request, &ask);
}

enum err route_session_prove(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_STEP_UP,
		.name = request_text(request, "account"),
		.password = request_text(request, "password"),
		.code = request_text(request, "totp")};

	(void)reply;
	if (ask.password.size == 0 && ask.code.size == 0)
		return err_set(&request->why, ERR_INVALID, "password", "prove it with your password");
	if (is_by_directory(request) && (ask.name.size == 0 || ask.password.size == 0))
		return err_set(&request->why, ERR_INVALID, ask.name.size == 0 ? "account" : "password",
			"give the name and the password that you have in the directory");
	return answer_by_way(request, &ask);
}

static enum err signed_out(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	who_keep_session(request, reply, "");
	return answer_nothing(request, answer, reply);
}

enum err route_session_end(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_SIGN_OUT};

	(void)reply;
	return answer_from_gate(request, &ask, signed_out);
}

/* ---- before signing in ---- */

static void put_rules(struct http_request *request, struct json_out *out, enum password_profile profile)
{
	struct arena *arena = request->arena;
	struct password_rules rules = password_profile_rules(profile);
	struct buf zh = buf_new(arena), en = buf_new(arena);

	buf_format(&zh, "至少 %zu 个字符", rules.least);
	buf_format(&en, "at least %zu characters", rules.least);
	if (rules.kinds > 0) {
		buf_format(&zh, ",大写字母、小写字母、数字、其他字符中至少有 %d 种", rules.kinds);
		buf_format(
			&en, ", of at least %d kinds: upper case, lower case, digits, others", rules.kinds);
	}
	buf_puts(&zh, ";不得使用常见口令,不得含有姓名、账号或单位名称");
	buf_puts(&en,
		"; none of those that everybody tries, and no name of yours or of the institution in it");
	if (rules.days > 0) {
		buf_format(&zh, ";每 %d 天更换一次,不得与最近 %zu 次相同", rules.days, rules.past);
		buf_format(&en, "; changed every %d days, and none of the last %zu again", rules.days,
			rules.past);
	}
	json_out_field_text(out, "profile", str_from(password_profile_name(profile)));
	json_out_field_text(out, "basis", str_from(password_profile_basis(profile)));
	json_out_field_int(out, "least", (int64_t)rules.least);
	json_out_field_text(out, "rules_zh", buf_str(&zh));
	json_out_field_text(out, "rules_en", buf_str(&en));
}

static void put_sample(struct http_request *request, struct json_out *out,
	const struct institution *institution, const struct account *account)
{
	int64_t post;
	struct teller teller = answer_teller(request, institution);
	struct day today = instant_day(request_now(request), institution->offset_minutes);

	json_out_open(out, '{');
	json_out_field_text(out, "account", account->code);
	if (account->person == 0) {
		json_out_field_text(out, "admin", str_from(admin_name(account->admin)));
	} else {
		json_out_field_text(out, "name", tell_person(&teller, account->person));
		if (org_posts_held(institution->org, account->person, today, &post, 1) == 1)
			json_out_field_text(out, "post", tell_post(&teller, post));
	}
	json_out_close(out, '}');
}

/* Only where nobody but this machine can ask: the list is an offer to sign in as any of them. */
static enum err put_samples(struct http_request *request, struct json_out *out)
{
	struct institution institution;
	struct directory *directory;

	TRY(institution_load(request->reader, request->arena, &institution, &request->why));
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	json_out_field_text(out, "sample_password", STR(AUTH_SAMPLE_PASSWORD));
	json_out_key(out, "samples");
	json_out_open(out, '[');
	for (size_t i = 0; i < directory_account_count(directory); i++)
		if (directory_account_at(directory, i)->state == ACCOUNT_ACTIVE)
			put_sample(request, out, &institution, directory_account_at(directory, i));
	json_out_close(out, ']');
	return ERR_OK;
}

static void put_way(struct json_out *out, const char *name, const struct outside_way *way)
{
	if (!way->there)
		return;
	json_out_open(out, '{');
	json_out_field_text(out, "way", str_from(name));
	json_out_field_text(out, "title", way->zh);
	json_out_field_text(out, "title_en", way->en);
	json_out_close(out, '}');
}

static void put_ways(struct http_request *request, struct json_out *out)
{
	struct outside_setup setup = outside_setup_read(request->service->config.dir, request->arena);

	json_out_field_text(out, "local", setup.local_closed ? STR("break_glass") : STR("everyone"));
	json_out_key(out, "ways");
	json_out_open(out, '[');
	put_way(out, "oidc", &setup.oidc);
	put_way(out, "ldap", &setup.ldap);
	json_out_close(out, ']');
}

enum err route_session_options(struct http_request *request, struct reply *reply)
{
	enum password_profile profile;
	bool demo;

	TRY(store_profile_get(request->reader, &profile, &request->why));
	TRY(store_demo_get(request->reader, &demo, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_rules(request, out, profile);
	put_ways(request, out);
	json_out_field_bool(out, "demo", demo);
	if (demo && request->service->local)
		TRY(put_samples(request, out));
	json_out_close(out, '}');
	return ERR_OK;
}
