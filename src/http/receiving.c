/* receiving.c: a file that a request sends. */
#include "http/receiving.h"
#include "http/service.h"

static void give_up(void *context)
{
	upload_give_up(context);
}

static enum err begin(struct http_request *request, enum upload_use use, struct str *ret_name)
{
	struct upload_in *in;

	TRY(file_name_clean(request_text(request, "name"), ret_name, &request->why));
	if (request->state != NULL)
		return ERR_OK;
	TRY(upload_begin(request->service->uploads[use], request->arena, &in, &request->why));
	request_on_end(request, give_up, in);
	request->state = in;
	return ERR_OK;
}

enum err upload_receive(struct http_request *request, enum upload_use use, struct str piece)
{
	struct str name;

	TRY(begin(request, use, &name));
	return upload_put(request->state, piece, &request->why);
}

/* Of what comes without a name the day is kept, and no finer time. */
static struct instant time_of(const struct http_request *request, enum upload_use use)
{
	return use == UPLOAD_LETTER
		       ? day_start(request_today(request), request_institution(request)->offset_minutes)
		       : request_now(request);
}

/* Who is nobody has each file under a number drawn for it, so that nobody finds out whether another has sent
 * the same. */
static int64_t sender_of(const struct http_request *request, enum upload_use use)
{
	const struct act_source *source = request->service->config.source;
	uint64_t number;

	if (use != UPLOAD_LETTER)
		return request->who.account;
	source->random(source->context, (uint8_t *)&number, sizeof number);
	return (int64_t)(number >> 1);
}

enum err upload_receive_end(
	struct http_request *request, enum upload_use use, struct reply *reply, struct upload *ret_upload)
{
	struct str name;

	TRY(begin(request, use, &name));
	TRY(upload_end(request->state, sender_of(request, use), name, time_of(request, use), ret_upload,
		&request->why));
	reply->status = 201;
	return ERR_OK;
}

void upload_answer(const struct upload *upload, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "hash", upload->hash);
	json_out_field_text(out, "name", upload->name);
	json_out_field_int(out, "size", upload->size);
	json_out_field_text(out, "media", str_from(upload->media));
	json_out_field_bool(out, "macros", upload->macros);
	json_out_field_bool(out, "existing", upload->existing);
	json_out_close(out, '}');
}
