/* test_arena.c: memory that dies together. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/base.h"

static bool is_zero(const unsigned char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] != 0)
			return false;
	return true;
}

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	static const size_t sizes[] = {0, 1, 7, 16, 17, 1000, 16384, 16385, 65536, 65537, 200000, 3};
	enum { ROUNDS = 40, PIECES = ROUNDS * (sizeof sizes / sizeof *sizes) };
	static unsigned char *pieces[PIECES];
	struct arena *arena = arena_new();

	(void)state;
	/* Twice over: what was cleared comes again, and is zero again. */
	for (int again = 0; again < 2; again++, arena_clear(arena)) {
		for (size_t i = 0; i < PIECES; i++) {
			size_t size = sizes[i % (sizeof sizes / sizeof *sizes)];

			pieces[i] = arena_take(arena, size, 1);
			assert_non_null(pieces[i]);
			assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
			assert_true(is_zero(pieces[i], size));
			memset(pieces[i], (int)(i % 251 + 1), size);
		}
		for (size_t i = 0; i < PIECES; i++)
			for (size_t at = 0; at < sizes[i % (sizeof sizes / sizeof *sizes)]; at++)
				if (pieces[i][at] != i % 251 + 1)
					fail_msg("piece %zu was written over", i);
	}
	arena_free(arena);
}

static void clearing_forgets_what_was_taken(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_int_equal(arena_used(arena), 0);
	for (int i = 0; i < 10; i++)
		arena_take(arena, 30000, 1);
	assert_true(arena_used(arena) >= 300000 && arena_used(arena) < 310000);
	arena_clear(arena);
	assert_int_equal(arena_used(arena), 0);
#ifndef ARENA_MALLOC
	void *first = arena_take(arena, 100, 1), *second = arena_take(arena, 100, 1);

	arena_clear(arena);
	assert_ptr_equal(arena_take(arena, 100, 1), first);
	assert_ptr_equal(arena_take(arena, 100, 1), second);
#endif
	arena_free(arena);
	arena_free(NULL);
}

static void one_of_a_size_holds_that_and_more(void **state)
{
	struct arena *arena = arena_new_of(1000);
	char *first = arena_take(arena, 1000, 1), *second;

	(void)state;
	memset(first, 7, 1000);
	second = arena_take(arena, 100, 1);
	assert_int_equal(second[0], 0);
	memset(second, 8, 100);
	assert_int_equal(first[999], 7);
	assert_int_equal(arena_used(arena) / 100, 11);
	arena_free(arena);
	arena = arena_new_of(0);
	assert_non_null(arena_take(arena, 1, 1));
	arena_free(arena);
}

static void an_array_grows_one_by_one(void **state)
{
	struct arena *arena = arena_new();
	size_t *items = NULL, count = 0, capacity = 0;

	(void)state;
	for (size_t i = 0; i < 10000; i++)
		*ARENA_PUSH(arena, items, count, capacity) = i * i;
	assert_int_equal(count, 10000);
	assert_true(capacity >= count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(items[i], i * i);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(clearing_forgets_what_was_taken),
		cmocka_unit_test(one_of_a_size_holds_that_and_more),
		cmocka_unit_test(an_array_grows_one_by_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
