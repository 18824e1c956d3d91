/* teller.h: names, days and small words for people, in the language of whoever asked. */
#ifndef VIEW_TELLER_H
#define VIEW_TELLER_H

#include "view/institution.h"

/* All that is told goes by this, and into its arena. Borrowed by each call. */
struct teller {
	const struct institution *institution;
	struct arena *arena;
	bool chinese;
};

struct str teller_lang(const struct teller *teller); /* "zh" or "en" */
/* The one of the two that is in the language of the teller. */
const char *tell_either(const struct teller *teller, const char *zh, const char *en)
	__attribute__((format_arg(2), format_arg(3)));

/* "区水务局 (陈静)": the unit or post, and who holds it on that day; "vacant" is said. */
struct str tell_bearer(
	const struct teller *teller, int64_t unit, int64_t post, int64_t person, struct day day);
struct str tell_unit(const struct teller *teller, int64_t unit); /* "" for none */
struct str tell_post(const struct teller *teller, int64_t post); /* with its unit; "" for none */
/* The same as they were called on that day. */
struct str tell_unit_on(const struct teller *teller, int64_t unit, struct day day);
struct str tell_post_on(const struct teller *teller, int64_t post, struct day day);
struct str tell_person(const struct teller *teller, int64_t person); /* "" for none */
struct str tell_day(
	const struct teller *teller, struct instant due); /* the last day before it; "" for none */
struct str tell_time(const struct teller *teller, struct instant time); /* "2019-03-05 09:30"; "" for none */
/* What a duty is: the label of its rule, "decide: …" or "answer". */
struct str tell_duty(const struct teller *teller, const struct procedure *procedure, const struct duty *duty);
/* A word of a small closed list ("red", "open", "refused" …) for people. */
const char *tell_word(const struct teller *teller, const char *word);
/* What a notice of this kind is about; one of no post (0) is of a matter that its reader follows, and says
 * so. */
struct str tell_notice(const struct teller *teller, struct str kind, int64_t post);
/* What a link says, as the institution calls it; a word that it doesn't list as it stands. */
struct str tell_relation(const struct teller *teller, struct str name);

#endif
