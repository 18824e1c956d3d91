/* me.c: who is signed in, and what they do with what they sign in with. */
#include "http/route/answer.h"
#include "http/who.h"

#define POSTS_MAX 64

/* ---- who is it ---- */

static void put_post(const struct teller *teller, struct json_out *out, int64_t id, bool acting)
{
	const struct org *org = teller->institution->org;
	const struct post *post = org_post(org, id);

	json_out_open(out, '{');
	json_out_field_text(out, "code", post->code);
	json_out_field_text(out, "name", tell_post(teller, id));
	json_out_field_text(out, "kind", str_from(post_kind_name(post->kind)));
	json_out_field_text(out, "unit", org_unit(org, post->unit)->code);
	json_out_field_text(out, "unit_name", tell_unit(teller, post->unit));
	json_out_field_bool(out, "acting", acting);
	json_out_close(out, '}');
}

/* Does one of these posts carry the function? */
static bool carries(
	const struct org *org, const struct function *function, const int64_t *posts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (org_post_carries(org, posts[i], function))
			return true;
	return false;
}

static void put_posts(const struct teller *teller, struct json_out *out, int64_t person, struct day today)
{
	const struct org *org = teller->institution->org;
	int64_t posts[POSTS_MAX];
	size_t count = org_posts_held(org, person, today, posts, POSTS_MAX);

	json_out_key(out, "posts");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct tenure *tenure = org_holder(org, posts[i], today);

		put_post(teller, out, posts[i],
			tenure == NULL || tenure->person != person || tenure->kind == TENURE_ACTING);
	}
	json_out_close(out, ']');
	json_out_key(out, "functions");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_function_count(org); i++)
		if (carries(org, org_function_at(org, i), posts, count))
			json_out_text(out, org_function_at(org, i)->name);
	json_out_close(out, ']');
}

/* Who acts on whose behalf today: those who delegated to `person`, and those to whom `person` delegated. */
static void put_delegations(
	const struct teller *teller, struct json_out *out, int64_t person, struct day today)
{
	const struct org *org = teller->institution->org;

	json_out_key(out, "delegations");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_delegation_count(org); i++) {
		const struct delegation *row = org_delegation_at(org, i);

		if ((row->from != person && row->to != person) || row->since.number > today.number ||
			row->until.number <= today.number)
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "from", org_person(org, row->from)->code);
		json_out_field_text(out, "from_name", tell_person(teller, row->from));
		json_out_field_text(out, "to", org_person(org, row->to)->code);
		json_out_field_text(out, "to_name", tell_person(teller, row->to));
		json_out_field_text(out, "until", day_print(teller->arena, row->until));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_person(struct http_request *request, struct json_out *out, int64_t id)
{
	const struct institution *institution = request_institution(request);
	struct teller teller = answer_teller(request, institution);
	const struct person *person = org_person(institution->org, id);
	struct day today = request_today(request);

	json_out_key(out, "person");
	json_out_open(out, '{');
	json_out_field_text(out, "code", person->code);
	json_out_field_text(out, "name", person->name);
	json_out_close(out, '}');
	put_posts(&teller, out, id, today);
	put_delegations(&teller, out, id, today);
}

enum err route_me(struct http_request *request, struct reply *reply)
{
	const struct institution *institution = request_institution(request);
	const struct auth_who *who = &request->who;
	struct account account;
	struct auth_standing standing;
	enum password_profile profile;
	bool demo;

	TRY(store_account_get(request->reader, request->arena, who->account, &account, &request->why));
	TRY(auth_standing(request->reader, who->account, request_now(request), &standing, &request->why));
	TRY(store_profile_get(request->reader, &profile, &request->why));
	TRY(store_demo_get(request->reader, &demo, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "account", account.code);
	if (who->admin != ADMIN_NONE)
		json_out_field_text(out, "admin", str_from(admin_name(who->admin)));
	if (who->person != 0)
		put_person(request, out, who->person);
	put_needs(out, who->needs);
	json_out_field_bool(out, "fresh", who->fresh);
	json_out_field_bool(out, "totp", standing.totp);
	json_out_field_int(out, "recovery_left", standing.recovery_left);
	json_out_field_text(out, "language", request_lang(request));
	json_out_field_text(out, "profile", str_from(password_profile_name(profile)));
	json_out_field_bool(out, "demo", demo);
	json_out_field_text(out, "institution", institution->name);
	json_out_field_text(
		out, "title", label_pick(institution->title, institution->name, request_lang(request)));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- what they sign in with ---- */

enum err route_me_password(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_PASSWORD,
		.password = request_text(request, "password"),
		.wanted = request_text(request, "wanted")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_moved);
}

static enum err factor_shown(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)request;
	json_out_open(out, '{');
	json_out_field_text(out, "uri", str_from(answer->text));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_me_totp_begin(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TOTP_BEGIN};

	(void)reply;
	return answer_from_gate(request, &ask, factor_shown);
}

static enum err factor_confirmed(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	who_keep_session(request, reply, answer->session);
	json_out_open(out, '{');
	put_needs(out, answer->needs);
	put_codes(out, answer);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_me_totp_confirm(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TOTP_CONFIRM, .code = request_text(request, "totp")};

	(void)reply;
	return answer_from_gate(request, &ask, factor_confirmed);
}

enum err route_me_totp_end(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TOTP_END,
		.password = request_text(request, "password"),
		.code = request_text(request, "totp")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_moved);
}

static enum err codes_shown(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)request;
	json_out_open(out, '{');
	put_codes(out, answer);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_me_recovery(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_RECOVERY};

	(void)reply;
	return answer_from_gate(request, &ask, codes_shown);
}

/* ---- sessions ---- */

enum err route_me_sessions(struct http_request *request, struct reply *reply)
{
	struct auth_line *lines;
	size_t count;

	TRY(auth_sessions(request->reader, request->arena, request->who.account, who_session(request),
		request_now(request), &lines, &count, &request->why));
	struct json_out *out = reply_list(reply, "sessions");

	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "handle", str_from(lines[i].handle));
		put_time(request, out, "made", lines[i].session.made);
		put_time(request, out, "seen", lines[i].session.seen);
		json_out_field_text(out, "address", lines[i].address);
		json_out_field_text(out, "agent", lines[i].agent);
		json_out_field_bool(out, "present", lines[i].present);
		json_out_close(out, '}');
	}
	reply_list_end(out);
	return ERR_OK;
}

enum err route_me_session_end(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_SESSION_END, .which = request_text(request, "handle")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}

/* ---- tokens ---- */

enum err route_me_tokens(struct http_request *request, struct reply *reply)
{
	struct auth_token_line *lines;
	size_t count;

	TRY(auth_tokens(
		request->reader, request->arena, request->who.account, &lines, &count, &request->why));
	struct json_out *out = reply_list(reply, "tokens");

	for (size_t i = 0; i < count; i++) {
		const struct token *token = &lines[i].token;

		json_out_open(out, '{');
		json_out_field_int(out, "id", token->id);
		json_out_field_text(out, "name", token->name);
		json_out_field_text(out, "scope", scopes_print(request->arena, token->scopes));
		put_time(request, out, "made", token->made);
		put_time(request, out, "ends", token->ends);
		put_time(request, out, "used", lines[i].used);
		json_out_close(out, '}');
	}
	reply_list_end(out);
	return ERR_OK;
}

static enum err token_made(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)request;
	reply->status = 201;
	json_out_open(out, '{');
	json_out_field_int(out, "id", answer->id);
	json_out_field_text(out, "token", str_from(answer->text));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_me_token_make(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TOKEN_MAKE,
		.token = {.name = request_text(request, "name"), .ends = request_instant(request, "ends")}};

	(void)reply;
	TRY(scopes_parse(request_text(request, "scope"), &ask.token.scopes, &request->why));
	return answer_from_gate(request, &ask, token_made);
}

enum err route_me_token_end(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TOKEN_END, .id = request_int(request, "id")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}
