/* package_apart.c: a file between levels is taken apart in a child; what the child says are places in the
 * bytes, and they are checked as a stranger's. */
#include "base/tar.h"
#include "exchange/package_parts.h"

#define PLACES_MAX ((size_t)1024 * 1024)

/* ---- the child ---- */

enum err package_split_job(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	struct package_file file;
	struct buf buf = buf_new(arena);

	TRY(package_split(arena, bytes, &file, reterr));
	for (size_t i = 0; i < file.count + 2; i++) {
		const struct package_part *part = file.parts + i - 2;

		buf_format(&buf, "%zu %zu %zu\n", (size_t)(part->name.data - bytes.data), part->name.size,
			part->bytes.size);
	}
	return out->piece(out->context, buf_str(&buf), reterr);
}

/* ---- the parent ---- */

struct hearing {
	struct buf places;
};

static enum err hear_piece(void *context, struct str bytes, struct bh_err *reterr)
{
	struct hearing *hearing = context;

	if (bytes.size > PLACES_MAX - hearing->places.size)
		return err_set(
			reterr, ERR_INVALID, "file", "the file is damaged in a way that broke its reader");
	buf_put(&hearing->places, bytes);
	return ERR_OK;
}

static enum err no_sheet(void *context, struct str name, bool from_1904, struct bh_err *reterr)
{
	(void)context, (void)name, (void)from_1904;
	return err_set(reterr, ERR_INVALID, "file", "the file is damaged in a way that broke its reader");
}

static enum err no_cell(void *context, const struct sheet_cell *cell, struct bh_err *reterr)
{
	(void)cell;
	return no_sheet(context, STR(""), false, reterr);
}

static enum err no_merge(void *context, const struct sheet_merge *merge, struct bh_err *reterr)
{
	(void)merge;
	return no_sheet(context, STR(""), false, reterr);
}

static enum err broken(struct bh_err *reterr)
{
	return no_sheet(NULL, STR(""), false, reterr);
}

/* A name that we could have given: nothing that a path or a screen could be led astray by. */
static bool name_is_plain(struct str name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '/' && c != '.' && c != '-')
			return false;
	}
	return name.size > 0 && name.size <= TAR_NAME_MAX;
}

/* "header name-size size", within the bytes. */
static bool read_place(struct str line, struct str bytes, struct package_part *ret_part)
{
	int64_t numbers[3];

	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++) {
		struct str word;

		if (!str_cut(&line, ' ', &word) || !str_to_int(word, &numbers[i]) || numbers[i] < 0)
			return false;
	}
	size_t header = (size_t)numbers[0], name = (size_t)numbers[1], size = (size_t)numbers[2];

	if (bytes.size < TAR_BLOCK_SIZE || header > bytes.size - TAR_BLOCK_SIZE || name > TAR_NAME_MAX ||
		size > bytes.size - header - TAR_BLOCK_SIZE)
		return false;
	*ret_part = (struct package_part){
		str_slice(bytes, header, name), str_slice(bytes, header + TAR_BLOCK_SIZE, size)};
	return name_is_plain(ret_part->name);
}

static enum err take_places(
	struct arena *arena, struct str places, struct package_file *file, struct bh_err *reterr)
{
	struct str line;
	size_t capacity = 0;

	while (places.size > 0 && str_cut(&places, '\n', &line)) {
		struct package_part part;

		if (file->count == PACKAGE_FILES_MAX + 2 || !read_place(line, file->bytes, &part))
			return broken(reterr);
		*ARENA_PUSH(arena, file->parts, file->count, capacity) = part;
	}
	return ERR_OK;
}

enum err package_take_apart(
	struct arena *arena, struct str bytes, struct package_file *ret_file, struct bh_err *reterr)
{
	struct hearing hearing = {buf_new(arena)};
	const struct cells_out out = {&hearing, no_sheet, no_cell, no_merge, hear_piece};
	struct package_file file = {.bytes = bytes};

	if (bytes.size > PACKAGE_SIZE_MAX)
		return err_set(reterr, ERR_RANGE, "file", "a package has at most 50 MiB");
	TRY(apart_run("package", bytes, &out, reterr));
	TRY(take_places(arena, buf_str(&hearing.places), &file, reterr));
	TRY(package_name_parts(arena, &file, reterr));
	*ret_file = file;
	return ERR_OK;
}
