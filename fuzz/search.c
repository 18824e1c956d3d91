/* Words that are searched for: whatever was typed is no syntax, and what a question finds in a text is found
 * there again by both ways of asking. The first line is what was typed, the rest a text. */
#include "store/bigram.h"

#include "fuzz.h"

/* Only words in quotes, and the marks that we put. */
static void look_at_question(struct str question)
{
	bool quoted = false;

	REQUIRE(utf8_is_valid(question));
	for (size_t i = 0; i < question.size; i++) {
		char c = question.data[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted)
			REQUIRE(c == ' ' || c == '*' || c == '+' || (c >= 'A' && c <= 'Z'));
	}
	REQUIRE(!quoted);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str text = fuzz_text(bytes, size), typed = STR("");
	size_t from, to;

	(void)str_cut(&text, '\n', &typed);
	/* Both come out of JSON or of an address, which are UTF-8. */
	if (!utf8_is_valid(text) || !utf8_is_valid(typed)) {
		arena_free(arena);
		return 0;
	}
	struct str question = bigram_question(arena, typed);

	if (question.data != NULL) {
		struct bigram_asked *asked = bigram_asked_new(question);

		look_at_question(question);
		REQUIRE(asked != NULL);
		bool all = bigram_asked_in(asked, &text, 1),
		     first = bigram_find(arena, text, typed, &from, &to);

		REQUIRE(!first || (from < to && to <= text.size));
		REQUIRE(!all || first);
		bigram_asked_free(asked);
	}
	struct bigram_asked *any = bigram_asked_new(typed);

	bigram_asked_free(any);
	arena_free(arena);
	return 0;
}
