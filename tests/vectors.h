/* vectors.h: public test vectors, which lie beside the project and not in it. A program that needs them is
 * skipped (exit 77, as meson has it) where they are absent. */
#ifndef TESTS_VECTORS_H
#define TESTS_VECTORS_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"

#define EXIT_SKIPPED 77

/* The folder of vectors `name` under `folder`, or the program ends as skipped. */
static inline struct str vectors_find(struct arena *arena, const char *folder, const char *name)
{
	struct str path = str_format(arena, "%s/%s", folder, name);

	if (access(path.data, R_OK) == 0)
		return path;
	printf("skipped: the public vectors are not at %s\n", path.data);
	exit(EXIT_SKIPPED);
}

static inline struct str vector_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "rb");
	struct buf buf = buf_new(arena);
	char bytes[4096];

	REQUIRE(file != NULL);
	for (size_t size; (size = fread(bytes, 1, sizeof bytes, file)) > 0;)
		buf_put(&buf, (struct str){bytes, size});
	fclose(file);
	return buf_str(&buf);
}

#endif
