/* rule_json.c: the register of rules for the screen, the API and the shell. */
#include "store/store_rule.h"
#include "view/put.h"
#include "view/rule_view.h"

#define HITS_MAX 1000

/* ---- what holds on a day ---- */

const char *rule_state_on(const struct stored_rule *rule, const struct stored_rule_version *versions,
	size_t count, struct day day, const struct stored_rule_version **ret_version)
{
	const struct stored_rule_version *first = NULL;

	*ret_version = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct stored_rule_version *version = &versions[i];

		if (version->rule != rule->id)
			continue;
		first = first == NULL ? version : first;
		if (version->from.number <= day.number &&
			(day_is_none(version->until) || version->until.number > day.number))
			*ret_version = version;
	}
	if (*ret_version != NULL)
		return "in_force";
	return first != NULL && first->from.number > day.number ? "future" : "repealed";
}

static const struct stored_rule_version *newest_of(
	const struct stored_rule *rule, const struct stored_rule_version *versions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (versions[i].rule == rule->id && versions[i].version == rule->versions)
			return &versions[i];
	return NULL;
}

/* ---- small pieces ---- */

static void put_day(const struct rule_ask *ask, struct json_out *out, const char *key, struct day day)
{
	if (!day_is_none(day))
		json_out_field_text(out, key, day_print(ask->teller.arena, day));
}

/* A matter for those who may see it: number, title and where it stands; for others nothing. `key` NULL: in a
 * list. */
static enum err put_matter(
	const struct rule_ask *ask, struct json_out *out, const char *key, int64_t id, struct bh_err *reterr)
{
	const struct teller *teller = &ask->teller;
	struct matter *matter;
	bool sees = true;

	if (id == 0)
		return ERR_OK;
	if (ask->viewer != NULL)
		TRY(store_may_see(ask->store, ask->viewer, id, &sees, reterr));
	if (!sees)
		return ERR_OK;
	TRY(institution_matter(teller->institution, ask->store, teller->arena, id, &matter, reterr));
	const struct state *state = &matter->procedure->states[matter->state];

	if (key != NULL)
		json_out_key(out, key);
	json_out_open(out, '{');
	json_out_field_int(out, "matter", id);
	json_out_field_text(out, "number", matter->number);
	json_out_field_text(out, "title", doc_get_text(matter->fields, "title"));
	json_out_field_text(out, "state", pick_label(teller, state->label, state->name));
	json_out_field_bool(out, "open", instant_is_none(matter->ended));
	json_out_close(out, '}');
	return ERR_OK;
}

static void put_stages(struct json_out *out, unsigned stages)
{
	json_out_key(out, "stages");
	json_out_open(out, '[');
	for (int stage = 0; stage < RULE_STAGE_COUNT; stage++)
		if ((stages & 1U << stage) != 0)
			json_out_text(out, str_from(rule_stage_name((enum rule_stage)stage)));
	json_out_close(out, ']');
}

/* What stands in the list and at the head of one rule; `shown` is the version that it is told by. */
static void put_head(const struct rule_ask *ask, struct json_out *out, const struct stored_rule *rule,
	const char *state, const struct stored_rule_version *shown)
{
	const struct teller *teller = &ask->teller;

	json_out_field_int(out, "rule", rule->id);
	json_out_field_text(out, "code", rule->code);
	json_out_field_text(out, "title", pick_label(teller, shown->title, rule->code));
	json_out_field_text(out, "area", str_from(rule_area_name(rule->area)));
	put_stages(out, rule->stages);
	put_some(out, "unit", code_of_unit(teller, rule->unit));
	put_some(out, "unit_name", tell_unit(teller, rule->unit));
	json_out_field_text(out, "state", str_from(state));
	json_out_field_int(out, "version", shown->version);
	json_out_field_int(out, "versions", rule->versions);
	put_day(ask, out, "from", shown->from);
	put_day(ask, out, "until", shown->until);
	json_out_field_int(out, "articles", shown->articles);
	put_day(ask, out, "review_on", shown->review_on);
}

/* ---- the list ---- */

struct listing {
	const struct rule_ask *ask;
	const struct rule_filter *filter;
	struct json_out *out;
	struct stored_rule *rules;
	struct stored_rule_version *versions;
	struct rule_hit *hits;
	size_t rule_count, version_count, hit_count;
};

static const struct rule_hit *hit_of(const struct listing *listing, int64_t rule)
{
	for (size_t i = 0; i < listing->hit_count; i++)
		if (listing->hits[i].rule == rule)
			return &listing->hits[i];
	return NULL;
}

static bool is_wanted(const struct listing *listing, const struct stored_rule *rule, const char *state)
{
	const struct rule_filter *filter = listing->filter;
	enum rule_stage stage;

	if (filter->area.size > 0 && !str_is(filter->area, rule_area_name(rule->area)))
		return false;
	if (filter->stage.size > 0 &&
		(!rule_stage_parse(filter->stage, &stage) || (rule->stages & 1U << stage) == 0))
		return false;
	if (filter->state.size > 0 && !str_is(filter->state, state))
		return false;
	return (filter->unit == 0 || filter->unit == rule->unit) &&
	       (filter->q.size == 0 || hit_of(listing, rule->id) != NULL);
}

static void put_hit(struct json_out *out, const struct rule_hit *hit)
{
	if (hit == NULL || hit->excerpt.size == 0)
		return;
	json_out_key(out, "found");
	json_out_open(out, '{');
	put_some(out, "label", hit->label);
	json_out_field_text(out, "excerpt", hit->excerpt);
	json_out_close(out, '}');
}

static void put_line(const struct listing *listing, const struct stored_rule *rule)
{
	const struct stored_rule_version *shown;
	const char *state =
		rule_state_on(rule, listing->versions, listing->version_count, listing->ask->day, &shown);

	if (!is_wanted(listing, rule, state))
		return;
	if (shown == NULL)
		shown = newest_of(rule, listing->versions, listing->version_count);
	json_out_open(listing->out, '{');
	put_head(listing->ask, listing->out, rule, state, shown);
	put_hit(listing->out, hit_of(listing, rule->id));
	json_out_close(listing->out, '}');
}

static void put_matrix(const struct listing *listing)
{
	int64_t counts[RULE_AREA_COUNT][RULE_STAGE_COUNT] = {{0}};
	const struct stored_rule_version *shown;
	struct json_out *out = listing->out;

	for (size_t i = 0; i < listing->rule_count; i++) {
		const struct stored_rule *rule = &listing->rules[i];

		(void)rule_state_on(
			rule, listing->versions, listing->version_count, listing->ask->day, &shown);
		for (int stage = 0; shown != NULL && stage < RULE_STAGE_COUNT; stage++)
			counts[rule->area][stage] += (rule->stages & 1U << stage) != 0;
	}
	json_out_key(out, "matrix");
	json_out_open(out, '[');
	for (int area = 0; area < RULE_AREA_COUNT; area++)
		for (int stage = 0; stage < RULE_STAGE_COUNT; stage++) {
			json_out_open(out, '{');
			json_out_field_text(out, "area", str_from(rule_area_name((enum rule_area)area)));
			json_out_field_text(out, "stage", str_from(rule_stage_name((enum rule_stage)stage)));
			json_out_field_int(out, "rules", counts[area][stage]);
			json_out_close(out, '}');
		}
	json_out_close(out, ']');
}

enum err rule_list_put(const struct rule_ask *ask, const struct rule_filter *filter, struct json_out *out,
	struct bh_err *reterr)
{
	struct listing listing = {.ask = ask, .filter = filter, .out = out};
	struct arena *arena = ask->teller.arena;

	TRY(store_rule_list(ask->store, arena, &listing.rules, &listing.rule_count, reterr));
	TRY(store_rule_versions(ask->store, arena, 0, &listing.versions, &listing.version_count, reterr));
	if (filter->q.size > 0)
		TRY(store_search_rules(ask->store, arena, filter->q, ask->day, HITS_MAX, &listing.hits,
			&listing.hit_count, reterr));
	json_out_open(out, '{');
	put_day(ask, out, "as_of", ask->day);
	json_out_key(out, "rules");
	json_out_open(out, '[');
	for (size_t i = 0; i < listing.rule_count; i++)
		put_line(&listing, &listing.rules[i]);
	json_out_close(out, ']');
	put_matrix(&listing);
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- one rule ---- */

static void put_parts(struct json_out *out, const struct rule_text *text)
{
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (size_t i = 0; i < text->count; i++) {
		const struct rule_part *part = &text->parts[i];

		json_out_open(out, '{');
		json_out_field_text(out, "kind", str_from(rule_part_kind_name(part->kind)));
		put_some(out, "label", part->label);
		json_out_field_text(out, "text", part->text);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

static enum err read_text(const struct rule_ask *ask, int64_t rule, int64_t version,
	struct rule_text *ret_text, struct bh_err *reterr)
{
	struct str body;

	TRY(store_rule_text(ask->store, ask->teller.arena, rule, version, &body, reterr));
	return rule_text_read(ask->teller.arena, body, ret_text, reterr);
}

static enum err put_version(const struct rule_ask *ask, struct json_out *out,
	const struct stored_rule_version *version, struct bh_err *reterr)
{
	json_out_open(out, '{');
	json_out_field_int(out, "version", version->version);
	json_out_field_text(out, "title", pick_label(&ask->teller, version->title, STR("")));
	put_day(ask, out, "from", version->from);
	put_day(ask, out, "until", version->until);
	json_out_field_int(out, "articles", version->articles);
	put_day(ask, out, "review_on", version->review_on);
	put_some(out, "note", version->note);
	json_out_field_int(out, "index", version->index);
	put_instant(&ask->teller, out, "recorded", version->time);
	TRY(put_matter(ask, out, "matter", version->matter, reterr));
	TRY(put_matter(ask, out, "review", version->review, reterr));
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err put_repeal(const struct rule_ask *ask, struct json_out *out, const struct stored_rule *rule,
	struct bh_err *reterr)
{
	struct stored_rule_version *versions;
	struct stored_rule other;
	size_t count;

	if (day_is_none(rule->repealed))
		return ERR_OK;
	json_out_key(out, "repeal");
	json_out_open(out, '{');
	put_day(ask, out, "until", rule->repealed);
	json_out_field_text(out, "reason", rule->reason);
	json_out_field_int(out, "index", rule->repeal_index);
	if (rule->by_rule != 0) {
		TRY(store_rule_get(ask->store, ask->teller.arena, rule->by_rule, &other, reterr));
		TRY(store_rule_versions(
			ask->store, ask->teller.arena, rule->by_rule, &versions, &count, reterr));
		json_out_field_int(out, "by_rule", other.id);
		json_out_field_text(
			out, "by_title", pick_label(&ask->teller, versions[count - 1].title, other.code));
	}
	TRY(put_matter(ask, out, "matter", rule->repeal_matter, reterr));
	json_out_close(out, '}');
	return ERR_OK;
}

#define SOURCES_MAX 100

struct sources {
	int64_t matters[SOURCES_MAX];
	size_t count;
};

static void add_source(struct sources *sources, int64_t matter)
{
	for (size_t i = 0; i < sources->count; i++)
		if (sources->matters[i] == matter)
			return;
	if (matter != 0 && sources->count < SOURCES_MAX)
		sources->matters[sources->count++] = matter;
}

/* What the matter that made a version is said to arise from, it says itself, to those who see it. */
static enum err add_linked(
	const struct rule_ask *ask, int64_t matter, struct sources *sources, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct link_line *lines;
	size_t count;

	if (matter == 0)
		return ERR_OK;
	if (ask->viewer == NULL)
		TRY(store_link_list(ask->store, arena, matter, &lines, &count, reterr));
	else
		TRY(store_link_seen(ask->store, arena, ask->viewer, matter, &lines, &count, reterr));
	for (size_t i = 0; i < count; i++)
		if (lines[i].forth && str_is(lines[i].relation, "arises_from"))
			add_source(sources, lines[i].other);
	return ERR_OK;
}

static enum err put_sources(const struct rule_ask *ask, struct json_out *out, const struct stored_rule *rule,
	const struct stored_rule_version *versions, size_t count, struct bh_err *reterr)
{
	struct sources sources = {0};

	add_source(&sources, rule->finding);
	for (size_t i = 0; i < count; i++)
		TRY(add_linked(ask, versions[i].matter, &sources, reterr));
	json_out_key(out, "sources");
	json_out_open(out, '[');
	for (size_t i = 0; i < sources.count; i++)
		TRY(put_matter(ask, out, NULL, sources.matters[i], reterr));
	json_out_close(out, ']');
	return ERR_OK;
}

static void put_procedures(const struct rule_ask *ask, struct json_out *out, struct str names)
{
	struct str name;

	json_out_key(out, "procedures");
	json_out_open(out, '[');
	while (names.size > 0 && str_cut(&names, ' ', &name)) {
		const struct definition *definition = institution_in_force(ask->teller.institution, name);

		json_out_open(out, '{');
		json_out_field_text(out, "name", name);
		json_out_field_text(out, "title",
			definition == NULL ? name
					   : pick_label(&ask->teller, definition->procedure->title, name));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* The version that was asked for (0: none), else that of the day, else the one nearest to it. NULL: there is
 * no such version. */
static const struct stored_rule_version *choose(const struct stored_rule_version *versions, size_t count,
	int64_t version, const struct stored_rule_version *of_day, struct day day)
{
	if (version > 0)
		return (uint64_t)version <= count ? &versions[version - 1] : NULL;
	if (of_day != NULL)
		return of_day;
	return day.number < versions[0].from.number ? &versions[0] : &versions[count - 1];
}

enum err rule_put(
	const struct rule_ask *ask, int64_t id, int64_t version, struct json_out *out, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	const struct stored_rule_version *of_day, *shown;
	struct stored_rule_version *versions;
	struct stored_rule rule;
	struct rule_text text;
	size_t count;

	TRY(store_rule_get(ask->store, arena, id, &rule, reterr));
	TRY(store_rule_versions(ask->store, arena, id, &versions, &count, reterr));
	const char *state = rule_state_on(&rule, versions, count, ask->day, &of_day);

	shown = choose(versions, count, version, of_day, ask->day);
	if (shown == NULL)
		return err_set(reterr, ERR_NOT_FOUND, "version", "the rule has no such version");
	TRY(read_text(ask, id, shown->version, &text, reterr));
	json_out_open(out, '{');
	put_head(ask, out, &rule, state, shown);
	put_day(ask, out, "as_of", ask->day);
	TRY(put_sources(ask, out, &rule, versions, count, reterr));
	put_procedures(ask, out, rule.procedures);
	TRY(put_repeal(ask, out, &rule, reterr));
	json_out_key(out, "history");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		TRY(put_version(ask, out, &versions[i], reterr));
	json_out_close(out, ']');
	put_some(out, "heading", text.title);
	put_parts(out, &text);
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- comparison ---- */

static void put_part(struct json_out *out, const char *key, const struct rule_part *part)
{
	if (part == NULL)
		return;
	json_out_key(out, key);
	json_out_open(out, '{');
	put_some(out, "label", part->label);
	json_out_field_text(out, "text", part->text);
	json_out_close(out, '}');
}

static void put_difference(struct json_out *out, const struct rule_difference *difference)
{
	const struct rule_part *any = difference->after != NULL ? difference->after : difference->before;

	json_out_open(out, '{');
	json_out_field_text(out, "change", str_from(rule_change_name(difference->change)));
	json_out_field_text(out, "kind", str_from(rule_part_kind_name(any->kind)));
	put_part(out, "before", difference->before);
	put_part(out, "after", difference->after);
	if (difference->change == RULE_CHANGED) {
		json_out_key(out, "words");
		json_out_open(out, '[');
		for (size_t i = 0; i < difference->word_count; i++) {
			json_out_open(out, '{');
			json_out_field_text(out, "mark", str_from(word_mark_name(difference->words[i].mark)));
			json_out_field_text(out, "text", difference->words[i].text);
			json_out_close(out, '}');
		}
		json_out_close(out, ']');
	}
	json_out_close(out, '}');
}

static void put_comparison(const struct rule_ask *ask, int64_t rule, const int64_t versions[2],
	const struct rule_text texts[2], struct json_out *out)
{
	struct rule_difference *all;
	size_t count, changes = 0;

	rule_compare(ask->teller.arena, &texts[0], &texts[1], &all, &count);
	for (size_t i = 0; i < count; i++)
		changes += all[i].change != RULE_SAME && all[i].change != RULE_RENUMBERED;
	json_out_open(out, '{');
	json_out_field_int(out, "rule", rule);
	json_out_field_int(out, "from", versions[0]);
	json_out_field_int(out, "to", versions[1]);
	json_out_field_int(out, "changes", (int64_t)changes);
	json_out_key(out, "parts");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++)
		put_difference(out, &all[i]);
	json_out_close(out, ']');
	json_out_close(out, '}');
}

enum err rule_compare_put(const struct rule_ask *ask, int64_t rule, int64_t from, int64_t to,
	struct json_out *out, struct bh_err *reterr)
{
	struct stored_rule stored;
	struct rule_text texts[2];

	TRY(store_rule_get(ask->store, ask->teller.arena, rule, &stored, reterr));
	TRY(read_text(ask, rule, from, &texts[0], reterr));
	TRY(read_text(ask, rule, to, &texts[1], reterr));
	put_comparison(ask, rule, (const int64_t[]){from, to}, texts, out);
	return ERR_OK;
}

enum err rule_draft_put(const struct rule_ask *ask, int64_t rule, int64_t from, struct str draft,
	struct json_out *out, struct bh_err *reterr)
{
	struct stored_rule stored;
	struct rule_text texts[2];

	TRY(store_rule_get(ask->store, ask->teller.arena, rule, &stored, reterr));
	TRY(read_text(ask, rule, from, &texts[0], reterr));
	TRY(rule_text_read(ask->teller.arena, draft, &texts[1], reterr));
	put_comparison(ask, rule, (const int64_t[]){from, stored.versions + 1}, texts, out);
	return ERR_OK;
}
