#include "cli/package_tell.h"

#include <stdio.h>

const char *level_side_word(const struct call *call, enum level_side side)
{
	return side == LEVEL_ABOVE ? say(call, "上级", "above") : say(call, "下级", "below");
}

void package_tell_made(
	struct call *call, const struct peer *peer, const struct stored_package *package, bool again)
{
	if (call->json)
		printf("{\"package\":%lld,\"number\":%lld,\"hash\":\"%.*s\",\"event\":%lld,\"again\":%s}\n",
			(long long)package->id, (long long)package->number, STR_ARG(package->hash),
			(long long)package->index, again ? "true" : "false");
	else
		printf(say(call, "致%s的第 %lld 号文件包  事件 %lld%s\n",
			       "for %s: package %lld  event %lld%s\n"),
			str_copy(call->arena, label_pick(peer->title, peer->code, lang_of(call))).data,
			(long long)package->number, (long long)package->index,
			again ? say(call, "(此前已办)", " (done before)") : "");
}

/* ---- one that came ---- */

static void tell_standing(const struct call *call, const struct package_look *look)
{
	printf(say(call, "%s 的第 %lld 号文件包,签名相符\n", "%s: package %lld, with their signature\n"),
		str_copy(call->arena, label_pick(look->peer.title, look->peer.code, lang_of(call))).data,
		(long long)look->file.head.number);
	if (look->standing == PACKAGE_AGAIN)
		puts(say(call, "此前已接收,不再办理", "it was taken before: there is nothing to do"));
	for (size_t i = 0; i < look->missing_count; i++)
		printf(say(call, "注意:第 %lld 号尚未收到,请向发送方索取\n",
			       "note: number %lld hasn't come: ask the sender for it\n"),
			(long long)look->missing[i]);
	if (look->late)
		puts(say(call, "注意:更晚的文件包已先接收", "note: a later one was taken before it"));
	if (look->growth == GROWTH_CONTINUES)
		puts(say(call, "其账本与此前所见一脉相承", "their record holds all that it showed before"));
}

static const char *does_word(const struct call *call, enum package_does does)
{
	switch (does) {
	case PACKAGE_OPENS:
		return say(call, "立项", "opens a matter of");
	case PACKAGE_ACTS:
		return say(call, "办理操作", "is the action");
	default:
		return say(call, "记一条说明", "is a note");
	}
}

static void tell_plan(const struct call *call, size_t at, const struct package_plan *plan)
{
	struct str what = plan->does == PACKAGE_ACTS ? plan->command.name
			  : plan->does == PACKAGE_OPENS && plan->procedure != NULL
				  ? label_pick(plan->procedure->title, plan->procedure->name, lang_of(call))
				  : STR("");
	const struct doc *acts = doc_get(plan->body, "acts"), *files = doc_get(plan->body, "files");

	printf("%zu. %.*s  %.*s  → %s %.*s\n", at, STR_ARG(plan->far),
		STR_ARG(doc_get_text(plan->body, "title")), does_word(call, plan->does), STR_ARG(what));
	if (plan->kind == PACKAGE_TASK)
		printf("   %.*s  %s %.*s\n", STR_ARG(doc_get_text(plan->body, "requirement")),
			say(call, "期限", "due"), STR_ARG(doc_get_text(plan->body, "due")));
	else
		printf("   %.*s\n", STR_ARG(doc_get_text(plan->body, "text")));
	if (acts != NULL)
		printf(say(call, "   %s 步办理,均在其账本中核实\n", "   %s, each verified in their record\n"),
			counted(call, acts->count, "act", "acts"));
	if (files != NULL)
		printf(say(call, "   %s 份文件\n", "   %s\n"), counted(call, files->count, "file", "files"));
}

void package_tell_look(struct house *house, const struct level_ask *ask, const struct package_look *look)
{
	const struct call *call = house->call;

	if (call->json) {
		struct buf buf = buf_new(call->arena);
		struct json_out out = json_out_new(&buf);

		package_look_put(ask, look, &out);
		printf("%s\n", buf_str(&buf).data);
		return;
	}
	tell_standing(call, look);
	for (size_t i = 0; i < look->plan_count; i++)
		tell_plan(call, i + 1, &look->plans[i]);
	for (size_t i = 0; i < look->fault_count; i++)
		printf("%s %zu.%s: %s\n", say(call, "有误", "wrong:"), look->faults[i].item,
			look->faults[i].why.place,
			call->chinese ? look->faults[i].why.text_zh : look->faults[i].why.text);
}

void package_tell_taken(struct house *house, const struct package_look *look, const struct receipt *receipt)
{
	const struct call *call = house->call;
	bool again = receipt == NULL || receipt->again;

	if (call->json) {
		printf("{\"number\":%lld,\"again\":%s,\"package\":%lld,\"event\":%lld,\"events\":%lld}\n",
			(long long)look->file.head.number, again ? "true" : "false",
			(long long)(receipt == NULL ? look->before.id : receipt->id),
			(long long)(receipt == NULL ? look->before.index : receipt->first),
			(long long)(receipt == NULL ? 1 : receipt->count));
		return;
	}
	tell_standing(call, look);
	if (!again)
		printf(say(call, "已接收:%s 项  事件 %lld 至 %lld\n", "taken: %s  events %lld to %lld\n"),
			counted(call, look->plan_count, "item", "items"), (long long)receipt->first,
			(long long)(receipt->first + receipt->count - 1));
}

/* ---- what was exchanged ---- */

enum err package_tell_list(struct call *call, struct str json)
{
	enum table_form form;
	struct doc *list;

	TRY(table_form_find(call, TABLE_TEXT, &form));
	if (form == TABLE_JSON) {
		printf("%.*s\n", STR_ARG(json));
		return ERR_OK;
	}
	TRY(doc_read(call->arena, json, &list, &call->why));
	struct table *table = table_new(call, form, 7);

	table_head(table, "id", "序号", "id");
	table_head(table, "peer", "机构", "institution");
	table_head(table, "number", "包号", "number");
	table_head(table, "taken", "收发", "went or came");
	table_head(table, "items", "项数", "items");
	table_head(table, "time", "时间", "time");
	table_head(table, "event", "事件", "event");
	for (size_t i = 0; i < list->count; i++) {
		const struct doc *package = &list->items[i], *peer = doc_get(package, "peer");

		table_number(table, doc_get_int(package, "id", 0));
		table_put(table, doc_get_text(peer, "code"));
		table_number(table, doc_get_int(package, "number", 0));
		table_put(table, str_from(doc_get_bool(package, "taken") ? say(call, "收", "came")
									 : say(call, "发", "went")));
		table_number(table, (int64_t)doc_get(package, "items")->count);
		table_put(table, doc_get_text(package, "time"));
		table_number(table, doc_get_int(package, "event", 0));
	}
	return table_print(table);
}
