/* test_tile.c: tiles of hashes, bundles of entries and their paths; and receipts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

static struct arena *arena;

static int begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* ---- paths ---- */

static const struct {
	struct tile tile;
	const char *path;
} paths[] = {
	{{false, 0, 0, 256}, "tile/0/000"}, {{false, 0, 0, 1}, "tile/0/000.p/1"},
	{{false, 7, 999, 255}, "tile/7/999.p/255"}, {{false, 0, 1000, 256}, "tile/0/x001/000"},
	{{false, 3, 1067, 12}, "tile/3/x001/067.p/12"}, {{false, 1, 1234067, 256}, "tile/1/x001/x234/067"},
	{{false, 1, 1000000, 256}, "tile/1/x001/x000/000"}, {{true, 0, 0, 256}, "tile/entries/000"},
	{{true, 0, 1234067, 3}, "tile/entries/x001/x234/067.p/3"},
	{{true, 0, UINT64_C(36028797018963967), 256},
		"tile/entries/x036/x028/x797/x018/x963/967"}, /* of 2^63 leaves */
};

static void a_path_is_what_the_specification_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(paths); i++) {
		struct tile back;

		assert_string_equal(tile_path(arena, &paths[i].tile).data, paths[i].path);
		assert_true(tile_parse(arena, str_from(paths[i].path), &back));
		assert_true(back.entries == paths[i].tile.entries && back.level == paths[i].tile.level &&
			    back.n == paths[i].tile.n && back.width == paths[i].tile.width);
	}
}

static void every_tile_has_one_path_and_back(void **state)
{
	static const uint64_t numbers[] = {0, 1, 9, 10, 99, 100, 255, 256, 998, 999, 1000, 1001, 999999,
		1000000, 1000001, UINT64_C(999999999), UINT64_C(1000000000), UINT64_C(1) << 40,
		UINT64_C(36028797018963967)};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(numbers); i++)
		for (unsigned width = 1; width <= TILE_WIDTH; width++)
			for (unsigned level = 0; level <= TILE_LEVELS; level++) {
				bool entries = level == TILE_LEVELS;
				struct tile tile = {entries, entries ? 0 : level, numbers[i], width}, back;
				struct str path = tile_path(arena, &tile);

				if (!tile_parse(arena, path, &back) || back.entries != tile.entries ||
					back.level != tile.level || back.n != tile.n ||
					back.width != tile.width)
					fail_msg("%.*s", STR_ARG(path));
			}
}

static void what_is_no_path_of_a_tile_is_refused(void **state)
{
	static const char *const bad[] = {"", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/00",
		"tile/0/0000", "tile/0/x000/000", "tile/0/x000/001", "tile/0/x001", "tile/0/x001/",
		"tile/0/001/000", "tile/0/x01/000", "tile/0/x0001/000", "tile/0/000/", "tile/0/000.p",
		"tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/256", "tile/0/000.p/1000",
		"tile/0/000.p/-1", "tile/0/000.p/+1", "tile/0/000.p/1/", "tile/0/000/1", "tile/00/000",
		"tile/8/000", "tile/-1/000", "tile/64/000", "tile/x/000", "tile//000", "/tile/0/000",
		"tile/0/000 ", " tile/0/000", "Tile/0/000", "tiles/0/000", "tile/entry/000", "tile/entries",
		"tile/0/x001.p/000", "tile/0/x001/000.p/x1", "tile/0/.p/1", "tile/0/0a0", "tile/0/-01",
		"tile/0/000.q/1", "tile/0/x001/x001/x001/x001/x001/x001/001",
		"tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/../000"};
	struct tile tile;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (tile_parse(arena, str_from(bad[i]), &tile))
			fail_msg("'%s' is taken", bad[i]);
}

/* ---- what a tile holds ---- */

static void widths_add_up_to_the_tree(void **state)
{
	static const uint64_t sizes[] = {
		0, 1, 255, 256, 257, 511, 512, 65535, 65536, 65537, 70000, 16777216, 16777217};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(sizes); i++)
		for (unsigned level = 0; level < TILE_LEVELS; level++) {
			uint64_t total = 0, n = 0;

			for (unsigned width; (width = tile_width(level, n, sizes[i])) > 0; n++) {
				total += width;
				assert_true(width == TILE_WIDTH || tile_width(level, n + 1, sizes[i]) == 0);
			}
			assert_int_equal(total, sizes[i] >> 8 * level);
			assert_int_equal(tile_width(level, n + 1000, sizes[i]), 0);
		}
	/* Numbers beyond all trees don't come round. */
	assert_int_equal(tile_width(0, UINT64_MAX, UINT64_MAX), 0);
	assert_int_equal(tile_width(0, UINT64_C(1) << 56, 1000), 0);
	assert_int_equal(tile_width(0, (UINT64_C(1) << 56) - 1, UINT64_MAX), 255);
	assert_int_equal(tile_width(7, 0, UINT64_MAX), 255);
}

/* An archive's order: behind each bundle the higher tiles that it finishes. Over all bundles that must be
 * each tile once, and none before its last hash is there. */
static void the_tiles_behind_the_bundles_are_all_there_are(void **state)
{
	static const uint64_t sizes[] = {1, 2, 255, 256, 257, 300, 512, 513, 65279, 65280, 65535, 65536,
		65537, 65792, 131072, 131073, 200000};

	(void)state;
	for (size_t s = 0; s < ARRAY_COUNT(sizes); s++) {
		uint64_t size = sizes[s], next[TILE_LEVELS] = {0};

		for (uint64_t bundle = 0; bundle * TILE_WIDTH < size; bundle++) {
			struct tile tiles[TILE_LEVELS];
			uint64_t known = size < (bundle + 1) * TILE_WIDTH ? size : (bundle + 1) * TILE_WIDTH;
			size_t count = tiles_behind_bundle(size, bundle, tiles);

			for (size_t i = 0; i < count; i++) {
				assert_true(tiles[i].level > 0 && !tiles[i].entries);
				assert_int_equal(tiles[i].n, next[tiles[i].level]++);
				assert_int_equal(
					tiles[i].width, tile_width(tiles[i].level, tiles[i].n, size));
				assert_true(
					(tiles[i].n * TILE_WIDTH + tiles[i].width) << 8 * tiles[i].level <=
					known);
			}
		}
		for (unsigned level = 1; level < TILE_LEVELS; level++)
			if (tile_width(level, next[level], size) != 0)
				fail_msg("of %llu leaves tile %u/%llu is missing", (unsigned long long)size,
					level, (unsigned long long)next[level]);
	}
}

static void a_tile_holds_the_hashes_of_the_tree(void **state)
{
	struct sample *sample = sample_new(1);
	struct tree_source tree = sample_tree(sample);
	struct hash hashes[TILE_WIDTH];

	(void)state;
	sample_grow(sample, 600);
	for (uint64_t n = 0; n < 3; n++) {
		struct tile tile = {.n = n, .width = tile_width(0, n, 600)};

		assert_int_equal(tile_hashes(&tree, &tile, hashes), ERR_OK);
		for (unsigned i = 0; i < tile.width; i++) {
			struct hash leaf = leaf_hash(sample->events[n * TILE_WIDTH + i].leaf);

			assert_true(hash_equal(&hashes[i], &leaf));
		}
	}
	struct tile above = {.level = 1, .width = tile_width(1, 0, 600)};

	assert_int_equal(above.width, 2);
	assert_int_equal(tile_hashes(&tree, &above, hashes), ERR_OK);
	for (uint64_t size = 256; size <= 512; size += 256) {
		/* The root of 256, and of the 256 behind them, are what stands one tile level higher. */
		struct tree_edge edge = {0};

		for (uint64_t i = size - 256; i < size; i++) {
			struct hash leaf = leaf_hash(sample->events[i].leaf);

			assert_int_equal(tree_append(&edge, &leaf, NULL, NULL), ERR_OK);
		}
		struct hash root = tree_root(&edge);

		assert_true(hash_equal(&root, &hashes[size / 256 - 1]));
	}
	struct tile beyond = {.n = 2, .width = TILE_WIDTH};

	assert_int_equal(tile_hashes(&tree, &beyond, hashes), ERR_NOT_FOUND);
	sample_free(sample);
}

static void a_bundle_gives_its_entries_back(void **state)
{
	static char large[UINT16_MAX];
	const struct str entries[] = {STR("a"), STR(""), {large, sizeof large}, {large, 256}, STR("闭环")};
	struct buf buf = buf_new(arena);
	struct str rest, entry;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(entries); i++)
		bundle_put(&buf, entries[i]);
	rest = buf_str(&buf);
	assert_memory_equal(rest.data, "\0\1a\0\0\xFF\xFF", 7);
	for (size_t i = 0; i < ARRAY_COUNT(entries); i++)
		assert_true(bundle_next(&rest, &entry) && str_equal(entry, entries[i]));
	assert_int_equal(rest.size, 0);
	assert_false(bundle_next(&rest, &entry));
	rest = (struct str){"\0", 1};
	assert_false(bundle_next(&rest, &entry));
	rest = (struct str){"\0\2a", 3};
	assert_false(bundle_next(&rest, &entry));
	assert_int_equal(rest.size, 3);
}

/* ---- receipts ---- */

static void a_receipt_says_what_it_was_made_of(void **state)
{
	struct sample *sample = sample_new(3);
	struct tree_source tree = sample_tree(sample);
	struct proof proof, back;
	struct checkpoint checkpoint;
	struct str note, note_back;
	uint64_t index;

	(void)state;
	sample_grow(sample, 77);
	note = sample_note(sample, 77);
	for (uint64_t i = 0; i < 77; i++) {
		assert_int_equal(prove_inclusion(&tree, i, 77, &proof), ERR_OK);
		struct str receipt = receipt_print(arena, i, &proof, note);

		assert_true(str_starts(
			receipt, str_format(arena, "c2sp.org/tlog-proof@v1\nindex %d\n", (int)i).data));
		assert_int_equal(receipt_parse(arena, receipt, &index, &back, &note_back, NULL), ERR_OK);
		assert_true(index == i && back.count == proof.count && str_equal(note_back, note));
		/* All that its holder does: open the note by the key, and walk from the leaf. */
		struct hash leaf = leaf_hash(sample->events[i].leaf);

		assert_int_equal(checkpoint_open(arena, note_back, &sample->key, &checkpoint, NULL), ERR_OK);
		assert_true(inclusion_is_valid(&leaf, index, checkpoint.size, &back, &checkpoint.root));
	}
	sample_free(sample);
}

static void what_is_no_receipt_is_refused(void **state)
{
#define HASH_LINE "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
	static const char *const bad[] = {"", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n",
		"c2sp.org/tlog-proof@v2\nindex 1\n" HASH_LINE "\nnote\n",
		"c2sp.org/tlog-proof@v1\r\nindex 1\n\nnote\n", "c2sp.org/tlog-proof@v1\nindex \n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex -1\n\nnote\n", "c2sp.org/tlog-proof@v1\nindex 01\n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex -0\n\nnote\n", "c2sp.org/tlog-proof@v1\nindex 1 \n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex 9223372036854775808\n\nnote\n",
		"c2sp.org/tlog-proof@v1\nIndex 1\n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex 1\n" HASH_LINE "x\n\nnote\n",
		"c2sp.org/tlog-proof@v1\nindex 1\n" HASH_LINE,
		"c2sp.org/tlog-proof@v1\nindex 1\n" HASH_LINE "\n",
		"c2sp.org/tlog-proof@v1\nindex 1\n " HASH_LINE "\nnote\n"};
	struct buf buf = buf_new(arena);
	struct proof proof = {.count = 99};
	struct str note;
	uint64_t index = 99;

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(bad); i++)
		if (receipt_parse(arena, str_from(bad[i]), &index, &proof, &note, NULL) != ERR_INVALID)
			fail_msg("'%s' is taken", bad[i]);
	assert_true(index == 99 && proof.count == 99); /* nothing is set where nothing is taken */
	buf_puts(&buf, "c2sp.org/tlog-proof@v1\nindex 1\n");
	for (int i = 0; i < 63; i++)
		buf_puts(&buf, HASH_LINE);
	struct str longest = str_format(arena, "%.*s\nnote\n", STR_ARG(buf_str(&buf)));

	assert_int_equal(receipt_parse(arena, longest, &index, &proof, &note, NULL), ERR_OK);
	assert_true(index == 1 && proof.count == 63 && str_is(note, "note\n"));
	buf_puts(&buf, HASH_LINE "\nnote\n");
	assert_int_equal(receipt_parse(arena, buf_str(&buf), &index, &proof, &note, NULL), ERR_INVALID);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_what_the_specification_says),
		cmocka_unit_test(every_tile_has_one_path_and_back),
		cmocka_unit_test(what_is_no_path_of_a_tile_is_refused),
		cmocka_unit_test(widths_add_up_to_the_tree),
		cmocka_unit_test(the_tiles_behind_the_bundles_are_all_there_are),
		cmocka_unit_test(a_tile_holds_the_hashes_of_the_tree),
		cmocka_unit_test(a_bundle_gives_its_entries_back),
		cmocka_unit_test(a_receipt_says_what_it_was_made_of),
		cmocka_unit_test(what_is_no_receipt_is_refused),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
