#include "base/words.h"

#include "base/words_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct words_row *)row)->en);
}

const char *words_zh(const char *format)
{
	const struct words_row *row = bsearch(format, words_rows, words_count, sizeof *words_rows, compare);

	return row != NULL ? row->zh : format;
}

void words_print(char *ret_en, char *ret_zh, size_t size, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	vsnprintf(ret_en, size, format, args);
	if (strcmp(format, "%s") == 0)
		snprintf(ret_zh, size, "%s", words_zh(va_arg(again, const char *)));
	else
		vsnprintf(ret_zh, size, words_zh(format), again);
	va_end(again);
}
