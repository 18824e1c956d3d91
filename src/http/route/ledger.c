/* ledger.c: the record as anybody may read it: public formats without content, from which tiles, proofs and
 * receipts are checked with foreign tools (C2SP tlog-tiles, tlog-checkpoint, tlog-proof). All of it is about
 * the newest signed checkpoint or a smaller tree: nothing is shown that isn't signed. */
#include "http/handlers.h"
#include "http/service.h"

struct reading {
	struct store *store;
	struct bh_err *why;
};

static enum err read_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct reading *reading = context;

	return store_node_get(reading->store, level, i, ret_hash, reading->why);
}

static struct tree_source tree_of(struct http_request *request)
{
	struct reading *reading = ARENA_TAKE(request->arena, 1, struct reading);

	*reading = (struct reading){request->reader, &request->why};
	return (struct tree_source){read_node, reading};
}

/* The newest note, and what it says. There is always one: the founding is an event. */
static enum err newest(struct http_request *request, struct str *ret_note, struct checkpoint *ret_checkpoint)
{
	*ret_note = installation_checkpoint(request->installation, request->arena);
	return checkpoint_parse(request->arena, *ret_note, ret_checkpoint, &request->why);
}

enum err route_ledger_checkpoint(struct http_request *request, struct reply *reply)
{
	struct str note;
	struct checkpoint checkpoint;

	TRY(newest(request, &note, &checkpoint));
	reply_body(reply, "text/plain; charset=utf-8", note);
	reply_etag(reply, str_format(request->arena, "%llu", (unsigned long long)checkpoint.size));
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}

enum err route_ledger_key(struct http_request *request, struct reply *reply)
{
	struct str key = installation_vkey(request->installation, request->arena);

	reply_body(reply, "text/plain; charset=utf-8", str_format(request->arena, "%.*s\n", STR_ARG(key)));
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}

/* ---- tiles ---- */

static enum err put_leaf(void *context, struct str leaf)
{
	bundle_put(context, leaf);
	return ERR_OK;
}

static enum err put_bundle(struct http_request *request, const struct tile *tile, struct buf *buf)
{
	uint64_t first = tile->n * TILE_WIDTH;

	return store_leaf_each(request->reader, first, first + tile->width, put_leaf, buf, &request->why);
}

static enum err put_hashes(struct http_request *request, const struct tile *tile, struct buf *buf)
{
	struct tree_source tree = tree_of(request);
	struct hash hashes[TILE_WIDTH];

	TRY(tile_hashes(&tree, tile, hashes));
	buf_put(buf, (struct str){(const char *)hashes, tile->width * sizeof hashes[0]});
	return ERR_OK;
}

enum err route_ledger_tile(struct http_request *request, struct reply *reply)
{
	struct str path = str_format(request->arena, "tile/%.*s/%.*s",
		STR_ARG(request_text(request, "level")), STR_ARG(request_text(request, "number")));
	struct buf buf = buf_new(request->arena);
	struct str note;
	struct checkpoint checkpoint;
	struct tile tile;

	TRY(newest(request, &note, &checkpoint));
	if (!tile_parse(request->arena, path, &tile))
		return err_set(&request->why, ERR_INVALID, "number",
			"it is a number in groups of three digits, all but the last behind an x: 067, "
			"x001/067; a partial tile ends with .p/ and its width");
	if (tile_width(tile.entries ? 0 : tile.level, tile.n, checkpoint.size) < tile.width)
		return err_set(&request->why, ERR_NOT_FOUND, "number",
			"the newest checkpoint has %llu events: there is no such tile",
			(unsigned long long)checkpoint.size);
	TRY(tile.entries ? put_bundle(request, &tile, &buf) : put_hashes(request, &tile, &buf));
	reply_body(reply, "application/octet-stream", buf_str(&buf));
	reply_immutable(reply);
	return ERR_OK;
}

/* ---- proofs and receipts ---- */

static enum err root_of(struct http_request *request, uint64_t size, struct hash *ret_root)
{
	struct tree_source tree = tree_of(request);
	struct tree_edge edge;

	TRY(tree_edge_load(&tree, size, &edge));
	*ret_root = tree_root(&edge);
	return ERR_OK;
}

static void put_hash(
	struct http_request *request, struct json_out *out, const char *key, const struct hash *hash)
{
	json_out_field_text(out, key, hex_print(request->arena, hash->bytes, HASH_SIZE));
}

static void put_proof(struct http_request *request, struct json_out *out, const struct proof *proof)
{
	json_out_key(out, "proof");
	json_out_open(out, '[');
	for (size_t i = 0; i < proof->count; i++)
		json_out_text(out, hex_print(request->arena, proof->hashes[i].bytes, HASH_SIZE));
	json_out_close(out, ']');
}

/* The size that was asked for, or the newest; never beyond what is signed. */
static enum err size_asked(struct http_request *request, const char *name, uint64_t *ret_size)
{
	struct str note;
	struct checkpoint checkpoint;

	TRY(newest(request, &note, &checkpoint));
	*ret_size = request_has(request, name) ? (uint64_t)request_int(request, name) : checkpoint.size;
	if (*ret_size > checkpoint.size)
		return err_set(&request->why, ERR_RANGE, name, "the newest checkpoint has %llu events",
			(unsigned long long)checkpoint.size);
	return ERR_OK;
}

enum err route_ledger_inclusion(struct http_request *request, struct reply *reply)
{
	struct tree_source tree = tree_of(request);
	uint64_t index = (uint64_t)request_int(request, "index"), size;
	struct proof proof;
	struct hash leaf, root;

	TRY(size_asked(request, "size", &size));
	if (index >= size)
		return err_set(&request->why, ERR_RANGE, "index", "the tree has %llu events, counted from 0",
			(unsigned long long)size);
	TRY(prove_inclusion(&tree, index, size, &proof));
	TRY(store_node_get(request->reader, 0, index, &leaf, &request->why));
	TRY(root_of(request, size, &root));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_hash(request, out, "leaf_hash", &leaf);
	json_out_field_int(out, "index", (int64_t)index);
	json_out_field_int(out, "size", (int64_t)size);
	put_hash(request, out, "root", &root);
	put_proof(request, out, &proof);
	json_out_close(out, '}');
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}

enum err route_ledger_consistency(struct http_request *request, struct reply *reply)
{
	struct tree_source tree = tree_of(request);
	uint64_t size1 = (uint64_t)request_int(request, "size1"), size2;
	struct proof proof;
	struct hash root1, root2;

	TRY(size_asked(request, "size2", &size2));
	if (size1 > size2)
		return err_set(&request->why, ERR_RANGE, "size1", "it is larger than the newer tree's %llu",
			(unsigned long long)size2);
	TRY(prove_consistency(&tree, size1, size2, &proof));
	TRY(root_of(request, size1, &root1));
	TRY(root_of(request, size2, &root2));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_int(out, "size1", (int64_t)size1);
	put_hash(request, out, "root1", &root1);
	json_out_field_int(out, "size2", (int64_t)size2);
	put_hash(request, out, "root2", &root2);
	put_proof(request, out, &proof);
	json_out_close(out, '}');
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}

enum err route_ledger_receipt(struct http_request *request, struct reply *reply)
{
	struct tree_source tree = tree_of(request);
	uint64_t index = (uint64_t)request_int(request, "index");
	struct checkpoint checkpoint;
	struct proof proof;
	struct str note;

	TRY(newest(request, &note, &checkpoint));
	if (index >= checkpoint.size)
		return err_set(&request->why, ERR_NOT_FOUND, "index",
			"there is no such event yet: the newest checkpoint has %llu",
			(unsigned long long)checkpoint.size);
	TRY(prove_inclusion(&tree, index, checkpoint.size, &proof));
	reply_body(reply, "text/plain; charset=utf-8", receipt_print(request->arena, index, &proof, note));
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}
