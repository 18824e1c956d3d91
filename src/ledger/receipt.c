/* receipt.c: C2SP tlog-proof: what one holds to show that an event is in the record. */
#include "ledger/ledger.h"

#include <string.h>

#define RECEIPT_HASHES_MAX 63 /* the longest path in a tree of 2^63 leaves */

struct str receipt_print(struct arena *arena, uint64_t index, const struct proof *proof, struct str note)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, RECEIPT_HEADER);
	buf_format(&buf, "index %llu\n", (unsigned long long)index);
	for (size_t i = 0; i < proof->count; i++) {
		buf_put(&buf, base64_print(arena, proof->hashes[i].bytes, HASH_SIZE));
		buf_put_char(&buf, '\n');
	}
	buf_put_char(&buf, '\n');
	buf_put(&buf, note);
	return buf_str(&buf);
}

enum err receipt_parse(struct arena *arena, struct str text, uint64_t *ret_index, struct proof *ret_proof,
	struct str *ret_note, struct bh_err *reterr)
{
	struct str rest = text, line, bytes;
	struct proof proof = {.count = 0};
	int64_t index;

	if (!str_starts(text, RECEIPT_HEADER))
		return err_set(
			reterr, ERR_INVALID, "receipt", "it doesn't begin with c2sp.org/tlog-proof@v1");
	rest = str_slice(rest, sizeof RECEIPT_HEADER - 1, rest.size);
	if (!str_cut(&rest, '\n', &line) || !str_starts(line, "index ") ||
		!str_to_int(str_slice(line, 6, line.size), &index) || index < 0 ||
		!str_equal(line, str_format(arena, "index %lld", (long long)index)))
		return err_set(reterr, ERR_INVALID, "receipt", "its second line isn't `index N`");
	while (str_cut(&rest, '\n', &line) && line.size > 0) {
		if (proof.count == RECEIPT_HASHES_MAX || !base64_parse(arena, line, &bytes) ||
			bytes.size != HASH_SIZE)
			return err_set(reterr, ERR_INVALID, "receipt", "its line %zu isn't a hash in base64",
				proof.count + 3);
		memcpy(proof.hashes[proof.count++].bytes, bytes.data, HASH_SIZE);
	}
	if (rest.size == 0)
		return err_set(reterr, ERR_INVALID, "receipt", "its checkpoint is missing");
	*ret_index = (uint64_t)index;
	*ret_proof = proof;
	*ret_note = rest;
	return ERR_OK;
}
