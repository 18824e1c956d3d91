/* command_show.c: one matter, for people or for programs. */
#include "cli/show.h"

#include <stdio.h>

static enum err print_json(const struct matter_view *view, struct bh_err *reterr)
{
	struct buf buf = buf_new(view->teller.arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	TRY(matter_view_put(view, &out, reterr));
	if (!view->door) {
		json_out_key(&out, "history");
		json_out_open(&out, '[');
		for (size_t i = 0; i < view->event_count; i++)
			matter_view_put_event(view, &view->events[i], true, &out);
		json_out_close(&out, ']');
	}
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
	return ERR_OK;
}

/* Whom a compartment is about is told at the shell what they are told on the screen. */
static enum err show(struct house *house)
{
	struct call *call = house->call;
	struct matter_ask ask = {.teller = house->teller, .store = house->store, .now = house->now};
	struct viewer viewer = {.today = house->today};
	struct matter_view view;
	bool door = false;
	int64_t id;

	if (option_given(call, "as"))
		TRY(house_person(house, NULL, &ask.person));
	TRY(house_matter_id(house, call->arguments[1], &id));
	if (ask.person != 0)
		TRY(house_at_door(house, ask.person, id, &door));
	viewer.person = ask.person;
	if (door)
		ask.viewer = &viewer;
	TRY(door ? matter_door_read(&ask, id, &view, &call->why)
		 : matter_view_read(&ask, id, &view, &call->why));
	if (call->json)
		return print_json(&view, &call->why);
	if (door)
		show_print_door(&view);
	else
		show_print_text(&view);
	return ERR_OK;
}

enum err command_show(struct call *call)
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = show(&house);

	house_close(&house);
	return err;
}
