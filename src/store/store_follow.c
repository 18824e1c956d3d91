/* store_follow.c: who follows a matter, and what happened in it that they hear of. */
#include "store/store_follow.h"
#include "store/store_lines.h"

static enum err load_follower(void *context, const struct row *row)
{
	struct matter *matter = context;

	*ARENA_PUSH(matter->arena, matter->followers, matter->follower_count, matter->follower_capacity) =
		(struct follower){.person = row_int(row, 0), .since = row_int(row, 1), .until = -1};
	return ERR_OK;
}

enum err followers_load(struct store *store, struct matter *matter, struct bh_err *reterr)
{
	return RUN(store, STMT_FOLLOWING_OF_MATTER, load_follower, matter, reterr, V_INT(matter->id));
}

enum err follower_put(
	struct store *store, int64_t matter, const struct follower *follower, struct bh_err *reterr)
{
	return RUN(store, STMT_FOLLOWING_PUT, NULL, NULL, reterr, V_INT(matter), V_INT(follower->person),
		V_INT(follower->since), value_or_null(follower->until, -1));
}

enum err news_put(struct store *store, int64_t matter, const struct news *news, struct bh_err *reterr)
{
	return RUN(store, news->to_cause ? STMT_NEWS_PUT_TO_CAUSE : STMT_NEWS_PUT, NULL, NULL, reterr,
		V_INT(matter), V_INT(news->index), V_TEXT(str_from(notice_kind_name(news->kind))),
		V_INT(news->duty), V_ID(news->person), V_ID(news->on_behalf), V_ID(news->in_name_of));
}

enum err store_news_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t newest, int64_t limit, struct notice_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_NEWS_PAGE, line_of_notice, &list, reterr, V_INT(viewer->person),
		V_TEXT(day_print(arena, viewer->today)), V_INT(newest), V_INT(limit)));
	LIST_GIVE(list, ret_lines, ret_count);
	return ERR_OK;
}
