/* reading.h: what the handlers that read share: who is shown it, in which language, which page of it, and
 * what is said of a filter that names nothing. */
#ifndef HTTP_READING_H
#define HTTP_READING_H

#include "http/http.h"
#include "view/matter_view.h"

#define PAGE_LIMIT 50 /* rows of a page when nothing is said */

/* Everything that is shown is told by `teller` and asked for as `viewer`. Lives as long as the request. */
struct reading {
	struct http_request *request;
	struct teller teller;
	struct viewer viewer;
};
struct reading reading_of(struct http_request *request);

/* May the sender see the matter: ERR_NOT_FOUND, the same as of one that isn't there, when not. A look into a
 * compartment is recorded before this returns. */
MUST_CHECK enum err reading_enter(const struct reading *reading, int64_t matter);

/* Does the sender hold a post today that carries the function of that name? */
bool reading_has_function(const struct reading *reading, const char *function);

/* A question about a matter by whoever sent the request. */
struct matter_ask reading_ask(const struct reading *reading);
/* What whom a compartment is about is told at its door (matter_door_read). No look into it, and none
 * recorded. */
MUST_CHECK enum err reading_at_door(
	const struct reading *reading, int64_t matter, struct matter_view *ret_view);

/* ---- filters: "" or 0 when the parameter isn't given; ERR_INVALID names it, with the nearest ---- */

MUST_CHECK enum err reading_unit(const struct reading *reading, const char *param, int64_t *ret_unit);
MUST_CHECK enum err reading_post(const struct reading *reading, const char *param, int64_t *ret_post);
MUST_CHECK enum err reading_person(const struct reading *reading, const char *param, int64_t *ret_person);
/* Of a procedure that was ever adopted. */
MUST_CHECK enum err reading_procedure(const struct reading *reading, const char *param, struct str *ret_name);
/* The instant before which something with a last day before that of the parameter is due, and the beginning
 * of its day; INSTANT_NONE when it isn't given. */
struct instant reading_due_before(const struct reading *reading, const char *param);
struct instant reading_day_start(const struct reading *reading, const char *param);
/* A day of the parameter, or today. */
struct day reading_day(const struct reading *reading, const char *param);
/* The parameters "from" and "to", each DAY_NONE when not given; ERR_INVALID when they are the wrong way
 * round. */
MUST_CHECK enum err reading_period(const struct reading *reading, struct day *ret_from, struct day *ret_to);

/* ---- pages: the parameters "limit" and "cursor" ---- */

int64_t reading_limit(const struct reading *reading);
/* Where the page begins; all 0: at the beginning. ERR_INVALID for a cursor of another query. */
MUST_CHECK enum err reading_after(const struct reading *reading, struct page_after *ret_after);
/* End a reply that reply_list began, with where the next page begins. */
void reading_list_end(const struct reading *reading, struct json_out *out, struct page_after next);
/* The member "cursor" of the reply, unless this was the last page. */
void reading_put_next(const struct reading *reading, struct json_out *out, struct page_after next);

#endif
