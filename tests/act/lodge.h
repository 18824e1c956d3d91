/* lodge.h: the small district with its three administrators and its gate (门房): what the tests of accounts
 * and of signing in stand on. Hashes are light here; time is the district's. */
#ifndef TESTS_ACT_LODGE_H
#define TESTS_ACT_LODGE_H

#include "act/auth.h"
#include "district.h"

struct lodge {
	struct district *district;
	struct auth *auth;
	struct auth_options options;
	struct auth_answer answer; /* of what was asked last */
	struct bh_err why;
	char session[AUTH_ID_SIZE + 1]; /* of the last sign-in or move */
};

enum { SYSTEM = 1, SECURITY, AUDIT };
#define GOOD_PASSWORD "quiet otter mends clocks"

/* With the three administrators; nobody else has an account. */
struct lodge *lodge_new(void);
void lodge_free(struct lodge *lodge);
/* Close the gate and open it again with these options. */
void lodge_options(struct lodge *lodge, struct auth_options options);

/* A person who holds no post; returns the id. */
int64_t lodge_person(struct lodge *lodge, const char *code);
enum err lodge_ask(struct lodge *lodge, struct auth_ask ask);
void lodge_must(struct lodge *lodge, const char *says, enum err err);
enum err lodge_sign_in(struct lodge *lodge, const char *name, const char *password, const char *code);
/* An account of that person that has gone through the first sign-in and has GOOD_PASSWORD; returns its id. */
int64_t lodge_account(struct lodge *lodge, const char *person);
/* Signed in with GOOD_PASSWORD; returns the session, in the district's arena. */
struct str lodge_enter(struct lodge *lodge, const char *name);
/* Enrol a second factor for the session; returns its secret, in the district's arena; lodge->session and
 * lodge->answer are those of the confirmation. */
struct str lodge_enrol(struct lodge *lodge, struct str session);
/* The code of the district's present step, `later` steps on. */
const char *lodge_code(struct lodge *lodge, struct str secret, int64_t later);
void lodge_pass(struct lodge *lodge, int64_t seconds);
struct auth_who lodge_who(struct lodge *lodge, const char *session); /* account 0: not live */
int64_t lodge_number(struct lodge *lodge, const char *sql);

#endif
