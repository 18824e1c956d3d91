/* replay_ballot.c: the rows of votes, as their events tell of them. */
#include "check/replay_ballot.h"

#include "store/store_rows.h"

static enum err put_codes(
	struct store *store, struct arena *arena, const struct told_ballot *told, struct bh_err *reterr)
{
	for (size_t i = 0; i < told->code_count; i++)
		TRY(store_ballot_code_put(store, arena, told->row.id, &told->codes[i], reterr));
	return ERR_OK;
}

static enum err put_seals(struct store *store, int64_t ballot, const struct doc *seals, struct bh_err *reterr)
{
	for (size_t i = 0; i < seals->count; i++)
		TRY(store_ballot_seal_put(store, ballot, seals->items[i].text, reterr));
	return ERR_OK;
}

static enum err put_lines(
	struct store *store, struct arena *arena, const struct told_ballot *told, struct bh_err *reterr)
{
	for (size_t i = 0; i < told->line_count; i++)
		TRY(store_ballot_line_put(store, arena, told->row.id, &told->lines[i], reterr));
	return ERR_OK;
}

enum err replay_ballot(struct store *store, struct arena *arena, const struct ballots *ballots,
	const struct event *event, struct bh_err *reterr)
{
	const struct told_ballot *told = ballots_find(ballots, doc_get_int(event->payload, "ballot", 0));

	REQUIRE(told != NULL); /* it has just been followed */
	if (event->kind == EVENT_BALLOT_OPENED)
		TRY(put_codes(store, arena, told, reterr));
	else if (event->kind == EVENT_BALLOT_SEALED)
		TRY(put_seals(store, told->row.id, doc_get(event->payload, "seals"), reterr));
	else if (event->kind == EVENT_BALLOT_CLOSED)
		TRY(put_lines(store, arena, told, reterr));
	return store_ballot_put(store, &told->row, reterr);
}
