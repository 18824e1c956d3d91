/* level.c: institutions above and below, and files between them, read from the objects of their events. */
#include "grasp/level.h"

#include "grasp/rule.h"

#define TITLE_SIZE_MAX    ((size_t)300)
#define FINGERPRINT_BYTES 20
#define HASH_TEXT_SIZE    (2 * HASH_SIZE)

static const char *const sides[LEVEL_SIDE_COUNT] = {[LEVEL_ABOVE] = "above", [LEVEL_BELOW] = "below"};
static const char *const kinds[PACKAGE_KIND_COUNT] = {[PACKAGE_TASK] = "task", [PACKAGE_REPORT] = "report"};

const char *level_side_name(enum level_side side)
{
	REQUIRE(side < LEVEL_SIDE_COUNT);
	return sides[side];
}

bool level_side_parse(struct str text, enum level_side *ret_side)
{
	for (int side = 0; side < LEVEL_SIDE_COUNT; side++)
		if (str_is(text, sides[side])) {
			*ret_side = (enum level_side)side;
			return true;
		}
	return false;
}

const char *package_kind_name(enum package_kind kind)
{
	REQUIRE(kind < PACKAGE_KIND_COUNT);
	return kinds[kind];
}

bool package_kind_parse(struct str text, enum package_kind *ret_kind)
{
	for (int kind = 0; kind < PACKAGE_KIND_COUNT; kind++)
		if (str_is(text, kinds[kind])) {
			*ret_kind = (enum package_kind)kind;
			return true;
		}
	return false;
}

/* ---- peers ---- */

struct doc *peer_to_doc(struct arena *arena, const struct peer *peer)
{
	struct doc *doc = doc_object(arena), *title = doc_object(arena);

	doc_set(arena, title, "zh", doc_text(arena, peer->title.zh));
	doc_set(arena, title, "en", doc_text(arena, peer->title.en));
	doc_set(arena, doc, "id", doc_int(arena, peer->id));
	doc_set(arena, doc, "code", doc_text(arena, peer->code));
	doc_set(arena, doc, "title", title);
	doc_set(arena, doc, "side", doc_text(arena, str_from(level_side_name(peer->side))));
	doc_set(arena, doc, "key", doc_text(arena, peer->key));
	doc_set(arena, doc, "closed", doc_bool(arena, peer->closed));
	return doc;
}

enum err peer_read(struct arena *arena, const struct doc *doc, struct peer *ret_peer, struct bh_err *reterr)
{
	const struct doc *title = doc_get(doc, "title");
	struct peer peer = {.id = doc_get_int(doc, "id", 0),
		.code = doc_get_text(doc, "code"),
		.title = {doc_get_text(title, "zh"), doc_get_text(title, "en")},
		.key = doc_get_text(doc, "key"),
		.closed = doc_get_bool(doc, "closed")};
	struct note_key key;

	if (!rule_code_is_good(peer.code))
		return err_set(reterr, ERR_INVALID, "code",
			"a code has 1 to 64 small letters, digits and -, and doesn't begin with -");
	if (peer.title.zh.size == 0 || peer.title.zh.size > TITLE_SIZE_MAX ||
		peer.title.en.size > TITLE_SIZE_MAX || !utf8_is_valid(peer.title.zh) ||
		!utf8_is_valid(peer.title.en))
		return err_set(
			reterr, ERR_INVALID, "title", "a name of 1 to %zu bytes is wanted", TITLE_SIZE_MAX);
	if (!level_side_parse(doc_get_text(doc, "side"), &peer.side))
		return err_set(reterr, ERR_INVALID, "side", "it stands above or below");
	TRY(note_key_parse(arena, peer.key, &key, reterr));
	if (!str_equal(note_key_print(arena, &key), peer.key))
		return err_set(reterr, ERR_INVALID, "key", "a verifier key reads name+hash+base64");
	*ret_peer = peer;
	return ERR_OK;
}

struct note_key peer_key(struct arena *arena, const struct peer *peer)
{
	struct note_key key;

	REQUIRE(note_key_parse(arena, peer->key, &key, NULL) == ERR_OK);
	return key;
}

enum err peer_may(struct arena *arena, const struct peer *peers, size_t count, const struct peer *peer,
	struct bh_err *reterr)
{
	struct note_key key = peer_key(arena, peer);

	if (peer->id < 1 || (uint64_t)peer->id > count + 1)
		return err_set(reterr, ERR_NOT_FOUND, "peer", "there is no such institution above or below");
	for (size_t i = 0; i < count; i++) {
		struct note_key other = peer_key(arena, &peers[i]);
		bool same = peers[i].id == peer->id;

		if (same && !str_equal(peers[i].code, peer->code))
			return err_set(reterr, ERR_CONFLICT, "code", "a code stays: the record speaks of it");
		if (!same && str_equal(peers[i].code, peer->code))
			return err_set(reterr, ERR_CONFLICT, "code", "another institution has this code");
		if (!same && str_equal(other.name, key.name))
			return err_set(reterr, ERR_CONFLICT, "key", "%.*s has a key of this institution",
				STR_ARG(peers[i].code));
	}
	return ERR_OK;
}

struct str key_fingerprint(struct arena *arena, struct str key)
{
	struct hash hash = hash_bytes(key.data, key.size);
	struct str hex = hex_print(arena, hash.bytes, FINGERPRINT_BYTES);
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < hex.size; i += 4)
		buf_format(&buf, "%s%.*s", i == 0 ? "" : " ", STR_ARG(str_slice(hex, i, 4)));
	return buf_str(&buf);
}

bool key_fingerprint_is(struct arena *arena, struct str key, struct str typed)
{
	struct str wanted = key_fingerprint(arena, key);
	struct buf given = buf_new(arena), plain = buf_new(arena);

	for (size_t i = 0; i < typed.size; i++) {
		char c = typed.data[i];

		if (c != ' ' && c != '-' && c != ':')
			buf_put_char(&given, (char)(c >= 'A' && c <= 'F' ? c - 'A' + 'a' : c));
	}
	for (size_t i = 0; i < wanted.size; i++)
		if (wanted.data[i] != ' ')
			buf_put_char(&plain, wanted.data[i]);
	return str_equal(buf_str(&given), buf_str(&plain));
}

/* ---- packages ---- */

static bool is_hash(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
	}
	return text.size == HASH_TEXT_SIZE;
}

static enum err read_item(const struct doc *doc, struct package_item *ret_item, struct bh_err *reterr)
{
	struct package_item item = {.matter = doc_get_int(doc, "matter", 0),
		.event = doc_get_int(doc, "event", -1),
		.far = doc_get_text(doc, "far"),
		.body = doc_get(doc, "body")};

	if (!package_kind_parse(doc_get_text(doc, "kind"), &item.kind) || item.matter < 0 ||
		item.event < -1 || item.body == NULL || item.body->kind != DOC_OBJECT)
		return err_set(reterr, ERR_INVALID, "items",
			"an item is a task or a report, about a matter, with what it says");
	*ret_item = item;
	return ERR_OK;
}

enum err package_read(
	struct arena *arena, const struct doc *doc, struct package *ret_package, struct bh_err *reterr)
{
	const struct doc *items = doc_get(doc, "items");
	struct package package = {.id = doc_get_int(doc, "id", 0),
		.peer = doc_get_int(doc, "peer", 0),
		.number = doc_get_int(doc, "number", 0),
		.hash = doc_get_text(doc, "hash"),
		.size = doc_get_int(doc, "size", -1),
		.root = doc_get_text(doc, "root"),
		.item_count = items == NULL ? 0 : items->count};

	if (package.number < 1 || package.number > PACKAGE_NUMBER_MAX)
		return err_set(reterr, ERR_INVALID, "number", "packages are numbered from 1");
	if (!is_hash(package.hash) || !is_hash(package.root) || package.size < 0)
		return err_set(reterr, ERR_INVALID, "hash",
			"a package has a hash, and a checkpoint with a size and a root");
	if (package.item_count < 1 || package.item_count > PACKAGE_ITEMS_MAX)
		return err_set(reterr, ERR_INVALID, "items", "a package holds 1 to %d tasks and reports",
			PACKAGE_ITEMS_MAX);
	package.items = ARENA_TAKE(arena, package.item_count, struct package_item);
	for (size_t i = 0; i < package.item_count; i++)
		TRY(read_item(&items->items[i], &package.items[i], reterr));
	*ret_package = package;
	return ERR_OK;
}
