/* crash.c: kill -9 under load, again and again: what was acknowledged is there once, and all that is there is
 * whole.
 *
 * usage: crash ROUNDS [SEED]
 * A child writes with several threads at once and says on a pipe which request was acknowledged; the parent
 * kills it at any instant, opens what is left, and looks. Prints one line a round and ends with the totals.
 */
#include "check/check.h"
#include "district.h"

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define WRITERS    6
#define MATTERS    4
#define LIFE_MS    400 /* a child lives at most about so long */
#define ROUNDS_MAX 1000

/* One acknowledgement: writer w's n-th request of this round gave the event `index`. Small enough for one
 * atomic write into the pipe. */
struct word {
	int32_t round, writer, n;
	int64_t index;
};

struct writer {
	struct district *district;
	int pipe, round, number;
};

static struct str key_of(struct arena *arena, int round, int writer, int n)
{
	return str_format(arena, "r%d-w%d-n%d", round, writer, n);
}

static void *write_on(void *context)
{
	struct writer *writer = context;
	struct arena *arena = arena_new();
	int64_t person = person_id(writer->district->scene, "he");

	for (int n = 0;; n++) {
		struct command note = {
			.kind = COMMAND_NOTE, .matter = 1 + n % MATTERS, .text = STR("在压力下记事")};
		struct act act = {.kind = ACT_COMMAND,
			.key = key_of(arena, writer->round, writer->number, n),
			.person = person,
			.what.command = &note};
		struct receipt receipt;
		struct bh_err why;

		if (act_run(writer->district->installation, &act, &receipt, &why) != ERR_OK) {
			fprintf(stderr, "crash: %s: %s\n", why.place, why.text);
			_exit(2);
		}
		struct word word = {writer->round, writer->number, n, receipt.first};

		if (write(writer->pipe, &word, sizeof word) != (ssize_t)sizeof word)
			_exit(2);
		arena_clear(arena);
	}
	return NULL;
}

static _Noreturn void live(struct district *district, int pipe, int round)
{
	struct writer writers[WRITERS];
	pthread_t threads[WRITERS];

	if (district_open(district) != ERR_OK)
		_exit(2);
	for (int i = 0; i < WRITERS; i++) {
		writers[i] = (struct writer){district, pipe, round, i};
		if (pthread_create(&threads[i], NULL, write_on, &writers[i]) != 0)
			_exit(2);
	}
	for (;;)
		pause();
}

static uint64_t chance(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return *seed >> 33;
}

/* Let a child live for a while, kill it, and take in what it said. Returns how many words. */
static size_t one_life(struct district *district, int round, uint64_t *seed, struct word *words, size_t max)
{
	int ends[2], status;
	size_t count = 0;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();

	if (child == 0) {
		close(ends[0]);
		live(district, ends[1], round);
	}
	close(ends[1]);
	struct timespec life = {0, (long)(chance(seed) % LIFE_MS) * 1000000};

	/* The first word says that it is at work; then it may die at any instant. */
	if (read(ends[0], &words[0], sizeof words[0]) == (ssize_t)sizeof words[0])
		count = 1;
	nanosleep(&life, NULL);
	kill(child, SIGKILL);
	while (count < max &&
		read(ends[0], &words[count], sizeof words[count]) == (ssize_t)sizeof words[count])
		count++;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (!WIFSIGNALED(status))
		fail_msg("round %d: the child ended by itself with %d", round, WEXITSTATUS(status));
	return count;
}

static void differ(void *context, const char *place, struct str live_row, struct str rebuilt)
{
	(void)context;
	print_message("%s\n  live    %.*s\n  rebuilt %.*s\n", place, STR_ARG(live_row), STR_ARG(rebuilt));
}

/* Every acknowledged request has its event at its index; and no request has two. */
static void expect_kept(struct district *district, const struct word *words, size_t count)
{
	struct arena *arena = arena_new();
	int64_t person = person_id(district->scene, "he");

	for (size_t i = 0; i < count; i++) {
		struct str key = key_of(arena, words[i].round, words[i].writer, words[i].n);
		struct str sql = str_format(arena,
			"select count(*) from command_key k join payload p on p.institution_id = 1 and p.idx "
			"= k.first "
			"where k.institution_id = 1 and k.person = %lld and k.key = '%.*s' and k.first = "
			"%lld and "
			"json_extract(cast(p.body as text), '$.key') = k.key",
			(long long)person, STR_ARG(key), (long long)words[i].index);

		if (district_number(district, sql.data) != 1)
			fail_msg("the acknowledged request %.*s (event %lld) is not there", STR_ARG(key),
				(long long)words[i].index);
		arena_clear(arena);
	}
	arena_free(arena);
	assert_int_equal(district_number(district, "select count(*) from (select json_extract(cast(body as "
						   "text), '$.key') as key from payload "
						   "join event using (institution_id, idx) where kind = "
						   "'matter.note' group by 1 having count(*) > "
						   "1)"),
		0);
}

static void expect_whole(struct district *district)
{
	struct recorded recorded;
	struct replayed replayed;

	district_must(
		district, check_record(district->reader, NULL, district->arena, &recorded, &district->why));
	district_must(district,
		check_replay(district->reader, district->now, differ, NULL, &replayed, &district->why));
	if (recorded.what.size > 0 || replayed.differences > 0)
		fail_msg("event %lld: %s; %llu rows differ", (long long)recorded.first_bad,
			recorded.what.data, (unsigned long long)replayed.differences);
}

static int rounds = 10;
static uint64_t seed = 1;

static void kill_at_any_instant_loses_nothing_acknowledged(void **state)
{
	struct district *district = district_new();
	static struct word words[100000];
	size_t total = 0;

	(void)state;
	for (int i = 0; i < MATTERS; i++)
		district_key_task(district, "dispatched", "2019-06-28");
	for (int round = 0; round < rounds; round++) {
		district_close(district); /* one process writes */
		size_t count = one_life(district, round, &seed, words, ARRAY_COUNT(words));

		district_must(district, district_open(district));
		expect_kept(district, words, count);
		if (round % 5 == 4 || round + 1 == rounds)
			expect_whole(district);
		total += count;
	}
	print_message("%d kills, %zu acknowledged, 0 lost, 0 doubled, %lld events\n", rounds, total,
		(long long)district_number(district, "select count(*) from event"));
	assert_true(total > (size_t)rounds);
	district_free(district);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(kill_at_any_instant_loses_nothing_acknowledged)};
	int64_t number;

	if (argc > 1 && str_to_int(str_from(argv[1]), &number) && number > 0 && number <= ROUNDS_MAX)
		rounds = (int)number;
	if (argc > 2 && str_to_int(str_from(argv[2]), &number))
		seed = (uint64_t)number;
	return cmocka_run_group_tests_name("act: crashes", tests, NULL, NULL);
}
