/* law_end.c: what was abolished. docs/concepts.md: a unit or a post comes to its end only when nothing that
 * is open rests on it, not before its day, and nothing is laid on it from then on. */
#include "check/law.h"

/* Does it lie with this unit or one of its posts, or (unit 0) with this post? */
static bool lies_there(const struct org *org, const struct duty *duty, int64_t unit, int64_t post)
{
	const struct post *bearing = org_post(org, duty->post);

	if (post != 0)
		return duty->post == post;
	return duty->unit == unit || (bearing != NULL && bearing->unit == unit);
}

/* The first matter in which something is owed there; 0: none that can be seen. */
static int64_t owed_in(const struct law *law, int64_t unit, int64_t post)
{
	for (size_t i = 0; i < law->matter_count; i++) {
		const struct matter *matter = law->matters[i].matter;

		for (size_t j = 0; !law->matters[i].unknown && j < matter->duty_count; j++)
			if (lies_there(law->chronicle.org, &matter->duties[j], unit, post))
				return matter->id;
	}
	return 0;
}

enum err judge_end(const struct law *law, const struct event *event, struct bh_err *reterr)
{
	const struct org *org = law->chronicle.org;
	bool is_unit = event->kind == EVENT_UNIT_SET;
	int64_t id = doc_get_int(event->payload, "id", 0);
	struct day until;

	if ((!is_unit && event->kind != EVENT_POST_SET) ||
		day_parse(doc_get_text(event->payload, "until"), &until, NULL) != ERR_OK)
		return ERR_OK;
	if (until.number > chronicle_day(&law->chronicle, event->time).number)
		return err_set(reterr, ERR_TAMPERED, "until", "an end was recorded before its day");
	if (is_unit ? org_unit_has_ended(org, id) : org_post_has_ended(org, id))
		return ERR_OK;
	int64_t matter = owed_in(law, is_unit ? id : 0, is_unit ? 0 : id);

	return matter == 0 ? ERR_OK
			   : err_set(reterr, ERR_TAMPERED, "until",
				     "something was still owed there, in matter %lld", (long long)matter);
}

static enum err judge_bearers_in(const struct case_at_hand *at, const char *key)
{
	const struct org *org = at->law->chronicle.org;
	const struct doc *list = doc_get(at->payload, key);

	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (org_unit_has_ended(org, doc_get_int(&list->items[i], "unit", 0)) ||
			org_post_has_ended(org, doc_get_int(&list->items[i], "post", 0)))
			return unlawful(at, "bearer", "duty %lld is laid on what was abolished",
				(long long)doc_get_int(&list->items[i], "id", 0));
	return ERR_OK;
}

enum err judge_bearers(const struct case_at_hand *at)
{
	if (at->law->chronicle.people_unknown)
		return ERR_OK;
	TRY(judge_bearers_in(at, "opens"));
	return judge_bearers_in(at, "changes");
}
