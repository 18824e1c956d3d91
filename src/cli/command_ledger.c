/* command_ledger.c: what an outsider is given: the whole record, one receipt, the newest checkpoint, the key.
 */
#include "cli/call.h"
#include "cli/house.h"
#include "cli/progress.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define OLDER_MAX 64 /* older checkpoints that go with an export */

/* A folder that is read beside whoever writes it. */
struct look {
	struct call *call;
	struct str dir;
	struct store *store;
	struct note_key key;
	struct str note; /* the newest signed checkpoint … */
	struct checkpoint checkpoint;
};

static enum err look_inside(struct look *look)
{
	struct call *call = look->call;

	TRY(folder_key(look->dir, look->store, call->arena, &look->key, &call->why));
	enum err err = folder_note(look->dir, look->store, call->arena, &look->note, &call->why);

	if (err == ERR_NOT_FOUND)
		return err_set(&call->why, err, call->arguments[0],
			"nothing was ever signed here: the first act makes the first checkpoint");
	TRY(err);
	return checkpoint_open(call->arena, look->note, &look->key, &look->checkpoint, &call->why);
}

/* Open DIR, hand it to `run`, close it. */
static enum err with_look(struct call *call, enum err (*run)(struct look *look))
{
	struct look look = {.call = call, .dir = str_from(call->arguments[0])};

	TRY(store_open(look.dir, STORE_READ, &look.store, &call->why));
	enum err err = look_inside(&look);

	if (err == ERR_OK)
		err = run(&look);
	store_close(look.store);
	return err;
}

static enum err read_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct look *look = context;

	return store_node_get(look->store, level, i, ret_hash, &look->call->why);
}

static void print_json(struct buf *buf)
{
	printf("%s\n", buf_str(buf).data);
}

/* ---- export-ledger ---- */

/* The events of one bundle, read with one question. */
struct bundle {
	struct look *look;
	struct arena *arena;
	uint64_t first;
	struct bundle_event {
		struct str envelope;
		struct opened_payload payloads[ENVELOPE_SLOTS_MAX];
		size_t count;
	} events[TILE_WIDTH];
	size_t count;
	struct progress progress;
};

static enum err take_event(void *context, const struct stored_event *stored)
{
	struct bundle *bundle = context;
	size_t at = (size_t)((uint64_t)stored->index - bundle->first);

	REQUIRE(at < TILE_WIDTH);
	struct bundle_event *event = &bundle->events[at];

	if (bundle->count != at + 1) {
		bundle->count = at + 1;
		event->envelope = str_copy(bundle->arena, stored->envelope);
		event->count = 0;
	}
	if (stored->payload.data == NULL)
		return ERR_OK;
	struct opened_payload *payload = &event->payloads[event->count];

	if (event->count == ENVELOPE_SLOTS_MAX || stored->salt.size != SALT_SIZE ||
		!payload_class_parse(stored->class, &payload->class))
		return err_set(&bundle->look->call->why, ERR_TAMPERED, "payload",
			"a payload of event %lld has no form that was ever written",
			(long long)stored->index);
	payload->slot = str_copy(bundle->arena, stored->slot);
	payload->bytes = str_copy(bundle->arena, stored->payload);
	memcpy(payload->salt, stored->salt.data, SALT_SIZE);
	event->count++;
	return ERR_OK;
}

static enum err give_event(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
	struct opened_payload *ret_payloads, size_t *ret_count)
{
	struct bundle *bundle = context;
	struct look *look = bundle->look;

	(void)arena;
	if (index < bundle->first || index >= bundle->first + TILE_WIDTH || bundle->count == 0) {
		arena_clear(bundle->arena);
		bundle->first = index - index % TILE_WIDTH;
		bundle->count = 0;
		TRY(store_event_each(look->store, bundle->first, bundle->first + TILE_WIDTH, take_event,
			bundle, &look->call->why));
		progress_show(&bundle->progress, (int64_t)index, (int64_t)look->checkpoint.size);
	}
	if (index - bundle->first >= bundle->count)
		return err_set(&look->call->why, ERR_INCOMPLETE, "event",
			"the database holds no event %llu, which was signed: run bihuan doctor",
			(unsigned long long)index);
	const struct bundle_event *event = &bundle->events[index - bundle->first];

	*ret_envelope = event->envelope;
	memcpy(ret_payloads, event->payloads, event->count * sizeof *ret_payloads);
	*ret_count = event->count;
	return ERR_OK;
}

struct archive_out {
	struct file_out *file;
	struct bh_err *why;
	uint64_t bytes;
};

static enum err put_bytes(void *context, struct str bytes)
{
	struct archive_out *out = context;

	out->bytes += bytes.size;
	return file_out_put(out->file, bytes, out->why);
}

/* The checkpoints of old that the database kept, as far as they are of this key and older than the newest. */
static enum err read_older(struct look *look, struct export_plan *plan)
{
	struct call *call = look->call;
	struct str *notes, *older;
	size_t count;
	struct checkpoint checkpoint;

	TRY(store_checkpoints(look->store, call->arena, OLDER_MAX, &notes, &count, &call->why));
	older = ARENA_TAKE(call->arena, count + 1, struct str);
	plan->older = older;
	for (size_t i = 0; i < count; i++)
		if (checkpoint_open(call->arena, notes[i], &look->key, &checkpoint, NULL) == ERR_OK &&
			checkpoint.size < look->checkpoint.size)
			older[plan->older_count++] = notes[i];
	return ERR_OK;
}

static enum err write_archive(struct look *look, struct archive_out *out)
{
	struct call *call = look->call;
	struct bundle *bundle = ARENA_TAKE(call->arena, 1, struct bundle);
	struct export_source source = {
		.event = give_event, .context = bundle, .tree = {.node = read_node, .context = look}};
	struct byte_sink sink = {put_bytes, out};
	struct export_plan plan = {.note = look->note, .key = look->key};
	struct instant now;

	TRY(call_now(call, 0, &now));
	plan.time = now.us / 1000000;
	TRY(option_classes(call, "withhold", plan.withheld));
	TRY(read_older(look, &plan));
	*bundle = (struct bundle){
		.look = look, .arena = arena_new(), .progress = progress_new(say(call, "导出", "exporting"))};
	/* Whoever stands below says why; ledger_export only says what it was doing. */
	struct bh_err why = {0};
	enum err err = ledger_export(&plan, &source, &sink, &why);

	progress_end(&bundle->progress);
	arena_free(bundle->arena);
	if (err != ERR_OK && call->why.code == ERR_OK)
		call->why = why;
	return err;
}

static enum err export_ledger(struct look *look)
{
	struct call *call = look->call;
	struct archive_out out = {.why = &call->why};
	struct buf buf = buf_new(call->arena);
	struct json_out json = json_out_new(&buf);

	TRY(file_out_open(call->arena, call->arguments[1], &out.file, &call->why));
	enum err err = write_archive(look, &out);

	if (err != ERR_OK) {
		file_out_abandon(out.file);
		return err;
	}
	TRY(file_out_finish(out.file, &call->why));
	if (!call->json) {
		printf(say(call, "%s: %s 条事件, %llu 字节\n核验: bihuan verify %s --key '%.*s'\n",
			       "%s: %s, %llu bytes\nverify it: bihuan verify %s --key '%.*s'\n"),
			call->arguments[1], counted(call, look->checkpoint.size, "event", "events"),
			(unsigned long long)out.bytes, call->arguments[1],
			STR_ARG(note_key_print(call->arena, &look->key)));
		return ERR_OK;
	}
	json_out_open(&json, '{');
	json_out_field_text(&json, "file", str_from(call->arguments[1]));
	json_out_field_int(&json, "events", (int64_t)look->checkpoint.size);
	json_out_field_int(&json, "bytes", (int64_t)out.bytes);
	json_out_field_text(&json, "key", note_key_print(call->arena, &look->key));
	json_out_close(&json, '}');
	print_json(&buf);
	return ERR_OK;
}

enum err command_export_ledger(struct call *call)
{
	return with_look(call, export_ledger);
}

/* ---- receipt ---- */

static enum err receipt(struct look *look)
{
	struct call *call = look->call;
	struct tree_source tree = {read_node, look};
	struct proof proof;
	int64_t index;

	if (!str_to_int(str_from(call->arguments[1]), &index) || index < 0)
		return err_set(&call->why, ERR_INVALID, call->arguments[1],
			"an event has a whole number from 0: bihuan show prints it");
	if ((uint64_t)index >= look->checkpoint.size)
		return err_set(&call->why, ERR_NOT_FOUND, call->arguments[1],
			"the record has %llu events, the first is 0",
			(unsigned long long)look->checkpoint.size);
	TRY(prove_inclusion(&tree, (uint64_t)index, look->checkpoint.size, &proof));
	struct str text = receipt_print(call->arena, (uint64_t)index, &proof, look->note);

	fwrite(text.data, 1, text.size, stdout);
	return ERR_OK;
}

enum err command_receipt(struct call *call)
{
	return with_look(call, receipt);
}

/* ---- checkpoint ---- */

static enum err checkpoint(struct look *look)
{
	struct call *call = look->call;
	struct str key = note_key_print(call->arena, &look->key);
	struct buf buf = buf_new(call->arena);
	struct json_out json = json_out_new(&buf);

	if (!call->json && option_given(call, "key")) {
		printf("%.*s\n", STR_ARG(key));
		return ERR_OK;
	}
	if (!call->json) {
		fwrite(look->note.data, 1, look->note.size, stdout);
		return ERR_OK;
	}
	json_out_open(&json, '{');
	json_out_field_text(&json, "origin", look->checkpoint.origin);
	json_out_field_int(&json, "size", (int64_t)look->checkpoint.size);
	json_out_field_text(&json, "root", base64_print(call->arena, look->checkpoint.root.bytes, HASH_SIZE));
	json_out_field_text(&json, "key", key);
	json_out_field_text(&json, "note", look->note);
	json_out_close(&json, '}');
	print_json(&buf);
	return ERR_OK;
}

enum err command_checkpoint(struct call *call)
{
	return with_look(call, checkpoint);
}
