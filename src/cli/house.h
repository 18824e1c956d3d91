/* house.h: an installation as a command sees it: open for reading, or for writing too. Private to cli/. */
#ifndef CLI_HOUSE_H
#define CLI_HOUSE_H

#include "cli/call.h"
#include "view/teller.h"

struct house {
	struct call *call;
	struct installation *installation; /* NULL when opened for reading */
	struct store *store;               /* a reading connection, also beside the installation's own */
	struct institution institution;    /* renewed by house_refresh */
	struct teller teller;              /* of it, in the language of the call */
	struct act_source source;          /* the time that this call goes by */
	struct instant now;                /* --now, or the machine's */
	int64_t fired;                     /* events that time brought when it was opened for writing */
	struct day today;
};

/* Open DIR, the call's first argument. When writing, whatever has fallen due by now is fired first. A --now
 * before the newest event is refused: the record never runs back. House and call live until house_close. */
MUST_CHECK enum err house_open_to_read(struct call *call, struct house *ret_house);
MUST_CHECK enum err house_open_to_write(struct call *call, struct house *ret_house);
/* The same at an earlier instant than --now, which must be given: a demonstration in which time goes on from
 * there, by setting house->now while nothing is under way. */
MUST_CHECK enum err house_open_to_write_from(struct call *call, struct instant from, struct house *ret_house);
void house_close(struct house *house);
/* What was written is seen: load the org and the definitions again. */
MUST_CHECK enum err house_refresh(struct house *house);

/* The present time of a call: --now (a date or a time), or the machine's. */
MUST_CHECK enum err call_now(struct call *call, int offset_minutes, struct instant *ret_now);
/* The clock and the chance that acts of this call go by: *now stands for the present when --now was given.
 * `now` is borrowed as long as the source is used. */
struct act_source call_source(const struct call *call, struct instant *now);

/* By sign-in name; ERR_NOT_FOUND with the nearest name. `account` NULL: the option --as, which must be given.
 */
MUST_CHECK enum err house_person(struct house *house, const char *account, int64_t *ret_person);
/* By code; ERR_NOT_FOUND with the nearest. */
MUST_CHECK enum err house_unit(struct house *house, const char *code, int64_t *ret_unit);
MUST_CHECK enum err house_post(struct house *house, const char *code, int64_t *ret_post);
/* By number (督〔2019〕1号) or by id (17). */
MUST_CHECK enum err house_matter_id(struct house *house, const char *name, int64_t *ret_id);
MUST_CHECK enum err house_matter(struct house *house, const char *name, struct matter **ret_matter);
/* Is this matter a compartment about that person, who is told only what is told at its door? */
MUST_CHECK enum err house_at_door(struct house *house, int64_t person, int64_t matter, bool *ret_there);
/* In force, by name; ERR_NOT_FOUND with the nearest. */
MUST_CHECK enum err house_procedure_in_force(
	struct house *house, const char *name, const struct procedure **ret_procedure);
/* The engine's world of this instant, for questions about one matter. */
MUST_CHECK enum err house_world(struct house *house, const struct matter *matter, struct world *ret_world);

/* Run one act for the person of --as; prints nothing. A command of several acts numbers them from 0, so that
 * each has a key of its own under --once. */
MUST_CHECK enum err house_run(struct house *house, struct act *act, struct receipt *ret_receipt);

/* "name=value …" into an object, by the fields given. */
MUST_CHECK enum err read_fields(struct house *house, const struct field *fields, size_t field_count,
	size_t first_argument, struct doc **ret_fields);

#endif
