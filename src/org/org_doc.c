/* org_doc.c: rows of the org as the payloads of their events, and back. Ids are part of the payload, so
 * replay needs nobody to give them. */
#include "org/org.h"

static void put_text(struct arena *arena, struct doc *doc, const char *key, struct str text)
{
	if (text.size > 0)
		doc_set(arena, doc, key, doc_text(arena, text));
}

static void put_int(struct arena *arena, struct doc *doc, const char *key, int64_t number)
{
	if (number != 0)
		doc_set(arena, doc, key, doc_int(arena, number));
}

static void put_day(struct arena *arena, struct doc *doc, const char *key, struct day day)
{
	put_text(arena, doc, key, day_print(arena, day));
}

static struct day get_day(const struct doc *doc, const char *key)
{
	struct day day;
	struct str text = doc_get_text(doc, key);

	return text.size > 0 && day_parse(text, &day, NULL) == ERR_OK ? day : DAY_NONE;
}

struct doc *unit_to_doc(struct arena *arena, const struct unit *unit)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", unit->id);
	put_text(arena, doc, "code", unit->code);
	put_text(arena, doc, "name", unit->name);
	put_text(arena, doc, "name_en", unit->name_en);
	put_text(arena, doc, "kind", unit->kind);
	put_int(arena, doc, "parent", unit->parent);
	put_int(arena, doc, "leader", unit->leader);
	put_day(arena, doc, "since", unit->since);
	put_day(arena, doc, "until", unit->until);
	return doc;
}

struct unit unit_from_doc(const struct doc *doc)
{
	return (struct unit){
		.id = doc_get_int(doc, "id", 0),
		.code = doc_get_text(doc, "code"),
		.name = doc_get_text(doc, "name"),
		.name_en = doc_get_text(doc, "name_en"),
		.kind = doc_get_text(doc, "kind"),
		.parent = doc_get_int(doc, "parent", 0),
		.leader = doc_get_int(doc, "leader", 0),
		.since = get_day(doc, "since"),
		.until = get_day(doc, "until"),
	};
}

struct doc *post_to_doc(struct arena *arena, const struct post *post)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", post->id);
	put_text(arena, doc, "code", post->code);
	put_int(arena, doc, "unit", post->unit);
	put_text(arena, doc, "title", post->title);
	put_text(arena, doc, "title_en", post->title_en);
	put_text(arena, doc, "kind", str_from(post_kind_name(post->kind)));
	put_text(arena, doc, "rank", post->rank);
	put_day(arena, doc, "until", post->until);
	return doc;
}

struct post post_from_doc(const struct doc *doc)
{
	struct post post = {
		.id = doc_get_int(doc, "id", 0),
		.code = doc_get_text(doc, "code"),
		.unit = doc_get_int(doc, "unit", 0),
		.title = doc_get_text(doc, "title"),
		.title_en = doc_get_text(doc, "title_en"),
		.kind = POST_MEMBER,
		.rank = doc_get_text(doc, "rank"),
		.until = get_day(doc, "until"),
	};

	if (!post_kind_parse(doc_get_text(doc, "kind"), &post.kind))
		post.kind = POST_MEMBER;
	return post;
}

struct doc *person_to_doc(struct arena *arena, const struct person *person)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", person->id);
	put_text(arena, doc, "code", person->code);
	put_text(arena, doc, "name", person->name);
	put_text(arena, doc, "pseudonym", person->pseudonym);
	put_text(arena, doc, "gender", person->gender);
	put_day(arena, doc, "born", person->born);
	return doc;
}

struct person person_from_doc(const struct doc *doc)
{
	return (struct person){
		.id = doc_get_int(doc, "id", 0),
		.code = doc_get_text(doc, "code"),
		.name = doc_get_text(doc, "name"),
		.pseudonym = doc_get_text(doc, "pseudonym"),
		.gender = doc_get_text(doc, "gender"),
		.born = get_day(doc, "born"),
	};
}

struct doc *tenure_to_doc(struct arena *arena, const struct tenure *tenure)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", tenure->id);
	put_int(arena, doc, "post", tenure->post);
	put_int(arena, doc, "person", tenure->person);
	put_day(arena, doc, "from", tenure->from);
	put_day(arena, doc, "until", tenure->until);
	put_text(arena, doc, "kind", str_from(tenure_kind_name(tenure->kind)));
	put_text(arena, doc, "move", tenure->move);
	return doc;
}

struct tenure tenure_from_doc(const struct doc *doc)
{
	struct tenure tenure = {
		.id = doc_get_int(doc, "id", 0),
		.post = doc_get_int(doc, "post", 0),
		.person = doc_get_int(doc, "person", 0),
		.from = get_day(doc, "from"),
		.until = get_day(doc, "until"),
		.kind = TENURE_HOLDER,
		.move = doc_get_text(doc, "move"),
	};

	if (!tenure_kind_parse(doc_get_text(doc, "kind"), &tenure.kind))
		tenure.kind = TENURE_HOLDER;
	return tenure;
}

struct doc *function_to_doc(struct arena *arena, const struct function *function)
{
	struct doc *doc = doc_object(arena);

	put_text(arena, doc, "name", function->name);
	put_int(arena, doc, "unit", function->unit);
	put_int(arena, doc, "post", function->post);
	return doc;
}

struct function function_from_doc(const struct doc *doc)
{
	return (struct function){.name = doc_get_text(doc, "name"),
		.unit = doc_get_int(doc, "unit", 0),
		.post = doc_get_int(doc, "post", 0)};
}

struct doc *delegation_to_doc(struct arena *arena, const struct delegation *delegation)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", delegation->id);
	put_int(arena, doc, "from", delegation->from);
	put_int(arena, doc, "to", delegation->to);
	put_day(arena, doc, "since", delegation->since);
	put_day(arena, doc, "until", delegation->until);
	return doc;
}

struct delegation delegation_from_doc(const struct doc *doc)
{
	return (struct delegation){.id = doc_get_int(doc, "id", 0),
		.from = doc_get_int(doc, "from", 0),
		.to = doc_get_int(doc, "to", 0),
		.since = get_day(doc, "since"),
		.until = get_day(doc, "until")};
}

struct doc *kin_to_doc(struct arena *arena, const struct kin *kin)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", kin->id);
	put_int(arena, doc, "person", kin->person);
	put_int(arena, doc, "other", kin->other);
	put_text(arena, doc, "kind", kin->kind);
	put_day(arena, doc, "until", kin->until);
	return doc;
}

struct kin kin_from_doc(const struct doc *doc)
{
	return (struct kin){.id = doc_get_int(doc, "id", 0),
		.person = doc_get_int(doc, "person", 0),
		.other = doc_get_int(doc, "other", 0),
		.kind = doc_get_text(doc, "kind"),
		.until = get_day(doc, "until")};
}

struct doc *relation_to_doc(struct arena *arena, const struct relation *relation)
{
	struct doc *doc = doc_object(arena);

	put_int(arena, doc, "id", relation->id);
	put_text(arena, doc, "name", relation->name);
	put_text(arena, doc, "zh", relation->zh);
	put_text(arena, doc, "en", relation->en);
	return doc;
}

struct relation relation_from_doc(const struct doc *doc)
{
	return (struct relation){.id = doc_get_int(doc, "id", 0),
		.name = doc_get_text(doc, "name"),
		.zh = doc_get_text(doc, "zh"),
		.en = doc_get_text(doc, "en")};
}
