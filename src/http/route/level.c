/* level.c: institutions above and below, and the files between them: made, sent, looked at, taken. What one
 * means is found in levels/, as for the shell. */
#include "exchange/evidence.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"
#include "http/writing.h"
#include "levels/levels.h"

#include <string.h>

#define PACKAGES_SHOWN 100

/* Lives as long as the request; files that were kept for what is refused go again when it is over. */
struct exchanging {
	struct reading reading;
	struct level_ask ask;
	struct act act;
	struct package_made made;
	struct package_look look;
	struct package_kept kept;
	struct hash confirmed;
	bool has_made, recorded;
};

static enum err begin(struct http_request *request, struct exchanging **ret_exchanging)
{
	struct exchanging *exchanging = ARENA_TAKE(request->arena, 1, struct exchanging);
	struct str key = installation_vkey(request->installation, request->arena);

	*exchanging = (struct exchanging){.reading = reading_of(request)};
	exchanging->ask = (struct level_ask){.installation = request->installation,
		.teller = exchanging->reading.teller,
		.store = request->reader,
		.folder = evidence_folder(
			request->arena, str_copy(request->arena, request->service->config.dir).data),
		.person = request->who.person,
		.now = request_now(request)};
	*ret_exchanging = exchanging;
	return note_key_parse(request->arena, key, &exchanging->ask.own, &request->why);
}

static void give_up_files(void *context)
{
	struct exchanging *exchanging = context;

	if (exchanging->recorded)
		return;
	if (exchanging->has_made)
		package_unmake(&exchanging->ask, &exchanging->made);
	package_unkeep(&exchanging->ask, &exchanging->kept);
}

/* ---- institutions above and below ---- */

enum err route_peers(struct http_request *request, struct reply *reply)
{
	struct str key = installation_vkey(request->installation, request->arena);
	struct json_out *out;
	struct peer *peers;
	size_t count;

	TRY(store_peers(request->reader, request->arena, &peers, &count, &request->why));
	out = reply_json(reply);
	json_out_open(out, '{');
	json_out_field_text(out, "own_key", key);
	json_out_field_text(out, "own_fingerprint", key_fingerprint(request->arena, key));
	json_out_key(out, "peers");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		peer_put(request->arena, &peers[i], out);
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_peer_set(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	struct peer peer = {.code = request_text(request, "code")};

	(void)reply;
	if (store_peer_find(request->reader, request->arena, peer.code, &peer, NULL) != ERR_OK)
		peer.id = 0;
	peer.title = (struct label){request_text(request, "title"), request_text(request, "title_en")};
	if (peer.title.en.data == NULL)
		peer.title.en = STR("");
	peer.key = str_trim(request_text(request, "key"));
	peer.closed = request_bool(request, "closed");
	REQUIRE(level_side_parse(request_text(request, "side"), &peer.side));
	act->kind = ACT_PEER;
	act->what.peer.row = peer_to_doc(request->arena, &peer);
	act->what.peer.fingerprint = request_text(request, "fingerprint");
	return writing_act(request, act);
}

/* ---- what was exchanged ---- */

enum err route_packages(struct http_request *request, struct reply *reply)
{
	struct package_filter filter = {.limit = PACKAGES_SHOWN};
	struct exchanging *exchanging;

	TRY(begin(request, &exchanging));
	filter.viewer = &exchanging->reading.viewer;
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "packages");
	TRY(packages_put(&exchanging->ask, &filter, out, &request->why));
	json_out_close(out, '}');
	return ERR_OK;
}

/* The file itself says all that is in it: for whoever made or took it, or sees each of its matters. */
static enum err find_package(
	struct http_request *request, const struct exchanging *exchanging, struct stored_package *ret_package)
{
	const struct viewer *viewer = &exchanging->reading.viewer;
	struct package_filter filter = {.viewer = viewer, .id = request_int(request, "package"), .limit = 1};
	struct stored_package *found;
	struct stored_item *seen, *all;
	size_t count, seen_count, all_count;

	TRY(store_packages(request->reader, request->arena, &filter, &found, &count, &request->why));
	if (count > 0) {
		TRY(store_package_items(request->reader, request->arena, viewer, found[0].id, &seen,
			&seen_count, &request->why));
		TRY(store_package_items(
			request->reader, request->arena, NULL, found[0].id, &all, &all_count, &request->why));
	}
	if (count == 0 || (found[0].person != viewer->person && seen_count < all_count))
		return err_set_both(&request->why, ERR_NOT_FOUND, "package", err_meaning_zh(ERR_NOT_FOUND),
			err_meaning(ERR_NOT_FOUND));
	*ret_package = found[0];
	return ERR_OK;
}

enum err route_package_file(struct http_request *request, struct reply *reply)
{
	struct exchanging *exchanging;
	struct stored_package package = {0};
	uint64_t size;
	int fd;

	TRY(begin(request, &exchanging));
	TRY(find_package(request, exchanging, &package));
	TRY(uploads_read(request->service->uploads[UPLOAD_EVIDENCE], request->arena, package.hash, &fd, &size,
		&request->why));
	reply_file(reply, "application/octet-stream",
		str_format(request->arena, "%lld.package", (long long)package.number), fd, size);
	return ERR_OK;
}

/* ---- making ---- */

static enum err made(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	struct exchanging *exchanging = request->state;
	struct json_out *out = reply_json(reply);

	exchanging->recorded = !receipt->again;
	json_out_open(out, '{');
	json_out_field_int(out, "package", receipt->id);
	json_out_field_int(out, "index", receipt->first);
	json_out_field_bool(out, "again", receipt->again);
	json_out_field_text(
		out, "file", str_format(reply->arena, "/api/v1/packages/%lld/file", (long long)receipt->id));
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err act_on(struct http_request *request, struct exchanging *exchanging, request_then_fn *then)
{
	request->state = exchanging;
	exchanging->act.key = request_key(request);
	exchanging->act.person = request->who.person;
	exchanging->act.account = request->who.account;
	return request_act(request, &exchanging->act, then);
}

enum err route_package_make(struct http_request *request, struct reply *reply)
{
	struct exchanging *exchanging;
	struct doc *asked = doc_object(request->arena);

	(void)reply;
	TRY(begin(request, &exchanging));
	doc_set(request->arena, asked, "peer", doc_text(request->arena, request_text(request, "peer")));
	doc_set(request->arena, asked, "items", doc_copy(request->arena, request_tree(request, "items")));
	request_on_end(request, give_up_files, exchanging);
	TRY(package_make(&exchanging->ask, asked, &exchanging->made, &request->why));
	exchanging->has_made = true;
	exchanging->act = package_send_act(&exchanging->made, asked);
	return act_on(request, exchanging, made);
}

/* ---- taking ---- */

static enum err look_at(struct http_request *request, struct exchanging *exchanging)
{
	struct uploads *uploads = request->service->uploads[UPLOAD_IMPORT];
	struct doc *choices = doc_object(request->arena);
	struct upload upload;
	struct str bytes;

	TRY(uploads_find(uploads, request->arena, request_text(request, "file"), request->who.account,
		request_now(request), &upload, &request->why));
	TRY(uploads_bytes(uploads, request->arena, upload.hash, &bytes, &request->why));
	if (request_tree(request, "items") != NULL)
		doc_set(request->arena, choices, "items",
			doc_copy(request->arena, request_tree(request, "items")));
	struct bh_err why;
	enum err err = package_look(&exchanging->ask, bytes, choices, &exchanging->look, &why);

	if (err == ERR_OK)
		return ERR_OK;
	/* What is wrong with a file that was sent is no fault of ours, and none of our record. */
	return err_pass(&request->why, err == ERR_TAMPERED || err == ERR_NOT_FOUND ? ERR_REFUSED : err,
		why.place, &why);
}

enum err route_package_preview(struct http_request *request, struct reply *reply)
{
	struct exchanging *exchanging;

	TRY(begin(request, &exchanging));
	TRY(look_at(request, exchanging));
	package_look_put(&exchanging->ask, &exchanging->look, reply_json(reply));
	return ERR_OK;
}

static enum err taken(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	struct exchanging *exchanging = request->state;
	struct json_out *out = reply_json(reply);

	exchanging->recorded = !receipt->again;
	json_out_open(out, '{');
	json_out_field_int(out, "package", receipt->id);
	json_out_field_int(out, "index", receipt->first);
	json_out_field_int(out, "count", receipt->count);
	json_out_field_bool(out, "again", receipt->again);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_package_take(struct http_request *request, struct reply *reply)
{
	struct exchanging *exchanging;
	struct str digest;

	TRY(begin(request, &exchanging));
	TRY(look_at(request, exchanging));
	const struct package_look *look = &exchanging->look;

	if (look->standing == PACKAGE_AGAIN) {
		const struct receipt before = {
			.first = look->before.index, .count = 1, .id = look->before.id, .again = true};

		request->state = exchanging;
		return taken(request, &before, reply);
	}
	if (look->fault_count > 0)
		return err_set(&request->why, ERR_INVALID, "items",
			"missing or wrong: %zu: the preview names each", look->fault_count);
	REQUIRE(hex_parse(request->arena, request_text(request, "digest"), &digest) &&
		digest.size == HASH_SIZE);
	memcpy(exchanging->confirmed.bytes, digest.data, HASH_SIZE);
	request_on_end(request, give_up_files, exchanging);
	TRY(package_keep(&exchanging->ask, look, &exchanging->kept, &request->why));
	exchanging->act = package_take_act(look);
	exchanging->act.what.package.confirmed = &exchanging->confirmed;
	return act_on(request, exchanging, taken);
}
