/* import.c: tables in: sent, looked at, recorded. What a file means is found in intake/, as for the shell;
 * what is recorded is one act of the sender's. */
#include "exchange/content.h"
#include "exchange/csv.h"
#include "http/reading.h"
#include "http/receiving.h"
#include "http/route/answer.h"
#include "http/service.h"
#include "intake/intake.h"

#include <string.h>

#define ROWS_SHOWN 100

/* ---- sending ---- */

enum err receive_import_send(struct http_request *request, struct str piece)
{
	return upload_receive(request, UPLOAD_IMPORT, piece);
}

enum err route_import_send(struct http_request *request, struct reply *reply)
{
	struct upload upload;

	TRY(upload_receive_end(request, UPLOAD_IMPORT, reply, &upload));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_field_text(out, "file", upload.hash);
	json_out_field_text(out, "name", upload.name);
	json_out_field_int(out, "size", upload.size);
	json_out_field_bool(out, "existing", upload.existing);
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- what is asked of it ---- */

static enum err read_file(struct http_request *request, struct intake_file *file)
{
	struct uploads *uploads = request->service->uploads[UPLOAD_IMPORT];
	struct upload upload;
	struct str bytes;

	TRY(uploads_find(uploads, request->arena, request_text(request, "file"), request->who.account,
		request_now(request), &upload, &request->why));
	TRY(uploads_bytes(uploads, request->arena, upload.hash, &bytes, &request->why));
	return intake_file_read(request->arena, upload.name, bytes, file, &request->why);
}

/* "due=办结时限", as the shell takes it too. */
static void read_said(struct http_request *request, struct intake_ask *ask)
{
	const struct doc *said = request_tree(request, "columns");
	size_t count = said == NULL ? 0 : said->count;
	struct str *choices = ARENA_TAKE(request->arena, count + 1, struct str);

	for (size_t i = 0; i < count; i++)
		choices[i] = str_format(request->arena, "%.*s=%.*s",
			STR_ARG(doc_get_text(&said->items[i], "column")),
			STR_ARG(doc_get_text(&said->items[i], "header")));
	ask->choices = choices;
	ask->choice_count = count;
}

static void read_lines(struct http_request *request, struct intake_ask *ask)
{
	const struct doc *lines = request_tree(request, "lines");
	size_t count = lines == NULL ? 0 : lines->count;
	int64_t *chosen = ARENA_TAKE(request->arena, count + 1, int64_t);

	for (size_t i = 0; i < count; i++)
		chosen[i] = lines->items[i].number;
	ask->lines = lines == NULL ? NULL : chosen;
	ask->line_count = count;
}

static enum err read_procedure(struct http_request *request, struct intake_ask *ask)
{
	bool may = ask->kind->of == KIND_OF_MATTERS || ask->kind->of == KIND_OF_ROWS;

	if (request_has(request, "procedure") && !may)
		return err_set(&request->why, ERR_INVALID, "procedure",
			"only matters, and rows of matters, are of a procedure: leave it out");
	ask->procedure = may ? request_text(request, "procedure") : STR("");
	return ERR_OK;
}

/* Where the shell has an option, a body has a field. */
static enum err in_body(struct http_request *request, enum err err)
{
	struct str place = str_from(request->why.place);

	if (err != ERR_INVALID && err != ERR_NOT_FOUND)
		return err;
	return err_pass(&request->why, ERR_INVALID,
		str_is(place, "--column")  ? "columns"
		: str_is(place, "--sheet") ? "sheet"
		: str_is(place, "lines")   ? "lines"
		: str_is(place, "kind")    ? "kind"
					   : "procedure",
		&request->why);
}

static enum err take_in(struct http_request *request, struct intake *intake)
{
	struct intake_file *file = ARENA_TAKE(request->arena, 1, struct intake_file);
	struct intake_ask ask = {.institution = request_institution(request),
		.store = request->reader,
		.file = file,
		.sheet = request_text(request, "sheet"),
		.forget = request_bool(request, "forget"),
		.person = request->who.person,
		.alone = true,
		.now = request_now(request)};

	TRY(kind_by_name(request->arena, request_text(request, "kind"), "kind", &ask.kind, &request->why));
	TRY(read_procedure(request, &ask));
	read_said(request, &ask);
	read_lines(request, &ask);
	TRY(read_file(request, file));
	return in_body(request, intake_read(request->arena, &ask, intake, &request->why));
}

/* ---- the preview ---- */

static void put_errors(struct json_out *out, const char *key, const struct csv_errors *errors)
{
	json_out_key(out, key);
	json_out_open(out, '[');
	for (size_t i = 0; i < errors->count; i++) {
		const struct csv_error *error = &errors->items[i];

		json_out_open(out, '{');
		json_out_field_text(out, "place", csv_error_place(errors->arena, errors, i));
		json_out_field_int(out, "line", (int64_t)error->line);
		json_out_field_int(out, "cell", (int64_t)error->column);
		json_out_field_text(out, "column", csv_error_column(errors, i));
		json_out_field_text(out, "text", error->text);
		json_out_field_text(out, "text_zh", error->text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_targets(struct json_out *out, const struct column_ask *columns, bool chinese)
{
	json_out_key(out, "targets");
	json_out_open(out, '[');
	for (size_t i = 0; i < columns->count; i++) {
		const char *label = chinese ? columns->columns[i].zh : columns->columns[i].en;

		json_out_open(out, '{');
		json_out_field_text(out, "name", str_from(columns->columns[i].name));
		json_out_field_text(out, "label", label == NULL ? STR("") : str_from(label));
		json_out_field_bool(out, "required", columns->columns[i].required);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_columns(struct json_out *out, const struct intake *intake)
{
	static const char *const bases[COLUMN_BASIS_COUNT] = {
		"unknown", "said", "remembered", "named", "usual"};
	const struct csv_table *table = intake->table;

	json_out_key(out, "columns");
	json_out_open(out, '[');
	for (size_t i = 0; table != NULL && table->heads != NULL && i < table->column_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "at",
			table->sheet.size == 0
				? str_format(intake->arena, "%zu", i + 1)
				: sheet_letters(intake->arena, table->first_column + (uint32_t)i));
		json_out_field_text(out, "header", table->heads[i]);
		json_out_field_text(out, "column", table->columns[i]);
		json_out_field_text(out, "basis", str_from(bases[table->bases[i]]));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void put_counts(struct json_out *out, const struct intake *intake)
{
	int64_t counts[INTAKE_DOES_COUNT] = {0};
	size_t rows = intake->table == NULL ? 0 : intake->table->row_count;

	for (size_t i = 0; i < rows; i++)
		counts[intake->rows[i].does]++;
	json_out_field_int(out, "rows", (int64_t)rows);
	for (enum intake_does does = INTAKE_WRONG; does < INTAKE_DOES_COUNT; does++)
		json_out_field_int(out, intake_does_name(does), counts[does]);
}

static void put_row(struct json_out *out, const struct intake *intake, size_t i)
{
	const struct csv_table *table = intake->table;
	const struct intake_row *row = &intake->rows[i];

	json_out_open(out, '{');
	json_out_field_int(out, "line", (int64_t)table->rows[i].line);
	json_out_field_text(out, "does", str_from(intake_does_name(row->does)));
	if (row->matter > 0)
		json_out_field_int(out, "matter", row->matter);
	if (row->action.size > 0)
		json_out_field_text(out, "action", row->action);
	json_out_key(out, "cells");
	json_out_open(out, '{');
	for (size_t j = 0; j < table->column_count; j++)
		if (table->columns[j].size > 0 && table->bases[j] != COLUMN_UNKNOWN)
			json_out_field_text(out, str_copy(intake->arena, table->columns[j]).data,
				table->rows[i].cells[j]);
	json_out_close(out, '}');
	json_out_close(out, '}');
}

static void put_rows(struct json_out *out, const struct http_request *request, const struct intake *intake)
{
	size_t rows = intake->table == NULL ? 0 : intake->table->row_count,
	       from = (size_t)request_int(request, "skip"),
	       limit = request_has(request, "limit") ? (size_t)request_int(request, "limit") : ROWS_SHOWN;

	json_out_key(out, "shown");
	json_out_open(out, '[');
	for (size_t i = from; i < rows && i - from < limit; i++)
		put_row(out, intake, i);
	json_out_close(out, ']');
}

static void put_sheets(struct json_out *out, const struct intake *intake)
{
	const struct workbook *workbook = intake->ask.file->workbook;

	json_out_key(out, "sheets");
	json_out_open(out, '[');
	for (size_t i = 0; workbook != NULL && i < workbook->sheet_count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "name", workbook->sheets[i].name);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_field_text(out, "sheet", intake->table == NULL ? STR("") : intake->table->sheet);
}

enum err route_import_preview(struct http_request *request, struct reply *reply)
{
	struct intake intake;

	TRY(take_in(request, &intake));
	struct hash digest = intake_digest(&intake);
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	put_sheets(out, &intake);
	put_targets(out, &intake.columns, str_is(request_lang(request), "zh"));
	put_columns(out, &intake);
	put_counts(out, &intake);
	put_errors(out, "errors", &intake.errors);
	json_out_field_int(out, "more_errors", (int64_t)intake.errors.left_out);
	put_errors(out, "notes", &intake.notes);
	put_rows(out, request, &intake);
	json_out_field_text(out, "digest", hex_print(request->arena, digest.bytes, HASH_SIZE));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- recording ---- */

struct committing {
	struct intake intake;
	struct act act;
	struct hash confirmed;
	size_t rows;
};

static enum err recorded(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	const struct committing *committing = request->state;

	return answer_imported(receipt, committing->rows, reply);
}

/* A table is no easier way to what is demanded by hand. */
static enum err check_proof(struct http_request *request, const struct kind *kind)
{
	if (kind->of == KIND_OF_MATTERS || kind->of == KIND_OF_ROWS)
		return ERR_OK;
	if (request->who.by_token)
		return err_set(&request->why, ERR_FORBIDDEN, "Authorization",
			"a token isn't enough for this: sign in");
	return auth_strong(&request->who, 0, true, &request->why);
}

static enum err check_plan(struct http_request *request, const struct intake *intake)
{
	size_t wrong = intake->errors.count + intake->errors.left_out;

	if (intake->count > IMPORT_ROWS_MAX)
		return err_set(&request->why, ERR_RANGE, "file",
			"one import records at most %d rows: divide the file", IMPORT_ROWS_MAX);
	/* What was done under this key may be wrong by now: the writer knows. */
	if ((wrong == 0 && intake->table != NULL) || request_key(request).size > 0)
		return ERR_OK;
	return err_set(&request->why, ERR_INVALID, "file",
		"wrong places in the file: %zu: the preview names each", wrong);
}

static enum err plan_act(struct http_request *request, struct committing *committing)
{
	struct intake *intake = &committing->intake;
	struct act *act = &committing->act;
	size_t next;

	TRY(check_plan(request, intake));
	TRY(intake_act(intake, 0, act, &next, &request->why));
	committing->rows = intake_planned(intake);
	if (act->kind != ACT_IMPORT) {
		struct hash now = intake_digest(intake);

		return hash_equal(&now, &committing->confirmed)
			       ? ERR_OK
			       : err_set(&request->why, ERR_CONFLICT, "digest",
					 "what would be recorded is no longer what was looked at: look at it "
					 "again");
	}
	if (intake->errors.count > 0 || intake->table == NULL)
		act->what.import.count = 0;
	act->what.import.confirmed = &committing->confirmed;
	return ERR_OK;
}

enum err route_import_commit(struct http_request *request, struct reply *reply)
{
	struct committing *committing = ARENA_TAKE(request->arena, 1, struct committing);
	struct str bytes;

	(void)reply;
	TRY(take_in(request, &committing->intake));
	TRY(check_proof(request, committing->intake.ask.kind));
	REQUIRE(hex_parse(request->arena, request_text(request, "digest"), &bytes) &&
		bytes.size == HASH_SIZE);
	memcpy(committing->confirmed.bytes, bytes.data, HASH_SIZE);
	TRY(plan_act(request, committing));
	request->state = committing;
	committing->act.key = request_key(request);
	committing->act.person = request->who.person;
	committing->act.account = request->who.account;
	return request_act(request, &committing->act, recorded);
}
