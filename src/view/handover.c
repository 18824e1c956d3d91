/* handover.c: duties stay with the post; whoever comes into it takes them over. A move is no event of
 * the matter, so what passed to whom is put together from the tenures. */
#include "view/matter_view.h"

#include <stdlib.h>

static int64_t holder(const struct matter_view *view, int64_t post, struct day day)
{
	const struct tenure *tenure = org_holder(view->teller.institution->org, post, day);

	return tenure == NULL ? 0 : tenure->person;
}

/* Was the duty owed when the day began? */
static bool owed_on(const struct matter_view *view, const struct duty *duty, struct day day)
{
	struct instant begin = day_start(day, view->teller.institution->offset_minutes);

	return duty->armed.us < begin.us && (instant_is_none(duty->closed) || duty->closed.us > begin.us);
}

static struct str duties_of(const struct matter_view *view, int64_t post, struct day day)
{
	struct buf buf = buf_new(view->teller.arena);

	for (size_t i = 0; i < view->duty_count; i++)
		/* A person's own duty goes with the person. */
		if (view->duties[i].post == post && view->duties[i].person == 0 &&
			owed_on(view, &view->duties[i], day))
			buf_format(&buf, "%s%lld", buf.size == 0 ? "" : ", ", (long long)view->duties[i].id);
	return buf_str(&buf);
}

static void add(struct matter_view *view, int64_t post, struct day day)
{
	if (day_is_none(day) || day.number > view->today.number)
		return;
	struct view_handover handover = {.day = day,
		.post = post,
		.before = holder(view, post, day_add(day, -1)),
		.after = holder(view, post, day)};

	for (size_t i = 0; i < view->handover_count; i++)
		if (view->handovers[i].post == post && view->handovers[i].day.number == day.number)
			return;
	if (handover.before == handover.after)
		return;
	handover.duties = duties_of(view, post, day);
	if (handover.duties.size > 0)
		*ARENA_PUSH(view->teller.arena, view->handovers, view->handover_count,
			view->handover_capacity) = handover;
}

static int by_day(const void *a, const void *b)
{
	const struct view_handover *left = a, *right = b;
	int order = (left->day.number > right->day.number) - (left->day.number < right->day.number);

	return order != 0 ? order : (left->post > right->post) - (left->post < right->post);
}

void view_gather_handovers(struct matter_view *view)
{
	const struct org *org = view->teller.institution->org;

	for (size_t i = 0; i < view->duty_count; i++)
		for (size_t j = 0; j < org_tenure_count(org); j++) {
			const struct tenure *tenure = org_tenure_at(org, j);

			if (tenure->post != view->duties[i].post)
				continue;
			add(view, tenure->post, tenure->from);
			add(view, tenure->post, tenure->until);
		}
	if (view->handover_count > 1)
		qsort(view->handovers, view->handover_count, sizeof *view->handovers, by_day);
}
