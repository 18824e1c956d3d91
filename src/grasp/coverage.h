/* coverage.h: what the files of the coverage plan share. Private to the room. */
#ifndef GRASP_COVERAGE_H
#define GRASP_COVERAGE_H

#include "grasp/grasp.h"

/* A problem being worked on: what it forbids, laid out for asking, and the plan so far. */
struct coverage_work {
	const struct coverage_problem *problem;
	struct arena *arena;
	unsigned char *until; /* [unit * inspector_count + inspector]: barred in the rounds before it */
	bool *allowed;        /* [unit * round_count + round]: by window, and enough who may inspect it */
	bool narrowed;        /* the inspectors leave fewer teams, or a unit fewer rounds, than there are */
	int *teams;           /* [round]: that can be used */
	int seats_max;        /* that all inspectors together can take */
	int *at;              /* [unit]: its slot, -1 none. A slot is round * team_max + team */
	int team_max, slot_count;
	int tries;          /* how often units are exchanged before the solver is asked */
	int *count, *load;  /* [slot]: units, and their weight */
	int *seats;         /* as in the plan */
	int *served;        /* [inspector] */
	bool *stuck, *full; /* once it is impossible: the units and rounds that are enough to make it so */
	bool staffless;     /* … without a word about inspectors */
	int *members;       /* [slot] */
};

/* ---- coverage_match.c: which units can go into which rounds ---- */

void coverage_lay_out(
	struct coverage_work *work, const struct coverage_problem *problem, struct arena *arena);
/* Can so many teams be manned in all, as far as numbers go? */
bool coverage_can_man(const struct coverage_work *work, int teams);
/* Give each unit a round, as many units a round as its teams take: ret_round[unit]. When it can't be done,
 * ret_round has -1 for some, and *ret_stuck, *ret_full tell the fewest units that crowd each other out and
 * the rounds they have (Hall's theorem): one unit more than there is room. */
MUST_CHECK bool coverage_match(struct coverage_work *work, int *ret_round, bool *ret_stuck, bool *ret_full);
/* Take away teams that can't all be manned under serve_max. false when it wasn't found out how. */
MUST_CHECK bool coverage_shrink(struct coverage_work *work, int *ret_round);

/* ---- coverage_spread.c: teams, and even work ---- */

/* Put the units of each round into its teams. */
void coverage_seat_units(struct coverage_work *work, const int *round);
/* Move and exchange units until the heaviest work is the least, or it is given up. */
void coverage_spread(struct coverage_work *work);
void coverage_move(struct coverage_work *work, int unit, int slot);
void coverage_exchange(struct coverage_work *work, int a, int b);
bool coverage_may_go(const struct coverage_work *work, int unit, int slot);
bool coverage_may_swap(const struct coverage_work *work, int a, int b);
/* No plan has a team with less work than this. */
int coverage_load_least(const struct coverage_work *work);

/* 0 … below - 1, in a sequence that is the same everywhere (Knuth's MMIX generator). */
int coverage_next(uint64_t *state, int below);

/* ---- coverage_staff.c: inspectors ---- */

bool coverage_may_sit(const struct coverage_work *work, int inspector, int slot);
/* Seat inspectors in every team that has units, nobody in more than `most` rounds, keeping who sits well
 * already. *ret_short is a team that can't be filled when it fails. */
MUST_CHECK bool coverage_staff(struct coverage_work *work, int most, int *ret_short);
void coverage_unseat(struct coverage_work *work);
/* Exchange units between teams until all can be filled; at most work->tries times. */
MUST_CHECK bool coverage_repair(struct coverage_work *work);
/* Let whoever serves most serve as seldom as can be; returns the even share, which nobody who serves most
 * goes below. */
int coverage_even(struct coverage_work *work);

/* ---- coverage_solver.c ---- */

/* The whole question as an integer program; `quick`: give up sooner. When planned, places and seats of `work`
 * are filled. */
MUST_CHECK enum coverage_verdict coverage_program(struct coverage_work *work, bool quick);
/* Can the units go into rounds and teams so that no team has more work than `load`? Inspectors aren't asked
 * of, so "impossible" is a proof for every plan. When planned, the places of `work` are filled. */
MUST_CHECK enum coverage_verdict coverage_program_load(struct coverage_work *work, int load);

/* ---- coverage.c ---- */

/* Is there a plan? `quick`: take no care of even work, and let exchanges alone soon. */
MUST_CHECK enum coverage_verdict coverage_decide(struct coverage_work *work, bool quick);

/* ---- coverage_conflict.c ---- */

/* A problem that was proved impossible: which of its limits do it. */
void coverage_explain(struct coverage_work *work, struct coverage_conflict *ret_conflict);

#endif
