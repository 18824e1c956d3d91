/* snapshot.h: the institution in memory, one copy for all workers. It is read anew only when it has changed,
 * and a request keeps the copy it began with. */
#ifndef HTTP_SNAPSHOT_H
#define HTTP_SNAPSHOT_H

#include "act/act.h"
#include "view/institution.h"

struct snapshots;
struct snapshot;

struct snapshots *snapshots_new(void);
void snapshots_free(struct snapshots *snapshots); /* when every copy was released; NULL is fine */

/* A copy that holds all that was acknowledged until now; read by `reader` where there is none yet, while
 * others wait for it. Keep it until snapshot_release. */
MUST_CHECK enum err snapshot_take(struct snapshots *snapshots, const struct installation *installation,
	struct store *reader, struct snapshot **ret_snapshot, struct bh_err *reterr);
void snapshot_release(struct snapshots *snapshots, struct snapshot *snapshot); /* NULL is fine */
const struct institution *snapshot_institution(const struct snapshot *snapshot);

#endif
