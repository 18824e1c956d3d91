/* command_decisions.c: what was decided about a person, as they may read it themselves (view/decision.c). */
#include "cli/house.h"
#include "view/matter_view.h"

#include <stdio.h>

static void tell_shown(const struct doc *list, const char *before)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		printf("%s%.*s  %.*s\n", before, STR_ARG(doc_get_text(&list->items[i], "label")),
			STR_ARG(doc_get_text(&list->items[i], "text")));
}

static void tell_served(const struct call *call, const struct doc *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct doc *event = &list->items[i];
		struct str text = doc_get_text(event, "text");

		/* The minute is enough for people, as bihuan show prints it. */
		struct str time = str_slice(doc_get_text(event, "time"), 0, sizeof "2019-03-05T09:30" - 1);

		printf("  %s %.*s  %.*s\n", say(call, "送达", "served"), STR_ARG(time),
			STR_ARG(doc_get_text(event, "headline")));
		if (text.size > 0)
			printf("      %.*s\n", STR_ARG(text));
		tell_shown(doc_get(event, "shown"), "      ");
	}
}

static void tell_decision(const struct call *call, const struct doc *decision)
{
	struct str state = doc_get_text(decision, "state_label"), until = doc_get_text(decision, "until");

	printf("%.*s  %.*s\n  %.*s", STR_ARG(doc_get_text(decision, "number")),
		STR_ARG(doc_get_text(decision, "title")), STR_ARG(doc_get_text(decision, "procedure_title")));
	if (state.size > 0)
		printf("  %.*s", STR_ARG(state));
	if (until.size > 0)
		printf("  %s %.*s", say(call, "影响期至", "in effect until"), STR_ARG(until));
	if (doc_get_bool(decision, "appeal"))
		printf("  %s", say(call, "目前可以申诉", "open to appeal"));
	putchar('\n');
	tell_shown(doc_get(decision, "shown"), "    ");
	tell_served(call, doc_get(decision, "served"));
}

static enum err decisions(struct house *house)
{
	struct call *call = house->call;
	struct viewer viewer = {.today = house->today};
	struct matter_ask ask = {
		.teller = house->teller, .store = house->store, .viewer = &viewer, .now = house->now};
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct doc *told;

	TRY(house_person(house, NULL, &ask.person));
	viewer.person = ask.person;
	json_out_open(&out, '{');
	json_out_key(&out, "decisions");
	json_out_open(&out, '[');
	TRY(decision_list_put(&ask, &out, &call->why));
	json_out_close(&out, ']');
	json_out_close(&out, '}');
	if (call->json) {
		printf("%s\n", buf_str(&buf).data);
		return ERR_OK;
	}
	TRY(doc_read(call->arena, buf_str(&buf), &told, &call->why));
	const struct doc *list = doc_get(told, "decisions");

	for (size_t i = 0; i < list->count; i++)
		tell_decision(call, &list->items[i]);
	if (list->count == 0)
		puts(say(call, "没有对其作出的处理决定", "nothing was decided about them"));
	return ERR_OK;
}

enum err command_decisions(struct call *call)
{
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_read(call, &house));
	enum err err = decisions(&house);

	house_close(&house);
	return err;
}
