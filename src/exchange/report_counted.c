/* report_counted.c: which matters a definition counts as what a report is about (`counts_as`), and what their
 * fields say of it. */
#include "exchange/report_made.h"

const struct procedure *counted_next(const struct making *making, enum count_kind as, size_t *at)
{
	while (*at < making->ask->in_force_count) {
		const struct procedure *procedure = making->ask->in_force[(*at)++].procedure;

		if (procedure->counts_as.place.line > 0 && procedure->counts_as.as == as)
			return procedure;
	}
	return NULL;
}

const struct procedure *counted_by(
	const struct making *making, const struct procedure *in_force, int64_t definition)
{
	const struct procedure *own = making->ask->procedure(making->ask->context, definition);

	return own != NULL && own->counts_as.place.line > 0 && own->counts_as.as == in_force->counts_as.as
		       ? own
		       : in_force;
}

enum err counted_list(
	const struct making *making, enum count_kind as, struct counted_line **ret_lines, size_t *ret_count)
{
	const struct report_ask *ask = making->ask;
	const struct procedure *procedure;
	struct counted_line *counted = NULL;
	size_t count = 0, capacity = 0, at = 0;

	while ((procedure = counted_next(making, as, &at)) != NULL) {
		struct kept_line *lines;
		size_t line_count;

		TRY(store_kept_list(ask->store, ask->arena, ask->viewer, procedure->name, &lines, &line_count,
			making->reterr));
		for (size_t i = 0; i < line_count; i++)
			*ARENA_PUSH(ask->arena, counted, count, capacity) = (struct counted_line){
				lines[i], counted_by(making, procedure, lines[i].definition)};
	}
	*ret_lines = counted;
	*ret_count = count;
	return ERR_OK;
}

const struct doc *counted_says(const struct procedure *by, enum count_part part, const struct doc *fields)
{
	return procedure_says(by, by->counts_as.fields[part], fields);
}

int64_t counted_unit(const struct procedure *by, enum count_part part, const struct doc *fields)
{
	const struct doc *said = counted_says(by, part, fields);

	return said == NULL ? 0 : said->number;
}

struct str counted_text(const struct procedure *by, enum count_part part, const struct doc *fields)
{
	const struct doc *said = counted_says(by, part, fields);

	return said == NULL ? STR("") : said->text;
}
