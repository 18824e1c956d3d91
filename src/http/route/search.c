/* search.c: a few words, and everything that the sender sees by them: matters, people, posts, units,
 * procedures, rules; a few of each, for a box into which one types. */
#include "http/handlers.h"
#include "http/reading.h"
#include "store/store_rule.h"
#include "view/lines.h"

#define FOUND_MAX 10 /* of each kind */

struct found {
	const struct teller *teller;
	struct json_out *out;
	struct str q;
	size_t left;
};

static bool has(const struct found *found, struct str text)
{
	return str_find(text, found->q) != SIZE_MAX;
}

static void open_kind(struct found *found, const char *kind)
{
	found->left = FOUND_MAX;
	json_out_key(found->out, kind);
	json_out_open(found->out, '[');
}

static void put_named(struct found *found, struct str code, struct str name)
{
	json_out_open(found->out, '{');
	json_out_field_text(found->out, "code", code);
	json_out_field_text(found->out, "name", name);
	json_out_close(found->out, '}');
	found->left--;
}

static void put_people(struct found *found)
{
	const struct org *org = found->teller->institution->org;

	open_kind(found, "people");
	for (size_t i = 0; i < org_person_count(org) && found->left > 0; i++) {
		const struct person *person = org_person_at(org, i);

		if (has(found, person->code) || has(found, person->name))
			put_named(found, person->code, person->name);
	}
	json_out_close(found->out, ']');
}

/* What was abolished is found, and said to be so. */
static void put_lasting(struct found *found, struct str code, struct str name, bool ended)
{
	put_named(found, code,
		!ended ? name
		       : str_format(found->teller->arena, "%.*s (%s)", STR_ARG(name),
				 tell_either(found->teller, "已撤销", "abolished")));
}

static void put_posts(struct found *found)
{
	const struct org *org = found->teller->institution->org;

	open_kind(found, "posts");
	for (size_t i = 0; i < org_post_count(org) && found->left > 0; i++) {
		const struct post *post = org_post_at(org, i);
		struct str name = tell_post(found->teller, post->id);

		if (has(found, post->code) || has(found, name))
			put_lasting(found, post->code, name, org_post_has_ended(org, post->id));
	}
	json_out_close(found->out, ']');
}

static void put_units(struct found *found)
{
	const struct org *org = found->teller->institution->org;

	open_kind(found, "units");
	for (size_t i = 0; i < org_unit_count(org) && found->left > 0; i++) {
		const struct unit *unit = org_unit_at(org, i);

		if (has(found, unit->code) || has(found, unit->name) || has(found, unit->name_en))
			put_lasting(found, unit->code, tell_unit(found->teller, unit->id),
				org_unit_has_ended(org, unit->id));
	}
	json_out_close(found->out, ']');
}

static void put_procedures(struct found *found)
{
	const struct institution *institution = found->teller->institution;

	open_kind(found, "procedures");
	for (size_t i = 0; i < institution->in_force_count && found->left > 0; i++) {
		const struct procedure *procedure = institution->in_force[i].procedure;

		if (has(found, procedure->name) || has(found, procedure->title.zh) ||
			has(found, procedure->title.en))
			put_named(found, procedure->name,
				label_pick(procedure->title, procedure->name, teller_lang(found->teller)));
	}
	json_out_close(found->out, ']');
}

/* Words of an article in force today. */
static void put_rules(struct found *found, const struct rule_hit *hits, size_t count)
{
	open_kind(found, "rules");
	for (size_t i = 0; i < count; i++) {
		json_out_open(found->out, '{');
		json_out_field_int(found->out, "rule", hits[i].rule);
		json_out_field_text(found->out, "title",
			label_pick(hits[i].title, hits[i].title.zh, teller_lang(found->teller)));
		if (hits[i].label.size > 0)
			json_out_field_text(found->out, "label", hits[i].label);
		json_out_close(found->out, '}');
	}
	json_out_close(found->out, ']');
}

enum err route_search(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct str q = str_trim(request_text(request, "q"));
	struct search_hit *hits;
	struct page_after next;
	struct rule_hit *rules;
	size_t count, rule_count;

	if (q.size == 0)
		return err_set(&request->why, ERR_INVALID, "q", "say what to look for");
	TRY(store_search(request->reader, request->arena, &reading.viewer, q, FOUND_MAX, NULL, &hits, &count,
		&next, &request->why));
	TRY(store_search_rules(request->reader, request->arena, q, reading.viewer.today, FOUND_MAX, &rules,
		&rule_count, &request->why));
	struct found found = {.teller = &reading.teller, .out = reply_json(reply), .q = q};

	json_out_open(found.out, '{');
	json_out_key(found.out, "matters");
	json_out_open(found.out, '[');
	for (size_t i = 0; i < count; i++)
		line_put_matter(&reading.teller, found.out, &hits[i].line);
	json_out_close(found.out, ']');
	put_people(&found);
	put_posts(&found);
	put_units(&found);
	put_procedures(&found);
	put_rules(&found, rules, rule_count);
	json_out_close(found.out, '}');
	return ERR_OK;
}
