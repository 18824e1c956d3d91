/* chance.h: numbers that look random and come from a seed, so that every run can be run again.
 *
 * SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014). For tests and
 * simulations only: nothing secret may come from here. */
#ifndef MATTER_CHANCE_H
#define MATTER_CHANCE_H

#include "base/base.h"

struct chance {
	uint64_t state; /* begins as the seed; any seed is good */
};

uint64_t chance_next(struct chance *chance);
/* From 0 to limit - 1; limit > 0 (REQUIREd). */
size_t chance_below(struct chance *chance, size_t limit);
/* True in `percent` of a hundred cases. */
bool chance_happens(struct chance *chance, unsigned percent);

#endif
