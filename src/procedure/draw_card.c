/* draw_card.c: breaking and measuring the texts of an SVG drawing. */
#include "procedure/draw_card.h"

enum { NARROW_PERCENT = 56, NARROW_BOLD_PERCENT = 61 };

int card_text_width(struct str text, int size, bool bold)
{
	size_t columns = utf8_width(text), count = 0;
	uint32_t character;

	for (size_t at = 0; at < text.size; count++)
		at += utf8_next(text, at, &character);
	size_t wide = columns - count, narrow = count - wide;

	return (int)((wide * 100 + narrow * (bold ? NARROW_BOLD_PERCENT : NARROW_PERCENT)) * (size_t)size /
		     100);
}

/* The size of the longest beginning that fits: at least one character. */
static size_t fitting_size(struct str text, int size, bool bold, int width)
{
	size_t fits = 0, good = 0; /* good: the last place where a line may end */
	uint32_t character, next = 0;

	for (size_t at = 0; at < text.size;) {
		size_t step = utf8_next(text, at, &character);

		if (fits > 0 && card_text_width(str_slice(text, 0, at + step), size, bold) > width)
			return good > 0 ? good : fits;
		at += step;
		fits = at;
		if (at < text.size)
			utf8_next(text, at, &next);
		/* After a space, and between wide characters, but no line begins with closing punctuation. */
		bool closing = next == 0x3001 || next == 0x3002 || next == 0xFF0C || next == 0xFF1B ||
			       next == 0xFF09 || next == 0x300D || next == 0x300B;

		if (character == ' ' || (character >= 0x2E80 && !closing))
			good = at;
	}
	return text.size;
}

struct str *card_wrap(struct arena *arena, struct str text, int size, bool bold, int width, size_t *ret_count)
{
	struct str *lines = NULL;
	size_t capacity = 0;

	*ret_count = 0;
	for (text = str_trim(text); text.size > 0;) {
		size_t cut = fitting_size(text, size, bold, width);

		*ARENA_PUSH(arena, lines, *ret_count, capacity) = str_trim(str_slice(text, 0, cut));
		text = str_trim(str_slice(text, cut, text.size));
	}
	return lines;
}

static void row_push(struct arena *arena, struct rows *rows, struct row row)
{
	int weak = card_text_width(row.weak, TEXT_SIZE, false),
	    right = card_text_width(row.right, TEXT_SIZE, false);

	row.width = card_text_width(row.strong, TEXT_SIZE, true);
	row.width += weak > 0 ? weak + (row.strong.size > 0 ? WEAK_GAP : 0) : 0;
	row.width += right > 0 ? right + RIGHT_GAP : 0;
	if (row.width > rows->width)
		rows->width = row.width;
	*ARENA_PUSH(arena, rows->items, rows->count, rows->capacity) = row;
}

static bool row_fits(struct str strong, struct str weak, struct str right)
{
	return card_text_width(strong, TEXT_SIZE, true) + card_text_width(weak, TEXT_SIZE, false) +
		       card_text_width(right, TEXT_SIZE, false) + WEAK_GAP + RIGHT_GAP <=
	       ROW_WIDTH_MAX;
}

/* The first of them carries the mark; the others stand under its text. */
void rows_add(struct arena *arena, struct rows *rows, enum row_mark mark, struct str strong, struct str weak,
	struct str right)
{
	size_t count;

	if (row_fits(strong, weak, right)) {
		row_push(arena, rows, (struct row){mark, strong, weak, right, 0});
		return;
	}
	struct str *lines = card_wrap(arena, strong, TEXT_SIZE, true, ROW_WIDTH_MAX, &count);

	for (size_t i = 0; i < count; i++)
		row_push(arena, rows,
			(struct row){i == 0 ? mark : ROW_PLAIN, lines[i], STR_NONE, STR_NONE, 0});
	if (row_fits(STR_NONE, weak, right)) {
		row_push(arena, rows, (struct row){ROW_PLAIN, STR_NONE, weak, right, 0});
		return;
	}
	lines = card_wrap(arena, weak, TEXT_SIZE, false, ROW_WIDTH_MAX, &count);
	for (size_t i = 0; i < count; i++)
		row_push(arena, rows, (struct row){ROW_PLAIN, STR_NONE, lines[i], STR_NONE, 0});
	lines = card_wrap(arena, right, TEXT_SIZE, false, ROW_WIDTH_MAX, &count);
	for (size_t i = 0; i < count; i++)
		row_push(arena, rows, (struct row){ROW_PLAIN, STR_NONE, STR_NONE, lines[i], 0});
}

/* Duties first, then the actions that leave the matter here. */
static struct rows card_rows(const struct drawing *drawing, int state)
{
	const struct procedure *procedure = drawing->procedure;
	struct rows rows = {0};

	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (duty_holds_in(duty, state))
			rows_add(drawing->arena, &rows, ROW_DUTY, draw_role(drawing, duty->bearer),
				draw_duty(drawing, duty), draw_limit(drawing, &duty->limit));
	}
	for (size_t i = 0; i < procedure->action_count; i++)
		if (draw_stays(&procedure->actions[i], state))
			rows_add(drawing->arena, &rows, ROW_STAYS, draw_action(drawing, (int)i),
				draw_role(drawing, procedure->actions[i].by), STR_NONE);
	return rows;
}

struct card card_make(const struct drawing *drawing, int state)
{
	bool ends = drawing->procedure->states[state].end != END_NONE;
	struct card card = {.rows = card_rows(drawing, state)};

	card.names = card_wrap(
		drawing->arena, draw_state(drawing, state), NAME_SIZE, true, ROW_WIDTH_MAX, &card.name_count);
	if (state == drawing->present)
		card.badge_width =
			card_text_width(str_from(drawing->words->now), BADGE_SIZE, true) + 20 + BADGE_GAP;
	card.sign_width = card.badge_width + (ends ? SIGN_WIDTH : 0);
	card.width = card.rows.width + MARK_WIDTH;
	for (size_t i = 0; i < card.name_count; i++) {
		/* The name stands in the middle, so what stands left of it has its like on the right. */
		int width = card_text_width(card.names[i], NAME_SIZE, true) + 2 * card.sign_width;

		card.width = width > card.width ? width : card.width;
	}
	card.width += 2 * CARD_PADDING;
	card.width = card.width < CARD_WIDTH_MIN ? CARD_WIDTH_MIN : card.width;
	card.height = 2 * CARD_PADDING + NAME_HEIGHT * (int)card.name_count +
		      ROW_HEIGHT * (int)card.rows.count + (card.rows.count > 0 ? RULE_HEIGHT : 0) -
		      NAME_LEADING;
	return card;
}

struct rows card_flow(const struct drawing *drawing, const struct draw_flow *flow)
{
	struct rows rows = {0};

	for (size_t i = 0; i < flow->action_count; i++) {
		const struct action *action = &drawing->procedure->actions[flow->actions[i]];
		struct str role = draw_role(drawing, action->by);

		if (action->evidence == EVIDENCE_REQUIRED)
			role = str_format(drawing->arena, "%.*s%s%s", STR_ARG(role), drawing->words->comma,
				drawing->words->evidence);
		rows_add(drawing->arena, &rows, ROW_PLAIN, draw_action(drawing, flow->actions[i]), role,
			STR_NONE);
	}
	return rows;
}
