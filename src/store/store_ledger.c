/* store_ledger.c: events, payloads, nodes, checkpoints, and the keys of requests. */
#include "store/store_driver.h"
#include "store/store_rows.h"

#include "ledger/ledger.h"

#include <string.h>

enum err store_institution_put(
	struct store *store, const struct store_institution *institution, struct bh_err *reterr)
{
	return RUN(store, STMT_INSTITUTION_PUT, NULL, NULL, reterr, V_TEXT(institution->name),
		V_TEXT(institution->title.zh), V_TEXT(institution->title.en), V_TEXT(institution->origin),
		V_INT(institution->offset_minutes));
}

/* What a single-row query gives: found or not, copied into an arena where it is text. */
struct one {
	bool found;
	struct arena *arena;
	void *into;
};

static enum err take_institution(void *context, const struct row *row)
{
	struct one *one = context;
	struct store_institution *institution = one->into;

	one->found = true;
	*institution = (struct store_institution){
		.name = str_copy(one->arena, row_text(row, 0)),
		.title = {str_copy(one->arena, row_text(row, 1)), str_copy(one->arena, row_text(row, 2))},
		.origin = str_copy(one->arena, row_text(row, 3)),
		.offset_minutes = (int)row_int(row, 4),
	};
	return ERR_OK;
}

enum err store_institution_get(struct store *store, struct arena *arena,
	struct store_institution *ret_institution, struct bh_err *reterr)
{
	struct one one = {.arena = arena, .into = ret_institution};

	TRY(RUN0(store, STMT_INSTITUTION_GET, take_institution, &one, reterr));
	return one.found ? ERR_OK
			 : err_set(reterr, ERR_NOT_FOUND, "institution",
				   "the data folder holds no institution");
}

enum err store_event_put(struct store *store, const struct event_row *row, struct bh_err *reterr)
{
	TRY(RUN(store, STMT_EVENT_PUT, NULL, NULL, reterr, V_INT(row->index), V_INT(row->time.us),
		V_TEXT(row->kind), V_TEXT(row->object), V_BLOB(row->envelope.data, row->envelope.size)));
	return RUN(store, STMT_PAYLOAD_PUT, NULL, NULL, reterr, V_INT(row->index), V_TEXT(row->slot),
		V_TEXT(row->class), V_BLOB(row->salt.data, row->salt.size),
		V_BLOB(row->payload.data, row->payload.size));
}

enum err store_node_put(
	struct store *store, unsigned level, uint64_t i, const struct hash *hash, struct bh_err *reterr)
{
	/* A leaf's hash is its envelope's, which is stored. */
	if (level == 0)
		return ERR_OK;
	return RUN(store, STMT_LEDGER_NODE_PUT, NULL, NULL, reterr, V_INT(level), V_INT((int64_t)i),
		V_BLOB(hash->bytes, HASH_SIZE));
}

static enum err take_hash(void *context, const struct row *row)
{
	struct one *one = context;
	struct str bytes = row_blob(row, 0);

	if (bytes.size == HASH_SIZE) {
		one->found = true;
		memcpy(((struct hash *)one->into)->bytes, bytes.data, HASH_SIZE);
	}
	return ERR_OK;
}

static enum err take_leaf(void *context, const struct row *row)
{
	struct one *one = context;

	one->found = true;
	*(struct hash *)one->into = leaf_hash(row_blob(row, 0));
	return ERR_OK;
}

enum err store_node_get(
	struct store *store, unsigned level, uint64_t i, struct hash *ret_hash, struct bh_err *reterr)
{
	struct one one = {.into = ret_hash};

	if (level == 0)
		TRY(RUN(store, STMT_LEAF_GET, take_leaf, &one, reterr, V_INT((int64_t)i)));
	else
		TRY(RUN(store, STMT_LEDGER_NODE_GET, take_hash, &one, reterr, V_INT(level),
			V_INT((int64_t)i)));
	return one.found ? ERR_OK
			 : err_set(reterr, ERR_NOT_FOUND, "ledger", "node %u/%llu isn't stored", level,
				   (unsigned long long)i);
}

enum err store_checkpoint_put(struct store *store, uint64_t size, struct str note, struct bh_err *reterr)
{
	return RUN(store, STMT_CHECKPOINT_PUT, NULL, NULL, reterr, V_INT((int64_t)size), V_TEXT(note));
}

static enum err take_note(void *context, const struct row *row)
{
	struct one *one = context;

	one->found = true;
	*(struct str *)one->into = str_copy(one->arena, row_text(row, 1));
	return ERR_OK;
}

enum err store_checkpoint_newest(
	struct store *store, struct arena *arena, struct str *ret_note, struct bh_err *reterr)
{
	struct one one = {.arena = arena, .into = ret_note};

	TRY(RUN0(store, STMT_CHECKPOINT_NEWEST, take_note, &one, reterr));
	return one.found ? ERR_OK : err_set(reterr, ERR_NOT_FOUND, "checkpoint", "nothing was signed yet");
}

struct notes {
	struct arena *arena;
	struct str *items;
	size_t count, capacity;
};

static enum err push_note(void *context, const struct row *row)
{
	struct notes *notes = context;

	*ARENA_PUSH(notes->arena, notes->items, notes->count, notes->capacity) =
		str_copy(notes->arena, row_text(row, 1));
	return ERR_OK;
}

enum err store_checkpoints(struct store *store, struct arena *arena, size_t most, struct str **ret_notes,
	size_t *ret_count, struct bh_err *reterr)
{
	struct notes notes = {.arena = arena};

	TRY(RUN(store, STMT_CHECKPOINT_SOME, push_note, &notes, reterr, V_INT((int64_t)most)));
	*ret_notes = notes.items;
	*ret_count = notes.count;
	return ERR_OK;
}

struct size_and_time {
	uint64_t size;
	struct instant last;
};

static enum err take_size(void *context, const struct row *row)
{
	*(struct size_and_time *)context =
		(struct size_and_time){(uint64_t)row_int(row, 0), {row_int(row, 1)}};
	return ERR_OK;
}

enum err store_ledger_size(
	struct store *store, uint64_t *ret_size, struct instant *ret_last, struct bh_err *reterr)
{
	struct size_and_time found = {0};

	TRY(RUN0(store, STMT_LEDGER_SIZE, take_size, &found, reterr));
	*ret_size = found.size;
	*ret_last = found.last;
	return ERR_OK;
}

struct leaf_call {
	store_leaf_fn *each;
	void *context;
};

static enum err give_leaf(void *context, const struct row *row)
{
	struct leaf_call *call = context;

	return call->each(call->context, row_blob(row, 0));
}

enum err store_leaf_each(struct store *store, uint64_t from, uint64_t to, store_leaf_fn *each, void *context,
	struct bh_err *reterr)
{
	struct leaf_call call = {each, context};

	return RUN(store, STMT_LEAF_EACH, give_leaf, &call, reterr, V_INT((int64_t)from), V_INT((int64_t)to));
}

struct event_call {
	store_event_fn *each;
	void *context;
};

static enum err give_event(void *context, const struct row *row)
{
	struct event_call *call = context;
	struct stored_event event = {
		.index = row_int(row, 0),
		.time = {row_int(row, 1)},
		.kind = row_text(row, 2),
		.object = row_text(row, 3),
		.envelope = row_blob(row, 4),
		.slot = row_text(row, 5),
		.class = row_text(row, 6),
		.salt = row_blob(row, 7),
		.payload = row_blob(row, 8),
	};

	return call->each(call->context, &event);
}

static enum err give_body(void *context, const struct row *row)
{
	struct event_call *call = context;
	struct stored_event event = {
		.index = row_int(row, 0),
		.time = {row_int(row, 1)},
		.kind = row_text(row, 2),
		.object = row_text(row, 3),
		.slot = STR("main"),
		.payload = row_blob(row, 4),
	};

	return call->each(call->context, &event);
}

enum err store_event_each(struct store *store, uint64_t from, uint64_t to, store_event_fn *each,
	void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};

	return RUN(
		store, STMT_EVENT_EACH, give_event, &call, reterr, V_INT((int64_t)from), V_INT((int64_t)to));
}

enum err store_event_each_matter(
	struct store *store, store_event_fn *each, void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};

	return RUN0(store, STMT_EVENT_EACH_MATTER, give_body, &call, reterr);
}

enum err store_event_each_other(
	struct store *store, store_event_fn *each, void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};

	return RUN0(store, STMT_EVENT_EACH_OTHER, give_body, &call, reterr);
}

enum err store_event_of_object(
	struct store *store, struct str object, store_event_fn *each, void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};

	return RUN(store, STMT_EVENT_OF_OBJECT, give_body, &call, reterr, V_TEXT(object));
}

enum err store_event_page(struct store *store, struct str object, const struct event_place *place,
	store_event_fn *each, void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};
	int64_t edge = place->down ? INT64_MAX : -1, behind = place->after == 0 ? edge : place->after;

	return RUN(store, place->down ? STMT_EVENT_PAGE_DOWN : STMT_EVENT_PAGE_UP, give_body, &call, reterr,
		V_TEXT(object), V_INT(behind), V_INT(place->limit));
}

enum err store_event_at(struct store *store, struct str object, struct instant time, store_event_fn *each,
	void *context, struct bh_err *reterr)
{
	struct event_call call = {each, context};

	return RUN(store, STMT_EVENT_AT, give_body, &call, reterr, V_TEXT(object), V_INSTANT(time));
}

static enum err take_index(void *context, const struct row *row)
{
	*(int64_t *)context = row_is_null(row, 0) ? -1 : row_int(row, 0);
	return ERR_OK;
}

enum err store_object_last(struct store *store, struct str object, int64_t *ret_index, struct bh_err *reterr)
{
	*ret_index = -1;
	return RUN(store, STMT_OBJECT_LAST, take_index, ret_index, reterr, V_TEXT(object));
}

static enum err take_key(void *context, const struct row *row)
{
	struct one *one = context;
	struct command_key *key = one->into;
	struct str digest = row_blob(row, 0);

	if (digest.size != HASH_SIZE)
		return ERR_BROKEN;
	one->found = true;
	memcpy(key->digest.bytes, digest.data, HASH_SIZE);
	key->matter = row_int(row, 1);
	key->version = row_int(row, 2);
	key->id = row_int(row, 3);
	key->first = row_int(row, 4);
	key->count = row_int(row, 5);
	return ERR_OK;
}

enum err store_command_key_find(struct store *store, int64_t person, struct str key,
	struct command_key *ret_key, struct bh_err *reterr)
{
	struct one one = {.into = ret_key};

	TRY(RUN(store, STMT_COMMAND_KEY_FIND, take_key, &one, reterr, V_INT(person), V_TEXT(key)));
	return one.found ? ERR_OK : ERR_NOT_FOUND;
}

enum err store_command_key_put(struct store *store, int64_t person, struct str key,
	const struct command_key *row, struct bh_err *reterr)
{
	return RUN(store, STMT_COMMAND_KEY_PUT, NULL, NULL, reterr, V_INT(person), V_TEXT(key),
		V_BLOB(row->digest.bytes, HASH_SIZE), V_INT(row->matter), V_INT(row->version), V_INT(row->id),
		V_INT(row->first), V_INT(row->count));
}
