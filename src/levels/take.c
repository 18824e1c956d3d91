/* take.c: a package that came, held to the key of its sender and to all that came before it. What its items
 * would do is in plan.c. */
#include "levels/parts.h"

#include "exchange/content.h"
#include "exchange/evidence.h"

#include <string.h>

const char *package_does_name(enum package_does does)
{
	static const char *const names[] = {
		[PACKAGE_OPENS] = "opens", [PACKAGE_ACTS] = "acts", [PACKAGE_NOTES] = "notes"};

	return names[does];
}

const char *package_growth_name(enum package_growth growth)
{
	static const char *const names[] = {
		[GROWTH_FIRST] = "first", [GROWTH_CONTINUES] = "continues", [GROWTH_EARLIER] = "earlier"};

	return names[growth];
}

struct str act_part_name(struct arena *arena, int64_t index, const char *what)
{
	return str_format(arena, "act/%lld/%s", (long long)index, what);
}

/* ---- from whom, to whom ---- */

static enum err find_sender(const struct level_ask *ask, struct package_look *look, struct bh_err *reterr)
{
	struct peer *peers;
	size_t count;

	TRY(store_peers(ask->store, ask->teller.arena, &peers, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		struct note_key key = peer_key(ask->teller.arena, &peers[i]);

		if (!str_equal(key.name, look->file.head.from))
			continue;
		if (peers[i].closed)
			return err_set(reterr, ERR_REFUSED, "from", "nothing is exchanged with %.*s any more",
				STR_ARG(peers[i].code));
		look->peer = peers[i];
		return ERR_OK;
	}
	return err_set(reterr, ERR_NOT_FOUND, "from",
		"it says it comes from %.*s, whose key nobody has entered here: a security administrator "
		"enters "
		"it, once its fingerprint was compared",
		STR_ARG(look->file.head.from));
}

static enum err check_addressee(
	const struct level_ask *ask, const struct package_look *look, struct bh_err *reterr)
{
	struct str own = ask->own.name;

	if (!str_equal(look->file.head.to, own))
		return err_set(reterr, ERR_REFUSED, "to",
			"it is for %.*s, and this is %.*s: pass it on, or ask for the right one",
			STR_ARG(look->file.head.to), STR_ARG(own));
	if (!str_equal(doc_get_text(look->manifest, "to"), own) ||
		doc_get_int(look->manifest, "number", 0) != look->file.head.number)
		return err_set(reterr, ERR_TAMPERED, "manifest.json",
			"its list and its signature name different addressees or numbers");
	return ERR_OK;
}

/* ---- in which order ---- */

static bool has_number(const struct stored_package *taken, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (taken[i].number == number)
			return true;
	return false;
}

static void look_for_missing(
	struct arena *arena, struct package_look *look, const struct stored_package *taken, size_t count)
{
	look->missing = ARENA_TAKE(arena, MISSING_SHOWN, int64_t);
	for (int64_t number = 1; number < look->file.head.number && look->missing_count < MISSING_SHOWN;
		number++)
		if (!has_number(taken, count, number))
			look->missing[look->missing_count++] = number;
	look->late = count > 0 && taken[count - 1].number > look->file.head.number;
}

static bool read_proof(struct arena *arena, const struct doc *path, struct proof *proof)
{
	*proof = (struct proof){.count = 0};
	for (size_t i = 0; path != NULL && i < path->count; i++) {
		struct str bytes;

		if (proof->count == PROOF_MAX || !base64_parse(arena, path->items[i].text, &bytes) ||
			bytes.size != HASH_SIZE)
			return false;
		memcpy(proof->hashes[proof->count++].bytes, bytes.data, HASH_SIZE);
	}
	return path != NULL;
}

static enum err rewritten(const struct package_look *look, struct bh_err *reterr)
{
	return err_set(reterr, ERR_TAMPERED, "checkpoint",
		"the record of %.*s isn't the one that it showed before: it was changed or cut there; take "
		"nothing, and ask them",
		STR_ARG(look->peer.code));
}

/* Does their record hold all that was known of it? */
static enum err judge_growth(const struct level_ask *ask, struct package_look *look,
	const struct stored_package *taken, size_t count, struct bh_err *reterr)
{
	const struct doc *history = doc_get(look->manifest, "history");
	const struct stored_package *known = NULL;
	struct hash root;
	struct str bytes;

	for (size_t i = 0; i < count; i++)
		if (known == NULL || taken[i].size > known->size)
			known = &taken[i];
	look->growth = known == NULL ? GROWTH_FIRST : GROWTH_CONTINUES;
	if (known == NULL)
		return ERR_OK;
	REQUIRE(hex_parse(ask->teller.arena, known->root, &bytes) && bytes.size == HASH_SIZE);
	memcpy(root.bytes, bytes.data, HASH_SIZE);
	if ((uint64_t)known->size > look->checkpoint.size) {
		look->growth = GROWTH_EARLIER;
		return ERR_OK;
	}
	if ((uint64_t)known->size == look->checkpoint.size)
		return hash_equal(&root, &look->checkpoint.root) ? ERR_OK : rewritten(look, reterr);
	for (size_t i = 0; history != NULL && i < history->count; i++) {
		struct proof proof;

		if (doc_get_int(&history->items[i], "size", -1) != known->size)
			continue;
		return read_proof(ask->teller.arena, doc_get(&history->items[i], "proof"), &proof) &&
				       consistency_is_valid((uint64_t)known->size, &root,
					       look->checkpoint.size, &look->checkpoint.root, &proof)
			       ? ERR_OK
			       : rewritten(look, reterr);
	}
	/* They sent what is known of them; a record that says nothing of it isn't the one they showed. */
	return rewritten(look, reterr);
}

static enum err judge_sequence(const struct level_ask *ask, struct package_look *look, struct bh_err *reterr)
{
	struct stored_package *taken;
	size_t count;

	TRY(store_package_numbers(
		ask->store, ask->teller.arena, look->peer.id, true, &taken, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		if (taken[i].number != look->file.head.number)
			continue;
		if (!str_equal(taken[i].hash, look->hash))
			return err_set(reterr, ERR_CONFLICT, "number",
				"another package came under this number: ask the sender which of the two is "
				"theirs");
		look->standing = PACKAGE_AGAIN;
		look->before = taken[i];
	}
	look_for_missing(ask->teller.arena, look, taken, count);
	return judge_growth(ask, look, taken, count, reterr);
}

/* ---- the whole ---- */

enum err package_look(const struct level_ask *ask, struct str bytes, const struct doc *choices,
	struct package_look *ret_look, struct bh_err *reterr)
{
	struct package_look look = {.growth = GROWTH_FIRST};
	struct hash hash = hash_bytes(bytes.data, bytes.size);

	TRY(package_take_apart(ask->teller.arena, bytes, &look.file, reterr));
	look.hash = hex_print(ask->teller.arena, hash.bytes, HASH_SIZE);
	TRY(find_sender(ask, &look, reterr));
	struct note_key key = peer_key(ask->teller.arena, &look.peer);

	TRY(package_verify(ask->teller.arena, &look.file, &key, &look.manifest, &look.checkpoint, reterr));
	TRY(check_addressee(ask, &look, reterr));
	TRY(judge_sequence(ask, &look, reterr));
	TRY(package_plan(ask, &look, choices, reterr));
	*ret_look = look;
	return ERR_OK;
}

struct act package_take_act(const struct package_look *look)
{
	REQUIRE(look->fault_count == 0 && look->standing == PACKAGE_NEW);
	return (struct act){.kind = ACT_PACKAGE_TAKE,
		.what.package = {.spec = look->spec, .commands = look->commands, .count = look->plan_count}};
}

/* ---- its files ---- */

static enum err keep_one(
	const struct level_ask *ask, struct str bytes, struct package_kept *kept, struct bh_err *reterr)
{
	struct hash hash = hash_bytes(bytes.data, bytes.size);
	struct str name = hex_print(ask->teller.arena, hash.bytes, HASH_SIZE);
	bool made = evidence_look(ask->teller.arena, ask->folder, name) == KEPT_MISSING;

	TRY(evidence_keep(ask->teller.arena, ask->folder, bytes, &name, reterr));
	if (made)
		*ARENA_PUSH(ask->teller.arena, kept->made, kept->count, kept->capacity) = name;
	return ERR_OK;
}

enum err package_keep(const struct level_ask *ask, const struct package_look *look,
	struct package_kept *ret_kept, struct bh_err *reterr)
{
	struct package_kept kept = {.count = 0};
	enum err err = keep_one(ask, look->file.bytes, &kept, reterr);

	for (size_t i = 0; err == ERR_OK && i < look->file.count; i++)
		if (str_starts(look->file.parts[i].name, "file/"))
			err = keep_one(ask, look->file.parts[i].bytes, &kept, reterr);
	if (err != ERR_OK)
		package_unkeep(ask, &kept);
	*ret_kept = kept;
	return err;
}

void package_unkeep(const struct level_ask *ask, const struct package_kept *kept)
{
	for (size_t i = 0; i < kept->count; i++)
		evidence_drop(ask->teller.arena, ask->folder, kept->made[i]);
}
