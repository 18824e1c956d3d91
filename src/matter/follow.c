/* follow.c: who follows a matter, and what of it they hear. Who they are is kept as spans of events, and what
 * happens as lines of the matter: whether a line is for somebody is asked when they look, by what they may
 * see then. */
#include "matter/engine.h"

#define NEWS_OF_EVENT_MAX 2

const struct follower *matter_follower(const struct matter *matter, int64_t person)
{
	for (size_t i = 0; i < matter->follower_count; i++)
		if (matter->followers[i].person == person && matter->followers[i].until < 0)
			return &matter->followers[i];
	return NULL;
}

/* ---- deciding ---- */

/* Who follows a matter hears of it themselves: nobody does so for another. */
static enum err authorise_follower(struct draft *draft)
{
	if (draft->command->on_behalf != 0)
		return err_set(draft->reterr, ERR_INVALID, "on_behalf",
			"whoever follows a matter hears of it themselves: nobody follows one for another");
	if (org_posts_held(draft->world->org, draft->command->person, draft->today, &draft->post, 1) == 0)
		return err_set(draft->reterr, ERR_FORBIDDEN, "by", "whoever holds no post follows nothing");
	return ERR_OK;
}

enum err decide_follow(struct draft *draft, struct events *events)
{
	TRY(authorise_follower(draft));
	if (!draft->world->sees)
		return err_set(
			draft->reterr, ERR_FORBIDDEN, "by", "a matter is followed by those who may see it");
	if (matter_follower(draft->matter, draft->command->person) != NULL)
		return err_set(draft->reterr, ERR_CONFLICT, "follow", "you follow this matter already");
	draft_finish(draft, EVENT_MATTER_FOLLOWED, events);
	return ERR_OK;
}

enum err decide_unfollow(struct draft *draft, struct events *events)
{
	TRY(authorise_follower(draft));
	if (matter_follower(draft->matter, draft->command->person) == NULL)
		return err_set(draft->reterr, ERR_CONFLICT, "follow", "you don't follow this matter");
	draft_finish(draft, EVENT_MATTER_UNFOLLOWED, events);
	return ERR_OK;
}

/* ---- applying ---- */

static void apply_follower(struct matter *matter, const struct event *event)
{
	int64_t person = doc_get_int(event->payload, "person", 0);
	struct follower *follower = (struct follower *)(uintptr_t)matter_follower(matter, person);

	/* Of what was recorded before following was asked about, some is said twice. */
	if ((follower == NULL) != (event->kind == EVENT_MATTER_FOLLOWED))
		return;
	if (follower == NULL) {
		follower = ARENA_PUSH(
			matter->arena, matter->followers, matter->follower_count, matter->follower_capacity);
		*follower = (struct follower){.person = person, .since = event->index, .until = -1};
	} else {
		follower->until = event->index;
	}
	follower->changed = true;
}

static bool is_followed(const struct matter *matter)
{
	for (size_t i = 0; i < matter->follower_count; i++)
		if (matter->followers[i].until < 0)
			return true;
	return false;
}

static void put_news(const struct event *event, enum notice_kind kind, struct news *ret_news, size_t *count)
{
	REQUIRE(*count < NEWS_OF_EVENT_MAX);
	ret_news[(*count)++] = (struct news){.kind = kind,
		.index = event->index,
		.duty = kind == NOTICE_BREACHED ? doc_get_int(event->payload, "duty", 0) : 0,
		.person = doc_get_int(event->payload, "person", 0),
		.on_behalf = doc_get_int(event->payload, "on_behalf", 0),
		.in_name_of = doc_get_int(event->payload, "in_name_of", 0)};
}

/* By what the fact itself says. */
static size_t news_of(
	const struct event *event, const struct procedure *procedure, struct news ret_news[NEWS_OF_EVENT_MAX])
{
	int to = procedure_state(procedure, doc_get_text(event->payload, "to"));
	size_t count = 0;

	if (event->kind == EVENT_MATTER_OPENED && doc_get(event->payload, "cause") != NULL)
		put_news(event, NOTICE_BEGUN, ret_news, &count);
	if (event->kind == EVENT_MATTER_ACTED && to >= 0)
		put_news(event, procedure->states[to].end == END_NONE ? NOTICE_MOVED : NOTICE_ENDED, ret_news,
			&count);
	if (event->kind == EVENT_MATTER_ACTED && doc_get(event->payload, "irregular") != NULL)
		put_news(event, NOTICE_IRREGULAR, ret_news, &count);
	if (event->kind == EVENT_MATTER_RESUMED)
		put_news(event, NOTICE_MOVED, ret_news, &count);
	if (event->kind == EVENT_DUTY_BREACHED)
		put_news(event, NOTICE_BREACHED, ret_news, &count);
	if (event->kind == EVENT_REQUEST_DECIDED)
		put_news(event, NOTICE_DECIDED, ret_news, &count);
	return count;
}

static void apply_news(struct matter *matter, const struct event *event)
{
	struct news news[NEWS_OF_EVENT_MAX];
	size_t count = news_of(event, matter->procedure, news);

	for (size_t i = 0; i < count; i++) {
		news[i].to_cause = !is_followed(matter);
		if (news[i].to_cause && news[i].kind != NOTICE_BEGUN && news[i].kind != NOTICE_ENDED)
			continue;
		*ARENA_PUSH(matter->arena, matter->news, matter->news_count, matter->news_capacity) = news[i];
	}
}

void matter_hear(struct matter *matter, const struct event *event)
{
	if (event->kind == EVENT_MATTER_FOLLOWED || event->kind == EVENT_MATTER_UNFOLLOWED)
		apply_follower(matter, event);
	else
		apply_news(matter, event);
}
