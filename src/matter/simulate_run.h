/* simulate_run.h: what the files of a simulation share. Private to the room. */
#ifndef MATTER_SIMULATE_RUN_H
#define MATTER_SIMULATE_RUN_H

#include "matter/engine.h"
#include "matter/simulate.h"

/* One matter being played, in a house made up for its procedure. */
struct run {
	struct arena *arena; /* of this run; gone with it */
	const struct procedure *procedure;
	struct chance *chance;
	struct org *org;
	int64_t outsider; /* a person who has no role in anything */
	struct world world;
	struct matter *matter; /* NULL until it is opened */
	struct events history;
	int64_t next_index;
	const int *distance; /* from each state to the nearest end, in actions; -1: no way */
	struct buf trace;
	struct simulation *result;
};

/* ---- simulate_house.c ---- */

/* A unit with a head, a deputy and a liaison for each function and each field that names somebody. */
void house_build(struct run *run, const struct procedures *all);
/* A value of the right kind for this field, by chance; roles named by different fields never meet. */
struct doc *house_value(struct run *run, const struct field *field);
/* The people who may act as this role now; returns how many were written. */
size_t house_people(const struct run *run, int role, int64_t *people, size_t max);

/* ---- simulate_try.c: each returns what decide says; on success it has been carried out ---- */

enum err try_command(struct run *run, const struct command *command, struct str says);
enum err try_open(struct run *run);
/* By one of the people of its role: the first, in an order of chance, whom nothing forbids. */
enum err try_action(struct run *run, int action);
enum err try_request(struct run *run, int request);
enum err try_decision(struct run *run);
enum err try_word(struct run *run);
/* Something that must be refused. */
void try_illegal(struct run *run);
/* Let the clock do all that is due; then let it be later. */
void run_clock(struct run *run);
void run_wait(struct run *run, int days);

/* ---- simulate_promise.c ---- */

void promise_break(struct run *run, enum promise promise, const char *zh, const char *en);
void promise_check_bearer(struct run *run);
/* `duty` as it was before the breach; `events` what came of it. */
void promise_check_breach(struct run *run, const struct duty *duty, const struct events *events);
void promise_check_replay(struct run *run);

#endif
