/* test_tar.c: headers of archives, in one form. That other programs read them, tests/ledger shows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"
#include "base/tar.h"

static const char hundred[] = "0123456789012345678901234567890123456789012345678901234567890123456789"
			      "012345678901234567890123456789";

static void a_header_has_the_fields_of_posix(void **state)
{
	const struct tar_entry entry = {STR("tile/entries/000.p/12"), 1234, INT64_C(1551749400)};
	char block[TAR_BLOCK_SIZE];

	(void)state;
	tar_header_print(&entry, block);
	assert_string_equal(block, "tile/entries/000.p/12");
	assert_memory_equal(block + 100,
		"0000644\0"
		"0000000\0"
		"0000000\0"
		"00000002322\0"
		"13437350430\0",
		48);
	assert_memory_equal(block + 156, "0", 1);
	assert_memory_equal(block + 257,
		"ustar\0"
		"00",
		8);
	assert_int_equal(tar_padding(0), 0);
	assert_int_equal(tar_padding(1), 511);
	assert_int_equal(tar_padding(512), 0);
	assert_int_equal(tar_padding(TAR_SIZE_MAX), 1);
}

static void a_header_is_read_back(void **state)
{
	const struct tar_entry entries[] = {
		{STR("a"), 0, 0},
		{STR("checkpoint"), 1, 1},
		{{hundred, 100}, TAR_SIZE_MAX, (int64_t)TAR_SIZE_MAX},
		{STR("payload/x001/x002/003.p/255"), 123456789, INT64_C(1551749400)},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(entries); i++) {
		char block[TAR_BLOCK_SIZE];
		struct tar_entry back;

		tar_header_print(&entries[i], block);
		assert_int_equal(tar_header_parse(block, &back, NULL), ERR_OK);
		assert_true(str_equal(back.name, entries[i].name) && back.size == entries[i].size &&
			    back.time == entries[i].time);
		assert_false(tar_block_is_empty(block));
	}
}

static void what_cannot_have_a_header_says_why(void **state)
{
	static const struct {
		struct tar_entry entry;
		const char *why;
	} rows[] = {
		{{{"", 0}, 0, 0}, "1 to 100 bytes"},
		{{{"01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678"
		   "901234567890",
			  101},
			 0, 0},
			"1 to 100 bytes"},
		{{{"a\0b", 3}, 0, 0}, "no NUL"},
		{{{"a/", 2}, 0, 0}, "only files"},
		{{{"/a", 2}, 0, 0}, "plain relative path"},
		{{{"a//b", 4}, 0, 0}, "plain relative path"},
		{{{"./a", 3}, 0, 0}, "plain relative path"},
		{{{"a/../b", 6}, 0, 0}, "plain relative path"},
		{{{"..", 2}, 0, 0}, "plain relative path"},
		{{{"a", 1}, TAR_SIZE_MAX + 1, 0}, "less than 8 GiB"},
		{{{"a", 1}, 0, -1}, "between 1970 and 2242"},
		{{{"a", 1}, 0, (int64_t)TAR_SIZE_MAX + 1}, "between 1970 and 2242"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(rows); i++) {
		const char *why = tar_entry_objection(&rows[i].entry);

		if (why == NULL || strstr(why, rows[i].why) == NULL)
			fail_msg("row %zu: %s", i, why == NULL ? "no objection" : why);
	}
	assert_null(tar_entry_objection(&(struct tar_entry){STR("a/.b/..c"), 0, 0}));
}

/* A changed bit makes either no header or the header of another entry, and never the same in another form. */
static void every_changed_bit_of_a_header_shows(void **state)
{
	const struct tar_entry entry = {STR("tile/0/000.p/12"), 384, INT64_C(1551749400)};
	char block[TAR_BLOCK_SIZE];

	(void)state;
	tar_header_print(&entry, block);
	for (size_t bit = 0; bit < 8 * TAR_BLOCK_SIZE; bit++) {
		struct tar_entry back;
		struct bh_err err;

		block[bit / 8] = (char)(block[bit / 8] ^ 1 << bit % 8);
		/* One changed bit can't leave the checksum right. */
		if (tar_header_parse(block, &back, &err) != ERR_INVALID)
			fail_msg("bit %zu", bit);
		block[bit / 8] = (char)(block[bit / 8] ^ 1 << bit % 8);
	}
}

static void an_empty_block_is_all_zeros(void **state)
{
	char block[TAR_BLOCK_SIZE] = {0};
	struct tar_entry ignored;

	(void)state;
	assert_true(tar_block_is_empty(block));
	assert_int_equal(tar_header_parse(block, &ignored, NULL), ERR_INVALID);
	block[511] = 1;
	assert_false(tar_block_is_empty(block));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_header_has_the_fields_of_posix),
		cmocka_unit_test(a_header_is_read_back),
		cmocka_unit_test(what_cannot_have_a_header_says_why),
		cmocka_unit_test(every_changed_bit_of_a_header_shows),
		cmocka_unit_test(an_empty_block_is_all_zeros),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
