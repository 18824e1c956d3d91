/* test_keep.c: a store is backed up, restored, migrated and looked after; one process writes it. */
#include "act/district.h"
#include "store/store_write.h"

#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static int open_district(void **state)
{
	*state = district_new();
	district_key_task(*state, "working", "2019-06-28");
	return 0;
}

static int close_district(void **state)
{
	district_free(*state);
	return 0;
}

static void run_sql(const char *file, const char *sql)
{
	sqlite3 *database;
	char *message = NULL;

	assert_int_equal(sqlite3_open(file, &database), SQLITE_OK);
	if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", sql, message);
	sqlite3_close(database);
}

static struct str inside(struct district *district, const char *name)
{
	struct str above = str_slice(district->dir, 0, district->dir.size - strlen("/data"));

	return str_format(district->arena, "%.*s/%s", STR_ARG(above), name);
}

/* ---- backup and restore ---- */

static void count_pages(void *context, int64_t done, int64_t total)
{
	int64_t *last = context;

	assert_true(done <= total && done >= *last);
	*last = done;
}

static uint64_t size_of(struct district *district, struct store *store)
{
	struct instant last;
	uint64_t size;

	district_must(district, store_ledger_size(store, &size, &last, &district->why));
	return size;
}

static void a_backup_is_restored_as_it_was(void **state)
{
	struct district *district = *state;
	struct str file = inside(district, "backup.db"), dir = inside(district, "restored");
	struct store *restored;
	uint64_t size = size_of(district, district->reader);
	int64_t pages = 0;

	district_must(district, store_backup(district->reader, file, count_pages, &pages, &district->why));
	assert_true(pages > 10);
	assert_int_equal(store_backup(district->reader, file, NULL, NULL, &district->why), ERR_CONFLICT);
	/* What is written afterwards isn't in it. */
	district_key_task(district, "closed", "2019-06-28");
	district_must(district, store_restore(file, dir, &district->why));
	district_must(district, store_open(dir, STORE_READ, &restored, &district->why));
	assert_int_equal(size_of(district, restored), size);
	store_close(restored);
	assert_int_equal(store_restore(file, dir, &district->why), ERR_CONFLICT);
}

struct interruption {
	struct district *district;
	int times;
};

static void write_meanwhile(void *context, int64_t done, int64_t total)
{
	struct interruption *interruption = context;

	(void)done, (void)total;
	if (interruption->times++ == 0)
		district_key_task(interruption->district, "closed", "2019-06-28");
}

static void a_backup_is_one_moment_while_others_write(void **state)
{
	struct district *district = *state;
	struct str file = inside(district, "busy.db");
	struct interruption interruption = {.district = district};
	uint64_t size = size_of(district, district->reader);
	struct store *store, *reader;
	struct arena *arena = arena_new();
	struct str verdict, dir = inside(district, "busy");

	district_must(district, store_open(district->dir, STORE_READ, &reader, &district->why));
	district_must(district, store_backup(reader, file, write_meanwhile, &interruption, &district->why));
	store_close(reader);
	district_must(district, store_restore(file, dir, &district->why));
	district_must(district, store_open(dir, STORE_READ, &store, &district->why));
	assert_int_equal(size_of(district, store), size);
	district_must(district, store_integrity(store, arena, &verdict, &district->why));
	expect_text("integrity", verdict.data, "ok");
	assert_true(size_of(district, district->reader) > size);
	store_close(store);
	arena_free(arena);
}

static void what_is_no_backup_is_not_restored(void **state)
{
	struct district *district = *state;
	struct str file = inside(district, "odd.db"), good = inside(district, "good.db"),
		   dir = inside(district, "odd");
	FILE *odd = fopen(file.data, "wb");

	fputs("this is no database at all, only a text of some length that someone called a backup\n", odd);
	fclose(odd);
	assert_int_not_equal(store_restore(file, dir, &district->why), ERR_OK);
	assert_int_not_equal(store_restore(inside(district, "absent.db"), dir, &district->why), ERR_OK);
	/* Damaged in the middle. */
	district_must(district, store_backup(district->reader, good, NULL, NULL, &district->why));
	int fd = open(good.data, O_RDWR);
	char noise[2048];

	memset(noise, 0x5a, sizeof noise);
	for (off_t at = 4096; at < 60000; at += 4096)
		assert_int_equal(pwrite(fd, noise, sizeof noise, at), sizeof noise);
	close(fd);
	assert_int_not_equal(store_restore(good, dir, &district->why), ERR_OK);
	/* Nothing is left behind that would look like an installation. */
	assert_int_not_equal(access(str_format(district->arena, "%s/bihuan.db", dir.data).data, F_OK), 0);
}

/* ---- schema ---- */

static struct str folder_with(struct district *district, const char *name, const char *sql)
{
	struct str dir = inside(district, name);

	assert_int_equal(mkdir(dir.data, 0700), 0);
	run_sql(str_format(district->arena, "%s/bihuan.db", dir.data).data, sql);
	return dir;
}

static void an_older_schema_is_refused_until_it_is_migrated(void **state)
{
	struct district *district = *state;
	struct str dir =
		folder_with(district, "old", "pragma user_version = 0; create table remark (text text)");
	struct store *store;
	int before = -1;

	assert_int_equal(store_open(dir, STORE_WRITE, &store, &district->why), ERR_CONFLICT);
	expect("it says what to do", strstr(district->why.text, "bihuan migrate") != NULL);
	assert_int_equal(store_open(dir, STORE_READ, &store, &district->why), ERR_CONFLICT);
	district_must(district, store_migrate(dir, &before, &district->why));
	assert_int_equal(before, 0);
	district_must(district, store_open(dir, STORE_WRITE, &store, &district->why));
	assert_int_equal(store_schema_version(store), store_schema_newest());
	store_close(store);
	/* Once more changes nothing. */
	district_must(district, store_migrate(dir, &before, &district->why));
	assert_int_equal(before, store_schema_newest());
}

static void a_step_that_fails_leaves_the_old_schema(void **state)
{
	struct district *district = *state;
	struct str dir =
		folder_with(district, "torn", "pragma user_version = 0; create table matter (mine text)");
	struct store *store;
	int before;

	assert_int_not_equal(store_migrate(dir, &before, &district->why), ERR_OK);
	assert_int_equal(store_open(dir, STORE_READ, &store, &district->why), ERR_CONFLICT);
	run_sql(str_format(district->arena, "%s/bihuan.db", dir.data).data,
		"insert into matter values ('still here'); create table event (mine text)");
}

static void a_newer_schema_is_refused(void **state)
{
	struct district *district = *state;
	struct str dir = folder_with(district, "new", "pragma user_version = 999");
	struct store *store;
	int before;

	assert_int_equal(store_open(dir, STORE_WRITE, &store, &district->why), ERR_CONFLICT);
	expect("it says what to do", strstr(district->why.text, "newer program") != NULL);
	assert_int_equal(store_migrate(dir, &before, &district->why), ERR_CONFLICT);
}

/* ---- one writes, many read ---- */

static void a_second_process_that_would_write_is_refused(void **state)
{
	struct district *district = *state;
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct store *store;
		struct bh_err why = {0};
		enum err err = store_open(district->dir, STORE_WRITE, &store, &why);
		char pid[32];

		snprintf(pid, sizeof pid, "process %d", (int)getppid());
		_exit(err == ERR_BUSY && strstr(why.text, pid) != NULL ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void the_lock_goes_with_the_process_that_held_it(void **state)
{
	struct district *district = *state;

	district_close(district);
	pid_t child = fork();
	int status;

	if (child == 0) {
		struct store *store;

		_exit(store_open(district->dir, STORE_WRITE, &store, NULL) == ERR_OK ? 0
										     : 1); /* never closed */
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	district_must(district, district_open(district));
}

static void a_reader_sees_what_is_committed_while_another_writes(void **state)
{
	struct district *district = *state;
	struct store *other;
	uint64_t before = size_of(district, district->reader);

	district_must(district, store_open(district->dir, STORE_READ, &other, &district->why));
	district_must(district, store_snapshot_begin(other, &district->why));
	assert_int_equal(size_of(district, other), before);
	district_key_task(district, "dispatched", "2019-06-28");
	assert_int_equal(size_of(district, other), before); /* its snapshot stands still */
	store_snapshot_end(other);
	assert_int_equal(size_of(district, other), before + 2);
	assert_int_equal(size_of(district, district->reader), before + 2);
	store_close(other);
}

static void a_reader_cannot_write(void **state)
{
	struct district *district = *state;

	/* REQUIRE stops the process: only our own mistake could try. */
	pid_t child = fork();
	int status;

	if (child == 0) {
		close(STDERR_FILENO); /* its last words are expected */
		(void)!store_begin(district->reader, NULL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void folders_that_hold_nothing_or_something_are_told_apart(void **state)
{
	struct district *district = *state;
	struct store *store;
	struct str none = inside(district, "none");

	assert_int_equal(store_open(none, STORE_READ, &store, &district->why), ERR_NOT_FOUND);
	assert_int_equal(store_open(none, STORE_WRITE, &store, &district->why), ERR_NOT_FOUND);
	expect("it says what to do", strstr(district->why.text, "bihuan init") != NULL);
	assert_int_equal(store_open(district->dir, STORE_CREATE, &store, &district->why), ERR_CONFLICT);
}

/* ---- the log ---- */

/* What tells one log from the next in the same file: its salt. */
static uint32_t salt_of_log(const char *path)
{
	unsigned char head[20] = {0};
	uint32_t salt;
	int fd = open(path, O_RDONLY);

	assert_int_equal(read(fd, head, sizeof head), sizeof head);
	close(fd);
	memcpy(&salt, head + 16, sizeof salt);
	return salt;
}

static void put_checkpoint(struct store *store, uint64_t size, struct str note)
{
	struct bh_err why;

	assert_int_equal(store_begin(store, &why), ERR_OK);
	assert_int_equal(store_checkpoint_put(store, size, note, &why), ERR_OK);
	assert_int_equal(store_commit(store, &why), ERR_OK);
	store_tidy(store);
}

/* 80 MB at once, then acts as they come: the log is moved beside them, begins anew, and nothing is missing.
 */
static void a_log_that_grew_is_moved_beside_the_writer(void **state)
{
	struct district *district = *state;
	struct str dir = inside(district, "grows"), large, note;
	struct buf buf = buf_new(district->arena);
	struct store *store, *reader;
	struct bh_err why;
	uint64_t count = 0;

	for (int i = 0; i < 1024; i++)
		buf_format(&buf, "%1024d", i);
	large = buf_str(&buf);
	assert_int_equal(store_open(dir, STORE_CREATE, &store, &why), ERR_OK);
	const char *log = str_format(district->arena, "%s/bihuan.db-wal", dir.data).data;

	put_checkpoint(store, ++count, STR("first"));
	uint32_t salt = salt_of_log(log);

	while (count < 80)
		put_checkpoint(store, ++count, large);
	while (salt_of_log(log) == salt && count < 100000)
		put_checkpoint(store, ++count, STR("small"));
	assert_true(count < 100000);
	put_checkpoint(store, ++count, STR("last"));
	assert_int_equal(store_open(dir, STORE_READ, &reader, &why), ERR_OK);
	assert_int_equal(store_checkpoint_newest(reader, district->arena, &note, &why), ERR_OK);
	assert_string_equal(note.data, "last");
	store_close(reader);
	store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_backup_is_restored_as_it_was),
		cmocka_unit_test(a_backup_is_one_moment_while_others_write),
		cmocka_unit_test(what_is_no_backup_is_not_restored),
		cmocka_unit_test(an_older_schema_is_refused_until_it_is_migrated),
		cmocka_unit_test(a_step_that_fails_leaves_the_old_schema),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(a_second_process_that_would_write_is_refused),
		cmocka_unit_test(the_lock_goes_with_the_process_that_held_it),
		cmocka_unit_test(a_reader_sees_what_is_committed_while_another_writes),
		cmocka_unit_test(a_reader_cannot_write),
		cmocka_unit_test(a_log_that_grew_is_moved_beside_the_writer),
		cmocka_unit_test(folders_that_hold_nothing_or_something_are_told_apart),
	};
	return cmocka_run_group_tests_name("store: keeping", tests, open_district, close_district);
}
