/* docx.c: a document's parts: read, looked at, written. */
#include "exchange/docx_parts.h"

#include <string.h>

struct part *docx_find_part(const struct docx *docx, const char *name)
{
	for (size_t i = 0; i < docx->part_count; i++)
		if (str_is(docx->parts[i].name, name))
			return &docx->parts[i];
	return NULL;
}

static void add_part(struct docx *docx, struct str name, struct str bytes)
{
	*ARENA_PUSH(docx->arena, docx->parts, docx->part_count, docx->part_capacity) =
		(struct part){name, bytes};
}

/* ---- reading ---- */

static enum err gather(void *context, const char *bytes, size_t size, struct bh_err *reterr)
{
	(void)reterr;
	buf_put(context, (struct str){bytes, size});
	return ERR_OK;
}

static enum err read_parts(struct docx *docx, struct zip_parts *zip, struct bh_err *reterr)
{
	const struct parts parts = zip_parts_of(zip);

	for (size_t i = 0; i < zip_parts_count(zip); i++) {
		const char *name = zip_parts_name(zip, i);
		struct buf buf = buf_new(docx->arena);

		if (name[0] == '\0' || name[strlen(name) - 1] == '/')
			continue;
		TRY(parts.read(parts.context, name, gather, &buf, reterr));
		add_part(docx, str_copy(docx->arena, str_from(name)), buf_str(&buf));
	}
	return ERR_OK;
}

/* "word/document.xml", "word/header1.xml", "word/footer2.xml" */
static bool has_controls(struct str name)
{
	return str_is(name, "word/document.xml") ||
	       ((str_starts(name, "word/header") || str_starts(name, "word/footer")) &&
		       str_ends(name, ".xml"));
}

static enum err read_texts(struct docx *docx, struct bh_err *reterr)
{
	docx->texts = ARENA_TAKE(docx->arena, docx->part_count + 1, struct xml_node *);
	docx->text_parts = ARENA_TAKE(docx->arena, docx->part_count + 1, size_t);
	for (size_t i = 0; i < docx->part_count; i++) {
		const struct part *part = &docx->parts[i];

		if (str_is(part->name, "docProps/core.xml"))
			TRY(xml_tree_read(docx->arena, part->name.data, part->bytes, &docx->core, reterr));
		if (!has_controls(part->name))
			continue;
		docx->text_parts[docx->text_count] = i;
		TRY(xml_tree_read(
			docx->arena, part->name.data, part->bytes, &docx->texts[docx->text_count++], reterr));
	}
	if (docx_find_part(docx, "word/document.xml") == NULL ||
		docx_find_part(docx, "[Content_Types].xml") == NULL)
		return err_set(reterr, ERR_INVALID, "",
			"this is no Word document (docx): save it as one in Word or WPS");
	return ERR_OK;
}

enum err docx_open(struct arena *arena, struct str bytes, struct docx **ret_docx, struct bh_err *reterr)
{
	struct docx *docx = ARENA_TAKE(arena, 1, struct docx);
	struct zip_parts *zip;

	docx->arena = arena;
	TRY(zip_parts_open(arena, bytes, &zip, reterr));
	enum err err = read_parts(docx, zip, reterr);

	zip_parts_close(zip);
	TRY(err);
	TRY(read_texts(docx, reterr));
	*ret_docx = docx;
	return ERR_OK;
}

enum err docx_from_parts(struct arena *arena, const struct docx_part *parts, size_t count,
	struct docx **ret_docx, struct bh_err *reterr)
{
	struct docx *docx = ARENA_TAKE(arena, 1, struct docx);

	docx->arena = arena;
	for (size_t i = 0; i < count; i++)
		add_part(docx, str_from(parts[i].name), str_from(parts[i].text));
	TRY(read_texts(docx, reterr));
	*ret_docx = docx;
	return ERR_OK;
}

/* ---- looking ---- */

struct str docx_property(const struct docx *docx, const char *name)
{
	for (const struct xml_node *at = docx->core == NULL ? NULL : docx->core->first; at != NULL;
		at = at->next) {
		size_t colon = str_find(at->name, STR(":"));

		if (colon != SIZE_MAX && str_is(str_slice(at->name, colon + 1, at->name.size), name))
			return str_trim(xml_all_text(docx->arena, at));
	}
	return STR("");
}

/* The text of the paragraph or row that a control stands in, cut short. */
static struct str around(struct arena *arena, const struct xml_node *control)
{
	const struct xml_node *at = control;

	while (at->parent != NULL && !xml_is(at, "w:tr") && !xml_is(at, "w:p"))
		at = at->parent;
	struct str text = str_trim(xml_all_text(arena, at->parent == NULL ? control : at));
	size_t size = 0;

	for (uint32_t c; size < text.size && size < 60;)
		size += utf8_next(text, size, &c);
	return str_slice(text, 0, size);
}

void docx_tags(const struct docx *docx, struct docx_tag **ret_tags, size_t *ret_count)
{
	struct docx_tag *tags = NULL;
	size_t count = 0, capacity = 0;

	for (size_t i = 0; i < docx->text_count; i++)
		for (const struct xml_node *at = docx->texts[i]; at != NULL;
			at = xml_next(docx->texts[i], at)) {
			struct str tag = xml_is(at, "w:sdt")
						 ? xml_child_value(xml_child(at, "w:sdtPr"), "w:tag", "w:val")
						 : STR("");

			if (tag.size > 0)
				*ARENA_PUSH(docx->arena, tags, count, capacity) =
					(struct docx_tag){tag, around(docx->arena, at)};
		}
	*ret_tags = tags;
	*ret_count = count;
}

/* ---- writing ---- */

enum err docx_write(struct docx *docx, struct str *ret_bytes, struct bh_err *reterr)
{
	for (size_t i = 0; i < docx->text_count; i++)
		docx->parts[docx->text_parts[i]].bytes = xml_tree_print(docx->arena, docx->texts[i]);
	return zip_write(docx->arena, docx->parts, docx->part_count, ret_bytes, reterr);
}

/* ---- pictures ---- */

/* Before the end of a part that is one element. */
static enum err add_before_end(
	struct docx *docx, const char *name, const char *end, struct str text, struct bh_err *reterr)
{
	struct part *part = docx_find_part(docx, name);
	size_t at = part == NULL ? SIZE_MAX : str_find(part->bytes, str_from(end));

	if (at == SIZE_MAX)
		return err_set(reterr, ERR_INVALID, name,
			"the document is damaged: this part of it isn't as Word writes it");
	part->bytes = str_format(docx->arena, "%.*s%.*s%.*s", STR_ARG(str_slice(part->bytes, 0, at)),
		STR_ARG(text), STR_ARG(str_slice(part->bytes, at, part->bytes.size)));
	return ERR_OK;
}

/* Once a document: pictures of this kind are said to be in it. */
static enum err allow_png(struct docx *docx, struct bh_err *reterr)
{
	const struct part *types = docx_find_part(docx, "[Content_Types].xml");

	if (str_find(types->bytes, STR("Extension=\"png\"")) != SIZE_MAX)
		return ERR_OK;
	return add_before_end(docx, "[Content_Types].xml", "</Types>",
		STR("<Default Extension=\"png\" ContentType=\"image/png\"/>"), reterr);
}

#define EMU_PER_MM 36000

static const char picture_xml[] =
	"<w:r xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
	"xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" "
	"xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
	"xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
	"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
	"<w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">"
	"<wp:extent cx=\"%d\" cy=\"%d\"/><wp:docPr id=\"%zu\" name=\"QR %zu\"/>"
	"<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">"
	"<pic:pic><pic:nvPicPr><pic:cNvPr id=\"%zu\" name=\"QR %zu\"/><pic:cNvPicPr/></pic:nvPicPr>"
	"<pic:blipFill><a:blip r:embed=\"bihuan%zu\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
	"<pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"%d\" cy=\"%d\"/></a:xfrm>"
	"<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
	"</wp:inline></w:drawing></w:r>";

enum err docx_picture(struct docx *docx, bool in_document, const struct docx_value *value,
	struct xml_node **ret_run, struct bh_err *reterr)
{
	size_t n = ++docx->picture_count;
	int side = value->millimetres * EMU_PER_MM;

	if (!in_document)
		return err_set(reterr, ERR_INVALID, "",
			"a QR code can't stand in a header or footer: put it into the text");
	TRY(allow_png(docx, reterr));
	TRY(add_before_end(docx, "word/_rels/document.xml.rels", "</Relationships>",
		str_format(docx->arena,
			"<Relationship Id=\"bihuan%zu\" "
			"Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" "
			"Target=\"media/bihuan%zu.png\"/>",
			n, n),
		reterr));
	add_part(docx, str_format(docx->arena, "word/media/bihuan%zu.png", n), value->png);
	return xml_tree_read(docx->arena, "picture",
		str_format(docx->arena, picture_xml, side, side, n, n, n, n, n, side, side), ret_run, reterr);
}
