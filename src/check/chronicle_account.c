/* chronicle_account.c: what the events have told of accounts so far. Each is decided again as an
 * administrator of that day could have had it decided; what comes out otherwise was not recorded by this
 * program. */
#include "check/chronicle.h"

#include "store/store.h"

static enum err refuse_account(struct bh_err *reterr, const struct bh_err *why)
{
	char both[ERR_BOTH_SIZE];

	return err_set(reterr, ERR_TAMPERED, "account", "%s: %s", why->place, err_both(why, both));
}

static bool find_change(struct str name, enum account_change *ret_change)
{
	for (size_t i = 0; i < ACCOUNT_CHANGE_COUNT; i++)
		if (str_is(name, account_change_name((enum account_change)i))) {
			*ret_change = (enum account_change)i;
			return true;
		}
	return false;
}

/* The three of the beginning, before whom there is nobody to ask. */
static enum err follow_first(
	struct chronicle *chronicle, const struct account *account, struct bh_err *reterr)
{
	size_t count = directory_account_count(chronicle->directory);

	if (count >= ADMIN_COUNT - 1 || account->id != (int64_t)count + 1 ||
		account->admin != (enum admin)account->id || account->state != ACCOUNT_ACTIVE ||
		account->person != 0 || account->keeper != 0)
		return err_set(reterr, ERR_TAMPERED, "account",
			"only the three administrators of the beginning come from nobody");
	directory_account_set(chronicle->directory, account);
	return ERR_OK;
}

static enum err follow_change(struct chronicle *chronicle, const struct event *event,
	const struct account *told, enum account_change change, struct bh_err *reterr)
{
	bool created = change == ACCOUNT_CHANGE_CREATED;
	struct account_ask ask = {.change = change,
		.by = doc_get_int(event->payload, "by", 0),
		.account = created ? 0 : told->id,
		.code = told->code,
		.person = created ? told->person : told->keeper,
		.admin = told->admin,
		.issuer = told->issuer,
		.subject = told->subject,
		.today = chronicle_day(chronicle, event->time)};
	struct account decided;
	struct bh_err why;

	if (account_decide(chronicle->directory, chronicle->org, &ask, &decided, &why) != ERR_OK)
		return refuse_account(reterr, &why);
	if (created)
		decided.pseudonym = told->pseudonym;
	if (decided.id != told->id || decided.person != told->person || decided.keeper != told->keeper ||
		decided.admin != told->admin || decided.state != told->state ||
		!str_equal(decided.code, told->code) || !str_equal(decided.pseudonym, told->pseudonym) ||
		!str_equal(decided.issuer, told->issuer) || !str_equal(decided.subject, told->subject) ||
		decided.break_glass != told->break_glass)
		return err_set(reterr, ERR_TAMPERED, "account", "%s brings another row than this",
			account_change_name(change));
	directory_account_set(chronicle->directory, told);
	return ERR_OK;
}

static enum err follow_account(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	struct account told = account_from_doc(event->payload);
	enum account_change change;

	if (!find_change(doc_get_text(event->payload, "change"), &change) ||
		(change == ACCOUNT_CHANGE_GRANTED) != (event->kind == EVENT_ADMIN_SET))
		return err_set(reterr, ERR_TAMPERED, "account", "no such change of an account is known");
	if (doc_get_int(event->payload, "by", -1) == 0)
		return follow_first(chronicle, &told, reterr);
	return follow_change(chronicle, event, &told, change, reterr);
}

static enum err follow_member(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	struct member told = member_from_doc(event->payload);
	struct bh_err why;

	if (member_may(chronicle->directory, chronicle->org, &told, NULL, 0,
		    chronicle_day(chronicle, event->time), &why) != ERR_OK)
		return refuse_account(reterr, &why);
	directory_member_set(chronicle->directory, &told);
	return ERR_OK;
}

static enum err follow_policy(struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	enum password_profile profile;
	struct bh_err why;

	if (doc_get_bool(event->payload, "demo")) {
		if (demo_may(chronicle->directory, &why) != ERR_OK)
			return refuse_account(reterr, &why);
		return ERR_OK;
	}
	if (admin_check(chronicle->directory, doc_get_int(event->payload, "by", 0), ADMIN_SECURITY, &why) !=
		ERR_OK)
		return refuse_account(reterr, &why);
	if (!password_profile_parse(doc_get_text(event->payload, "password"), &profile))
		return err_set(reterr, ERR_TAMPERED, "policy", "no such profile of passwords is known");
	return ERR_OK;
}

enum err chronicle_follow_account(
	struct chronicle *chronicle, const struct event *event, struct bh_err *reterr)
{
	switch (event->kind) {
	case EVENT_ACCOUNT_SET:
	case EVENT_ADMIN_SET:
		return follow_account(chronicle, event, reterr);
	case EVENT_MEMBER_SET:
		return follow_member(chronicle, event, reterr);
	case EVENT_POLICY_SET:
		return follow_policy(chronicle, event, reterr);
	default:
		return ERR_OK;
	}
}
