/* read.c: lists, counters, and an installation at rest. */
#include "bench.h"

#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>

static enum err count_up(void *context, struct str measure, int64_t value)
{
	(void)measure;
	*(int64_t *)context += value;
	return ERR_OK;
}

/* What the person who bears most may see of a unit, and what they find by two characters. */
static void read_as_seen(struct store *reader, struct arena *scratch, const struct viewer *viewer,
	int64_t unit, struct samples *page, struct samples *search)
{
	const struct matter_query query = {
		.unit = unit, .standing = STANDING_OPEN, .sort = MATTER_DUE, .limit = 50};
	struct matter_line *lines;
	struct search_hit *hits;
	struct page_after next;
	struct bh_err why = {0};
	size_t count;
	int64_t began = bench_now_us();

	must(store_matter_page(reader, scratch, viewer, &query, NULL, &lines, &count, &next, &why), &why);
	samples_add(page, bench_now_us() - began);
	began = bench_now_us();
	must(store_search(reader, scratch, viewer, STR("清淤"), 20, NULL, &hits, &count, &next, &why), &why);
	samples_add(search, bench_now_us() - began);
}

int bench_read(int argc, char **argv)
{
	struct arena *arena = arena_new(), *scratch = arena_new();
	struct samples list = {0}, board = {0}, page = {0}, search = {0};
	struct store *reader;
	struct org *org;
	struct bh_err why = {0};
	int rounds = atoi(argv[1]);

	(void)argc;
	must(store_open(str_from(argv[0]), STORE_READ, &reader, &why), &why);
	must(store_org_load(reader, arena, &org, &why), &why);
	const struct viewer viewer = {
		.person = org_tenure_at(org, 0)->person, .today = day_add(org_tenure_at(org, 0)->from, 1)};

	for (int i = 0; i < rounds; i++) {
		const struct unit *unit = org_unit_at(org, (size_t)i % org_unit_count(org));
		struct matter_filter filter = {.unit = unit->id, .standing = STANDING_OPEN, .limit = 50};
		struct str id = str_format(scratch, "%lld", (long long)unit->id);
		struct matter_line *lines;
		size_t count;
		int64_t sum = 0, began = bench_now_us();

		must(store_matter_list(reader, scratch, &filter, &lines, &count, &why), &why);
		samples_add(&list, bench_now_us() - began);
		began = bench_now_us();
		must(store_counter_each(reader, STR("unit"), id, count_up, &sum, &why), &why);
		samples_add(&board, bench_now_us() - began);
		read_as_seen(reader, scratch, &viewer, unit->id, &page, &search);
		arena_clear(scratch);
	}
	figure("list.p50", (double)samples_at(&list, 500) / 1000, "ms");
	figure("list.p99", (double)samples_at(&list, 990) / 1000, "ms");
	figure("board.p50", (double)samples_at(&board, 500) / 1000, "ms");
	figure("board.p99", (double)samples_at(&board, 990) / 1000, "ms");
	figure("page.p50", (double)samples_at(&page, 500) / 1000, "ms");
	figure("page.p99", (double)samples_at(&page, 990) / 1000, "ms");
	figure("search.p50", (double)samples_at(&search, 500) / 1000, "ms");
	figure("search.p99", (double)samples_at(&search, 990) / 1000, "ms");
	samples_free(&page);
	samples_free(&search);
	samples_free(&list);
	samples_free(&board);
	store_close(reader);
	arena_free(scratch);
	arena_free(arena);
	return 0;
}

int bench_idle(int argc, char **argv)
{
	struct installation *installation;
	struct bh_err why = {0};
	int64_t began = bench_now_us();

	(void)argc;
	must(installation_open(str_from(argv[0]), &act_machine, &installation, &why), &why);
	figure("idle.open", (double)(bench_now_us() - began) / 1000, "ms");
	figure("idle.memory", (double)memory_now_kib() / 1024, "MiB");
	installation_close(installation);
	return 0;
}

int bench_size(int argc, char **argv)
{
	struct store *reader;
	struct instant last;
	struct bh_err why = {0};
	uint64_t size;

	(void)argc;
	must(store_open(str_from(argv[0]), STORE_READ, &reader, &why), &why);
	must(store_ledger_size(reader, &size, &last, &why), &why);
	printf("%llu\n", (unsigned long long)size);
	store_close(reader);
	return 0;
}
