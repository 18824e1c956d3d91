/* test_example.c: the example of the format is sound, and nothing that keeps it so can be taken out of it
 * unnoticed: neither from its text, nor, in the mutation report, from its tree. The same report of every
 * shipped procedure has no silent line.
 *
 *     test_example ROOT      UPDATE_MUTATIONS=1 renews the kept reports */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include <cmocka.h>

#include "definitions.h"

static const char *root;
static struct arena *arena;

static int arena_begin(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct str example_path(const char *file)
{
	return str_format(arena, "%s/tests/procedure/sound/example/%s", root, file);
}

/* The example's text with the passage `old`, which stands there once, written as `new`. */
static struct str rewritten(const char *old, const char *new)
{
	struct str text = text_read(arena, example_path("key_task.yaml").data);
	size_t begin = str_find(text, str_from(old));
	struct str rest;

	if (begin == SIZE_MAX)
		fail_msg("the example has no \"%s\"", old);
	rest = str_slice(text, begin + strlen(old), text.size);
	assert_int_equal(str_find(rest, str_from(old)), SIZE_MAX);
	return str_format(arena, "%.*s%s%.*s", STR_ARG(str_slice(text, 0, begin)), new, STR_ARG(rest));
}

/* The rules that refuse this text beside the example's accountability, each once: "P2 P3"; "" when sound. */
static struct str refused_by(struct str text)
{
	const struct procedure *items[2];
	struct procedures all = {items, 0};
	struct findings findings = findings_new(arena);
	struct buf rules = buf_new(arena);

	items[all.count++] = procedure_read(arena, STR("accountability.yaml"),
		text_read(arena, example_path("accountability.yaml").data), &findings);
	items[all.count] = procedure_read(arena, STR("key_task.yaml"), text, &findings);
	all.count += items[all.count] != NULL;
	procedures_prove(&all, all.count == 2, NULL, (struct day){0}, &findings);
	for (size_t i = 0; i < findings.count; i++)
		if (str_find(buf_str(&rules), findings.items[i].rule) == SIZE_MAX)
			buf_format(
				&rules, "%s%.*s", rules.size > 0 ? " " : "", STR_ARG(findings.items[i].rule));
	return buf_str(&rules);
}

static void nothing_can_be_taken_out_of_the_example_unnoticed(void **state)
{
	static const struct {
		const char *old, *new, *rules;
	} cuts[] = {
		{"procedure: key_task", "procedure: key_task", ""},
		/* duties */
		{"  dispatch_in_time: {bearer: office, in: draft, discharged_by: [dispatch, withdraw], "
		 "within: 3 "
		 "working days,\n                 breach: {escalate: [commander]}}\n",
			"", "P2"},
		{"  sign_in_time: {bearer: lead, in: dispatched, discharged_by: [sign, refuse], within: 2 "
		 "working "
		 "days,\n                 breach: {escalate: [head of lead, office]}}\n",
			"", "P2 P1"},
		{"  finish:       {bearer: lead, in: working, discharged_by: [ask_close], by: due, warn: 3 "
		 "working "
		 "days,\n                 breach: {escalate: [commander, office], open: accountability, "
		 "with: "
		 "{subject: lead_unit, ground: overdue}}}\n",
			"", "W1"}, /* `extend` moves it */
		{"  report_in_time: {bearer: lead, in: working, discharged_by: [report], every: month,\n"
		 "                 breach: {escalate: [head of lead, office]}}\n",
			"", ""},
		{"  review_in_time: {bearer: office, in: review, discharged_by: [close, send_back], within: "
		 "5 "
		 "working days,\n                 breach: {escalate: [commander]}}\n",
			"", "P2 P1"},
		/* breaches */
		{"[dispatch, withdraw], within: 3 working days,\n                 breach: {escalate: "
		 "[commander]}}",
			"[dispatch, withdraw], within: 3 working days}", "P3"},
		{"[sign, refuse], within: 2 working days,\n                 breach: {escalate: [head of "
		 "lead, "
		 "office]}}",
			"[sign, refuse], within: 2 working days}", "P3"},
		{"warn: 3 working days,\n                 breach: {escalate: [commander, office], open: "
		 "accountability, with: {subject: lead_unit, ground: overdue}}}",
			"warn: 3 working days}", "P3"},
		{"every: month,\n                 breach: {escalate: [head of lead, office]}}",
			"every: month}", "P3"},
		{"[close, send_back], within: 5 working days,\n                 breach: {escalate: "
		 "[commander]}}",
			"[close, send_back], within: 5 working days}", "P3"},
		/* separation and evidence */
		{", not_by: [report, ask_close]", "", "S1"},
		{"not_by: [report, ask_close]", "not_by: [ask_close]", "S1"},
		{"not_by: [report, ask_close]", "not_by: [report]", "S1"},
		{", evidence: required", "", "S2"},
		{"evidence: required", "evidence: optional", "S2"},
		/* what else keeps it sound */
		{", answers_to: commander", "", "P1"},
		{", before_due: true", "", "P3"},
		{"commander: {type: post, required: true", "commander: {type: post", "P1 P3"},
		{"due:       {type: date, required: true", "due:       {type: date", "P2"},
		{"ground: overdue", "ground: lazy", "W1"},
		{", ground: overdue", "", "P3"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(cuts); i++) {
		struct str rules = refused_by(rewritten(cuts[i].old, cuts[i].new));

		if (!str_is(rules, cuts[i].rules))
			fail_msg("with \"%s\" for \"%s\" it is refused by \"%.*s\", not by \"%s\"",
				cuts[i].new, cuts[i].old, STR_ARG(rules), cuts[i].rules);
	}
}

/* ---- the mutation report ---- */

static struct str report_of(const struct procedure *procedure, const struct procedures *all)
{
	struct buf buf = buf_new(arena);
	size_t count;
	const struct mutation *mutations = procedure_mutate(arena, procedure, all, &count);

	for (size_t i = 0; i < count; i++) {
		const struct mutation *mutation = &mutations[i];

		if (!mutation->refused && mutation->harmless.size == 0)
			fail_msg("%.*s: %s %.*s can be taken out, and nothing says why that is harmless",
				STR_ARG(procedure->name), mutation->kind, STR_ARG(mutation->name));
		buf_format(&buf, "without %s %.*s: %s%.*s\n", mutation->kind, STR_ARG(mutation->name),
			mutation->refused ? "refused by " : "",
			STR_ARG(mutation->refused ? mutation->rule : mutation->harmless));
	}
	assert_true(count > 0);
	return buf_str(&buf);
}

static void compare_report(const char *kept_path, struct str report)
{
	struct str kept;

	if (getenv("UPDATE_MUTATIONS") != NULL)
		text_write(kept_path, report);
	kept = text_read(arena, kept_path);
	if (!str_equal(report, kept))
		fail_msg("%s is not what taking out does now:\n%.*s"
			 "When that is right: UPDATE_MUTATIONS=1 meson test -C build procedure/example",
			kept_path, STR_ARG(report));
}

static void compare_reports(const char *folder, const char *kept_folder)
{
	struct proof proof = proof_of(arena, folder);

	assert_true(proof.complete && proof.all.count > 0);
	for (size_t i = 0; i < proof.all.count; i++)
		compare_report(
			str_format(arena, "%s/%.*s.txt", kept_folder, STR_ARG(proof.all.items[i]->name)).data,
			report_of(proof.all.items[i], &proof.all));
}

static void the_mutation_report_of_the_example_is_the_one_that_was_read(void **state)
{
	(void)state;
	compare_reports(
		example_path("").data, str_format(arena, "%s/tests/procedure/mutations/example", root).data);
}

static void each_mutation_of_a_shipped_procedure_is_refused_or_has_its_reason(void **state)
{
	size_t count, seen = 0;
	struct str folder = str_format(arena, "%s/institutions", root);
	const char **names = names_in(arena, folder.data, "", &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct str definitions = str_format(arena, "%s/%s/procedures", folder.data, names[i]);
		struct str kept = str_format(arena, "%s/tests/procedure/mutations/%s", root, names[i]);
		struct stat found;

		if (stat(definitions.data, &found) != 0)
			continue;
		mkdir(kept.data, 0755);
		compare_reports(definitions.data, kept.data);
		seen++;
	}
	assert_true(seen > 0);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_can_be_taken_out_of_the_example_unnoticed),
		cmocka_unit_test(the_mutation_report_of_the_example_is_the_one_that_was_read),
		cmocka_unit_test(each_mutation_of_a_shipped_procedure_is_refused_or_has_its_reason),
	};

	if (argc < 2)
		return 2;
	root = argv[1];
	return cmocka_run_group_tests(tests, arena_begin, arena_end);
}
