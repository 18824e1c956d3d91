/* Heads of requests, as the library below leaves them: whatever is taken has one reading. The input is the
 * head: a first line, then fields, each ended by a line feed. */
#include "http/head.h"

#include "fuzz.h"

#include <string.h>

static bool is_text(struct str text)
{
	return utf8_is_valid(text) && memchr(text.data, '\0', text.size) == NULL;
}

static void look_at_url(const struct url *url)
{
	REQUIRE(url->segment_count <= URL_SEGMENTS_MAX && url->pair_count <= URL_PAIRS_MAX);
	for (size_t i = 0; i < url->segment_count; i++) {
		REQUIRE(url->segments[i].size == 0 || is_text(url->segments[i]));
		REQUIRE(!str_is(url->segments[i], "..") && !str_is(url->segments[i], "."));
	}
	for (size_t i = 0; i < url->pair_count; i++) {
		REQUIRE(url->pairs[i].name.size == 0 || is_text(url->pairs[i].name));
		REQUIRE(url->pairs[i].value.size == 0 || is_text(url->pairs[i].value));
	}
}

static void read_fields(struct head *head, struct str rest)
{
	struct str line, name;

	while (str_cut(&rest, '\n', &line)) {
		if (head->field_count == HEAD_FIELDS_MAX) {
			head->overflows = true;
			return;
		}
		(void)str_cut(&line, ':', &name);
		head->fields[head->field_count++] = (struct head_field){name, line};
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str rest = fuzz_text(bytes, size), first = STR("");
	struct head head = {.size = size, .exact = true};
	struct bh_err why = {0};

	(void)str_cut(&rest, '\n', &first);
	(void)str_cut(&first, ' ', &head.method);
	(void)str_cut(&first, ' ', &head.target);
	head.version = first;
	read_fields(&head, rest);
	if (head_check(arena, &head, &why) == ERR_OK) {
		REQUIRE(head.has_length || head.length == 0);
		REQUIRE(head.size <= HEAD_SIZE_MAX && !head.overflows);
		look_at_url(&head.url);
	} else {
		REQUIRE(why.place[0] != '\0' && why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
	}
	(void)media_is_json(head_get(&head, "Content-Type"));
	arena_free(arena);
	return 0;
}
