/* supervision.c: which unit a matter covers, by which supervision and when. */
#include "grasp/grasp.h"

static const struct {
	const char *zh, *en;
} titles[SUPERVISION_COUNT] = {
	[SUPERVISION_DISCIPLINE] = {"纪律监督", "discipline"},
	[SUPERVISION_OVERSIGHT] = {"监察监督", "oversight"},
	[SUPERVISION_STATIONED] = {"派驻监督", "stationed"},
	[SUPERVISION_INSPECTION] = {"巡察监督", "inspection"},
	[SUPERVISION_SPECIAL] = {"专项督查", "special"},
};

const char *supervision_title(enum supervision supervision, bool chinese)
{
	return chinese ? titles[supervision].zh : titles[supervision].en;
}

bool coverage_read(const struct procedure *procedure, const struct doc *fields, struct day acted,
	struct covered *ret_covered)
{
	const struct doc *day = procedure_says(procedure, procedure->covers.begun_on, fields);
	const struct doc *kind = procedure_says(procedure, procedure->covers.kind, fields);
	const struct doc *unit = procedure_says(procedure, procedure->covers.unit, fields);
	struct covered covered = {.unit = unit != NULL && unit->kind == DOC_INT ? unit->number : 0,
		.supervision = procedure->covers.always,
		.day = acted};

	if (kind != NULL)
		covered.supervision = supervision_of(kind->text);
	if (day != NULL && day_parse(day->text, &covered.day, NULL) != ERR_OK)
		covered.day = acted;
	if (covered.unit == 0 || covered.supervision == SUPERVISION_COUNT)
		return false;
	*ret_covered = covered;
	return true;
}

/* ---- a term ---- */

int coverage_year(struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return year;
}

enum err coverage_term(struct day today, struct day *from, struct day *to, struct bh_err *reterr)
{
	int last = coverage_year(today);

	if (day_is_none(*from) && day_is_none(*to) &&
		(!day_make(last - COVERAGE_TERM_YEARS + 1, 1, 1, from) || !day_make(last, 12, 31, to)))
		return err_set(reterr, ERR_RANGE, "now", "there is no such term");
	if (day_is_none(*from))
		*from = day_add_months(day_add(*to, 1), -12 * COVERAGE_TERM_YEARS);
	if (day_is_none(*to))
		*to = day_add(day_add_months(*from, 12 * COVERAGE_TERM_YEARS), -1);
	if (from->number > to->number)
		return err_set(reterr, ERR_INVALID, "to", "the period would end before it begins");
	if (coverage_year(*to) - coverage_year(*from) >= COVERAGE_YEARS_MAX)
		return err_set(reterr, ERR_RANGE, "to", "a term has %d years at most", COVERAGE_YEARS_MAX);
	return ERR_OK;
}

struct coverage_line coverage_line_of(const struct covered *items, size_t count, struct day from,
	struct day to, int64_t unit, enum supervision supervision)
{
	struct coverage_line line = {0};

	for (size_t i = 0; i < count; i++) {
		const struct covered *item = &items[i];

		if (item->unit != unit || item->supervision != supervision ||
			item->day.number < from.number || item->day.number > to.number)
			continue;
		line.years[coverage_year(item->day) - coverage_year(from)]++;
		if (line.last == NULL || item->day.number >= line.last->day.number)
			line.last = item;
	}
	return line;
}
