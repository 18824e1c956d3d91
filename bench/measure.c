/* measure.c: time, samples, memory, figures. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

int64_t bench_now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void samples_add(struct samples *samples, int64_t us)
{
	if (samples->count == samples->capacity) {
		samples->capacity = samples->capacity == 0 ? 1024 : samples->capacity * 2;
		samples->items = realloc(samples->items, samples->capacity * sizeof *samples->items);
		REQUIRE(samples->items != NULL);
	}
	samples->items[samples->count++] = us;
}

static int by_size(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

int64_t samples_at(struct samples *samples, int permille)
{
	if (samples->count == 0)
		return 0;
	qsort(samples->items, samples->count, sizeof *samples->items, by_size);
	size_t at = samples->count * (size_t)permille / 1000;

	return samples->items[at < samples->count ? at : samples->count - 1];
}

void samples_free(struct samples *samples)
{
	free(samples->items);
	*samples = (struct samples){0};
}

static int64_t memory_kib(const char *which)
{
	char line[256];
	long long kib = 0;
	FILE *status = fopen("/proc/self/status", "re");

	REQUIRE(status != NULL);
	while (fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, which, strlen(which)) == 0)
			kib = atoll(line + strlen(which));
	fclose(status);
	return kib;
}

int64_t memory_now_kib(void)
{
	return memory_kib("VmRSS:");
}

int64_t memory_peak_kib(void)
{
	return memory_kib("VmHWM:");
}

void memory_peak_forget(void)
{
	FILE *refs = fopen("/proc/self/clear_refs", "we");

	REQUIRE(refs != NULL);
	fputs("5", refs);
	fclose(refs);
}

void figure(const char *name, double value, const char *unit)
{
	printf("%s\t%.*f\t%s\n", name, value < 100 ? 2 : 0, value, unit);
	fflush(stdout);
}

void must(enum err err, const struct bh_err *why)
{
	if (err == ERR_OK)
		return;
	fprintf(stderr, "bench: %s: %s: %s\n", err_name(err), why->place, why->text);
	exit(err_exit(err));
}

static struct instant present;

static struct instant source_now(void *context)
{
	(void)context;
	/* Only the writer thread and whoever set the time look, never at once. */
	present.us += 1000;
	return present;
}

static void source_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	REQUIRE(getrandom(bytes, size, 0) == (ssize_t)size);
}

struct act_source bench_source = {source_now, source_random, NULL};

void bench_time_put(struct instant instant)
{
	present = instant;
}
