#include "view/package_view.h"
#include "view/put.h"

static void put_act(const struct teller *teller, const struct doc *act, struct json_out *out)
{
	const struct doc *lines = doc_get(act, "lines");
	const char *lang = teller->chinese ? "zh" : "en";

	json_out_open(out, '{');
	json_out_field_int(out, "index", doc_get_int(act, "index", 0));
	json_out_field_text(out, "action", doc_get_text(doc_get(act, "action"), lang));
	put_instant(teller, out, "time", (struct instant){doc_get_int(act, "time", INSTANT_NONE.us)});
	json_out_key(out, "lines");
	json_out_open(out, '[');
	for (size_t i = 0; lines != NULL && i < lines->count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "label", doc_get_text(&lines->items[i], lang));
		json_out_field_text(out, "text", doc_get_text(&lines->items[i], "text"));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
}

void package_body_put(const struct teller *teller, const struct doc *body, struct json_out *out)
{
	static const char *const texts[] = {
		"number", "title", "requirement", "document", "due", "about_number", "text", "ended"};
	static const char *const lists[] = {"report_on", "files"};
	const struct doc *acts = doc_get(body, "acts");
	struct str state = doc_get_text(doc_get(body, "state"), teller->chinese ? "zh" : "en");

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		put_some(out, texts[i], doc_get_text(body, texts[i]));
	put_some(out, "state", state);
	for (size_t i = 0; i < ARRAY_COUNT(lists); i++)
		if (doc_get(body, lists[i]) != NULL) {
			json_out_key(out, lists[i]);
			json_out_tree(out, doc_get(body, lists[i]));
		}
	if (doc_get(body, "progress") != NULL)
		json_out_field_int(out, "progress", doc_get_int(body, "progress", 0));
	if (acts == NULL)
		return;
	json_out_key(out, "acts");
	json_out_open(out, '[');
	for (size_t i = 0; i < acts->count; i++)
		put_act(teller, &acts->items[i], out);
	json_out_close(out, ']');
}

void package_peer_put(const struct teller *teller, const struct peer *peer, struct json_out *out)
{
	json_out_open(out, '{');
	json_out_field_text(out, "code", peer->code);
	json_out_field_text(out, "title", pick_label(teller, peer->title, peer->code));
	json_out_field_text(out, "side", str_from(level_side_name(peer->side)));
	json_out_close(out, '}');
}

void matter_packages_put(const struct teller *teller, const struct stored_item *items, size_t count,
	const struct peer *peers, struct json_out *out)
{
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct stored_package *package = &items[i].package;

		json_out_open(out, '{');
		json_out_field_text(out, "kind", str_from(package_kind_name(items[i].item.kind)));
		json_out_field_bool(out, "taken", package->taken);
		json_out_field_int(out, "package", package->number);
		json_out_key(out, "peer");
		package_peer_put(teller, &peers[package->peer - 1], out);
		put_some(out, "far", items[i].item.far);
		put_instant(teller, out, "at", package->time);
		if (package->taken && items[i].item.event >= 0)
			json_out_field_int(out, "event", items[i].item.event);
		package_body_put(teller, items[i].item.body, out);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}
