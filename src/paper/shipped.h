/* shipped.h: the papers that come with the program, made at build time from shipped/. Private to the room. */
#ifndef PAPER_SHIPPED_H
#define PAPER_SHIPPED_H

#include "exchange/docx.h"

struct shipped_paper {
	const char *name, *document, *core, *styles; /* its own parts of the file */
};
extern const struct shipped_paper shipped_papers[];
extern const size_t shipped_paper_count;
extern const struct docx_part shipped_parts[]; /* those that all have */
extern const size_t shipped_part_count;
extern const char shipped_fonts[]; /* fonts.txt */

#endif
