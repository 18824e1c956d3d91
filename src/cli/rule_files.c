/* rule_files.c: the register of rules from files, each a head and a text, and to files again. */
#include "cli/rule_files.h"

#include "cli/sources.h"

#include "exchange/file.h"
#include "exchange/rule_file.h"
#include "intake/rules.h"
#include "store/store_rule.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* ---- in ---- */

static enum err read_source(struct call *call, const char *path, struct rule_source *ret_source)
{
	ret_source->name = str_from(path);
	return file_read(call->arena, path, RULE_FILE_SIZE_MAX, &ret_source->bytes, &call->why);
}

static enum err read_sources(struct call *call, struct rules_ask *ask)
{
	const char *path = call->arguments[2];
	struct rule_source *sources = ARENA_TAKE(call->arena, 1, struct rule_source);
	struct str *names;

	ask->sources = sources;
	ask->count = 1;
	if (!path_is_folder(path))
		return read_source(call, path, sources);
	TRY(folder_list(call->arena, path, ".md", &names, &ask->count, &call->why));
	if (ask->count == 0)
		return err_set(&call->why, ERR_NOT_FOUND, path, "there is no rule (*.md) in this folder");
	if (ask->count > RULE_FILES_MAX)
		return err_set(&call->why, ERR_RANGE, path,
			"%d rules at most are imported at once: divide them", RULE_FILES_MAX);
	ask->sources = sources = ARENA_TAKE(call->arena, ask->count, struct rule_source);
	for (size_t i = 0; i < ask->count; i++)
		TRY(read_source(
			call, str_format(call->arena, "%s/%.*s", path, STR_ARG(names[i])).data, &sources[i]));
	return ERR_OK;
}

static void tell_errors(const struct call *call, const struct rules_intake *intake, FILE *to)
{
	for (size_t i = 0; i < intake->ask.count; i++) {
		const struct csv_errors *errors = &intake->entries[i].errors;

		for (size_t j = 0; j < errors->count; j++)
			fprintf(to, "%s\n", csv_error_say(call->arena, errors, j, lang_of(call)).data);
	}
}

static void put_errors(const struct rule_entry *entry, struct json_out *out)
{
	json_out_key(out, "errors");
	json_out_open(out, '[');
	for (size_t i = 0; i < entry->errors.count; i++) {
		json_out_open(out, '{');
		json_out_field_int(out, "line", (int64_t)entry->errors.items[i].line);
		json_out_field_text(out, "text", entry->errors.items[i].text);
		json_out_field_text(out, "text_zh", entry->errors.items[i].text_zh);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static void tell_json(const struct rules_intake *intake, const char *key)
{
	struct buf buf = buf_new(intake->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_int(&out, key, intake->wrong > 0 ? 0 : (int64_t)intake->part_count);
	json_out_key(&out, "files");
	json_out_open(&out, '[');
	for (size_t i = 0; i < intake->ask.count; i++) {
		const struct rule_entry *entry = &intake->entries[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "file", entry->name);
		json_out_field_text(&out, "does", str_from(rule_does_name(entry->does)));
		json_out_field_text(&out, "code", entry->code);
		json_out_field_int(&out, "version", entry->version);
		put_errors(entry, &out);
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static enum err refuse(const struct call *call, const struct rules_intake *intake, struct bh_err *reterr)
{
	if (call->json)
		tell_json(intake, "to_record");
	else
		tell_errors(call, intake, option_given(call, "dry-run") ? stdout : stderr);
	return err_set(reterr, ERR_INVALID, call->arguments[2],
		"%zu wrong place%s, named one by one; nothing was written", intake->wrong,
		intake->wrong == 1 ? "" : "s");
}

static void tell_entry(const struct call *call, const struct rule_entry *entry)
{
	static const struct {
		const char *zh, *en;
	} words[RULE_DOES_COUNT] = {
		[RULE_WRONG] = {"有误", "wrong"},
		[RULE_NOTHING] = {"已登记,没有变化", "recorded as it is"},
		[RULE_ISSUES] = {"制定", "issues it"},
		[RULE_AMENDS] = {"修订", "amends it"},
	};

	printf("%.*s  %.*s  %s %lld  %s\n", STR_ARG(entry->name), STR_ARG(entry->code),
		say(call, "版本", "version"), (long long)entry->version,
		say(call, words[entry->does].zh, words[entry->does].en));
}

static void tell(const struct call *call, const struct rules_intake *intake, bool dry)
{
	if (call->quiet)
		return;
	if (call->json) {
		tell_json(intake, dry ? "to_record" : "recorded");
		return;
	}
	for (size_t i = 0; i < intake->ask.count; i++)
		tell_entry(call, &intake->entries[i]);
	if (intake->part_count == 0)
		printf(say(call, "%s: %s 个文件, 均已登记, 没有变化\n",
			       "%s: %s, all recorded as they are, nothing changes\n"),
			call->arguments[2], counted(call, intake->ask.count, "file", "files"));
	else if (dry)
		printf(say(call, "%s: %s 个文件, 无误, 将登记 %s 版\n",
			       "%s: %s, nothing wrong; %s to record\n"),
			call->arguments[2], counted(call, intake->ask.count, "file", "files"),
			counted(call, intake->part_count, "version", "versions"));
	else
		printf(say(call, "%s: %s 个文件, 登记 %s 版\n", "%s: %s, %s recorded\n"), call->arguments[2],
			counted(call, intake->ask.count, "file", "files"),
			counted(call, intake->part_count, "version", "versions"));
}

static enum err import_in(struct house *house, struct rules_ask *ask, bool dry)
{
	struct call *call = house->call;
	struct rules_intake intake;
	struct receipt receipt;

	ask->institution = &house->institution;
	ask->store = house->store;
	ask->now = house->now;
	if (option_given(call, "as"))
		TRY(house_person(house, NULL, &ask->person));
	else if (!dry)
		TRY(call_needs_person(call));
	TRY(rules_read(call->arena, ask, &intake, &call->why));
	if (intake.wrong > 0)
		return refuse(call, &intake, &call->why);
	struct act act = rules_act(&intake);

	if (!dry && intake.part_count > 0)
		TRY(act_run(house->installation, &act, &receipt, &call->why));
	tell(call, &intake, dry);
	return ERR_OK;
}

enum err rule_files_import(struct call *call)
{
	bool dry = option_given(call, "dry-run");
	struct rules_ask ask = {0};
	struct house house;

	TRY(read_sources(call, &ask));
	TRY(dry ? house_open_to_read(call, &house) : house_open_to_write(call, &house));
	enum err err = import_in(&house, &ask, dry);

	house_close(&house);
	return err;
}

/* ---- out ---- */

struct filing {
	struct house *house;
	const char *folder;
	const struct stored_rule *rule;
};

static void put_facts(const struct filing *filing, struct doc *written)
{
	const struct stored_rule *rule = filing->rule;
	struct arena *arena = filing->house->call->arena;
	struct doc *stages = doc_list(arena), *procedures = doc_list(arena);
	const struct unit *unit = org_unit(filing->house->institution.org, rule->unit);
	struct str names = rule->procedures, name;

	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
		if ((rule->stages & 1U << stage) != 0)
			doc_push(arena, stages,
				doc_text(arena, str_from(rule_stage_name((enum rule_stage)stage))));
	while (names.size > 0 && str_cut(&names, ' ', &name))
		doc_push(arena, procedures, doc_text(arena, name));
	doc_set(arena, written, "area", doc_text(arena, str_from(rule_area_name(rule->area))));
	doc_set(arena, written, "stages", stages);
	if (unit != NULL)
		doc_set(arena, written, "unit", doc_text(arena, unit->code));
	doc_set(arena, written, "procedures", procedures);
}

/* What holds of the rule as a whole is said where it begins and in the version that holds now. */
static enum err write_version(const struct filing *filing, const struct stored_rule_version *version)
{
	struct call *call = filing->house->call;
	struct arena *arena = call->arena;
	struct doc *written = doc_object(arena), *title = doc_object(arena);
	struct str text;

	TRY(store_rule_text(filing->house->store, arena, version->rule, version->version, &text, &call->why));
	doc_set(arena, written, "code", doc_text(arena, filing->rule->code));
	doc_set(arena, written, "version", doc_int(arena, version->version));
	doc_set(arena, title, "zh", doc_text(arena, version->title.zh));
	doc_set(arena, title, "en", doc_text(arena, version->title.en));
	doc_set(arena, written, "title", title);
	if (version->version == 1 || version->version == filing->rule->versions)
		put_facts(filing, written);
	doc_set(arena, written, "from", doc_text(arena, day_print(arena, version->from)));
	doc_set(arena, written, "note", doc_text(arena, version->note));
	doc_set(arena, written, "text", doc_text(arena, text));
	return file_write_atomic(str_format(arena, "%s/%.*s-%lld.md", filing->folder,
					 STR_ARG(filing->rule->code), (long long)version->version)
					 .data,
		rule_file_print(arena, written), &call->why);
}

enum err rule_files_export(struct house *house)
{
	struct call *call = house->call;
	struct filing filing = {.house = house, .folder = option_value(call, "out")};
	struct stored_rule_version *versions;
	struct stored_rule *rules;
	size_t rule_count, count, at = 0;

	if (filing.folder == NULL)
		return err_set(&call->why, ERR_INVALID, "--out",
			"rules are a file each: say into which folder they go");
	if (mkdir(filing.folder, 0755) != 0 && !path_is_folder(filing.folder))
		return err_set(&call->why, ERR_IO, filing.folder, "the folder can't be made");
	TRY(store_rule_list(house->store, call->arena, &rules, &rule_count, &call->why));
	TRY(store_rule_versions(house->store, call->arena, 0, &versions, &count, &call->why));
	for (size_t i = 0; i < rule_count; i++) {
		filing.rule = &rules[i];
		for (; at < count && versions[at].rule == rules[i].id; at++)
			TRY(write_version(&filing, &versions[at]));
	}
	if (!call->quiet)
		fprintf(stderr, say(call, "%s: %s 个文件\n", "%s: %s\n"), filing.folder,
			counted(call, count, "file", "files"));
	return ERR_OK;
}
