/* command_draw.c: a definition as a drawing. */
#include "cli/sources.h"

#include <stdio.h>

enum err command_draw(struct call *call)
{
	static const char *const formats[] = {"svg", "mermaid", "bpmn"};
	static_assert(ARRAY_COUNT(formats) == DRAW_FORMAT_COUNT, "each format has its word");
	const char *format = option_value(call, "format");
	struct str wanted = format == NULL ? STR("svg") : str_from(format);
	struct buf buf = buf_new(call->arena);
	struct sources sources;
	size_t at = 0;

	while (at < DRAW_FORMAT_COUNT && !str_is(wanted, formats[at]))
		at++;
	if (at == DRAW_FORMAT_COUNT)
		return unknown_name(call, ERR_INVALID,
			UNKNOWN("没有这种格式", "there is no such format", "可用 svg、mermaid、bpmn",
				"draw svg, mermaid or bpmn"),
			wanted, formats, DRAW_FORMAT_COUNT);
	TRY(sources_read_one(call, call->arguments[0], &sources));
	procedure_draw(&buf, sources.given.items[0], (enum draw_format)at, lang_of(call), -1);
	fwrite(buf.data, 1, buf.size, stdout);
	return ERR_OK;
}
