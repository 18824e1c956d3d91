/* report.h: reports as tables, for whoever prints or sends them. Each is made from what is recorded, at one
 * instant, and says nothing that its rows don't. */
#ifndef EXCHANGE_REPORT_H
#define EXCHANGE_REPORT_H

#include "store/store.h"

struct report_column {
	const char *key, *zh, *en;
};
struct report_cell {
	struct str text;
	bool number;
};
struct report {
	const struct report_column *columns;
	size_t column_count;
	struct report_cell *cells; /* row by row */
	size_t cell_count, cell_capacity;
};

/* What it is made from. All of it is borrowed. */
struct report_ask {
	struct arena *arena; /* where the report is made */
	struct store *store;
	const struct viewer *viewer; /* to whom it is told; NULL: the operator, who has the machine */
	const struct org *org;
	const struct calendar *calendar;
	store_procedure_fn *procedure; /* any definition that was ever adopted */
	void *context;
	const struct definition *in_force;
	size_t in_force_count;
	struct instant now;
	int offset_minutes;
	struct str lang;     /* "zh" or "en" */
	struct day from, to; /* both included; DAY_NONE: not limited on that side */
	struct day at;   /* moves: ages on this day and on the day before; vacancies, effects: the day meant,
			  * today   where it is DAY_NONE */
	struct str kind; /* moves: the kind of units whose heads are meant, departments where it is "";
			  * coverage, vacancies, performance: the kind of units, all where it is "" */
	struct str unit; /* performance: code of the unit whose points are told one by one; "": none */
	struct str person; /* results: sign-in name of the one whose record is told line by line; "": none */
	const struct formula *formula; /* performance; NULL: the one in force on the last day of the period */
};

struct report_row {
	const char *name, *period, *zh, *en;
};
size_t report_count(void);
const struct report_row *report_at(size_t i);
const struct report_row *report_find(struct str name); /* NULL when there is no such one */

/* ERR_INVALID when a period is given to a report of the present. */
MUST_CHECK enum err report_make(const struct report_row *row, const struct report_ask *ask,
	struct report *ret_report, struct bh_err *reterr);

#endif
