/* house.h: an installation as a command sees it: open for reading, or for writing too. Private to cli/. */
#ifndef CLI_HOUSE_H
#define CLI_HOUSE_H

#include "cli/call.h"

struct house {
	struct call *call;
	struct installation *installation; /* NULL when opened for reading */
	struct store *store;
	struct store_reader *reader;
	struct org *org;
	const struct calendar *calendar;
	struct definition *in_force;
	size_t in_force_count;
	int offset_minutes;
	struct instant now; /* --now, or the machine's */
	struct day today;
};

/* Open DIR (the call's first argument unless `dir` is given). When writing, whatever has fallen due by now is
 * fired first. */
MUST_CHECK enum err house_open_to_read(struct call *call, const char *dir, struct house *ret_house);
MUST_CHECK enum err house_open_to_write(struct call *call, const char *dir, struct house *ret_house);
void house_close(struct house *house);
/* What was written is seen: load the org and the definitions again. */
MUST_CHECK enum err house_refresh(struct house *house);

/* The present time of a call: --now, or the machine's. */
MUST_CHECK enum err call_now(struct call *call, int offset_minutes, struct instant *ret_now);

/* By sign-in name; ERR_NOT_FOUND with the nearest name. `account` NULL: the option --as, which must be given.
 */
MUST_CHECK enum err house_person(struct house *house, const char *account, int64_t *ret_person);
/* By number (督〔2019〕1号) or by id (17). */
MUST_CHECK enum err house_matter_id(struct house *house, const char *name, int64_t *ret_id);
MUST_CHECK enum err house_matter(struct house *house, const char *name, struct matter **ret_matter);
const struct procedure *house_procedure(
	void *house, int64_t definition); /* any that was ever adopted; NULL */
/* The engine's world of this instant, for questions about one matter. */
struct world house_world(const struct house *house);

struct str house_bearer(
	const struct house *house, int64_t unit, int64_t post, int64_t person); /* "区水务局 (陈静)" */
struct str house_person_name(const struct house *house, int64_t person);
struct str house_day(const struct house *house, struct instant instant);  /* the last day before it */
struct str house_time(const struct house *house, struct instant instant); /* "2019-03-05 09:30" */

/* Run one act for the person of --as; prints nothing. */
MUST_CHECK enum err house_run(struct house *house, struct act *act, struct receipt *ret_receipt);

/* "name=value …" into an object, by the fields given. */
MUST_CHECK enum err read_fields(struct house *house, const struct field *fields, size_t field_count,
	size_t first_argument, struct doc **ret_fields);

#endif
