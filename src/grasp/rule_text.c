/* rule_text.c: a rule taken apart into chapters, sections and articles. */
#include "grasp/rule_text.h"

#define NUMBER_MAX 999

const char *rule_part_kind_name(enum rule_part_kind kind)
{
	static const char *const names[RULE_PART_KIND_COUNT] = {"preamble", "chapter", "section", "article"};

	REQUIRE(kind < RULE_PART_KIND_COUNT);
	return names[kind];
}

/* ---- numbers: 一百二十三, 二十, 十, 12 ---- */

static int digit_of(uint32_t character)
{
	static const uint32_t digits[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03,
		0x516B, 0x4E5D}; /* 〇一二三四五六七八九 */

	if (character == 0x96F6) /* 零 */
		return 0;
	if (character == 0x4E24) /* 两 */
		return 2;
	for (int i = 0; i < (int)ARRAY_COUNT(digits); i++)
		if (digits[i] == character)
			return i;
	return -1;
}

/* The number at `*at`, which is moved behind it; 0: there is none, or one beyond NUMBER_MAX. */
static int take_number(struct str line, size_t *at)
{
	int sum = 0, digit = 0;
	bool any = false;

	while (*at < line.size) {
		uint32_t character;
		size_t size = utf8_next(line, *at, &character);
		int unit = character == 0x5341 ? 10 : character == 0x767E ? 100 : 0; /* 十 百 */

		if (character >= '0' && character <= '9') {
			digit = digit * 10 + (int)(character - '0');
		} else if (unit > 0) {
			sum += (digit == 0 ? 1 : digit) * unit;
			digit = 0;
		} else if (digit_of(character) >= 0) {
			digit = digit_of(character);
		} else {
			break;
		}
		if (sum + digit > NUMBER_MAX)
			return 0;
		any = true;
		*at += size;
	}
	return any ? sum + digit : 0;
}

/* ---- one line ---- */

struct mark {
	enum rule_part_kind kind;
	int number, behind;
	struct str label, rest;
};

static bool take_word(struct str line, size_t *at, const char *word)
{
	struct str wanted = str_from(word);

	if (!str_equal(str_slice(line, *at, wanted.size), wanted))
		return false;
	*at += wanted.size;
	return true;
}

/* Blanks, and the marks of a heading or of bold print. */
static struct str without_marks(struct str line, bool *ret_set_off)
{
	struct str bare = str_trim(line);

	*ret_set_off = false;
	while (bare.size > 0 && (bare.data[0] == '#' || str_starts(bare, "**"))) {
		*ret_set_off = true;
		bare = str_trim(str_slice(bare, bare.data[0] == '#' ? 1 : 2, bare.size));
	}
	return bare;
}

/* Nothing but a blank, the end of bold print or a stop may follow a label. */
static bool ends_label(struct str line, size_t at, bool needs_stop)
{
	struct str rest = str_slice(line, at, line.size);

	if (rest.size == 0 || str_starts(rest, "**") || rest.data[0] == ':' || rest.data[0] == '.' ||
		str_starts(rest, "："))
		return true;
	return !needs_stop && (rest.data[0] == ' ' || rest.data[0] == '\t' || str_starts(rest, "\u3000"));
}

static struct str behind_label(struct str line, size_t at)
{
	struct str rest = str_slice(line, at, line.size);

	for (;;) {
		size_t cut = str_starts(rest, "**")   ? 2
			     : str_starts(rest, "：") ? sizeof "：" - 1
			     : rest.size > 0 && (rest.data[0] == ':' || rest.data[0] == '.') ? 1
											     : 0;

		if (cut == 0)
			return str_trim(rest);
		rest = str_slice(rest, cut, rest.size);
	}
}

static bool read_chinese(struct str line, struct mark *mark)
{
	size_t at = 0;

	if (!take_word(line, &at, "第") || (mark->number = take_number(line, &at)) == 0)
		return false;
	if (take_word(line, &at, "章"))
		mark->kind = RULE_CHAPTER;
	else if (take_word(line, &at, "节"))
		mark->kind = RULE_SECTION;
	else if (take_word(line, &at, "条"))
		mark->kind = RULE_ARTICLE;
	else
		return false;
	if (take_word(line, &at, "之") && (mark->behind = take_number(line, &at)) == 0)
		return false;
	mark->label = str_slice(line, 0, at);
	mark->rest = behind_label(line, at);
	return ends_label(line, at, false);
}

static bool read_english(struct str line, bool set_off, struct mark *mark)
{
	size_t at = 0;

	if (take_word(line, &at, "Chapter "))
		mark->kind = RULE_CHAPTER;
	else if (take_word(line, &at, "Section "))
		mark->kind = RULE_SECTION;
	else if (take_word(line, &at, "Article "))
		mark->kind = RULE_ARTICLE;
	else
		return false;
	if ((mark->number = take_number(line, &at)) == 0)
		return false;
	mark->label = str_slice(line, 0, at);
	mark->rest = behind_label(line, at);
	return ends_label(line, at, !set_off);
}

static bool read_mark(struct str line, struct mark *ret_mark)
{
	struct mark mark = {0};
	bool set_off;
	struct str bare = without_marks(line, &set_off);

	if (!read_chinese(bare, &mark)) {
		mark = (struct mark){0};
		if (!read_english(bare, set_off, &mark))
			return false;
	}
	*ret_mark = mark;
	return true;
}

/* ---- the whole ---- */

struct taking {
	struct arena *arena;
	struct rule_text *text;
	size_t capacity, line;
	const struct rule_part *last[RULE_PART_KIND_COUNT];
	struct bh_err *reterr;
};

static enum err is_next(const struct taking *taking, const struct mark *mark)
{
	const struct rule_part *last = taking->last[mark->kind];
	int number = last == NULL ? 0 : last->number, behind = last == NULL ? 0 : last->behind;
	bool next = mark->behind == 0 ? mark->number == number + 1
				      : mark->number == number && mark->behind == behind + 1;

	if (next)
		return ERR_OK;
	return err_set(taking->reterr, ERR_INVALID, "text",
		"line %zu: %.*s isn't the next: chapters and articles are numbered without a gap",
		taking->line, STR_ARG(str_slice(mark->label, 0, 40)));
}

static struct rule_part *push(struct taking *taking, enum rule_part_kind kind)
{
	struct rule_text *text = taking->text;
	struct rule_part *part = ARENA_PUSH(taking->arena, text->parts, text->count, taking->capacity);

	*part = (struct rule_part){.kind = kind};
	return part;
}

/* `last` is kept by value, as the array moves while it grows. */
static void remember(struct taking *taking, const struct rule_part *part)
{
	struct rule_part *kept = ARENA_TAKE(taking->arena, 1, struct rule_part);

	*kept = *part;
	taking->last[part->kind] = kept;
	if (part->kind == RULE_CHAPTER)
		taking->last[RULE_SECTION] = NULL;
}

static enum err begin_part(struct taking *taking, const struct mark *mark)
{
	if (taking->text->count == RULE_PARTS_MAX)
		return err_set(taking->reterr, ERR_INVALID, "text",
			"line %zu: there are too many chapters and articles for one rule", taking->line);
	TRY(is_next(taking, mark));
	struct rule_part *part = push(taking, mark->kind);

	part->number = mark->number;
	part->behind = mark->behind;
	part->label = mark->label;
	part->text = mark->rest;
	remember(taking, part);
	return ERR_OK;
}

/* From the beginning of what the part says to the end of this line, blank lines between included. */
static enum err add_line(struct taking *taking, struct str line)
{
	struct str bare = str_trim(line);

	if (bare.size == 0)
		return ERR_OK;
	struct rule_part *part = taking->text->count == 0 ? push(taking, RULE_PREAMBLE)
							  : &taking->text->parts[taking->text->count - 1];

	if (part->kind == RULE_CHAPTER || part->kind == RULE_SECTION)
		return err_set(taking->reterr, ERR_INVALID, "text",
			"line %zu: something stands under a chapter and in no article", taking->line);
	if (part->text.size == 0)
		part->text = bare;
	else
		part->text.size = (size_t)(bare.data + bare.size - part->text.data);
	return ERR_OK;
}

static bool has_control(struct str line)
{
	for (size_t i = 0; i < line.size; i++) {
		unsigned char byte = (unsigned char)line.data[i];

		if ((byte < ' ' && byte != '\t') || byte == 0x7F)
			return true;
	}
	return false;
}

static enum err take_line(struct taking *taking, struct str line)
{
	struct rule_text *text = taking->text;
	struct mark mark;

	if (has_control(line))
		return err_set(taking->reterr, ERR_INVALID, "text",
			"line %zu: there is a control character in it", taking->line);
	if (read_mark(line, &mark))
		return begin_part(taking, &mark);
	if (text->count == 0 && text->title.size == 0 && str_starts(line, "# ")) {
		text->title = str_trim(str_slice(line, 2, line.size));
		return ERR_OK;
	}
	return add_line(taking, line);
}

static enum err judge_parts(const struct rule_text *text, struct bh_err *reterr)
{
	for (size_t i = 0; i < text->count; i++)
		if (text->parts[i].text.size == 0 && text->parts[i].kind == RULE_ARTICLE)
			return err_set(reterr, ERR_INVALID, "text", "%.*s says nothing",
				STR_ARG(str_slice(text->parts[i].label, 0, 40)));
	return text->count > 0 ? ERR_OK : err_set(reterr, ERR_INVALID, "text", "there is no text");
}

enum err rule_text_read(
	struct arena *arena, struct str text, struct rule_text *ret_text, struct bh_err *reterr)
{
	struct rule_text read = {0};
	struct taking taking = {.arena = arena, .text = &read, .reterr = reterr};
	struct str line;

	if (text.size > RULE_TEXT_MAX)
		return err_set(reterr, ERR_INVALID, "text", "it has more than %zu KiB", RULE_TEXT_MAX / 1024);
	if (!utf8_is_valid(text))
		return err_set(reterr, ERR_INVALID, "text", "it isn't UTF-8");
	for (taking.line = 1; str_cut(&text, '\n', &line); taking.line++)
		TRY(take_line(&taking, line));
	TRY(judge_parts(&read, reterr));
	*ret_text = read;
	return ERR_OK;
}

size_t rule_article_count(const struct rule_text *text)
{
	size_t count = 0;

	for (size_t i = 0; i < text->count; i++)
		count += text->parts[i].kind == RULE_ARTICLE;
	return count;
}
