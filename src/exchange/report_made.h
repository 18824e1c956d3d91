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
