/* replay.c: a target without libFuzzer: run on every file of the folders given. */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The exact bytes, in a piece of memory of their own, so that a sanitizer sees the end. */
static void run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct stat status;

	if (file == NULL || fstat(fileno(file), &status) != 0) {
		fprintf(stderr, "can't read %s\n", path);
		exit(2);
	}
	size_t size = (size_t)status.st_size;
	uint8_t *bytes = malloc(size > 0 ? size : 1);

	if (bytes == NULL || fread(bytes, 1, size, file) != size)
		exit(2);
	fclose(file);
	/* Said before it is run: whoever stops here is the one. */
	printf("%s\n", path);
	fflush(stdout);
	LLVMFuzzerTestOneInput(bytes, size);
	free(bytes);
}

int main(int argc, char **argv)
{
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		struct dirent **entries;
		int found = scandir(argv[i], &entries, NULL, alphasort);

		if (found < 0) {
			run_file(argv[i]);
			count++;
			continue;
		}
		for (int e = 0; e < found; e++) {
			char path[4096];

			snprintf(path, sizeof path, "%s/%s", argv[i], entries[e]->d_name);
			if (entries[e]->d_name[0] != '.') {
				run_file(path);
				count++;
			}
			free(entries[e]);
		}
		free(entries);
	}
	printf("%zu inputs\n", count);
	return count == 0; /* a corpus that was lost proves nothing */
}
