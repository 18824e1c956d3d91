/* outbox.c: how somebody wants to be told outside the house, and how the sending stands. */
#include "outbox/outbox.h"
#include "http/route/answer.h"

#define CODE_MINUTES   30
#define MESSAGES_SHOWN 100

/* ---- one's own ---- */

static struct str clock_text(struct http_request *request, int minutes)
{
	return str_format(request->arena, "%02d:%02d", minutes / 60, minutes % 60);
}

static void put_way(struct json_out *out, struct str way, struct str title)
{
	json_out_open(out, '{');
	json_out_field_text(out, "way", way);
	json_out_field_text(out, "title", title);
	json_out_close(out, '}');
}

static void put_ways(struct json_out *out, const struct outbox_setup *setup)
{
	json_out_key(out, "ways");
	json_out_open(out, '[');
	if (setup->mail)
		put_way(out, STR(TELLING_WAY_MAIL), STR(""));
	for (size_t i = 0; i < setup->hook_count; i++)
		put_way(out, setup->hooks[i].name, setup->hooks[i].title);
	json_out_close(out, ']');
}

enum err route_telling(struct http_request *request, struct reply *reply)
{
	struct outbox_setup setup = outbox_setup_read(request->service->config.dir, request->arena);
	struct telling telling;

	TRY(store_telling_get(
		request->reader, request->arena, request->who.account, &telling, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "pace", str_from(pace_name(telling.pace)));
	json_out_field_text(out, "way", telling.way);
	if (telling.address.size > 0)
		json_out_field_text(out, "address", telling.address);
	if (telling.wanted.size > 0)
		json_out_field_text(out, "wanted", telling.wanted);
	json_out_field_text(out, "lang", telling.lang);
	json_out_field_text(out, "daily_at", clock_text(request, telling.daily_at));
	json_out_field_text(out, "quiet_from", clock_text(request, telling.quiet_from));
	json_out_field_text(out, "quiet_until", clock_text(request, telling.quiet_until));
	json_out_field_bool(out, "working_days", telling.working_days);
	put_ways(out, &setup);
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err take_clock(struct http_request *request, const char *name, int *minutes)
{
	if (!request_has(request, name) || outbox_clock_parse(request_text(request, name), minutes))
		return ERR_OK;
	return err_set(&request->why, ERR_INVALID, name, "write a time of the day as 08:30");
}

static enum err take_telling(struct http_request *request, struct telling *telling)
{
	if (request_has(request, "pace"))
		REQUIRE(pace_parse(request_text(request, "pace"), &telling->pace));
	if (request_has(request, "way"))
		telling->way = request_text(request, "way");
	if (request_has(request, "lang"))
		telling->lang = request_text(request, "lang");
	if (request_has(request, "working_days"))
		telling->working_days = request_bool(request, "working_days");
	TRY(take_clock(request, "daily_at", &telling->daily_at));
	TRY(take_clock(request, "quiet_from", &telling->quiet_from));
	return take_clock(request, "quiet_until", &telling->quiet_until);
}

enum err route_telling_set(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_TELL};

	(void)reply;
	TRY(store_telling_get(
		request->reader, request->arena, request->who.account, &ask.telling, &request->why));
	TRY(take_telling(request, &ask.telling));
	if (ask.telling.pace != PACE_NONE)
		TRY(outbox_way_may(request->service->config.dir, ask.telling.way, &request->why));
	return answer_from_gate(request, &ask, answer_nothing);
}

/* Somebody sits there and waits for it. */
static enum err code_goes(struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)answer;
	postman_hurry(request->service->postman);
	reply->status = 202;
	json_out_open(out, '{');
	json_out_field_int(out, "minutes", CODE_MINUTES);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_telling_address(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_ADDRESS, .name = request_text(request, "address")};

	(void)reply;
	TRY(outbox_address_may(request->service->config.dir, ask.name, &request->why));
	return answer_from_gate(request, &ask, code_goes);
}

enum err route_telling_forget(struct http_request *request, struct reply *reply)
{
	const struct auth_ask ask = {.kind = AUTH_ADDRESS, .name = STR("")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}

enum err route_telling_prove(struct http_request *request, struct reply *reply)
{
	const struct auth_ask ask = {.kind = AUTH_ADDRESS_PROVE, .code = request_text(request, "code")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}

/* ---- the administrator's ---- */

static void put_setup(struct http_request *request, struct json_out *out, const struct outbox_setup *setup)
{
	json_out_field_bool(out, "set_up", setup->there);
	if (setup->fault.size > 0)
		json_out_field_text(
			out, "fault", str_is(request_lang(request), "zh") ? setup->fault_zh : setup->fault);
	if (setup->mail) {
		json_out_field_text(out, "mail",
			str_format(request->arena, "%.*s:%d (%.*s)", STR_ARG(setup->mail_host),
				setup->mail_port, STR_ARG(setup->mail_tls)));
		json_out_field_text(out, "from", setup->mail_from);
	}
	json_out_key(out, "hooks");
	json_out_open(out, '[');
	for (size_t i = 0; i < setup->hook_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "name", setup->hooks[i].name);
		json_out_field_text(out, "title", setup->hooks[i].title);
		json_out_field_text(out, "kind", setup->hooks[i].kind);
		json_out_field_text(out, "host", setup->hooks[i].host);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static enum err put_messages(struct http_request *request, struct json_out *out, enum message_state state)
{
	struct message *messages;
	struct account account;
	size_t count;

	TRY(store_message_list(
		request->reader, request->arena, state, MESSAGES_SHOWN, &messages, &count, &request->why));
	for (size_t i = 0; i < count; i++) {
		const struct message *message = &messages[i];

		TRY(store_account_get(
			request->reader, request->arena, message->account, &account, &request->why));
		json_out_open(out, '{');
		json_out_field_int(out, "message", message->id);
		json_out_field_text(out, "account", account.code);
		json_out_field_text(out, "what", str_from(message_what_name(message->what)));
		json_out_field_text(out, "way", message->way);
		json_out_field_text(out, "state", str_from(message_state_name(message->state)));
		json_out_field_int(out, "tries", message->tries);
		put_time(request, out, "made", message->made);
		put_time(request, out, "next", message->next);
		json_out_field_text(
			out, "why", str_is(request_lang(request), "zh") ? message->why_zh : message->why);
		json_out_close(out, '}');
	}
	return ERR_OK;
}

enum err route_outbox(struct http_request *request, struct reply *reply)
{
	static const enum message_state shown[] = {
		MESSAGE_FAILED, MESSAGE_UNCLEAR, MESSAGE_GOING, MESSAGE_WAITING};
	struct outbox_setup setup = outbox_setup_read(request->service->config.dir, request->arena);
	int64_t counts[MESSAGE_STATE_COUNT];

	TRY(store_message_counts(request->reader, counts, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_setup(request, out, &setup);
	json_out_field_int(out, "waiting", counts[MESSAGE_WAITING] + counts[MESSAGE_GOING]);
	json_out_field_int(out, "sent", counts[MESSAGE_SENT]);
	json_out_field_int(out, "failed", counts[MESSAGE_FAILED]);
	json_out_field_int(out, "unclear", counts[MESSAGE_UNCLEAR]);
	json_out_key(out, "messages");
	json_out_open(out, '[');
	for (size_t i = 0; i < ARRAY_COUNT(shown); i++)
		TRY(put_messages(request, out, shown[i]));
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err goes_again(
	struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	postman_hurry(request->service->postman);
	return answer_nothing(request, answer, reply);
}

enum err route_outbox_again(struct http_request *request, struct reply *reply)
{
	const struct auth_ask ask = {.kind = AUTH_MESSAGE_AGAIN, .id = request_int(request, "message")};

	(void)reply;
	return answer_from_gate(request, &ask, goes_again);
}
