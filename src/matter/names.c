/* names.c: the words by which the engine's kinds are known in tables, in the ledger and on the screen. */
#include "matter/matter.h"

static const struct event_row {
	const char *wire;
	enum event_object object;
	enum event_class class;
} event_rows[EVENT_KIND_END] = {
#define EVENT(number, NAME, wire, object, class) [number] = {wire, OBJECT_##object, CLASS_##class},
#include "matter/event.def"
#undef EVENT
};
static_assert(EVENT_MATTER_OPENED == 11 && EVENT_MATTER_FOLLOWED == 23 && EVENT_LOOKED == 30,
	"event numbers are history");

const char *event_wire(enum event_kind kind)
{
	REQUIRE(kind < EVENT_KIND_END && event_rows[kind].wire != NULL);
	return event_rows[kind].wire;
}

enum event_object event_object(enum event_kind kind)
{
	REQUIRE(kind < EVENT_KIND_END && event_rows[kind].wire != NULL);
	return event_rows[kind].object;
}

enum event_class event_class(enum event_kind kind)
{
	REQUIRE(kind < EVENT_KIND_END && event_rows[kind].wire != NULL);
	return event_rows[kind].class;
}

bool event_kind_parse(struct str wire, enum event_kind *ret_kind)
{
	for (size_t i = 0; i < EVENT_KIND_END; i++)
		if (event_rows[i].wire != NULL && str_is(wire, event_rows[i].wire)) {
			*ret_kind = (enum event_kind)i;
			return true;
		}
	return false;
}

/* A word of an enum by its number; every enum of the engine has its words here once. */
#define NAMES(function, type, count, ...)                                                                    \
	const char *function(type kind)                                                                      \
	{                                                                                                    \
		static const char *const names[] = {__VA_ARGS__};                                            \
		static_assert(ARRAY_COUNT(names) == (count), "every kind has a name");                       \
		REQUIRE((size_t)kind < ARRAY_COUNT(names));                                                  \
		return names[kind];                                                                          \
	}

NAMES(duty_kind_name, enum duty_kind, DUTY_KIND_COUNT, "rule", "decide", "answer")
NAMES(duty_state_name, enum duty_state, DUTY_STATE_COUNT, "open", "paused", "done", "dropped", "missed")
NAMES(request_state_name, enum request_state, REQUEST_STATE_COUNT, "open", "granted", "refused", "lapsed")
NAMES(notice_kind_name, enum notice_kind, NOTICE_KIND_COUNT, "duty", "warned", "breached", "urged",
	"instructed", "answered", "requested", "decided", "acted", "added", "irregular", "moved", "ended",
	"begun")
NAMES(command_kind_name, enum command_kind, COMMAND_KIND_COUNT, "open", "act", "note", "urge", "instruct",
	"answer", "request", "decide", "link", "follow", "unfollow", "attend", "warn", "breach", "resume")
NAMES(lamp_colour_name, enum lamp_colour, LAMP_COLOUR_COUNT, "grey", "green", "yellow", "red", "blue")

bool duty_kind_parse(struct str text, enum duty_kind *ret_kind)
{
	for (int kind = 0; kind < DUTY_KIND_COUNT; kind++)
		if (str_is(text, duty_kind_name((enum duty_kind)kind))) {
			*ret_kind = (enum duty_kind)kind;
			return true;
		}
	return false;
}
