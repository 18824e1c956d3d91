/* ballot.c: what a ballot asks, of whom and by which rules: read from the object that an opening holds. */
#include "grasp/ballot.h"

#define LABEL_SIZE_MAX ((size_t)300) /* bytes of a label */
#define NAME_SIZE_MAX  ((size_t)40)
#define SCORE_MAX      (INT64_C(1) * BALLOT_POINTS_MAX * BALLOT_SCORE_UNIT)

const char *ballot_outcome_name(enum ballot_outcome outcome)
{
	static const char *const names[BALLOT_OUTCOME_COUNT] = {"pass", "talk", "account"};

	REQUIRE(outcome < BALLOT_OUTCOME_COUNT);
	return names[outcome];
}

const char *ballot_void_name(enum ballot_void why)
{
	static const char *const names[BALLOT_VOID_COUNT] = {"", "too_many", "too_few", "unmarked"};

	REQUIRE(why < BALLOT_VOID_COUNT);
	return names[why];
}

size_t ballot_item_count(const struct ballot *ballot)
{
	return ballot->subject_count * ballot->question_count;
}

int ballot_group_of(const struct ballot *ballot, struct str name)
{
	for (size_t i = 0; i < ballot->group_count; i++)
		if (str_equal(ballot->groups[i].name, name))
			return (int)i;
	return -1;
}

/* ---- parts of the object ---- */

struct reading {
	struct arena *arena;
	struct bh_err *reterr;
	const char *list; /* "groups": where what is read stands … */
	size_t at;
};

static const char *place_of(const struct reading *reading, const char *key)
{
	if (reading->list == NULL)
		return key;
	return str_format(reading->arena, "%s[%zu].%s", reading->list, reading->at, key).data;
}

static enum err read_text(const struct reading *reading, const char *key, struct str text, size_t most)
{
	if (text.size >= 1 && text.size <= most && utf8_is_valid(text))
		return ERR_OK;
	return err_set(reading->reterr, ERR_INVALID, place_of(reading, key),
		"a text of 1 to %zu bytes is wanted", most);
}

static enum err read_label(
	const struct reading *reading, const struct doc *holder, const char *key, struct label *ret_label)
{
	const struct doc *label = doc_get(holder, key);

	*ret_label = (struct label){doc_get_text(label, "zh"), doc_get_text(label, "en")};
	if (ret_label->en.size > LABEL_SIZE_MAX)
		return err_set(reading->reterr, ERR_INVALID, place_of(reading, key),
			"a text of 1 to %zu bytes is wanted", LABEL_SIZE_MAX);
	return read_text(reading, key, ret_label->zh, LABEL_SIZE_MAX);
}

/* [a-z0-9_]: it stands in lines between blanks, and as a key. */
static enum err read_name(
	const struct reading *reading, const struct doc *holder, const char *key, struct str *ret_name)
{
	struct str name = doc_get_text(holder, key);

	TRY(read_text(reading, key, name, NAME_SIZE_MAX));
	for (size_t i = 0; i < name.size; i++) {
		char c = name.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return err_set(reading->reterr, ERR_INVALID, place_of(reading, key),
				"a name has only small letters, digits and underscores");
	}
	*ret_name = name;
	return ERR_OK;
}

static enum err read_number(const struct reading *reading, const struct doc *holder, const char *key,
	int64_t least, int64_t most, int64_t *ret_number)
{
	const struct doc *number = doc_get(holder, key);

	if (number == NULL || number->kind != DOC_INT || number->number < least || number->number > most)
		return err_set(reading->reterr, ERR_RANGE, place_of(reading, key),
			"a number from %lld to %lld is wanted", (long long)least, (long long)most);
	*ret_number = number->number;
	return ERR_OK;
}

/* NULL when it isn't there as it should be: ERR_INVALID, which reterr says. */
static const struct doc *read_list(
	const struct reading *reading, const struct doc *spec, const char *key, size_t most)
{
	const struct doc *list = doc_get(spec, key);

	if (list != NULL && list->kind == DOC_LIST && list->count >= 1 && list->count <= most)
		return list;
	(void)!err_set(reading->reterr, ERR_INVALID, key, "a list of 1 to %zu is wanted", most);
	return NULL;
}

/* ---- what is asked ---- */

static enum err read_subjects(struct reading *reading, const struct doc *spec, struct ballot *ballot)
{
	const struct doc *list = read_list(reading, spec, "subjects", BALLOT_SUBJECTS_MAX);

	if (list == NULL)
		return ERR_INVALID;
	ballot->subject_count = list->count;
	ballot->subjects = ARENA_TAKE(reading->arena, list->count, struct ballot_subject);
	reading->list = "subjects";
	for (reading->at = 0; reading->at < list->count; reading->at++) {
		const struct doc *item = &list->items[reading->at];
		struct ballot_subject *subject = &ballot->subjects[reading->at];

		TRY(read_label(reading, item, "label", &subject->label));
		if (doc_get(item, "matter") != NULL)
			TRY(read_number(reading, item, "matter", 1, INT64_MAX, &subject->matter));
		for (size_t i = 0; i < reading->at; i++)
			if (subject->matter != 0 && ballot->subjects[i].matter == subject->matter)
				return err_set(reading->reterr, ERR_INVALID, place_of(reading, "matter"),
					"it stands in this ballot twice");
	}
	reading->list = NULL;
	return ERR_OK;
}

static enum err read_questions(struct reading *reading, const struct doc *spec, struct ballot *ballot)
{
	const struct doc *list = read_list(reading, spec, "questions", BALLOT_QUESTIONS_MAX);

	if (list == NULL)
		return ERR_INVALID;
	ballot->question_count = list->count;
	ballot->questions = ARENA_TAKE(reading->arena, list->count, struct label);
	reading->list = "questions";
	for (reading->at = 0; reading->at < list->count; reading->at++)
		TRY(read_label(reading, &list->items[reading->at], "label", &ballot->questions[reading->at]));
	reading->list = NULL;
	if (ballot_item_count(ballot) > BALLOT_ITEMS_MAX)
		return err_set(reading->reterr, ERR_RANGE, "questions",
			"nobody marks more than %d things at once: have fewer subjects or fewer questions",
			BALLOT_ITEMS_MAX);
	return ERR_OK;
}

static enum err read_choices(struct reading *reading, const struct doc *spec, struct ballot *ballot)
{
	const struct doc *list = read_list(reading, spec, "choices", BALLOT_CHOICES_MAX);

	if (list == NULL)
		return ERR_INVALID;
	ballot->choice_count = list->count;
	ballot->choices = ARENA_TAKE(reading->arena, list->count, struct ballot_choice);
	reading->list = "choices";
	for (reading->at = 0; reading->at < list->count; reading->at++) {
		const struct doc *item = &list->items[reading->at];
		struct ballot_choice *choice = &ballot->choices[reading->at];

		TRY(read_name(reading, item, "name", &choice->name));
		TRY(read_label(reading, item, "label", &choice->label));
		TRY(read_number(reading, item, "points", 0, BALLOT_POINTS_MAX, &choice->points));
		for (size_t i = 0; i < reading->at; i++)
			if (str_equal(ballot->choices[i].name, choice->name))
				return err_set(reading->reterr, ERR_INVALID, place_of(reading, "name"),
					"it stands in this ballot twice");
	}
	reading->list = NULL;
	return ERR_OK;
}

/* ---- of whom ---- */

static enum err read_group(struct reading *reading, const struct doc *item, struct ballot *ballot)
{
	struct ballot_group *group = &ballot->groups[reading->at];

	TRY(read_name(reading, item, "name", &group->name));
	TRY(read_label(reading, item, "label", &group->label));
	TRY(read_number(reading, item, "weight", 1, BALLOT_WEIGHT_MAX, &group->weight));
	TRY(read_number(reading, item, "issued", 1, BALLOT_CODES_MAX, &group->issued));
	ballot->issued += group->issued;
	if (ballot_group_of(ballot, group->name) != (int)reading->at)
		return err_set(reading->reterr, ERR_INVALID, place_of(reading, "name"),
			"it stands in this ballot twice");
	if (group->issued < ballot->least)
		return err_set(reading->reterr, ERR_REFUSED, place_of(reading, "issued"),
			"a group of fewer than %lld would show who marked what: put it together with another",
			(long long)ballot->least);
	return ERR_OK;
}

static enum err read_people(struct reading *reading, const struct doc *spec, struct ballot *ballot)
{
	const struct doc *list = read_list(reading, spec, "groups", BALLOT_GROUPS_MAX);

	if (list == NULL)
		return ERR_INVALID;
	TRY(read_number(reading, spec, "entitled", 1, BALLOT_PEOPLE_MAX, &ballot->entitled));
	TRY(read_number(reading, spec, "present", 1, ballot->entitled, &ballot->present));
	ballot->group_count = list->count;
	ballot->groups = ARENA_TAKE(reading->arena, list->count, struct ballot_group);
	reading->list = "groups";
	for (reading->at = 0; reading->at < list->count; reading->at++)
		TRY(read_group(reading, &list->items[reading->at], ballot));
	reading->list = NULL;
	if (2 * ballot->present <= ballot->entitled)
		return err_set(reading->reterr, ERR_REFUSED, "present",
			"more than half of those entitled must be present: %lld of %lld are",
			(long long)ballot->present, (long long)ballot->entitled);
	if (ballot->issued > ballot->present)
		return err_set(reading->reterr, ERR_REFUSED, "present",
			"slips given out: %lld; present: %lld", (long long)ballot->issued,
			(long long)ballot->present);
	return ERR_OK;
}

/* ---- by which rules ---- */

static enum err read_rules(struct reading *reading, const struct doc *spec, struct ballot *ballot)
{
	const struct doc *actions = doc_get(spec, "actions");

	ballot->least = BALLOT_LEAST;
	if (doc_get(spec, "least") != NULL)
		TRY(read_number(reading, spec, "least", BALLOT_LEAST_MIN, BALLOT_CODES_MAX, &ballot->least));
	if (doc_get(spec, "talk_below") != NULL)
		TRY(read_number(reading, spec, "talk_below", 0, SCORE_MAX, &ballot->talk_below));
	if (doc_get(spec, "account_below") != NULL)
		TRY(read_number(reading, spec, "account_below", 0, SCORE_MAX, &ballot->account_below));
	for (size_t i = 0; i < BALLOT_OUTCOME_COUNT; i++)
		ballot->actions[i] = doc_get_text(actions, ballot_outcome_name((enum ballot_outcome)i));
	return ERR_OK;
}

enum err ballot_read(
	struct arena *arena, const struct doc *spec, struct ballot *ret_ballot, struct bh_err *reterr)
{
	struct reading reading = {.arena = arena, .reterr = reterr};
	struct ballot ballot = {0};

	TRY(read_label(&reading, spec, "title", &ballot.title));
	TRY(read_rules(&reading, spec, &ballot));
	TRY(read_subjects(&reading, spec, &ballot));
	TRY(read_questions(&reading, spec, &ballot));
	TRY(read_choices(&reading, spec, &ballot));
	TRY(read_people(&reading, spec, &ballot));
	*ret_ballot = ballot;
	return ERR_OK;
}

enum err ballot_makers_read(const struct doc *spec, struct ballot *ballot, struct bh_err *reterr)
{
	const struct doc *list = doc_get(spec, "makers");
	bool two = list != NULL && list->kind == DOC_LIST && list->count == ARRAY_COUNT(ballot->makers);

	for (size_t i = 0; two && i < ARRAY_COUNT(ballot->makers); i++) {
		two = list->items[i].kind == DOC_INT && list->items[i].number > 0;
		ballot->makers[i] = list->items[i].number;
	}
	if (!two || ballot->makers[0] == ballot->makers[1])
		return err_set(reterr, ERR_REFUSED, "makers",
			"name the two different people who made the codes together");
	return ERR_OK;
}
