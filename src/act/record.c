/* record.c: facts into leaves: the envelope, the salted commitment, the tree. */
#include "act/writer.h"

#include <string.h>

/* A clock set back by less than this is only a correction: the last time is kept. */
#define STEP_BACK_US INT64_C(1000000)

static void draw_salt(struct installation *installation, uint8_t salt[SALT_SIZE])
{
	if (installation->salts_left < SALT_SIZE) {
		installation->source.random(
			installation->source.context, installation->salts, sizeof installation->salts);
		installation->salts_left = sizeof installation->salts;
	}
	installation->salts_left -= SALT_SIZE;
	memcpy(salt, installation->salts + installation->salts_left, SALT_SIZE);
	/* Used once: what is left in memory gives nothing away. */
	memset(installation->salts + installation->salts_left, 0, SALT_SIZE);
}

struct nodes {
	struct store *store;
	struct bh_err *reterr;
};

static enum err put_node(void *context, unsigned level, uint64_t i, const struct hash *hash)
{
	struct nodes *nodes = context;

	return store_node_put(nodes->store, level, i, hash, nodes->reterr);
}

static struct str pseudonym_of(const struct installation *installation, int64_t person, const char *otherwise)
{
	const struct person *found = org_person(installation->org, person);

	return found == NULL ? str_from(otherwise) : found->pseudonym;
}

static struct str actor_of(
	const struct installation *installation, const struct record *record, const char *otherwise)
{
	const struct account *account = directory_account(installation->directory, record->account);

	if (record->person == 0 && account != NULL)
		return account->pseudonym;
	return pseudonym_of(installation, record->person, otherwise);
}

static enum payload_class class_of(const struct event *event, const struct record *record)
{
	if (record->compartment)
		return PAYLOAD_COMPARTMENT;
	return event_class(event->kind) == CLASS_PERSONAL ? PAYLOAD_PERSONAL : PAYLOAD_INTERNAL;
}

enum err record_append(struct installation *installation, struct arena *arena, struct event *event,
	const struct record *record, struct bh_err *reterr)
{
	uint8_t salt[SALT_SIZE];
	struct str payload = doc_print(arena, event->payload);
	enum payload_class class = class_of(event, record);
	bool by_clock = record->person == 0 && event_object(event->kind) == OBJECT_MATTER;
	struct envelope envelope = {
		.index = installation->head.size,
		.time = event->time.us,
		.actor = actor_of(installation, record, by_clock ? "clock" : "system"),
		.on_behalf = pseudonym_of(installation, record->on_behalf, ""),
		.role = record->role,
		.act = record->compartment ? STR("sealed") : str_from(event_wire(event->kind)),
		.object = record->object,
		.previous = record->previous,
		.commitment_count = 1,
	};
	struct nodes nodes = {installation->store, reterr};

	draw_salt(installation, salt);
	envelope.commitments[0] = (struct commitment){
		.slot = STR("main"), .class = class, .hash = commitment_hash(class, salt, payload)};
	const char *objection = envelope_objection(&envelope);

	if (objection != NULL)
		return err_set(reterr, ERR_INVALID, "object",
			"%.*s can't be named in the ledger (%s): use plain letters, digits and underscores",
			STR_ARG(str_slice(record->object, 0, 64)), objection);
	struct str leaf = envelope_print(arena, &envelope);
	struct event_row row = {.index = (int64_t)envelope.index,
		.time = event->time,
		.kind = str_from(event_wire(event->kind)),
		.object = record->object,
		.envelope = leaf,
		.slot = STR("main"),
		.class = str_from(payload_class_name(class)),
		.salt = {(const char *)salt, SALT_SIZE},
		.payload = payload};
	struct hash hash = leaf_hash(leaf);

	event->index = row.index;
	TRY(store_event_put(installation->store, &row, reterr));
	TRY(tree_append(&installation->head, &hash, put_node, &nodes));
	installation->last_time = event->time;
	return ERR_OK;
}

enum err record_time(struct installation *installation, struct arena *arena, struct instant *ret_now,
	struct bh_err *reterr)
{
	struct instant now = installation->source.now(installation->source.context);

	if (now.us >= installation->last_time.us || installation->head.size == 0) {
		*ret_now = now;
		return ERR_OK;
	}
	if (installation->last_time.us - now.us < STEP_BACK_US) {
		*ret_now = installation->last_time;
		return ERR_OK;
	}
	/* Time ran back: said in the record, at the last time, before anything is recorded at an earlier one.
	 */
	struct event event = {.kind = EVENT_CLOCK_STEPPED_BACK,
		.time = installation->last_time,
		.payload = doc_object(arena)};
	struct record record = {.object = STR("clock")};

	doc_set(arena, event.payload, "from", doc_int(arena, installation->last_time.us));
	doc_set(arena, event.payload, "to", doc_int(arena, now.us));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	installation->last_time = *ret_now = now;
	return ERR_OK;
}
