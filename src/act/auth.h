/* auth.h: the gate. Whoever signs in, proves again who they are, or changes what they prove it with, passes
 * here; so does what administrators do with secrets.
 *
 * A few workers hash passwords, so that no caller waits for a hash, and so many run at once and no more: the
 * memory of a hash is the server's to bound. Each worker writes on a connection of its own (store_session.h).
 * Every attempt, of whatever name, costs one hash and one transaction, and everybody who isn't let in is told
 * the same. */
#ifndef ACT_AUTH_H
#define ACT_AUTH_H

#include "act/act.h"
#include "store/store_outbox.h"

struct auth;

/* 0 in any of them: as below. */
struct auth_options {
	unsigned workers;          /* hashes at once: 2 */
	size_t queue_max;          /* asked and not yet begun: 256 */
	struct password_cost cost; /* password_cost_owasp */
};
/* The installation must stay open longer. */
MUST_CHECK enum err auth_open(struct installation *installation, const struct auth_options *options,
	struct auth **ret_auth, struct bh_err *reterr);
/* Finish what is queued, stop the workers. NULL is fine. */
void auth_close(struct auth *auth);
/* How many passwords were hashed or checked since it was opened; for /metrics. */
uint64_t auth_hash_count(struct auth *auth);

/* What may be asked, and which fields it takes beside `session` (a live one, except for the first two). "new
 * session" is an id that takes the old one's place, which is no good any more: nobody who knew it before
 * gains by it. */
enum auth_kind {
	AUTH_SIGN_IN,    /* name, password, code, address, agent → new session; one that was had ends. With
			    an identity, code in the place of name and password */
	AUTH_BEGIN,      /* administrators → their one-time passwords; once, no session */
	AUTH_STEP_UP,    /* password, code → new session, fresh. An identity in the place of the password;
			    neither, where the session needs nothing but the code */
	AUTH_SIGN_OUT,   /* */
	AUTH_SEEN,       /* it was used just now; or, without a session, id: so was this token */
	AUTH_PASSWORD,   /* password, wanted → new session; the account's others end */
	AUTH_TOTP_BEGIN, /* fresh → text: the secret as otpauth URI */
	AUTH_TOTP_CONFIRM,  /* code → new session, recovery codes */
	AUTH_TOTP_END,      /* password, code → new session */
	AUTH_RECOVERY,      /* fresh → recovery codes in the place of the old ones */
	AUTH_SESSION_END,   /* which: the handle of another session of one's own */
	AUTH_TOKEN_MAKE,    /* fresh; token → text: the token, id */
	AUTH_TOKEN_END,     /* account: 0; id: of one's own token */
	AUTH_VIEW_KEEP,     /* view: a list under a name of one's own, new or in the place of another */
	AUTH_VIEW_RENAME,   /* which → name; ERR_CONFLICT when another has it */
	AUTH_VIEW_DROP,     /* which */
	AUTH_TELL,          /* telling: how one wants to be told outside the house */
	AUTH_ADDRESS,       /* fresh; name: the address to which a code goes; "": none any more */
	AUTH_ADDRESS_PROVE, /* code: that address is one's own */
	/* An administrator's, fresh; or from a shell, with `by` in the place of a session. */
	AUTH_CREATE,          /* person or name → id, text: the first half of a one-time password */
	AUTH_BIND,            /* account, person */
	AUTH_RELEASE,         /* account → text: the second half, good for AUTH_ONE_TIME_DAYS */
	AUTH_RESET,           /* account → text: a first half; sessions, tokens, second factor end */
	AUTH_UNLOCK,          /* account */
	AUTH_DISABLE,         /* account; its sessions and tokens end */
	AUTH_GRANT,           /* account, admin */
	AUTH_TIE,             /* account, identity: it waits to be released */
	AUTH_UNTIE,           /* account; its sessions and tokens end */
	AUTH_BREAK_GLASS,     /* account: may go on with its password where others may not */
	AUTH_BREAK_GLASS_END, /* account */
	AUTH_MESSAGE_AGAIN,   /* id: of a message that failed; one try more */
	AUTH_SAMPLE, /* in a demonstration, no session: person, or account of an administrator; wanted → id */
	AUTH_KIND_COUNT
};
#define AUTH_ONE_TIME_DAYS 7
/* Of all sample accounts of a demonstration. Everybody may know it: such a folder is served to its own
 * machine only. */
#define AUTH_SAMPLE_PASSWORD "three-lamps-one-river-2019"
#define AUTH_ID_SIZE         64 /* characters of a session's id */
#define AUTH_HANDLE_SIZE     16

/* Who somebody is by what another server says (outside/outside.h). */
struct identity {
	struct str issuer,
		subject;   /* as an account is tied to them; subject "": it knows nobody of that name */
	struct str number; /* code of a person, where that server is asked for it; "" otherwise */
	bool proved;       /* they have shown it there; false: the password was wrong */
	bool strong;       /* … by more than one factor */
	bool code_later;   /* no code of our second factor was asked for yet */
};
/* What a sign-in with a password is looked at as, where others may not have one (looks of that word). */
#define AUTH_BREAK_GLASS_LOOK "break_glass"

/* All is borrowed until the job is answered. */
struct auth_ask {
	enum auth_kind kind;
	struct str session;
	struct str name, password, code, wanted, which;
	struct str address, agent; /* for the person's own list of sessions */
	int64_t by, account, person, id;
	enum admin admin;
	const struct identity *identity;  /* NULL: a password */
	bool local_closed;                /* passwords are only for administrators and for marked accounts */
	struct token token;               /* name, scopes, ends */
	struct saved_view view;           /* name, query */
	struct telling telling;           /* pace, way, lang and times */
	const struct str *administrators; /* ADMIN_COUNT sign-in names */
};

struct auth_answer {
	int64_t account, id;
	unsigned needs;                 /* of the new session: NEED_… */
	char session[AUTH_ID_SIZE + 1]; /* for the cookie, and kept nowhere else */
	char text[1024];
	size_t code_count;
	char codes[RECOVERY_CODES]
		  [24];         /* recovery codes; or the one-time passwords of AUTH_BEGIN, by admin */
	struct receipt receipt; /* of the act, where there was one */
};

struct auth_job {
	const struct auth_ask *ask;
	void (*answer)(struct auth_job *job); /* from a worker's thread, once */
	void *context;
	enum err err; /* set before answer is called … */
	struct bh_err why;
	struct auth_answer result; /* secrets: wipe it when it is used */
	struct auth_job *next;     /* the queue's */
};
/* ERR_TOO_MANY when the queue is full; then `answer` isn't called. Safe from any thread. */
MUST_CHECK enum err auth_submit(struct auth *auth, struct auth_job *job, struct bh_err *reterr);
/* The same, and wait. */
MUST_CHECK enum err auth_run(
	struct auth *auth, const struct auth_ask *ask, struct auth_answer *ret_answer, struct bh_err *reterr);

/* ---- who looked ---- */

/* Looks are gathered and recorded together, so that a page that is read again and again costs one event. A
 * look into a compartment is recorded before what was asked for is shown: add it, then flush. Safe from any
 * thread. */
struct look_log;
struct look_log *look_log_new(struct installation *installation);
void look_log_free(struct look_log *log); /* what isn't flushed is lost; NULL is fine */
/* `account` looked at `object`: "m12" for a matter that is a compartment, else a word ("sign_in",
 * "export:…"). True when it is time to flush. */
bool look_log_add(struct look_log *log, struct str object, int64_t account);
/* Record what was gathered. What can't be recorded now is kept for the next time. */
MUST_CHECK enum err look_log_flush(struct look_log *log, struct bh_err *reterr);

/* ---- who is it: cheap, on a connection of the caller's own ---- */

/* Whoever sends this request. */
struct auth_who {
	int64_t account;
	int64_t person; /* 0: an administrator, who has no part in business */
	enum admin admin;
	bool by_token;
	int64_t token;   /* which */
	unsigned needs;  /* what a session must do first; nothing else is open to it */
	bool fresh;      /* proved within SESSION_FRESH_US; never by a token */
	bool touch;      /* SESSION_TOUCH_US since it was recorded as used: submit AUTH_SEEN */
	unsigned scopes; /* of a token */
};
/* By the id in the cookie. ERR_UNAUTHENTICATED unless it is a live session. */
MUST_CHECK enum err auth_by_session(struct store *reader, struct str id, struct instant now,
	struct auth_who *ret_who, struct bh_err *reterr);
/* May this session go on? ERR_STEP_UP when it needs more than `allowed` (NEED_…), or, where `fresh` is asked,
 * wasn't proved lately. */
MUST_CHECK enum err auth_strong(
	const struct auth_who *who, unsigned allowed, bool fresh, struct bh_err *reterr);
/* By an API token, for one use. ERR_UNAUTHENTICATED or ERR_FORBIDDEN. */
MUST_CHECK enum err auth_by_token(struct store *reader, struct str text, enum scope scope, struct instant now,
	struct auth_who *ret_who, struct bh_err *reterr);

struct auth_line {
	char handle[AUTH_HANDLE_SIZE + 1];
	struct session session;
	struct str address, agent;
	bool present; /* the one that asks */
};
/* Live sessions of an account, the newest first. */
MUST_CHECK enum err auth_sessions(struct store *reader, struct arena *arena, int64_t account,
	struct str present, struct instant now, struct auth_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);
struct auth_token_line {
	struct token token;
	struct instant used; /* INSTANT_NONE: never */
};
MUST_CHECK enum err auth_tokens(struct store *reader, struct arena *arena, int64_t account,
	struct auth_token_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
/* How an account stands: for the lists of administrators. */
struct auth_standing {
	bool password, one_time, totp;
	int64_t recovery_left;
	struct instant locked_until; /* INSTANT_NONE: not locked */
};
MUST_CHECK enum err auth_standing(struct store *reader, int64_t account, struct instant now,
	struct auth_standing *ret_standing, struct bh_err *reterr);
#define AUTH_NEWEST INT64_MAX
/* Who tried to sign in, the newest first, those before the attempt of that id (AUTH_NEWEST: all); of one
 * account, or of all (0). */
struct auth_try {
	int64_t id;
	struct instant time;
	int64_t account; /* 0: no such account */
	struct str reason, address;
};
MUST_CHECK enum err auth_tries(struct store *reader, struct arena *arena, int64_t account, int64_t before,
	int64_t limit, struct auth_try **ret_tries, size_t *ret_count, struct bh_err *reterr);

#endif
