/* oidc.c: see oidc.h. */
#include "outside/oidc.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define DISCOVERY "/.well-known/openid-configuration"
#define HTTP_OK   200

/* What it says of itself; texts in an arena of its own. */
struct published {
	struct str issuer, authorize, token;
	bool names_itself; /* its answers must say whose they are (RFC 9207) */
	struct keys keys;
	struct instant read;
};

struct provider {
	pthread_mutex_t lock; /* held while it is asked, so that a crowd asks once */
	struct arena *arena;
	struct published published;
	bool known;
	struct instant looked_again; /* for a key that wasn't known */
};

struct provider *provider_new(void)
{
	struct provider *provider = calloc(1, sizeof *provider);

	REQUIRE(provider != NULL && pthread_mutex_init(&provider->lock, NULL) == 0);
	provider->arena = arena_new();
	provider->looked_again = INSTANT_NONE;
	return provider;
}

void provider_free(struct provider *provider)
{
	if (provider == NULL)
		return;
	arena_free(provider->arena);
	pthread_mutex_destroy(&provider->lock);
	free(provider);
}

/* ---- asking it ---- */

static enum err ask(const struct settings *settings, struct arena *arena, const struct wire_call *call,
	long *ret_status, struct str *ret_body, struct bh_err *reterr)
{
	struct bh_err why = {0};
	struct wire *wire = wire_new(&settings->rules);
	enum wire_end end = wire_call(wire, arena, call, ret_status, ret_body, &why);

	wire_free(wire);
	return end == WIRE_DONE ? ERR_OK : err_pass(reterr, ERR_AWAY, "oidc", &why);
}

static enum err get(const struct settings *settings, struct arena *arena, struct str url,
	struct str *ret_body, struct bh_err *reterr)
{
	const struct wire_call call = {.url = url};
	long status = 0;

	TRY(ask(settings, arena, &call, &status, ret_body, reterr));
	return status == HTTP_OK ? ERR_OK
				 : err_set(reterr, ERR_AWAY, "oidc",
					   "the provider answers %ld at %.*s: is \"issuer\" right?", status,
					   STR_ARG(url));
}

static enum err read_keys(const struct settings *settings, struct arena *arena, struct str url,
	struct published *published, struct bh_err *reterr)
{
	struct bh_err why;
	struct str text;

	TRY(get(settings, arena, url, &text, reterr));
	if (keys_read(arena, text, &published->keys, &why) != ERR_OK)
		return err_pass(reterr, ERR_AWAY, "jwks_uri", &why);
	return ERR_OK;
}

static enum err read_endpoint(const struct settings *settings, const struct doc *tree, const char *member,
	struct str *ret_url, struct bh_err *reterr)
{
	struct bh_err why;

	*ret_url = doc_get_text(tree, member);
	return outside_url_may(settings, *ret_url, member, &why) == ERR_OK
		       ? ERR_OK
		       : err_pass(reterr, ERR_AWAY, member, &why);
}

static bool offers(const struct doc *list, const char *word)
{
	for (size_t i = 0; list != NULL && list->kind == DOC_LIST && i < list->count; i++)
		if (list->items[i].kind == DOC_TEXT && str_is(list->items[i].text, word))
			return true;
	return false;
}

static enum err read_published(const struct settings *settings, struct arena *arena, struct instant now,
	struct published *ret_published, struct bh_err *reterr)
{
	struct published published = {.read = now};
	struct str issuer = settings->oidc.issuer, text, keys, host;
	struct bh_err why;
	struct doc *tree;

	while (str_ends(issuer, "/"))
		issuer.size--;
	TRY(get(settings, arena, str_format(arena, "%.*s" DISCOVERY, STR_ARG(issuer)), &text, reterr));
	if (doc_read(arena, text, &tree, &why) != ERR_OK || tree->kind != DOC_OBJECT)
		return err_set(reterr, ERR_AWAY, "discovery",
			"what the provider publishes of itself is no JSON object");
	published.issuer = doc_get_text(tree, "issuer");
	if (!str_equal(published.issuer, settings->oidc.issuer))
		return err_set(reterr, ERR_AWAY, "issuer",
			"the provider calls itself otherwise than \"issuer\" does here");
	/* The browser goes there, not we: any host will do. */
	published.authorize = doc_get_text(tree, "authorization_endpoint");
	if (!wire_url_host(published.authorize, &host))
		return err_set(reterr, ERR_AWAY, "authorization_endpoint",
			"the provider's page to sign in isn't https://host/…");
	TRY(read_endpoint(settings, tree, "token_endpoint", &published.token, reterr));
	TRY(read_endpoint(settings, tree, "jwks_uri", &keys, reterr));
	if (doc_get(tree, "code_challenge_methods_supported") != NULL &&
		!offers(doc_get(tree, "code_challenge_methods_supported"), "S256"))
		return err_set(reterr, ERR_AWAY, "code_challenge_methods_supported",
			"the provider doesn't know PKCE with S256");
	published.names_itself = doc_get_bool(tree, "authorization_response_iss_parameter_supported");
	TRY(read_keys(settings, arena, keys, &published, reterr));
	*ret_published = published;
	return ERR_OK;
}

/* ---- what is known of it ---- */

static struct published copy_published(struct arena *arena, const struct published *from)
{
	struct published copy = *from;

	copy.issuer = str_copy(arena, from->issuer);
	copy.authorize = str_copy(arena, from->authorize);
	copy.token = str_copy(arena, from->token);
	copy.keys.items = ARENA_TAKE(arena, from->keys.count + 1, struct key);
	for (size_t i = 0; i < from->keys.count; i++) {
		const struct key *key = &from->keys.items[i];

		copy.keys.items[i] = (struct key){.id = str_copy(arena, key->id),
			.alg = key->alg,
			.a = str_copy(arena, key->a),
			.b = str_copy(arena, key->b)};
	}
	return copy;
}

/* As it is known, in `arena`; `again`: a key is missing, so look anew, if nobody did just now. */
static enum err know(struct provider *provider, const struct settings *settings, struct arena *arena,
	struct instant now, bool again, struct published *ret_published, struct bh_err *reterr)
{
	enum err err = ERR_OK;

	pthread_mutex_lock(&provider->lock);
	bool look = !provider->known || !str_equal(provider->published.issuer, settings->oidc.issuer) ||
		    now.us - provider->published.read.us >= OIDC_KEPT_US;

	if (again && !look &&
		(instant_is_none(provider->looked_again) ||
			now.us - provider->looked_again.us >= OIDC_AGAIN_US)) {
		provider->looked_again = now;
		look = true;
	}
	if (look) {
		struct published published;

		err = read_published(settings, arena, now, &published, reterr);
		if (err == ERR_OK) {
			arena_clear(provider->arena);
			provider->published = copy_published(provider->arena, &published);
			provider->known = true;
		}
	}
	if (err == ERR_OK)
		*ret_published = copy_published(arena, &provider->published);
	pthread_mutex_unlock(&provider->lock);
	return err;
}

/* ---- the way there ---- */

/* application/x-www-form-urlencoded. */
static void put_field(struct buf *buf, const char *name, struct str value)
{
	if (buf->size > 0 && buf->data[buf->size - 1] != '?' && buf->data[buf->size - 1] != '&')
		buf_put_char(buf, '&');
	buf_format(buf, "%s=", name);
	for (size_t i = 0; i < value.size; i++) {
		unsigned char c = (unsigned char)value.data[i];

		if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			(c != '\0' && strchr("-._~", c) != NULL))
			buf_put_char(buf, (char)c);
		else
			buf_format(buf, "%%%02X", c);
	}
}

static struct str return_address(const struct settings *settings, struct arena *arena)
{
	return str_format(arena, "%.*s" OUTSIDE_PAGE, STR_ARG(settings->link));
}

enum err oidc_location(struct provider *provider, const struct settings *settings, struct arena *arena,
	const struct flow *flow, struct str state, struct instant now, struct str *ret_location,
	struct bh_err *reterr)
{
	struct published published;
	struct buf buf = buf_new(arena);
	struct hash challenge = hash_bytes(flow->verifier, FLOW_TEXT_SIZE);

	TRY(know(provider, settings, arena, now, false, &published, reterr));
	buf_put(&buf, published.authorize);
	buf_put_char(&buf, str_find(published.authorize, STR("?")) == SIZE_MAX ? '?' : '&');
	put_field(&buf, "response_type", STR("code"));
	put_field(&buf, "client_id", settings->oidc.client);
	put_field(&buf, "redirect_uri", return_address(settings, arena));
	put_field(&buf, "scope", settings->oidc.scope);
	put_field(&buf, "state", state);
	put_field(&buf, "nonce", str_from(flow->nonce));
	put_field(&buf, "code_challenge", base64url_print(arena, challenge.bytes, HASH_SIZE));
	put_field(&buf, "code_challenge_method", STR("S256"));
	if (flow->prove) {
		put_field(&buf, "prompt", STR("login"));
		put_field(&buf, "max_age", STR("0"));
	}
	*ret_location = buf_str(&buf);
	return ERR_OK;
}

/* ---- and back ---- */

/* "Authorization: Basic …" (RFC 6749, 2.3.1: both parts are encoded as in a form first). */
static struct str basic(const struct oidc_settings *oidc, struct arena *arena)
{
	struct buf id = buf_new(arena), secret = buf_new(arena);

	put_field(&id, "", oidc->client);
	put_field(&secret, "", oidc->secret);
	struct str both = str_format(arena, "%s:%s", buf_str(&id).data + 1, buf_str(&secret).data + 1);

	return str_format(
		arena, "Authorization: Basic %.*s", STR_ARG(base64_print(arena, both.data, both.size)));
}

static enum err exchange(const struct settings *settings, struct arena *arena, struct str url,
	const struct oidc_return *back, struct str *ret_token, struct bh_err *reterr)
{
	const struct oidc_settings *oidc = &settings->oidc;
	struct buf body = buf_new(arena);
	struct str headers[3] = {STR("Content-Type: application/x-www-form-urlencoded"),
		STR("Accept: application/json"), basic(oidc, arena)};
	bool in_header = oidc->secret.size > 0 && !oidc->secret_in_body;
	struct str text;
	struct bh_err why;
	struct doc *tree;
	long status = 0;

	put_field(&body, "grant_type", STR("authorization_code"));
	put_field(&body, "code", back->code);
	put_field(&body, "redirect_uri", return_address(settings, arena));
	put_field(&body, "code_verifier", str_from(back->flow->verifier));
	if (!in_header)
		put_field(&body, "client_id", oidc->client);
	if (oidc->secret.size > 0 && !in_header)
		put_field(&body, "client_secret", oidc->secret);
	const struct wire_call call = {.url = url,
		.headers = headers,
		.header_count = in_header ? 3 : 2,
		.post = true,
		.body = buf_str(&body)};

	TRY(ask(settings, arena, &call, &status, &text, reterr));
	bool read = doc_read(arena, text, &tree, &why) == ERR_OK && tree->kind == DOC_OBJECT;

	if (status != HTTP_OK)
		return err_set(reterr, status >= 500 ? ERR_AWAY : ERR_UNAUTHENTICATED, "code",
			"the provider doesn't give a token for what the browser brought: %.*s (%ld)",
			STR_ARG(read ? str_slice(doc_get_text(tree, "error"), 0, 100) : STR("no JSON")),
			status);
	*ret_token = read ? doc_get_text(tree, "id_token") : STR("");
	return ret_token->size > 0 ? ERR_OK
				   : err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
					     "the provider gave no ID token: is \"openid\" in \"scope\"?");
}

/* A signature by a key that is published; looked for anew where it isn't known, because keys change. */
static enum err verify(struct provider *provider, const struct settings *settings, struct arena *arena,
	const struct token_parts *parts, struct instant now, struct bh_err *reterr)
{
	struct published published;
	const struct key *key = NULL;

	for (int again = 0; key == NULL && again < 2; again++) {
		TRY(know(provider, settings, arena, now, again > 0, &published, reterr));
		key = keys_find(&published.keys, parts->alg, parts->key);
	}
	if (key == NULL)
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's token is signed with a key that it doesn't publish");
	if (!key_verify(key, parts->message, parts->signature))
		return err_set(reterr, ERR_UNAUTHENTICATED, "id_token",
			"the provider's token isn't signed by the provider");
	return ERR_OK;
}

enum err oidc_identity(struct provider *provider, const struct settings *settings, struct arena *arena,
	const struct oidc_return *back, struct identity *ret_identity, struct bh_err *reterr)
{
	const struct token_asked asked = {.oidc = &settings->oidc,
		.nonce = str_from(back->flow->nonce),
		.asked = back->flow->begun,
		.now = back->now,
		.prove = back->flow->prove};
	struct published published;
	struct token_parts parts;
	struct str token;

	TRY(know(provider, settings, arena, back->now, false, &published, reterr));
	if (back->issuer.size > 0 ? !str_equal(back->issuer, settings->oidc.issuer) : published.names_itself)
		return err_set(reterr, ERR_UNAUTHENTICATED, "issuer",
			"the browser came back from another provider than it was sent to");
	TRY(exchange(settings, arena, published.token, back, &token, reterr));
	if (id_token_read(arena, token, settings->oidc.algs, &parts, reterr) != ERR_OK)
		return ERR_UNAUTHENTICATED;
	TRY(verify(provider, settings, arena, &parts, back->now, reterr));
	return id_token_judge(arena, parts.claims, &asked, ret_identity, reterr);
}

enum err oidc_try(const struct settings *settings, struct arena *arena, struct bh_err *reterr)
{
	struct published published;

	TRY(read_published(settings, arena, INSTANT_NONE, &published, reterr));
	return published.keys.count > 0 ? ERR_OK
					: err_set(reterr, ERR_AWAY, "jwks_uri",
						  "none of the provider's keys can be used here");
}
