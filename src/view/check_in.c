/* check_in.c: whoever is expected where people check in, and whether they have. */
#include "view/check_in.h"

void check_in_put(const struct teller *teller, const struct matter *matter, int64_t person, struct day today,
	struct json_out *out)
{
	const struct procedure *procedure = matter->procedure;
	const struct org *org = teller->institution->org;
	struct bh_err why;

	if (procedure->check_in.place.line == 0)
		return;
	const struct doc *expected = check_in_expected(teller->arena, procedure, matter->fields, org, today);
	size_t came = 0;
	bool goes_on = check_in_time(matter, today, &why) == ERR_OK;

	for (size_t i = 0; i < expected->count; i++)
		came += check_in_came(procedure, matter->fields, expected->items[i].number);
	json_out_key(out, "check_in");
	json_out_open(out, '{');
	json_out_field_bool(out, "goes_on", goes_on);
	if (!goes_on)
		json_out_field_text(out, "why", str_from(tell_either(teller, why.text_zh, why.text)));
	json_out_field_bool(out, "keeps", check_in_keeper(matter, person, org, today, &why) == ERR_OK);
	json_out_field_bool(out, "expected", check_in_expects(teller->arena, matter, person, org, today));
	json_out_field_bool(out, "came", check_in_came(procedure, matter->fields, person));
	json_out_field_int(out, "expected_count", (int64_t)expected->count);
	json_out_field_int(out, "came_count", (int64_t)came);
	json_out_close(out, '}');
}
