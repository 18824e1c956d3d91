/* audit.c: ask every question of invariant/, and tell of each row that breaks one. */
#include "check/check.h"
#include "check/chronicle.h"
#include "check/invariant.h"
#include "check/known.h"

static const struct invariant invariants[] = {
#define INVARIANT(sentence, name, zh, en) {SENTENCE_##sentence, #name, zh, en, invariant_##name},
#include "check/invariants.def"
#undef INVARIANT
};

static const struct {
	const char *zh, *en;
} sentences[SENTENCE_COUNT] = {
	[SENTENCE_RECORD] = {"记录本身完整一致", "the record holds together"},
	[SENTENCE_POWER] = {"有权必有责", "who has power has duties"},
	[SENTENCE_DUTY] = {"有责要担当", "every duty is borne"},
	[SENTENCE_BREACH] = {"失责必追究", "every failure has consequences"},
};

const char *sentence_text(enum sentence sentence, struct str lang)
{
	REQUIRE(sentence < SENTENCE_COUNT);
	return str_is(lang, "en") ? sentences[sentence].en : sentences[sentence].zh;
}

size_t invariant_count(void)
{
	return ARRAY_COUNT(invariants);
}

const struct invariant *invariant_at(size_t i)
{
	REQUIRE(i < ARRAY_COUNT(invariants));
	return &invariants[i];
}

const struct invariant *invariant_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_COUNT(invariants); i++)
		if (str_is(name, invariants[i].name))
			return &invariants[i];
	return NULL;
}

struct asking {
	const struct invariant *invariant;
	struct arena *arena;
	check_broken_fn *broken;
	void *context;
	struct audited result;
};

static enum err tell_row(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct asking *asking = context;
	struct buf buf = buf_new(asking->arena);

	for (size_t i = 0; i < count; i++)
		if (cells[i].data != NULL)
			buf_format(&buf, "%s%.*s=%.*s", buf.size > 0 ? " " : "", STR_ARG(names[i]),
				STR_ARG(cells[i]));
	asking->result.broken[asking->invariant->sentence]++;
	asking->broken(
		asking->context, asking->invariant, &(struct broken_row){buf_str(&buf), names, cells, count});
	arena_clear(asking->arena);
	return ERR_OK;
}

/* What SQL can't ask: hashes. The events of votes are followed, and what can't have been so is told. */
struct following {
	struct asking *asking;
	struct ballots ballots;
};

static enum err follow_vote(void *context, const struct stored_event *stored)
{
	struct following *following = context;
	struct asking *asking = following->asking;
	struct event event = {.time = stored->time, .index = stored->index};
	struct bh_err why;

	if (!event_kind_parse(stored->kind, &event.kind) || !ballots_are_told_by(event.kind) ||
		stored->payload.data == NULL)
		return ERR_OK;
	if (payload_read(following->ballots.arena, stored->payload, &event.payload, &why) == ERR_OK &&
		ballots_follow(&following->ballots, &event, &why) == ERR_OK)
		return ERR_OK;
	asking->result.broken[asking->invariant->sentence]++;
	asking->broken(asking->context, asking->invariant,
		&(struct broken_row){.text = str_format(following->ballots.arena, "event=%lld %s: %s",
					     (long long)stored->index, why.place, why.text)});
	return ERR_OK;
}

static enum err ask_votes(struct asking *asking, struct store *store, struct bh_err *reterr)
{
	struct following following = {.asking = asking, .ballots = {.arena = arena_new()}};
	enum err err = store_event_each_other(store, follow_vote, &following, reterr);

	arena_free(following.ballots.arena);
	return err;
}

static enum err ask_all(struct asking *asking, struct store *store, struct instant now,
	const struct invariant *only, struct arena *arena, struct bh_err *reterr)
{
	struct str known;

	TRY(known_of_definitions(store, arena, &known, reterr));
	for (size_t i = 0; i < ARRAY_COUNT(invariants); i++) {
		asking->invariant = &invariants[i];
		if (only == NULL || only == &invariants[i])
			TRY(store_query_text(store, invariants[i].sql, now, known, tell_row, asking, reterr));
		if ((only == NULL || only == &invariants[i]) &&
			invariants[i].sql == invariant_every_vote_is_what_its_lines_say)
			TRY(ask_votes(asking, store, reterr));
	}
	return ERR_OK;
}

enum err check_audit(struct store *store, struct instant now, const struct invariant *only,
	check_broken_fn *broken, void *context, struct audited *ret_audited, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct asking asking = {.arena = arena_new(), .broken = broken, .context = context};
	enum err err = store_snapshot_begin(store, reterr);

	if (err == ERR_OK) {
		err = ask_all(&asking, store, now, only, arena, reterr);
		store_snapshot_end(store);
	}
	arena_free(asking.arena);
	arena_free(arena);
	if (err == ERR_OK)
		*ret_audited = asking.result;
	return err;
}
