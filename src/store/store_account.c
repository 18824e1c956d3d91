/* store_account.c: rows of accounts, of the members of compartments, of who looked, and of relatives: what
 * follows from events. Secrets are in store_session.c. */
#include "store/store_driver.h"
#include "store/store_rows.h"

static struct value day_value(struct arena *arena, struct day day)
{
	return value_text_or_null(day_print(arena, day));
}

static struct day row_day(const struct row *row, int column)
{
	struct day day;
	struct str text = row_text(row, column);

	return text.size > 0 && day_parse(text, &day, NULL) == ERR_OK ? day : DAY_NONE;
}

/* ---- accounts ---- */

enum err store_account_put(struct store *store, const struct account *account, struct bh_err *reterr)
{
	return RUN(store, STMT_ACCOUNT_PUT, NULL, NULL, reterr, V_INT(account->id), V_TEXT(account->code),
		V_TEXT(account->pseudonym), V_ID(account->person), V_ID(account->keeper),
		V_TEXT(str_from(admin_name(account->admin))),
		V_TEXT(str_from(account_state_name(account->state))), V_WORD(account->issuer),
		V_WORD(account->subject), V_INT(account->break_glass));
}

/* Its texts point into the row. */
static enum err read_account(const struct row *row, struct account *ret_account)
{
	struct account account = {.id = row_int(row, 0),
		.code = row_text(row, 1),
		.pseudonym = row_text(row, 2),
		.person = row_int(row, 3),
		.keeper = row_int(row, 4),
		.issuer = row_text(row, 7),
		.subject = row_text(row, 8),
		.break_glass = row_int(row, 9) != 0};

	if (!admin_parse(row_text(row, 5), &account.admin) ||
		!account_state_parse(row_text(row, 6), &account.state) ||
		(account.person != 0 && (account.admin != ADMIN_NONE || account.keeper != 0)))
		return ERR_TAMPERED;
	*ret_account = account;
	return ERR_OK;
}

static enum err load_account(void *context, const struct row *row)
{
	struct account account;

	TRY(read_account(row, &account));
	if (account.id != (int64_t)directory_account_count(context) + 1)
		return ERR_TAMPERED;
	directory_account_set(context, &account);
	return ERR_OK;
}

struct account_call {
	struct arena *arena;
	struct account *account;
	bool found;
};

static enum err take_account(void *context, const struct row *row)
{
	struct account_call *call = context;

	TRY(read_account(row, call->account));
	call->account->code = str_copy(call->arena, call->account->code);
	call->account->pseudonym = str_copy(call->arena, call->account->pseudonym);
	call->account->issuer = str_copy(call->arena, call->account->issuer);
	call->account->subject = str_copy(call->arena, call->account->subject);
	call->found = true;
	return ERR_OK;
}

/* What came of looking for one. */
static enum err give_account(
	enum err err, const struct account_call *call, struct account *ret_account, struct bh_err *reterr)
{
	if (err == ERR_TAMPERED)
		return err_set(reterr, err, "account",
			"a row couldn't have been recorded like this: run bihuan replay");
	if (err != ERR_OK)
		return err;
	if (!call->found)
		return err_set(reterr, ERR_NOT_FOUND, "account", "there is no such account");
	*ret_account = *call->account;
	return ERR_OK;
}

enum err store_account_get(struct store *store, struct arena *arena, int64_t id, struct account *ret_account,
	struct bh_err *reterr)
{
	struct account account;
	struct account_call call = {arena, &account, false};
	enum err err = RUN(store, STMT_ACCOUNT_BY_ID, take_account, &call, reterr, V_INT(id));

	return give_account(err, &call, ret_account, reterr);
}

enum err store_account_find(struct store *store, struct arena *arena, struct str code,
	struct account *ret_account, struct bh_err *reterr)
{
	struct account account;
	struct account_call call = {arena, &account, false};
	enum err err = RUN(store, STMT_ACCOUNT_BY_CODE, take_account, &call, reterr, V_TEXT(code));

	return give_account(err, &call, ret_account, reterr);
}

enum err store_account_tied(struct store *store, struct arena *arena, struct str issuer, struct str subject,
	struct account *ret_account, struct bh_err *reterr)
{
	struct account account;
	struct account_call call = {arena, &account, false};
	enum err err = RUN(store, STMT_ACCOUNT_BY_IDENTITY, take_account, &call, reterr, V_TEXT(issuer),
		V_TEXT(subject));

	return give_account(err, &call, ret_account, reterr);
}

/* ---- the profile ---- */

enum err store_profile_put(struct store *store, enum password_profile profile, struct bh_err *reterr)
{
	return RUN(store, STMT_POLICY_PUT, NULL, NULL, reterr, V_TEXT(STR("password")),
		V_TEXT(str_from(password_profile_name(profile))));
}

static enum err take_profile(void *context, const struct row *row)
{
	return password_profile_parse(row_text(row, 0), context) ? ERR_OK : ERR_TAMPERED;
}

enum err store_profile_get(struct store *store, enum password_profile *ret_profile, struct bh_err *reterr)
{
	enum password_profile profile = PROFILE_ASVS;
	enum err err = RUN(store, STMT_POLICY_GET, take_profile, &profile, reterr, V_TEXT(STR("password")));

	if (err == ERR_TAMPERED)
		return err_set(reterr, err, "policy",
			"this program doesn't know the profile of passwords in force: use the newer program");
	if (err != ERR_OK)
		return err;
	*ret_profile = profile;
	return ERR_OK;
}

enum err store_demo_put(struct store *store, struct bh_err *reterr)
{
	return RUN(store, STMT_POLICY_PUT, NULL, NULL, reterr, V_TEXT(STR("demo")), V_TEXT(STR("yes")));
}

static enum err take_demo(void *context, const struct row *row)
{
	*(bool *)context = str_is(row_text(row, 0), "yes");
	return ERR_OK;
}

enum err store_demo_get(struct store *store, bool *ret_demo, struct bh_err *reterr)
{
	*ret_demo = false;
	return RUN(store, STMT_POLICY_GET, take_demo, ret_demo, reterr, V_TEXT(STR("demo")));
}

/* ---- members of compartments ---- */

enum err store_member_put(struct store *store, const struct member *member, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_MEMBER_PUT, NULL, NULL, reterr, V_INT(member->id),
		V_INT(member->matter), V_INT(member->person), V_INT(member->owner), V_TEXT(member->reason),
		day_value(arena, member->from), day_value(arena, member->until), V_INT(member->by));

	arena_free(arena);
	return err;
}

static enum err load_member(void *context, const struct row *row)
{
	struct member member = {.id = row_int(row, 0),
		.matter = row_int(row, 1),
		.person = row_int(row, 2),
		.owner = row_int(row, 3) != 0,
		.reason = row_text(row, 4),
		.from = row_day(row, 5),
		.until = row_day(row, 6),
		.by = row_int(row, 7)};

	if (member.id != (int64_t)directory_member_count(context) + 1 || day_is_none(member.from) ||
		day_is_none(member.until))
		return ERR_TAMPERED;
	directory_member_set(context, &member);
	return ERR_OK;
}

enum err store_directory_load(
	struct store *store, struct arena *arena, struct directory **ret_directory, struct bh_err *reterr)
{
	struct directory *directory = directory_new(arena);
	enum err err = RUN0(store, STMT_ACCOUNT_ALL, load_account, directory, reterr);

	if (err == ERR_OK)
		err = RUN0(store, STMT_MEMBER_ALL, load_member, directory, reterr);
	if (err == ERR_TAMPERED)
		return err_set(reterr, err, "account",
			"a row couldn't have been recorded like this: run bihuan replay");
	if (err != ERR_OK)
		return err;
	*ret_directory = directory;
	return ERR_OK;
}

/* ---- relatives ---- */

enum err store_kin_put(struct store *store, const struct kin *kin, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	enum err err = RUN(store, STMT_KIN_PUT, NULL, NULL, reterr, V_INT(kin->id), V_INT(kin->person),
		V_INT(kin->other), V_TEXT(kin->kind), day_value(arena, kin->until));

	arena_free(arena);
	return err;
}

/* ---- who looked ---- */

enum err store_look_put(struct store *store, const struct looked *look, int64_t index, struct bh_err *reterr)
{
	return RUN(store, STMT_LOOK_PUT, NULL, NULL, reterr, V_INT(index), V_TEXT(look->object),
		V_INT(look->account), V_INT(look->first.us), V_INT(look->last.us), V_INT(look->times));
}

struct looks {
	struct arena *arena;
	struct looked *items;
	size_t count, capacity;
};

static enum err push_look(void *context, const struct row *row)
{
	struct looks *looks = context;

	*ARENA_PUSH(looks->arena, looks->items, looks->count, looks->capacity) = (struct looked){
		.index = row_int(row, 0),
		.account = row_int(row, 1),
		.first = row_instant(row, 2),
		.last = row_instant(row, 3),
		.times = row_int(row, 4),
		.object = str_copy(looks->arena, row_text(row, 5)),
	};
	return ERR_OK;
}

enum err store_look_list(struct store *store, struct arena *arena, struct str object,
	const struct looked *after, int64_t limit, struct looked **ret_looks, size_t *ret_count,
	struct bh_err *reterr)
{
	const struct value index = V_INT(after == NULL ? INT64_MAX : after->index),
			   thing = V_TEXT(after == NULL ? STR("") : after->object),
			   account = V_INT(after == NULL ? 0 : after->account);
	struct looks looks = {.arena = arena};

	if (object.size > 0)
		TRY(RUN(store, STMT_LOOK_OF_OBJECT, push_look, &looks, reterr, V_TEXT(object), index, thing,
			account, V_INT(limit)));
	else
		TRY(RUN(store, STMT_LOOK_ALL, push_look, &looks, reterr, index, thing, account,
			V_INT(limit)));
	*ret_looks = looks.items;
	*ret_count = looks.count;
	return ERR_OK;
}
