/* bigram.c: text as the words by which it is found. */
#include "store/bigram.h"

#include <string.h>

enum kind { KIND_NONE, KIND_WORD, KIND_CHINESE };

/* ---- characters ---- */

struct range {
	uint32_t from, to;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t c)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	return false;
}

/* Written without blanks: Chinese characters and what stands for one, kana, hangul. */
static bool is_chinese(uint32_t c)
{
	static const struct range ranges[] = {{0x3005, 0x3007}, {0x3041, 0x30FA}, {0x30FC, 0x30FF},
		{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0x20000, 0x323AF}};

	return c >= 0x3005 && is_in(ranges, ARRAY_COUNT(ranges), c);
}

/* Signs, which part words; of all beyond ASCII the rest are letters. */
static bool is_sign(uint32_t c)
{
	static const struct range ranges[] = {{0x80, 0xA9}, {0xAB, 0xB4}, {0xB6, 0xB9}, {0xBB, 0xBF},
		{0xD7, 0xD7}, {0xF7, 0xF7}, {0x2000, 0x2BFF}, {0x2E00, 0x2E7F}, {0x3000, 0x303F},
		{0x30FB, 0x30FB}, {0xD800, 0xF8FF}, {0xFE00, 0xFE6F}, {0xFF00, 0xFF20}, {0xFF3B, 0xFF40},
		{0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};

	return is_in(ranges, ARRAY_COUNT(ranges), c);
}

static uint32_t fold(uint32_t c)
{
	if (c >= 0xFF01 && c <= 0xFF5E) /* full width */
		c -= 0xFEE0;
	if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
		(c >= 0x410 && c <= 0x42F))
		return c + 32;
	if (c >= 0x400 && c <= 0x40F)
		return c + 80;
	/* Small letters follow their capitals. */
	if (c >= 0x100 && c <= 0x17E && (c < 0x138 || c >= 0x14A) && !(c >= 0x178))
		return c | 1;
	return c;
}

static enum kind kind_of(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ? KIND_WORD : KIND_NONE;
	if (is_chinese(c))
		return KIND_CHINESE;
	return is_sign(c) ? KIND_NONE : KIND_WORD;
}

struct character {
	char bytes[4];
	size_t size, from, to;
	enum kind kind;
};

/* The character at `at`; of what is no UTF-8 each byte is a sign. */
static struct character next_character(struct str text, size_t at)
{
	uint32_t c = 0;
	struct character character = {.from = at, .to = at + utf8_next(text, at, &c)};

	c = fold(c);
	character.kind = kind_of(c);
	character.size = utf8_put(c, character.bytes);
	return character;
}

/* ---- words ---- */

struct splitting {
	bigram_fn *each;
	void *context;
	bool question;
	char word[BIGRAM_WORD_MAX + 8];
	size_t size, from, to; /* of the Latin word that is being read */
	struct character last; /* of the run of Chinese that is being read */
	size_t run;            /* how many characters it has so far */
};

static int give(struct splitting *splitting, size_t from, size_t to, bool joined)
{
	const struct bigram word = {
		.text = splitting->word, .size = splitting->size, .from = from, .to = to, .joined = joined};

	return splitting->each(splitting->context, &word);
}

static int end_word(struct splitting *splitting)
{
	int stop = splitting->size == 0 ? 0 : give(splitting, splitting->from, splitting->to, false);

	splitting->size = 0;
	return stop;
}

/* The last character by itself: of a question only where it is the whole run. */
static int end_run(struct splitting *splitting)
{
	const struct character *last = &splitting->last;
	int stop = 0;

	if (splitting->run == 1 || (splitting->run > 1 && !splitting->question)) {
		memcpy(splitting->word, last->bytes, last->size);
		splitting->size = last->size;
		stop = give(splitting, last->from, last->to, splitting->run > 1);
	}
	if (splitting->run > 0)
		splitting->size = splitting->run = 0;
	return stop;
}

static int add_letter(struct splitting *splitting, const struct character *character)
{
	if (splitting->size == 0)
		splitting->from = character->from;
	if (splitting->size + character->size <= BIGRAM_WORD_MAX) {
		memcpy(splitting->word + splitting->size, character->bytes, character->size);
		splitting->size += character->size;
	}
	splitting->to = character->to;
	return 0;
}

static int add_chinese(struct splitting *splitting, const struct character *character)
{
	struct character before = splitting->last;
	int stop = 0;

	if (splitting->run > 0) {
		memcpy(splitting->word, before.bytes, before.size);
		memcpy(splitting->word + before.size, character->bytes, character->size);
		splitting->size = before.size + character->size;
		stop = give(splitting, before.from, character->to, false);
		splitting->size = 0;
	}
	splitting->last = *character;
	splitting->run++;
	return stop;
}

int bigram_each(struct str text, bool question, bigram_fn *each, void *context)
{
	struct splitting splitting = {.each = each, .context = context, .question = question};
	int stop = 0;

	for (size_t at = 0; at < text.size && stop == 0;) {
		struct character character = next_character(text, at);

		at = character.to;
		if (character.kind != KIND_WORD)
			stop = end_word(&splitting);
		if (character.kind != KIND_CHINESE && stop == 0)
			stop = end_run(&splitting);
		if (stop == 0 && character.kind == KIND_WORD)
			stop = add_letter(&splitting, &character);
		else if (stop == 0 && character.kind == KIND_CHINESE)
			stop = add_chinese(&splitting, &character);
	}
	if (stop == 0)
		stop = end_word(&splitting);
	return stop == 0 ? end_run(&splitting) : stop;
}

/* ---- questions ---- */

#define PARTS_MAX 16 /* more than that nobody types */

/* Is there a word in it, and may the last one be the beginning of a longer one? Two characters of Chinese are
 * a word of their own; one is the beginning of many. */
struct shape {
	size_t count;
	bool open;
};

static int take_shape(void *context, const struct bigram *word)
{
	struct shape *shape = context;
	uint32_t c = 0;
	size_t size = utf8_next((struct str){word->text, word->size}, 0, &c);

	shape->count++;
	shape->open = !is_chinese(c) || size == word->size;
	return 0;
}

static bool is_blank(struct str text, size_t at, size_t *ret_after)
{
	uint32_t c = 0;

	*ret_after = at + utf8_next(text, at, &c);
	return c <= ' ' || c == 0x3000 || c == 0xA0;
}

/* The next part that was typed together. */
static bool next_part(struct str typed, size_t *at, struct str *ret_part)
{
	size_t after, from;

	while (*at < typed.size && is_blank(typed, *at, &after))
		*at = after;
	from = *at;
	while (*at < typed.size && !is_blank(typed, *at, &after))
		*at = after;
	*ret_part = str_slice(typed, from, *at - from);
	return *at > from;
}

struct str bigram_question(struct arena *arena, struct str typed)
{
	struct buf buf = buf_new(arena);
	struct str part;
	size_t at = 0;

	for (int i = 0; i < PARTS_MAX && next_part(typed, &at, &part); i++) {
		struct shape shape = {0};

		(void)bigram_each(part, true, take_shape, &shape);
		if (shape.count == 0)
			continue;
		buf_puts(&buf, buf.size > 0 ? " \"" : "\"");
		for (size_t j = 0; j < part.size; j++)
			buf_put_char(&buf, part.data[j] == '"' ? ' ' : part.data[j]);
		buf_puts(&buf, shape.open ? "\" *" : "\"");
	}
	return buf.size > 0 ? buf_str(&buf) : STR_NONE;
}

/* ---- where it stands ---- */

struct words {
	struct arena *arena;
	struct bigram *items;
	size_t count, capacity;
};

static int push_word(void *context, const struct bigram *word)
{
	struct words *words = context;
	struct bigram *kept = ARENA_PUSH(words->arena, words->items, words->count, words->capacity);

	*kept = *word;
	kept->text = str_copy(words->arena, (struct str){word->text, word->size}).data;
	return 0;
}

/* The words of the text at one place are one, and maybe another joined to it. */
static size_t next_place(const struct words *words, size_t i)
{
	i++;
	while (i < words->count && words->items[i].joined)
		i++;
	return i;
}

static bool same_word(const struct bigram *word, const struct bigram *asked, bool open)
{
	return (open ? word->size >= asked->size : word->size == asked->size) &&
	       memcmp(word->text, asked->text, asked->size) == 0;
}

static const struct bigram *found_at(
	const struct words *words, size_t i, const struct bigram *asked, bool open)
{
	for (size_t j = i, end = next_place(words, i); j < end; j++)
		if (same_word(&words->items[j], asked, open))
			return &words->items[j];
	return NULL;
}

static bool match_at(const struct words *words, size_t i, const struct words *asked, bool open,
	size_t *ret_from, size_t *ret_to)
{
	for (size_t j = 0; j < asked->count; j++, i = next_place(words, i)) {
		bool last = j + 1 == asked->count;
		const struct bigram *found =
			i < words->count ? found_at(words, i, &asked->items[j], open && last) : NULL;

		if (found == NULL)
			return false;
		if (j == 0)
			*ret_from = found->from;
		/* Of a longer word only what was typed. */
		*ret_to = last && open && found->size > asked->items[j].size &&
					  found->to - found->from == found->size
				  ? found->from + asked->items[j].size
				  : found->to;
	}
	return asked->count > 0;
}

bool bigram_find(struct arena *arena, struct str text, struct str typed, size_t *ret_from, size_t *ret_to)
{
	struct words words = {.arena = arena};
	struct str part;
	size_t at = 0;

	(void)bigram_each(text, false, push_word, &words);
	while (next_part(typed, &at, &part)) {
		struct words asked = {.arena = arena};
		struct shape shape = {0};

		(void)bigram_each(part, true, push_word, &asked);
		(void)bigram_each(part, true, take_shape, &shape);
		for (size_t i = 0; i < words.count; i = next_place(&words, i))
			if (match_at(&words, i, &asked, shape.open, ret_from, ret_to))
				return true;
	}
	return false;
}

/* ---- a question held against texts that aren't indexed ---- */

struct asked_part {
	struct words words;
	bool open, found;
};

struct bigram_asked {
	struct arena *arena, *scratch; /* scratch: the words of one text */
	struct asked_part parts[PARTS_MAX];
	size_t count;
};

/* The next part between quotation marks, and the star behind it. */
static bool next_quoted(struct str question, size_t *at, struct str *ret_part, bool *ret_open)
{
	size_t from = *at;

	while (from < question.size && question.data[from] == ' ')
		from++;
	if (from >= question.size || question.data[from] != '"')
		return false;
	size_t to = ++from;

	while (to < question.size && question.data[to] != '"')
		to++;
	*ret_part = str_slice(question, from, to - from);
	*ret_open = to + 2 < question.size && question.data[to + 1] == ' ' && question.data[to + 2] == '*';
	*at = *ret_open ? to + 3 : to + 1;
	return to < question.size;
}

struct bigram_asked *bigram_asked_new(struct str question)
{
	struct arena *arena = arena_new();
	struct bigram_asked *asked = ARENA_TAKE(arena, 1, struct bigram_asked);
	struct str text;
	size_t at = 0;

	asked->arena = arena;
	asked->scratch = arena_new();
	while (asked->count < PARTS_MAX &&
		next_quoted(question, &at, &text, &asked->parts[asked->count].open)) {
		struct asked_part *part = &asked->parts[asked->count++];

		part->words.arena = arena;
		(void)bigram_each(text, true, push_word, &part->words);
	}
	if (asked->count == 0) {
		bigram_asked_free(asked);
		return NULL;
	}
	return asked;
}

void bigram_asked_free(struct bigram_asked *asked)
{
	if (asked == NULL)
		return;
	arena_free(asked->scratch);
	arena_free(asked->arena);
}

static bool is_in_words(const struct asked_part *part, const struct words *words)
{
	size_t from, to;

	for (size_t i = 0; i < words->count; i = next_place(words, i))
		if (match_at(words, i, &part->words, part->open, &from, &to))
			return true;
	return false;
}

bool bigram_asked_in(struct bigram_asked *asked, const struct str *texts, size_t count)
{
	size_t found = 0;

	for (size_t i = 0; i < asked->count; i++)
		asked->parts[i].found = false;
	for (size_t i = 0; i < count && found < asked->count; i++) {
		struct words words = {.arena = asked->scratch};

		arena_clear(asked->scratch);
		(void)bigram_each(texts[i], false, push_word, &words);
		for (size_t j = 0; j < asked->count; j++) {
			struct asked_part *part = &asked->parts[j];

			if (part->found || !is_in_words(part, &words))
				continue;
			part->found = true;
			found++;
		}
	}
	return found == asked->count;
}
