/* doc.h: one tree for JSON, two ways in and one way out.
 *
 * doc_read takes any strict JSON from outside (jansson: int64 exact; refused beside what isn't JSON: a key
 * twice, a NUL in a key, DOC_DEPTH_MAX levels).
 * doc_read_canonical takes only our canonical form and is what the ledger trusts: UTF-8, object keys
 * [a-z0-9_] in byte order, no white space, integers only, shortest escapes. What it accepts, doc_print
 * prints back byte for byte; what it refuses has no place in the record (ledger.md, "Event").
 *
 * json_out writes as it goes, without a tree. */
#ifndef BASE_DOC_H
#define BASE_DOC_H

#include "base/str.h"

#define DOC_DEPTH_MAX 32

enum doc_kind { DOC_NULL, DOC_FALSE, DOC_TRUE, DOC_INT, DOC_REAL, DOC_TEXT, DOC_LIST, DOC_OBJECT };

struct doc {
	enum doc_kind kind;
	int64_t number;  /* DOC_INT */
	double real;     /* DOC_REAL, which the canonical form never has */
	struct str text; /* DOC_TEXT */
	size_t count;    /* members of a list or an object */
	struct doc *items;
	struct str *keys; /* of an object, beside items */
};

/* Strings point into `text` where they hold no escape, so `text` must live as long as the tree.
 * ERR_INVALID, or ERR_RANGE for a number beyond 64 bits, names the place as "line:col". */
MUST_CHECK enum err doc_read(
	struct arena *arena, struct str text, struct doc **ret_tree, struct bh_err *reterr);
MUST_CHECK enum err doc_read_canonical(
	struct arena *arena, struct str text, struct doc **ret_tree, struct bh_err *reterr);

/* Building, for payloads. Keys may come in any order: doc_print sorts them. */
struct doc *doc_object(struct arena *arena);
struct doc *doc_list(struct arena *arena);
struct doc *doc_text(struct arena *arena, struct str text);
struct doc *doc_int(struct arena *arena, int64_t number);
struct doc *doc_bool(struct arena *arena, bool value);
void doc_set(struct arena *arena, struct doc *object, const char *key, struct doc *value); /* replaces */
void doc_set_str(struct arena *arena, struct doc *object, struct str key, struct doc *value);
void doc_push(struct arena *arena, struct doc *list, struct doc *value);
/* Room that a tree of `count` members must have been given, so that another can be set or pushed. */
size_t doc_capacity(size_t count);
struct doc *doc_copy(struct arena *arena, const struct doc *tree); /* all of it, text too; NULL gives NULL */

/* Reading; each is fine with NULL or with another kind and then gives the fallback. */
const struct doc *doc_get(const struct doc *object, const char *key); /* NULL when absent */
const struct doc *doc_get_str(const struct doc *object, struct str key);
struct str doc_get_text(const struct doc *object, const char *key); /* STR_NONE when absent */
int64_t doc_get_int(const struct doc *object, const char *key, int64_t fallback);
bool doc_get_bool(const struct doc *object, const char *key);
bool doc_equal(const struct doc *a, const struct doc *b);

/* Canonical bytes. REQUIREs keys in [a-z0-9_], valid UTF-8 and no reals. */
struct str doc_print(struct arena *arena, const struct doc *tree);
void doc_print_to(struct buf *buf, const struct doc *tree);

/* Streaming out. Commas are put by themselves; the caller opens, closes and names in order. */
struct json_out {
	struct buf *buf;
	unsigned depth;
	bool comma[DOC_DEPTH_MAX];
	bool named; /* a key was written, its value comes next */
};

struct json_out json_out_new(struct buf *buf);
void json_out_open(struct json_out *out, char bracket);  /* '{' or '[' */
void json_out_close(struct json_out *out, char bracket); /* '}' or ']' */
void json_out_key(struct json_out *out, const char *key);
void json_out_text(struct json_out *out, struct str text);
void json_out_int(struct json_out *out, int64_t number);
void json_out_bool(struct json_out *out, bool value);
void json_out_null(struct json_out *out);
void json_out_tree(struct json_out *out, const struct doc *tree);
void json_out_field_text(struct json_out *out, const char *key, struct str text);
void json_out_field_int(struct json_out *out, const char *key, int64_t number);
void json_out_field_bool(struct json_out *out, const char *key, bool value);
void json_put_text(struct buf *buf, struct str text); /* one string with quotes and shortest escapes */

#endif
