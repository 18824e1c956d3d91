/* W1: every name used is defined, every type fits. The reader proves it within a file; here, between files.
 */
#include "procedure/check.h"

#include "base/words.h"

const char rule_w1_zh[] =
	"用到的每个名称都已定义,每个值的类型都相符,每个动作的必填内容都能填上。\n"
	"跨文件的部分:`children.of` 指向现有程序;`with` 写的是对方程序里有的字段,类型与之相符。\n"
	"子项在隔离事项里,或可见范围小于整体的,不计入整体的进度和办结条件。\n"
	"编号 `number` 里有 {year} 和 {seq};同一机构里没有两个程序用同样的编号。\n"
	"违反:\n"
	"    breach: {open: accountability, with: {subject: due}}        # subject 是单位,due 是日期\n"
	"改正:\n"
	"    breach: {open: accountability, with: {subject: lead_unit}}\n";
const char rule_w1_en[] =
	"Every name used is defined; every type fits; every required field of an action can be supplied.\n"
	"Between files: `children.of` names an existing procedure, and `with` gives to fields that the\n"
	"opened procedure has, values of their type. Parts that fewer may see than their whole count in "
	"neither\n"
	"its progress nor its closing. A `number` has {year} and {seq}, and no two procedures\n"
	"of an institution have the same.\n"
	"Breaks it:\n"
	"    breach: {open: accountability, with: {subject: due}}        # subject is a unit, due a date\n"
	"Mends it:\n"
	"    breach: {open: accountability, with: {subject: lead_unit}}\n";

static struct str nearest_field(struct arena *arena, const struct procedure *procedure, struct str name)
{
	const char **names = ARENA_TAKE(arena, procedure->field_count + 1, const char *);
	const char *near;

	for (size_t i = 0; i < procedure->field_count; i++)
		names[i] = str_copy(arena, procedure->fields[i].name).data;
	near = str_nearest(arena, name, names, procedure->field_count);
	return near == NULL
		       ? STR_NONE
		       : str_format(arena, WORDS_BOTH(";是否应为 %s?", "; did you mean %s?"), near, near);
}

/* Can every value of `ours` be a value of `theirs`? */
static bool field_fits(const struct field *ours, const struct field *theirs)
{
	if (theirs->type == FIELD_TEXT)
		return ours->type == FIELD_TEXT || ours->type == FIELD_CHOICE || ours->type == FIELD_RULE;
	if (ours->type != theirs->type)
		return false;
	for (size_t i = 0; i < ours->choice_count; i++)
		if (!field_has_choice(theirs, ours->choices[i].name))
			return false;
	return true;
}

static bool is_decimal(struct str text)
{
	size_t digits = 0, points = 0;

	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c >= '0' && c <= '9')
			digits++;
		else if (c == '.')
			points++;
		else if (c != '-' || i > 0)
			return false;
	}
	return digits > 0 && digits <= 30 && points <= 1;
}

static bool is_whole(struct str text, int64_t most)
{
	int64_t value;

	return str_to_int(text, &value) && value >= 0 && value <= most;
}

/* Several stand one behind the other, with commas between them. */
static bool has_choices(const struct field *field, struct str text)
{
	size_t count = 0;

	for (struct str name; str_cut(&text, ',', &name); count++)
		if (!field_has_choice(field, str_trim(name)))
			return false;
	return count > 0;
}

static bool is_day(struct str text)
{
	struct day day;

	return day_parse(text, &day, NULL) == ERR_OK;
}

/* Can this constant be a value of the field? Codes of units and posts are known only to the institution. */
static bool constant_fits(struct str text, const struct field *theirs)
{
	switch (theirs->type) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
		return is_decimal(text);
	case FIELD_HOURS:
		return is_whole(text, INT32_MAX);
	case FIELD_PERCENT:
		return is_whole(text, 100);
	case FIELD_DATE:
		return is_day(text);
	case FIELD_CHOICE:
		return field_has_choice(theirs, text);
	case FIELD_CHOICES:
		return has_choices(theirs, text);
	case FIELD_BOOL:
		return str_is(text, "true") || str_is(text, "false");
	case FIELD_MATTER:
	case FIELD_FILE:
		return false;
	default:
		return text.size > 0;
	}
}

/* A word behind `with` that names a field which only the action has: the other side would be given the word
 * itself. */
static bool is_field_of_action(const struct opener *opener, const struct given *given)
{
	for (size_t i = 0; opener->action != NULL && i < opener->action->field_count; i++)
		if (str_equal(opener->action->fields[i].name, given->text))
			return true;
	return false;
}

static void check_given(const struct check *check, const struct opener *opener,
	const struct procedure *target, const struct given *given)
{
	int to = procedure_field(target, given->to);
	const struct field *theirs, *ours;

	if (to < 0) {
		REFUSE(check, given->place, STR_NONE,
			"%.*s gives %.*s to %.*s, which has no such field: name one of its fields%.*s",
			STR_ARG(opener->holder), STR_ARG(given->to), STR_ARG(target->name),
			STR_ARG(nearest_field(check->arena, target, given->to)));
		return;
	}
	theirs = &target->fields[to];
	if (given->column == NULL && given->field < 0) {
		if (is_field_of_action(opener, given))
			REFUSE(check, given->place, STR_NONE,
				"%.*s gives the word \"%.*s\" to %.*s of %.*s, and not what is filled into "
				"the field of that "
				"name, which is the action's alone: add it to the procedure's `fields`",
				STR_ARG(opener->holder), STR_ARG(given->text), STR_ARG(given->to),
				STR_ARG(target->name));
		else if (!constant_fits(given->text, theirs))
			REFUSE(check, given->place, STR_NONE,
				"%.*s gives \"%.*s\" to %.*s of %.*s, whose type is %s and takes no such "
				"value: name a field of this "
				"procedure, or a value that fits",
				STR_ARG(opener->holder), STR_ARG(given->text), STR_ARG(given->to),
				STR_ARG(target->name), field_type_name(theirs->type));
		return;
	}
	ours = given->column != NULL ? given->column : &check->procedure->fields[given->field];
	if (!field_fits(ours, theirs) && ours->type == theirs->type)
		REFUSE(check, given->place, STR_NONE,
			"%.*s gives %.*s (%s) to %.*s of %.*s, which lacks some of its choices: give a field "
			"with the same choices",
			STR_ARG(opener->holder), STR_ARG(ours->name), field_type_name(ours->type),
			STR_ARG(given->to), STR_ARG(target->name));
	else if (!field_fits(ours, theirs))
		REFUSE(check, given->place, STR_NONE,
			"%.*s gives %.*s (%s) to %.*s of %.*s (%s): give a field of the same type",
			STR_ARG(opener->holder), STR_ARG(ours->name), field_type_name(ours->type),
			STR_ARG(given->to), STR_ARG(target->name), field_type_name(theirs->type));
}

/* Numbers are counted from 1 in each year. */
static void check_number(const struct check *check)
{
	const struct procedure *procedure = check->procedure;

	if (str_find(procedure->number, STR("{year}")) == SIZE_MAX)
		REFUSE(check, procedure->number_place, STR_NONE,
			"without {year} the first matter of each year would have the same number: put it "
			"into the "
			"pattern");
	for (size_t i = 0; check->all != NULL && i < check->all->count; i++) {
		const struct procedure *other = check->all->items[i];

		if (str_equal(other->number, procedure->number) && !str_equal(other->name, procedure->name))
			REFUSE(check, procedure->number_place, STR_NONE,
				"matters of %.*s would have the same numbers: give one of the two another "
				"pattern",
				STR_ARG(other->name));
	}
}

/* What whoever sees the whole doesn't see would show in its progress, or in why it can't close. */
static void check_children(const struct check *check)
{
	const struct procedure *procedure = check->procedure, *part;
	struct str of = procedure->children.of;

	if (of.size == 0 || check->all == NULL)
		return;
	part = str_equal(of, procedure->name) ? procedure : procedures_find(check->all, of);
	if (part == NULL)
		REFUSE(check, procedure->children.place, STR_NONE,
			"children are of %.*s, but there is no such procedure: add its definition or name "
			"another",
			STR_ARG(of));
	else if ((procedure->children.weighted || procedure->children.close_before_parent) &&
		 !part_counts(part->visibility, procedure->visibility))
		REFUSE(check, procedure->children.place, STR_NONE,
			"the progress and the closing of %.*s would tell of its parts to who doesn't see "
			"them: leave "
			"out `progress` and `close`, or let %.*s be seen by whoever sees the whole",
			STR_ARG(procedure->name), STR_ARG(of));
}

void rule_w1_check(const struct check *check)
{
	const struct procedure *procedure = check->procedure;
	struct opener opener;

	check_number(check);
	check_children(check);
	for (size_t i = 0; opener_at(check->arena, procedure, i, &opener); i++) {
		const struct procedure *target = opener_target(check, opener.opening);

		for (size_t k = 0; target != NULL && k < opener.opening->with_count; k++)
			check_given(check, &opener, target, &opener.opening->with[k]);
	}
}
