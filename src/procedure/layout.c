/* layout.c: ranks, and the grid of items that the other two steps work on. */
#include "procedure/layout.h"

enum { LINE_ROOM = 9, TEXT_GAP = 7 };

/* Each box lies below every box before it that an arrow joins to it, in either direction. */
static int *ranks_find(struct arena *arena, const struct layout *layout)
{
	int *ranks = ARENA_TAKE(arena, layout->box_count, int);

	for (size_t box = 0; box < layout->box_count; box++)
		for (size_t i = 0; i < layout->arrow_count; i++) {
			const struct layout_arrow *arrow = &layout->arrows[i];
			int upper = arrow->from < arrow->to ? arrow->from : arrow->to;
			int lower = arrow->from < arrow->to ? arrow->to : arrow->from;

			if (lower == (int)box && ranks[box] <= ranks[upper])
				ranks[box] = ranks[upper] + 1;
		}
	return ranks;
}

static int item_add(struct layout_grid *grid, struct layout_item item)
{
	*ARENA_PUSH(grid->arena, grid->items, grid->item_count, grid->item_capacity) = item;
	grid->layers[item.layer].count++;
	return (int)grid->item_count - 1;
}

static void link_add(struct layout_grid *grid, int upper, int lower)
{
	*ARENA_PUSH(grid->arena, grid->links, grid->link_count, grid->link_capacity) =
		(struct layout_link){.upper = upper, .lower = lower};
	grid->layers[grid->items[upper].layer].link_count++;
}

static void box_add(struct layout_grid *grid, const struct layout_box *box, int i, int rank)
{
	item_add(grid, (struct layout_item){.kind = ITEM_BOX,
			       .of = i,
			       .layer = 2 * rank,
			       .left = box->width / 2,
			       .right = box->width - box->width / 2,
			       .height = box->height});
}

/* The items of an arrow from its upper end to its lower; the text stands next to where the arrow begins.
 * Items 0 … box_count - 1 are the boxes. */
static void arrow_add(struct layout_grid *grid, const struct layout_arrow *arrow, int i)
{
	bool down = grid->items[arrow->from].layer < grid->items[arrow->to].layer;
	int upper = down ? arrow->from : arrow->to, lower = down ? arrow->to : arrow->from;
	int first = grid->items[upper].layer + 1, last = grid->items[lower].layer - 1;
	int text_layer = down ? first : last, above = upper;

	for (int layer = first; layer <= last; layer++) {
		struct layout_item item = {
			.kind = ITEM_PASS, .of = i, .layer = layer, .left = LINE_ROOM, .right = LINE_ROOM};

		if (layer == text_layer) {
			item.kind = ITEM_TEXT;
			item.right = TEXT_GAP + arrow->text_width;
			item.height = arrow->text_height;
		}
		int below = item_add(grid, item);

		link_add(grid, above, below);
		above = below;
	}
	link_add(grid, above, lower);
}

int layout_neighbour(const struct layout_grid *grid, int link, int side)
{
	return side == SIDE_ABOVE ? grid->links[link].upper : grid->links[link].lower;
}

/* Hand every item the lists of its links. */
static void sides_fill(struct layout_grid *grid)
{
	for (int filling = 0; filling < 2; filling++) {
		for (size_t i = 0; i < grid->link_count; i++) {
			struct layout_side *below = &grid->items[grid->links[i].upper].sides[SIDE_BELOW];
			struct layout_side *above = &grid->items[grid->links[i].lower].sides[SIDE_ABOVE];

			if (filling) {
				below->links[below->count] = (int)i;
				above->links[above->count] = (int)i;
			}
			below->count++;
			above->count++;
		}
		for (size_t i = 0; !filling && i < grid->item_count; i++)
			for (int side = 0; side < SIDE_COUNT; side++) {
				struct layout_side *links = &grid->items[i].sides[side];

				links->links = ARENA_TAKE(grid->arena, (size_t)links->count + 1, int);
				links->count = 0;
			}
	}
}

/* Hand every layer the list of its items and of the links that leave it. */
static void layers_fill(struct layout_grid *grid)
{
	for (int i = 0; i < grid->layer_count; i++) {
		struct layout_layer *layer = &grid->layers[i];

		layer->items = ARENA_TAKE(grid->arena, (size_t)layer->count + 1, int);
		layer->links = ARENA_TAKE(grid->arena, (size_t)layer->link_count + 1, int);
		layer->count = layer->link_count = 0;
	}
	for (size_t i = 0; i < grid->item_count; i++) {
		struct layout_layer *layer = &grid->layers[grid->items[i].layer];

		grid->items[i].order = layer->count;
		layer->items[layer->count++] = (int)i;
	}
	for (size_t i = 0; i < grid->link_count; i++) {
		struct layout_layer *layer = &grid->layers[grid->items[grid->links[i].upper].layer];

		layer->links[layer->link_count++] = (int)i;
	}
}

static struct layout_grid grid_build(struct arena *arena, const struct layout *layout)
{
	struct layout_grid grid = {.arena = arena};
	int *ranks = ranks_find(arena, layout), deepest = 0;

	for (size_t i = 0; i < layout->box_count; i++)
		if (ranks[i] > deepest)
			deepest = ranks[i];
	grid.layer_count = 2 * deepest + 1;
	grid.layers = ARENA_TAKE(arena, (size_t)grid.layer_count, struct layout_layer);
	for (size_t i = 0; i < layout->box_count; i++)
		box_add(&grid, &layout->boxes[i], (int)i, ranks[i]);
	for (size_t i = 0; i < layout->arrow_count; i++)
		arrow_add(&grid, &layout->arrows[i], (int)i);
	layers_fill(&grid);
	sides_fill(&grid);
	return grid;
}

/* ---- results ---- */

static void point_add(struct arena *arena, struct layout_arrow *arrow, size_t *capacity, int x, int y)
{
	size_t count = arrow->point_count;

	if (count > 0 && arrow->points[count - 1].x == x && arrow->points[count - 1].y == y)
		return;
	/* Three in a straight line are two. */
	if (count > 1 && arrow->points[count - 1].x == x && arrow->points[count - 2].x == x)
		arrow->points[count - 1].y = y;
	else
		*ARENA_PUSH(arena, arrow->points, arrow->point_count, *capacity) =
			(struct layout_point){x, y};
}

static int box_edge(const struct layout_grid *grid, const struct layout *layout, int item, bool bottom)
{
	const struct layout_box *box = &layout->boxes[grid->items[item].of];

	return bottom ? box->y + box->height : box->y;
}

size_t layout_last_link(const struct layout_grid *grid, size_t first)
{
	while (grid->items[grid->links[first].lower].kind != ITEM_BOX)
		first++;
	return first;
}

/* The line from the top down, along the links `first` to `last`. */
static void arrow_trace(const struct layout_grid *grid, struct layout *layout, size_t first, size_t last)
{
	struct layout_arrow *arrow = &layout->arrows[grid->items[grid->links[first].lower].of];
	const struct layout_link *top = &grid->links[first], *bottom = &grid->links[last];
	size_t capacity = 0;

	point_add(grid->arena, arrow, &capacity, top->upper_x, box_edge(grid, layout, top->upper, true));
	for (size_t i = first; i <= last; i++) {
		const struct layout_link *link = &grid->links[i];
		const struct layout_layer *upper = &grid->layers[grid->items[link->upper].layer];
		const struct layout_layer *lower = &grid->layers[grid->items[link->lower].layer];

		point_add(
			grid->arena, arrow, &capacity, link->upper_x, upper->y + upper->height + LAYOUT_STUB);
		point_add(grid->arena, arrow, &capacity, link->lower_x, lower->y - LAYOUT_STUB);
	}
	point_add(
		grid->arena, arrow, &capacity, bottom->lower_x, box_edge(grid, layout, bottom->lower, false));
}

static void points_turn(struct layout_arrow *arrow)
{
	for (size_t i = 0, j = arrow->point_count; i + 1 < j; i++) {
		struct layout_point swap = arrow->points[i];

		j--;
		arrow->points[i] = arrow->points[j];
		arrow->points[j] = swap;
	}
}

static void boxes_write(const struct layout_grid *grid, struct layout *layout)
{
	for (size_t i = 0; i < grid->item_count; i++) {
		const struct layout_item *item = &grid->items[i];
		const struct layout_layer *layer = &grid->layers[item->layer];

		if (item->axis + item->right > layout->width)
			layout->width = item->axis + item->right;
		if (item->kind == ITEM_BOX) {
			layout->boxes[item->of].x = item->axis - item->left;
			layout->boxes[item->of].y = layer->y + (layer->height - item->height) / 2;
		} else if (item->kind == ITEM_TEXT) {
			layout->arrows[item->of].text_x = item->axis + TEXT_GAP;
			layout->arrows[item->of].text_y = layer->y + (layer->height - item->height) / 2;
		}
	}
	const struct layout_layer *last = &grid->layers[grid->layer_count - 1];

	layout->height = last->y + last->height;
}

void layout_solve(struct arena *arena, struct layout *layout)
{
	if (layout->box_count == 0)
		return;
	for (size_t i = 0; i < layout->arrow_count; i++)
		REQUIRE(layout->arrows[i].from != layout->arrows[i].to);
	struct layout_grid grid = grid_build(arena, layout);

	layout_order(&grid);
	layout_place(&grid);
	boxes_write(&grid, layout);
	for (size_t first = 0, last; first < grid.link_count; first = last + 1) {
		last = layout_last_link(&grid, first);
		arrow_trace(&grid, layout, first, last);
	}
	for (size_t i = 0; i < layout->arrow_count; i++)
		if (layout->arrows[i].from > layout->arrows[i].to)
			points_turn(&layout->arrows[i]);
}
