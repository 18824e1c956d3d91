/* life_deed.c: what somebody does in one matter of a living demonstration: when, who, what. Most do it in
 * time, a fixed share late, a few not at all. */
#include "cli/life_deed.h"

#define PEOPLE_MAX   32
#define NEVER_SHARE  1 /* of a hundred duties, those that nobody does … */
#define LATE_SHARE   6 /* … and those that are done late */
#define LATE_DAYS    14
#define ASK_SHARE    40 /* of those who would be late, so many ask for more time */
#define ASK_DAYS     4  /* before it is due */
#define GRANT_SHARE  75
#define URGE_SHARE   45
#define SHOW_SHARE   40 /* show evidence that they needn't */
#define SLOW_SHARE   15 /* are far behind their plan */
#define STEP_PERCENT 5

enum spoken { SPOKEN_URGE = 1, SPOKEN_INSTRUCT = 2 };

/* ---- chance ---- */

/* What the luck is for, so that one matter's luck in one thing says nothing of another. */
enum luck { LUCK_WHEN, LUCK_LATE, LUCK_WAY, LUCK_WHO, LUCK_WORD, LUCK_SHOW, LUCK_ASK, LUCK_VOICE, LUCK_PACE };

static size_t luck(const struct matter *matter, int64_t of, enum luck what, size_t below)
{
	const int64_t of_what[] = {matter->id, of, (int64_t)what};
	struct hash hash = hash_bytes(of_what, sizeof of_what);

	return (((size_t)hash.bytes[0] << 16) + ((size_t)hash.bytes[1] << 8) + hash.bytes[2]) % below;
}

/* ---- when ---- */

/* A deed that is the event itself is done on its day, not before. */
static bool is_on_the_day(const struct life_look *look, const struct duty_rule *rule)
{
	struct str action = look->matter->procedure->actions[rule->discharged_by[0]].name;

	return life_word(look->words, look->matter->procedure, action, "when", STR_NONE, 0).size > 0;
}

/* What counts from a day isn't done before that day. */
static struct instant begins(
	const struct life_look *look, const struct duty *duty, const struct duty_rule *rule)
{
	const struct procedure *procedure = look->matter->procedure;
	struct instant begin = duty->armed;
	struct day day;

	if (rule->limit.kind == LIMIT_CALENDAR &&
		day_parse(doc_get_text(look->matter->fields, procedure->fields[rule->limit.field].name.data),
			&day, NULL) == ERR_OK &&
		day_start(day, look->world.offset_minutes).us > begin.us)
		begin = day_start(day, look->world.offset_minutes);
	return begin.us < duty->due.us ? begin : duty->armed;
}

/* Luck, by duty: an answer that is owed always comes in time, and so does what was given more time. */
static size_t lateness(const struct matter *matter, const struct duty *duty)
{
	return duty->kind != DUTY_RULE || duty->extended ? 100 : luck(matter, duty->id, LUCK_WHEN, 100);
}

static bool is_late(const struct matter *matter, const struct duty *duty, const struct duty_rule *rule)
{
	bool comes_round = rule != NULL && rule->limit.kind == LIMIT_EVERY;

	return !comes_round && lateness(matter, duty) < NEVER_SHARE + LATE_SHARE;
}

/* When whoever bears the duty does it; INSTANT_NONE: not in this life. */
static struct instant when_done(const struct life_look *look, const struct duty *duty)
{
	const struct matter *matter = look->matter;
	const struct duty_rule *rule =
		duty->kind == DUTY_RULE ? &matter->procedure->duties[duty->rule] : NULL;
	int64_t begin = rule == NULL ? duty->armed.us : begins(look, duty, rule).us;
	size_t late = luck(matter, duty->id, LUCK_LATE, LATE_DAYS);

	if (lateness(matter, duty) < NEVER_SHARE)
		return INSTANT_NONE;
	if (is_late(matter, duty, rule))
		return (struct instant){duty->due.us + (int64_t)(1 + late) * US_PER_DAY};
	if (rule != NULL && is_on_the_day(look, rule))
		return (struct instant){duty->due.us - US_PER_DAY};
	return (struct instant){begin + (duty->due.us - begin) / 100 * (int64_t)(15 + 6 * late)};
}

/* ---- who ---- */

static size_t add_holder(const struct life_look *look, int64_t post, int64_t *people, size_t count)
{
	const struct tenure *holder = org_holder(look->world.org, post, look->today);

	if (holder == NULL || count == PEOPLE_MAX)
		return count;
	people[count] = holder->person;
	return count + 1;
}

static size_t people_of(const struct life_look *look, const struct bearer *bearer, int64_t people[PEOPLE_MAX])
{
	const struct org *org = look->world.org;
	size_t count = 0;

	if (bearer->person != 0) {
		people[0] = bearer->person;
		return 1;
	}
	if (bearer->unit == 0)
		return bearer->post == 0 ? 0 : add_holder(look, bearer->post, people, 0);
	for (size_t i = 0; i < org_post_count(org); i++) {
		int64_t post = org_post_at(org, i)->id;

		if (org_post_acts_for(org, post, bearer->unit))
			count = add_holder(look, post, people, count);
	}
	return count;
}

/* ---- what ---- */

/* The engine is asked beforehand, by whom it can be done; then it waits for the end of the round. */
static bool give(const struct life_look *look, const struct bearer *bearer, struct life_errand *errand)
{
	int64_t people[PEOPLE_MAX];
	size_t count = people_of(look, bearer, people), first = luck(look->matter, 0, LUCK_WHO, PEOPLE_MAX);

	errand->command.matter = look->matter->id;
	for (size_t i = 0; i < count; i++) {
		struct events events = {0};

		errand->command.person = people[(first + i) % count];
		if (matter_decide(look->matter, &errand->command, &look->world, look->arena, &events, NULL) !=
			ERR_OK)
			continue;
		errand->act = (struct act){.kind = ACT_COMMAND,
			.person = errand->command.person,
			.what.command = &errand->command};
		*look->found = errand;
		return true;
	}
	return false;
}

static struct life_errand *errand_new(const struct life_look *look, enum command_kind kind)
{
	struct life_errand *errand = ARENA_TAKE(look->arena, 1, struct life_errand);

	errand->command.kind = kind;
	return errand;
}

/* A sheet of paper that says what it would be. */
static void show(const struct life_look *look, struct life_errand *errand, const struct action *action)
{
	struct arena *arena = look->arena;
	struct evidence_item *item = ARENA_TAKE(arena, 1, struct evidence_item);
	struct str title = doc_get_text(look->matter->fields, "title");

	if (action->evidence == EVIDENCE_NONE ||
		(action->evidence == EVIDENCE_OPTIONAL &&
			luck(look->matter, look->matter->version, LUCK_SHOW, 100) >= SHOW_SHARE))
		return;
	errand->paper = str_format(arena, "%.*s %.*s\n%.*s（示例）\n%.*s\n", STR_ARG(look->matter->number),
		STR_ARG(title), STR_ARG(label_pick(action->label, action->name, STR("zh"))),
		STR_ARG(day_print(arena, look->today)));
	struct hash hash = hash_bytes(errand->paper.data, errand->paper.size);

	*item = (struct evidence_item){.hash = hex_print(arena, hash.bytes, HASH_SIZE),
		.name = str_format(
			arena, "%.*s.txt", STR_ARG(label_pick(action->label, action->name, STR("zh")))),
		.size = (int64_t)errand->paper.size};
	errand->command.evidence = item;
	errand->command.evidence_count = 1;
}

/* As far as it should be by now, give or take, and never back. */
static int pace(const struct life_look *look)
{
	const struct matter *matter = look->matter;
	int64_t best = 0;

	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];
		int64_t span = duty->due.us - matter->opened.us;

		if (duty->kind == DUTY_RULE && duty->state == DUTY_OPEN && span > best * US_PER_DAY &&
			matter->procedure->duties[duty->rule].limit.kind != LIMIT_EVERY)
			best = span / US_PER_DAY;
	}
	if (best == 0)
		return matter->progress < 0 ? 0 : matter->progress;
	int64_t done =
		(look->world.now.us - matter->opened.us) / US_PER_DAY * 100 / best +
		(luck(matter, 0, LUCK_PACE, 100) < SLOW_SHARE ? -40
							      : (int64_t)luck(matter, 1, LUCK_PACE, 25) - 8);

	done -= done % STEP_PERCENT;
	return (int)(done > 95 ? 95 : done < matter->progress ? matter->progress : done < 0 ? 0 : done);
}

static bool take_action(const struct life_look *look, int index, int progress)
{
	const struct matter *matter = look->matter;
	const struct action *action = &matter->procedure->actions[index];
	struct bearer bearer =
		matter_bearer(matter->procedure, matter->fields, action->by, look->world.org, look->today);
	struct life_errand *errand = errand_new(look, COMMAND_ACT);
	struct life_form form = {look->words, matter, look->world.org, action->name, look->today, progress,
		luck(matter, matter->version, LUCK_WORD, 60)};

	errand->command.name = action->name;
	errand->command.fields = life_fill(look->arena, &form, action->fields, action->field_count);
	show(look, errand, action);
	return give(look, &bearer, errand);
}

static int64_t share_of(const struct life_look *look, int action)
{
	const struct procedure *procedure = look->matter->procedure;
	int64_t share = 0;
	struct str word = life_word(look->words, procedure, procedure->actions[action].name, "share",
		doc_get_text(look->matter->fields, "title"), 0);

	return str_to_int(word, &share) ? share : 0;
}

/* The first way to discharge it, but for the shares of a hundred that the table gives the others. */
static int way_of(const struct life_look *look, const struct duty *duty, const struct duty_rule *rule)
{
	int64_t at = (int64_t)luck(look->matter, duty->id, LUCK_WAY, 100);

	for (size_t i = 1; i < rule->discharged_by_count; i++) {
		at -= share_of(look, rule->discharged_by[i]);
		if (at < 0)
			return rule->discharged_by[i];
	}
	return rule->discharged_by[0];
}

static bool has_done(const struct matter *matter, int action)
{
	for (size_t i = 0; i < matter->deed_count; i++)
		if (matter->deeds[i].action == action)
			return true;
	return false;
}

static bool reports_progress(const struct action *action)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (str_is(action->fields[i].name, "progress"))
			return true;
	return false;
}

/* Beside what moves the matter on stands what is done first: the last report, a visit, a problem listed. */
static bool take_beside(const struct life_look *look, int way)
{
	const struct matter *matter = look->matter;

	for (size_t i = 0; i < matter->procedure->action_count; i++) {
		const struct action *action = &matter->procedure->actions[i];

		if ((int)i == way || action->to >= 0 || !action_leaves(action, matter->state))
			continue;
		bool wanted = reports_progress(action) ? matter->progress < 100
						       : !has_done(matter, (int)i) &&
								 (int64_t)luck(matter, (int64_t)i, LUCK_WAY,
									 100) < share_of(look, (int)i);

		if (wanted && take_action(look, (int)i, 100))
			return true;
	}
	return false;
}

/* Whoever may only close when its parts are closed doesn't propose it before. */
static bool waits_for_parts(const struct life_look *look, int way)
{
	const struct procedure *procedure = look->matter->procedure;
	int to = procedure->actions[way].to;

	if (!procedure->children.close_before_parent || look->world.children_open == 0 || to < 0)
		return false;
	for (size_t i = 0; i < procedure->action_count; i++)
		if (procedure->actions[i].to >= 0 && action_leaves(&procedure->actions[i], to) &&
			procedure->states[procedure->actions[i].to].end == END_SUCCESS)
			return true;
	return false;
}

/* What the figures forbid is given back, or ordered to be made up. */
static bool take_another(const struct life_look *look, const struct duty_rule *rule, int way)
{
	if (look->matter->procedure->actions[way].check_count == 0)
		return false;
	for (size_t i = 0; i < rule->discharged_by_count; i++)
		if (rule->discharged_by[i] != way && take_action(look, rule->discharged_by[i], 100))
			return true;
	return false;
}

static bool discharge(const struct life_look *look, const struct duty *duty)
{
	const struct duty_rule *rule = &look->matter->procedure->duties[duty->rule];
	int way = way_of(look, duty, rule);

	if (look->matter->procedure->actions[way].to < 0)
		return take_action(look, way, pace(look));
	if (waits_for_parts(look, way))
		return false;
	return take_beside(look, way) || take_action(look, way, 100) || take_another(look, rule, way);
}

/* ---- asking and answering ---- */

static struct bearer bearer_of(const struct duty *duty)
{
	return (struct bearer){.unit = duty->unit, .post = duty->post, .person = duty->person};
}

static struct str word_for(const struct life_look *look, const char *name)
{
	return life_word(look->words, look->matter->procedure, str_from(name), "text", STR_NONE,
		luck(look->matter, look->matter->version, LUCK_WORD, 60));
}

static bool answer(const struct life_look *look, const struct duty *duty)
{
	struct life_errand *errand =
		errand_new(look, duty->kind == DUTY_DECIDE ? COMMAND_DECIDE : COMMAND_ANSWER);
	struct bearer bearer = bearer_of(duty);

	errand->command.about = duty->kind == DUTY_DECIDE ? duty->about : duty->id;
	errand->command.grant = luck(look->matter, duty->id, LUCK_WAY, 100) < GRANT_SHARE;
	errand->command.text = word_for(look, duty->kind == DUTY_ANSWER ? "answer"
					      : errand->command.grant   ? "grant"
									: "deny");
	return give(look, &bearer, errand);
}

/* Who sees that it gets late asks for more time before it is. */
static bool ask_for_time(const struct life_look *look, const struct duty *duty)
{
	const struct matter *matter = look->matter;

	if (!is_late(matter, duty, &matter->procedure->duties[duty->rule]) || matter->request_count > 0 ||
		duty->due.us - look->world.now.us > ASK_DAYS * US_PER_DAY ||
		luck(matter, duty->id, LUCK_ASK, 100) >= ASK_SHARE)
		return false;
	for (size_t i = 0; i < matter->procedure->request_count; i++) {
		const struct request_rule *rule = &matter->procedure->requests[i];
		struct bearer bearer = bearer_of(duty);
		struct life_form form = {look->words, matter, look->world.org, rule->name, look->today, 0,
			luck(matter, matter->version, LUCK_WORD, 60)};
		struct life_errand *errand = errand_new(look, COMMAND_REQUEST);

		if (rule->moves != duty->rule)
			continue;
		errand->command.name = rule->name;
		errand->command.fields = life_fill(look->arena, &form, rule->fields, rule->field_count);
		return give(look, &bearer, errand);
	}
	return false;
}

/* The roles of a definition stand in the order of whoever supervises, does, commands. */
static bool speak(const struct life_look *look, enum command_kind kind)
{
	const struct procedure *procedure = look->matter->procedure;

	for (size_t i = 0; i < procedure->role_count; i++) {
		size_t role = kind == COMMAND_URGE ? i : procedure->role_count - 1 - i;
		struct bearer bearer = matter_bearer(
			procedure, look->matter->fields, (int)role, look->world.org, look->today);
		struct life_errand *errand = errand_new(look, kind);

		errand->command.text = word_for(look, kind == COMMAND_URGE ? "urge" : "instruct");
		if (give(look, &bearer, errand))
			return true;
	}
	return false;
}

/* What is nearly due is urged, what is overdue gets an instruction: each once. */
static bool raise_voice(const struct life_look *look, const struct duty *duty)
{
	unsigned what = duty->breached ? SPOKEN_INSTRUCT : duty->warned ? SPOKEN_URGE : 0;

	if (what == 0 || (*look->spoken & what) != 0 ||
		look->matter->procedure->visibility == VISIBILITY_COMPARTMENT)
		return false;
	*look->spoken |= what;
	return luck(look->matter, (int64_t)what, LUCK_VOICE, 100) < URGE_SHARE &&
	       speak(look, what == SPOKEN_URGE ? COMMAND_URGE : COMMAND_INSTRUCT);
}

/* ---- one thing ---- */

bool life_do(struct life_look *look)
{
	const struct matter *matter = look->matter;

	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state != DUTY_OPEN)
			continue;
		struct instant when = when_done(look, duty);

		bool due = !instant_is_none(when) && when.us <= look->world.now.us;

		if (due && (duty->kind == DUTY_RULE ? discharge(look, duty) : answer(look, duty)))
			return true;
		if (duty->kind == DUTY_RULE && (ask_for_time(look, duty) || raise_voice(look, duty)))
			return true;
		if (!due && !instant_is_none(when) && when.us < look->next.us)
			look->next = when;
	}
	return false;
}
