/* put.c: what several printings write alike. */
#include "view/put.h"

void put_instant(const struct teller *teller, struct json_out *out, const char *key, struct instant instant)
{
	if (!instant_is_none(instant))
		json_out_field_text(
			out, key, instant_print(teller->arena, instant, teller->institution->offset_minutes));
}

void put_some(struct json_out *out, const char *key, struct str text)
{
	if (text.size > 0)
		json_out_field_text(out, key, text);
}

#define CODE_OF(noun)                                                                                        \
	struct str code_of_##noun(const struct teller *teller, int64_t id)                                   \
	{                                                                                                    \
		const struct noun *found = org_##noun(teller->institution->org, id);                         \
                                                                                                             \
		return found == NULL ? STR("") : found->code;                                                \
	}

CODE_OF(unit)
CODE_OF(post)
CODE_OF(person)

void put_bearer(const struct teller *teller, struct json_out *out, int64_t unit, int64_t post, int64_t person,
	struct day day)
{
	put_some(out, "unit", code_of_unit(teller, unit));
	put_some(out, "post", code_of_post(teller, post));
	put_some(out, "person", code_of_person(teller, person));
	if (unit != 0 || post != 0 || person != 0)
		json_out_field_text(out, "bearer", tell_bearer(teller, unit, post, person, day));
}

struct str pick_label(const struct teller *teller, struct label label, struct str name)
{
	return label_pick(label, name, teller_lang(teller));
}
