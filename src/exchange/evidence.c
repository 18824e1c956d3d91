#include "exchange/evidence.h"

#include "exchange/file.h"

#include <sys/stat.h>
#include <unistd.h>

struct str evidence_folder(struct arena *arena, const char *dir)
{
	return str_format(arena, "%s/evidence", dir);
}

struct str evidence_folder_of_backup(struct arena *arena, const char *file)
{
	return str_format(arena, "%s.evidence", file);
}

static const char *path_of(struct arena *arena, struct str folder, struct str hash)
{
	return str_format(arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(hash)).data;
}

static bool is_there(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0;
}

enum err evidence_keep(
	struct arena *arena, struct str folder, struct str bytes, struct str *ret_hash, struct bh_err *reterr)
{
	struct hash hash = hash_bytes(bytes.data, bytes.size);
	struct str name = hex_print(arena, hash.bytes, HASH_SIZE);
	const char *path = path_of(arena, folder, name);

	/* It may be there; if it can't be made, writing below says why. */
	(void)mkdir(folder.data, 0700);
	if (!is_there(path))
		TRY(file_write_atomic(path, bytes, reterr));
	*ret_hash = name;
	return ERR_OK;
}

/* ---- piece by piece ---- */

struct evidence_in {
	struct arena *arena;
	const char *beside;
	struct file_out *out;       /* NULL when no more is written … */
	struct hash_stream *stream; /* … and this with it */
	struct str hash;
	size_t size;
	bool lies_beside; /* a whole file does */
};

enum err evidence_begin(
	struct arena *arena, const char *beside, struct evidence_in **ret_in, struct bh_err *reterr)
{
	struct evidence_in *in = ARENA_TAKE(arena, 1, struct evidence_in);

	in->arena = arena;
	in->beside = str_copy(arena, str_from(beside)).data;
	TRY(file_out_open(arena, beside, &in->out, reterr));
	in->stream = hash_stream_new();
	*ret_in = in;
	return ERR_OK;
}

enum err evidence_put(struct evidence_in *in, struct str bytes, struct bh_err *reterr)
{
	if (bytes.size > EVIDENCE_SIZE_MAX - in->size)
		return err_set(
			reterr, ERR_TOO_LARGE, "file", "a file has at most %zu bytes", EVIDENCE_SIZE_MAX);
	in->size += bytes.size;
	hash_stream_put(in->stream, bytes.data, bytes.size);
	return file_out_put(in->out, bytes, reterr);
}

enum err evidence_end(struct evidence_in *in, struct str *ret_hash, struct bh_err *reterr)
{
	struct file_out *out = in->out;
	struct hash hash = hash_stream_end(in->stream);

	in->out = NULL;
	in->hash = *ret_hash = hex_print(in->arena, hash.bytes, HASH_SIZE);
	TRY(file_out_finish(out, reterr));
	in->lies_beside = true;
	return ERR_OK;
}

int64_t evidence_size(const struct evidence_in *in)
{
	return (int64_t)in->size;
}

enum err evidence_settle(struct evidence_in *in, struct str folder, bool *ret_existing, struct bh_err *reterr)
{
	const char *path = path_of(in->arena, folder, in->hash);

	(void)mkdir(folder.data, 0700);
	*ret_existing = is_there(path);
	if (*ret_existing)
		evidence_give_up(in);
	else
		TRY(file_move(in->beside, path, reterr));
	in->lies_beside = false;
	return ERR_OK;
}

void evidence_give_up(struct evidence_in *in)
{
	if (in->out != NULL) {
		file_out_abandon(in->out);
		(void)hash_stream_end(in->stream);
	}
	if (in->lies_beside)
		(void)unlink(in->beside);
	in->out = NULL;
	in->lies_beside = false;
}

void evidence_drop(struct arena *arena, struct str folder, struct str hash)
{
	/* One that stays behind does no harm: it is named by its own content. */
	(void)unlink(path_of(arena, folder, hash));
}

/* Reads it through, and hands on each piece. */
typedef enum err piece_fn(void *context, struct str bytes, struct bh_err *reterr);
static enum kept read_through(struct arena *arena, const char *path, struct str hash, piece_fn *each,
	void *context, enum err *ret_err, struct bh_err *reterr)
{
	struct file_in *in;
	struct hash_stream *stream;
	char bytes[65536];
	size_t size = 1;
	enum err err = file_in_open(arena, path, &in, NULL);

	*ret_err = ERR_OK;
	if (err != ERR_OK)
		return err == ERR_NOT_FOUND ? KEPT_MISSING : KEPT_DAMAGED;
	stream = hash_stream_new();
	while (err == ERR_OK && *ret_err == ERR_OK && size > 0) {
		err = file_in_get(in, bytes, sizeof bytes, &size, NULL);
		if (err != ERR_OK)
			break;
		hash_stream_put(stream, bytes, size);
		if (each != NULL && size > 0)
			*ret_err = each(context, (struct str){bytes, size}, reterr);
	}
	file_in_close(in);
	struct hash found = hash_stream_end(stream);

	return err == ERR_OK && str_equal(hex_print(arena, found.bytes, HASH_SIZE), hash) ? KEPT_WHOLE
											  : KEPT_DAMAGED;
}

enum kept evidence_look(struct arena *arena, struct str folder, struct str hash)
{
	enum err err;

	return read_through(arena, path_of(arena, folder, hash), hash, NULL, NULL, &err, NULL);
}

static enum err put_piece(void *context, struct str bytes, struct bh_err *reterr)
{
	return file_out_put(context, bytes, reterr);
}

enum err evidence_copy(struct arena *arena, struct str from, struct str to, struct str hash,
	enum kept *ret_kept, struct bh_err *reterr)
{
	const char *target = path_of(arena, to, hash);
	struct file_out *out;
	enum err err;

	*ret_kept = KEPT_WHOLE;
	if (evidence_look(arena, to, hash) == KEPT_WHOLE)
		return ERR_OK;
	(void)mkdir(to.data, 0700);
	TRY(file_out_open(arena, target, &out, reterr));
	*ret_kept = read_through(arena, path_of(arena, from, hash), hash, put_piece, out, &err, reterr);
	if (err == ERR_OK && *ret_kept == KEPT_WHOLE)
		return file_out_finish(out, reterr);
	file_out_abandon(out);
	return err;
}
