/* Votes: what a ballot asks as JSON, a paper count, lists of codes; and lines as they are counted anew. What
 * is taken adds up. The first line is the ballot, the second a paper count, the third lists of codes, the
 * rest lines. */
#include "grasp/ballot.h"

#include "fuzz.h"

static void try_paper(struct arena *arena, const struct ballot *ballot, struct str text)
{
	struct ballot_count *counts;
	struct ballot_tally tally;
	struct bh_err why = {0};
	struct doc *tree;

	if (doc_read(arena, text, &tree, &why) != ERR_OK ||
		ballot_paper_read(arena, ballot, tree, &counts, &why) != ERR_OK)
		return;
	ballot_tally(arena, ballot, NULL, 0, NULL, 0, counts, &tally);
	int64_t returned = 0;

	for (size_t i = 0; i < ballot->group_count; i++)
		returned += counts[i].returned;
	REQUIRE(tally.returned == returned && tally.why_void < BALLOT_VOID_COUNT);
}

static void try_codes(struct arena *arena, const struct ballot *ballot, struct str text)
{
	struct ballot_code *codes;
	struct bh_err why = {0};
	struct doc *tree;
	size_t count;

	if (doc_read(arena, text, &tree, &why) != ERR_OK ||
		ballot_codes_read(arena, ballot, tree, &codes, &count, &why) != ERR_OK)
		return;
	for (size_t i = 0; i < count; i++)
		REQUIRE(ballot_code_find(codes, count, &codes[i].hash) == &codes[i]);
}

static void try_lines(struct arena *arena, const struct ballot *ballot, struct str rest)
{
	struct ballot_line line;
	struct str text;

	while (str_cut(&rest, '\n', &text))
		if (ballot_line_parse(arena, text, &line)) {
			REQUIRE(str_equal(ballot_line_print(arena, &line), text));
			(void)ballot_marks_are_good(ballot, line.marks);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str rest = fuzz_text(bytes, size), spec = STR(""), paper = STR(""), codes = STR("");
	struct ballot ballot = {0};
	struct bh_err why = {0};
	struct doc *tree;

	(void)str_cut(&rest, '\n', &spec);
	(void)str_cut(&rest, '\n', &paper);
	(void)str_cut(&rest, '\n', &codes);
	if (doc_read(arena, spec, &tree, &why) == ERR_OK) {
		if (ballot_read(arena, tree, &ballot, &why) == ERR_OK) {
			REQUIRE(ballot_item_count(&ballot) > 0 && ballot.group_count > 0);
			try_paper(arena, &ballot, paper);
			try_codes(arena, &ballot, codes);
			(void)!ballot_makers_read(tree, &ballot, &why);
			try_lines(arena, &ballot, rest);
		} else {
			REQUIRE(why.text[0] != '\0');
		}
	}
	arena_free(arena);
	return 0;
}
