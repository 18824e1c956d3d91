/* path.h: ways through the states of one procedure. Private to the room.
 *
 * The states are points and every action that has a `to` draws an edge from each state it may be done in.
 * All answers are in the order of the text, so the same definition always gives the same path. */
#ifndef PROCEDURE_PATH_H
#define PROCEDURE_PATH_H

#include "procedure/procedure.h"

struct edge {
	int action, to;
};

struct graph {
	const struct procedure *procedure;
	int *first; /* the edges of state s are edges[first[s]] … edges[first[s + 1] - 1] */
	struct edge *edges;
	/* And backwards: those that lead to s, each with the state it leads from in `to`. */
	int *first_into;
	struct edge *edges_into;
};

/* May a way go through this action out of this state? NULL in place of the function lets all through. */
typedef bool path_filter_fn(const struct procedure *procedure, int action, int state, const void *context);

/* The shortest ways from one state to all others. */
struct paths {
	const struct procedure *procedure;
	int *distance; /* for each state, in actions; -1: no way leads there */
	int *before;   /* the state one action nearer the beginning; -1 at the beginning */
	int *by;       /* the action that leads here from `before` */
};

/* The graph lives in `arena` and borrows the procedure. */
struct graph graph_new(struct arena *arena, const struct procedure *procedure);

/* Breadth first from `from` through the actions that `may_pass` lets through. `from` -1 reaches nothing. */
struct paths paths_from(struct arena *arena, const struct graph *graph, int from, path_filter_fn *may_pass,
	const void *context);
bool paths_reach(const struct paths *paths, int state);

/* For each state: can it be reached from one marked in `begin`, or can one marked in `goal` be reached from
 * it, through the actions that `may_pass` lets through? A marked state reaches itself. */
bool *graph_leads_from(struct arena *arena, const struct graph *graph, const bool *begin,
	path_filter_fn *may_pass, const void *context);
bool *graph_leads_to(struct arena *arena, const struct graph *graph, const bool *goal,
	path_filter_fn *may_pass, const void *context);

/* "draft ─dispatch→ dispatched", from where the paths begin to `state`, which they REQUIRE to reach. */
void path_put(struct buf *buf, const struct paths *paths, int state);
/* " ─close→ closed" behind it; an action without `to` comes back to `state`. */
void path_put_action(struct buf *buf, const struct procedure *procedure, int action, int state);
/* The actions of the path behind its first state: for a path that goes on from another. */
void path_put_rest(struct buf *buf, const struct paths *paths, int state);
struct str path_print(struct arena *arena, const struct paths *paths, int state); /* "" when not reached */

/* Does doing `action` in `state` bring the matter to another state? */
bool action_moves(const struct action *action, int state);

#endif
