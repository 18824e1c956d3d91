/* layout_order.c: few crossings. Layers are swept down and up: each item goes where its neighbours in the
 * layer before are on average (barycentre), then neighbours change places while that helps. The best order
 * wins. */
#include "procedure/layout.h"

#include <string.h>

enum {
	SWEEPS = 24,
	SWAP_ROUNDS = 6,
	SCALE = 1024, /* of an average, which is kept in integers */
	PATIENCE =
		4 * 1000 * 1000 /* pairs of links looked at in one count; a denser drawing stays as it is */
};

static int order_of(const struct layout_grid *grid, int item)
{
	return grid->items[item].order;
}

static bool links_cross(const struct layout_grid *grid, int a, int b)
{
	int64_t above = order_of(grid, grid->links[a].upper) - order_of(grid, grid->links[b].upper);
	int64_t below = order_of(grid, grid->links[a].lower) - order_of(grid, grid->links[b].lower);

	return above * below < 0;
}

static int64_t crossings_count(const struct layout_grid *grid)
{
	int64_t crossings = 0;

	for (int at = 0; at < grid->layer_count; at++) {
		const struct layout_layer *layer = &grid->layers[at];

		for (int i = 0; i < layer->link_count; i++)
			for (int j = 0; j < i; j++)
				crossings += links_cross(grid, layer->links[i], layer->links[j]);
	}
	return crossings;
}

static int64_t pairs_count(const struct layout_grid *grid)
{
	int64_t pairs = 0;

	for (int at = 0; at < grid->layer_count; at++)
		pairs += (int64_t)grid->layers[at].link_count * grid->layers[at].link_count;
	return pairs;
}

/* The links between a layer and its neighbour above or below, as the neighbour's or its own. */
static const struct layout_layer *links_holder(const struct layout_grid *grid, int at, bool above)
{
	int holder = above ? at - 1 : at;

	return holder >= 0 && holder < grid->layer_count - 1 ? &grid->layers[holder] : NULL;
}

/* Where the neighbours of an item are on average; its own place when it has none. */
static int64_t barycentre(const struct layout_grid *grid, int at, int item, bool above)
{
	const struct layout_layer *holder = links_holder(grid, at, above);
	int64_t sum = 0, count = 0;

	for (int i = 0; holder != NULL && i < holder->link_count; i++) {
		const struct layout_link *link = &grid->links[holder->links[i]];

		if ((above ? link->lower : link->upper) != item)
			continue;
		sum += order_of(grid, above ? link->upper : link->lower);
		count++;
	}
	return count == 0 ? (int64_t)order_of(grid, item) * SCALE : sum * SCALE / count;
}

static void layer_number(struct layout_grid *grid, const struct layout_layer *layer)
{
	for (int i = 0; i < layer->count; i++)
		grid->items[layer->items[i]].order = i;
}

/* `turn` reverses equals, which helps out of an order that is only the best nearby. */
static void layer_sort(struct layout_grid *grid, int at, bool above, bool turn)
{
	struct layout_layer *layer = &grid->layers[at];
	int64_t *keys = ARENA_TAKE(grid->arena, (size_t)layer->count + 1, int64_t);

	for (int i = 0; i < layer->count; i++)
		keys[i] = barycentre(grid, at, layer->items[i], above);
	for (int i = 1; i < layer->count; i++) {
		int item = layer->items[i];
		int64_t key = keys[i];
		int j = i;

		for (; j > 0 && keys[j - 1] > key - turn; j--) {
			keys[j] = keys[j - 1];
			layer->items[j] = layer->items[j - 1];
		}
		keys[j] = key;
		layer->items[j] = item;
	}
	layer_number(grid, layer);
}

static int64_t crossings_near(const struct layout_grid *grid, int at)
{
	int64_t crossings = 0;

	for (int above = 0; above < 2; above++) {
		const struct layout_layer *holder = links_holder(grid, at, above);

		for (int i = 0; holder != NULL && i < holder->link_count; i++)
			for (int j = 0; j < i; j++)
				crossings += links_cross(grid, holder->links[i], holder->links[j]);
	}
	return crossings;
}

static void neighbours_swap(struct layout_grid *grid, struct layout_layer *layer, int i)
{
	int left = layer->items[i];

	layer->items[i] = layer->items[i + 1];
	layer->items[i + 1] = left;
	grid->items[layer->items[i]].order = i;
	grid->items[left].order = i + 1;
}

static bool layer_swap(struct layout_grid *grid, int at)
{
	struct layout_layer *layer = &grid->layers[at];
	int64_t now = crossings_near(grid, at);
	bool better = false;

	for (int i = 0; now > 0 && i + 1 < layer->count; i++) {
		neighbours_swap(grid, layer, i);
		int64_t then = crossings_near(grid, at);

		if (then < now) {
			now = then;
			better = true;
		} else {
			neighbours_swap(grid, layer, i);
		}
	}
	return better;
}

static void sweep(struct layout_grid *grid, bool down, bool turn)
{
	for (int i = 1; i < grid->layer_count; i++)
		layer_sort(grid, down ? i : grid->layer_count - 1 - i, down, turn);
	for (int round = 0; round < SWAP_ROUNDS; round++) {
		bool better = false;

		for (int at = 0; at < grid->layer_count; at++)
			better |= layer_swap(grid, at);
		if (!better)
			break;
	}
}

static int *orders_copy(const struct layout_grid *grid, int *orders)
{
	for (size_t i = 0; i < grid->item_count; i++)
		orders[i] = grid->items[i].order;
	return orders;
}

static void orders_restore(struct layout_grid *grid, const int *orders)
{
	for (size_t i = 0; i < grid->item_count; i++) {
		grid->items[i].order = orders[i];
		grid->layers[grid->items[i].layer].items[orders[i]] = (int)i;
	}
}

void layout_order(struct layout_grid *grid)
{
	int *best = orders_copy(grid, ARENA_TAKE(grid->arena, grid->item_count, int));

	if (pairs_count(grid) > PATIENCE)
		return;
	int64_t fewest = crossings_count(grid);

	for (int i = 0; i < SWEEPS && fewest > 0; i++) {
		sweep(grid, i % 2 == 0, i % 4 >= 2);
		int64_t crossings = crossings_count(grid);

		if (crossings < fewest) {
			fewest = crossings;
			orders_copy(grid, best);
		}
	}
	orders_restore(grid, best);
}
