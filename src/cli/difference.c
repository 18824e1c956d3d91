/* difference.c: the longest common lines, by a table over what lies between the common head and tail. */
#include "cli/difference.h"

#define AROUND    ((size_t)3)
#define CELLS_MAX ((size_t)16 * 1024 * 1024)

struct lines {
	struct str *items;
	size_t count;
};

/* One step of the way from the one text to the other. */
struct step {
	char mark; /* ' ', '-', '+' */
	struct str line;
};
struct steps {
	struct step *items;
	size_t count, capacity;
};

static struct lines split(struct arena *arena, struct str text)
{
	struct lines lines = {0};
	size_t capacity = 0;
	struct str line;

	if (str_ends(text, "\n"))
		text.size--;
	while (text.data != NULL && str_cut(&text, '\n', &line))
		*ARENA_PUSH(arena, lines.items, lines.count, capacity) = line;
	return lines;
}

static void step_add(struct arena *arena, struct steps *steps, char mark, struct str line)
{
	*ARENA_PUSH(arena, steps->items, steps->count, steps->capacity) = (struct step){mark, line};
}

/* length[i][j]: the longest common lines of what is left of `a` from i and of `b` from j. */
static void walk_table(struct arena *arena, const struct lines *a, const struct lines *b, struct steps *steps)
{
	size_t width = b->count + 1, i = 0, j = 0;
	uint32_t *length = ARENA_TAKE(arena, (a->count + 1) * width, uint32_t);

	for (size_t x = a->count; x-- > 0;)
		for (size_t y = b->count; y-- > 0;) {
			uint32_t down = length[(x + 1) * width + y], right = length[x * width + y + 1];

			length[x * width + y] = str_equal(a->items[x], b->items[y])
							? length[(x + 1) * width + y + 1] + 1
						: down > right ? down
							       : right;
		}
	while (i < a->count || j < b->count) {
		bool both = i < a->count && j < b->count;

		if (both && str_equal(a->items[i], b->items[j])) {
			step_add(arena, steps, ' ', a->items[i]);
			i++, j++;
		} else if (j == b->count ||
			   (both && length[(i + 1) * width + j] >= length[i * width + j + 1])) {
			step_add(arena, steps, '-', a->items[i++]);
		} else {
			step_add(arena, steps, '+', b->items[j++]);
		}
	}
}

static void walk_whole(struct arena *arena, const struct lines *a, const struct lines *b, struct steps *steps)
{
	for (size_t i = 0; i < a->count; i++)
		step_add(arena, steps, '-', a->items[i]);
	for (size_t i = 0; i < b->count; i++)
		step_add(arena, steps, '+', b->items[i]);
}

static struct steps walk(struct arena *arena, struct lines a, struct lines b)
{
	struct steps steps = {0};
	size_t tail = 0, head = 0;

	while (head < a.count && head < b.count && str_equal(a.items[head], b.items[head])) {
		step_add(arena, &steps, ' ', a.items[head]);
		head++;
	}
	while (tail < a.count - head && tail < b.count - head &&
		str_equal(a.items[a.count - 1 - tail], b.items[b.count - 1 - tail]))
		tail++;
	struct lines middle_a = {a.items + head, a.count - head - tail};
	struct lines middle_b = {b.items + head, b.count - head - tail};

	if ((middle_a.count + 1) * (middle_b.count + 1) <= CELLS_MAX)
		walk_table(arena, &middle_a, &middle_b, &steps);
	else
		walk_whole(arena, &middle_a, &middle_b, &steps);
	for (size_t i = a.count - tail; i < a.count; i++)
		step_add(arena, &steps, ' ', a.items[i]);
	return steps;
}

/* The steps [from, to) as one hunk; `*a` and `*b` are the lines passed so far in each text. */
static void put_hunk(struct buf *buf, const struct steps *steps, size_t from, size_t to, size_t a, size_t b)
{
	size_t taken = 0, put = 0;

	for (size_t i = from; i < to; i++) {
		taken += steps->items[i].mark != '+';
		put += steps->items[i].mark != '-';
	}
	buf_format(buf, "@@ -%zu,%zu +%zu,%zu @@\n", taken > 0 ? a + 1 : a, taken, put > 0 ? b + 1 : b, put);
	for (size_t i = from; i < to; i++)
		buf_format(buf, "%c%.*s\n", steps->items[i].mark, STR_ARG(steps->items[i].line));
}

/* Where the hunk that begins with the change at `at` ends: behind the last change that has no more than twice
 * AROUND unchanged lines before it, and the lines around that. */
static size_t hunk_end(const struct steps *steps, size_t at)
{
	size_t last = at;

	for (size_t i = at; i < steps->count && i <= last + 2 * AROUND; i++)
		if (steps->items[i].mark != ' ')
			last = i;
	return last + 1 + AROUND < steps->count ? last + 1 + AROUND : steps->count;
}

void difference_put(struct buf *buf, struct str before, struct str after)
{
	struct steps steps = walk(buf->arena, split(buf->arena, before), split(buf->arena, after));
	size_t done = 0, a = 0, b = 0;

	for (size_t at = 0; at < steps.count; at++) {
		if (steps.items[at].mark == ' ')
			continue;
		size_t from = at > done + AROUND ? at - AROUND : done, to = hunk_end(&steps, at);

		a += from - done;
		b += from - done;
		put_hunk(buf, &steps, from, to, a, b);
		for (size_t i = from; i < to; i++) {
			a += steps.items[i].mark != '+';
			b += steps.items[i].mark != '-';
		}
		done = to;
		at = to - 1;
	}
}
