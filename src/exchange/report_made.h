/* report_made.h: what the reports share. Private to the room. */
#ifndef EXCHANGE_REPORT_MADE_H
#define EXCHANGE_REPORT_MADE_H

#include "exchange/report.h"

struct making {
	const struct report_ask *ask;
	struct report *report;
	struct bh_err *reterr;
	struct day today;
};

#define COLUMNS(making, table)                                                                               \
	((making)->report->columns = (table), (making)->report->column_count = ARRAY_COUNT(table))

/* The next cell. */
void put_text(struct making *making, struct str text);
void put_number(struct making *making, int64_t number);
void put_percent(struct making *making, int percent); /* -1: empty */
void put_day(struct making *making, struct day day);  /* none: empty */

/* Names in the language that was asked for; "" for 0. */
struct str unit_name(const struct making *making, int64_t unit);
struct str post_name(const struct making *making, int64_t post);
struct str post_in_unit(const struct making *making, int64_t post); /* with its unit before it */
int64_t unit_behind(
	const struct making *making, int64_t unit, int64_t post); /* the post's where `unit` is 0 */
struct str holder_name(const struct making *making, int64_t post, struct day day); /* "" when it is vacant */
/* A word of a closed list in the language asked for. */
struct str word_in(const struct making *making, const char *zh, const char *en);
/* The label of a duty or of a state of a definition. */
struct str duty_label(
	const struct making *making, int64_t definition, struct str kind, int rule, struct str name);
struct str state_label(const struct making *making, int64_t definition, struct str state);

/* Which definition in force, from `*at` on, counts as this (`counts_as`); `*at` goes behind it. NULL: no
 * other. */
const struct procedure *counted_next(const struct making *making, enum count_kind as, size_t *at);
/* The definition by which a matter counts: its own, or, where that is from before the key, the one in force.
 */
const struct procedure *counted_by(
	const struct making *making, const struct procedure *in_force, int64_t definition);
/* Every matter that counts as this, procedure by procedure. */
struct counted_line {
	struct kept_line kept;
	const struct procedure *by;
};
MUST_CHECK enum err counted_list(
	const struct making *making, enum count_kind as, struct counted_line **ret_lines, size_t *ret_count);
/* What the field says that the definition names for this part; NULL: nothing. */
const struct doc *counted_says(const struct procedure *by, enum count_part part, const struct doc *fields);
int64_t counted_unit(const struct procedure *by, enum count_part part, const struct doc *fields); /* or 0 */
struct str counted_text(const struct procedure *by, enum count_part part, const struct doc *fields);

/* The last day before a due instant; the period asked for, as instants. */
struct day due_day(const struct making *making, struct instant due);
struct instant period_from(const struct making *making);
struct instant period_until(const struct making *making);

/* A matter as it is now, for its lamp. */
MUST_CHECK enum err load_matter(const struct making *making, int64_t id, struct matter **ret_matter);
struct str lamp_text(const struct making *making, const struct matter *matter);

#define REPORT(name, period, zh, en) MUST_CHECK enum err report_##name(struct making *making);
#include "exchange/reports.def"
#undef REPORT

#endif
