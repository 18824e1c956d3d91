#include "base/code.h"

#include <string.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

#define DIGIT_BITS 5

struct str code_make(struct arena *arena, const uint8_t bytes[CODE_BYTES])
{
	char code[CODE_SIZE];

	for (size_t at = 0; at < CODE_SIZE; at++) {
		size_t bit = at * DIGIT_BITS, next = bit / 8 + 1;
		unsigned after = next < CODE_BYTES ? bytes[next] : 0,
			 two = (unsigned)bytes[bit / 8] << 8 | after;

		code[at] = digits[two >> (16 - DIGIT_BITS - bit % 8) & 31];
	}
	return str_copy(arena, (struct str){code, sizeof code});
}

bool code_read(struct arena *arena, struct str text, struct str *ret_code)
{
	char code[CODE_SIZE];
	size_t size = 0;

	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == ' ' || c == '-')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c == 'O')
			c = '0';
		if (c == 'I' || c == 'L')
			c = '1';
		if (size == CODE_SIZE || memchr(digits, c, sizeof digits - 1) == NULL)
			return false;
		code[size++] = c;
	}
	if (size != CODE_SIZE)
		return false;
	*ret_code = str_copy(arena, (struct str){code, size});
	return true;
}

struct str code_print(struct arena *arena, struct str code)
{
	REQUIRE(code.size == CODE_SIZE);
	return str_format(
		arena, "%.4s-%.4s-%.4s-%.4s", code.data, code.data + 4, code.data + 8, code.data + 12);
}
