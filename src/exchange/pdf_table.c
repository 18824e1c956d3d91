/* pdf_table.c: tables: columns from their grid, merged cells, lines around them. */
#include "exchange/pdf_parts.h"

#define MARGIN      5.4 /* left and right within a cell, as Word has it where a table doesn't say */
#define MARGIN_MOST 20
#define COLUMNS_MAX 64

struct grid {
	double at[COLUMNS_MAX + 1]; /* edges */
	size_t count;
	double margin; /* left and right within a cell */
};

static struct grid grid_of(const struct xml_node *node, double x, double width)
{
	struct grid grid = {.at = {x}};
	double all = 0;

	for (const struct xml_node *at = xml_child(node, "w:tblGrid")->first; at != NULL; at = at->next)
		if (xml_is(at, "w:gridCol") && grid.count < COLUMNS_MAX) {
			all += twips(xml_value(at, "w:w"), 0);
			grid.at[++grid.count] = x + all;
		}
	/* Wider than there is room, or a width in hundredths: all of the room. */
	double scale = all > 0 && (all > width || str_is(xml_child_value(xml_child(node, "w:tblPr"), "w:tblW",
								 "w:type"),
							  "pct"))
			       ? width / all
			       : 1;

	for (size_t i = 1; i <= grid.count; i++)
		grid.at[i] = x + (grid.at[i] - x) * scale;
	return grid;
}

/* What is left of the text, for both sides. */
static double margin_of(const struct xml_node *node)
{
	double margin =
		twips(xml_child_value(xml_child(xml_child(node, "w:tblPr"), "w:tblCellMar"), "w:left", "w:w"),
			MARGIN);

	return margin < 0 || margin > MARGIN_MOST ? MARGIN : margin;
}

static struct table_lines lines_of(const struct xml_node *node)
{
	const struct xml_node *borders = xml_child(xml_child(node, "w:tblPr"), "w:tblBorders"),
			      *top = xml_child(borders, "w:top");
	struct str kind = xml_value(top, "w:val");
	struct table_lines lines = {.within = xml_child(borders, "w:insideV") != NULL};
	int64_t size;

	if (top == NULL || str_is(kind, "nil") || str_is(kind, "none"))
		return lines;
	lines.width = str_to_int(xml_value(top, "w:sz"), &size) ? (double)size / 8 : 0.5;
	lines.dashed = str_is(kind, "dashed");
	lines.colour = lines.dashed ? 0x888888 : 0;
	return lines;
}

/* Paragraphs of a cell; what else may be in one (a table within) isn't drawn. */
static void fill_cell(struct layout *layout, struct cell *cell, const struct xml_node *node)
{
	for (const struct xml_node *at = node->first; at != NULL; at = at->next) {
		if (!xml_is(at, "w:p"))
			continue;
		struct paragraph *paragraph =
			ARENA_PUSH(layout->arena, cell->paragraphs, cell->count, cell->capacity);

		*paragraph = paragraph_of(layout, at, cell->width - 2 * cell->margin);
		cell->height += paragraph->look.before + paragraph->look.after;
		for (size_t i = 0; i < paragraph->line_count; i++)
			cell->height += paragraph->lines[i].height;
	}
}

static void add_cell(struct layout *layout, struct row *row, const struct grid *grid, size_t *column,
	const struct xml_node *node)
{
	const struct xml_node *look = xml_child(node, "w:tcPr"), *merge = xml_child(look, "w:vMerge");
	struct cell cell = {.span_rows = 1, .margin = grid->margin};
	int64_t span = 1;

	if (!str_to_int(xml_child_value(look, "w:gridSpan", "w:val"), &span) || span < 1)
		span = 1;
	size_t end = *column + (size_t)span < grid->count ? *column + (size_t)span : grid->count;

	if (*column >= grid->count)
		return;
	cell.x = grid->at[*column];
	cell.width = grid->at[end] - cell.x;
	cell.middle = str_is(xml_child_value(look, "w:vAlign", "w:val"), "center");
	cell.merged_on = merge != NULL && !str_is(xml_value(merge, "w:val"), "restart");
	*column = end;
	fill_cell(layout, &cell, node);
	*ARENA_PUSH(layout->arena, row->cells, row->count, row->capacity) = cell;
}

static void add_row(
	struct layout *layout, struct table *table, const struct grid *grid, const struct xml_node *node)
{
	const struct xml_node *look = xml_child(node, "w:trPr");
	struct row row = {.head = xml_child(look, "w:tblHeader") != NULL,
		.height = twips(xml_child_value(look, "w:trHeight", "w:val"), 0)};
	size_t column = 0;

	for (const struct xml_node *at = node->first; at != NULL; at = at->next)
		if (xml_is(at, "w:tc"))
			add_cell(layout, &row, grid, &column, at);
	*ARENA_PUSH(layout->arena, table->rows, table->count, table->capacity) = row;
}

/* The cell of a row that begins at `x`; NULL: none. */
static struct cell *cell_at(const struct row *row, double x)
{
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].x > x - 0.5 && row->cells[i].x < x + 0.5)
			return &row->cells[i];
	return NULL;
}

/* How many rows each first of merged cells goes over, and how high rows are: one that holds more than its row
 * makes the last row of it higher. */
static void settle(struct table *table)
{
	for (size_t i = 0; i < table->count; i++)
		for (size_t j = 0; j < table->rows[i].count; j++) {
			struct cell *cell = &table->rows[i].cells[j], *below;

			for (size_t k = i + 1;
				!cell->merged_on && k < table->count &&
				(below = cell_at(&table->rows[k], cell->x)) != NULL && below->merged_on;
				k++)
				cell->span_rows++;
			if (cell->span_rows == 1 && !cell->merged_on && cell->height > table->rows[i].height)
				table->rows[i].height = cell->height;
		}
	for (size_t i = 0; i < table->count; i++)
		for (size_t j = 0; j < table->rows[i].count; j++) {
			const struct cell *cell = &table->rows[i].cells[j];
			double height = 0;

			for (int k = 0; k < cell->span_rows; k++)
				height += table->rows[i + (size_t)k].height;
			if (cell->span_rows > 1 && cell->height > height)
				table->rows[i + (size_t)cell->span_rows - 1].height += cell->height - height;
		}
}

struct table table_of(struct layout *layout, const struct xml_node *node, double x, double width)
{
	struct table table = {.x = x, .lines = lines_of(node)};

	if (xml_child(node, "w:tblGrid") == NULL)
		return table;
	struct grid grid = grid_of(node, x, width);

	grid.margin = margin_of(node);
	for (const struct xml_node *at = node->first; at != NULL; at = at->next)
		if (xml_is(at, "w:tr"))
			add_row(layout, &table, &grid, at);
	settle(&table);
	return table;
}

/* ---- drawing ---- */

static void draw_cell(const struct layout *layout, const struct cell *cell, double y, double height)
{
	if (cell->middle && height > cell->height)
		y += (height - cell->height) / 2;
	for (size_t i = 0; i < cell->count; i++) {
		const struct paragraph *paragraph = &cell->paragraphs[i];

		y += paragraph->look.before;
		for (size_t j = 0; j < paragraph->line_count; j++) {
			paragraph_draw(layout, paragraph, j, cell->x + cell->margin, y);
			y += paragraph->lines[j].height;
		}
		y += paragraph->look.after;
	}
}

static void draw_lines(const struct layout *layout, const struct table *table, const struct cell *cell,
	bool last, double y, double height)
{
	const struct table_lines *lines = &table->lines;
	double right = cell->x + cell->width;

	if (lines->width <= 0)
		return;
	canvas_line(layout->canvas, cell->x, y, right, y, lines->width, lines->colour, lines->dashed);
	canvas_line(layout->canvas, cell->x, y + height, right, y + height, lines->width, lines->colour,
		lines->dashed);
	if (lines->within || cell->x <= table->x + 0.5)
		canvas_line(layout->canvas, cell->x, y, cell->x, y + height, lines->width, lines->colour,
			lines->dashed);
	if (lines->within || last)
		canvas_line(layout->canvas, right, y, right, y + height, lines->width, lines->colour,
			lines->dashed);
}

void table_draw_row(const struct layout *layout, const struct table *table, size_t at, double y)
{
	const struct row *row = &table->rows[at];

	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];
		double height = 0;

		for (int k = 0; k < cell->span_rows; k++)
			height += table->rows[at + (size_t)k].height;
		if (cell->merged_on)
			continue;
		draw_cell(layout, cell, y, height);
		draw_lines(layout, table, cell, i + 1 == row->count, y, height);
	}
}

/* Lines from number `from` on, as many as there is room for; at least one, lest it never ends. */
static double draw_cell_lines(
	const struct layout *layout, const struct cell *cell, size_t *from, double y, double room)
{
	size_t number = 0, drawn = 0;
	double used = 0;

	for (size_t i = 0; i < cell->count; i++)
		for (size_t j = 0; j < cell->paragraphs[i].line_count; j++, number++) {
			double height = cell->paragraphs[i].lines[j].height;

			if (number < *from)
				continue;
			if (used + height > room && drawn > 0) {
				*from = number;
				return used;
			}
			paragraph_draw(layout, &cell->paragraphs[i], j, cell->x + cell->margin, y + used);
			used += height;
			drawn++;
		}
	*from = number;
	return used;
}

static size_t lines_in(const struct cell *cell)
{
	size_t count = 0;

	for (size_t i = 0; i < cell->count; i++)
		count += cell->paragraphs[i].line_count;
	return count;
}

double table_draw_part(
	const struct layout *layout, const struct table *table, struct row_part *part, double y, double room)
{
	const struct row *row = &table->rows[part->row];
	double used = 0;

	part->done = true;
	for (size_t i = 0; i < row->count; i++) {
		double height = draw_cell_lines(layout, &row->cells[i], &part->from[i], y, room);

		used = height > used ? height : used;
		part->done = part->done && part->from[i] >= lines_in(&row->cells[i]);
	}
	for (size_t i = 0; i < row->count; i++)
		draw_lines(layout, table, &row->cells[i], i + 1 == row->count, y, used);
	return used;
}
