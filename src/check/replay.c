/* replay.c: every projection built again from the events, into a store that is nowhere, and compared. */
#include "check/check.h"
#include "check/chronicle.h"
#include "check/fits.h"
#include "check/replay_ballot.h"
#include "store/store_rows.h"

struct replay {
	struct store *live, *rebuilt;
	struct instant now;
	struct chronicle chronicle;
	struct arena *event_arena; /* cleared behind each event that is about no matter */
	check_differ_fn *differ;
	void *context;
	struct replayed result;
	struct bh_err *reterr;
	/* The matter being folded, all of it in one arena: closed duties, notices and evidence too, so that
	 * it is saved once. */
	struct arena *arena;
	struct matter *matter;
	struct str object; /* "" when none is */
	bool lost;         /* an event of it is erased or can't be applied: the rest can't be folded */
};

static void differ(struct replay *replay, const char *place, struct str live, struct str rebuilt)
{
	replay->result.differences++;
	replay->differ(replay->context, place, live, rebuilt);
}

static void differ_at(struct replay *replay, int64_t index, const struct bh_err *why)
{
	struct str place = str_format(replay->arena, "event %lld", (long long)index);
	struct str what = str_format(replay->arena, "%s: %s", why->place, why->text);

	differ(replay, place.data, what, STR(""));
}

static bool is_erased(struct replay *replay, const struct stored_event *stored)
{
	replay->result.events++;
	if (stored->payload.data != NULL)
		return false;
	replay->result.erased++;
	return true;
}

/* ---- what is about no matter ---- */

static enum err put_founding(struct replay *replay, const struct doc *payload)
{
	struct store_institution institution = {.name = doc_get_text(payload, "name"),
		.title = {doc_get_text(payload, "title_zh"), doc_get_text(payload, "title_en")},
		.origin = doc_get_text(payload, "origin"),
		.offset_minutes = (int)doc_get_int(payload, "offset_minutes", 0)};

	return store_institution_put(replay->rebuilt, &institution, replay->reterr);
}

static enum err put_definition(struct replay *replay, const struct event *event)
{
	const struct doc *payload = event->payload;
	struct stored_definition definition = {.id = doc_get_int(payload, "id", 0),
		.version = doc_get_int(payload, "version", 0),
		.procedure = doc_get_text(payload, "procedure"),
		.file = doc_get_text(payload, "file"),
		.text = doc_get_text(payload, "text")};

	return store_definition_put(replay->rebuilt, &definition, event->index, replay->reterr);
}

static enum err put_formula(struct replay *replay, const struct event *event)
{
	const struct doc *payload = event->payload;
	struct stored_formula formula = {.id = doc_get_int(payload, "id", 0),
		.name = doc_get_text(payload, "formula"),
		.file = doc_get_text(payload, "file"),
		.text = doc_get_text(payload, "text"),
		.index = event->index};

	TRY(day_parse(doc_get_text(payload, "from"), &formula.from, replay->reterr));
	return store_formula_put(replay->rebuilt, replay->event_arena, &formula, replay->reterr);
}

#define PUT_ROW(noun)                                                                                        \
	static enum err put_##noun(struct replay *replay, const struct doc *payload)                         \
	{                                                                                                    \
		struct noun row = noun##_from_doc(payload);                                                  \
                                                                                                             \
		return store_##noun##_put(replay->rebuilt, &row, replay->reterr);                            \
	}
PUT_ROW(unit)
PUT_ROW(post)
PUT_ROW(person)
PUT_ROW(tenure)
PUT_ROW(function)
PUT_ROW(delegation)
PUT_ROW(kin)
PUT_ROW(relation)
PUT_ROW(account)
PUT_ROW(member)

static enum err put_policy(struct replay *replay, const struct doc *payload)
{
	enum password_profile profile;

	if (doc_get_bool(payload, "demo"))
		return store_demo_put(replay->rebuilt, replay->reterr);
	if (!password_profile_parse(doc_get_text(payload, "password"), &profile))
		return ERR_OK; /* the row that is missing shows */
	return store_profile_put(replay->rebuilt, profile, replay->reterr);
}

static enum err put_looks(struct replay *replay, const struct event *event)
{
	const struct doc *looks = doc_get(event->payload, "looks");

	for (size_t i = 0; looks != NULL && i < looks->count; i++) {
		const struct doc *look = &looks->items[i];
		struct looked looked = {.object = doc_get_text(event->payload, "object"),
			.account = doc_get_int(look, "account", 0),
			.first = {doc_get_int(look, "first", 0)},
			.last = {doc_get_int(look, "last", 0)},
			.times = doc_get_int(look, "times", 0)};

		TRY(store_look_put(replay->rebuilt, &looked, event->index, replay->reterr));
	}
	return ERR_OK;
}

static enum err put_accounts(struct replay *replay, const struct event *event)
{
	switch (event->kind) {
	case EVENT_ACCOUNT_SET:
	case EVENT_ADMIN_SET:
		return put_account(replay, event->payload);
	case EVENT_MEMBER_SET:
		return put_member(replay, event->payload);
	case EVENT_POLICY_SET:
		return put_policy(replay, event->payload);
	case EVENT_LOOKED:
		return put_looks(replay, event);
	default:
		return ERR_OK;
	}
}

static enum err put_other(struct replay *replay, const struct event *event)
{
	const struct doc *payload = event->payload;

	switch (event->kind) {
	case EVENT_INSTITUTION_FOUNDED:
		return put_founding(replay, payload);
	case EVENT_PROCEDURE_ADOPTED:
		return put_definition(replay, event);
	case EVENT_FORMULA_ADOPTED:
		return put_formula(replay, event);
	case EVENT_CALENDAR_SET:
		return store_calendar_put(replay->rebuilt, doc_get_text(payload, "version"),
			doc_print(replay->event_arena, doc_get(payload, "days")), event->index,
			replay->reterr);
	case EVENT_UNIT_SET:
		return put_unit(replay, payload);
	case EVENT_POST_SET:
		return put_post(replay, payload);
	case EVENT_PERSON_SET:
		return put_person(replay, payload);
	case EVENT_TENURE_SET:
		return put_tenure(replay, payload);
	case EVENT_FUNCTION_SET:
		return put_function(replay, payload);
	case EVENT_DELEGATION_SET:
		return put_delegation(replay, payload);
	case EVENT_KIN_SET:
		return put_kin(replay, payload);
	case EVENT_RELATION_SET:
		return put_relation(replay, payload);
	case EVENT_BALLOT_OPENED:
	case EVENT_BALLOT_SEALED:
	case EVENT_BALLOT_PAPER:
	case EVENT_BALLOT_CLOSED:
		return replay_ballot(replay->rebuilt, replay->event_arena, &replay->chronicle.ballots, event,
			replay->reterr);
	case EVENT_RULE_ISSUED:
	case EVENT_RULE_REPEALED:
		return replay_rule(replay->rebuilt, replay->event_arena, event, replay->reterr);
	case EVENT_PEER_SET:
	case EVENT_PACKAGE_SENT:
	case EVENT_PACKAGE_TAKEN:
		return replay_level(replay->rebuilt, replay->event_arena, event, replay->reterr);
	default:
		return put_accounts(replay, event);
	}
}

static enum err fold_other(void *context, const struct stored_event *stored)
{
	struct replay *replay = context;
	struct event event = {.time = stored->time, .index = stored->index};
	struct bh_err why;

	arena_clear(replay->event_arena);
	if (is_erased(replay, stored))
		return ERR_OK;
	if (!event_kind_parse(stored->kind, &event.kind)) {
		(void)!err_set(&why, ERR_TAMPERED, "kind", "no event is called %.*s", STR_ARG(stored->kind));
		differ_at(replay, stored->index, &why);
		return ERR_OK;
	}
	if (payload_read(replay->event_arena, stored->payload, &event.payload, &why) != ERR_OK ||
		chronicle_follow(&replay->chronicle, &event, &why) != ERR_OK) {
		differ_at(replay, stored->index, &why);
		return ERR_OK;
	}
	return put_other(replay, &event);
}

/* ---- matters ---- */

/* What was folded goes into the rows. */
static enum err finish_matter(struct replay *replay)
{
	struct matter *matter = replay->matter;

	if (replay->object.size == 0 || replay->lost || matter->version == 0)
		return ERR_OK;
	struct world world = chronicle_world(&replay->chronicle, replay->now);
	struct lamp lamp = matter_lamp(matter, &world);

	TRY(store_matter_save(replay->rebuilt, replay->arena, matter, &lamp, replay->reterr));
	return store_sequence_take(
		replay->rebuilt, matter->procedure->name, matter->year, matter->seq, replay->reterr);
}

static void begin_matter(struct replay *replay, struct str object)
{
	arena_clear(replay->arena);
	replay->object = str_copy(replay->arena, object);
	replay->matter = matter_new(replay->arena);
	replay->lost = false;
}

static void compare_digest(struct replay *replay, const struct event *event)
{
	struct hash digest = matter_digest(replay->arena, replay->matter);
	struct str rebuilt = hex_print(replay->arena, digest.bytes, HASH_SIZE),
		   live = doc_get_text(event->payload, "digest");

	if (!str_equal(rebuilt, live))
		differ(replay, str_format(replay->arena, "event %lld", (long long)event->index).data, live,
			rebuilt);
}

static enum err fold_event(struct replay *replay, const struct stored_event *stored, struct bh_err *reterr)
{
	struct event event = {
		.time = stored->time, .index = stored->index, .matter = object_matter(stored->object)};
	struct matter *matter = replay->matter;

	if (!event_kind_parse(stored->kind, &event.kind) || event_object(event.kind) != OBJECT_MATTER ||
		event.matter == 0)
		return err_set(reterr, ERR_TAMPERED, "kind", "it isn't about a matter");
	TRY(payload_read(replay->arena, stored->payload, &event.payload, reterr));
	const struct procedure *procedure = matter->version > 0
						    ? matter->procedure
						    : chronicle_procedure(&replay->chronicle,
							      doc_get_int(event.payload, "definition", 0));

	TRY(event_fits(matter, &event, procedure, reterr));
	matter_apply(matter, &event, procedure);
	compare_digest(replay, &event);
	return ERR_OK;
}

static enum err fold_matter(void *context, const struct stored_event *stored)
{
	struct replay *replay = context;
	struct bh_err why;

	if (!str_equal(stored->object, replay->object)) {
		TRY(finish_matter(replay));
		begin_matter(replay, stored->object);
	}
	if (is_erased(replay, stored))
		replay->lost = true;
	if (replay->lost || fold_event(replay, stored, &why) == ERR_OK)
		return ERR_OK;
	differ_at(replay, stored->index, &why);
	replay->lost = true;
	return ERR_OK;
}

static void row_differs(void *context, const char *table, struct str live, struct str rebuilt)
{
	differ(context, table, live, rebuilt);
}

static enum err run(struct replay *replay)
{
	TRY(store_event_each_other(replay->live, fold_other, replay, replay->reterr));
	TRY(store_event_each_matter(replay->live, fold_matter, replay, replay->reterr));
	TRY(finish_matter(replay));
	return store_compare(replay->live, replay->rebuilt, replay->now, row_differs, replay,
		&replay->result.rows, replay->reterr);
}

enum err check_replay(struct store *live, struct instant now, check_differ_fn *differ_fn, void *context,
	struct replayed *ret_replayed, struct bh_err *reterr)
{
	struct arena *house = arena_new();
	struct replay replay = {.live = live,
		.now = now,
		.chronicle = chronicle_new(house),
		.event_arena = arena_new(),
		.arena = arena_new(),
		.differ = differ_fn,
		.context = context,
		.reterr = reterr};
	enum err err = store_open(STR(""), STORE_MEMORY, &replay.rebuilt, reterr);

	if (err == ERR_OK)
		err = store_snapshot_begin(live, reterr);
	if (err == ERR_OK) {
		err = run(&replay);
		store_snapshot_end(live);
	}
	store_close(replay.rebuilt);
	arena_free(replay.arena);
	arena_free(replay.event_arena);
	arena_free(house);
	if (err == ERR_OK)
		*ret_replayed = replay.result;
	return err;
}
