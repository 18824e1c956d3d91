/* performance.h: units by a formula, and the facts behind their points, for whoever prints or sends them. */
#ifndef EXCHANGE_PERFORMANCE_H
#define EXCHANGE_PERFORMANCE_H

#include "store/store.h"

/* What it is reckoned from. All of it is borrowed. */
struct performance_ask {
	struct arena *arena;
	struct store *store;
	const struct viewer *viewer; /* to whom it is told; NULL: the operator */
	int offset_minutes;
	store_procedure_fn *procedure; /* any definition that was ever adopted */
	void *context;
	struct day from, to; /* both included; DAY_NONE: not limited on that side */
};
/* The record of that time: duties by their due day, matters by the day they were opened. */
MUST_CHECK enum err performance_gather(
	const struct performance_ask *ask, struct performance_record *ret_record, struct bh_err *reterr);

/* The formula in force on that day. ERR_NOT_FOUND when none was. */
MUST_CHECK enum err formula_in_force(struct store *store, struct arena *arena, struct day day,
	struct formula *ret_formula, struct bh_err *reterr);
/* An adopted formula, read. */
MUST_CHECK enum err formula_of_stored(struct arena *arena, const struct stored_formula *stored,
	struct formula *ret_formula, struct bh_err *reterr);

/* What counts for or against one item. */
struct performance_fact {
	size_t item; /* of the formula */
	enum bearing bearing;
	const struct settled *settled;       /* a duty … */
	const struct undertaken *undertaken; /* … or a matter */
};
/* Behind all points of a unit: item by item, duties before matters. Point into the record. */
void performance_facts(const struct formula *formula, const struct performance_record *record, int64_t unit,
	struct arena *arena, struct performance_fact **ret_facts, size_t *ret_count);
/* The day of it: of a matter that runs DAY_NONE. */
struct day performance_fact_day(const struct performance_fact *fact, int offset_minutes);
/* The event behind it: that discharged the duty in time, recorded its breach, or ended the matter; -1 when
 * there is none yet, or its payload was erased. */
MUST_CHECK enum err performance_fact_event(const struct performance_ask *ask,
	const struct performance_fact *fact, int64_t *ret_index, struct bh_err *reterr);

#endif
