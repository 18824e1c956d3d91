/* Roles that are two in the definition and one in the institution: every rule about sides is proved again. */
#include "procedure/check.h"

#define PAIRS_MAX 16

/* Two roles and a post that may act for both. */
struct pair {
	int a, b;
	int64_t post;
};

static int64_t shared_post(const struct post_set *a, const struct post_set *b)
{
	for (size_t i = 0; i < a->count; i++)
		if (post_set_has(b, a->ids[i]))
			return a->ids[i];
	return 0;
}

static struct pair *find_pairs(const struct check *check, size_t *ret_count)
{
	int roles = (int)check->procedure->role_count;
	struct post_set *sets = ARENA_TAKE(check->arena, (size_t)roles + 1, struct post_set);
	struct pair *pairs = NULL;
	size_t capacity = 0;

	*ret_count = 0;
	for (int a = 0; a < roles; a++)
		sets[a] = role_posts(check, a);
	for (int a = 0; a < roles; a++)
		for (int b = a + 1; b < roles; b++) {
			int64_t post = shared_post(&sets[a], &sets[b]);

			if (post != 0 && !roles_overlap(check, a, b))
				*ARENA_PUSH(check->arena, pairs, *ret_count, capacity) =
					(struct pair){a, b, post};
		}
	return pairs;
}

static bool *table_of(const struct check *check, const struct pair *pairs, size_t count)
{
	size_t roles = check->procedure->role_count;
	bool *table = ARENA_TAKE(check->arena, roles * roles, bool);

	for (size_t i = 0; i < count; i++) {
		table[(size_t)pairs[i].a * roles + (size_t)pairs[i].b] = true;
		table[(size_t)pairs[i].b * roles + (size_t)pairs[i].a] = true;
	}
	return table;
}

static struct findings found_with(
	const struct check *check, const bool *together, rule_check_fn *const *prove, size_t count)
{
	struct findings findings = findings_new(check->arena);
	struct check other = *check;

	other.together = together;
	other.findings = &findings;
	for (size_t i = 0; i < count; i++)
		prove[i](&other);
	return findings;
}

static bool has_finding(const struct findings *findings, const struct finding *wanted)
{
	for (size_t i = 0; i < findings->count; i++)
		if (str_equal(findings->items[i].text, wanted->text) &&
			findings->items[i].place.line == wanted->place.line &&
			findings->items[i].place.col == wanted->place.col)
			return true;
	return false;
}

static struct str pairs_print(const struct check *check, const struct pair *pairs, size_t count)
{
	struct buf names = buf_new(check->arena);

	for (size_t i = 0; i < count; i++)
		list_put(&names,
			str_format(check->arena, "%.*s is both %.*s and %.*s",
				STR_ARG(org_post(check->org, pairs[i].post)->code),
				STR_ARG(check->procedure->roles[pairs[i].a].name),
				STR_ARG(check->procedure->roles[pairs[i].b].name)),
			i, count);
	return buf_str(&names);
}

void together_check(const struct check *check, rule_check_fn *const *prove, size_t count)
{
	size_t pair_count;
	const struct pair *pairs = find_pairs(check, &pair_count);
	struct findings said;

	if (pair_count == 0)
		return;
	said = found_with(check, NULL, prove, count);
	/* Each pair by itself, then all: what needs several of them is said of all. Of many pairs only that.
	 */
	for (size_t i = pair_count > PAIRS_MAX ? pair_count : 0; i <= pair_count; i++) {
		const struct pair *some = i < pair_count ? &pairs[i] : pairs;
		size_t some_count = i < pair_count ? 1 : pair_count;
		struct findings found = found_with(check, table_of(check, some, some_count), prove, count);

		for (size_t k = 0; k < found.count; k++) {
			const struct finding *finding = &found.items[k];

			if (has_finding(&said, finding))
				continue;
			findings_add(&said, check->rule, finding->file, finding->place, finding->path, "%.*s",
				STR_ARG(finding->text));
			REFUSE(check, finding->place, finding->path, "in this institution %.*s: so %.*s",
				STR_ARG(pairs_print(check, some, some_count)), STR_ARG(finding->text));
		}
	}
}
