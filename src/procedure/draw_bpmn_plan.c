/* draw_bpmn_plan.c: which shapes and arrows a BPMN drawing has, and where they stand. */
#include "procedure/draw_bpmn.h"
#include "procedure/draw_card.h"

enum {
	POOL_X = 120,
	POOL_Y = 80,
	TASK_WIDTH = 140,
	TIMER_WIDTH = 96, /* room for a timer and its text */
	TIMER_TEXT_HEIGHT = 30,
	GAP = 40,
	LANE_PADDING = 26,
	GUTTER_STEP = 9,
	TRACK_STEP = 24,
	TEXT_WIDTH_MAX = 360,
	TRACKED_FLOWS_MAX = 2000, /* what comes behind shares a row: such a drawing can't be read anyway */
	EXIT_STUB = 16,           /* a lone action goes this far to the right before it turns */
};

/* ---- shapes ---- */

static int text_width(const struct drawing *drawing, int action)
{
	int width = card_text_width(draw_action_by(drawing, action), BPMN_TEXT, false) + 8;

	return width < TEXT_WIDTH_MAX ? width : TEXT_WIDTH_MAX;
}

/* Who has the state: the first who owes something there, else who can act there, else who leads to it. */
static int state_role(const struct procedure *procedure, int state)
{
	for (size_t i = 0; i < procedure->duty_count; i++)
		if (duty_holds_in(&procedure->duties[i], state))
			return procedure->duties[i].bearer;
	for (size_t i = 0; i < procedure->action_count; i++)
		if (action_leaves(&procedure->actions[i], state))
			return procedure->actions[i].by;
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].to == state)
			return procedure->actions[i].by;
	return -1;
}

static int lane_of(struct bpmn_plan *plan, int role)
{
	for (size_t i = 0; i < plan->lane_count; i++)
		if (plan->lanes[i].role == role)
			return (int)i;
	plan->lanes[plan->lane_count].role = role;
	return (int)plan->lane_count++;
}

static void steps_make(struct bpmn_plan *plan)
{
	const struct procedure *procedure = plan->drawing->procedure;

	plan->step_count = procedure->state_count;
	plan->steps = ARENA_TAKE(plan->drawing->arena, plan->step_count + 1, struct bpmn_step);
	plan->lanes = ARENA_TAKE(plan->drawing->arena, procedure->role_count + 1, struct bpmn_lane);
	for (size_t at = 0; at < plan->step_count; at++) {
		struct bpmn_step *step = &plan->steps[at];
		int state = plan->drawing->order[at], ways = 0;

		step->state = state;
		step->lane = lane_of(plan, state_role(procedure, state));
		for (size_t i = 0; i < procedure->duty_count; i++)
			step->timer_count += duty_holds_in(&procedure->duties[i], state);
		for (size_t i = 0; i < procedure->action_count; i++)
			ways += action_leaves(&procedure->actions[i], state);
		step->is_task = step->timer_count > 0;
		step->has_choice = ways > 1;
		if (step->timer_count > 0)
			plan->lanes[step->lane].has_timers = true;
	}
}

/* ---- arrows ---- */

static struct bpmn_step *step_of(const struct bpmn_plan *plan, struct bpmn_node node)
{
	return &plan->steps[plan->drawing->rank[node.state]];
}

static void flow_add(struct bpmn_plan *plan, struct bpmn_flow flow)
{
	*ARENA_PUSH(plan->drawing->arena, plan->flows, plan->flow_count, plan->flow_capacity) = flow;
}

/* What leads away from a step: to its choice first where it has one, then each action that it allows. The
 * first action to the next column goes there straight. */
static void step_flows_make(struct bpmn_plan *plan, const struct bpmn_step *step)
{
	const struct procedure *procedure = plan->drawing->procedure;
	struct bpmn_node source = {step->has_choice ? BPMN_CHOICE : BPMN_STEP, step->state};
	bool straight = false;

	if (step->has_choice)
		flow_add(plan, (struct bpmn_flow){.from = {BPMN_STEP, step->state},
				       .to = source,
				       .action = -1,
				       .direct = true});
	for (size_t i = 0; i < procedure->action_count; i++) {
		int to = procedure->actions[i].to;
		struct bpmn_flow flow = {
			.from = source, .to = {BPMN_STEP, to < 0 ? step->state : to}, .action = (int)i};

		if (!action_leaves(&procedure->actions[i], step->state))
			continue;
		flow.direct = !straight && step_of(plan, flow.to) == step + 1;
		straight = straight || flow.direct;
		flow_add(plan, flow);
	}
}

static void flows_make(struct bpmn_plan *plan)
{
	int start = plan->drawing->procedure->start;

	if (start >= 0)
		flow_add(plan, (struct bpmn_flow){.from = {BPMN_BEGIN, -1},
				       .to = {BPMN_STEP, start},
				       .action = -1,
				       .direct = true});
	for (size_t at = 0; at < plan->step_count; at++)
		step_flows_make(plan, &plan->steps[at]);
}

/* ---- columns, from left to right ---- */

static int arrivals(const struct bpmn_plan *plan, const struct bpmn_step *step)
{
	int count = 0;

	for (size_t i = 0; i < plan->flow_count; i++)
		count += plan->flows[i].action >= 0 && plan->flows[i].to.state == step->state;
	return count;
}

/* Room behind a step for the text of the arrow that goes straight on. */
static int departure_room(const struct bpmn_plan *plan, const struct bpmn_step *step)
{
	for (size_t i = 0; i < plan->flow_count; i++)
		if (plan->flows[i].from.state == step->state && plan->flows[i].action >= 0 &&
			plan->flows[i].direct)
			return text_width(plan->drawing, plan->flows[i].action);
	return 0;
}

static int step_width(const struct bpmn_step *step)
{
	if (!step->is_task)
		return BPMN_EVENT;
	int width = (int)step->timer_count * TIMER_WIDTH + 10;

	return width > TASK_WIDTH ? width : TASK_WIDTH;
}

static void columns_place(struct bpmn_plan *plan)
{
	int x = POOL_X + 2 * BPMN_BAND + GAP;

	plan->begin.x = x;
	x += BPMN_EVENT + GAP;
	for (size_t at = 0; at < plan->step_count; at++) {
		struct bpmn_step *step = &plan->steps[at];

		step->gutter = x + GUTTER_STEP;
		x += GUTTER_STEP * (arrivals(plan, step) + 3);
		step->shape.x = x;
		step->shape.width = step_width(step);
		x += step->shape.width + EXIT_STUB;
		if (step->has_choice) {
			step->choice.x = x - EXIT_STUB + GAP;
			x = step->choice.x + BPMN_GATEWAY;
		}
		x += departure_room(plan, step);
	}
	plan->pool = (struct bpmn_bounds){.x = POOL_X, .y = POOL_Y, .width = x + GAP - POOL_X};
}

/* ---- rows in which arrows run, one below the other ---- */

static int exit_x(const struct bpmn_plan *plan, const struct bpmn_flow *flow)
{
	const struct bpmn_step *step = step_of(plan, flow->from);

	return step->has_choice ? step->choice.x + BPMN_GATEWAY / 2
				: step->shape.x + step->shape.width + EXIT_STUB;
}

/* The first row in which nothing else runs between `left` and `right`. */
static int track_take(struct arena *arena, struct bpmn_lane *lane, int left, int right)
{
	int row = 0;

	for (size_t i = 0; i < lane->run_count; i++) {
		const struct bpmn_track *run = &lane->runs[i];

		if (run->row == row && run->left < right && left < run->right) {
			row++;
			i = (size_t)-1; /* look again from the beginning */
		}
	}
	*ARENA_PUSH(arena, lane->runs, lane->run_count, lane->run_capacity) =
		(struct bpmn_track){row, left, right};
	if (row >= lane->track_count)
		lane->track_count = row + 1;
	return row;
}

/* Choose x and row of each arrow that can't go straight on; y follows when lanes have their heights, so that
 * until then points[1].y holds the row. */
static void tracks_choose(struct bpmn_plan *plan)
{
	for (size_t i = 0; i < plan->flow_count; i++) {
		struct bpmn_flow *flow = &plan->flows[i];

		if (flow->action < 0)
			continue;
		struct bpmn_step *target = step_of(plan, flow->to);
		int x = target->gutter;

		target->gutter += GUTTER_STEP;
		flow->points[2].x = x;
		if (flow->direct || i >= TRACKED_FLOWS_MAX)
			continue;
		int from = exit_x(plan, flow), width = text_width(plan->drawing, flow->action);
		int left = x < from ? x : from, right = x < from ? from : x;

		/* The text stands at the beginning, and may be longer than the run. */
		if (x < from && left > from - width)
			left = from - width;
		if (x >= from && right < from + width)
			right = from + width;
		flow->points[1].y = track_take(plan->drawing->arena,
			&plan->lanes[step_of(plan, flow->from)->lane], left - 8, right + 8);
	}
}

/* ---- lanes, from the top down ---- */

static int tracks_y(const struct bpmn_lane *lane)
{
	int timers = lane->has_timers ? BPMN_EVENT / 2 + TIMER_TEXT_HEIGHT : 0;

	return lane->y + LANE_PADDING + BPMN_TASK_HEIGHT + timers + TRACK_STEP;
}

static void lanes_place(struct bpmn_plan *plan)
{
	int y = POOL_Y;

	for (size_t i = 0; i < plan->lane_count; i++) {
		struct bpmn_lane *lane = &plan->lanes[i];

		lane->y = y;
		lane->height = tracks_y(lane) - y + lane->track_count * TRACK_STEP;
		y += lane->height;
	}
	plan->pool.height = y - POOL_Y;
	for (size_t at = 0; at < plan->step_count; at++) {
		struct bpmn_step *step = &plan->steps[at];
		int middle = plan->lanes[step->lane].y + LANE_PADDING + BPMN_TASK_HEIGHT / 2;

		step->shape.height = step->is_task ? BPMN_TASK_HEIGHT : BPMN_EVENT;
		step->shape.y = middle - step->shape.height / 2;
		if (step->has_choice)
			step->choice = (struct bpmn_bounds){
				step->choice.x, middle - BPMN_GATEWAY / 2, BPMN_GATEWAY, BPMN_GATEWAY};
	}
	if (plan->step_count > 0) {
		const struct bpmn_bounds *first = &plan->steps[0].shape;

		plan->begin.y = first->y + first->height / 2 - BPMN_EVENT / 2;
	}
	plan->begin.width = plan->begin.height = BPMN_EVENT;
}

/* ---- the lines ---- */

static void point_add(struct bpmn_flow *flow, int x, int y)
{
	REQUIRE(flow->point_count < BPMN_POINTS_MAX);
	flow->points[flow->point_count].x = x;
	flow->points[flow->point_count++].y = y;
}

static struct bpmn_bounds node_bounds(const struct bpmn_plan *plan, struct bpmn_node node)
{
	if (node.kind == BPMN_BEGIN)
		return plan->begin;
	return node.kind == BPMN_CHOICE ? step_of(plan, node)->choice : step_of(plan, node)->shape;
}

static void direct_draw(const struct bpmn_plan *plan, struct bpmn_flow *flow, int gutter)
{
	struct bpmn_bounds from = node_bounds(plan, flow->from), to = node_bounds(plan, flow->to);
	int from_y = from.y + from.height / 2, to_y = to.y + to.height / 2;

	point_add(flow, from.x + from.width, from_y);
	if (from_y != to_y) {
		point_add(flow, gutter, from_y);
		point_add(flow, gutter, to_y);
	}
	point_add(flow, to.x, to_y);
	if (flow->action >= 0)
		flow->text = (struct bpmn_bounds){from.x + from.width + 6, from_y - BPMN_TEXT_HEIGHT - 4,
			text_width(plan->drawing, flow->action), BPMN_TEXT_HEIGHT};
}

static void track_draw(const struct bpmn_plan *plan, struct bpmn_flow *flow, int gutter, int row)
{
	struct bpmn_bounds from = node_bounds(plan, flow->from), to = node_bounds(plan, flow->to);
	int x = exit_x(plan, flow), to_y = to.y + to.height / 2,
	    width = text_width(plan->drawing, flow->action);
	int y = tracks_y(&plan->lanes[step_of(plan, flow->from)->lane]) + row * TRACK_STEP;

	if (flow->from.kind == BPMN_CHOICE) {
		point_add(flow, x, from.y + from.height);
	} else {
		point_add(flow, from.x + from.width, from.y + from.height / 2);
		point_add(flow, x, from.y + from.height / 2);
	}
	point_add(flow, x, y);
	point_add(flow, gutter, y);
	point_add(flow, gutter, to_y);
	point_add(flow, to.x, to_y);
	flow->text = (struct bpmn_bounds){
		gutter < x ? x - width - 6 : x + 6, y - BPMN_TEXT_HEIGHT - 3, width, BPMN_TEXT_HEIGHT};
}

static void lines_draw(struct bpmn_plan *plan)
{
	for (size_t i = 0; i < plan->flow_count; i++) {
		struct bpmn_flow *flow = &plan->flows[i];
		int gutter = flow->points[2].x, row = flow->points[1].y;

		if (flow->direct)
			direct_draw(plan, flow, gutter);
		else
			track_draw(plan, flow, gutter, row);
	}
}

struct bpmn_bounds bpmn_timer(const struct bpmn_step *step, size_t i)
{
	return (struct bpmn_bounds){step->shape.x + 10 + (int)i * TIMER_WIDTH,
		step->shape.y + step->shape.height - BPMN_EVENT / 2, BPMN_EVENT, BPMN_EVENT};
}

struct bpmn_bounds bpmn_timer_text(const struct bpmn_step *step, size_t i)
{
	struct bpmn_bounds timer = bpmn_timer(step, i);

	return (struct bpmn_bounds){
		timer.x - 6, timer.y + BPMN_EVENT + 2, TIMER_WIDTH - 4, TIMER_TEXT_HEIGHT - 2};
}

struct bpmn_bounds bpmn_lane_bounds(const struct bpmn_plan *plan, const struct bpmn_lane *lane)
{
	return (struct bpmn_bounds){
		plan->pool.x + BPMN_BAND, lane->y, plan->pool.width - BPMN_BAND, lane->height};
}

struct bpmn_plan bpmn_plan_make(const struct drawing *drawing)
{
	struct bpmn_plan plan = {.drawing = drawing};

	steps_make(&plan);
	flows_make(&plan);
	columns_place(&plan);
	tracks_choose(&plan);
	lanes_place(&plan);
	lines_draw(&plan);
	return plan;
}
