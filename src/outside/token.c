/* token.c: see token.h. */
#include "outside/token.h"

#include <math.h>

#define US_PER_SECOND 1000000.0

static bool read_part(struct arena *arena, struct str text, struct doc **ret_tree)
{
	struct str bytes;
	struct bh_err why;

	return base64url_parse(arena, text, &bytes) && utf8_is_valid(bytes) &&
	       doc_read(arena, bytes, ret_tree, &why) == ERR_OK && (*ret_tree)->kind == DOC_OBJECT;
}

static bool read_alg(const struct doc *header, unsigned algs, enum token_alg *ret_alg)
{
	struct str name = doc_get_text(header, "alg");

	for (size_t i = 0; i < TOKEN_ALG_COUNT; i++)
		if ((algs & 1U << i) != 0 && str_is(name, token_alg_name((enum token_alg)i))) {
			*ret_alg = (enum token_alg)i;
			return true;
		}
	return false;
}

enum err id_token_read(struct arena *arena, struct str text, unsigned algs, struct token_parts *ret_parts,
	struct bh_err *reterr)
{
	struct token_parts parts = {0};
	struct str rest = text, pieces[3] = {STR_NONE};
	struct doc *header, *claims;
	size_t count = 0;

	if (text.size > TOKEN_SIZE_MAX)
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's answer is no token that is taken here: it is larger than any");
	for (struct str piece; str_cut(&rest, '.', &piece); count++)
		if (count < ARRAY_COUNT(pieces))
			pieces[count] = piece;
	/* A last dot with nothing behind it is how "none" looks. */
	if (count != ARRAY_COUNT(pieces) || pieces[2].size == 0 || str_ends(text, "."))
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's answer is no token that is taken here: it isn't of three parts");
	if (!read_part(arena, pieces[0], &header) || !read_part(arena, pieces[1], &claims) ||
		!base64url_parse(arena, pieces[2], &parts.signature))
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's answer is no token that is taken here: its parts can't be read");
	if (!read_alg(header, algs, &parts.alg))
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's answer is no token that is taken here: it isn't signed as it must "
			"be");
	if (doc_get(header, "crit") != NULL) /* something that must be understood (RFC 7515, 4.1.11) */
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's answer is no token that is taken here: it demands what isn't known "
			"here");
	parts.key = doc_get_text(header, "kid");
	parts.message = str_slice(text, 0, pieces[0].size + 1 + pieces[1].size);
	parts.claims = claims;
	*ret_parts = parts;
	return ERR_OK;
}

/* ---- claims ---- */

/* Seconds since 1970, whole or not. False when it is none. */
static bool get_instant(const struct doc *claims, const char *name, struct instant *ret_instant)
{
	const struct doc *value = doc_get(claims, name);
	double seconds = value == NULL             ? NAN
			 : value->kind == DOC_INT  ? (double)value->number
			 : value->kind == DOC_REAL ? value->real
						   : NAN;

	if (!(seconds >= 0 && seconds < 1e11))
		return false;
	*ret_instant = (struct instant){(int64_t)(seconds * US_PER_SECOND)};
	return true;
}

static bool lists(const struct doc *value, struct str wanted)
{
	if (value == NULL || value->kind == DOC_TEXT)
		return value != NULL && str_equal(value->text, wanted);
	for (size_t i = 0; value->kind == DOC_LIST && i < value->count; i++)
		if (value->items[i].kind == DOC_TEXT && str_equal(value->items[i].text, wanted))
			return true;
	return false;
}

static enum err judge_parties(
	const struct doc *claims, const struct oidc_settings *oidc, struct bh_err *reterr)
{
	const struct doc *audience = doc_get(claims, "aud"), *party = doc_get(claims, "azp");
	bool alone = audience != NULL && (audience->kind == DOC_TEXT || audience->count == 1);

	if (!str_equal(doc_get_text(claims, "iss"), oidc->issuer))
		return err_set(reterr, ERR_UNAUTHENTICATED, "iss",
			"the provider's token isn't good here: it is another provider's");
	if (!lists(audience, oidc->client))
		return err_set(reterr, ERR_UNAUTHENTICATED, "aud",
			"the provider's token isn't good here: it was made for somebody else");
	/* Where others are meant too, it must say that we asked for it. */
	if ((party != NULL || !alone) &&
		(party == NULL || party->kind != DOC_TEXT || !str_equal(party->text, oidc->client)))
		return err_set(reterr, ERR_UNAUTHENTICATED, "azp",
			"the provider's token isn't good here: it was made for somebody else");
	return ERR_OK;
}

static enum err judge_times(const struct doc *claims, const struct token_asked *asked, struct bh_err *reterr)
{
	struct instant ends, made, from, proved;
	int64_t now = asked->now.us;

	if (!get_instant(claims, "exp", &ends) || now >= ends.us + TOKEN_LEEWAY_US)
		return err_set(reterr, ERR_UNAUTHENTICATED, "exp",
			"the provider's token isn't good here: its time is over");
	if (!get_instant(claims, "iat", &made) || made.us > now + TOKEN_LEEWAY_US ||
		made.us < asked->asked.us - TOKEN_LEEWAY_US)
		return err_set(reterr, ERR_UNAUTHENTICATED, "iat",
			"the provider's token isn't good here: it wasn't made for this sign-in");
	if (doc_get(claims, "nbf") != NULL &&
		(!get_instant(claims, "nbf", &from) || now < from.us - TOKEN_LEEWAY_US))
		return err_set(reterr, ERR_UNAUTHENTICATED, "nbf",
			"the provider's token isn't good here: its time hasn't come");
	if (asked->prove &&
		(!get_instant(claims, "auth_time", &proved) || proved.us > now + TOKEN_LEEWAY_US ||
			proved.us < asked->asked.us - TOKEN_LEEWAY_US))
		return err_set(reterr, ERR_UNAUTHENTICATED, "auth_time",
			"the provider's token isn't good here: the provider didn't ask anew who you are");
	return ERR_OK;
}

static bool any_of(const struct doc *value, const struct str *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (lists(value, words[i]))
			return true;
	return false;
}

/* A name to be compared and shown: printable, of a length. */
static bool is_name(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7f)
			return false;
	return text.size > 0 && text.size <= IDENTITY_MAX;
}

/* The claim that holds a person's code; providers write numbers of staff as texts or as numbers. */
static struct str get_number(struct arena *arena, const struct doc *claims, struct str claim)
{
	const struct doc *value = claim.size > 0 ? doc_get_str(claims, claim) : NULL;

	if (value != NULL && value->kind == DOC_INT)
		return str_format(arena, "%lld", (long long)value->number);
	return value != NULL && value->kind == DOC_TEXT && is_name(value->text) ? value->text : STR("");
}

enum err id_token_judge(struct arena *arena, const struct doc *claims, const struct token_asked *asked,
	struct identity *ret_identity, struct bh_err *reterr)
{
	const struct oidc_settings *oidc = asked->oidc;
	struct str subject = doc_get_text(claims, "sub");

	TRY(judge_parties(claims, oidc, reterr));
	TRY(judge_times(claims, asked, reterr));
	if (asked->nonce.size == 0 || !secret_equal(doc_get_text(claims, "nonce"), asked->nonce))
		return err_set(reterr, ERR_UNAUTHENTICATED, "nonce",
			"the provider's token isn't good here: it wasn't made for this sign-in");
	if (!is_name(subject))
		return err_set(reterr, ERR_UNAUTHENTICATED, "sub",
			"the provider's token isn't good here: it doesn't say whom it is about");
	*ret_identity = (struct identity){.issuer = oidc->issuer,
		.subject = subject,
		.number = get_number(arena, claims, oidc->person),
		.proved = true,
		.strong = any_of(doc_get(claims, "amr"), oidc->amr, oidc->amr_count) ||
			  any_of(doc_get(claims, "acr"), oidc->acr, oidc->acr_count),
		.code_later = true};
	return ERR_OK;
}
