/* district.h: the small district of tests/matter/world.h as a real installation: a data folder of its own,
 * its rows recorded as events, key_task and accountability adopted, time and chance injected.
 *
 * Whatever is done goes through act_run. The world's scene is kept only to read what a person types and to
 * look up codes: its rows have the same ids. */
#ifndef TESTS_ACT_DISTRICT_H
#define TESTS_ACT_DISTRICT_H

#include "act/act.h"
#include "matter/world.h"

struct district {
	struct str dir; /* the data folder; removed by district_free */
	struct scene *scene;
	struct arena *arena;
	struct instant now;
	_Atomic uint64_t chance; /* drawn from by the writer and by the gate */
	struct act_source source;
	struct installation *installation;
	struct store *reader;
	struct receipt receipt; /* of the last act */
	struct bh_err why;      /* of the last refusal */
	int64_t matter;         /* the one that was opened last */
	int64_t recorder; /* who records a row of the institution that names nobody; 0: the founding itself */
};

/* Founded and furnished, on 2019-03-04 at 09:00, open for writing. */
struct district *district_new(void);
void district_free(struct district *district);
/* A folder of its own with nothing in it. */
struct str temporary_folder(struct arena *arena);
void remove_folder(struct str dir);

/* Close it and open it again, as a restart does. */
void district_reopen(struct district *district);
void district_close(struct district *district);
enum err district_open(struct district *district);
void district_at(struct district *district, const char *instant);
/* Let the clock do what is due; returns how many events that was. */
int64_t district_sweep(struct district *district);
int64_t district_pass(struct district *district, const char *instant);

/* Each fills district->receipt or district->why. `who` is a code or "code for code". */
enum err district_act(struct district *district, struct act act);
enum err district_command(
	struct district *district, const char *who, struct command command, const char *key);
enum err district_begin(
	struct district *district, const char *who, const char *procedure, const char *fields); /* open */
enum err district_do(
	struct district *district, const char *who, int64_t matter, const char *action, const char *fields);
enum err district_appoint(struct district *district, const char *post, const char *person, const char *day);
/* A key task led by water under the vice mayor, opened by the office and brought to `state`. Returns its id.
 */
int64_t district_key_task(struct district *district, const char *state, const char *due);

/* The matter as its rows say; in the district's arena. */
struct matter *district_matter(struct district *district, int64_t id);
/* One number that a query gives, $1 the institution, $2 now; fails the test when it gives none. */
int64_t district_number(struct district *district, const char *sql);
struct str district_text(struct district *district, const char *sql);

void district_must(struct district *district, enum err err);

#endif
