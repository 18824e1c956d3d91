/* bigram.h: text as the words by which it is found; private to store/. No SQL, no database.
 *
 * Latin and other letters and digits are words, in small letters. Chinese has no blanks: each two characters
 * that stand together are a word, so that 复耕地 is found by 复耕 and by 耕地, and by nothing that only has
 * both characters somewhere. Full-width letters are the same as narrow ones. All else parts words. */
#ifndef STORE_BIGRAM_H
#define STORE_BIGRAM_H

#include "base/base.h"

#define BIGRAM_WORD_MAX 64 /* bytes of one word; what is longer is cut there, in texts and in questions */

struct bigram {
	const char *text; /* folded */
	size_t size;
	size_t from, to; /* where it stands in the text, in bytes */
	bool joined;     /* it stands at the place of the word before it */
};
typedef int bigram_fn(void *context, const struct bigram *word); /* not 0: stop, and return it */

/* Every word of a text in order. Of a text that is kept, the last character of each run of Chinese is a word
 * too, so that a single character is found by prefix wherever it stands; of a question it isn't. */
int bigram_each(struct str text, bool question, bigram_fn *each, void *context);

/* A question as an expression of FTS5: every word of it must be there, what was typed together must stand
 * together, and the last one typed may be the beginning of a longer word. Nothing that was typed is syntax.
 * STR_NONE when there is no word in it. */
struct str bigram_question(struct arena *arena, struct str typed);

/* Where in `text` the question is found first: all of the first part that was typed together. False when it
 * isn't. */
bool bigram_find(struct arena *arena, struct str text, struct str typed, size_t *ret_from, size_t *ret_to);
/* A question as bigram_question made it, taken apart once to be held against many texts. NULL when it isn't
 * one. */
struct bigram_asked;
struct bigram_asked *bigram_asked_new(struct str question);
void bigram_asked_free(struct bigram_asked *asked);
/* Is all of it in these texts, each part in one of them? The same that FTS5 says of columns. */
bool bigram_asked_in(struct bigram_asked *asked, const struct str *texts, size_t count);

#endif
