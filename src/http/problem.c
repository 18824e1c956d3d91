/* problem.c: from an error's row, place and text to problem details. */
#include "http/problem.h"

/* Seconds after which a request that may succeed later is worth repeating. */
#define RETRY_SECONDS "2"

const char problem_late[] =
	"HTTP/1.1 408 Request Timeout\r\n"
	"Content-Type: application/problem+json\r\n"
	"Content-Length: 202\r\n"
	"Cache-Control: no-store\r\n"
	"X-Content-Type-Options: nosniff\r\n"
	"Connection: close\r\n"
	"\r\n"
	"{\"type\":\"urn:bihuan:problem:timeout\",\"title\":\"the request didn't arrive in time\","
	"\"title_zh\":\"请求未能按时送达\",\"status\":408,\"code\":\"timeout\",\"request\":\"-\"}";

static void put_faults(struct json_out *out, const struct faults *faults)
{
	size_t count = faults->count < FAULTS_MAX ? faults->count : FAULTS_MAX;

	json_out_key(out, "faults");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "place", faults->items[i].place);
		json_out_field_text(out, "detail", faults->items[i].text);
		json_out_field_text(out, "detail_zh", faults->items[i].text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void problem_put(struct reply *reply, struct str request_id, enum err err, const struct bh_err *why,
	const struct faults *faults)
{
	struct json_out *out = reply_json(reply);
	bool ours = err_http(err) >= 500 && err != ERR_AWAY, told = !ours && why->code == err;

	REQUIRE(err != ERR_OK);
	reply->status = err_http(err);
	reply->media = STR("application/problem+json");
	json_out_open(out, '{');
	json_out_field_text(out, "type", str_format(reply->arena, "urn:bihuan:problem:%s", err_name(err)));
	json_out_field_text(out, "title", str_from(err_meaning(err)));
	json_out_field_text(out, "title_zh", str_from(err_meaning_zh(err)));
	json_out_field_int(out, "status", reply->status);
	json_out_field_text(out, "code", str_from(err_name(err)));
	if (told && why->place[0] != '\0')
		json_out_field_text(out, "place", str_from(why->place));
	if (told && why->text[0] != '\0') {
		json_out_field_text(out, "detail", str_from(why->text));
		json_out_field_text(out, "detail_zh", str_from(why->text_zh));
	}
	if (told && faults != NULL && faults->count > 1)
		put_faults(out, faults);
	json_out_field_text(out, "request", request_id);
	json_out_close(out, '}');
	/* Who has to wait longer says so itself. */
	if (err_may_retry(err) && err != ERR_TOO_MANY)
		reply_header(reply, "Retry-After", STR(RETRY_SECONDS));
}
