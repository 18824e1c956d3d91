/* store_compare.c: two stores row by row: what replay built against what is live. */
#include "store/store_driver.h"

/* Every projection of the schema with the order of its rows; the test reads the schema and knows if one is
 * missing. */
static const struct projection {
	const char *table, *sql;
} projections[] = {
#define PROJECTION(table, order)                                                                             \
	{                                                                                                    \
		table, "select * from " table " where institution_id = $1 order by " order                   \
	}
	PROJECTION("definition", "id"),
	PROJECTION("calendar", "version"),
	PROJECTION("unit", "id"),
	PROJECTION("post", "id"),
	PROJECTION("person", "id"),
	PROJECTION("tenure", "id"),
	PROJECTION("function", "name"),
	PROJECTION("delegation", "id"),
	PROJECTION("matter", "id"),
	PROJECTION("duty", "matter, id"),
	PROJECTION("request", "matter, id"),
	PROJECTION("deed", "matter, action, person"),
	PROJECTION("notice", "post, idx, matter, duty, kind"),
	PROJECTION("evidence", "matter, idx, hash, name"),
	PROJECTION("link", "matter, idx, relation, other"),
	PROJECTION("follower", "matter, person"),
	PROJECTION("sequence", "procedure, year"),
#undef PROJECTION
	{"counter", "select scope, id, measure, value from counter where institution_id = $1 and value <> 0 "
		    "order by scope, id, measure"},
};

/* All rows of one side, as text; a table at a time, so memory is bounded by the largest table. */
struct rows {
	struct arena *arena;
	struct str *items;
	size_t count, capacity;
};

static enum err push_row(void *context, const struct str *names, const struct str *cells, size_t count)
{
	struct rows *rows = context;
	struct buf buf = buf_new(rows->arena);

	for (size_t i = 0; i < count; i++)
		if (cells[i].data != NULL)
			buf_format(&buf, "%s%.*s=%.*s", buf.size > 0 ? " " : "", STR_ARG(names[i]),
				STR_ARG(cells[i]));
	*ARENA_PUSH(rows->arena, rows->items, rows->count, rows->capacity) = buf_str(&buf);
	return ERR_OK;
}

enum err store_compare(struct store *left, struct store *right, store_differ_fn *differ, void *context,
	uint64_t *ret_rows, struct bh_err *reterr)
{
	*ret_rows = 0;
	for (size_t i = 0; i < ARRAY_COUNT(projections); i++) {
		struct arena *arena = arena_new();
		struct rows a = {.arena = arena}, b = {.arena = arena};
		enum err err = store_query_text(
			left, projections[i].sql, (struct instant){0}, arena, push_row, &a, reterr);

		if (err == ERR_OK)
			err = store_query_text(
				right, projections[i].sql, (struct instant){0}, arena, push_row, &b, reterr);
		for (size_t j = 0; err == ERR_OK && (j < a.count || j < b.count); j++) {
			struct str x = j < a.count ? a.items[j] : STR(""),
				   y = j < b.count ? b.items[j] : STR("");

			++*ret_rows;
			if (!str_equal(x, y))
				differ(context, projections[i].table, x, y);
		}
		arena_free(arena);
		TRY(err);
	}
	return ERR_OK;
}
