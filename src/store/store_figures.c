/* store_figures.c: figures that are kept as matters change, so that a board never counts: how many stand how,
 * by scope, and the progress of what has parts. */
#include "store/store_figures.h"

#include <stdlib.h>

/* ---- what is to be added ---- */

/* A few dozen figures change with every act, and within one transaction they are mostly the same ones: they
 * are added up here and written once. */
#define PLACES_FIRST 256

struct tally {
	const char *scope; /* NULL: an empty place */
	struct str id, measure;
	int64_t by;
};

struct figures {
	struct arena *arena;
	struct tally *places; /* open addressing; a power of two, at most half of them taken */
	size_t count, capacity;
};

struct figures *figures_new(void)
{
	struct figures *figures = calloc(1, sizeof *figures);

	REQUIRE(figures != NULL);
	figures->arena = arena_new();
	figures_forget(figures);
	return figures;
}

void figures_free(struct figures *figures)
{
	if (figures == NULL)
		return;
	arena_free(figures->arena);
	free(figures);
}

void figures_forget(struct figures *figures)
{
	arena_clear(figures->arena);
	figures->count = 0;
	figures->capacity = PLACES_FIRST;
	figures->places = ARENA_TAKE(figures->arena, figures->capacity, struct tally);
}

/* FNV-1a, 64 bits. */
static uint64_t mix(uint64_t sum, struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		sum = (sum ^ (unsigned char)text.data[i]) * 0x100000001B3u;
	return sum * 31;
}

static struct tally *place_of(struct figures *figures, const char *scope, struct str id, struct str measure)
{
	uint64_t sum = mix(mix(mix(0xCBF29CE484222325u, str_from(scope)), id), measure);
	size_t at = (size_t)sum & (figures->capacity - 1);

	while (figures->places[at].scope != NULL && !(str_is(str_from(figures->places[at].scope), scope) &&
							    str_equal(figures->places[at].id, id) &&
							    str_equal(figures->places[at].measure, measure)))
		at = (at + 1) & (figures->capacity - 1);
	return &figures->places[at];
}

static void grow(struct figures *figures)
{
	struct tally *old = figures->places;
	size_t count = figures->capacity;

	figures->capacity *= 2;
	figures->places = ARENA_TAKE(figures->arena, figures->capacity, struct tally);
	for (size_t i = 0; i < count; i++)
		if (old[i].scope != NULL)
			*place_of(figures, old[i].scope, old[i].id, old[i].measure) = old[i];
}

static void add(struct figures *figures, const char *scope, struct str id, struct str measure, int64_t by)
{
	if (id.data == NULL || measure.size == 0)
		return;
	if (2 * figures->count >= figures->capacity)
		grow(figures);
	struct tally *tally = place_of(figures, scope, id, measure);

	if (tally->scope == NULL) {
		*tally = (struct tally){
			scope, str_copy(figures->arena, id), str_copy(figures->arena, measure), 0};
		figures->count++;
	}
	tally->by += by;
}

enum err figures_write(struct store *store, struct bh_err *reterr)
{
	struct figures *figures = driver_figures(store);

	for (size_t i = 0; figures->count > 0 && i < figures->capacity; i++) {
		const struct tally *tally = &figures->places[i];

		if (tally->scope != NULL && tally->by != 0)
			TRY(RUN(store, STMT_COUNTER_ADD, NULL, NULL, reterr, V_TEXT(str_from(tally->scope)),
				V_TEXT(tally->id), V_TEXT(tally->measure), V_INT(tally->by)));
	}
	if (figures->count > 0)
		figures_forget(figures);
	return ERR_OK;
}

/* ---- what a matter counts as ---- */

struct str standing_of(bool ended, struct str outcome, bool late)
{
	if (!ended)
		return STR("open");
	if (str_is(outcome, "void"))
		return STR("void");
	return late ? STR("late") : STR("closed");
}

struct counted_call {
	struct counted *counted;
	struct arena *arena;
};

static enum err take_counted(void *context, const struct row *row)
{
	struct counted_call *call = context;
	bool open = row_is_null(row, 4);

	*call->counted = (struct counted){
		.there = true,
		.overdue = row_int(row, 8) != 0,
		.placed = {.unit = row_int(row, 0),
			.commander = row_int(row, 1),
			.ended = row_instant(row, 4),
			.due = row_instant(row, 9),
			.suspended_until = row_instant(row, 10),
			.lamp_until = row_instant(row, 11)},
		.grasp = str_copy(call->arena, row_text(row, 2)),
		.procedure = str_copy(call->arena, row_text(row, 3)),
		.standing = standing_of(!open, str_copy(call->arena, row_text(row, 5)), row_int(row, 6) != 0),
		.lamp = open ? str_copy(call->arena, row_text(row, 7)) : STR_NONE,
		.visibility = str_copy(call->arena, row_text(row, 12)),
		.opened = row_instant(row, 13),
	};
	return ERR_OK;
}

enum err figures_before(struct store *store, struct arena *arena, int64_t matter, struct counted *ret_counted,
	struct bh_err *reterr)
{
	struct counted_call call = {ret_counted, arena};

	*ret_counted = (struct counted){0};
	return RUN(store, STMT_MATTER_COUNTED, take_counted, &call, reterr, V_INT(matter));
}

bool placed_same(const struct placed *a, const struct placed *b)
{
	return a->unit == b->unit && a->commander == b->commander && a->due.us == b->due.us &&
	       a->ended.us == b->ended.us && a->suspended_until.us == b->suspended_until.us &&
	       a->lamp_until.us == b->lamp_until.us;
}

#define SCOPES   7
#define MEASURES 3

/* One side of a change: the scopes it counts in, and the measures it adds to in each. STR_NONE: in none. */
struct side {
	struct str ids[SCOPES], measures[MEASURES];
};
/* What everybody may know counts in the first five; what only those around a unit may, in the last two, which
 * only they are told; a compartment counts nowhere. */
static const char *const scopes[SCOPES] = {
	"all", "grasp", "procedure", "unit", "commander", "unit_inner", "commander_inner"};

static struct str id_text(struct arena *arena, int64_t id)
{
	return id == 0 ? STR_NONE : str_format(arena, "%lld", (long long)id);
}

static struct side side_of(struct arena *arena, const struct counted *counted)
{
	struct side side = {0};

	if (!counted->there)
		return side;
	if (str_is(counted->visibility, "institution")) {
		side.ids[0] = STR("");
		side.ids[1] = counted->grasp;
		side.ids[2] = counted->procedure;
		side.ids[3] = id_text(arena, counted->placed.unit);
		side.ids[4] = id_text(arena, counted->placed.commander);
	} else if (str_is(counted->visibility, "unit")) {
		side.ids[5] = id_text(arena, counted->placed.unit);
		side.ids[6] = id_text(arena, counted->placed.commander);
	}
	side.measures[0] = counted->standing;
	side.measures[1] = counted->lamp;
	side.measures[2] = counted->overdue ? STR("overdue") : STR_NONE;
	return side;
}

static bool same(struct str a, struct str b)
{
	return (a.data == NULL) == (b.data == NULL) && str_equal(a, b);
}

/* ---- trends: what everybody may know, by the hour in which it was opened and in which it ended ---- */

#define US_PER_HOUR INT64_C(3600000000)

struct str figures_hour(struct arena *arena, struct instant instant)
{
	return str_format(arena, "%lld", (long long)(FIGURES_HOUR_FIRST + instant.us / US_PER_HOUR));
}

static void add_hours(struct store *store, struct arena *arena, const struct counted *counted, int64_t by)
{
	if (!counted->there || !str_is(counted->visibility, "institution"))
		return;
	add(driver_figures(store), "hour", figures_hour(arena, counted->opened), STR("opened"), by);
	if (!instant_is_none(counted->placed.ended))
		add(driver_figures(store), "hour", figures_hour(arena, counted->placed.ended),
			counted->standing, by);
}

static void count_hours(
	struct store *store, struct arena *arena, const struct counted *before, const struct counted *after)
{
	if (before->there && after->there && before->opened.us == after->opened.us &&
		before->placed.ended.us == after->placed.ended.us &&
		str_equal(before->standing, after->standing))
		return;
	add_hours(store, arena, before, -1);
	add_hours(store, arena, after, 1);
}

void figures_count(
	struct store *store, struct arena *arena, const struct counted *before, const struct counted *after)
{
	struct side old = side_of(arena, before), new = side_of(arena, after);

	for (size_t i = 0; i < SCOPES; i++)
		for (size_t j = 0; j < MEASURES; j++) {
			/* Most acts change no figure, and most others only the colour of a lamp. */
			if (same(old.ids[i], new.ids[i]) && same(old.measures[j], new.measures[j]))
				continue;
			add(driver_figures(store), scopes[i], old.ids[i], old.measures[j], -1);
			add(driver_figures(store), scopes[i], new.ids[i], new.measures[j], 1);
		}
	count_hours(store, arena, before, after);
}

/* ---- progress of the parts ---- */

struct parts {
	int64_t sum, weight;
};

static enum err take_parts(void *context, const struct row *row)
{
	*(struct parts *)context = (struct parts){row_int(row, 0), row_int(row, 1)};
	return ERR_OK;
}

enum err figures_rolled(struct store *store, int64_t matter, int64_t own, struct str visibility,
	int64_t *ret_rolled, struct bh_err *reterr)
{
	struct parts parts = {0};

	TRY(RUN(store, STMT_CHILDREN_ROLLED, take_parts, &parts, reterr, V_INT(matter), V_TEXT(visibility)));
	*ret_rolled = parts.weight > 0 ? parts.sum / parts.weight : own;
	return ERR_OK;
}

struct above {
	bool found;
	int64_t progress, rolled, parent; /* progress and rolled: -1 when null */
	char visibility[16];
};

static enum err take_above(void *context, const struct row *row)
{
	struct above *above = context;

	*above = (struct above){
		.found = true,
		.progress = row_is_null(row, 0) ? -1 : row_int(row, 0),
		.rolled = row_is_null(row, 1) ? -1 : row_int(row, 1),
		.parent = row_int(row, 2),
	};
	struct str visibility = row_text(row, 3);

	for (size_t i = 0; i < visibility.size && i + 1 < sizeof above->visibility; i++)
		above->visibility[i] = visibility.data[i];
	return ERR_OK;
}

enum err figures_roll_up(struct store *store, int64_t parent, struct bh_err *reterr)
{
	while (parent != 0) {
		struct above above = {0};
		int64_t now;

		TRY(RUN(store, STMT_ROLLED_OWN, take_above, &above, reterr, V_INT(parent)));
		TRY(figures_rolled(store, parent, above.progress, str_from(above.visibility), &now, reterr));
		if (!above.found || now == above.rolled)
			return ERR_OK;
		TRY(RUN(store, STMT_ROLLED_SET, NULL, NULL, reterr, V_INT(parent), value_or_null(now, -1)));
		parent = above.parent;
	}
	return ERR_OK;
}
