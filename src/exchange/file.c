#include "exchange/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static enum err read_all(struct arena *arena, int fd, const char *path, size_t size_max,
	struct str *ret_bytes, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);
	char chunk[65536];

	for (;;) {
		ssize_t got = read(fd, chunk, sizeof chunk);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_set(reterr, ERR_IO, path, "it can't be read: %s", strerror(errno));
		if (got == 0)
			break;
		if (buf.size + (size_t)got > size_max)
			return err_set(reterr, ERR_RANGE, path,
				"it is larger than the %zu bytes that are taken", size_max);
		buf_put(&buf, (struct str){chunk, (size_t)got});
	}
	*ret_bytes = buf_str(&buf);
	return ERR_OK;
}

enum err file_read(
	struct arena *arena, const char *path, size_t size_max, struct str *ret_bytes, struct bh_err *reterr)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(reterr, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path,
			"it can't be opened: %s", strerror(errno));
	enum err err = read_all(arena, fd, path, size_max, ret_bytes, reterr);

	if (!standard)
		close(fd);
	return err;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.size > 0) {
		ssize_t put = write(fd, bytes.data, bytes.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return false;
		bytes = str_slice(bytes, (size_t)put, bytes.size);
	}
	return true;
}

/* The name in the folder must be durable too. */
static void sync_folder(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');

	snprintf(folder, sizeof folder, "%.*s", slash == NULL ? 1 : (int)(slash - path + 1),
		slash == NULL ? "." : path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
}

/* ---- a file that grows ---- */

struct file_out {
	const char *path, *beside;
	int fd, why; /* why: errno of the first failure, 0 while there was none */
	size_t filled;
	char buffer[65536];
};

enum err file_out_open(
	struct arena *arena, const char *path, struct file_out **ret_out, struct bh_err *reterr)
{
	struct file_out *out = ARENA_TAKE(arena, 1, struct file_out);

	out->path = str_copy(arena, str_from(path)).data;
	out->beside = str_format(arena, "%s.new", path).data;
	out->fd = open(out->beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (out->fd < 0)
		return err_set(reterr, errno == ENOSPC ? ERR_FULL : ERR_IO, path, "it can't be written: %s",
			strerror(errno));
	*ret_out = out;
	return ERR_OK;
}

static void flush(struct file_out *out, struct str bytes)
{
	if (out->why == 0 && !write_all(out->fd, bytes))
		out->why = errno != 0 ? errno : EIO;
}

static enum err out_failed(const struct file_out *out, struct bh_err *reterr)
{
	return err_set(reterr, out->why == ENOSPC ? ERR_FULL : ERR_IO, out->path, "it can't be written: %s",
		strerror(out->why));
}

enum err file_out_put(struct file_out *out, struct str bytes, struct bh_err *reterr)
{
	if (out->filled + bytes.size > sizeof out->buffer) {
		flush(out, (struct str){out->buffer, out->filled});
		out->filled = 0;
	}
	if (bytes.size > sizeof out->buffer) {
		flush(out, bytes);
	} else if (bytes.size > 0) {
		memcpy(out->buffer + out->filled, bytes.data, bytes.size);
		out->filled += bytes.size;
	}
	return out->why == 0 ? ERR_OK : out_failed(out, reterr);
}

enum err file_out_finish(struct file_out *out, struct bh_err *reterr)
{
	flush(out, (struct str){out->buffer, out->filled});
	if (out->why == 0 && fsync(out->fd) != 0)
		out->why = errno;
	if (out->why == 0 && rename(out->beside, out->path) != 0)
		out->why = errno;
	if (out->why != 0) {
		file_out_abandon(out);
		return out_failed(out, reterr);
	}
	close(out->fd);
	sync_folder(out->path);
	return ERR_OK;
}

void file_out_abandon(struct file_out *out)
{
	close(out->fd);
	unlink(out->beside);
}

enum err file_move(const char *from, const char *to, struct bh_err *reterr)
{
	if (rename(from, to) != 0)
		return err_set(reterr, errno == ENOSPC ? ERR_FULL : ERR_IO, to, "it can't be written: %s",
			strerror(errno));
	sync_folder(to);
	return ERR_OK;
}

enum err file_write_atomic(const char *path, struct str bytes, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct file_out *out;
	enum err err = file_out_open(arena, path, &out, reterr);

	if (err == ERR_OK) {
		err = file_out_put(out, bytes, reterr);
		if (err == ERR_OK)
			err = file_out_finish(out, reterr);
		else
			file_out_abandon(out);
	}
	arena_free(arena);
	return err;
}

/* ---- a file that is read on the way ---- */

struct file_in {
	const char *path;
	int fd;
	int64_t size;
};

enum err file_in_open(struct arena *arena, const char *path, struct file_in **ret_in, struct bh_err *reterr)
{
	struct file_in *in = ARENA_TAKE(arena, 1, struct file_in);
	struct stat found;

	in->path = str_copy(arena, str_from(path)).data;
	in->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	if (in->fd < 0)
		return err_set(reterr, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path,
			"it can't be opened: %s", strerror(errno));
	in->size = fstat(in->fd, &found) == 0 && S_ISREG(found.st_mode) ? (int64_t)found.st_size : 0;
	*ret_in = in;
	return ERR_OK;
}

int64_t file_in_size(const struct file_in *in)
{
	return in->size;
}

enum err file_in_get(struct file_in *in, char *bytes, size_t size, size_t *ret_size, struct bh_err *reterr)
{
	ssize_t got;

	do
		got = read(in->fd, bytes, size);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_set(reterr, ERR_IO, in->path, "it can't be read: %s", strerror(errno));
	*ret_size = (size_t)got;
	return ERR_OK;
}

void file_in_close(struct file_in *in)
{
	if (in->fd != STDIN_FILENO)
		close(in->fd);
}

int64_t file_room(const char *path)
{
	struct statvfs found;

	return statvfs(path, &found) != 0 ? -1 : (int64_t)found.f_bavail * (int64_t)found.f_frsize;
}

static int compare_names(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

enum err folder_list(struct arena *arena, const char *path, const char *suffix, struct str **ret_names,
	size_t *ret_count, struct bh_err *reterr)
{
	DIR *folder = opendir(path);
	struct str *names = NULL;
	size_t count = 0, capacity = 0;

	if (folder == NULL)
		return err_set(reterr, errno == ENOENT ? ERR_NOT_FOUND : ERR_IO, path,
			"the folder can't be opened: %s", strerror(errno));
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		struct str name = str_from(entry->d_name);

		if (entry->d_type != DT_DIR && entry->d_name[0] != '.' && str_ends(name, suffix))
			*ARENA_PUSH(arena, names, count, capacity) = str_copy(arena, name);
	}
	closedir(folder);
	if (count > 1)
		qsort(names, count, sizeof *names, compare_names);
	*ret_names = names;
	*ret_count = count;
	return ERR_OK;
}
