#include "base/arena.h"

#include "base/err.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The first block is small, so that many small arenas are cheap; each next one is twice as large, up to … */
#define BLOCK_FIRST ((size_t)1024)
#define BLOCK_MAX   ((size_t)64 * 1024)
#define ALIGNMENT   alignof(max_align_t)

struct block {
	struct block *next;
	size_t size, used;
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks; /* the first is the one being filled */
	size_t used;
};

static _Noreturn void out_of_memory(size_t size)
{
	fprintf(stderr, "bihuan: memory: the system refused %zu bytes: give the machine more memory\n", size);
	exit(3);
}

static struct block *block_new(size_t size)
{
	struct block *block = malloc(sizeof *block + size);

	if (block == NULL)
		out_of_memory(size);
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *arena_new(void)
{
	struct arena *arena = calloc(1, sizeof *arena);

	if (arena == NULL)
		out_of_memory(sizeof *arena);
	return arena;
}

struct arena *arena_new_of(size_t size)
{
	struct arena *arena = arena_new();

#ifdef ARENA_MALLOC
	(void)size; /* each piece is its own malloc all the same */
#else
	arena->blocks = block_new((size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
#endif
	return arena;
}

static void blocks_free(struct block *block)
{
	while (block != NULL) {
		struct block *next = block->next;

		free(block);
		block = next;
	}
}

void arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	blocks_free(arena->blocks);
	free(arena);
}

void arena_clear(struct arena *arena)
{
	struct block *keep = arena->blocks;

	arena->used = 0;
	if (keep == NULL)
		return;
	blocks_free(keep->next);
	keep->next = NULL;
	keep->used = 0;
#ifdef ARENA_MALLOC
	blocks_free(keep);
	arena->blocks = NULL;
#endif
}

#ifndef ARENA_MALLOC
static size_t next_size(const struct block *block)
{
	size_t next = block == NULL ? BLOCK_FIRST : 2 * block->size;

	return next < BLOCK_FIRST ? BLOCK_FIRST : next > BLOCK_MAX ? BLOCK_MAX : next;
}
#endif

void *arena_take(struct arena *arena, size_t count, size_t size)
{
	REQUIRE(size == 0 || count <= SIZE_MAX / 2 / size);
	size_t want = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	struct block *block = arena->blocks;

#ifdef ARENA_MALLOC
	block = NULL;
	want = count * size;
#endif
	if (block == NULL || block->size - block->used < want) {
#ifdef ARENA_MALLOC
		size_t block_size = want;
#else
		size_t next = next_size(block), block_size = want > next / 4 ? want : next;
#endif
		struct block *fresh = block_new(block_size);

		/* A large piece gets a block of its own behind the one being filled. */
		if (block != NULL && block_size == want) {
			fresh->next = block->next;
			block->next = fresh;
		} else {
			fresh->next = arena->blocks;
			arena->blocks = fresh;
		}
		block = fresh;
	}
	void *taken = block->bytes + block->used;

	block->used += want;
	arena->used += want;
	return memset(taken, 0, want);
}

void *arena_grow(struct arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
	if (count < *capacity)
		return items;
	size_t larger = *capacity < 8 ? 8 : *capacity * 2;
	void *moved = arena_take(arena, larger, size);

	if (count > 0)
		memcpy(moved, items, count * size);
	*capacity = larger;
	return moved;
}

size_t arena_used(const struct arena *arena)
{
	return arena->used;
}
