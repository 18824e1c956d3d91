#include "base/words.h"

#include "base/words_table.h"

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
