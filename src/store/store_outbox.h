/* store_outbox.h: what is told outside the house: how each account wants to be told, and the messages that
 * go.
 *
 * None of it is an event. A message holds no word of what it says: which events it tells of, and when it may
 * go; the words are read from the inbox at that moment, in the rights of that moment. Written in
 * store_session.h, by act/ alone. */
#ifndef STORE_STORE_OUTBOX_H
#define STORE_STORE_OUTBOX_H

#include "store/store.h"

enum pace { PACE_NONE, PACE_AT_ONCE, PACE_DAILY, PACE_COUNT };
const char *pace_name(enum pace pace); /* none at_once daily */
MUST_CHECK bool pace_parse(struct str text, enum pace *ret_pace);

#define TELLING_WAY_MAIL    "mail"
#define TELLING_WAY_MAX     64  /* bytes */
#define TELLING_ADDRESS_MAX 254 /* RFC 5321, 4.5.3.1.3 */
struct telling {
	int64_t account;
	enum pace pace;
	struct str way;                        /* "mail", or the name of a hook */
	struct str address;                    /* proved by a code; "" for none */
	struct str lang;                       /* zh, en */
	int daily_at, quiet_from, quiet_until; /* minutes of the day; from = until: never quiet */
	bool working_days;                     /* and on no other */
	int64_t told;                          /* every event below this index has been thought of */
	struct str wanted;                     /* an address that waits for its code; "" for none */
	struct instant asked;                  /* when that code was made */
	int64_t tries;                         /* wrong codes since */
};
/* As it is for an account that never said anything: nothing is told. */
struct telling telling_default(int64_t account);
/* In `arena`; the default where nothing was ever said. */
MUST_CHECK enum err store_telling_get(struct store *store, struct arena *arena, int64_t account,
	struct telling *ret_telling, struct bh_err *reterr);
/* Of everybody who is to be told something and whose account is in use. */
MUST_CHECK enum err store_telling_list(struct store *store, struct arena *arena,
	struct telling **ret_tellings, size_t *ret_count, struct bh_err *reterr);

enum message_what { MESSAGE_NOTICES, MESSAGE_CODE, MESSAGE_WHAT_COUNT };
const char *message_what_name(enum message_what what); /* notices code */
enum message_state {
	MESSAGE_WAITING,
	MESSAGE_GOING, /* given to the other side, which has not answered */
	MESSAGE_SENT,
	MESSAGE_FAILED,  /* refused for good, or tried often enough */
	MESSAGE_UNCLEAR, /* it may have arrived, and the other side can't tell one from another: not again */
	MESSAGE_VOID,    /* nothing was left to say */
	MESSAGE_STATE_COUNT
};
const char *message_state_name(enum message_state state); /* waiting going sent failed unclear void */
MUST_CHECK bool message_state_parse(struct str text, enum message_state *ret_state);
struct message {
	int64_t id, account;
	enum message_what what;
	struct str way;
	int64_t from, until;             /* notices of events in [from, until) */
	struct instant made, next, done; /* next: INSTANT_NONE once nothing more is tried */
	int64_t tries;
	enum message_state state;
	struct str why, why_zh; /* what went wrong last, in both languages; "" for nothing */
};
/* Those that may go by now, the longest waiting first. */
MUST_CHECK enum err store_message_due(struct store *store, struct arena *arena, struct instant now,
	int64_t limit, struct message **ret_messages, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_message_get(struct store *store, struct arena *arena, int64_t id,
	struct message *ret_message, struct bh_err *reterr); /* ERR_NOT_FOUND: there is none */
/* Of one state, the newest first. */
MUST_CHECK enum err store_message_list(struct store *store, struct arena *arena, enum message_state state,
	int64_t limit, struct message **ret_messages, size_t *ret_count, struct bh_err *reterr);
MUST_CHECK enum err store_message_counts(
	struct store *store, int64_t counts[MESSAGE_STATE_COUNT], struct bh_err *reterr);
/* When the next one may go; INSTANT_NONE when none waits. */
MUST_CHECK enum err store_message_next(struct store *store, struct instant *ret_next, struct bh_err *reterr);

#endif
