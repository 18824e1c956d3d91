/* head.c: the checks of a head, one question each. */
#include "http/head.h"

#include <string.h>
#include <strings.h>

static bool is_named(const struct head_field *field, const char *name)
{
	return field->name.size == strlen(name) && strncasecmp(field->name.data, name, field->name.size) == 0;
}

static size_t count_of(const struct head *head, const char *name)
{
	size_t count = 0;

	for (size_t i = 0; i < head->field_count; i++)
		count += is_named(&head->fields[i], name);
	return count;
}

/* Optional white space of RFC 9110 is blanks and tabs, nothing else. */
static struct str trim_blanks(struct str text)
{
	while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
		text = str_slice(text, 1, text.size);
	while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t'))
		text.size--;
	return text;
}

struct str head_get(const struct head *head, const char *name)
{
	for (size_t i = 0; i < head->field_count; i++)
		if (is_named(&head->fields[i], name))
			return trim_blanks(head->fields[i].value);
	return STR_NONE;
}

static bool is_token(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL)))
			return false;
	}
	return text.size > 0;
}

static enum err check_size(const struct head *head, struct bh_err *reterr)
{
	if (head->target.size > URL_SIZE_MAX)
		return err_set(reterr, ERR_TARGET_TOO_LONG, "target",
			"the address has %zu bytes, %zu at most", head->target.size, URL_SIZE_MAX);
	if (head->overflows)
		return err_set(
			reterr, ERR_HEAD_TOO_LARGE, "head", "more than %d header fields", HEAD_FIELDS_MAX);
	if (head->size > HEAD_SIZE_MAX)
		return err_set(reterr, ERR_HEAD_TOO_LARGE, "head", "the head has %zu bytes, %zu at most",
			head->size, HEAD_SIZE_MAX);
	return ERR_OK;
}

static enum err check_line(const struct head *head, struct bh_err *reterr)
{
	if (!is_token(head->method) || head->method.size > 20)
		return err_set(reterr, ERR_INVALID, "method",
			"it is a word of letters: GET, POST, PUT, PATCH or DELETE");
	if (str_is(head->target, "*") || str_is(head->method, "CONNECT"))
		return err_set(reterr, ERR_INVALID, "target",
			"this is no proxy, and nothing is asked of the server as a whole: send a path");
	return ERR_OK;
}

static enum err check_fields(struct arena *arena, const struct head *head, struct bh_err *reterr)
{
	for (size_t i = 0; i < head->field_count; i++) {
		const struct head_field *field = &head->fields[i];

		if (!is_token(field->name))
			return err_set(reterr, ERR_INVALID, "head",
				"the name of header field %zu holds a blank or another character that can't "
				"stand there",
				i + 1);
		for (size_t j = 0; j < field->value.size; j++) {
			unsigned char c = (unsigned char)field->value.data[j];

			if ((c < 0x20 && c != '\t') || c == 0x7F)
				return err_set(reterr, ERR_INVALID, str_copy(arena, field->name).data,
					"its value holds a control character");
		}
	}
	/* Looked at last, for an error above says more. */
	if (!head->exact)
		return err_set(reterr, ERR_INVALID, "head",
			"lines end with CR LF, parts of the first line are parted by one blank, a field "
			"isn't "
			"folded over lines, and no NUL byte stands anywhere");
	return ERR_OK;
}

/* Of these a second one makes it doubtful which is meant. */
static enum err check_singles(const struct head *head, struct bh_err *reterr)
{
	static const char *const singles[] = {"Host", "Content-Length", "Content-Type", "Transfer-Encoding",
		"Content-Encoding", "Authorization", "Cookie", "Expect", "If-Match", "If-None-Match",
		"Idempotency-Key", "Last-Event-ID", "Origin", "Sec-Fetch-Site"};

	for (size_t i = 0; i < ARRAY_COUNT(singles); i++)
		if (count_of(head, singles[i]) > 1)
			return err_set(reterr, ERR_INVALID, singles[i], "it stands there more than once");
	return ERR_OK;
}

/* host, host:port or [ipv6]:port */
static bool is_host(struct str host)
{
	struct str name = host;
	size_t digits = 0;

	while (digits < host.size && host.data[host.size - 1 - digits] >= '0' &&
		host.data[host.size - 1 - digits] <= '9')
		digits++;
	if (digits > 0 && digits <= 5 && digits < host.size && host.data[host.size - 1 - digits] == ':')
		name.size = host.size - digits - 1;
	bool brackets = name.size > 2 && name.data[0] == '[' && name.data[name.size - 1] == ']';

	if (brackets)
		name = str_slice(name, 1, name.size - 2);
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			     c == '.' || c == '-';

		if (!plain && !(brackets && c == ':'))
			return false;
	}
	return name.size > 0 && name.size <= 255;
}

static enum err check_host(const struct head *head, struct bh_err *reterr)
{
	struct str host = head_get(head, "Host");
	struct str authority = head->url.authority;

	if (host.data == NULL)
		return str_is(head->version, "HTTP/1.0")
			       ? ERR_OK
			       : err_set(reterr, ERR_INVALID, "Host", "HTTP/1.1 asks for this field");
	if (!is_host(host))
		return err_set(
			reterr, ERR_INVALID, "Host", "it is a name or an address, and a port if need be");
	if (authority.size > 0 &&
		(authority.size != host.size || strncasecmp(authority.data, host.data, host.size) != 0))
		return err_set(reterr, ERR_INVALID, "Host", "it names another host than the address does");
	return ERR_OK;
}

/* Where the body ends must be beyond doubt for everybody on the way (RFC 9112 section 6.3): only by its
 * length. */
static enum err check_body(struct head *head, struct bh_err *reterr)
{
	struct str length = head_get(head, "Content-Length"), expect = head_get(head, "Expect");

	if (head_get(head, "Transfer-Encoding").data != NULL)
		return length.data != NULL
			       ? err_set(reterr, ERR_INVALID, "Transfer-Encoding",
					 "it can't stand beside Content-Length")
			       : err_set(reterr, ERR_LENGTH, "Transfer-Encoding",
					 "send Content-Length instead: a body without a length isn't taken");
	if (expect.data != NULL &&
		(expect.size != 12 || strncasecmp(expect.data, "100-continue", expect.size) != 0))
		return err_set(reterr, ERR_INVALID, "Expect", "only 100-continue is understood");
	if (length.data == NULL)
		return ERR_OK;
	if (length.size == 0 || length.size > 15)
		return err_set(reterr, length.size == 0 ? ERR_INVALID : ERR_TOO_LARGE, "Content-Length",
			"it is a number of bytes");
	for (size_t i = 0; i < length.size; i++) {
		if (length.data[i] < '0' || length.data[i] > '9')
			return err_set(reterr, ERR_INVALID, "Content-Length", "it is a number of bytes");
		head->length = head->length * 10 + (uint64_t)(length.data[i] - '0');
	}
	head->has_length = true;
	return ERR_OK;
}

enum err head_check(struct arena *arena, struct head *head, struct bh_err *reterr)
{
	TRY(check_size(head, reterr));
	TRY(check_line(head, reterr));
	TRY(check_fields(arena, head, reterr));
	TRY(url_parse(arena, head->target, &head->url, reterr));
	TRY(check_singles(head, reterr));
	TRY(check_host(head, reterr));
	return check_body(head, reterr);
}

bool media_is_json(struct str media)
{
	struct str rest = media, part;

	if (!str_cut(&rest, ';', &part))
		return false;
	part = trim_blanks(part);
	if (part.size != 16 || strncasecmp(part.data, "application/json", part.size) != 0)
		return false;
	rest = trim_blanks(rest);
	return rest.size == 0 || (rest.size == 13 && strncasecmp(rest.data, "charset=utf-8", 13) == 0) ||
	       (rest.size == 15 && strncasecmp(rest.data, "charset=\"utf-8\"", 15) == 0);
}
