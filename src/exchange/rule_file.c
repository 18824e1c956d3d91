#include "exchange/rule_file.h"

enum member { MEMBER_TEXT, MEMBER_LIST, MEMBER_NUMBER, MEMBER_TITLE };

static const struct {
	const char *name;
	enum member kind;
} members[] = {{"code", MEMBER_TEXT}, {"version", MEMBER_NUMBER}, {"title", MEMBER_TITLE},
	{"title_en", MEMBER_TITLE}, {"area", MEMBER_TEXT}, {"stages", MEMBER_LIST}, {"unit", MEMBER_TEXT},
	{"from", MEMBER_TEXT}, {"review_on", MEMBER_TEXT}, {"finding", MEMBER_TEXT}, {"matter", MEMBER_TEXT},
	{"review", MEMBER_TEXT}, {"procedures", MEMBER_LIST}, {"note", MEMBER_TEXT}};

struct filing {
	struct arena *arena;
	struct doc *written;
	size_t line;
	struct bh_err *reterr;
};

static struct doc *list_of(struct arena *arena, struct str value)
{
	struct doc *list = doc_list(arena);
	struct str word;

	while (str_cut(&value, ',', &word))
		if (str_trim(word).size > 0)
			doc_push(arena, list, doc_text(arena, str_trim(word)));
	return list;
}

static void put_title(const struct filing *filing, const char *lang, struct str value)
{
	const struct doc *before = doc_get(filing->written, "title");
	struct doc *title = before == NULL ? doc_object(filing->arena) : doc_copy(filing->arena, before);

	doc_set(filing->arena, title, lang, doc_text(filing->arena, value));
	doc_set(filing->arena, filing->written, "title", title);
}

static enum err put_member(struct filing *filing, size_t member, struct str value)
{
	const char *name = members[member].name;
	struct arena *arena = filing->arena;
	int64_t number;

	if (doc_get(filing->written, name) != NULL && members[member].kind != MEMBER_TITLE)
		return err_set(
			filing->reterr, ERR_INVALID, "head", "line %zu: it is said twice", filing->line);
	switch (members[member].kind) {
	case MEMBER_TITLE:
		put_title(filing, str_is(str_from(name), "title") ? "zh" : "en", value);
		return ERR_OK;
	case MEMBER_LIST:
		doc_set(arena, filing->written, name, list_of(arena, value));
		return ERR_OK;
	case MEMBER_NUMBER:
		if (!str_to_int(value, &number))
			return err_set(filing->reterr, ERR_INVALID, "head", "line %zu: a number is wanted",
				filing->line);
		doc_set(arena, filing->written, name, doc_int(arena, number));
		return ERR_OK;
	default:
		doc_set(arena, filing->written, name, doc_text(arena, value));
		return ERR_OK;
	}
}

static enum err take_member(struct filing *filing, struct str line)
{
	struct str value = line, name;

	if (str_trim(line).size == 0 || str_starts(line, "#"))
		return ERR_OK;
	if (str_find(line, STR(":")) == SIZE_MAX || !str_cut(&value, ':', &name))
		return err_set(
			filing->reterr, ERR_INVALID, "head", "line %zu: NAME: VALUE is wanted", filing->line);
	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		if (str_is(str_trim(name), members[i].name))
			return put_member(filing, i, str_trim(value));
	return err_set(filing->reterr, ERR_INVALID, "head",
		"line %zu: there is no such member: code, version, title, title_en, area, stages, unit, "
		"from, "
		"review_on, review, finding, matter, procedures and note are",
		filing->line);
}

enum err rule_file_read(struct arena *arena, struct str file, struct doc **ret_written, struct bh_err *reterr)
{
	struct filing filing = {.arena = arena, .written = doc_object(arena), .reterr = reterr};
	struct str rest = file, line;
	bool open = false;

	if (!utf8_is_valid(file))
		return err_set(reterr, ERR_INVALID, "text", "it isn't UTF-8");
	for (filing.line = 1; str_cut(&rest, '\n', &line); filing.line++) {
		bool fence = str_is(str_trim(line), "---");

		if (filing.line == 1 && !fence)
			break;
		if (filing.line > 1 && fence) {
			doc_set(arena, filing.written, "text", doc_text(arena, rest));
			*ret_written = filing.written;
			return ERR_OK;
		}
		open = true;
		if (!fence)
			TRY(take_member(&filing, line));
	}
	if (open)
		return err_set(filing.reterr, ERR_INVALID, "head",
			"line %zu: the head ends with a line of ---", filing.line);
	doc_set(arena, filing.written, "text", doc_text(arena, file));
	*ret_written = filing.written;
	return ERR_OK;
}
