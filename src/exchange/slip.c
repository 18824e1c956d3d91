#include "exchange/slip.h"

#include <qrencode.h>

#define QUIET_ZONE 4 /* modules that stay white around a QR code (ISO/IEC 18004) */

static const char style[] =
	"@page{size:A4;margin:8mm}"
	"body{font:9pt/1.35 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;margin:0;color:#000}"
	".sheet{display:grid;grid-template-columns:repeat(2,1fr);grid-auto-rows:34mm}"
	".slip{box-sizing:border-box;border:.2mm dashed #888;padding:2mm;display:flex;gap:3mm;"
	"align-items:center;break-inside:avoid;overflow:hidden}"
	".slip svg{width:29mm;height:29mm;flex:none}"
	".title{font-weight:bold;font-size:9.5pt}"
	".code{font:bold 12pt/1.5 ui-monospace,Consolas,monospace;letter-spacing:.02em;white-space:nowrap}"
	".small{font-size:7pt;color:#333}"
	".root{font:6.5pt ui-monospace,Consolas,monospace;overflow-wrap:anywhere}";

static void put_escaped(struct buf *buf, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == '&')
			buf_puts(buf, "&amp;");
		else if (c == '<')
			buf_puts(buf, "&lt;");
		else if (c == '"')
			buf_puts(buf, "&quot;");
		else
			buf_put_char(buf, c);
	}
}

/* One path of squares, a row of neighbours as one. */
static void put_modules(struct buf *buf, const QRcode *qr)
{
	for (int y = 0; y < qr->width; y++) {
		for (int x = 0; x < qr->width;) {
			int from = x;

			while (x < qr->width && (qr->data[y * qr->width + x] & 1) != 0)
				x++;
			if (x > from)
				buf_format(buf, "M%d %dh%dv1h-%dz", from + QUIET_ZONE, y + QUIET_ZONE,
					x - from, x - from);
			else
				x++;
		}
	}
}

static enum err put_qr(struct buf *buf, struct arena *arena, struct str link, struct bh_err *reterr)
{
	/* Level M: a fold or a finger's mark is mended, and the squares stay large. */
	QRcode *qr = QRcode_encodeString8bit(str_copy(arena, link).data, 0, QR_ECLEVEL_M);

	if (qr == NULL)
		return err_set(reterr, ERR_RANGE, "--url", "it is too long for a QR code");
	int side = qr->width + 2 * QUIET_ZONE;

	buf_format(buf,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><path d=\"",
		side, side);
	put_modules(buf, qr);
	buf_puts(buf, "\"/></svg>");
	QRcode_free(qr);
	return ERR_OK;
}

static enum err put_slip(struct buf *buf, struct arena *arena, struct str title, struct str root,
	const struct slip *slip, struct bh_err *reterr)
{
	buf_puts(buf, "<div class=\"slip\">");
	TRY(put_qr(buf, arena, slip->link, reterr));
	buf_puts(buf, "<div><div class=\"title\">");
	put_escaped(buf, title);
	buf_puts(buf, "</div>");
	if (slip->group.size > 0) {
		buf_puts(buf, "<div class=\"small\">");
		put_escaped(buf, slip->group);
		buf_puts(buf, "</div>");
	}
	buf_puts(buf, "<div class=\"code\">");
	put_escaped(buf, slip->code);
	buf_puts(buf, "</div><div class=\"small\">扫码投票,不登录,一码一票。Scan to vote; no sign-in, one "
		      "ballot.</div>"
		      "<div class=\"root\">根 root ");
	put_escaped(buf, root);
	buf_puts(buf, "</div></div></div>\n");
	return ERR_OK;
}

enum err slips_print(struct arena *arena, struct str title, struct str root, const struct slip *slips,
	size_t count, struct str *ret_page, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>");
	put_escaped(&buf, title);
	buf_format(&buf, "</title><style>%s</style><div class=\"sheet\">\n", style);
	for (size_t i = 0; i < count; i++)
		TRY(put_slip(&buf, arena, title, root, &slips[i], reterr));
	buf_puts(&buf, "</div></html>\n");
	*ret_page = buf_str(&buf);
	return ERR_OK;
}
