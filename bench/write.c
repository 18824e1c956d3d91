/* write.c: durable acts a second, and the sweep. */
#include "bench.h"

#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct instant morning(const char *text)
{
	struct instant instant;
	struct bh_err why = {0};

	must(instant_parse(str_from(text), 480, &instant, &why), &why);
	return instant;
}

static struct store *reader_of(const char *dir)
{
	struct store *reader;
	struct bh_err why = {0};

	must(store_open(str_from(dir), STORE_READ, &reader, &why), &why);
	return reader;
}

static int64_t ledger_size(struct store *reader)
{
	struct instant last;
	struct bh_err why = {0};
	uint64_t size;

	must(store_ledger_size(reader, &size, &last, &why), &why);
	return (int64_t)size;
}

static void figure_of(const char *prefix, int64_t count, double seconds, struct samples *latencies)
{
	char name[64];

	snprintf(name, sizeof name, "%s.ours", prefix);
	figure(name, (double)count / seconds, "acts/s");
	snprintf(name, sizeof name, "%s.p50", prefix);
	figure(name, (double)samples_at(latencies, 500) / 1000, "ms");
	snprintf(name, sizeof name, "%s.p99", prefix);
	figure(name, (double)samples_at(latencies, 990) / 1000, "ms");
}

/* Reports on COUNT matters beginning with FIRST. A copy made before lets SQLite alone write the same rows
 * afterwards. */
int bench_write(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct installation *installation;
	struct store *reader;
	struct org *org;
	struct samples latencies = {0};
	struct bh_err why = {0};
	int64_t count = atoll(argv[1]), first = atoll(argv[3]);
	int in_flight = atoi(argv[2]);
	char copy[4096];

	(void)argc;
	bench_time_put(morning("2019-03-04T14:00:00+08:00"));
	must(installation_open(str_from(argv[0]), &bench_source, &installation, &why), &why);
	reader = reader_of(argv[0]);
	must(store_org_load(reader, arena, &org, &why), &why);
	struct filling filling = filling_of(installation, org, arena);

	fill_step(&filling, STEP_DISPATCH, first, count, 512, NULL);
	fill_step(&filling, STEP_SIGN, first, count, 512, NULL);
	snprintf(copy, sizeof copy, "%s.copy", argv[0]);
	unlink(copy);
	must(store_backup(reader, str_from(copy), NULL, NULL, &why), &why);
	memory_peak_forget();
	int64_t before = ledger_size(reader);
	double seconds = fill_step(&filling, STEP_REPORT, first, count, in_flight, &latencies);

	REQUIRE(ledger_size(reader) == before + count);
	figure_of("write", count, seconds, &latencies);
	figure("write.peak_memory", (double)memory_peak_kib() / 1024,
		"MiB"); /* before bare SQLite has its turn */
	store_close(reader);
	installation_close(installation);
	double raw = raw_commit(copy, argv[0], before, in_flight, count);

	figure("write.raw", raw, "acts/s");
	figure("write.share", (double)count / seconds / raw * 100, "%");
	unlink(copy);
	samples_free(&latencies);
	arena_free(arena);
	return 0;
}

/* A duty that is open in every matter falls due at one instant; a stranger's report goes on meanwhile. */
int bench_sweep(int argc, char **argv)
{
	struct installation *installation;
	struct store *reader = reader_of(argv[0]);
	struct bh_err why = {0};
	int64_t events;

	(void)argc;
	bench_time_put(morning("2019-03-08T09:00:00+08:00"));
	must(installation_open(str_from(argv[0]), &bench_source, &installation, &why), &why);
	int64_t began = bench_now_us();

	must(clock_sweep(installation, reader, &events, &why), &why);
	double seconds = (double)(bench_now_us() - began) / 1e6;

	figure("sweep.events", (double)events, "events");
	figure("sweep.seconds", seconds, "s");
	figure("sweep.rate", (double)events / seconds, "events/s");
	began = bench_now_us();
	must(clock_sweep(installation, reader, &events, &why), &why);
	figure("sweep.nothing_due", (double)(bench_now_us() - began) / 1000, "ms");
	store_close(reader);
	installation_close(installation);
	return 0;
}
