/* audit.c: ask every question of invariant/, and tell of each row that breaks one. */
#include "check/check.h"
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
	asking->broken(asking->context, asking->invariant, buf_str(&buf));
	arena_clear(asking->arena);
	return ERR_OK;
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
