/* bench.h: what the benchmark programs share: time, samples, memory, and the installation they fill.
 *
 * A benchmark measures and prints; it never judges. Each figure stands beside the raw limit of the same
 * machine in the same run wherever there is one. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "act/act.h"

int64_t bench_now_us(void); /* monotonic */

/* Samples of a duration in µs, sorted on demand. */
struct samples {
	int64_t *items;
	size_t count, capacity;
};
void samples_add(struct samples *samples, int64_t us);
/* The sample below which `permille` of them lie; 0 when there are none. */
int64_t samples_at(struct samples *samples, int permille);
void samples_free(struct samples *samples);

/* Resident memory of this process in KiB: now, and at its highest since it began or was told to forget that.
 */
int64_t memory_now_kib(void);
int64_t memory_peak_kib(void);
void memory_peak_forget(void);

/* One figure on a line of its own: "writes.ours  15321  acts/s". scripts/bench makes the tables from these.
 */
void figure(const char *name, double value, const char *unit);

/* Stops with the error in words. A benchmark has nothing to rescue. */
void must(enum err err, const struct bh_err *why);

/* The time of the bench: it stands where it is put and moves a millisecond with each look, so that no run
 * depends on the day on which it is made. Randomness is the kernel's. */
extern struct act_source bench_source;
void bench_time_put(struct instant instant);

/* Key tasks, as many at once as `in_flight`, each answered before the next takes its place. */
struct filling {
	struct installation *installation;
	int64_t unit_count;
	const int64_t *units;  /* ids of the lead units, taken in turn */
	const int64_t *people; /* who signs and reports for each of them */
	int64_t clerk;         /* of the supervision office */
	int64_t commander;     /* a post */
};
/* What the org of Pengjiang offers for that; arrays in `arena`. */
struct filling filling_of(struct installation *installation, const struct org *org, struct arena *arena);

enum bench_step { STEP_OPEN, STEP_DISPATCH, STEP_SIGN, STEP_REPORT };
/* Do one step for the matters `first` to `first + count - 1` (STEP_OPEN makes them). Latencies, from asking
 * to the answer after the commit, go to `latencies` (may be NULL). Returns the seconds it took. */
double fill_step(const struct filling *filling, enum bench_step step, int64_t first, int64_t count,
	int in_flight, struct samples *latencies);

/* The parts, each a program of its own so that memory can be told apart: `argv` begins with the data folder.
 */
int bench_fill(int argc, char **argv); /* DIR COUNT: open COUNT key tasks in what bihuan init has made */
int bench_write(
	int argc, char **argv); /* DIR COUNT IN-FLIGHT FIRST: dispatch, sign, report; beside bare SQLite */
int bench_sweep(int argc, char **argv); /* DIR: let every open duty fall due at one instant */
int bench_read(int argc, char **argv);  /* DIR ROUNDS: lists and counters */
int bench_idle(int argc, char **argv);  /* DIR: time to open, memory when idle */

int bench_run(int argc, char **argv);  /* NAME COUNT UNIT COMMAND…: a whole command from outside */
int bench_size(int argc, char **argv); /* DIR: events in the ledger, a bare number */

/* Of a running server. */
int bench_sign_in(int argc, char **argv); /* PORT ACCOUNT PASSWORD: the session, a bare text */
int bench_clients(int argc, char **argv); /* NAME PORT COOKIE CLIENTS SECONDS NUMBERS (METHOD PATH BODY)… */
int bench_page(int argc, char **argv);    /* libmicrohttpd alone with one page: prints its port */

/* The same rows written to a copy by SQLite alone: as many acts to a commit as `in_flight`. Acts a second. */
double raw_commit(const char *copy, const char *original, int64_t first_event, int in_flight, int64_t acts);

#endif
