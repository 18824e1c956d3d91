/* command_rule.c: the register of rules from the shell. */
#include "cli/rule.h"
#include "cli/verb.h"

#include "exchange/file.h"
#include "exchange/rule_file.h"
#include "intake/rules.h"
#include "store/store_rule.h"

#include <stdio.h>
#include <string.h>

/* ---- who asks for what ---- */

enum err rule_ask_of(struct house *house, struct viewer *viewer, struct rule_ask *ret_ask)
{
	struct call *call = house->call;
	const char *on = option_value(call, "on");
	struct bh_err why;

	*viewer = (struct viewer){.today = house->today};
	*ret_ask = (struct rule_ask){.teller = house->teller, .store = house->store, .day = house->today};
	if (on != NULL && day_parse(str_from(on), &ret_ask->day, &why) != ERR_OK)
		return err_pass(&call->why, ERR_INVALID, "--on", &why);
	if (option_value(call, "as") != NULL) {
		TRY(house_person(house, NULL, &viewer->person));
		ret_ask->viewer = viewer;
	}
	return ERR_OK;
}

enum err rule_argument(struct house *house, const struct rule_ask *ask, int64_t *ret_rule)
{
	struct call *call = house->call;
	struct bh_err why;

	if (rule_by_name(ask, str_from(call->arguments[2]), ret_rule, &why) == ERR_OK)
		return ERR_OK;
	return err_pass(&call->why, why.code, call->arguments[2], &why);
}

enum err rule_version_option(
	struct house *house, const struct rule_ask *ask, int64_t rule, int64_t *ret_version)
{
	struct stored_rule stored;

	TRY(store_rule_get(ask->store, house->call->arena, rule, &stored, &house->call->why));
	return option_number(house->call, "version", stored.versions, ret_version);
}

/* ---- reading ---- */

static enum err read_back(struct call *call, struct buf *buf, struct doc **ret_doc)
{
	return doc_read(call->arena, buf_str(buf), ret_doc, &call->why);
}

static struct str option_text(const struct call *call, const char *name)
{
	return str_from(option_value(call, name));
}

/* A word that no rule could have would only find nothing. */
static enum err judge_word(struct call *call, const char *option, const char *const *words, size_t count)
{
	struct str word = option_text(call, option);

	for (size_t i = 0; i < count; i++)
		if (word.size == 0 || str_is(word, words[i]))
			return ERR_OK;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这个词", "there is no such word", name_list(call, "可用", words, count),
			name_list(call, "there are", words, count)),
		word, words, count);
}

static enum err list_rules(struct house *house)
{
	static const char *const areas[] = {"people", "money", "property", "affairs"};
	static const char *const stages[] = {"policy", "supervision", "target", "assessment"};
	static const char *const states[] = {"in_force", "future", "repealed"};
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct rule_filter filter = {.area = option_text(call, "area"),
		.stage = option_text(call, "stage"),
		.state = option_text(call, "state"),
		.q = option_text(call, "q")};
	enum table_form form;
	struct viewer viewer;
	struct rule_ask ask;
	struct doc *list;

	TRY(judge_word(call, "area", areas, ARRAY_COUNT(areas)));
	TRY(judge_word(call, "stage", stages, ARRAY_COUNT(stages)));
	TRY(judge_word(call, "state", states, ARRAY_COUNT(states)));
	TRY(table_form_find(call, TABLE_TEXT, &form));
	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_list_put(&ask, &filter, &out, &call->why));
	TRY(read_back(call, &buf, &list));
	return rule_tell_list(call, form, list);
}

static enum err show_rule(struct house *house)
{
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct viewer viewer;
	struct rule_ask ask;
	struct doc *shown;
	int64_t rule, version;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_argument(house, &ask, &rule));
	TRY(option_number(call, "version", 0, &version));
	TRY(rule_put(&ask, rule, version, &out, &call->why));
	if (call->json) {
		printf("%s\n", buf_str(&buf).data);
		return ERR_OK;
	}
	TRY(read_back(call, &buf, &shown));
	rule_tell(call, shown);
	return ERR_OK;
}

static enum err compare_rule(struct house *house)
{
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct viewer viewer;
	struct rule_ask ask;
	struct doc *comparison;
	int64_t rule, from, to;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_argument(house, &ask, &rule));
	TRY(argument_number(call, 3, &from));
	TRY(argument_number(call, 4, &to));
	TRY(rule_compare_put(&ask, rule, from, to, &out, &call->why));
	if (call->json) {
		printf("%s\n", buf_str(&buf).data);
		return ERR_OK;
	}
	TRY(read_back(call, &buf, &comparison));
	rule_tell_comparison(call, comparison);
	return ERR_OK;
}

static enum err print_text(struct house *house)
{
	struct call *call = house->call;
	struct viewer viewer;
	struct rule_ask ask;
	int64_t rule, version;
	struct str text;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_argument(house, &ask, &rule));
	TRY(rule_version_option(house, &ask, rule, &version));
	TRY(store_rule_text(house->store, call->arena, rule, version, &text, &call->why));
	fwrite(text.data, 1, text.size, stdout);
	return ERR_OK;
}

/* ---- writing ---- */

static void tell_done(struct house *house, const struct receipt *receipt)
{
	struct call *call = house->call;

	if (call->quiet)
		return;
	if (call->json)
		printf("{\"rule\":%lld,\"event\":%lld,\"events\":%lld,\"again\":%s}\n",
			(long long)receipt->id, (long long)receipt->first, (long long)receipt->count,
			receipt->again ? "true" : "false");
	else
		printf("%s %lld  %s %lld%s\n", say(call, "制度", "rule"), (long long)receipt->id,
			say(call, "事件", "event"), (long long)receipt->first,
			receipt->again ? say(call, " (此前已办)", " (done before)") : "");
}

static enum err read_written(struct house *house, struct doc **ret_written)
{
	struct call *call = house->call;
	const char *matter = option_value(call, "matter");
	struct csv_errors errors = csv_errors_new(call->arena, str_from(call->arguments[2]));
	struct rule_file read;
	struct str file;

	TRY(file_read(call->arena, call->arguments[2], RULE_FILE_SIZE_MAX, &file, &call->why));
	rule_file_read(call->arena, file, &read, &errors);
	if (errors.count > 0) {
		(void)!err_set_both(&call->why, ERR_INVALID,
			str_format(call->arena, "%s:%zu", call->arguments[2], errors.items[0].line).data,
			errors.items[0].text_zh.data, errors.items[0].text.data);
		return ERR_INVALID;
	}
	*ret_written = read.written;
	if (matter != NULL)
		doc_set(call->arena, *ret_written, "matter", doc_text(call->arena, str_from(matter)));
	return ERR_OK;
}

/* What is done in the same act: an action in the matter, or the opening of the review. */
static enum err read_with(
	struct house *house, const struct doc *spec, struct str review, struct command *command)
{
	struct call *call = house->call;
	const char *action = option_value(call, "action");
	const struct procedure *procedure;
	struct matter *matter;

	if (action != NULL && review.size > 0)
		return err_set(&call->why, ERR_INVALID, "--review",
			"the matter that makes the rule owes its review: give one of --action and --review");
	if (review.size > 0) {
		*command =
			(struct command){.kind = COMMAND_OPEN, .name = review, .text = STR(""), .weight = 1};
		TRY(house_procedure_in_force(house, review.data, &procedure));
		return read_fields(house, procedure->fields, procedure->field_count, 3, &command->fields);
	}
	*command = (struct command){
		.kind = COMMAND_ACT, .matter = doc_get_int(spec, "matter", 0), .name = str_from(action)};
	if (command->matter == 0)
		return err_set(&call->why, ERR_INVALID, "--action", "say in which matter: --matter");
	TRY(institution_matter(
		&house->institution, house->store, call->arena, command->matter, &matter, &call->why));
	int at = procedure_action(matter->procedure, command->name);

	if (at < 0)
		return err_set(&call->why, ERR_INVALID, "--action", "%.*s has no action %s",
			STR_ARG(matter->number), action);
	return read_fields(house, matter->procedure->actions[at].fields,
		matter->procedure->actions[at].field_count, 3, &command->fields);
}

static enum err issue_rule(struct house *house)
{
	struct call *call = house->call;
	struct act act = {.kind = ACT_RULE_ISSUE};
	struct command with;
	struct viewer viewer;
	struct rule_ask ask;
	struct receipt receipt;
	struct doc *written, *spec;
	int64_t rule = 0;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(read_written(house, &written));
	if (doc_get_int(written, "version", 1) > 1)
		TRY(rule_by_name(&ask, doc_get_text(written, "code"), &rule, &call->why));
	TRY(rule_spec_read(&ask, rule, written, &spec, &call->why));
	act.what.rule_issue.spec = spec;
	struct str review =
		option_given(call, "review") ? option_text(call, "review") : doc_get_text(written, "review");

	if (option_given(call, "action") || review.size > 0) {
		TRY(read_with(house, spec, str_copy(call->arena, review), &with));
		act.what.rule_issue.with = &with;
	}
	TRY(house_run(house, &act, &receipt));
	tell_done(house, &receipt);
	return ERR_OK;
}

static enum err repeal_rule(struct house *house)
{
	static const struct {
		const char *option, *key;
	} members[] = {
		{"until", "until"}, {"reason", "reason"}, {"by-rule", "by_rule"}, {"matter", "matter"}};
	struct call *call = house->call;
	struct act act = {.kind = ACT_RULE_REPEAL};
	struct doc *written = doc_object(call->arena), *spec;
	struct viewer viewer;
	struct rule_ask ask;
	struct receipt receipt;
	int64_t rule;

	TRY(rule_ask_of(house, &viewer, &ask));
	TRY(rule_argument(house, &ask, &rule));
	for (size_t i = 0; i < ARRAY_COUNT(members); i++)
		if (option_value(call, members[i].option) != NULL)
			doc_set(call->arena, written, members[i].key,
				doc_text(call->arena, option_text(call, members[i].option)));
	TRY(rule_repeal_spec_read(&ask, rule, written, &spec, &call->why));
	act.what.rule_repeal = spec;
	TRY(house_run(house, &act, &receipt));
	tell_done(house, &receipt);
	return ERR_OK;
}

/* ---- verbs ---- */

static const struct verb verbs[] = {
	{"list", 1, 1, "DIR", .run_in_house = list_rules},
	{"show", 2, 2, "DIR RULE", .run_in_house = show_rule},
	{"compare", 4, 4, "DIR RULE VERSION VERSION", .run_in_house = compare_rule},
	{"text", 2, 2, "DIR RULE", .run_in_house = print_text},
	{"copy", 2, 2, "DIR RULE", .run_in_house = rule_copy},
	{"issue", 2, 99, "DIR FILE.md [FIELD=VALUE …]", .run_in_house = issue_rule, .writes = true},
	{"repeal", 2, 2, "DIR RULE", .run_in_house = repeal_rule, .writes = true},
	{"verify", 1, 1, "COPY.json", .run = rule_verify},
};

enum err command_rule(struct call *call)
{
	return verb_run(call, verbs, ARRAY_COUNT(verbs));
}
