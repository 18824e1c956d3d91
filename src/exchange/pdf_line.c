/* pdf_line.c: a paragraph as lines. Where a line may end is what Chinese typesetting says: nowhere before
 * closing marks, nowhere behind opening ones, not within a word or a number; a mark that closes may hang over
 * the edge. */
#include "exchange/pdf_parts.h"

#include <stdlib.h>

#define USUAL_HEIGHT 1.3   /* of a line outside the grid, by the size of its text */
#define BASELINE     0.865 /* from the top of a character of Chinese, by its size */
#define EMU_PER_PT   12700.0
#define TAB_CHARS    2

/* ---- taking apart ---- */

struct taking {
	struct layout *layout;
	struct paragraph *paragraph;
	enum { FIELD_NONE, FIELD_CODE, FIELD_PAGE, FIELD_OTHER } field;
	bool field_said; /* the number of the page stands already */
};

static struct item *add(struct taking *taking)
{
	struct paragraph *paragraph = taking->paragraph;

	return ARENA_PUSH(
		taking->layout->arena, paragraph->items, paragraph->item_count, paragraph->item_capacity);
}

static void take_text(struct taking *taking, const struct look *look, struct str text)
{
	const struct layout *layout = taking->layout;
	bool grid = taking->paragraph->look.snap && layout->grid_character != 0;

	for (size_t at = 0; at < text.size;) {
		uint32_t character;

		at += utf8_next(text, at, &character);
		if (character < ' ')
			character = ' ';
		struct glyph glyph = faces_glyph(layout->faces, look->font, character);

		*add(taking) = (struct item){.kind = ITEM_CHARACTER,
			.character = character,
			.glyph = glyph,
			.size = look->size,
			.advance = glyph.advance * look->size + look->apart +
				   (grid ? layout->grid_character : 0),
			.height = look->size,
			.colour = look->colour,
			.bold = look->bold};
	}
}

static void take_page_number(struct taking *taking, const struct look *look)
{
	if (!taking->field_said)
		take_text(taking, look, str_format(taking->layout->arena, "%d", taking->layout->page));
	taking->field_said = true;
}

/* The picture that a drawing shows, by its relation. */
static struct str picture_of(struct layout *layout, struct str id)
{
	const struct part *part = docx_find_part(layout->docx, "word/_rels/document.xml.rels");
	struct xml_node *root = NULL;
	struct bh_err why;

	if (part == NULL || xml_tree_read(layout->arena, "word/_rels/document.xml.rels", part->bytes, &root,
				    &why) != ERR_OK)
		return STR("");
	for (const struct xml_node *at = root->first; at != NULL; at = at->next)
		if (str_equal(xml_value(at, "Id"), id)) {
			struct str target = xml_value(at, "Target");
			const struct part *picture = docx_find_part(
				layout->docx, str_format(layout->arena, "word/%.*s", STR_ARG(target)).data);

			return picture == NULL ? STR("") : picture->bytes;
		}
	return STR("");
}

static double emu(struct str text)
{
	int64_t value;

	return str_to_int(text, &value) && value > 0 ? (double)value / EMU_PER_PT : 0;
}

static void take_drawing(struct taking *taking, const struct xml_node *drawing)
{
	const struct xml_node *extent = xml_find(drawing, "wp:extent"), *blip = xml_find(drawing, "a:blip");
	struct item item = {.kind = ITEM_PICTURE};

	if (extent == NULL || blip == NULL)
		return;
	item.png = picture_of(taking->layout, xml_value(blip, "r:embed"));
	item.advance = emu(xml_value(extent, "cx"));
	item.height = emu(xml_value(extent, "cy"));
	if (item.png.size > 0)
		*add(taking) = item;
}

static void take_field(struct taking *taking, struct str kind)
{
	if (str_is(kind, "begin")) {
		taking->field = FIELD_CODE;
		taking->field_said = false;
	} else if (str_is(kind, "end")) {
		taking->field = FIELD_NONE;
	}
}

static void take_run(struct taking *taking, const struct xml_node *run)
{
	struct arena *arena = taking->layout->arena;
	const struct look look = look_of_run(taking->layout->styles, &taking->paragraph->look, run);

	for (const struct xml_node *at = run->first; at != NULL; at = at->next) {
		if (xml_is(at, "w:fldChar"))
			take_field(taking, xml_value(at, "w:fldCharType"));
		else if (xml_is(at, "w:instrText"))
			taking->field = str_find(xml_all_text(arena, at), STR("PAGE")) != SIZE_MAX
						? FIELD_PAGE
						: FIELD_OTHER;
		else if (taking->field == FIELD_PAGE && xml_is(at, "w:t"))
			take_page_number(taking, &look);
		else if (xml_is(at, "w:t"))
			take_text(taking, &look, xml_all_text(arena, at));
		else if (xml_is(at, "w:tab"))
			take_text(taking, &look, STR("\u3000\u3000"));
		else if (xml_is(at, "w:br"))
			*add(taking) = (struct item){
				.kind = str_is(xml_value(at, "w:type"), "page") ? ITEM_PAGE : ITEM_BREAK,
				.height = look.size};
		else if (xml_is(at, "w:drawing"))
			take_drawing(taking, at);
	}
}

/* Runs, whatever is around them; what was struck out isn't there. */
static void take_all(struct taking *taking, const struct xml_node *root)
{
	for (const struct xml_node *at = root->first; at != NULL; at = at->next) {
		if (xml_is(at, "w:r")) {
			take_run(taking, at);
		} else if (xml_is(at, "w:fldSimple") &&
			   str_find(xml_value(at, "w:instr"), STR("PAGE")) != SIZE_MAX) {
			taking->field = FIELD_PAGE;
			taking->field_said = false;
			for (const struct xml_node *run = at->first; run != NULL; run = run->next)
				if (xml_is(run, "w:r"))
					take_run(taking, run);
			taking->field = FIELD_NONE;
		} else if (xml_is(at, "w:hyperlink") || xml_is(at, "w:ins") || xml_is(at, "w:smartTag") ||
			   xml_is(at, "w:sdt") || xml_is(at, "w:sdtContent") || xml_is(at, "w:fldSimple")) {
			/* As deep as XML_DEPTH_MAX. */
			take_all(taking, at);
		}
	}
}

/* ---- where a line may end ---- */

static bool is_in(uint32_t character, const char *set)
{
	struct str text = str_from(set);

	for (size_t at = 0; at < text.size;) {
		uint32_t one;

		at += utf8_next(text, at, &one);
		if (one == character)
			return true;
	}
	return false;
}

static bool closes(uint32_t character)
{
	return is_in(character, "，。、；：！？）》」』】〕〉…—”’,.;:!?)]}%℃·々");
}

static bool opens(uint32_t character)
{
	return is_in(character, "（《「『【〔〈“‘([{");
}

static bool may_hang(uint32_t character)
{
	return is_in(character, "，。、；：");
}

static bool is_word(uint32_t character)
{
	return character < 0x250 && character > ' ' && !is_in(character, "()[]{},;/-—");
}

static bool may_break_before(const struct paragraph *paragraph, size_t at)
{
	const struct item *item = &paragraph->items[at], *before = &paragraph->items[at - 1];

	if (item->kind != ITEM_CHARACTER || before->kind != ITEM_CHARACTER)
		return true;
	return !closes(item->character) && !opens(before->character) &&
	       !(is_word(item->character) && is_word(before->character)) && item->character != ' ';
}

/* The last place at or before `at` where a line that begins at `from` may end; `at` when there is none. */
static size_t place_to_break(const struct paragraph *paragraph, size_t from, size_t at)
{
	for (size_t place = at; place > from; place--)
		if (may_break_before(paragraph, place))
			return place;
	return at;
}

/* ---- lines ---- */

static double in_characters(const struct layout *layout, const struct look *look, double characters)
{
	bool grid = look->snap && layout->grid_character != 0;

	return characters * (look->size + look->apart + (grid ? layout->grid_character : 0));
}

static double left_of(const struct layout *layout, const struct look *look, bool first)
{
	double left = look->left_chars != 0 ? in_characters(layout, look, look->left_chars) : look->left;

	if (first)
		left += look->first_chars != 0 ? in_characters(layout, look, look->first_chars) : look->first;
	return left;
}

static double room_of(const struct layout *layout, const struct paragraph *paragraph, bool first)
{
	const struct look *look = &paragraph->look;
	double right = look->right_chars != 0 ? in_characters(layout, look, look->right_chars) : look->right;

	return paragraph->width - left_of(layout, look, first) - right;
}

static double height_of(const struct layout *layout, const struct look *look, double tallest, bool picture)
{
	double height = tallest * (picture ? 1 : USUAL_HEIGHT);

	if (look->line_exact)
		return look->line;
	if (look->line_least && height < look->line)
		return look->line;
	if (look->snap && layout->grid_line > 0) {
		double lines = 1;

		while (lines * layout->grid_line < tallest * 1.1)
			lines++;
		return lines * layout->grid_line * (look->line_least ? 1 : look->line);
	}
	return height * (look->line_least ? 1 : look->line);
}

static void end_line(struct layout *layout, struct paragraph *paragraph, struct line line)
{
	double tallest = 0;
	bool picture = false;

	line.width = 0;
	for (size_t i = line.from; i < line.to; i++) {
		const struct item *item = &paragraph->items[i];

		if (item->height > tallest) {
			tallest = item->height;
			picture = item->kind == ITEM_PICTURE;
		}
		line.width += item->advance;
	}
	if (line.from == line.to)
		tallest = paragraph->look.size;
	line.height = height_of(layout, &paragraph->look, tallest, picture);
	*ARENA_PUSH(layout->arena, paragraph->lines, paragraph->line_count, paragraph->line_capacity) = line;
}

/* Where the line that begins at `from` ends. */
static size_t fill_line(const struct paragraph *paragraph, size_t from, double room)
{
	double width = 0;

	for (size_t at = from; at < paragraph->item_count; at++) {
		const struct item *item = &paragraph->items[at];

		if (item->kind == ITEM_BREAK || item->kind == ITEM_PAGE)
			return at;
		width += item->advance;
		if (width <= room + 0.5 || at == from)
			continue;
		return may_hang(item->character) && item->kind == ITEM_CHARACTER
			       ? at + 1
			       : place_to_break(paragraph, from, at);
	}
	return paragraph->item_count;
}

static void break_lines(struct layout *layout, struct paragraph *paragraph)
{
	size_t from = 0;
	bool first = true;

	do {
		size_t to = fill_line(paragraph, from, room_of(layout, paragraph, first));
		struct line line = {
			.from = from, .to = to, .first = first, .ends = to == paragraph->item_count};

		first = false;
		if (!line.ends && paragraph->items[to].kind != ITEM_CHARACTER &&
			paragraph->items[to].kind != ITEM_PICTURE) {
			line.ends = true;
			line.page = paragraph->items[to].kind == ITEM_PAGE;
			to++;
		}
		end_line(layout, paragraph, line);
		from = to;
		/* A blank at which a line was broken isn't drawn on the next. */
		while (from < paragraph->item_count && from > 0 && !line.ends &&
			paragraph->items[from].kind == ITEM_CHARACTER &&
			paragraph->items[from].character == ' ')
			from++;
	} while (from < paragraph->item_count);
}

struct paragraph paragraph_of(struct layout *layout, const struct xml_node *node, double width)
{
	struct paragraph paragraph = {.look = look_of_paragraph(layout->styles, node), .width = width};
	struct taking taking = {.layout = layout, .paragraph = &paragraph};

	take_all(&taking, node);
	break_lines(layout, &paragraph);
	return paragraph;
}

/* ---- drawing ---- */

/* What is put between two characters so that the line is as wide as its room. */
static double stretch_of(const struct paragraph *paragraph, const struct line *line, double room)
{
	double spare = room - line->width;
	size_t count = line->to - line->from;

	if (paragraph->look.align != ALIGN_BOTH || line->ends || count < 2 ||
		spare > paragraph->look.size * 3 || spare < -paragraph->look.size)
		return 0;
	const struct item *last = &paragraph->items[line->to - 1];

	/* A mark that hangs over isn't made room for. */
	if (last->kind == ITEM_CHARACTER && spare < 0 && may_hang(last->character))
		spare += last->advance;
	return spare / (double)(count - 1);
}

void paragraph_draw(
	const struct layout *layout, const struct paragraph *paragraph, size_t at, double x, double y)
{
	const struct line *line = &paragraph->lines[at];
	const struct look *look = &paragraph->look;
	double room = room_of(layout, paragraph, line->first), left = x + left_of(layout, look, line->first);
	double stretch = stretch_of(paragraph, line, room);

	if (look->align == ALIGN_CENTER)
		left += (room - line->width) / 2;
	else if (look->align == ALIGN_RIGHT)
		left += room - line->width;
	for (size_t i = line->from; i < line->to; i++) {
		const struct item *item = &paragraph->items[i];
		double top = y + (line->height - item->height) / 2;

		if (item->kind == ITEM_PICTURE)
			(void)canvas_picture(
				layout->canvas, item->png, left, top, item->advance, item->height);
		else if (item->character != ' ')
			canvas_glyph(layout->canvas, &item->glyph, item->character, item->size, item->bold,
				item->colour, left, top + item->size * BASELINE);
		left += item->advance + stretch;
	}
	if (look->rule > 0 && at + 1 == paragraph->line_count)
		canvas_line(layout->canvas, x, y + line->height + look->rule_space, x + paragraph->width,
			y + line->height + look->rule_space, look->rule, look->rule_colour, false);
}
