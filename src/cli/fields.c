/* fields.c: what was typed as field=value. */
#include "cli/house.h"

#include <string.h>

static const struct field *find_field(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(fields[i].name, name) || str_equal(fields[i].label.zh, name))
			return &fields[i];
	return NULL;
}

static enum err unknown_field(struct call *call, const struct field *fields, size_t count, struct str name)
{
	const char **names = ARENA_TAKE(call->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++)
		names[i] = str_copy(call->arena, fields[i].name).data;
	const char *nearest = str_nearest(call->arena, name, names, count);

	return err_set(&call->why, ERR_INVALID, str_copy(call->arena, name).data,
		"there is no such field here%s%s", nearest != NULL ? "; did you mean " : "",
		nearest != NULL ? nearest : "");
}

enum err read_fields(struct house *house, const struct field *fields, size_t field_count,
	size_t first_argument, struct doc **ret_fields)
{
	struct call *call = house->call;
	struct doc *object = doc_object(call->arena);

	for (size_t i = first_argument; i < call->count; i++) {
		struct str rest = str_from(call->arguments[i]), name;
		struct doc *value;

		if (strchr(call->arguments[i], '=') == NULL)
			return err_set(
				&call->why, ERR_INVALID, call->arguments[i], "write it as field=value");
		(void)str_cut(&rest, '=', &name);
		const struct field *field = find_field(fields, field_count, name);

		if (field == NULL)
			return unknown_field(call, fields, field_count, name);
		TRY(field_value_read(call->arena, field, house->org, rest, &value, &call->why));
		doc_set_str(call->arena, object, field->name, value);
	}
	*ret_fields = object;
	return ERR_OK;
}
