/* command_package.c: files between levels from a shell: institutions above and below, packages made and
 * taken. */
#include "cli/house.h"
#include "cli/verb.h"

#include "cli/package_tell.h"
#include "exchange/evidence.h"
#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define LIST_LIMIT  200
#define MATTERS_MAX 100
#define ANSWERS_MAX 100

/* To read what was exchanged; --as, where it is given, says who asks. */
static enum err ask_of(struct house *house, struct level_ask *ret_ask)
{
	struct call *call = house->call;

	*ret_ask = (struct level_ask){.installation = house->installation,
		.teller = house->teller,
		.store = house->store,
		.folder = evidence_folder(call->arena, call->arguments[0]),
		.now = house->now};
	return option_value(call, "as") == NULL ? ERR_OK : house_person(house, NULL, &ret_ask->person);
}

/* To make or to take one, for which it must be known who we are. */
static enum err ask_to_exchange(struct house *house, struct level_ask *ret_ask)
{
	struct call *call = house->call;

	TRY(ask_of(house, ret_ask));
	return folder_key(str_from(call->arguments[0]), house->store, call->arena, &ret_ask->own, &call->why);
}

/* ---- institutions above and below ---- */

static enum err show_key(struct house *house)
{
	struct call *call = house->call;
	struct note_key key;

	TRY(folder_key(str_from(call->arguments[0]), house->store, call->arena, &key, &call->why));
	struct str text = note_key_print(call->arena, &key), fingerprint = key_fingerprint(call->arena, text);

	if (call->json)
		printf("{\"key\":\"%.*s\",\"fingerprint\":\"%.*s\"}\n", STR_ARG(text), STR_ARG(fingerprint));
	else
		printf("%.*s\n%s %.*s\n", STR_ARG(text), say(call, "指纹", "fingerprint"),
			STR_ARG(fingerprint));
	return ERR_OK;
}

static enum err list_peers(struct house *house)
{
	struct call *call = house->call;
	enum table_form form;
	struct peer *peers;
	size_t count;

	TRY(table_form_find(call, TABLE_TEXT, &form));
	TRY(store_peers(house->store, call->arena, &peers, &count, &call->why));
	struct table *table = table_new(call, form, 6);

	table_head(table, "code", "代号", "code");
	table_head(table, "title", "名称", "name");
	table_head(table, "side", "上下级", "side");
	table_head(table, "origin", "账本", "ledger");
	table_head(table, "fingerprint", "密钥指纹", "fingerprint of its key");
	table_head(table, "closed", "已停止往来", "closed");
	for (size_t i = 0; i < count; i++) {
		table_put(table, peers[i].code);
		table_put(table, label_pick(peers[i].title, peers[i].code, lang_of(call)));
		table_put(table, str_from(form == TABLE_TEXT ? level_side_word(call, peers[i].side)
							     : level_side_name(peers[i].side)));
		table_put(table, peer_key(call->arena, &peers[i]).name);
		table_put(table, key_fingerprint(call->arena, peers[i].key));
		table_truth(table, peers[i].closed);
	}
	return table_print(table);
}

/* What isn't said stays as it is. */
static enum err read_peer(struct house *house, struct peer *peer)
{
	struct call *call = house->call;
	struct note_key key;

	peer->code = str_from(call->arguments[2]);
	if (store_peer_find(house->store, call->arena, peer->code, peer, NULL) != ERR_OK)
		peer->title = (struct label){STR(""), STR("")};
	if (option_given(call, "title"))
		peer->title.zh = str_from(option_value(call, "title"));
	if (option_given(call, "title-en"))
		peer->title.en = str_from(option_value(call, "title-en"));
	if (option_given(call, "closed"))
		peer->closed = strcmp(option_value(call, "closed"), "yes") == 0;
	if (option_given(call, "side") &&
		!level_side_parse(str_from(option_value(call, "side")), &peer->side))
		return err_set(&call->why, ERR_INVALID, "--side", "it stands above or below");
	if (!option_given(call, "key") && peer->id != 0)
		return ERR_OK;
	TRY(option_vkey(call, &key));
	peer->key = note_key_print(call->arena, &key);
	return ERR_OK;
}

static enum err enter_peer(struct house *house)
{
	struct call *call = house->call;
	struct act act = {.kind = ACT_PEER, .key = str_from(option_value(call, "once"))};
	struct account account;
	struct peer peer = {0};
	struct receipt receipt;

	TRY(read_peer(house, &peer));
	TRY(store_account_find(
		house->store, call->arena, str_from(option_value(call, "as")), &account, &call->why));
	act.account = account.id;
	act.person = account.person;
	act.what.peer.row = peer_to_doc(call->arena, &peer);
	act.what.peer.fingerprint = str_from(option_value(call, "fingerprint"));
	TRY(act_run(house->installation, &act, &receipt, &call->why));
	if (call->json)
		printf("{\"peer\":%lld,\"event\":%lld}\n", (long long)receipt.id, (long long)receipt.first);
	else
		printf("%.*s  %s %lld\n", STR_ARG(peer.code), say(call, "事件", "event"),
			(long long)receipt.first);
	return ERR_OK;
}

/* ---- making ---- */

static void set_option(struct call *call, struct doc *item, const char *option, const char *key)
{
	if (option_value(call, option) != NULL)
		doc_set(call->arena, item, key, doc_text(call->arena, str_from(option_value(call, option))));
}

static enum err read_asked(struct house *house, struct doc **ret_asked)
{
	struct call *call = house->call;
	struct doc *asked = doc_object(call->arena), *items = doc_list(call->arena),
		   *days = doc_list(call->arena);
	const char *values[MATTERS_MAX];
	size_t count = option_values(call, "report-on", values, MATTERS_MAX);

	for (size_t i = 0; i < count; i++)
		doc_push(call->arena, days, doc_text(call->arena, str_from(values[i])));
	for (size_t i = 3; i < call->count; i++) {
		struct doc *item = doc_object(call->arena);
		int64_t id;

		TRY(house_matter_id(house, call->arguments[i], &id));
		doc_set(call->arena, item, "matter", doc_int(call->arena, id));
		doc_set(call->arena, item, "files", doc_bool(call->arena, option_given(call, "files")));
		set_option(call, item, "text", "text");
		set_option(call, item, "requirement", "requirement");
		set_option(call, item, "document", "document");
		set_option(call, item, "due", "due");
		doc_set(call->arena, item, "report_on", doc_copy(call->arena, days));
		doc_push(call->arena, items, item);
	}
	doc_set(call->arena, asked, "peer", doc_text(call->arena, str_from(call->arguments[2])));
	doc_set(call->arena, asked, "items", items);
	*ret_asked = asked;
	return ERR_OK;
}

static enum err write_out(struct call *call, struct str bytes)
{
	const char *out = option_value(call, "out");

	if (out == NULL)
		return err_set(&call->why, ERR_INVALID, "--out", "say into which file it is to be written");
	return file_write_atomic(out, bytes, &call->why);
}

/* The file of a package that is in the record. */
static enum err read_kept(struct house *house, const struct level_ask *ask, int64_t id,
	struct stored_package *ret_package, struct str *ret_bytes)
{
	struct call *call = house->call;
	struct package_filter filter = {.id = id, .limit = 1};
	struct stored_package *found;
	size_t count;

	TRY(store_packages(house->store, call->arena, &filter, &found, &count, &call->why));
	if (count == 0)
		return err_set(&call->why, ERR_NOT_FOUND, call->arguments[2], "there is no such package");
	*ret_package = found[0];
	return file_read(call->arena,
		str_format(call->arena, "%.*s/%.*s", STR_ARG(ask->folder), STR_ARG(found[0].hash)).data,
		PACKAGE_SIZE_MAX, ret_bytes, &call->why);
}

static enum err make(struct house *house)
{
	struct call *call = house->call;
	struct package_made made;
	struct level_ask ask;
	struct receipt receipt;
	struct stored_package kept;
	struct str bytes;
	struct doc *asked;

	if (option_value(call, "out") == NULL)
		return write_out(call, STR(""));
	TRY(ask_to_exchange(house, &ask));
	TRY(read_asked(house, &asked));
	TRY(package_make(&ask, asked, &made, &call->why));
	struct act act = package_send_act(&made, asked);
	enum err err = house_run(house, &act, &receipt);

	if (err != ERR_OK || receipt.again)
		package_unmake(&ask, &made);
	TRY(err);
	TRY(read_kept(house, &ask, receipt.id, &kept, &bytes));
	TRY(write_out(call, bytes));
	package_tell_made(call, &made.peer, &kept, receipt.again);
	return ERR_OK;
}

static enum err give_file(struct house *house)
{
	struct stored_package kept;
	struct level_ask ask;
	struct str bytes;
	int64_t id;

	TRY(ask_of(house, &ask));
	TRY(argument_number(house->call, 2, &id));
	TRY(read_kept(house, &ask, id, &kept, &bytes));
	return write_out(house->call, bytes);
}

/* ---- taking ---- */

/* "lead_unit=water" is for every task, "2.lead_unit=water" for the second. */
static enum err read_choices(struct call *call, struct doc **ret_choices)
{
	struct doc *choices = doc_object(call->arena), *items = doc_list(call->arena);

	for (size_t i = 0; i < ANSWERS_MAX; i++) {
		struct doc *item = doc_object(call->arena), *fields = doc_object(call->arena);

		set_option(call, item, "procedure", "procedure");
		for (size_t j = 3; j < call->count; j++) {
			struct str rest = str_from(call->arguments[j]), name, number;
			int64_t at;

			if (!str_cut(&rest, '=', &name) || name.size == str_from(call->arguments[j]).size)
				return err_set(&call->why, ERR_INVALID, call->arguments[j],
					"a field is given as NAME=VALUE, or 2.NAME=VALUE for the second "
					"task");
			struct str field = name;

			if (str_cut(&field, '.', &number) && str_to_int(number, &at)) {
				if (at != (int64_t)i + 1)
					continue;
				name = field;
			}
			doc_set_str(call->arena, fields, name, doc_text(call->arena, rest));
		}
		doc_set(call->arena, item, "fields", fields);
		doc_push(call->arena, items, item);
	}
	doc_set(call->arena, choices, "items", items);
	*ret_choices = choices;
	return ERR_OK;
}

static enum err read_look(struct house *house, struct level_ask *ask, struct package_look *look)
{
	struct call *call = house->call;
	struct doc *choices = NULL;
	struct str bytes;

	TRY(ask_to_exchange(house, ask));
	TRY(file_read(call->arena, call->arguments[2], PACKAGE_SIZE_MAX, &bytes, &call->why));
	TRY(read_choices(call, &choices));
	return package_look(ask, bytes, choices, look, &call->why);
}

static enum err look_at(struct house *house)
{
	struct package_look look;
	struct level_ask ask;

	TRY(call_needs_person(house->call));
	TRY(read_look(house, &ask, &look));
	package_tell_look(house, &ask, &look);
	house->call->answered = look.fault_count > 0;
	return look.fault_count == 0 ? ERR_OK : ERR_REFUSED;
}

static enum err take(struct house *house)
{
	struct call *call = house->call;
	struct package_look look;
	struct package_kept kept;
	struct level_ask ask;
	struct receipt receipt;

	TRY(read_look(house, &ask, &look));
	if (look.fault_count > 0) {
		package_tell_look(house, &ask, &look);
		call->answered = true;
		return ERR_REFUSED;
	}
	if (look.standing == PACKAGE_AGAIN) {
		package_tell_taken(house, &look, NULL);
		return ERR_OK;
	}
	TRY(package_keep(&ask, &look, &kept, &call->why));
	struct act act = package_take_act(&look);
	enum err err = house_run(house, &act, &receipt);

	if (err != ERR_OK || receipt.again)
		package_unkeep(&ask, &kept);
	TRY(err);
	package_tell_taken(house, &look, &receipt);
	return ERR_OK;
}

static enum err list(struct house *house)
{
	struct call *call = house->call;
	struct viewer viewer = {.today = house->today};
	struct package_filter filter = {.limit = LIST_LIMIT};
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct level_ask ask;

	TRY(ask_of(house, &ask));
	if (ask.person != 0) {
		viewer.person = ask.person;
		filter.viewer = &viewer;
	}
	TRY(packages_put(&ask, &filter, &out, &call->why));
	return package_tell_list(call, buf_str(&buf));
}

static const struct verb verbs[] = {
	{"key", 1, 1, "DIR", .run_in_house = show_key},
	{"peers", 1, 1, "DIR", .run_in_house = list_peers},
	{"peer", 2, 2, "DIR CODE", .run_in_house = enter_peer, .writes = true},
	{"make", 3, MATTERS_MAX, "DIR PEER MATTER …", .run_in_house = make, .writes = true},
	{"file", 2, 2, "DIR PACKAGE", .run_in_house = give_file},
	{"look", 2, 99, "DIR FILE [FIELD=VALUE …]", .run_in_house = look_at},
	{"take", 2, 99, "DIR FILE [FIELD=VALUE …]", .run_in_house = take, .writes = true},
	{"list", 1, 1, "DIR", .run_in_house = list},
};

enum err command_package(struct call *call)
{
	return verb_run(call, verbs, ARRAY_COUNT(verbs));
}
