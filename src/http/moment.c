/* moment.c: CLOCK_MONOTONIC in microseconds. */
#include "http/moment.h"

#include "base/base.h"

#include <time.h>

int64_t moment_us(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

void moment_init(pthread_mutex_t *lock, pthread_cond_t *changed)
{
	pthread_condattr_t attributes;

	REQUIRE(pthread_mutex_init(lock, NULL) == 0 && pthread_condattr_init(&attributes) == 0 &&
		pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 &&
		pthread_cond_init(changed, &attributes) == 0);
	pthread_condattr_destroy(&attributes);
}

void moment_destroy(pthread_mutex_t *lock, pthread_cond_t *changed)
{
	pthread_cond_destroy(changed);
	pthread_mutex_destroy(lock);
}

bool moment_wait(pthread_mutex_t *lock, pthread_cond_t *changed, int64_t until_us)
{
	struct timespec at = {until_us / 1000000, until_us % 1000000 * 1000};

	return pthread_cond_timedwait(changed, lock, &at) == 0;
}

void moment_pass(int ms)
{
	struct timespec pause = {ms / 1000, ms % 1000 * 1000000L};

	clock_nanosleep(CLOCK_MONOTONIC, 0, &pause, NULL);
}
