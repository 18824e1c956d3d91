#include "exchange/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

enum err file_write_atomic(const char *path, struct str bytes, struct bh_err *reterr)
{
	char beside[4096];

	snprintf(beside, sizeof beside, "%s.new", path);
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool written = fd >= 0 && write_all(fd, bytes) && fsync(fd) == 0;
	int why = errno;

	if (fd >= 0)
		close(fd);
	if (written && rename(beside, path) == 0) {
		sync_folder(path);
		return ERR_OK;
	}
	why = written ? errno : why;
	unlink(beside);
	return err_set(
		reterr, why == ENOSPC ? ERR_FULL : ERR_IO, path, "it can't be written: %s", strerror(why));
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
