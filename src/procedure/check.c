/* check.c: every rule of rules.def, one after the other, over one procedure or a whole institution. */
#include "procedure/check.h"

#define PROVES(function)  function
#define NOTHING(function) NULL
static const struct rule rules[] = {
#define RULE(NAME, id, title_zh, title_en, checks, checks_org)                                               \
	{{#NAME, title_zh, title_en, rule_##id##_zh, rule_##id##_en}, checks(rule_##id##_check),             \
		checks_org(rule_##id##_check_org)},
#include "procedure/rules.def"
#undef RULE
};
#undef PROVES
#undef NOTHING

size_t rule_count(void)
{
	return ARRAY_COUNT(rules);
}

const struct rule_row *rule_at(size_t i)
{
	REQUIRE(i < ARRAY_COUNT(rules));
	return &rules[i].row;
}

const struct rule_row *rule_find(struct str name)
{
	for (size_t i = 0; i < ARRAY_COUNT(rules); i++)
		if (str_is(name, rules[i].row.name))
			return &rules[i].row;
	return NULL;
}

static struct check check_begin(
	const struct procedure *procedure, const struct procedures *all, struct findings *findings)
{
	struct check check = {procedure, all, findings, findings->arena, .graph = {.procedure = NULL}};

	check.graph = graph_new(findings->arena, procedure);
	check.paths = paths_from(findings->arena, &check.graph, procedure->start, NULL, NULL);
	tables_make(&check);
	check.without = ARENA_TAKE(findings->arena, procedure->field_count + 1, bool *);
	return check;
}

void procedure_check(
	const struct procedure *procedure, const struct procedures *all, struct findings *findings)
{
	struct check check = check_begin(procedure, all, findings);

	for (size_t i = 0; i < ARRAY_COUNT(rules); i++) {
		check.rule = rules[i].row.name;
		if (rules[i].check != NULL && !findings_full(findings))
			rules[i].check(&check);
	}
}

void procedures_check_org(
	const struct procedures *all, const struct org *org, struct day today, struct findings *findings)
{
	/* Posts are proved apart, not the people who hold them: those change without a new adoption, and
	 * `not_by` keeps them apart in each matter. So no tenure is looked at, on this day or any other. */
	(void)today;
	for (size_t n = 0; n < all->count; n++) {
		struct check check = check_begin(all->items[n], all, findings);

		check.org = org;
		for (size_t i = 0; i < ARRAY_COUNT(rules); i++) {
			check.rule = rules[i].row.name;
			if (rules[i].check_org != NULL && !findings_full(findings))
				rules[i].check_org(&check);
		}
	}
}

void procedures_prove(const struct procedures *all, bool complete, const struct org *org, struct day today,
	struct findings *findings)
{
	for (size_t i = 0; i < all->count; i++)
		procedure_check(all->items[i], complete ? all : NULL, findings);
	if (org != NULL)
		procedures_check_org(all, org, today, findings);
	findings_sort(findings);
}

bool state_ends(const struct procedure *procedure, int state)
{
	return procedure->states[state].end != END_NONE;
}

bool state_succeeds(const struct procedure *procedure, int state)
{
	return procedure->states[state].end == END_SUCCESS;
}

int64_t term_tenths(struct term term)
{
	static const int tenths[] = {[TERM_WORKING_DAYS] = 14, [TERM_DAYS] = 10, [TERM_MONTHS] = 300};

	return (int64_t)term.amount * tenths[term.unit];
}

void list_put(struct buf *buf, struct str name, size_t at, size_t count)
{
	if (at > 0)
		buf_puts(buf, at + 1 == count ? " and " : ", ");
	buf_put(buf, name);
}
