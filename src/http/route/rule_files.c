/* rule_files.c: texts of rules in, each a head and a text: looked at, recorded. What a file asks for is found
 * in intake/, as for the shell; what is recorded is one act of the sender's. */
#include "http/reading.h"
#include "http/route/answer.h"
#include "intake/rules.h"

#include <string.h>

static enum err take_in(struct http_request *request, struct rules_intake *intake)
{
	const struct doc *files = request_tree(request, "files");
	struct rule_source *sources = ARENA_TAKE(request->arena, files->count + 1, struct rule_source);
	struct rules_ask ask = {.institution = request_institution(request),
		.store = request->reader,
		.sources = sources,
		.count = files->count,
		.person = request->who.person,
		.now = request_now(request)};

	for (size_t i = 0; i < files->count; i++)
		sources[i] = (struct rule_source){
			doc_get_text(&files->items[i], "name"), doc_get_text(&files->items[i], "text")};
	return rules_read(request->arena, &ask, intake, &request->why);
}

static struct hash digest_of(const struct rules_intake *intake)
{
	struct act act = rules_act(intake);

	return act_digest(intake->arena, &act);
}

static void put_entry(struct json_out *out, const struct rule_entry *entry)
{
	json_out_open(out, '{');
	json_out_field_text(out, "name", entry->name);
	json_out_field_text(out, "does", str_from(rule_does_name(entry->does)));
	json_out_field_text(out, "code", entry->code);
	if (entry->rule > 0)
		json_out_field_int(out, "rule", entry->rule);
	if (entry->version > 0)
		json_out_field_int(out, "version", entry->version);
	json_out_key(out, "errors");
	json_out_open(out, '[');
	for (size_t i = 0; i < entry->errors.count; i++) {
		json_out_open(out, '{');
		json_out_field_int(out, "line", (int64_t)entry->errors.items[i].line);
		json_out_field_text(out, "text", entry->errors.items[i].text);
		json_out_field_text(out, "text_zh", entry->errors.items[i].text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
}

enum err route_rule_files_preview(struct http_request *request, struct reply *reply)
{
	struct rules_intake intake;

	TRY(take_in(request, &intake));
	struct hash digest = digest_of(&intake);
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "files");
	json_out_open(out, '[');
	for (size_t i = 0; i < intake.ask.count; i++)
		put_entry(out, &intake.entries[i]);
	json_out_close(out, ']');
	json_out_field_int(out, "to_record", (int64_t)intake.part_count);
	json_out_field_int(out, "wrong", (int64_t)intake.wrong);
	json_out_field_text(out, "digest", hex_print(request->arena, digest.bytes, HASH_SIZE));
	json_out_close(out, '}');
	return ERR_OK;
}

struct committing {
	struct rules_intake intake;
	struct act act;
	struct hash confirmed;
};

static enum err recorded(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	const struct committing *committing = request->state;

	return answer_imported(receipt, committing->intake.part_count, reply);
}

enum err route_rule_files_commit(struct http_request *request, struct reply *reply)
{
	struct committing *committing = ARENA_TAKE(request->arena, 1, struct committing);
	struct str bytes;

	(void)reply;
	TRY(take_in(request, &committing->intake));
	REQUIRE(hex_parse(request->arena, request_text(request, "digest"), &bytes) &&
		bytes.size == HASH_SIZE);
	memcpy(committing->confirmed.bytes, bytes.data, HASH_SIZE);
	/* What was done under this key may be wrong by now: the writer knows. */
	if (committing->intake.wrong > 0 && request_key(request).size == 0)
		return err_set(&request->why, ERR_INVALID, "files",
			"wrong places in the files: %zu: the preview names each", committing->intake.wrong);
	request->state = committing;
	committing->act = rules_act(&committing->intake);
	committing->act.what.import.confirmed = &committing->confirmed;
	committing->act.key = request_key(request);
	committing->act.person = request->who.person;
	committing->act.account = request->who.account;
	return request_act(request, &committing->act, recorded);
}
