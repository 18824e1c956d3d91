/* command_keep.c: copies of an installation, a folder made from one, and a schema brought up to date. */
#include "cli/call.h"
#include "cli/progress.h"

#include "check/check.h"
#include "exchange/evidence.h"
#include "exchange/file.h"
#include "exchange/letter_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HIGHWATER_BYTES_MAX ((size_t)64 * 1024)

/* ---- files shown for matters ---- */

struct copied {
	size_t whole, missing, damaged;
};

static enum err copy_hashed(struct call *call, const struct str *hashes, size_t count, struct str from,
	struct str to, struct copied *copied)
{
	struct progress progress = progress_new(say(call, "佐证材料", "evidence"));
	struct arena *arena = arena_new();
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		enum kept kept;

		err = evidence_copy(arena, from, to, hashes[i], &kept, &call->why);
		copied->whole += kept == KEPT_WHOLE;
		copied->missing += kept == KEPT_MISSING;
		copied->damaged += kept == KEPT_DAMAGED;
		progress_show(&progress, (int64_t)i + 1, (int64_t)count);
		arena_clear(arena);
	}
	progress_end(&progress);
	arena_free(arena);
	return err;
}

static enum err copy_evidence(
	struct call *call, struct store *store, struct str from, struct str to, struct copied *copied)
{
	struct str *hashes;
	size_t count;

	TRY(store_evidence_hashes(store, call->arena, &hashes, &count, &call->why));
	return copy_hashed(call, hashes, count, from, to, copied);
}

/* Files of what was reported without a name and waits for the end of its day. */
static enum err copy_letters(
	struct call *call, struct store *store, struct str from, struct str to, struct copied *copied)
{
	struct str *hashes;
	size_t count;

	TRY(letter_files_waiting(store, call->arena, DAY_NONE, &hashes, &count, &call->why));
	return copy_hashed(call, hashes, count, from, to, copied);
}

/* ---- the institution's own templates ---- */

static struct str templates_of(struct call *call, const char *dir)
{
	return str_format(call->arena, "%s/templates", dir);
}

static struct str templates_of_backup(struct call *call, const char *file)
{
	return str_format(call->arena, "%s.templates", file);
}

/* Whole, under their names; where there are none nothing is made. */
static enum err copy_templates(struct call *call, struct str from, struct str to, size_t *ret_count)
{
	struct stat found;
	struct str *names;

	*ret_count = 0;
	if (stat(from.data, &found) != 0 && errno == ENOENT)
		return ERR_OK;
	TRY(folder_list(call->arena, from.data, "", &names, ret_count, &call->why));
	if (*ret_count > 0)
		(void)mkdir(to.data, 0700); /* if it can't be made, writing below says why */
	for (size_t i = 0; i < *ret_count; i++) {
		struct str bytes;

		TRY(file_read(call->arena,
			str_format(call->arena, "%s/%.*s", from.data, STR_ARG(names[i])).data,
			EVIDENCE_SIZE_MAX, &bytes, &call->why));
		TRY(file_write_atomic(str_format(call->arena, "%s/%.*s", to.data, STR_ARG(names[i])).data,
			bytes, &call->why));
	}
	return ERR_OK;
}

/* What couldn't be copied is a fault of the folder it comes from, and is told as such. */
static enum err tell_copied(struct call *call, const struct copied *copied)
{
	if (copied->missing + copied->damaged == 0)
		return ERR_OK;
	return err_set(&call->why, ERR_INCOMPLETE, "evidence",
		"of the files shown for matters %zu are missing and %zu damaged, so the copy lacks them: "
		"bihuan "
		"doctor names them",
		copied->missing, copied->damaged);
}

/* ---- backup ---- */

static void show_pages(void *context, int64_t done, int64_t total)
{
	progress_show(context, done, total);
}

static enum err backup(struct call *call, struct store *store)
{
	const char *dir = call->arguments[0], *file = call->arguments[1];
	struct progress progress = progress_new(say(call, "备份", "backup"));
	struct copied copied = {0};
	struct instant last;
	uint64_t events;
	size_t templates;

	TRY(store_ledger_size(store, &events, &last, &call->why));
	/* The database first: whatever it names was kept before it was named. */
	enum err err = store_backup(store, str_from(file), show_pages, &progress, &call->why);

	progress_end(&progress);
	TRY(err);
	TRY(copy_evidence(call, store, evidence_folder(call->arena, dir),
		evidence_folder_of_backup(call->arena, file), &copied));
	TRY(copy_letters(call, store, letter_folder(call->arena, str_from(dir)),
		evidence_folder_of_backup(call->arena, file), &copied));
	TRY(copy_templates(call, templates_of(call, dir), templates_of_backup(call, file), &templates));
	if (call->json)
		printf("{\"events\":%llu,\"evidence\":%zu,\"templates\":%zu}\n", (unsigned long long)events,
			copied.whole, templates);
	else
		printf(say(call, "%s: 至少 %s 个事件\n", "%s: at least %s\n"), file,
			counted(call, events, "event", "events"));
	if (!call->json && copied.whole > 0)
		printf(say(call, "%s.evidence: 佐证材料 %s 份, 请与备份一同保存\n",
			       "%s.evidence: %s of evidence, to be kept with it\n"),
			file, counted(call, copied.whole, "file", "files"));
	if (!call->json && templates > 0)
		printf(say(call, "%s.templates: 模板 %s 份, 请与备份一同保存\n",
			       "%s.templates: %s, to be kept with it\n"),
			file, counted(call, templates, "template", "templates"));
	return tell_copied(call, &copied);
}

enum err command_backup(struct call *call)
{
	struct store *store;

	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &store, &call->why));
	enum err err = backup(call, store);

	store_close(store);
	return err;
}

/* ---- restore ---- */

static bool folder_is_free(const char *dir)
{
	DIR *folder = opendir(dir);
	bool free = folder != NULL;

	if (folder == NULL)
		return errno == ENOENT;
	for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
		free = free && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
	closedir(folder);
	return free;
}

/* A file that belongs to the folder beside its database, under its own name there. */
static enum err bring(struct call *call, const char *option, const char *name, size_t size_max)
{
	const char *path = option_value(call, option);
	struct str bytes;

	if (path == NULL)
		return ERR_OK;
	TRY(file_read(call->arena, path, size_max, &bytes, &call->why));
	return file_write_atomic(
		str_format(call->arena, "%s/%s", call->arguments[1], name).data, bytes, &call->why);
}

/* The record is what it was when it was signed: hashed again, and held to the key where one is given. */
static enum err check_restored(struct call *call, struct store *store, struct recorded *recorded)
{
	struct str dir = str_from(call->arguments[1]), note;
	bool has_key = option_given(call, "key");
	struct note_key key;
	struct checkpoint checkpoint;

	if (has_key) {
		TRY(folder_key(dir, store, call->arena, &key, &call->why));
		enum err err = folder_note(dir, store, call->arena, &note, &call->why);

		if (err == ERR_OK)
			err = checkpoint_open(call->arena, note, &key, &checkpoint, &call->why);
		if (err == ERR_TAMPERED)
			return err_set(&call->why, ERR_REFUSED, "--key",
				"this isn't the key under which the record was signed");
		if (err != ERR_NOT_FOUND)
			TRY(err);
	}
	TRY(check_record(store, has_key ? &key : NULL, call->arena, recorded, &call->why));
	if (recorded->what.size > 0 && recorded->first_bad >= 0)
		return err_set(&call->why, ERR_TAMPERED, call->arguments[0], "event %lld: %.*s",
			(long long)recorded->first_bad, STR_ARG(recorded->what));
	if (recorded->what.size > 0)
		return err_set(&call->why, ERR_TAMPERED, call->arguments[0], "%.*s", STR_ARG(recorded->what));
	return ERR_OK;
}

static void tell_restored(struct call *call, const struct recorded *recorded, const struct copied *copied)
{
	if (call->json) {
		printf("{\"events\":%llu,\"evidence\":%zu}\n", (unsigned long long)recorded->events,
			copied->whole);
		return;
	}
	printf(say(call, "%s: %s 个事件, 哈希无误; 佐证材料 %s 份\n",
		       "%s: %s, each hash right; %s of evidence\n"),
		call->arguments[1], counted(call, recorded->events, "event", "events"),
		counted(call, copied->whole, "file", "files"));
	if (!option_given(call, "key"))
		puts(say(call, "没有签名密钥: 可以查看, 不能写入; 以 --key 给出密钥再恢复一次即可继续",
			"no signing key: it can be read, not written; restore with --key to go on"));
	else if (!option_given(call, "high-water"))
		puts(say(call,
			"若备份之后还有新的记录, 请用 --high-water 一并恢复原目录的 high-water, "
			"以免签出矛盾的检查点",
			"if anything was recorded after the backup, restore the old folder's high-water too "
			"(--high-water), so that nothing is signed that contradicts it"));
}

static enum err fill_restored(struct call *call, struct store *store)
{
	const char *file = call->arguments[0], *dir = call->arguments[1];
	struct copied copied = {0};
	struct recorded recorded;
	size_t templates;

	TRY(bring(call, "key", "signing.key", SIGN_SEED_SIZE));
	TRY(bring(call, "high-water", "high-water", HIGHWATER_BYTES_MAX));
	TRY(check_restored(call, store, &recorded));
	TRY(copy_evidence(call, store, evidence_folder_of_backup(call->arena, file),
		evidence_folder(call->arena, dir), &copied));
	TRY(copy_letters(call, store, evidence_folder_of_backup(call->arena, file),
		letter_folder(call->arena, str_from(dir)), &copied));
	TRY(copy_templates(call, templates_of_backup(call, file), templates_of(call, dir), &templates));
	tell_restored(call, &recorded, &copied);
	return tell_copied(call, &copied);
}

/* What a restore that failed has made is nothing to build on. */
static void take_away(struct call *call)
{
	static const char *const names[] = {
		"bihuan.db", "bihuan.db-wal", "bihuan.db-shm", "lock", "signing.key", "high-water"};

	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		(void)unlink(str_format(call->arena, "%s/%s", call->arguments[1], names[i]).data);
	(void)rmdir(call->arguments[1]);
}

enum err command_restore(struct call *call)
{
	const char *dir = call->arguments[1];
	struct store *store;

	if (!folder_is_free(dir))
		return err_set(&call->why, ERR_CONFLICT, dir,
			"this folder isn't empty, and a restore never writes over anything: name a new one");
	enum err err = store_restore(str_from(call->arguments[0]), str_from(dir), &call->why);

	if (err == ERR_OK)
		err = store_open(str_from(dir), STORE_READ, &store, &call->why);
	if (err == ERR_OK) {
		err = fill_restored(call, store);
		store_close(store);
	}
	if (err != ERR_OK && err != ERR_INCOMPLETE)
		take_away(call);
	return err;
}

/* ---- migrate ---- */

enum err command_migrate(struct call *call)
{
	int before;

	TRY(store_migrate(str_from(call->arguments[0]), &before, &call->why));
	if (call->json)
		printf("{\"before\":%d,\"after\":%d}\n", before, store_schema_newest());
	else if (before == store_schema_newest())
		printf(say(call, "数据库结构 %d, 已是最新\n", "schema %d: it is up to date\n"), before);
	else
		printf(say(call, "数据库结构 %d → %d\n", "schema %d → %d\n"), before, store_schema_newest());
	return ERR_OK;
}
