/* settings.c: outbox.json is read: strictly, because what is misspelt would be silently not so. */
#include "outbox/settings.h"
#include "wire/settings_file.h"

#include <string.h>

static const char *const hook_kinds[] = {"wecom", "dingtalk", "feishu", "signed"};
static_assert(ARRAY_COUNT(hook_kinds) == HOOK_KIND_COUNT, "every kind has a name");

const char *hook_kind_name(enum hook_kind kind)
{
	REQUIRE((size_t)kind < HOOK_KIND_COUNT);
	return hook_kinds[kind];
}

struct reader {
	const struct settings_file *file;
	struct settings *settings;
};

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
	TRY(settings_file_keys(reader->file, mail, "mail", keys, ARRAY_COUNT(keys)));
	TRY(settings_file_text(reader->file, mail, "host", true, &settings->mail_server.host));
	TRY(settings_file_host(reader->file, settings->mail_server.host, "mail.host"));
	TRY(settings_file_text(reader->file, mail, "tls", true, &tls));
	settings->mail_server.implicit = str_is(tls, "implicit");
	if (!settings->mail_server.implicit && !str_is(tls, "starttls"))
		return err_set(reader->file->reterr, ERR_INVALID, "mail.tls",
			"say implicit (port 465) or starttls (port 587): nothing goes in the clear");
	TRY(settings_file_port(reader->file, mail, "mail.port", settings->mail_server.implicit ? 465 : 587,
		&settings->mail_server.port));
	TRY(settings_file_text(reader->file, mail, "user", false, &settings->mail_server.user));
	TRY(settings_file_text(reader->file, mail, "password", settings->mail_server.user.size > 0,
		&settings->mail_server.password));
	TRY(settings_file_text(reader->file, mail, "from", true, &settings->mail_server.from));
	if (!address_is_plain(settings->mail_server.from))
		return err_set(reader->file->reterr, ERR_INVALID, "mail.from", "write it as name@host");
	return settings_file_texts(
		reader->file, mail, "domains", &settings->domains, &settings->domain_count);
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

	TRY(settings_file_keys(reader->file, tree, "hooks", keys, ARRAY_COUNT(keys)));
	TRY(settings_file_text(reader->file, tree, "name", true, &hook->name));
	if (!is_word(hook->name) || str_is(hook->name, TELLING_WAY_MAIL))
		return err_set(reader->file->reterr, ERR_INVALID, "hooks.name",
			"a hook's name is small letters, digits and -_. and isn't mail");
	if (settings_hook(reader->settings, hook->name) != NULL)
		return err_set(reader->file->reterr, ERR_INVALID, "hooks.name", "%.*s stands there twice",
			STR_ARG(hook->name));
	TRY(settings_file_text(reader->file, tree, "title", false, &hook->title));
	TRY(settings_file_text(reader->file, tree, "kind", true, &kind));
	while (at < HOOK_KIND_COUNT && !str_is(kind, hook_kinds[at]))
		at++;
	if (at == HOOK_KIND_COUNT)
		return err_set(reader->file->reterr, ERR_INVALID, "hooks.kind",
			"say wecom, dingtalk, feishu or signed");
	hook->kind = (enum hook_kind)at;
	TRY(settings_file_text(reader->file, tree, "url", true, &hook->url));
	/* What is wrong with it is said without it: it may hold the secret. */
	if (!wire_url_host(hook->url, &hook->host))
		return err_set(reader->file->reterr, ERR_INVALID, "hooks.url",
			"the URL of %.*s must be https://host/…, without a user and without anything odd",
			STR_ARG(hook->name));
	TRY(settings_file_host(reader->file, hook->host, "hooks.url"));
	TRY(settings_file_text(reader->file, tree, "secret", hook->kind == HOOK_SIGNED, &hook->secret));
	TRY(settings_file_text(reader->file, tree, "tells", false, &tells));
	hook->lines = str_is(tells, "lines");
	if (tells.size > 0 && !hook->lines && !str_is(tells, "counts"))
		return err_set(reader->file->reterr, ERR_INVALID, "hooks.tells",
			"say counts, or lines where nobody else reads what is sent");
	return ERR_OK;
}

static enum err read_hooks(const struct reader *reader, const struct doc *list)
{
	struct settings *settings = reader->settings;

	if (list == NULL)
		return ERR_OK;
	if (list->kind != DOC_LIST || list->count > OUTBOX_HOOKS_MAX)
		return err_set(reader->file->reterr, ERR_INVALID, "hooks",
			"a list of at most %d hooks must stand here", OUTBOX_HOOKS_MAX);
	settings->hooks = ARENA_TAKE(reader->file->arena, list->count + 1, struct hook);
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

	TRY(settings_file_keys(reader->file, tree, OUTBOX_FILE, keys, ARRAY_COUNT(keys)));
	TRY(settings_file_link(reader->file, tree, &settings->link));
	TRY(read_mail(reader, doc_get(tree, "mail")));
	return read_hooks(reader, doc_get(tree, "hooks"));
}

enum err settings_read(
	struct str dir, struct arena *arena, struct settings *ret_settings, struct bh_err *reterr)
{
	struct settings_file file;
	const struct reader reader = {&file, ret_settings};

	*ret_settings = (struct settings){0};
	TRY(settings_file_read(dir, OUTBOX_FILE, arena, &file, reterr));
	ret_settings->rules = file.rules;
	return read_tree(&reader, file.tree);
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
	setup.mail_host = settings.mail_server.host;
	setup.mail_from = settings.mail_server.from;
	setup.mail_tls = settings.mail_server.implicit ? STR("implicit") : STR("starttls");
	setup.mail_port = settings.mail_server.port;
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
