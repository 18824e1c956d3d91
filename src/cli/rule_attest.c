/* rule_attest.c: a copy of a rule that proves itself, and the proof looked at: where it is looked at nothing
 * else is needed than the copy and the ledger's key. */
#include "cli/rule.h"

#include "exchange/file.h"

#include <stdio.h>

#define COPY_SIZE_MAX (4 * RULE_TEXT_MAX)

enum err rule_copy(struct house *house)
{
	struct call *call = house->call;
	struct viewer viewer;
	struct rule_ask ask;
	struct str note, copy;
	int64_t rule, version;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_argument(house, &ask, &rule));
	TRY(rule_version_option(house, &ask, rule, &version));
	TRY(folder_note(str_from(call->arguments[0]), house->store, call->arena, &note, &call->why));
	TRY(rule_copy_make(&ask, rule, version, note, &copy, &call->why));
	fwrite(copy.data, 1, copy.size, stdout);
	return ERR_OK;
}

static void tell(struct call *call, const struct rule_issue *issue, struct instant recorded)
{
	struct str time = instant_print(call->arena, recorded, 0), from = day_print(call->arena, issue->from);

	if (!call->json) {
		printf(say(call, "核验通过: %.*s(%.*s)第 %lld 版, %.*s 起施行, 登记于 %.*s\n",
			       "it holds: %.*s (%.*s), version %lld, in force from %.*s, recorded %.*s\n"),
			STR_ARG(label_pick(issue->title, issue->code, lang_of(call))), STR_ARG(issue->code),
			(long long)issue->version, STR_ARG(from), STR_ARG(time));
		return;
	}
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_bool(&out, "valid", true);
	json_out_field_text(&out, "code", issue->code);
	json_out_field_int(&out, "version", issue->version);
	json_out_field_text(&out, "from", from);
	json_out_field_text(&out, "recorded", time);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

enum err rule_verify(struct call *call)
{
	struct rule_issue issue;
	struct instant recorded;
	struct note_key key;
	struct str copy;

	TRY(option_vkey(call, &key));
	TRY(file_read(call->arena, call->arguments[1], COPY_SIZE_MAX, &copy, &call->why));
	TRY(rule_copy_verify(call->arena, copy, &key, &issue, &recorded, &call->why));
	tell(call, &issue, recorded);
	return ERR_OK;
}
