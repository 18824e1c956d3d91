/* command_doctor.c: is this installation well? Each thing that can be wrong is looked at, and what to do
 * about it is said. Changes nothing. */
#include "cli/house.h"
#include "cli/progress.h"

#include "check/check.h"
#include "exchange/evidence.h"
#include "exchange/file.h"
#include "outbox/outbox.h"
#include "outside/outside.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ROOM_LEAST   (INT64_C(64) << 20) /* below it nothing much can be written any more */
#define ROOM_ADVISED (INT64_C(1) << 30)
#define KNOWN_AHEAD  180 /* days for which a calendar should be known */
#define NAMED_MAX    10  /* missing files that are named */

enum health { HEALTH_WELL, HEALTH_MIND, HEALTH_ILL, HEALTH_COUNT };

struct doctor {
	struct call *call;
	struct str dir;
	struct store *store;
	struct instant now, last; /* of this call; of the newest event */
	int offset_minutes;
	uint64_t events;
	bool ill;
	struct buf json;
	struct json_out out;
};

/* One thing that was looked at. */
static void say_health(struct doctor *doctor, enum health health, const char *check, const char *format, ...)
	PRINTF_LIKE(4, 5);
static void say_health(struct doctor *doctor, enum health health, const char *check, const char *format, ...)
{
	static const char *const zh[HEALTH_COUNT] = {"正常", "留意", "有病"},
				 *const en[HEALTH_COUNT] = {"well", "mind", "ILL "},
				 *const wire[HEALTH_COUNT] = {"well", "mind", "ill"};
	struct call *call = doctor->call;
	char text[1024];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	doctor->ill = doctor->ill || health == HEALTH_ILL;
	if (!call->json) {
		printf("%s  %s\n", say(call, zh[health], en[health]), text);
		return;
	}
	json_out_open(&doctor->out, '{');
	json_out_field_text(&doctor->out, "check", str_from(check));
	json_out_field_text(&doctor->out, "health", str_from(wire[health]));
	json_out_field_text(&doctor->out, "text", str_from(text));
	json_out_close(&doctor->out, '}');
}

#define SAY(doctor, health, check, zh, en, ...)                                                              \
	say_health((doctor), (health), (check), say((doctor)->call, zh, en), ##__VA_ARGS__)

/* ---- the database ---- */

static enum err look_at_database(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct str verdict;
	int64_t process;

	SAY(doctor, HEALTH_WELL, "schema", "数据库结构 %d; SQLite %s", "schema %d; SQLite %s",
		store_schema_version(doctor->store), store_sqlite_version());
	TRY(store_integrity(doctor->store, call->arena, &verdict, &call->why));
	if (str_is(verdict, "ok"))
		SAY(doctor, HEALTH_WELL, "pages", "数据库文件完好: %s 个事件",
			"the database's pages are whole: %s",
			counted(call, doctor->events, "event", "events"));
	else
		SAY(doctor, HEALTH_ILL, "pages", "数据库文件损坏: %.300s; 请用备份恢复",
			"the database is damaged: %.300s; restore a backup", verdict.data);
	if (store_is_written(doctor->dir, &process))
		SAY(doctor, HEALTH_WELL, "lock", "正由进程 %lld 写入", "process %lld has it open for writing",
			(long long)process);
	else
		SAY(doctor, HEALTH_WELL, "lock", "当前没有进程写入", "nobody has it open for writing");
	return ERR_OK;
}

/* ---- the signer ---- */

static enum err read_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct doctor *doctor = context;

	return store_node_get(doctor->store, level, i, ret_hash, &doctor->call->why);
}

static void look_at_key(struct doctor *doctor, bool *ret_there, struct note_key *ret_key)
{
	struct call *call = doctor->call;
	struct bh_err why;
	struct stat found;
	struct str path = str_format(call->arena, "%.*s/signing.key", STR_ARG(doctor->dir));

	*ret_there = folder_key(doctor->dir, doctor->store, call->arena, ret_key, &why) == ERR_OK;
	if (!*ret_there)
		SAY(doctor, HEALTH_ILL, "key", "签名密钥不可用: %s; 没有它就不能写入",
			"the signing key can't be used: %s; nothing can be written without it",
			call->chinese ? why.text_zh : why.text);
	else if (stat(path.data, &found) == 0 && (found.st_mode & 077) != 0)
		SAY(doctor, HEALTH_MIND, "key", "签名密钥 %s 可被他人读取: chmod 600",
			"the signing key %s can be read by others: chmod 600", path.data);
	else
		SAY(doctor, HEALTH_WELL, "key", "签名密钥在, 只有本账户可读",
			"the signing key is there and its owner's alone");
}

/* Does the database hold what was signed last? */
static enum err look_at_note(struct doctor *doctor, const struct note_key *key)
{
	struct call *call = doctor->call;
	struct tree_source tree = {read_node, doctor};
	struct checkpoint checkpoint;
	struct tree_edge edge;
	struct bh_err why;
	struct str note;
	enum err err = folder_note(doctor->dir, doctor->store, call->arena, &note, &call->why);

	if (err == ERR_NOT_FOUND) {
		SAY(doctor, HEALTH_MIND, "signed", "尚未签过检查点", "nothing was signed yet");
		return ERR_OK;
	}
	TRY(err);
	if (checkpoint_open(call->arena, note, key, &checkpoint, &why) != ERR_OK) {
		SAY(doctor, HEALTH_ILL, "signed", "最近的检查点不是这把密钥签的: %s",
			"the newest checkpoint isn't signed by this key: %s",
			call->chinese ? why.text_zh : why.text);
		return ERR_OK;
	}
	if (checkpoint.size > doctor->events) {
		SAY(doctor, HEALTH_ILL, "signed",
			"已为 %llu 个事件签名, 数据库只有 %llu 个: 缺少已确认的记录, 请恢复更新的备份",
			"%llu events were signed and the database has %llu: acknowledged events are gone; "
			"restore a newer backup",
			(unsigned long long)checkpoint.size, (unsigned long long)doctor->events);
		return ERR_OK;
	}
	TRY(tree_edge_load(&tree, checkpoint.size, &edge));
	struct hash root = tree_root(&edge);

	if (!hash_equal(&root, &checkpoint.root))
		SAY(doctor, HEALTH_ILL, "signed", "%llu 个事件处的根与所签不符: 记录被改动",
			"the root at %llu events isn't the one that was signed: the record was changed",
			(unsigned long long)checkpoint.size);
	else if (checkpoint.size < doctor->events)
		SAY(doctor, HEALTH_MIND, "signed", "%s 个事件尚未签名; 下次写入时会补签",
			"not signed yet: %s; the next writer signs first",
			counted(call, doctor->events - checkpoint.size, "event", "events"));
	else
		SAY(doctor, HEALTH_WELL, "signed", "已签名的检查点与数据库一致: %s 个事件",
			"the newest checkpoint covers everything: %s",
			counted(call, checkpoint.size, "event", "events"));
	return ERR_OK;
}

static void look_at_highwater(struct doctor *doctor)
{
	struct str path = str_format(doctor->call->arena, "%.*s/high-water", STR_ARG(doctor->dir));
	struct stat found;

	if (stat(path.data, &found) == 0)
		SAY(doctor, HEALTH_WELL, "high-water", "签名者的水位文件在",
			"the signer's own memory is there");
	else
		SAY(doctor, HEALTH_MIND, "high-water", "没有水位文件 %s: 回退到旧备份不会被察觉",
			"there is no %s: a rollback to an older "
			"database would go unnoticed",
			path.data);
}

/* ---- time ---- */

static struct str time_text(const struct doctor *doctor, struct instant instant)
{
	return instant_print(doctor->call->arena, instant, doctor->offset_minutes);
}

static enum err look_at_time(struct doctor *doctor)
{
	struct call *call = doctor->call;
	int64_t *matters;
	size_t count;

	if (doctor->events > 0 && doctor->now.us < doctor->last.us)
		SAY(doctor, HEALTH_MIND, "clock", "系统时间 %s 早于最新记录 %s: 请校准时钟",
			"the time is %s and the newest event is of %s: set the clock",
			time_text(doctor, doctor->now).data, time_text(doctor, doctor->last).data);
	else
		SAY(doctor, HEALTH_WELL, "clock", "此刻 %s; 最新记录 %s",
			"it is %s; the newest event is of %s", time_text(doctor, doctor->now).data,
			time_text(doctor, doctor->last).data);
	TRY(store_due_now(doctor->store, doctor->now, call->arena, &matters, &count, &call->why));
	if (count > 0)
		SAY(doctor, HEALTH_MIND, "due", "%s 件事项到期尚未处理: bihuan tick %s",
			"time has brought something for %s: bihuan tick %s",
			counted(call, count, "matter", "matters"), call->arguments[0]);
	else
		SAY(doctor, HEALTH_WELL, "due", "没有到期未处理的事项", "nothing is waiting for the clock");
	return ERR_OK;
}

static enum err look_at_calendar(struct doctor *doctor)
{
	struct call *call = doctor->call;
	const struct calendar *calendar;
	struct day first, last, today = instant_day(doctor->now, doctor->offset_minutes);

	TRY(store_calendar_load(doctor->store, call->arena, &calendar, &call->why));
	calendar_span(calendar, &first, &last);
	bool known = calendar_knows(calendar, today) && calendar_knows(calendar, day_add(today, KNOWN_AHEAD));

	if (known)
		SAY(doctor, HEALTH_WELL, "calendar", "日历 %.*s, 数据到 %s", "calendar %.*s, known to %s",
			STR_ARG(calendar_version(calendar)), day_print(call->arena, last).data);
	else
		SAY(doctor, HEALTH_MIND, "calendar",
			"日历 %.*s 的数据到 %s: 之后按星期推算, 期限为暂定; 请导入节假日 (bihuan import DIR "
			"calendar)",
			"calendar %.*s is known to %s: days beyond are counted by weekday alone and shown as "
			"provisional; import the holidays (bihuan import DIR calendar)",
			STR_ARG(calendar_version(calendar)), day_print(call->arena, last).data);
	return ERR_OK;
}

/* ---- the disk ---- */

static void look_at_disk(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct str path = str_format(call->arena, "%.*s/bihuan.db", STR_ARG(doctor->dir));
	int64_t room = file_room(doctor->dir.data);
	struct stat database, folder;
	int64_t size = stat(path.data, &database) == 0 ? (int64_t)database.st_size : 0;
	enum health health = room < 0 || room >= ROOM_ADVISED + size ? HEALTH_WELL
			     : room < ROOM_LEAST                     ? HEALTH_ILL
								     : HEALTH_MIND;

	SAY(doctor, health, "disk", "数据库 %lld MiB, 磁盘余 %lld MiB%s",
		"the database has %lld MiB, the disk has room for %lld MiB%s", (long long)(size >> 20),
		(long long)(room >> 20), health == HEALTH_WELL ? "" : say(call, ": 请扩容", ": make room"));
	if (stat(doctor->dir.data, &folder) == 0 && (folder.st_mode & 077) != 0)
		SAY(doctor, HEALTH_MIND, "folder", "数据目录可被他人进入: chmod 700 %s",
			"others can look into the data folder: chmod 700 %s", doctor->dir.data);
}

static enum err look_at_evidence(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct str folder = evidence_folder(call->arena, call->arguments[0]), *hashes;
	struct progress progress = progress_new(say(call, "佐证材料", "evidence"));
	struct arena *arena = arena_new();
	struct buf names = buf_new(call->arena);
	size_t count, bad = 0;
	enum err err = store_evidence_hashes(doctor->store, call->arena, &hashes, &count, &call->why);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		enum kept kept = evidence_look(arena, folder, hashes[i]);

		if (kept != KEPT_WHOLE && bad++ < NAMED_MAX)
			buf_format(&names, " %.*s (%s)", STR_ARG(hashes[i]),
				kept == KEPT_MISSING ? say(call, "缺失", "missing")
						     : say(call, "损坏", "damaged"));
		progress_show(&progress, (int64_t)i + 1, (int64_t)count);
		arena_clear(arena);
	}
	progress_end(&progress);
	arena_free(arena);
	TRY(err);
	if (bad == 0)
		SAY(doctor, HEALTH_WELL, "evidence", "佐证材料 %s 份, 哈希无误",
			"%s of evidence, each hash right", counted(call, count, "file", "files"));
	else
		SAY(doctor, HEALTH_ILL, "evidence", "佐证材料 %s 份中 %zu 份有问题, 请从备份找回:%.700s",
			"of %s of evidence wrong: %zu; bring back from a backup:%.700s",
			counted(call, count, "file", "files"), bad, buf_str(&names).data);
	return ERR_OK;
}

/* ---- what is told outside ---- */

static enum err look_at_outbox(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct outbox_setup setup = outbox_setup_read(doctor->dir, call->arena);
	int64_t counts[MESSAGE_STATE_COUNT];

	TRY(store_message_counts(doctor->store, counts, &call->why));
	int64_t lost = counts[MESSAGE_FAILED] + counts[MESSAGE_UNCLEAR];

	if (!setup.there)
		SAY(doctor, HEALTH_WELL, "outbox", "不外发消息: 没有 " OUTBOX_FILE,
			"nothing is sent outside: there is no " OUTBOX_FILE);
	else if (setup.fault.size > 0)
		SAY(doctor, HEALTH_MIND, "outbox", "外发设置有误: %.*s", "sending is set up wrongly: %.*s",
			STR_ARG(call->chinese ? setup.fault_zh : setup.fault));
	else if (lost > 0)
		SAY(doctor, HEALTH_MIND, "outbox", "%s 条消息未能送达或不明: bihuan outbox %s",
			"%s failed or unclear: bihuan outbox %s",
			counted(call, (size_t)lost, "message", "messages"), call->arguments[0]);
	else
		SAY(doctor, HEALTH_WELL, "outbox", "外发消息: 已发 %lld, 待发 %lld",
			"messages sent outside: %lld; waiting: %lld", (long long)counts[MESSAGE_SENT],
			(long long)counts[MESSAGE_WAITING]);
	return ERR_OK;
}

/* ---- where people sign in ---- */

static void look_at_server(struct doctor *doctor, const char *check, const char *zh, const char *en,
	enum err err, const struct bh_err *why)
{
	struct call *call = doctor->call;

	if (err == ERR_OK)
		SAY(doctor, HEALTH_WELL, check, "%s可用", "%s answers as it should", say(call, zh, en));
	else
		SAY(doctor, HEALTH_MIND, check, "%s不可用: %s: %s", "%s can't be used: %s: %s",
			say(call, zh, en), why->place, call->chinese ? why->text_zh : why->text);
}

static void look_at_sign_in(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct outside_setup setup = outside_setup_read(doctor->dir, call->arena);
	struct bh_err why = {0};

	if (!setup.there)
		SAY(doctor, HEALTH_WELL, "sign-in", "只用本系统口令登录: 没有 " OUTSIDE_FILE,
			"people sign in with passwords kept here: there is no " OUTSIDE_FILE);
	else if (setup.fault.size > 0)
		SAY(doctor, HEALTH_ILL, "sign-in", "登录设置有误, 只有管理员与应急账号能用口令登录: %.*s",
			"signing in is set up wrongly, and only administrators and break-glass accounts get "
			"in: %.*s",
			STR_ARG(call->chinese ? setup.fault_zh : setup.fault));
	else if (setup.local_closed)
		SAY(doctor, HEALTH_WELL, "sign-in", "本系统口令仅限管理员与应急账号",
			"passwords kept here are for administrators and break-glass accounts only");
	else
		SAY(doctor, HEALTH_WELL, "sign-in", "本系统口令对所有账号开放",
			"passwords kept here are open to every account");
	if (setup.oidc.there)
		look_at_server(doctor, "oidc", "认证平台", "the provider (OpenID Connect)",
			outside_try_oidc(doctor->dir, &why), &why);
	if (setup.ldap.there)
		look_at_server(doctor, "ldap", "目录服务", "the directory (LDAP)",
			outside_try_ldap(doctor->dir, &why), &why);
}

/* ---- the command ---- */

static enum err examine(struct doctor *doctor)
{
	struct call *call = doctor->call;
	struct store_institution institution;
	struct note_key key;
	bool has_key;

	TRY(store_institution_get(doctor->store, call->arena, &institution, &call->why));
	doctor->offset_minutes = institution.offset_minutes;
	TRY(call_now(call, institution.offset_minutes, &doctor->now));
	TRY(store_ledger_size(doctor->store, &doctor->events, &doctor->last, &call->why));
	TRY(look_at_database(doctor));
	look_at_key(doctor, &has_key, &key);
	look_at_highwater(doctor);
	if (has_key)
		TRY(look_at_note(doctor, &key));
	TRY(look_at_time(doctor));
	TRY(look_at_calendar(doctor));
	look_at_disk(doctor);
	TRY(look_at_evidence(doctor));
	TRY(look_at_outbox(doctor));
	look_at_sign_in(doctor);
	return ERR_OK;
}

enum err command_doctor(struct call *call)
{
	struct doctor doctor = {.call = call, .dir = str_from(call->arguments[0])};

	/* A folder that can't even be opened says itself what is wrong with it. */
	TRY(store_open(doctor.dir, STORE_READ, &doctor.store, &call->why));
	doctor.json = buf_new(call->arena);
	doctor.out = json_out_new(&doctor.json);
	json_out_open(&doctor.out, '[');
	enum err err = examine(&doctor);

	store_close(doctor.store);
	TRY(err);
	json_out_close(&doctor.out, ']');
	if (call->json)
		printf("%s\n", buf_str(&doctor.json).data);
	call->answered = true;
	return doctor.ill ? ERR_TAMPERED : ERR_OK;
}
