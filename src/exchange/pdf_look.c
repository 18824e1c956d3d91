/* pdf_look.c: what the styles of a document come to for one paragraph or run. */
#include "exchange/pdf_parts.h"

#include <stdlib.h>

#define STYLE_DEPTH_MAX 20
#define SIZE_LEAST      1.0 /* points, as in Word */
#define SIZE_MOST       1638.0

struct pdf_styles {
	const struct xml_node *root; /* NULL: the document has none */
	const struct xml_node *usual;
};

static double number(struct str text, double otherwise)
{
	int64_t value;

	return str_to_int(text, &value) ? (double)value : otherwise;
}

double twips(struct str text, double otherwise)
{
	return text.size == 0 ? otherwise : number(text, otherwise * 20) / 20;
}

static bool is_off(struct str value)
{
	return str_is(value, "0") || str_is(value, "false") || str_is(value, "off");
}

enum err styles_open(
	struct arena *arena, const struct docx *docx, struct pdf_styles **ret_styles, struct bh_err *reterr)
{
	struct pdf_styles *styles = ARENA_TAKE(arena, 1, struct pdf_styles);
	const struct part *part = docx_find_part(docx, "word/styles.xml");
	struct xml_node *root = NULL;

	if (part != NULL)
		TRY(xml_tree_read(arena, "word/styles.xml", part->bytes, &root, reterr));
	styles->root = root;
	for (const struct xml_node *at = root == NULL ? NULL : root->first; at != NULL; at = at->next)
		if (xml_is(at, "w:style") && str_is(xml_value(at, "w:type"), "paragraph") &&
			str_is(xml_value(at, "w:default"), "1"))
			styles->usual = at;
	*ret_styles = styles;
	return ERR_OK;
}

/* ---- properties onto a look ---- */

static uint32_t colour_of(struct str text, uint32_t otherwise)
{
	char *end;

	if (text.size != 6)
		return otherwise;
	char copy[7] = {
		text.data[0], text.data[1], text.data[2], text.data[3], text.data[4], text.data[5], '\0'};
	unsigned long value = strtoul(copy, &end, 16);

	return *end == '\0' ? (uint32_t)value : otherwise;
}

static void apply_run(struct look *look, const struct xml_node *properties)
{
	const struct xml_node *fonts = xml_child(properties, "w:rFonts"),
			      *bold = xml_child(properties, "w:b");
	struct str font = xml_value(fonts, "w:eastAsia");

	if (font.size > 0)
		look->font = font;
	look->size = number(xml_child_value(properties, "w:sz", "w:val"), look->size * 2) / 2;
	look->size = look->size < SIZE_LEAST ? SIZE_LEAST : look->size > SIZE_MOST ? SIZE_MOST : look->size;
	look->apart = twips(xml_child_value(properties, "w:spacing", "w:val"), look->apart);
	/* Characters don't run over each other, whatever a file says. */
	look->apart = look->apart < -look->size / 2 ? -look->size / 2
		      : look->apart > SIZE_MOST     ? SIZE_MOST
						    : look->apart;
	look->colour = colour_of(xml_child_value(properties, "w:color", "w:val"), look->colour);
	if (bold != NULL)
		look->bold = !is_off(xml_value(bold, "w:val"));
}

static void apply_indent(struct look *look, const struct xml_node *indent)
{
	struct str hanging = xml_value(indent, "w:hanging");

	if (indent == NULL)
		return;
	look->left = twips(xml_value(indent, "w:left"), look->left);
	look->right = twips(xml_value(indent, "w:right"), look->right);
	look->first = twips(xml_value(indent, "w:firstLine"), look->first);
	if (hanging.size > 0)
		look->first = -twips(hanging, 0);
	look->left_chars = number(xml_value(indent, "w:leftChars"), look->left_chars * 100) / 100;
	look->right_chars = number(xml_value(indent, "w:rightChars"), look->right_chars * 100) / 100;
	look->first_chars = number(xml_value(indent, "w:firstLineChars"), look->first_chars * 100) / 100;
}

static void apply_spacing(struct look *look, const struct xml_node *spacing)
{
	struct str line = xml_value(spacing, "w:line"), rule = xml_value(spacing, "w:lineRule");

	look->before = twips(xml_value(spacing, "w:before"), look->before);
	look->after = twips(xml_value(spacing, "w:after"), look->after);
	if (line.size == 0)
		return;
	look->line_exact = str_is(rule, "exact");
	look->line_least = str_is(rule, "atLeast");
	look->line = number(line, 240) / (look->line_exact || look->line_least ? 20 : 240);
}

static void apply_align(struct look *look, struct str align)
{
	if (str_is(align, "center"))
		look->align = ALIGN_CENTER;
	else if (str_is(align, "right") || str_is(align, "end"))
		look->align = ALIGN_RIGHT;
	else if (str_is(align, "both") || str_is(align, "distribute"))
		look->align = ALIGN_BOTH;
	else if (align.size > 0)
		look->align = ALIGN_LEFT;
}

static void apply_switch(bool *flag, const struct xml_node *node)
{
	if (node != NULL)
		*flag = !is_off(xml_value(node, "w:val"));
}

static void apply_paragraph(struct look *look, const struct xml_node *properties)
{
	const struct xml_node *rule = xml_child(xml_child(properties, "w:pBdr"), "w:bottom");

	if (properties == NULL)
		return;
	apply_align(look, xml_child_value(properties, "w:jc", "w:val"));
	apply_indent(look, xml_child(properties, "w:ind"));
	apply_spacing(look, xml_child(properties, "w:spacing"));
	apply_switch(&look->snap, xml_child(properties, "w:snapToGrid"));
	apply_switch(&look->keep_next, xml_child(properties, "w:keepNext"));
	apply_switch(&look->page_before, xml_child(properties, "w:pageBreakBefore"));
	if (rule != NULL) {
		look->rule =
			str_is(xml_value(rule, "w:val"), "nil") ? 0 : number(xml_value(rule, "w:sz"), 4) / 8;
		look->rule_space = number(xml_value(rule, "w:space"), 0);
		look->rule_colour = colour_of(xml_value(rule, "w:color"), 0);
	}
}

/* ---- styles ---- */

static const struct xml_node *find_style(const struct pdf_styles *styles, struct str id)
{
	for (const struct xml_node *at = styles->root == NULL || id.size == 0 ? NULL : styles->root->first;
		at != NULL; at = at->next)
		if (xml_is(at, "w:style") && str_equal(xml_value(at, "w:styleId"), id))
			return at;
	return NULL;
}

/* What it is based on comes first. */
static void apply_style(const struct pdf_styles *styles, const struct xml_node *style, struct look *look)
{
	const struct xml_node *chain[STYLE_DEPTH_MAX];
	size_t count = 0;

	while (style != NULL && count < STYLE_DEPTH_MAX) {
		chain[count++] = style;
		style = find_style(styles, xml_child_value(style, "w:basedOn", "w:val"));
	}
	while (count-- > 0) {
		apply_paragraph(look, xml_child(chain[count], "w:pPr"));
		apply_run(look, xml_child(chain[count], "w:rPr"));
	}
}

struct look look_of_paragraph(const struct pdf_styles *styles, const struct xml_node *paragraph)
{
	struct look look = {.font = STR("宋体"), .size = 10.5, .line = 1, .snap = true};
	const struct xml_node *defaults =
				      styles->root == NULL ? NULL : xml_child(styles->root, "w:docDefaults"),
			      *properties = xml_child(paragraph, "w:pPr"), *style;

	apply_paragraph(&look, xml_child(xml_child(defaults, "w:pPrDefault"), "w:pPr"));
	apply_run(&look, xml_child(xml_child(defaults, "w:rPrDefault"), "w:rPr"));
	style = find_style(styles, xml_child_value(properties, "w:pStyle", "w:val"));
	apply_style(styles, style == NULL ? styles->usual : style, &look);
	apply_paragraph(&look, properties);
	return look;
}

struct look look_of_run(
	const struct pdf_styles *styles, const struct look *around, const struct xml_node *run)
{
	struct look look = *around;
	const struct xml_node *properties = xml_child(run, "w:rPr");

	apply_run(&look,
		xml_child(find_style(styles, xml_child_value(properties, "w:rStyle", "w:val")), "w:rPr"));
	apply_run(&look, properties);
	return look;
}
