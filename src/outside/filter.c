/* filter.c: see filter.h. */
#include "outside/filter.h"

#include <string.h>

struct str filter_escape(struct arena *arena, struct str value)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < value.size; i++) {
		unsigned char c = (unsigned char)value.data[i];

		/* More than must be: whatever could mean something to some server. */
		if (c <= ' ' || c >= 0x7f || strchr("*()\\&|!=<>~/,+\"#;", c) != NULL)
			buf_format(&buf, "\\%02x", c);
		else
			buf_put_char(&buf, (char)c);
	}
	return buf_str(&buf);
}

struct str filter_fill(struct arena *arena, struct str filter, struct str name)
{
	struct buf buf = buf_new(arena);
	struct str escaped = filter_escape(arena, name), mark = STR("{name}");

	for (size_t at; (at = str_find(filter, mark)) != SIZE_MAX;) {
		buf_put(&buf, str_slice(filter, 0, at));
		buf_put(&buf, escaped);
		filter = str_slice(filter, at + mark.size, filter.size);
	}
	buf_put(&buf, filter);
	return buf_str(&buf);
}
