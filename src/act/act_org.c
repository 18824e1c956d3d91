/* act_org.c: rows of the institution: a unit, a post, a person, a tenure, a function, a delegation,
 * two people who are related, a relation of matters. One table row each. */
#include "act/writer.h"

/* What the rows share: how to check one, to number a new one, to write it as a payload, to make it true. */
struct row_kind {
	enum event_kind event;
	const char *prefix; /* of the object's name in the ledger; a matter's is "m" */
	size_t (*count)(const struct org *org);
	enum err (*may)(const struct org *org, const void *row, struct bh_err *reterr);
	struct doc *(*to_doc)(struct arena *arena, const void *row);
	void (*set)(struct org *org, const void *row);
	enum err (*save)(struct store *store, const void *row, struct bh_err *reterr);
};

#define ROW_KIND(noun)                                                                                       \
	static enum err noun##_row_may(const struct org *org, const void *row, struct bh_err *reterr)        \
	{                                                                                                    \
		return org_##noun##_may(org, row, reterr);                                                   \
	}                                                                                                    \
	static struct doc *noun##_row_doc(struct arena *arena, const void *row)                              \
	{                                                                                                    \
		return noun##_to_doc(arena, row);                                                            \
	}                                                                                                    \
	static void noun##_row_set(struct org *org, const void *row)                                         \
	{                                                                                                    \
		org_##noun##_set(org, row);                                                                  \
	}                                                                                                    \
	static enum err noun##_row_save(struct store *store, const void *row, struct bh_err *reterr)         \
	{                                                                                                    \
		return store_##noun##_put(store, row, reterr);                                               \
	}

ROW_KIND(unit)
ROW_KIND(post)
ROW_KIND(person)
ROW_KIND(tenure)
ROW_KIND(function)
ROW_KIND(delegation)
ROW_KIND(kin)
ROW_KIND(relation)

#define ROW(noun, EVENT, letter)                                                                             \
	{                                                                                                    \
		EVENT, letter, org_##noun##_count, noun##_row_may, noun##_row_doc, noun##_row_set,           \
			noun##_row_save                                                                      \
	}
static const struct row_kind row_kinds[ACT_KIND_COUNT] = {
	[ACT_UNIT] = ROW(unit, EVENT_UNIT_SET, "u"),
	[ACT_POST] = ROW(post, EVENT_POST_SET, "p"),
	[ACT_PERSON] = ROW(person, EVENT_PERSON_SET, "person:"),
	[ACT_TENURE] = ROW(tenure, EVENT_TENURE_SET, "t"),
	[ACT_FUNCTION] = ROW(function, EVENT_FUNCTION_SET, "function:"),
	[ACT_DELEGATION] = ROW(delegation, EVENT_DELEGATION_SET, "d"),
	[ACT_KIN] = ROW(kin, EVENT_KIN_SET, "k"),
	[ACT_RELATION] = ROW(relation, EVENT_RELATION_SET, "relation:"),
};

struct doc *act_row_doc(struct arena *arena, const struct act *act)
{
	REQUIRE(row_kinds[act->kind].to_doc != NULL);
	/* Whichever row it is, the union holds the pointer to it. */
	return row_kinds[act->kind].to_doc(arena, act->what.unit);
}

/* The row to be recorded: the one that was asked, with an id and, for a new person, a pseudonym. */
union any_row {
	struct unit unit;
	struct post post;
	struct person person;
	struct tenure tenure;
	struct function function;
	struct delegation delegation;
	struct kin kin;
	struct relation relation;
};

static struct str new_pseudonym(struct installation *installation, struct arena *arena)
{
	uint8_t bytes[10];

	installation->source.random(installation->source.context, bytes, sizeof bytes);
	return str_format(arena, "p%.*s", STR_ARG(hex_print(arena, bytes, sizeof bytes)));
}

static int64_t take_id(const struct installation *installation, const struct row_kind *kind, int64_t id)
{
	return id != 0 ? id : (int64_t)kind->count(installation->org) + 1;
}

/* Returns the id under which the row will stand; a function has none and is known by its name. */
static int64_t complete_row(
	struct installation *installation, struct arena *arena, const struct act *act, union any_row *row)
{
	const struct row_kind *kind = &row_kinds[act->kind];

	switch (act->kind) {
	case ACT_UNIT:
		row->unit = *act->what.unit;
		return row->unit.id = take_id(installation, kind, row->unit.id);
	case ACT_POST:
		row->post = *act->what.post;
		return row->post.id = take_id(installation, kind, row->post.id);
	case ACT_PERSON:
		row->person = *act->what.person;
		if (row->person.pseudonym.size == 0)
			row->person.pseudonym = new_pseudonym(installation, arena);
		return row->person.id = take_id(installation, kind, row->person.id);
	case ACT_TENURE:
		row->tenure = *act->what.tenure;
		return row->tenure.id = take_id(installation, kind, row->tenure.id);
	case ACT_DELEGATION:
		row->delegation = *act->what.delegation;
		return row->delegation.id = take_id(installation, kind, row->delegation.id);
	case ACT_KIN:
		row->kin = *act->what.kin;
		return row->kin.id = take_id(installation, kind, row->kin.id);
	case ACT_RELATION:
		row->relation = *act->what.relation;
		return row->relation.id = take_id(installation, kind, row->relation.id);
	default:
		row->function = *act->what.function;
		return 0;
	}
}

/* A person is named in the ledger by the pseudonym only; a function by its own word. */
static struct str object_of(struct arena *arena, const struct act *act, const union any_row *row, int64_t id)
{
	const char *prefix = row_kinds[act->kind].prefix;

	if (act->kind == ACT_PERSON)
		return str_format(arena, "%s%.*s", prefix, STR_ARG(row->person.pseudonym));
	if (act->kind == ACT_FUNCTION)
		return str_format(arena, "%s%.*s", prefix, STR_ARG(row->function.name));
	return str_format(arena, "%s%lld", prefix, (long long)id);
}

/* What accounts forbid to it. */
static enum err accounts_allow(const struct installation *installation, const struct act *act,
	const union any_row *row, struct instant now, struct bh_err *reterr)
{
	struct day today = instant_day(now, installation->offset_minutes);

	if (act->kind == ACT_PERSON)
		return account_person_may(installation->directory, installation->org, &row->person, reterr);
	if (act->kind == ACT_TENURE)
		return account_tenure_may(installation->directory, &row->tenure, today, reterr);
	if (act->kind == ACT_DELEGATION)
		return account_delegation_may(installation->directory, &row->delegation, today, reterr);
	return ERR_OK;
}

/* What the day of the act and the record of matters forbid to a unit or a post. */
static enum err end_allows(const struct installation *installation, const struct act *act,
	const union any_row *row, struct instant now, struct bh_err *reterr)
{
	if (act->kind == ACT_UNIT)
		return end_unit_may(installation, &row->unit, now, reterr);
	if (act->kind == ACT_POST)
		return end_post_may(installation, &row->post, now, reterr);
	return ERR_OK;
}

/* Last it is set in memory, because nothing after that can refuse: memory and rows agree. A failed commit
 * reloads the memory. */
static enum err record_row(struct installation *installation, struct arena *arena, const struct act *act,
	const union any_row *row, int64_t id, struct instant now, int64_t *ret_index, struct bh_err *reterr)
{
	const struct row_kind *kind = &row_kinds[act->kind];
	struct record record = {.object = object_of(arena, act, row, id), .person = act->person};
	struct event event = {.kind = kind->event, .time = now, .payload = kind->to_doc(arena, row)};

	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	TRY(kind->save(installation->store, row, reterr));
	kind->set(installation->org, row);
	*ret_index = event.index;
	return ERR_OK;
}

/* The posts of a unit that ended end with it, in the same act. */
static enum err end_posts(struct installation *installation, struct arena *arena, const struct act *act,
	const struct unit *unit, struct instant now, struct receipt *receipt, struct bh_err *reterr)
{
	struct act with = {.kind = ACT_POST, .person = act->person};
	int64_t index;

	installation->ahead = true;
	for (int64_t id = 1; id <= (int64_t)org_post_count(installation->org); id++) {
		const struct post *post = org_post(installation->org, id);

		if (post->unit != unit->id || !day_is_none(post->until))
			continue;
		union any_row row = {.post = *post};

		row.post.until = unit->until;
		TRY(record_row(installation, arena, &with, &row, id, now, &index, reterr));
		receipt->count++;
	}
	return ERR_OK;
}

enum err act_org_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	union any_row row;
	int64_t id = complete_row(installation, arena, act, &row);
	struct receipt receipt = {.count = 1, .id = id};

	TRY(row_kinds[act->kind].may(installation->org, &row, reterr));
	TRY(accounts_allow(installation, act, &row, now, reterr));
	TRY(end_allows(installation, act, &row, now, reterr));
	TRY(record_row(installation, arena, act, &row, id, now, &receipt.first, reterr));
	if (act->kind == ACT_UNIT && !day_is_none(row.unit.until))
		TRY(end_posts(installation, arena, act, &row.unit, now, &receipt, reterr));
	*ret_receipt = receipt;
	return ERR_OK;
}
