/* act_end.c: a unit or a post comes to its end (撤销). Nothing that is open may be left without a bearer:
 * what the institution itself forbids org/ says, what the matters forbid is said here. */
#include "act/writer.h"

/* Until that day something could still come to it, which then nobody would bear. */
static enum err check_day(const struct installation *installation, struct day day, const char *place,
	struct instant now, struct bh_err *reterr)
{
	if (day_is_none(day) || day.number <= instant_day(now, installation->offset_minutes).number)
		return ERR_OK;
	return err_set(reterr, ERR_INVALID, place,
		"this is recorded on the day on which it takes effect, or later: that day is yet to come");
}

static enum err check_rests(
	const struct installation *installation, int64_t unit, int64_t post, struct bh_err *reterr)
{
	struct end_rests rests;

	TRY(store_end_rests(installation->store, unit, post, &rests, reterr));
	if (rests.duties > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"open duties that lie there: %lld: they must be done, or passed on to another by an "
			"action of their matters, first",
			(long long)rests.duties);
	if (rests.matters > 0)
		return err_set(reterr, ERR_CONFLICT, "until",
			"open matters in its hands: %lld: they must be closed, or passed on to another by "
			"one "
			"of their actions, first",
			(long long)rests.matters);
	return ERR_OK;
}

enum err end_unit_may(const struct installation *installation, const struct unit *unit, struct instant now,
	struct bh_err *reterr)
{
	TRY(check_day(installation, unit->since, "since", now, reterr));
	TRY(check_day(installation, unit->until, "until", now, reterr));
	if (day_is_none(unit->until) || org_unit_has_ended(installation->org, unit->id))
		return ERR_OK;
	return check_rests(installation, unit->id, 0, reterr);
}

enum err end_post_may(const struct installation *installation, const struct post *post, struct instant now,
	struct bh_err *reterr)
{
	TRY(check_day(installation, post->until, "until", now, reterr));
	if (day_is_none(post->until) || org_post_has_ended(installation->org, post->id))
		return ERR_OK;
	return check_rests(installation, 0, post->id, reterr);
}
