#include "base/str.h"

#include <stdio.h>
#include <string.h>

struct str str_from(const char *text)
{
	return text == NULL ? STR_NONE : (struct str){text, strlen(text)};
}

bool str_equal(struct str a, struct str b)
{
	return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool str_is(struct str a, const char *b)
{
	return str_equal(a, str_from(b));
}

int str_compare(struct str a, struct str b)
{
	size_t common = a.size < b.size ? a.size : b.size;
	int order = common == 0 ? 0 : memcmp(a.data, b.data, common);

	return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

bool str_starts(struct str text, const char *prefix)
{
	size_t size = strlen(prefix);

	return size == 0 || (text.size >= size && memcmp(text.data, prefix, size) == 0);
}

bool str_ends(struct str text, const char *suffix)
{
	size_t size = strlen(suffix);

	return size == 0 || (text.size >= size && memcmp(text.data + text.size - size, suffix, size) == 0);
}

struct str str_slice(struct str text, size_t from, size_t size)
{
	if (from > text.size)
		from = text.size;
	if (size > text.size - from)
		size = text.size - from;
	return (struct str){text.data == NULL ? NULL : text.data + from, size};
}

static size_t space_at_start(struct str text)
{
	if (text.size >= 1 && (text.data[0] == ' ' || (text.data[0] >= '\t' && text.data[0] <= '\r')))
		return 1;
	return str_starts(text, "\xE3\x80\x80") ? 3 : 0; /* U+3000, the wide space */
}

static size_t space_at_end(struct str text)
{
	if (text.size >= 1) {
		char last = text.data[text.size - 1];

		if (last == ' ' || (last >= '\t' && last <= '\r'))
			return 1;
	}
	return str_ends(text, "\xE3\x80\x80") ? 3 : 0;
}

struct str str_trim(struct str text)
{
	for (size_t cut; (cut = space_at_start(text)) > 0;)
		text = str_slice(text, cut, text.size);
	for (size_t cut; (cut = space_at_end(text)) > 0;)
		text = str_slice(text, 0, text.size - cut);
	return text;
}

bool str_cut(struct str *rest, char separator, struct str *ret_part)
{
	if (rest->data == NULL)
		return false;
	const char *found = rest->size == 0 ? NULL : memchr(rest->data, separator, rest->size);

	if (found == NULL) {
		*ret_part = *rest;
		*rest = STR_NONE;
		return true;
	}
	size_t at = (size_t)(found - rest->data);

	*ret_part = str_slice(*rest, 0, at);
	*rest = str_slice(*rest, at + 1, rest->size);
	return true;
}

size_t str_find(struct str text, struct str wanted)
{
	if (wanted.size == 0)
		return 0;
	for (size_t i = 0; i + wanted.size <= text.size; i++)
		if (text.data[i] == wanted.data[0] && memcmp(text.data + i, wanted.data, wanted.size) == 0)
			return i;
	return SIZE_MAX;
}

struct str str_copy(struct arena *arena, struct str text)
{
	char *copy = ARENA_TAKE(arena, text.size + 1, char);

	if (text.size > 0)
		memcpy(copy, text.data, text.size);
	return (struct str){copy, text.size};
}

struct str str_format(struct arena *arena, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);

	va_end(args);
	REQUIRE(size >= 0);
	char *text = ARENA_TAKE(arena, (size_t)size + 1, char);

	vsnprintf(text, (size_t)size + 1, format, again);
	va_end(again);
	return (struct str){text, (size_t)size};
}

bool str_to_int(struct str text, int64_t *ret_value)
{
	bool negative = text.size > 0 && text.data[0] == '-';
	size_t i = negative ? 1 : 0;
	int64_t value = 0;

	if (i == text.size)
		return false;
	for (; i < text.size; i++) {
		int digit = text.data[i] - '0';

		if (digit < 0 || digit > 9)
			return false;
		/* Counted downwards, so that INT64_MIN is reached too. */
		if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value))
			return false;
	}
	if (!negative && value == INT64_MIN)
		return false;
	*ret_value = negative ? value : -value;
	return true;
}

static size_t utf8_size(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first >= 0xC2 && first <= 0xDF)
		return 2;
	if (first >= 0xE0 && first <= 0xEF)
		return 3;
	if (first >= 0xF0 && first <= 0xF4)
		return 4;
	return 0;
}

/* Size of the well-formed character at `at`, or 0. */
static size_t utf8_decode(struct str text, size_t at, uint32_t *ret_char)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *bytes = (const unsigned char *)text.data + at;
	size_t size = utf8_size(bytes[0]);

	if (size == 0 || at + size > text.size)
		return 0;
	uint32_t value = size == 1 ? bytes[0] : bytes[0] & (0x7Fu >> size);

	for (size_t i = 1; i < size; i++) {
		if ((bytes[i] & 0xC0) != 0x80)
			return 0;
		value = value << 6 | (bytes[i] & 0x3Fu);
	}
	if (value < least[size] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*ret_char = value;
	return size;
}

bool utf8_is_valid(struct str text)
{
	uint32_t character;

	for (size_t at = 0, size; at < text.size; at += size) {
		size = (unsigned char)text.data[at] < 0x80 ? 1 : utf8_decode(text, at, &character);
		if (size == 0)
			return false;
	}
	return true;
}

size_t utf8_next(struct str text, size_t at, uint32_t *ret_char)
{
	REQUIRE(at < text.size);
	size_t size = utf8_decode(text, at, ret_char);

	if (size > 0)
		return size;
	*ret_char = 0xFFFD;
	return 1;
}

size_t utf8_put(uint32_t character, char out[4])
{
	if (character < 0x80) {
		out[0] = (char)character;
		return 1;
	}
	size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;

	for (size_t i = size - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (character & 0x3F));
		character >>= 6;
	}
	out[0] = (char)((0xF00u >> size & 0xFF) | character);
	return size;
}

size_t utf8_width(struct str text)
{
	size_t width = 0;

	for (size_t at = 0; at < text.size;) {
		uint32_t c;

		at += utf8_next(text, at, &c);
		bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
			    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
			    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
			    (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) ||
			    (c >= 0x20000 && c <= 0x3FFFD);

		width += wide ? 2 : 1;
	}
	return width;
}

static size_t decode_all(struct arena *arena, struct str text, uint32_t **ret_chars)
{
	size_t count = 0;

	*ret_chars = ARENA_TAKE(arena, text.size + 1, uint32_t);
	for (size_t at = 0; at < text.size;)
		at += utf8_next(text, at, &(*ret_chars)[count++]);
	return count;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* A character put in, taken out or changed counts one, and so do two neighbours that changed places. */
static size_t edit_distance(struct arena *arena, const uint32_t *from, size_t from_count, struct str name)
{
	uint32_t *to;
	size_t to_count = decode_all(arena, name, &to), width = to_count + 1;
	size_t *rows = ARENA_TAKE(arena, 3 * width, size_t); /* the last three, by turns */

	for (size_t j = 0; j <= to_count; j++)
		rows[j] = j;
	for (size_t i = 1; i <= from_count; i++) {
		size_t *row = rows + i % 3 * width, *above = rows + (i - 1) % 3 * width,
		       *before = rows + (i + 1) % 3 * width; /* the one before `above` */

		row[0] = i;
		for (size_t j = 1; j <= to_count; j++) {
			row[j] = least(
				above[j - 1] + (from[i - 1] != to[j - 1]), least(above[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
	}
	return rows[from_count % 3 * width + to_count];
}

const char *str_nearest(struct arena *arena, struct str word, const char *const *names, size_t count)
{
	const char *nearest = NULL;
	uint32_t *characters;

	if (word.size > 64)
		return NULL;
	size_t length = decode_all(arena, word, &characters), nearest_distance = length / 3 + 1;

	for (size_t i = 0; i < count; i++) {
		size_t distance = edit_distance(arena, characters, length, str_from(names[i]));

		if (distance < nearest_distance || (distance == nearest_distance && nearest == NULL)) {
			nearest = names[i];
			nearest_distance = distance;
		}
	}
	return nearest;
}

struct buf buf_new(struct arena *arena)
{
	return (struct buf){.arena = arena};
}

static char *buf_room(struct buf *buf, size_t more)
{
	size_t need = buf->size + more + 1; /* the NUL behind the text */

	if (need > buf->capacity) {
		size_t capacity = buf->capacity == 0 ? 128 : buf->capacity;

		while (capacity < need)
			capacity *= 2;
		char *moved = ARENA_TAKE(buf->arena, capacity, char);

		if (buf->size > 0)
			memcpy(moved, buf->data, buf->size);
		buf->data = moved;
		buf->capacity = capacity;
	}
	return buf->data + buf->size;
}

void buf_put(struct buf *buf, struct str text)
{
	if (text.size == 0)
		return;
	memcpy(buf_room(buf, text.size), text.data, text.size);
	buf->size += text.size;
}

void buf_put_char(struct buf *buf, char character)
{
	*buf_room(buf, 1) = character;
	buf->size++;
}

void buf_puts(struct buf *buf, const char *text)
{
	buf_put(buf, str_from(text));
}

void buf_format(struct buf *buf, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int size = vsnprintf(NULL, 0, format, args);

	va_end(args);
	REQUIRE(size >= 0);
	vsnprintf(buf_room(buf, (size_t)size), (size_t)size + 1, format, again);
	va_end(again);
	buf->size += (size_t)size;
}

struct str buf_str(struct buf *buf)
{
	*buf_room(buf, 0) = '\0';
	return (struct str){buf->data, buf->size};
}
