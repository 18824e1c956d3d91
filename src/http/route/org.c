/* org.c: units, posts, people and tenures, as of a day. Of a person names and posts are shown, and nothing of
 * what else is kept for eligibility. All of it is read from the copy in memory, in the order of ids. */
#include "http/route/org.h"
#include "exchange/roster_figures.h"
#include "http/handlers.h"

#define POSTS_MAX 32

/* One list: rows from `at` on that fit, at most `left`; then where the next page begins. */
struct listing {
	const struct reading *reading;
	const struct teller *teller;
	const struct org *org;
	struct json_out *out;
	struct day day;
	struct str q;
	size_t at, next; /* next: 0 when the list came to its end */
	int64_t left;
};

static enum err begin(const struct reading *reading, struct listing *ret_listing)
{
	struct page_after after;

	TRY(reading_after(reading, &after));
	*ret_listing = (struct listing){.reading = reading,
		.teller = &reading->teller,
		.org = reading->teller.institution->org,
		.day = reading_day(reading, "as_of"),
		.at = (size_t)after.part,
		.left = reading_limit(reading)};
	return ERR_OK;
}

static void open_list(struct listing *listing, struct reply *reply, const char *noun)
{
	listing->out = reply_json(reply);
	json_out_open(listing->out, '{');
	json_out_field_text(listing->out, "as_of", day_print(listing->teller->arena, listing->day));
	json_out_key(listing->out, noun);
	json_out_open(listing->out, '[');
}

/* Is there room for the row at `at`, which fits? Where not, the next page begins with it. */
static bool takes(struct listing *listing)
{
	if (listing->left-- > 0)
		return true;
	listing->next = listing->at;
	return false;
}

static void close_list(struct listing *listing)
{
	const struct page_after next = {.part = (int64_t)listing->next};

	json_out_close(listing->out, ']');
	reading_put_next(listing->reading, listing->out, next);
	json_out_close(listing->out, '}');
}

static bool says(const struct listing *listing, struct str text)
{
	return listing->q.size == 0 || str_find(text, listing->q) != SIZE_MAX;
}

/* In either language, as it was called on that day. */
static bool says_name(const struct listing *listing, int64_t unit)
{
	struct unit named = org_unit_on(listing->org, unit, listing->day);

	return says(listing, named.name) || says(listing, named.name_en);
}

static bool holds_on(const struct tenure *tenure, struct day day)
{
	return tenure->from.number <= day.number &&
	       (day_is_none(tenure->until) || day.number < tenure->until.number);
}

static void put_code(struct listing *listing, const char *key, struct str code)
{
	if (code.size > 0)
		json_out_field_text(listing->out, key, code);
}

static void put_day(struct listing *listing, const char *key, struct day day)
{
	if (!day_is_none(day))
		json_out_field_text(listing->out, key, day_print(listing->teller->arena, day));
}

/* ---- relations of matters ---- */

enum err route_relations(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct org *org = reading.teller.institution->org;
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "relations");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_relation_count(org); i++) {
		struct str name = org_relation_at(org, i)->name;

		json_out_open(out, '{');
		json_out_field_text(out, "name", name);
		json_out_field_text(out, "label", tell_relation(&reading.teller, name));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- units ---- */

static void put_unit(struct listing *listing, const struct unit *unit)
{
	const struct unit *parent = org_unit(listing->org, unit->parent);
	const struct post *leader = org_post(listing->org, unit->leader),
			  *head = org_post(
				  listing->org, org_head_post_on(listing->org, unit->id, listing->day));

	json_out_open(listing->out, '{');
	json_out_field_int(listing->out, "id", unit->id);
	json_out_field_text(listing->out, "code", unit->code);
	json_out_field_text(listing->out, "name", tell_unit_on(listing->teller, unit->id, listing->day));
	json_out_field_text(listing->out, "kind", unit->kind);
	json_out_field_text(listing->out, "kind_label", unit_kind_word(unit->kind, listing->teller->chinese));
	put_code(listing, "parent", parent == NULL ? STR("") : parent->code);
	put_code(listing, "leader", leader == NULL ? STR("") : leader->code);
	put_code(listing, "head", head == NULL ? STR("") : head->code);
	put_day(listing, "since", unit->since);
	put_day(listing, "until", unit->until);
	json_out_close(listing->out, '}');
}

enum err route_units(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct listing listing;
	bool ended = request_bool(request, "ended");
	int64_t parent;

	TRY(begin(&reading, &listing));
	TRY(reading_unit(&reading, "parent", &parent));
	listing.q = request_text(request, "q");
	open_list(&listing, reply, "units");
	for (; listing.at < org_unit_count(listing.org); listing.at++) {
		const struct unit *unit = org_unit_at(listing.org, listing.at);

		if ((!ended && !org_unit_is_on(listing.org, unit->id, listing.day)) ||
			(parent != 0 && unit->parent != parent) ||
			!(says(&listing, unit->code) || says_name(&listing, unit->id)))
			continue;
		if (!takes(&listing))
			break;
		put_unit(&listing, unit);
	}
	close_list(&listing);
	return ERR_OK;
}

/* ---- posts ---- */

static void put_holder(struct listing *listing, const struct tenure *tenure)
{
	if (tenure == NULL)
		return;
	json_out_field_text(listing->out, "holder", org_person(listing->org, tenure->person)->code);
	json_out_field_text(listing->out, "holder_name", tell_person(listing->teller, tenure->person));
	json_out_field_bool(listing->out, "acting", tenure->kind == TENURE_ACTING);
}

static void put_post(struct listing *listing, const struct post *post, const struct tenure *tenure)
{
	json_out_open(listing->out, '{');
	json_out_field_int(listing->out, "id", post->id);
	json_out_field_text(listing->out, "code", post->code);
	json_out_field_text(listing->out, "title",
		label_pick((struct label){post->title, post->title_en}, post->title,
			teller_lang(listing->teller)));
	json_out_field_text(listing->out, "name", tell_post_on(listing->teller, post->id, listing->day));
	json_out_field_text(listing->out, "unit", org_unit(listing->org, post->unit)->code);
	json_out_field_text(listing->out, "kind", str_from(post_kind_name(post->kind)));
	put_code(listing, "rank", post->rank);
	put_day(listing, "until", post->until);
	json_out_field_bool(listing->out, "vacant", tenure == NULL);
	put_holder(listing, tenure);
	json_out_close(listing->out, '}');
}

enum err route_posts(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct listing listing;
	int64_t unit;
	bool vacant = request_bool(request, "vacant"), ended = request_bool(request, "ended");

	TRY(begin(&reading, &listing));
	TRY(reading_unit(&reading, "unit", &unit));
	listing.q = request_text(request, "q");
	open_list(&listing, reply, "posts");
	for (; listing.at < org_post_count(listing.org); listing.at++) {
		const struct post *post = org_post_at(listing.org, listing.at);
		const struct tenure *tenure = org_holder(listing.org, post->id, listing.day);

		if ((!ended && !org_post_is_on(listing.org, post->id, listing.day)) ||
			(unit != 0 && post->unit != unit) ||
			(request_has(request, "vacant") && vacant != (tenure == NULL)) ||
			!(says(&listing, post->code) ||
				says(&listing, tell_post_on(listing.teller, post->id, listing.day))))
			continue;
		if (!takes(&listing))
			break;
		put_post(&listing, post, tenure);
	}
	close_list(&listing);
	return ERR_OK;
}

/* ---- people ---- */

void put_person(
	const struct reading *reading, struct json_out *out, const struct person *person, struct day day)
{
	const struct teller *teller = &reading->teller;
	const struct org *org = teller->institution->org;
	int64_t posts[POSTS_MAX];
	size_t count = org_posts_held(org, person->id, day, posts, POSTS_MAX);

	json_out_open(out, '{');
	json_out_field_int(out, "id", person->id);
	json_out_field_text(out, "code", person->code);
	json_out_field_text(out, "name", person->name);
	json_out_key(out, "posts");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		json_out_field_text(out, "code", org_post(org, posts[i])->code);
		json_out_field_text(out, "name", tell_post(teller, posts[i]));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_field_bool(out, "record",
		record_is_open(org, reading->viewer.person, person->id, reading->viewer.today));
	json_out_close(out, '}');
}

static bool is_of_unit(const struct listing *listing, int64_t person, int64_t unit)
{
	int64_t posts[POSTS_MAX];
	size_t count = org_posts_held(listing->org, person, listing->day, posts, POSTS_MAX);

	for (size_t i = 0; i < count; i++)
		if (org_post(listing->org, posts[i])->unit == unit)
			return true;
	return false;
}

enum err route_people(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct listing listing;
	int64_t unit;

	TRY(begin(&reading, &listing));
	TRY(reading_unit(&reading, "unit", &unit));
	listing.q = request_text(request, "q");
	open_list(&listing, reply, "people");
	for (; listing.at < org_person_count(listing.org); listing.at++) {
		const struct person *person = org_person_at(listing.org, listing.at);

		if (!(says(&listing, person->code) || says(&listing, person->name)) ||
			(unit != 0 && !is_of_unit(&listing, person->id, unit)))
			continue;
		if (!takes(&listing))
			break;
		put_person(listing.reading, listing.out, person, listing.day);
	}
	close_list(&listing);
	return ERR_OK;
}

/* ---- tenures ---- */

void put_tenure(const struct teller *teller, struct json_out *out, const struct tenure *tenure)
{
	const struct org *org = teller->institution->org;

	json_out_open(out, '{');
	json_out_field_int(out, "id", tenure->id);
	json_out_field_text(out, "post", org_post(org, tenure->post)->code);
	json_out_field_text(out, "post_name", tell_post(teller, tenure->post));
	json_out_field_text(out, "person", org_person(org, tenure->person)->code);
	json_out_field_text(out, "person_name", tell_person(teller, tenure->person));
	json_out_field_text(out, "from", day_print(teller->arena, tenure->from));
	if (!day_is_none(tenure->until))
		json_out_field_text(out, "until", day_print(teller->arena, tenure->until));
	json_out_field_text(out, "kind", str_from(tenure_kind_name(tenure->kind)));
	if (tenure->move.size > 0) {
		json_out_field_text(out, "move", tenure->move);
		json_out_field_text(out, "move_label", roster_move_word(tenure->move, teller->chinese));
	}
	json_out_close(out, '}');
}

/* Did it begin as was asked? */
static bool began_so(const struct http_request *request, const struct tenure *tenure)
{
	struct day from = request_day(request, "began_from"), until = request_day(request, "began_until");

	return (day_is_none(from) || tenure->from.number >= from.number) &&
	       (day_is_none(until) || tenure->from.number < until.number) &&
	       (!request_has(request, "move") || str_equal(tenure->move, request_text(request, "move")));
}

enum err route_tenures(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	/* Whoever asks what began then means all of that, not what of it still holds. */
	bool all = request_bool(request, "all") || request_has(request, "began_from") ||
		   request_has(request, "began_until");
	struct listing listing;
	int64_t unit, post, person;

	TRY(begin(&reading, &listing));
	TRY(reading_unit(&reading, "unit", &unit));
	TRY(reading_post(&reading, "post", &post));
	TRY(reading_person(&reading, "person", &person));
	open_list(&listing, reply, "tenures");
	for (; listing.at < org_tenure_count(listing.org); listing.at++) {
		const struct tenure *tenure = org_tenure_at(listing.org, listing.at);

		if ((post != 0 && tenure->post != post) || (person != 0 && tenure->person != person) ||
			(unit != 0 && org_post(listing.org, tenure->post)->unit != unit) ||
			(!all && !holds_on(tenure, listing.day)) || !began_so(request, tenure))
			continue;
		if (!takes(&listing))
			break;
		put_tenure(listing.teller, listing.out, tenure);
	}
	close_list(&listing);
	return ERR_OK;
}

/* ---- functions ---- */

static void put_function(const struct teller *teller, struct json_out *out, const struct function *function)
{
	const struct org *org = teller->institution->org;

	json_out_open(out, '{');
	json_out_field_text(out, "name", function->name);
	json_out_field_text(
		out, "label", org_function_word(teller->institution->org, function->name, teller->chinese));
	if (function->unit != 0) {
		json_out_field_text(out, "unit", org_unit(org, function->unit)->code);
		json_out_field_text(out, "unit_name", tell_unit(teller, function->unit));
	}
	if (function->post != 0) {
		json_out_field_text(out, "post", org_post(org, function->post)->code);
		json_out_field_text(out, "post_name", tell_post(teller, function->post));
	}
	json_out_close(out, '}');
}

enum err route_functions(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct org *org = reading.teller.institution->org;
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "functions");
	json_out_open(out, '[');
	for (size_t i = 0; i < org_function_count(org); i++)
		put_function(&reading.teller, out, org_function_at(org, i));
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- kin ---- */

static void put_relative(struct listing *listing, const struct kin *kin)
{
	json_out_open(listing->out, '{');
	json_out_field_text(listing->out, "person", org_person(listing->org, kin->person)->code);
	json_out_field_text(listing->out, "person_name", tell_person(listing->teller, kin->person));
	json_out_field_text(listing->out, "other", org_person(listing->org, kin->other)->code);
	json_out_field_text(listing->out, "other_name", tell_person(listing->teller, kin->other));
	json_out_field_text(listing->out, "kind", kin->kind);
	if (!day_is_none(kin->until))
		json_out_field_text(listing->out, "until", day_print(listing->teller->arena, kin->until));
	json_out_close(listing->out, '}');
}

static bool is_of(const struct kin *kin, int64_t person)
{
	return kin->person == person || kin->other == person;
}

/* Families are nobody's business but of those who keep the roster; one's own one knows. */
enum err route_kin(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	bool keeps = reading_has_function(&reading, "organisation_office");
	struct listing listing;
	int64_t person;

	TRY(begin(&reading, &listing));
	TRY(reading_person(&reading, "person", &person));
	open_list(&listing, reply, "kin");
	for (; listing.at < org_kin_count(listing.org); listing.at++) {
		const struct kin *kin = org_kin_at(listing.org, listing.at);

		if ((person != 0 && !is_of(kin, person)) || (!keeps && !is_of(kin, reading.viewer.person)) ||
			(!day_is_none(kin->until) && kin->until.number <= listing.day.number))
			continue;
		if (!takes(&listing))
			break;
		put_relative(&listing, kin);
	}
	close_list(&listing);
	return ERR_OK;
}
