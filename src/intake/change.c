/* change.c: a row whose matter is known. What it says is recorded already, or an exported table was edited.
 *
 * Which act a changed cell means is the procedure's to say. Where the definition has exactly one action that
 * sets the cell's field and that this person may do now, it has said so, and the row becomes that action;
 * everything else is told to the person, with its cell and with what to do instead. */
#include "intake/ways.h"

struct changing {
	const struct known_row *known;
	struct arena *arena;
	struct matter *matter;
	struct world world;
	const struct possible *possible; /* by the importing person, now */
	size_t possible_count;
	int action;       /* by which all changed cells are set; -1 before the first */
	struct str first; /* the field of the first changed cell */
	struct doc *fields;
};

/* ---- what a row says ---- */

/* Does a field say the same? A column that isn't in the file says nothing. */
static bool is_field_same(const struct known_row *known, size_t i, const struct doc *recorded)
{
	struct str name = known->table->procedure->fields[i].name;
	const struct doc *given = doc_get_str(known->row->fields, name),
			 *before = doc_get_str(recorded, name);

	return known->table->at[i] < 0 || given == before ||
	       (given != NULL && before != NULL && doc_equal(given, before));
}

static bool is_row_same(const struct known_row *known, const struct doc *recorded)
{
	for (size_t i = 0; i < known->table->procedure->field_count; i++)
		if (!is_field_same(known, i, recorded))
			return false;
	return true;
}

/* An office's own file must say what the matter was opened with, which no later change of it touches, or what
 * it says now. */
static enum err compare_own(const struct known_row *known, const struct matter *matter, struct bh_err *reterr)
{
	const struct intake *intake = known->intake;
	const struct doc *opening;

	TRY(opening_read(intake->ask.store, intake->arena, matter->id, &opening, reterr));
	if (is_row_same(known, matter->fields) || is_row_same(known, doc_get(opening, "fields")))
		return ERR_OK;
	for (size_t i = 0; i < known->table->procedure->field_count; i++)
		if (!is_field_same(known, i, matter->fields))
			matter_table_say(known->table, known->row,
				known->table->procedure->fields[i].name.data,
				"this was opened before with something else in it: act on the matter to "
				"change it");
	return ERR_OK;
}

/* ---- which action ---- */

static void say_of_field(const struct changing *changing, struct str field, const struct bh_err *why)
{
	struct bh_err there;

	(void)!err_pass(&there, why->code, field.data, why);
	matter_table_pass(changing->known->table, changing->known->row, &there);
}

static bool sets_field(const struct action *action, int field)
{
	for (size_t i = 0; i < action->field_count; i++)
		if (action->fields[i].sets == field)
			return true;
	return false;
}

static const char *label_of(const struct changing *changing, int action, const char *lang)
{
	const struct action *found = &changing->matter->procedure->actions[action];

	return str_copy(changing->arena, label_pick(found->label, found->name, str_from(lang))).data;
}

/* None that they may do: the first that would set it, and why not. */
static void say_none(const struct changing *changing, struct str name, int field)
{
	struct bh_err why;

	for (size_t i = 0; i < changing->possible_count; i++) {
		const struct possible *possible = &changing->possible[i];

		if (possible->action < 0 ||
			!sets_field(&changing->matter->procedure->actions[possible->action], field))
			continue;
		(void)!err_set_both(&why, ERR_REFUSED, "",
			str_format(changing->arena, "改动此项须经“%s”,但%.*s",
				label_of(changing, possible->action, "zh"), STR_ARG(possible->why_zh))
				.data,
			str_format(changing->arena, "it is changed by '%s', but that %.*s",
				label_of(changing, possible->action, "en"), STR_ARG(possible->why_en))
				.data);
		say_of_field(changing, name, &why);
		return;
	}
	matter_table_say(changing->known->table, changing->known->row, name.data,
		"no action of this procedure changes it once the matter is open: put back what stood here");
}

/* The one action that they may do and that sets the field; -1 after having said why there is none. */
static int action_for(const struct changing *changing, struct str name)
{
	int field = procedure_field(changing->matter->procedure, name), found = -1;

	for (size_t i = 0; i < changing->possible_count; i++) {
		int action = changing->possible[i].action;

		if (action < 0 || !changing->possible[i].may || field < 0 ||
			!sets_field(&changing->matter->procedure->actions[action], field))
			continue;
		if (found >= 0) {
			struct bh_err why;

			(void)!err_set_both(&why, ERR_REFUSED, "",
				str_format(changing->arena, "“%s”和“%s”都可改动此项: 请在事项中选择办理",
					label_of(changing, found, "zh"), label_of(changing, action, "zh"))
					.data,
				str_format(changing->arena,
					"both '%s' and '%s' change it: choose between them in the matter",
					label_of(changing, found, "en"), label_of(changing, action, "en"))
					.data);
			say_of_field(changing, name, &why);
			return -1;
		}
		found = action;
	}
	if (found < 0)
		say_none(changing, name, field);
	return found;
}

/* false when it was said why the cell can't be changed. */
static bool take_cell(struct changing *changing, struct str name)
{
	const struct known_row *known = changing->known;
	const struct doc *given = doc_get_str(known->row->fields, name);

	if (given == NULL) {
		matter_table_say(known->table, known->row, name.data,
			"an import empties no cell: put back what stood here, or act on the matter");
		return false;
	}
	int action = action_for(changing, name);

	if (action < 0)
		return false;
	if (changing->action >= 0 && changing->action != action) {
		matter_table_say(known->table, known->row, name.data,
			"this and another cell of the row belong to two actions: change one of them, and the "
			"other with the next export");
		return false;
	}
	if (changing->action < 0)
		changing->first = name;
	changing->action = action;
	doc_set_str(changing->arena, changing->fields, name, doc_copy(changing->arena, given));
	return true;
}

/* ---- one row ---- */

static bool take_cells(struct changing *changing)
{
	const struct known_row *known = changing->known;
	bool good = true;

	for (size_t i = 0; i < known->table->procedure->field_count; i++)
		if (!is_field_same(known, i, changing->matter->fields))
			good = take_cell(changing, known->table->procedure->fields[i].name) && good;
	return good && changing->action >= 0;
}

/* Would the engine do it? It is asked with all that the row gives. */
static void plan_change(struct changing *changing)
{
	struct intake *intake = changing->known->intake;
	struct command *command = ARENA_TAKE(changing->arena, 1, struct command);
	struct events events = {0};
	struct bh_err why;

	*command = (struct command){.kind = COMMAND_ACT,
		.person = intake->ask.person,
		.matter = changing->matter->id,
		.version = changing->matter->version,
		.name = changing->matter->procedure->actions[changing->action].name,
		.fields = changing->fields};
	if (matter_decide(changing->matter, command, &changing->world, changing->arena, &events, &why) !=
		ERR_OK) {
		bool named = doc_get_str(changing->fields, str_from(why.place)) != NULL;

		say_of_field(changing, named ? str_from(why.place) : changing->first, &why);
		return;
	}
	struct act_part *part = part_push(intake, changing->known->row->line);
	struct intake_row *row = row_of_line(intake, changing->known->row->line);

	part->act = (struct act){.kind = ACT_COMMAND, .person = intake->ask.person, .what.command = command};
	row->does = INTAKE_CHANGES;
	row->action = command->name;
}

static void say_for_changed(const struct changing *changing, const struct bh_err *why)
{
	const struct known_row *known = changing->known;

	for (size_t i = 0; i < known->table->procedure->field_count; i++)
		if (!is_field_same(known, i, changing->matter->fields))
			say_of_field(changing, known->table->procedure->fields[i].name, why);
}

static enum err edit(struct changing *changing, struct bh_err *reterr)
{
	const struct known_row *known = changing->known;
	const struct intake_ask *ask = &known->intake->ask;
	struct bh_err why;

	if (known->row->version != changing->matter->version) {
		(void)!err_set(&why, ERR_CONFLICT, "",
			"the matter has changed since the file was exported, from version %lld to %lld: "
			"export it again",
			(long long)known->row->version, (long long)changing->matter->version);
		say_for_changed(changing, &why);
		return ERR_OK;
	}
	if (ask->person == 0) {
		(void)!err_set(&why, ERR_FORBIDDEN, "", "say who acts: --as");
		say_for_changed(changing, &why);
		return ERR_OK;
	}
	TRY(institution_world(ask->institution, ask->store, changing->matter, ask->now, changing->arena,
		&changing->world, reterr));
	changing->possible = matter_possible(
		changing->matter, ask->person, &changing->world, changing->arena, &changing->possible_count);
	if (take_cells(changing))
		plan_change(changing);
	return ERR_OK;
}

/* What is set when a matter is opened, and never again by a table. */
static void compare_ties(const struct known_row *known, const struct matter *matter)
{
	if (known->row->gives_weight && known->row->weight != matter->weight)
		matter_table_say(known->table, known->row, "weight",
			"an import changes no weight of a matter that is open: put back what stood here");
	if (known->parent != 0 && known->parent != matter->parent)
		matter_table_say(known->table, known->row, "parent",
			"an import moves no matter to another: put back what stood here");
}

enum err change_check(const struct known_row *known, struct bh_err *reterr)
{
	struct intake *intake = known->intake;
	const struct intake_ask *ask = &intake->ask;
	struct changing changing = {
		.known = known, .arena = intake->arena, .action = -1, .fields = doc_object(intake->arena)};

	TRY(institution_matter(
		ask->institution, ask->store, intake->arena, known->matter, &changing.matter, reterr));
	if (!str_equal(changing.matter->procedure->name, known->table->procedure->name)) {
		matter_table_say(
			known->table, known->row, "number_ref", "this is a matter of another procedure");
		return ERR_OK;
	}
	row_of_line(intake, known->row->line)->matter = known->matter;
	/* What lies in a compartment is looked at one by one, and recorded so. */
	if (ask->alone && changing.matter->procedure->visibility == VISIBILITY_COMPARTMENT) {
		if (known->row->version != 0)
			matter_table_say(known->table, known->row, "number_ref",
				"a matter of a compartment is changed in itself, not by a table");
		return ERR_OK;
	}
	if (known->row->version == 0)
		return compare_own(known, changing.matter, reterr);
	compare_ties(known, changing.matter);
	return is_row_same(known, changing.matter->fields) ? ERR_OK : edit(&changing, reterr);
}
