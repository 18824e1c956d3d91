/* ballot_code.c: codes, the list of their hashes and its root, and the lines that ballots are. */
#include "grasp/ballot.h"

#include "ledger/ledger.h"

#include <stdlib.h>
#include <string.h>

#define HASH_DIGITS (2 * HASH_SIZE)
#define SALT_DIGITS ((size_t)2 * BALLOT_SALT_SIZE)

/* ---- codes ---- */

struct str ballot_code_make(struct arena *arena, struct str first, struct str second, uint64_t i)
{
	/* Each is a key of its own, so neither of the two can aim at a code whatever they know of the other's
	 * choice beforehand. */
	struct str number = str_format(arena, "bihuan-ballot-code-v1 %llu", (unsigned long long)i);
	struct hash inner = hmac_sha256(first, number);
	struct hash outer = hmac_sha256(second, (struct str){(const char *)inner.bytes, HASH_SIZE});

	return code_make(arena, outer.bytes);
}

struct hash ballot_code_hash(struct str code)
{
	return hash_bytes(code.data, code.size);
}

/* ---- the list of codes ---- */

static int code_order(const void *left, const void *right)
{
	const struct ballot_code *a = left, *b = right;

	return memcmp(a->hash.bytes, b->hash.bytes, HASH_SIZE);
}

void ballot_codes_sort(struct ballot_code *codes, size_t count)
{
	if (count > 0)
		qsort(codes, count, sizeof *codes, code_order);
}

const struct ballot_code *ballot_code_find(
	const struct ballot_code *codes, size_t count, const struct hash *hash)
{
	struct ballot_code wanted = {.hash = *hash};

	return count == 0 ? NULL : bsearch(&wanted, codes, count, sizeof *codes, code_order);
}

struct str ballot_code_line(struct arena *arena, const struct ballot *ballot, const struct ballot_code *code)
{
	return str_format(arena, "%.*s %.*s", STR_ARG(hex_print(arena, code->hash.bytes, HASH_SIZE)),
		STR_ARG(ballot->groups[code->group].name));
}

struct hash ballot_root(const struct str *lines, size_t count)
{
	struct tree_edge edge = {0};

	for (size_t i = 0; i < count; i++) {
		struct hash leaf = leaf_hash(lines[i]);

		REQUIRE(tree_append(&edge, &leaf, NULL, NULL) == ERR_OK);
	}
	return tree_root(&edge);
}

static bool read_hash(struct arena *arena, struct str text, struct hash *ret_hash)
{
	struct str bytes;

	if (text.size != HASH_DIGITS || !hex_parse(arena, text, &bytes))
		return false;
	memcpy(ret_hash->bytes, bytes.data, HASH_SIZE);
	return str_equal(hex_print(arena, ret_hash->bytes, HASH_SIZE), text); /* small letters only */
}

static enum err read_group(struct arena *arena, const struct ballot *ballot, const struct doc *list,
	size_t group, struct ballot_code *codes, struct bh_err *reterr)
{
	const char *name = str_format(arena, "codes[%zu]", group).data;

	if (list->kind != DOC_LIST || (int64_t)list->count < ballot->groups[group].issued)
		return err_set(reterr, ERR_REFUSED, name, "there are fewer codes than slips were given out");
	for (size_t i = 0; i < list->count; i++) {
		codes[i].group = (int)group;
		if (list->items[i].kind != DOC_TEXT || !read_hash(arena, list->items[i].text, &codes[i].hash))
			return err_set(reterr, ERR_INVALID, name,
				"number %zu is no SHA-256 in small hexadecimal digits", i + 1);
		if (i > 0 && code_order(&codes[i - 1], &codes[i]) >= 0)
			return err_set(reterr, ERR_INVALID, name, "they must be sorted, each once");
	}
	return ERR_OK;
}

enum err ballot_codes_read(struct arena *arena, const struct ballot *ballot, const struct doc *lists,
	struct ballot_code **ret_codes, size_t *ret_count, struct bh_err *reterr)
{
	struct ballot_code *codes;
	size_t count = 0, at = 0;

	if (lists == NULL || lists->kind != DOC_LIST || lists->count != ballot->group_count)
		return err_set(reterr, ERR_INVALID, "codes", "a list of hashes for each group is wanted");
	for (size_t i = 0; i < lists->count; i++)
		count += lists->items[i].count;
	if (count > BALLOT_CODES_MAX)
		return err_set(reterr, ERR_RANGE, "codes", "more than %d codes", BALLOT_CODES_MAX);
	codes = ARENA_TAKE(arena, count + 1, struct ballot_code);
	for (size_t i = 0; i < lists->count; i++) {
		TRY(read_group(arena, ballot, &lists->items[i], i, codes + at, reterr));
		at += lists->items[i].count;
	}
	ballot_codes_sort(codes, count);
	for (size_t i = 1; i < count; i++)
		if (code_order(&codes[i - 1], &codes[i]) == 0)
			return err_set(reterr, ERR_INVALID, "codes", "a code belongs to one group only");
	*ret_codes = codes;
	*ret_count = count;
	return ERR_OK;
}

/* ---- lines ---- */

bool ballot_marks_are_good(const struct ballot *ballot, struct str marks)
{
	if (marks.size != ballot_item_count(ballot))
		return false;
	for (size_t i = 0; i < marks.size; i++)
		if (marks.data[i] < '0' || marks.data[i] > (char)('0' + ballot->choice_count))
			return false;
	return true;
}

struct str ballot_line_print(struct arena *arena, const struct ballot_line *line)
{
	return str_format(arena, "%.*s %.*s %.*s", STR_ARG(hex_print(arena, line->code.bytes, HASH_SIZE)),
		STR_ARG(line->marks), STR_ARG(line->salt));
}

bool ballot_line_parse(struct arena *arena, struct str text, struct ballot_line *ret_line)
{
	struct str code, salt;

	if (!str_cut(&text, ' ', &code) || !str_cut(&text, ' ', &ret_line->marks) ||
		!str_cut(&text, ' ', &ret_line->salt) || text.size > 0)
		return false;
	return read_hash(arena, code, &ret_line->code) && ret_line->salt.size == SALT_DIGITS &&
	       hex_parse(arena, ret_line->salt, &salt);
}

struct hash ballot_seal(struct str line)
{
	return hash_bytes(line.data, line.size);
}
