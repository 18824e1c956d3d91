/* snapshot.c: copies of the institution, counted. */
#include "http/snapshot.h"

#include <pthread.h>
#include <stdlib.h>

struct snapshot {
	struct institution institution;
	struct arena *arena;
	uint64_t changes; /* how many changes it holds at least */
	size_t holders;   /* requests, and `newest` */
};

struct snapshots {
	pthread_mutex_t lock;
	struct snapshot *newest; /* NULL before the first */
};

struct snapshots *snapshots_new(void)
{
	struct snapshots *snapshots = calloc(1, sizeof *snapshots);

	REQUIRE(snapshots != NULL && pthread_mutex_init(&snapshots->lock, NULL) == 0);
	return snapshots;
}

/* Under the lock. */
static void let_go(struct snapshot *snapshot)
{
	if (snapshot == NULL || --snapshot->holders > 0)
		return;
	arena_free(snapshot->arena);
	free(snapshot);
}

void snapshots_free(struct snapshots *snapshots)
{
	if (snapshots == NULL)
		return;
	REQUIRE(snapshots->newest == NULL || snapshots->newest->holders == 1);
	let_go(snapshots->newest);
	pthread_mutex_destroy(&snapshots->lock);
	free(snapshots);
}

/* Under the lock. */
static enum err renew(
	struct snapshots *snapshots, uint64_t changes, struct store *reader, struct bh_err *reterr)
{
	struct snapshot *snapshot = calloc(1, sizeof *snapshot);

	REQUIRE(snapshot != NULL);
	snapshot->arena = arena_new();
	snapshot->changes = changes;
	snapshot->holders = 1;
	enum err err = institution_load(reader, snapshot->arena, &snapshot->institution, reterr);

	if (err != ERR_OK) {
		let_go(snapshot);
		return err;
	}
	let_go(snapshots->newest);
	snapshots->newest = snapshot;
	return ERR_OK;
}

enum err snapshot_take(struct snapshots *snapshots, const struct installation *installation,
	struct store *reader, struct snapshot **ret_snapshot, struct bh_err *reterr)
{
	enum err err = ERR_OK;

	pthread_mutex_lock(&snapshots->lock);
	/* Asked before it is read: what changes between the two is read too, and once more than needed. */
	uint64_t changes = installation_changes(installation);

	if (snapshots->newest == NULL || snapshots->newest->changes != changes)
		err = renew(snapshots, changes, reader, reterr);
	if (err == ERR_OK) {
		snapshots->newest->holders++;
		*ret_snapshot = snapshots->newest;
	}
	pthread_mutex_unlock(&snapshots->lock);
	return err;
}

void snapshot_release(struct snapshots *snapshots, struct snapshot *snapshot)
{
	pthread_mutex_lock(&snapshots->lock);
	let_go(snapshot);
	pthread_mutex_unlock(&snapshots->lock);
}

const struct institution *snapshot_institution(const struct snapshot *snapshot)
{
	return &snapshot->institution;
}
