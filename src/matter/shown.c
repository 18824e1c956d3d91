/* shown.c: columns of type file: which of the files that are shown in a matter shows this row. A row names
 * the file of the act, or one that was shown before, by its name or by its hash; recorded is the hash. */
#include "matter/engine.h"

static bool has_file_column(const struct field *field)
{
	for (size_t i = 0; i < field->column_count; i++)
		if (field->columns[i].type == FIELD_FILE)
			return true;
	return false;
}

bool fields_name_files(const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (has_file_column(&fields[i]))
			return true;
	return false;
}

/* The newest of that name or hash, or NULL. */
static const struct evidence_item *find_file(
	const struct evidence_item *items, size_t count, struct str named)
{
	for (size_t i = count; i > 0; i--)
		if (str_equal(items[i - 1].hash, named) || str_equal(items[i - 1].name, named))
			return &items[i - 1];
	return NULL;
}

static enum err name_file(struct draft *draft, const struct field *field, size_t row, struct doc *cell)
{
	const struct command *command = draft->command;
	const struct world *world = draft->world;
	const struct evidence_item *item = find_file(command->evidence, command->evidence_count, cell->text);

	if (item == NULL)
		item = find_file(world->evidence, world->evidence_count, cell->text);
	if (item == NULL)
		return err_set(draft->reterr, ERR_INVALID, field->name.data,
			"row %zu: no file '%.*s' is shown here: attach it, or name one that is", row + 1,
			STR_ARG(str_slice(cell->text, 0, 80)));
	*cell = *doc_text(draft->arena, item->hash);
	return ERR_OK;
}

static enum err name_in_rows(struct draft *draft, const struct field *field, struct doc *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		for (size_t k = 0; k < field->column_count; k++) {
			struct doc *cell =
				(struct doc *)(uintptr_t)doc_get_str(&rows->items[i], field->columns[k].name);

			if (cell != NULL && field->columns[k].type == FIELD_FILE && cell->text.size > 0)
				TRY(name_file(draft, field, i, cell));
		}
	return ERR_OK;
}

enum err draft_files(struct draft *draft, const struct field *fields, size_t count)
{
	struct command *command;

	if (draft->command->fields == NULL || draft->world->values_unjudged ||
		!fields_name_files(fields, count))
		return ERR_OK;
	command = ARENA_TAKE(draft->arena, 1, struct command);
	*command = *draft->command;
	command->fields = doc_copy(draft->arena, draft->command->fields);
	for (size_t i = 0; i < count; i++) {
		struct doc *rows = (struct doc *)(uintptr_t)doc_get_str(command->fields, fields[i].name);

		if (rows != NULL && rows->kind == DOC_LIST && has_file_column(&fields[i]))
			TRY(name_in_rows(draft, &fields[i], rows));
	}
	draft->command = command;
	return ERR_OK;
}
