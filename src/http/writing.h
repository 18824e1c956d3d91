/* writing.h: what the handlers that act on matters share. Each says what is asked as one command; who asks is
 * the session's person, never what the body says. */
#ifndef HTTP_WRITING_H
#define HTTP_WRITING_H

#include "http/reading.h"

#define EVIDENCE_NAMED_MAX 32 /* files for one deed */

/* Lives in the request's arena. */
struct writing {
	struct http_request *request;
	struct reading reading;
	struct matter *matter;          /* NULL: one is being opened */
	const struct matter_view *door; /* the sender stands at its door and sees no more; else NULL */
	struct command command;
	struct act act;
};

/* A command on the matter of the path: "matter", "If-Match" and "on_behalf" are read. ERR_NOT_FOUND, the same
 * whether the matter isn't there or isn't the sender's to see. */
MUST_CHECK enum err writing_begin(
	struct http_request *request, enum command_kind kind, struct writing **ret_writing);
/* The same, of what nobody does for another: no "on_behalf". */
MUST_CHECK enum err writing_begin_own(
	struct http_request *request, enum command_kind kind, struct writing **ret_writing);
/* As writing_begin, and for whom a compartment is about at its door, where `may` says of what is shown there
 * whether this may be asked now. If not, or when it is no longer what the sender read, the engine is told
 * that the matter has changed: what else it would say tells of what is inside. */
typedef bool writing_may_fn(const struct writing *writing);
MUST_CHECK enum err writing_begin_at_door(struct http_request *request, enum command_kind kind,
	writing_may_fn *may, struct writing **ret_writing);
/* One on no matter yet. */
MUST_CHECK enum err writing_open(struct http_request *request, struct writing **ret_writing);

/* The body's "fields" as this definition's, all faults noted; `whole`: those that are required must be there.
 */
MUST_CHECK enum err writing_fields(
	struct writing *writing, const struct field *fields, size_t count, bool whole);
/* The body's "evidence": hashes of files that this account sent just now, or that the sender sees in a
 * matter. */
MUST_CHECK enum err writing_evidence(struct writing *writing);
/* The id of another matter at this place of the body; a fault is noted unless the sender sees it. */
MUST_CHECK enum err writing_other(struct writing *writing, const char *place, int64_t matter);

/* Answer with all faults, else ask for it: 200 with its receipt, 201 when something new came of it. */
MUST_CHECK enum err writing_end(struct writing *writing);

/* The same end for acts that are about no matter; `act` lives in the request's arena. */
MUST_CHECK enum err writing_act(struct http_request *request, struct act *act);

/* Answers what nobody is named for: the same whenever it is asked, so that nothing in it tells when or as
 * which it came. */
MUST_CHECK enum err writing_accepted(
	struct http_request *request, const struct receipt *receipt, struct reply *reply);

#endif
