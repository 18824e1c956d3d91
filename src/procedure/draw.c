/* draw.c: a procedure as a picture. What the three formats share, and the door to them. */
#include "procedure/draw.h"

static const struct draw_words words_zh = {
	.lang = "zh-CN",
	.open = "\uFF08",
	.close = "\uFF09",
	.now = "当前",
	.begin = "开始",
	.ends = {"", "办成", "未办成", "作废"},
	.evidence = "附证据",
	.onward = "推进",
	.back = "退回",
	.stays = "原地办理",
	.owed = "责任\uFF1A谁、何时前",
	.stop = "。",
	.colon = "\uFF1A",
	.comma = "\uFF0C",
};
static const struct draw_words words_en = {
	.lang = "en",
	.open = " (",
	.close = ")",
	.now = "Present",
	.begin = "Begin",
	.ends = {"", "done", "not done", "void"},
	.evidence = "with evidence",
	.onward = "Onward",
	.back = "Back",
	.stays = "Stays here",
	.owed = "Duty: who, by when",
	.stop = ". ",
	.colon = ": ",
	.comma = ", ",
};

/* ---- labels ---- */

struct str draw_state(const struct drawing *drawing, int state)
{
	const struct state *item = &drawing->procedure->states[state];

	return label_pick(item->label, item->name, drawing->lang);
}

struct str draw_action(const struct drawing *drawing, int action)
{
	const struct action *item = &drawing->procedure->actions[action];

	return label_pick(item->label, item->name, drawing->lang);
}

struct str draw_duty(const struct drawing *drawing, const struct duty_rule *duty)
{
	return label_pick(duty->label, duty->name, drawing->lang);
}

struct str draw_role(const struct drawing *drawing, int role)
{
	const struct role *item;

	if (role < 0)
		return STR_NONE;
	item = &drawing->procedure->roles[role];
	return label_pick(item->label, item->name, drawing->lang);
}

struct str draw_title(const struct drawing *drawing)
{
	return label_pick(drawing->procedure->title, drawing->procedure->name, drawing->lang);
}

struct str draw_action_by(const struct drawing *drawing, int action)
{
	struct str role = draw_role(drawing, drawing->procedure->actions[action].by);

	if (role.size == 0)
		return draw_action(drawing, action);
	return str_format(drawing->arena, "%.*s%s%.*s%s", STR_ARG(draw_action(drawing, action)),
		drawing->words->open, STR_ARG(role), drawing->words->close);
}

/* ---- limits ---- */

static bool in_english(const struct drawing *drawing)
{
	return drawing->words == &words_en;
}

static struct str field_label(const struct drawing *drawing, int field)
{
	if (field < 0)
		return STR_NONE;
	const struct field *item = &drawing->procedure->fields[field];

	return label_pick(item->label, item->name, drawing->lang);
}

static struct str term_label(const struct drawing *drawing, struct term term)
{
	static const char *const units[] = {
		[TERM_WORKING_DAYS] = "个工作日", [TERM_DAYS] = "日", [TERM_MONTHS] = "个月"};

	if (in_english(drawing))
		return term_print(drawing->arena, term);
	return str_format(drawing->arena, "%d %s", term.amount, units[term.unit]);
}

static struct str period_label(const struct drawing *drawing, enum period period)
{
	static const char *const zh[] = {[PERIOD_WEEK] = "每周",
		[PERIOD_MONTH] = "每月",
		[PERIOD_QUARTER] = "每季度",
		[PERIOD_HALF_YEAR] = "每半年",
		[PERIOD_YEAR] = "每年"};
	static const char *const en[] = {[PERIOD_WEEK] = "every week",
		[PERIOD_MONTH] = "every month",
		[PERIOD_QUARTER] = "every quarter",
		[PERIOD_HALF_YEAR] = "every half-year",
		[PERIOD_YEAR] = "every year"};

	static_assert(
		ARRAY_COUNT(zh) == PERIOD_COUNT && ARRAY_COUNT(en) == PERIOD_COUNT, "every period has words");
	return str_from(in_english(drawing) ? en[period] : zh[period]);
}

struct str draw_limit(const struct drawing *drawing, const struct limit *limit)
{
	bool english = in_english(drawing);
	struct str field = field_label(drawing, limit->field), term;

	switch (limit->kind) {
	case LIMIT_WITHIN:
		term = term_label(drawing, limit->term);
		return str_format(drawing->arena, english ? "within %.*s" : "%.*s内", STR_ARG(term));
	case LIMIT_BY:
		return str_format(drawing->arena, english ? "by \"%.*s\"" : "「%.*s」前", STR_ARG(field));
	case LIMIT_EVERY:
		return period_label(drawing, limit->period);
	case LIMIT_CALENDAR:
		term = term_label(drawing, limit->term);
		if (english)
			return str_format(
				drawing->arena, "within %.*s of \"%.*s\"", STR_ARG(term), STR_ARG(field));
		return str_format(drawing->arena, "「%.*s」起 %.*s内", STR_ARG(field), STR_ARG(term));
	}
	return STR_NONE;
}

/* ---- flows ---- */

bool draw_stays(const struct action *action, int state)
{
	return action_leaves(action, state) && (action->to < 0 || action->to == state);
}

struct draw_flow *draw_flows(const struct drawing *drawing, size_t *ret_count)
{
	const struct procedure *procedure = drawing->procedure;
	size_t states = procedure->state_count, count = 0, capacity = 0;
	size_t *at = ARENA_TAKE(drawing->arena, states * states + 1, size_t); /* 1 + the flow of each pair */
	struct draw_flow *flows = NULL;

	for (size_t i = 0; i < procedure->action_count; i++)
		for (size_t j = 0; j < procedure->actions[i].from_count; j++) {
			int from = procedure->actions[i].from[j], to = procedure->actions[i].to;

			if (to < 0 || to == from)
				continue;
			size_t *pair = &at[(size_t)from * states + (size_t)to];

			if (*pair == 0) {
				*ARENA_PUSH(drawing->arena, flows, count, capacity) =
					(struct draw_flow){.from = from, .to = to};
				*pair = count;
			}
			struct draw_flow *flow = &flows[*pair - 1];

			*ARENA_PUSH(drawing->arena, flow->actions, flow->action_count,
				flow->action_capacity) = (int)i;
		}
	*ret_count = count;
	return flows;
}

/* ---- XML ---- */

/* XML 1.0, section 2.2: Char. */
static bool is_xml_char(uint32_t character)
{
	return character == '\t' || character == '\n' || character == '\r' ||
	       (character >= 0x20 && character <= 0xD7FF) || (character >= 0xE000 && character <= 0xFFFD) ||
	       character >= 0x10000;
}

void draw_xml(struct buf *buf, struct str text)
{
	static const struct {
		char mark;
		const char *escaped;
	} marks[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

	for (size_t at = 0, size; at < text.size; at += size) {
		uint32_t character;
		const char *escaped = NULL;

		size = utf8_next(text, at, &character);
		for (size_t i = 0; i < ARRAY_COUNT(marks); i++)
			if (character == (unsigned char)marks[i].mark)
				escaped = marks[i].escaped;
		if (escaped != NULL)
			buf_puts(buf, escaped);
		else if (!is_xml_char(character) || (size == 1 && character == 0xFFFD))
			buf_puts(buf, "\xEF\xBF\xBD");
		else
			buf_put(buf, str_slice(text, at, size));
	}
}

/* ---- the door ---- */

/* Start, then the others as the text has them, then ends: authors write states in the order of the work. */
static void states_order(struct drawing *drawing)
{
	const struct procedure *procedure = drawing->procedure;
	int count = 0;

	drawing->order = ARENA_TAKE(drawing->arena, procedure->state_count + 1, int);
	drawing->rank = ARENA_TAKE(drawing->arena, procedure->state_count + 1, int);
	for (int part = 0; part < 3; part++)
		for (int i = 0; i < (int)procedure->state_count; i++) {
			bool first = i == procedure->start,
			     last = !first && procedure->states[i].end != END_NONE;

			if ((first ? 0 : last ? 2 : 1) != part)
				continue;
			drawing->rank[i] = count;
			drawing->order[count++] = i;
		}
}

void procedure_draw(struct buf *buf, const struct procedure *procedure, enum draw_format format,
	struct str lang, int present)
{
	static void (*const formats[])(const struct drawing *drawing) = {
		[DRAW_SVG] = draw_svg, [DRAW_MERMAID] = draw_mermaid, [DRAW_BPMN] = draw_bpmn};
	bool english = str_is(lang, "en");
	struct drawing drawing = {
		.buf = buf,
		.arena = buf->arena,
		.procedure = procedure,
		.lang = english ? STR("en") : STR("zh"),
		.words = english ? &words_en : &words_zh,
		.present = present,
	};

	static_assert(ARRAY_COUNT(formats) == DRAW_FORMAT_COUNT, "every format is drawn");
	REQUIRE(format < DRAW_FORMAT_COUNT && present < (int)procedure->state_count);
	states_order(&drawing);
	formats[format](&drawing);
}
