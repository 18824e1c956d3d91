/* letter.c: what is reported without a name. Whoever asks is nobody; the code that they hold is their right,
 * and of it the server keeps the hash. */
#include "http/handlers.h"
#include "http/receiving.h"
#include "http/service.h"
#include "http/writing.h"
#include "view/letter_view.h"

/* ---- codes ---- */

static struct str hash_of(struct http_request *request, struct str code)
{
	struct hash hash = hash_bytes(code.data, code.size);

	return hex_print(request->arena, hash.bytes, HASH_SIZE);
}

static enum err read_code(struct http_request *request, struct str *ret_hash)
{
	struct str code;

	if (!code_read(request->arena, request_text(request, "code"), &code))
		return err_set(&request->why, ERR_INVALID, "code",
			"a code has %d letters and digits: compare it with what you kept", CODE_SIZE);
	*ret_hash = hash_of(request, code);
	return ERR_OK;
}

static struct str make_code(struct http_request *request)
{
	const struct act_source *source = request->service->config.source;
	uint8_t bytes[CODE_BYTES];

	source->random(source->context, bytes, sizeof bytes);
	return code_make(request->arena, bytes);
}

/* ---- reading ---- */

enum err route_letter_forms(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	letter_forms_put(&reading.teller, request_today(request), out);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_letter_read(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct matter_ask ask = {
		.teller = reading.teller, .store = request->reader, .now = request_now(request)};
	struct str hash;

	TRY(read_code(request, &hash));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(letter_view_put(&ask, hash, out, &request->why));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- files ---- */

enum err receive_letter_file(struct http_request *request, struct str piece)
{
	return upload_receive(request, UPLOAD_LETTER, piece);
}

enum err route_letter_file(struct http_request *request, struct reply *reply)
{
	struct upload upload;

	TRY(upload_receive_end(request, UPLOAD_LETTER, reply, &upload));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "ticket",
		str_format(request->arena, "%.*s.%lld", STR_ARG(upload.hash), (long long)upload.account));
	json_out_field_text(out, "name", upload.name);
	json_out_field_int(out, "size", upload.size);
	json_out_close(out, '}');
	return ERR_OK;
}

/* The hash alone doesn't do: who has a document could try whether somebody has sent it. */
static enum err find_file(struct http_request *request, struct str ticket, struct upload *ret_upload)
{
	struct str hash;
	int64_t number;

	if (!str_cut(&ticket, '.', &hash) || hash.size != (size_t)HASH_SIZE * 2 ||
		!str_to_int(ticket, &number))
		return err_set(&request->why, ERR_NOT_FOUND, "evidence",
			"you sent no such file within the last %d hours: send it first", UPLOAD_HOURS);
	return uploads_find(request->service->uploads[UPLOAD_LETTER], request->arena, hash, number,
		request_now(request), ret_upload, &request->why);
}

/* Those that were sent for a report. */
static enum err take_files(struct http_request *request, struct evidence_item **ret_items, size_t *ret_count)
{
	const struct doc *tickets = request_tree(request, "evidence");
	size_t count = tickets == NULL ? 0 : tickets->count;
	struct evidence_item *items = ARENA_TAKE(request->arena, count + 1, struct evidence_item);

	for (size_t i = 0; i < count; i++) {
		struct upload upload;

		TRY(find_file(request, tickets->items[i].text, &upload));
		items[i] =
			(struct evidence_item){.hash = upload.hash, .name = upload.name, .size = upload.size};
	}
	*ret_items = items;
	*ret_count = count;
	return ERR_OK;
}

/* ---- sending ---- */

/* Nothing of it is kept but in the reply. */
struct sent {
	struct act act;
	struct str code;
	struct day came;
};

static enum err answer_code(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	const struct sent *sent = request->state;
	struct json_out *out = reply_json(reply);

	(void)receipt;
	reply->status = 201;
	json_out_open(out, '{');
	json_out_field_text(out, "code", code_print(request->arena, sent->code));
	json_out_field_text(out, "came", day_print(request->arena, sent->came));
	json_out_close(out, '}');
	return ERR_OK;
}

/* The fields that are asked of whoever reports, each fault of them noted. */
static enum err take_fields(struct http_request *request, const struct procedure *procedure, struct act *act)
{
	struct writing *writing = ARENA_TAKE(request->arena, 1, struct writing);
	size_t count;
	const struct field *fields = letter_fields(request->arena, procedure, &count);

	writing->request = request;
	writing->reading = reading_of(request);
	TRY(writing_fields(writing, fields, count, true));
	act->what.letter.fields = writing->command.fields;
	return request_faults(request);
}

enum err route_letter_send(struct http_request *request, struct reply *reply)
{
	struct sent *sent = ARENA_TAKE(request->arena, 1, struct sent);
	const struct definition *definition =
		institution_in_force(request_institution(request), request_text(request, "procedure"));

	(void)reply;
	if (definition == NULL || definition->procedure->letters.place.line == 0)
		return err_set(&request->why, ERR_NOT_FOUND, "procedure",
			"nothing of this kind is reported without a name");
	sent->code = make_code(request);
	sent->came = request_today(request);
	sent->act.kind = ACT_LETTER;
	sent->act.what.letter.code = hash_of(request, sent->code);
	sent->act.what.letter.procedure = definition->procedure->name;
	TRY(take_fields(request, definition->procedure, &sent->act));
	TRY(take_files(request, &sent->act.what.letter.evidence, &sent->act.what.letter.evidence_count));
	request->state = sent;
	return request_act(request, &sent->act, answer_code);
}

enum err route_letter_add(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	act->kind = ACT_LETTER;
	TRY(read_code(request, &act->what.letter.code));
	act->what.letter.text = request_text(request, "text");
	TRY(take_files(request, &act->what.letter.evidence, &act->what.letter.evidence_count));
	return request_act(request, act, writing_accepted);
}
