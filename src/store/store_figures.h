/* store_figures.h: the figures that a save keeps; private to store/. */
#ifndef STORE_STORE_FIGURES_H
#define STORE_STORE_FIGURES_H

#include "store/store_driver.h"

/* What the open transaction adds to the counters, until it is written. */
struct figures;
struct figures *figures_new(void);
void figures_free(struct figures *figures); /* NULL is fine */
void figures_forget(struct figures *figures);
/* Write them, before a commit or a savepoint. */
MUST_CHECK enum err figures_write(struct store *store, struct bh_err *reterr);

/* Where lists and the clock find a matter: what the indexes are made of. */
struct placed {
	int64_t unit, commander; /* 0: none */
	struct instant due, ended, suspended_until, lamp_until;
};
bool placed_same(const struct placed *a, const struct placed *b);

/* What a matter adds to the figures: one of the measures of how it stands and, while it is open, the colour
 * of its lamp and whether something owed in it is overdue. */
struct counted {
	bool there, overdue;
	struct placed placed;
	struct instant opened;
	struct str grasp, procedure, standing, lamp, visibility;
};

struct str standing_of(bool ended, struct str outcome, bool late); /* open void late closed */
/* What the figures know of a matter before it is saved again; `there` false: nothing. */
MUST_CHECK enum err figures_before(struct store *store, struct arena *arena, int64_t matter,
	struct counted *ret_counted, struct bh_err *reterr);
/* Put the one in the place of the other; written with the transaction. */
void figures_count(
	struct store *store, struct arena *arena, const struct counted *before, const struct counted *after);
/* The hour of an instant as the id of its figures: as text in their order. */
#define FIGURES_HOUR_FIRST INT64_C(1000000000)
struct str figures_hour(struct arena *arena, struct instant instant);
/* The progress of a matter's parts by weight; `own` where it has none. */
MUST_CHECK enum err figures_rolled(struct store *store, int64_t matter, int64_t own, struct str visibility,
	int64_t *ret_rolled, struct bh_err *reterr);
/* Up the tree from a matter's parent, as far as something changes. */
MUST_CHECK enum err figures_roll_up(struct store *store, int64_t parent, struct bh_err *reterr);

#endif
