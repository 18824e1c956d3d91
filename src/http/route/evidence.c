/* evidence.c: files in and out. */
#include "http/handlers.h"
#include "http/reading.h"
#include "http/receiving.h"
#include "http/service.h"

/* ---- in ---- */

enum err receive_evidence_send(struct http_request *request, struct str piece)
{
	return upload_receive(request, UPLOAD_EVIDENCE, piece);
}

enum err route_evidence_send(struct http_request *request, struct reply *reply)
{
	struct upload upload;

	TRY(upload_receive_end(request, UPLOAD_EVIDENCE, reply, &upload));
	upload_answer(&upload, reply);
	return ERR_OK;
}

/* ---- out ---- */

static void put_link(struct buf *links, const struct evidence_item *item, const char *relation)
{
	if (item != NULL)
		buf_format(links, "%s</api/v1/evidence/%.*s>; rel=\"%s\"", links->size > 0 ? ", " : "",
			STR_ARG(item->hash), relation);
}

/* Under the name that the newest showing of it gave; what it took the place of, and what took its, as links
 * (RFC 5829). */
static enum err name_of(const struct reading *reading, int64_t matter, struct str hash, struct reply *reply,
	struct str *ret_name)
{
	struct http_request *request = reading->request;
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	const struct matter_ask ask = reading_ask(reading);
	struct buf links = buf_new(reply->arena);
	struct view_version version = {0};

	TRY(matter_view_read(&ask, matter, view, &request->why));
	*ret_name = hash;
	for (size_t i = 0; i < view->evidence_count; i++)
		if (str_equal(view->evidence[i].hash, hash)) {
			*ret_name = view->evidence[i].name;
			version = view_evidence_version(view, i);
		}
	put_link(&links, version.before, "predecessor-version");
	put_link(&links, version.after, "successor-version");
	if (links.size > 0)
		reply_header(reply, "Link", buf_str(&links));
	return ERR_OK;
}

/* Their own, at the door of a compartment that is about them. ERR_NOT_FOUND, as of what nobody sent. */
static enum err name_at_door(const struct reading *reading, struct str hash, struct str *ret_name)
{
	struct http_request *request = reading->request;
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	struct bh_err why = request->why;
	int64_t *matters;
	size_t count;

	TRY(store_door_evidence(
		request->reader, request->arena, &reading->viewer, hash, &matters, &count, &request->why));
	for (size_t i = 0; i < count; i++) {
		enum err err = reading_at_door(reading, matters[i], view);

		for (size_t k = 0; err == ERR_OK && k < view->evidence_count; k++)
			if (str_equal(view->evidence[k].hash, hash)) {
				*ret_name = view->evidence[k].name;
				request->why = (struct bh_err){0};
				return ERR_OK;
			}
		if (err != ERR_OK && err != ERR_NOT_FOUND)
			return err;
	}
	request->why = why;
	return ERR_NOT_FOUND;
}

static enum err find_name(
	const struct reading *reading, struct str hash, struct reply *reply, struct str *ret_name)
{
	struct http_request *request = reading->request;
	int64_t matter;
	enum err err = store_evidence_matter(request->reader, &reading->viewer, hash, &matter, &request->why);

	if (err == ERR_NOT_FOUND)
		return name_at_door(reading, hash, ret_name);
	TRY(err);
	TRY(reading_enter(reading, matter));
	return name_of(reading, matter, hash, reply, ret_name);
}

enum err route_evidence_read(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct str hash = request_text(request, "hash"), name;
	uint64_t size;
	int fd;

	TRY(find_name(&reading, hash, reply, &name));
	TRY(uploads_read(
		request->service->uploads[UPLOAD_EVIDENCE], request->arena, hash, &fd, &size, &request->why));
	reply_file(reply, "application/octet-stream", name, fd, size);
	reply_header(reply, "Content-Security-Policy", STR("sandbox; default-src 'none'"));
	return ERR_OK;
}
