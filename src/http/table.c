/* table.c: the product's own table, and the names of its lists. */
#include "http/handlers.h"

#define TABLE_ROWS "http/routes.def"
#define TABLE_NAME http_table
#include "http/table.def"

const char *capability_name(enum capability capability)
{
	static const char *const names[] = {
#define CAPABILITY(NAME, open, scope, proof, zh, en) #NAME,
#include "http/capability.def"
#undef CAPABILITY
	};

	REQUIRE(capability < CAPABILITY_COUNT);
	return names[capability];
}

bool capability_is_public(enum capability capability)
{
	return capability_rows[capability].open == 0;
}

const struct capability_row capability_rows[CAPABILITY_COUNT] = {
#define CAPABILITY(NAME, open, scope, proof, zh, en)                                                         \
	[CAPABILITY_##NAME] = {open, SCOPE_##scope, PROOF_##proof},
#include "http/capability.def"
#undef CAPABILITY
};

const struct rate_row rate_rows[RATE_COUNT] = {
#define RATE(NAME, wire, burst, per_minute, zh, en) [RATE_##NAME] = {wire, burst, per_minute},
#include "http/rate.def"
#undef RATE
};

const char *rate_name(enum rate rate)
{
	REQUIRE(rate < RATE_COUNT);
	return rate_rows[rate].wire;
}
