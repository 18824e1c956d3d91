/* Papers: whatever the document of a template says, it is filled, written as XML and drawn, or refused with
 * words. The input is word/document.xml. */
#include "exchange/pdf_parts.h"

#include "fuzz.h"

static enum err list(void *context, struct str name, size_t *ret_count, struct bh_err *reterr)
{
	(void)context;
	*ret_count = 3;
	return str_is(name, "rows") ? ERR_OK : err_set(reterr, ERR_NOT_FOUND, "", "there is no such list");
}

static enum err value(
	void *context, struct str tag, size_t row, struct docx_value *ret_value, struct bh_err *reterr)
{
	static struct str cells[] = {STR("甲"), STR("乙，"), STR("1"), STR("2019-03-05")};

	(void)context, (void)reterr, (void)row;
	*ret_value = (struct docx_value){.kind = DOCX_TEXT, .text = tag};
	if (str_is(tag, "table"))
		*ret_value = (struct docx_value){.kind = DOCX_TABLE, .table = {cells, 2, 1}};
	if (str_is(tag, "qr"))
		*ret_value = (struct docx_value){
			.kind = DOCX_PICTURE, .png = STR("no picture"), .millimetres = 20};
	return ERR_OK;
}

static enum err nowhere(void *context, struct str bytes)
{
	(void)context, (void)bytes;
	return ERR_OK;
}

static enum err draw(struct arena *arena, struct docx *docx, struct bh_err *reterr)
{
	static struct arena *for_life;
	static struct faces *faces;
	struct layout layout = {.arena = arena, .docx = docx};

	if (faces == NULL) {
		for_life = arena_new();
		if (faces_open(for_life, STR("* = Noto Serif CJK SC\n"), &faces, reterr) != ERR_OK)
			return ERR_OK; /* a machine without typefaces draws nothing */
	}
	layout.faces = faces;
	TRY(styles_open(arena, docx, &layout.styles, reterr));
	layout.canvas = canvas_open(arena, faces, nowhere, NULL);
	enum err err = pages_draw(&layout, reterr);

	enum err closed = canvas_close(layout.canvas, err == ERR_OK ? reterr : NULL);

	return err == ERR_OK ? closed : err;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	const struct docx_part parts[] = {{"[Content_Types].xml", "<Types></Types>"},
		{"word/_rels/document.xml.rels", "<Relationships></Relationships>"},
		{"word/document.xml", str_copy(arena, fuzz_text(bytes, size)).data}};
	const struct docx_values values = {NULL, list, value};
	struct bh_err why = {0};
	struct docx *docx;
	enum err err = docx_from_parts(arena, parts, ARRAY_COUNT(parts), &docx, &why);

	if (err == ERR_OK)
		err = docx_fill(docx, &values, &why);
	if (err == ERR_OK) {
		struct xml_node *again;

		/* What was filled is XML. */
		REQUIRE(xml_tree_read(arena, "again", xml_tree_print(arena, docx->texts[0]), &again, &why) ==
			ERR_OK);
		err = draw(arena, docx, &why);
	}
	REQUIRE(err == ERR_OK || why.text[0] != '\0');
	arena_free(arena);
	return 0;
}
