/* parts_zip.c: the parts of a zip, taken out in memory within limits, and put into one. The one file that
 * knows libzip. */
#include "exchange/parts.h"

#include <zip.h>

#define ENTRIES_MAX 2000
#define RATIO_MAX   100
#define RATIO_FROM  ((size_t)1024 * 1024) /* below, nothing is gained by packing tightly */
#define CHUNK       ((size_t)64 * 1024)

struct zip_parts {
	zip_t *zip;
	size_t unpacked; /* bytes that came out so far */
};

static enum err check_entry(const zip_stat_t *entry, size_t *total, struct bh_err *reterr)
{
	const zip_uint64_t wanted = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_ENCRYPTION_METHOD;

	if ((entry->valid & wanted) != wanted)
		return err_set(reterr, ERR_INVALID, "", "the zip doesn't say how large its parts are");
	if (entry->encryption_method != ZIP_EM_NONE)
		return err_set(
			reterr, ERR_INVALID, "", "the file is protected by a password: save it without one");
	if (entry->size > PARTS_UNPACKED_MAX - *total)
		return err_set(reterr, ERR_RANGE, "", "unpacked, the file has more than 100 MiB");
	if (entry->size > RATIO_FROM && entry->size / RATIO_MAX > entry->comp_size)
		return err_set(reterr, ERR_RANGE, "",
			"a part of the file unpacks to more than a hundred times its size, as no table does");
	*total += entry->size;
	return ERR_OK;
}

static enum err check_entries(zip_t *zip, struct bh_err *reterr)
{
	zip_int64_t count = zip_get_num_entries(zip, 0);
	size_t total = 0;

	if (count > ENTRIES_MAX)
		return err_set(reterr, ERR_RANGE, "", "the file has %lld parts; a spreadsheet has at most %d",
			(long long)count, ENTRIES_MAX);
	for (zip_int64_t i = 0; i < count; i++) {
		zip_stat_t entry;

		if (zip_stat_index(zip, (zip_uint64_t)i, 0, &entry) != 0)
			return err_set(reterr, ERR_INVALID, "",
				"the file is damaged or cut off: its zip can't be read");
		TRY(check_entry(&entry, &total, reterr));
	}
	return ERR_OK;
}

enum err zip_parts_open(
	struct arena *arena, struct str bytes, struct zip_parts **ret_zip, struct bh_err *reterr)
{
	struct zip_parts *parts = ARENA_TAKE(arena, 1, struct zip_parts);
	zip_source_t *source = zip_source_buffer_create(bytes.data, bytes.size, 0, NULL);

	if (source == NULL)
		return err_set(
			reterr, ERR_INVALID, "", "the file is damaged or cut off: its zip can't be read");
	parts->zip = zip_open_from_source(source, ZIP_RDONLY, NULL);
	if (parts->zip == NULL) {
		zip_source_free(source);
		return err_set(
			reterr, ERR_INVALID, "", "the file is damaged or cut off: its zip can't be read");
	}
	enum err err = check_entries(parts->zip, reterr);

	if (err != ERR_OK)
		zip_parts_close(parts);
	else
		*ret_zip = parts;
	return err;
}

void zip_parts_close(struct zip_parts *zip)
{
	zip_discard(zip->zip);
	zip->zip = NULL;
}

/* What comes out is counted, whatever the directory promised. */
static enum err read_all(struct zip_parts *zip, zip_file_t *file, const char *name, part_put_fn *put,
	void *put_context, struct bh_err *reterr)
{
	char bytes[CHUNK];
	zip_int64_t size;

	while ((size = zip_fread(file, bytes, sizeof bytes)) > 0) {
		zip->unpacked += (size_t)size;
		if (zip->unpacked > PARTS_UNPACKED_MAX)
			return err_set(reterr, ERR_RANGE, name, "unpacked, the file has more than 100 MiB");
		TRY(put(put_context, bytes, (size_t)size, reterr));
	}
	if (size < 0)
		return err_set(
			reterr, ERR_INVALID, name, "the file is damaged: this part of it can't be unpacked");
	return ERR_OK;
}

static enum err read_part(
	void *context, const char *name, part_put_fn *put, void *put_context, struct bh_err *reterr)
{
	struct zip_parts *zip = context;
	zip_int64_t at = zip_name_locate(zip->zip, name, ZIP_FL_NOCASE);

	if (at < 0)
		return err_set(reterr, ERR_INVALID, name, "the file is damaged: it has no such part");
	zip_file_t *file = zip_fopen_index(zip->zip, (zip_uint64_t)at, 0);

	if (file == NULL)
		return err_set(
			reterr, ERR_INVALID, name, "the file is damaged: this part of it can't be unpacked");
	enum err err = read_all(zip, file, name, put, put_context, reterr);

	(void)zip_fclose(file);
	return err;
}

struct parts zip_parts_of(struct zip_parts *zip)
{
	return (struct parts){zip, read_part};
}

size_t zip_parts_count(const struct zip_parts *zip)
{
	zip_int64_t count = zip_get_num_entries(zip->zip, 0);

	return count < 0 ? 0 : (size_t)count;
}

const char *zip_parts_name(const struct zip_parts *zip, size_t i)
{
	const char *name = zip_get_name(zip->zip, (zip_uint64_t)i, 0);

	return name == NULL ? "" : name;
}

/* ---- out ---- */

#define DOS_DAY  ((zip_uint16_t)((2019 - 1980) << 9 | 1 << 5 | 1)) /* 2019-01-01, of every part */
#define DOS_TIME ((zip_uint16_t)0)

static bool add_part(zip_t *zip, const struct part *part, struct arena *arena)
{
	zip_source_t *source = zip_source_buffer(zip, part->bytes.data, part->bytes.size, 0);

	if (source == NULL)
		return false;
	zip_int64_t at = zip_file_add(zip, str_copy(arena, part->name).data, source, ZIP_FL_ENC_UTF_8);

	if (at < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_file_set_dostime(zip, (zip_uint64_t)at, DOS_TIME, DOS_DAY, 0) == 0 &&
	       zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_DEFLATE, 9) == 0;
}

static bool take_bytes(struct arena *arena, zip_source_t *source, struct str *ret_bytes)
{
	zip_stat_t found;
	zip_int64_t got = -1;

	if (zip_source_stat(source, &found) != 0 || (found.valid & ZIP_STAT_SIZE) == 0 ||
		zip_source_open(source) != 0)
		return false;
	char *bytes = ARENA_TAKE(arena, (size_t)found.size + 1, char);

	got = zip_source_read(source, bytes, found.size);
	(void)zip_source_close(source);
	*ret_bytes = (struct str){bytes, (size_t)found.size};
	return got == (zip_int64_t)found.size;
}

enum err zip_write(struct arena *arena, const struct part *parts, size_t count, struct str *ret_bytes,
	struct bh_err *reterr)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *zip = source == NULL ? NULL : zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	bool good = zip != NULL;

	if (zip == NULL) {
		if (source != NULL)
			zip_source_free(source);
		return err_set(reterr, ERR_IO, "", "the file couldn't be put together");
	}
	zip_source_keep(source); /* it has the bytes when the zip is closed */
	for (size_t i = 0; i < count && good; i++)
		good = add_part(zip, &parts[i], arena);
	if (!good || zip_close(zip) != 0) {
		zip_discard(zip);
		good = false;
	}
	good = good && take_bytes(arena, source, ret_bytes);
	zip_source_free(source);
	return good ? ERR_OK : err_set(reterr, ERR_IO, "", "the file couldn't be put together");
}
