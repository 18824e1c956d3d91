/* settings.h: outbox.json, with its secrets. Private to outbox/. */
#ifndef OUTBOX_SETTINGS_H
#define OUTBOX_SETTINGS_H

#include "outbox/outbox.h"
#include "wire/wire.h"

enum hook_kind { HOOK_WECOM, HOOK_DINGTALK, HOOK_FEISHU, HOOK_SIGNED, HOOK_KIND_COUNT };
const char *hook_kind_name(enum hook_kind kind);

struct hook {
	struct str name, title;
	enum hook_kind kind;
	struct str url, host, secret; /* the URL of a robot is a secret too */
	bool lines;                   /* says which matters, and not only how many notices */
};

struct settings {
	struct str link;
	struct wire_rules rules;
	bool mail;
	struct wire_mail_server mail_server;
	struct str *domains; /* to which mail may go; none: to any */
	size_t domain_count;
	struct hook *hooks;
	size_t hook_count;
};
/* In `arena`. ERR_NOT_FOUND, which sets nothing: there is no such file, so nothing is sent. ERR_FORBIDDEN:
 * others may read it. ERR_INVALID names the place. */
MUST_CHECK enum err settings_read(
	struct str dir, struct arena *arena, struct settings *ret_settings, struct bh_err *reterr);
const struct hook *settings_hook(const struct settings *settings, struct str name); /* NULL: none */
/* "name@host" as mail takes it, without anything that a header or a command could be made of. */
bool address_is_plain(struct str address);
MUST_CHECK enum err settings_address_may(
	const struct settings *settings, struct str address, struct bh_err *reterr);

#endif
