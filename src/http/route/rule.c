/* rule.c: the register of rules. Rules are no secret: whoever is let in reads them all; of the matters that
 * they came from, what they see. */
#include "http/handlers.h"
#include "http/writing.h"
#include "store/store_rule.h"
#include "view/rule_view.h"

/* ---- reading ---- */

static struct rule_ask ask_of(const struct reading *reading, struct day day)
{
	return (struct rule_ask){.teller = reading->teller,
		.store = reading->request->reader,
		.viewer = &reading->viewer,
		.day = day};
}

/* What comes of it depends on who asks and on the day, so its mark is made of all that is told. */
static void mark(struct http_request *request, struct reply *reply)
{
	struct hash hash = hash_bytes(reply->buf.data, reply->buf.size);

	reply_etag(reply, hex_print(request->arena, hash.bytes, HASH_SIZE / 2));
}

enum err route_rules(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading_day(&reading, "as_of"));
	struct rule_filter filter = {.area = request_text(request, "area"),
		.stage = request_text(request, "stage"),
		.state = request_text(request, "state"),
		.q = request_text(request, "q")};

	TRY(reading_unit(&reading, "unit", &filter.unit));
	TRY(rule_list_put(&ask, &filter, reply_json(reply), &request->why));
	mark(request, reply);
	return ERR_OK;
}

enum err route_rule(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading_day(&reading, "as_of"));

	TRY(rule_put(&ask, request_int(request, "rule"), request_int(request, "version"), reply_json(reply),
		&request->why));
	mark(request, reply);
	return ERR_OK;
}

enum err route_rule_text(struct http_request *request, struct reply *reply)
{
	struct stored_rule rule;
	struct str text;

	TRY(store_rule_get(
		request->reader, request->arena, request_int(request, "rule"), &rule, &request->why));
	TRY(store_rule_text(request->reader, request->arena, rule.id, request_int(request, "version"), &text,
		&request->why));
	reply_body(reply, "text/markdown; charset=utf-8", text);
	reply_etag(reply, str_format(request->arena, "%lld-%lld", (long long)rule.id,
				  (long long)request_int(request, "version")));
	return ERR_OK;
}

enum err route_rule_compare(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading.viewer.today);

	TRY(rule_compare_put(&ask, request_int(request, "rule"), request_int(request, "from"),
		request_int(request, "to"), reply_json(reply), &request->why));
	mark(request, reply);
	return ERR_OK;
}

enum err route_rule_draft(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading.viewer.today);

	return rule_draft_put(&ask, request_int(request, "rule"), request_int(request, "from"),
		request_text(request, "text"), reply_json(reply), &request->why);
}

enum err route_rule_copy(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading.viewer.today);
	struct str copy;

	TRY(rule_copy_make(&ask, request_int(request, "rule"), request_int(request, "version"),
		installation_checkpoint(request->installation, request->arena), &copy, &request->why));
	reply_body(reply, "application/json", copy);
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}

/* ---- writing ---- */

static void take_text(struct http_request *request, const char *name, struct doc *written)
{
	if (request_has(request, name))
		doc_set(request->arena, written, name, doc_text(request->arena, request_text(request, name)));
}

static void take_int(struct http_request *request, const char *name, struct doc *written)
{
	if (request_has(request, name))
		doc_set(request->arena, written, name, doc_int(request->arena, request_int(request, name)));
}

static void take_day(struct http_request *request, const char *name, struct doc *written)
{
	if (request_has(request, name))
		doc_set(request->arena, written, name,
			doc_text(request->arena, day_print(request->arena, request_day(request, name))));
}

static void take_tree(struct http_request *request, const char *name, struct doc *written)
{
	if (request_has(request, name))
		doc_set(request->arena, written, name, doc_copy(request->arena, request_tree(request, name)));
}

static void take_title(struct http_request *request, struct doc *written)
{
	struct doc *title = doc_object(request->arena);

	if (!request_has(request, "title"))
		return;
	doc_set(request->arena, title, "zh", doc_text(request->arena, request_text(request, "title")));
	if (request_has(request, "title_en"))
		doc_set(request->arena, title, "en",
			doc_text(request->arena, request_text(request, "title_en")));
	doc_set(request->arena, written, "title", title);
}

static struct doc *written_of(struct http_request *request)
{
	struct doc *written = doc_object(request->arena);

	take_title(request, written);
	take_text(request, "area", written);
	take_text(request, "unit", written);
	take_text(request, "text", written);
	take_text(request, "note", written);
	take_tree(request, "stages", written);
	take_tree(request, "procedures", written);
	take_day(request, "from", written);
	take_day(request, "review_on", written);
	take_int(request, "finding", written);
	take_int(request, "matter", written);
	return written;
}

/* What is done in the same act; NULL: nothing. */
static enum err read_with(
	const struct reading *reading, const struct doc *spec, const struct command **ret_command)
{
	struct http_request *request = reading->request;
	struct writing *writing = ARENA_TAKE(request->arena, 1, struct writing);
	const struct definition *definition;
	struct bh_err why;

	*ret_command = NULL;
	if (!request_has(request, "action") && !request_has(request, "review"))
		return ERR_OK;
	if (request_has(request, "action") && request_has(request, "review"))
		return err_set(&request->why, ERR_INVALID, "review",
			"the matter that makes the rule owes its review: give one of action and review");
	*writing = (struct writing){.request = request, .reading = *reading};
	*ret_command = &writing->command;
	if (request_has(request, "review")) {
		if (institution_definition(reading->teller.institution, request->arena,
			    request_text(request, "review"), &definition, &why) != ERR_OK)
			return err_pass(&request->why, ERR_INVALID, "review", &why);
		writing->command = (struct command){.kind = COMMAND_OPEN,
			.name = definition->procedure->name,
			.text = STR(""),
			.weight = 1};
		return writing_fields(
			writing, definition->procedure->fields, definition->procedure->field_count, false);
	}
	writing->command = (struct command){.kind = COMMAND_ACT,
		.matter = doc_get_int(spec, "matter", 0),
		.name = request_text(request, "action")};
	if (writing->command.matter == 0)
		return err_set(&request->why, ERR_INVALID, "action", "say in which matter");
	TRY(institution_matter(reading->teller.institution, request->reader, request->arena,
		writing->command.matter, &writing->matter, &request->why));
	int at = procedure_action(writing->matter->procedure, writing->command.name);

	if (at < 0)
		return err_set(&request->why, ERR_INVALID, "action", "%.*s has no such action",
			STR_ARG(writing->matter->number));
	return writing_fields(writing, writing->matter->procedure->actions[at].fields,
		writing->matter->procedure->actions[at].field_count, false);
}

static enum err issue(struct http_request *request, int64_t rule, const struct doc *written)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading.viewer.today);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	struct doc *spec;

	TRY(rule_spec_read(&ask, rule, written, &spec, &request->why));
	act->kind = ACT_RULE_ISSUE;
	act->what.rule_issue.spec = spec;
	TRY(read_with(&reading, spec, &act->what.rule_issue.with));
	request->state = act; /* something new comes of it: 201 */
	return writing_act(request, act);
}

enum err route_rule_issue(struct http_request *request, struct reply *reply)
{
	struct doc *written = written_of(request);

	(void)reply;
	take_text(request, "code", written);
	return issue(request, 0, written);
}

enum err route_rule_amend(struct http_request *request, struct reply *reply)
{
	struct doc *written = written_of(request);

	(void)reply;
	take_int(request, "version", written);
	return issue(request, request_int(request, "rule"), written);
}

enum err route_rule_repeal(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct rule_ask ask = ask_of(&reading, reading.viewer.today);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	struct doc *written = doc_object(request->arena), *spec;

	(void)reply;
	take_day(request, "until", written);
	take_text(request, "reason", written);
	take_text(request, "by_rule", written);
	take_int(request, "matter", written);
	TRY(rule_repeal_spec_read(&ask, request_int(request, "rule"), written, &spec, &request->why));
	act->kind = ACT_RULE_REPEAL;
	act->what.rule_repeal = spec;
	return writing_act(request, act);
}
