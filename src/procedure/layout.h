/* layout.h: where the boxes and arrows of a small layered drawing go. Private to the room.
 *
 * Boxes stand in layers from the top down, each below all that lead to it; the text of an arrow has a place
 * of its own between two layers, so that no text ever covers another or a box. Knows nothing of procedures
 * and measures nothing: sizes come in, places come out, all in pixels and in integers, so that the same input
 * gives the same drawing on every machine. After Sugiyama, Tagawa and Toda (1981): rank, order, place. */
#ifndef PROCEDURE_LAYOUT_H
#define PROCEDURE_LAYOUT_H

#include "base/base.h"

enum {
	LAYOUT_STUB = 9
}; /* every line leaves and meets a layer straight, so that the tip of an arrow sits well */

struct layout_point {
	int x, y;
};

/* In: the size. Out: the upper left corner. */
struct layout_box {
	int width, height;
	int x, y;
};

/* In: two different boxes, and the size of the text, which stands right of the line. An arrow to a box that
 * comes earlier is led upwards. Out: the corner of the text, and the line from `from` to `to`: between two
 * points of one x it is straight, between others it swings over. */
struct layout_arrow {
	int from, to;
	int text_width, text_height;
	int text_x, text_y;
	struct layout_point *points;
	size_t point_count;
};

/* The boxes come in reading order: the first is on top. */
struct layout {
	struct layout_box *boxes;
	size_t box_count;
	struct layout_arrow *arrows;
	size_t arrow_count;
	int width, height; /* out: of the whole */
};

/* Fill in all that is marked "out"; points live in `arena`. Time and memory grow with arrows times layers. */
void layout_solve(struct arena *arena, struct layout *layout);

/* ---- between the three steps: layout.c ranks, layout_order.c orders, layout_place.c places ---- */

enum layout_item_kind {
	ITEM_BOX,
	ITEM_TEXT, /* where an arrow has its text */
	ITEM_PASS, /* where an arrow only passes a layer */
};

/* The links of an item that go up from it, or down. */
struct layout_side {
	int *links;
	int count;
};
enum { SIDE_ABOVE, SIDE_BELOW, SIDE_COUNT };

/* What stands in a layer. Boxes stand in even layers, texts in odd ones, and every arrow has one item in each
 * layer between its ends. `left` and `right` are its reach from its axis: the middle of a box, the line of
 * an arrow. */
struct layout_item {
	enum layout_item_kind kind;
	int of; /* the box or the arrow */
	int layer, left, right, height;
	struct layout_side sides[SIDE_COUNT];
	int order; /* from the left, in its layer */
	int axis;
};

/* A piece of an arrow from one layer to the next below. */
struct layout_link {
	int upper, lower;     /* items */
	int upper_x, lower_x; /* where the line meets them */
};

struct layout_layer {
	int *items; /* from left to right */
	int count;
	int *links; /* those that go down from it */
	int link_count;
	int y, height;
};

struct layout_grid {
	struct arena *arena;
	struct layout_item *items;
	size_t item_count, item_capacity;
	struct layout_link *links;
	size_t link_count, link_capacity;
	struct layout_layer *layers;
	int layer_count;
};

/* The item at the other end of a link that leaves an item on this side. */
int layout_neighbour(const struct layout_grid *grid, int link, int side);

/* The links of an arrow stand one behind the other, from the top down: the last of those that begin with
 * `first`. */
size_t layout_last_link(const struct layout_grid *grid, size_t first);

/* Reorder the items of each layer so that few arrows cross. */
void layout_order(struct layout_grid *grid);
/* Give every item its axis, every layer its y and every link its ends. */
void layout_place(struct layout_grid *grid);

#endif
