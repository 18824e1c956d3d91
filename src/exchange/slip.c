#include "exchange/slip.h"

#include "exchange/qr.h"
#include "exchange/xml_tree.h"

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

static enum err put_qr(struct buf *buf, struct arena *arena, struct str link, struct bh_err *reterr)
{
	struct bh_err why;
	struct qr qr;

	if (qr_make(arena, link, &qr, &why) != ERR_OK)
		return err_pass(reterr, why.code, "--url", &why);
	qr_put_svg(buf, &qr);
	return ERR_OK;
}

static enum err put_slip(struct buf *buf, struct arena *arena, struct str title, struct str root,
	const struct slip *slip, struct bh_err *reterr)
{
	buf_puts(buf, "<div class=\"slip\">");
	TRY(put_qr(buf, arena, slip->link, reterr));
	buf_puts(buf, "<div><div class=\"title\">");
	xml_put_text(buf, title);
	buf_puts(buf, "</div>");
	if (slip->group.size > 0) {
		buf_puts(buf, "<div class=\"small\">");
		xml_put_text(buf, slip->group);
		buf_puts(buf, "</div>");
	}
	buf_puts(buf, "<div class=\"code\">");
	xml_put_text(buf, slip->code);
	buf_puts(buf, "</div><div class=\"small\">" SLIP_SAY "</div><div class=\"root\">根 root ");
	xml_put_text(buf, root);
	buf_puts(buf, "</div></div></div>\n");
	return ERR_OK;
}

enum err slips_print(struct arena *arena, struct str title, struct str root, const struct slip *slips,
	size_t count, struct str *ret_page, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>");
	xml_put_text(&buf, title);
	buf_format(&buf, "</title><style>%s</style><div class=\"sheet\">\n", style);
	for (size_t i = 0; i < count; i++)
		TRY(put_slip(&buf, arena, title, root, &slips[i], reterr));
	buf_puts(&buf, "</div></html>\n");
	*ret_page = buf_str(&buf);
	return ERR_OK;
}
