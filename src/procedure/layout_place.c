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

/* The places nearest to the wishes that keep the order and the distances. Result in wish.at. */
static void wishes_grant(struct arena *arena, struct wish *wishes, int count)
{
	struct pool {
		int64_t sum, weight;
		int first;
	} *pools = ARENA_TAKE(arena, (size_t)count + 1, struct pool);
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

/* Where a link wants an end of it to be: at the axis of the other end, or under the box where that is wide.
 */
static void layer_pull(const struct layout_grid *grid, int at, bool from_above, struct wish *wishes)
{
	int holder = from_above ? at - 1 : at;

	if (holder < 0 || holder >= grid->layer_count - 1)
		return;
	const struct layout_layer *layer = &grid->layers[holder];

	for (int i = 0; i < layer->link_count; i++) {
		const struct layout_link *link = &grid->links[layer->links[i]];
		int mine = from_above ? link->lower : link->upper,
		    other = from_above ? link->upper : link->lower;
		int weight = link_weight(grid, link);
		struct wish *wish = &wishes[grid->items[mine].order];

		wish->at += (int64_t)grid->items[other].axis * weight;
		wish->weight += weight;
	}
}

static void layer_place(struct layout_grid *grid, int at, bool look_up, bool look_down)
{
	const struct layout_layer *layer = &grid->layers[at];
	struct wish *wishes = ARENA_TAKE(grid->arena, (size_t)layer->count + 1, struct wish);

	if (look_up)
		layer_pull(grid, at, true, wishes);
	if (look_down)
		layer_pull(grid, at, false, wishes);
	for (int i = 0; i < layer->count; i++) {
		const struct layout_item *item = &grid->items[layer->items[i]];

		if (wishes[i].weight == 0)
			wishes[i] = (struct wish){item->axis, 1, 0};
		else
			wishes[i].at /= wishes[i].weight;
		if (i > 0)
			wishes[i].apart = gap_between(&grid->items[layer->items[i - 1]], item);
	}
	wishes_grant(grid->arena, wishes, layer->count);
	for (int i = 0; i < layer->count; i++)
		grid->items[layer->items[i]].axis = (int)wishes[i].at;
}

static void axes_find(struct layout_grid *grid)
{
	for (int at = 0; at < grid->layer_count; at++)
		layer_place(grid, at, at > 0, false);
	for (int round = 0; round < ROUNDS; round++) {
		for (int at = grid->layer_count - 2; at >= 0; at--)
			layer_place(grid, at, round > ROUNDS / 2, true);
		for (int at = 1; at < grid->layer_count; at++)
			layer_place(grid, at, true, round > ROUNDS / 2);
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

static size_t arrow_last_link(const struct layout_grid *grid, size_t first)
{
	while (grid->items[grid->links[first].lower].kind != ITEM_BOX)
		first++;
	return first;
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
static void layers_yield(struct layout_grid *grid)
{
	int *wanted = ARENA_TAKE(grid->arena, grid->item_count, int);
	bool *is_long = ARENA_TAKE(grid->arena, grid->item_count, bool);

	for (size_t first = 0, last; first < grid->link_count; first = last + 1) {
		last = arrow_last_link(grid, first);
		for (size_t i = first; i < last; i++) {
			wanted[grid->links[i].lower] = arrow_axis(grid, first, last);
			is_long[grid->links[i].lower] = last - first > 1;
		}
	}
	for (int at = 0; at < grid->layer_count; at++) {
		const struct layout_layer *layer = &grid->layers[at];
		struct wish *wishes = ARENA_TAKE(grid->arena, (size_t)layer->count + 1, struct wish);

		for (int i = 0; i < layer->count; i++) {
			int item = layer->items[i];

			wishes[i] = (struct wish){grid->items[item].axis, 1, 0};
			if (is_long[item])
				wishes[i] = (struct wish){wanted[item], LONG_WEIGHT, 0};
			if (i > 0)
				wishes[i].apart =
					gap_between(&grid->items[layer->items[i - 1]], &grid->items[item]);
		}
		wishes_grant(grid->arena, wishes, layer->count);
		for (int i = 0; i < layer->count; i++)
			grid->items[layer->items[i]].axis = (int)wishes[i].at;
	}
}

/* An arrow's items move to one axis where there is room for that. The
 * links of an arrow, from `first` to `last`, stand one behind the other. */
static void arrow_straighten(struct layout_grid *grid, size_t first, size_t last)
{
	struct range room = {INT32_MIN / 2, INT32_MAX / 2};

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
		last = arrow_last_link(grid, first);
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

static int *link_end(struct layout_link *link, bool upper)
{
	return upper ? &link->upper_x : &link->lower_x;
}

/* The links of one side of a box, from left to right by their other ends. */
static int side_links(const struct layout_grid *grid, int item, bool below, int *ret_links)
{
	int at = grid->items[item].layer, count = 0;
	const struct layout_layer *layer = &grid->layers[below ? at : at - 1];

	for (int i = 0; i < layer->link_count; i++) {
		const struct layout_link *link = &grid->links[layer->links[i]];

		if ((below ? link->upper : link->lower) != item)
			continue;
		int order = grid->items[below ? link->lower : link->upper].order, j = count++;

		for (; j > 0; j--) {
			const struct layout_link *before = &grid->links[ret_links[j - 1]];

			if (grid->items[below ? before->lower : before->upper].order <= order)
				break;
			ret_links[j] = ret_links[j - 1];
		}
		ret_links[j] = layer->links[i];
	}
	return count;
}

/* Each arrow meets the box straight below or above its own axis, as far as the box reaches and the arrows
 * don't touch. */
static void side_ports(struct layout_grid *grid, int item, bool below)
{
	const struct layout_item *box = &grid->items[item];
	int at = below ? box->layer : box->layer - 1;

	if (at < 0 || at >= grid->layer_count - 1)
		return;
	int *links = ARENA_TAKE(grid->arena, (size_t)grid->layers[at].link_count + 1, int);
	int count = side_links(grid, item, below, links);
	struct wish *wishes = ARENA_TAKE(grid->arena, (size_t)count + 1, struct wish);
	struct range reach = box_reach(box);
	int room = reach.high - reach.low;
	int apart = count < 2 || (count - 1) * PORT_GAP <= room ? PORT_GAP : room / (count - 1);

	for (int i = 0; i < count; i++) {
		const struct layout_link *link = &grid->links[links[i]];
		struct range mine = {reach.low + i * apart, reach.high - (count - 1 - i) * apart};
		int wanted = grid->items[below ? link->lower : link->upper].axis;

		wishes[i] = (struct wish){range_clamp(mine, wanted), 1, apart};
	}
	wishes_grant(grid->arena, wishes, count);
	for (int i = 0; i < count; i++)
		*link_end(&grid->links[links[i]], below) = (int)wishes[i].at;
}

static void ports_find(struct layout_grid *grid)
{
	for (size_t i = 0; i < grid->link_count; i++) {
		grid->links[i].upper_x = grid->items[grid->links[i].upper].axis;
		grid->links[i].lower_x = grid->items[grid->links[i].lower].axis;
	}
	for (size_t i = 0; i < grid->item_count && grid->items[i].kind == ITEM_BOX; i++) {
		side_ports(grid, (int)i, false);
		side_ports(grid, (int)i, true);
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
	axes_find(grid);
	for (int round = 0; round < STRAIGHTEN_ROUNDS; round++) {
		layers_yield(grid);
		arrows_straighten(grid);
	}
	axes_begin_at_zero(grid);
	ports_find(grid);
	heights_find(grid);
}
