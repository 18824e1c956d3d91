#include "base/password.h"

#include <argon2.h>
#include <stdio.h>
#include <string.h>

#define KEY_SIZE 32

const struct password_cost password_cost_owasp = {.memory_kib = 19456, .passes = 2, .lanes = 1};

struct str password_keep(struct arena *arena, struct str password, const uint8_t salt[PASSWORD_SALT_SIZE],
	struct password_cost cost)
{
	char *kept = ARENA_TAKE(arena, PASSWORD_KEPT_MAX, char);

	REQUIRE(password.size <= PASSWORD_SIZE_MAX);
	/* Fails only for parameters out of range, which are ours, and for want of memory: as in the arena,
	 * the process then stops; nothing acknowledged is lost. */
	REQUIRE(argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes,
			password.size > 0 ? password.data : "", password.size, salt, PASSWORD_SALT_SIZE,
			KEY_SIZE, kept, PASSWORD_KEPT_MAX) == ARGON2_OK);
	return str_from(kept);
}

bool password_fits(struct str password, struct str kept)
{
	char text[PASSWORD_KEPT_MAX];

	if (password.size > PASSWORD_SIZE_MAX || kept.size >= sizeof text)
		return false;
	memcpy(text, kept.data != NULL ? kept.data : "", kept.size);
	text[kept.size] = '\0';
	return argon2id_verify(text, password.size > 0 ? password.data : "", password.size) == ARGON2_OK;
}

bool password_is_current(struct str kept, struct password_cost cost)
{
	char head[64];

	snprintf(head, sizeof head, "$argon2id$v=19$m=%u,t=%u,p=%u$", cost.memory_kib, cost.passes,
		cost.lanes);
	return str_starts(kept, head);
}
