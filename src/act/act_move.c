/* act_move.c: people change posts. The tenures that end and those that begin are one act: all of them are
 * recorded, in their order, or none. What is owed lies with the posts, and so passes in the same instant. */
#include "act/writer.h"

/* Try all of them on a copy of the institution as this transaction sees it: each may need the one before. */
static enum err try_all(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct tenure *items, struct bh_err *reterr)
{
	struct day today = instant_day(now, installation->offset_minutes);
	struct org *org;

	TRY(store_org_load(installation->store, arena, &org, reterr));
	for (size_t i = 0; i < act->what.move.count; i++) {
		items[i] = act->what.move.tenures[i];
		if (items[i].id == 0)
			items[i].id = (int64_t)org_tenure_count(org) + 1;
		TRY(org_tenure_may(org, &items[i], reterr));
		TRY(account_tenure_may(installation->directory, &items[i], today, reterr));
		org_tenure_set(org, &items[i]);
	}
	return ERR_OK;
}

static enum err record_one(struct installation *installation, struct arena *arena, const struct act *act,
	const struct tenure *tenure, struct instant now, int64_t *ret_index, struct bh_err *reterr)
{
	struct record record = {
		.object = str_format(arena, "t%lld", (long long)tenure->id), .person = act->person};
	struct event event = {.kind = EVENT_TENURE_SET, .time = now, .payload = tenure_to_doc(arena, tenure)};

	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	*ret_index = event.index;
	return store_tenure_put(installation->store, tenure, reterr);
}

enum err act_move_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct tenure items[MOVE_TENURES_MAX];
	size_t count = act->what.move.count;
	int64_t first = -1, index;

	TRY(try_all(installation, arena, act, now, items, reterr));
	for (size_t i = 0; i < count; i++) {
		TRY(record_one(installation, arena, act, &items[i], now, &index, reterr));
		first = first < 0 ? index : first;
	}
	/* Last, because nothing after it can refuse: memory and rows agree. */
	for (size_t i = 0; i < count; i++)
		org_tenure_set(installation->org, &items[i]);
	*ret_receipt = (struct receipt){.first = first, .count = (int64_t)count, .id = items[count - 1].id};
	return ERR_OK;
}
