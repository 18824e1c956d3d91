/* draw_card.h: the texts of an SVG drawing, broken into rows and measured before anything has its place.
 * Private to the drawings. */
#ifndef PROCEDURE_DRAW_CARD_H
#define PROCEDURE_DRAW_CARD_H

#include "procedure/draw.h"

enum {
	TEXT_SIZE = 13, /* pixels; of rows and of the texts at arrows */
	NAME_SIZE = 15, /* of a state's name */
	ROW_HEIGHT = 20,
	NAME_HEIGHT = 22,
	MARK_WIDTH = 18, /* what stands before a row */
	WEAK_GAP = 7,    /* before the second text of a row */
	RIGHT_GAP = 20,  /* before the text at its right end, at least */
	ROW_WIDTH_MAX = 312,
	RULE_HEIGHT = 8,  /* between the name and the rows */
	NAME_LEADING = 4, /* what a line of the name has too much of at its foot */
	CARD_PADDING = 14,
	CARD_WIDTH_MIN = 132,
	SIGN_WIDTH = 22,
	BADGE_SIZE = 12,
	BADGE_GAP = 8,
};

/* The estimated width in pixels. Wide characters take a whole em; fonts for others differ, so the estimate is
 * on the large side. */
int card_text_width(struct str text, int size, bool bold);
/* Break into lines of at most `width` pixels: at spaces, between wide characters, and in need anywhere. */
struct str *card_wrap(
	struct arena *arena, struct str text, int size, bool bold, int width, size_t *ret_count);

enum row_mark { ROW_PLAIN, ROW_DUTY, ROW_STAYS };

/* One line: what, who, and at the right end by when. */
struct row {
	enum row_mark mark;
	struct str strong, weak, right;
	int width;
};

struct rows {
	struct row *items;
	size_t count, capacity;
	int width; /* of the widest */
};

/* Add the texts as one row, or as several when they are too wide for one. */
void rows_add(struct arena *arena, struct rows *rows, enum row_mark mark, struct str strong, struct str weak,
	struct str right);

/* What the box of a state holds. */
struct card {
	struct str *names; /* the label, in lines */
	size_t name_count;
	struct rows rows; /* duties, then actions that leave the matter here */
	int badge_width;  /* of what marks the present place, with its gap; 0 elsewhere */
	int sign_width;   /* room left of the name for an end's sign and the badge */
	int width, height;
};
struct card card_make(const struct drawing *drawing, int state);

/* The text at an arrow: a row for each action. */
struct rows card_flow(const struct drawing *drawing, const struct draw_flow *flow);

#endif
