/* pdf_page.c: what stands on which page: the body from top to bottom, headers and footers around it. */
#include "exchange/pdf_parts.h"

#define TALL 0.8 /* of the page: a row that is higher is parted */

struct pages {
	struct layout *layout;
	const struct xml_node *body, *section;
	double width, height, top, bottom, left, right, header, footer;
	double y; /* where the next thing goes */
	bool even_differs;
};

/* ---- headers and footers ---- */

static struct xml_node *related(struct pages *pages, struct str id)
{
	struct layout *layout = pages->layout;
	const struct part *part = docx_find_part(layout->docx, "word/_rels/document.xml.rels");
	struct xml_node *root = NULL;
	struct bh_err why;

	if (part == NULL || xml_tree_read(layout->arena, part->name.data, part->bytes, &root, &why) != ERR_OK)
		return NULL;
	for (const struct xml_node *at = root->first; at != NULL; at = at->next) {
		if (!str_equal(xml_value(at, "Id"), id))
			continue;
		struct str name = str_format(layout->arena, "word/%.*s", STR_ARG(xml_value(at, "Target")));

		for (size_t i = 0; i < layout->docx->text_count; i++)
			if (str_equal(layout->docx->parts[layout->docx->text_parts[i]].name, name))
				return layout->docx->texts[i];
	}
	return NULL;
}

/* The one that this page has. */
static struct xml_node *edge_of(struct pages *pages, const char *reference)
{
	bool even = pages->even_differs && pages->layout->page % 2 == 0;

	for (const struct xml_node *at = pages->section == NULL ? NULL : pages->section->first; at != NULL;
		at = at->next)
		if (xml_is(at, reference) && str_is(xml_value(at, "w:type"), even ? "even" : "default"))
			return related(pages, xml_value(at, "r:id"));
	return NULL;
}

static void draw_edge(struct pages *pages, const struct xml_node *edge, bool at_bottom)
{
	struct layout *layout = pages->layout;
	double width = pages->right - pages->left, y = pages->header, height = 0;

	for (int pass = at_bottom ? 0 : 1; pass < 2; pass++) {
		for (const struct xml_node *at = edge->first; at != NULL; at = at->next) {
			if (!xml_is(at, "w:p"))
				continue;
			struct paragraph paragraph = paragraph_of(layout, at, width);

			for (size_t i = 0; i < paragraph.line_count; i++) {
				if (pass == 1)
					paragraph_draw(layout, &paragraph, i, pages->left, y);
				y += paragraph.lines[i].height;
				height += pass == 0 ? paragraph.lines[i].height : 0;
			}
		}
		y = pages->height - pages->footer - height;
	}
}

/* ---- pages ---- */

static void new_page(struct pages *pages)
{
	struct xml_node *edge;

	pages->layout->page++;
	canvas_page(pages->layout->canvas, pages->width, pages->height);
	edge = edge_of(pages, "w:headerReference");
	if (edge != NULL)
		draw_edge(pages, edge, false);
	edge = edge_of(pages, "w:footerReference");
	if (edge != NULL)
		draw_edge(pages, edge, true);
	pages->y = pages->top;
}

static bool is_at_top(const struct pages *pages)
{
	return pages->y <= pages->top + 0.01;
}

/* Room for so much, on this page or else on the next. */
static void need(struct pages *pages, double height)
{
	if (pages->y + height > pages->bottom + 0.5 && !is_at_top(pages))
		new_page(pages);
}

static void draw_paragraph(struct pages *pages, const struct xml_node *node)
{
	struct layout *layout = pages->layout;
	struct paragraph paragraph = paragraph_of(layout, node, pages->right - pages->left);
	const struct look *look = &paragraph.look;
	double rule = look->rule > 0 ? look->rule_space + look->rule : 0;

	if (look->page_before && !is_at_top(pages))
		new_page(pages);
	/* Above the first thing of a later page no space is wanted. */
	if (!is_at_top(pages) || layout->page == 1)
		pages->y += look->before;
	if (look->keep_next)
		need(pages, paragraph.lines[0].height * (double)paragraph.line_count +
				    2 * paragraph.lines[0].height);
	for (size_t i = 0; i < paragraph.line_count; i++) {
		need(pages, paragraph.lines[i].height + (i + 1 == paragraph.line_count ? rule : 0));
		paragraph_draw(layout, &paragraph, i, pages->left, pages->y);
		pages->y += paragraph.lines[i].height;
		if (paragraph.lines[i].page)
			new_page(pages);
	}
	pages->y += look->after + rule;
}

/* Rows that merged cells hold together stay together. */
static size_t held_together(const struct table *table, size_t from)
{
	size_t to = from + 1;

	for (size_t i = from; i < to; i++)
		for (size_t j = 0; j < table->rows[i].count; j++)
			if (i + (size_t)table->rows[i].cells[j].span_rows > to)
				to = i + (size_t)table->rows[i].cells[j].span_rows;
	return to;
}

static void draw_heads(struct pages *pages, const struct table *table, size_t before)
{
	for (size_t i = 0; i < before && table->rows[i].head; i++) {
		table_draw_row(pages->layout, table, i, pages->y);
		pages->y += table->rows[i].height;
	}
}

/* Taller than a page: as much as fits on each. */
static void draw_tall_row(struct pages *pages, const struct table *table, size_t row)
{
	struct row_part part = {
		.row = row, .from = ARENA_TAKE(pages->layout->arena, table->rows[row].count + 1, size_t)};

	for (;;) {
		pages->y += table_draw_part(pages->layout, table, &part, pages->y, pages->bottom - pages->y);
		if (part.done)
			return;
		new_page(pages);
		draw_heads(pages, table, row);
	}
}

static void draw_rows(struct pages *pages, const struct table *table, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		table_draw_row(pages->layout, table, i, pages->y);
		pages->y += table->rows[i].height;
	}
}

static void draw_table(struct pages *pages, const struct xml_node *node)
{
	struct table table = table_of(pages->layout, node, pages->left, pages->right - pages->left);

	for (size_t i = 0; i < table.count;) {
		size_t to = held_together(&table, i);
		double height = 0;
		int page = pages->layout->page;

		for (size_t j = i; j < to; j++)
			height += table.rows[j].height;
		bool tall = to == i + 1 && height > (pages->bottom - pages->top) * TALL;

		need(pages, tall ? pages->layout->grid_line + 1 : height);
		if (pages->layout->page != page)
			draw_heads(pages, &table, i);
		if (tall)
			draw_tall_row(pages, &table, i);
		else
			draw_rows(pages, &table, i, to);
		i = to;
	}
}

/* ---- the document ---- */

static void read_section(struct pages *pages)
{
	const struct xml_node *section = xml_child(pages->body, "w:sectPr");
	const struct xml_node *size = xml_child(section, "w:pgSz"), *margin = xml_child(section, "w:pgMar"),
			      *grid = xml_child(section, "w:docGrid");
	struct str kind = xml_value(grid, "w:type");
	int64_t space;

	pages->section = section;
	/* Without one: A4 with Word's usual margins. */
	pages->width = twips(xml_value(size, "w:w"), 595.3);
	pages->height = twips(xml_value(size, "w:h"), 841.9);
	pages->top = twips(xml_value(margin, "w:top"), 72);
	pages->bottom = pages->height - twips(xml_value(margin, "w:bottom"), 72);
	pages->left = twips(xml_value(margin, "w:left"), 90);
	pages->right = pages->width - twips(xml_value(margin, "w:right"), 90);
	pages->header = twips(xml_value(margin, "w:header"), 42.55);
	pages->footer = twips(xml_value(margin, "w:footer"), 49.6);
	if (str_starts(kind, "lines") || str_is(kind, "snapToChars"))
		pages->layout->grid_line = twips(xml_value(grid, "w:linePitch"), 0);
	if ((str_is(kind, "linesAndChars") || str_is(kind, "snapToChars")) &&
		str_to_int(xml_value(grid, "w:charSpace"), &space))
		pages->layout->grid_character = (double)space / 4096;
}

static bool even_differs(struct layout *layout)
{
	const struct part *part = docx_find_part(layout->docx, "word/settings.xml");

	return part != NULL && str_find(part->bytes, STR("<w:evenAndOddHeaders/>")) != SIZE_MAX;
}

static void draw_blocks(struct pages *pages, const struct xml_node *root)
{
	for (const struct xml_node *at = root->first; at != NULL; at = at->next) {
		if (xml_is(at, "w:p"))
			draw_paragraph(pages, at);
		else if (xml_is(at, "w:tbl"))
			draw_table(pages, at);
		else if (xml_is(at, "w:sdt") || xml_is(at, "w:sdtContent"))
			draw_blocks(pages, at);
	}
}

enum err pages_draw(struct layout *layout, struct bh_err *reterr)
{
	struct pages pages = {.layout = layout, .even_differs = even_differs(layout)};

	for (size_t i = 0; i < layout->docx->text_count; i++)
		if (str_is(layout->docx->parts[layout->docx->text_parts[i]].name, "word/document.xml"))
			pages.body = xml_child(layout->docx->texts[i], "w:body");
	if (pages.body == NULL)
		return err_set(reterr, ERR_INVALID, "word/document.xml", "the document has no body");
	read_section(&pages);
	if (pages.right - pages.left < 72 || pages.bottom - pages.top < 72 || pages.width > 5000 ||
		pages.height > 5000)
		return err_set(reterr, ERR_INVALID, "word/document.xml",
			"its page leaves no room for text, or is larger than paper is");
	new_page(&pages);
	draw_blocks(&pages, pages.body);
	return ERR_OK;
}
