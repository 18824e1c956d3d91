/* unknown.c: a wrong name answered with the nearest right one. */
#include "view/unknown.h"

enum err unknown_set(struct bh_err *reterr, struct arena *arena, enum err code, const char *place,
	const struct unknown *unknown, struct str name, const char *const *names, size_t count)
{
	const char *nearest = str_nearest(arena, name, names, count);
	struct buf zh = buf_new(arena), en = buf_new(arena);

	buf_puts(&zh, unknown->zh);
	buf_puts(&en, unknown->en);
	if (nearest != NULL) {
		buf_format(&zh, ";是否应为 %s", nearest);
		buf_format(&en, "; did you mean %s", nearest);
	}
	if (unknown->how_en[0] != '\0') {
		buf_format(&zh, ":%s", unknown->how_zh);
		buf_format(&en, ": %s", unknown->how_en);
	}
	return err_set_both(reterr, code, place, buf_str(&zh).data, buf_str(&en).data);
}

const char *unknown_list(struct arena *arena, const char *before, const char *const *names, size_t count)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, before);
	for (size_t i = 0; i < count; i++)
		buf_format(&buf, "%s %s", i == 0 ? "" : ",", names[i]);
	return buf_str(&buf).data;
}
