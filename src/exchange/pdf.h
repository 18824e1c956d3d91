/* pdf.h: a Word document drawn as PDF, for printing and for those who have no Word.
 *
 * It is drawn by a child process that can only compute (apart.h): a fault in a font or in what draws it
 * reaches nothing else. What is drawn is what papers are made of: paragraphs with their style, indents,
 * spacing and grid, tables with merged cells and lines, pictures in the line, headers and footers with page
 * numbers. Not drawn are text boxes, shapes, footnotes, columns, numbering and tables within tables, which
 * our templates have none of. Writing goes from left to right, a character at a time, which Chinese and
 * English need no more than. */
#ifndef EXCHANGE_PDF_H
#define EXCHANGE_PDF_H

#include "base/base.h"

#define PDF_SIZE_MAX ((size_t)64 * 1024 * 1024)

/* `fonts` says which typefaces stand for which, a row a line: "name = first choice, second choice:bold", from
 * the text of a document to what a machine has; "*" for all others. Lines that begin with # are comments; the
 * first row of a name counts. ERR_INVALID when the document or a row can't be read; ERR_IO when the machine
 * has no font at all, or can't shut the child in. */
MUST_CHECK enum err pdf_of_docx(
	struct arena *arena, struct str docx, struct str fonts, struct str *ret_pdf, struct bh_err *reterr);

#endif
