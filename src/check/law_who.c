/* law_who.c: by whom: the post held that day, a delegation from that very person, the role of the definition.
 */
#include "check/law.h"

#define POSTS_HELD_MAX 32

static int64_t number_of(const struct case_at_hand *at, const char *key)
{
	return doc_get_int(at->payload, key, 0);
}

int64_t case_principal(const struct case_at_hand *at)
{
	int64_t on_behalf = number_of(at, "on_behalf");

	return on_behalf != 0 ? on_behalf : number_of(at, "person");
}

/* The envelope, which outlives the payload, names the same person by the pseudonym. */
static enum err judge_name(const struct case_at_hand *at, int64_t id, struct str named, const char *otherwise)
{
	const struct person *person = org_person(at->law->chronicle.org, id);
	struct str wanted = id == 0 ? str_from(otherwise) : person == NULL ? STR_NONE : person->pseudonym;

	if (id != 0 && person == NULL)
		return unlawful(at, "person", "nobody of number %lld was recorded", (long long)id);
	return str_equal(named, wanted)
		       ? ERR_OK
		       : unlawful(at, "person", "its envelope names %.*s and its payload somebody else",
				 STR_ARG(named));
}

static bool holds(const struct case_at_hand *at, int64_t person, int64_t post)
{
	int64_t posts[POSTS_HELD_MAX];
	size_t count = org_posts_held(at->law->chronicle.org, person, at->today, posts, POSTS_HELD_MAX);

	for (size_t i = 0; i < count; i++)
		if (posts[i] == post)
			return true;
	return false;
}

enum err judge_person(const struct case_at_hand *at)
{
	int64_t person = number_of(at, "person"), on_behalf = number_of(at, "on_behalf"),
		post = number_of(at, "post"), held;

	if (at->law->chronicle.people_unknown)
		return ERR_OK;
	TRY(judge_name(at, person, at->envelope->actor, "clock"));
	TRY(judge_name(at, on_behalf, at->envelope->on_behalf, ""));
	if (person == 0)
		return ERR_OK;
	if (on_behalf != 0 && !org_is_delegate(at->law->chronicle.org, on_behalf, person, at->today))
		return unlawful(at, "on_behalf", "person %lld had no delegation from person %lld that day",
			(long long)person, (long long)on_behalf);
	/* Whoever checks in may hold none, and then names none. */
	if (post == 0 && at->event->kind == EVENT_MATTER_ATTENDED &&
		org_posts_held(at->law->chronicle.org, person, at->today, &held, 1) == 0)
		return ERR_OK;
	if (post == 0 || !holds(at, case_principal(at), post))
		return unlawful(at, "post", "person %lld didn't hold post %lld that day",
			(long long)case_principal(at), (long long)post);
	return ERR_OK;
}

bool stands_for(const struct case_at_hand *at, int role, const struct doc *fields)
{
	const struct org *org = at->law->chronicle.org;
	int64_t post = number_of(at, "post");
	struct bearer bearer = matter_bearer(at->procedure, fields, role, org, at->today);

	if (number_of(at, "person") == 0)
		return false;
	if (bearer.person != 0)
		return bearer.person == case_principal(at);
	return bearer.unit != 0 ? org_post_acts_for(org, post, bearer.unit) : bearer.post == post;
}

enum err judge_role(const struct case_at_hand *at, int role)
{
	return at->law->chronicle.people_unknown || stands_for(at, role, at->matter->fields)
		       ? ERR_OK
		       : unlawful(at, "by", "post %lld doesn't stand for the role %.*s",
				 (long long)number_of(at, "post"), STR_ARG(at->procedure->roles[role].name));
}
