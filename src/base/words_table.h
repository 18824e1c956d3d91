/* words_table.h: the rows that tools/mkwords.mjs makes of zh.po. Private to base/. */
#ifndef BASE_WORDS_TABLE_H
#define BASE_WORDS_TABLE_H

#include <stddef.h>

struct words_row {
	const char *en, *zh;
};
extern const struct words_row words_rows[]; /* by the bytes of `en` */
extern const size_t words_count;

#endif
