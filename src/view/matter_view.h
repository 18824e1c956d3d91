/* matter_view.h: all that is to be known of one matter, gathered once and then printed for people or for
 * programs. */
#ifndef VIEW_MATTER_VIEW_H
#define VIEW_MATTER_VIEW_H

#include "store/store_rule.h"
#include "view/teller.h"

struct view_event {
	int64_t index;
	struct instant time;
	enum event_kind kind;
	const struct doc *payload; /* an empty object when it is gone */
};

/* A request and what became of it, put together from the history. */
struct view_request {
	int64_t id;
	const struct request_rule *rule;          /* NULL when the definition has none of that name */
	const struct view_event *asked, *decided; /* decided: NULL while it waits, or when it lapsed */
	enum request_state state;
};

/* A post changed hands while it bore duties of this matter: from whom to whom (0: nobody). */
struct view_handover {
	struct day day; /* the first of the new holder */
	int64_t post, before, after;
	struct str duties; /* "3, 4" */
};

/* What was told to whom a compartment is about: what they did themselves, or what was served on them. */
struct view_told {
	const struct view_event *event;
	bool own;
	const struct field *fields;
	size_t field_count;
	const struct doc *values; /* NULL: none */
};

/* What a matter is asked about. All of it is borrowed and must outlive the view; `teller`'s arena holds it.
 */
struct matter_ask {
	struct teller teller;
	struct store *store;
	struct instant now;
	int64_t person;              /* what may this person do in it? 0: nobody asks */
	const struct viewer *viewer; /* who is shown it; NULL: the operator, who has the machine */
};

#define VIEW_PARTS_MAX 200 /* shown to a viewer beside the matter itself */

struct matter_view {
	struct teller teller;
	struct store *store;
	struct instant now;
	struct day today;
	struct matter *matter;
	int64_t version; /* of what is shown, for If-Match: the matter's; at the door a figure of its own */
	bool door;       /* cut down to what whom it is about is told (matter_door_read) */
	struct view_told *told; /* only at the door, in the order of the record */
	size_t told_count, told_capacity;
	struct lamp lamp;
	struct world world;
	const struct viewer *viewer; /* NULL: nothing is hidden */
	const struct matter *parent; /* NULL when it is no part, or of what is hidden */
	int64_t person;              /* 0: nobody asks */
	const struct possible *possible;
	size_t possible_count;
	struct duty *duties; /* every one there ever was, by id */
	size_t duty_count;
	struct matter_line *parts;
	size_t part_count;
	bool more_parts;        /* than are here */
	struct rule_tie *rules; /* that it made, that arose from it */
	size_t rule_count;
	struct link_line *links;
	size_t link_count;
	struct stored_item *packages; /* files between levels that speak of it … */
	size_t package_count;
	struct peer *peers; /* … and with whom, by id - 1 */
	struct evidence_item *evidence;
	size_t evidence_count;
	struct view_event *events; /* all of them, or a page (matter_history_read) */
	size_t event_count;
	bool more_events;           /* behind this page */
	struct view_event *origins; /* those that opened a duty which the page names and are not on it */
	size_t origin_count, origin_capacity;
	struct view_request *requests;
	size_t request_count, request_capacity;
	struct view_handover *handovers; /* in the order of their days */
	size_t handover_count, handover_capacity;
};

/* Gather it. ERR_NOT_FOUND when there is no such matter, or none that the viewer sees: the same to whoever
 * asks.
 */
MUST_CHECK enum err matter_view_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr);
/* A page of its history, with what is needed to tell it: duties, names of requests, and nothing else. */
MUST_CHECK enum err matter_history_read(const struct matter_ask *ask, int64_t matter,
	const struct event_place *place, struct matter_view *ret_view, struct bh_err *reterr);
/* For the viewer that a compartment is about: its number and procedure, what was told to them and what they
 * did, what they owe and may do; nothing else, and no figure that moves with anything else. ERR_NOT_FOUND,
 * the same as of what isn't there, when it is about somebody else, or when nothing was told to them yet and
 * nothing is theirs to do. */
MUST_CHECK enum err matter_door_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr);
/* The same for whoever it is about by name, also when they hold no post and stand at no door: to be read. */
MUST_CHECK enum err matter_served_read(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr);
/* What was decided about whoever asks and is or was in effect, and what compartments served on them, the
 * newest first of each, as objects of a list that is open. */
MUST_CHECK enum err decision_list_put(
	const struct matter_ask *ask, struct json_out *out, struct bh_err *reterr);
/* At the door: the members "served" and "written", what was told and what they did themselves. */
void view_put_told(const struct matter_view *view, bool own, struct json_out *out);
/* Whom it is about comes through the door with these actions and requests, and with no others. */
bool door_lets_act(const struct procedure *procedure, int action);
bool door_lets_ask(const struct procedure *procedure, int request);
/* ERR_OK when the viewer (NULL: the operator) sees the matter, else the ERR_NOT_FOUND of matter_view_read. */
MUST_CHECK enum err matter_seen(
	struct store *store, const struct viewer *viewer, int64_t matter, struct bh_err *reterr);
/* Members of a JSON object that is open: names of definitions and codes of the institution, ids of rows, and
 * the words for people; without the history. */
MUST_CHECK enum err matter_view_put(
	const struct matter_view *view, struct json_out *out, struct bh_err *reterr);
/* One event of its history, as an object; `payload`: with all that the record holds of it. */
void matter_view_put_event(
	const struct matter_view *view, const struct view_event *event, bool payload, struct json_out *out);

/* The member "evidence": every showing of a file, which version of what it is, and where else it stands. */
MUST_CHECK enum err matter_view_put_evidence(
	const struct matter_view *view, struct json_out *out, struct bh_err *reterr);
/* Which version of a file view->evidence[at] is, from 1, and its neighbours in time (NULL: none). */
struct view_version {
	int64_t number;
	const struct evidence_item *before, *after;
};
struct view_version view_evidence_version(const struct matter_view *view, size_t at);

/* ---- what the printings ask ---- */

/* The headline of an event: "反馈进展", "失责:按期办结", "申请:延期" … */
struct str view_headline(const struct matter_view *view, const struct view_event *event);
/* A value as people read it: a post with who holds it now, another matter by its number. */
struct str view_value(const struct matter_view *view, const struct field *field, const struct doc *value);
/* Its title; at the door as it was told, else what its procedure is called. */
struct str view_title(const struct matter_view *view);
/* Is a duty open among those that are shown? */
bool view_owes(const struct matter_view *view);
/* Is another matter shown to the one who asks? */
bool view_sees(const struct matter_view *view, int64_t matter);
/* Would the engine take such a word of the person who asks: a note, an urging, an instruction …? */
bool view_may_say(const struct matter_view *view, enum command_kind kind);
/* The matter whose deed or breach opened this one, and what that is called there. False unless the event says
 * so and the other is seen. */
bool view_cause(const struct matter_view *view, const struct view_event *event, struct str *ret_number,
	struct str *ret_name);
/* Who did it, as of that time: "陈静 (区水务局局长)", "… 代 王强", or "by the clock". */
struct str view_actor(const struct matter_view *view, const struct view_event *event);
/* Did whoever reported the matter without a name say it? */
bool view_is_by_reporter(const struct view_event *event);
/* The fields that an event filled in, by the definition of what was done. NULL when it has none. */
const struct field *view_fields(
	const struct matter_view *view, const struct view_event *event, size_t *ret_count);
/* What a duty is called here: of an answer also what it answers. */
struct str view_duty_name(const struct matter_view *view, const struct duty *duty);
/* May the person who asks answer this duty: decide the request, or give the answer, that it waits for? */
bool view_may_answer(const struct matter_view *view, const struct duty *duty);
const struct duty *view_duty(const struct matter_view *view, int64_t id); /* NULL when there is none */
/* "政府督查工作条例 第十八条 (待确认)": of the duty's own rule, else of the procedure; "" for none. */
struct str view_basis(const struct matter_view *view, const struct duty *duty);

/* ---- within the room ---- */

/* All of it, without asking who may see it, within a snapshot. */
MUST_CHECK enum err view_gather(
	const struct matter_ask *ask, int64_t matter, struct matter_view *ret_view, struct bh_err *reterr);
MUST_CHECK enum err view_not_found(struct bh_err *reterr);

/* Events as they are read; view_add_event adds one. */
struct view_events {
	struct arena *arena;
	struct view_event *items;
	size_t count, capacity;
	struct bh_err *why;
};
MUST_CHECK enum err view_add_event(void *context, const struct stored_event *stored);
/* Under which the ledger has it: "m12". */
struct str view_object(const struct matter_view *view);
bool view_event_opens(const struct view_event *event, int64_t duty);

/* The list of values that there are, in words, leaving out what is hidden. */
void view_put_shown(const struct matter_view *view, const struct field *fields, size_t count,
	const struct doc *values, struct json_out *out);

/* Which of its duties passed to whom, by the tenures of the institution (handover.c). */
void view_gather_handovers(struct matter_view *view);

#endif
