/* world.h: a small district in which the engine's tests play, and the words in which they are told.
 *
 * A scene holds one org, one clock, the definitions in force and one matter. Every command goes through
 * scene_do, which holds the engine to its promises each time: a refusal changes nothing, what decide produced
 * can be applied, and replaying all facts from the first gives the same digest.
 *
 * Who is who (persons by their codes; "a for b" is a standing in for b):
 *   committee   lin: secretary, top of the district
 *   government  zhao: vice mayor, leader in charge of water, agri and park
 *   office      he, du, bo: head, deputy and liaison of the supervision office; mei: member, may not act
 *   water       wang, wei, wu: head, deputy and liaison; bo is its second liaison; mo: member
 *   agri        its head's post is vacant, ann (deputy) acts in it
 *   park        its head's post is vacant, pan is the liaison
 *   inspection  ji: head; the accountability office. secretary: shu. appeals: sun */
#ifndef TESTS_MATTER_WORLD_H
#define TESTS_MATTER_WORLD_H

#include "matter/matter.h"

#define OFFSET_CHINA 480

struct scene {
	struct arena *arena;
	struct org *org;
	struct definition definitions[64];
	struct world world;
	struct matter *matter; /* the one being played, NULL before it is opened */
	struct events history; /* of that matter, to replay */
	struct events opened;  /* openings of other matters that it caused */
	struct events last;    /* what the last command brought */
	struct bh_err why;     /* of the last refusal */
	int64_t next_index;
};

/* A district with key_task and accountability in force, on 2019-03-04 at 09:00. */
struct scene *scene_new(void);
void scene_free(struct scene *scene);
/* Put a definition in force: a shipped one by its name, or a text. Fails the test when it can't be read. */
const struct procedure *scene_ship(struct scene *scene, const char *name);
const struct procedure *scene_define(struct scene *scene, const char *yaml);
/* Put every shipped definition that can be read in force instead of the scene's own; what can't be read is
 * printed with its reason and left out. Functions that nobody has are given to the inspection. */
void scene_ship_all(struct scene *scene);
/* Set the clock: "2019-03-04 09:00". Time alone does nothing: scene_clock does. */
void scene_at(struct scene *scene, const char *instant);
/* Let the clock do everything that is due now, in the order of its instants. Returns how many facts. */
int scene_clock(struct scene *scene);
/* Set the clock and let it act. */
int scene_pass(struct scene *scene, const char *instant);

int64_t person_id(const struct scene *scene, const char *code);
int64_t post_id(const struct scene *scene, const char *code);
int64_t unit_id(const struct scene *scene, const char *code);
/* `person` takes over `post` on `day`; whoever held it leaves. "" as person leaves it vacant. */
void scene_appoint(struct scene *scene, const char *post, const char *person, const char *day);
void scene_delegate(
	struct scene *scene, const char *from, const char *to, const char *since, const char *until);

/* "title=河道整治|due=2019-06-28" read as a person would type it; names unknown to `fields` go in as text. */
struct doc *scene_fields(struct scene *scene, const struct field *fields, size_t count, const char *typed);

/* Each returns what decide says; on success the facts have been applied. `who` is a code or "code for code",
 * fields may be NULL. */
enum err scene_do(struct scene *scene, struct command command);
enum err scene_open(struct scene *scene, const char *who, const char *procedure, const char *fields);
enum err scene_act(struct scene *scene, const char *who, const char *action, const char *fields);
enum err scene_act_with(
	struct scene *scene, const char *who, const char *action, const char *fields, size_t evidence);
enum err scene_ask(struct scene *scene, const char *who, const char *request, const char *fields);
enum err scene_grant(struct scene *scene, const char *who, int64_t request, const char *until);
enum err scene_refuse(struct scene *scene, const char *who, int64_t request, const char *text);
enum err scene_say(
	struct scene *scene, enum command_kind kind, const char *who, const char *text, int64_t about);
enum err scene_instruct(struct scene *scene, const char *who, const char *role, const char *text);
enum err scene_resume(struct scene *scene, const char *who);
/* A command of `kind` by `who`, to be filled in and done by scene_do. */
struct command scene_command(const struct scene *scene, enum command_kind kind, const char *who);

/* A key task led by water under zhao, due on `due`, brought to `state` on the present day. */
void scene_key_task(struct scene *scene, const char *state, const char *due);
/* Forget the matter, to begin another. */
void scene_fresh(struct scene *scene);

/* Looking. The duty of that rule that is open or paused, or NULL; of DUTY_DECIDE and DUTY_ANSWER the newest.
 */
const struct duty *scene_duty(const struct scene *scene, const char *rule);
const struct duty *scene_answer(const struct scene *scene);
const struct duty *scene_decision(const struct scene *scene);
const char *scene_state(const struct scene *scene);
/* "2019-03-06", the last day on which it is in time; "" for none. */
const char *due_text(const struct scene *scene, const struct duty *duty);
const char *warn_text(const struct scene *scene, const struct duty *duty); /* the first day of the warning */
const char *lamp_text(struct scene *scene, const char *lang);
/* Was the post told this by the last command? */
bool was_told(const struct scene *scene, const char *post, enum notice_kind kind);
/* The payload of the last command's first fact. */
const struct doc *last_payload(const struct scene *scene);

/* Setting the scene may not fail. */
void scene_must(enum err err, const struct bh_err *why);

/* Expectations that print what was done and why it failed. */
void expect_ok(const char *says, enum err err, const struct scene *scene);
void expect_refused(
	const char *says, enum err err, enum err want, const char *place, const struct scene *scene);
void expect_text(const char *says, const char *is, const char *want);
void expect(const char *says, bool holds);

#endif
