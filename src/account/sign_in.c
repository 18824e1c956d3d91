/* sign_in.c: may this attempt pass? */
#include "account/account.h"

bool lock_holds(const struct lock *lock, struct instant now)
{
	return !instant_is_none(lock->until) && now.us < lock->until.us;
}

/* Failures that are too old to count are forgotten; so is a lock that has ended, with what led to it. */
static struct lock lock_at(const struct lock *before, struct instant now)
{
	struct lock lock = {.until = INSTANT_NONE};

	if (lock_holds(before, now))
		return *before;
	if (!instant_is_none(before->until))
		return lock;
	for (size_t i = 0; i < before->count && i < LOCK_FAILURES_MAX; i++)
		if (now.us - before->failures[i].us < LOCK_WINDOW_US)
			lock.failures[lock.count++] = before->failures[i];
	return lock;
}

static void add_failure(struct sign_in_verdict *verdict, struct instant now)
{
	struct lock *lock = &verdict->lock;

	verdict->lock_changed = true;
	lock->failures[lock->count++] = now;
	if (lock->count < LOCK_FAILURES_MAX)
		return;
	*lock = (struct lock){.until = {now.us + LOCK_LASTS_US}};
	verdict->locked_now = true;
}

/* What the account itself forbids, however right password and code are. */
static enum sign_in_reason account_reason(const struct sign_in *attempt)
{
	if (attempt->account == NULL)
		return SIGN_IN_UNKNOWN;
	if (attempt->account->state == ACCOUNT_DISABLED)
		return SIGN_IN_DISABLED;
	if (attempt->account->state == ACCOUNT_WAITING)
		return SIGN_IN_WAITING;
	return lock_holds(&attempt->lock, attempt->now) ? SIGN_IN_LOCKED : SIGN_IN_PASSED;
}

static enum sign_in_reason proof_reason(const struct sign_in *attempt)
{
	const struct account *account = attempt->account;

	if (!attempt->password_right)
		return SIGN_IN_PASSWORD;
	if (attempt->elsewhere && (attempt->strong || attempt->code_later))
		return SIGN_IN_PASSED;
	if (!attempt->elsewhere && attempt->local_closed && account->admin == ADMIN_NONE &&
		!account->break_glass)
		return SIGN_IN_ELSEWHERE;
	if (attempt->one_time && attempt->now.us >= attempt->one_time_ends.us)
		return SIGN_IN_EXPIRED;
	if (!attempt->totp || attempt->code == CODE_RIGHT)
		return SIGN_IN_PASSED;
	return attempt->code == CODE_USED ? SIGN_IN_REPLAY : SIGN_IN_CODE;
}

/* What is still to be done by whoever was let in. */
static unsigned needs_of(const struct sign_in *attempt)
{
	const struct account *account = attempt->account;
	unsigned needs = 0;

	if (!attempt->elsewhere &&
		(attempt->one_time || attempt->fault != PASSWORD_GOOD ||
			password_is_too_old(attempt->profile, attempt->password_set, attempt->now)))
		needs |= NEED_PASSWORD;
	if ((account->admin != ADMIN_NONE || account->break_glass) && !attempt->totp)
		needs |= NEED_TOTP;
	if (attempt->elsewhere && attempt->code_later && !attempt->strong && attempt->totp)
		needs |= NEED_CODE;
	return needs;
}

struct sign_in_verdict sign_in_decide(const struct sign_in *attempt)
{
	struct sign_in_verdict verdict = {.reason = account_reason(attempt)};

	verdict.lock = lock_at(&attempt->lock, attempt->now);
	if (verdict.reason != SIGN_IN_PASSED)
		return verdict;
	verdict.reason = proof_reason(attempt);
	if (verdict.reason == SIGN_IN_ELSEWHERE)
		return verdict; /* nobody guessed */
	if (verdict.reason != SIGN_IN_PASSED) {
		add_failure(&verdict, attempt->now);
		return verdict;
	}
	verdict.needs = needs_of(attempt);
	/* Who still owes the code has shown half: else each round elsewhere would buy new guesses at it. */
	if ((verdict.needs & NEED_CODE) != 0)
		return verdict;
	verdict.lock_changed = attempt->lock.count > 0 || !instant_is_none(attempt->lock.until);
	verdict.lock = (struct lock){.until = INSTANT_NONE};
	return verdict;
}

enum err sign_in_refuse(enum sign_in_reason reason, struct bh_err *reterr)
{
	if (reason == SIGN_IN_ELSEWHERE)
		return err_set(reterr, ERR_UNAUTHENTICATED, "way",
			"the password is right, but accounts sign in by the institution's own sign-in here, "
			"and "
			"yours isn't one of the few that are kept for the day when it can't be reached");
	return err_set(reterr, ERR_UNAUTHENTICATED, "account",
		"name, password or code is wrong, or the account can't be used now: after %d wrong attempts "
		"it is "
		"shut for %d minutes",
		LOCK_FAILURES_MAX, (int)(LOCK_LASTS_US / 60000000));
}
