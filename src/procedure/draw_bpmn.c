/* draw_bpmn.c: the procedure as BPMN 2.0 (OMG formal/2011-01-03) with its diagram, for the tools that
 * institutions draw processes with. A state in which somebody owes something is a user task with a timer at
 * its edge for each duty; the actions are sequence flows, behind a gateway where there are several. */
#include "procedure/draw_bpmn.h"

/* Names hold small letters, digits and _ only, so that with a '.' between them no two ids can be the same. */
static void put_node_id(const struct bpmn_plan *plan, struct bpmn_node node)
{
	struct buf *buf = plan->drawing->buf;

	if (node.kind == BPMN_BEGIN)
		buf_puts(buf, "begin");
	else
		buf_format(buf, "%s.%.*s", node.kind == BPMN_STEP ? "state" : "choice",
			STR_ARG(plan->drawing->procedure->states[node.state].name));
}

static void put_flow_id(const struct bpmn_plan *plan, const struct bpmn_flow *flow)
{
	const struct procedure *procedure = plan->drawing->procedure;
	struct buf *buf = plan->drawing->buf;

	if (flow->action >= 0)
		buf_format(buf, "flow.%.*s.%.*s", STR_ARG(procedure->states[flow->from.state].name),
			STR_ARG(procedure->actions[flow->action].name));
	else if (flow->from.kind == BPMN_BEGIN)
		buf_puts(buf, "flow.begin");
	else
		buf_format(buf, "flow.%.*s", STR_ARG(procedure->states[flow->from.state].name));
}

static void put_timer_id(const struct bpmn_plan *plan, int state, const struct duty_rule *duty)
{
	buf_format(plan->drawing->buf, "timer.%.*s.%.*s",
		STR_ARG(plan->drawing->procedure->states[state].name), STR_ARG(duty->name));
}

static struct str lane_name(const struct bpmn_plan *plan, const struct bpmn_lane *lane)
{
	return lane->role < 0 ? STR("-") : draw_role(plan->drawing, lane->role);
}

static void put_attribute(struct buf *buf, const char *name, struct str value)
{
	buf_format(buf, " %s=\"", name);
	draw_xml(buf, value);
	buf_puts(buf, "\"");
}

/* ---- the process ---- */

static void put_references(const struct bpmn_plan *plan, struct bpmn_node node)
{
	struct buf *buf = plan->drawing->buf;

	for (int outgoing = 0; outgoing < 2; outgoing++)
		for (size_t i = 0; i < plan->flow_count; i++) {
			const struct bpmn_flow *flow = &plan->flows[i];
			struct bpmn_node end = outgoing ? flow->from : flow->to;

			if (end.kind != node.kind || end.state != node.state)
				continue;
			buf_puts(buf, outgoing ? "      <bpmn:outgoing>" : "      <bpmn:incoming>");
			put_flow_id(plan, flow);
			buf_puts(buf, outgoing ? "</bpmn:outgoing>\n" : "</bpmn:incoming>\n");
		}
}

static void put_lanes(const struct bpmn_plan *plan)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf, "    <bpmn:laneSet id=\"lanes\">\n");
	for (size_t i = 0; i < plan->lane_count; i++) {
		buf_format(buf, "      <bpmn:lane id=\"lane.%zu\"", i);
		put_attribute(buf, "name", lane_name(plan, &plan->lanes[i]));
		buf_puts(buf, ">\n");
		for (size_t at = 0; at < plan->step_count; at++) {
			const struct bpmn_step *step = &plan->steps[at];

			if (step->lane != (int)i)
				continue;
			if (at == 0)
				buf_puts(buf, "        <bpmn:flowNodeRef>begin</bpmn:flowNodeRef>\n");
			for (int kind = BPMN_STEP; kind <= (step->has_choice ? BPMN_CHOICE : BPMN_STEP);
				kind++) {
				buf_puts(buf, "        <bpmn:flowNodeRef>");
				put_node_id(plan, (struct bpmn_node){(enum bpmn_kind)kind, step->state});
				buf_puts(buf, "</bpmn:flowNodeRef>\n");
			}
		}
		buf_puts(buf, "      </bpmn:lane>\n");
	}
	buf_puts(buf, "    </bpmn:laneSet>\n");
}

static const char *step_tag(const struct bpmn_plan *plan, const struct bpmn_step *step)
{
	if (plan->drawing->procedure->states[step->state].end != END_NONE)
		return "endEvent";
	return step->is_task ? "userTask" : "intermediateThrowEvent";
}

/* How each kind of end looks in BPMN: a plain ring, a flash, a filled disc. */
static const char *const end_definitions[] = {
	[END_NONE] = NULL,
	[END_SUCCESS] = NULL,
	[END_FAILURE] = "errorEventDefinition",
	[END_VOID] = "terminateEventDefinition",
};

static void put_step(const struct bpmn_plan *plan, const struct bpmn_step *step)
{
	struct buf *buf = plan->drawing->buf;
	const char *tag = step_tag(plan, step);
	const char *definition = end_definitions[plan->drawing->procedure->states[step->state].end];
	struct bpmn_node node = {BPMN_STEP, step->state};

	buf_format(buf, "    <bpmn:%s id=\"", tag);
	put_node_id(plan, node);
	buf_puts(buf, "\"");
	put_attribute(buf, "name", draw_state(plan->drawing, step->state));
	buf_puts(buf, ">\n");
	put_references(plan, node);
	if (definition != NULL) {
		buf_format(buf, "      <bpmn:%s id=\"definition.", definition);
		put_node_id(plan, node);
		buf_puts(buf, "\"/>\n");
	}
	buf_format(buf, "    </bpmn:%s>\n", tag);
	if (!step->has_choice)
		return;
	node.kind = BPMN_CHOICE;
	buf_puts(buf, "    <bpmn:exclusiveGateway id=\"");
	put_node_id(plan, node);
	buf_puts(buf, "\">\n");
	put_references(plan, node);
	buf_puts(buf, "    </bpmn:exclusiveGateway>\n");
}

/* ISO 8601 can say days, months and cycles. What it can't say stands as the definition says it, with a
 * language that names it as ours. */
static void put_limit(const struct bpmn_plan *plan, const struct limit *limit)
{
	static const char *const periods[] = {[PERIOD_WEEK] = "P1W",
		[PERIOD_MONTH] = "P1M",
		[PERIOD_QUARTER] = "P3M",
		[PERIOD_HALF_YEAR] = "P6M",
		[PERIOD_YEAR] = "P1Y"};
	static const char *const tags[] = {[LIMIT_WITHIN] = "timeDuration",
		[LIMIT_BY] = "timeDate",
		[LIMIT_EVERY] = "timeCycle",
		[LIMIT_CALENDAR] = "timeDate"};
	struct buf *buf = plan->drawing->buf;
	struct str field = limit->field >= 0 ? plan->drawing->procedure->fields[limit->field].name : STR_NONE;
	bool iso = limit->kind == LIMIT_EVERY ||
		   (limit->kind == LIMIT_WITHIN && limit->term.unit != TERM_WORKING_DAYS);

	static_assert(ARRAY_COUNT(periods) == PERIOD_COUNT, "every period has a cycle");
	buf_format(buf, "<bpmn:%s xsi:type=\"bpmn:tFormalExpression\"%s>", tags[limit->kind],
		iso ? "" : " language=\"urn:bihuan:limit\"");
	if (limit->kind == LIMIT_EVERY)
		buf_format(buf, "R/%s", periods[limit->period]);
	else if (iso)
		buf_format(buf, "P%d%c", limit->term.amount, limit->term.unit == TERM_DAYS ? 'D' : 'M');
	else if (limit->kind == LIMIT_BY)
		draw_xml(buf, field);
	else if (limit->kind == LIMIT_CALENDAR)
		buf_format(buf, "%.*s + %.*s", STR_ARG(field),
			STR_ARG(term_print(plan->drawing->arena, limit->term)));
	else
		buf_put(buf, term_print(plan->drawing->arena, limit->term));
	buf_format(buf, "</bpmn:%s>", tags[limit->kind]);
}

static struct str timer_name(const struct bpmn_plan *plan, const struct duty_rule *duty)
{
	const struct drawing *drawing = plan->drawing;

	return str_format(drawing->arena, "%.*s%s%.*s", STR_ARG(draw_duty(drawing, duty)),
		drawing->words->colon, STR_ARG(draw_limit(drawing, &duty->limit)));
}

static void put_timer(const struct bpmn_plan *plan, int state, const struct duty_rule *duty)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf, "    <bpmn:boundaryEvent id=\"");
	put_timer_id(plan, state, duty);
	buf_puts(buf, "\"");
	put_attribute(buf, "name", timer_name(plan, duty));
	buf_puts(buf, " cancelActivity=\"false\" attachedToRef=\"");
	put_node_id(plan, (struct bpmn_node){BPMN_STEP, state});
	buf_puts(buf, "\">\n      <bpmn:documentation>");
	draw_xml(buf, draw_role(plan->drawing, duty->bearer));
	buf_puts(buf, " ");
	draw_xml(buf, timer_name(plan, duty));
	buf_puts(buf, "</bpmn:documentation>\n      <bpmn:timerEventDefinition id=\"definition.");
	put_timer_id(plan, state, duty);
	buf_puts(buf, "\">");
	put_limit(plan, &duty->limit);
	buf_puts(buf, "</bpmn:timerEventDefinition>\n    </bpmn:boundaryEvent>\n");
}

static void put_flow(const struct bpmn_plan *plan, const struct bpmn_flow *flow)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf, "    <bpmn:sequenceFlow id=\"");
	put_flow_id(plan, flow);
	buf_puts(buf, "\"");
	if (flow->action >= 0)
		put_attribute(buf, "name", draw_action_by(plan->drawing, flow->action));
	buf_puts(buf, " sourceRef=\"");
	put_node_id(plan, flow->from);
	buf_puts(buf, "\" targetRef=\"");
	put_node_id(plan, flow->to);
	buf_puts(buf, "\"/>\n");
}

static void put_process(const struct bpmn_plan *plan)
{
	const struct procedure *procedure = plan->drawing->procedure;
	struct buf *buf = plan->drawing->buf;

	buf_format(buf, "  <bpmn:process id=\"process.%.*s\"", STR_ARG(procedure->name));
	put_attribute(buf, "name", draw_title(plan->drawing));
	buf_puts(buf, " isExecutable=\"false\">\n");
	put_lanes(plan);
	if (procedure->start >= 0) {
		buf_puts(buf, "    <bpmn:startEvent id=\"begin\"");
		put_attribute(buf, "name", str_from(plan->drawing->words->begin));
		buf_puts(buf, ">\n");
		put_references(plan, (struct bpmn_node){BPMN_BEGIN, -1});
		buf_puts(buf, "    </bpmn:startEvent>\n");
	}
	for (size_t at = 0; at < plan->step_count; at++)
		put_step(plan, &plan->steps[at]);
	for (size_t at = 0; at < plan->step_count; at++)
		for (size_t i = 0; i < procedure->duty_count; i++)
			if (duty_holds_in(&procedure->duties[i], plan->steps[at].state))
				put_timer(plan, plan->steps[at].state, &procedure->duties[i]);
	for (size_t i = 0; i < plan->flow_count; i++)
		put_flow(plan, &plan->flows[i]);
	buf_puts(buf, "  </bpmn:process>\n");
}

/* ---- the diagram ---- */

static void put_bounds(struct buf *buf, struct bpmn_bounds bounds)
{
	buf_format(buf, "<dc:Bounds x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>", bounds.x, bounds.y,
		bounds.width, bounds.height);
}

static void put_shape_node(
	const struct bpmn_plan *plan, struct bpmn_node node, struct bpmn_bounds bounds, bool has_text)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf, "      <bpmndi:BPMNShape id=\"shape.");
	put_node_id(plan, node);
	buf_puts(buf, "\" bpmnElement=\"");
	put_node_id(plan, node);
	buf_puts(buf, node.kind == BPMN_CHOICE ? "\" isMarkerVisible=\"true\">" : "\">");
	put_bounds(buf, bounds);
	if (has_text) {
		buf_puts(buf, "<bpmndi:BPMNLabel>");
		put_bounds(buf, (struct bpmn_bounds){bounds.x + bounds.width / 2 - 50,
					bounds.y + bounds.height + 5, 100, 2 * BPMN_TEXT_HEIGHT});
		buf_puts(buf, "</bpmndi:BPMNLabel>");
	}
	buf_puts(buf, "</bpmndi:BPMNShape>\n");
}

static void put_shape_timers(const struct bpmn_plan *plan, const struct bpmn_step *step)
{
	const struct procedure *procedure = plan->drawing->procedure;
	struct buf *buf = plan->drawing->buf;
	size_t timer = 0;

	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (!duty_holds_in(duty, step->state))
			continue;
		buf_puts(buf, "      <bpmndi:BPMNShape id=\"shape.");
		put_timer_id(plan, step->state, duty);
		buf_puts(buf, "\" bpmnElement=\"");
		put_timer_id(plan, step->state, duty);
		buf_puts(buf, "\">");
		put_bounds(buf, bpmn_timer(step, timer));
		buf_puts(buf, "<bpmndi:BPMNLabel>");
		put_bounds(buf, bpmn_timer_text(step, timer++));
		buf_puts(buf, "</bpmndi:BPMNLabel></bpmndi:BPMNShape>\n");
	}
}

static void put_edge(const struct bpmn_plan *plan, const struct bpmn_flow *flow)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf, "      <bpmndi:BPMNEdge id=\"edge.");
	put_flow_id(plan, flow);
	buf_puts(buf, "\" bpmnElement=\"");
	put_flow_id(plan, flow);
	buf_puts(buf, "\">");
	for (size_t i = 0; i < flow->point_count; i++)
		buf_format(buf, "<di:waypoint x=\"%d\" y=\"%d\"/>", flow->points[i].x, flow->points[i].y);
	if (flow->action >= 0) {
		buf_puts(buf, "<bpmndi:BPMNLabel>");
		put_bounds(buf, flow->text);
		buf_puts(buf, "</bpmndi:BPMNLabel>");
	}
	buf_puts(buf, "</bpmndi:BPMNEdge>\n");
}

static void put_diagram(const struct bpmn_plan *plan)
{
	struct buf *buf = plan->drawing->buf;

	buf_puts(buf,
		"  <bpmndi:BPMNDiagram id=\"diagram\">\n"
		"    <bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"collaboration\">\n"
		"      <bpmndi:BPMNShape id=\"shape.pool\" bpmnElement=\"pool\" isHorizontal=\"true\">");
	put_bounds(buf, plan->pool);
	buf_puts(buf, "</bpmndi:BPMNShape>\n");
	for (size_t i = 0; i < plan->lane_count; i++) {
		buf_format(buf,
			"      <bpmndi:BPMNShape id=\"shape.lane.%zu\" bpmnElement=\"lane.%zu\" "
			"isHorizontal=\"true\">",
			i, i);
		put_bounds(buf, bpmn_lane_bounds(plan, &plan->lanes[i]));
		buf_puts(buf, "</bpmndi:BPMNShape>\n");
	}
	if (plan->drawing->procedure->start >= 0)
		put_shape_node(plan, (struct bpmn_node){BPMN_BEGIN, -1}, plan->begin, true);
	for (size_t at = 0; at < plan->step_count; at++) {
		const struct bpmn_step *step = &plan->steps[at];

		put_shape_node(plan, (struct bpmn_node){BPMN_STEP, step->state}, step->shape, !step->is_task);
		if (step->has_choice)
			put_shape_node(
				plan, (struct bpmn_node){BPMN_CHOICE, step->state}, step->choice, false);
		put_shape_timers(plan, step);
	}
	for (size_t i = 0; i < plan->flow_count; i++)
		put_edge(plan, &plan->flows[i]);
	buf_puts(buf, "    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n");
}

void draw_bpmn(const struct drawing *drawing)
{
	struct bpmn_plan plan = bpmn_plan_make(drawing);
	struct buf *buf = drawing->buf;

	buf_puts(buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		      "<bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" "
		      "xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" "
		      "xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" "
		      "xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" "
		      "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"definitions\" "
		      "targetNamespace=\"urn:bihuan:procedure\" exporter=\"bihuan\">\n"
		      "  <bpmn:collaboration id=\"collaboration\">\n    <bpmn:participant id=\"pool\"");
	put_attribute(buf, "name", draw_title(drawing));
	buf_format(buf, " processRef=\"process.%.*s\"/>\n  </bpmn:collaboration>\n",
		STR_ARG(drawing->procedure->name));
	put_process(&plan);
	put_diagram(&plan);
	buf_puts(buf, "</bpmn:definitions>\n");
}
