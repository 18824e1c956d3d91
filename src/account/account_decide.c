/* account_decide.c: what administrators do with accounts, and what accounts forbid to rows of the org. */
#include "account/account.h"
#include "base/words.h"

static const struct change_row {
	const char *wire;
	enum admin by;
	unsigned from;
	enum account_state to;
} change_rows[ACCOUNT_CHANGE_COUNT] = {
#define CHANGE(NAME, wire, by, from, to) {wire, ADMIN_##by, from, ACCOUNT_##to},
#include "account/changes.def"
#undef CHANGE
};

const char *account_change_name(enum account_change change)
{
	REQUIRE(change < ACCOUNT_CHANGE_COUNT);
	return change_rows[change].wire;
}

static enum err refuse(struct bh_err *reterr, enum err code, const char *place, const char *why)
{
	return err_set_both(reterr, code, place, words_zh(why), why);
}

/* Active accounts of this administrator, `but` left out. */
static size_t count_active(const struct directory *directory, enum admin admin, int64_t but)
{
	size_t count = 0;

	for (size_t i = 0; i < directory_account_count(directory); i++) {
		const struct account *account = directory_account_at(directory, i);

		count += account->admin == admin && account->state == ACCOUNT_ACTIVE && account->id != but;
	}
	return count;
}

enum err admin_check(const struct directory *directory, int64_t by, enum admin admin, struct bh_err *reterr)
{
	const struct account *asker = directory_account(directory, by);

	if (asker != NULL && asker->state == ACCOUNT_ACTIVE && asker->admin == admin)
		return ERR_OK;
	return refuse(reterr, ERR_FORBIDDEN, "by",
		admin == ADMIN_SYSTEM     ? "only the system administrator does this"
		: admin == ADMIN_SECURITY ? "only the security administrator does this"
					  : "only the audit administrator does this");
}

/* Nobody acts on their own account. Where that leaves nobody of the right kind, because the account is the
 * only one of its kind, the audit administrator stands in: still two different people. */
static enum err asker_check(const struct directory *directory, const struct account_ask *ask,
	const struct change_row *row, struct bh_err *reterr)
{
	const struct account *asker = directory_account(directory, ask->by);
	const struct account *target = directory_account(directory, ask->account);

	if (ask->by == ask->account)
		return refuse(reterr, ERR_FORBIDDEN, "by", "nobody does this to their own account");
	if (asker != NULL && asker->state == ACCOUNT_ACTIVE && asker->admin == ADMIN_AUDIT &&
		target != NULL && target->admin == row->by &&
		count_active(directory, row->by, ask->account) == 0)
		return ERR_OK;
	return admin_check(directory, ask->by, row->by, reterr);
}

/* ---- the keeper of an account without a person ---- */

static bool lasts(struct day until, struct day today)
{
	return day_is_none(until) || until.number > today.number;
}

/* Today or later: who has a post in prospect is no keeper either. */
static bool has_post(const struct org *org, int64_t person, struct day today)
{
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->person == person && lasts(tenure->until, today))
			return true;
	}
	return false;
}

static bool has_delegation(const struct org *org, int64_t person, struct day today)
{
	for (size_t i = 0; i < org_delegation_count(org); i++) {
		const struct delegation *delegation = org_delegation_at(org, i);

		if ((delegation->from == person || delegation->to == person) &&
			lasts(delegation->until, today))
			return true;
	}
	return false;
}

static enum err keeper_check(const struct directory *directory, const struct org *org,
	const struct account_ask *ask, struct bh_err *reterr)
{
	const struct account *kept = directory_of_keeper(directory, ask->person);

	if (org_person(org, ask->person) == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "person", "there is no such person");
	if (has_post(org, ask->person, ask->today))
		return refuse(reterr, ERR_REFUSED, "keeper",
			"who holds a post keeps no administrator's account: name somebody without one");
	if (has_delegation(org, ask->person, ask->today))
		return refuse(reterr, ERR_REFUSED, "keeper",
			"who acts for another, or is acted for, keeps no administrator's account");
	if (directory_of_person(directory, ask->person) != NULL)
		return refuse(reterr, ERR_REFUSED, "keeper",
			"that person has an account of their own: one person, one account");
	if (kept != NULL && kept->id != ask->account)
		return err_set(
			reterr, ERR_REFUSED, "keeper", "that person keeps %.*s already", STR_ARG(kept->code));
	return ERR_OK;
}

/* ---- the changes ---- */

static enum err check_code(
	const struct directory *directory, const struct org *org, struct str code, struct bh_err *reterr)
{
	if (code.size == 0 || code.size > 64 || !utf8_is_valid(code))
		return refuse(reterr, ERR_INVALID, "code", "give a sign-in name of 1 to 64 bytes");
	for (size_t i = 0; i < code.size; i++)
		if ((unsigned char)code.data[i] <= ' ' || code.data[i] == ',' || code.data[i] == '"' ||
			code.data[i] == 0x7f)
			return refuse(reterr, ERR_INVALID, "code",
				"a sign-in name has no blanks, commas or quotes");
	if (directory_by_code(directory, code) != NULL || org_person_by_code(org, code) != NULL)
		return err_set(
			reterr, ERR_CONFLICT, "code", "%.*s stands for somebody already", STR_ARG(code));
	return ERR_OK;
}

static enum err decide_created(const struct directory *directory, const struct org *org,
	const struct account_ask *ask, struct account *account, struct bh_err *reterr)
{
	const struct person *person = org_person(org, ask->person);

	account->id = (int64_t)directory_account_count(directory) + 1;
	if (ask->person == 0) {
		TRY(check_code(directory, org, ask->code, reterr));
		account->code = ask->code;
		return ERR_OK;
	}
	if (person == NULL)
		return refuse(reterr, ERR_NOT_FOUND, "person", "there is no such person");
	if (directory_of_person(directory, person->id) != NULL)
		return err_set(reterr, ERR_CONFLICT, "person", "%.*s has an account: one person, one account",
			STR_ARG(person->code));
	if (directory_of_keeper(directory, person->id) != NULL)
		return err_set(reterr, ERR_REFUSED, "person",
			"%.*s keeps an administrator's account and gets no other", STR_ARG(person->code));
	if (directory_by_code(directory, person->code) != NULL)
		return err_set(reterr, ERR_CONFLICT, "code", "%.*s stands for another account",
			STR_ARG(person->code));
	account->code = person->code;
	account->person = person->id;
	return ERR_OK;
}

static enum err decide_bound(const struct directory *directory, const struct org *org,
	const struct account_ask *ask, struct account *account, struct bh_err *reterr)
{
	if (account->person != 0)
		return refuse(reterr, ERR_REFUSED, "account",
			"a person's account has no keeper: it is that person's for good");
	TRY(keeper_check(directory, org, ask, reterr));
	account->keeper = ask->person;
	return ERR_OK;
}

static enum err decide_granted(const struct account_ask *ask, struct account *account, struct bh_err *reterr)
{
	if (ask->admin == ADMIN_NONE || ask->admin >= ADMIN_COUNT)
		return refuse(reterr, ERR_INVALID, "admin", "say system, security or audit");
	if (account->person != 0)
		return refuse(reterr, ERR_REFUSED, "account",
			"a person's account has the business of that person's posts and is never an "
			"administrator's");
	if (account->admin != ADMIN_NONE)
		return refuse(reterr, ERR_REFUSED, "admin",
			"this account is an administrator's already, and of that kind for good: make a new "
			"one");
	if (account->keeper == 0)
		return refuse(reterr, ERR_REFUSED, "keeper",
			"say first who keeps this account: the system administrator names the person");
	account->admin = ask->admin;
	return ERR_OK;
}

static enum err decide_disabled(
	const struct directory *directory, const struct account *account, struct bh_err *reterr)
{
	if (account->admin != ADMIN_NONE && count_active(directory, account->admin, account->id) == 0)
		return refuse(reterr, ERR_REFUSED, "account",
			"it is the only account of its kind of administrator: name another first");
	return ERR_OK;
}

/* Printable, so that what an administrator reads is what is compared. */
static bool is_identity(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f)
			return false;
	return text.size > 0 && text.size <= IDENTITY_MAX && utf8_is_valid(text);
}

static enum err decide_tied(const struct directory *directory, const struct account_ask *ask,
	struct account *account, struct bh_err *reterr)
{
	const struct account *other = directory_by_identity(directory, ask->issuer, ask->subject);

	if (account->person == 0)
		return refuse(reterr, ERR_REFUSED, "account",
			"an administrator's account signs in here and nowhere else: it isn't tied");
	if (!is_identity(ask->issuer) || !is_identity(ask->subject))
		return refuse(reterr, ERR_INVALID, ask->issuer.size == 0 ? "issuer" : "subject",
			"give the issuer, as its server writes it, and the name it has for the person: 1 to "
			"255 "
			"bytes each, without control characters");
	if (other != NULL)
		return err_set(
			reterr, ERR_CONFLICT, "subject", "%.*s is tied to it already", STR_ARG(other->code));
	account->issuer = ask->issuer;
	account->subject = ask->subject;
	return ERR_OK;
}

static enum err decide_untied(struct account *account, struct bh_err *reterr)
{
	if (account->subject.size == 0)
		return refuse(reterr, ERR_CONFLICT, "account", "this account isn't tied to anything");
	account->issuer = account->subject = STR("");
	return ERR_OK;
}

static enum err decide_break_glass(struct account *account, bool marked, struct bh_err *reterr)
{
	if (account->person == 0)
		return refuse(reterr, ERR_REFUSED, "account",
			"an administrator's account signs in here anyway: it needs no mark");
	if (account->break_glass == marked)
		return refuse(reterr, ERR_CONFLICT, "account",
			marked ? "this account is marked already" : "this account isn't marked");
	account->break_glass = marked;
	return ERR_OK;
}

enum err account_decide(const struct directory *directory, const struct org *org,
	const struct account_ask *ask, struct account *ret_account, struct bh_err *reterr)
{
	REQUIRE(ask->change < ACCOUNT_CHANGE_COUNT);
	const struct change_row *row = &change_rows[ask->change];
	const struct account *before = directory_account(directory, ask->account);
	struct account account = {0};

	TRY(asker_check(directory, ask, row, reterr));
	if (row->from != 0) {
		if (before == NULL)
			return refuse(reterr, ERR_NOT_FOUND, "account", "there is no such account");
		if ((row->from & 1U << before->state) == 0)
			return refuse(reterr, ERR_REFUSED, "state",
				before->state == ACCOUNT_WAITING
					? "the account waits to be released: that comes first"
				: before->state == ACCOUNT_ACTIVE
					? "the account is active already: there is nothing to release"
					: "the account is disabled: the system administrator can reset it");
		account = *before;
	}
	if (ask->change == ACCOUNT_CHANGE_CREATED)
		TRY(decide_created(directory, org, ask, &account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_BOUND)
		TRY(decide_bound(directory, org, ask, &account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_GRANTED)
		TRY(decide_granted(ask, &account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_DISABLED)
		TRY(decide_disabled(directory, &account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_TIED)
		TRY(decide_tied(directory, ask, &account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_UNTIED)
		TRY(decide_untied(&account, reterr));
	else if (ask->change == ACCOUNT_CHANGE_BREAK_GLASS || ask->change == ACCOUNT_CHANGE_BREAK_GLASS_ENDED)
		TRY(decide_break_glass(&account, ask->change == ACCOUNT_CHANGE_BREAK_GLASS, reterr));
	if (row->to != ACCOUNT_STATE_COUNT)
		account.state = row->to;
	REQUIRE(account.person == 0 || (account.admin == ADMIN_NONE && account.keeper == 0));
	REQUIRE(account.person != 0 || (account.subject.size == 0 && !account.break_glass));
	*ret_account = account;
	return ERR_OK;
}

enum err account_begin(const struct directory *directory, const struct org *org,
	const struct str codes[ADMIN_COUNT], struct account ret_accounts[ADMIN_COUNT], struct bh_err *reterr)
{
	if (directory_account_count(directory) > 0)
		return refuse(reterr, ERR_CONFLICT, "account",
			"this institution has its administrators: they make what else is needed");
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++) {
		TRY(check_code(directory, org, codes[i], reterr));
		for (size_t j = ADMIN_NONE + 1; j < i; j++)
			if (str_equal(codes[i], codes[j]))
				return refuse(reterr, ERR_CONFLICT, "code",
					"three administrators, three sign-in names");
		ret_accounts[i] = (struct account){
			.id = (int64_t)i, .code = codes[i], .admin = (enum admin)i, .state = ACCOUNT_ACTIVE};
	}
	return ERR_OK;
}

enum err demo_may(const struct directory *directory, struct bh_err *reterr)
{
	if (directory_account_count(directory) != ADMIN_COUNT - 1)
		return refuse(reterr, ERR_REFUSED, "demo",
			"only an institution that has just begun becomes a demonstration: nobody but its "
			"three "
			"administrators may have an account yet");
	return ERR_OK;
}

/* ---- rows of the org ---- */

enum err account_tenure_may(const struct directory *directory, const struct tenure *tenure, struct day today,
	struct bh_err *reterr)
{
	if (lasts(tenure->until, today) && directory_of_keeper(directory, tenure->person) != NULL)
		return refuse(reterr, ERR_REFUSED, "person",
			"who keeps an administrator's account holds no post: name another keeper first");
	return ERR_OK;
}

enum err account_delegation_may(const struct directory *directory, const struct delegation *delegation,
	struct day today, struct bh_err *reterr)
{
	if (lasts(delegation->until, today) &&
		(directory_of_keeper(directory, delegation->from) != NULL ||
			directory_of_keeper(directory, delegation->to) != NULL))
		return refuse(reterr, ERR_REFUSED, "to",
			"who keeps an administrator's account acts for nobody, and nobody for them");
	return ERR_OK;
}

enum err account_person_may(const struct directory *directory, const struct org *org,
	const struct person *person, struct bh_err *reterr)
{
	const struct person *before = org_person(org, person->id);
	const struct account *other = directory_by_code(directory, person->code);

	if (other != NULL && (other->person != person->id || person->id == 0))
		return err_set(reterr, ERR_CONFLICT, "code", "%.*s is the sign-in name of another account",
			STR_ARG(person->code));
	if (before != NULL && directory_of_person(directory, person->id) != NULL &&
		!str_equal(before->code, person->code))
		return err_set(reterr, ERR_CONFLICT, "code",
			"%.*s signs in under this name: it doesn't change any more", STR_ARG(before->code));
	return ERR_OK;
}
