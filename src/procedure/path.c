#include "procedure/path.h"

static int edge_count(const struct action *action)
{
	return action->to < 0 ? 0 : (int)action->from_count;
}

/* Turns counts, each one place behind its state, into where each state's edges begin. */
static void add_up(int *first, size_t count)
{
	for (size_t s = 0; s < count; s++)
		first[s + 1] += first[s];
}

static int count_edges(struct graph *graph)
{
	const struct procedure *procedure = graph->procedure;
	int total = 0;

	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		total += edge_count(action);
		for (int k = 0; k < edge_count(action); k++) {
			graph->first[action->from[k] + 1]++;
			graph->first_into[action->to + 1]++;
		}
	}
	add_up(graph->first, procedure->state_count);
	add_up(graph->first_into, procedure->state_count);
	return total;
}

struct graph graph_new(struct arena *arena, const struct procedure *procedure)
{
	struct graph graph = {.procedure = procedure};
	size_t states = procedure->state_count;
	int *out = ARENA_TAKE(arena, states + 1, int), *into = ARENA_TAKE(arena, states + 1, int), total;

	graph.first = ARENA_TAKE(arena, states + 1, int);
	graph.first_into = ARENA_TAKE(arena, states + 1, int);
	total = count_edges(&graph);
	graph.edges = ARENA_TAKE(arena, (size_t)total + 1, struct edge);
	graph.edges_into = ARENA_TAKE(arena, (size_t)total + 1, struct edge);
	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		for (int k = 0; k < edge_count(action); k++) {
			int from = action->from[k], to = action->to;

			graph.edges[graph.first[from] + out[from]++] = (struct edge){(int)i, to};
			graph.edges_into[graph.first_into[to] + into[to]++] = (struct edge){(int)i, from};
		}
	}
	return graph;
}

struct paths paths_from(struct arena *arena, const struct graph *graph, int from, path_filter_fn *may_pass,
	const void *context)
{
	size_t count = graph->procedure->state_count;
	struct paths paths = {graph->procedure, ARENA_TAKE(arena, count + 1, int),
		ARENA_TAKE(arena, count + 1, int), ARENA_TAKE(arena, count + 1, int)};
	int *queue = ARENA_TAKE(arena, count + 1, int);
	size_t head = 0, tail = 0;

	for (size_t s = 0; s < count; s++)
		paths.distance[s] = paths.before[s] = paths.by[s] = -1;
	if (from < 0)
		return paths;
	paths.distance[from] = 0;
	queue[tail++] = from;
	while (head < tail) {
		int state = queue[head++];

		for (int e = graph->first[state]; e < graph->first[state + 1]; e++) {
			struct edge edge = graph->edges[e];

			if (paths.distance[edge.to] >= 0 ||
				(may_pass != NULL &&
					!may_pass(graph->procedure, edge.action, state, context)))
				continue;
			paths.distance[edge.to] = paths.distance[state] + 1;
			paths.before[edge.to] = state;
			paths.by[edge.to] = edge.action;
			queue[tail++] = edge.to;
		}
	}
	return paths;
}

bool paths_reach(const struct paths *paths, int state)
{
	return state >= 0 && paths->distance[state] >= 0;
}

/* All that hangs together with what is marked, along `edges`. `backwards` says that an edge's `to` is the
 * state the action is done in. */
static bool *spread(struct arena *arena, const struct graph *graph, const bool *marked, bool backwards,
	path_filter_fn *may_pass, const void *context)
{
	int count = (int)graph->procedure->state_count, waiting = 0;
	const int *first = backwards ? graph->first_into : graph->first;
	const struct edge *edges = backwards ? graph->edges_into : graph->edges;
	bool *seen = ARENA_TAKE(arena, (size_t)count + 1, bool);
	int *stack = ARENA_TAKE(arena, (size_t)count + 1, int);

	for (int s = 0; s < count; s++)
		if (marked[s]) {
			seen[s] = true;
			stack[waiting++] = s;
		}
	while (waiting > 0) {
		int state = stack[--waiting];

		for (int e = first[state]; e < first[state + 1]; e++) {
			int next = edges[e].to, done_in = backwards ? next : state;

			if (seen[next] || (may_pass != NULL && !may_pass(graph->procedure, edges[e].action,
								       done_in, context)))
				continue;
			seen[next] = true;
			stack[waiting++] = next;
		}
	}
	return seen;
}

bool *graph_leads_from(struct arena *arena, const struct graph *graph, const bool *begin,
	path_filter_fn *may_pass, const void *context)
{
	return spread(arena, graph, begin, false, may_pass, context);
}

bool *graph_leads_to(struct arena *arena, const struct graph *graph, const bool *goal,
	path_filter_fn *may_pass, const void *context)
{
	return spread(arena, graph, goal, true, may_pass, context);
}

void path_put_action(struct buf *buf, const struct procedure *procedure, int action, int state)
{
	const struct action *taken = &procedure->actions[action];
	int to = taken->to >= 0 ? taken->to : state;

	buf_format(buf, " ─%.*s→ %.*s", STR_ARG(taken->name), STR_ARG(procedure->states[to].name));
}

void path_put_rest(struct buf *buf, const struct paths *paths, int state)
{
	int length, *way;

	REQUIRE(paths_reach(paths, state));
	length = paths->distance[state];
	way = ARENA_TAKE(buf->arena, (size_t)length + 1, int);
	for (int at = length; at > 0; at--) {
		way[at] = state;
		state = paths->before[state];
	}
	for (int at = 1; at <= length; at++)
		path_put_action(buf, paths->procedure, paths->by[way[at]], way[at]);
}

void path_put(struct buf *buf, const struct paths *paths, int state)
{
	int first = state;

	REQUIRE(paths_reach(paths, state));
	while (paths->before[first] >= 0)
		first = paths->before[first];
	buf_put(buf, paths->procedure->states[first].name);
	path_put_rest(buf, paths, state);
}

struct str path_print(struct arena *arena, const struct paths *paths, int state)
{
	struct buf buf = buf_new(arena);

	if (!paths_reach(paths, state))
		return STR_NONE;
	path_put(&buf, paths, state);
	return buf_str(&buf);
}

bool action_moves(const struct action *action, int state)
{
	return action->to >= 0 && action->to != state && action_leaves(action, state);
}
