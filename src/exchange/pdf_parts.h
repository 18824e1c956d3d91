/* pdf_parts.h: from the parts of a document to marks on pages, as its files share it. Measures are points.
 * Private to the room. */
#ifndef EXCHANGE_PDF_PARTS_H
#define EXCHANGE_PDF_PARTS_H

#include "exchange/apart.h"
#include "exchange/docx_parts.h"
#include "exchange/pdf_draw.h"

/* ---- the job of the child (pdf.c) ---- */

void pdf_prepare_job(struct arena *arena, struct str bytes);
MUST_CHECK enum err pdf_draw_job(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr);

/* ---- how text looks (pdf_look.c) ---- */

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT, ALIGN_BOTH };
struct look {
	struct str font;
	double size, apart; /* apart: points that are added to each character, below 0 taken from it */
	uint32_t colour;
	bool bold;
	enum align align;
	double left, right, first;                   /* indents; first: of the first line, below 0 hanging */
	double left_chars, right_chars, first_chars; /* the same in characters; they win over the others */
	double before, after;
	double line;     /* a multiple of the usual height, or points */
	bool line_exact; /* points */
	bool line_least; /* points, or more */
	bool snap;       /* to the grid of the page */
	bool keep_next, page_before;
	double rule, rule_space; /* a line below; 0: none */
	uint32_t rule_colour;
};
struct pdf_styles;
MUST_CHECK enum err styles_open(
	struct arena *arena, const struct docx *docx, struct pdf_styles **ret_styles, struct bh_err *reterr);
struct look look_of_paragraph(const struct pdf_styles *styles, const struct xml_node *paragraph);
struct look look_of_run(
	const struct pdf_styles *styles, const struct look *around, const struct xml_node *run);
double twips(struct str text, double otherwise); /* in points */

/* ---- lines (pdf_line.c) ---- */

struct item {
	enum { ITEM_CHARACTER, ITEM_BREAK, ITEM_PAGE, ITEM_PICTURE } kind;
	uint32_t character;
	struct glyph glyph;
	double size, advance, height;
	uint32_t colour;
	bool bold;
	struct str png;
};
struct line {
	size_t from, to; /* items */
	double width, height;
	bool first, ends; /* of its paragraph */
	bool page;        /* a new page behind it */
};
struct paragraph {
	struct look look;
	struct item *items;
	size_t item_count, item_capacity;
	struct line *lines;
	size_t line_count, line_capacity;
	double width; /* in which it was broken */
};
struct layout {
	struct arena *arena;
	struct docx *docx;
	struct faces *faces;
	struct pdf_styles *styles;
	struct canvas *canvas;
	double grid_line, grid_character; /* pitch of lines, what is added to a character; 0: no grid */
	int page;
};
/* Take a paragraph apart and break it into lines of that width. */
struct paragraph paragraph_of(struct layout *layout, const struct xml_node *node, double width);
/* Draw one of its lines, whose upper edge is at `y`. */
void paragraph_draw(
	const struct layout *layout, const struct paragraph *paragraph, size_t line, double x, double y);

/* ---- tables (pdf_table.c) ---- */

struct cell {
	struct paragraph *paragraphs;
	size_t count, capacity;
	double x, width, height; /* height: of what is in it */
	double margin;           /* left and right of that */
	bool merged_on;          /* goes on with the one above */
	int span_rows;           /* of the first of merged ones */
	bool middle;
};
struct row {
	struct cell *cells;
	size_t count, capacity;
	double height;
	bool head;
};
struct table {
	struct row *rows;
	size_t count, capacity;
	double x;
	struct table_lines {
		double width; /* 0: none */
		uint32_t colour;
		bool dashed, within; /* within: lines between columns too */
	} lines;
};
struct table table_of(struct layout *layout, const struct xml_node *node, double x, double width);
/* Draw one row with its lines, its upper edge at `y`. */
void table_draw_row(const struct layout *layout, const struct table *table, size_t row, double y);

/* A row that is higher than a page, drawn page by page: which line of each cell comes next. */
struct row_part {
	size_t row, *from;
	bool done;
};
/* Returns how much of `room` was used. */
double table_draw_part(
	const struct layout *layout, const struct table *table, struct row_part *part, double y, double room);

/* ---- pages (pdf_page.c) ---- */

MUST_CHECK enum err pages_draw(struct layout *layout, struct bh_err *reterr);

#endif
