/* pdf_draw.h: typefaces, and marks on a page. Measures are points, from the upper left corner. Private to the
 * room. */
#ifndef EXCHANGE_PDF_DRAW_H
#define EXCHANGE_PDF_DRAW_H

#include "base/base.h"

/* ---- typefaces ---- */

struct faces;
/* Find and open those that the rows of `fonts` name (pdf.h), so that no file is opened later. ERR_IO when
 * there is none. */
MUST_CHECK enum err faces_open(
	struct arena *arena, struct str fonts, struct faces **ret_faces, struct bh_err *reterr);
/* Which typeface has the character: that of `name`, else the one for all others. *ret_advance is its width at
 * one point of size. */
struct glyph {
	int face;
	unsigned long index;
	double advance;
};
struct glyph faces_glyph(struct faces *faces, struct str name, uint32_t character);

/* ---- pages ---- */

struct canvas;
typedef enum err canvas_put_fn(void *context, struct str bytes);
struct canvas *canvas_open(struct arena *arena, struct faces *faces, canvas_put_fn *put, void *context);
void canvas_page(struct canvas *canvas, double width, double height); /* ends the one before */
void canvas_glyph(struct canvas *canvas, const struct glyph *glyph, uint32_t character, double size,
	bool bold, uint32_t colour, double x, double baseline);
void canvas_line(struct canvas *canvas, double x, double y, double to_x, double to_y, double width,
	uint32_t colour, bool dashed);
/* A picture in PNG; false when it is none. */
bool canvas_picture(struct canvas *canvas, struct str png, double x, double y, double width, double height);
/* The rest of the file. ERR_IO when something couldn't be drawn or put. */
MUST_CHECK enum err canvas_close(struct canvas *canvas, struct bh_err *reterr);

#endif
