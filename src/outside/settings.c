/* settings.c: sign-in.json is read. */
#include "outside/settings.h"

#include <string.h>

struct reader {
	const struct settings_file *file;
	struct settings *settings;
};

static enum err get_way(const struct reader *reader, const struct doc *object, struct outside_way *way)
{
	way->there = true;
	TRY(settings_file_text(reader->file, object, "title", false, &way->zh));
	return settings_file_text(reader->file, object, "title_en", false, &way->en);
}

/* ---- a provider ---- */

static enum err read_algs(const struct reader *reader, const struct doc *object, unsigned *ret_algs)
{
	struct str *words;
	size_t count;

	TRY(settings_file_texts(reader->file, object, "algs", &words, &count));
	*ret_algs = count == 0 ? (1U << TOKEN_ALG_COUNT) - 1 : 0;
	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		while (at < TOKEN_ALG_COUNT && !str_is(words[i], token_alg_name((enum token_alg)at)))
			at++;
		if (at == TOKEN_ALG_COUNT)
			return err_set(reader->file->reterr, ERR_INVALID, "oidc.algs",
				"say RS256, ES256 or EdDSA: nothing else is taken");
		*ret_algs |= 1U << at;
	}
	return ERR_OK;
}

/* What makes a token count as more than one factor. */
static enum err read_strong(const struct reader *reader, const struct doc *object)
{
	static const char *const keys[] = {"amr", "acr"};
	struct oidc_settings *oidc = &reader->settings->oidc;

	if (object == NULL)
		return ERR_OK;
	TRY(settings_file_keys(reader->file, object, "oidc.strong", keys, ARRAY_COUNT(keys)));
	TRY(settings_file_texts(reader->file, object, "amr", &oidc->amr, &oidc->amr_count));
	return settings_file_texts(reader->file, object, "acr", &oidc->acr, &oidc->acr_count);
}

static enum err read_oidc(const struct reader *reader, const struct doc *object)
{
	static const char *const keys[] = {"title", "title_en", "issuer", "client", "secret", "secret_by",
		"scope", "person", "algs", "strong"};
	const struct settings_file *file = reader->file;
	struct oidc_settings *oidc = &reader->settings->oidc;
	struct str by;

	if (object == NULL)
		return ERR_OK;
	TRY(settings_file_keys(file, object, "oidc", keys, ARRAY_COUNT(keys)));
	TRY(get_way(reader, object, &reader->settings->oidc_way));
	TRY(settings_file_text(file, object, "issuer", true, &oidc->issuer));
	TRY(outside_url_may(reader->settings, oidc->issuer, "oidc.issuer", file->reterr));
	if (oidc->issuer.size > IDENTITY_MAX || str_find(oidc->issuer, STR("?")) != SIZE_MAX)
		return err_set(file->reterr, ERR_INVALID, "oidc.issuer",
			"an issuer has no question mark and at most %d bytes", IDENTITY_MAX);
	TRY(settings_file_text(file, object, "client", true, &oidc->client));
	TRY(settings_file_text(file, object, "secret", false, &oidc->secret));
	TRY(settings_file_text(file, object, "secret_by", false, &by));
	oidc->secret_in_body = str_is(by, "post");
	if (by.size > 0 && !oidc->secret_in_body && !str_is(by, "basic"))
		return err_set(file->reterr, ERR_INVALID, "oidc.secret_by", "say basic or post");
	TRY(settings_file_text(file, object, "scope", false, &oidc->scope));
	if (oidc->scope.size == 0)
		oidc->scope = STR("openid");
	TRY(settings_file_text(file, object, "person", false, &oidc->person));
	TRY(read_algs(reader, object, &oidc->algs));
	TRY(read_strong(reader, doc_get(object, "strong")));
	return settings_file_link(file, file->tree, &reader->settings->link);
}

/* ---- a directory ---- */

/* 127.0.0.1, but not a name that begins so: that is anybody's. */
static bool is_loopback(struct str host)
{
	struct reach_range range;

	return str_is(host, "localhost") || (str_starts(host, "127.") && reach_range_parse(host, &range));
}

static enum err read_ldap_tls(const struct reader *reader, const struct doc *object)
{
	struct ldap_settings *ldap = &reader->settings->ldap;
	struct str tls;

	TRY(settings_file_text(reader->file, object, "tls", true, &tls));
	ldap->tls = str_is(tls, "implicit")   ? LDAP_IMPLICIT
		    : str_is(tls, "starttls") ? LDAP_STARTTLS
					      : LDAP_PLAIN;
	if (ldap->tls == LDAP_PLAIN && !str_is(tls, "none"))
		return err_set(reader->file->reterr, ERR_INVALID, "ldap.tls",
			"say implicit (port 636) or starttls (port 389): passwords don't go in the clear");
	if (ldap->tls == LDAP_PLAIN && !is_loopback(ldap->host))
		return err_set(reader->file->reterr, ERR_INVALID, "ldap.tls",
			"only a directory on this machine itself may be asked without TLS: say starttls or "
			"implicit");
	return settings_file_port(
		reader->file, object, "ldap.port", ldap->tls == LDAP_IMPLICIT ? 636 : 389, &ldap->port);
}

/* An attribute's name as RFC 4512 writes it, or "dn". */
static bool is_attribute(struct str name)
{
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    c == '-' || c == '.' || c == ';'))
			return false;
	}
	return name.size > 0 && name.size <= 64;
}

static enum err read_ldap(const struct reader *reader, const struct doc *object)
{
	static const char *const keys[] = {"title", "title_en", "host", "port", "tls", "user", "password",
		"base", "filter", "subject", "person"};
	const struct settings_file *file = reader->file;
	struct ldap_settings *ldap = &reader->settings->ldap;

	if (object == NULL)
		return ERR_OK;
	TRY(settings_file_keys(file, object, "ldap", keys, ARRAY_COUNT(keys)));
	TRY(get_way(reader, object, &reader->settings->ldap_way));
	TRY(settings_file_text(file, object, "host", true, &ldap->host));
	TRY(settings_file_host(file, ldap->host, "ldap.host"));
	TRY(read_ldap_tls(reader, object));
	TRY(settings_file_text(file, object, "user", true, &ldap->user));
	TRY(settings_file_text(file, object, "password", true, &ldap->password));
	TRY(settings_file_text(file, object, "base", true, &ldap->base));
	TRY(settings_file_text(file, object, "filter", true, &ldap->filter));
	if (str_find(ldap->filter, STR("{name}")) == SIZE_MAX)
		return err_set(file->reterr, ERR_INVALID, "ldap.filter",
			"the filter must say where the typed name goes: (uid={name})");
	TRY(settings_file_text(file, object, "subject", false, &ldap->subject));
	if (ldap->subject.size == 0)
		ldap->subject = STR("entryUUID");
	TRY(settings_file_text(file, object, "person", false, &ldap->person));
	if (!is_attribute(ldap->subject) || (ldap->person.size > 0 && !is_attribute(ldap->person)))
		return err_set(file->reterr, ERR_INVALID, "ldap.subject",
			"subject and person are names of attributes, such as entryUUID and employeeNumber");
	return ERR_OK;
}

/* ---- the file ---- */

static enum err read_tree(const struct reader *reader)
{
	static const char *const keys[] = {"link", "hosts", "inside", "ca", "local", "oidc", "ldap"};
	const struct settings_file *file = reader->file;
	struct settings *settings = reader->settings;
	struct str local;

	TRY(settings_file_keys(file, file->tree, OUTSIDE_FILE, keys, ARRAY_COUNT(keys)));
	TRY(settings_file_text(file, file->tree, "local", true, &local));
	settings->local_closed = str_is(local, "break_glass");
	if (!settings->local_closed && !str_is(local, "everyone"))
		return err_set(file->reterr, ERR_INVALID, "local",
			"say who may go on with a password of their own: everyone, or break_glass");
	TRY(read_oidc(reader, doc_get(file->tree, "oidc")));
	TRY(read_ldap(reader, doc_get(file->tree, "ldap")));
	if (settings->local_closed && !settings->oidc_way.there && !settings->ldap_way.there)
		return err_set(file->reterr, ERR_INVALID, "local",
			"passwords can't be closed where nothing else is open: set up oidc or ldap");
	return ERR_OK;
}

enum err outside_settings_read(
	struct str dir, struct arena *arena, struct settings *ret_settings, struct bh_err *reterr)
{
	struct settings_file file;
	const struct reader reader = {&file, ret_settings};

	*ret_settings = (struct settings){0};
	TRY(settings_file_read(dir, OUTSIDE_FILE, arena, &file, reterr));
	ret_settings->rules = file.rules;
	ret_settings->hosts = file.hosts;
	ret_settings->host_count = file.host_count;
	return read_tree(&reader);
}

enum err outside_url_may(
	const struct settings *settings, struct str url, const char *place, struct bh_err *reterr)
{
	struct str host;

	if (!wire_url_host(url, &host))
		return err_set(reterr, ERR_INVALID, place,
			"it must be https://host/…, without a user and without anything odd");
	for (size_t i = 0; i < settings->host_count; i++)
		if (str_equal(settings->hosts[i], host))
			return ERR_OK;
	return err_set(reterr, ERR_FORBIDDEN, place,
		"%.*s isn't among the hosts that may be called: add it to \"hosts\"", STR_ARG(host));
}

/* ---- what may be shown of it ---- */

struct outside_setup outside_setup_read(struct str dir, struct arena *arena)
{
	struct outside_setup setup = {.fault = STR(""), .fault_zh = STR("")};
	struct settings settings = {0};
	struct bh_err why = {0};
	enum err err = outside_settings_read(dir, arena, &settings, &why);

	setup.there = err != ERR_NOT_FOUND;
	if (err == ERR_OK) {
		setup.local_closed = settings.local_closed;
		setup.oidc = settings.oidc_way;
		setup.ldap = settings.ldap_way;
	} else if (setup.there) {
		/* Whether passwords are closed can't be read: an error opens nothing. */
		setup.local_closed = true;
		setup.fault = str_format(arena, "%s: %s", why.place, why.text);
		setup.fault_zh = str_format(arena, "%s: %s", why.place, why.text_zh);
	}
	return setup;
}
