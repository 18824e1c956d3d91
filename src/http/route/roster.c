/* roster.c: what the roster amounts to: moves by month and kind, and the ages of those who head units. Sums
 * alone: whose age it is isn't told.
 */
#include "exchange/roster_figures.h"
#include "http/handlers.h"
#include "http/reading.h"

/* Each kind once, as the units come. */
static void put_kinds(const struct teller *teller, struct json_out *out)
{
	const struct org *org = teller->institution->org;

	json_out_key(out, "kinds");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_unit_count(org); i++) {
		struct str kind = org_unit_at(org, i)->kind;
		size_t first = 0;

		while (!str_equal(org_unit_at(org, first)->kind, kind))
			first++;
		if (first != i || kind.size == 0)
			continue;
		json_out_open(out, '{');
		json_out_field_text(out, "kind", kind);
		json_out_field_text(out, "label", unit_kind_word(kind, teller->chinese));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_moves(const struct reading *reading, struct day from, struct day to, struct json_out *out)
{
	const struct teller *teller = &reading->teller;
	struct move_count *counts;
	size_t count;

	roster_moves(teller->institution->org, from, to, true, teller->arena, &counts, &count);
	json_out_key(out, "moves");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "month", str_slice(day_print(teller->arena, counts[i].month), 0, 7));
		if (counts[i].move.size > 0)
			json_out_field_text(out, "move", counts[i].move);
		json_out_field_text(out, "label", roster_move_word(counts[i].move, teller->chinese));
		json_out_field_bool(out, "moves", roster_move_counts(counts[i].move));
		json_out_field_int(out, "count", counts[i].count);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_ages(const struct reading *reading, struct str kind, struct day day, struct json_out *out)
{
	struct arena *arena = reading->teller.arena;
	const struct head_ages ages = roster_ages(reading->teller.institution->org, kind, day, arena);

	json_out_open(out, '{');
	json_out_field_text(out, "day", day_print(arena, day));
	json_out_field_int(out, "posts", ages.posts);
	json_out_field_int(out, "heads", ages.count);
	if (ages.count > 0) {
		json_out_field_text(out, "mean", roster_mean_age(&ages, arena));
		json_out_field_text(out, "median", roster_median_age(&ages, arena));
	}
	if (ages.posts > 0)
		json_out_field_text(out, "years", roster_mean_years(&ages, arena));
	json_out_key(out, "bands");
	json_out_open(out, '[');
	for (size_t band = 0; band < ROSTER_BANDS; band++) {
		json_out_open(out, '{');
		json_out_field_text(out, "label", roster_band(band, arena));
		json_out_field_int(out, "count", ages.bands[band]);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
}

enum err route_roster(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct str kind = request_has(request, "kind") ? request_text(request, "kind") : ROSTER_KIND;
	struct day from, to;

	TRY(reading_period(&reading, &from, &to));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "kind", kind);
	put_kinds(&reading.teller, out);
	put_moves(&reading, from, to, out);
	json_out_key(out, "ages");
	json_out_open(out, '[');
	if (request_has(request, "at"))
		put_ages(&reading, kind, day_add(request_day(request, "at"), -1), out);
	put_ages(&reading, kind, reading_day(&reading, "at"), out);
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}
