/* uploads.c: the slips of what was sent, and the files they stand for. */
#include "http/uploads.h"

#include "exchange/evidence.h"
#include "exchange/file.h"
#include "exchange/letter_files.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HOUR_US       INT64_C(3600000000)
#define SLIP_SIZE_MAX 4096

struct uploads {
	struct arena *arena;
	enum upload_use use;
	struct str folder, files; /* of the slips, of the files */
	pthread_mutex_t lock;     /* between a file that is kept and the sweep */
	atomic_uint_least64_t count;
};

struct upload_in {
	struct uploads *uploads;
	struct arena *arena;
	const char *path;
	struct evidence_in *evidence;
};

/* ---- opening ---- */

/* What was on its way when the process was stopped. */
static enum err clear_pieces(struct uploads *uploads, struct bh_err *reterr)
{
	static const char *const suffixes[] = {".part", ".new"};
	struct str *names;
	size_t count;

	for (size_t i = 0; i < ARRAY_COUNT(suffixes); i++) {
		TRY(folder_list(uploads->arena, uploads->folder.data, suffixes[i], &names, &count, reterr));
		for (size_t j = 0; j < count; j++)
			(void)unlink(str_format(
				uploads->arena, "%.*s/%.*s", STR_ARG(uploads->folder), STR_ARG(names[j]))
					     .data);
	}
	return ERR_OK;
}

enum err uploads_open(
	struct str dir, enum upload_use use, struct uploads **ret_uploads, struct bh_err *reterr)
{
	struct uploads *uploads = calloc(1, sizeof *uploads);

	REQUIRE(uploads != NULL && pthread_mutex_init(&uploads->lock, NULL) == 0);
	uploads->arena = arena_new();
	uploads->use = use;
	uploads->folder = use == UPLOAD_LETTER ? letter_folder(uploads->arena, dir)
					       : str_format(uploads->arena, "%.*s/%s", STR_ARG(dir),
							 use == UPLOAD_IMPORT ? "imports" : "uploads");
	uploads->files = use == UPLOAD_EVIDENCE
				 ? evidence_folder(uploads->arena, str_copy(uploads->arena, dir).data)
				 : uploads->folder;
	(void)mkdir(uploads->folder.data, 0700);
	enum err err = clear_pieces(uploads, reterr);

	if (err != ERR_OK) {
		uploads_close(uploads);
		return err;
	}
	*ret_uploads = uploads;
	return ERR_OK;
}

void uploads_close(struct uploads *uploads)
{
	if (uploads == NULL)
		return;
	pthread_mutex_destroy(&uploads->lock);
	arena_free(uploads->arena);
	free(uploads);
}

/* ---- slips ---- */

static const char *slip_path(
	const struct uploads *uploads, struct arena *arena, struct str hash, int64_t account)
{
	return str_format(
		arena, "%.*s/%.*s.%lld.slip", STR_ARG(uploads->folder), STR_ARG(hash), (long long)account)
		.data;
}

static enum err slip_write(const struct uploads *uploads, struct arena *arena, int64_t account,
	const struct upload *upload, struct instant now, struct bh_err *reterr)
{
	struct doc *slip = doc_object(arena);

	doc_set(arena, slip, "name", doc_text(arena, upload->name));
	doc_set(arena, slip, "size", doc_int(arena, upload->size));
	doc_set(arena, slip, "time", doc_int(arena, now.us));
	return file_write_atomic(
		slip_path(uploads, arena, upload->hash, account), doc_print(arena, slip), reterr);
}

/* ERR_NOT_FOUND also when it can't be read: then the file is sent anew. */
static enum err slip_read(struct arena *arena, const char *path, struct doc **ret_slip)
{
	struct str text;

	if (file_read(arena, path, SLIP_SIZE_MAX, &text, NULL) != ERR_OK ||
		doc_read_canonical(arena, text, ret_slip, NULL) != ERR_OK || (*ret_slip)->kind != DOC_OBJECT)
		return ERR_NOT_FOUND;
	return ERR_OK;
}

/* A slip that tells the day only is as old as its day. */
static int64_t hours_of(const struct uploads *uploads)
{
	return uploads->use == UPLOAD_LETTER ? UPLOAD_HOURS + 1 : UPLOAD_HOURS;
}

enum err uploads_find(struct uploads *uploads, struct arena *arena, struct str hash, int64_t account,
	struct instant now, struct upload *ret_upload, struct bh_err *reterr)
{
	struct doc *slip;

	if (slip_read(arena, slip_path(uploads, arena, hash, account), &slip) != ERR_OK ||
		now.us - doc_get_int(slip, "time", 0) >= hours_of(uploads) * HOUR_US)
		return err_set(reterr, ERR_NOT_FOUND, uploads->use == UPLOAD_IMPORT ? "file" : "evidence",
			"you sent no such file within the last %d hours: send it first", UPLOAD_HOURS);
	*ret_upload = (struct upload){
		.hash = hash, .name = doc_get_text(slip, "name"), .size = doc_get_int(slip, "size", 0)};
	return ERR_OK;
}

/* ---- one that is being sent ---- */

/* No flood of files that nobody answers for fills the disk. */
static enum err check_count(const struct uploads *uploads, struct arena *arena, struct bh_err *reterr)
{
	struct str *slips;
	size_t count;

	if (uploads->use != UPLOAD_LETTER)
		return ERR_OK;
	TRY(folder_list(arena, uploads->folder.data, ".slip", &slips, &count, reterr));
	return count < UPLOAD_LETTERS ? ERR_OK
				      : err_set(reterr, ERR_TOO_MANY, "file",
						"as many files were sent today as are taken in a day: report "
						"without them, or "
						"hand them in on paper");
}

enum err upload_begin(
	struct uploads *uploads, struct arena *arena, struct upload_in **ret_in, struct bh_err *reterr)
{
	struct upload_in *in = ARENA_TAKE(arena, 1, struct upload_in);
	int64_t room = file_room(uploads->folder.data);

	if (room >= 0 && room < (int64_t)EVIDENCE_SIZE_MAX * 2)
		return err_set(reterr, ERR_FULL, "file", "there is no room for files on the disk");
	TRY(check_count(uploads, arena, reterr));
	in->uploads = uploads;
	in->arena = arena;
	in->path = str_format(arena, "%.*s/%llu.part", STR_ARG(uploads->folder),
		(unsigned long long)atomic_fetch_add(&uploads->count, 1))
			   .data;
	TRY(evidence_begin(arena, in->path, &in->evidence, reterr));
	*ret_in = in;
	return ERR_OK;
}

enum err upload_put(struct upload_in *in, struct str bytes, struct bh_err *reterr)
{
	return evidence_put(in->evidence, bytes, reterr);
}

/* As old as `time` says, to whoever lists the folder. */
static void date_file(const char *path, struct instant time)
{
	struct timespec at = {.tv_sec = (time_t)(time.us / 1000000)};

	(void)utimensat(AT_FDCWD, path, (struct timespec[]){at, at}, 0);
}

/* Under the lock: the slip first, so that the sweep never finds the file without it. */
static enum err keep(struct upload_in *in, int64_t account, struct instant now, struct upload *upload,
	struct bh_err *reterr)
{
	struct uploads *uploads = in->uploads;
	struct upload before;
	bool lay_there;

	upload->existing =
		uploads_find(uploads, in->arena, upload->hash, account, now, &before, NULL) == ERR_OK;
	TRY(slip_write(uploads, in->arena, account, upload, now, reterr));
	TRY(evidence_settle(in->evidence, uploads->files, &lay_there, reterr));
	if (uploads->use == UPLOAD_LETTER) {
		date_file(slip_path(uploads, in->arena, upload->hash, account), now);
		date_file(str_format(in->arena, "%.*s/%.*s", STR_ARG(uploads->files), STR_ARG(upload->hash))
				  .data,
			now);
	}
	return ERR_OK;
}

enum err upload_end(struct upload_in *in, int64_t account, struct str name, struct instant now,
	struct upload *ret_upload, struct bh_err *reterr)
{
	struct content content;

	*ret_upload = (struct upload){.name = name, .size = evidence_size(in->evidence), .account = account};
	TRY(evidence_end(in->evidence, &ret_upload->hash, reterr));
	if (in->uploads->use != UPLOAD_IMPORT) {
		TRY(content_look(in->path, name, &content, reterr));
		ret_upload->media = content.media;
		ret_upload->macros = content.macros;
	}
	pthread_mutex_lock(&in->uploads->lock);
	enum err err = keep(in, account, now, ret_upload, reterr);

	pthread_mutex_unlock(&in->uploads->lock);
	return err;
}

void upload_give_up(struct upload_in *in)
{
	evidence_give_up(in->evidence);
}

/* ---- the sweep ---- */

static int compare_hashes(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct sweep {
	struct uploads *uploads;
	struct arena *arena;
	struct str *shown; /* the hashes that matters show, sorted; read when first needed */
	size_t shown_count;
	bool knows_shown;
	struct str *slips;
	size_t slip_count;
	struct instant now;
};

static bool has_other_slip(const struct sweep *sweep, size_t at, struct str hash)
{
	for (size_t i = 0; i < sweep->slip_count; i++)
		if (i != at && sweep->slips[i].size > hash.size &&
			str_equal(str_slice(sweep->slips[i], 0, hash.size), hash))
			return true;
	return false;
}

static enum err read_shown(struct sweep *sweep, struct store *reader, struct bh_err *reterr)
{
	if (sweep->knows_shown || sweep->uploads->use == UPLOAD_IMPORT)
		return ERR_OK;
	if (sweep->uploads->use == UPLOAD_LETTER)
		TRY(letter_files_waiting(
			reader, sweep->arena, DAY_NONE, &sweep->shown, &sweep->shown_count, reterr));
	else
		TRY(store_evidence_hashes(reader, sweep->arena, &sweep->shown, &sweep->shown_count, reterr));
	sweep->knows_shown = true;
	return ERR_OK;
}

static enum err sweep_slip(struct sweep *sweep, size_t at, struct store *reader, struct bh_err *reterr)
{
	struct str name = sweep->slips[at], hash = str_slice(name, 0, HASH_SIZE * 2);
	const char *path =
		str_format(sweep->arena, "%.*s/%.*s", STR_ARG(sweep->uploads->folder), STR_ARG(name)).data;
	struct doc *slip;

	if (slip_read(sweep->arena, path, &slip) == ERR_OK &&
		sweep->now.us - doc_get_int(slip, "time", 0) < (UPLOAD_HOURS + 1) * HOUR_US)
		return ERR_OK;
	TRY(read_shown(sweep, reader, reterr));
	bool shown = sweep->shown_count > 0 && bsearch(&hash, sweep->shown, sweep->shown_count,
						       sizeof *sweep->shown, compare_hashes) != NULL;

	/* What a report shows that isn't recorded yet goes on lying here. */
	if (shown && sweep->uploads->use == UPLOAD_LETTER)
		return ERR_OK;
	if (!shown && !has_other_slip(sweep, at, hash))
		evidence_drop(sweep->arena, sweep->uploads->files, hash);
	(void)unlink(path);
	sweep->slips[at] = STR("");
	return ERR_OK;
}

enum err uploads_sweep(
	struct uploads *uploads, struct store *reader, struct instant now, struct bh_err *reterr)
{
	struct sweep sweep = {.uploads = uploads, .arena = arena_new(), .now = now};

	pthread_mutex_lock(&uploads->lock);
	enum err err = folder_list(
		sweep.arena, uploads->folder.data, ".slip", &sweep.slips, &sweep.slip_count, reterr);

	for (size_t i = 0; i < sweep.slip_count && err == ERR_OK; i++)
		err = sweep_slip(&sweep, i, reader, reterr);
	pthread_mutex_unlock(&uploads->lock);
	arena_free(sweep.arena);
	return err;
}

/* ---- reading ---- */

enum err uploads_bytes(struct uploads *uploads, struct arena *arena, struct str hash, struct str *ret_bytes,
	struct bh_err *reterr)
{
	return file_read(arena, str_format(arena, "%.*s/%.*s", STR_ARG(uploads->files), STR_ARG(hash)).data,
		EVIDENCE_SIZE_MAX, ret_bytes, reterr);
}

enum err uploads_read(struct uploads *uploads, struct arena *arena, struct str hash, int *ret_fd,
	uint64_t *ret_size, struct bh_err *reterr)
{
	const char *path = str_format(arena, "%.*s/%.*s", STR_ARG(uploads->files), STR_ARG(hash)).data;
	struct stat found;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &found) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(reterr, ERR_IO, path, "the file can't be read: bring it back from a backup");
	}
	*ret_fd = fd;
	*ret_size = (uint64_t)found.st_size;
	return ERR_OK;
}
