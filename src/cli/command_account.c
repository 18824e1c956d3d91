/* command_account.c: accounts from a shell: what administrators do with those of others, and what everybody
 * does with their own. */
#include "cli/administrators.h"
#include "cli/desk.h"
#include "cli/secret.h"

#include <stdio.h>
#include <string.h>

const char *desk_argument(const struct desk *desk, size_t i)
{
	return i + 2 < desk->call->count ? desk->call->arguments[i + 2] : NULL;
}

static enum err find_account(struct desk *desk, const char *code, const struct account **ret_account)
{
	struct call *call = desk->call;
	size_t count = directory_account_count(desk->directory);
	const char **codes = ARENA_TAKE(call->arena, count + 1, const char *);

	*ret_account = directory_by_code(desk->directory, str_from(code));
	if (*ret_account != NULL)
		return ERR_OK;
	for (size_t i = 0; i < count; i++)
		codes[i] = directory_account_at(desk->directory, i)->code.data;
	const char *nearest = str_nearest(call->arena, str_from(code), codes, count);

	return nearest != NULL ? err_set(&call->why, ERR_NOT_FOUND, code,
					 "there is no such account; did you mean %s?", nearest)
			       : err_set(&call->why, ERR_NOT_FOUND, code, "there is no such account");
}

enum err desk_asker(struct desk *desk, int64_t *ret_by)
{
	const char *as = option_value(desk->call, "as");
	const struct account *asker;

	if (as == NULL)
		return err_set(&desk->call->why, ERR_INVALID, "--as",
			"say which administrator does it: --as system, --as security …");
	TRY(find_account(desk, as, &asker));
	*ret_by = asker->id;
	return ERR_OK;
}

enum err desk_ask(struct desk *desk, const struct auth_ask *auth_ask, struct auth_answer *answer)
{
	return auth_run(desk->auth, auth_ask, answer, &desk->call->why);
}

static void tell(
	const struct desk *desk, const char *code, const char *zh, const char *en, const char *secret)
{
	const struct call *call = desk->call;

	if (call->quiet)
		return;
	if (call->json) {
		struct buf buf = buf_new(call->arena);
		struct json_out out = json_out_new(&buf);

		json_out_open(&out, '{');
		json_out_field_text(&out, "account", str_from(code));
		json_out_field_text(&out, "secret", str_from(secret));
		json_out_close(&out, '}');
		printf("%s\n", buf_str(&buf).data);
		return;
	}
	printf("%s: %s%s%s\n", code, say(call, zh, en), secret[0] != '\0' ? "  " : "", secret);
}

/* ---- of others ---- */

static enum err add(struct desk *desk)
{
	const char *code = desk_argument(desk, 0);
	struct auth_ask auth_ask = {.kind = AUTH_CREATE};
	struct auth_answer answer;

	TRY(desk_asker(desk, &auth_ask.by));
	if (option_given(desk->call, "no-person"))
		auth_ask.name = str_from(code);
	else
		TRY(house_person(&desk->house, code, &auth_ask.person));
	TRY(desk_ask(desk, &auth_ask, &answer));
	tell(desk, code, "已建立,待安全管理员启用;一次性口令的前一半:",
		"made, waits for the security administrator; the first half of its one-time password:",
		answer.text);
	secret_wipe(&answer, sizeof answer);
	return ERR_OK;
}

/* What one administrator does with one account. */
static const struct deed_row {
	const char *verb;
	enum auth_kind kind;
	const char *zh, *en;
} deed_rows[] = {
	{"release", AUTH_RELEASE, "已启用;一次性口令的后一半(七日内有效):",
		"released; the second half of its one-time password, good for seven days:"},
	{"reset", AUTH_RESET, "已重置,待启用;一次性口令的前一半:",
		"reset, waits to be released; the first half of its one-time password:"},
	{"unlock", AUTH_UNLOCK, "已解锁", "unlocked"},
	{"disable", AUTH_DISABLE, "已停用", "disabled"},
	{"bind", AUTH_BIND, "已登记保管人", "its keeper is named"},
	{"grant", AUTH_GRANT, "已授权为管理员", "an administrator's from now on"},
	{"tie", AUTH_TIE, "已绑定统一身份,待安全管理员启用", "tied, waits for the security administrator"},
	{"untie", AUTH_UNTIE, "已解除绑定", "untied"},
	{"break-glass", AUTH_BREAK_GLASS, "已列为应急账号", "goes on with its password where others may not"},
	{"break-glass-end", AUTH_BREAK_GLASS_END, "已撤销应急账号", "has that mark no more"},
};

static const struct deed_row *find_deed(const char *verb)
{
	size_t i = 0;

	while (strcmp(deed_rows[i].verb, verb) != 0)
		REQUIRE(++i < ARRAY_COUNT(deed_rows));
	return &deed_rows[i];
}

static enum err do_deed(struct desk *desk)
{
	struct call *call = desk->call;
	const struct deed_row *row = find_deed(call->arguments[1]);
	struct identity identity = {0};
	struct auth_ask auth_ask = {0};
	struct auth_answer answer;
	const struct account *account;

	auth_ask.kind = row->kind;
	TRY(desk_asker(desk, &auth_ask.by));
	TRY(find_account(desk, desk_argument(desk, 0), &account));
	auth_ask.account = account->id;
	if (row->kind == AUTH_BIND)
		TRY(house_person(&desk->house, desk_argument(desk, 1), &auth_ask.person));
	if (row->kind == AUTH_TIE) {
		identity.issuer = str_from(desk_argument(desk, 1));
		identity.subject = str_from(desk_argument(desk, 2));
		auth_ask.identity = &identity;
	}
	if (row->kind == AUTH_GRANT && !admin_parse(str_from(desk_argument(desk, 1)), &auth_ask.admin))
		return err_set(
			&call->why, ERR_INVALID, desk_argument(desk, 1), "say system, security or audit");
	TRY(desk_ask(desk, &auth_ask, &answer));
	/* One that was tied keeps its password: there is no half of another to hand over. */
	if (row->kind == AUTH_RELEASE && answer.text[0] == '\0')
		tell(desk, desk_argument(desk, 0), "已启用", "released", answer.text);
	else
		tell(desk, desk_argument(desk, 0), row->zh, row->en, answer.text);
	secret_wipe(&answer, sizeof answer);
	return ERR_OK;
}

static enum err begin(struct desk *desk)
{
	struct auth_answer answer;

	TRY(administrators_begin(desk->call, desk->auth, &answer));
	administrators_tell(desk->call, &answer);
	secret_wipe(&answer, sizeof answer);
	return ERR_OK;
}

/* ---- lists ---- */

static struct str person_code(const struct desk *desk, int64_t person)
{
	return person == 0 ? STR("") : org_person(desk->house.institution.org, person)->code;
}

static enum err list(struct desk *desk)
{
	struct call *call = desk->call;
	struct table *table = table_new(call, TABLE_TEXT, 11);

	table_head(table, "account", "账号", "account");
	table_head(table, "state", "状态", "state");
	table_head(table, "admin", "管理员", "administrator");
	table_head(table, "person", "人员", "person");
	table_head(table, "keeper", "保管人", "keeper");
	table_head(table, "one_time", "一次性口令", "one-time password");
	table_head(table, "totp", "动态口令", "second factor");
	table_head(table, "locked_until", "锁定至", "locked until");
	table_head(table, "issuer", "认证平台", "tied to");
	table_head(table, "subject", "在该平台的标识", "as");
	table_head(table, "break_glass", "应急账号", "break-glass");
	for (size_t i = 0; i < directory_account_count(desk->directory); i++) {
		const struct account *account = directory_account_at(desk->directory, i);
		struct auth_standing standing;

		TRY(auth_standing(desk->house.store, account->id, desk->house.now, &standing, &call->why));
		table_put(table, account->code);
		table_put(table, str_from(call->json ? account_state_name(account->state)
						     : tell_word(&desk->house.teller,
							       account_state_name(account->state))));
		table_put(table,
			str_from(call->json ? admin_name(account->admin)
					    : tell_word(&desk->house.teller, admin_name(account->admin))));
		table_put(table, person_code(desk, account->person));
		table_put(table, person_code(desk, account->keeper));
		table_truth(table, standing.one_time);
		table_truth(table, standing.totp);
		table_put(table, tell_time(&desk->house.teller, standing.locked_until));
		table_put(table, account->issuer);
		table_put(table, account->subject);
		table_truth(table, account->break_glass);
	}
	return table_print(table);
}

#define TRIES_SHOWN 200

static enum err tries(struct desk *desk)
{
	struct call *call = desk->call;
	struct table *table = table_new(call, TABLE_TEXT, 4);
	const struct account *account = NULL;
	struct auth_try *found;
	size_t count;

	if (desk_argument(desk, 0) != NULL)
		TRY(find_account(desk, desk_argument(desk, 0), &account));
	TRY(auth_tries(desk->house.store, call->arena, account == NULL ? 0 : account->id, AUTH_NEWEST,
		TRIES_SHOWN, &found, &count, &call->why));
	table_head(table, "time", "时间", "time");
	table_head(table, "account", "账号", "account");
	table_head(table, "reason", "结果", "what came of it");
	table_head(table, "address", "地址", "address");
	for (size_t i = 0; i < count; i++) {
		const struct account *tried = directory_account(desk->directory, found[i].account);

		table_put(table, tell_time(&desk->house.teller, found[i].time));
		table_put(table, tried == NULL ? STR("") : tried->code);
		table_put(table, found[i].reason);
		table_put(table, found[i].address);
	}
	return table_print(table);
}

/* ---- what isn't secret ---- */

static enum err profile(struct desk *desk)
{
	struct call *call = desk->call;
	struct act act = {.kind = ACT_PROFILE};
	struct receipt receipt;

	TRY(desk_asker(desk, &act.account));
	if (!password_profile_parse(str_from(desk_argument(desk, 0)), &act.what.profile))
		return err_set(&call->why, ERR_INVALID, desk_argument(desk, 0), "say asvs or djbh3");
	TRY(act_run(desk->house.installation, &act, &receipt, &call->why));
	printf("%s  %s %lld\n", password_profile_basis(act.what.profile), say(call, "事件", "event"),
		(long long)receipt.first);
	return ERR_OK;
}

static enum err option_day(struct call *call, const char *name, struct day *ret_day)
{
	const char *value = option_value(call, name);
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (value != NULL && day_parse(str_from(value), ret_day, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data, "%s: %s",
			value, err_both(&why, both));
	return ERR_OK;
}

/* The membership that runs, to be changed; a new one otherwise. */
static void take_membership(const struct desk *desk, struct member *member)
{
	const struct member *before =
		directory_membership(desk->directory, member->matter, member->person, desk->house.today);

	if (before == NULL)
		return;
	member->id = before->id;
	member->from = before->from;
	member->owner = before->owner;
}

static enum err change_member(struct desk *desk)
{
	struct call *call = desk->call;
	struct member row = {
		.reason = str_from(option_value(call, "reason")), .from = DAY_NONE, .until = DAY_NONE};
	struct act act = {.kind = ACT_MEMBER, .what.member = &row};
	struct receipt receipt;

	TRY(desk_asker(desk, &act.account));
	act.person = directory_account(desk->directory, act.account)->person;
	TRY(house_matter_id(&desk->house, desk_argument(desk, 0), &row.matter));
	TRY(house_person(&desk->house, desk_argument(desk, 1), &row.person));
	TRY(option_day(call, "until", &row.until));
	take_membership(desk, &row);
	row.owner = row.owner || option_given(call, "owner");
	TRY(act_run(desk->house.installation, &act, &receipt, &call->why));
	printf("%s: %s %.*s  %s %lld\n", desk_argument(desk, 1), say(call, "至", "until"),
		STR_ARG(day_print(call->arena, row.until)), say(call, "事件", "event"),
		(long long)receipt.first);
	return ERR_OK;
}

static enum err relate(struct desk *desk)
{
	struct call *call = desk->call;
	struct kin row = {.kind = str_from(option_value(call, "kind")), .until = DAY_NONE};
	struct act act = {.kind = ACT_KIN, .what.kin = &row};
	struct receipt receipt;

	TRY(house_person(&desk->house, desk_argument(desk, 0), &row.person));
	TRY(house_person(&desk->house, desk_argument(desk, 1), &row.other));
	TRY(option_day(call, "until", &row.until));
	TRY(house_run(&desk->house, &act, &receipt));
	printf("%s – %s  %s %lld\n", desk_argument(desk, 0), desk_argument(desk, 1),
		say(call, "事件", "event"), (long long)receipt.first);
	return ERR_OK;
}

/* ---- one's own ---- */

enum err desk_enter(struct desk *desk, struct str *ret_password, struct str *ret_session)
{
	struct call *call = desk->call;
	const struct account *account;
	struct auth_standing standing;
	struct auth_answer answer;
	struct auth_ask sign_in = {
		.kind = AUTH_SIGN_IN, .address = STR("shell"), .agent = STR("bihuan account")};

	TRY(find_account(desk, desk_argument(desk, 0), &account));
	TRY(auth_standing(desk->house.store, account->id, desk->house.now, &standing, &call->why));
	sign_in.name = account->code;
	TRY(secret_ask(call, "现用口令", "present password", false, &sign_in.password));
	if (standing.totp)
		TRY(secret_ask(call, "动态口令或恢复码", "code of the moment, or a recovery code", true,
			&sign_in.code));
	TRY(desk_ask(desk, &sign_in, &answer));
	*ret_password = sign_in.password;
	*ret_session = str_copy(call->arena, str_from(answer.session));
	return ERR_OK;
}

enum err desk_leave(struct desk *desk, const char *session)
{
	struct auth_ask sign_out = {.kind = AUTH_SIGN_OUT, .session = str_from(session)};
	struct auth_answer answer;

	return desk_ask(desk, &sign_out, &answer);
}

static enum err set_password(struct desk *desk)
{
	struct call *call = desk->call;
	struct auth_ask change = {.kind = AUTH_PASSWORD};
	struct auth_answer answer;

	TRY(desk_enter(desk, &change.password, &change.session));
	TRY(secret_ask(call, "新口令", "new password", false, &change.wanted));
	TRY(desk_ask(desk, &change, &answer));
	tell(desk, desk_argument(desk, 0), "口令已更改,其他会话已结束",
		"the password is changed, other sessions are ended", "");
	return desk_leave(desk, answer.session);
}

static void print_codes(const struct call *call, const struct auth_answer *answer)
{
	printf("%s\n", say(call, "恢复码(每个只能用一次,请另处保存):",
			       "recovery codes (each works once; keep them elsewhere):"));
	for (size_t i = 0; i < answer->code_count; i++)
		printf("  %s\n", answer->codes[i]);
}

static enum err enrol(struct desk *desk)
{
	struct call *call = desk->call;
	struct str password;
	struct auth_ask factor = {.kind = AUTH_TOTP_BEGIN};
	struct auth_answer answer;

	TRY(desk_enter(desk, &password, &factor.session));
	TRY(desk_ask(desk, &factor, &answer));
	printf("%s\n  %s\n", say(call, "用身份验证器扫描或录入:", "give this to an authenticator app:"),
		answer.text);
	fflush(stdout);
	factor.kind = AUTH_TOTP_CONFIRM;
	TRY(secret_ask(call, "它显示的六位数", "the six digits it shows", true, &factor.code));
	TRY(desk_ask(desk, &factor, &answer));
	print_codes(call, &answer);
	return desk_leave(desk, answer.session);
}

/* ---- a demonstration ---- */

static enum err sample(struct desk *desk, struct auth_ask auth_ask, const char *code)
{
	struct auth_answer answer;

	auth_ask.kind = AUTH_SAMPLE;
	auth_ask.wanted = STR(AUTH_SAMPLE_PASSWORD);
	TRY(desk_ask(desk, &auth_ask, &answer));
	tell(desk, code, "演示账号,口令:", "a sample account, with the password:", AUTH_SAMPLE_PASSWORD);
	return ERR_OK;
}

static enum err samples(struct desk *desk)
{
	struct call *call = desk->call;
	struct act act = {.kind = ACT_DEMO};
	struct receipt receipt;

	TRY(act_run(desk->house.installation, &act, &receipt, &call->why));
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		TRY(sample(desk, (struct auth_ask){.account = (int64_t)i}, admin_name((enum admin)i)));
	for (size_t i = 0; desk_argument(desk, i) != NULL; i++) {
		struct auth_ask auth_ask = {0};

		TRY(house_person(&desk->house, desk_argument(desk, i), &auth_ask.person));
		TRY(sample(desk, auth_ask, desk_argument(desk, i)));
	}
	return ERR_OK;
}

/* ---- verbs ---- */

static const struct verb_row {
	const char *name;
	size_t least, most; /* arguments behind it */
	enum err (*run)(struct desk *desk);
	const char *says;
} verb_rows[] = {
	{"list", 0, 0, list, "list"},
	{"begin", 0, 0, begin, "begin"},
	{"add", 1, 1, add, "add PERSON"},
	{"release", 1, 1, do_deed, "release ACCOUNT"},
	{"reset", 1, 1, do_deed, "reset ACCOUNT"},
	{"unlock", 1, 1, do_deed, "unlock ACCOUNT"},
	{"disable", 1, 1, do_deed, "disable ACCOUNT"},
	{"bind", 2, 2, do_deed, "bind ACCOUNT PERSON"},
	{"grant", 2, 2, do_deed, "grant ACCOUNT system|security|audit"},
	{"tie", 3, 3, do_deed, "tie ACCOUNT ISSUER SUBJECT"},
	{"untie", 1, 1, do_deed, "untie ACCOUNT"},
	{"break-glass", 1, 1, do_deed, "break-glass ACCOUNT"},
	{"break-glass-end", 1, 1, do_deed, "break-glass-end ACCOUNT"},
	{"password", 1, 1, set_password, "password ACCOUNT"},
	{"totp", 1, 1, enrol, "totp ACCOUNT"},
	{"tell", 1, 9, account_tell,
		"tell ACCOUNT [pace=at_once|daily|none way=mail|HOOK quiet=HH:MM-HH:MM daily=HH:MM "
		"working_days=yes|no lang=zh|en]"},
	{"address", 2, 2, account_address, "address ACCOUNT NAME@HOST|none"},
	{"prove", 2, 2, account_prove, "prove ACCOUNT CODE"},
	{"tries", 0, 1, tries, "tries [ACCOUNT]"},
	{"profile", 1, 1, profile, "profile asvs|djbh3"},
	{"member", 2, 2, change_member, "member MATTER PERSON"},
	{"kin", 2, 2, relate, "kin PERSON PERSON"},
	{"samples", 1, 90, samples, "samples PERSON …"},
};

static const struct verb_row *find_verb(const char *name)
{
	for (size_t i = 0; i < ARRAY_COUNT(verb_rows); i++)
		if (strcmp(verb_rows[i].name, name) == 0)
			return &verb_rows[i];
	return NULL;
}

static enum err refuse_verb(struct call *call)
{
	const char *names[ARRAY_COUNT(verb_rows)];

	for (size_t i = 0; i < ARRAY_COUNT(verb_rows); i++)
		names[i] = verb_rows[i].name;
	const char *nearest =
		str_nearest(call->arena, str_from(call->arguments[1]), names, ARRAY_COUNT(names));

	return nearest != NULL ? err_set(&call->why, ERR_INVALID, call->arguments[1],
					 "there is no such verb; did you mean %s?", nearest)
			       : err_set(&call->why, ERR_INVALID, call->arguments[1],
					 "there is no such verb: see bihuan help account");
}

static enum err sit_down(struct desk *desk, const struct verb_row *verb)
{
	bool only_looks = verb->run == list || verb->run == tries;

	if (only_looks)
		TRY(house_open_to_read(desk->call, &desk->house));
	else
		TRY(house_open_to_write(desk->call, &desk->house));
	enum err err = store_directory_load(
		desk->house.store, desk->call->arena, &desk->directory, &desk->call->why);

	if (err == ERR_OK && !only_looks)
		err = auth_open(desk->house.installation, NULL, &desk->auth, &desk->call->why);
	if (err == ERR_OK)
		err = verb->run(desk);
	auth_close(desk->auth);
	house_close(&desk->house);
	return err;
}

enum err command_account(struct call *call)
{
	struct desk desk = {.call = call};
	const struct verb_row *verb = find_verb(call->arguments[1]);
	size_t given = call->count - 2;

	if (verb == NULL)
		return refuse_verb(call);
	if (given < verb->least || given > verb->most)
		return err_set(
			&call->why, ERR_INVALID, verb->name, "write it as bihuan account DIR %s", verb->says);
	return sit_down(&desk, verb);
}
