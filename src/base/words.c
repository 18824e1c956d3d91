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

/* A name in both languages, within a sentence: no text for people holds these. WORDS_BOTH has them too. */
#define BOTH_BEGIN  '\x1D'
#define BOTH_MIDDLE '\x1F'
#define BOTH_END    '\x1E'

const char *words_both(char *ret, size_t size, struct str zh, struct str en)
{
	snprintf(ret, size, "%c%.*s%c%.*s%c", BOTH_BEGIN, STR_ARG(zh), BOTH_MIDDLE, STR_ARG(en), BOTH_END);
	return ret;
}

/* A sentence with its names in both languages: only the one's are kept, and then it is cut. */
static void pick(char *ret, size_t size, const char *sentence, bool chinese)
{
	bool kept = true;
	size_t written = 0;

	for (const char *at = sentence; *at != '\0' && written + 1 < size; at++)
		if (*at == BOTH_BEGIN)
			kept = chinese;
		else if (*at == BOTH_MIDDLE)
			kept = !chinese;
		else if (*at == BOTH_END)
			kept = true;
		else if (kept)
			ret[written++] = *at;
	ret[written] = '\0';
}

void words_print(char *ret_en, char *ret_zh, size_t size, const char *format, va_list args)
{
	char whole[8192];
	va_list again;

	va_copy(again, args);
	vsnprintf(whole, sizeof whole, format, args);
	pick(ret_en, size, whole, false);
	if (strcmp(format, "%s") == 0)
		snprintf(whole, sizeof whole, "%s", words_zh(va_arg(again, const char *)));
	else
		vsnprintf(whole, sizeof whole, words_zh(format), again);
	pick(ret_zh, size, whole, true);
	va_end(again);
}
