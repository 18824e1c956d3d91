/* rule.c: what the register holds of a rule, read from the objects of its events. */
#include "grasp/rule.h"

#define CODE_SIZE_MAX  ((size_t)64)
#define TITLE_SIZE_MAX ((size_t)300) /* bytes */
#define NOTE_MAX       ((size_t)4000)

/* ---- words ---- */

static const struct {
	const char *name;
	struct label label;
} areas[RULE_AREA_COUNT] = {
	[AREA_PEOPLE] = {"people", {STR("人"), STR("People")}},
	[AREA_MONEY] = {"money", {STR("财"), STR("Money")}},
	[AREA_PROPERTY] = {"property", {STR("物"), STR("Property")}},
	[AREA_AFFAIRS] = {"affairs", {STR("事"), STR("Affairs")}},
};
static const struct {
	const char *name;
	struct label label;
} stages[RULE_STAGE_COUNT] = {
	[STAGE_POLICY] = {"policy", {STR("政策机制"), STR("Policy")}},
	[STAGE_SUPERVISION] = {"supervision", {STR("监管落实"), STR("Supervision")}},
	[STAGE_TARGET] = {"target", {STR("目标任务"), STR("Target")}},
	[STAGE_ASSESSMENT] = {"assessment", {STR("绩效考核"), STR("Assessment")}},
};

const char *rule_area_name(enum rule_area area)
{
	REQUIRE(area < RULE_AREA_COUNT);
	return areas[area].name;
}

const char *rule_stage_name(enum rule_stage stage)
{
	REQUIRE(stage < RULE_STAGE_COUNT);
	return stages[stage].name;
}

struct label rule_area_label(enum rule_area area)
{
	REQUIRE(area < RULE_AREA_COUNT);
	return areas[area].label;
}

struct label rule_stage_label(enum rule_stage stage)
{
	REQUIRE(stage < RULE_STAGE_COUNT);
	return stages[stage].label;
}

bool rule_area_parse(struct str text, enum rule_area *ret_area)
{
	for (size_t i = 0; i < RULE_AREA_COUNT; i++)
		if (str_is(text, areas[i].name)) {
			*ret_area = (enum rule_area)i;
			return true;
		}
	return false;
}

bool rule_stage_parse(struct str text, enum rule_stage *ret_stage)
{
	for (size_t i = 0; i < RULE_STAGE_COUNT; i++)
		if (str_is(text, stages[i].name)) {
			*ret_stage = (enum rule_stage)i;
			return true;
		}
	return false;
}

/* ---- members ---- */

bool rule_code_is_good(struct str code)
{
	for (size_t i = 0; i < code.size; i++) {
		char c = code.data[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && (c != '-' || i == 0))
			return false;
	}
	return code.size > 0 && code.size <= CODE_SIZE_MAX;
}

static enum err read_line(const struct doc *doc, const char *key, size_t least, size_t most,
	struct str *ret_text, struct bh_err *reterr)
{
	struct str text = doc_get_text(doc, key);

	if (text.size < least || text.size > most || !utf8_is_valid(text))
		return err_set(reterr, ERR_INVALID, key, "a text of %zu to %zu bytes is wanted", least, most);
	*ret_text = text;
	return ERR_OK;
}

static enum err read_title(const struct doc *doc, struct label *ret_title, struct bh_err *reterr)
{
	const struct doc *title = doc_get(doc, "title");

	if (read_line(title, "zh", 1, TITLE_SIZE_MAX, &ret_title->zh, reterr) != ERR_OK ||
		read_line(title, "en", 0, TITLE_SIZE_MAX, &ret_title->en, reterr) != ERR_OK)
		return err_set(reterr, ERR_INVALID, "title",
			"a title is wanted, as {\"zh\": …, \"en\": …} of at most %zu bytes", TITLE_SIZE_MAX);
	return ERR_OK;
}

static enum err read_day(
	const struct doc *doc, const char *key, bool required, struct day *ret_day, struct bh_err *reterr)
{
	struct str text = doc_get_text(doc, key);

	*ret_day = DAY_NONE;
	if (text.size == 0 && !required)
		return ERR_OK;
	return day_parse(text, ret_day, NULL) == ERR_OK
		       ? ERR_OK
		       : err_set(reterr, ERR_INVALID, key, "a day like 2019-03-05 is wanted");
}

static enum err read_stages(const struct doc *doc, unsigned *ret_stages, struct bh_err *reterr)
{
	const struct doc *list = doc_get(doc, "stages");
	unsigned read = 0;

	for (size_t i = 0; list != NULL && i < list->count; i++) {
		enum rule_stage stage;

		if (!rule_stage_parse(list->items[i].text, &stage) || (read & 1U << stage) != 0)
			return err_set(reterr, ERR_INVALID, "stages",
				"they are policy, supervision, target and assessment, each once");
		read |= 1U << stage;
	}
	if (read == 0)
		return err_set(reterr, ERR_INVALID, "stages",
			"say which stages it serves: policy, supervision, target, assessment");
	*ret_stages = read;
	return ERR_OK;
}

static enum err read_procedures(
	struct arena *arena, const struct doc *doc, struct rule_issue *issue, struct bh_err *reterr)
{
	const struct doc *list = doc_get(doc, "procedures");

	if (list == NULL)
		return ERR_OK;
	if (list->count > RULE_PROCEDURES_MAX)
		return err_set(
			reterr, ERR_INVALID, "procedures", "at most %d may be named", RULE_PROCEDURES_MAX);
	issue->procedures = ARENA_TAKE(arena, list->count + 1, struct str);
	for (size_t i = 0; i < list->count; i++) {
		for (size_t j = 0; j < i; j++)
			if (str_equal(list->items[i].text, list->items[j].text))
				return err_set(
					reterr, ERR_INVALID, "procedures", "it stands there more than once");
		issue->procedures[issue->procedure_count++] = list->items[i].text;
	}
	return ERR_OK;
}

/* A day of review is a duty, and a duty lies in a matter. */
static enum err read_review(const struct doc *doc, struct rule_issue *issue, struct bh_err *reterr)
{
	issue->review = doc_get_int(doc, "review", 0);
	TRY(read_day(doc, "review_on", false, &issue->review_on, reterr));
	if (day_is_none(issue->review_on) != (issue->review == 0))
		return err_set(reterr, ERR_INVALID, "review_on",
			"a review is owed in a matter: name the one that makes the rule, or the procedure of "
			"its review");
	if (issue->review != 0 && issue->review_on.number <= issue->from.number)
		return err_set(
			reterr, ERR_INVALID, "review_on", "it would be reviewed before it is in force");
	return ERR_OK;
}

enum err rule_issue_read(
	struct arena *arena, const struct doc *doc, struct rule_issue *ret_issue, struct bh_err *reterr)
{
	struct rule_issue issue = {.rule = doc_get_int(doc, "rule", 0),
		.version = doc_get_int(doc, "version", 0),
		.code = doc_get_text(doc, "code"),
		.unit = doc_get_int(doc, "unit", 0),
		.finding = doc_get_int(doc, "finding", 0),
		.matter = doc_get_int(doc, "matter", 0),
		.text = doc_get_text(doc, "text")};
	struct rule_text read;

	if (!rule_code_is_good(issue.code))
		return err_set(reterr, ERR_INVALID, "code",
			"a code has 1 to %zu small letters, digits and -, and doesn't begin with -",
			CODE_SIZE_MAX);
	TRY(read_title(doc, &issue.title, reterr));
	if (!rule_area_parse(doc_get_text(doc, "area"), &issue.area))
		return err_set(reterr, ERR_INVALID, "area", "it is people, money, property or affairs");
	TRY(read_stages(doc, &issue.stages, reterr));
	TRY(rule_text_read(arena, issue.text, &read, reterr));
	TRY(read_day(doc, "from", true, &issue.from, reterr));
	TRY(read_procedures(arena, doc, &issue, reterr));
	TRY(read_line(doc, "note", 0, NOTE_MAX, &issue.note, reterr));
	TRY(read_review(doc, &issue, reterr));
	*ret_issue = issue;
	return ERR_OK;
}

enum err rule_repeal_read(const struct doc *doc, struct rule_repeal *ret_repeal, struct bh_err *reterr)
{
	struct rule_repeal repeal = {.rule = doc_get_int(doc, "rule", 0),
		.by_rule = doc_get_int(doc, "by_rule", 0),
		.matter = doc_get_int(doc, "matter", 0)};

	TRY(read_day(doc, "until", true, &repeal.until, reterr));
	TRY(read_line(doc, "reason", 1, NOTE_MAX, &repeal.reason, reterr));
	if (repeal.by_rule == repeal.rule && repeal.rule != 0)
		return err_set(reterr, ERR_INVALID, "by_rule", "a rule can't take its own place");
	*ret_repeal = repeal;
	return ERR_OK;
}

/* ---- what follows what ---- */

enum err rule_issue_follows(
	const struct rule_issue *issue, const struct rule_standing *before, struct bh_err *reterr)
{
	if (before->repealed)
		return err_set(
			reterr, ERR_CONFLICT, "rule", "it is repealed: what comes now is another rule");
	if (issue->version != before->versions + 1)
		return err_set(reterr, ERR_CONFLICT, "version", "versions are numbered without a gap");
	if (before->versions == 0)
		return ERR_OK;
	if (!str_equal(issue->code, before->code))
		return err_set(reterr, ERR_INVALID, "code", "a rule keeps its code");
	if (issue->from.number <= before->from.number)
		return err_set(
			reterr, ERR_INVALID, "from", "a version is in force later than the one before it");
	return ERR_OK;
}

enum err rule_repeal_follows(
	const struct rule_repeal *repeal, const struct rule_standing *before, struct bh_err *reterr)
{
	if (before->versions == 0)
		return err_set(reterr, ERR_NOT_FOUND, "rule", "there is no such rule");
	if (before->repealed)
		return err_set(reterr, ERR_CONFLICT, "rule", "it is repealed already");
	if (repeal->until.number <= before->from.number)
		return err_set(
			reterr, ERR_INVALID, "until", "it would end before its newest version is in force");
	return ERR_OK;
}
