/* command_import.c: rows of the institution, its calendar and its matters, from csv or a
 * spreadsheet. */
#include "cli/import.h"

#include "exchange/calendar_table.h"

#include <stdio.h>
#include <string.h>

/* ---- rows of the institution ---- */

static enum err columns_org(struct import *import, const struct csv_column **ret_columns, size_t *ret_count)
{
	*ret_columns = org_table_columns(import->kind->table, ret_count);
	return ERR_OK;
}

static enum err check_org(struct import *import)
{
	struct org_rows *rows = ARENA_TAKE(import->call->arena, 1, struct org_rows);
	enum org_table table = import->kind->table;

	rows->arena = import->call->arena;
	/* The house's own copy of the institution is where the rows are tried. */
	org_table_read(import->house.institution.org, table, import->csv, rows, &import->errors);
	if (table == ORG_UNITS)
		org_table_read(
			import->house.institution.org, ORG_UNIT_LINKS, import->csv, rows, &import->errors);
	import->plan = rows;
	import->planned = rows->count;
	return ERR_OK;
}

static enum err carry_out_org(struct import *import)
{
	struct call *call = import->call;
	const struct org_rows *rows = import->plan;
	struct act *planned = ARENA_TAKE(call->arena, rows->count + 1, struct act);
	struct acts *acts;
	int64_t person = 0;
	enum err err = ERR_OK;

	if (rows->count > 0)
		TRY(house_person(&import->house, NULL, &person));
	acts = acts_begin(call, import->house.installation, say(call, "导入", "importing"), rows->count);
	for (size_t i = 0; i < rows->count && err == ERR_OK; i++) {
		planned[i] = act_of_row(&rows->items[i]);
		planned[i].person = person;
		err = acts_put(acts, &planned[i]);
	}
	if (err == ERR_OK)
		err = acts_wait(acts);
	acts_end(acts);
	import->done = acts_done(acts);
	return err;
}

/* ---- the calendar ---- */

static enum err columns_calendar(
	struct import *import, const struct csv_column **ret_columns, size_t *ret_count)
{
	(void)import;
	*ret_columns = calendar_table_columns(ret_count);
	return ERR_OK;
}

static enum err check_calendar(struct import *import)
{
	struct call *call = import->call;
	struct calendar_laid *laid = ARENA_TAKE(call->arena, 1, struct calendar_laid);
	const struct calendar_day *own;
	size_t own_count, count;
	const struct calendar_day *days = calendar_table_read(import->csv, &import->errors, &count);
	int64_t times;

	TRY(store_calendar_own(import->house.store, call->arena, &own, &own_count, &times, &call->why));
	*laid = calendar_lay_over(call->arena, own, own_count, times, days, count);
	import->plan = laid;
	import->planned = laid->changes ? 1 : 0;
	return ERR_OK;
}

static enum err carry_out_calendar(struct import *import)
{
	struct call *call = import->call;
	const struct calendar_laid *laid = import->plan;
	struct act act = {.kind = ACT_CALENDAR,
		.what.calendar = {.version = laid->version, .days = laid->days, .count = laid->count}};
	struct receipt receipt;

	if (import->planned == 0)
		return ERR_OK;
	TRY(house_person(&import->house, NULL, &act.person));
	TRY(act_run(import->house.installation, &act, &receipt, &call->why));
	import->done = 1;
	return ERR_OK;
}

static const struct import_way ways[KIND_OF_COUNT] = {
	[KIND_OF_ORG] = {columns_org, check_org, carry_out_org},
	[KIND_OF_CALENDAR] = {columns_calendar, check_calendar, carry_out_calendar},
	[KIND_OF_MATTERS] = {import_matters_columns, import_matters_check, import_matters_carry_out},
};

/* ---- what is said ---- */

static void print_errors(const struct import *import, FILE *to)
{
	struct call *call = import->call;

	import_table_tell(import, option_given(call, "dry-run"), to);
	for (size_t i = 0; i < import->errors.count; i++)
		fprintf(to, "%s\n", csv_error_say(call->arena, &import->errors, i, lang_of(call)).data);
	if (import->errors.left_out > 0)
		fprintf(to, say(call, "另有 %zu 处\n", "and %zu more\n"), import->errors.left_out);
}

static void print_errors_json(const struct import *import)
{
	struct buf buf = buf_new(import->call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "file", import->errors.file);
	json_out_key(&out, "errors");
	json_out_open(&out, '[');
	for (size_t i = 0; i < import->errors.count; i++) {
		const struct csv_error *error = &import->errors.items[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "place", csv_error_place(import->call->arena, &import->errors, i));
		json_out_field_int(&out, "line", (int64_t)error->line);
		json_out_field_int(&out, "cell", (int64_t)error->column);
		json_out_field_text(&out, "column", csv_error_column(&import->errors, i));
		json_out_field_text(&out, "text", error->text);
		json_out_field_text(&out, "text_zh", error->text_zh);
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	json_out_field_int(&out, "left_out", (int64_t)import->errors.left_out);
	import_table_tell_json(import, &out);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

/* A list of what is wrong is what --dry-run is for, so it is the answer there; else it is why nothing was
 * done. */
static enum err refuse(struct import *import)
{
	struct call *call = import->call;
	size_t count = import->errors.count + import->errors.left_out;

	if (call->json)
		print_errors_json(import);
	else
		print_errors(import, option_given(call, "dry-run") ? stdout : stderr);
	return err_set(&call->why, ERR_INVALID, call->arguments[2],
		"%zu wrong place%s, named one by one; nothing was written", count, count == 1 ? "" : "s");
}

static void tell_json(const struct import *import, const char *key, size_t acts)
{
	struct buf buf = buf_new(import->call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "file", str_from(import->call->arguments[2]));
	json_out_field_int(&out, "rows", (int64_t)import->csv->row_count);
	json_out_field_int(&out, key, (int64_t)acts);
	import_table_tell_json(import, &out);
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static void tell(const struct import *import, bool dry)
{
	struct call *call = import->call;
	size_t rows = import->csv->row_count, acts = dry ? import->planned : import->done;

	if (call->quiet)
		return;
	if (!call->json)
		import_table_tell(import, dry, dry ? stdout : stderr);
	if (call->json)
		tell_json(import, dry ? "to_record" : "recorded", acts);
	else if (acts == 0)
		printf(say(call, "%s: %zu 行, 均已记录, 没有变化\n",
			       "%s: %zu rows, all known already, nothing changes\n"),
			call->arguments[2], rows);
	else if (dry)
		printf(say(call, "%s: %zu 行, 无误, 将记录 %zu 条\n",
			       "%s: %zu rows, nothing wrong; %zu acts to record\n"),
			call->arguments[2], rows, acts);
	else
		printf(say(call, "%s: %zu 行, 记录 %zu 条\n", "%s: %zu rows, %zu acts recorded\n"),
			call->arguments[2], rows, acts);
}

/* ---- the command ---- */

static enum err check(struct import *import)
{
	struct call *call = import->call;

	import->errors = csv_errors_new(call->arena, str_from(call->arguments[2]));
	import->errors.table = import->csv;
	return import->way->check(import);
}

static enum err write_all(struct import *import)
{
	struct instant last;
	uint64_t events;

	TRY(store_ledger_size(import->house.store, &events, &last, &import->call->why));
	if (events != import->seen)
		TRY(check(import));
	if (import->errors.count > 0)
		return refuse(import);
	enum err err = import->way->carry_out(import);

	if (err != ERR_OK && import->done > 0)
		fprintf(stderr,
			say(import->call, "bihuan: 已记录 %zu 条; 排除故障后再次导入同一文件即可继续\n",
				"bihuan: %zu acts were recorded; import the same file again to go on from "
				"there\n"),
			import->done);
	return err;
}

static enum err look(struct import *import)
{
	TRY(house_open_to_read(import->call, &import->house));
	import->now = import->from = import->house.now;
	struct instant last;
	enum err err = store_ledger_size(import->house.store, &import->seen, &last, &import->call->why);

	if (err == ERR_OK)
		err = import_table_make(import);
	if (err == ERR_OK && import->csv != NULL)
		err = check(import);

	house_close(&import->house);
	return err;
}

static enum err write_in_house(struct import *import)
{
	struct call *call = import->call;

	TRY(import->from.us < import->now.us ? house_open_to_write_from(call, import->from, &import->house)
					     : house_open_to_write(call, &import->house));
	enum err err = write_all(import);

	house_close(&import->house);
	return err;
}

enum err command_import(struct call *call)
{
	struct import import = {.call = call};

	TRY(kind_find(call, &import.kind, &import.procedure));
	import.way = &ways[import.kind->of];
	TRY(import_file_read(&import));
	if (import.csv != NULL || import.workbook != NULL)
		TRY(look(&import));
	if (import.csv == NULL)
		import.errors = import.form;
	else
		csv_errors_join(&import.errors, &import.form);
	csv_errors_sort(&import.errors);
	if (import.errors.count > 0)
		return refuse(&import);
	if (!option_given(call, "dry-run"))
		TRY(write_in_house(&import));
	tell(&import, option_given(call, "dry-run"));
	return ERR_OK;
}
