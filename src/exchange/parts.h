/* parts.h: an office file (xlsx, docx) as what it is, a zip of XML: its parts in and out, within limits.
 * Private to the room. */
#ifndef EXCHANGE_PARTS_H
#define EXCHANGE_PARTS_H

#include "base/base.h"

#define PARTS_UNPACKED_MAX ((size_t)100 * 1024 * 1024) /* of all parts */

/* ---- in ---- */

/* One part, piece by piece. ERR_INVALID when there is no part of that name, or it is damaged. */
typedef enum err part_put_fn(void *context, const char *bytes, size_t size, struct bh_err *reterr);
struct parts {
	void *context;
	enum err (*read)(
		void *context, const char *name, part_put_fn *put, void *put_context, struct bh_err *reterr);
};

/* The zip as parts. `bytes` must outlive it. */
struct zip_parts;
/* ERR_INVALID when it is no zip, ERR_RANGE when it is beyond the limits. Must be closed. */
MUST_CHECK enum err zip_parts_open(
	struct arena *arena, struct str bytes, struct zip_parts **ret_zip, struct bh_err *reterr);
struct parts zip_parts_of(struct zip_parts *zip);
size_t zip_parts_count(const struct zip_parts *zip);
const char *zip_parts_name(const struct zip_parts *zip, size_t i); /* lives as long as the zip */
void zip_parts_close(struct zip_parts *zip);

/* ---- out ---- */

struct part {
	struct str name, bytes;
};
/* A zip of these, in their order. It says nothing of when it was made: the same parts are the same bytes. */
MUST_CHECK enum err zip_write(struct arena *arena, const struct part *parts, size_t count,
	struct str *ret_bytes, struct bh_err *reterr);

/* ---- XML ---- */

struct xml_attributes {
	const char **pairs; /* name, value, …, NULL */
};
/* The value of the attribute of that local name, NULL when there is none. */
const char *xml_attribute(const struct xml_attributes *attributes, const char *name);
struct xml_reader {
	void *context;
	enum err (*open)(void *context, const char *name, const struct xml_attributes *attributes,
		struct bh_err *reterr);
	enum err (*close)(void *context, const char *name, struct bh_err *reterr);
	enum err (*text)(void *context, struct str text, struct bh_err *reterr); /* NULL: none is wanted */
	bool raw; /* names as they are written, "w:p"; else without their namespace */
};
/* Read one part. Refused are a DOCTYPE, which is where entities are declared, and XML_DEPTH_MAX layers. */
#define XML_DEPTH_MAX 64
MUST_CHECK enum err xml_read(
	const struct parts *parts, const char *name, const struct xml_reader *reader, struct bh_err *reterr);

#endif
