/* url.c: from the bytes of a target to segments and pairs. */
#include "http/url.h"

#include <string.h>

/* What may stand in a target as it is (RFC 3986, appendix A): unreserved, sub-delims, ":", "@", "/", "?" and
 * percent. A fragment, a backslash, quotes, blanks, controls and bytes above 0x7F may not. */
static bool may_stand(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("-._~!$&'()*+,;=:@/?%", c) != NULL);
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool has_control(struct str text)
{
	for (size_t i = 0; i < text.size; i++)
		if ((unsigned char)text.data[i] < 0x20 || text.data[i] == 0x7F)
			return true;
	return false;
}

/* Percent signs resolved once, and a plus where it stands for a blank. The result is UTF-8 without NUL. */
static enum err decode(struct arena *arena, struct str raw, bool plus_is_blank, const char *place,
	struct str *ret_text, struct bh_err *reterr)
{
	char *text = ARENA_TAKE(arena, raw.size + 1, char);
	size_t size = 0;

	for (size_t i = 0; i < raw.size; i++) {
		if (raw.data[i] == '+' && plus_is_blank) {
			text[size++] = ' ';
			continue;
		}
		if (raw.data[i] != '%') {
			text[size++] = raw.data[i];
			continue;
		}
		int high = i + 1 < raw.size ? hex_digit(raw.data[i + 1]) : -1,
		    low = i + 2 < raw.size ? hex_digit(raw.data[i + 2]) : -1;

		if (high < 0 || low < 0)
			return err_set(reterr, ERR_INVALID, place,
				"a percent sign must be followed by two hex digits; write %%25 for the sign "
				"itself");
		text[size++] = (char)(high * 16 + low);
		i += 2;
	}
	*ret_text = (struct str){text, size};
	if (memchr(text, '\0', size) != NULL)
		return err_set(reterr, ERR_INVALID, place, "a NUL byte has no place in it");
	if (!utf8_is_valid(*ret_text))
		return err_set(reterr, ERR_INVALID, place, "its percent-encoded bytes are no valid UTF-8");
	return ERR_OK;
}

static enum err add_segment(struct arena *arena, struct url *url, struct str raw, struct bh_err *reterr)
{
	struct str text;

	if (url->segment_count == URL_SEGMENTS_MAX)
		return err_set(reterr, ERR_TARGET_TOO_LONG, "target", "a path has at most %d segments",
			URL_SEGMENTS_MAX);
	TRY(decode(arena, raw, false, "target", &text, reterr));
	if (text.size == 0)
		return err_set(reterr, ERR_INVALID, "target",
			"the path has an empty segment: write one slash between two, and none at the end");
	if (str_is(text, ".") || str_is(text, ".."))
		return err_set(
			reterr, ERR_INVALID, "target", "`.` and `..` have no place in a path: write it out");
	if (has_control(text) || memchr(text.data, '/', text.size) != NULL ||
		memchr(text.data, '\\', text.size) != NULL)
		return err_set(reterr, ERR_INVALID, "target",
			"a segment of the path can't hold a slash, a backslash or a control character");
	url->segments[url->segment_count++] = text;
	return ERR_OK;
}

static enum err parse_path(struct arena *arena, struct str path, struct url *url, struct bh_err *reterr)
{
	struct str rest = str_slice(path, 1, path.size), part;

	if (path.size == 0 || path.data[0] != '/')
		return err_set(reterr, ERR_INVALID, "target", "the path must begin with a slash");
	if (path.size == 1)
		return ERR_OK;
	while (str_cut(&rest, '/', &part))
		TRY(add_segment(arena, url, part, reterr));
	return ERR_OK;
}

static enum err add_pair(struct arena *arena, struct url *url, struct str raw, struct bh_err *reterr)
{
	struct str value = raw, name;
	struct url_pair *pair = &url->pairs[url->pair_count];

	(void)str_cut(&value, '=', &name);
	if (name.size == 0 || value.data == NULL)
		return err_set(reterr, ERR_INVALID, "target",
			"the query is written name=value&name=value; a name or an equals sign is missing");
	if (url->pair_count == URL_PAIRS_MAX)
		return err_set(
			reterr, ERR_INVALID, "target", "a query has at most %d parameters", URL_PAIRS_MAX);
	TRY(decode(arena, name, true, "target", &pair->name, reterr));
	if (has_control(pair->name))
		return err_set(
			reterr, ERR_INVALID, "target", "the name of a parameter holds a control character");
	/* The name is a person's to see: as a NUL-terminated copy it can be the place of an error. */
	pair->name = str_copy(arena, pair->name);
	TRY(decode(arena, value, true, pair->name.data, &pair->value, reterr));
	url->pair_count++;
	return ERR_OK;
}

/* "http://host:port/path" is only taken apart here; whether its authority is the Host that was asked, the
 * head's check says. */
static enum err cut_absolute(struct str *target, struct url *url, struct bh_err *reterr)
{
	size_t scheme = str_starts(*target, "http://") ? 7 : str_starts(*target, "https://") ? 8 : 0;
	struct str rest = str_slice(*target, scheme, target->size), authority;

	if (scheme == 0)
		return err_set(reterr, ERR_INVALID, "target",
			"send the path only, beginning with a slash; for http and https the whole address is "
			"taken too");
	(void)str_cut(&rest, '/', &authority);
	if (authority.size == 0 || rest.data == NULL || memchr(authority.data, '@', authority.size) != NULL ||
		memchr(authority.data, '?', authority.size) != NULL)
		return err_set(reterr, ERR_INVALID, "target",
			"a whole address is scheme://host/path, without a user and with a path");
	url->authority = authority;
	*target = str_slice(*target, scheme + authority.size, target->size);
	return ERR_OK;
}

enum err url_parse(struct arena *arena, struct str target, struct url *ret_url, struct bh_err *reterr)
{
	struct url *url = ret_url;
	struct str rest = target, path, part;

	memset(url, 0, sizeof *url);
	if (target.size > URL_SIZE_MAX)
		return err_set(reterr, ERR_TARGET_TOO_LONG, "target",
			"the address has %zu bytes, %zu at most", target.size, URL_SIZE_MAX);
	for (size_t i = 0; i < target.size; i++)
		if (!may_stand(target.data[i]))
			return err_set(reterr, ERR_INVALID, "target",
				"byte %zu (0x%02X) can't stand in an address: percent-encode it", i + 1,
				(unsigned char)target.data[i]);
	if (target.size > 0 && target.data[0] != '/')
		TRY(cut_absolute(&rest, url, reterr));
	if (!str_cut(&rest, '?', &path))
		path = STR_NONE;
	TRY(parse_path(arena, path, url, reterr));
	if (rest.data == NULL || rest.size == 0)
		return ERR_OK;
	while (str_cut(&rest, '&', &part))
		TRY(add_pair(arena, url, part, reterr));
	return ERR_OK;
}
