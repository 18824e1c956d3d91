/* settings_file.h: a file of settings that only its owner may read, because it holds secrets, read strictly:
 * what is misspelt would be silently not so. Everything that calls another machine has one. */
#ifndef WIRE_SETTINGS_FILE_H
#define WIRE_SETTINGS_FILE_H

#include "wire/wire.h"

struct settings_file {
	struct arena *arena; /* what is read lives there */
	const char *name;    /* of the file */
	const struct doc *tree;
	struct str *hosts; /* that may be called */
	size_t host_count;
	struct wire_rules rules;
	struct bh_err *reterr;
};
/* The file `name` of the folder, with its "hosts", "inside" and "ca". ERR_NOT_FOUND, which sets nothing:
 * there is none. ERR_FORBIDDEN: others may read it. ERR_INVALID names the place. Where more goes wrong later,
 * it says so in the same reterr. */
MUST_CHECK enum err settings_file_read(struct str dir, const char *name, struct arena *arena,
	struct settings_file *ret_file, struct bh_err *reterr);
/* It is an object and has no other keys than these. */
MUST_CHECK enum err settings_file_keys(const struct settings_file *file, const struct doc *object,
	const char *place, const char *const *keys, size_t count);
/* One line of text, "" where there is none and it needn't be; a list of texts; a port. */
MUST_CHECK enum err settings_file_text(const struct settings_file *file, const struct doc *object,
	const char *key, bool must, struct str *ret_text);
MUST_CHECK enum err settings_file_texts(const struct settings_file *file, const struct doc *object,
	const char *key, struct str **ret_texts, size_t *ret_count);
MUST_CHECK enum err settings_file_port(const struct settings_file *file, const struct doc *object,
	const char *place, int otherwise, int *ret_port);
/* "https://…" without its slashes at the end: where people find the pages. */
MUST_CHECK enum err settings_file_link(
	const struct settings_file *file, const struct doc *object, struct str *ret_link);
/* Is it a host, and among those that may be called? */
MUST_CHECK enum err settings_file_host(const struct settings_file *file, struct str host, const char *place);

#endif
