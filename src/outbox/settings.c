/* settings.c: outbox.json is read: strictly, because what is misspelt would be silently not so. */
#include "outbox/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((size_t)256 * 1024)

static const char *const hook_kinds[] = {"wecom", "dingtalk", "feishu", "signed"};
static_assert(ARRAY_COUNT(hook_kinds) == HOOK_KIND_COUNT, "every kind has a name");

const char *hook_kind_name(enum hook_kind kind)
{
	REQUIRE((size_t)kind < HOOK_KIND_COUNT);
	return hook_kinds[kind];
}

/* ---- the file ---- */

static enum err read_whole(int fd, struct arena *arena, struct str *ret_text, struct bh_err *reterr)
{
	char *text = ARENA_TAKE(arena, FILE_MAX + 1, char);
	size_t size = 0;
	ssize_t got;

	while (size <= FILE_MAX && (got = read(fd, text + size, FILE_MAX + 1 - size)) > 0)
		size += (size_t)got;
	if (size > FILE_MAX)
		return err_set(reterr, ERR_RANGE, OUTBOX_FILE, "it is larger than any such file");
	*ret_text = (struct str){text, size};
	return ERR_OK;
}

static enum err read_file(struct str dir, struct arena *arena, struct str *ret_text, struct bh_err *reterr)
{
	struct str path = str_format(arena, "%.*s/" OUTBOX_FILE, STR_ARG(dir));
	int fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat found;

	if (fd < 0 && errno == ENOENT)
		return ERR_NOT_FOUND;
	if (fd < 0)
		return err_set(reterr, ERR_IO, OUTBOX_FILE, "it can't be read: %s", strerror(errno));
	enum err err = ERR_OK;

	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
		err = err_set(reterr, ERR_INVALID, OUTBOX_FILE, "it is no file");
	else if ((found.st_mode & 077) != 0)
		err = err_set(reterr, ERR_FORBIDDEN, OUTBOX_FILE,
			"it holds secrets and others may read it: chmod 600");
	else
		err = read_whole(fd, arena, ret_text, reterr);
	close(fd);
	return err;
}

/* ---- its tree ---- */

struct reader {
	struct arena *arena;
	struct settings *settings;
	struct bh_err *reterr;
};

static enum err check_keys(const struct reader *reader, const struct doc *object, const char *place,
	const char *const *keys, size_t count)
{
	if (object->kind != DOC_OBJECT)
		return err_set(reader->reterr, ERR_INVALID, place, "an object must stand here");
	for (size_t i = 0; i < object->count; i++) {
		size_t at = 0;

		while (at < count && !str_is(object->keys[i], keys[at]))
			at++;
		if (at == count)
			return err_set(reader->reterr, ERR_INVALID, place, "no such setting: %.*s",
				STR_ARG(object->keys[i]));
	}
	return ERR_OK;
}

static enum err get_text(const struct reader *reader, const struct doc *object, const char *key, bool must,
	struct str *ret_text)
{
	const struct doc *value = doc_get(object, key);

	*ret_text = STR("");
	if (value == NULL && !must)
		return ERR_OK;
	if (value == NULL || value->kind != DOC_TEXT || value->text.size == 0)
		return err_set(reader->reterr, ERR_INVALID, key, "a text must stand here");
	for (size_t i = 0; i < value->text.size; i++)
		if ((unsigned char)value->text.data[i] < ' ')
			return err_set(reader->reterr, ERR_INVALID, key, "it must be one line");
	*ret_text = str_copy(reader->arena, value->text);
	return ERR_OK;
}

static enum err get_texts(const struct reader *reader, const struct doc *object, const char *key,
	struct str **ret_texts, size_t *ret_count)
{
	const struct doc *list = doc_get(object, key);

	*ret_count = list == NULL ? 0 : list->count;
	*ret_texts = ARENA_TAKE(reader->arena, *ret_count + 1, struct str);
	if (list == NULL)
		return ERR_OK;
	if (list->kind != DOC_LIST)
		return err_set(reader->reterr, ERR_INVALID, key, "a list of texts must stand here");
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind != DOC_TEXT || list->items[i].text.size == 0)
			return err_set(reader->reterr, ERR_INVALID, key, "a list of texts must stand here");
		(*ret_texts)[i] = str_copy(reader->arena, list->items[i].text);
	}
	return ERR_OK;
}

/* ---- hosts ---- */

static bool is_host(struct str host)
{
	for (size_t i = 0; i < host.size; i++) {
		char c = host.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.'))
			return false;
	}
	return host.size > 0 && host.size <= 253;
}

static enum err check_host(const struct reader *reader, struct str host, const char *place)
{
	if (!is_host(host))
		return err_set(reader->reterr, ERR_INVALID, place,
			"a host is a name of small letters, or an IPv4 address");
	for (size_t i = 0; i < reader->settings->host_count; i++)
		if (str_equal(reader->settings->hosts[i], host))
			return ERR_OK;
	return err_set(reader->reterr, ERR_FORBIDDEN, place,
		"%.*s isn't among the hosts that may be called: add it to \"hosts\"", STR_ARG(host));
}

/* The host of "https://host[:port]/…": nothing that two readers could read differently. */
static bool url_host(struct str url, struct str *ret_host)
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
	return is_host(*ret_host);
}

static enum err read_inside(const struct reader *reader, const struct doc *tree)
{
	struct settings *settings = reader->settings;
	struct str *texts;

	TRY(get_texts(reader, tree, "inside", &texts, &settings->inside_count));
	if (settings->inside_count > REACH_INSIDE_MAX)
		return err_set(reader->reterr, ERR_RANGE, "inside", "at most %d of them", REACH_INSIDE_MAX);
	for (size_t i = 0; i < settings->inside_count; i++)
		if (!reach_range_parse(texts[i], &settings->inside[i]))
			return err_set(reader->reterr, ERR_INVALID, "inside",
				"%.*s is no address and no range such as 10.1.0.0/16", STR_ARG(texts[i]));
	return ERR_OK;
}

/* ---- mail ---- */

bool address_is_plain(struct str address)
{
	size_t at = str_find(address, STR("@"));

	if (address.size > OUTBOX_ADDRESS_MAX || at == SIZE_MAX || at == 0 || at > 64 ||
		at + 1 == address.size)
		return false;
	for (size_t i = 0; i < address.size; i++) {
		char c = address.data[i];
		bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
			    (c != '\0' && strchr(".-", c) != NULL);

		if (!word && i != at && (i > at || c == '\0' || strchr("!#$%&'*+/=?^_`{|}~", c) == NULL))
			return false;
	}
	return address.data[0] != '-' && address.data[at + 1] != '.' && address.data[at + 1] != '-' &&
	       !str_ends(address, ".");
}

enum err settings_address_may(const struct settings *settings, struct str address, struct bh_err *reterr)
{
	if (!address_is_plain(address))
		return err_set(reterr, ERR_INVALID, "address", "write it as name@host");
	struct str domain = str_slice(address, str_find(address, STR("@")) + 1, address.size);

	for (size_t i = 0; i < settings->domain_count; i++)
		if (domain.size == settings->domains[i].size &&
			strncasecmp(domain.data, settings->domains[i].data, domain.size) == 0)
			return ERR_OK;
	return settings->domain_count == 0 ? ERR_OK
					   : err_set(reterr, ERR_FORBIDDEN, "address",
						     "mail goes to addresses of the institution only: an "
						     "address at %.*s isn't one",
						     STR_ARG(domain));
}

static enum err read_mail(const struct reader *reader, const struct doc *mail)
{
	static const char *const keys[] = {"host", "port", "tls", "user", "password", "from", "domains"};
	struct settings *settings = reader->settings;
	struct str tls;

	if (mail == NULL)
		return ERR_OK;
	settings->mail = true;
	TRY(check_keys(reader, mail, "mail", keys, ARRAY_COUNT(keys)));
	TRY(get_text(reader, mail, "host", true, &settings->mail_host));
	TRY(check_host(reader, settings->mail_host, "mail.host"));
	TRY(get_text(reader, mail, "tls", true, &tls));
	settings->mail_implicit = str_is(tls, "implicit");
	if (!settings->mail_implicit && !str_is(tls, "starttls"))
		return err_set(reader->reterr, ERR_INVALID, "mail.tls",
			"say implicit (port 465) or starttls (port 587): nothing goes in the clear");
	int64_t port = doc_get_int(mail, "port", settings->mail_implicit ? 465 : 587);

	if (port < 1 || port > 65535)
		return err_set(reader->reterr, ERR_RANGE, "mail.port", "ports are 1 to 65535");
	settings->mail_port = (int)port;
	TRY(get_text(reader, mail, "user", false, &settings->mail_user));
	TRY(get_text(reader, mail, "password", settings->mail_user.size > 0, &settings->mail_password));
	TRY(get_text(reader, mail, "from", true, &settings->mail_from));
	if (!address_is_plain(settings->mail_from))
		return err_set(reader->reterr, ERR_INVALID, "mail.from", "write it as name@host");
	return get_texts(reader, mail, "domains", &settings->domains, &settings->domain_count);
}

/* ---- hooks ---- */

static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'))
			return false;
	}
	return text.size > 0 && text.size <= TELLING_WAY_MAX;
}

static enum err read_hook(const struct reader *reader, const struct doc *tree, struct hook *hook)
{
	static const char *const keys[] = {"name", "title", "kind", "url", "secret", "tells"};
	struct str kind, tells;
	size_t at = 0;

	TRY(check_keys(reader, tree, "hooks", keys, ARRAY_COUNT(keys)));
	TRY(get_text(reader, tree, "name", true, &hook->name));
	if (!is_word(hook->name) || str_is(hook->name, TELLING_WAY_MAIL))
		return err_set(reader->reterr, ERR_INVALID, "hooks.name",
			"a hook's name is small letters, digits and -_. and isn't mail");
	if (settings_hook(reader->settings, hook->name) != NULL)
		return err_set(reader->reterr, ERR_INVALID, "hooks.name", "%.*s stands there twice",
			STR_ARG(hook->name));
	TRY(get_text(reader, tree, "title", false, &hook->title));
	TRY(get_text(reader, tree, "kind", true, &kind));
	while (at < HOOK_KIND_COUNT && !str_is(kind, hook_kinds[at]))
		at++;
	if (at == HOOK_KIND_COUNT)
		return err_set(
			reader->reterr, ERR_INVALID, "hooks.kind", "say wecom, dingtalk, feishu or signed");
	hook->kind = (enum hook_kind)at;
	TRY(get_text(reader, tree, "url", true, &hook->url));
	/* What is wrong with it is said without it: it may hold the secret. */
	if (!url_host(hook->url, &hook->host))
		return err_set(reader->reterr, ERR_INVALID, "hooks.url",
			"the URL of %.*s must be https://host/…, without a user and without anything odd",
			STR_ARG(hook->name));
	TRY(check_host(reader, hook->host, "hooks.url"));
	TRY(get_text(reader, tree, "secret", hook->kind == HOOK_SIGNED, &hook->secret));
	TRY(get_text(reader, tree, "tells", false, &tells));
	hook->lines = str_is(tells, "lines");
	if (tells.size > 0 && !hook->lines && !str_is(tells, "counts"))
		return err_set(reader->reterr, ERR_INVALID, "hooks.tells",
			"say counts, or lines where nobody else reads what is sent");
	return ERR_OK;
}

static enum err read_hooks(const struct reader *reader, const struct doc *list)
{
	struct settings *settings = reader->settings;

	if (list == NULL)
		return ERR_OK;
	if (list->kind != DOC_LIST || list->count > OUTBOX_HOOKS_MAX)
		return err_set(reader->reterr, ERR_INVALID, "hooks",
			"a list of at most %d hooks must stand here", OUTBOX_HOOKS_MAX);
	settings->hooks = ARENA_TAKE(reader->arena, list->count + 1, struct hook);
	for (size_t i = 0; i < list->count; i++) {
		TRY(read_hook(reader, &list->items[i], &settings->hooks[i]));
		settings->hook_count++;
	}
	return ERR_OK;
}

const struct hook *settings_hook(const struct settings *settings, struct str name)
{
	for (size_t i = 0; i < settings->hook_count; i++)
		if (str_equal(settings->hooks[i].name, name))
			return &settings->hooks[i];
	return NULL;
}

static enum err read_tree(const struct reader *reader, const struct doc *tree)
{
	static const char *const keys[] = {"link", "hosts", "inside", "ca", "mail", "hooks"};
	struct settings *settings = reader->settings;

	TRY(check_keys(reader, tree, OUTBOX_FILE, keys, ARRAY_COUNT(keys)));
	TRY(get_text(reader, tree, "link", true, &settings->link));
	if (!str_starts(settings->link, "https://") && !str_starts(settings->link, "http://"))
		return err_set(
			reader->reterr, ERR_INVALID, "link", "it is where people find the pages: https://…");
	while (str_ends(settings->link, "/"))
		settings->link.size--;
	TRY(get_texts(reader, tree, "hosts", &settings->hosts, &settings->host_count));
	TRY(read_inside(reader, tree));
	TRY(get_text(reader, tree, "ca", false, &settings->ca));
	TRY(read_mail(reader, doc_get(tree, "mail")));
	return read_hooks(reader, doc_get(tree, "hooks"));
}

enum err settings_read(
	struct str dir, struct arena *arena, struct settings *ret_settings, struct bh_err *reterr)
{
	const struct reader reader = {arena, ret_settings, reterr};
	struct doc *tree;
	struct str text;

	*ret_settings = (struct settings){0};
	TRY(read_file(dir, arena, &text, reterr));
	TRY(doc_read(arena, text, &tree, reterr));
	return read_tree(&reader, tree);
}

/* ---- what may be shown of it ---- */

struct outbox_setup outbox_setup_read(struct str dir, struct arena *arena)
{
	struct outbox_setup setup = {.fault = STR(""), .fault_zh = STR(""), .link = STR("")};
	struct settings settings = {0};
	struct bh_err why = {0};
	enum err err = settings_read(dir, arena, &settings, &why);

	setup.there = err != ERR_NOT_FOUND;
	if (err == ERR_NOT_FOUND)
		return setup;
	if (err != ERR_OK) {
		setup.fault = str_format(arena, "%s: %s", why.place, why.text);
		setup.fault_zh = str_format(arena, "%s: %s", why.place, why.text_zh);
		return setup;
	}
	setup.link = settings.link;
	setup.mail = settings.mail;
	setup.mail_host = settings.mail_host;
	setup.mail_from = settings.mail_from;
	setup.mail_tls = settings.mail_implicit ? STR("implicit") : STR("starttls");
	setup.mail_port = settings.mail_port;
	setup.hook_count = settings.hook_count;
	setup.hooks = ARENA_TAKE(arena, settings.hook_count + 1, struct outbox_hook);
	for (size_t i = 0; i < settings.hook_count; i++)
		setup.hooks[i] = (struct outbox_hook){.name = settings.hooks[i].name,
			.title = settings.hooks[i].title,
			.kind = str_from(hook_kind_name(settings.hooks[i].kind)),
			.host = settings.hooks[i].host};
	return setup;
}

static enum err read_set_up(
	struct str dir, struct arena *arena, struct settings *settings, struct bh_err *reterr)
{
	enum err err = settings_read(dir, arena, settings, reterr);

	/* What is wrong with the file is the administrator's to hear, not everybody's. */
	return err == ERR_OK ? ERR_OK
			     : err_set(reterr, ERR_CONFLICT, "way",
				       "nothing is sent from here: sending isn't set up, or not rightly");
}

enum err outbox_address_may(struct str dir, struct str address, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct settings settings = {0};
	enum err err = read_set_up(dir, arena, &settings, reterr);

	if (err == ERR_OK && !settings.mail)
		err = err_set(reterr, ERR_CONFLICT, "way", "no mail is sent from here");
	if (err == ERR_OK)
		err = settings_address_may(&settings, address, reterr);
	arena_free(arena);
	return err;
}

enum err outbox_way_may(struct str dir, struct str way, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct settings settings = {0};
	enum err err = read_set_up(dir, arena, &settings, reterr);

	if (err == ERR_OK && str_is(way, TELLING_WAY_MAIL) && !settings.mail)
		err = err_set(reterr, ERR_CONFLICT, "way", "no mail is sent from here");
	else if (err == ERR_OK && !str_is(way, TELLING_WAY_MAIL) && settings_hook(&settings, way) == NULL)
		err = err_set(reterr, ERR_INVALID, "way", "there is no such way: say mail, or a hook's name");
	arena_free(arena);
	return err;
}
