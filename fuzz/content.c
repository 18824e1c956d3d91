/* Files that are sent as evidence: what is taken is of a kind that has a name, under a name that is one line.
 * The first line is the name, the rest the file. */
#include "exchange/content.h"

#include "fuzz.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct str file = fuzz_text(bytes, size), line, name;
	struct content content;
	struct bh_err why = {0};

	(void)str_cut(&file, '\n', &line);
	if (size == 0 || file_name_clean(line, &name, &why) != ERR_OK) {
		arena_free(arena);
		return 0;
	}
	REQUIRE(name.size > 0 && name.size <= FILE_NAME_BYTES_MAX && utf8_is_valid(name));
	REQUIRE(memchr(name.data, '/', name.size) == NULL && memchr(name.data, '\\', name.size) == NULL);
	if (content_judge(arena, file, name, &content, &why) == ERR_OK)
		REQUIRE(content.media != NULL && content.media[0] != '\0');
	else
		REQUIRE(strcmp(why.place, "file") == 0 && why.text[0] != '\0');
	arena_free(arena);
	return 0;
}
