/* test_hunt.c: definitions are changed at random, and whatever comes out is judged. What is still proved
 * sound is then played at random, and must keep every promise; and each part of it must be needed or said to
 * be harmless.
 *
 *     test_hunt ROOT [SEED TRIES]      other seeds, for a longer hunt */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "definitions.h"
#include "matter/simulate.h"

#define WORDS_MAX 4096
#define RUNS      6
#define LONGEST   20000 /* bytes of a definition */
#define WALK      200   /* changes, about, before the hunt begins again elsewhere */

static const char *root;
static uint64_t seed = 20190218;
static size_t tries = 1500;

/* ---- definitions to begin with ---- */

struct source {
	const char *name;
	struct str text;
};

static struct source *sources_read(struct arena *arena, size_t *ret_count)
{
	static const char *const folders[] = {"tests/procedure/sound", "institutions/minimal/procedures"};
	struct source *sources = NULL;
	size_t capacity = 0;

	*ret_count = 0;
	for (size_t f = 0; f < ARRAY_COUNT(folders); f++) {
		size_t count;
		struct str folder = str_format(arena, "%s/%s", root, folders[f]);
		const char **names = names_in(arena, folder.data, ".yaml", &count);

		for (size_t i = 0; i < count; i++)
			*ARENA_PUSH(arena, sources, *ret_count, capacity) = (struct source){names[i],
				text_read(arena, str_format(arena, "%s/%s", folder.data, names[i]).data)};
	}
	return sources;
}

/* ---- changes ---- */

/* A word of the text, a name, key or value, and the key before it. */
struct word {
	struct str text, key;
};

static bool is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9');
}

static size_t find_words(struct str text, struct word *words)
{
	size_t count = 0;
	struct str key = STR_NONE;

	for (size_t i = 0; i < text.size && count < WORDS_MAX;) {
		size_t begin = i;

		while (i < text.size && is_of_word(text.data[i]))
			i++;
		if (i == begin) {
			i++;
			continue;
		}
		words[count++] = (struct word){str_slice(text, begin, i - begin), key};
		if (i < text.size && text.data[i] == ':')
			key = words[count - 1].text;
	}
	return count;
}

/* Behind which keys the same kind of name stands. */
static bool keys_are_alike(struct str a, struct str b)
{
	static const char *const kinds[][7] = {
		{"by", "bearer", "decided_by", "answers_to", "escalate", "head_of", "superior_of"},
		{"from", "to", "in"},
		{"discharged_by", "not_by"},
	};

	if (str_equal(a, b))
		return true;
	for (size_t i = 0; i < ARRAY_COUNT(kinds); i++) {
		bool has_a = false, has_b = false;

		for (size_t k = 0; k < ARRAY_COUNT(kinds[i]) && kinds[i][k] != NULL; k++) {
			has_a |= str_is(a, kinds[i][k]);
			has_b |= str_is(b, kinds[i][k]);
		}
		if (has_a && has_b)
			return true;
	}
	return false;
}

/* Another word that stands behind the same kind of key. */
static struct str exchanged(
	const struct word *words, size_t count, const struct word *word, struct chance *chance)
{
	size_t at = chance_below(chance, count);

	for (size_t i = 0; i < count; i++, at = (at + 1) % count)
		if (keys_are_alike(words[at].key, word->key) && !str_equal(words[at].text, word->text))
			return words[at].text;
	return word->text;
}

static struct str spliced(struct arena *arena, struct str text, struct str old, struct str new)
{
	size_t at = (size_t)(old.data - text.data);

	return str_format(arena, "%.*s%.*s%.*s", STR_ARG(str_slice(text, 0, at)), STR_ARG(new),
		STR_ARG(str_slice(text, at + old.size, text.size)));
}

static size_t find_lines(struct str text, struct str *lines)
{
	size_t count = 0, begin = 0;

	for (size_t i = 0; i < text.size && count < WORDS_MAX; i++)
		if (text.data[i] == '\n') {
			lines[count++] = str_slice(text, begin, i + 1 - begin);
			begin = i + 1;
		}
	return count;
}

/* One change: a word for another, often one that could stand there; a line left out, or there twice; a part
 * between two commas left out, or a name added to a list. */
static struct str changed(struct arena *arena, struct str text, struct chance *chance)
{
	static struct word words[WORDS_MAX];
	static struct str lines[WORDS_MAX];
	size_t word_count = find_words(text, words), line_count = find_lines(text, lines);
	const struct word *word;
	struct str line;

	if (word_count < 2 || line_count < 2)
		return text;
	word = &words[chance_below(chance, word_count)];
	line = lines[chance_below(chance, line_count)];
	switch (chance_below(chance, 12)) {
	case 0:
		return spliced(arena, text, line, STR_NONE);
	case 1:
		return spliced(
			arena, text, line, str_format(arena, "%.*s%.*s", STR_ARG(line), STR_ARG(line)));
	case 2: {
		size_t comma = str_find(line, STR(", ")), next;

		if (comma == SIZE_MAX)
			return text;
		next = str_find(str_slice(line, comma + 2, line.size), STR(", "));
		return next == SIZE_MAX ? text
					: spliced(arena, text, str_slice(line, comma, next + 2), STR_NONE);
	}
	case 3:
		return spliced(arena, text, word->text, words[chance_below(chance, word_count)].text);
	case 4:
		return spliced(arena, text, word->text,
			str_format(arena, "[%.*s, %.*s]", STR_ARG(word->text),
				STR_ARG(exchanged(words, word_count, word, chance))));
	default:
		return spliced(arena, text, word->text, exchanged(words, word_count, word, chance));
	}
}

/* ---- judging ---- */

static void expect_parts_needed(
	struct arena *arena, const struct procedure *procedure, const struct procedures *all, struct str text)
{
	size_t count;
	const struct mutation *mutations = procedure_mutate(arena, procedure, all, &count);

	for (size_t i = 0; i < count; i++)
		if (!mutations[i].refused && mutations[i].harmless.size == 0)
			fail_msg("%s %.*s can be taken out of this and nothing says why that is "
				 "harmless:\n%.*s",
				mutations[i].kind, STR_ARG(mutations[i].name), STR_ARG(text));
}

static void expect_promises(
	struct arena *arena, const struct procedure *procedure, const struct procedures *all, struct str text)
{
	struct simulate_order order = {.seed = seed, .runs = RUNS, .offset_minutes = 480};
	struct simulation played;

	assert_int_equal(instant_parse(STR("2019-02-18 09:00"), 480, &order.begin, NULL), ERR_OK);
	order.calendar = calendar_china();
	played = procedure_simulate(arena, procedure, all, &order);
	if (!played.kept)
		fail_msg("this is proved sound, but in run %lld of seed %llu %s: %.*s\n%.*s%.*s",
			(long long)played.run, (unsigned long long)seed, promise_name(played.promise),
			STR_ARG(played.why.en), STR_ARG(played.trace), STR_ARG(text));
}

/* True when it is sound, and then it keeps what a sound one promises. */
static bool judge(struct arena *arena, struct str text)
{
	struct proof proof = proof_of_text(arena, "hunted.yaml", text);
	struct str said = proof_print(arena, &proof.findings);

	assert_true(utf8_is_valid(said));
	if (proof.findings.count > 0)
		return false;
	expect_parts_needed(arena, proof.all.items[0], &proof.all, text);
	expect_promises(arena, proof.all.items[0], &proof.all, text);
	return true;
}

static void what_is_proved_sound_keeps_every_promise_however_it_was_come_by(void **state)
{
	struct arena *kept = arena_new(), *arena = arena_new();
	struct chance chance = {seed};
	size_t count, sound = 0;
	const struct source *sources = sources_read(kept, &count);

	(void)state;
	assert_true(count > 20);
	struct str from = sources[0].text;

	for (size_t i = 0; i < tries; i++) {
		struct str text = from, before;
		size_t changes = 1 + chance_below(&chance, 3);

		for (size_t k = 0; k < changes; k++) {
			before = text;
			text = changed(arena, text, &chance);
			if (text.size > LONGEST)
				text = before;
		}
		/* From what is sound the walk goes on, for a while; so it comes far from where it began. */
		if (judge(arena, text)) {
			sound++;
			from = str_copy(kept, text);
		}
		if (chance_below(&chance, WALK) == 0)
			from = sources[chance_below(&chance, count)].text;
		arena_clear(arena);
	}
	printf("%zu definitions, %zu of them sound\n", tries, sound);
	assert_true(sound * 50 > tries);
	arena_free(arena);
	arena_free(kept);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_proved_sound_keeps_every_promise_however_it_was_come_by),
	};

	if (argc < 2)
		return 2;
	root = argv[1];
	if (argc > 3) {
		seed = strtoull(argv[2], NULL, 10);
		tries = strtoul(argv[3], NULL, 10);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
