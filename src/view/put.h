/* put.h: small pieces of JSON that the printings share. What there is none of is left out. */
#ifndef VIEW_PUT_H
#define VIEW_PUT_H

#include "view/teller.h"

/* With its offset. */
void put_instant(const struct teller *teller, struct json_out *out, const char *key, struct instant instant);
void put_some(struct json_out *out, const char *key, struct str text); /* unless it is "" */
/* Who bears it: codes of unit, post and person, and `bearer` in words as of that day. */
void put_bearer(const struct teller *teller, struct json_out *out, int64_t unit, int64_t post, int64_t person,
	struct day day);
/* Codes; "" for none, also of a row that is newer than the institution in memory: an act may be recorded
 * between the reading of the two. */
struct str code_of_unit(const struct teller *teller, int64_t unit);
struct str code_of_post(const struct teller *teller, int64_t post);
struct str code_of_person(const struct teller *teller, int64_t person);
struct str pick_label(const struct teller *teller, struct label label, struct str name);

#endif
