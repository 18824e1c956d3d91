/* account.h: who may sign in, as what, and for how long.
 *
 * An account does the business of one person, or is one of the three administrators (三员分立), or, between
 * the two, is nothing yet. Business roles come from the posts a person holds; an administrator has none, and
 * the person who keeps an administrator's account may hold no post. What one administrator begins, another
 * completes: the system administrator makes and resets accounts, which then wait; the security administrator
 * releases them; so neither can sign in as somebody else.
 *
 * Everything here is a rule over what is passed in: time, random bytes, rows. Quiet room. */
#ifndef ACCOUNT_ACCOUNT_H
#define ACCOUNT_ACCOUNT_H

#include "calendar/calendar.h"
#include "org/org.h"

/* ---- accounts ---- */

enum admin { ADMIN_NONE, ADMIN_SYSTEM, ADMIN_SECURITY, ADMIN_AUDIT, ADMIN_COUNT };
enum account_state {
	ACCOUNT_WAITING, /* made or reset by the system administrator, not yet released by the security one */
	ACCOUNT_ACTIVE,
	ACCOUNT_DISABLED,
	ACCOUNT_STATE_COUNT
};
const char *admin_name(enum admin admin);                            /* "" system security audit */
const char *account_state_name(enum account_state state);            /* waiting active disabled */
MUST_CHECK bool admin_parse(struct str text, enum admin *ret_admin); /* "" is no administrator */
MUST_CHECK bool account_state_parse(struct str text, enum account_state *ret_state);

struct account {
	int64_t id;
	struct str code;      /* sign-in name, unique; a person's account has the person's code */
	struct str pseudonym; /* stands for it in the ledger's envelopes where no person does */
	int64_t person;       /* whose business it does; 0: nobody's */
	int64_t keeper;       /* of an account without a person: who has it in hand; 0: not named yet */
	enum admin admin;     /* once granted, never taken away or changed: the account is disabled instead */
	enum account_state state;
	/* Who it is elsewhere: a person's account that is tied is entered by whom that server proves to be
	 * this one. "" in both: not tied. The issuer is a provider's (OpenID Connect), or IDENTITY_LDAP. */
	struct str issuer, subject;
	bool break_glass; /* may go on with its password where all others must sign in elsewhere */
};
#define IDENTITY_LDAP "ldap" /* the issuer of what the institution's own directory says */
#define IDENTITY_MAX  255    /* bytes of an issuer and of a subject (OpenID Connect Core 2) */
struct doc *account_to_doc(struct arena *arena, const struct account *account);
/* Borrows its text from the doc. */
struct account account_from_doc(const struct doc *doc);

/* ---- the profile of passwords in force ---- */

enum password_profile {
#define PROFILE(NAME, wire, least, kinds, days, past, basis) PROFILE_##NAME,
#include "account/profiles.def"
#undef PROFILE
	PROFILE_COUNT
};
const char *password_profile_name(enum password_profile profile);  /* asvs djbh3 */
const char *password_profile_basis(enum password_profile profile); /* the standard it follows */
MUST_CHECK bool password_profile_parse(struct str text, enum password_profile *ret_profile);
/* What it asks of a password: characters; kinds of them and days until it must be changed, 0 for not asked;
 * and how many of the past ones, the present one included, may not come back. */
struct password_rules {
	size_t least;
	int kinds, days;
	size_t past;
};
struct password_rules password_profile_rules(enum password_profile profile);
/* May a password that was set then still be used now, by its age alone? */
bool password_is_too_old(enum password_profile profile, struct instant set, struct instant now);
/* How many of the past passwords may not come back, the present one included. */
size_t password_past_refused(enum password_profile profile);
/* So many past ones are always kept, so that a stricter profile finds its history when it comes in force. */
#define PASSWORD_PAST_KEPT 5

enum password_fault {
	PASSWORD_GOOD,
	PASSWORD_NOT_TEXT, /* not UTF-8, or with control characters */
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_UNVARIED, /* few different characters */
	PASSWORD_KINDS,    /* the profile asks for more kinds of characters */
	PASSWORD_NAMED,    /* has the account's, the person's or the institution's name in it */
	PASSWORD_COMMON,   /* made of passwords that everybody tries first */
	PASSWORD_PAST,     /* one of the last ones; found by the caller, who has them */
	PASSWORD_FAULT_COUNT
};
/* What is wrong with `password` under this profile. `names` are words of the account and the institution. */
enum password_fault password_check(
	enum password_profile profile, struct str password, const struct str *names, size_t name_count);
const char *password_fault_name(enum password_fault fault); /* "short" …: stable, for screens */
/* What is wrong and what to do, as an error with place "password". Never ERR_OK. */
MUST_CHECK enum err password_refuse(
	enum password_profile profile, enum password_fault fault, struct bh_err *reterr);
/* Is it made of what everybody tries first: at most two of the commonest passwords, beside numbers that
 * count, repeat or are dates, and loose signs? */
bool password_is_common(struct str password);

/* ---- directory: every account in memory, with the members of compartments ---- */

struct directory; /* lives in its arena */

struct directory *directory_new(struct arena *arena);
/* Looking up: NULL when there is none. */
const struct account *directory_account(const struct directory *directory, int64_t id);
const struct account *directory_by_code(const struct directory *directory, struct str code);
const struct account *directory_of_person(const struct directory *directory, int64_t person);
const struct account *directory_by_identity(
	const struct directory *directory, struct str issuer, struct str subject);
const struct account *directory_of_keeper(const struct directory *directory, int64_t person); /* living one */
size_t directory_account_count(const struct directory *directory);
const struct account *directory_account_at(const struct directory *directory, size_t i);
/* Making facts true; ids are dense, from 1; text is copied. */
void directory_account_set(struct directory *directory, const struct account *account);

/* ---- what administrators do with accounts ---- */

enum account_change {
#define CHANGE(NAME, wire, by, from, to) ACCOUNT_CHANGE_##NAME,
#include "account/changes.def"
#undef CHANGE
	ACCOUNT_CHANGE_COUNT
};
const char *account_change_name(enum account_change change); /* created bound released … */

struct account_ask {
	enum account_change change;
	int64_t by;                 /* the account of the administrator who asks */
	int64_t account;            /* whose; 0 for CREATED */
	struct str code;            /* CREATED, where no person is named */
	int64_t person;             /* CREATED: whose account; BOUND: the keeper */
	enum admin admin;           /* GRANTED */
	struct str issuer, subject; /* TIED */
	struct day today;
};
/* The row as it will stand, or why not: ERR_FORBIDDEN the asker isn't the administrator for this, or would
 * act on themselves; ERR_CONFLICT, ERR_NOT_FOUND, ERR_INVALID, ERR_REFUSED name the field or the rule. A new
 * account's pseudonym is left to the caller. */
MUST_CHECK enum err account_decide(const struct directory *directory, const struct org *org,
	const struct account_ask *ask, struct account *ret_account, struct bh_err *reterr);
/* The three administrators of an institution that has no account yet, by their codes. */
MUST_CHECK enum err account_begin(const struct directory *directory, const struct org *org,
	const struct str codes[ADMIN_COUNT], struct account ret_accounts[ADMIN_COUNT], struct bh_err *reterr);
/* May it become a demonstration? Only before anybody but the three administrators has an account; and it
 * stays one. */
MUST_CHECK enum err demo_may(const struct directory *directory, struct bh_err *reterr);
/* Is `by` an active account of this administrator? ERR_FORBIDDEN says who should ask. */
MUST_CHECK enum err admin_check(
	const struct directory *directory, int64_t by, enum admin admin, struct bh_err *reterr);

/* What accounts forbid to rows of the org: a post or a delegation for who keeps an administrator's account; a
 * sign-in name that changes under its account, or is another account's. */
MUST_CHECK enum err account_tenure_may(const struct directory *directory, const struct tenure *tenure,
	struct day today, struct bh_err *reterr);
MUST_CHECK enum err account_delegation_may(const struct directory *directory,
	const struct delegation *delegation, struct day today, struct bh_err *reterr);
MUST_CHECK enum err account_person_may(const struct directory *directory, const struct org *org,
	const struct person *person, struct bh_err *reterr);

/* ---- compartments ---- */

#define MEMBER_DAYS_MAX 180

/* A member of the compartment that a matter is. */
struct member {
	int64_t id;
	int64_t matter, person;
	bool owner; /* one at a time: answers for the compartment, and may end a membership */
	struct str reason;
	struct day from, until; /* until: the first day it no longer holds */
	int64_t by;             /* the account that granted or last changed it */
};
struct doc *member_to_doc(struct arena *arena, const struct member *member);
struct member member_from_doc(const struct doc *doc); /* borrows its text */

/* Whom a compartment is about: a person, a post (whoever holds it) or a unit (its head); 0 is none. */
struct subject {
	int64_t person, post, unit;
};

/* May this membership be recorded? The security administrator grants, for MEMBER_DAYS_MAX days at most, with
 * a reason; the owner may only shorten. Never to whom compartment_avoid refuses, nor to who keeps an
 * administrator's account. */
MUST_CHECK enum err member_may(const struct directory *directory, const struct org *org,
	const struct member *member, const struct subject *subjects, size_t subject_count, struct day today,
	struct bh_err *reterr);
/* ERR_REFUSED for a subject and whoever acts for it, the head of a subject's unit, and their registered
 * relatives. */
MUST_CHECK enum err compartment_avoid(const struct org *org, const struct subject *subjects,
	size_t subject_count, int64_t person, struct day today, struct bh_err *reterr);
/* May `person`, who holds a post, look into the compartment of `matter` today: a member whose days last, or
 * who `owes` something in it now by its own procedure, or who has `acted` in it, which still runs, and acts
 * for a function of its procedure; and whom nothing that has changed since refuses. ERR_NOT_FOUND otherwise:
 * to all others it doesn't exist. sql/see.sql asks the same of whole lists; a test holds the two against each
 * other. */
struct visit {
	int64_t matter, person;
	bool owes, acted;
	const struct subject *subjects;
	size_t subject_count;
	struct day today;
};
MUST_CHECK enum err compartment_enter(const struct directory *directory, const struct org *org,
	const struct visit *visit, struct bh_err *reterr);
/* The newest membership of `person` in `matter` that isn't over on that day; NULL when there is none. */
const struct member *directory_membership(
	const struct directory *directory, int64_t matter, int64_t person, struct day today);
size_t directory_member_count(const struct directory *directory);
const struct member *directory_member_at(const struct directory *directory, size_t i);
void directory_member_set(struct directory *directory, const struct member *member);

/* ---- signing in ---- */

#define LOCK_FAILURES_MAX 5
#define LOCK_WINDOW_US    (INT64_C(15) * 60 * 1000000)
#define LOCK_LASTS_US     (INT64_C(30) * 60 * 1000000)

/* The failures that still count, oldest first, and until when nobody is let in. */
struct lock {
	struct instant failures[LOCK_FAILURES_MAX];
	size_t count;
	struct instant until; /* INSTANT_NONE: not locked */
};
bool lock_holds(const struct lock *lock, struct instant now);

enum code_verdict { CODE_NONE, CODE_WRONG, CODE_USED, CODE_RIGHT };

/* What is known when somebody tries to sign in. All of it was found out at the same cost for every name. */
struct sign_in {
	const struct account *account; /* NULL: there is no such account */
	bool password_right;
	enum password_fault fault; /* of the right password, under the profile in force */
	struct instant password_set;
	bool one_time;                /* it was given by an administrator and must be changed … */
	struct instant one_time_ends; /* … before this */
	bool totp;                    /* a second factor is enrolled */
	enum code_verdict code;       /* of what was typed for it: a code of the moment or a recovery code */
	struct lock lock;
	enum password_profile profile;
	struct instant now;
	bool elsewhere;  /* another server checked it: a password's form and age are that server's business */
	bool strong;     /* … and saw more than one factor */
	bool code_later; /* … and no code of ours could be asked for yet */
	bool local_closed; /* passwords are only for administrators and for accounts that are marked */
};
enum sign_in_reason {
	SIGN_IN_PASSED,
	SIGN_IN_UNKNOWN,
	SIGN_IN_LOCKED,
	SIGN_IN_WAITING,
	SIGN_IN_DISABLED,
	SIGN_IN_PASSWORD,
	SIGN_IN_CODE,
	SIGN_IN_REPLAY,
	SIGN_IN_EXPIRED,
	SIGN_IN_ELSEWHERE, /* the password is right, and passwords are closed to this account */
	SIGN_IN_REASON_COUNT
};
const char *sign_in_reason_name(enum sign_in_reason reason); /* for the audit administrator's list */

/* What a session still has to do before it is good for anything else. */
enum { NEED_PASSWORD = 1, NEED_TOTP = 2, NEED_CODE = 4 /* of the second factor that is enrolled */ };
struct sign_in_verdict {
	enum sign_in_reason reason;
	unsigned needs;   /* when passed */
	struct lock lock; /* as it is afterwards */
	bool lock_changed, locked_now;
};
/* May this attempt pass? The one place where that is decided. */
struct sign_in_verdict sign_in_decide(const struct sign_in *attempt);
/* What everybody is told who isn't let in, whatever the reason; but for whoever has shown who they are, and
 * can't come in by this way. Never ERR_OK. */
MUST_CHECK enum err sign_in_refuse(enum sign_in_reason reason, struct bh_err *reterr);

/* ---- one-time codes (RFC 6238: SHA-1, 30 s, 6 digits) ---- */

#define TOTP_SECRET_SIZE   20
#define TOTP_STEP_US       INT64_C(30000000)
#define RECOVERY_CODES     10
#define RECOVERY_CODE_SIZE 10 /* random bytes: 80 bits each */

int64_t totp_step(struct instant now);
/* The six digits of a step, with a NUL. */
void totp_code(struct str secret, int64_t step, char ret_code[7]);
/* One step early or late is fine; a step at or before `last_step` was used and never is. */
enum code_verdict totp_check(
	struct str secret, struct instant now, int64_t last_step, struct str typed, int64_t *ret_step);
/* What an authenticator app reads: otpauth://totp/…, with the secret in RFC 4648 base32. */
struct str totp_uri(struct arena *arena, struct str issuer, struct str account, struct str secret);
struct str base32_print(struct arena *arena, const void *bytes, size_t size);

/* Random bytes as a person types them: groups of four of 0-9 a-z without i l o u, "5f0k-…". `size` is a
 * multiple of 5. */
struct str typed_print(struct arena *arena, const void *bytes, size_t size);
/* What was meant: blanks and dashes out, lower case, o as 0, i and l as 1. */
struct str typed_read(struct arena *arena, struct str typed);

/* ---- sessions and tokens ---- */

#define SESSION_ID_SIZE  32 /* random bytes; only their hash is kept */
#define SESSION_IDLE_US  (INT64_C(30) * 60 * 1000000)
#define SESSION_ADMIN_US (INT64_C(10) * 60 * 1000000)
#define SESSION_WHOLE_US (INT64_C(12) * 3600 * 1000000)
#define SESSION_FRESH_US (INT64_C(10) * 60 * 1000000)
#define SESSION_TOUCH_US (INT64_C(60) * 1000000) /* how exactly `seen` is kept */

struct session {
	int64_t account;
	struct instant made, seen, proved; /* proved: when it was last shown who sits there */
	unsigned needs;
};
enum session_state { SESSION_LIVE, SESSION_IDLE, SESSION_OLD, SESSION_BARRED };
/* Is it good at this instant? BARRED: the account is no longer active. */
enum session_state session_judge(
	const struct session *session, const struct account *account, struct instant now);
/* Was it proved so lately that it may decide, grant, export or enter a compartment? */
bool session_is_fresh(const struct session *session, struct instant now);

enum scope {
#define SCOPE(NAME, wire, zh, en) SCOPE_##NAME,
#include "account/scopes.def"
#undef SCOPE
	SCOPE_COUNT
};
#define TOKEN_DAYS_MAX 365

/* An API token: what a program of the person's may do, until when. */
struct token {
	int64_t id, account;
	struct str name;
	unsigned scopes; /* bits 1 << SCOPE_… */
	struct instant made, ends;
};
/* "read act" as bits; ERR_INVALID names the word that is none. */
MUST_CHECK enum err scopes_parse(struct str words, unsigned *ret_scopes, struct bh_err *reterr);
struct str scopes_print(struct arena *arena, unsigned scopes);
/* May this token be made? Only for a person's active account, with a scope and an end. */
MUST_CHECK enum err token_may(
	const struct token *token, const struct account *account, struct instant now, struct bh_err *reterr);
/* Is it good for this, now? ERR_UNAUTHENTICATED: not at all; ERR_FORBIDDEN: not for this. */
MUST_CHECK enum err token_judge(const struct token *token, const struct account *account, enum scope scope,
	struct instant now, struct bh_err *reterr);

#endif
