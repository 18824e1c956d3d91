/* command_verify.c: the outsider's side: an exported record, or one proof, checked with nothing else at hand.
 */
#include "cli/call.h"
#include "cli/progress.h"

#include "check/check.h"
#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define NOTE_BYTES_MAX  ((size_t)64 * 1024)
#define PROOF_BYTES_MAX ((size_t)1024 * 1024)
#define SINCE_MAX       OPTIONS_MAX

/* ---- verify ---- */

struct archive_in {
	struct file_in *file;
	struct bh_err *why;
	struct progress progress;
	int64_t done;
};

static enum err get_bytes(void *context, char *bytes, size_t size, size_t *ret_size)
{
	struct archive_in *in = context;

	TRY(file_in_get(in->file, bytes, size, ret_size, in->why));
	in->done += (int64_t)*ret_size;
	if (file_in_size(in->file) > 0)
		progress_show(&in->progress, in->done, file_in_size(in->file));
	return ERR_OK;
}

enum err option_vkey(struct call *call, struct note_key *ret_key)
{
	const char *key = option_value(call, "key");
	struct str text = str_from(key);

	if (key == NULL)
		return err_set(&call->why, ERR_INVALID, "--key",
			"say by which key: --key VKEY or --key @FILE. It must come from elsewhere than the "
			"file; "
			"bihuan checkpoint DIR --key prints it where the record is kept");
	if (key[0] == '@')
		TRY(file_read(call->arena, key + 1, NOTE_BYTES_MAX, &text, &call->why));
	return note_key_parse(call->arena, str_trim(text), ret_key, &call->why);
}

static enum err read_since(struct call *call, struct verify_plan *plan)
{
	const char *paths[SINCE_MAX];
	struct str *notes;

	plan->since_count = option_values(call, "since", paths, SINCE_MAX);
	notes = ARENA_TAKE(call->arena, plan->since_count + 1, struct str);
	plan->since = notes;
	for (size_t i = 0; i < plan->since_count; i++)
		TRY(file_read(call->arena, paths[i], NOTE_BYTES_MAX, &notes[i], &call->why));
	return ERR_OK;
}

static const char *verdict_name(enum verdict verdict)
{
	return verdict == VERDICT_OK ? "OK" : verdict == VERDICT_TAMPERED ? "TAMPERED" : "INCOMPLETE";
}

static void tell_json(struct call *call, const struct verification *verification, const struct judged *judged)
{
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "verdict", str_from(verdict_name(verification->verdict)));
	json_out_key(&out, "first_bad");
	if (verification->first_bad < 0)
		json_out_null(&out);
	else
		json_out_int(&out, verification->first_bad);
	json_out_field_text(&out, "what", verification->what);
	json_out_field_text(&out, "origin", verification->checkpoint.origin);
	json_out_field_int(&out, "size", (int64_t)verification->checkpoint.size);
	json_out_field_text(
		&out, "root", base64_print(call->arena, verification->checkpoint.root.bytes, HASH_SIZE));
	json_out_field_int(&out, "events", (int64_t)verification->events);
	json_out_field_int(&out, "payloads", (int64_t)verification->payloads);
	json_out_field_int(&out, "erased", (int64_t)verification->erased);
	json_out_field_int(&out, "judged", (int64_t)judged->events);
	json_out_field_int(&out, "unjudged", (int64_t)judged->unjudged);
	json_out_field_int(&out, "matters", (int64_t)judged->matters);
	json_out_key(&out, "withheld");
	json_out_open(&out, '{');
	for (int i = 0; i < PAYLOAD_CLASS_COUNT; i++)
		if (verification->withheld[i] > 0)
			json_out_field_int(&out, payload_class_name((enum payload_class)i),
				(int64_t)verification->withheld[i]);
	json_out_close(&out, '}');
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static void tell_text(struct call *call, const struct verification *verification, const struct judged *judged)
{
	const struct checkpoint *checkpoint = &verification->checkpoint;

	if (verification->verdict != VERDICT_OK) {
		/* It names the event itself. */
		printf("%s: %.*s\n", verdict_name(verification->verdict), STR_ARG(verification->what));
		return;
	}
	printf(say(call, "OK: %s 条事件, %s 份载荷\n", "OK: %s, %s\n"),
		counted(call, verification->events, "event", "events"),
		counted(call, verification->payloads, "payload", "payloads"));
	printf(say(call, "  依当时有效的程序逐步核对: %s 个事件, %s 件事项\n",
		       "  held to the definitions then in force: %s, %s\n"),
		counted(call, judged->events, "event", "events"),
		counted(call, judged->matters, "matter", "matters"));
	if (judged->unjudged > 0)
		printf(say(call, "  内容未提供, 无法核对: %s 个事件\n",
			       "  not judged, because their contents are withheld or gone: %s\n"),
			counted(call, judged->unjudged, "event", "events"));
	for (int i = 0; i < PAYLOAD_CLASS_COUNT; i++)
		if (verification->withheld[i] > 0)
			printf(say(call, "  未提供 %s 类载荷 %s 份\n", "  withheld of class %s: %s\n"),
				payload_class_name((enum payload_class)i),
				counted(call, verification->withheld[i], "payload", "payloads"));
	if (verification->erased > 0)
		printf(say(call, "  依法删除载荷 %s 份\n", "  lawfully erased: %s\n"),
			counted(call, verification->erased, "payload", "payloads"));
	printf("%s %.*s\n%s %llu\n%s %.*s\n", say(call, "账本", "ledger"), STR_ARG(checkpoint->origin),
		say(call, "大小", "size"), (unsigned long long)checkpoint->size, say(call, "根", "root"),
		STR_ARG(base64_print(call->arena, checkpoint->root.bytes, HASH_SIZE)));
}

enum err command_verify(struct call *call)
{
	struct verify_plan plan = {0};
	struct archive_in in = {.why = &call->why};
	struct byte_source source = {get_bytes, &in};
	struct verification verification = {0};

	TRY(option_vkey(call, &plan.key));
	TRY(read_since(call, &plan));
	TRY(option_classes(call, "require", plan.required));
	TRY(file_in_open(call->arena, call->arguments[0], &in.file, &call->why));
	in.progress = progress_new(say(call, "核验", "verifying"));
	struct law *law = law_new();

	plan.each = law_judge;
	plan.context = law;
	enum err err = ledger_verify(call->arena, &plan, &source, &verification, &call->why);

	const struct judged judged = law_judged(law);

	progress_end(&in.progress);
	file_in_close(in.file);
	law_free(law);
	TRY(err);
	if (call->json)
		tell_json(call, &verification, &judged);
	else
		tell_text(call, &verification, &judged);
	call->answered = true;
	return verification.verdict == VERDICT_OK         ? ERR_OK
	       : verification.verdict == VERDICT_TAMPERED ? ERR_TAMPERED
							  : ERR_INCOMPLETE;
}

/* ---- proof ---- */

enum err command_proof(struct call *call)
{
	struct str text;
	bool valid;

	TRY(file_read(call->arena, "-", PROOF_BYTES_MAX, &text, &call->why));
	TRY(proof_check_json(call->arena, str_from(call->arguments[0]), text, &valid, &call->why));
	if (call->json)
		printf("{\"valid\":%s}\n", valid ? "true" : "false");
	else
		puts(valid ? say(call, "有效", "valid") : say(call, "无效", "invalid"));
	call->answered = true;
	return valid ? ERR_OK : ERR_TAMPERED;
}
