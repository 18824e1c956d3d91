/* command_simulate.c: random runs of a definition, which must end and keep what we promise. */
#include "cli/house.h"
#include "cli/sources.h"
#include "matter/simulate.h"

#include <stdio.h>

#define OFFSET_CHINA 480 /* minutes: the calendar that is shipped is China's */

/* The same seed gives the same runs in every year: they begin on one fixed day unless --now says another. */
static enum err begin(struct call *call, struct instant *ret_begin)
{
	struct bh_err why;

	if (option_given(call, "now"))
		return call_now(call, OFFSET_CHINA, ret_begin);
	return instant_parse(STR("2019-03-04 09:00"), OFFSET_CHINA, ret_begin, &why);
}

static void print_json(struct call *call, const struct simulation *simulation)
{
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_int(&out, "runs", simulation->runs);
	json_out_field_int(&out, "steps", simulation->steps);
	json_out_field_int(&out, "refusals", simulation->refusals);
	json_out_field_int(&out, "breaches", simulation->breaches);
	json_out_field_int(&out, "opened", simulation->opened);
	json_out_field_bool(&out, "kept", simulation->kept);
	if (!simulation->kept) {
		json_out_field_text(&out, "promise", str_from(promise_name(simulation->promise)));
		json_out_field_int(&out, "run", simulation->run);
		json_out_field_text(&out, "why", label_pick(simulation->why, STR("?"), lang_of(call)));
		json_out_field_text(&out, "trace", simulation->trace);
	}
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
}

static void print_text(struct call *call, const struct simulation *simulation)
{
	printf(say(call, "运行 %s 次,%s 步;依规拒绝 %s 次;失责 %s 次;自动立项 %s 件\n",
		       "%s, %s; %s, as it must be; %s; %s opened\n"),
		counted(call, (size_t)simulation->runs, "run", "runs"),
		counted(call, (size_t)simulation->steps, "step", "steps"),
		counted(call, (size_t)simulation->refusals, "refusal", "refusals"),
		counted(call, (size_t)simulation->breaches, "breach", "breaches"),
		counted(call, (size_t)simulation->opened, "matter", "matters"));
	for (int i = 0; i < PROMISE_COUNT; i++) {
		bool broken = !simulation->kept && simulation->promise == (enum promise)i;
		struct label label = promise_label((enum promise)i);

		if (simulation->kept || broken)
			printf("  %s  %.*s\n",
				broken ? say(call, "违背", "broken") : say(call, "守住", "kept"),
				STR_ARG(label_pick(label, STR("?"), lang_of(call))));
	}
	if (simulation->kept)
		return;
	printf("%.*s\n%.*s", STR_ARG(label_pick(simulation->why, STR("?"), lang_of(call))),
		STR_ARG(simulation->trace));
}

enum err command_simulate(struct call *call)
{
	struct simulate_order order = {.offset_minutes = OFFSET_CHINA, .calendar = calendar_china()};
	struct sources sources;
	int64_t seed;

	TRY(option_number(call, "seed", 1, &seed));
	TRY(option_number(call, "runs", 100, &order.runs));
	TRY(begin(call, &order.begin));
	order.seed = (uint64_t)seed;
	TRY(sources_read_one(call, call->arguments[0], &sources));
	struct simulation simulation =
		procedure_simulate(call->arena, sources.given.items[0], &sources.fellows, &order);

	if (call->json)
		print_json(call, &simulation);
	else
		print_text(call, &simulation);
	call->answered = true;
	return simulation.kept ? ERR_OK : ERR_REFUSED;
}
