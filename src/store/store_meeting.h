/* store_meeting.h: meetings, what they decided, and what was done against the rules of its procedure, as it
 * is read. A meeting is a matter: who may see one is what says who may see a matter. */
#ifndef STORE_STORE_MEETING_H
#define STORE_STORE_MEETING_H

#include "store/store.h"

/* A meeting, or an item that one decided, that stands under a day. */
struct meeting_line {
	struct matter_line line;
	struct day held_on;
	int64_t body, whole;     /* the unit that meets; the meeting of which it is an item; 0: none */
	struct str kind, fields; /* fields: of the matter, as JSON */
	int64_t items, tasks, tasks_done, tasks_overdue, irregularities; /* with those of its items */
};
struct meeting_query {
	int64_t body;
	struct str kind, state, procedure;
	struct day from, until; /* held on a day from here on, and before there; DAY_NONE: any */
	int64_t limit;
};
/* A page of what the viewer sees, the latest first. An item of a meeting that they see stands with it, unless
 * its kind or procedure is asked for. */
MUST_CHECK enum err store_meeting_page(struct store *store, struct arena *arena, const struct viewer *viewer,
	const struct meeting_query *query, const struct page_after *after, struct meeting_line **ret_lines,
	size_t *ret_count, struct page_after *ret_next, struct bh_err *reterr);
/* One meeting and its items, as far as the viewer sees them; nothing where they don't see the meeting. */
MUST_CHECK enum err store_meeting_items(struct store *store, struct arena *arena, const struct viewer *viewer,
	int64_t matter, struct meeting_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
/* All that was held in a time, items too, by day and meeting; what is counted is each one's own. */
MUST_CHECK enum err store_decision_list(struct store *store, struct arena *arena, const struct viewer *viewer,
	struct day from, struct day until, struct meeting_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

/* An act that was done against a rule of its procedure: whose breach it is, and what was said of it. */
struct irregularity_line {
	int64_t matter, definition, index, unit, post, person;
	int check; /* of the action, in the definition */
	struct str number, title, action;
	struct instant time;
	int64_t answer, answer_post; /* 0: nobody owes one */
	struct str answer_state;     /* state of the duty to answer */
	bool answer_breached;
};
MUST_CHECK enum err store_irregularity_list(struct store *store, struct arena *arena,
	const struct viewer *viewer, struct instant from, struct instant until,
	struct irregularity_line **ret_lines, size_t *ret_count, struct bh_err *reterr);
/* Of one matter and of its items. */
MUST_CHECK enum err store_irregularity_of(struct store *store, struct arena *arena,
	const struct viewer *viewer, int64_t matter, struct irregularity_line **ret_lines, size_t *ret_count,
	struct bh_err *reterr);

#endif
