/* draw_svg.c: the state diagram as a stand-alone SVG: no script, nothing from outside, readable in the dark
 * and by a screen reader. */
#include "procedure/draw_card.h"
#include "procedure/layout.h"

enum {
	MARGIN = 24,
	HEAD = 86,   /* the title and the mark of the beginning above the first box */
	LEGEND = 52, /* below the last */
	ARROW_LENGTH = 9,
	ARROW_HALF = 5,
	FLOWS_MAX = 400, /* what can still be told apart; a definition with more says the rest in <desc> */
};

/* Colours have a contrast of 4.5:1 or more on their ground, and nothing is told by colour alone. */
static const char style[] =
	"<style>\n"
	".procedure-drawing text{font-family:\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\","
	"\"Microsoft YaHei\",\"WenQuanYi Micro Hei\",\"Noto Sans\",sans-serif;font-size:13px;fill:#1b2733}\n"
	".procedure-drawing .ground{fill:#fff}\n"
	".procedure-drawing .title{font-size:18px;font-weight:700}\n"
	".procedure-drawing .name{font-size:15px;font-weight:700}\n"
	".procedure-drawing .strong{font-weight:600}\n"
	".procedure-drawing .weak{fill:#55647a}\n"
	".procedure-drawing .limit{fill:#b42318}\n"
	".procedure-drawing .box{fill:#f6f8fb;stroke:#51637a;stroke-width:1.5}\n"
	".procedure-drawing .box.done{fill:#eef8f0}\n"
	".procedure-drawing .box.failed{fill:#fdf1f0}\n"
	".procedure-drawing .box.void{fill:#f3f4f6;stroke-dasharray:6 3}\n"
	".procedure-drawing .done{stroke:#1a7f37}\n"
	".procedure-drawing .failed{stroke:#b42318}\n"
	".procedure-drawing .void{stroke:#626a73}\n"
	".procedure-drawing .ring{fill:none;stroke-width:1.5}\n"
	".procedure-drawing .sign{fill:none;stroke-width:2.2;stroke-linecap:round}\n"
	".procedure-drawing .box.present{fill:#e6f0fb;stroke:#0b5cad;stroke-width:3}\n"
	".procedure-drawing .badge{fill:#0b5cad}\n"
	".procedure-drawing .badge-text{fill:#fff;font-size:12px;font-weight:700}\n"
	".procedure-drawing .rule{stroke:#c3ccd8}\n"
	".procedure-drawing .onward{fill:none;stroke:#3d5166;stroke-width:1.6}\n"
	".procedure-drawing .back{fill:none;stroke:#8a5a00;stroke-width:1.6;stroke-dasharray:6 4}\n"
	".procedure-drawing .onward-tip{fill:#3d5166}\n"
	".procedure-drawing .begin{fill:#3d5166}\n"
	".procedure-drawing .back-tip{fill:#8a5a00}\n"
	".procedure-drawing .owed{fill:#b42318}\n"
	".procedure-drawing .stays{fill:none;stroke:#55647a;stroke-width:1.5}\n"
	".procedure-drawing .stays-tip{fill:#55647a}\n"
	"@media (prefers-color-scheme:dark){\n"
	".procedure-drawing text{fill:#e6edf3}\n"
	".procedure-drawing .ground{fill:#0f1720}\n"
	".procedure-drawing .weak{fill:#a3b3c4}\n"
	".procedure-drawing .limit{fill:#ff9b8f}\n"
	".procedure-drawing .box{fill:#1a2430;stroke:#8aa0b8}\n"
	".procedure-drawing .box.done{fill:#12261a}\n"
	".procedure-drawing .box.failed{fill:#2b1618}\n"
	".procedure-drawing .box.void{fill:#1e232a}\n"
	".procedure-drawing .done{stroke:#56d364}\n"
	".procedure-drawing .failed{stroke:#ff7b72}\n"
	".procedure-drawing .void{stroke:#9aa4af}\n"
	".procedure-drawing .box.present{fill:#12304f;stroke:#58a6ff}\n"
	".procedure-drawing .badge{fill:#58a6ff}\n"
	".procedure-drawing .badge-text{fill:#0f1720}\n"
	".procedure-drawing .rule{stroke:#3a4a5c}\n"
	".procedure-drawing .onward{stroke:#a9bdd2}\n"
	".procedure-drawing .back{stroke:#e3b341}\n"
	".procedure-drawing .onward-tip{fill:#a9bdd2}\n"
	".procedure-drawing .begin{fill:#a9bdd2}\n"
	".procedure-drawing .back-tip{fill:#e3b341}\n"
	".procedure-drawing .owed{fill:#ff9b8f}\n"
	".procedure-drawing .stays{stroke:#a3b3c4}\n"
	".procedure-drawing .stays-tip{fill:#a3b3c4}\n"
	"}\n"
	"</style>\n";

struct picture {
	const struct drawing *drawing;
	struct buf *buf;
	struct card *cards;      /* by place in the order */
	struct draw_flow *flows; /* the first layout.arrow_count of them are drawn */
	size_t flow_count;
	struct rows *texts; /* at the arrows */
	struct layout layout;
	int width, height;
};

/* ---- small pieces ---- */

static void put_text(struct buf *buf, const char *kind, int x, int y, const char *anchor, struct str text)
{
	buf_format(buf, "<text class=\"%s\" x=\"%d\" y=\"%d\"", kind, x, y);
	if (anchor != NULL)
		buf_format(buf, " text-anchor=\"%s\"", anchor);
	buf_puts(buf, ">");
	draw_xml(buf, text);
	buf_puts(buf, "</text>\n");
}

static void put_span(struct buf *buf, const char *kind, int gap, struct str text)
{
	if (text.size == 0)
		return;
	buf_format(buf, "<tspan class=\"%s\"", kind);
	if (gap > 0)
		buf_format(buf, " dx=\"%d\"", gap);
	buf_puts(buf, ">");
	draw_xml(buf, text);
	buf_puts(buf, "</tspan>");
}

/* The tip of an arrow that ends at (x, y), pointing up or down. */
static void put_tip(struct buf *buf, const char *kind, int x, int y, bool up)
{
	int length = up ? ARROW_LENGTH : -ARROW_LENGTH;

	buf_format(buf, "<path class=\"%s\" d=\"M%d %dl%d %dh%dz\"/>\n", kind, x, y, -ARROW_HALF, length,
		2 * ARROW_HALF);
}

/* A small square for what is owed, a small loop for what is done on the spot. */
static void put_mark(struct buf *buf, enum row_mark mark, int x, int y)
{
	if (mark == ROW_DUTY)
		buf_format(buf, "<rect class=\"owed\" x=\"%d\" y=\"%d\" width=\"8\" height=\"8\"/>\n", x + 1,
			y - 9);
	if (mark == ROW_STAYS)
		buf_format(buf,
			"<path class=\"stays\" d=\"M%d %da4.5 4.5 0 1 0 1.5 3.5\"/>"
			"<path class=\"stays-tip\" d=\"M%d %dl5.5 -.5l-3.5 -4.5z\"/>\n",
			x + 8, y - 8, x + 5, y - 6);
}

static void put_row(struct buf *buf, const struct row *row, int x, int y, int right_x)
{
	buf_format(buf, "<text x=\"%d\" y=\"%d\">", x, y);
	put_span(buf, "strong", 0, row->strong);
	put_span(buf, "weak", row->strong.size > 0 ? WEAK_GAP : 0, row->weak);
	buf_puts(buf, "</text>\n");
	if (row->right.size > 0)
		put_text(buf, "limit", right_x, y, "end", row->right);
}

/* ---- boxes ---- */

/* Two corners of a rectangle cut off on each side: the shape of an end that failed. */
static void put_cut_box(struct buf *buf, const char *kind, int x, int y, int width, int height)
{
	int cut = 14, across = width - 2 * cut, down = height - 2 * cut;

	buf_format(buf, "<path class=\"%s\" d=\"M%d %dh%dl%d %dv%dl%d %dh%dl%d %dv%dz\"/>\n", kind, x + cut,
		y, across, cut, cut, down, -cut, cut, -across, -cut, -cut, -down);
}

static void put_box(struct buf *buf, const char *kind, int x, int y, int width, int height, int round)
{
	buf_format(buf, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"%d\"/>\n", kind,
		x, y, width, height, round);
}

/* A state is a box; each kind of end has its own shape and its own sign at (x, y): a double ring ticked, cut
 * corners crossed, a dashed ring struck through. */
static void put_shape(
	struct buf *buf, enum end_kind end, bool present, const struct layout_box *box, int x, int y)
{
	int round = box->height / 2 < 24 ? box->height / 2 : 24, sign_x = x + 20,
	    sign_y = y + box->height / 2;

	switch (end) {
	case END_NONE:
		put_box(buf, present ? "box present" : "box", x, y, box->width, box->height, 8);
		break;
	case END_SUCCESS:
		put_box(buf, present ? "box done present" : "box done", x, y, box->width, box->height, round);
		put_box(buf, "ring done", x + 4, y + 4, box->width - 8, box->height - 8, round - 4);
		buf_format(buf, "<path class=\"sign done\" d=\"M%d %dl4 5l8 -10\"/>\n", sign_x - 4, sign_y);
		break;
	case END_FAILURE:
		put_cut_box(
			buf, present ? "box failed present" : "box failed", x, y, box->width, box->height);
		buf_format(buf, "<path class=\"sign failed\" d=\"M%d %dl10 10m0 -10l-10 10\"/>\n", sign_x - 5,
			sign_y - 5);
		break;
	case END_VOID:
		put_box(buf, present ? "box void present" : "box void", x, y, box->width, box->height, round);
		buf_format(buf, "<path class=\"sign void\" d=\"M%d %da6 6 0 1 0 .1 0zm-4 10l8 -8\"/>\n",
			sign_x, sign_y - 6);
		break;
	}
}

static void put_card(const struct picture *picture, const struct card *card, int x, int y, int width)
{
	int line = y + CARD_PADDING + 14, left = x + CARD_PADDING;

	for (size_t i = 0; i < card->name_count; i++, line += NAME_HEIGHT)
		put_text(picture->buf, "name", x + (width + card->sign_width) / 2, line, "middle",
			card->names[i]);
	if (card->rows.count == 0)
		return;
	buf_format(picture->buf, "<path class=\"rule\" d=\"M%d %dh%d\"/>\n", left, line - 12,
		width - 2 * CARD_PADDING);
	line += RULE_HEIGHT;
	for (size_t i = 0; i < card->rows.count; i++, line += ROW_HEIGHT) {
		put_mark(picture->buf, card->rows.items[i].mark, left, line);
		put_row(picture->buf, &card->rows.items[i], left + MARK_WIDTH, line,
			x + width - CARD_PADDING);
	}
}

/* Beside the name, behind an end's sign. */
static void put_badge(const struct picture *picture, const struct card *card, int x, int y)
{
	struct str now = str_from(picture->drawing->words->now);

	x += CARD_PADDING + card->sign_width - card->badge_width;
	buf_format(picture->buf,
		"<rect class=\"badge\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"20\" rx=\"10\"/>\n", x,
		y + CARD_PADDING - 2, card->badge_width - BADGE_GAP);
	put_text(picture->buf, "badge-text", x + (card->badge_width - BADGE_GAP) / 2, y + CARD_PADDING + 12,
		"middle", now);
}

static void put_state(const struct picture *picture, int state)
{
	int at = picture->drawing->rank[state];
	const struct layout_box *box = &picture->layout.boxes[at];
	bool present = state == picture->drawing->present;
	int x = box->x + MARGIN, y = box->y + HEAD;

	buf_puts(picture->buf, "<g>\n");
	put_shape(picture->buf, picture->drawing->procedure->states[state].end, present, box, x, y);
	put_card(picture, &picture->cards[at], x, y, box->width);
	if (present)
		put_badge(picture, &picture->cards[at], x, y);
	buf_puts(picture->buf, "</g>\n");
}

/* ---- arrows ---- */

static void put_line(const struct picture *picture, const struct layout_arrow *arrow)
{
	bool back = arrow->from > arrow->to;
	const struct layout_point *last = &arrow->points[arrow->point_count - 1];
	struct buf *buf = picture->buf;

	buf_format(buf, "<path class=\"%s\" d=\"", back ? "back" : "onward");
	for (size_t i = 0; i < arrow->point_count; i++) {
		int x = arrow->points[i].x + MARGIN, y = arrow->points[i].y + HEAD;

		if (i + 1 == arrow->point_count)
			y += back ? ARROW_LENGTH - 2 : 2 - ARROW_LENGTH; /* the tip covers the rest */
		if (i == 0) {
			buf_format(buf, "M%d %d", x, y);
		} else if (arrow->points[i - 1].x == arrow->points[i].x) {
			buf_format(buf, "V%d", y);
		} else {
			int middle = (arrow->points[i - 1].y + arrow->points[i].y) / 2 + HEAD;

			buf_format(buf, "C%d %d %d %d %d %d", arrow->points[i - 1].x + MARGIN, middle, x,
				middle, x, y);
		}
	}
	buf_puts(buf, "\"/>\n");
	put_tip(buf, back ? "back-tip" : "onward-tip", last->x + MARGIN, last->y + HEAD, back);
}

static void put_arrow(const struct picture *picture, size_t i)
{
	const struct layout_arrow *arrow = &picture->layout.arrows[i];
	const struct rows *text = &picture->texts[i];

	buf_puts(picture->buf, "<g>\n");
	put_line(picture, arrow);
	for (size_t row = 0; row < text->count; row++)
		put_row(picture->buf, &text->items[row], arrow->text_x + MARGIN,
			arrow->text_y + HEAD + ROW_HEIGHT * (int)row + 15, 0);
	buf_puts(picture->buf, "</g>\n");
}

/* ---- the words for who can't see it ---- */

static void describe_state(const struct picture *picture, int state)
{
	const struct drawing *drawing = picture->drawing;
	const struct procedure *procedure = drawing->procedure;
	const struct draw_words *words = drawing->words;
	const char *before = words->colon;
	struct buf *buf = picture->buf;

	draw_xml(buf, draw_state(drawing, state));
	if (procedure->states[state].end != END_NONE)
		buf_format(
			buf, "%s%s%s", words->open, words->ends[procedure->states[state].end], words->close);
	if (state == drawing->present)
		buf_format(buf, "%s%s%s", words->open, words->now, words->close);
	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (!duty_holds_in(duty, state))
			continue;
		buf_puts(buf, before);
		before = words->comma;
		draw_xml(buf, draw_role(drawing, duty->bearer));
		buf_puts(buf, " ");
		draw_xml(buf, draw_duty(drawing, duty));
		buf_puts(buf, words->open);
		draw_xml(buf, draw_limit(drawing, &duty->limit));
		buf_puts(buf, words->close);
	}
	for (size_t i = 0; i < procedure->action_count; i++) {
		if (!action_leaves(&procedure->actions[i], state))
			continue;
		int to = procedure->actions[i].to;

		buf_puts(buf, before);
		before = words->comma;
		draw_xml(buf, draw_action_by(drawing, (int)i));
		buf_puts(buf, " → ");
		draw_xml(buf, draw_state(drawing, to < 0 ? state : to));
	}
	buf_puts(buf, words->stop);
}

static void put_head(const struct picture *picture)
{
	const struct drawing *drawing = picture->drawing;
	struct buf *buf = picture->buf;
	struct str name = drawing->procedure->name;

	buf_format(buf,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"procedure-drawing\" width=\"%d\" "
		"height=\"%d\" "
		"viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%.*s-title %.*s-desc\" xml:lang=\"%s\" "
		"lang=\"%s\">\n",
		picture->width, picture->height, picture->width, picture->height, STR_ARG(name),
		STR_ARG(name), drawing->words->lang, drawing->words->lang);
	buf_format(buf, "<title id=\"%.*s-title\">", STR_ARG(name));
	draw_xml(buf, draw_title(drawing));
	buf_format(buf, "</title>\n<desc id=\"%.*s-desc\">", STR_ARG(name));
	for (size_t i = 0; i < drawing->procedure->state_count; i++)
		describe_state(picture, drawing->order[i]);
	buf_puts(buf, "</desc>\n");
	buf_puts(buf, style);
	buf_format(buf, "<rect class=\"ground\" width=\"%d\" height=\"%d\"/>\n", picture->width,
		picture->height);
	put_text(buf, "title", MARGIN, 32, NULL, draw_title(drawing));
}

/* The dot and the short arrow above the first box. */
static void put_begin(const struct picture *picture)
{
	const struct layout_box *box = &picture->layout.boxes[0];
	int x = box->x + box->width / 2 + MARGIN, y = HEAD - 30;

	if (picture->drawing->procedure->state_count == 0)
		return;
	buf_format(picture->buf,
		"<g><title>%s</title>\n<circle class=\"begin\" cx=\"%d\" cy=\"%d\" r=\"6\"/>\n"
		"<path class=\"onward\" d=\"M%d %dV%d\"/>\n",
		picture->drawing->words->begin, x, y, x, y, HEAD - ARROW_LENGTH + 2);
	put_tip(picture->buf, "onward-tip", x, HEAD, false);
	buf_puts(picture->buf, "</g>\n");
}

/* ---- the legend ---- */

enum { LEGEND_SIGN = 34, LEGEND_GAP = 26 };

static int legend_width(const struct draw_words *words)
{
	const char *const texts[] = {words->onward, words->back, words->stays, words->owed};
	int width = 0;

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		width += LEGEND_SIGN + LEGEND_GAP + card_text_width(str_from(texts[i]), TEXT_SIZE, false);
	return width - LEGEND_GAP;
}

static void put_legend(const struct picture *picture)
{
	const struct draw_words *words = picture->drawing->words;
	const char *const texts[] = {words->onward, words->back, words->stays, words->owed};
	struct buf *buf = picture->buf;
	int x = MARGIN, y = picture->height - 20;

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++) {
		if (i < 2)
			buf_format(buf, "<path class=\"%s\" d=\"M%d %dh24\"/>\n", i == 0 ? "onward" : "back",
				x, y - 4);
		else
			put_mark(buf, i == 2 ? ROW_STAYS : ROW_DUTY, x + 12, y);
		put_text(buf, "weak", x + LEGEND_SIGN, y, NULL, str_from(texts[i]));
		x += LEGEND_SIGN + LEGEND_GAP + card_text_width(str_from(texts[i]), TEXT_SIZE, false);
	}
}

/* ---- putting it together ---- */

static void picture_lay_out(struct picture *picture)
{
	const struct drawing *drawing = picture->drawing;
	size_t states = drawing->procedure->state_count;
	struct layout *layout = &picture->layout;

	picture->cards = ARENA_TAKE(drawing->arena, states + 1, struct card);
	picture->flows = draw_flows(drawing, &picture->flow_count);
	layout->box_count = states;
	layout->boxes = ARENA_TAKE(drawing->arena, states + 1, struct layout_box);
	layout->arrow_count = picture->flow_count < FLOWS_MAX ? picture->flow_count : FLOWS_MAX;
	layout->arrows = ARENA_TAKE(drawing->arena, layout->arrow_count + 1, struct layout_arrow);
	picture->texts = ARENA_TAKE(drawing->arena, layout->arrow_count + 1, struct rows);
	for (size_t i = 0; i < states; i++) {
		picture->cards[i] = card_make(drawing, drawing->order[i]);
		layout->boxes[i].width = picture->cards[i].width;
		layout->boxes[i].height = picture->cards[i].height;
	}
	for (size_t i = 0; i < layout->arrow_count; i++) {
		picture->texts[i] = card_flow(drawing, &picture->flows[i]);
		layout->arrows[i].from = drawing->rank[picture->flows[i].from];
		layout->arrows[i].to = drawing->rank[picture->flows[i].to];
		layout->arrows[i].text_width = picture->texts[i].width;
		layout->arrows[i].text_height = ROW_HEIGHT * (int)picture->texts[i].count;
	}
	layout_solve(drawing->arena, layout);
}

void draw_svg(const struct drawing *drawing)
{
	struct picture picture = {.drawing = drawing, .buf = drawing->buf};
	int legend = legend_width(drawing->words), title = card_text_width(draw_title(drawing), 18, true);

	picture_lay_out(&picture);
	picture.width = picture.layout.width;
	picture.width = legend > picture.width ? legend : picture.width;
	picture.width = (title > picture.width ? title : picture.width) + 2 * MARGIN;
	picture.height = picture.layout.height + HEAD + LEGEND;
	put_head(&picture);
	put_begin(&picture);
	for (size_t i = 0; i < picture.layout.arrow_count; i++)
		put_arrow(&picture, i);
	for (size_t i = 0; i < drawing->procedure->state_count; i++)
		put_state(&picture, drawing->order[i]);
	put_legend(&picture);
	buf_puts(drawing->buf, "</svg>\n");
}
