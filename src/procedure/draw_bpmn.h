/* draw_bpmn.h: what a BPMN drawing consists of and where it stands, between the two files that make one.
 * Private to the drawings.
 *
 * Each state has a column of its own, so that arrows can go down between columns and along under the tasks of
 * a lane without crossing a shape; each role that owes or acts first in a state has a lane. */
#ifndef PROCEDURE_DRAW_BPMN_H
#define PROCEDURE_DRAW_BPMN_H

#include "procedure/draw.h"

enum {
	BPMN_EVENT = 36, /* across */
	BPMN_GATEWAY = 50,
	BPMN_TASK_HEIGHT = 80,
	BPMN_BAND = 30, /* where a pool and a lane have their names */
	BPMN_TEXT = 12,
	BPMN_TEXT_HEIGHT = 14,
	BPMN_POINTS_MAX = 6,
};

/* What an arrow can join: the begin event, or a state by itself or by the choice behind it. */
enum bpmn_kind { BPMN_BEGIN, BPMN_STEP, BPMN_CHOICE };
struct bpmn_node {
	enum bpmn_kind kind;
	int state; /* of a step or a choice */
};

struct bpmn_bounds {
	int x, y, width, height;
};

struct bpmn_step {
	int state;
	int lane;
	bool is_task;    /* somebody owes something here; otherwise an event */
	bool has_choice; /* several actions are possible: a gateway stands behind it */
	struct bpmn_bounds shape, choice;
	size_t timer_count; /* duties, each a timer at the lower edge */
	int gutter;         /* x at which the arrows into it come down or up: the next free one */
	int column_left;
};

struct bpmn_flow {
	struct bpmn_node from, to;
	int action;  /* -1: an arrow that only joins */
	bool direct; /* goes straight on to the next column, not along under the tasks */
	struct bpmn_bounds text;
	struct {
		int x, y;
	} points[BPMN_POINTS_MAX];
	size_t point_count;
};

struct bpmn_lane {
	int role; /* -1: nobody's */
	int y, height;
	bool has_timers;
	int track_count; /* rows under the tasks in which arrows run */
	struct bpmn_track {
		int row, left, right;
	} * runs;
	size_t run_count, run_capacity;
};

struct bpmn_plan {
	const struct drawing *drawing;
	struct bpmn_step *steps; /* in reading order: drawing->rank says which is a state's */
	size_t step_count;
	struct bpmn_lane *lanes;
	size_t lane_count;
	struct bpmn_flow *flows;
	size_t flow_count, flow_capacity;
	struct bpmn_bounds begin, pool;
};

/* All of it, in the arena of the drawing. */
struct bpmn_plan bpmn_plan_make(const struct drawing *drawing);

/* Where a step's i-th timer and its text stand. */
struct bpmn_bounds bpmn_timer(const struct bpmn_step *step, size_t i);
struct bpmn_bounds bpmn_timer_text(const struct bpmn_step *step, size_t i);
struct bpmn_bounds bpmn_lane_bounds(const struct bpmn_plan *plan, const struct bpmn_lane *lane);

#endif
