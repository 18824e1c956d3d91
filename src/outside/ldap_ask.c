/* ldap_ask.c: libldap's home. One connection for each question, closed behind it. */
#include "outside/ldap_ask.h"
#include "outside/filter.h"

#include "base/words.h"

#include <ldap.h>
#include <string.h>

#define WAIT_SECONDS 5
#define ANSWER_MAX   ((ber_len_t)1024 * 1024)             /* bytes of one answer */
#define SYSTEM_CA    "/etc/ssl/certs/ca-certificates.crt" /* as Debian keeps them */

struct talk {
	const struct settings *settings;
	struct arena *arena;
	LDAP *handle;
	struct ldap_conncb connected; /* asked with the address that is being called */
	bool barred;
	struct bh_err *reterr;
};

/* ---- the connection ---- */

static int judge_address(LDAP *handle, Sockbuf *socket, LDAPURLDesc *server, struct sockaddr *address,
	struct ldap_conncb *context)
{
	struct talk *talk = context->lc_arg;
	const struct wire_rules *rules = &talk->settings->rules;

	(void)handle;
	(void)socket;
	(void)server;
	talk->barred = address == NULL || !reach_may(address, rules->inside, rules->inside_count);
	return talk->barred ? -1 : 0;
}

static void forget_connection(LDAP *handle, Sockbuf *socket, struct ldap_conncb *context)
{
	(void)handle;
	(void)socket;
	(void)context;
}

/* What libldap numbers, in words of our own: it has English ones alone. */
static const struct {
	int code;
	const char *text;
} reasons[] = {
	{LDAP_SERVER_DOWN, "nobody takes the connection, or it broke off"},
	{LDAP_CONNECT_ERROR, "no secure connection (TLS) came about, or its certificate isn't to be trusted"},
	{LDAP_TIMEOUT, "no answer came in time"},
	{LDAP_TIMELIMIT_EXCEEDED, "no answer came in time"},
	{LDAP_BUSY, "the directory is busy"},
	{LDAP_UNAVAILABLE, "the directory is out of service"},
	{LDAP_INVALID_CREDENTIALS, "it refuses the name and password under which it is asked"},
	{LDAP_INSUFFICIENT_ACCESS, "the name under which it is asked may not read there"},
	{LDAP_INAPPROPRIATE_AUTH, "the name under which it is asked can't sign in so"},
	{LDAP_STRONG_AUTH_REQUIRED, "it wants a secure connection (TLS) first"},
	{LDAP_CONFIDENTIALITY_REQUIRED, "it wants a secure connection (TLS) first"},
	{LDAP_UNWILLING_TO_PERFORM, "it is unwilling to do what is asked"},
	{LDAP_NO_SUCH_OBJECT, "the entry that is asked for isn't there"},
	{LDAP_INVALID_DN_SYNTAX, "a name (DN) of the settings is none"},
	{LDAP_FILTER_ERROR, "the filter of the settings is none"},
	{LDAP_PROTOCOL_ERROR, "it doesn't speak as a directory does"},
};

static const char *reason_of(int code)
{
	for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
		if (reasons[i].code == code)
			return reasons[i].text;
	return "the call failed";
}

/* Why it came to nothing: for whoever keeps the machine (bihuan doctor), and for people in general. What the
 * library and the directory say stands behind it in English, for the log. */
static enum err away(const struct talk *talk, int code)
{
	const char *reason = reason_of(code);
	char both[512], raw[512], *said = NULL;

	if (talk->barred)
		return err_set(talk->reterr, ERR_AWAY, "ldap",
			"the directory's name points to an inner address that isn't listed under \"inside\"");
	(void)ldap_get_option(talk->handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &said);
	struct str behind = str_format(talk->arena, said != NULL && said[0] != '\0' ? " (%s: %s)" : " (%s)",
		ldap_err2string(code), said);

	ldap_memfree(said);
	return err_set(talk->reterr, ERR_AWAY, "ldap", "the directory can't be asked now: %s%s",
		words_both(both, sizeof both, str_from(words_zh(reason)), str_from(reason)),
		words_both(raw, sizeof raw, STR_NONE, behind));
}

#define SET(talk, option, value) REQUIRE(ldap_set_option((talk)->handle, (option), (value)) == LDAP_SUCCESS)

static enum err set_options(struct talk *talk)
{
	const int version = LDAP_VERSION3, demand = LDAP_OPT_X_TLS_DEMAND,
		  least = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2;
	const struct timeval wait = {.tv_sec = WAIT_SECONDS};
	struct str ca = talk->settings->rules.ca;
	ber_len_t most = ANSWER_MAX;
	Sockbuf *socket = NULL;
	int made_new = 0;

	SET(talk, LDAP_OPT_PROTOCOL_VERSION, &version);
	SET(talk, LDAP_OPT_REFERRALS, LDAP_OPT_OFF); /* to wherever somebody else says */
	SET(talk, LDAP_OPT_RESTART, LDAP_OPT_OFF);
	SET(talk, LDAP_OPT_NETWORK_TIMEOUT, &wait);
	SET(talk, LDAP_OPT_TIMEOUT, &wait);
	REQUIRE(ldap_get_option(talk->handle, LDAP_OPT_SOCKBUF, &socket) == LDAP_SUCCESS);
	/* An answer says how long it is, and that much is taken of memory before it comes. */
	ber_sockbuf_ctrl(socket, LBER_SB_OPT_SET_MAX_INCOMING, &most);
	talk->connected = (struct ldap_conncb){judge_address, forget_connection, talk};
	SET(talk, LDAP_OPT_CONNECT_CB, &talk->connected);
	/* Not as some file of the machine's says: as we say. */
	SET(talk, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
	SET(talk, LDAP_OPT_X_TLS_PROTOCOL_MIN, &least);
	SET(talk, LDAP_OPT_X_TLS_CACERTFILE, ca.size > 0 ? ca.data : SYSTEM_CA);
	if (talk->settings->ldap.tls == LDAP_PLAIN)
		return ERR_OK;
	/* This is where the certificates are read. */
	return ldap_set_option(talk->handle, LDAP_OPT_X_TLS_NEWCTX, &made_new) == LDAP_SUCCESS
		       ? ERR_OK
		       : err_set(talk->reterr, ERR_AWAY, "ca",
				 "the file of certificates can't be read, or has none in it");
}

static int bind_as(struct talk *talk, struct str who, struct str password)
{
	struct berval secret = {.bv_len = password.size, .bv_val = (char *)(uintptr_t)password.data};

	/* A name without a password is a bind as nobody, which every directory lets pass (RFC 4513, 5.1.2).
	 */
	REQUIRE(password.size > 0 && who.size > 0);
	return ldap_sasl_bind_s(
		talk->handle, str_copy(talk->arena, who).data, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

static enum err connect_as_service(struct talk *talk)
{
	const struct ldap_settings *ldap = &talk->settings->ldap;
	struct str url = str_format(talk->arena, "%s://%.*s:%d",
		ldap->tls == LDAP_IMPLICIT ? "ldaps" : "ldap", STR_ARG(ldap->host), ldap->port);

	REQUIRE(ldap_initialize(&talk->handle, url.data) == LDAP_SUCCESS);
	TRY(set_options(talk));
	int code = ldap->tls == LDAP_STARTTLS ? ldap_start_tls_s(talk->handle, NULL, NULL) : LDAP_SUCCESS;

	if (code == LDAP_SUCCESS)
		code = bind_as(talk, ldap->user, ldap->password);
	return code == LDAP_SUCCESS ? ERR_OK : away(talk, code);
}

static void hang_up(struct talk *talk)
{
	if (talk->handle != NULL)
		ldap_unbind_ext_s(talk->handle, NULL, NULL);
}

/* ---- looking up ---- */

/* As text that can be compared and recorded; "" where it can't: whoever is cut off is taken for another. */
static struct str comparable(const struct talk *talk, struct str bytes)
{
	if (bytes.size > IDENTITY_MAX)
		return STR("");
	if (utf8_is_valid(bytes))
		return bytes;
	/* As a directory of Microsoft's keeps objectGUID: bytes. */
	return 2 * bytes.size <= IDENTITY_MAX ? hex_print(talk->arena, bytes.data, bytes.size) : STR("");
}

/* The one value of an attribute; "" where there is none, or more than one, or none that can be compared. */
static struct str value_of(const struct talk *talk, LDAPMessage *entry, struct str attribute)
{
	struct str found = STR("");

	if (attribute.size == 0)
		return found;
	struct berval **values =
		ldap_get_values_len(talk->handle, entry, str_copy(talk->arena, attribute).data);

	if (values != NULL && ldap_count_values_len(values) == 1)
		found = str_copy(talk->arena, (struct str){values[0]->bv_val, values[0]->bv_len});
	ldap_value_free_len(values);
	return comparable(talk, found);
}

struct entry {
	struct str dn, subject, number;
};

static void take_entry(struct talk *talk, LDAPMessage *message, struct entry *entry)
{
	const struct ldap_settings *ldap = &talk->settings->ldap;
	char *dn = ldap_get_dn(talk->handle, message);

	entry->dn = str_copy(talk->arena, str_from(dn));
	ldap_memfree(dn);
	entry->subject = str_is(ldap->subject, "dn") ? comparable(talk, entry->dn)
						     : value_of(talk, message, ldap->subject);
	entry->number = value_of(talk, message, ldap->person);
}

/* The one entry of that name; dn "" when there is none, or more than one. */
static enum err look_up(struct talk *talk, struct str name, struct entry *ret_entry)
{
	const struct ldap_settings *ldap = &talk->settings->ldap;
	struct str filter = filter_fill(talk->arena, ldap->filter, name);
	char *attributes[3] = {
		(char *)(uintptr_t)(str_is(ldap->subject, "dn") ? LDAP_NO_ATTRS : ldap->subject.data),
		ldap->person.size > 0 ? (char *)(uintptr_t)ldap->person.data : NULL};
	struct timeval wait = {.tv_sec = WAIT_SECONDS};
	LDAPMessage *found = NULL;
	struct entry entry = {STR(""), STR(""), STR("")};
	int code = ldap_search_ext_s(talk->handle, ldap->base.data, LDAP_SCOPE_SUBTREE, filter.data,
		attributes, 0, NULL, NULL, &wait, 2, &found);

	if (code == LDAP_SUCCESS && ldap_count_entries(talk->handle, found) == 1)
		take_entry(talk, ldap_first_entry(talk->handle, found), &entry);
	ldap_msgfree(found);
	if (code != LDAP_SUCCESS && code != LDAP_NO_SUCH_OBJECT && code != LDAP_SIZELIMIT_EXCEEDED)
		return away(talk, code);
	*ret_entry = entry;
	return ERR_OK;
}

/* ---- proving ---- */

/* Is it the other side's word about the password, and not a failure of the line? */
static bool is_refusal(int code)
{
	return code == LDAP_INVALID_CREDENTIALS || code == LDAP_INAPPROPRIATE_AUTH ||
	       code == LDAP_CONSTRAINT_VIOLATION || code == LDAP_UNWILLING_TO_PERFORM ||
	       code == LDAP_INSUFFICIENT_ACCESS || code == LDAP_NO_SUCH_OBJECT ||
	       code == LDAP_INVALID_DN_SYNTAX;
}

static enum err prove(struct talk *talk, struct str name, struct str password, struct identity *ret_identity)
{
	struct entry entry = {0};

	TRY(connect_as_service(talk));
	TRY(look_up(talk, name, &entry));
	/* Whom nobody knows costs as much as whom somebody does. */
	struct str who = entry.dn.size > 0 ? entry.dn
					   : str_format(talk->arena, "cn=nobody,%.*s",
						     STR_ARG(talk->settings->ldap.base));
	int code = bind_as(talk, who, password);

	if (code != LDAP_SUCCESS && !is_refusal(code))
		return away(talk, code);
	*ret_identity = (struct identity){.issuer = STR(IDENTITY_LDAP),
		.subject = entry.subject,
		.number = entry.number,
		.proved = code == LDAP_SUCCESS && entry.dn.size > 0};
	return ERR_OK;
}

enum err ldap_prove(const struct settings *settings, struct arena *arena, struct str name,
	struct str password, struct identity *ret_identity, struct bh_err *reterr)
{
	struct talk talk = {.settings = settings, .arena = arena, .reterr = reterr};

	if (password.size == 0)
		return err_set(reterr, ERR_INVALID, "password", "there is no sign-in without a password");
	enum err err = prove(&talk, name, password, ret_identity);

	hang_up(&talk);
	return err;
}

enum err ldap_try(const struct settings *settings, struct arena *arena, struct bh_err *reterr)
{
	struct talk talk = {.settings = settings, .arena = arena, .reterr = reterr};
	char *nothing[] = {(char *)(uintptr_t)LDAP_NO_ATTRS, NULL};
	struct timeval wait = {.tv_sec = WAIT_SECONDS};
	LDAPMessage *found = NULL;
	enum err err = connect_as_service(&talk);

	if (err == ERR_OK) {
		int code = ldap_search_ext_s(talk.handle, settings->ldap.base.data, LDAP_SCOPE_BASE,
			"(objectClass=*)", nothing, 0, NULL, NULL, &wait, 1, &found);

		if (code != LDAP_SUCCESS)
			err = away(&talk, code);
		ldap_msgfree(found);
	}
	hang_up(&talk);
	return err;
}
