/* tell.c: packages as JSON: what was exchanged, and what one that came would do. */
#include "levels/parts.h"

#include "view/package_view.h"
#include "view/put.h"

void peer_put(struct arena *arena, const struct peer *peer, struct json_out *out)
{
	struct note_key key = peer_key(arena, peer);

	json_out_open(out, '{');
	json_out_field_text(out, "code", peer->code);
	json_out_field_text(out, "title", peer->title.zh);
	json_out_field_text(out, "title_en", peer->title.en);
	json_out_field_text(out, "side", str_from(level_side_name(peer->side)));
	json_out_field_text(out, "origin", key.name);
	json_out_field_text(out, "key", peer->key);
	json_out_field_text(out, "fingerprint", key_fingerprint(arena, peer->key));
	json_out_field_bool(out, "closed", peer->closed);
	json_out_close(out, '}');
}

/* ---- one that came ---- */

static void put_plan(const struct level_ask *ask, const struct package_plan *plan, struct json_out *out)
{
	json_out_open(out, '{');
	json_out_field_text(out, "kind", str_from(package_kind_name(plan->kind)));
	json_out_field_text(out, "does", str_from(package_does_name(plan->does)));
	if (plan->procedure != NULL)
		json_out_field_text(out, "procedure", plan->procedure->name);
	if (plan->matter != 0)
		json_out_field_int(out, "matter", plan->matter);
	if (plan->does == PACKAGE_ACTS)
		json_out_field_text(out, "action", plan->command.name);
	package_body_put(&ask->teller, plan->body, out);
	json_out_close(out, '}');
}

static void put_faults(const struct package_look *look, struct json_out *out)
{
	json_out_key(out, "errors");
	json_out_open(out, '[');
	for (size_t i = 0; i < look->fault_count; i++) {
		const struct package_fault *fault = &look->faults[i];

		json_out_open(out, '{');
		json_out_field_int(out, "item", (int64_t)fault->item);
		json_out_field_text(out, "field", str_from(fault->why.place));
		json_out_field_text(out, "text", str_from(fault->why.text));
		json_out_field_text(out, "text_zh", str_from(fault->why.text_zh));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void package_look_put(const struct level_ask *ask, const struct package_look *look, struct json_out *out)
{
	struct act act = {.kind = ACT_PACKAGE_TAKE,
		.what.package = {.spec = look->spec, .commands = look->commands, .count = look->plan_count}};
	struct hash digest = act_digest(ask->teller.arena, &act);

	json_out_open(out, '{');
	json_out_key(out, "from");
	peer_put(ask->teller.arena, &look->peer, out);
	json_out_field_int(out, "number", look->file.head.number);
	put_instant(&ask->teller, out, "made", (struct instant){doc_get_int(look->manifest, "made", 0)});
	json_out_field_text(out, "hash", look->hash);
	json_out_field_bool(out, "again", look->standing == PACKAGE_AGAIN);
	json_out_field_bool(out, "late", look->late);
	json_out_key(out, "missing");
	json_out_open(out, '[');
	for (size_t i = 0; i < look->missing_count; i++)
		json_out_int(out, look->missing[i]);
	json_out_close(out, ']');
	json_out_field_text(out, "growth", str_from(package_growth_name(look->growth)));
	json_out_field_int(out, "size", (int64_t)look->checkpoint.size);
	json_out_key(out, "items");
	json_out_open(out, '[');
	for (size_t i = 0; i < look->plan_count; i++)
		put_plan(ask, &look->plans[i], out);
	json_out_close(out, ']');
	put_faults(look, out);
	json_out_field_text(out, "digest", hex_print(ask->teller.arena, digest.bytes, HASH_SIZE));
	json_out_close(out, '}');
}

/* ---- what was exchanged ---- */

static enum err put_items(const struct level_ask *ask, const struct viewer *viewer, int64_t package,
	struct json_out *out, struct bh_err *reterr)
{
	struct stored_item *items;
	size_t count;

	TRY(store_package_items(ask->store, ask->teller.arena, viewer, package, &items, &count, reterr));
	json_out_key(out, "items");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "kind", str_from(package_kind_name(items[i].item.kind)));
		json_out_field_int(out, "matter", items[i].item.matter);
		put_some(out, "far", items[i].item.far);
		package_body_put(&ask->teller, items[i].item.body, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return ERR_OK;
}

static enum err put_package(const struct level_ask *ask, const struct package_filter *filter,
	const struct peer *peer, const struct stored_package *package, struct json_out *out,
	struct bh_err *reterr)
{
	const struct person *person = org_person(ask->teller.institution->org, package->person);

	json_out_open(out, '{');
	json_out_field_int(out, "id", package->id);
	json_out_key(out, "peer");
	package_peer_put(&ask->teller, peer, out);
	json_out_field_int(out, "number", package->number);
	json_out_field_bool(out, "taken", package->taken);
	json_out_field_text(out, "hash", package->hash);
	json_out_field_int(out, "size", package->size);
	if (person != NULL)
		json_out_field_text(out, "person", person->name);
	put_instant(&ask->teller, out, "time", package->time);
	json_out_field_int(out, "event", package->index);
	TRY(put_items(ask, filter->viewer, package->id, out, reterr));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err packages_put(const struct level_ask *ask, const struct package_filter *filter, struct json_out *out,
	struct bh_err *reterr)
{
	struct stored_package *packages;
	struct peer *peers;
	size_t count, peer_count;

	TRY(store_peers(ask->store, ask->teller.arena, &peers, &peer_count, reterr));
	TRY(store_packages(ask->store, ask->teller.arena, filter, &packages, &count, reterr));
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		REQUIRE(packages[i].peer >= 1 && (uint64_t)packages[i].peer <= peer_count);
		TRY(put_package(ask, filter, &peers[packages[i].peer - 1], &packages[i], out, reterr));
	}
	json_out_close(out, ']');
	return ERR_OK;
}
