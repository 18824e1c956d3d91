/* rule_compare.c: two texts of a rule beside each other. Which article answers to which is found by what they
 * have in common, so that one that was put in doesn't make all behind it look changed; then the words of
 * those that differ are compared by their longest common sequence. */
#include "grasp/rule_text.h"

#include <stdlib.h>
#include <string.h>

/* Of a thousand: so much two parts must have in common to be taken for one, less where the number is the
 * same.
 */
#define ALIKE        400
#define ALIKE_NUMBER 150
#define CELLS_MAX    ((size_t)4 * 1000 * 1000) /* of one table; beyond it the middle counts as written anew */

const char *rule_change_name(enum rule_change change)
{
	static const char *const names[RULE_CHANGE_COUNT] = {
		"same", "renumbered", "changed", "added", "removed"};

	REQUIRE(change < RULE_CHANGE_COUNT);
	return names[change];
}

const char *word_mark_name(enum word_mark mark)
{
	static const char *const names[WORD_MARK_COUNT] = {"same", "removed", "added"};

	REQUIRE(mark < WORD_MARK_COUNT);
	return names[mark];
}

/* ---- words ---- */

struct words {
	struct str *items;
	size_t count;
};

static bool is_letter(struct str text, size_t at)
{
	char byte = text.data[at];

	return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_blank(struct str text, size_t at)
{
	return text.data[at] == ' ' || text.data[at] == '\t' || text.data[at] == '\n' ||
	       text.data[at] == '\r';
}

static size_t word_size(struct str text, size_t at)
{
	uint32_t character;
	size_t end = at;

	if (is_letter(text, at))
		while (end < text.size && is_letter(text, end))
			end++;
	else if (is_blank(text, at))
		while (end < text.size && is_blank(text, end))
			end++;
	else
		end += utf8_next(text, at, &character);
	return end - at;
}

static struct words split(struct arena *arena, struct str text)
{
	struct words words = {.items = ARENA_TAKE(arena, text.size + 1, struct str)};

	for (size_t at = 0; at < text.size; at += words.items[words.count++].size)
		words.items[words.count] = str_slice(text, at, word_size(text, at));
	return words;
}

/* ---- what two words have in common, in order ---- */

struct weighing {
	struct arena *arena;
	uint16_t *cells; /* one table for all, as large as the largest that was asked for */
	size_t room;
	struct marked_words *marked;
	size_t count, capacity;
};

static uint16_t *take_table(struct weighing *weighing, size_t cells)
{
	if (cells > weighing->room) {
		weighing->cells = ARENA_TAKE(weighing->arena, cells, uint16_t);
		weighing->room = cells;
	}
	return weighing->cells;
}

/* Whether each word stays, of both sides; what lies between `from` and the ends `to_…` is still open. */
struct stays {
	bool *before, *after;
};

static void keep_common(struct weighing *weighing, struct words before, struct words after, size_t from,
	size_t tail, struct stays *stays)
{
	size_t n = before.count - from - tail, m = after.count - from - tail, width = m + 1;

	if (n == 0 || m == 0 || (n + 1) * width > CELLS_MAX)
		return;
	uint16_t *cells = take_table(weighing, (n + 1) * width);

	memset(cells, 0, (n + 1) * width * sizeof *cells);
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint16_t down = cells[(i + 1) * width + j], right = cells[i * width + j + 1];

			cells[i * width + j] = str_equal(before.items[from + i], after.items[from + j])
						       ? (uint16_t)(cells[(i + 1) * width + j + 1] + 1)
					       : down > right ? down
							      : right;
		}
	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (str_equal(before.items[from + i], after.items[from + j])) {
			stays->before[from + i++] = true;
			stays->after[from + j++] = true;
		} else if (cells[(i + 1) * width + j] >= cells[i * width + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
}

/* One word that stays by chance between two that don't hides what has changed: it is written anew, too. */
static void drop_islands(struct words before, struct words after, struct stays *stays)
{
	size_t i = 0, j = 0;

	while (i < before.count && j < after.count) {
		bool moved = !stays->before[i] || !stays->after[j];

		while (i < before.count && !stays->before[i])
			i++;
		while (j < after.count && !stays->after[j])
			j++;
		if (i == before.count || j == after.count)
			return;
		bool alone = i + 1 < before.count && j + 1 < after.count &&
			     (!stays->before[i + 1] || !stays->after[j + 1]);

		if (moved && alone)
			stays->before[i] = stays->after[j] = false;
		i++;
		j++;
	}
}

static void put_run(
	struct weighing *weighing, enum word_mark mark, struct words words, size_t from, size_t to)
{
	if (from == to)
		return;
	const char *begin = words.items[from].data;
	const struct str *last = &words.items[to - 1];

	*ARENA_PUSH(weighing->arena, weighing->marked, weighing->count, weighing->capacity) =
		(struct marked_words){mark, {begin, (size_t)(last->data + last->size - begin)}};
}

static void put_runs(
	struct weighing *weighing, struct words before, struct words after, const struct stays *stays)
{
	size_t i = 0, j = 0;

	while (i < before.count || j < after.count) {
		size_t same = i;

		while (i < before.count && j < after.count && stays->before[i] && stays->after[j])
			i++, j++;
		put_run(weighing, WORDS_SAME, before, same, i);
		size_t from = i, other = j;

		while (i < before.count && !stays->before[i])
			i++;
		while (j < after.count && !stays->after[j])
			j++;
		put_run(weighing, WORDS_REMOVED, before, from, i);
		put_run(weighing, WORDS_ADDED, after, other, j);
	}
}

static void compare_words(struct weighing *weighing, struct str before, struct str after)
{
	struct words old = split(weighing->arena, before), new = split(weighing->arena, after);
	struct stays stays = {ARENA_TAKE(weighing->arena, old.count + 1, bool),
		ARENA_TAKE(weighing->arena, new.count + 1, bool)};
	size_t from = 0, tail = 0;

	while (from < old.count && from < new.count &&str_equal(old.items[from], new.items[from])) {
		stays.before[from] = stays.after[from] = true;
		from++;
	}
	while (tail < old.count - from && tail < new.count - from &&str_equal(old.items[old.count - 1 - tail],
								     new.items[new.count - 1 - tail])) {
		tail++;
		stays.before[old.count - tail] = stays.after[new.count - tail] = true;
	}
	keep_common(weighing, old, new, from, tail, &stays);
	drop_islands(old, new, &stays);
	weighing->marked = NULL;
	weighing->count = weighing->capacity = 0;
	put_runs(weighing, old, new, &stays);
}

void words_compare(struct arena *arena, struct str before, struct str after, struct marked_words **ret_words,
	size_t *ret_count)
{
	struct weighing weighing = {.arena = arena};

	compare_words(&weighing, before, after);
	*ret_words = weighing.marked;
	*ret_count = weighing.count;
}

/* ---- how much two parts have in common: of their pairs of neighbouring words ---- */

struct pairs {
	uint32_t *items; /* sorted */
	size_t count;
};

static uint32_t hash_word(uint32_t hash, struct str word)
{
	for (size_t i = 0; i < word.size; i++)
		hash = (hash ^ (unsigned char)word.data[i]) * 16777619U;
	return hash;
}

static int number_order(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

static struct pairs pairs_of(struct arena *arena, struct str text)
{
	struct words words = split(arena, text);
	struct pairs pairs = {.items = ARENA_TAKE(arena, words.count + 1, uint32_t)};
	struct str last = STR("");

	for (size_t i = 0; i < words.count; i++) {
		if (is_blank(words.items[i], 0))
			continue;
		pairs.items[pairs.count++] = hash_word(hash_word(2166136261U, last), words.items[i]);
		last = words.items[i];
	}
	qsort(pairs.items, pairs.count, sizeof *pairs.items, number_order);
	return pairs;
}

static int likeness(struct pairs a, struct pairs b)
{
	size_t common = 0;

	for (size_t i = 0, j = 0; i < a.count && j < b.count;) {
		if (a.items[i] == b.items[j])
			common++, i++, j++;
		else if (a.items[i] < b.items[j])
			i++;
		else
			j++;
	}
	return a.count + b.count == 0 ? 1000 : (int)(2000 * common / (a.count + b.count));
}

/* ---- which part answers to which ---- */

struct sides {
	const struct rule_text *before, *after;
	int *gains; /* of each pair: 0 when they can't be one */
	int *sums;
};

static bool same_number(const struct rule_part *a, const struct rule_part *b)
{
	return a->number == b->number && a->behind == b->behind;
}

/* A point more for the number, so that of two that resemble it as much the one that kept it is taken. */
static int gain(const struct rule_part *a, const struct rule_part *b, struct pairs of_a, struct pairs of_b)
{
	bool number = same_number(a, b);

	if (a->kind != b->kind)
		return 0;
	int alike = likeness(of_a, of_b);

	return alike >= (number ? ALIKE_NUMBER : ALIKE) ? alike + number : 0;
}

static void weigh(struct arena *arena, struct sides *sides)
{
	size_t n = sides->before->count, m = sides->after->count, width = m + 1;
	struct pairs *old = ARENA_TAKE(arena, n + 1, struct pairs),
		     *new = ARENA_TAKE(arena, m + 1, struct pairs);

	for (size_t i = 0; i < n; i++)
		old[i] = pairs_of(arena, sides->before->parts[i].text);
	for (size_t j = 0; j < m; j++)
		new[j] = pairs_of(arena, sides->after->parts[j].text);
	sides->gains = ARENA_TAKE(arena, (n + 1) * width, int);
	sides->sums = ARENA_TAKE(arena, (n + 1) * width, int);
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			int one = gain(&sides->before->parts[i], &sides->after->parts[j], old[i], new[j]);
			int both = one > 0 ? one + sides->sums[(i + 1) * width + j + 1] : 0;
			int down = sides->sums[(i + 1) * width + j], right = sides->sums[i * width + j + 1];
			int most = down > right ? down : right;

			sides->gains[i * width + j] = one;
			sides->sums[i * width + j] = both > most ? both : most;
		}
}

static struct rule_difference beside(
	struct weighing *weighing, const struct rule_part *before, const struct rule_part *after)
{
	struct rule_difference difference = {.before = before, .after = after};

	if (before == NULL || after == NULL) {
		difference.change = before == NULL ? RULE_ADDED : RULE_REMOVED;
	} else if (str_equal(before->text, after->text)) {
		difference.change = same_number(before, after) ? RULE_SAME : RULE_RENUMBERED;
	} else {
		difference.change = RULE_CHANGED;
		compare_words(weighing, before->text, after->text);
		difference.words = weighing->marked;
		difference.word_count = weighing->count;
	}
	return difference;
}

void rule_compare(struct arena *arena, const struct rule_text *before, const struct rule_text *after,
	struct rule_difference **ret_differences, size_t *ret_count)
{
	struct sides sides = {.before = before, .after = after};
	struct weighing weighing = {.arena = arena};
	size_t n = before->count, m = after->count, width = m + 1, count = 0;
	struct rule_difference *all = ARENA_TAKE(arena, n + m + 1, struct rule_difference);

	weigh(arena, &sides);
	for (size_t i = 0, j = 0; i < n || j < m;) {
		bool both = i < n && j < m && sides.gains[i * width + j] > 0 &&
			    sides.sums[i * width + j] ==
				    sides.gains[i * width + j] + sides.sums[(i + 1) * width + j + 1];
		bool old = both || j == m ||
			   (i < n && sides.sums[i * width + j] == sides.sums[(i + 1) * width + j]);
		const struct rule_part *left = old ? &before->parts[i++] : NULL;
		const struct rule_part *right = both || left == NULL ? &after->parts[j++] : NULL;

		all[count++] = beside(&weighing, left, right);
	}
	*ret_differences = all;
	*ret_count = count;
}
