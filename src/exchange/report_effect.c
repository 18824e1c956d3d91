/* report_effect.c: what was decided and is in effect on a day, on whom, until when, and what it bars. What is
 * over isn't there: it was lifted by itself. */
#include "exchange/report_made.h"

static const struct report_column columns[] = {
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"unit", "单位", "unit"},
	{"person", "人员", "person"},
	{"until", "影响期至", "until"},
	{"days", "剩余天数", "days left"},
	{"bars", "限制", "bars"},
};

static struct str bars_text(const struct making *making, const struct procedure *procedure)
{
	struct buf buf = buf_new(making->ask->arena);

	for (size_t i = 0; i < procedure->effect.bar_count; i++) {
		const struct choice *bar = &procedure->effect.bars[i];

		if (i > 0)
			buf_put(&buf, word_in(making, "、", ", "));
		buf_put(&buf, label_pick(bar->label, bar->name, making->ask->lang));
	}
	return buf_str(&buf);
}

enum err report_effects(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct effect_ask what = {.viewer = ask->viewer,
		.definitions = ask->in_force,
		.definition_count = ask->in_force_count,
		.procedure = ask->procedure,
		.context = ask->context};
	struct day day = day_is_none(ask->at) ? making->today : ask->at;
	struct effect *effects;
	size_t count;

	COLUMNS(making, columns);
	TRY(store_effect_list(ask->store, ask->arena, &what, &effects, &count, making->reterr));
	for (size_t i = 0; i < count; i++) {
		const struct effect *effect = &effects[i];
		const struct person *person = org_person(ask->org, effect->person);

		if (effect->until.number < day.number)
			continue;
		put_text(making, effect->number);
		put_text(making, effect->title);
		put_text(making, unit_name(making, effect->unit));
		put_text(making, person == NULL ? STR("") : person->name);
		put_day(making, effect->until);
		put_number(making, effect->until.number - day.number);
		put_text(making, bars_text(making, effect->procedure));
	}
	return ERR_OK;
}
