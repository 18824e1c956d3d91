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

void put_bearer(const struct teller *teller, struct json_out *out, int64_t unit, int64_t post, int64_t person,
	struct day day)
{
	const struct org *org = teller->institution->org;

	if (unit != 0)
		json_out_field_text(out, "unit", org_unit(org, unit)->code);
	if (post != 0)
		json_out_field_text(out, "post", org_post(org, post)->code);
	if (person != 0)
		json_out_field_text(out, "person", org_person(org, person)->code);
	if (unit != 0 || post != 0 || person != 0)
		json_out_field_text(out, "bearer", tell_bearer(teller, unit, post, person, day));
}

struct str pick_label(const struct teller *teller, struct label label, struct str name)
{
	return label_pick(label, name, teller_lang(teller));
}
