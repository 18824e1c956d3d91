/* draw_mermaid.c: the state diagram as Mermaid text (stateDiagram-v2), for pages and notes that draw it
 * themselves. */
#include "procedure/draw.h"

#include <string.h>

/* Mermaid has no quoting: whatever has a meaning in it is written as its code, "#58;" or "#lt;". A line of
 * text may not be broken. */
static void put_label(struct buf *buf, struct str text)
{
	static const char marks[] = "\"#;:<>{}[]%`&\\|~";

	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c < 0x20 || c == 0x7F)
			buf_put_char(buf, ' ');
		else if (c < 0x80 && strchr(marks, c) != NULL)
			buf_format(buf, "#%d;", c);
		else
			buf_put_char(buf, (char)c);
	}
}

/* A prefix keeps a state named "end" or "note" from being a word of Mermaid's. */
static void put_id(const struct drawing *drawing, int state)
{
	buf_format(drawing->buf, "s_%.*s", STR_ARG(drawing->procedure->states[state].name));
}

static void put_state(const struct drawing *drawing, int state)
{
	buf_puts(drawing->buf, "    state \"");
	put_label(drawing->buf, draw_state(drawing, state));
	buf_puts(drawing->buf, "\" as ");
	put_id(drawing, state);
	buf_puts(drawing->buf, "\n");
}

/* One arrow for all actions from here to there; those that stay come back to the state itself. */
static void put_arrow(const struct drawing *drawing, int from, int to, const int *actions, size_t count)
{
	buf_puts(drawing->buf, "    ");
	put_id(drawing, from);
	buf_puts(drawing->buf, " --> ");
	put_id(drawing, to);
	buf_puts(drawing->buf, " : ");
	for (size_t i = 0; i < count; i++) {
		buf_puts(drawing->buf, i > 0 ? "<br/>" : "");
		put_label(drawing->buf, draw_action_by(drawing, actions[i]));
	}
	buf_puts(drawing->buf, "\n");
}

static void put_stays(const struct drawing *drawing, int state)
{
	const struct procedure *procedure = drawing->procedure;
	int *actions = ARENA_TAKE(drawing->arena, procedure->action_count + 1, int);
	size_t count = 0;

	for (size_t i = 0; i < procedure->action_count; i++)
		if (draw_stays(&procedure->actions[i], state))
			actions[count++] = (int)i;
	if (count > 0)
		put_arrow(drawing, state, state, actions, count);
}

static void put_duties(const struct drawing *drawing, int state)
{
	const struct procedure *procedure = drawing->procedure;
	struct buf *buf = drawing->buf;
	bool begun = false;

	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (!duty_holds_in(duty, state))
			continue;
		if (!begun) {
			buf_puts(buf, "    note right of ");
			put_id(drawing, state);
			buf_puts(buf, "\n");
			begun = true;
		}
		buf_puts(buf, "        ");
		put_label(buf, draw_role(drawing, duty->bearer));
		buf_puts(buf, " ");
		put_label(buf, draw_duty(drawing, duty));
		buf_puts(buf, drawing->words->comma);
		put_label(buf, draw_limit(drawing, &duty->limit));
		buf_puts(buf, "\n");
	}
	if (begun)
		buf_puts(buf, "    end note\n");
}

static void put_class(const struct drawing *drawing, int state)
{
	static const char *const classes[] = {
		[END_SUCCESS] = "success", [END_FAILURE] = "failure", [END_VOID] = "void_end"};
	enum end_kind end = drawing->procedure->states[state].end;

	if (state == drawing->present) {
		buf_puts(drawing->buf, "    class ");
		put_id(drawing, state);
		buf_puts(drawing->buf, " present\n");
	} else if (end != END_NONE) {
		buf_puts(drawing->buf, "    class ");
		put_id(drawing, state);
		buf_format(drawing->buf, " %s\n", classes[end]);
	}
}

void draw_mermaid(const struct drawing *drawing)
{
	const struct procedure *procedure = drawing->procedure;
	struct buf *buf = drawing->buf;
	int count = (int)procedure->state_count;
	size_t flow_count;
	const struct draw_flow *flows = draw_flows(drawing, &flow_count);

	buf_puts(buf, "stateDiagram-v2\n    direction TB\n    accTitle: ");
	put_label(buf, draw_title(drawing));
	buf_puts(buf, "\n");
	for (int i = 0; i < count; i++)
		put_state(drawing, drawing->order[i]);
	if (procedure->start >= 0) {
		buf_puts(buf, "    [*] --> ");
		put_id(drawing, procedure->start);
		buf_puts(buf, "\n");
	}
	for (size_t i = 0; i < flow_count; i++)
		put_arrow(drawing, flows[i].from, flows[i].to, flows[i].actions, flows[i].action_count);
	for (int i = 0; i < count; i++)
		put_stays(drawing, drawing->order[i]);
	for (int i = 0; i < count; i++)
		if (procedure->states[i].end != END_NONE) {
			buf_puts(buf, "    ");
			put_id(drawing, i);
			buf_puts(buf, " --> [*]\n");
		}
	for (int i = 0; i < count; i++)
		put_duties(drawing, drawing->order[i]);
	buf_puts(buf, "    classDef present stroke:#0b5cad,stroke-width:3px\n"
		      "    classDef success stroke:#1a7f37,stroke-width:2px\n"
		      "    classDef failure stroke:#b42318,stroke-width:2px\n"
		      "    classDef void_end stroke:#626a73,stroke-dasharray:6 3\n");
	for (int i = 0; i < count; i++)
		put_class(drawing, i);
}
