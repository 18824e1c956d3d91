/* writing.c: from a body to a command. */
#include "http/writing.h"

#include "http/service.h"
#include "view/unknown.h"

#define FIELDS_MAX 200 /* names that are offered when one is unknown */

/* ---- beginning ---- */

static enum err read_on_behalf(struct writing *writing)
{
	struct http_request *request = writing->request;
	struct bh_err why;

	if (!request_has(request, "on_behalf"))
		return ERR_OK;
	if (institution_person(writing->reading.teller.institution, request->arena,
		    request_text(request, "on_behalf"), &writing->command.on_behalf, &why) == ERR_OK)
		return ERR_OK;
	return err_pass(&request->why, ERR_INVALID, "on_behalf", &why);
}

static struct writing *writing_new(struct http_request *request, enum command_kind kind)
{
	struct writing *writing = ARENA_TAKE(request->arena, 1, struct writing);

	writing->request = request;
	writing->reading = reading_of(request);
	writing->command.kind = kind;
	writing->act = (struct act){.kind = ACT_COMMAND, .what.command = &writing->command};
	return writing;
}

enum err writing_open(struct http_request *request, struct writing **ret_writing)
{
	*ret_writing = writing_new(request, COMMAND_OPEN);
	return read_on_behalf(*ret_writing);
}

enum err writing_begin_own(struct http_request *request, enum command_kind kind, struct writing **ret_writing)
{
	struct writing *writing = writing_new(request, kind);

	writing->command.matter = request_int(request, "matter");
	writing->command.version = request_int(request, "If-Match");
	TRY(reading_enter(&writing->reading, writing->command.matter));
	TRY(institution_matter(writing->reading.teller.institution, request->reader, request->arena,
		writing->command.matter, &writing->matter, &request->why));
	*ret_writing = writing;
	return ERR_OK;
}

enum err writing_begin(struct http_request *request, enum command_kind kind, struct writing **ret_writing)
{
	TRY(writing_begin_own(request, kind, ret_writing));
	return read_on_behalf(*ret_writing);
}

/* ---- at the door of a compartment ---- */

#define NO_VERSION INT64_MAX /* no matter ever has it */

enum err writing_begin_at_door(struct http_request *request, enum command_kind kind, writing_may_fn *may,
	struct writing **ret_writing)
{
	enum err err = writing_begin(request, kind, ret_writing);
	struct writing *writing;

	if (err != ERR_NOT_FOUND)
		return err;
	writing = writing_new(request, kind);
	writing->command.matter = request_int(request, "matter");
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);

	TRY(reading_at_door(&writing->reading, writing->command.matter, view));
	int64_t seen = request_int(request, "If-Match");

	request->why = (struct bh_err){0};
	writing->door = view;
	writing->matter = view->matter;
	TRY(read_on_behalf(writing));
	/* A repetition finds its receipt before the version is looked at. */
	writing->command.version =
		(seen == 0 || seen == view->version) && may(writing) ? view->matter->version : NO_VERSION;
	*ret_writing = writing;
	return ERR_OK;
}

/* ---- other matters ---- */

/* One that the sender doesn't see is, here too, one that isn't there. */
static enum err check_other(struct writing *writing, struct str place, int64_t matter)
{
	struct http_request *request = writing->request;
	struct bh_err why;
	bool sees;

	TRY(store_may_see(request->reader, &writing->reading.viewer, matter, &sees, &request->why));
	if (sees)
		return ERR_OK;
	(void)!err_set(&why, ERR_INVALID, place.data, "there is no such matter");
	request_fault(request, place, &why);
	return ERR_OK;
}

enum err writing_other(struct writing *writing, const char *place, int64_t matter)
{
	return check_other(writing, str_from(place), matter);
}

/* ---- fields ---- */

static struct str place_of(const struct writing *writing, struct str field)
{
	return str_format(writing->request->arena, "fields.%.*s", STR_ARG(field));
}

static void note_unknown(
	struct writing *writing, const struct field *fields, size_t count, struct str name, struct str place)
{
	struct arena *arena = writing->request->arena;
	const char *names[FIELDS_MAX];
	struct bh_err why;
	size_t known = 0;

	for (size_t i = 0; i < count && known < FIELDS_MAX; i++)
		names[known++] = str_copy(arena, fields[i].name).data;
	(void)!unknown_set(&why, arena, ERR_INVALID, place.data,
		UNKNOWN("没有这个字段", "there is no such field here",
			count == 0 ? "这里不填字段" : unknown_list(arena, "可填", names, known),
			count == 0 ? "it takes none" : unknown_list(arena, "it takes", names, known)),
		name, names, known);
	request_fault(writing->request, place, &why);
}

/* Another matter by its id, or by its number, which is what people know. */
static enum err take_matter(
	struct writing *writing, struct str place, const struct doc *sent, struct doc **ret_value)
{
	struct http_request *request = writing->request;
	int64_t matter = sent->number;

	if (sent->kind == DOC_TEXT && store_number_seen(request->reader, &writing->reading.viewer, sent->text,
					      &matter, &request->why) != ERR_OK)
		matter = 0;
	*ret_value = doc_int(request->arena, matter);
	return check_other(writing, place, matter);
}

static enum err take_field(
	struct writing *writing, const struct field *field, const struct doc *sent, struct doc *object)
{
	struct arena *arena = writing->request->arena;
	struct str place = place_of(writing, field->name);
	struct doc *value = NULL;
	struct bh_err why;

	if (field->type == FIELD_MATTER && (sent->kind == DOC_TEXT || sent->kind == DOC_INT))
		TRY(take_matter(writing, place, sent, &value));
	else if (field_value_take(arena, field, writing->reading.teller.institution->org, sent, &value,
			 &why) != ERR_OK)
		request_fault(writing->request, place, &why);
	/* What was wrong is named once; that it is there is said all the same. */
	doc_set_str(arena, object, field->name, value == NULL ? doc_copy(arena, sent) : value);
	return ERR_OK;
}

static void note_missing(void *context, struct str field, const struct bh_err *why)
{
	struct writing *writing = context;

	if (doc_get_str(writing->command.fields, field) == NULL)
		request_fault(writing->request, place_of(writing, field), why);
}

enum err writing_fields(struct writing *writing, const struct field *fields, size_t count, bool whole)
{
	struct http_request *request = writing->request;
	const struct doc *sent = request_tree(request, "fields");
	struct doc *object = doc_object(request->arena);

	for (size_t i = 0; sent != NULL && i < sent->count; i++) {
		const struct field *field = field_find(fields, count, sent->keys[i]);

		if (field == NULL)
			note_unknown(writing, fields, count, sent->keys[i], place_of(writing, sent->keys[i]));
		else if (sent->items[i].kind != DOC_NULL)
			TRY(take_field(writing, field, &sent->items[i], object));
	}
	writing->command.fields = object;
	if (whole)
		(void)fields_faults(fields, count, object, writing->reading.teller.institution->org,
			note_missing, writing);
	return ERR_OK;
}

/* ---- evidence ---- */

/* As the matter in which the sender sees it calls it. */
static enum err find_shown(struct writing *writing, struct str hash, struct evidence_item *ret_item)
{
	struct http_request *request = writing->request;
	struct evidence_item *items;
	size_t count;
	int64_t matter;

	TRY(store_evidence_matter(request->reader, &writing->reading.viewer, hash, &matter, &request->why));
	TRY(store_evidence_seen(request->reader, request->arena, &writing->reading.viewer, matter, &items,
		&count, &request->why));
	for (size_t i = 0; i < count; i++)
		if (str_equal(items[i].hash, hash))
			*ret_item = items[i];
	return ERR_OK;
}

static enum err find_evidence(struct writing *writing, struct str hash, struct evidence_item *ret_item)
{
	struct http_request *request = writing->request;
	struct upload upload;
	enum err err = uploads_find(request->service->uploads[UPLOAD_EVIDENCE], request->arena, hash,
		request->who.account, request_now(request), &upload, &request->why);

	*ret_item = (struct evidence_item){.hash = hash};
	if (err == ERR_NOT_FOUND)
		return find_shown(writing, hash, ret_item);
	TRY(err);
	ret_item->name = upload.name;
	ret_item->size = upload.size;
	return ERR_OK;
}

static bool is_hash(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if (!((text.data[i] >= '0' && text.data[i] <= '9') ||
			    (text.data[i] >= 'a' && text.data[i] <= 'f')))
			return false;
	return text.size == HASH_SIZE * 2;
}

static enum err read_evidence(struct writing *writing, struct str hash, size_t at)
{
	struct http_request *request = writing->request;
	struct str place = str_format(request->arena, "evidence[%zu]", at);
	struct bh_err why;

	enum err err =
		is_hash(hash) ? find_evidence(writing, hash, &writing->command.evidence[at]) : ERR_NOT_FOUND;

	if (err != ERR_NOT_FOUND)
		return err;
	request->why = (struct bh_err){0};
	(void)!err_set(&why, ERR_INVALID, place.data,
		"you sent no such file within the last %d hours: send it first", UPLOAD_HOURS);
	request_fault(request, place, &why);
	return ERR_OK;
}

enum err writing_evidence(struct writing *writing)
{
	const struct doc *sent = request_tree(writing->request, "evidence");

	if (sent == NULL || sent->count == 0)
		return ERR_OK;
	writing->command.evidence = ARENA_TAKE(writing->request->arena, sent->count, struct evidence_item);
	writing->command.evidence_count = sent->count;
	for (size_t i = 0; i < sent->count; i++)
		TRY(read_evidence(writing, sent->items[i].text, i));
	return ERR_OK;
}

/* ---- the end ---- */

static enum err recorded(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	reply_receipt(reply, receipt);
	reply->status = request->state == NULL ? 200 : 201;
	return ERR_OK;
}

/* How many events came of it, and the version they make, tell of what is inside. */
static enum err recorded_at_door(
	struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	struct receipt told = *receipt;

	(void)request;
	told.matter = 0;
	told.id = 0;
	told.count = 1;
	reply_receipt(reply, &told);
	return ERR_OK;
}

static enum err finish(struct http_request *request, struct act *act, request_then_fn *then)
{
	TRY(request_faults(request));
	act->key = request_key(request);
	act->person = request->who.person;
	act->account = request->who.account;
	return request_act(request, act, then);
}

enum err writing_act(struct http_request *request, struct act *act)
{
	return finish(request, act, recorded);
}

enum err writing_end(struct writing *writing)
{
	struct http_request *request = writing->request;

	if (writing->door != NULL)
		return finish(request, &writing->act, recorded_at_door);
	if (writing->command.kind == COMMAND_OPEN)
		request->state = writing;
	return writing_act(request, &writing->act);
}

enum err writing_accepted(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	struct json_out *out = reply_json(reply);

	(void)request, (void)receipt;
	json_out_open(out, '{');
	json_out_field_bool(out, "accepted", true);
	json_out_close(out, '}');
	return ERR_OK;
}
