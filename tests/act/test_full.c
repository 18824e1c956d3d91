/* test_full.c: a disk that is really full: refused with what to do, reading goes on, and with room it goes
 * on.
 *
 * The disk is a small tmpfs, which takes root; elsewhere the test is skipped (exit 77). */
#include "district.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static struct str disk;

/* Take the room that is left; returns the file that has it. */
static int fill_up(void)
{
	int fd = open(str_format(arena, "%s/ballast", disk.data).data, O_WRONLY | O_CREAT, 0600);
	static const char block[4096];

	assert_true(fd >= 0);
	while (write(fd, block, sizeof block) > 0)
		;
	assert_int_equal(errno, ENOSPC);
	return fd;
}

static void a_full_disk_refuses_writing_and_keeps_reading(void **state)
{
	struct district *district = district_new();
	struct command note = {.kind = COMMAND_NOTE, .matter = 1, .text = STR("记事")};
	enum err err = ERR_OK;
	int done = 0;

	(void)state;
	district_key_task(district, "working", "2019-06-28");
	int ballast = fill_up();

	/* What the files have room for already may still be used up. */
	while ((err = district_command(district, "he", note, NULL)) == ERR_OK && done < 100000)
		done++;
	assert_int_equal(err, ERR_FULL);
	expect("it says what to do", strstr(district->why.text, "make room") != NULL);
	int64_t events = district_number(district, "select count(*) from event");

	for (int i = 0; i < 5; i++)
		assert_int_equal(district_command(district, "he", note, NULL), ERR_FULL);
	assert_int_equal(district_number(district, "select count(*) from event"), events);
	assert_int_equal(district_matter(district, 1)->version, 3 + done);
	assert_int_equal(installation_health(district->installation, NULL), ERR_OK);
	/* Room again, without a restart. */
	assert_int_equal(ftruncate(ballast, 0), 0);
	close(ballast);
	district_must(district, district_command(district, "he", note, NULL));
	assert_int_equal(district_number(district, "select count(*) from event"), events + 1);
	district_reopen(district);
	assert_int_equal(district_matter(district, 1)->version, 3 + done + 1);
	district_free(district);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(a_full_disk_refuses_writing_and_keeps_reading)};

	arena = arena_new();
	disk = temporary_folder(arena);
	if (mount("tmpfs", disk.data, "tmpfs", 0, "size=8m") != 0) {
		printf("skipped: a small disk can't be mounted here: %s\n", strerror(errno));
		rmdir(disk.data);
		return 77;
	}
	setenv("TMPDIR", disk.data, 1);
	int failed = cmocka_run_group_tests_name("act: a full disk", tests, NULL, NULL);

	if (umount2(disk.data, MNT_DETACH) != 0)
		printf("the small disk can't be unmounted: %s\n", strerror(errno));
	rmdir(disk.data);
	arena_free(arena);
	return failed;
}
