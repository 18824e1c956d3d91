/* supervision.c: which matters cover a unit, and by which supervision. */
#include "grasp/grasp.h"

static const char *const names[SUPERVISION_COUNT] = {
	[SUPERVISION_DISCIPLINE] = "discipline",
	[SUPERVISION_OVERSIGHT] = "oversight",
	[SUPERVISION_STATIONED] = "stationed",
	[SUPERVISION_INSPECTION] = "inspection",
	[SUPERVISION_SPECIAL] = "special",
};

/* What is only planned covers nobody: each row names the action by which it is begun, or, where the plan is a
 * matter of paper, ended. `supervision` COUNT: the field `kind` says. */
static const struct row {
	struct coverage_source source;
	enum supervision supervision;
} rows[] = {
	{{"inspection", "enter"}, SUPERVISION_INSPECTION},
	{{"supervision_check", "begin"}, SUPERVISION_COUNT},
	{{"special_supervision", "conclude"}, SUPERVISION_SPECIAL},
};

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

const char *supervision_name(enum supervision supervision)
{
	return names[supervision];
}

size_t coverage_source_count(void)
{
	return ARRAY_COUNT(rows);
}

const struct coverage_source *coverage_source_at(size_t i)
{
	REQUIRE(i < ARRAY_COUNT(rows));
	return &rows[i].source;
}

static enum supervision supervision_of(struct str name)
{
	int i = 0;

	while (i < SUPERVISION_COUNT && !str_is(name, names[i]))
		i++;
	return (enum supervision)i;
}

bool coverage_read(const struct coverage_source *source, const struct doc *fields, struct day acted,
	struct covered *ret_covered)
{
	struct covered covered = {.unit = doc_get_int(fields, "unit", 0), .supervision = SUPERVISION_COUNT};

	for (size_t i = 0; i < ARRAY_COUNT(rows); i++)
		if (&rows[i].source == source)
			covered.supervision = rows[i].supervision;
	if (covered.supervision == SUPERVISION_COUNT)
		covered.supervision = supervision_of(doc_get_text(fields, "kind"));
	if (day_parse(doc_get_text(fields, "begin"), &covered.day, NULL) != ERR_OK)
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
