/* performance.c: units by a formula beside their peers, the facts behind their points, and the formulas that
 * were adopted. By what the sender sees, like every report. */
#include "exchange/performance.h"
#include "http/reading.h"
#include "http/route/answer.h"
#include "http/writing.h"
#include "view/lines.h"

#define TRIED_FACTS_MAX 200

struct asked {
	struct reading reading;
	struct performance_ask ask;
	struct formula formula;
	const struct stored_formula *stored; /* NULL: a trial */
	struct performance_record record;
};

static void begin(struct http_request *request, struct asked *asked)
{
	*asked = (struct asked){.reading = reading_of(request)};
	const struct institution *institution = asked->reading.teller.institution;

	asked->ask = (struct performance_ask){.arena = request->arena,
		.store = request->reader,
		.viewer = &asked->reading.viewer,
		.offset_minutes = institution->offset_minutes,
		.procedure = institution_procedure,
		.context = (void *)institution};
}

/* ---- the formula ---- */

static enum err find_version(struct asked *asked, const struct stored_formula *all, size_t count)
{
	struct http_request *request = asked->reading.request;
	struct day day = day_is_none(asked->ask.to) ? asked->reading.viewer.today : asked->ask.to;
	int64_t version = request_int(request, "formula");

	if (version > (int64_t)count)
		return err_set(&request->why, ERR_INVALID, "formula", "there is no version %lld of it",
			(long long)version);
	asked->stored = version > 0 ? &all[version - 1] : stored_formula_on(all, count, day);
	if (asked->stored == NULL)
		return formula_in_force(request->reader, request->arena, day, &asked->formula, &request->why);
	return formula_of_stored(request->arena, asked->stored, &asked->formula, &request->why);
}

static enum err read_adopted(struct asked *asked)
{
	struct http_request *request = asked->reading.request;
	struct stored_formula *all;
	size_t count;

	TRY(reading_period(&asked->reading, &asked->ask.from, &asked->ask.to));
	TRY(store_formulas(request->reader, request->arena, &all, &count, &request->why));
	TRY(find_version(asked, all, count));
	return performance_gather(&asked->ask, &asked->record, &request->why);
}

static enum err read_given(struct http_request *request, struct formula *ret_formula)
{
	struct bh_err why;

	if (formula_read(request->arena, STR("text"), request_text(request, "text"), ret_formula, &why) ==
		ERR_OK)
		return ERR_OK;
	return err_set_both(&request->why, ERR_INVALID, "text",
		str_format(request->arena, "%s:%s", why.place, why.text_zh).data,
		str_format(request->arena, "%s: %s", why.place, why.text).data);
}

static void put_item(const struct teller *teller, const struct formula_item *item, struct json_out *out)
{
	json_out_open(out, '{');
	json_out_field_text(out, "name", item->name);
	json_out_field_text(out, "label", label_pick(item->label, item->name, teller_lang(teller)));
	json_out_field_text(out, "measure", str_from(measure_name(item->measure)));
	if (item->procedure.size > 0)
		json_out_field_text(out, "procedure", item->procedure);
	if (measure_is_rate(item->measure)) {
		json_out_field_int(out, "weight", item->weight);
	} else {
		json_out_field_int(out, "points", item->points);
		json_out_field_int(out, "most", item->most);
	}
	json_out_close(out, '}');
}

/* `stored` NULL: a trial. `present`: the one in force today; NULL: not asked. */
static void put_formula(struct http_request *request, const struct teller *teller,
	const struct formula *formula, const struct stored_formula *stored,
	const struct stored_formula *present, struct json_out *out)
{
	json_out_open(out, '{');
	json_out_field_text(out, "name", formula->name);
	json_out_field_text(out, "title", label_pick(formula->title, formula->name, teller_lang(teller)));
	if (stored != NULL) {
		json_out_field_int(out, "version", stored->id);
		json_out_field_text(out, "from", day_print(request->arena, stored->from));
		put_time(request, out, "adopted", stored->adopted);
		json_out_field_int(out, "event", stored->index);
	}
	if (present != NULL)
		json_out_field_bool(out, "present", present == stored);
	json_out_field_text(out, "hash", formula->hash);
	json_out_key(out, "items");
	json_out_open(out, '[');
	for (size_t i = 0; i < formula->item_count; i++)
		put_item(teller, &formula->items[i], out);
	json_out_close(out, ']');
	json_out_close(out, '}');
}

/* ---- the ranking ---- */

static void put_unit(const struct asked *asked, const struct score *score, struct json_out *out)
{
	const struct teller *teller = &asked->reading.teller;
	const struct unit *unit = org_unit(teller->institution->org, score->unit);

	json_out_open(out, '{');
	json_out_field_text(out, "code", unit->code);
	json_out_field_text(out, "name", tell_unit(teller, unit->id));
	json_out_field_text(out, "kind", unit->kind);
	json_out_field_text(out, "kind_label", unit_kind_word(unit->kind, teller->chinese));
	json_out_field_int(out, "rank", score->rank);
	json_out_field_int(out, "peers", score->peers);
	json_out_field_int(out, "points", score->points);
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (size_t i = 0; i < asked->formula.item_count; i++) {
		const struct score_part *part = &score->parts[i];

		json_out_open(out, '{');
		json_out_field_int(out, "points", part->points);
		if (measure_is_rate(asked->formula.items[i].measure))
			json_out_field_int(out, "good", part->good);
		json_out_field_int(out, "all", part->all);
		json_out_field_bool(out, "empty", part->empty);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
}

/* Members of an object that is open. */
static void put_ranking(const struct asked *asked, struct json_out *out)
{
	struct http_request *request = asked->reading.request;
	const struct org *org = asked->reading.teller.institution->org;
	struct str kind = request_text(request, "kind");
	struct score *scores;
	size_t count;

	performance_score(&asked->formula, org, &asked->record, request->arena, &scores, &count);
	json_out_key(out, "formula");
	put_formula(request, &asked->reading.teller, &asked->formula, asked->stored, NULL, out);
	json_out_key(out, "units");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		if (kind.size == 0 || str_equal(org_unit(org, scores[i].unit)->kind, kind))
			put_unit(asked, &scores[i], out);
	json_out_close(out, ']');
}

enum err route_performance(struct http_request *request, struct reply *reply)
{
	struct asked *asked = ARENA_TAKE(request->arena, 1, struct asked);

	begin(request, asked);
	TRY(read_adopted(asked));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_ranking(asked, out);
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- what is behind the points ---- */

static enum err put_fact(const struct asked *asked, const struct performance_fact *fact, struct json_out *out)
{
	const struct teller *teller = &asked->reading.teller;
	const struct settled *settled = fact->settled;
	const struct undertaken *undertaken = fact->undertaken;
	struct day day = performance_fact_day(fact, asked->ask.offset_minutes);
	int64_t index;

	TRY(performance_fact_event(&asked->ask, fact, &index, &asked->reading.request->why));
	json_out_open(out, '{');
	json_out_field_text(out, "item", asked->formula.items[fact->item].name);
	json_out_field_text(out, "counts", fact->bearing == BEARING_GOOD ? STR("for") : STR("against"));
	json_out_field_int(out, "matter", settled != NULL ? settled->matter : undertaken->matter);
	json_out_field_text(out, "number", settled != NULL ? settled->number : undertaken->number);
	json_out_field_text(out, "title", settled != NULL ? settled->title : undertaken->title);
	if (settled != NULL)
		json_out_field_text(out, "duty", line_settled_name(teller, settled));
	else
		json_out_field_text(out, "end",
			undertaken->closed                   ? STR("closed")
			: instant_is_none(undertaken->ended) ? STR("open")
							     : STR("otherwise"));
	if (!day_is_none(day))
		json_out_field_text(out, "day", day_print(teller->arena, day));
	if (index >= 0)
		json_out_field_int(out, "event", index);
	json_out_close(out, '}');
	return ERR_OK;
}

/* Item by item, duties before matters: the order in which they come. */
static struct page_after place_of(const struct performance_fact *fact)
{
	int64_t key = (int64_t)fact->item * 2 + (fact->settled == NULL);

	if (fact->settled == NULL)
		return (struct page_after){key, fact->undertaken->matter, 0};
	return (struct page_after){key, fact->settled->matter, fact->settled->duty};
}

static bool is_behind(const struct page_after *place, const struct page_after *after)
{
	if (place->key != after->key)
		return place->key > after->key;
	return place->id != after->id ? place->id > after->id : place->part > after->part;
}

static enum err find_unit(struct http_request *request, const struct asked *asked, int64_t *ret_unit)
{
	const struct unit *unit =
		org_unit_by_code(asked->reading.teller.institution->org, request_text(request, "unit"));

	if (unit == NULL)
		return err_set_both(&request->why, ERR_NOT_FOUND, "unit", err_meaning_zh(ERR_NOT_FOUND),
			err_meaning(ERR_NOT_FOUND));
	*ret_unit = unit->id;
	return ERR_OK;
}

enum err route_performance_facts(struct http_request *request, struct reply *reply)
{
	struct asked *asked = ARENA_TAKE(request->arena, 1, struct asked);
	struct str item = request_text(request, "item");
	struct page_after after, last = {0}, next = {0};
	struct performance_fact *facts;
	int64_t unit = 0;
	size_t count;

	begin(request, asked);
	TRY(find_unit(request, asked, &unit));
	TRY(reading_after(&asked->reading, &after));
	TRY(read_adopted(asked));
	performance_facts(&asked->formula, &asked->record, unit, request->arena, &facts, &count);
	int64_t left = reading_limit(&asked->reading);
	struct json_out *out = reply_list(reply, "facts");

	for (size_t i = 0; i < count; i++) {
		struct page_after place = place_of(&facts[i]);

		if (!is_behind(&place, &after) ||
			(item.size > 0 && !str_equal(item, asked->formula.items[facts[i].item].name)))
			continue;
		if (left-- == 0) {
			next = last;
			break;
		}
		TRY(put_fact(asked, &facts[i], out));
		last = place;
	}
	reading_list_end(&asked->reading, out, next);
	return ERR_OK;
}

/* ---- what if ---- */

static enum err put_tried_facts(const struct asked *asked, int64_t unit, struct json_out *out)
{
	struct performance_fact *facts;
	size_t count;

	performance_facts(&asked->formula, &asked->record, unit, asked->ask.arena, &facts, &count);
	json_out_key(out, "facts");
	json_out_open(out, '[');
	for (size_t i = 0; i < count && i < TRIED_FACTS_MAX; i++)
		TRY(put_fact(asked, &facts[i], out));
	json_out_close(out, ']');
	return ERR_OK;
}

enum err route_performance_try(struct http_request *request, struct reply *reply)
{
	struct asked *asked = ARENA_TAKE(request->arena, 1, struct asked);
	int64_t unit = 0;

	begin(request, asked);
	TRY(reading_period(&asked->reading, &asked->ask.from, &asked->ask.to));
	TRY(reading_unit(&asked->reading, "unit", &unit));
	TRY(read_given(request, &asked->formula));
	TRY(performance_gather(&asked->ask, &asked->record, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_ranking(asked, out);
	if (unit != 0)
		TRY(put_tried_facts(asked, unit, out));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- adopted formulas ---- */

enum err route_formulas(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct json_out *out = reply_list(reply, "formulas");
	struct stored_formula *all;
	size_t count;

	TRY(store_formulas(request->reader, request->arena, &all, &count, &request->why));
	const struct stored_formula *present = stored_formula_on(all, count, reading.viewer.today);

	for (size_t i = count; i-- > 0;) {
		struct formula *formula = ARENA_TAKE(request->arena, 1, struct formula);

		TRY(formula_of_stored(request->arena, &all[i], formula, &request->why));
		/* Before the first one is in force none is. */
		put_formula(request, &reading.teller, formula, &all[i], present, out);
	}
	reply_list_end(out);
	return ERR_OK;
}

enum err route_formula_text(struct http_request *request, struct reply *reply)
{
	int64_t version = request_int(request, "version");
	struct stored_formula *all;
	size_t count;

	TRY(store_formulas(request->reader, request->arena, &all, &count, &request->why));
	if (version > (int64_t)count)
		return err_set_both(&request->why, ERR_NOT_FOUND, "version", err_meaning_zh(ERR_NOT_FOUND),
			err_meaning(ERR_NOT_FOUND));
	reply_body(reply, "text/yaml; charset=utf-8", all[version - 1].text);
	return ERR_OK;
}

enum err route_formula_adopt(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	struct formula formula;

	(void)reply;
	TRY(read_given(request, &formula));
	act->kind = ACT_FORMULA;
	act->what.formula.source =
		(struct definition_text){request_text(request, "file"), request_text(request, "text")};
	act->what.formula.from = request_day(request, "from");
	return writing_act(request, act);
}
