/* evidence_json.c: the files of a matter as they were shown: which took the place of which, and where else
 * the same file stands. A file that was shown again under its name, for the same deed, takes the place of the
 * one before; what a later deed shows under another name is another file. */
#include "view/lines.h"
#include "view/matter_view.h"
#include "view/put.h"

/* NULL when its event isn't among those that were gathered. */
static const struct view_event *event_of(const struct matter_view *view, const struct evidence_item *item)
{
	for (size_t i = 0; i < view->event_count; i++)
		if (view->events[i].index == item->index)
			return &view->events[i];
	return NULL;
}

static bool is_same_place(
	const struct matter_view *view, const struct evidence_item *a, const struct evidence_item *b)
{
	const struct view_event *one = event_of(view, a), *other = event_of(view, b);

	return one != NULL && other != NULL && str_equal(a->name, b->name) && one->kind == other->kind &&
	       str_equal(doc_get_text(one->payload, "action"), doc_get_text(other->payload, "action"));
}

struct view_version view_evidence_version(const struct matter_view *view, size_t at)
{
	const struct evidence_item *item = &view->evidence[at];
	struct view_version version = {.number = 1};

	for (size_t i = 0; i < view->evidence_count; i++) {
		const struct evidence_item *other = &view->evidence[i];

		if (other->index == item->index || !is_same_place(view, other, item))
			continue;
		if (other->index < item->index) {
			version.number++;
			version.before = other;
		} else if (version.after == NULL) {
			version.after = other;
		}
	}
	return version;
}

/* Whoever may go on with the matter and didn't show the file themselves has it to verify. */
static bool is_verifier(const struct matter_view *view, const struct evidence_item *item)
{
	const struct view_event *event = event_of(view, item);
	bool may = false;

	for (size_t i = 0; i < view->possible_count; i++)
		may = may || (view->possible[i].may && view->possible[i].action >= 0);
	return may && event != NULL && doc_get_int(event->payload, "person", 0) != view->person;
}

/* By its number to whoever sees the other matter; to whoever verifies also that there is one, and no more. */
static enum err put_elsewhere(const struct matter_view *view, const struct evidence_item *item,
	struct json_out *out, struct bh_err *reterr)
{
	struct arena *arena = view->teller.arena;
	struct str seen = STR(""), any = STR("");

	if (view->viewer != NULL)
		TRY(store_evidence_also(
			view->store, arena, view->viewer, item->hash, view->matter->id, &seen, reterr));
	TRY(store_evidence_elsewhere(view->store, arena, item->hash, view->matter->id, &any, reterr));
	put_some(out, "elsewhere", view->viewer == NULL ? any : seen);
	if (seen.size > 0 || (any.size > 0 && (view->viewer == NULL || is_verifier(view, item))))
		json_out_field_bool(out, "used_elsewhere", true);
	return ERR_OK;
}

enum err matter_view_put_evidence(const struct matter_view *view, struct json_out *out, struct bh_err *reterr)
{
	json_out_key(out, "evidence");
	json_out_open(out, '[');
	for (size_t i = 0; i < view->evidence_count; i++) {
		const struct evidence_item *item = &view->evidence[i];
		struct view_version version = view_evidence_version(view, i);

		json_out_open(out, '{');
		json_out_field_text(out, "hash", item->hash);
		json_out_field_text(out, "name", item->name);
		json_out_field_int(out, "size", item->size);
		json_out_field_int(out, "event", item->index);
		json_out_field_int(out, "version", version.number);
		if (version.after != NULL)
			json_out_field_text(out, "replaced_by", version.after->hash);
		TRY(put_elsewhere(view, item, out, reterr));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return ERR_OK;
}
