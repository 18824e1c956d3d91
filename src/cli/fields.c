/* fields.c: what was typed as field=value. */
#include "cli/house.h"

#include <string.h>

/* By its name, or by the label that people see. */
static const struct field *find_field(const struct field *fields, size_t count, struct str name)
{
	for (size_t i = 0; i < count && name.size > 0; i++)
		if (str_equal(fields[i].name, name) || str_equal(fields[i].label.zh, name) ||
			str_equal(fields[i].label.en, name))
			return &fields[i];
	return NULL;
}

static enum err unknown_field(struct call *call, const struct field *fields, size_t count, struct str name)
{
	const char **names = ARENA_TAKE(call->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++)
		names[i] = str_copy(call->arena, fields[i].name).data;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这个字段", "there is no such field here",
			count == 0 ? "这里不填字段" : name_list(call, "可填", names, count),
			count == 0 ? "it takes none" : name_list(call, "it takes", names, count)),
		name, names, count);
}

/* Another matter may be given by its number, which is what people know. */
static enum err read_value(
	struct house *house, const struct field *field, struct str typed, struct doc **ret_value)
{
	struct call *call = house->call;
	int64_t id;

	if (field->type == FIELD_MATTER) {
		TRY(house_matter_id(house, str_copy(call->arena, typed).data, &id));
		*ret_value = doc_int(call->arena, id);
		return ERR_OK;
	}
	return field_value_read(call->arena, field, house->institution.org, typed, ret_value, &call->why);
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
		if (doc_get_str(object, field->name) != NULL)
			return err_set(&call->why, ERR_INVALID, str_copy(call->arena, name).data,
				"it is given twice: give it once");
		TRY(read_value(house, field, rest, &value));
		doc_set_str(call->arena, object, field->name, value);
	}
	*ret_fields = object;
	return ERR_OK;
}
