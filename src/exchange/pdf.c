/* pdf.c: the child that draws, and what it is told. */
#include "exchange/pdf.h"

#include "exchange/pdf_parts.h"

#define HEAD_SIZE 9 /* "%08zu\n": how long the rows of fonts are that come before the document */

/* ---- the child ---- */

static struct faces *faces; /* opened while files still could be */
static struct bh_err faces_why;

static bool cut_head(struct str bytes, struct str *ret_fonts, struct str *ret_docx)
{
	int64_t size;

	if (!str_to_int(str_slice(bytes, 0, HEAD_SIZE - 1), &size) || size < 0 ||
		(uint64_t)size > bytes.size - HEAD_SIZE)
		return false;
	*ret_fonts = str_slice(bytes, HEAD_SIZE, (size_t)size);
	*ret_docx = str_slice(bytes, HEAD_SIZE + (size_t)size, bytes.size);
	return true;
}

void pdf_prepare_job(struct arena *arena, struct str bytes)
{
	struct str fonts, docx;

	if (cut_head(bytes, &fonts, &docx))
		faces_why.code = faces_open(arena, fonts, &faces, &faces_why);
}

struct piping {
	const struct cells_out *out;
	struct bh_err *reterr;
};

static enum err put_piece(void *context, struct str bytes)
{
	struct piping *piping = context;

	return piping->out->piece(piping->out->context, bytes, piping->reterr);
}

enum err pdf_draw_job(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr)
{
	struct layout layout = {.arena = arena, .faces = faces};
	struct piping piping = {out, reterr};
	struct str fonts, docx;

	if (!cut_head(bytes, &fonts, &docx) || faces == NULL)
		return err_set_both(reterr, ERR_INVALID, "", faces_why.text_zh, faces_why.text);
	TRY(docx_open(arena, docx, &layout.docx, reterr));
	TRY(styles_open(arena, layout.docx, &layout.styles, reterr));
	layout.canvas = canvas_open(arena, faces, put_piece, &piping);
	TRY(pages_draw(&layout, reterr));
	return canvas_close(layout.canvas, reterr);
}

/* ---- the parent ---- */

static enum err gather(void *context, struct str bytes, struct bh_err *reterr)
{
	struct buf *buf = context;

	if (buf->size + bytes.size > PDF_SIZE_MAX)
		return err_set(reterr, ERR_RANGE, "", "the paper has more than 64 MiB as PDF");
	buf_put(buf, bytes);
	return ERR_OK;
}

static enum err no_sheet(void *context, struct str name, bool from_1904, struct bh_err *reterr)
{
	(void)context, (void)name, (void)from_1904;
	return err_set(
		reterr, ERR_INVALID, "", "the paper couldn't be drawn: its drawer spoke of something else");
}

static enum err no_cell(void *context, const struct sheet_cell *cell, struct bh_err *reterr)
{
	(void)cell;
	return no_sheet(context, STR(""), false, reterr);
}

static enum err no_merge(void *context, const struct sheet_merge *merge, struct bh_err *reterr)
{
	(void)merge;
	return no_sheet(context, STR(""), false, reterr);
}

enum err pdf_of_docx(
	struct arena *arena, struct str docx, struct str fonts, struct str *ret_pdf, struct bh_err *reterr)
{
	struct buf ask = buf_new(arena), pdf = buf_new(arena);
	const struct cells_out out = {&pdf, no_sheet, no_cell, no_merge, gather};

	buf_format(&ask, "%08zu\n", fonts.size);
	buf_put(&ask, fonts);
	buf_put(&ask, docx);
	TRY(apart_run("pdf", buf_str(&ask), &out, reterr));
	*ret_pdf = buf_str(&pdf);
	return ERR_OK;
}
