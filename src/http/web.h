/* web.h: the pages of web/ as the build embeds them (tools/mkweb.mjs), or none of them (web_none.c). */
#ifndef HTTP_WEB_H
#define HTTP_WEB_H

#include "base/str.h"

struct web_file {
	const char *name;           /* "index.html", or of a file in assets/ */
	const char *media;          /* its Content-Type */
	const char *tag;            /* of its bytes: what its ETag is made from */
	const unsigned char *plain; /* as it is */
	size_t plain_size;
	const unsigned char *packed; /* by gzip; NULL where that isn't smaller */
	size_t packed_size;
};

extern const struct web_file web_files[];
extern const size_t web_file_count;

#endif
