/* docx_parts.h: a document as its files share it. Private to the room. */
#ifndef EXCHANGE_DOCX_PARTS_H
#define EXCHANGE_DOCX_PARTS_H

#include "exchange/docx.h"
#include "exchange/xml_tree.h"

struct docx {
	struct arena *arena;
	struct part *parts;
	size_t part_count, part_capacity;
	struct xml_node *core;   /* docProps/core.xml; NULL: none */
	struct xml_node **texts; /* the document, its headers and footers, which have controls */
	size_t *text_parts;      /* which parts those are */
	size_t text_count;
	size_t picture_count;
};

struct part *docx_find_part(const struct docx *docx, const char *name); /* NULL: none */
/* A picture into the document: the run that shows it. `in_document`: not in a header or footer. */
MUST_CHECK enum err docx_picture(struct docx *docx, bool in_document, const struct docx_value *value,
	struct xml_node **ret_run, struct bh_err *reterr);
/* A table of text, as an element, its header on each page. */
struct xml_node *docx_table(struct arena *arena, const struct docx_table *table);

#endif
