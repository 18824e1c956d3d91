/* answer.c: asking the gate, and pieces of JSON that several handlers write. */
#include "http/route/answer.h"
#include "http/who.h"

enum err answer_from_gate(struct http_request *request, const struct auth_ask *ask, request_passed_fn *then)
{
	struct auth_ask *copy = ARENA_TAKE(request->arena, 1, struct auth_ask);

	*copy = *ask;
	copy->session = who_session(request);
	return request_auth(request, copy, then);
}

enum err answer_from_outside(struct http_request *request, const struct outside_ask *ask,
	const struct auth_ask *auth, request_passed_fn *then)
{
	struct outside_ask *copy = ARENA_TAKE(request->arena, 1, struct outside_ask);

	*copy = *ask;
	copy->auth = ARENA_TAKE(request->arena, 1, struct auth_ask);
	*copy->auth = *auth;
	copy->auth->session = who_session(request);
	return request_outside(request, copy, then);
}

void put_needs(struct json_out *out, unsigned needs)
{
	json_out_key(out, "needs");
	json_out_open(out, '[');
	if ((needs & NEED_PASSWORD) != 0)
		json_out_text(out, STR("password"));
	if ((needs & NEED_TOTP) != 0)
		json_out_text(out, STR("totp"));
	if ((needs & NEED_CODE) != 0)
		json_out_text(out, STR("code"));
	json_out_close(out, ']');
}

void put_codes(struct json_out *out, const struct auth_answer *answer)
{
	json_out_key(out, "recovery_codes");
	json_out_open(out, '[');
	for (size_t i = 0; i < answer->code_count; i++)
		json_out_text(out, str_from(answer->codes[i]));
	json_out_close(out, ']');
}

struct teller answer_teller(const struct http_request *request, const struct institution *institution)
{
	return (struct teller){.institution = institution,
		.arena = request->arena,
		.chinese = str_is(request_lang(request), "zh")};
}

void put_time(struct http_request *request, struct json_out *out, const char *key, struct instant time)
{
	if (!instant_is_none(time))
		json_out_field_text(
			out, key, instant_print(request->arena, time, request->service->offset_minutes));
}

enum err answer_moved(struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	who_keep_session(request, reply, answer->session);
	json_out_open(out, '{');
	put_needs(out, answer->needs);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err answer_nothing(struct http_request *request, const struct auth_answer *answer, struct reply *reply)
{
	(void)request;
	(void)answer;
	reply->status = 204;
	return ERR_OK;
}

enum err answer_imported(const struct receipt *receipt, size_t rows, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_int(out, "recorded", receipt->again ? receipt->count : (int64_t)rows);
	if (receipt->count > 0)
		json_out_field_int(out, "index", receipt->first);
	json_out_field_int(out, "count", receipt->count);
	json_out_field_bool(out, "again", receipt->again);
	if (receipt->count > 0)
		json_out_field_text(out, "receipt",
			str_format(reply->arena, "/api/v1/ledger/receipt/%lld", (long long)receipt->first));
	json_out_close(out, '}');
	return ERR_OK;
}
