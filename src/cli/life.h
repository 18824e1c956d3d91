/* life.h: the life of a demonstration: whoever owes something does it, mostly in time, through the one write
 * path and with the rights of their posts. Private to cli/. */
#ifndef CLI_LIFE_H
#define CLI_LIFE_H

#include "cli/house.h"

/* What is said and done in it, by procedure, action and field. life_words.c */
struct life_words;
/* The table life.csv. ERR_INVALID when it can't be read as one, which is said on standard error. */
MUST_CHECK enum err life_words_read(struct call *call, const char *path, struct life_words **ret_words);
/* The word for a field of an action in a matter of this title; of several one by `luck`. STR_NONE: no word.
 */
struct str life_word(const struct life_words *words, const struct procedure *procedure, struct str action,
	const char *field, struct str title, size_t luck);
/* The fields of an action or a request as somebody fills them in on that day. `progress` is what is reported
 * as reached. */
struct life_form {
	const struct life_words *words;
	const struct matter *matter;
	const struct org *org;
	struct str name; /* of the action or the request */
	struct day today;
	int progress;
	size_t luck;
};
struct doc *life_fill(
	struct arena *arena, const struct life_form *form, const struct field *fields, size_t count);

/* Live through the time from the newest event of the installation `call` names until its --now, which must be
 * given. What is done depends on the record alone: the same folder has the same life. */
MUST_CHECK enum err life_play(struct call *call, const char *words);

#endif
