/* door.c: what whom a compartment is about is told of it, and nothing else. Gathered as for the operator and
 * then cut down to what is theirs: a part that is added to the view later is hidden here unless somebody lets
 * it through. */
#include "view/matter_view.h"

#define POSTS_MAX 32

struct cut {
	struct matter_view *view;
	int64_t person;
	int64_t posts[POSTS_MAX]; /* that they hold today */
	size_t post_count;
};

/* ---- what is theirs ---- */

static bool stands_for(const struct cut *cut, int64_t unit, int64_t post, int64_t person)
{
	const struct org *org = cut->view->teller.institution->org;

	if (person != 0)
		return person == cut->person;
	for (size_t i = 0; i < cut->post_count; i++)
		if (unit != 0 ? org_post_acts_for(org, cut->posts[i], unit) : cut->posts[i] == post)
			return true;
	return false;
}

static bool is_own_act(const struct cut *cut, const struct view_event *event)
{
	return doc_get_int(event->payload, "person", 0) == cut->person ||
	       doc_get_int(event->payload, "on_behalf", 0) == cut->person ||
	       doc_get_int(event->payload, "in_name_of", 0) == cut->person;
}

/* The role of whoever is heard, or may appeal. */
static bool is_of_subject(const struct procedure *procedure, int role)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].purpose != PURPOSE_NONE && procedure->actions[i].by == role)
			return true;
	for (size_t i = 0; i < procedure->request_count; i++)
		if (procedure->requests[i].purpose != PURPOSE_NONE && procedure->requests[i].by == role)
			return true;
	return false;
}

bool door_lets_act(const struct procedure *procedure, int action)
{
	return is_of_subject(procedure, procedure->actions[action].by);
}

bool door_lets_ask(const struct procedure *procedure, int request)
{
	return is_of_subject(procedure, procedure->requests[request].by);
}

/* ---- what was told ---- */

static const struct field *field_named(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(fields[i].name, name))
			return &fields[i];
	return NULL;
}

static void put_told(struct matter_view *view, struct view_told told)
{
	*ARENA_PUSH(view->teller.arena, view->told, view->told_count, view->told_capacity) = told;
}

/* Served with an act: the fields it names, its own as they were filled in, those of the matter as they stood.
 */
static void serve(struct matter_view *view, const struct view_event *event, const struct action *action,
	const struct doc *standing)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct doc *given = doc_get(event->payload, "fields");
	struct arena *arena = view->teller.arena;
	struct field *fields = ARENA_TAKE(arena, action->tells_count, struct field);
	struct doc *values = doc_object(arena);

	for (size_t i = 0; i < action->tells_count; i++) {
		const struct field *field =
			field_named(action->fields, action->field_count, action->tells[i]);
		const struct doc *value = given == NULL ? NULL : doc_get_str(given, action->tells[i]);

		if (field == NULL)
			field = field_named(procedure->fields, procedure->field_count, action->tells[i]);
		REQUIRE(field != NULL);
		if (value == NULL)
			value = doc_get_str(standing, action->tells[i]);
		fields[i] = *field;
		if (value != NULL)
			doc_set_str(arena, values, field->name, doc_copy(arena, value));
	}
	put_told(view, (struct view_told){event, false, fields, action->tells_count, values});
}

/* An instruction is told to whoever must answer it. */
static bool asks_them(const struct cut *cut, const struct view_event *event)
{
	const struct doc *opens = doc_get(event->payload, "opens");

	if (event->kind != EVENT_MATTER_INSTRUCTED || opens == NULL)
		return false;
	for (size_t i = 0; i < opens->count; i++)
		if (stands_for(cut, doc_get_int(&opens->items[i], "unit", 0),
			    doc_get_int(&opens->items[i], "post", 0),
			    doc_get_int(&opens->items[i], "bearer", 0)))
			return true;
	return false;
}

static void tell_event(const struct cut *cut, const struct view_event *event, const struct doc *standing)
{
	struct matter_view *view = cut->view;
	const struct procedure *procedure = view->matter->procedure;
	int action = event->kind == EVENT_MATTER_ACTED
			     ? procedure_action(procedure, doc_get_text(event->payload, "action"))
			     : -1;
	size_t count;

	if (is_own_act(cut, event)) {
		const struct field *fields = view_fields(view, event, &count);

		put_told(view,
			(struct view_told){event, true, fields, count, doc_get(event->payload, "fields")});
	} else if (action >= 0 && procedure->actions[action].tells_count > 0) {
		serve(view, event, &procedure->actions[action], standing);
	} else if (asks_them(cut, event)) {
		put_told(view, (struct view_told){.event = event});
	}
}

/* The values of the procedure's fields as they stand behind each event. */
static void stand(struct matter_view *view, const struct view_event *event, struct doc *standing)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct doc *given = doc_get(event->payload, "fields");

	if (event->kind != EVENT_MATTER_OPENED && event->kind != EVENT_MATTER_ACTED)
		return;
	for (size_t i = 0; given != NULL && i < given->count; i++)
		if (procedure_field(procedure, given->keys[i]) >= 0)
			doc_set_str(view->teller.arena, standing, given->keys[i],
				doc_copy(view->teller.arena, &given->items[i]));
}

static void tell_events(const struct cut *cut)
{
	struct doc *standing = doc_object(cut->view->teller.arena);

	for (size_t i = 0; i < cut->view->event_count; i++) {
		stand(cut->view, &cut->view->events[i], standing);
		tell_event(cut, &cut->view->events[i], standing);
	}
}

/* ---- cutting down ---- */

static void cut_duties(const struct cut *cut)
{
	struct matter_view *view = cut->view;
	size_t kept = 0;

	for (size_t i = 0; i < view->duty_count; i++)
		if (stands_for(cut, view->duties[i].unit, view->duties[i].post, view->duties[i].person))
			view->duties[kept++] = view->duties[i];
	view->duty_count = kept;
}

static void cut_possible(const struct cut *cut)
{
	struct matter_view *view = cut->view;
	const struct procedure *procedure = view->matter->procedure;
	struct possible *kept = ARENA_TAKE(view->teller.arena, view->possible_count + 1, struct possible);
	size_t count = 0;

	for (size_t i = 0; i < view->possible_count; i++) {
		const struct possible *possible = &view->possible[i];

		if (possible->may && (possible->action >= 0 ? door_lets_act(procedure, possible->action)
							    : door_lets_ask(procedure, possible->request)))
			kept[count++] = *possible;
	}
	view->possible = kept;
	view->possible_count = count;
}

static void cut_requests(const struct cut *cut)
{
	struct matter_view *view = cut->view;
	size_t kept = 0;

	for (size_t i = 0; i < view->request_count; i++)
		if (is_own_act(cut, view->requests[i].asked))
			view->requests[kept++] = view->requests[i];
	view->request_count = kept;
}

static enum err cut_evidence(const struct cut *cut, struct bh_err *reterr)
{
	struct matter_view *view = cut->view;
	size_t kept = 0;

	TRY(store_evidence_list(view->store, view->teller.arena, view->matter->id, &view->evidence,
		&view->evidence_count, reterr));
	for (size_t i = 0; i < view->evidence_count; i++)
		for (size_t k = 0; k < view->told_count; k++)
			if (view->told[k].own && view->told[k].event->index == view->evidence[i].index) {
				view->evidence[kept++] = view->evidence[i];
				break;
			}
	view->evidence_count = kept;
	return ERR_OK;
}

/* A figure for If-Match that changes with what is shown and tells nothing of the rest: 48 bits of its hash.
 */
static enum err version_of(const struct matter_view *view, int64_t *ret_version, struct bh_err *reterr)
{
	struct matter_view english = *view;
	struct buf buf = buf_new(view->teller.arena);
	struct json_out out = json_out_new(&buf);
	int64_t version = 0;

	english.teller.chinese = false;
	json_out_open(&out, '{');
	TRY(matter_view_put(&english, &out, reterr));
	json_out_close(&out, '}');
	struct hash hash = hash_bytes(buf_str(&buf).data, buf_str(&buf).size);

	for (size_t i = 0; i < 6; i++)
		version = version << 8 | hash.bytes[i];
	*ret_version = version + 1;
	return ERR_OK;
}

static bool has_told_field(const struct matter_view *view)
{
	const struct procedure *procedure = view->matter->procedure;

	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].told &&
			doc_get_str(view->matter->fields, procedure->fields[i].name) != NULL)
			return true;
	return false;
}

static enum err cut_down(struct matter_view *view, int64_t person, struct bh_err *reterr)
{
	struct cut cut = {.view = view, .person = person};

	cut.post_count =
		org_posts_held(view->teller.institution->org, person, view->today, cut.posts, POSTS_MAX);
	view->door = true;
	view->version = 1;
	tell_events(&cut);
	cut_duties(&cut);
	cut_possible(&cut);
	cut_requests(&cut);
	TRY(cut_evidence(&cut, reterr));
	view->parent = NULL;
	view->part_count = view->link_count = view->rule_count = view->handover_count = 0;
	view->more_parts = false;
	if (view->duty_count == 0 && view->possible_count == 0 && view->told_count == 0 &&
		!has_told_field(view))
		return view_not_found(reterr);
	TRY(version_of(view, &view->version, reterr));
	/* The history stays behind for the words of what was told; nobody prints it (matter_view_put_event).
	 */
	return ERR_OK;
}

typedef enum err there_fn(struct store *store, const struct viewer *viewer, int64_t matter, bool *ret_there,
	struct bh_err *reterr);

static enum err read_where(const struct matter_ask *ask, int64_t matter, there_fn *is_there,
	struct matter_view *ret_view, struct bh_err *reterr)
{
	bool there;

	REQUIRE(ask->viewer != NULL && ask->person == ask->viewer->person);
	TRY(store_snapshot_begin(ask->store, reterr));
	enum err err = is_there(ask->store, ask->viewer, matter, &there, reterr);

	if (err == ERR_OK)
		err = there ? view_gather(ask, matter, ret_view, reterr) : view_not_found(reterr);
	if (err == ERR_OK)
		err = cut_down(ret_view, ask->person, reterr);
	store_snapshot_end(ask->store);
	return err;
}

enum err matter_door_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr)
{
	return read_where(ask, matter, store_at_door, ret_view, reterr);
}

enum err matter_served_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr)
{
	return read_where(ask, matter, store_is_about, ret_view, reterr);
}
