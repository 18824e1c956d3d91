/* compose.h: what a message says, read from the inbox at the moment it goes. Private to outbox/. */
#ifndef OUTBOX_COMPOSE_H
#define OUTBOX_COMPOSE_H

#include "outbox/outbox.h"
#include "view/teller.h"

struct said_line {
	const char *kind; /* urged, breached … */
	struct str label, number, title, time;
	int64_t matter;
};
/* The same in the forms that ways want. */
struct said {
	struct str subject, text;
	struct str counts; /* how many of which kind, without saying what they are about */
	struct str name;   /* whom it is for */
	struct str link;
	struct said_line *lines; /* at most LINES_SAID */
	size_t line_count;
	int64_t more;   /* beyond these */
	bool something; /* and something of which no more is said */
};
#define LINES_SAID 50

/* The notices of the events in [from, until) that `viewer` sees now. In the teller's arena. ERR_NOT_FOUND,
 * which sets nothing: there are none. */
MUST_CHECK enum err compose_notices(const struct teller *teller, struct store *reader,
	const struct viewer *viewer, const struct message *message, struct str link, struct said *ret_said,
	struct bh_err *reterr);
struct said compose_code(const struct teller *teller, int64_t person, struct str code, struct str link);
/* For a program: {"id","to","subject","link","count","lines":[…],"something"}. */
struct str said_json(struct arena *arena, const struct said *said, bool lines, struct str key);

/* A whole message as it goes over the line (RFC 5322, MIME): the same for the same message, but for `now`. */
struct mail {
	struct str from, to, id; /* id: of Message-ID, without its host */
	const struct said *said;
	struct instant now;
	int offset_minutes;
};
struct str mail_print(struct arena *arena, const struct mail *mail);

#endif
