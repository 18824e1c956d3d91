/* store_compare.c: two stores row by row: what replay built against what is live. */
#include "store/store_figures.h"

#include <stdlib.h>
#include <string.h>

/* Every projection of the schema; the test reads the schema and knows if one is missing. What time alone
 * changes has a row of its own, below. */
static const struct projection {
	const char *table, *columns, *which; /* and in which order, where it isn't that of the key */
} projections[] = {
	{"institution", "*", ""},
	{"definition", "*", ""},
	{"definition_function", "*", ""},
	{"formula", "*", ""},
	{"calendar", "*", ""},
	{"unit", "*", ""},
	{"former_name", "*", ""},
	{"post", "*", ""},
	{"person", "*", ""},
	{"tenure", "*", ""},
	{"function", "*", ""},
	{"delegation", "*", ""},
	{"kin", "*", ""},
	{"relation", "*", ""},
	{"peer", "*", ""},
	{"package", "*", ""},
	{"package_item", "*", ""},
	{"account", "*", ""},
	{"policy", "*", ""},
	{"compartment_member", "*", ""},
	{"look", "*", ""},
	{"ballot", "*", ""},
	{"ballot_code", "*", ""},
	{"ballot_seal", "*", ""},
	{"ballot_line", "*", ""},
	{"letter", "*", ""},
	{"rule", "*", ""},
	{"rule_version", "*", ""},
	{"matter",
		"id, definition, procedure, grasp, number, year, seq, title, state, fields, unit, commander, "
		"parent, "
		"weight, progress, rolled, opened, changed_at, ended, outcome, due, suspended_until, "
		"version, "
		"last_index, taken_up, late, extended, next_duty, next_request, next_instruction, "
		"visibility",
		"order by id"},
	{"subject", "*", ""},
	{"duty", "*", ""},
	{"breach", "*", ""},
	{"meeting", "*", ""},
	{"irregularity", "*", ""},
	{"request", "*", ""},
	{"deed", "*", ""},
	{"notice", "*", ""},
	{"evidence", "*", ""},
	{"link", "*", ""},
	{"following", "*", ""},
	{"news", "*", ""},
	{"sequence", "*", ""},
	{"search_text", "*", ""},
	{"search_said", "*", ""},
	{"counter", "scope, id, measure, value",
		"and value <> 0 and measure in ('open', 'closed', 'late', 'void')"},
};

#define TEXT_AT_ONCE ((size_t)32 * 1024)

struct side {
	struct arena *arena;
	struct hash_stream *text; /* of all its rows as they come */
	struct hash *marks;       /* where these differ: a row is told apart by the hash of its text */
	size_t count, mark_count, capacity;
	struct buf line;
	/* While the rows that only this side has are told: */
	const struct side *other;
	const char *table;
	store_differ_fn *differ;
	void *context;
	bool is_live;
};

/* The row as it is told: what isn't null, by name. */
static struct str row_line(struct side *side, const struct str *names, const struct str *cells, size_t count)
{
	side->line.size = 0;
	for (size_t i = 0; i < count; i++) {
		if (cells[i].data == NULL)
			continue;
		if (side->line.size > 0)
			buf_put_char(&side->line, ' ');
		buf_put(&side->line, names[i]);
		buf_put_char(&side->line, '=');
		buf_put(&side->line, cells[i]);
	}
	return buf_str(&side->line);
}

/* The row as it is compared: its cells, each told from null and from its neighbours. */
static void put_row(struct buf *buf, const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_put_char(buf, cells[i].data == NULL ? '0' : '1');
		buf_put(buf, cells[i]);
		buf_put_char(buf, '\0');
	}
}

static struct hash row_hash(struct side *side, const struct str *cells, size_t count)
{
	side->line.size = 0;
	put_row(&side->line, cells, count);
	return hash_bytes(side->line.data, side->line.size);
}

static enum err take_text(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct side *side = context;

	(void)names;
	side->count++;
	put_row(&side->line, cells, count);
	if (side->line.size < TEXT_AT_ONCE)
		return ERR_OK;
	hash_stream_put(side->text, side->line.data, side->line.size);
	side->line.size = 0;
	return ERR_OK;
}

static enum err read_whole(
	struct side *side, struct store *store, const char *sql, struct hash *ret_hash, struct bh_err *reterr)
{
	struct instant now = {0};

	side->line.size = 0;
	side->text = hash_stream_new();
	enum err err = store_query_text(store, sql, now, STR(""), take_text, side, reterr);

	hash_stream_put(side->text, side->line.data, side->line.size);
	*ret_hash = hash_stream_end(side->text);
	return err;
}

static enum err take_mark(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct side *side = context;

	(void)names;
	*ARENA_PUSH(side->arena, side->marks, side->mark_count, side->capacity) =
		row_hash(side, cells, count);
	return ERR_OK;
}

static int mark_order(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct hash));
}

static void sort_marks(struct side *side)
{
	if (side->mark_count > 0)
		qsort(side->marks, side->mark_count, sizeof *side->marks, mark_order);
}

static bool has_mark(const struct side *side, const struct hash *mark)
{
	return side->mark_count > 0 &&
	       bsearch(mark, side->marks, side->mark_count, sizeof *mark, mark_order) != NULL;
}

/* Every table has a key, so no two rows of one side are the same. */
static enum err tell_row(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct side *side = context;
	struct hash mark = row_hash(side, cells, count);

	if (has_mark(side->other, &mark))
		return ERR_OK;
	struct str line = row_line(side, names, cells, count);

	side->differ(
		side->context, side->table, side->is_live ? line : STR(""), side->is_live ? STR("") : line);
	return ERR_OK;
}

struct pair {
	struct store *live, *rebuilt;
	struct side a, b;
	struct bh_err *reterr;
};

/* Which rows only one side has: by marks of all, since neither order nor number need agree. The texts weren't
 * kept: the few rows that differ are read once more. */
static enum err tell_differences(struct pair *pair, const char *table, const char *sql)
{
	struct side *a = &pair->a, *b = &pair->b;
	struct instant now = {0};

	TRY(store_query_text(pair->live, sql, now, STR(""), take_mark, a, pair->reterr));
	TRY(store_query_text(pair->rebuilt, sql, now, STR(""), take_mark, b, pair->reterr));
	sort_marks(a);
	sort_marks(b);
	a->table = b->table = table;
	a->other = b;
	b->other = a;
	TRY(store_query_text(pair->live, sql, now, STR(""), tell_row, a, pair->reterr));
	return store_query_text(pair->rebuilt, sql, now, STR(""), tell_row, b, pair->reterr);
}

static enum err compare_table(struct pair *pair, const struct projection *projection, uint64_t *rows)
{
	struct side *a = &pair->a, *b = &pair->b;
	struct str sql = str_format(a->arena, "select %s from %s where institution_id = $1 %s",
		projection->columns, projection->table, projection->which);
	struct hash live, rebuilt;

	/* Two whole tables mostly come in the same order, that of their key, and are the same. */
	TRY(read_whole(a, pair->live, sql.data, &live, pair->reterr));
	TRY(read_whole(b, pair->rebuilt, sql.data, &rebuilt, pair->reterr));
	*rows += a->count > b->count ? a->count : b->count;
	return hash_equal(&live, &rebuilt) ? ERR_OK : tell_differences(pair, projection->table, sql.data);
}

static struct pair pair_new(struct arena *arena, struct store *live, struct store *rebuilt,
	store_differ_fn *differ, void *context, struct bh_err *reterr)
{
	struct side side = {.arena = arena,
		.line = buf_new(arena),
		.differ = differ,
		.context = context,
		.is_live = true};
	struct pair pair = {.live = live, .rebuilt = rebuilt, .a = side, .b = side, .reterr = reterr};

	pair.b.line = buf_new(arena);
	pair.b.is_live = false;
	return pair;
}

/* ---- what time alone changes ---- */

struct shown {
	int64_t id;
	struct str text; /* lamp and overdue */
};

struct showing {
	struct arena *arena;
	struct shown *items;
	size_t count, capacity, at;
	store_differ_fn *differ;
	void *context;
};

static enum err push_shown(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct showing *showing = context;
	int64_t id;

	(void)names;
	if (count != 2 || !str_to_int(cells[0], &id))
		return ERR_BROKEN;
	*ARENA_PUSH(showing->arena, showing->items, showing->count, showing->capacity) =
		(struct shown){id, str_copy(showing->arena, cells[1])};
	return ERR_OK;
}

/* Both come by id; rebuilt ones are all there, of the live ones those that still hold. */
static enum err compare_shown(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct showing *showing = context;
	int64_t id;

	(void)names;
	if (count != 2 || !str_to_int(cells[0], &id))
		return ERR_BROKEN;
	while (showing->at < showing->count && showing->items[showing->at].id < id)
		showing->at++;
	if (showing->at == showing->count || showing->items[showing->at].id != id)
		return ERR_OK; /* the row itself is missing, and was told of */
	if (!str_equal(showing->items[showing->at].text, cells[1]))
		showing->differ(showing->context, "matter",
			str_format(showing->arena, "id=%lld %.*s", (long long)id, STR_ARG(cells[1])),
			str_format(showing->arena, "id=%lld %.*s", (long long)id,
				STR_ARG(showing->items[showing->at].text)));
	return ERR_OK;
}

static enum err compare_lamps(struct pair *pair, struct instant now)
{
	struct showing showing = {
		.arena = pair->a.arena, .differ = pair->a.differ, .context = pair->a.context};

	TRY(store_query_text(pair->rebuilt,
		"select id, 'lamp=' || lamp || ' overdue=' || overdue from matter where institution_id = $1 "
		"order by id",
		now, STR(""), push_shown, &showing, pair->reterr));
	return store_query_text(pair->live,
		"select id, 'lamp=' || lamp || ' overdue=' || overdue from matter where institution_id = $1 "
		"and (lamp_until is null or lamp_until > $2) order by id",
		now, STR(""), compare_shown, &showing, pair->reterr);
}

enum err store_compare(struct store *live, struct store *rebuilt, struct instant now, store_differ_fn *differ,
	void *context, uint64_t *ret_rows, struct bh_err *reterr)
{
	enum err err;

	*ret_rows = 0;
	err = figures_write(rebuilt, reterr);
	for (size_t i = 0; err == ERR_OK && i <= ARRAY_COUNT(projections); i++) {
		struct arena *arena = arena_new();
		struct pair pair = pair_new(arena, live, rebuilt, differ, context, reterr);

		err = i < ARRAY_COUNT(projections) ? compare_table(&pair, &projections[i], ret_rows)
						   : compare_lamps(&pair, now);
		arena_free(arena);
	}
	return err;
}
