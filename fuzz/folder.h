/* folder.h: for what is read from a folder: the input as a file of one, in a folder of this process's own. */
#ifndef FUZZ_FOLDER_H
#define FUZZ_FOLDER_H

#include "fuzz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static char fuzz_folder_path[] = "/tmp/bihuan-fuzz-XXXXXX";
static const char *fuzz_folder_file;

static inline void fuzz_folder_remove(void)
{
	if (chdir(fuzz_folder_path) == 0)
		(void)unlink(fuzz_folder_file);
	(void)rmdir(fuzz_folder_path);
}

/* The folder, in which `name` has these bytes and is its owner's alone. */
static inline struct str fuzz_folder(const char *name, struct str bytes)
{
	static int folder = -1;

	if (folder < 0) {
		REQUIRE(mkdtemp(fuzz_folder_path) != NULL);
		folder = open(fuzz_folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		fuzz_folder_file = name;
		(void)atexit(fuzz_folder_remove);
	}
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	REQUIRE(fd >= 0 && write(fd, bytes.data, bytes.size) == (ssize_t)bytes.size);
	close(fd);
	return str_from(fuzz_folder_path);
}

#endif
