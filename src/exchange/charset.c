#include "exchange/charset.h"

#include <iconv.h>

/* GB18030 into UTF-8; false when it isn't that either. */
static bool decode_gb18030(struct arena *arena, struct str text, struct str *ret_text)
{
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	size_t left = text.size, room = text.size * 2 + 16;
	char *out = ARENA_TAKE(arena, room + 1, char), *at = out;
	char *in = (char *)(uintptr_t)text.data;

	if (converter == (iconv_t)-1)
		return false;
	bool done = iconv(converter, &in, &left, &at, &room) != (size_t)-1;

	iconv_close(converter);
	*ret_text = (struct str){out, (size_t)(at - out)};
	return done;
}

/* A text in GB18030 stops looking like UTF-8 within a word or two; one that goes on longer and then breaks is
 * UTF-8 with a byte lost. Says in which line it breaks. */
static bool is_damaged_utf8(struct str text, size_t *ret_line)
{
	size_t wide = 0, line = 1;

	for (size_t i = 0, used; i < text.size; i += used) {
		uint32_t character;

		used = utf8_next(text, i, &character);
		if (character == 0xFFFD && used == 1) {
			*ret_line = line;
			return wide >= 2;
		}
		wide += used >= 3;
		line += character == '\n';
	}
	return false;
}

const char *charset_decode(struct arena *arena, struct str text, struct str *ret_text, size_t *ret_line)
{
	bool marked = str_starts(text, "\xEF\xBB\xBF");

	*ret_line = 1;
	*ret_text = marked ? str_slice(text, 3, text.size) : text;
	if (utf8_is_valid(*ret_text))
		return NULL;
	if (str_starts(text, "\xFF\xFE") || str_starts(text, "\xFE\xFF"))
		return "the file is UTF-16 (\"Unicode text\"): save it as CSV UTF-8";
	if (is_damaged_utf8(*ret_text, ret_line) || marked)
		return "the file is UTF-8, but a character in this line is damaged: export it again";
	if (decode_gb18030(arena, text, ret_text))
		return NULL;
	*ret_line = 1;
	return "the file is neither UTF-8 nor GB18030: save it as CSV UTF-8";
}
