/* workbook_parse.c: what is where in a spreadsheet file: its sheets, their names, the styles and the strings
 * that cells refer to (ECMA-376 part 1, SpreadsheetML). */
#include "exchange/workbook_parts.h"

#include <string.h>

#define STYLES_MAX    65536
#define STRINGS_MAX   4000000
#define SHEETS_MAX    256
#define RELATIONS_MAX 1024 /* of one part */

/* ---- relations: the parts that a part names by an id ---- */

struct relation {
	struct str id, type, target; /* the whole name of the part */
};
struct relations {
	struct arena *arena;
	struct str folder; /* of the part that names them, with its slash; "" at the top */
	struct relation *items;
	size_t count, capacity;
};

/* "xl/" and "../docProps/app.xml" name "docProps/app.xml". Only looked up in the zip, never on a disk. */
static struct str join(struct arena *arena, struct str folder, struct str target)
{
	if (str_starts(target, "/"))
		return str_copy(arena, str_slice(target, 1, target.size));
	while (str_starts(target, "../") && folder.size > 0) {
		target = str_slice(target, 3, target.size);
		for (folder.size--; folder.size > 0 && folder.data[folder.size - 1] != '/'; folder.size--)
			;
	}
	return str_format(arena, "%.*s%.*s", STR_ARG(folder), STR_ARG(target));
}

static struct str attribute(struct arena *arena, const struct xml_attributes *attributes, const char *name)
{
	return str_copy(arena, str_from(xml_attribute(attributes, name)));
}

static enum err relation_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct relations *relations = context;

	(void)reterr;
	if (strcmp(name, "Relationship") != 0 || relations->count >= RELATIONS_MAX)
		return ERR_OK;
	*ARENA_PUSH(relations->arena, relations->items, relations->count,
		relations->capacity) = (struct relation){attribute(relations->arena, attributes, "Id"),
		attribute(relations->arena, attributes, "Type"),
		join(relations->arena, relations->folder, str_from(xml_attribute(attributes, "Target")))};
	return ERR_OK;
}

static enum err nothing_at_close(void *context, const char *name, struct bh_err *reterr)
{
	(void)context, (void)name, (void)reterr;
	return ERR_OK;
}

static enum err read_relations(
	struct relations *relations, const struct parts *parts, struct str of, struct bh_err *reterr)
{
	const struct xml_reader reader = {relations, relation_open, nothing_at_close, NULL, false};
	size_t slash = of.size;

	while (slash > 0 && of.data[slash - 1] != '/')
		slash--;
	relations->folder = str_slice(of, 0, slash);
	return xml_read(parts,
		str_format(relations->arena, "%.*s_rels/%.*s.rels", STR_ARG(relations->folder),
			STR_ARG(str_slice(of, slash, of.size)))
			.data,
		&reader, reterr);
}

/* The part of the first relation of that kind; "" when there is none. */
static struct str related(const struct relations *relations, const char *kind)
{
	for (size_t i = 0; i < relations->count; i++)
		if (str_ends(relations->items[i].type, kind))
			return relations->items[i].target;
	return STR("");
}

/* ---- the workbook ---- */

struct named_sheet {
	struct str name, id;
};
struct book {
	struct arena *arena;
	bool from_1904;
	struct named_sheet *sheets;
	size_t count, capacity;
};

static bool is_true(const char *value)
{
	return value != NULL && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static enum err book_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct book *book = context;
	const char *state = xml_attribute(attributes, "state");

	if (strcmp(name, "workbookPr") == 0)
		book->from_1904 = is_true(xml_attribute(attributes, "date1904"));
	if (strcmp(name, "sheet") != 0 || (state != NULL && strcmp(state, "visible") != 0))
		return ERR_OK;
	if (book->count == SHEETS_MAX)
		return err_set(reterr, ERR_RANGE, "", "the file has more than %d sheets", SHEETS_MAX);
	*ARENA_PUSH(book->arena, book->sheets, book->count, book->capacity) = (struct named_sheet){
		attribute(book->arena, attributes, "name"), attribute(book->arena, attributes, "id")};
	return ERR_OK;
}

/* ---- styles ---- */

struct own_form {
	int64_t id;
	struct str code;
};
struct styles_read {
	struct arena *arena;
	struct styles *styles;
	struct own_form *forms;
	size_t count, capacity;
	bool in_cells; /* <cellXfs>, which is what cells refer to */
};

static int64_t number_of(const char *value)
{
	int64_t number;

	return value != NULL && str_to_int(str_from(value), &number) ? number : -1;
}

static enum err style_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct styles_read *read = context;

	if (read->count > STYLES_MAX || read->styles->count > STYLES_MAX)
		return err_set(
			reterr, ERR_RANGE, "", "the file has more styles than any spreadsheet program takes");
	if (strcmp(name, "numFmt") == 0)
		*ARENA_PUSH(read->arena, read->forms, read->count, read->capacity) =
			(struct own_form){number_of(xml_attribute(attributes, "numFmtId")),
				attribute(read->arena, attributes, "formatCode")};
	if (strcmp(name, "cellXfs") == 0)
		read->in_cells = true;
	if (!read->in_cells || strcmp(name, "xf") != 0)
		return ERR_OK;
	int64_t id = number_of(xml_attribute(attributes, "numFmtId"));
	struct str code = STR("");

	for (size_t i = 0; i < read->count && code.size == 0; i++)
		if (read->forms[i].id == id)
			code = read->forms[i].code;
	*ARENA_PUSH(read->arena, read->styles->forms, read->styles->count, read->styles->capacity) =
		number_form_of(id, code);
	return ERR_OK;
}

static enum err style_close(void *context, const char *name, struct bh_err *reterr)
{
	struct styles_read *read = context;

	(void)reterr;
	if (strcmp(name, "cellXfs") == 0)
		read->in_cells = false;
	return ERR_OK;
}

/* ---- strings ---- */

struct strings_read {
	struct arena *arena;
	struct strings *strings;
	struct buf text;
	int phonetic; /* how a word is pronounced is no part of it */
	bool in_text;
};

static enum err string_open(
	void *context, const char *name, const struct xml_attributes *attributes, struct bh_err *reterr)
{
	struct strings_read *read = context;

	(void)attributes, (void)reterr;
	if (strcmp(name, "si") == 0)
		read->text = buf_new(read->arena);
	read->phonetic += strcmp(name, "rPh") == 0;
	read->in_text = strcmp(name, "t") == 0 && read->phonetic == 0;
	return ERR_OK;
}

static enum err string_close(void *context, const char *name, struct bh_err *reterr)
{
	struct strings_read *read = context;

	read->phonetic -= strcmp(name, "rPh") == 0;
	read->in_text = false;
	if (strcmp(name, "si") != 0)
		return ERR_OK;
	if (read->strings->count == STRINGS_MAX)
		return err_set(reterr, ERR_RANGE, "",
			"the file has more strings than any spreadsheet program takes");
	*ARENA_PUSH(read->arena, read->strings->items, read->strings->count, read->strings->capacity) =
		sheet_unescape(read->arena, buf_str(&read->text));
	return ERR_OK;
}

static enum err string_text(void *context, struct str text, struct bh_err *reterr)
{
	struct strings_read *read = context;

	(void)reterr;
	if (read->in_text)
		buf_put(&read->text, text);
	return ERR_OK;
}

/* ---- all of it ---- */

static enum err read_sheets(const struct book *book, const struct relations *relations,
	const struct sheet_read *read, const struct parts *parts, struct bh_err *reterr)
{
	for (size_t i = 0; i < book->count; i++) {
		const struct relation *found = NULL;

		for (size_t j = 0; j < relations->count && found == NULL; j++)
			if (str_equal(relations->items[j].id, book->sheets[i].id))
				found = &relations->items[j];
		if (found == NULL)
			return err_set(reterr, ERR_INVALID, book->sheets[i].name.data,
				"the file is damaged: this sheet is named and isn't there");
		if (!str_ends(found->type, "/worksheet"))
			continue; /* a chart on a sheet of its own */
		TRY(read->out->sheet(read->out->context, book->sheets[i].name, book->from_1904, reterr));
		TRY(sheet_parse(read, parts, found->target.data, reterr));
	}
	return ERR_OK;
}

enum err workbook_parse(
	struct arena *arena, const struct parts *parts, const struct cells_out *out, struct bh_err *reterr)
{
	struct relations top = {.arena = arena}, relations = {.arena = arena};
	struct book book = {.arena = arena};
	struct styles styles = {0};
	struct strings strings = {0};
	struct styles_read styles_read = {.arena = arena, .styles = &styles};
	struct strings_read strings_read = {.arena = arena, .strings = &strings, .text = buf_new(arena)};
	const struct xml_reader book_reader = {&book, book_open, nothing_at_close, NULL, false},
				style_reader = {&styles_read, style_open, style_close, NULL, false},
				string_reader = {
					&strings_read, string_open, string_close, string_text, false};
	size_t size = 0;

	TRY(read_relations(&top, parts, STR(""), reterr));
	struct str main = related(&top, "/officeDocument");

	if (main.size == 0)
		return err_set(reterr, ERR_INVALID, "", "this is no spreadsheet: it names no workbook");
	TRY(read_relations(&relations, parts, main, reterr));
	TRY(xml_read(parts, main.data, &book_reader, reterr));
	if (related(&relations, "/styles").size > 0)
		TRY(xml_read(parts, related(&relations, "/styles").data, &style_reader, reterr));
	if (related(&relations, "/sharedStrings").size > 0)
		TRY(xml_read(parts, related(&relations, "/sharedStrings").data, &string_reader, reterr));
	const struct sheet_read read = {.arena = arena,
		.styles = &styles,
		.strings = &strings,
		.out = out,
		.from_1904 = book.from_1904,
		.size = &size};

	return read_sheets(&book, &relations, &read, parts, reterr);
}
