/* chance.c: SplitMix64. */
#include "matter/chance.h"

uint64_t chance_next(struct chance *chance)
{
	uint64_t mixed = chance->state += UINT64_C(0x9e3779b97f4a7c15);

	mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
	return mixed ^ (mixed >> 31);
}

size_t chance_below(struct chance *chance, size_t limit)
{
	REQUIRE(limit > 0);
	/* The bias is below limit / 2^64: nothing that a run could show. */
	return (size_t)(chance_next(chance) % limit);
}

bool chance_happens(struct chance *chance, unsigned percent)
{
	return chance_below(chance, 100) < percent;
}
