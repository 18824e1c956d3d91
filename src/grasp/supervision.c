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
