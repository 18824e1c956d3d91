/* lrmx_read.c: a form for an appointment read and looked through. */
#include "exchange/lrmx.h"
#include "exchange/xml_tree.h"

/* Lines are kept; other control characters are blanks, as they are when it is written. */
static struct str text_of(struct arena *arena, const struct xml_node *node)
{
	struct str text = xml_all_text(arena, node);
	char *plain = ARENA_TAKE(arena, text.size + 1, char);

	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		plain[i] = ((unsigned char)c < ' ' && c != '\n') || c == '\x7f' ? ' ' : c;
	}
	return str_trim((struct str){plain, text.size});
}

static bool is_plain(const struct xml_node *node)
{
	for (const struct xml_node *at = node->first; at != NULL; at = at->next)
		if (at->name.size > 0)
			return false;
	return true;
}

static enum err read_item(
	struct arena *arena, const struct xml_node *item, struct lrmx *lrmx, struct bh_err *reterr)
{
	struct lrmx_relative relative = {STR(""), STR(""), STR(""), STR(""), STR("")};
	const struct {
		const char *name;
		struct str *text;
	} members[] = {{"ChengWei", &relative.relation}, {"XingMing", &relative.name},
		{"ChuShengRiQi", &relative.born}, {"ZhengZhiMianMao", &relative.party},
		{"GongZuoDanWeiJiZhiWu", &relative.post}};
	bool any = false;

	for (size_t i = 0; i < ARRAY_COUNT(members); i++) {
		const struct xml_node *member = xml_child(item, members[i].name);

		if (member != NULL)
			*members[i].text = text_of(arena, member);
		any = any || members[i].text->size > 0;
	}
	if (!any)
		return ERR_OK; /* programs write empty lines of the form too */
	if (lrmx->family_count == LRMX_FAMILY_MAX)
		return err_set(reterr, ERR_RANGE, "JiaTingChengYuan", "there are more than %d relatives",
			LRMX_FAMILY_MAX);
	*ARENA_PUSH(arena, lrmx->family, lrmx->family_count, lrmx->family_capacity) = relative;
	return ERR_OK;
}

static enum err read_family(
	struct arena *arena, const struct xml_node *family, struct lrmx *lrmx, struct bh_err *reterr)
{
	for (const struct xml_node *at = family->first; at != NULL; at = at->next)
		if (xml_is(at, "Item"))
			TRY(read_item(arena, at, lrmx, reterr));
	return ERR_OK;
}

static enum err read_element(struct arena *arena, const struct xml_node *node, struct lrmx *lrmx,
	bool seen[LRMX_ELEMENT_COUNT], struct bh_err *reterr)
{
	const char *name = str_copy(arena, node->name).data;
	enum lrmx_element element;

	if (xml_is(node, "JiaTingChengYuan"))
		return read_family(arena, node, lrmx, reterr);
	if (!is_plain(node))
		return err_set(reterr, ERR_INVALID, name, "this element holds text, not further elements");
	if (!lrmx_find(node->name, &element)) {
		*ARENA_PUSH(arena, lrmx->others, lrmx->other_count, lrmx->other_capacity) =
			(struct lrmx_unknown){node->name, text_of(arena, node)};
		return ERR_OK;
	}
	if (seen[element])
		return err_set(reterr, ERR_INVALID, name, "this element stands twice");
	seen[element] = true;
	lrmx->values[element] = text_of(arena, node);
	return ERR_OK;
}

/* Spans in the order of time; one without an end lasts. */
static enum err check_career(struct arena *arena, const struct lrmx *lrmx, struct bh_err *reterr)
{
	struct lrmx_career *lines;
	size_t count;

	lrmx_career(arena, lrmx->values[LRMX_JianLi], &lines, &count);
	for (size_t i = 0; i < count; i++) {
		struct day from, until;

		/* Text before the first span is let stand. */
		if (lines[i].from.size == 0)
			continue;
		if (!lrmx_day(lines[i].from, &from) ||
			(lines[i].until.size > 0 &&
				(!lrmx_day(lines[i].until, &until) || until.number < from.number)))
			return err_set(reterr, ERR_INVALID, lrmx_name(LRMX_JianLi),
				"%.*s--%.*s is no span of months", STR_ARG(lines[i].from),
				STR_ARG(lines[i].until));
	}
	return ERR_OK;
}

/* Dates of the form itself. When somebody joined the party may also be said in words. */
static enum err check(struct arena *arena, const struct lrmx *lrmx, struct bh_err *reterr)
{
	static const enum lrmx_element days[] = {LRMX_ChuShengNianYue, LRMX_CanJiaGongZuoShiJian,
		LRMX_JiSuanNianLingShiJian, LRMX_TianBiaoShiJian};
	struct day day;

	for (size_t i = 0; i < ARRAY_COUNT(days); i++) {
		struct str text = lrmx->values[days[i]];

		if (text.size > 0 && !lrmx_day(text, &day))
			return err_set(reterr, ERR_INVALID, lrmx_name(days[i]),
				"%.*s is no date as the form has it: 201903, 20190305 or 2019.03",
				STR_ARG(text));
	}
	if (lrmx->values[LRMX_XingMing].size == 0)
		return err_set(reterr, ERR_INVALID, lrmx_name(LRMX_XingMing), "the form has no name");
	if (lrmx->values[LRMX_ShenFenZheng].size > 0 && !lrmx_id_is_valid(lrmx->values[LRMX_ShenFenZheng]))
		return err_set(reterr, ERR_INVALID, lrmx_name(LRMX_ShenFenZheng),
			"this is no national id: its check digit doesn't fit the others");

	return check_career(arena, lrmx, reterr);
}

enum err lrmx_read(struct arena *arena, struct str bytes, struct lrmx *ret_lrmx, struct bh_err *reterr)
{
	bool seen[LRMX_ELEMENT_COUNT] = {false};
	struct xml_node *root = NULL;

	*ret_lrmx = (struct lrmx){.family = NULL};
	for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++)
		ret_lrmx->values[i] = STR("");
	if (bytes.size > LRMX_SIZE_MAX)
		return err_set(reterr, ERR_RANGE, "", "the file has more than 4 MiB");
	if (!utf8_is_valid(bytes))
		return err_set(reterr, ERR_INVALID, "", "the file isn't in UTF-8");
	TRY(xml_tree_read(arena, "lrmx", bytes, &root, reterr));
	if (!xml_is(root, "Person"))
		return err_set(reterr, ERR_INVALID, str_copy(arena, root->name).data,
			"this is no .lrmx file: its root is Person");
	for (const struct xml_node *at = root->first; at != NULL; at = at->next)
		if (at->name.size > 0)
			TRY(read_element(arena, at, ret_lrmx, seen, reterr));
	return check(arena, ret_lrmx, reterr);
}
