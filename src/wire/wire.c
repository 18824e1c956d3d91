/* wire.c: libcurl's home. */
#include "wire/wire.h"

#include "base/words.h"

#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONNECT_MS 5000L
#define CALL_MS    5000L
#define MAIL_MS    20000L /* some servers make those wait whom they don't know */
#define ANSWER_MAX 65536

struct wire {
	const struct wire_rules *rules;
	CURL *mail;
};

/* One call on its way. */
struct passing {
	const struct wire_rules *rules;
	struct str message;
	size_t given; /* of it */
	bool whole;   /* its end was given too: from here on it may have been taken */
	bool opened;  /* an address that may be called was tried */
	bool barred;  /* and one that may not */
	char answer[ANSWER_MAX];
	size_t answer_size;
	char last_line[256]; /* of a mail server */
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void begin_curl(void)
{
	REQUIRE(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
}

/* ---- hosts ---- */

bool wire_is_host(struct str host)
{
	for (size_t i = 0; i < host.size; i++) {
		char c = host.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return host.size > 0 && host.size <= 253;
}

bool wire_url_host(struct str url, struct str *ret_host)
{
	const char scheme[] = "https://";
	size_t end;

	if (!str_starts(url, scheme))
		return false;
	for (size_t i = 0; i < url.size; i++)
		if ((unsigned char)url.data[i] <= ' ' || (unsigned char)url.data[i] >= 0x7f ||
			strchr("\\@#\"<>", url.data[i]) != NULL)
			return false;
	struct str rest = str_slice(url, sizeof scheme - 1, url.size);

	for (end = 0; end < rest.size && strchr(":/?", rest.data[end]) == NULL;)
		end++;
	*ret_host = str_slice(rest, 0, end);
	if (end < rest.size && rest.data[end] == ':')
		for (end++; end < rest.size && strchr("/?", rest.data[end]) == NULL; end++)
			if (rest.data[end] < '0' || rest.data[end] > '9')
				return false;
	return wire_is_host(*ret_host);
}

/* ---- what curl asks of us ---- */

/* Behind the name's resolution: this is the address that will be called, and no other. */
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct passing *passing = context;
	const struct wire_rules *rules = passing->rules;

	if (purpose != CURLSOCKTYPE_IPCXN || !reach_may(&address->addr, rules->inside, rules->inside_count)) {
		passing->barred = true;
		return CURL_SOCKET_BAD;
	}
	passing->opened = true;
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

static size_t give(char *to, size_t size, size_t count, void *context)
{
	struct passing *passing = context;
	size_t left = passing->message.size - passing->given, room = size * count;

	if (left > room)
		left = room;
	memcpy(to, passing->message.data + passing->given, left);
	passing->given += left;
	passing->whole = passing->whole || left == 0;
	return left;
}

static size_t take_answer(char *from, size_t size, size_t count, void *context)
{
	struct passing *passing = context;
	size_t got = size * count, room = ANSWER_MAX - passing->answer_size;

	if (got > room)
		return 0; /* nobody answers so much */
	memcpy(passing->answer + passing->answer_size, from, got);
	passing->answer_size += got;
	return got;
}

/* What a mail server says comes as headers do. */
static size_t take_line(char *from, size_t size, size_t count, void *context)
{
	struct passing *passing = context;
	size_t got = size * count,
	       kept = got < sizeof passing->last_line ? got : sizeof passing->last_line - 1;

	if (got == 0 || (from[0] != '4' && from[0] != '5'))
		return got; /* what it says when all is well explains nothing */
	while (kept > 0 && strchr("\r\n", from[kept - 1]) != NULL)
		kept--;
	memcpy(passing->last_line, from, kept);
	passing->last_line[kept] = '\0';
	return got;
}

/* ---- what holds for every call ---- */

#define SET(handle, option, value) REQUIRE(curl_easy_setopt((handle), (option), (value)) == CURLE_OK)

static void prepare(CURL *handle, struct passing *passing, const char *protocols)
{
	SET(handle, CURLOPT_PROTOCOLS_STR, protocols);
	SET(handle, CURLOPT_FOLLOWLOCATION, 0L);
	SET(handle, CURLOPT_PROXY, "");
	SET(handle, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(handle, CURLOPT_NOSIGNAL, 1L);
	SET(handle, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_MS);
	SET(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	SET(handle, CURLOPT_SSL_VERIFYPEER, 1L);
	SET(handle, CURLOPT_SSL_VERIFYHOST, 2L);
	SET(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
	SET(handle, CURLOPT_OPENSOCKETDATA, passing);
	if (passing->rules->ca.size > 0)
		SET(handle, CURLOPT_CAINFO, passing->rules->ca.data);
}

/* Why a call fails, in words of our own: libcurl has English ones alone. */
static const struct {
	CURLcode code;
	const char *text;
} reasons[] = {
	{CURLE_COULDNT_RESOLVE_HOST, "the host's name can't be resolved"},
	{CURLE_COULDNT_CONNECT, "nobody takes the connection at that host and port"},
	{CURLE_OPERATION_TIMEDOUT, "no answer came in time"},
	{CURLE_SSL_CONNECT_ERROR, "no secure connection (TLS) came about"},
	{CURLE_PEER_FAILED_VERIFICATION, "the host's certificate isn't to be trusted"},
	{CURLE_SSL_CACERT_BADFILE, "the file of certificates can't be read, or has none in it"},
	{CURLE_USE_SSL_FAILED, "the server offers no secure connection (TLS)"},
	{CURLE_LOGIN_DENIED, "the server refuses the name and password"},
	{CURLE_WEIRD_SERVER_REPLY, "the server answers as none of its kind does"},
	{CURLE_GOT_NOTHING, "the connection was closed without an answer"},
	{CURLE_SEND_ERROR, "the connection broke off"},
	{CURLE_RECV_ERROR, "the connection broke off"},
	{CURLE_WRITE_ERROR, "the answer is longer than is taken"},
};

static const char *reason_of(CURLcode code)
{
	for (size_t i = 0; i < ARRAY_COUNT(reasons); i++)
		if (reasons[i].code == code)
			return reasons[i].text;
	return "the call failed";
}

/* What the library says stands behind it in English, for the log. */
static enum err say_reason(CURLcode code, struct bh_err *reterr)
{
	const char *reason = reason_of(code);
	char both[512], raw[512], said[256];

	snprintf(said, sizeof said, " (%s)", curl_easy_strerror(code));
	return err_set(reterr, ERR_IO, "host", "%s%s",
		words_both(both, sizeof both, str_from(words_zh(reason)), str_from(reason)),
		words_both(raw, sizeof raw, STR_NONE, str_from(said)));
}

/* Why it didn't come to an answer. */
static void explain(CURLcode code, const struct passing *passing, struct bh_err *reterr)
{
	if (passing->barred && !passing->opened)
		reterr->code = err_set(reterr, ERR_FORBIDDEN, "host",
			"the host's name points to an inner address that isn't listed under \"inside\"");
	else
		reterr->code = say_reason(code, reterr);
}

struct wire *wire_new(const struct wire_rules *rules)
{
	struct wire *wire = calloc(1, sizeof *wire);

	REQUIRE(wire != NULL && pthread_once(&once, begin_curl) == 0);
	wire->rules = rules;
	return wire;
}

void wire_free(struct wire *wire)
{
	if (wire == NULL)
		return;
	if (wire->mail != NULL)
		curl_easy_cleanup(wire->mail);
	free(wire);
}

/* ---- mail ---- */

static void set_server(CURL *handle, const struct wire_mail_server *server, struct arena *arena)
{
	struct str from = server->from, host = str_slice(from, str_find(from, STR("@")) + 1, from.size);

	/* Behind the slash stands the name by which we greet: not this machine's own. */
	SET(handle, CURLOPT_URL,
		str_format(arena, "%s://%.*s:%d/%.*s", server->implicit ? "smtps" : "smtp",
			STR_ARG(server->host), server->port, STR_ARG(host))
			.data);
	SET(handle, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	SET(handle, CURLOPT_TIMEOUT_MS, MAIL_MS);
	if (server->user.size > 0) {
		SET(handle, CURLOPT_USERNAME, server->user.data);
		SET(handle, CURLOPT_PASSWORD, server->password.data);
	}
	SET(handle, CURLOPT_MAIL_FROM, str_format(arena, "<%.*s>", STR_ARG(from)).data);
	SET(handle, CURLOPT_UPLOAD, 1L);
}

static enum wire_end judge_mail(
	CURLcode code, long reply, const struct passing *passing, struct bh_err *reterr)
{
	bool answered = reply >= 400 && reply < 600;

	if (code == CURLE_OK)
		return WIRE_DONE;
	if (answered)
		reterr->code =
			err_set(reterr, ERR_IO, "mail", "the mail server said: %s", passing->last_line);
	else
		explain(code, passing, reterr);
	/* Whom it won't have at all, it may have once the settings are right. */
	if (code == CURLE_LOGIN_DENIED || code == CURLE_USE_SSL_FAILED || code == CURLE_WEIRD_SERVER_REPLY ||
		reply == 421 || reply == 530)
		return WIRE_AWAY;
	if (answered)
		return reply >= 500 ? WIRE_REFUSED : WIRE_LATER;
	return passing->whole ? WIRE_UNCLEAR : WIRE_AWAY;
}

enum wire_end wire_mail(struct wire *wire, const struct wire_mail_server *server, struct str to,
	struct str message, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct passing *passing = ARENA_TAKE(arena, 1, struct passing);
	struct curl_slist *whom = curl_slist_append(NULL, str_format(arena, "<%.*s>", STR_ARG(to)).data);
	long reply = 0;

	if (wire->mail == NULL)
		wire->mail = curl_easy_init();
	REQUIRE(wire->mail != NULL && whom != NULL);
	*passing = (struct passing){.rules = wire->rules, .message = message};
	curl_easy_reset(wire->mail); /* what it asked for, not its connection */
	prepare(wire->mail, passing, "smtp,smtps");
	set_server(wire->mail, server, arena);
	SET(wire->mail, CURLOPT_MAIL_RCPT, whom);
	SET(wire->mail, CURLOPT_READFUNCTION, give);
	SET(wire->mail, CURLOPT_READDATA, passing);
	SET(wire->mail, CURLOPT_HEADERFUNCTION, take_line);
	SET(wire->mail, CURLOPT_HEADERDATA, passing);
	CURLcode code = curl_easy_perform(wire->mail);

	curl_easy_getinfo(wire->mail, CURLINFO_RESPONSE_CODE, &reply);
	enum wire_end end = judge_mail(code, reply, passing, reterr);

	if (end != WIRE_DONE) { /* a new connection for the next one */
		curl_easy_cleanup(wire->mail);
		wire->mail = NULL;
	}
	curl_slist_free_all(whom);
	arena_free(arena);
	return end;
}

/* ---- calls ---- */

static struct curl_slist *headers_of(struct arena *arena, const struct wire_call *call)
{
	struct curl_slist *headers = curl_slist_append(NULL, "Expect:");

	for (size_t i = 0; headers != NULL && i < call->header_count; i++)
		headers = curl_slist_append(headers, str_copy(arena, call->headers[i]).data);
	REQUIRE(headers != NULL);
	return headers;
}

enum wire_end wire_call(struct wire *wire, struct arena *arena, const struct wire_call *call,
	long *ret_status, struct str *ret_body, struct bh_err *reterr)
{
	struct passing *passing = ARENA_TAKE(arena, 1, struct passing);
	struct curl_slist *headers = headers_of(arena, call);
	CURL *handle = curl_easy_init();
	long asked = 0;

	REQUIRE(handle != NULL);
	*passing = (struct passing){.rules = wire->rules};
	prepare(handle, passing, "https");
	SET(handle, CURLOPT_URL, str_copy(arena, call->url).data);
	SET(handle, CURLOPT_TIMEOUT_MS, CALL_MS);
	if (call->post) {
		SET(handle, CURLOPT_POSTFIELDSIZE, (long)call->body.size);
		SET(handle, CURLOPT_POSTFIELDS, call->body.data);
	}
	SET(handle, CURLOPT_HTTPHEADER, headers);
	SET(handle, CURLOPT_WRITEFUNCTION, take_answer);
	SET(handle, CURLOPT_WRITEDATA, passing);
	CURLcode code = curl_easy_perform(handle);

	curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, ret_status);
	curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &asked);
	curl_easy_cleanup(handle);
	curl_slist_free_all(headers);
	*ret_body = str_copy(arena, (struct str){passing->answer, passing->answer_size});
	if (code == CURLE_OK)
		return WIRE_DONE;
	explain(code, passing, reterr);
	return asked > 0 ? WIRE_UNCLEAR : WIRE_AWAY;
}
