/* url.h: the target of a request, taken apart strictly (RFC 9112 section 3.2, RFC 3986). What it refuses has
 * two readings, and two readings are how one gets past a guard. Quiet: text in, text out. */
#ifndef HTTP_URL_H
#define HTTP_URL_H

#include "base/base.h"

#define URL_SIZE_MAX     ((size_t)4096)
#define URL_SEGMENTS_MAX 24
#define URL_PAIRS_MAX    64

struct url_pair {
	struct str name, value;
};

struct url {
	struct str authority; /* "host:port" of an absolute form; "" where only the path was sent */
	struct str segments[URL_SEGMENTS_MAX]; /* decoded, without slashes; none for "/" */
	size_t segment_count;
	struct url_pair pairs[URL_PAIRS_MAX]; /* of the query, decoded, in order */
	size_t pair_count;
};

/* ERR_TARGET_TOO_LONG, or ERR_INVALID that names "target" or the parameter. Texts live in `arena`. */
MUST_CHECK enum err url_parse(
	struct arena *arena, struct str target, struct url *ret_url, struct bh_err *reterr);

#endif
