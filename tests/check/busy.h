/* busy.h: a district with a history in which everything happens once: what replay, audit and the law are
 * tried on. And the means to tamper with it. */
#ifndef TESTS_CHECK_BUSY_H
#define TESTS_CHECK_BUSY_H

#include "act/district.h"
#include "check/check.h"

/* Key tasks closed, withdrawn, late, suspended and resumed, extended, broken down into parts, instructed and
 * answered, by delegates and across a change of office, a breach with its accountability, a changed calendar
 * a clock that ran back, accounts and their administrators, a compartment, a meeting whose chief spoke
 * first, and a unit that ended and one that was renamed. Ends on 2019-05-06 09:00 with nothing left to sweep.
 */
struct district *busy_district(void);
/* Without what a program of schema 18 couldn't record: files between levels, the end of a unit, its names. */
struct district *busy_district_of_18(void);

/* The busy district's data folder copied to a new file and opened by SQLite, to be edited. */
struct tampered {
	struct str dir; /* a folder like the live one; the database alone is in it */
	struct store *store;
};
/* Run `sql` on a copy of the district's database and open that to read. Fails the test when it can't be run.
 */
struct tampered tamper(struct district *district, const char *sql);
void tampered_free(struct district *district, struct tampered *tampered);

/* Random commands by random people on random matters, legal or not, `count` of them, from a seed; time goes
 * on and the clock sweeps now and then. Returns how many were done. */
int random_history(struct district *district, uint64_t seed, int count);

#endif
