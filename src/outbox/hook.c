/* hook.c: the text messages of three makers of robots, and a signed webhook of our own choice: that of
 * Standard Webhooks, so that whoever receives it finds a library that checks it. */
#include "outbox/hook.h"

#define JSON_TYPE    "Content-Type: application/json"
#define TEXT_MAX     2000 /* bytes: WeCom takes 2048, the others more */
#define SECRET_BEGIN "whsec_"
#define US_PER_MS    1000
#define US_PER_S     1000000

/* ---- what is sent ---- */

/* Cut between two characters. */
static struct str fit(struct arena *arena, struct str text)
{
	size_t end = TEXT_MAX;

	if (text.size <= TEXT_MAX)
		return text;
	while (end > 0 && ((unsigned char)text.data[end] & 0xc0) == 0x80)
		end--;
	return str_format(arena, "%.*s…", STR_ARG(str_slice(text, 0, end)));
}

/* WeCom and DingTalk: {"msgtype":"text","text":{"content":…}}; Feishu: {"msg_type":"text",…}. */
static struct str text_body(struct arena *arena, const char *kind, const char *content, struct str text,
	struct str time, struct str sign)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	if (sign.size > 0) {
		json_out_field_text(&out, "timestamp", time);
		json_out_field_text(&out, "sign", sign);
	}
	json_out_field_text(&out, kind, STR("text"));
	json_out_key(&out, content);
	json_out_open(&out, '{');
	json_out_field_text(&out, content[0] == 't' ? "content" : "text", fit(arena, text));
	json_out_close(&out, '}');
	json_out_close(&out, '}');
	return buf_str(&buf);
}

static struct str mac_base64(struct arena *arena, struct str key, struct str message)
{
	struct hash mac = hmac_sha256(key, message);

	return base64_print(arena, mac.bytes, HASH_SIZE);
}

/* Of base64 only these three aren't plain in a query. */
static struct str query_text(struct arena *arena, struct str text)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < text.size; i++)
		switch (text.data[i]) {
		case '+':
			buf_puts(&buf, "%2B");
			break;
		case '/':
			buf_puts(&buf, "%2F");
			break;
		case '=':
			buf_puts(&buf, "%3D");
			break;
		default:
			buf_put_char(&buf, text.data[i]);
		}
	return buf_str(&buf);
}

/* DingTalk: base64(HMAC-SHA256(key: secret, "<ms>\n<secret>")), in the query with its milliseconds. */
static struct str dingtalk_url(struct arena *arena, const struct hook *hook, struct instant now)
{
	long long ms = (long long)(now.us / US_PER_MS);

	if (hook->secret.size == 0)
		return hook->url;
	struct str sign =
		mac_base64(arena, hook->secret, str_format(arena, "%lld\n%.*s", ms, STR_ARG(hook->secret)));

	return str_format(arena, "%.*s%stimestamp=%lld&sign=%.*s", STR_ARG(hook->url),
		str_find(hook->url, STR("?")) == SIZE_MAX ? "?" : "&", ms, STR_ARG(query_text(arena, sign)));
}

/* Feishu: base64(HMAC-SHA256(key: "<s>\n<secret>", "")), in the body with its seconds. */
static struct str feishu_body(
	struct arena *arena, const struct hook *hook, struct str text, struct instant now)
{
	struct str time = str_format(arena, "%lld", (long long)(now.us / US_PER_S)), sign = STR("");

	if (hook->secret.size > 0)
		sign = mac_base64(arena,
			str_format(arena, "%.*s\n%.*s", STR_ARG(time), STR_ARG(hook->secret)), STR(""));
	return text_body(arena, "msg_type", "content", text, time, sign);
}

static struct str secret_bytes(struct arena *arena, struct str secret)
{
	struct str bytes;

	if (str_starts(secret, SECRET_BEGIN) &&
		base64_parse(arena, str_slice(secret, sizeof SECRET_BEGIN - 1, secret.size), &bytes))
		return bytes;
	return secret;
}

/* Standard Webhooks: v1,base64(HMAC-SHA256(secret, "<id>.<s>.<body>")). */
static void sign_call(struct arena *arena, const struct hook *hook, struct hook_call *call, struct str key,
	struct instant now)
{
	long long seconds = (long long)(now.us / US_PER_S);
	struct str sign = mac_base64(arena, secret_bytes(arena, hook->secret),
		str_format(arena, "%.*s.%lld.%.*s", STR_ARG(key), seconds, STR_ARG(call->body)));

	call->headers[call->header_count++] = str_format(arena, "webhook-id: %.*s", STR_ARG(key));
	call->headers[call->header_count++] = str_format(arena, "webhook-timestamp: %lld", seconds);
	call->headers[call->header_count++] = str_format(arena, "webhook-signature: v1,%.*s", STR_ARG(sign));
	call->headers[call->header_count++] = str_format(arena, "Idempotency-Key: %.*s", STR_ARG(key));
}

struct hook_call hook_call(struct arena *arena, const struct hook *hook, const struct said *said,
	struct str key, struct instant now)
{
	struct hook_call call = {.url = hook->url};
	struct str text = hook->lines ? said->text : said->counts;

	call.headers[call.header_count++] = STR(JSON_TYPE);
	switch (hook->kind) {
	case HOOK_WECOM:
		call.body = text_body(arena, "msgtype", "text", text, STR(""), STR(""));
		break;
	case HOOK_DINGTALK:
		call.body = text_body(arena, "msgtype", "text", text, STR(""), STR(""));
		call.url = dingtalk_url(arena, hook, now);
		break;
	case HOOK_FEISHU:
		call.body = feishu_body(arena, hook, text, now);
		break;
	default:
		call.body = said_json(arena, said, hook->lines, key);
		sign_call(arena, hook, &call, key, now);
	}
	return call;
}

/* ---- what it answered ---- */

/* Robots say 200 and then what they mean: too many in a minute passes, everything else doesn't. */
static bool is_rate(int64_t code)
{
	static const int64_t codes[] = {45009, 45033, /* WeCom */
		130101, 660026, 410100, -1,           /* DingTalk */
		11232, 9499};                         /* Feishu */

	for (size_t i = 0; i < ARRAY_COUNT(codes); i++)
		if (codes[i] == code)
			return true;
	return false;
}

static enum hook_verdict judge_robot(
	struct arena *arena, const struct hook *hook, struct str body, struct bh_err *reterr)
{
	const char *code_key = hook->kind == HOOK_FEISHU ? "code" : "errcode",
		   *text_key = hook->kind == HOOK_FEISHU ? "msg" : "errmsg";
	struct doc *tree;

	if (doc_read(arena, body, &tree, NULL) != ERR_OK || tree->kind != DOC_OBJECT) {
		reterr->code =
			err_set(reterr, ERR_IO, "hook", "it answered something that isn't its own answer");
		return HOOK_UNCLEAR;
	}
	int64_t code = doc_get_int(tree, code_key, doc_get_int(tree, "StatusCode", -2));

	if (code == 0)
		return HOOK_TAKEN;
	reterr->code = err_set(reterr, ERR_IO, "hook", "it answered %lld: %.*s", (long long)code,
		STR_ARG(str_slice(doc_get_text(tree, text_key), 0, 200)));
	return is_rate(code) ? HOOK_LATER : HOOK_REFUSED;
}

enum hook_verdict hook_judge(
	struct arena *arena, const struct hook *hook, long status, struct str body, struct bh_err *reterr)
{
	if (status >= 200 && status < 300)
		return hook->kind == HOOK_SIGNED ? HOOK_TAKEN : judge_robot(arena, hook, body, reterr);
	reterr->code = err_set(reterr, ERR_IO, "hook", "it answered HTTP %ld", status);
	if (status == 408 || status == 425 || status == 429 || status == 503)
		return HOOK_LATER;
	return status >= 500 ? HOOK_UNCLEAR : HOOK_REFUSED; /* a redirect is no answer either */
}
