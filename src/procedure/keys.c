/* keys.c: every key a definition may have, and the words that some take. One row adds a key to the reader,
 * the JSON Schema and the docs. */
#include "procedure/read.h"

#define AT(type, member)             offsetof(struct type, member)
#define KEYS(variable, label, table) const struct keys variable = {label, table, ARRAY_COUNT(table)};

static const struct key label_rows[] = {
	{"zh", SHAPE_TEXT, AT(label, zh), true, "in Chinese", 0},
	{"en", SHAPE_TEXT, AT(label, en), true, "in English", 0},
};
KEYS(label_keys, "a label", label_rows)

/* The order is the order of reading: names first, then what refers to them. */
static const struct key procedure_rows[] = {
	{"procedure", SHAPE_NAME, AT(procedure, name), true, "its name: the file's name without .yaml",
		AT(procedure, place)},
	{"grasp", SHAPE_GRASP, AT(procedure, grasp), true,
		"which of the seven grasps it belongs to, or governance", 0},
	{"kind", SHAPE_KIND, AT(procedure, accountability), false,
		"accountability: rule R2 then holds as for grasp case", 0},
	{"title", SHAPE_LABEL, AT(procedure, title), true, "what people call it", 0},
	{"basis", SHAPE_BASIS, AT(procedure, basis), false, "the rules it stands on, shown to users", 0},
	{"number", SHAPE_NUMBER, AT(procedure, number), true,
		"pattern of the number: {year} and {seq} or {seq:4}", AT(procedure, number_place)},
	{"fields", SHAPE_FIELDS, AT(procedure, fields), true, "what is filled in when a matter is opened", 0},
	{"roles", SHAPE_ROLES, AT(procedure, roles), true,
		"who takes part: each resolves to a unit, a post or a person", 0},
	{"states", SHAPE_STATE_MAP, AT(procedure, states), true, "where a matter can stand", 0},
	{"actions", SHAPE_ACTION_MAP, AT(procedure, actions), true,
		"powers: who, from where, to where, with what", 0},
	{"duties", SHAPE_DUTY_MAP, AT(procedure, duties), true, "who must, by when, and what follows if not",
		0},
	{"requests", SHAPE_REQUEST_MAP, AT(procedure, requests), false,
		"what a bearer may ask for; the answer is itself a duty", 0},
	{"eligibility", SHAPE_ELIGIBILITY, AT(procedure, eligibility), false,
		"who may be given a post: rules, each with its source", AT(procedure, eligibility.place)},
	{"effect", SHAPE_EFFECT, AT(procedure, effect), false,
		"what a decision brings about until a day, and what that bars", AT(procedure, effect.place)},
	{"meeting", SHAPE_MEETING, AT(procedure, meeting), false,
		"it is a meeting, or an item of one: which field says what", AT(procedure, meeting.place)},
	{"covers", SHAPE_COVERS, AT(procedure, covers), false,
		"its matters cover a unit, by which supervision and from when on",
		AT(procedure, covers.place)},
	{"study", SHAPE_STUDY, AT(procedure, study), false,
		"its matters are plans of study, sessions or catching up: which field says what",
		AT(procedure, study.place)},
	{"counts_as", SHAPE_COUNTS_AS, AT(procedure, counts_as), false,
		"its matters are tasks, findings, checklists or standards to reports and imports: which "
		"field says what",
		AT(procedure, counts_as.place)},
	{"check_in", SHAPE_CHECK_IN, AT(procedure, check_in), false,
		"whoever comes enters themselves on its list, by a code that is shown there",
		AT(procedure, check_in.place)},
	{"from_above", SHAPE_FROM_ABOVE, AT(procedure, from_above), false,
		"it takes tasks of the level above: which field takes what", AT(procedure, from_above.place)},
	{"children", SHAPE_CHILDREN, AT(procedure, children), false, "which parts it may be broken down into",
		AT(procedure, children.place)},
	{"letters", SHAPE_LETTERS, AT(procedure, letters), false,
		"anybody may begin one without a name: a report", AT(procedure, letters.place)},
	{"visibility", SHAPE_VISIBILITY, AT(procedure, visibility), false, "institution, unit or compartment",
		0},
	{"lamp", SHAPE_LAMP, AT(procedure, lamp), false, "when the lamp turns yellow and red",
		AT(procedure, lamp.place)},
	{"no_evidence", SHAPE_TEXT, AT(procedure, no_evidence), false,
		"why no closing needs evidence (rule S2)", AT(procedure, no_evidence_place)},
	{"answer_within", SHAPE_TERM, AT(procedure, answer_within), false,
		"by when an instruction or a breach must be answered", AT(procedure, answer_within_place)},
};
KEYS(procedure_keys, "a definition", procedure_rows)

static const struct key role_rows[] = {
	{"function", SHAPE_ROLE_FUNCTION, 0, false,
		"the unit or post to which the institution gave this function", 0},
	{"field", SHAPE_ROLE_FIELD, 0, false, "the unit, post or person named in this field", 0},
	{"head_of", SHAPE_ROLE_HEAD, 0, false, "the post that heads another role's unit", 0},
	{"superior_of", SHAPE_ROLE_SUPERIOR, 0, false, "the post above another role's unit", 0},
	{"label", SHAPE_LABEL, AT(role, label), false, "what people call it", 0},
};
KEYS(role_keys, "a role", role_rows)

static const struct key field_rows[] = {
	{"type", SHAPE_FIELD_TYPE, AT(field, type), true, "what kind of value it holds", 0},
	{"required", SHAPE_BOOL, AT(field, required), false, "must it be filled in", 0},
	{"label", SHAPE_LABEL, AT(field, label), false, "what people call it", 0},
	{"unit", SHAPE_TEXT, AT(field, unit), false, "unit of a number, for showing", 0},
	{"choices", SHAPE_CHOICES, AT(field, choices), false,
		"of choice and choices: names, or names with labels", 0},
	{"columns", SHAPE_COLUMNS, AT(field, columns), false,
		"of rows: what each row holds; the first column says what it is about", 0},
	{"told", SHAPE_TOLD, AT(field, told), false,
		"subject: whom a compartment is about may always know it", 0},
};
KEYS(field_keys, "a field", field_rows)

static const struct key column_rows[] = {
	{"type", SHAPE_FIELD_TYPE, AT(field, type), true, "what kind of value it holds: a single one", 0},
	{"required", SHAPE_BOOL, AT(field, required), false, "must every row have it; the first always must",
		0},
	{"label", SHAPE_LABEL, AT(field, label), false, "what people call it", 0},
	{"unit", SHAPE_TEXT, AT(field, unit), false, "unit of a number, for showing", 0},
	{"choices", SHAPE_CHOICES, AT(field, choices), false, "of choice: names, or names with labels", 0},
};
KEYS(column_keys, "a column", column_rows)

/* Of an action. What one named like a field of the procedure doesn't say, it has from that field. */
static const struct key set_field_rows[] = {
	{"type", SHAPE_FIELD_TYPE, AT(field, type), false,
		"what kind of value it holds; not needed where the procedure has a field of that name", 0},
	{"required", SHAPE_BOOL, AT(field, required), false, "must it be filled in for this action", 0},
	{"label", SHAPE_LABEL, AT(field, label), false, "what people call it here", 0},
	{"unit", SHAPE_TEXT, AT(field, unit), false, "unit of a number, for showing", 0},
	{"choices", SHAPE_CHOICES, AT(field, choices), false,
		"of choice and choices; of a field of the procedure: those that this action may set", 0},
};
KEYS(set_field_keys, "a field", set_field_rows)

static const struct key state_rows[] = {
	{"start", SHAPE_BOOL, AT(state, start), false, "is it the state in which a matter begins", 0},
	{"end", SHAPE_END, AT(state, end), false, "does a matter end here: success, failure or void", 0},
	{"label", SHAPE_LABEL, AT(state, label), false, "what people call it", 0},
};
KEYS(state_keys, "a state", state_rows)

static const struct key action_rows[] = {
	{"by", SHAPE_ROLE, AT(action, by), true, "the role that holds this power", 0},
	{"from", SHAPE_STATES, AT(action, from), true, "the states in which it may be done", 0},
	{"to", SHAPE_STATE, AT(action, to), false, "the state it leads to; without it the state stays", 0},
	{"fields", SHAPE_SET_FIELDS, AT(action, fields), false,
		"what is filled in; one named like a field of the procedure sets it and inherits from it", 0},
	{"evidence", SHAPE_EVIDENCE, AT(action, evidence), false, "files: required, optional or none", 0},
	{"not_by", SHAPE_ACTIONS, AT(action, not_by), false, "actions whose doers may not do this one",
		AT(action, not_by_place)},
	{"not_before", SHAPE_NOT_BEFORE, AT(action, not_before), false,
		"a day that must be over first: a date field, or a date field and a term: shown_from + 5 "
		"working days",
		AT(action, not_before.place)},
	{"answers_to", SHAPE_ROLE, AT(action, answers_to), false, "another role that is told and can object",
		0},
	{"open", SHAPE_OPEN, AT(action, opens), false, "a matter that this action opens by itself",
		AT(action, opens.place)},
	{"for_each", SHAPE_EACH, AT(action, opens.each), false,
		"a field of type rows: one matter is opened for each row", 0},
	{"where", SHAPE_CONDITION, AT(action, opens.where), false,
		"of for_each: only for rows that fulfil it", 0},
	{"with", SHAPE_WITH, AT(action, opens), false,
		"what is given to the fields of the opened matter: fields, columns of the row, or constants",
		0},
	{"child", SHAPE_BOOL, AT(action, opens_child), false, "is the opened matter a part of this one", 0},
	{"purpose", SHAPE_PURPOSE, AT(action, purpose), false, "hearing or appeal (rule R2)", 0},
	{"checks", SHAPE_CHECKS, AT(action, checks), false, "what must be so in figures, else it is refused",
		0},
	{"eligible", SHAPE_BOOL, AT(action, eligible), false,
		"true: whoever `eligibility` speaks of must be eligible", 0},
	{"tells", SHAPE_TELLS, AT(action, tells), false,
		"what is served with it on whom a compartment is about: fields of it or of the procedure",
		AT(action, tells_place)},
	{"tells_reporter", SHAPE_TELLS, AT(action, tells_reporter), false,
		"what whoever reported without a name reads by their code: fields of it or of the procedure",
		AT(action, tells_reporter_place)},
	{"label", SHAPE_LABEL, AT(action, label), false, "what people call it", 0},
};
KEYS(action_keys, "an action", action_rows)

static const struct key duty_rows[] = {
	{"bearer", SHAPE_ROLE, AT(duty_rule, bearer), true, "the role that owes it", 0},
	{"in", SHAPE_STATES, AT(duty_rule, in), true, "the states in which it is owed", 0},
	{"discharged_by", SHAPE_ACTIONS, AT(duty_rule, discharged_by), true, "the actions that discharge it",
		0},
	{"within", SHAPE_WITHIN, AT(duty_rule, limit), false,
		"a term after it arises: 3 working days, 10 days, 2 months", AT(duty_rule, limit.place)},
	{"by", SHAPE_BY, AT(duty_rule, limit), false, "a date field", AT(duty_rule, limit.place)},
	{"every", SHAPE_EVERY, AT(duty_rule, limit), false,
		"week, month, quarter, half_year or year: comes round", AT(duty_rule, limit.place)},
	{"calendar", SHAPE_CALENDAR, AT(duty_rule, limit), false,
		"a date field and a term: decided_on + 30 days", AT(duty_rule, limit.place)},
	{"warn", SHAPE_TERM, AT(duty_rule, warn), false, "how long before it is due its bearer is warned",
		AT(duty_rule, warn_place)},
	{"breach", SHAPE_BREACH, AT(duty_rule, breach), false, "what follows if it isn't discharged in time",
		AT(duty_rule, breach.place)},
	{"label", SHAPE_LABEL, AT(duty_rule, label), false, "what people call it", 0},
	{"basis", SHAPE_BASIS, AT(duty_rule, basis), false, "where its limit comes from", 0},
};
KEYS(duty_keys, "a duty", duty_rows)

static const struct key request_rows[] = {
	{"by", SHAPE_ROLE, AT(request_rule, by), true, "the role that may ask", 0},
	{"decided_by", SHAPE_ROLE, AT(request_rule, decided_by), true, "the role that must answer", 0},
	{"in", SHAPE_STATES, AT(request_rule, in), true, "the states in which it may be asked", 0},
	{"moves", SHAPE_DUTY, AT(request_rule, moves), false,
		"the duty whose due day becomes the field `until`", 0},
	{"stops", SHAPE_STOPS, AT(request_rule, stops_all), false,
		"all: every clock stands until the field `until`", 0},
	{"before_due", SHAPE_BOOL, AT(request_rule, before_due), false,
		"must it be asked before the moved duty is due", 0},
	{"decide_within", SHAPE_TERM, AT(request_rule, decide_within), true, "by when it must be answered",
		0},
	{"fields", SHAPE_FIELDS, AT(request_rule, fields), false, "what is filled in", 0},
	{"breach", SHAPE_BREACH, AT(request_rule, breach), false, "what follows if it isn't answered in time",
		AT(request_rule, breach.place)},
	{"purpose", SHAPE_PURPOSE, AT(request_rule, purpose), false, "hearing or appeal (rule R2)", 0},
	{"label", SHAPE_LABEL, AT(request_rule, label), false, "what people call it", 0},
};
KEYS(request_keys, "a request", request_rows)

static const struct key breach_rows[] = {
	{"escalate", SHAPE_ESCALATE, AT(breach, escalate), false,
		"who hears of it: a role, `head of ROLE` or `superior of ROLE`", 0},
	{"open", SHAPE_OPEN, AT(breach, opens), false, "a matter that the breach opens by itself",
		AT(breach, opens.place)},
	{"with", SHAPE_WITH, AT(breach, opens), false, "what is given to the fields of the opened matter", 0},
};
KEYS(breach_keys, "a breach", breach_rows)

static const struct key basis_rows[] = {
	{"rule", SHAPE_TEXT, AT(basis, rule), true, "the law or rule", 0},
	{"article", SHAPE_TEXT, AT(basis, article), false, "its article", 0},
	{"note", SHAPE_TEXT, AT(basis, note), false, "what it says, shortly", 0},
	{"confirm", SHAPE_BOOL, AT(basis, confirm), false,
		"true: to be confirmed by the office, and shown so", 0},
};
KEYS(basis_keys, "a basis", basis_rows)

static const struct key check_rows[] = {
	{"each", SHAPE_EACH, AT(check_rule, each), false, "a field of type rows: asked of every row", 0},
	{"that", SHAPE_CONDITION, AT(check_rule, that), true,
		"sums of fields beside each other: 3 * present >= 2 * entitled; or a field alone", 0},
	{"when", SHAPE_CONDITION, AT(check_rule, when), false, "asked only where this holds", 0},
	{"say", SHAPE_LABEL, AT(check_rule, say), true, "what whoever is refused reads", 0},
	{"basis", SHAPE_BASIS, AT(check_rule, basis), false, "where it comes from", 0},
	{"breach", SHAPE_CHECK_BREACH, 0, false,
		"the act is done all the same, and recorded as somebody's breach of procedure",
		AT(check_rule, breach.place)},
};
KEYS(check_keys, "a check", check_rows)

static const struct key check_breach_rows[] = {
	{"of", SHAPE_ROLE, AT(check_rule, of), true, "the role whose breach of procedure it is", 0},
	{"escalate", SHAPE_ESCALATE, AT(check_rule, breach.escalate), true,
		"who hears of it: a role, `head of ROLE` or `superior of ROLE`", 0},
};
KEYS(check_breach_keys, "a breach of procedure", check_breach_rows)

#define MEETING_PART(NAME, wire, types, help)                                                                \
	{wire, SHAPE_FIELD, AT(procedure, meeting.fields) + MEETING_##NAME * sizeof(int),                    \
		MEETING_##NAME == MEETING_HELD_ON, help, 0},
static const struct key meeting_rows[] = {MEETING_PARTS{"members", SHAPE_ROLE, AT(procedure, meeting.members),
	false, "a role: the unit whose members make up the body that meets; conditions call them members",
	0}};
#undef MEETING_PART
KEYS(meeting_keys, "a meeting", meeting_rows)

static const struct key covers_rows[] = {
	{"unit", SHAPE_FIELD, AT(procedure, covers.unit), true, "the unit covered: a field of type unit", 0},
	{"supervision", SHAPE_SUPERVISION, AT(procedure, covers.always), false, "by which supervision", 0},
	{"kind", SHAPE_FIELD, AT(procedure, covers.kind), false,
		"or the choice that says by which: its choices are named like supervisions", 0},
	{"begun_by", SHAPE_ACTIONS, AT(procedure, covers.begun_by), true,
		"the action, or the first of several, from which on it covers", 0},
	{"begun_on", SHAPE_FIELD, AT(procedure, covers.begun_on), false,
		"the day it counts from: a date field; the day of the action when not given", 0},
};
KEYS(covers_keys, "covers", covers_rows)

#define STUDY_PART(NAME, wire, types, needed, allowed, help)                                                 \
	{wire, SHAPE_FIELD, AT(procedure, study.fields) + STUDY_PART_##NAME * sizeof(int), false, help, 0},
static const struct key study_rows[] = {
	{"as", SHAPE_STUDY_AS, AT(procedure, study.as), true, "plan, session or catch_up", 0}, STUDY_PARTS};
#undef STUDY_PART
KEYS(study_keys, "study", study_rows)

#define COUNT_PART(NAME, wire, types, needed, allowed, help)                                                 \
	{wire, SHAPE_FIELD, AT(procedure, counts_as.fields) + COUNT_PART_##NAME * sizeof(int), false, help,  \
		0},
static const struct key counts_as_rows[] = {
	{"as", SHAPE_COUNTED, AT(procedure, counts_as.as), true,
		"task, finding, rectification, checklist, look_back or standard", 0},
	COUNT_PARTS{"undone", SHAPE_NAME, AT(procedure, counts_as.undone), false,
		"of a finding: the choice of its result that says that it wasn't put right", 0},
	{"met", SHAPE_NAME, AT(procedure, counts_as.met), false,
		"of a checklist: the choice of its second column that says that an item is met", 0},
	{"missing", SHAPE_NAME, AT(procedure, counts_as.missing), false,
		"and the one that says that it isn't; any other leaves the item out", 0},
	{"planned_by", SHAPE_ACTIONS, AT(procedure, counts_as.planned_by), false,
		"of a finding or its rectification: the action, or any of several, with which its plan "
		"stands",
		0},
};
#undef COUNT_PART
KEYS(counts_as_keys, "counts_as", counts_as_rows)

static const struct key check_in_rows[] = {
	{"by", SHAPE_ROLE, AT(procedure, check_in.by), true,
		"the role that keeps the list and shows the code", 0},
	{"in", SHAPE_STATES, AT(procedure, check_in.in), true, "the states in which it goes on", 0},
	{"on", SHAPE_FIELD, AT(procedure, check_in.on), true, "its day: a date field", 0},
	{"into", SHAPE_FIELD, AT(procedure, check_in.into), true,
		"the list: a field of people, or of rows about people", 0},
	{"as", SHAPE_NAME, AT(procedure, check_in.as), false, "of rows: the choice that says that they came",
		0},
	{"expected", SHAPE_FIELD, AT(procedure, check_in.expected), false,
		"who is expected: a field of people", 0},
	{"of", SHAPE_ROLE, AT(procedure, check_in.of), false,
		"the unit whose people are expected where nobody else says who is", 0},
};
KEYS(check_in_keys, "check_in", check_in_rows)

#define FROM_ABOVE_PART(NAME, wire, types, help)                                                             \
	{wire, SHAPE_FIELD, AT(procedure, from_above.fields) + FROM_ABOVE_##NAME * sizeof(int),              \
		FROM_ABOVE_##NAME == FROM_ABOVE_TITLE, help, 0},
static const struct key from_above_rows[] = {FROM_ABOVE_PARTS};
#undef FROM_ABOVE_PART
KEYS(from_above_keys, "a task from above", from_above_rows)

static const struct key eligibility_rows[] = {
	{"candidate", SHAPE_FIELD, AT(procedure, eligibility.candidate), true,
		"the person it is about: a field of type person", 0},
	{"post", SHAPE_FIELD, AT(procedure, eligibility.post), true,
		"the post they would be given: a field of type post", 0},
	{"rules", SHAPE_ELIGIBILITY_RULES, 0, true, "what is asked of them", 0},
};
KEYS(eligibility_keys, "eligibility", eligibility_rows)

static const struct key eligibility_rule_rows[] = {
	{"test", SHAPE_ELIGIBILITY_TEST, AT(eligibility_rule, test), true, "what is looked at", 0},
	{"say", SHAPE_LABEL, AT(eligibility_rule, say), true, "the rule in one sentence", 0},
	{"least", SHAPE_TERM, AT(eligibility_rule, least), false, "of time_in_rank: how long at least", 0},
	{"years", SHAPE_COUNT, AT(eligibility_rule, years), false, "of age: how old at most", 0},
	{"bars", SHAPE_NAME, AT(eligibility_rule, bars), false, "of effect: which bar of an effect counts",
		0},
	{"when", SHAPE_CONDITION, AT(eligibility_rule, when), false, "asked only where this holds", 0},
	{"basis", SHAPE_BASIS, AT(eligibility_rule, basis), true, "where it comes from", 0},
};
KEYS(eligibility_rule_keys, "a rule of eligibility", eligibility_rule_rows)

static const struct key effect_rows[] = {
	{"person", SHAPE_FIELD, AT(procedure, effect.person), false,
		"whom it is about: a field of type person", 0},
	{"unit", SHAPE_FIELD, AT(procedure, effect.unit), false, "or a unit", 0},
	{"until", SHAPE_FIELD, AT(procedure, effect.until), true, "its last day: a date field", 0},
	{"in", SHAPE_STATES, AT(procedure, effect.in), true, "the states in which it is in effect", 0},
	{"bars", SHAPE_CHOICES, AT(procedure, effect.bars), true, "what it bars: names with labels", 0},
};
KEYS(effect_keys, "an effect", effect_rows)

static const struct key children_rows[] = {
	{"of", SHAPE_NAME, AT(procedure, children.of), true, "the procedure of its parts", 0},
	{"close", SHAPE_CLOSE, AT(procedure, children.close_before_parent), false,
		"before_parent: it can't close while a part is open", 0},
	{"progress", SHAPE_PROGRESS, AT(procedure, children.weighted), false,
		"weighted: its progress rolls up from its parts", 0},
};
KEYS(children_keys, "children", children_rows)

static const struct key letters_rows[] = {
	{"about", SHAPE_ROLE, AT(procedure, letters.about), true,
		"the role that it is about: it is kept out, and so is who acts for it", 0},
	{"fields", SHAPE_TELLS, AT(procedure, letters.fields), true,
		"fields of the procedure that whoever reports fills in", 0},
};
KEYS(letters_keys, "letters", letters_rows)

static const struct key lamp_rows[] = {
	{"yellow_days", SHAPE_COUNT, AT(procedure, lamp.yellow_days), false,
		"working days before the due day; 3 when not given", 0},
	{"yellow_behind", SHAPE_COUNT, AT(procedure, lamp.yellow_behind), false,
		"points behind plan; 10 when not given", 0},
	{"red_behind", SHAPE_COUNT, AT(procedure, lamp.red_behind), false,
		"points behind plan; 30 when not given", 0},
};
KEYS(lamp_keys, "a lamp", lamp_rows)

/* ---- words ---- */

#define GRASP(NAME, wire) wire,
static const char *const grasp_words[] = {GRASPS};
#undef GRASP
#define FIELD_TYPE(NAME, wire) wire,
static const char *const field_type_words[] = {FIELD_TYPES};
#undef FIELD_TYPE
static const char *const kind_words[] = {"accountability"};
static const char *const visibility_words[] = {"institution", "unit", "compartment"};
static const char *const end_words[] = {"success", "failure", "void"};
static const char *const evidence_words[] = {"none", "optional", "required"};
static const char *const purpose_words[] = {"hearing", "appeal"};
static const char *const stops_words[] = {"all"};
static const char *const told_words[] = {"subject"};
static const char *const close_words[] = {"before_parent"};
static const char *const progress_words[] = {"weighted"};
#define SUPERVISION(NAME, wire) wire,
static const char *const supervision_words[] = {SUPERVISIONS};
#undef SUPERVISION
#define STUDY(NAME, wire) wire,
static const char *const study_words[] = {STUDIES};
#undef STUDY
#define COUNTED_AS(NAME, wire) wire,
static const char *const counted_words[] = {COUNTED};
#undef COUNTED_AS
#define ELIGIBILITY_TEST(NAME, wire) wire,
static const char *const eligibility_words[] = {ELIGIBILITY_TESTS};
#undef ELIGIBILITY_TEST
static const char *const period_words[] = {"week", "month", "quarter", "half_year", "year"};

struct words shape_words(enum shape shape)
{
#define WORDS(words)                                                                                         \
	{                                                                                                    \
		words, ARRAY_COUNT(words)                                                                    \
	}
	static const struct words words_of[SHAPE_COUNT_OF] = {
		[SHAPE_GRASP] = WORDS(grasp_words),
		[SHAPE_FIELD_TYPE] = WORDS(field_type_words),
		[SHAPE_KIND] = WORDS(kind_words),
		[SHAPE_VISIBILITY] = WORDS(visibility_words),
		[SHAPE_END] = WORDS(end_words),
		[SHAPE_EVIDENCE] = WORDS(evidence_words),
		[SHAPE_PURPOSE] = WORDS(purpose_words),
		[SHAPE_STOPS] = WORDS(stops_words),
		[SHAPE_TOLD] = WORDS(told_words),
		[SHAPE_CLOSE] = WORDS(close_words),
		[SHAPE_PROGRESS] = WORDS(progress_words),
		[SHAPE_EVERY] = WORDS(period_words),
		[SHAPE_SUPERVISION] = WORDS(supervision_words),
		[SHAPE_STUDY_AS] = WORDS(study_words),
		[SHAPE_COUNTED] = WORDS(counted_words),
		[SHAPE_ELIGIBILITY_TEST] = WORDS(eligibility_words),
	};
#undef WORDS
	REQUIRE(shape < SHAPE_COUNT_OF);
	return words_of[shape];
}
