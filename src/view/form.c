/* form.c: fields as a screen needs them. */
#include "view/form.h"
#include "view/put.h"

static void put_choices(const struct teller *teller, struct json_out *out, const struct field *field)
{
	json_out_key(out, "choices");
	json_out_open(out, '[');
	for (size_t i = 0; i < field->choice_count; i++) {
		const struct choice *choice = &field->choices[i];

		json_out_open(out, '{');
		json_out_field_text(out, "name", choice->name);
		json_out_field_text(out, "label", pick_label(teller, choice->label, choice->name));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

/* Columns are fields without columns of their own. */
static void put_fields(const struct teller *teller, struct json_out *out, const char *key,
	const struct field *fields, size_t count)
{
	json_out_key(out, key);
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		const struct field *field = &fields[i];

		json_out_open(out, '{');
		json_out_field_text(out, "name", field->name);
		json_out_field_text(out, "label", pick_label(teller, field->label, field->name));
		json_out_field_text(out, "type", str_from(field_type_name(field->type)));
		json_out_field_bool(out, "required", field->required);
		put_some(out, "unit", field->unit);
		if (field->choice_count > 0)
			put_choices(teller, out, field);
		if (field->column_count > 0)
			put_fields(teller, out, "columns", field->columns, field->column_count);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
}

void form_put_fields(
	const struct teller *teller, struct json_out *out, const struct field *fields, size_t count)
{
	put_fields(teller, out, "fields", fields, count);
}

const char *form_evidence(enum evidence evidence)
{
	static const char *const names[] = {
		[EVIDENCE_NONE] = "none", [EVIDENCE_OPTIONAL] = "optional", [EVIDENCE_REQUIRED] = "required"};

	return names[evidence];
}
