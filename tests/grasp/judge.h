/* judge.h: a plan judged by the text of the limits, apart from the planner; instances made from a seed. */
#ifndef TESTS_GRASP_JUDGE_H
#define TESTS_GRASP_JUDGE_H

#include "grasp/grasp.h"

/* NULL when the plan keeps every limit and tells its loads truly; else what is wrong with it. */
const char *judge_plan(
	struct arena *arena, const struct coverage_problem *problem, const struct coverage_plan *plan);

/* The same in every run: 0 … below - 1. */
int chance(uint64_t *state, int below);

/* An instance that has a plan: one is drawn first, and all limits are made around it. `slack`: rounds that a
 * window reaches beyond the drawn round on either side, at most. */
struct shape {
	int units, rounds, teams, per_team, team_size, inspectors, serve_max, bars, slack;
};
struct coverage_problem feasible_problem(struct arena *arena, const struct shape *shape, uint64_t seed);

/* Is there a plan? By trying them all: for tiny instances. */
bool any_plan(const struct coverage_problem *problem);
/* The same where no team has more work than `load`. */
bool any_plan_within(const struct coverage_problem *problem, int load);

#endif
