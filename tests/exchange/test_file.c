/* Files, small ones whole and large ones on the way; and what is kept under its hash. */
#include "exchange/evidence.h"
#include "exchange/file.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/bihuan-file-XXXXXX";

static const char *inside(struct arena *arena, const char *name)
{
	return str_format(arena, "%s/%s", folder, name).data;
}

static struct str read_whole(struct arena *arena, const char *path)
{
	struct str bytes = STR_NONE;
	struct bh_err why;

	if (file_read(arena, path, 1 << 24, &bytes, &why) != ERR_OK)
		fail_msg("%s: %s", why.place, why.text);
	return bytes;
}

static bool is_there(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0;
}

/* Pieces of many sizes, so that some fit the buffer, some fill it and some are larger than it. */
static void a_file_put_in_pieces_is_the_pieces(void **state)
{
	static const size_t sizes[] = {0, 1, 511, 65535, 1, 65536, 65537, 3, 200000, 7};
	struct arena *arena = arena_new();
	const char *path = inside(arena, "pieces");
	struct buf expected = buf_new(arena);
	struct file_out *out;
	struct file_in *in;
	char bytes[1000];
	struct buf found = buf_new(arena);
	size_t got = 1;

	(void)state;
	assert_int_equal(file_out_open(arena, path, &out, NULL), ERR_OK);
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++) {
		char *piece = ARENA_TAKE(arena, sizes[i] + 1, char);

		memset(piece, 'a' + (int)i, sizes[i]);
		buf_put(&expected, (struct str){piece, sizes[i]});
		assert_int_equal(file_out_put(out, (struct str){piece, sizes[i]}, NULL), ERR_OK);
	}
	assert_false(is_there(path));
	assert_int_equal(file_out_finish(out, NULL), ERR_OK);
	assert_false(is_there(inside(arena, "pieces.new")));
	assert_true(str_equal(read_whole(arena, path), buf_str(&expected)));
	assert_int_equal(file_in_open(arena, path, &in, NULL), ERR_OK);
	assert_int_equal(file_in_size(in), (int64_t)expected.size);
	while (got > 0) {
		assert_int_equal(file_in_get(in, bytes, sizeof bytes, &got, NULL), ERR_OK);
		buf_put(&found, (struct str){bytes, got});
	}
	file_in_close(in);
	assert_true(str_equal(buf_str(&found), buf_str(&expected)));
	arena_free(arena);
}

static void what_is_given_up_leaves_what_was_there(void **state)
{
	struct arena *arena = arena_new();
	const char *path = inside(arena, "kept");
	struct file_out *out;

	(void)state;
	assert_int_equal(file_write_atomic(path, STR("before"), NULL), ERR_OK);
	assert_int_equal(file_out_open(arena, path, &out, NULL), ERR_OK);
	assert_int_equal(file_out_put(out, STR("after"), NULL), ERR_OK);
	file_out_abandon(out);
	assert_true(str_is(read_whole(arena, path), "before"));
	assert_false(is_there(inside(arena, "kept.new")));
	assert_int_equal(file_write_atomic(path, STR("after"), NULL), ERR_OK);
	assert_true(str_is(read_whole(arena, path), "after"));
	arena_free(arena);
}

static void a_disk_that_takes_nothing_more_is_told_as_full(void **state)
{
	struct arena *arena = arena_new();
	struct bh_err why = {0};
	struct file_out *out;
	const char *full = inside(arena, "full"), *beside = inside(arena, "full.new");
	char *piece = ARENA_TAKE(arena, 100000, char);

	(void)state;
	/* The kernel's own full device stands where the file would grow. */
	assert_int_equal(symlink("/dev/full", beside), 0);
	assert_int_equal(file_out_open(arena, full, &out, &why), ERR_OK);
	assert_int_equal(file_out_put(out, (struct str){piece, 100000}, &why), ERR_FULL);
	assert_true(str_starts(str_from(why.text), "it can't be written"));
	file_out_abandon(out);
	assert_false(is_there(full));
	assert_int_equal(symlink("/dev/full", beside), 0);
	assert_int_equal(file_write_atomic(full, STR("small"), &why), ERR_FULL);
	assert_false(is_there(full));
	assert_false(is_there(beside));
	arena_free(arena);
}

static void what_can_not_be_read_is_told_apart(void **state)
{
	struct arena *arena = arena_new();
	struct bh_err why;
	struct str bytes;
	struct file_in *in;
	struct file_out *out;

	(void)state;
	assert_int_equal(file_read(arena, inside(arena, "absent"), 10, &bytes, &why), ERR_NOT_FOUND);
	assert_int_equal(file_in_open(arena, inside(arena, "absent"), &in, &why), ERR_NOT_FOUND);
	assert_int_equal(file_read(arena, folder, 10, &bytes, &why), ERR_IO);
	assert_int_equal(file_write_atomic(inside(arena, "long"), STR("12345678901"), &why), ERR_OK);
	assert_int_equal(file_read(arena, inside(arena, "long"), 10, &bytes, &why), ERR_RANGE);
	assert_int_equal(file_read(arena, inside(arena, "long"), 11, &bytes, &why), ERR_OK);
	assert_int_equal(file_out_open(arena, inside(arena, "no/such/folder"), &out, &why), ERR_IO);
	assert_true(file_room(folder) > 0);
	assert_int_equal(file_room(inside(arena, "absent")), -1);
	arena_free(arena);
}

/* ---- evidence ---- */

static void a_file_is_kept_under_its_hash_and_once(void **state)
{
	struct arena *arena = arena_new();
	struct str kept = evidence_folder(arena, folder), hash, again;

	(void)state;
	assert_int_equal(evidence_keep(arena, kept, STR("abc"), &hash, NULL), ERR_OK);
	assert_true(str_is(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
	assert_int_equal(evidence_keep(arena, kept, STR("abc"), &again, NULL), ERR_OK);
	assert_true(str_equal(hash, again));
	assert_int_equal(evidence_look(arena, kept, hash), KEPT_WHOLE);
	arena_free(arena);
}

static void a_copy_is_whole_or_none(void **state)
{
	struct arena *arena = arena_new();
	struct str from = str_format(arena, "%s/from", folder),
		   to = evidence_folder_of_backup(arena, inside(arena, "b.db")), hash;
	enum kept kept;

	(void)state;
	assert_int_equal(evidence_keep(arena, from, STR("the river"), &hash, NULL), ERR_OK);
	const char *source = str_format(arena, "%s/%s", from.data, hash.data).data,
		   *target = str_format(arena, "%s/%s", to.data, hash.data).data;

	assert_int_equal(evidence_copy(arena, from, to, hash, &kept, NULL), ERR_OK);
	assert_int_equal(kept, KEPT_WHOLE);
	assert_true(str_is(read_whole(arena, target), "the river"));

	/* The source is damaged later: the copy that is there already stays good … */
	assert_int_equal(file_write_atomic(source, STR("the rivet"), NULL), ERR_OK);
	assert_int_equal(evidence_look(arena, from, hash), KEPT_DAMAGED);
	assert_int_equal(evidence_copy(arena, from, to, hash, &kept, NULL), ERR_OK);
	assert_int_equal(kept, KEPT_WHOLE);
	/* … and a damaged one is never spread. */
	assert_int_equal(unlink(target), 0);
	assert_int_equal(evidence_copy(arena, from, to, hash, &kept, NULL), ERR_OK);
	assert_int_equal(kept, KEPT_DAMAGED);
	assert_false(is_there(target));
	assert_int_equal(unlink(source), 0);
	assert_int_equal(evidence_copy(arena, from, to, hash, &kept, NULL), ERR_OK);
	assert_int_equal(kept, KEPT_MISSING);
	assert_false(is_there(target));
	assert_int_equal(evidence_look(arena, from, hash), KEPT_MISSING);
	arena_free(arena);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) == NULL;
}

static int remove_one(const char *path, const struct stat *found, int flag, struct FTW *walk)
{
	(void)found, (void)flag, (void)walk;
	return remove(path);
}

static int remove_folder(void **state)
{
	(void)state;
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_put_in_pieces_is_the_pieces),
		cmocka_unit_test(what_is_given_up_leaves_what_was_there),
		cmocka_unit_test(a_disk_that_takes_nothing_more_is_told_as_full),
		cmocka_unit_test(what_can_not_be_read_is_told_apart),
		cmocka_unit_test(a_file_is_kept_under_its_hash_and_once),
		cmocka_unit_test(a_copy_is_whole_or_none),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
