/* org_move.c: what a move comes to: the tenures that end and the one that begins. */
#include "org/org.h"

/* The tenure of this kind, or of any (TENURE_KIND_COUNT), that holds the post on the day. */
static const struct tenure *sitting(
	const struct org *org, int64_t post, int64_t person, enum tenure_kind kind, struct day day)
{
	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->post == post && (person == 0 || tenure->person == person) &&
			(kind == TENURE_KIND_COUNT || tenure->kind == kind) &&
			tenure->from.number <= day.number &&
			(day_is_none(tenure->until) || day.number < tenure->until.number))
			return tenure;
	}
	return NULL;
}

static enum err plan_leaving(const struct org *org, const struct move *move, int64_t post, const char *place,
	struct tenure *ret_tenure, struct bh_err *reterr)
{
	const struct tenure *tenure = sitting(org, post, move->person, TENURE_KIND_COUNT, move->from);
	int year, month, dom;

	day_split(move->from, &year, &month, &dom);
	if (tenure == NULL)
		return err_set(reterr, ERR_CONFLICT, place, "%.*s doesn't hold this post on %04d-%02d-%02d",
			STR_ARG(org_person(org, move->person)->name), year, month, dom);
	*ret_tenure = *tenure;
	ret_tenure->until = move->from;
	return ERR_OK;
}

static enum err plan_coming(const struct org *org, const struct move *move, struct tenure *tenures,
	size_t *ret_count, struct bh_err *reterr)
{
	const struct tenure *present = sitting(org, move->post, 0, move->kind, move->from);

	if (present != NULL && present->person == move->person)
		return err_set(reterr, ERR_CONFLICT, "person", "%.*s holds this post already",
			STR_ARG(org_person(org, move->person)->name));
	if (move->kind == TENURE_ACTING && sitting(org, move->post, 0, TENURE_HOLDER, move->from) != NULL)
		return err_set(reterr, ERR_CONFLICT, "post",
			"the post has a holder on that day, who answers for it: end that tenure first");
	if (present != NULL) {
		tenures[*ret_count] = *present;
		tenures[(*ret_count)++].until = move->from;
	}
	tenures[(*ret_count)++] = (struct tenure){.post = move->post,
		.person = move->person,
		.from = move->from,
		.until = DAY_NONE,
		.kind = move->kind,
		.move = move->how};
	return ERR_OK;
}

enum err org_move_plan(const struct org *org, const struct move *move,
	struct tenure ret_tenures[MOVE_PLAN_MAX], size_t *ret_count, struct bh_err *reterr)
{
	size_t count = 0;

	if (move->ends)
		TRY(plan_leaving(org, move, move->post, "post", &ret_tenures[count++], reterr));
	else if (move->leave != 0)
		TRY(plan_leaving(org, move, move->leave, "leave", &ret_tenures[count++], reterr));
	if (!move->ends)
		TRY(plan_coming(org, move, ret_tenures, &count, reterr));
	*ret_count = count;
	return ERR_OK;
}
