#include "procedure/path.h"

static int edge_count(const struct action *action)
{
	return action->to < 0 ? 0 : (int)action->from_count;
}

struct graph graph_new(struct arena *arena, const struct procedure *procedure)
{
	struct graph graph = {.procedure = procedure};
	int *filled = ARENA_TAKE(arena, procedure->state_count + 1, int);
	int total = 0;

	graph.first = ARENA_TAKE(arena, procedure->state_count + 1, int);
	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		total += edge_count(action);
		for (int k = 0; k < edge_count(action); k++)
			graph.first[action->from[k] + 1]++;
	}
	for (size_t s = 0; s < procedure->state_count; s++)
		graph.first[s + 1] += graph.first[s];
	graph.edges = ARENA_TAKE(arena, (size_t)total + 1, struct edge);
	for (size_t i = 0; i < procedure->action_count; i++) {
		const struct action *action = &procedure->actions[i];

		for (int k = 0; k < edge_count(action); k++) {
			int from = action->from[k];

			graph.edges[graph.first[from] + filled[from]++] = (struct edge){(int)i, action->to};
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

bool *graph_leads_to(struct arena *arena, const struct graph *graph, const bool *goal,
	path_filter_fn *may_pass, const void *context)
{
	int count = (int)graph->procedure->state_count;
	bool *leads = ARENA_TAKE(arena, (size_t)count + 1, bool);
	bool grew = true;

	for (int s = 0; s < count; s++)
		leads[s] = goal[s];
	while (grew) {
		grew = false;
		for (int s = 0; s < count; s++)
			for (int e = graph->first[s]; !leads[s] && e < graph->first[s + 1]; e++)
				if (leads[graph->edges[e].to] &&
					(may_pass == NULL || may_pass(graph->procedure,
								     graph->edges[e].action, s, context)))
					leads[s] = grew = true;
	}
	return leads;
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
