/* layout_order.c: few crossings. Layers are swept down and up: each item goes where its neighbours in the
 * layer before are on average (barycentre), then neighbours change places while that helps. The best order
 * wins. */
#include "procedure/layout.h"

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

/* Where the neighbours of an item are on average; its own place when it has none on that side. */
static int64_t barycentre(const struct layout_grid *grid, int item, int side)
{
	const struct layout_side *links = &grid->items[item].sides[side];
	int64_t sum = 0;

	for (int i = 0; i < links->count; i++)
		sum += order_of(grid, layout_neighbour(grid, links->links[i], side));
	return links->count == 0 ? (int64_t)order_of(grid, item) * SCALE : sum * SCALE / links->count;
}

static void layer_number(struct layout_grid *grid, const struct layout_layer *layer)
{
	for (int i = 0; i < layer->count; i++)
		grid->items[layer->items[i]].order = i;
}

/* `turn` reverses equals, which helps out of an order that is only the best nearby. */
static void layer_sort(struct layout_grid *grid, int at, int side, bool turn)
{
	struct layout_layer *layer = &grid->layers[at];
	int64_t *keys = ARENA_TAKE(grid->arena, (size_t)layer->count + 1, int64_t);

	for (int i = 0; i < layer->count; i++)
		keys[i] = barycentre(grid, layer->items[i], side);
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

/* How many crossings fewer there would be if two neighbours changed places. */
static int64_t swap_gain(const struct layout_grid *grid, int left, int right)
{
	int64_t gain = 0;

	for (int side = 0; side < SIDE_COUNT; side++) {
		const struct layout_side *a = &grid->items[left].sides[side],
					 *b = &grid->items[right].sides[side];

		for (int i = 0; i < a->count; i++)
			for (int j = 0; j < b->count; j++) {
				int of_left = order_of(grid, layout_neighbour(grid, a->links[i], side));
				int of_right = order_of(grid, layout_neighbour(grid, b->links[j], side));

				gain += (of_left > of_right) - (of_left < of_right);
			}
	}
	return gain;
}

static bool layer_swap(struct layout_grid *grid, int at)
{
	struct layout_layer *layer = &grid->layers[at];
	bool better = false;

	for (int i = 0; i + 1 < layer->count; i++) {
		int left = layer->items[i], right = layer->items[i + 1];

		if (swap_gain(grid, left, right) <= 0)
			continue;
		layer->items[i] = right;
		layer->items[i + 1] = left;
		grid->items[right].order = i;
		grid->items[left].order = i + 1;
		better = true;
	}
	return better;
}

static void sweep(struct layout_grid *grid, bool down, bool turn)
{
	for (int i = 1; i < grid->layer_count; i++)
		layer_sort(grid, down ? i : grid->layer_count - 1 - i, down ? SIDE_ABOVE : SIDE_BELOW, turn);
	for (int round = 0; round < SWAP_ROUNDS; round++) {
		bool better = false;

		for (int at = 0; at < grid->layer_count; at++)
			better |= layer_swap(grid, at);
		if (!better)
			break;
	}
}

static void orders_copy(const struct layout_grid *grid, int *orders)
{
	for (size_t i = 0; i < grid->item_count; i++)
		orders[i] = grid->items[i].order;
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
	int *best = ARENA_TAKE(grid->arena, grid->item_count, int);

	if (pairs_count(grid) > PATIENCE)
		return;
	int64_t fewest = crossings_count(grid);

	orders_copy(grid, best);
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
