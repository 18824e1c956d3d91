/* store_level.c: rows of institutions above and below, and of the files between them. */
#include "store/store_lines.h"
#include "store/store_rows.h"

/* ---- writing ---- */

enum err store_peer_put(struct store *store, const struct peer *peer, struct bh_err *reterr)
{
	return RUN(store, STMT_PEER_PUT, NULL, NULL, reterr, V_INT(peer->id), V_TEXT(peer->code),
		V_TEXT(peer->title.zh), V_TEXT(peer->title.en), V_TEXT(str_from(level_side_name(peer->side))),
		V_TEXT(peer->key), V_INT(peer->closed));
}

enum err store_package_put(struct store *store, struct arena *arena, const struct package *package,
	bool taken, int64_t person, int64_t index, struct bh_err *reterr)
{
	TRY(RUN(store, STMT_PACKAGE_PUT, NULL, NULL, reterr, V_INT(package->id), V_INT(package->peer),
		V_INT(package->number), V_INT(taken), V_TEXT(package->hash), V_INT(package->size),
		V_TEXT(package->root), V_INT(person), V_INT(index)));
	for (size_t i = 0; i < package->item_count; i++) {
		const struct package_item *item = &package->items[i];

		TRY(RUN(store, STMT_PACKAGE_ITEM_PUT, NULL, NULL, reterr, V_INT(package->id),
			V_INT((int64_t)i), V_TEXT(str_from(package_kind_name(item->kind))),
			V_INT(item->matter), value_or_null(item->event, -1), V_TEXT(item->far),
			V_TEXT(doc_print(arena, item->body))));
	}
	return ERR_OK;
}

/* ---- reading ---- */

static enum err told(enum err err, struct bh_err *reterr)
{
	return err == ERR_TAMPERED ? err_set(reterr, err, "package",
					     "a row couldn't have been recorded like this: run bihuan replay")
				   : err;
}

static enum err push_peer(void *context, const struct row *row)
{
	struct list *list = context;
	struct note_key key;
	struct peer *peer = LIST_PUSH(list, struct peer);

	*peer = (struct peer){.id = row_int(row, 0),
		.code = str_copy(list->arena, row_text(row, 1)),
		.title = {str_copy(list->arena, row_text(row, 2)), str_copy(list->arena, row_text(row, 3))},
		.key = str_copy(list->arena, row_text(row, 5)),
		.closed = row_int(row, 6) != 0};
	return level_side_parse(row_text(row, 4), &peer->side) &&
			       note_key_parse(list->arena, peer->key, &key, NULL) == ERR_OK
		       ? ERR_OK
		       : ERR_TAMPERED;
}

enum err store_peers(struct store *store, struct arena *arena, struct peer **ret_peers, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN0(store, STMT_PEER_ALL, push_peer, &list, reterr), reterr));
	LIST_GIVE(list, ret_peers, ret_count);
	return ERR_OK;
}

enum err store_peer_find(struct store *store, struct arena *arena, struct str code, struct peer *ret_peer,
	struct bh_err *reterr)
{
	struct peer *peers;
	size_t count;

	TRY(store_peers(store, arena, &peers, &count, reterr));
	for (size_t i = 0; i < count; i++)
		if (str_equal(peers[i].code, code)) {
			*ret_peer = peers[i];
			return ERR_OK;
		}
	return err_set(reterr, ERR_NOT_FOUND, "peer",
		"no institution above or below is called %.*s: a security administrator enters one",
		STR_ARG(str_slice(code, 0, 64)));
}

static struct stored_package package_of(struct arena *arena, const struct row *row, int at)
{
	return (struct stored_package){.id = row_int(row, at),
		.peer = row_int(row, at + 1),
		.number = row_int(row, at + 2),
		.taken = row_int(row, at + 3) != 0,
		.hash = str_copy(arena, row_text(row, at + 4)),
		.size = row_int(row, at + 5),
		.root = str_copy(arena, row_text(row, at + 6)),
		.person = row_int(row, at + 7),
		.index = row_int(row, at + 8),
		.time = row_instant(row, at + 9)};
}

static enum err push_package(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct stored_package) = package_of(list->arena, row, 0);
	return ERR_OK;
}

struct last {
	int64_t id, number;
};

static enum err take_last(void *context, const struct row *row)
{
	struct last *last = context;

	*last = (struct last){row_int(row, 0), row_int(row, 1)};
	return ERR_OK;
}

enum err store_package_last(struct store *store, int64_t peer, bool taken, int64_t *ret_id,
	int64_t *ret_number, struct bh_err *reterr)
{
	struct last last = {0, 0};

	TRY(RUN(store, STMT_PACKAGE_LAST, take_last, &last, reterr, V_INT(peer), V_INT(taken)));
	*ret_id = last.id;
	*ret_number = last.number;
	return ERR_OK;
}

enum err store_package_find(struct store *store, struct arena *arena, int64_t peer, bool taken,
	int64_t number, struct stored_package *ret_package, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_PACKAGE_FIND, push_package, &list, reterr, V_INT(peer), V_INT(taken),
		V_INT(number)));
	if (list.count == 0)
		return ERR_NOT_FOUND;
	*ret_package = *(struct stored_package *)list.items;
	return ERR_OK;
}

enum err store_packages(struct store *store, struct arena *arena, const struct package_filter *filter,
	struct stored_package **ret_packages, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_PACKAGE_ALL, push_package, &list, reterr, value_viewer(filter->viewer),
		value_viewer_today(arena, filter->viewer), V_INT(filter->id), V_INT(filter->peer),
		V_INT(filter->limit)));
	LIST_GIVE(list, ret_packages, ret_count);
	return ERR_OK;
}

enum err store_package_numbers(struct store *store, struct arena *arena, int64_t peer, bool taken,
	struct stored_package **ret_packages, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_PACKAGE_NUMBERS, push_package, &list, reterr, V_INT(peer), V_INT(taken)));
	LIST_GIVE(list, ret_packages, ret_count);
	return ERR_OK;
}

#define ITEM_COLUMNS 7
static enum err item_of(struct arena *arena, const struct row *row, struct stored_item *ret_item)
{
	struct doc *body;

	*ret_item = (struct stored_item){.package = {.id = row_int(row, 0)},
		.at = row_int(row, 1),
		.item = {.matter = row_int(row, 3),
			.event = row_is_null(row, 4) ? -1 : row_int(row, 4),
			.far = str_copy(arena, row_text(row, 5))}};
	if (!package_kind_parse(row_text(row, 2), &ret_item->item.kind) ||
		doc_read_canonical(arena, str_copy(arena, row_text(row, 6)), &body, NULL) != ERR_OK)
		return ERR_TAMPERED;
	ret_item->item.body = body;
	return ERR_OK;
}

static enum err push_item(void *context, const struct row *row)
{
	struct list *list = context;

	return item_of(list->arena, row, LIST_PUSH(list, struct stored_item));
}

static enum err push_item_with(void *context, const struct row *row)
{
	struct list *list = context;
	struct stored_item *item = LIST_PUSH(list, struct stored_item);

	TRY(item_of(list->arena, row, item));
	item->package = package_of(list->arena, row, ITEM_COLUMNS);
	return ERR_OK;
}

enum err store_package_items(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t package, struct stored_item **ret_items, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_PACKAGE_ITEM_ALL, push_item, &list, reterr, value_viewer(viewer),
			 value_viewer_today(arena, viewer), V_INT(package)),
		reterr));
	LIST_GIVE(list, ret_items, ret_count);
	return ERR_OK;
}

enum err store_matter_packages(struct store *store, struct arena *arena, int64_t matter,
	struct stored_item **ret_items, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(told(RUN(store, STMT_PACKAGE_ITEM_MATTER, push_item_with, &list, reterr, V_INT(matter)), reterr));
	LIST_GIVE(list, ret_items, ret_count);
	return ERR_OK;
}
