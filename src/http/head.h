/* head.h: what must be true of a request's head before anything is made of it (RFC 9110, RFC 9112). Nothing
 * doubtful is repaired: it is refused with the name of the field. Quiet. */
#ifndef HTTP_HEAD_H
#define HTTP_HEAD_H

#include "http/url.h"

#define HEAD_FIELDS_MAX 64
#define HEAD_SIZE_MAX   ((size_t)16 * 1024)

struct head_field {
	struct str name, value;
};

struct head {
	struct str method, target, version; /* as they came */
	struct head_field fields[HEAD_FIELDS_MAX];
	size_t field_count;
	size_t size;    /* bytes of the whole head */
	bool overflows; /* more fields than HEAD_FIELDS_MAX */
	bool exact;     /* each byte belongs to what is listed here, with CRLF and single blanks between */

	/* Set by head_check. */
	struct url url;
	bool has_length;
	uint64_t length; /* of the body; 0 when there is none */
};

/* The value of a field, blanks off both ends; STR_NONE when absent. */
struct str head_get(const struct head *head, const char *name);
/* ERR_OK, or what is wrong and where: "target", "method", "head", or the name of a field. */
MUST_CHECK enum err head_check(struct arena *arena, struct head *head, struct bh_err *reterr);
/* "application/json", with or without charset=utf-8 and blanks. */
bool media_is_json(struct str media);

#endif
