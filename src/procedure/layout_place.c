/* layout_place.c: where items stand. Each layer in turn moves its items as near to their neighbours as their
 * order and their widths allow; that is least squares under an order, which pooling adjacent violators solves
 * exactly. Long arrows pull hardest, so that they run straight. */
#include "procedure/layout.h"

enum {
	ROUNDS = 24,
	STRAIGHTEN_ROUNDS = 4,
	BOX_GAP = 36,  /* between two boxes */
	LINE_GAP = 12, /* between anything else */
	PORT_INSET = 20,
	PORT_GAP = 16, /* between two arrows at one side of a box */
	LONG_WEIGHT = 64,
	CHANNEL = 10 + 2 * LAYOUT_STUB, /* between two layers, at least */
	CHANNEL_MORE = 34,
	SLOPE = 7, /* a line that swings over n pixels asks for n / SLOPE of height */
};

/* ---- moving things on a line ---- */

struct wish {
	int64_t at;     /* where it would like to be */
	int64_t weight; /* how much */
	int64_t apart;  /* at least so far behind the one before */
};

/* Neighbours that would stand in each other's way, and so move as one. */
struct pool {
	int64_t sum, weight;
	int first;
};

/* Room for the longest row of wishes, used again and again. */
struct bench {
	struct wish *wishes;
	struct pool *pools;
};

static struct bench bench_new(const struct layout_grid *grid)
{
	size_t longest = 0;

	for (int at = 0; at < grid->layer_count; at++) {
		const struct layout_layer *layer = &grid->layers[at];

		longest = (size_t)layer->count > longest ? (size_t)layer->count : longest;
		longest = (size_t)layer->link_count > longest ? (size_t)layer->link_count : longest;
	}
	return (struct bench){.wishes = ARENA_TAKE(grid->arena, longest + 1, struct wish),
		.pools = ARENA_TAKE(grid->arena, longest + 1, struct pool)};
}

/* The places nearest to the first `count` wishes that keep the order and the distances. Result in wish.at. */
static void wishes_grant(const struct bench *bench, int count)
{
	struct wish *wishes = bench->wishes;
	struct pool *pools = bench->pools;
	int pool_count = 0;
	int64_t offset = 0;

	/* Less the distances, the places only have to rise: neighbours that don't are pooled. */
	for (int i = 0; i < count; i++) {
		offset += i > 0 ? wishes[i].apart : 0;
		pools[pool_count++] =
			(struct pool){(wishes[i].at - offset) * wishes[i].weight, wishes[i].weight, i};
		while (pool_count > 1) {
			struct pool *last = &pools[pool_count - 1], *before = last - 1;

			if (before->sum * last->weight <= last->sum * before->weight)
				break;
			before->sum += last->sum;
			before->weight += last->weight;
			pool_count--;
		}
	}
	offset = 0;
	for (int i = 0, pool = 0; i < count; i++) {
		offset += i > 0 ? wishes[i].apart : 0;
		while (pool + 1 < pool_count && pools[pool + 1].first <= i)
			pool++;
		wishes[i].at = pools[pool].sum / pools[pool].weight + offset;
	}
}

/* ---- axes ---- */

static int gap_between(const struct layout_item *left, const struct layout_item *right)
{
	int gap = left->kind == ITEM_BOX && right->kind == ITEM_BOX ? BOX_GAP : LINE_GAP;

	return left->right + gap + right->left;
}

static int link_weight(const struct layout_grid *grid, const struct layout_link *link)
{
	int boxes = (grid->items[link->upper].kind == ITEM_BOX) + (grid->items[link->lower].kind == ITEM_BOX);

	return boxes == 0 ? 8 : 2;
}

/* The neighbours on one side want an item at their own axes. */
static void item_pull(const struct layout_grid *grid, int item, int side, struct wish *wish)
{
	const struct layout_side *links = &grid->items[item].sides[side];

	for (int i = 0; i < links->count; i++) {
		int weight = link_weight(grid, &grid->links[links->links[i]]);

		wish->at += (int64_t)grid->items[layout_neighbour(grid, links->links[i], side)].axis * weight;
		wish->weight += weight;
	}
}

static void layer_place(
	struct layout_grid *grid, const struct bench *bench, int at, bool look_up, bool look_down)
{
	const struct layout_layer *layer = &grid->layers[at];
	struct wish *wishes = bench->wishes;

	for (int i = 0; i < layer->count; i++) {
		const struct layout_item *item = &grid->items[layer->items[i]];

		wishes[i] = (struct wish){0};
		if (look_up)
			item_pull(grid, layer->items[i], SIDE_ABOVE, &wishes[i]);
		if (look_down)
			item_pull(grid, layer->items[i], SIDE_BELOW, &wishes[i]);
		if (wishes[i].weight == 0)
			wishes[i] = (struct wish){item->axis, 1, 0};
		else
			wishes[i].at /= wishes[i].weight;
		if (i > 0)
			wishes[i].apart = gap_between(&grid->items[layer->items[i - 1]], item);
	}
	wishes_grant(bench, layer->count);
	for (int i = 0; i < layer->count; i++)
		grid->items[layer->items[i]].axis = (int)wishes[i].at;
}

static void axes_find(struct layout_grid *grid, const struct bench *bench)
{
	for (int at = 0; at < grid->layer_count; at++)
		layer_place(grid, bench, at, at > 0, false);
	for (int round = 0; round < ROUNDS; round++) {
		for (int at = grid->layer_count - 2; at >= 0; at--)
			layer_place(grid, bench, at, round > ROUNDS / 2, true);
		for (int at = 1; at < grid->layer_count; at++)
			layer_place(grid, bench, at, true, round > ROUNDS / 2);
	}
}

/* ---- straight lines ---- */

struct range {
	int low, high;
};

static struct range range_meet(struct range a, struct range b)
{
	return (struct range){a.low > b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
}

static int range_clamp(struct range range, int x)
{
	return x < range.low ? range.low : x > range.high ? range.high : x;
}

/* How far an item can move while its neighbours stay. */
static struct range item_freedom(const struct layout_grid *grid, const struct layout_item *item)
{
	const struct layout_layer *layer = &grid->layers[item->layer];
	struct range range = {INT32_MIN / 2, INT32_MAX / 2};

	if (item->order > 0) {
		const struct layout_item *left = &grid->items[layer->items[item->order - 1]];

		range.low = left->axis + gap_between(left, item);
	}
	if (item->order + 1 < layer->count) {
		const struct layout_item *right = &grid->items[layer->items[item->order + 1]];

		range.high = right->axis - gap_between(item, right);
	}
	return range;
}

/* Where a line can meet a box. */
static struct range box_reach(const struct layout_item *box)
{
	return (struct range){box->axis - box->left + PORT_INSET, box->axis + box->right - PORT_INSET};
}

/* The one axis that an arrow of several items would like, straight under and above its boxes if it can. */
static int arrow_axis(const struct layout_grid *grid, size_t first, size_t last)
{
	struct range ends = range_meet(box_reach(&grid->items[grid->links[first].upper]),
		box_reach(&grid->items[grid->links[last].lower]));
	int64_t sum = 0;

	for (size_t i = first; i < last; i++)
		sum += grid->items[grid->links[i].lower].axis;
	int axis = (int)(sum / (int64_t)(last - first));

	return ends.low <= ends.high ? range_clamp(ends, axis) : axis;
}

/* Everything gives way to the long arrows, as little as it must. */
static void layers_yield(struct layout_grid *grid, const struct bench *bench)
{
	int *wanted = ARENA_TAKE(grid->arena, grid->item_count, int);
	bool *is_long = ARENA_TAKE(grid->arena, grid->item_count, bool);

	for (size_t first = 0, last; first < grid->link_count; first = last + 1) {
		last = layout_last_link(grid, first);
		for (size_t i = first; i < last; i++) {
			wanted[grid->links[i].lower] = arrow_axis(grid, first, last);
			is_long[grid->links[i].lower] = last - first > 1;
		}
	}
	for (int at = 0; at < grid->layer_count; at++) {
		const struct layout_layer *layer = &grid->layers[at];
		struct wish *wishes = bench->wishes;

		for (int i = 0; i < layer->count; i++) {
			int item = layer->items[i];

			wishes[i] = (struct wish){grid->items[item].axis, 1, 0};
			if (is_long[item])
				wishes[i] = (struct wish){wanted[item], LONG_WEIGHT, 0};
			if (i > 0)
				wishes[i].apart =
					gap_between(&grid->items[layer->items[i - 1]], &grid->items[item]);
		}
		wishes_grant(bench, layer->count);
		for (int i = 0; i < layer->count; i++)
			grid->items[layer->items[i]].axis = (int)wishes[i].at;
	}
}

/* An arrow's items move to one axis where there is room for that. The
 * links of an arrow, from `first` to `last`, stand one behind the other. */
static void arrow_straighten(struct layout_grid *grid, size_t first, size_t last)
{
	struct range room = {INT32_MIN / 2, INT32_MAX / 2};

	if (first == last)
		return; /* one link from box to box: nothing lies between them to be moved */
	for (size_t i = first; i < last; i++)
		room = range_meet(room, item_freedom(grid, &grid->items[grid->links[i].lower]));
	if (room.low > room.high)
		return;
	int axis = range_clamp(room, arrow_axis(grid, first, last));

	for (size_t i = first; i < last; i++)
		grid->items[grid->links[i].lower].axis = axis;
}

static void arrows_straighten(struct layout_grid *grid)
{
	for (size_t first = 0, last; first < grid->link_count; first = last + 1) {
		last = layout_last_link(grid, first);
		arrow_straighten(grid, first, last);
	}
}

static void axes_begin_at_zero(struct layout_grid *grid)
{
	int leftmost = INT32_MAX;

	for (size_t i = 0; i < grid->item_count; i++)
		if (grid->items[i].axis - grid->items[i].left < leftmost)
			leftmost = grid->items[i].axis - grid->items[i].left;
	for (size_t i = 0; i < grid->item_count; i++)
		grid->items[i].axis -= leftmost;
}

/* ---- ports: where arrows meet a box ---- */

static int order_across(const struct layout_grid *grid, int link, int side)
{
	return grid->items[layout_neighbour(grid, link, side)].order;
}

/* The links of one side of a box, from left to right by their other ends. */
static void side_sort(const struct layout_grid *grid, const struct layout_side *links, int side)
{
	for (int i = 1; i < links->count; i++) {
		int link = links->links[i], j = i;

		for (; j > 0 &&
			order_across(grid, links->links[j - 1], side) > order_across(grid, link, side);
			j--)
			links->links[j] = links->links[j - 1];
		links->links[j] = link;
	}
}

/* Each arrow meets the box straight below or above its own axis, as far as the box reaches and the arrows
 * don't touch. */
static void side_ports(
	struct layout_grid *grid, const struct bench *bench, const struct layout_item *box, int side)
{
	const struct layout_side *links = &box->sides[side];
	struct wish *wishes = bench->wishes;
	struct range reach = box_reach(box);
	int room = reach.high - reach.low, last = links->count - 1;
	int apart = last < 1 || last * PORT_GAP <= room ? PORT_GAP : room / last;

	side_sort(grid, links, side);
	for (int i = 0; i <= last; i++) {
		struct range mine = {reach.low + i * apart, reach.high - (last - i) * apart};
		int wanted = grid->items[layout_neighbour(grid, links->links[i], side)].axis;

		wishes[i] = (struct wish){range_clamp(mine, wanted), 1, apart};
	}
	wishes_grant(bench, links->count);
	for (int i = 0; i <= last; i++) {
		struct layout_link *link = &grid->links[links->links[i]];

		*(side == SIDE_BELOW ? &link->upper_x : &link->lower_x) = (int)wishes[i].at;
	}
}

static void ports_find(struct layout_grid *grid, const struct bench *bench)
{
	for (size_t i = 0; i < grid->link_count; i++) {
		grid->links[i].upper_x = grid->items[grid->links[i].upper].axis;
		grid->links[i].lower_x = grid->items[grid->links[i].lower].axis;
	}
	for (size_t i = 0; i < grid->item_count && grid->items[i].kind == ITEM_BOX; i++) {
		side_ports(grid, bench, &grid->items[i], SIDE_ABOVE);
		side_ports(grid, bench, &grid->items[i], SIDE_BELOW);
	}
}

/* ---- heights ---- */

/* A channel is as high as its widest swing asks for. */
static int channel_height(const struct layout_grid *grid, const struct layout_layer *layer)
{
	int widest = 0;

	for (int i = 0; i < layer->link_count; i++) {
		const struct layout_link *link = &grid->links[layer->links[i]];
		int swing = link->upper_x > link->lower_x ? link->upper_x - link->lower_x
							  : link->lower_x - link->upper_x;

		if (swing > widest)
			widest = swing;
	}
	int more = widest / SLOPE;

	return CHANNEL + (more < CHANNEL_MORE ? more : CHANNEL_MORE);
}

static void heights_find(struct layout_grid *grid)
{
	int y = 0;

	for (size_t i = 0; i < grid->item_count; i++) {
		struct layout_layer *layer = &grid->layers[grid->items[i].layer];

		if (grid->items[i].height > layer->height)
			layer->height = grid->items[i].height;
	}
	for (int at = 0; at < grid->layer_count; at++) {
		grid->layers[at].y = y;
		y += grid->layers[at].height + channel_height(grid, &grid->layers[at]);
	}
}

void layout_place(struct layout_grid *grid)
{
	struct bench bench = bench_new(grid);

	axes_find(grid, &bench);
	for (int round = 0; round < STRAIGHTEN_ROUNDS; round++) {
		layers_yield(grid, &bench);
		arrows_straighten(grid);
	}
	axes_begin_at_zero(grid);
	ports_find(grid, &bench);
	heights_find(grid);
}
