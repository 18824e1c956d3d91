/* Rules (规章制度): a file with its head, and texts taken apart and compared: no word is lost or made up. A
 * line of `%` parts the newer text from the older. */
#include "exchange/rule_file.h"
#include "grasp/rule_text.h"

#include "fuzz.h"

#include <string.h>

/* Those that aren't `left_out`, one behind the other. */
static struct str words_but(
	struct arena *arena, const struct marked_words *words, size_t count, enum word_mark left_out)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < count; i++)
		if (words[i].mark != left_out)
			buf_put(&buf, words[i].text);
	return buf_str(&buf);
}

static void look_at_text(const struct rule_text *text)
{
	REQUIRE(text->count <= RULE_PARTS_MAX && rule_article_count(text) <= text->count);
	for (size_t i = 0; i < text->count; i++)
		REQUIRE(text->parts[i].kind < RULE_PART_KIND_COUNT);
}

static void compare(struct arena *arena, const struct rule_text *before, const struct rule_text *after)
{
	struct rule_difference *found;
	size_t count, older = 0, newer = 0;

	rule_compare(arena, before, after, &found, &count);
	for (size_t i = 0; i < count; i++) {
		older += found[i].before != NULL;
		newer += found[i].after != NULL;
		if (found[i].change != RULE_CHANGED)
			continue;
		REQUIRE(str_equal(words_but(arena, found[i].words, found[i].word_count, WORDS_ADDED),
			found[i].before->text));
		REQUIRE(str_equal(words_but(arena, found[i].words, found[i].word_count, WORDS_REMOVED),
			found[i].after->text));
	}
	REQUIRE(older == before->count && newer == after->count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str input = fuzz_text(bytes, size);
	size_t cut = str_find(input, STR("\n%\n"));
	struct csv_errors errors = csv_errors_new(arena, STR("any.md"));
	struct rule_text before, after;
	struct rule_file file;
	struct bh_err why = {0};

	rule_file_read(arena, input, &file, &errors);
	for (size_t i = 0; i < errors.count; i++)
		REQUIRE(utf8_is_valid(csv_error_print(arena, &errors, i)));
	if (errors.count == 0 && file.written != NULL)
		REQUIRE(utf8_is_valid(rule_file_print(arena, file.written)));
	struct str older = cut == SIZE_MAX ? STR("") : str_slice(input, 0, cut),
		   newer = cut == SIZE_MAX ? input : str_slice(input, cut + 3, input.size);

	if (rule_text_read(arena, newer, &after, &why) != ERR_OK) {
		REQUIRE(why.text[0] != '\0');
	} else {
		look_at_text(&after);
		if (rule_text_read(arena, older, &before, &why) == ERR_OK)
			compare(arena, &before, &after);
	}
	arena_free(arena);
	return 0;
}
