/* simulate_house.c: an institution made up for one procedure, in which every role is somebody, and values by
 * chance for its fields. */
#include "matter/simulate_run.h"

static const struct {
	const char *suffix;
	enum post_kind kind;
} seats[] = {{"head", POST_HEAD}, {"deputy", POST_DEPUTY}, {"liaison", POST_LIAISON}};

/* A unit below the first, with three people. Codes are names, and names of definitions are clean. */
static int64_t add_unit(struct run *run, struct str code)
{
	struct arena *arena = run->arena;
	struct unit unit = {.id = (int64_t)org_unit_count(run->org) + 1,
		.code = code,
		.name = code,
		.since = DAY_NONE,
		.until = DAY_NONE};

	unit.parent = unit.id == 1 ? 0 : 1;
	org_unit_set(run->org, &unit);
	for (size_t i = 0; i < ARRAY_COUNT(seats); i++) {
		struct str name = str_format(arena, "%.*s-%s", STR_ARG(code), seats[i].suffix);
		struct post post = {.id = (int64_t)org_post_count(run->org) + 1,
			.code = name,
			.unit = unit.id,
			.title = name,
			.kind = seats[i].kind,
			.until = DAY_NONE};
		struct person person = {.id = (int64_t)org_person_count(run->org) + 1,
			.code = name,
			.name = name,
			.pseudonym = name,
			.born = DAY_NONE};
		struct tenure tenure = {.id = (int64_t)org_tenure_count(run->org) + 1,
			.post = post.id,
			.person = person.id,
			.until = DAY_NONE};

		REQUIRE(day_make(1990, 1, 1, &tenure.from));
		org_post_set(run->org, &post);
		org_person_set(run->org, &person);
		org_tenure_set(run->org, &tenure);
	}
	return unit.id;
}

static void give_functions(struct run *run, const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->role_count; i++) {
		struct str name = procedure->roles[i].function;

		if (procedure->roles[i].kind == ROLE_FUNCTION && org_function(run->org, name) == NULL)
			org_function_set(
				run->org, &(struct function){.name = name,
						  .unit = add_unit(run,
							  str_format(run->arena, "f-%.*s", STR_ARG(name)))});
	}
}

static bool names_somebody(enum field_type type)
{
	return type == FIELD_UNIT || type == FIELD_UNITS || type == FIELD_POST || type == FIELD_PERSON ||
	       type == FIELD_PERSONS;
}

static int64_t unit_of_field(const struct run *run, struct str name)
{
	const struct unit *unit = org_unit_by_code(run->org, str_format(run->arena, "n-%.*s", STR_ARG(name)));

	return unit == NULL ? 0 : unit->id;
}

static void give_fields(struct run *run, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (names_somebody(fields[i].type) && unit_of_field(run, fields[i].name) == 0)
			add_unit(run, str_format(run->arena, "n-%.*s", STR_ARG(fields[i].name)));
		for (size_t k = 0; k < fields[i].column_count; k++)
			if (names_somebody(fields[i].columns[k].type) &&
				unit_of_field(run, fields[i].columns[k].name) == 0)
				add_unit(run,
					str_format(run->arena, "n-%.*s", STR_ARG(fields[i].columns[k].name)));
	}
}

void house_build(struct run *run, const struct procedures *all)
{
	const struct procedure *procedure = run->procedure;

	run->org = org_new(run->arena);
	add_unit(run, STR("top"));
	add_unit(run, STR("outside"));
	run->outsider = org_person_by_code(run->org, STR("outside-head"))->id;
	give_functions(run, procedure);
	for (size_t i = 0; all != NULL && i < all->count; i++)
		give_functions(run, all->items[i]);
	give_fields(run, procedure->fields, procedure->field_count);
	for (size_t i = 0; i < procedure->action_count; i++)
		give_fields(run, procedure->actions[i].fields, procedure->actions[i].field_count);
	for (size_t i = 0; i < procedure->request_count; i++)
		give_fields(run, procedure->requests[i].fields, procedure->requests[i].field_count);
	run->world.org = run->org;
}

/* ---- values ---- */

/* One of the three seats of the field's unit: its post, or who sits there. */
static int64_t seat_of_field(struct run *run, const struct field *field)
{
	int64_t unit = unit_of_field(run, field->name);
	const char *suffix = seats[chance_below(run->chance, ARRAY_COUNT(seats))].suffix;
	struct str code = str_format(run->arena, "n-%.*s-%s", STR_ARG(field->name), suffix);

	REQUIRE(unit != 0);
	return field->type == FIELD_PERSON || field->type == FIELD_PERSONS
		       ? org_person_by_code(run->org, code)->id
		       : org_post_by_code(run->org, code)->id;
}

static struct doc *day_value(struct run *run, const struct field *field)
{
	struct day today = instant_day(run->world.now, run->world.offset_minutes);
	int32_t days = (int32_t)chance_below(run->chance, 200) - 20; /* the past is allowed, and happens … */

	/* … but for a day that an action waits for. */
	if (days < 0 && field_is_waited_for(run->procedure, field->name))
		days = 0;

	return doc_text(run->arena, day_print(run->arena, day_add(today, days)));
}

static struct doc *choices_value(struct run *run, const struct field *field)
{
	struct doc *list = doc_list(run->arena);
	size_t first = chance_below(run->chance, field->choice_count);

	for (size_t i = 0; i < field->choice_count; i++)
		if (i == first || chance_happens(run->chance, 30))
			doc_push(run->arena, list, doc_text(run->arena, field->choices[i].name));
	return list;
}

static struct doc *number_value(struct run *run)
{
	return doc_text(run->arena, str_format(run->arena, "%zu.%zu", chance_below(run->chance, 1000),
					    chance_below(run->chance, 100)));
}

static struct doc *list_of(struct run *run, struct doc *item)
{
	struct doc *list = doc_list(run->arena);

	doc_push(run->arena, list, item);
	return list;
}

/* One row is enough: a second one might be about the same. */
static struct doc *rows_value(struct run *run, const struct field *field)
{
	struct doc *list = doc_list(run->arena), *row = doc_object(run->arena);

	for (size_t i = 0; i < field->column_count; i++) {
		enum field_type type = field->columns[i].type;

		doc_set_str(run->arena, row, field->columns[i].name,
			type == FIELD_TEXT || type == FIELD_FILE ? doc_text(run->arena, STR("出差"))
								 : house_value(run, &field->columns[i]));
	}
	doc_push(run->arena, list, row);
	return list;
}

struct doc *house_value(struct run *run, const struct field *field)
{
	static const char *const texts[] = {"西江岸线整治", "done as agreed", "“引号”\n\\ 与 \t\x01."};
	struct arena *arena = run->arena;

	switch (field->type) {
	case FIELD_NUMBER:
	case FIELD_MONEY:
		return number_value(run);
	case FIELD_PERCENT:
		return doc_int(arena, (int64_t)chance_below(run->chance, 101));
	case FIELD_DATE:
		return day_value(run, field);
	case FIELD_CHOICE:
		return doc_text(arena, field->choices[chance_below(run->chance, field->choice_count)].name);
	case FIELD_CHOICES:
		return choices_value(run, field);
	case FIELD_UNIT:
		return doc_int(arena, unit_of_field(run, field->name));
	case FIELD_UNITS:
		return list_of(run, doc_int(arena, unit_of_field(run, field->name)));
	case FIELD_PERSONS:
		return list_of(run, doc_int(arena, seat_of_field(run, field)));
	case FIELD_LINES:
		return list_of(run, doc_text(arena, STR("第一议题:学习贯彻")));
	case FIELD_POST:
	case FIELD_PERSON:
		return doc_int(arena, seat_of_field(run, field));
	case FIELD_MATTER:
	case FIELD_HOURS:
		return doc_int(arena, (int64_t)chance_below(run->chance, 100));
	case FIELD_BOOL:
		return doc_bool(arena, chance_happens(run->chance, 50));
	case FIELD_ROWS:
		return rows_value(run, field);
	default:
		return doc_text(arena, str_from(texts[chance_below(run->chance, ARRAY_COUNT(texts))]));
	}
}

size_t house_people(const struct run *run, int role, int64_t *people, size_t max)
{
	struct day today = instant_day(run->world.now, run->world.offset_minutes);
	struct bearer bearer = matter_bearer(run->procedure, run->matter->fields, role, run->org, today);
	size_t count = 0;

	for (int64_t person = 1; person <= (int64_t)org_person_count(run->org) && count < max; person++)
		if (!bearer_is_nobody(&bearer) && bearer_post_of(&bearer, person, run->org, today) != 0)
			people[count++] = person;
	return count;
}
