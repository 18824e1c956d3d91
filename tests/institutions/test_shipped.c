/* test_shipped.c: what the institutions that are shipped promise beyond being sound: every label in both
 * languages, every limit with its source, every matter that is to be imported readable as the importer reads
 * it.
 *
 *     test_shipped ROOT */
#include "exchange/file.h"
#include "exchange/institution.h"
#include "exchange/matter_table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glob.h>

#include <cmocka.h>

static const char *root;

static struct institution_folder read_institution(struct arena *arena, const char *name)
{
	struct institution_folder institution;
	struct findings findings = findings_new(arena);
	struct bh_err why = {0};
	struct str folder = str_format(arena, "%s/institutions/%s", root, name);

	if (institution_read(arena, folder.data, &findings, &institution, &why) != ERR_OK)
		fail_msg("%s: %s", why.place, why.text);
	if (findings.count > 0)
		fail_msg("%.*s", STR_ARG(finding_print(arena, &findings.items[0])));
	return institution;
}

/* ---- labels ---- */

static void expect_label(
	const struct procedure *procedure, const char *what, struct str name, struct label label)
{
	if (str_trim(label.zh).size == 0 || str_trim(label.en).size == 0)
		fail_msg("%.*s: the %s %.*s needs a label in Chinese and in English",
			STR_ARG(procedure->file), what, STR_ARG(name));
	if (str_find(label.en, STR("\"")) != SIZE_MAX || str_find(label.zh, STR("\"")) != SIZE_MAX)
		fail_msg("%.*s: the label of %.*s has a quotation mark in it", STR_ARG(procedure->file),
			STR_ARG(name));
}

static void expect_field_labels(const struct procedure *procedure, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		expect_label(procedure, "field", fields[i].name, fields[i].label);
		for (size_t k = 0; k < fields[i].choice_count; k++)
			expect_label(
				procedure, "choice", fields[i].choices[k].name, fields[i].choices[k].label);
	}
}

static void expect_labels(const struct procedure *procedure)
{
	expect_label(procedure, "title of", procedure->name, procedure->title);
	expect_field_labels(procedure, procedure->fields, procedure->field_count);
	for (size_t i = 0; i < procedure->role_count; i++)
		expect_label(procedure, "role", procedure->roles[i].name, procedure->roles[i].label);
	for (size_t i = 0; i < procedure->state_count; i++)
		expect_label(procedure, "state", procedure->states[i].name, procedure->states[i].label);
	for (size_t i = 0; i < procedure->action_count; i++) {
		expect_label(procedure, "action", procedure->actions[i].name, procedure->actions[i].label);
		expect_field_labels(
			procedure, procedure->actions[i].fields, procedure->actions[i].field_count);
	}
	for (size_t i = 0; i < procedure->duty_count; i++)
		expect_label(procedure, "duty", procedure->duties[i].name, procedure->duties[i].label);
	for (size_t i = 0; i < procedure->request_count; i++) {
		expect_label(procedure, "request", procedure->requests[i].name, procedure->requests[i].label);
		expect_field_labels(
			procedure, procedure->requests[i].fields, procedure->requests[i].field_count);
	}
}

static void for_each_institution(void (*expect)(const struct procedure *))
{
	static const char *const names[] = {"pengjiang-2019", "minimal"};
	struct arena *arena = arena_new();

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		struct institution_folder institution = read_institution(arena, names[i]);

		for (size_t k = 0; k < institution.procedures.count; k++)
			expect(institution.procedures.items[k]);
	}
	arena_free(arena);
}

static void everything_has_a_label_in_both_languages(void **state)
{
	(void)state;
	for_each_institution(expect_labels);
}

/* ---- sources ---- */

/* Laws whose text was read. Any other source, and any other article of these, is to be confirmed by the
 * office. */
static const struct {
	const char *rule, *article; /* "" for an article: the procedure rests on the whole */
} read_texts[] = {
	{"政府督查工作条例", "第十四条、第十五条、第十六条"},
	{"政府督查工作条例", "第十六条"},
	{"政府督查工作条例", "第十七条"},
	{"政府督查工作条例", "第十八条"},
	{"公职人员政务处分法(2020)", "第八条"},
	{"公职人员政务处分法(2020)", "第五十四条"},
	{"中华人民共和国监察法(2018)", "第四十九条"},
	{"公务员法(2018)", "第四十八条"},
	{"重大行政决策程序暂行条例", "第十五条"},
	{"重大行政决策程序暂行条例", "第二十六条"},
	{"重大行政决策程序暂行条例", "第十五条、第二十六条"},
};

static void expect_honest(const struct procedure *procedure, const struct basis *basis, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool known = basis[i].confirm;

		for (size_t k = 0; k < ARRAY_COUNT(read_texts); k++)
			known |= str_is(basis[i].rule, read_texts[k].rule) &&
				 str_is(basis[i].article, read_texts[k].article);
		if (!known)
			fail_msg("%.*s: %.*s %.*s wasn't read, so say `confirm: true`",
				STR_ARG(procedure->file), STR_ARG(basis[i].rule), STR_ARG(basis[i].article));
	}
}

static void expect_sources(const struct procedure *procedure)
{
	expect_honest(procedure, procedure->basis, procedure->basis_count);
	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		if (duty->basis_count == 0 && procedure->basis_count == 0)
			fail_msg("%.*s: the limit of %.*s has no source, nor has the procedure",
				STR_ARG(procedure->file), STR_ARG(duty->name));
		expect_honest(procedure, duty->basis, duty->basis_count);
	}
}

static void each_limit_has_a_source_and_says_whether_it_was_read(void **state)
{
	(void)state;
	for_each_institution(expect_sources);
}

/* ---- what waits for its parts ---- */

static bool ends_well(const struct procedure *procedure, const struct action *action)
{
	return action->to >= 0 && procedure->states[action->to].end == END_SUCCESS;
}

static bool can_close_from(const struct procedure *procedure, int state)
{
	for (size_t i = 0; i < procedure->action_count; i++)
		if (action_leaves(&procedure->actions[i], state) &&
			ends_well(procedure, &procedure->actions[i]))
			return true;
	return false;
}

static bool lists(const int *items, size_t count, int wanted)
{
	for (size_t i = 0; i < count; i++)
		if (items[i] == wanted)
			return true;
	return false;
}

/* Is that duty, owed in that state, one whose day can be asked to be moved there? */
static bool can_be_extended(const struct procedure *procedure, int duty, int state)
{
	for (size_t i = 0; i < procedure->request_count; i++)
		if (procedure->requests[i].moves == duty &&
			lists(procedure->requests[i].in, procedure->requests[i].in_count, state))
			return true;
	return false;
}

/* From some state before the last one the matter comes to be closed by a step whose duty can be extended, for
 * the days of its parts can: who closes would else have to give it back for no fault of anybody's. */
static bool waits_for_its_parts(const struct procedure *procedure, int closing)
{
	for (size_t i = 0; i < procedure->duty_count; i++) {
		const struct duty_rule *duty = &procedure->duties[i];

		for (size_t k = 0; k < duty->discharged_by_count; k++)
			for (size_t n = 0; n < duty->in_count; n++)
				if (procedure->actions[duty->discharged_by[k]].to == closing &&
					can_be_extended(procedure, (int)i, duty->in[n]))
					return true;
	}
	return false;
}

static void expect_time_for_parts(const struct procedure *procedure)
{
	for (size_t i = 0; i < procedure->state_count && procedure->children.close_before_parent; i++)
		if (can_close_from(procedure, (int)i) && !waits_for_its_parts(procedure, (int)i))
			fail_msg("%.*s: it closes from %.*s only when its parts are done, and no step to "
				 "there "
				 "can be given more time when they are",
				STR_ARG(procedure->file), STR_ARG(procedure->states[i].name));
}

static void what_waits_for_its_parts_can_be_given_their_time(void **state)
{
	(void)state;
	for_each_institution(expect_time_for_parts);
}

/* ---- what is to be imported ---- */

struct folder {
	struct arena *arena;
	struct institution_folder institution;
	struct ref {
		struct str name, procedure;
	} * refs;
	size_t ref_count, ref_capacity;
	bool refs_known; /* all of them: what names another is looked up */
	size_t row_count;
};

/* A matter may be named by the office's own number for it, whatever file has it. */
static int64_t find_ref(void *context, struct str number)
{
	const struct folder *folder = context;

	if (!folder->refs_known)
		return 1;
	for (size_t i = 0; i < folder->ref_count; i++)
		if (str_equal(folder->refs[i].name, number))
			return (int64_t)i + 1;
	return 0;
}

static struct matter_table read_table(struct folder *folder, const char *path, struct csv_errors *errors)
{
	struct str text, file = str_from(strrchr(path, '/') + 1);
	const struct procedure *procedure = procedures_find(
		&folder->institution.procedures, str_slice(file, 0, file.size - strlen(".csv")));

	if (procedure == NULL)
		fail_msg("%s: there is no such procedure", path);
	assert_int_equal(file_read(folder->arena, path, 1 << 24, &text, NULL), ERR_OK);
	*errors = csv_errors_new(folder->arena, file);
	const struct csv_table *csv = csv_read(folder->arena, text, errors);

	assert_non_null(csv);
	struct matter_table table = matter_table_read(
		folder->arena, procedure, folder->institution.org, csv, find_ref, folder, errors);

	if (errors->count > 0)
		fail_msg("%.*s", STR_ARG(csv_error_print(folder->arena, errors, 0)));
	assert_int_equal(table.row_count, csv->row_count);
	return table;
}

/* Every required field filled in, so that each row can be opened. */
static void expect_filled(const struct matter_table *table, const struct matter_row *row)
{
	for (size_t i = 0; i < table->procedure->field_count; i++)
		if (table->procedure->fields[i].required &&
			doc_get_str(row->fields, table->procedure->fields[i].name) == NULL)
			fail_msg("%.*s line %zu: %.*s is required", STR_ARG(table->procedure->name),
				row->line, STR_ARG(table->procedure->fields[i].name));
	if (row->by == 0)
		fail_msg("%.*s line %zu: nobody opens it", STR_ARG(table->procedure->name), row->line);
}

static void note_ref(struct folder *folder, const struct matter_table *table, const struct matter_row *row)
{
	if (row->number_ref.size == 0)
		return;
	for (size_t i = 0; i < folder->ref_count; i++)
		if (str_equal(folder->refs[i].name, row->number_ref))
			fail_msg("%.*s stands twice", STR_ARG(row->number_ref));
	*ARENA_PUSH(folder->arena, folder->refs, folder->ref_count, folder->ref_capacity) =
		(struct ref){row->number_ref, table->procedure->name};
}

static void expect_parent(
	const struct folder *folder, const struct matter_table *table, const struct matter_row *row)
{
	const struct procedure *above = NULL;

	if (row->parent.size == 0)
		return;
	for (size_t i = 0; i < folder->ref_count; i++)
		if (str_equal(folder->refs[i].name, row->parent))
			above = procedures_find(&folder->institution.procedures, folder->refs[i].procedure);
	if (above == NULL)
		fail_msg("%.*s: there is no %.*s to be part of", STR_ARG(table->procedure->name),
			STR_ARG(row->parent));
	if (above != NULL && !str_equal(above->children.of, table->procedure->name))
		fail_msg("%.*s has no parts of %.*s", STR_ARG(above->name), STR_ARG(table->procedure->name));
}

static void read_folder(struct folder *folder, const char *name)
{
	glob_t found;

	folder->institution = read_institution(folder->arena, name);
	assert_int_equal(glob(str_format(folder->arena, "%s/institutions/%s/matters/*.csv", root, name).data,
				 0, NULL, &found),
		0);
	struct matter_table *tables = ARENA_TAKE(folder->arena, found.gl_pathc, struct matter_table);
	struct csv_errors *errors = ARENA_TAKE(folder->arena, found.gl_pathc, struct csv_errors);

	for (size_t i = 0; i < found.gl_pathc; i++) {
		tables[i] = read_table(folder, found.gl_pathv[i], &errors[i]);
		for (size_t k = 0; k < tables[i].row_count; k++)
			note_ref(folder, &tables[i], &tables[i].rows[k]);
	}
	folder->refs_known = true;
	for (size_t i = 0; i < found.gl_pathc; i++)
		tables[i] = read_table(folder, found.gl_pathv[i], &errors[i]);
	for (size_t i = 0; i < found.gl_pathc; i++)
		for (size_t k = 0; k < tables[i].row_count; k++) {
			expect_filled(&tables[i], &tables[i].rows[k]);
			expect_parent(folder, &tables[i], &tables[i].rows[k]);
			folder->row_count++;
		}
	globfree(&found);
}

static void what_is_to_be_imported_resolves(void **state)
{
	struct folder district = {.arena = arena_new()}, small = {.arena = district.arena};

	(void)state;
	read_folder(&district, "pengjiang-2019");
	read_folder(&small, "minimal");
	assert_int_equal(district.row_count, 526);
	assert_int_equal(small.row_count, 2);
	arena_free(district.arena);
}

/* ---- completeness ---- */

static void every_procedure_of_the_seven_grasps_is_there(void **state)
{
	static const char *const names[] = {"study_session", "study_plan", "research_visit", "work_standard",
		"conduct_problem", "lead", "case", "sanction", "appeal", "appointment",
		"front_line_assessment", "handover", "rule_making", "collective_decision", "inspection",
		"finding", "rectification", "look_back", "special_supervision", "supervision_check",
		"key_task", "site_visit", "responsibility_list", "duty_report", "accountability",
		"standard_review", "catch_up", "standard_look_back", "deployment", "programme", "meeting"};
	struct arena *arena = arena_new();
	struct institution_folder district = read_institution(arena, "pengjiang-2019");
	struct institution_folder small = read_institution(arena, "minimal");
	bool grasps[GRASP_COUNT] = {false};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(names); i++)
		if (procedures_find(&district.procedures, str_from(names[i])) == NULL)
			fail_msg("%s is missing", names[i]);
	for (size_t i = 0; i < district.procedures.count; i++)
		grasps[district.procedures.items[i]->grasp] = true;
	for (size_t i = 0; i < GRASP_COUNT; i++)
		assert_true(grasps[i]);
	assert_int_equal(org_unit_count(small.org), 10);
	assert_int_equal(small.procedures.count, 4);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_has_a_label_in_both_languages),
		cmocka_unit_test(each_limit_has_a_source_and_says_whether_it_was_read),
		cmocka_unit_test(what_waits_for_its_parts_can_be_given_their_time),
		cmocka_unit_test(what_is_to_be_imported_resolves),
		cmocka_unit_test(every_procedure_of_the_seven_grasps_is_there),
	};

	root = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
