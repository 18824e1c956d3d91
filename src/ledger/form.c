/* form.c: manifest, payload records and paths of an export. */
#include "ledger/form.h"

#include <string.h>

#define FORMAT "bihuan-export-v1"

struct str manifest_print(struct arena *arena, const struct manifest *manifest)
{
	struct doc *object = doc_object(arena), *older = doc_list(arena), *withheld = doc_list(arena);
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < manifest->older_count; i++)
		doc_push(arena, older, doc_int(arena, (int64_t)manifest->older[i]));
	for (int class = 0; class < PAYLOAD_CLASS_COUNT; class ++)
		if (manifest->withheld[class])
			doc_push(arena, withheld,
				doc_text(arena, str_from(payload_class_name((enum payload_class) class))));
	doc_set(arena, object, "events", doc_int(arena, (int64_t)manifest->checkpoint.size));
	doc_set(arena, object, "format", doc_text(arena, STR(FORMAT)));
	doc_set(arena, object, "made", doc_int(arena, manifest->time));
	doc_set(arena, object, "notes", doc_text(arena, hex_print(arena, manifest->notes.bytes, HASH_SIZE)));
	doc_set(arena, object, "older", older);
	doc_set(arena, object, "origin", doc_text(arena, manifest->checkpoint.origin));
	doc_set(arena, object, "root",
		doc_text(arena, hex_print(arena, manifest->checkpoint.root.bytes, HASH_SIZE)));
	doc_set(arena, object, "vkey", doc_text(arena, note_key_print(arena, &manifest->key)));
	doc_set(arena, object, "withheld", withheld);
	doc_print_to(&buf, object);
	buf_put_char(&buf, '\n');
	return buf_str(&buf);
}

static bool read_older(struct arena *arena, const struct doc *list, struct manifest *manifest)
{
	if (list == NULL || list->kind != DOC_LIST)
		return false;
	uint64_t *sizes = ARENA_TAKE(arena, list->count, uint64_t);

	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind != DOC_INT || list->items[i].number < 0)
			return false;
		sizes[i] = (uint64_t)list->items[i].number;
		if ((i > 0 && sizes[i] <= sizes[i - 1]) || sizes[i] >= manifest->checkpoint.size)
			return false;
	}
	manifest->older = sizes;
	manifest->older_count = list->count;
	return true;
}

static bool read_notes(struct arena *arena, struct str text, struct manifest *manifest)
{
	struct str bytes;

	if (!hex_parse(arena, text, &bytes) || bytes.size != HASH_SIZE)
		return false;
	memcpy(manifest->notes.bytes, bytes.data, HASH_SIZE);
	return true;
}

static bool read_withheld(const struct doc *list, struct manifest *manifest)
{
	enum payload_class class;

	if (list == NULL || list->kind != DOC_LIST)
		return false;
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind != DOC_TEXT || !payload_class_parse(list->items[i].text, &class))
			return false;
		manifest->withheld[class] = true;
	}
	return true;
}

enum err manifest_parse(
	struct arena *arena, struct str text, struct manifest *manifest, struct bh_err *reterr)
{
	struct doc *object;

	if (!str_ends(text, "}\n"))
		return err_set(reterr, ERR_INVALID, "manifest.json", "it isn't one line of JSON");
	TRY(doc_read_canonical(arena, str_slice(text, 0, text.size - 1), &object, reterr));
	manifest->time = doc_get_int(object, "made", -1);
	if (manifest->time < 0 || !read_older(arena, doc_get(object, "older"), manifest) ||
		!read_notes(arena, doc_get_text(object, "notes"), manifest) ||
		!read_withheld(doc_get(object, "withheld"), manifest))
		return err_set(reterr, ERR_INVALID, "manifest.json",
			"made, notes, older or withheld isn't what it must be");
	if (!str_equal(manifest_print(arena, manifest), text))
		return err_set(
			reterr, ERR_INVALID, "manifest.json", "it doesn't fit the checkpoint and the key");
	return ERR_OK;
}

struct str older_path(struct arena *arena, uint64_t size)
{
	return str_format(arena, "older/%llu", (unsigned long long)size);
}

struct str payload_path(struct arena *arena, const struct tile *bundle)
{
	struct str path = tile_path(arena, bundle), prefix = STR("tile/entries/");

	REQUIRE(bundle->entries);
	return str_format(arena, "payload/%.*s", STR_ARG(str_slice(path, prefix.size, path.size)));
}

static void put_big_endian(struct buf *buf, uint64_t number, size_t bytes)
{
	for (size_t i = bytes; i > 0; i--)
		buf_put_char(buf, (char)(number >> (8 * (i - 1)) & 0xFF));
}

static uint64_t big_endian(const char *bytes, size_t count)
{
	uint64_t number = 0;

	for (size_t i = 0; i < count; i++)
		number = number << 8 | (unsigned char)bytes[i];
	return number;
}

size_t payload_record_size_of(const struct payload_record *record)
{
	return PAYLOAD_RECORD_HEAD + 8 + record->payload.slot.size + 1 +
	       strlen(payload_class_name(record->payload.class)) + 1 + SALT_SIZE + record->payload.bytes.size;
}

void payload_record_put(struct buf *buf, const struct payload_record *record)
{
	struct str class = str_from(payload_class_name(record->payload.class));

	put_big_endian(buf, payload_record_size_of(record) - PAYLOAD_RECORD_HEAD, PAYLOAD_RECORD_HEAD);
	put_big_endian(buf, record->index, 8);
	buf_put(buf, record->payload.slot);
	buf_put_char(buf, '\0');
	buf_put(buf, class);
	buf_put_char(buf, '\0');
	buf_put(buf, (struct str){(const char *)record->payload.salt, SALT_SIZE});
	buf_put(buf, record->payload.bytes);
}

size_t payload_record_size(const char head[PAYLOAD_RECORD_HEAD])
{
	return (size_t)big_endian(head, PAYLOAD_RECORD_HEAD);
}

bool payload_record_parse(struct str bytes, struct payload_record *ret_record)
{
	struct payload_record record;
	struct str rest = str_slice(bytes, 8, bytes.size), class;

	if (bytes.size < 8)
		return false;
	record.index = big_endian(bytes.data, 8);
	if (!str_cut(&rest, '\0', &record.payload.slot) || !str_cut(&rest, '\0', &class) ||
		rest.size < SALT_SIZE || !payload_class_parse(class, &record.payload.class))
		return false;
	memcpy(record.payload.salt, rest.data, SALT_SIZE);
	record.payload.bytes = str_slice(rest, SALT_SIZE, rest.size);
	*ret_record = record;
	return true;
}
