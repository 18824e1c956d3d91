/* session.c: how long a session or a token is good, and for what. */
#include "account/account.h"

enum session_state session_judge(
	const struct session *session, const struct account *account, struct instant now)
{
	if (account == NULL || account->id != session->account || account->state != ACCOUNT_ACTIVE)
		return SESSION_BARRED;
	int64_t idle = account->admin != ADMIN_NONE ? SESSION_ADMIN_US : SESSION_IDLE_US;

	if (now.us - session->made.us >= SESSION_WHOLE_US)
		return SESSION_OLD;
	return now.us - session->seen.us >= idle ? SESSION_IDLE : SESSION_LIVE;
}

bool session_is_fresh(const struct session *session, struct instant now)
{
	return now.us - session->proved.us < SESSION_FRESH_US;
}

static const char *const scope_names[SCOPE_COUNT] = {
#define SCOPE(NAME, wire, zh, en) wire,
#include "account/scopes.def"
#undef SCOPE
};

enum err scopes_parse(struct str words, unsigned *ret_scopes, struct bh_err *reterr)
{
	unsigned scopes = 0;

	for (struct str word; str_cut(&words, ' ', &word);) {
		size_t i = 0;

		while (i < SCOPE_COUNT && !str_is(word, scope_names[i]))
			i++;
		if (i == SCOPE_COUNT)
			return err_set(reterr, ERR_INVALID, "scope",
				"%.*s is no scope: read, act, import or feed",
				STR_ARG(str_slice(word, 0, 64)));
		scopes |= 1U << i;
	}
	*ret_scopes = scopes;
	return ERR_OK;
}

struct str scopes_print(struct arena *arena, unsigned scopes)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < SCOPE_COUNT; i++)
		if ((scopes & 1U << i) != 0)
			buf_format(&buf, "%s%s", buf.size > 0 ? " " : "", scope_names[i]);
	return buf_str(&buf);
}

enum err token_may(
	const struct token *token, const struct account *account, struct instant now, struct bh_err *reterr)
{
	if (account == NULL || account->state != ACCOUNT_ACTIVE || account->person == 0)
		return err_set(reterr, ERR_FORBIDDEN, "account",
			"a token does a person's business: administrators have none, because it asks for no "
			"code");
	if (str_trim(token->name).size == 0 || token->name.size > 100 || !utf8_is_valid(token->name))
		return err_set(reterr, ERR_INVALID, "name", "say in 1 to 100 bytes what the token is for");
	if (token->scopes == 0)
		return err_set(reterr, ERR_INVALID, "scope",
			"say what the token may do: read, act, import, or feed");
	/* It stands in an address, which programs keep and pass on without care. */
	if ((token->scopes & 1U << SCOPE_FEED) != 0 && token->scopes != 1U << SCOPE_FEED)
		return err_set(reterr, ERR_INVALID, "scope",
			"a token for a calendar is for nothing else: make another for the rest");
	if (instant_is_none(token->ends) || token->ends.us <= now.us ||
		token->ends.us > now.us + TOKEN_DAYS_MAX * US_PER_DAY)
		return err_set(reterr, ERR_RANGE, "ends", "a token ends within %d days", TOKEN_DAYS_MAX);
	return ERR_OK;
}

enum err token_judge(const struct token *token, const struct account *account, enum scope scope,
	struct instant now, struct bh_err *reterr)
{
	REQUIRE(scope < SCOPE_COUNT);
	if (account == NULL || account->id != token->account || account->state != ACCOUNT_ACTIVE ||
		account->person == 0 || now.us >= token->ends.us)
		return err_set(reterr, ERR_UNAUTHENTICATED, "token", "this token is over: make a new one");
	if ((token->scopes & 1U << scope) == 0)
		return err_set(reterr, ERR_FORBIDDEN, "scope", "this token may not %s", scope_names[scope]);
	return ERR_OK;
}
