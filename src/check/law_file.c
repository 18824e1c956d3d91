/* law_file.c: a row names only a file that was shown, with the act or in the matter before it. */
#include "check/law.h"

static bool was_shown(const struct case_at_hand *at, struct str hash)
{
	const struct doc *evidence = doc_get(at->payload, "evidence");

	for (size_t i = 0; evidence != NULL && i < evidence->count; i++)
		if (str_equal(doc_get_text(&evidence->items[i], "hash"), hash))
			return true;
	for (size_t i = 0; i < at->of->shown_count; i++)
		if (str_equal(at->of->shown[i], hash))
			return true;
	return false;
}

static enum err judge_row(const struct case_at_hand *at, const struct field *field, const struct doc *row)
{
	for (size_t i = 0; i < field->column_count; i++) {
		const struct doc *cell = field->columns[i].type != FIELD_FILE
						 ? NULL
						 : doc_get_str(row, field->columns[i].name);

		if (cell != NULL && cell->text.size > 0 && !was_shown(at, cell->text))
			return unlawful(at, "files", "a row of %.*s names a file that nobody had shown",
				STR_ARG(field->name));
	}
	return ERR_OK;
}

enum err judge_files(
	const struct case_at_hand *at, const struct field *fields, size_t count, const struct doc *given)
{
	/* What another matter passes on was judged there. */
	if (doc_get(at->payload, "cause") != NULL || !fields_name_files(fields, count))
		return ERR_OK;
	for (size_t i = 0; i < count; i++) {
		const struct doc *rows = doc_get_str(given, fields[i].name);

		for (size_t k = 0; rows != NULL && rows->kind == DOC_LIST && k < rows->count; k++)
			TRY(judge_row(at, &fields[i], &rows->items[k]));
	}
	return ERR_OK;
}

void law_keep_files(const struct case_at_hand *at)
{
	const struct doc *evidence = doc_get(at->payload, "evidence");
	struct law_matter *of = at->of;

	if (!fields_name_files(at->procedure->fields, at->procedure->field_count))
		return;
	for (size_t i = 0; evidence != NULL && i < evidence->count; i++)
		*ARENA_PUSH(at->law->arena, of->shown, of->shown_count, of->shown_capacity) =
			str_copy(at->law->arena, doc_get_text(&evidence->items[i], "hash"));
}
