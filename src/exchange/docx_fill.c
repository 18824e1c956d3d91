/* docx_fill.c: values into the places of a document. */
#include "exchange/docx_parts.h"

struct filling {
	struct docx *docx;
	const struct docx_values *values;
	bool in_document;
	struct bh_err *reterr;
};

static struct str tag_of(const struct xml_node *node)
{
	return xml_is(node, "w:sdt") ? xml_child_value(xml_child(node, "w:sdtPr"), "w:tag", "w:val")
				     : STR("");
}

/* "duties" of "duties.name"; "" when the tag belongs to no list. */
static enum err list_of(struct filling *filling, struct str tag, struct str *ret_list, size_t *ret_count)
{
	size_t dot = str_find(tag, STR("."));
	struct bh_err why;

	*ret_list = STR("");
	if (dot == SIZE_MAX)
		return ERR_OK;
	struct str list = str_slice(tag, 0, dot);
	enum err err = filling->values->list(filling->values->context, list, ret_count, &why);

	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	if (err != ERR_OK)
		return err_pass(filling->reterr, err, why.place, &why);
	*ret_list = list;
	return ERR_OK;
}

/* ---- one place ---- */

/* What a control that nobody filled is shown with isn't what its value is shown with. */
static struct xml_node *look_of(struct arena *arena, const struct xml_node *control)
{
	const struct xml_node *found = xml_find(xml_child(control, "w:sdtContent"), "w:rPr");

	while (found != NULL && !xml_is(found->parent, "w:r"))
		found = xml_next(control, found);
	if (found != NULL && !xml_is(found, "w:rPr"))
		found = NULL;
	if (found == NULL)
		found = xml_child(xml_child(control, "w:sdtPr"), "w:rPr");
	if (found == NULL)
		return NULL;
	struct xml_node *look = xml_copy(arena, found), *style = xml_child(look, "w:rStyle");

	if (style != NULL)
		xml_remove(style);
	return look;
}

static void put_line(struct arena *arena, struct xml_node *run, struct str line)
{
	struct xml_node *text = xml_element(arena, "w:t");

	xml_set(arena, text, "xml:space", STR("preserve"));
	xml_append(text, xml_text(arena, line));
	xml_append(run, text);
}

static struct xml_node *new_run(struct arena *arena, const struct xml_node *look)
{
	struct xml_node *run = xml_element(arena, "w:r");

	if (look != NULL)
		xml_append(run, xml_copy(arena, look));
	return run;
}

/* Within a paragraph: lines with breaks between. */
static struct xml_node *text_run(struct arena *arena, const struct xml_node *look, struct str text)
{
	struct xml_node *run = new_run(arena, look);
	struct str rest = text, line;
	bool first = true;

	while (str_cut(&rest, '\n', &line)) {
		if (!first)
			xml_append(run, xml_element(arena, "w:br"));
		put_line(arena, run, line);
		first = false;
	}
	return run;
}

static void clear_paragraph(struct xml_node *paragraph)
{
	for (struct xml_node *at = paragraph->first, *next; at != NULL; at = next) {
		next = at->next;
		if (!xml_is(at, "w:pPr"))
			xml_remove(at);
	}
}

/* A control around whole paragraphs: the first says how they look, each line is one. */
static void fill_paragraphs(struct arena *arena, struct xml_node *first, const struct xml_node *look,
	const struct docx_value *value, struct xml_node *picture)
{
	struct str rest = value->text, line;
	struct xml_node *at = first;
	bool again = false;

	for (struct xml_node *other = first->next, *next; other != NULL; other = next) {
		next = other->next;
		if (xml_is(other, "w:p"))
			xml_remove(other);
	}
	clear_paragraph(first);
	if (picture != NULL) {
		xml_append(first, picture);
		return;
	}
	struct xml_node *model = xml_copy(arena, first);

	while (str_cut(&rest, '\n', &line)) {
		if (again) {
			struct xml_node *more = xml_copy(arena, model);

			if (at->next != NULL)
				xml_insert(at->next, more);
			else
				xml_append(at->parent, more);
			at = more;
		}
		again = true;
		struct xml_node *run = new_run(arena, look);

		put_line(arena, run, line);
		xml_append(at, run);
	}
}

/* A table stands where the paragraph of its control stood. */
static enum err put_table(struct filling *filling, struct xml_node *control, const struct docx_table *table)
{
	struct xml_node *at = control;

	while (at->parent != NULL && !xml_is(at->parent, "w:body") && !xml_is(at->parent, "w:tc"))
		at = at->parent;
	if (at->parent == NULL)
		return err_set(filling->reterr, ERR_INVALID, "",
			"a table can't stand here: give its control a paragraph of its own in the text");
	xml_insert(at, docx_table(filling->docx->arena, table));
	clear_paragraph(xml_is(at, "w:p") ? at : control);
	if (!xml_is(at, "w:p"))
		xml_remove(at);
	return ERR_OK;
}

/* The content of a control in its own place. */
static void unwrap(struct xml_node *control)
{
	struct xml_node *content = xml_child(control, "w:sdtContent");

	for (struct xml_node *at = content == NULL ? NULL : content->first, *next; at != NULL; at = next) {
		next = at->next;
		xml_remove(at);
		xml_insert(control, at);
	}
	xml_remove(control);
}

static enum err put_value(struct filling *filling, struct xml_node *control, const struct docx_value *value)
{
	struct arena *arena = filling->docx->arena;
	struct xml_node *content = xml_child(control, "w:sdtContent"), *picture = NULL,
			*look = look_of(arena, control);

	if (value->kind == DOCX_TABLE)
		return put_table(filling, control, &value->table);
	if (value->kind == DOCX_PICTURE)
		TRY(docx_picture(filling->docx, filling->in_document, value, &picture, filling->reterr));
	struct xml_node *paragraph = xml_find(content, "w:p");

	if (paragraph != NULL) {
		fill_paragraphs(arena, paragraph, look, value, picture);
	} else {
		for (struct xml_node *at = content == NULL ? NULL : content->first, *next; at != NULL;
			at = next) {
			next = at->next;
			xml_remove(at);
		}
		if (content != NULL)
			xml_append(content, picture != NULL ? picture : text_run(arena, look, value->text));
	}
	unwrap(control);
	return ERR_OK;
}

static enum err fill_control(struct filling *filling, struct xml_node *control, struct str tag, size_t row)
{
	struct docx_value value = {0};
	struct bh_err why = {0};
	enum err err = filling->values->value(filling->values->context, tag, row, &value, &why);

	if (err != ERR_OK)
		return err_pass(filling->reterr, err, str_copy(filling->docx->arena, tag).data, &why);
	return put_value(filling, control, &value);
}

/* ---- repeating ---- */

/* What stands once for each item: the row of the table, else the paragraph; the control itself where it holds
 * whole rows or paragraphs. */
static struct xml_node *repeated(struct xml_node *control)
{
	struct xml_node *row = NULL, *paragraph = NULL;

	for (struct xml_node *at = control; at != NULL; at = at->parent) {
		if (xml_is(at, "w:tr"))
			row = row == NULL ? at : row;
		if (xml_is(at, "w:p"))
			paragraph = paragraph == NULL ? at : paragraph;
	}
	return row != NULL ? row : paragraph != NULL ? paragraph : control;
}

static enum err fill_item(struct filling *filling, struct xml_node *item, struct str list, size_t row)
{
	for (struct xml_node *at = item; at != NULL;) {
		struct xml_node *next = xml_next(item, at);
		struct str tag = tag_of(at);

		if (tag.size > list.size && str_equal(str_slice(tag, 0, list.size), list) &&
			tag.data[list.size] == '.') {
			TRY(fill_control(filling, at, tag, row));
			next = item; /* what was below it lies elsewhere now */
		}
		at = next;
	}
	return ERR_OK;
}

static enum err repeat(struct filling *filling, struct xml_node *model, struct str list, size_t count)
{
	struct xml_node *hold = xml_element(filling->docx->arena, "hold");

	for (size_t i = 0; i < count; i++) {
		struct xml_node *item = xml_copy(filling->docx->arena, model);

		/* Controls that are whole items are unwrapped into what holds them. */
		xml_append(hold, item);
		TRY(fill_item(filling, hold, list, i));
		while (hold->first != NULL) {
			struct xml_node *made = hold->first;

			xml_remove(made);
			xml_insert(model, made);
		}
	}
	/* A cell or a table must not be left with nothing in it. */
	if (count == 0 && xml_is(model, "w:p"))
		clear_paragraph(model);
	else
		xml_remove(model);
	return ERR_OK;
}

/* ---- all places ---- */

/* A table that lost all its rows goes too, and a cell that ends with a table needs a paragraph. */
static void drop_empty_tables(struct xml_node *root)
{
	for (struct xml_node *at = root; at != NULL;) {
		struct xml_node *next = xml_next(root, at);

		if (xml_is(at, "w:tbl") && xml_find(at, "w:tr") == NULL) {
			next = at->next != NULL ? at->next : root;
			xml_remove(at);
		}
		at = next;
	}
}

static enum err fill_text(struct filling *filling, struct xml_node *root)
{
	for (struct xml_node *at = root; at != NULL;) {
		struct str tag = tag_of(at), list;
		struct xml_node *next = xml_next(root, at);
		size_t count = 0;

		if (tag.size == 0 || at == root) {
			at = next;
			continue;
		}
		TRY(list_of(filling, tag, &list, &count));
		if (list.size > 0)
			TRY(repeat(filling, repeated(at), list, count));
		else
			TRY(fill_control(filling, at, tag, 0));
		at = root; /* the tree isn't what it was */
	}
	drop_empty_tables(root);
	return ERR_OK;
}

enum err docx_fill(struct docx *docx, const struct docx_values *values, struct bh_err *reterr)
{
	for (size_t i = 0; i < docx->text_count; i++) {
		struct filling filling = {docx, values,
			str_is(docx->parts[docx->text_parts[i]].name, "word/document.xml"), reterr};

		TRY(fill_text(&filling, docx->texts[i]));
	}
	return ERR_OK;
}

/* ---- a table of text ---- */

static struct xml_node *table_cell(
	struct arena *arena, struct str text, bool head, const struct xml_node *type)
{
	struct xml_node *cell = xml_element(arena, "w:tc"), *paragraph = xml_element(arena, "w:p"),
			*look = xml_element(arena, "w:pPr"), *style = xml_element(arena, "w:pStyle");

	xml_set(arena, style, "w:val", head ? STR("TableHead") : STR("TableText"));
	xml_append(look, style);
	xml_append(paragraph, look);
	xml_append(paragraph, text_run(arena, type, text));
	xml_append(cell, paragraph);
	return cell;
}

#define TABLE_HEAD                                                                                           \
	"<w:tbl xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:tblPr>"          \
	"<w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>"                                                \
	"<w:top w:val=\"single\" w:sz=\"4\"/><w:left w:val=\"single\" w:sz=\"4\"/>"                          \
	"<w:bottom w:val=\"single\" w:sz=\"4\"/><w:right w:val=\"single\" w:sz=\"4\"/>"                      \
	"<w:insideH w:val=\"single\" w:sz=\"4\"/><w:insideV w:val=\"single\" w:sz=\"4\"/>"                   \
	"</w:tblBorders>"
#define TABLE_TAIL "</w:tblPr><w:tblGrid/></w:tbl>"
static const char table_xml[] = TABLE_HEAD TABLE_TAIL;
/* Of many columns: less room beside what is in them. */
static const char close_table_xml[] = TABLE_HEAD "<w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right "
						 "w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar>" TABLE_TAIL;

#define TYPE_AREA 8844 /* twips of 156 mm */
#define WIDEST    30   /* a column counts no more than so many columns of a terminal */
#define NARROW    14   /* a date, a number, a name: never broken as long as there is room for the others */
#define MANY      6    /* more columns than these are set in smaller type */
#define EDGES     270  /* twips within a cell, left and right */
#define CLOSE     150  /* the same where columns are many */

/* Of Latin letters, which isn't parted. */
static size_t longest_word(struct str text)
{
	size_t longest = 0, size = 0;

	for (size_t i = 0; i < text.size; i++) {
		size = (signed char)text.data[i] > ' ' ? size + 1 : 0;
		longest = size > longest ? size : longest;
	}
	return longest;
}

static size_t widest_in(const struct docx_table *table, size_t column)
{
	size_t widest = 0;

	for (size_t row = 0; row <= table->rows; row++) {
		struct str text = table->cells[row * table->columns + column];
		size_t width = utf8_width(text), word = longest_word(text) * 6 / 5 + 1;

		/* A head may stand in several lines. */
		width = row > 0 ? width : (width + 1) / 2 > word ? (width + 1) / 2 : word;
		widest = width > widest ? width : widest;
	}
	return widest > WIDEST ? WIDEST : widest;
}

/* Columns as wide as what is in them; where they are too many, the narrow ones stay and the others give. */
static void put_grid(struct arena *arena, struct xml_node *grid, const struct docx_table *table)
{
	size_t *wants = ARENA_TAKE(arena, table->columns + 1, size_t), narrow = 0, wide = 0;
	size_t character = table->columns > MANY ? 105 : 120, edges = table->columns > MANY ? CLOSE : EDGES;

	for (size_t column = 0; column < table->columns; column++) {
		size_t widest = widest_in(table, column);

		wants[column] = widest * character + edges;
		*(widest <= NARROW ? &narrow : &wide) += wants[column];
	}
	bool all_give = narrow + wide <= TYPE_AREA || wide == 0 || narrow > TYPE_AREA * 3 / 4;

	for (size_t column = 0; column < table->columns; column++) {
		struct xml_node *one = xml_element(arena, "w:gridCol");
		bool gives = all_give || wants[column] > NARROW * character + edges;
		size_t from = all_give ? narrow + wide : wide, to = all_give ? TYPE_AREA : TYPE_AREA - narrow;

		xml_set(arena, one, "w:w",
			str_format(
				arena, "%zu", gives && from > 0 ? wants[column] * to / from : wants[column]));
		xml_append(grid, one);
	}
}

static struct xml_node *small_type(struct arena *arena)
{
	struct xml_node *look = xml_element(arena, "w:rPr"), *size = xml_element(arena, "w:sz");

	xml_set(arena, size, "w:val", STR("21"));
	xml_append(look, size);
	return look;
}

struct xml_node *docx_table(struct arena *arena, const struct docx_table *table)
{
	struct xml_node *root = NULL, *type = table->columns > MANY ? small_type(arena) : NULL;
	struct bh_err why;

	REQUIRE(xml_tree_read(arena, "table", str_from(type == NULL ? table_xml : close_table_xml), &root,
			&why) == ERR_OK);
	put_grid(arena, xml_child(root, "w:tblGrid"), table);
	for (size_t row = 0; row <= table->rows; row++) {
		struct xml_node *line = xml_element(arena, "w:tr");

		if (row == 0) {
			struct xml_node *look = xml_element(arena, "w:trPr");

			xml_append(look, xml_element(arena, "w:tblHeader"));
			xml_append(line, look);
		}
		for (size_t column = 0; column < table->columns; column++)
			xml_append(line, table_cell(arena, table->cells[row * table->columns + column],
						 row == 0, type));
		xml_append(root, line);
	}
	return root;
}
