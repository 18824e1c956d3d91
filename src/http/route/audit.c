/* audit.c: the three sentences 有权必有责, 有责要担当, 失责必追究 on live data. A person is told what breaks
 * them in what that person sees, so that it can be mended; the audit administrator, who knows no content, how
 * often each is broken, and whether the record holds together. */
#include "http/auditor.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"
#include "view/audit_words.h"

#define ROWS_MAX 100 /* of one invariant */

struct audited_row {
	int64_t matter;
	struct str number, title;
	struct audit_said said;
};

struct auditing {
	const struct reading *reading;
	bool counts_only; /* for the audit administrator */
	const struct invariant *invariant;
	int64_t broken;
	struct audited_row rows[ROWS_MAX];
	size_t count;
};

/* "" for none. */
static struct str cell_of(const struct broken_row *row, const char *name)
{
	for (size_t i = 0; i < row->count; i++)
		if (str_is(row->names[i], name) && row->cells[i].data != NULL)
			return row->cells[i];
	return STR("");
}

/* The matter that the row is about, when the viewer sees it; 0 otherwise. */
static int64_t matter_of(const struct reading *reading, const struct broken_row *row)
{
	struct http_request *request = reading->request;
	struct str number = cell_of(row, "number"), object = cell_of(row, "object");
	struct bh_err why;
	int64_t matter = 0;
	bool sees = false;

	if (number.size > 0)
		return store_number_seen(request->reader, &reading->viewer, number, &matter, &why) == ERR_OK
			       ? matter
			       : 0;
	if (str_starts(object, "m") && str_to_int(str_slice(object, 1, object.size), &matter) &&
		store_may_see(request->reader, &reading->viewer, matter, &sees, &why) == ERR_OK && sees)
		return matter;
	return 0;
}

static struct audited_row tell(const struct reading *reading, int64_t id, const struct broken_row *row)
{
	struct http_request *request = reading->request;
	const struct teller *teller = &reading->teller;
	struct audited_row told = {.matter = id};
	struct matter *matter;

	if (store_matter_load(request->reader, request->arena, id, institution_procedure,
		    (void *)teller->institution, &matter, &request->why) != ERR_OK)
		return told;
	told.number = matter->number;
	told.title = doc_get_text(matter->fields, "title");
	told.said = audit_tell(teller, matter, row->names, row->cells, row->count);
	return told;
}

static void take_row(struct auditing *auditing, const struct broken_row *row)
{
	int64_t matter = auditing->counts_only ? 0 : matter_of(auditing->reading, row);

	if (!auditing->counts_only && matter == 0)
		return;
	auditing->broken++;
	if (!auditing->counts_only && auditing->count < ROWS_MAX)
		auditing->rows[auditing->count++] = tell(auditing->reading, matter, row);
}

/* Of what was found the invariant's own rows. */
static void take_rows(struct auditing *auditing, const struct audit_run *run)
{
	size_t count;
	const struct audit_row *rows = audit_run_rows(run, &count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].invariant == auditing->invariant)
			take_row(auditing, &rows[i].row);
}

static void put_row(const struct teller *teller, struct json_out *out, const struct audited_row *row)
{
	json_out_open(out, '{');
	json_out_field_int(out, "matter", row->matter);
	json_out_field_text(out, "number", row->number);
	json_out_field_text(out, "title", row->title);
	audit_put(teller, out, &row->said);
	json_out_close(out, '}');
}

static void put_invariant(const struct auditing *auditing, struct json_out *out)
{
	const struct teller *teller = &auditing->reading->teller;

	json_out_open(out, '{');
	json_out_field_text(out, "name", str_from(auditing->invariant->name));
	json_out_field_text(
		out, "text", str_from(teller->chinese ? auditing->invariant->zh : auditing->invariant->en));
	json_out_field_int(out, "broken", auditing->broken);
	json_out_key(out, "rows");
	json_out_open(out, '[');
	for (size_t i = 0; i < auditing->count; i++)
		put_row(teller, out, &auditing->rows[i]);
	json_out_close(out, ']');
	json_out_close(out, '}');
}

static void put_sentence(const struct reading *reading, const struct audit_run *run, enum sentence sentence,
	bool counts_only, struct json_out *out)
{
	static const char *const names[SENTENCE_COUNT] = {[SENTENCE_RECORD] = "record",
		[SENTENCE_POWER] = "power",
		[SENTENCE_DUTY] = "duty",
		[SENTENCE_BREACH] = "breach"};
	struct auditing *auditing = ARENA_TAKE(reading->request->arena, 1, struct auditing);
	bool holds = true;

	json_out_open(out, '{');
	json_out_field_text(out, "sentence", str_from(names[sentence]));
	json_out_field_text(out, "text", str_from(sentence_text(sentence, teller_lang(&reading->teller))));
	json_out_key(out, "invariants");
	json_out_open(out, '[');
	for (size_t i = 0; i < invariant_count(); i++) {
		if (invariant_at(i)->sentence != sentence)
			continue;
		auditing->reading = reading;
		auditing->counts_only = counts_only;
		auditing->invariant = invariant_at(i);
		auditing->broken = 0;
		auditing->count = 0;
		take_rows(auditing, run);
		holds = holds && auditing->broken == 0;
		put_invariant(auditing, out);
	}
	json_out_close(out, ']');
	json_out_field_bool(out, "holds", holds);
	json_out_close(out, '}');
}

static void put_audit(const struct reading *reading, const struct audit_run *run, struct json_out *out)
{
	static const enum sentence order[] = {
		SENTENCE_POWER, SENTENCE_DUTY, SENTENCE_BREACH, SENTENCE_RECORD};
	bool counts_only = reading->viewer.person == 0;

	json_out_open(out, '{');
	json_out_key(out, "sentences");
	json_out_open(out, '[');
	for (size_t i = 0; i < ARRAY_COUNT(order); i++)
		if (order[i] != SENTENCE_RECORD || counts_only)
			put_sentence(reading, run, order[i], counts_only, out);
	json_out_close(out, ']');
	json_out_close(out, '}');
}

enum err route_audit(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct auditor *auditor = request->service->auditor;
	struct instant newest;
	uint64_t size;
	struct audit_run *run = NULL;
	enum err err = ERR_OK;

	TRY(store_ledger_size(request->reader, &size, &newest, &request->why));
	enum audit_turn turn =
		auditor_take(auditor, size, request_now(request), reading.viewer.person == 0, &run);

	if (turn == AUDIT_WAIT)
		return request_wait(request, auditor_park, auditor);
	if (turn == AUDIT_ASK) {
		err = audit_run_ask(run, request->reader, &request->why);
		auditor_told(auditor, run, err);
	}
	if (err == ERR_OK)
		put_audit(&reading, run, reply_json(reply));
	auditor_release(auditor, run);
	return err;
}
