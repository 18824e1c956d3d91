/* package.c: the form of a file between levels, and whether its bytes are what was signed. */
#include "exchange/package_parts.h"

#include "base/tar.h"

#include <string.h>

#define FORMAT_LINE  "bihuan-package v1"
#define FORMAT       1
#define MANIFEST_MAX ((size_t)8 * 1024 * 1024)

/* ---- the head ---- */

struct str package_head_print(struct arena *arena, const struct package_head *head)
{
	return str_format(arena, FORMAT_LINE "\nfrom %.*s\nto %.*s\nnumber %lld\nmanifest %.*s\n",
		STR_ARG(head->from), STR_ARG(head->to), (long long)head->number,
		STR_ARG(hex_print(arena, head->manifest.bytes, HASH_SIZE)));
}

/* The line behind its word. */
static bool cut_line(struct str *text, const char *word, struct str *ret_value)
{
	struct str line, first;

	if (!str_cut(text, '\n', &line) || !str_cut(&line, ' ', &first) || !str_is(first, word))
		return false;
	*ret_value = line;
	return true;
}

static enum err head_read(
	struct arena *arena, struct str text, struct package_head *ret_head, struct bh_err *reterr)
{
	struct package_head head;
	struct str format, number, hash, bytes, rest = text;

	if (!str_cut(&rest, '\n', &format) || !str_starts(format, "bihuan-package "))
		return err_set(
			reterr, ERR_INVALID, "signature", "this is no package of a level above or below");
	if (!str_is(format, FORMAT_LINE))
		return err_set(reterr, ERR_INVALID, "signature",
			"its format is %.*s, and this program reads v1: ask the sender to make it with the "
			"same version of the program, or bring this one up to date",
			STR_ARG(str_slice(format, sizeof "bihuan-package", 40)));
	if (!cut_line(&rest, "from", &head.from) || !cut_line(&rest, "to", &head.to) ||
		!cut_line(&rest, "number", &number) || !cut_line(&rest, "manifest", &hash) || rest.size > 0 ||
		!note_name_is_good(head.from) || !note_name_is_good(head.to) ||
		!str_to_int(number, &head.number) || head.number < 1 || !hex_parse(arena, hash, &bytes) ||
		bytes.size != HASH_SIZE)
		return err_set(reterr, ERR_INVALID, "signature",
			"its signature doesn't say from whom, to whom and which number it is");
	memcpy(head.manifest.bytes, bytes.data, HASH_SIZE);
	/* One form only. */
	if (!str_equal(package_head_print(arena, &head), text))
		return err_set(reterr, ERR_INVALID, "signature",
			"its signature doesn't say from whom, to whom and which number it is");
	*ret_head = head;
	return ERR_OK;
}

/* ---- writing ---- */

struct str package_manifest_print(
	struct arena *arena, struct doc *manifest, const struct package_part *parts, size_t count)
{
	struct doc *files = doc_list(arena);

	for (size_t i = 0; i < count; i++) {
		struct hash hash = hash_bytes(parts[i].bytes.data, parts[i].bytes.size);
		struct doc *file = doc_object(arena);

		doc_set(arena, file, "name", doc_text(arena, parts[i].name));
		doc_set(arena, file, "size", doc_int(arena, (int64_t)parts[i].bytes.size));
		doc_set(arena, file, "hash", doc_text(arena, hex_print(arena, hash.bytes, HASH_SIZE)));
		doc_push(arena, files, file);
	}
	doc_set(arena, manifest, "files", files);
	doc_set(arena, manifest, "format", doc_int(arena, FORMAT));
	return doc_print(arena, manifest);
}

static void put_part(struct buf *buf, struct str name, struct str bytes, int64_t time)
{
	const struct tar_entry entry = {.name = name, .size = bytes.size, .time = time};
	char block[TAR_BLOCK_SIZE];
	static const char zeros[TAR_BLOCK_SIZE];

	tar_header_print(&entry, block);
	buf_put(buf, (struct str){block, sizeof block});
	buf_put(buf, bytes);
	buf_put(buf, (struct str){zeros, tar_padding(bytes.size)});
}

enum err package_write(struct arena *arena, struct str signature, struct str manifest,
	const struct package_part *parts, size_t count, int64_t time, struct str *ret_bytes,
	struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += parts[i].bytes.size;
	if (size > PACKAGE_SIZE_MAX - MANIFEST_MAX || manifest.size > MANIFEST_MAX ||
		count > PACKAGE_FILES_MAX)
		return err_set(reterr, ERR_RANGE, "files",
			"a package holds at most 42 MiB in 2,000 files: leave files out, or divide it");
	put_part(&buf, STR("signature"), signature, time);
	put_part(&buf, STR("manifest.json"), manifest, time);
	for (size_t i = 0; i < count; i++)
		put_part(&buf, parts[i].name, parts[i].bytes, time);
	put_part(&buf, STR("end"), STR(""), time);
	buf.size -= TAR_BLOCK_SIZE; /* two empty blocks end it */
	for (size_t i = 0; i < 2 * TAR_BLOCK_SIZE; i++)
		buf_put_char(&buf, '\0');
	*ret_bytes = buf_str(&buf);
	return ERR_OK;
}

/* ---- taking apart ---- */

static enum err cut_short(struct bh_err *reterr)
{
	return err_set(reterr, ERR_INVALID, "file",
		"the package is damaged or cut short: copy it from the sender's medium again");
}

static enum err next_part(
	struct str bytes, size_t *at, struct package_part *ret_part, bool *ret_end, struct bh_err *reterr)
{
	struct tar_entry entry;

	if (bytes.size - *at < TAR_BLOCK_SIZE)
		return cut_short(reterr);
	*ret_end = tar_block_is_empty(bytes.data + *at);
	if (*ret_end)
		return bytes.size - *at == 2 * TAR_BLOCK_SIZE &&
				       tar_block_is_empty(bytes.data + *at + TAR_BLOCK_SIZE)
			       ? ERR_OK
			       : cut_short(reterr);
	if (tar_header_parse(bytes.data + *at, &entry, NULL) != ERR_OK)
		return cut_short(reterr);
	*at += TAR_BLOCK_SIZE;
	size_t padding = tar_padding(entry.size);

	if (entry.size > bytes.size - *at || padding > bytes.size - *at - entry.size)
		return cut_short(reterr);
	*ret_part = (struct package_part){entry.name, str_slice(bytes, *at, entry.size)};
	*at += entry.size;
	for (size_t i = 0; i < padding; i++)
		if (bytes.data[*at + i] != '\0')
			return cut_short(reterr);
	*at += padding;
	return ERR_OK;
}

/* The two that come first; what they say is only read. */
enum err package_name_parts(struct arena *arena, struct package_file *file, struct bh_err *reterr)
{
	struct str text;

	if (file->count < 2 || !str_is(file->parts[0].name, "signature") ||
		!str_is(file->parts[1].name, "manifest.json") || file->parts[1].bytes.size > MANIFEST_MAX)
		return err_set(reterr, ERR_INVALID, "file", "this is no package of a level above or below");
	file->signature = file->parts[0].bytes;
	file->manifest = file->parts[1].bytes;
	file->parts += 2;
	file->count -= 2;
	TRY(note_text(file->signature, &text, reterr));
	return head_read(arena, text, &file->head, reterr);
}

enum err package_split(
	struct arena *arena, struct str bytes, struct package_file *ret_file, struct bh_err *reterr)
{
	struct package_file file = {.bytes = bytes};
	size_t at = 0, capacity = 0;
	bool end = false;

	if (bytes.size > PACKAGE_SIZE_MAX)
		return err_set(reterr, ERR_RANGE, "file", "a package has at most 50 MiB");
	if (bytes.size < TAR_BLOCK_SIZE || bytes.size % TAR_BLOCK_SIZE != 0 ||
		!str_starts(bytes, "signature"))
		return err_set(reterr, ERR_INVALID, "file", "this is no package of a level above or below");
	while (!end) {
		struct package_part part;

		TRY(next_part(bytes, &at, &part, &end, reterr));
		if (end)
			break;
		if (file.count == PACKAGE_FILES_MAX + 2)
			return cut_short(reterr);
		*ARENA_PUSH(arena, file.parts, file.count, capacity) = part;
	}
	TRY(package_name_parts(arena, &file, reterr));
	*ret_file = file;
	return ERR_OK;
}

/* ---- believing it ---- */

struct str package_bytes(const struct package_file *file, struct str name)
{
	for (size_t i = 0; i < file->count; i++)
		if (str_equal(file->parts[i].name, name))
			return file->parts[i].bytes;
	return STR_NONE;
}

/* Every file is the one that the manifest names at its place, and there is no other. */
static enum err check_files(
	const struct package_file *file, const struct doc *manifest, struct bh_err *reterr)
{
	const struct doc *list = doc_get(manifest, "files");

	if (list == NULL || list->count != file->count)
		return err_set(reterr, ERR_TAMPERED, "file",
			"the package doesn't hold the files that its sender put into it");
	for (size_t i = 0; i < file->count; i++) {
		const struct package_part *part = &file->parts[i];
		struct hash hash = hash_bytes(part->bytes.data, part->bytes.size);
		struct arena *scratch = arena_new();
		bool same = str_equal(part->name, doc_get_text(&list->items[i], "name")) &&
			    (int64_t)part->bytes.size == doc_get_int(&list->items[i], "size", -1) &&
			    str_equal(hex_print(scratch, hash.bytes, HASH_SIZE),
				    doc_get_text(&list->items[i], "hash"));

		arena_free(scratch);
		if (!same)
			return err_set(reterr, ERR_TAMPERED, "file",
				"%.*s in it was changed after it was signed: take nothing of it, and ask the "
				"sender",
				STR_ARG(part->name));
	}
	return ERR_OK;
}

static enum err check_signature(struct arena *arena, const struct package_file *file,
	const struct note_key *key, struct bh_err *reterr)
{
	struct hash hash = hash_bytes(file->manifest.data, file->manifest.size);
	struct str text;
	struct bh_err why;

	if (note_open(arena, file->signature, key, &text, &why) != ERR_OK)
		return err_set(reterr, ERR_TAMPERED, "signature",
			"it isn't signed under the key that was entered for %.*s: take nothing of it, and "
			"ask the sender; if they have a new key, an administrator enters it first",
			STR_ARG(key->name));
	if (!hash_equal(&hash, &file->head.manifest) || !str_equal(file->head.from, key->name))
		return err_set(reterr, ERR_TAMPERED, "manifest.json",
			"its list was changed after it was signed: take nothing of it, and ask the sender");
	return ERR_OK;
}

enum err package_verify(struct arena *arena, const struct package_file *file, const struct note_key *key,
	struct doc **ret_manifest, struct checkpoint *ret_checkpoint, struct bh_err *reterr)
{
	struct doc *manifest;

	TRY(check_signature(arena, file, key, reterr));
	if (doc_read_canonical(arena, file->manifest, &manifest, reterr) != ERR_OK ||
		doc_get_int(manifest, "format", 0) != FORMAT)
		return err_set(reterr, ERR_INVALID, "manifest.json",
			"its list can't be read by this version of the program");
	TRY(check_files(file, manifest, reterr));
	TRY(checkpoint_open(arena, package_bytes(file, STR("checkpoint")), key, ret_checkpoint, reterr));
	*ret_manifest = manifest;
	return ERR_OK;
}
