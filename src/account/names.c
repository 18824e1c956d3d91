/* names.c: the words for kinds of administrators, states and reasons, and rows as the payloads of their
 * events. */
#include "account/account.h"

#define NAMES(function, type, count, ...)                                                                    \
	const char *function(type kind)                                                                      \
	{                                                                                                    \
		static const char *const names[] = {__VA_ARGS__};                                            \
		static_assert(ARRAY_COUNT(names) == (count), "every kind has a name");                       \
		REQUIRE((size_t)kind < ARRAY_COUNT(names));                                                  \
		return names[kind];                                                                          \
	}

NAMES(admin_name, enum admin, ADMIN_COUNT, "", "system", "security", "audit")
NAMES(account_state_name, enum account_state, ACCOUNT_STATE_COUNT, "waiting", "active", "disabled")
NAMES(password_fault_name, enum password_fault, PASSWORD_FAULT_COUNT, "good", "not_text", "short", "long",
	"unvaried", "kinds", "named", "common", "past")
NAMES(sign_in_reason_name, enum sign_in_reason, SIGN_IN_REASON_COUNT, "passed", "unknown", "locked",
	"waiting", "disabled", "password", "code", "replay", "expired", "elsewhere")

bool admin_parse(struct str text, enum admin *ret_admin)
{
	for (size_t i = 0; i < ADMIN_COUNT; i++)
		if (str_is(text, admin_name((enum admin)i))) {
			*ret_admin = (enum admin)i;
			return true;
		}
	return false;
}

bool account_state_parse(struct str text, enum account_state *ret_state)
{
	for (size_t i = 0; i < ACCOUNT_STATE_COUNT; i++)
		if (str_is(text, account_state_name((enum account_state)i))) {
			*ret_state = (enum account_state)i;
			return true;
		}
	return false;
}

/* ---- payloads ---- */

static void put_text(struct arena *arena, struct doc *doc, const char *key, struct str text)
{
	if (text.size > 0)
		doc_set(arena, doc, key, doc_text(arena, text));
}

static void put_int(struct arena *arena, struct doc *doc, const char *key, int64_t number)
{
	if (number != 0)
		doc_set(arena, doc, key, doc_int(arena, number));
}

static struct day get_day(const struct doc *doc, const char *key)
{
	struct day day;

	return day_parse(doc_get_text(doc, key), &day, NULL) == ERR_OK ? day : DAY_NONE;
}

struct doc *account_to_doc(struct arena *arena, const struct account *account)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", account->id);
	put_text(arena, doc, "code", account->code);
	put_text(arena, doc, "pseudonym", account->pseudonym);
	put_int(arena, doc, "person", account->person);
	put_int(arena, doc, "keeper", account->keeper);
	put_text(arena, doc, "admin", str_from(admin_name(account->admin)));
	put_text(arena, doc, "state", str_from(account_state_name(account->state)));
	put_text(arena, doc, "issuer", account->issuer);
	put_text(arena, doc, "subject", account->subject);
	if (account->break_glass)
		doc_set(arena, doc, "break_glass", doc_bool(arena, true));
	return doc;
}

struct account account_from_doc(const struct doc *doc)
{
	struct account account = {
		.id = doc_get_int(doc, "id", 0),
		.code = doc_get_text(doc, "code"),
		.pseudonym = doc_get_text(doc, "pseudonym"),
		.person = doc_get_int(doc, "person", 0),
		.keeper = doc_get_int(doc, "keeper", 0),
		.state = ACCOUNT_DISABLED,
		.issuer = doc_get_text(doc, "issuer"),
		.subject = doc_get_text(doc, "subject"),
		.break_glass = doc_get_bool(doc, "break_glass"),
	};

	/* A word of a newer program opens nothing. */
	if (!admin_parse(doc_get_text(doc, "admin"), &account.admin) ||
		!account_state_parse(doc_get_text(doc, "state"), &account.state)) {
		account.admin = ADMIN_NONE;
		account.state = ACCOUNT_DISABLED;
	}
	return account;
}

struct doc *member_to_doc(struct arena *arena, const struct member *member)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", member->id);
	put_int(arena, doc, "matter", member->matter);
	put_int(arena, doc, "person", member->person);
	doc_set(arena, doc, "owner", doc_bool(arena, member->owner));
	put_text(arena, doc, "reason", member->reason);
	put_text(arena, doc, "from", day_print(arena, member->from));
	put_text(arena, doc, "until", day_print(arena, member->until));
	put_int(arena, doc, "by", member->by);
	return doc;
}

struct member member_from_doc(const struct doc *doc)
{
	return (struct member){
		.id = doc_get_int(doc, "id", 0),
		.matter = doc_get_int(doc, "matter", 0),
		.person = doc_get_int(doc, "person", 0),
		.owner = doc_get_bool(doc, "owner"),
		.reason = doc_get_text(doc, "reason"),
		.from = get_day(doc, "from"),
		.until = get_day(doc, "until"),
		.by = doc_get_int(doc, "by", 0),
	};
}
