/* office.h: the small institution in which the tests of accounts play.
 *
 *   water   wang: head; wei: deputy    inspection  ji: head; luo: member
 *   hu, xie, gao, ke: no post          zhu: a post from next month
 * Three administrators: system (1), security (2), audit (3); wang's account is 4. */
#ifndef TESTS_ACCOUNT_OFFICE_H
#define TESTS_ACCOUNT_OFFICE_H

#include "account/account.h"

struct office {
	struct arena *arena;
	struct org *org;
	struct directory *directory;
	struct day today;
	struct bh_err why;
	struct account result; /* of the last change that was done */
};

enum { SYSTEM = 1, SECURITY, AUDIT, WANG };

struct office *office_new(void);
void office_free(struct office *office);
int64_t person_of(const struct office *office, const char *code); /* fails the test when there is none */
int64_t post_of(const struct office *office, const char *code);
int64_t unit_of(const struct office *office, const char *code);
/* `person` holds `post` from `from` until `until` ("" for no end). */
void office_appoint(
	struct office *office, const char *post, const char *person, const char *from, const char *until);
void office_kin(struct office *office, const char *person, const char *other, const char *until);
struct day day_of(const char *text); /* "" is none */

/* Decide, and on success make it true. */
enum err office_change(struct office *office, struct account_ask ask);
/* An account without a person, kept by `keeper`, released and granted `admin`; returns its id. */
int64_t office_admin(struct office *office, const char *code, const char *keeper, enum admin admin);
/* An account of that person, released. */
int64_t office_account(struct office *office, const char *person);

void expect_err(const char *says, enum err err, enum err want, const char *place, const struct bh_err *why);

#endif
