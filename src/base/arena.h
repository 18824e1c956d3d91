/* arena.h: memory that dies together.
 *
 * A request or a command owns one arena; what is taken from it is never freed alone. Taking never
 * fails: every door through which outside bytes come states its largest size, so the need is bounded,
 * and when the system refuses memory all the same the process stops with a clear line (everything
 * acknowledged is durable already). So no caller has an error path for memory.
 *
 * Built with -DARENA_MALLOC each piece is its own malloc, so that a sanitizer sees each overrun. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

struct arena *arena_new(void);
/* One that a first taking of `size` bytes in all just fills: for many that are kept long and hardly grow. */
struct arena *arena_new_of(size_t size);
void arena_free(struct arena *arena);  /* NULL is fine */
void arena_clear(struct arena *arena); /* forget everything taken, keep one block for reuse */

/* Zeroed, aligned for any type. count * size must not overflow (REQUIREd). */
void *arena_take(struct arena *arena, size_t count, size_t size);
#define ARENA_TAKE(arena, count, type) ((type *)arena_take((arena), (count), sizeof(type)))

/* Grow an array owned by `arena` so that one more item fits: returns the (moved) array.
 * `*capacity` is updated; the old copy is left to the arena. */
void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size);
#define ARENA_PUSH(arena, items, count, capacity)                                                            \
	((items) = arena_grow((arena), (items), (count), &(capacity), sizeof *(items)), &(items)[(count)++])

size_t arena_used(const struct arena *arena); /* bytes taken since new or clear */

#endif
