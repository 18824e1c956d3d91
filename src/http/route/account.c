/* account.c: what administrators do with accounts, and what they read of who signed in and who looked. */
#include "http/reading.h"
#include "http/route/answer.h"

#define ACCOUNTS_SHOWN 200
#define LINES_SHOWN    200

/* ---- how accounts stand ---- */

static void put_code(struct json_out *out, const char *key, const struct org *org, int64_t person)
{
	if (person != 0)
		json_out_field_text(out, key, org_person(org, person)->code);
}

static enum err put_account(struct http_request *request, struct json_out *out, const struct account *account)
{
	const struct org *org = request_institution(request)->org;
	struct auth_standing standing;

	TRY(auth_standing(request->reader, account->id, request_now(request), &standing, &request->why));
	json_out_open(out, '{');
	json_out_field_int(out, "id", account->id);
	json_out_field_text(out, "account", account->code);
	json_out_field_text(out, "state", str_from(account_state_name(account->state)));
	if (account->admin != ADMIN_NONE)
		json_out_field_text(out, "admin", str_from(admin_name(account->admin)));
	put_code(out, "person", org, account->person);
	if (account->person != 0)
		json_out_field_text(out, "name", org_person(org, account->person)->name);
	put_code(out, "keeper", org, account->keeper);
	if (account->subject.size > 0) {
		json_out_field_text(out, "issuer", account->issuer);
		json_out_field_text(out, "subject", account->subject);
	}
	json_out_field_bool(out, "break_glass", account->break_glass);
	json_out_field_bool(out, "one_time", standing.one_time);
	json_out_field_bool(out, "totp", standing.totp);
	put_time(request, out, "locked_until", standing.locked_until);
	json_out_close(out, '}');
	return ERR_OK;
}

static bool is_asked_for(const struct http_request *request, const struct account *account)
{
	struct str state = request_text(request, "state"), q = request_text(request, "q");

	return (state.size == 0 || str_is(state, account_state_name(account->state))) &&
	       (q.size == 0 || str_find(account->code, q) != SIZE_MAX);
}

static enum err put_accounts(struct http_request *request, struct json_out *out,
	const struct directory *directory, int64_t after, int64_t limit)
{
	int64_t last = after;
	size_t i = (size_t)after, count = directory_account_count(directory);

	json_out_key(out, "accounts");
	json_out_open(out, '[');
	for (; i < count && limit > 0; i++) {
		const struct account *account = directory_account_at(directory, i);

		if (!is_asked_for(request, account))
			continue;
		TRY(put_account(request, out, account));
		last = account->id;
		limit--;
	}
	json_out_close(out, ']');
	if (i < count) {
		struct cursor next = {
			.parts = {str_format(request->arena, "%lld", (long long)last)}, .count = 1};

		json_out_field_text(out, "cursor", request_cursor_print(request, &next));
	}
	return ERR_OK;
}

static enum err wrong_cursor(struct http_request *request)
{
	return err_set(
		&request->why, ERR_INVALID, "cursor", "send it as the last page gave it, or not at all");
}

enum err route_accounts(struct http_request *request, struct reply *reply)
{
	struct directory *directory;
	struct cursor cursor;
	int64_t after = 0;

	TRY(request_cursor(request, &cursor));
	if (cursor.count > 0 && (!str_to_int(cursor.parts[0], &after) || after < 0))
		return wrong_cursor(request);
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(put_accounts(request, out, directory, after,
		request_has(request, "limit") ? request_int(request, "limit") : ACCOUNTS_SHOWN));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- what is done with them ---- */

static enum err changed(struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)request;
	json_out_open(out, '{');
	reply_receipt_fields(reply, out, &answer->receipt);
	if (answer->text[0] != '\0')
		json_out_field_text(out, "half", str_from(answer->text));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_account_create(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct auth_ask ask = {.kind = AUTH_CREATE, .name = request_text(request, "name")};

	(void)reply;
	if (request_has(request, "person") == request_has(request, "name"))
		return err_set(&request->why, ERR_INVALID, "person",
			"name the person whose account it is, or give a name for an account without one");
	TRY(reading_person(&reading, "person", &ask.person));
	return answer_from_gate(request, &ask, changed);
}

static enum err change(struct http_request *request, enum auth_kind kind)
{
	struct auth_ask ask = {.kind = kind, .account = request_int(request, "account")};

	return answer_from_gate(request, &ask, changed);
}

enum err route_account_release(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_RELEASE);
}

enum err route_account_reset(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_RESET);
}

enum err route_account_unlock(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_UNLOCK);
}

enum err route_account_disable(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_DISABLE);
}

enum err route_account_grant(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_GRANT, .account = request_int(request, "account")};

	(void)reply;
	REQUIRE(admin_parse(request_text(request, "admin"), &ask.admin));
	return answer_from_gate(request, &ask, changed);
}

enum err route_account_bind(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct auth_ask ask = {.kind = AUTH_BIND, .account = request_int(request, "account")};

	(void)reply;
	TRY(reading_person(&reading, "person", &ask.person));
	return answer_from_gate(request, &ask, changed);
}

enum err route_account_tie(struct http_request *request, struct reply *reply)
{
	struct identity *identity = ARENA_TAKE(request->arena, 1, struct identity);
	struct auth_ask ask = {
		.kind = AUTH_TIE, .account = request_int(request, "account"), .identity = identity};

	(void)reply;
	identity->issuer = request_text(request, "issuer");
	identity->subject = request_text(request, "subject");
	return answer_from_gate(request, &ask, changed);
}

enum err route_account_untie(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_UNTIE);
}

enum err route_account_break_glass(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_BREAK_GLASS);
}

enum err route_account_break_glass_end(struct http_request *request, struct reply *reply)
{
	(void)reply;
	return change(request, AUTH_BREAK_GLASS_END);
}

static enum err recorded(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	(void)request;
	reply_receipt(reply, receipt);
	return ERR_OK;
}

enum err route_password_profile(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	act->kind = ACT_PROFILE;
	act->key = request_key(request);
	act->account = request->who.account;
	REQUIRE(password_profile_parse(request_text(request, "profile"), &act->what.profile));
	return request_act(request, act, recorded);
}

/* ---- who signed in, who looked ---- */

static int64_t lines_asked(const struct http_request *request)
{
	return request_has(request, "limit") ? request_int(request, "limit") : LINES_SHOWN;
}

static void put_name(struct json_out *out, const struct directory *directory, int64_t id)
{
	const struct account *account = directory_account(directory, id);

	if (account != NULL)
		json_out_field_text(out, "account", account->code);
}

/* Reading who did what is a look, too. */
enum err route_sign_ins(struct http_request *request, struct reply *reply)
{
	struct directory *directory;
	const struct account *account = NULL;
	struct auth_try *tries;
	struct cursor cursor;
	int64_t before = AUTH_NEWEST, limit = lines_asked(request);
	size_t count;

	TRY(request_cursor(request, &cursor));
	if (cursor.count > 0 && !str_to_int(cursor.parts[0], &before))
		return wrong_cursor(request);
	TRY(request_look(request, STR("sign_in")));
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	if (request_has(request, "account")) {
		account = directory_by_code(directory, request_text(request, "account"));
		if (account == NULL)
			return err_set(&request->why, ERR_INVALID, "account", "there is no such account");
	}
	/* One more than is asked for tells whether there is a next page. */
	TRY(auth_tries(request->reader, request->arena, account == NULL ? 0 : account->id, before, limit + 1,
		&tries, &count, &request->why));
	struct json_out *out = reply_list(reply, "sign_ins");

	for (size_t i = 0; i < count && (int64_t)i < limit; i++) {
		json_out_open(out, '{');
		put_time(request, out, "time", tries[i].time);
		put_name(out, directory, tries[i].account);
		json_out_field_text(out, "reason", tries[i].reason);
		json_out_field_text(out, "address", tries[i].address);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	if ((int64_t)count > limit) {
		const struct cursor next = {
			.parts = {str_format(request->arena, "%lld", (long long)tries[limit - 1].id)},
			.count = 1};

		json_out_field_text(out, "cursor", request_cursor_print(request, &next));
	}
	json_out_close(out, '}');
	return ERR_OK;
}

/* Behind which of them the page begins; false: at the newest. */
static enum err read_looked(struct http_request *request, bool *ret_later, struct looked *ret_after)
{
	struct cursor cursor;

	TRY(request_cursor(request, &cursor));
	*ret_later = cursor.count > 0;
	if (*ret_later && (cursor.count != 3 || !str_to_int(cursor.parts[0], &ret_after->index) ||
				  !str_to_int(cursor.parts[1], &ret_after->account)))
		return wrong_cursor(request);
	if (*ret_later)
		ret_after->object = cursor.parts[2];
	return ERR_OK;
}

static void put_later(struct http_request *request, struct json_out *out, const struct looked *last)
{
	const struct cursor next = {
		.parts = {str_format(request->arena, "%lld", (long long)last->index),
			str_format(request->arena, "%lld", (long long)last->account), last->object},
		.count = 3};

	json_out_field_text(out, "cursor", request_cursor_print(request, &next));
}

enum err answer_looks(struct http_request *request, struct str object, struct reply *reply)
{
	struct directory *directory;
	struct looked *looks, after;
	int64_t limit = lines_asked(request);
	size_t count;
	bool later;

	TRY(read_looked(request, &later, &after));
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	TRY(store_look_list(request->reader, request->arena, object, later ? &after : NULL, limit + 1, &looks,
		&count, &request->why));
	struct json_out *out = reply_list(reply, "looks");

	for (size_t i = 0; i < count && (int64_t)i < limit; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "object", looks[i].object);
		put_name(out, directory, looks[i].account);
		put_time(request, out, "first", looks[i].first);
		put_time(request, out, "last", looks[i].last);
		json_out_field_int(out, "times", looks[i].times);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	if ((int64_t)count > limit)
		put_later(request, out, &looks[limit - 1]);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_looks(struct http_request *request, struct reply *reply)
{
	TRY(request_look(request, STR("looks")));
	return answer_looks(request, request_text(request, "object"), reply);
}
