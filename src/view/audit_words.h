/* audit_words.h: what breaks a sentence of the audit, told to people: pieces of a sentence, those that name a
 * post, a unit, a person or another matter with what they name, so that a page can lead there. */
#ifndef VIEW_AUDIT_WORDS_H
#define VIEW_AUDIT_WORDS_H

#include "view/teller.h"

struct audit_piece {
	struct str text;
	const char *kind; /* post, unit, person, matter, event; NULL: only words */
	struct str of;    /* code, number or index of it */
};
struct audit_said {
	struct audit_piece *pieces;
	size_t count, capacity;
};

/* The cells of a row by name, as they stand in the answer to an invariant's question; one without data is
 * absent. `matter` gives duties, actions and states their labels. Lives in the teller's arena. */
struct audit_said audit_tell(const struct teller *teller, const struct matter *matter,
	const struct str *names, const struct str *cells, size_t count);
/* All of it in one. */
struct str audit_text(const struct teller *teller, const struct audit_said *said);
/* The members "text", all in one, and "pieces". */
void audit_put(const struct teller *teller, struct json_out *out, const struct audit_said *said);

#endif
