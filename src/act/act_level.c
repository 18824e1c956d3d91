/* act_level.c: institutions above and below, and the files between them: one that was made, with its number,
 * and one that came, with all that it brings about, or nothing. */
#include "act/writer.h"

/* ---- peers ---- */

static enum err record_peer(struct installation *installation, struct arena *arena, const struct act *act,
	const struct peer *peer, struct instant now, struct event *event, struct bh_err *reterr)
{
	struct record record = {
		.object = str_format(arena, "peer:%lld", (long long)peer->id), .account = act->account};

	*event = (struct event){.kind = EVENT_PEER_SET, .time = now, .payload = peer_to_doc(arena, peer)};
	doc_set(arena, event->payload, "by", doc_int(arena, act->account));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	return record_append(installation, arena, event, &record, reterr);
}

/* A key is trusted because two people compared its fingerprint, never because it came with a file. */
static enum err check_key(struct arena *arena, const struct installation *installation, const struct act *act,
	const struct peer *peer, struct bh_err *reterr)
{
	struct note_key key = peer_key(arena, peer);

	if (str_equal(key.name, installation->key.name))
		return err_set(reterr, ERR_INVALID, "key", "that is the key of this institution itself");
	if (!key_fingerprint_is(arena, peer->key, act->what.peer.fingerprint))
		return err_set(reterr, ERR_REFUSED, "fingerprint",
			"the fingerprint isn't that of the key: read it to each other again, over a way by "
			"which the key didn't come; if it still differs, don't enter the key");
	return ERR_OK;
}

enum err act_peer_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct doc *row = doc_copy(arena, act->what.peer.row);
	struct peer *peers, peer;
	struct event event;
	size_t count;

	TRY(admin_check(installation->directory, act->account, ADMIN_SECURITY, reterr));
	TRY(store_peers(installation->store, arena, &peers, &count, reterr));
	if (doc_get_int(row, "id", 0) == 0)
		doc_set(arena, row, "id", doc_int(arena, (int64_t)count + 1));
	TRY(peer_read(arena, row, &peer, reterr));
	TRY(peer_may(arena, peers, count, &peer, reterr));
	if ((uint64_t)peer.id > count || !str_equal(peers[peer.id - 1].key, peer.key))
		TRY(check_key(arena, installation, act, &peer, reterr));
	TRY(record_peer(installation, arena, act, &peer, now, &event, reterr));
	TRY(store_peer_put(installation->store, &peer, reterr));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1, .id = peer.id};
	return ERR_OK;
}

/* ---- packages ---- */

struct packing {
	struct installation *installation;
	struct arena *arena;
	const struct act *act;
	struct instant now;
	struct doc *payload;
	struct package package;
	struct bh_err *reterr;
};

/* Between us and whom; whether it may be so now. */
static enum err begin(struct packing *packing, const struct doc *spec, bool taken, int64_t *ret_last)
{
	struct peer *peers;
	size_t count;
	int64_t id;

	packing->payload = doc_copy(packing->arena, spec);
	TRY(package_read(packing->arena, packing->payload, &packing->package, packing->reterr));
	TRY(store_peers(packing->installation->store, packing->arena, &peers, &count, packing->reterr));
	int64_t peer = packing->package.peer;

	if (peer < 1 || (uint64_t)peer > count)
		return err_set(packing->reterr, ERR_NOT_FOUND, "peer",
			"there is no such institution above or below");
	if (peers[peer - 1].closed)
		return err_set(packing->reterr, ERR_REFUSED, "peer",
			"nothing is exchanged with %.*s any more", STR_ARG(peers[peer - 1].code));
	TRY(store_package_last(packing->installation->store, peer, taken, &id, ret_last, packing->reterr));
	packing->package.id = id + 1;
	doc_set(packing->arena, packing->payload, "id", doc_int(packing->arena, id + 1));
	return ERR_OK;
}

static enum err finish(struct packing *packing, enum event_kind kind, struct event *ret_event)
{
	struct arena *arena = packing->arena;
	struct record record = {.object = str_format(arena, "package:%lld", (long long)packing->package.id),
		.person = packing->act->person,
		.account = packing->act->account,
		.previous = -1};

	doc_set(arena, packing->payload, "by", doc_int(arena, packing->act->person));
	*ret_event = (struct event){.kind = kind, .time = packing->now, .payload = packing->payload};
	/* As it is recorded, so it is read again. */
	TRY(package_read(arena, packing->payload, &packing->package, packing->reterr));
	if (doc_print(arena, packing->payload).size > PAYLOAD_SIZE_MAX)
		return err_set(packing->reterr, ERR_RANGE, "items",
			"all its words together are more than can be recorded: divide it");
	TRY(record_append(packing->installation, arena, ret_event, &record, packing->reterr));
	return store_package_put(packing->installation->store, arena, &packing->package,
		kind == EVENT_PACKAGE_TAKEN, packing->act->person, ret_event->index, packing->reterr);
}

/* Whoever could say something in the matter may send word of it; of a compartment nobody may. */
static enum err may_send(const struct packing *packing, int64_t matter)
{
	struct installation *installation = packing->installation;
	struct command voice = {.kind = COMMAND_NOTE,
		.person = packing->act->person,
		.matter = matter,
		.text = STR("package")};
	struct viewer viewer = {
		packing->act->person, instant_day(packing->now, installation->offset_minutes)};
	struct matter *loaded;
	bool sees;

	TRY(store_may_see(installation->store, &viewer, matter, &sees, packing->reterr));
	if (!sees)
		return err_set(packing->reterr, ERR_NOT_FOUND, "matter", "there is no such matter");
	TRY(store_matter_load(installation->store, packing->arena, matter, installation_procedure,
		installation, &loaded, packing->reterr));
	if (loaded->procedure->visibility == VISIBILITY_COMPARTMENT)
		return err_set(packing->reterr, ERR_REFUSED, "matter",
			"a matter that only few may know of isn't carried about in a file");
	return act_matter_try(installation, packing->arena, &voice, packing->now, packing->reterr);
}

enum err act_package_send_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct packing packing = {
		.installation = installation, .arena = arena, .act = act, .now = now, .reterr = reterr};
	struct event event;
	int64_t last;

	TRY(begin(&packing, act->what.package.spec, false, &last));
	if (packing.package.number != last + 1)
		return err_set(reterr, ERR_CONFLICT, "number",
			"another package for this institution was made meanwhile: make this one again");
	for (size_t i = 0; i < packing.package.item_count; i++)
		TRY(may_send(&packing, packing.package.items[i].matter));
	TRY(finish(&packing, EVENT_PACKAGE_SENT, &event));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1, .id = packing.package.id};
	return ERR_OK;
}

/* As it was when it was looked at: it bore no digest then. */
static enum err check_confirmed(struct arena *arena, const struct act *act, struct bh_err *reterr)
{
	struct act bare = *act;

	bare.what.package.confirmed = NULL;
	return act_check_digest(arena, &bare, act->what.package.confirmed, reterr);
}

/* One task opens its matter, one report is an act in one: by whoever takes the package, in their rights. */
static enum err take_item(struct packing *packing, size_t i, struct receipt *receipt)
{
	const struct command *command = &packing->act->what.package.commands[i];
	struct act act = {.kind = ACT_COMMAND,
		.person = packing->act->person,
		.account = packing->act->account,
		.what.command = command};
	struct doc *items = (struct doc *)(uintptr_t)doc_get(packing->payload, "items");
	struct receipt one;
	struct bh_err why;
	enum err err = act_matter_body(packing->installation, packing->arena, &act, packing->now, &one, &why);

	if (err != ERR_OK)
		return err_pass(packing->reterr, err,
			str_format(packing->arena, "%zu.%s", i + 1, why.place).data, &why);
	int64_t last;

	/* What was done itself stands last in its matter: before it the clock may have had its say. */
	TRY(store_object_last(packing->installation->store,
		str_format(packing->arena, "m%lld", (long long)one.matter), &last, packing->reterr));
	doc_set(packing->arena, &items->items[i], "matter", doc_int(packing->arena, one.matter));
	doc_set(packing->arena, &items->items[i], "event", doc_int(packing->arena, last));
	if (receipt->first < 0)
		receipt->first = one.first;
	return ERR_OK;
}

enum err act_package_take_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct packing packing = {
		.installation = installation, .arena = arena, .act = act, .now = now, .reterr = reterr};
	struct receipt receipt = {.first = -1};
	struct stored_package before;
	struct event event;
	int64_t last;

	TRY(begin(&packing, act->what.package.spec, true, &last));
	enum err err = store_package_find(installation->store, arena, packing.package.peer, true,
		packing.package.number, &before, reterr);

	if (err == ERR_OK && str_equal(before.hash, packing.package.hash)) {
		*ret_receipt =
			(struct receipt){.first = before.index, .count = 1, .id = before.id, .again = true};
		return ERR_OK;
	}
	if (err == ERR_OK)
		return err_set(reterr, ERR_CONFLICT, "number",
			"another package came under this number: ask the sender which of the two is theirs");
	if (err != ERR_NOT_FOUND)
		return err;
	TRY(check_confirmed(arena, act, reterr));
	REQUIRE(act->what.package.count == packing.package.item_count);
	for (size_t i = 0; i < packing.package.item_count; i++)
		TRY(take_item(&packing, i, &receipt));
	TRY(finish(&packing, EVENT_PACKAGE_TAKEN, &event));
	receipt.count = event.index - receipt.first + 1;
	receipt.id = packing.package.id;
	*ret_receipt = receipt;
	return ERR_OK;
}
