/* coverage_record.c: who was covered in a term, for the screen. The same rows as the report of it, with what
 * leads to the matters behind them. */
#include "view/coverage.h"

static void put_supervision(const struct teller *teller, struct json_out *out, enum supervision supervision)
{
	json_out_field_text(out, "supervision", str_from(supervision_name(supervision)));
	json_out_field_text(out, "title", str_from(supervision_title(supervision, teller->chinese)));
}

static void put_line(const struct teller *teller, struct json_out *out, enum supervision supervision,
	const struct coverage_line *line, int first_year)
{
	json_out_open(out, '{');
	put_supervision(teller, out, supervision);
	json_out_key(out, "years");
	json_out_open(out, '[');
	for (int i = 0; i < COVERAGE_YEARS_MAX; i++) {
		if (line->years[i] == 0)
			continue;
		json_out_open(out, '{');
		json_out_field_int(out, "year", first_year + i);
		json_out_field_int(out, "times", line->years[i]);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	if (line->last != NULL) {
		json_out_field_text(out, "last", day_print(teller->arena, line->last->day));
		json_out_field_int(out, "matter", line->last->matter);
		json_out_field_text(out, "number", line->last->number);
	}
	json_out_close(out, '}');
}

struct reckoning {
	const struct teller *teller;
	const struct covered *items;
	size_t count;
	struct day from, to;
	int64_t units, covered[SUPERVISION_FULL_COUNT];
};

/* What was abolished by the end of the term is no gap in it; what reached it before stays. */
static void put_unit(struct reckoning *reckoning, struct json_out *out, const struct unit *unit)
{
	struct coverage_line lines[SUPERVISION_COUNT];
	bool counts = org_unit_is_on(reckoning->teller->institution->org, unit->id, reckoning->to),
	     any = false;
	int64_t reached = 0;

	for (int s = 0; s < SUPERVISION_COUNT; s++) {
		lines[s] = coverage_line_of(reckoning->items, reckoning->count, reckoning->from,
			reckoning->to, unit->id, (enum supervision)s);
		any = any || lines[s].last != NULL;
		if (s >= SUPERVISION_FULL_COUNT || lines[s].last == NULL)
			continue;
		reckoning->covered[s] += counts;
		reached++;
	}
	if (!counts && !any)
		return;
	reckoning->units += counts;
	json_out_open(out, '{');
	json_out_field_text(out, "code", unit->code);
	json_out_field_text(out, "name", tell_unit(reckoning->teller, unit->id));
	json_out_field_text(out, "kind", unit->kind);
	json_out_field_text(out, "kind_label", unit_kind_word(unit->kind, reckoning->teller->chinese));
	json_out_field_int(out, "covered", reached);
	json_out_key(out, "supervisions");
	json_out_open(out, '[');
	for (int s = 0; s < SUPERVISION_COUNT; s++)
		if (s < SUPERVISION_FULL_COUNT || lines[s].last != NULL)
			put_line(reckoning->teller, out, (enum supervision)s, &lines[s],
				coverage_year(reckoning->from));
	json_out_close(out, ']');
	json_out_close(out, '}');
}

static void put_sums(const struct reckoning *reckoning, struct json_out *out)
{
	json_out_key(out, "sums");
	json_out_open(out, '[');
	for (int s = 0; s < SUPERVISION_FULL_COUNT; s++) {
		json_out_open(out, '{');
		put_supervision(reckoning->teller, out, (enum supervision)s);
		json_out_field_int(out, "covered", reckoning->covered[s]);
		json_out_field_int(out, "units", reckoning->units);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

enum err coverage_record_json(const struct teller *teller, const struct coverage_record *record,
	struct json_out *out, struct bh_err *reterr)
{
	const struct institution *institution = teller->institution;
	struct reckoning reckoning = {.teller = teller, .from = record->from, .to = record->to};
	struct covered *items;

	TRY(coverage_term(record->viewer->today, &reckoning.from, &reckoning.to, reterr));
	TRY(institution_covered(
		institution, record->store, teller->arena, record->viewer, &items, &reckoning.count, reterr));
	reckoning.items = items;
	json_out_open(out, '{');
	json_out_field_text(out, "from", day_print(teller->arena, reckoning.from));
	json_out_field_text(out, "to", day_print(teller->arena, reckoning.to));
	json_out_key(out, "units");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_unit_count(institution->org); i++) {
		const struct unit *unit = org_unit_at(institution->org, i);

		if (record->kind.size == 0 || str_equal(unit->kind, record->kind))
			put_unit(&reckoning, out, unit);
	}
	json_out_close(out, ']');
	put_sums(&reckoning, out);
	json_out_close(out, '}');
	return ERR_OK;
}
