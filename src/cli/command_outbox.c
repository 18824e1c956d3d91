/* command_outbox.c: what is sent outside the house, and what failed; for whoever keeps the machine. */
#include "act/auth.h"
#include "cli/house.h"
#include "outbox/outbox.h"

#include <stdio.h>
#include <string.h>

#define MESSAGES_SHOWN 200

/* ---- how it stands ---- */

static void print_setup(const struct call *call, const struct outbox_setup *setup)
{
	if (!setup->there) {
		printf("%s\n", say(call, "未设置发送: 没有 " OUTBOX_FILE,
				       "nothing is sent: there is no " OUTBOX_FILE));
		return;
	}
	if (setup->fault.size > 0) {
		printf("%s %.*s\n", say(call, "设置有误:", "set up wrongly:"),
			STR_ARG(call->chinese ? setup->fault_zh : setup->fault));
		return;
	}
	if (setup->mail)
		printf("%s %.*s:%d (%.*s) %s %.*s\n", say(call, "邮件:", "mail:"), STR_ARG(setup->mail_host),
			setup->mail_port, STR_ARG(setup->mail_tls), say(call, "发件人", "from"),
			STR_ARG(setup->mail_from));
	for (size_t i = 0; i < setup->hook_count; i++)
		printf("%s %.*s (%.*s, %.*s)\n", say(call, "机器人:", "hook:"), STR_ARG(setup->hooks[i].name),
			STR_ARG(setup->hooks[i].kind), STR_ARG(setup->hooks[i].host));
}

static enum err put_messages(
	struct house *house, const struct directory *directory, struct table *table, enum message_state state)
{
	struct call *call = house->call;
	struct message *messages;
	size_t count;

	TRY(store_message_list(
		house->store, call->arena, state, MESSAGES_SHOWN, &messages, &count, &call->why));
	for (size_t i = 0; i < count; i++) {
		const struct message *message = &messages[i];
		const struct account *account = directory_account(directory, message->account);

		table_number(table, message->id);
		table_put(table, account == NULL ? STR("") : account->code);
		table_put(table, str_from(message_what_name(message->what)));
		table_put(table, message->way);
		table_put(table, str_from(message_state_name(message->state)));
		table_number(table, message->tries);
		table_put(table, tell_time(&house->teller, message->made));
		table_put(table, tell_time(&house->teller, message->next));
		table_put(table, call->chinese ? message->why_zh : message->why);
	}
	return ERR_OK;
}

static enum err show(struct house *house)
{
	static const enum message_state shown[] = {
		MESSAGE_WAITING, MESSAGE_GOING, MESSAGE_FAILED, MESSAGE_UNCLEAR};
	struct call *call = house->call;
	struct outbox_setup setup = outbox_setup_read(str_from(call->arguments[0]), call->arena);
	struct table *table = table_new(call, call->json ? TABLE_JSON : TABLE_TEXT, 9);
	struct directory *directory;
	int64_t counts[MESSAGE_STATE_COUNT];

	TRY(store_directory_load(house->store, call->arena, &directory, &call->why));
	TRY(store_message_counts(house->store, counts, &call->why));
	if (!call->json) {
		print_setup(call, &setup);
		printf(say(call, "已发 %lld, 待发 %lld, 失败 %lld, 不明 %lld\n",
			       "sent %lld, waiting %lld, failed %lld, unclear %lld\n"),
			(long long)counts[MESSAGE_SENT], (long long)counts[MESSAGE_WAITING],
			(long long)counts[MESSAGE_FAILED], (long long)counts[MESSAGE_UNCLEAR]);
	}
	table_head(table, "message", "编号", "message");
	table_head(table, "account", "账号", "account");
	table_head(table, "what", "内容", "what");
	table_head(table, "way", "方式", "way");
	table_head(table, "state", "状态", "state");
	table_head(table, "tries", "次数", "tries");
	table_head(table, "made", "形成", "made");
	table_head(table, "next", "下次", "next");
	table_head(table, "why", "原因", "why");
	for (size_t i = 0; i < ARRAY_COUNT(shown); i++)
		TRY(put_messages(house, directory, table, shown[i]));
	return table_print(table);
}

/* ---- doing ---- */

static enum err send(struct house *house)
{
	struct call *call = house->call;
	const struct outbox_config config = {.dir = str_from(call->arguments[0]),
		.installation = house->installation,
		.source = &house->source};
	struct outbox_tally tally;
	struct sender *sender;

	TRY(sender_new(&config, &sender, &call->why));
	enum err err = sender_round(sender, house->store, &tally, &call->why);

	sender_free(sender);
	if (err == ERR_OK)
		printf(say(call, "发出 %lld, 推迟 %lld, 失败 %lld, 无须再发 %lld\n",
			       "sent %lld, put off %lld, failed %lld, nothing to say %lld\n"),
			(long long)tally.sent, (long long)tally.later, (long long)tally.failed,
			(long long)tally.nothing);
	return err;
}

static enum err again(struct house *house)
{
	struct call *call = house->call;
	struct auth_ask ask = {.kind = AUTH_MESSAGE_AGAIN};
	const char *as = option_value(call, "as");
	struct auth_answer answer;
	struct account account;
	struct auth *auth;

	TRY(argument_number(call, 2, &ask.id));
	if (as == NULL)
		return err_set(&call->why, ERR_INVALID, "--as",
			"say which administrator does it: --as system, --as security …");
	TRY(store_account_find(house->store, call->arena, str_from(as), &account, &call->why));
	ask.by = account.id;
	TRY(auth_open(house->installation, NULL, &auth, &call->why));
	enum err err = auth_run(auth, &ask, &answer, &call->why);

	auth_close(auth);
	if (err == ERR_OK)
		printf("%s\n", say(call, "将再试一次", "it is tried once more"));
	return err;
}

static enum err in_house(struct call *call, bool writes, enum err (*run)(struct house *house))
{
	struct house house;

	TRY(writes ? house_open_to_write(call, &house) : house_open_to_read(call, &house));
	enum err err = run(&house);

	house_close(&house);
	return err;
}

enum err command_outbox(struct call *call)
{
	const char *verb = call->count > 1 ? call->arguments[1] : "";

	if (call->count == 1)
		return in_house(call, false, show);
	if (call->count == 2 && strcmp(verb, "send") == 0)
		return in_house(call, true, send);
	if (call->count == 3 && strcmp(verb, "again") == 0)
		return in_house(call, true, again);
	return err_set(&call->why, ERR_INVALID, verb, "write it as bihuan outbox DIR [send | again MESSAGE]");
}
