/* rule_spec.c: rules as people write them down, made what the register takes. */
#include "store/store_rule.h"
#include "view/rule_view.h"

enum err rule_by_name(const struct rule_ask *ask, struct str name, int64_t *ret_rule, struct bh_err *reterr)
{
	struct stored_rule rule;
	int64_t id;

	if (!str_to_int(name, &id))
		return store_rule_find(ask->store, name, ret_rule, reterr);
	TRY(store_rule_get(ask->store, ask->teller.arena, id, &rule, reterr));
	*ret_rule = id;
	return ERR_OK;
}

/* ---- matters ---- */

/* By number or by id; one that isn't seen is none. */
static enum err read_matter(const struct rule_ask *ask, const struct doc *written, const char *key,
	struct doc *spec, struct bh_err *reterr)
{
	const struct doc *given = doc_get(written, key);
	bool sees = true;
	int64_t id;

	if (given == NULL)
		return ERR_OK;
	if (given->kind == DOC_INT)
		id = given->number;
	else if (!str_to_int(given->text, &id) &&
		 (ask->viewer == NULL ? store_matter_find(ask->store, given->text, &id, NULL)
				      : store_number_seen(ask->store, ask->viewer, given->text, &id, NULL)) !=
			 ERR_OK)
		id = 0;
	if (ask->viewer != NULL)
		TRY(store_may_see(ask->store, ask->viewer, id, &sees, reterr));
	if (id <= 0 || !sees)
		return err_set(reterr, ERR_INVALID, key, "there is no such matter");
	doc_set(ask->teller.arena, spec, key, doc_int(ask->teller.arena, id));
	return ERR_OK;
}

/* ---- members ---- */

static void copy(struct arena *arena, const struct doc *written, const char *key, struct doc *spec)
{
	const struct doc *given = doc_get(written, key);

	if (given != NULL)
		doc_set(arena, spec, key, doc_copy(arena, given));
}

/* A file of another system ends its lines with two characters; the register has one. */
static struct str plain_lines(struct arena *arena, struct str text)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < text.size; i++)
		if (text.data[i] != '\r' || i + 1 == text.size || text.data[i + 1] != '\n')
			buf_put_char(&buf, text.data[i]);
	return buf_str(&buf);
}

static struct doc *title_doc(struct arena *arena, struct label title)
{
	struct doc *doc = doc_object(arena);

	doc_set(arena, doc, "zh", doc_text(arena, title.zh));
	doc_set(arena, doc, "en", doc_text(arena, title.en));
	return doc;
}

static struct label read_title(const struct doc *title)
{
	if (title->kind == DOC_TEXT)
		return (struct label){title->text, STR("")};
	struct str en = doc_get_text(title, "en");

	return (struct label){doc_get_text(title, "zh"), en.data == NULL ? STR("") : en};
}

static struct doc *words_doc(struct arena *arena, struct str words)
{
	struct doc *list = doc_list(arena);
	struct str word;

	while (words.size > 0 && str_cut(&words, ' ', &word))
		doc_push(arena, list, doc_text(arena, word));
	return list;
}

static struct doc *stages_doc(struct arena *arena, unsigned stages)
{
	struct doc *list = doc_list(arena);

	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
		if ((stages & 1U << stage) != 0)
			doc_push(arena, list,
				doc_text(arena, str_from(rule_stage_name((enum rule_stage)stage))));
	return list;
}

/* What holds of the rule until something else is said. */
static enum err begin_with(const struct rule_ask *ask, int64_t id, struct doc *spec, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct stored_rule_version *versions;
	struct stored_rule rule;
	size_t count;

	TRY(store_rule_get(ask->store, arena, id, &rule, reterr));
	TRY(store_rule_versions(ask->store, arena, id, &versions, &count, reterr));
	doc_set(arena, spec, "rule", doc_int(arena, id));
	doc_set(arena, spec, "code", doc_text(arena, rule.code));
	doc_set(arena, spec, "area", doc_text(arena, str_from(rule_area_name(rule.area))));
	doc_set(arena, spec, "stages", stages_doc(arena, rule.stages));
	doc_set(arena, spec, "unit", doc_int(arena, rule.unit));
	doc_set(arena, spec, "procedures", words_doc(arena, rule.procedures));
	doc_set(arena, spec, "title", title_doc(arena, versions[count - 1].title));
	if (rule.finding != 0)
		doc_set(arena, spec, "finding", doc_int(arena, rule.finding));
	return ERR_OK;
}

static enum err read_unit(
	const struct rule_ask *ask, const struct doc *written, struct doc *spec, struct bh_err *reterr)
{
	struct str code = doc_get_text(written, "unit");
	struct bh_err why;
	int64_t unit;

	if (code.data == NULL)
		return ERR_OK;
	if (institution_unit(ask->teller.institution, ask->teller.arena, code, &unit, &why) != ERR_OK)
		return err_pass(reterr, ERR_INVALID, "unit", &why);
	doc_set(ask->teller.arena, spec, "unit", doc_int(ask->teller.arena, unit));
	return ERR_OK;
}

static void take_day(struct arena *arena, const struct matter *matter, const char *field, struct doc *spec,
	const char *key)
{
	struct str day = doc_get_text(matter->fields, field);

	if (doc_get(spec, key) == NULL && day.size > 0)
		doc_set(arena, spec, key, doc_text(arena, day));
}

/* What the matter that made it says already needn't be said again. */
static enum err ask_the_matter(const struct rule_ask *ask, struct doc *spec, struct bh_err *reterr)
{
	int64_t id = doc_get_int(spec, "matter", 0);
	struct arena *arena = ask->teller.arena;
	struct matter *matter;

	if (id == 0)
		return ERR_OK;
	TRY(institution_matter(ask->teller.institution, ask->store, arena, id, &matter, reterr));
	take_day(arena, matter, "in_force", spec, "from");
	take_day(arena, matter, "review_on", spec, "review_on");
	return ERR_OK;
}

/* Whoever writes a version down says which it is to be, lest two amend the same one. */
static enum err judge_version(
	const struct rule_ask *ask, int64_t rule, const struct doc *written, struct bh_err *reterr)
{
	struct stored_rule stored = {0};

	if (doc_get(written, "version") == NULL)
		return ERR_OK;
	if (rule != 0)
		TRY(store_rule_get(ask->store, ask->teller.arena, rule, &stored, reterr));
	return doc_get_int(written, "version", 0) == stored.versions + 1
		       ? ERR_OK
		       : err_set(reterr, ERR_CONFLICT, "version", "the next version of it is %lld",
				 (long long)stored.versions + 1);
}

enum err rule_spec_read(const struct rule_ask *ask, int64_t rule, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr)
{
	static const char *const plain[] = {"area", "stages", "procedures", "from", "review_on", "note"};
	struct arena *arena = ask->teller.arena;
	struct doc *spec = doc_object(arena);
	const struct doc *title = doc_get(written, "title");

	doc_set(arena, spec, "note", doc_text(arena, STR("")));
	if (rule != 0)
		TRY(begin_with(ask, rule, spec, reterr));
	else
		copy(arena, written, "code", spec);
	for (size_t i = 0; i < ARRAY_COUNT(plain); i++)
		copy(arena, written, plain[i], spec);
	if (title != NULL)
		doc_set(arena, spec, "title", title_doc(arena, read_title(title)));
	doc_set(arena, spec, "text", doc_text(arena, plain_lines(arena, doc_get_text(written, "text"))));
	TRY(judge_version(ask, rule, written, reterr));
	TRY(read_unit(ask, written, spec, reterr));
	TRY(read_matter(ask, written, "finding", spec, reterr));
	TRY(read_matter(ask, written, "matter", spec, reterr));
	TRY(ask_the_matter(ask, spec, reterr));
	*ret_spec = spec;
	return ERR_OK;
}

enum err rule_repeal_spec_read(const struct rule_ask *ask, int64_t rule, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct doc *spec = doc_object(arena);
	struct str by_rule = doc_get_text(written, "by_rule");
	struct bh_err why;
	int64_t other;

	doc_set(arena, spec, "rule", doc_int(arena, rule));
	copy(arena, written, "until", spec);
	copy(arena, written, "reason", spec);
	if (by_rule.size > 0) {
		if (rule_by_name(ask, by_rule, &other, &why) != ERR_OK)
			return err_pass(reterr, ERR_INVALID, "by_rule", &why);
		doc_set(arena, spec, "by_rule", doc_int(arena, other));
	}
	TRY(read_matter(ask, written, "matter", spec, reterr));
	*ret_spec = spec;
	return ERR_OK;
}
