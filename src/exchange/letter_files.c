#include "exchange/letter_files.h"

#include "exchange/evidence.h"

#include <stdlib.h>

struct str letter_folder(struct arena *arena, struct str dir)
{
	return str_format(arena, "%.*s/letters", STR_ARG(dir));
}

static int hash_order(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

struct hashes {
	struct arena *arena;
	struct str *items;
	size_t count, capacity;
};

static enum err add_files(struct hashes *hashes, const struct letter_part *part, struct bh_err *reterr)
{
	struct doc *body;

	TRY(doc_read_canonical(hashes->arena, part->body, &body, reterr));
	const struct doc *files = doc_get(body, "evidence");

	for (size_t i = 0; files != NULL && i < files->count; i++)
		*ARENA_PUSH(hashes->arena, hashes->items, hashes->count, hashes->capacity) =
			doc_get_text(&files->items[i], "hash");
	return ERR_OK;
}

enum err letter_files_waiting(struct store *reader, struct arena *arena, struct day today,
	struct str **ret_hashes, size_t *ret_count, struct bh_err *reterr)
{
	struct hashes hashes = {.arena = arena};
	struct letter_part *parts;
	size_t count, kept = 0;

	TRY(store_letter_waiting(reader, arena, STR(""), &parts, &count, reterr));
	for (size_t i = 0; i < count; i++)
		if (day_is_none(today) || parts[i].came.number < today.number)
			TRY(add_files(&hashes, &parts[i], reterr));
	if (hashes.count > 0)
		qsort(hashes.items, hashes.count, sizeof *hashes.items, hash_order);
	for (size_t i = 0; i < hashes.count; i++)
		if (kept == 0 || !str_equal(hashes.items[i], hashes.items[kept - 1]))
			hashes.items[kept++] = hashes.items[i];
	*ret_hashes = hashes.items;
	*ret_count = kept;
	return ERR_OK;
}

enum err letter_files_keep(struct str dir, struct store *reader, struct day today, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct str from = letter_folder(arena, dir), to = evidence_folder(arena, str_copy(arena, dir).data);
	struct str *hashes;
	size_t count = 0;
	enum kept kept;
	enum err err = letter_files_waiting(reader, arena, today, &hashes, &count, reterr);

	for (size_t i = 0; i < count && err == ERR_OK; i++)
		err = evidence_copy(arena, from, to, hashes[i], &kept, reterr);
	arena_free(arena);
	return err;
}
