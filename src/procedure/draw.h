/* draw.h: what the drawings share: the words, who does what to where, and what is owed. Private to the room.
 */
#ifndef PROCEDURE_DRAW_H
#define PROCEDURE_DRAW_H

#include "procedure/procedure.h"

/* The words of the drawings in one language. */
struct draw_words {
	const char *lang;                         /* for xml:lang */
	const char *open, *close;                 /* around the name of a role or a field */
	const char *now, *begin;                  /* "present", "begin" */
	const char *ends[4];                      /* by enum end_kind */
	const char *evidence;                     /* behind an action that needs it */
	const char *onward, *back, *stays, *owed; /* the legend */
	const char *stop;                         /* behind a sentence */
	const char *colon, *comma;
};

struct drawing {
	struct buf *buf;
	struct arena *arena; /* for what is needed on the way */
	const struct procedure *procedure;
	struct str lang;
	const struct draw_words *words;
	int present; /* state or -1 */
	int *order;  /* the states in reading order: start, the others as the text has them, ends */
	int *rank;   /* for each state its place in `order` */
};

/* All actions that lead from one state to another: drawn as one arrow. */
struct draw_flow {
	int from, to; /* states */
	int *actions;
	size_t action_count, action_capacity;
};

/* The flows between different states, in the order of the text. */
struct draw_flow *draw_flows(const struct drawing *drawing, size_t *ret_count);
/* Does the action leave the matter in this state? */
bool draw_stays(const struct action *action, int state);

/* Labels in the language of the drawing. */
struct str draw_state(const struct drawing *drawing, int state);
struct str draw_action(const struct drawing *drawing, int action);
struct str draw_duty(const struct drawing *drawing, const struct duty_rule *duty);
struct str draw_role(const struct drawing *drawing, int role);
struct str draw_title(const struct drawing *drawing);
/* "3 个工作日内", "within 3 working days", "by \"Due\"", "every month" */
struct str draw_limit(const struct drawing *drawing, const struct limit *limit);
/* "交办(督查室)" */
struct str draw_action_by(const struct drawing *drawing, int action);

/* Text as XML content or attribute: the five marks escaped, what XML 1.0 forbids replaced by U+FFFD. */
void draw_xml(struct buf *buf, struct str text);

/* The three formats. */
void draw_svg(const struct drawing *drawing);
void draw_mermaid(const struct drawing *drawing);
void draw_bpmn(const struct drawing *drawing);

#endif
