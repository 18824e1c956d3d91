/* names.c: the words for kinds of posts and tenures. */
#include "org/org.h"

static const char *const post_kind_names[] = {"head", "deputy", "liaison", "member"};
static const char *const tenure_kind_names[] = {"holder", "acting"};
static_assert(ARRAY_COUNT(post_kind_names) == POST_KIND_COUNT, "every kind of post has a name");
static_assert(ARRAY_COUNT(tenure_kind_names) == TENURE_KIND_COUNT, "every kind of tenure has a name");

const char *post_kind_name(enum post_kind kind)
{
	REQUIRE(kind < POST_KIND_COUNT);
	return post_kind_names[kind];
}

const char *tenure_kind_name(enum tenure_kind kind)
{
	REQUIRE(kind < TENURE_KIND_COUNT);
	return tenure_kind_names[kind];
}

static bool name_find(struct str text, const char *const *names, size_t count, size_t *ret_at)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(text, names[i])) {
			*ret_at = i;
			return true;
		}
	return false;
}

bool post_kind_parse(struct str text, enum post_kind *ret_kind)
{
	size_t at;

	if (!name_find(text, post_kind_names, POST_KIND_COUNT, &at))
		return false;
	*ret_kind = (enum post_kind)at;
	return true;
}

bool tenure_kind_parse(struct str text, enum tenure_kind *ret_kind)
{
	size_t at;

	if (!name_find(text, tenure_kind_names, TENURE_KIND_COUNT, &at))
		return false;
	*ret_kind = (enum tenure_kind)at;
	return true;
}
