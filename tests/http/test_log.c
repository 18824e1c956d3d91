/* test_log.c: the access log never makes anybody wait. */
#include "http/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

struct kept {
	char folder[64], file[96], moved[96];
	struct log *log;
	struct bh_err why;
};

static int make(void **state)
{
	struct kept *kept = calloc(1, sizeof *kept);
	const char *above = getenv("TMPDIR");

	snprintf(
		kept->folder, sizeof kept->folder, "%.40s/bihuan-log-XXXXXX", above != NULL ? above : "/tmp");
	assert_non_null(mkdtemp(kept->folder));
	snprintf(kept->file, sizeof kept->file, "%s/log", kept->folder);
	snprintf(kept->moved, sizeof kept->moved, "%s/log.1", kept->folder);
	*state = kept;
	return 0;
}

static int drop(void **state)
{
	struct kept *kept = *state;

	unlink(kept->file);
	unlink(kept->moved);
	rmdir(kept->folder);
	free(kept);
	return 0;
}

static void open_log(struct kept *kept, const char *file)
{
	if (log_open(str_from(file), &kept->log, &kept->why) != ERR_OK)
		fail_msg("%s", kept->why.text);
}

static size_t read_all(const char *file, char *text, size_t size)
{
	FILE *from = fopen(file, "rb");

	assert_non_null(from);
	size_t got = fread(text, 1, size - 1, from);

	fclose(from);
	text[got] = '\0';
	return got;
}

static void lines_come_out_in_their_order(void **state)
{
	struct kept *kept = *state;
	char text[65536], line[32];
	size_t at = 0;

	open_log(kept, kept->file);
	for (int i = 0; i < 1500; i++) {
		snprintf(line, sizeof line, "line %d", i);
		log_access(kept->log, str_from(line));
	}
	log_close(kept->log);
	(void)read_all(kept->file, text, sizeof text);
	for (int i = 0; i < 1500; i++) {
		int size = snprintf(line, sizeof line, "line %d\n", i);

		assert_memory_equal(text + at, line, (size_t)size);
		at += (size_t)size;
	}
	assert_int_equal(text[at], '\0');
}

static void a_line_is_one_line_and_is_cut(void **state)
{
	struct kept *kept = *state;
	char text[8192], longer[3000];

	memset(longer, 'x', sizeof longer);
	open_log(kept, kept->file);
	log_access(kept->log, STR("a\nb\r\x1b[31m\x7f"
				  "c"));
	log_access(kept->log, (struct str){longer, sizeof longer});
	log_close(kept->log);
	assert_int_equal(read_all(kept->file, text, sizeof text), 12 + LOG_LINE_MAX + 1);
	assert_memory_equal(text, "a?b??[31m?c\n", 12);
}

static void after_it_was_moved_away_a_new_file_is_begun(void **state)
{
	struct kept *kept = *state;
	char text[64];

	open_log(kept, kept->file);
	log_access(kept->log, STR("old"));
	log_close(kept->log);
	open_log(kept, kept->file);
	assert_int_equal(rename(kept->file, kept->moved), 0);
	assert_int_equal(log_reopen(kept->log, &kept->why), ERR_OK);
	log_access(kept->log, STR("new"));
	log_close(kept->log);
	(void)read_all(kept->moved, text, sizeof text);
	assert_string_equal(text, "old\n");
	(void)read_all(kept->file, text, sizeof text);
	assert_string_equal(text, "new\n");
}

/* The log goes into a pipe that nobody empties: the ring fills up, further lines are dropped and counted, and
 * every call comes back. */
static void a_full_ring_drops_and_counts(void **state)
{
	struct kept *kept = *state;
	int ends[2];
	char path[32], text[65536], line[512];
	enum { LINES = 20000 };
	uint64_t dropped, written = 0;

	memset(line, 'x', sizeof line);
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", ends[1]);
	open_log(kept, path);
	close(ends[1]);
	for (int i = 0; i < LINES; i++)
		log_access(kept->log, (struct str){line, sizeof line});
	dropped = log_dropped(kept->log);
	assert_true(dropped > LINES / 2);
	/* What wasn't dropped all comes out once somebody reads; log_close waits for it in the thread's
	 * stead. */
	while (written < (LINES - dropped) * (sizeof line + 1)) {
		ssize_t got = read(ends[0], text, sizeof text);

		assert_true(got > 0);
		written += (uint64_t)got;
	}
	log_close(kept->log);
	assert_int_equal(written, (LINES - dropped) * (sizeof line + 1));
	close(ends[0]);
}

static void a_file_that_cant_be_opened_is_named(void **state)
{
	struct kept *kept = *state;

	assert_int_equal(log_open(STR("/nowhere/log"), &kept->log, &kept->why), ERR_IO);
	assert_string_equal(kept->why.place, "/nowhere/log");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(lines_come_out_in_their_order, make, drop),
		cmocka_unit_test_setup_teardown(a_line_is_one_line_and_is_cut, make, drop),
		cmocka_unit_test_setup_teardown(after_it_was_moved_away_a_new_file_is_begun, make, drop),
		cmocka_unit_test_setup_teardown(a_full_ring_drops_and_counts, make, drop),
		cmocka_unit_test_setup_teardown(a_file_that_cant_be_opened_is_named, make, drop),
	};

	return cmocka_run_group_tests_name("http: log", tests, NULL, NULL);
}
