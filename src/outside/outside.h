/* outside.h: signing in elsewhere. A provider (OpenID Connect) or the institution's directory (LDAP) says who
 * somebody is; which account that opens, and what is still to be proved here, the gate decides (act/auth.h).
 *
 * How it is set up stands in one file of the installation, sign-in.json, which only its owner may read. It is
 * read anew at each sign-in. */
#ifndef OUTSIDE_OUTSIDE_H
#define OUTSIDE_OUTSIDE_H

#include "act/auth.h"

/* ---- what is set up, without its secrets ---- */

#define OUTSIDE_FILE "sign-in.json"
#define OUTSIDE_PAGE "/sign-in/oidc" /* the page to which a provider sends people back */

struct outside_way {
	bool there;
	struct str zh, en; /* what it is called on the sign-in page; "": as the page calls it */
};
struct outside_setup {
	bool there;       /* the file is there */
	struct str fault; /* … and can't be used, because; "" when it can */
	struct str fault_zh;
	bool local_closed; /* passwords are only for administrators and marked accounts; so too at a fault */
	struct outside_way oidc, ldap;
};
/* How signing in elsewhere is set up in this folder, in `arena`; never fails: what is wrong is said in it. */
struct outside_setup outside_setup_read(struct str dir, struct arena *arena);

/* Ask each server that is set up, as a sign-in would: its discovery document and keys; the service account
 * and the base of the search. ERR_AWAY and others say what is wrong. Not for a thread that must not wait. */
MUST_CHECK enum err outside_try_oidc(struct str dir, struct bh_err *reterr);
MUST_CHECK enum err outside_try_ldap(struct str dir, struct bh_err *reterr);

/* ---- signing in ---- */

enum outside_kind {
	OUTSIDE_LDAP,   /* name, password; auth: as for the gate → as the gate answers */
	OUTSIDE_BEGIN,  /* prove → text: where the browser goes; session: what it must bring back */
	OUTSIDE_RETURN, /* state, code, issuer, browser; auth → as the gate answers */
};
/* All is borrowed until the job is answered, and `auth` and `identity` are written. */
struct outside_ask {
	enum outside_kind kind;
	struct str name, password;
	bool prove; /* whoever is signed in shall show again who they are */
	struct str state, code, issuer, browser;
	struct auth_ask *auth; /* AUTH_SIGN_IN or AUTH_STEP_UP, but for the identity; session: who sends it */
	struct identity identity;
	char texts[3][IDENTITY_MAX + 1]; /* the identity's */
};

struct outside; /* some workers, so that nobody else waits for another server */

struct outside_config {
	struct str dir;
	struct installation *installation; /* must stay open longer, as the gate must */
	struct auth *auth;
	const struct act_source *source; /* of chance */
};
MUST_CHECK enum err outside_open(
	const struct outside_config *config, struct outside **ret_outside, struct bh_err *reterr);
void outside_close(struct outside *outside); /* finishes what is queued; NULL is fine */
/* Answers through `job`, as the gate does. ERR_TOO_MANY when the queue is full; then `answer` isn't called.
 */
MUST_CHECK enum err outside_submit(
	struct outside *outside, struct outside_ask *ask, struct auth_job *job, struct bh_err *reterr);

#endif
