/* rules.c: what a file of a rule asks of the register. */
#include "intake/rules.h"

#include "exchange/rule_file.h"
#include "store/store_rule.h"
#include "view/rule_view.h"

#include <stdlib.h>
#include <string.h>

const char *rule_does_name(enum rule_does does)
{
	static const char *const names[RULE_DOES_COUNT] = {"wrong", "nothing", "issues", "amends"};

	REQUIRE(does < RULE_DOES_COUNT);
	return names[does];
}

/* A file that is judged. */
struct filing {
	struct rules_intake *intake;
	struct rule_ask ask;
	struct viewer viewer;
	struct rule_entry *entry;
	struct rule_file file;
	struct doc *written;              /* what it says, without what was found wrong with it */
	struct stored_rule stored;        /* of its code; id 0: none is recorded … */
	struct stored_rule_version *last; /* … else all its versions */
	size_t last_count;
	const struct filing *before; /* the file whose version it follows; NULL: the register's */
	struct doc *spec;
	struct rule_issue issue;
};

/* ---- what is wrong ---- */

/* A line of the text is said by the place, and needn't be said again. */
static struct str behind_line(struct str text, const char *word, const char *colon)
{
	size_t at = str_find(text, str_from(colon));

	return str_starts(text, word) && at != SIZE_MAX ? str_slice(text, at + strlen(colon), text.size)
							: text;
}

static void say(struct filing *filing, size_t line, const struct bh_err *why)
{
	struct csv_errors *errors = &filing->entry->errors;
	size_t before = errors->count;

	csv_error_pass(errors, line, 0, why);
	if (errors->count == before || strcmp(why->place, "text") != 0)
		return;
	errors->items[before].text = behind_line(errors->items[before].text, "line ", ": ");
	errors->items[before].text_zh = behind_line(errors->items[before].text_zh, "第 ", ":");
}

static size_t line_of(const struct filing *filing, const struct bh_err *why)
{
	struct str text = str_from(why->text), number;
	int64_t line;

	if (strcmp(why->place, "text") != 0 || !str_starts(text, "line "))
		return rule_file_line(&filing->file, why->place);
	text = str_slice(text, strlen("line "), text.size);
	if (!str_cut(&text, ':', &number) || !str_to_int(number, &line))
		return filing->file.text_line;
	return filing->file.text_line + (size_t)line - 1;
}

static struct rule_standing standing_of(const struct filing *filing);

/* What is asked of every rule, and would do; NULL for what needn't be said. */
static struct doc *stand_in(const struct filing *filing, const char *member)
{
	static const struct {
		const char *member, *text;
	} texts[] = {{"code", "x"}, {"area", "people"}, {"text", "x"}};
	const struct org *org = filing->intake->ask.institution->org;
	struct arena *arena = filing->intake->arena;
	struct day last = standing_of(filing).from;
	struct doc *holder;

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		if (strcmp(member, texts[i].member) == 0)
			return doc_text(arena, str_from(texts[i].text));
	if (strcmp(member, "unit") == 0 && org_unit_count(org) > 0)
		return doc_text(arena, org_unit_at(org, 0)->code);
	if (strcmp(member, "from") == 0)
		return doc_text(
			arena, day_is_none(last) ? STR("2000-01-01") : day_print(arena, day_add(last, 1)));
	if (strcmp(member, "stages") == 0) {
		holder = doc_list(arena);
		doc_push(arena, holder, doc_text(arena, STR("policy")));
		return holder;
	}
	if (strcmp(member, "title") == 0) {
		holder = doc_object(arena);
		doc_set(arena, holder, "zh", doc_text(arena, STR("x")));
		return holder;
	}
	return NULL;
}

/* What is wrong has been said and is put aside, so that the rest is judged too. false: it can't be. */
static bool put_aside(struct filing *filing, const char *member)
{
	struct arena *arena = filing->intake->arena;
	struct doc *kept = doc_object(arena), *other = stand_in(filing, member);
	bool said = doc_get(filing->written, member) != NULL;

	for (size_t i = 0; i < filing->written->count; i++)
		if (!str_is(filing->written->keys[i], member) &&
			!(strcmp(member, "review") == 0 && str_is(filing->written->keys[i], "review_on")))
			doc_set_str(arena, kept, filing->written->keys[i], &filing->written->items[i]);
	if (other != NULL)
		doc_set_str(arena, kept, str_copy(arena, str_from(member)), other);
	filing->written = kept;
	return said || other != NULL;
}

/* ---- is it there already? ---- */

static bool same_text(const struct filing *filing, int64_t version, enum err *err, struct bh_err *reterr)
{
	struct str text = STR("");

	*err = store_rule_text(
		filing->ask.store, filing->intake->arena, filing->stored.id, version, &text, reterr);
	return *err == ERR_OK && str_equal(text, doc_get_text(filing->spec, "text"));
}

static bool same_day(const struct doc *written, const char *key, struct day day)
{
	struct day said;

	return doc_get(written, key) == NULL ||
	       (day_parse(doc_get_text(written, key), &said, NULL) == ERR_OK && said.number == day.number);
}

static unsigned stages_of(const struct doc *spec)
{
	const struct doc *list = doc_get(spec, "stages");
	enum rule_stage stage;
	unsigned stages = 0;

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (rule_stage_parse(list->items[i].text, &stage))
			stages |= 1U << stage;
	return stages;
}

/* What holds of the rule as a whole is that of its newest version. */
static bool same_facts(const struct filing *filing, const struct doc *recorded)
{
	static const char *const keys[] = {"title", "area", "unit", "procedures", "finding"};
	struct arena *arena = filing->intake->arena;

	for (size_t i = 0; i < ARRAY_COUNT(keys); i++) {
		const struct doc *ours = doc_get(filing->spec, keys[i]), *theirs = doc_get(recorded, keys[i]);

		if ((ours == NULL) != (theirs == NULL) ||
			(ours != NULL && !str_equal(doc_print(arena, ours), doc_print(arena, theirs))))
			return false;
	}
	return stages_of(filing->spec) == stages_of(recorded);
}

static bool same_title(const struct filing *filing, const struct stored_rule_version *version)
{
	const struct doc *said = doc_get(filing->written, "title");

	return said == NULL || str_equal(doc_get_text(said, "zh"), version->title.zh);
}

/* Which recorded version it says; 0: none. */
static enum err find_recorded(struct filing *filing, int64_t *ret_version, struct bh_err *reterr)
{
	int64_t asked = doc_get_int(filing->written, "version", 0);
	struct doc *recorded = NULL;
	enum err err = ERR_OK;

	*ret_version = 0;
	if (filing->stored.id == 0)
		return ERR_OK;
	TRY(rule_spec_read(
		&filing->ask, filing->stored.id, doc_object(filing->intake->arena), &recorded, reterr));
	for (size_t i = 0; i < filing->last_count && *ret_version == 0; i++) {
		const struct stored_rule_version *version = &filing->last[i];
		bool newest = i + 1 == filing->last_count;

		if ((asked != 0 && asked != version->version) ||
			!same_day(filing->written, "from", version->from) || !same_title(filing, version))
			continue;
		if (newest && (!same_facts(filing, recorded) ||
				      !same_day(filing->written, "review_on", version->review_on)))
			continue;
		if (same_text(filing, version->version, &err, reterr))
			*ret_version = version->version;
		TRY(err);
	}
	return ERR_OK;
}

/* ---- one that isn't ---- */

static int64_t next_version(const struct filing *filing)
{
	return (filing->before != NULL ? filing->before->entry->version : filing->stored.versions) + 1;
}

static enum err judge_version(const struct filing *filing, struct bh_err *reterr)
{
	int64_t said = doc_get_int(filing->written, "version", 0), next = next_version(filing);

	if (said == 0 || said == next)
		return ERR_OK;
	return said < next ? err_set(reterr, ERR_CONFLICT, "version",
				     "version %lld is recorded already and says something else: the next "
				     "version of it is %lld",
				     (long long)said, (long long)next)
			   : err_set(reterr, ERR_CONFLICT, "version", "the next version of it is %lld",
				     (long long)next);
}

/* What it doesn't say stays as the file before it has said; what that doesn't say either, as it is recorded.
 */
static struct doc *whole(const struct filing *filing)
{
	static const char *const keys[] = {"title", "area", "stages", "unit", "procedures", "finding"};
	struct arena *arena = filing->intake->arena;
	struct doc *all = doc_object(arena);

	for (size_t i = 0; i < filing->written->count; i++)
		if (!str_is(filing->written->keys[i], "version"))
			doc_set_str(arena, all, filing->written->keys[i], &filing->written->items[i]);
	for (size_t i = 0; filing->before != NULL && i < ARRAY_COUNT(keys); i++) {
		const struct doc *said = doc_get(filing->before->written, keys[i]);

		if (doc_get(all, keys[i]) == NULL && said != NULL)
			doc_set(arena, all, keys[i], doc_copy(arena, said));
	}
	return all;
}

static struct rule_standing standing_of(const struct filing *filing)
{
	struct rule_standing standing = {.code = filing->entry->code,
		.versions = next_version(filing) - 1,
		.from = filing->last_count > 0 ? filing->last[filing->last_count - 1].from : DAY_NONE,
		.repealed = filing->stored.id != 0 && !day_is_none(filing->stored.repealed)};

	if (filing->before != NULL)
		standing.from = filing->before->issue.from;
	return standing;
}

static enum err judge_names(const struct filing *filing, struct bh_err *reterr)
{
	const struct institution *institution = filing->intake->ask.institution;
	const struct doc *procedures = doc_get(filing->spec, "procedures");
	struct str review = doc_get_text(filing->written, "review");
	const struct definition *found;
	struct bh_err why;

	for (size_t i = 0; procedures != NULL && i < procedures->count; i++)
		if (institution_definition(institution, filing->intake->arena, procedures->items[i].text,
			    &found, &why) != ERR_OK)
			return err_pass(reterr, ERR_INVALID, "procedures", &why);
	if (review.size > 0 &&
		institution_definition(institution, filing->intake->arena, review, &found, &why) != ERR_OK)
		return err_pass(reterr, ERR_INVALID, "review", &why);
	return ERR_OK;
}

/* The writer finds out in which matter the review is owed; here it is enough that there will be one. */
static enum err judge_issue(struct filing *filing, struct bh_err *reterr)
{
	struct arena *arena = filing->intake->arena;
	struct doc *trial = doc_copy(arena, filing->spec);
	struct rule_standing standing = standing_of(filing);

	doc_set(arena, trial, "rule", doc_int(arena, filing->stored.id));
	doc_set(arena, trial, "version", doc_int(arena, next_version(filing)));
	if (doc_get_text(trial, "review_on").size > 0 &&
		(doc_get_text(filing->written, "review").size > 0 || doc_get_int(trial, "matter", 0) != 0))
		doc_set(arena, trial, "review", doc_int(arena, 1));
	TRY(rule_issue_read(arena, trial, &filing->issue, reterr));
	return rule_issue_follows(&filing->issue, &standing, reterr);
}

static enum err judge(struct filing *filing, struct bh_err *reterr)
{
	int64_t recorded;

	TRY(rule_spec_read(&filing->ask, filing->stored.id, whole(filing), &filing->spec, reterr));
	TRY(find_recorded(filing, &recorded, reterr));
	if (recorded != 0) {
		filing->entry->does = RULE_NOTHING;
		filing->entry->version = recorded;
		return ERR_OK;
	}
	TRY(judge_version(filing, reterr));
	if (doc_get_int(filing->spec, "unit", 0) == 0)
		return err_set(reterr, ERR_INVALID, "unit", "say which unit looks after it");
	TRY(judge_issue(filing, reterr));
	TRY(judge_names(filing, reterr));
	filing->entry->does = next_version(filing) > 1 ? RULE_AMENDS : RULE_ISSUES;
	filing->entry->version = next_version(filing);
	return ERR_OK;
}

/* What the store can't answer ends it; all else is something that the file says. */
static bool is_of_the_file(enum err err)
{
	return err == ERR_INVALID || err == ERR_CONFLICT || err == ERR_NOT_FOUND || err == ERR_REFUSED;
}

static enum err judge_all(struct filing *filing, struct bh_err *reterr)
{
	struct rule_entry *entry = filing->entry;
	struct bh_err why;
	enum err err;
	bool more = true;

	for (int i = 0; i < RULE_MEMBERS_MAX && more && (err = judge(filing, &why)) != ERR_OK; i++) {
		if (!is_of_the_file(err))
			return err_pass(reterr, err, why.place, &why);
		say(filing, line_of(filing, &why), &why);
		more = put_aside(filing, why.place);
	}
	if (entry->errors.count == 0)
		return ERR_OK;
	entry->does = RULE_WRONG;
	entry->version = 0;
	return ERR_OK;
}

/* ---- parts ---- */

static void plan(struct filing *filing)
{
	struct rules_intake *intake = filing->intake;
	struct rule_entry *entry = filing->entry;
	struct str review = doc_get_text(filing->written, "review");
	struct act_part *part = &intake->parts[intake->part_count];
	struct command *with = NULL;

	if (review.size > 0) {
		with = ARENA_TAKE(intake->arena, 1, struct command);
		*with = (struct command){.kind = COMMAND_OPEN,
			.name = review,
			.text = STR(""),
			.weight = 1,
			.fields = doc_object(intake->arena)};
	}
	*part = (struct act_part){.under = filing->before == NULL ? -1 : filing->before->entry->part,
		.place = entry->name,
		.act = {.kind = ACT_RULE_ISSUE,
			.person = intake->ask.person,
			.what.rule_issue = {.spec = filing->spec, .with = with}}};
	entry->part = (ptrdiff_t)intake->part_count++;
}

static const struct filing *file_before(const struct filing *filings, size_t count, struct str code)
{
	for (size_t i = count; i > 0; i--)
		if (filings[i - 1].entry->part >= 0 && str_equal(filings[i - 1].entry->code, code))
			return &filings[i - 1];
	return NULL;
}

static enum err load_rule(struct filing *filing, struct bh_err *reterr)
{
	struct arena *arena = filing->intake->arena;
	struct str code = doc_get_text(filing->written, "code");
	struct bh_err none;
	int64_t id;

	filing->entry->code = code.size > 0 ? code : STR("");
	if (code.size == 0 || store_rule_find(filing->ask.store, code, &id, &none) != ERR_OK)
		return ERR_OK;
	filing->entry->rule = id;
	TRY(store_rule_get(filing->ask.store, arena, id, &filing->stored, reterr));
	return store_rule_versions(filing->ask.store, arena, id, &filing->last, &filing->last_count, reterr);
}

/* ---- all of them ---- */

static enum err may_import(const struct rules_ask *ask, struct bh_err *reterr)
{
	const struct act act = {.kind = ACT_RULE_ISSUE, .person = ask->person};

	return ask->person == 0 ? ERR_OK
				: act_row_may(ask->institution->org, &act,
					  instant_day(ask->now, ask->institution->offset_minutes), reterr);
}

/* What comes first of one rule is judged first: by version, then in the order of the files. */
static int by_version(const void *a, const void *b)
{
	const struct filing *left = a, *right = b;
	int64_t first = doc_get_int(left->written, "version", 1),
		second = doc_get_int(right->written, "version", 1);

	if (first != second)
		return first < second ? -1 : 1;
	return left->entry < right->entry ? -1 : left->entry > right->entry;
}

static void read_file(struct rules_intake *intake, size_t i, struct filing *filing)
{
	const struct rules_ask *ask = &intake->ask;
	const struct rule_source *source = &ask->sources[i];
	struct rule_entry *entry = &intake->entries[i];

	*entry = (struct rule_entry){.name = source->name,
		.errors = csv_errors_new(intake->arena, source->name),
		.code = STR(""),
		.part = -1};
	*filing = (struct filing){.intake = intake,
		.entry = entry,
		.viewer = {ask->person, instant_day(ask->now, ask->institution->offset_minutes)},
		.ask = {.teller = {.institution = ask->institution, .arena = intake->arena},
			.store = ask->store}};
	rule_file_read(intake->arena, source->bytes, &filing->file, &entry->errors);
	filing->written = filing->file.written;
}

enum err rules_read(struct arena *arena, const struct rules_ask *ask, struct rules_intake *ret_intake,
	struct bh_err *reterr)
{
	struct rules_intake *intake = ret_intake;
	struct filing *filings = ARENA_TAKE(arena, ask->count + 1, struct filing);

	*intake = (struct rules_intake){.arena = arena,
		.ask = *ask,
		.entries = ARENA_TAKE(arena, ask->count + 1, struct rule_entry),
		.parts = ARENA_TAKE(arena, ask->count + 1, struct act_part)};
	TRY(may_import(ask, reterr));
	for (size_t i = 0; i < ask->count; i++)
		read_file(intake, i, &filings[i]);
	if (ask->count > 1)
		qsort(filings, ask->count, sizeof *filings, by_version);
	for (size_t i = 0; i < ask->count; i++) {
		struct filing *filing = &filings[i];

		filing->ask.viewer = ask->person == 0 ? NULL : &filing->viewer;
		TRY(load_rule(filing, reterr));
		filing->before = file_before(filings, i, filing->entry->code);
		if (filing->entry->errors.count == 0)
			TRY(judge_all(filing, reterr));
		if (filing->entry->does == RULE_ISSUES || filing->entry->does == RULE_AMENDS)
			plan(filing);
		csv_errors_sort(&filing->entry->errors);
		intake->wrong += filing->entry->errors.count + filing->entry->errors.left_out;
	}
	return ERR_OK;
}

struct act rules_act(const struct rules_intake *intake)
{
	return (struct act){.kind = ACT_IMPORT,
		.person = intake->ask.person,
		.what.import = {.parts = intake->parts, .count = intake->wrong > 0 ? 0 : intake->part_count}};
}
