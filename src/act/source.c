/* source.c: the machine's clock and the kernel's randomness, for those who may have them. */
#include "act/act.h"

#include <sys/random.h>
#include <time.h>

static struct instant machine_now(void *context)
{
	struct timespec now;

	(void)context;
	REQUIRE(clock_gettime(CLOCK_REALTIME, &now) == 0);
	return (struct instant){now.tv_sec * INT64_C(1000000) + now.tv_nsec / 1000};
}

static void machine_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	for (size_t done = 0; done < size;) {
		ssize_t got = getrandom(bytes + done, size - done, 0);

		REQUIRE(got >
			0); /* the kernel's pool is ready long before us; EINTR can't hit 256 bytes or less */
		done += (size_t)got;
	}
}

const struct act_source act_machine = {.now = machine_now, .random = machine_random};
