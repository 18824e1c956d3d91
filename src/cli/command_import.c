/* command_import.c: rows of the institution, its calendar and its matters, from csv or a spreadsheet. The
 * file is read and tried wholly on what is recorded now (src/intake); then the folder is locked, it is tried
 * again if anything has been recorded in between, and recorded as one act. */
#include "cli/house.h"
#include "cli/import_tell.h"

#include "cli/rule_files.h"

#include "exchange/csv.h"
#include "exchange/file.h"

struct importing {
	struct call *call;
	struct house house;
	struct intake_file file;
	struct intake_ask ask;
	struct intake intake;
	struct instant now, from; /* the present of the call, and when the first act is done */
	uint64_t seen;            /* events there were when it was tried */
	size_t done;              /* parts that are recorded */
};

/* ---- what is said ---- */

/* A list of what is wrong is what --dry-run is for, so it is the answer there; else it is why nothing was
 * done. */
static enum err refuse(struct importing *importing)
{
	struct call *call = importing->call;
	size_t count = importing->intake.errors.count + importing->intake.errors.left_out;

	if (call->json)
		import_tell_errors_json(&importing->intake);
	else
		import_tell_errors(call, &importing->intake, option_given(call, "dry-run") ? stdout : stderr);
	return err_set(&call->why, ERR_INVALID, call->arguments[2],
		"%zu wrong place%s, named one by one; nothing was written", count, count == 1 ? "" : "s");
}

static void tell_json(const struct importing *importing, const char *key, size_t acts)
{
	struct buf buf = buf_new(importing->call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "file", str_from(importing->call->arguments[2]));
	json_out_field_int(&out, "rows", (int64_t)importing->intake.table->row_count);
	json_out_field_int(&out, key, (int64_t)acts);
	import_tell_json(&importing->intake, &out);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static void tell(const struct importing *importing, bool dry)
{
	struct call *call = importing->call;
	size_t rows = importing->intake.table->row_count,
	       acts = dry ? intake_planned(&importing->intake) : importing->done;

	if (call->quiet)
		return;
	if (!call->json)
		import_tell(call, &importing->intake, dry, dry ? stdout : stderr);
	if (call->json)
		tell_json(importing, dry ? "to_record" : "recorded", acts);
	else if (acts == 0)
		printf(say(call, "%s: %s 行, 均已记录, 没有变化\n",
			       "%s: %s, all known already, nothing changes\n"),
			call->arguments[2], counted(call, rows, "row", "rows"));
	else if (dry)
		printf(say(call, "%s: %s 行, 无误, 将记录 %s 条\n", "%s: %s, nothing wrong; %s to record\n"),
			call->arguments[2], counted(call, rows, "row", "rows"),
			counted(call, acts, "act", "acts"));
	else
		printf(say(call, "%s: %s 行, 记录 %s 条\n", "%s: %s, %s recorded\n"), call->arguments[2],
			counted(call, rows, "row", "rows"), counted(call, acts, "act", "acts"));
}

/* ---- trying ---- */

static enum err read_lines(struct importing *importing)
{
	struct call *call = importing->call;
	const char *said[OPTIONS_MAX];
	size_t count = option_values(call, "line", said, ARRAY_COUNT(said));
	int64_t *lines = ARENA_TAKE(call->arena, count + 1, int64_t);

	for (size_t i = 0; i < count; i++)
		if (!str_to_int(str_from(said[i]), &lines[i]))
			return err_set(&call->why, ERR_INVALID, "--line", "say the number of a line");
	importing->ask.lines = count > 0 ? lines : NULL;
	importing->ask.line_count = count;
	return ERR_OK;
}

static enum err read_ask(struct importing *importing)
{
	struct call *call = importing->call;
	const char *said[OPTIONS_MAX];
	size_t count = option_values(call, "column", said, ARRAY_COUNT(said));
	struct str *choices = ARENA_TAKE(call->arena, count + 1, struct str);
	struct intake_ask *ask = &importing->ask;

	TRY(kind_by_name(
		call->arena, str_from(call->arguments[1]), call->arguments[1], &ask->kind, &call->why));
	for (size_t i = 0; i < count; i++)
		choices[i] = str_from(said[i]);
	ask->procedure = str_from(option_value(call, "procedure"));
	ask->choices = choices;
	ask->choice_count = count;
	TRY(read_lines(importing));
	ask->sheet = str_from(option_value(call, "sheet"));
	ask->forget = option_given(call, "forget");
	ask->by_days = option_given(call, "now");
	ask->file = &importing->file;
	return ERR_OK;
}

static enum err try_file(struct importing *importing)
{
	struct house *house = &importing->house;
	struct call *call = importing->call;
	struct intake_ask *ask = &importing->ask;
	struct instant last;

	TRY(store_ledger_size(house->store, &importing->seen, &last, &call->why));
	ask->institution = &house->institution;
	ask->store = house->store;
	ask->now = importing->now;
	if (option_given(call, "as"))
		TRY(house_person(house, NULL, &ask->person));
	TRY(intake_read(call->arena, ask, &importing->intake, &call->why));
	importing->from = importing->now;
	for (size_t i = 0; i < importing->intake.count; i++)
		if (importing->intake.times[i].us < importing->from.us)
			importing->from = importing->intake.times[i];
	return ERR_OK;
}

static enum err look(struct importing *importing)
{
	TRY(house_open_to_read(importing->call, &importing->house));
	importing->now = importing->house.now;
	enum err err = try_file(importing);

	house_close(&importing->house);
	return err;
}

/* ---- recording ---- */

/* The clock of this call goes on to the day of the rows; what falls due on the way is fired first. The writer
 * has nothing to do then, and looks at the clock only with its next act. */
static enum err go_to(struct importing *importing, struct instant at)
{
	struct house *house = &importing->house;
	int64_t events;

	if (at.us <= house->now.us)
		return ERR_OK;
	house->now = at;
	return clock_sweep(house->installation, house->store, &events, &importing->call->why);
}

/* Rows of one time are one act: all of the file, but with --now, where time goes through its days. */
static enum err carry_out(struct importing *importing)
{
	struct intake *intake = &importing->intake;
	struct call *call = importing->call;
	struct receipt receipt;
	struct act act;

	if (intake->calendar != NULL ||
		((intake->ask.kind->of == KIND_OF_ORG || intake->ask.kind->of == KIND_OF_FORM) &&
			intake->count > 0))
		TRY(call_needs_person(call));
	for (size_t next, from = 0; from < intake_planned(intake); from = next) {
		if (intake->calendar == NULL)
			TRY(go_to(importing, intake->times[from]));
		TRY(intake_act(intake, from, &act, &next, &call->why));
		TRY(act_run(importing->house.installation, &act, &receipt, &call->why));
		importing->done = next;
	}
	return go_to(importing, importing->now);
}

static enum err write_all(struct importing *importing)
{
	struct instant last;
	uint64_t events;

	TRY(store_ledger_size(importing->house.store, &events, &last, &importing->call->why));
	importing->intake.ask.store = importing->house.store;
	if (events != importing->seen)
		TRY(try_file(importing));
	if (importing->intake.errors.count > 0)
		return refuse(importing);
	enum err err = carry_out(importing);

	if (err != ERR_OK && importing->done > 0)
		fprintf(stderr,
			say(importing->call, "bihuan: 已记录 %s 条; 排除故障后再次导入同一文件即可继续\n",
				"bihuan: %s recorded; import the same file again to go on from there\n"),
			counted(importing->call, importing->done, "act", "acts"));
	return err;
}

static enum err write_in_house(struct importing *importing)
{
	struct call *call = importing->call;

	TRY(importing->from.us < importing->now.us
			? house_open_to_write_from(call, importing->from, &importing->house)
			: house_open_to_write(call, &importing->house));
	enum err err = write_all(importing);

	house_close(&importing->house);
	return err;
}

/* ---- the command ---- */

enum err command_import(struct call *call)
{
	struct importing importing = {.call = call};
	struct str text;

	TRY(read_ask(&importing));
	if (importing.ask.kind->of == KIND_OF_RULES)
		return rule_files_import(call);
	TRY(file_read(call->arena, call->arguments[2], CSV_SIZE_MAX, &text, &call->why));
	TRY(intake_file_read(call->arena, str_from(call->arguments[2]), text, &importing.file, &call->why));
	TRY(look(&importing));
	if (importing.intake.errors.count > 0 || importing.intake.table == NULL)
		return refuse(&importing);
	if (!option_given(call, "dry-run"))
		TRY(write_in_house(&importing));
	tell(&importing, option_given(call, "dry-run"));
	return ERR_OK;
}
