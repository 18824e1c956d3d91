/* archive.c: reading an export in one pass. */
#include "ledger/archive.h"

#include "base/tar.h"

#include <string.h>

#define BUFFER_SIZE ((size_t)256 * 1024)

struct archive archive_open(struct arena *arena, const struct byte_source *source, struct bh_err *reterr)
{
	return (struct archive){.source = source,
		.arena = arena,
		.bytes = ARENA_TAKE(arena, BUFFER_SIZE, char),
		.capacity = BUFFER_SIZE,
		.time = -1,
		.reterr = reterr};
}

static enum err refill(struct archive *archive, size_t *ret_size)
{
	enum err err = archive->source->get(archive->source->context, archive->bytes + archive->filled,
		archive->capacity - archive->filled, ret_size);

	if (err != ERR_OK)
		return err_set(archive->reterr, ERR_IO, "export", "can't read the archive");
	REQUIRE(*ret_size <= archive->capacity - archive->filled);
	archive->filled += *ret_size;
	return ERR_OK;
}

/* Make `size` bytes lie in the buffer from `at`. */
static enum err need(struct archive *archive, size_t size)
{
	size_t here = archive->filled - archive->at, more;

	if (here >= size)
		return ERR_OK;
	if (archive->capacity < size) {
		size_t capacity = 2 * archive->capacity > size ? 2 * archive->capacity : size;
		char *larger = ARENA_TAKE(archive->arena, capacity, char);

		memcpy(larger, archive->bytes + archive->at, here);
		archive->bytes = larger;
		archive->capacity = capacity;
	} else {
		memmove(archive->bytes, archive->bytes + archive->at, here);
	}
	archive->at = 0;
	archive->filled = here;
	while (archive->filled < size) {
		TRY(refill(archive, &more));
		if (more == 0)
			return err_set(archive->reterr, ERR_TAMPERED, "export",
				"the file ends at byte %llu, in the middle: it was cut",
				(unsigned long long)archive->offset + archive->filled);
	}
	return ERR_OK;
}

static struct str pass(struct archive *archive, size_t size)
{
	struct str bytes = {archive->bytes + archive->at, size};

	archive->at += size;
	archive->offset += size;
	return bytes;
}

static enum err skip_padding(struct archive *archive)
{
	size_t size = (size_t)archive->padding;

	TRY(need(archive, size));
	struct str bytes = pass(archive, size);

	archive->padding = 0;
	for (size_t i = 0; i < bytes.size; i++)
		if (bytes.data[i] != '\0')
			return err_set(archive->reterr, ERR_TAMPERED, "export",
				"at byte %llu stands something between two files",
				(unsigned long long)archive->offset - size + i);
	return ERR_OK;
}

static enum err leave_file(struct archive *archive)
{
	if (archive->left > 0)
		return err_set(archive->reterr, ERR_TAMPERED, "export",
			"the file before byte %llu is too long",
			(unsigned long long)archive->offset + archive->left);
	return skip_padding(archive);
}

enum err archive_next(struct archive *archive, struct str name, uint64_t *ret_size)
{
	struct tar_entry entry;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	TRY(leave_file(archive));
	TRY(need(archive, TAR_BLOCK_SIZE));
	if (tar_header_parse(archive->bytes + archive->at, &entry, &why) != ERR_OK)
		return err_set(archive->reterr, ERR_TAMPERED, "export",
			"at byte %llu, where %.*s must begin: %s", (unsigned long long)archive->offset,
			STR_ARG(name), err_both(&why, both));
	if (!str_equal(entry.name, name))
		return err_set(archive->reterr, ERR_TAMPERED, "export",
			"at byte %llu stands %.*s instead of %.*s", (unsigned long long)archive->offset,
			STR_ARG(entry.name), STR_ARG(name));
	if (archive->time >= 0 && entry.time != archive->time)
		return err_set(archive->reterr, ERR_TAMPERED, "export",
			"%.*s bears another time than the rest", STR_ARG(name));
	archive->time = entry.time;
	archive->left = entry.size;
	archive->padding = tar_padding(entry.size);
	pass(archive, TAR_BLOCK_SIZE);
	*ret_size = entry.size;
	return ERR_OK;
}

enum err archive_take(struct archive *archive, size_t size, struct str *ret_bytes)
{
	if (size > archive->left)
		return err_set(archive->reterr, ERR_TAMPERED, "export", "the file at byte %llu is too short",
			(unsigned long long)archive->offset);
	TRY(need(archive, size));
	archive->left -= size;
	*ret_bytes = pass(archive, size);
	return ERR_OK;
}

enum err archive_file(
	struct archive *archive, struct arena *arena, struct str name, size_t max, struct str *ret_bytes)
{
	uint64_t size;
	struct str bytes;

	TRY(archive_next(archive, name, &size));
	if (size > max)
		return err_set(archive->reterr, ERR_TAMPERED, "export", "%.*s has more than %zu bytes",
			STR_ARG(name), max);
	TRY(archive_take(archive, (size_t)size, &bytes));
	*ret_bytes = str_copy(arena, bytes);
	return ERR_OK;
}

enum err archive_end(struct archive *archive)
{
	size_t more = 0;

	TRY(leave_file(archive));
	for (int block = 0; block < 2; block++) {
		TRY(need(archive, TAR_BLOCK_SIZE));
		if (!tar_block_is_empty(archive->bytes + archive->at))
			return err_set(archive->reterr, ERR_TAMPERED, "export",
				"at byte %llu stands something where the archive must end",
				(unsigned long long)archive->offset);
		pass(archive, TAR_BLOCK_SIZE);
	}
	if (archive->at == archive->filled) {
		archive->at = archive->filled = 0;
		TRY(refill(archive, &more));
	}
	if (archive->at < archive->filled)
		return err_set(archive->reterr, ERR_TAMPERED, "export",
			"something follows the end at byte %llu", (unsigned long long)archive->offset);
	return ERR_OK;
}
