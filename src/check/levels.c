#include "check/levels.h"

static enum err wrong(struct bh_err *reterr, const char *place, const char *what)
{
	return err_set(reterr, ERR_TAMPERED, place, "%s", what);
}

static enum err follow_peer(struct told_levels *levels, const struct directory *directory,
	const struct event *event, struct bh_err *reterr)
{
	const struct account *by =
		directory == NULL ? NULL : directory_account(directory, doc_get_int(event->payload, "by", 0));
	struct peer peer;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (directory != NULL && (by == NULL || by->admin != ADMIN_SECURITY))
		return wrong(reterr, "by", "only a security administrator enters whom a file is taken from");
	if (peer_read(levels->arena, event->payload, &peer, &why) != ERR_OK ||
		peer_may(levels->arena, levels->peers, levels->peer_count, &peer, &why) != ERR_OK)
		return wrong(reterr, "peer", err_both(&why, both));
	peer.code = str_copy(levels->arena, peer.code);
	peer.key = str_copy(levels->arena, peer.key);
	if ((uint64_t)peer.id > levels->peer_count)
		*ARENA_PUSH(levels->arena, levels->peers, levels->peer_count, levels->peer_capacity) = peer;
	else
		levels->peers[peer.id - 1] = peer;
	return ERR_OK;
}

static int64_t last_number(const struct told_levels *levels, const struct told_package *package)
{
	int64_t last = 0;

	for (size_t i = 0; i < levels->package_count; i++)
		if (levels->packages[i].peer == package->peer &&
			levels->packages[i].taken == package->taken && levels->packages[i].number > last)
			last = levels->packages[i].number;
	return last;
}

static bool has_number(const struct told_levels *levels, const struct told_package *package)
{
	for (size_t i = 0; i < levels->package_count; i++)
		if (levels->packages[i].peer == package->peer &&
			levels->packages[i].taken == package->taken &&
			levels->packages[i].number == package->number)
			return true;
	return false;
}

static enum err follow_package(struct told_levels *levels, const struct event *event, struct bh_err *reterr)
{
	struct arena *scratch = arena_new();
	struct package package = {0};
	struct bh_err why;
	char both[ERR_BOTH_SIZE];
	enum err err = package_read(scratch, event->payload, &package, &why);
	struct told_package told = {package.peer, package.number, event->kind == EVENT_PACKAGE_TAKEN};

	arena_free(scratch);
	if (err != ERR_OK)
		return wrong(reterr, "package", err_both(&why, both));
	if (package.id != (int64_t)levels->package_count + 1)
		return wrong(
			reterr, "package", "packages are counted without a gap, and this isn't the next");
	if (told.peer < 1 || (uint64_t)told.peer > levels->peer_count || levels->peers[told.peer - 1].closed)
		return wrong(reterr, "package", "nothing was exchanged with such an institution then");
	if (has_number(levels, &told) || (!told.taken && told.number != last_number(levels, &told) + 1))
		return wrong(reterr, "package", "its number isn't the next, or was there before");
	*ARENA_PUSH(levels->arena, levels->packages, levels->package_count, levels->package_capacity) = told;
	return ERR_OK;
}

enum err levels_follow(struct told_levels *levels, const struct directory *directory,
	const struct event *event, struct bh_err *reterr)
{
	return event->kind == EVENT_PEER_SET ? follow_peer(levels, directory, event, reterr)
					     : follow_package(levels, event, reterr);
}

enum err replay_level(
	struct store *store, struct arena *arena, const struct event *event, struct bh_err *reterr)
{
	struct package package;
	struct peer peer;

	if (event->kind == EVENT_PEER_SET) {
		TRY(peer_read(arena, event->payload, &peer, reterr));
		return store_peer_put(store, &peer, reterr);
	}
	TRY(package_read(arena, event->payload, &package, reterr));
	return store_package_put(store, arena, &package, event->kind == EVENT_PACKAGE_TAKEN,
		doc_get_int(event->payload, "by", 0), event->index, reterr);
}
