/* test_draw.c: drawings say what the definition says, in every format, whatever its labels hold; and the
 * layout keeps its promises on graphs from a seed.
 *
 *     test_draw ROOT                                the tests; UPDATE_DRAWN=1 rewrites the kept drawings
 *     test_draw --draw FILE FORMAT LANG [STATE]     one drawing on stdout, for draw.mjs and for looking at */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glob.h>

#include <cmocka.h>

#include "procedure/layout.h"
#include "procedure/procedure.h"

static const char *root;

/* ---- reading ---- */

static struct str file_read(struct arena *arena, const char *name)
{
	FILE *file = fopen(name, "rb");

	if (file == NULL)
		return STR_NONE;
	char *text = ARENA_TAKE(arena, PROCEDURE_TEXT_MAX, char);
	size_t size = fread(text, 1, PROCEDURE_TEXT_MAX, file);

	fclose(file);
	return (struct str){text, size};
}

/* NULL, with the reasons on stderr, when the file can't be read as a definition. */
static const struct procedure *definition_read(struct arena *arena, const char *name)
{
	struct findings findings = findings_new(arena);
	const struct procedure *procedure =
		procedure_read(arena, str_from(name), file_read(arena, name), &findings);

	for (size_t i = 0; procedure == NULL && i < findings.count; i++)
		fprintf(stderr, "%.*s\n", STR_ARG(finding_print(arena, &findings.items[i])));
	return procedure;
}

static struct str draw(struct arena *arena, const struct procedure *procedure, enum draw_format format,
	const char *lang, int present)
{
	struct buf buf = buf_new(arena);

	procedure_draw(&buf, procedure, format, str_from(lang), present);
	return buf_str(&buf);
}

static const struct format_row {
	const char *name;
	enum draw_format format;
} format_rows[] = {{"svg", DRAW_SVG}, {"mermaid", DRAW_MERMAID}, {"bpmn", DRAW_BPMN}};

static int draw_one(int argc, char **argv)
{
	struct arena *arena = arena_new();
	const struct procedure *procedure = definition_read(arena, argv[2]);
	int done = 1;

	for (size_t i = 0; procedure != NULL && i < ARRAY_COUNT(format_rows); i++)
		if (strcmp(format_rows[i].name, argv[3]) == 0) {
			int present = argc > 5 ? procedure_state(procedure, str_from(argv[5])) : -1;
			struct str drawing = draw(arena, procedure, format_rows[i].format, argv[4], present);

			done = fwrite(drawing.data, 1, drawing.size, stdout) == drawing.size ? 0 : 1;
		}
	arena_free(arena);
	return done;
}

/* ---- kept drawings ---- */

static const struct kept {
	const char *definition, *lang, *present, *file;
	enum draw_format format;
} kept_rows[] = {
	{"task.yaml", "zh", "working", "task.zh.svg", DRAW_SVG},
	{"task.yaml", "en", NULL, "task.en.svg", DRAW_SVG},
	{"task.yaml", "zh", "working", "task.zh.mmd", DRAW_MERMAID},
	{"task.yaml", "zh", NULL, "task.zh.bpmn", DRAW_BPMN},
	{"odd.yaml", "zh", "state", "odd.zh.svg", DRAW_SVG},
	{"odd.yaml", "en", "state", "odd.en.svg", DRAW_SVG},
	{"odd.yaml", "en", "done", "odd.en.mmd", DRAW_MERMAID},
	{"odd.yaml", "en", NULL, "odd.en.bpmn", DRAW_BPMN},
};

static void drawings_are_those_that_were_looked_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(kept_rows); i++) {
		const struct kept *row = &kept_rows[i];
		struct arena *arena = arena_new();
		struct str path = str_format(arena, "%s/tests/procedure/drawn/%s", root, row->file);
		const struct procedure *procedure = definition_read(
			arena, str_format(arena, "%s/tests/procedure/drawn/%s", root, row->definition).data);

		assert_non_null(procedure);
		int present = row->present != NULL ? procedure_state(procedure, str_from(row->present)) : -1;
		struct str drawn = draw(arena, procedure, row->format, row->lang, present);

		if (getenv("UPDATE_DRAWN") != NULL) {
			FILE *file = fopen(path.data, "wb");

			assert_non_null(file);
			assert_int_equal(fwrite(drawn.data, 1, drawn.size, file), drawn.size);
			assert_int_equal(fclose(file), 0);
		}
		if (!str_equal(drawn, file_read(arena, path.data)))
			fail_msg("%s differs: look at the new drawing, then run with UPDATE_DRAWN=1",
				row->file);
		arena_free(arena);
	}
}

/* ---- what a drawing must say ---- */

static size_t count_of(struct str text, const char *wanted)
{
	size_t count = 0, at;

	for (; (at = str_find(text, str_from(wanted))) != SIZE_MAX; count++)
		text = str_slice(text, at + strlen(wanted), text.size);
	return count;
}

static const struct phrase {
	const char *says, *lang, *present, *wanted;
	enum draw_format format;
	size_t count;
} phrases[] = {
	{"the title", "zh", NULL, "<text class=\"title\" x=\"24\" y=\"32\">重点工作督办</text>", DRAW_SVG, 1},
	{"a title for who can't see", "zh", NULL, "<title id=\"key_task-title\">重点工作督办</title>",
		DRAW_SVG, 1},
	{"every action and where it leads, in words", "en", NULL,
		"Draft: Supervision office Dispatch in time (within 3 working days), Dispatch (Supervision "
		"office) → "
		"To sign for, Withdraw (Supervision office) → Withdrawn. ",
		DRAW_SVG, 1},
	{"who owes", "zh", NULL,
		"<tspan class=\"strong\">主办单位</tspan><tspan class=\"weak\" dx=\"7\">按期办结</tspan>",
		DRAW_SVG, 1},
	{"by when", "zh", NULL, ">「办结时限」前</text>", DRAW_SVG, 1},
	{"which action needs evidence", "zh", NULL, "主办单位\uFF0C附证据</tspan>", DRAW_SVG, 1},
	{"six arrows lead on, and one begins", "zh", NULL, "<path class=\"onward-tip\"", DRAW_SVG, 7},
	{"two lead back", "zh", NULL, "<path class=\"back-tip\"", DRAW_SVG, 2},
	{"one end is good", "zh", NULL, "<path class=\"sign done\"", DRAW_SVG, 1},
	{"one end is void", "zh", NULL, "<path class=\"sign void\"", DRAW_SVG, 1},
	{"no place is marked unless asked", "zh", NULL, "badge-text\" x", DRAW_SVG, 0},
	{"the present place is marked by more than colour", "zh", "review", ">当前</text>", DRAW_SVG, 1},
	{"the present place is said in words", "en", "review", "Under review (Present): ", DRAW_SVG, 1},
	{"colours for the dark", "zh", NULL, "@media (prefers-color-scheme:dark)", DRAW_SVG, 1},
	{"an image", "zh", NULL, " role=\"img\" ", DRAW_SVG, 1},
	{"no script", "zh", NULL, "<script", DRAW_SVG, 0},
	{"nothing from outside", "zh", NULL, "href", DRAW_SVG, 0},
	{"nothing from outside by style", "zh", NULL, "url(", DRAW_SVG, 0},
	{"a begin", "zh", NULL, "[*] --> s_draft\n", DRAW_MERMAID, 1},
	{"an arrow", "zh", NULL, "s_working --> s_review : 提请办结\uFF08主办单位\uFF09\n", DRAW_MERMAID, 1},
	{"an action that stays", "en", NULL, "s_working --> s_working : Report progress (Lead unit)\n",
		DRAW_MERMAID, 1},
	{"a duty", "en", NULL, "        Lead unit Sign in time, within 2 working days\n", DRAW_MERMAID, 1},
	{"the present place", "en", "review", "class s_review present\n", DRAW_MERMAID, 1},
	{"a user task for each state that somebody owes in", "zh", NULL, "<bpmn:userTask ", DRAW_BPMN, 4},
	{"a choice where several actions leave", "zh", NULL, "<bpmn:exclusiveGateway ", DRAW_BPMN, 4},
	{"a timer for each duty", "zh", NULL, "<bpmn:boundaryEvent ", DRAW_BPMN, 5},
	{"a lane for each role that has a state", "zh", NULL, "<bpmn:lane ", DRAW_BPMN, 2},
	{"two ends", "zh", NULL, "<bpmn:endEvent ", DRAW_BPMN, 2},
	{"what ISO 8601 can't say", "zh", NULL, " language=\"urn:bihuan:limit\">3 working days<", DRAW_BPMN,
		1},
	{"what it can", "zh", NULL, ">R/P1M</bpmn:timeCycle>", DRAW_BPMN, 1},
};

static void a_drawing_says_what_the_definition_says(void **state)
{
	struct arena *arena = arena_new();
	const struct procedure *procedure =
		definition_read(arena, str_format(arena, "%s/tests/procedure/drawn/task.yaml", root).data);

	(void)state;
	assert_non_null(procedure);
	for (size_t i = 0; i < ARRAY_COUNT(phrases); i++) {
		const struct phrase *row = &phrases[i];
		int present = row->present != NULL ? procedure_state(procedure, str_from(row->present)) : -1;
		size_t count = count_of(draw(arena, procedure, row->format, row->lang, present), row->wanted);

		if (count != row->count)
			fail_msg("%s: '%s' stands there %zu times, not %zu", row->says, row->wanted, count,
				row->count);
	}
	arena_free(arena);
}

static void labels_cannot_break_a_drawing(void **state)
{
	struct arena *arena = arena_new();
	const struct procedure *procedure =
		definition_read(arena, str_format(arena, "%s/tests/procedure/drawn/odd.yaml", root).data);

	(void)state;
	assert_non_null(procedure);
	struct str svg = draw(arena, procedure, DRAW_SVG, "en", -1),
		   mermaid = draw(arena, procedure, DRAW_MERMAID, "en", -1);

	assert_int_equal(count_of(svg, "<script>"), 0);
	assert_true(count_of(svg, "Clerk &lt;script&gt;") > 0);
	assert_int_equal(
		count_of(svg, "<title id=\"odd-title\">Odd &lt;title&gt; &amp; &quot;quotes&quot;</title>"),
		1);
	assert_int_equal(count_of(mermaid, "state \"#37;#37; end --#62; #91;*#93;\" as s_end\n"), 1);
	assert_int_equal(count_of(mermaid, "%%"), 0);
	assert_int_equal(count_of(draw(arena, procedure, DRAW_BPMN, "en", -1),
				 "name=\"Noted: &quot;a&quot; &amp; &#39;b&#39; "
				 "&lt;c&gt;\""),
		1);
	arena_free(arena);
}

static void bytes_that_xml_forbids_are_replaced(void **state)
{
	struct arena *arena = arena_new();
	struct state only = {
		.name = STR("a"), .label = {.zh = STR("x\x01\xFFy\xEF\xBF\xBEz")}, .start = true};
	struct procedure procedure = {
		.name = STR("p"), .states = &only, .state_count = 1, .start = 0, .title = {.zh = STR("t")}};

	(void)state;
	assert_int_equal(
		count_of(draw(arena, &procedure, DRAW_SVG, "zh", 0), ">x\uFFFD\uFFFDy\uFFFDz</text>"), 1);
	arena_free(arena);
}

static void nothing_at_all_can_be_drawn(void **state)
{
	struct arena *arena = arena_new();
	struct procedure procedure = {.name = STR("p"), .start = -1};

	(void)state;
	for (size_t i = 0; i < ARRAY_COUNT(format_rows); i++)
		assert_true(draw(arena, &procedure, format_rows[i].format, "zh", -1).size > 0);
	arena_free(arena);
}

static void the_same_definition_gives_the_same_bytes(void **state)
{
	struct arena *arena = arena_new();
	glob_t files;

	(void)state;
	assert_int_equal(
		glob(str_format(arena, "%s/institutions/*/procedures/*.yaml", root).data, 0, NULL, &files),
		0);
	for (size_t i = 0; i < files.gl_pathc; i++) {
		const struct procedure *once = definition_read(arena, files.gl_pathv[i]);
		const struct procedure *twice = definition_read(arena, files.gl_pathv[i]);

		for (size_t row = 0; once != NULL && row < ARRAY_COUNT(format_rows); row++) {
			struct str a = draw(arena, once, format_rows[row].format, "zh", once->start);

			assert_true(
				str_equal(a, draw(arena, twice, format_rows[row].format, "zh", once->start)));
			assert_true(utf8_is_valid(a));
		}
	}
	globfree(&files);
	arena_free(arena);
}

/* ---- the layout, on graphs from a seed ---- */

static uint64_t chance_state;

static int chance(int below)
{
	chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
	return (int)(chance_state >> 33) % below;
}

static struct layout layout_random(struct arena *arena, uint64_t seed)
{
	struct layout layout = {0};

	chance_state = seed;
	layout.box_count = 1 + (size_t)chance(14);
	layout.boxes = ARENA_TAKE(arena, layout.box_count, struct layout_box);
	layout.arrows = ARENA_TAKE(arena, 64, struct layout_arrow);
	for (size_t i = 0; i < layout.box_count; i++)
		layout.boxes[i] = (struct layout_box){.width = 120 + chance(250), .height = 40 + chance(120)};
	for (int i = chance(30); i > 0; i--) {
		int from = chance((int)layout.box_count), to = chance((int)layout.box_count);

		if (from != to)
			layout.arrows[layout.arrow_count++] = (struct layout_arrow){.from = from,
				.to = to,
				.text_width = 20 + chance(200),
				.text_height = 20 * (1 + chance(3))};
	}
	layout_solve(arena, &layout);
	return layout;
}

struct area {
	int left, top, right, bottom;
};

static struct area area_of_box(const struct layout_box *box)
{
	return (struct area){box->x, box->y, box->x + box->width, box->y + box->height};
}

static struct area area_of_text(const struct layout_arrow *arrow)
{
	return (struct area){arrow->text_x, arrow->text_y, arrow->text_x + arrow->text_width,
		arrow->text_y + arrow->text_height};
}

static bool areas_meet(struct area a, struct area b)
{
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

/* All boxes and texts of a drawing, boxes first. */
static struct area *areas_of(struct arena *arena, const struct layout *layout)
{
	struct area *areas = ARENA_TAKE(arena, layout->box_count + layout->arrow_count, struct area);

	for (size_t i = 0; i < layout->box_count; i++)
		areas[i] = area_of_box(&layout->boxes[i]);
	for (size_t i = 0; i < layout->arrow_count; i++)
		areas[layout->box_count + i] = area_of_text(&layout->arrows[i]);
	return areas;
}

enum { SEEDS = 400 };

static void boxes_and_texts_never_cover_each_other(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct arena *arena = arena_new();
		struct layout layout = layout_random(arena, seed);
		size_t count = layout.box_count + layout.arrow_count;
		const struct area *areas = areas_of(arena, &layout);

		for (size_t i = 0; i < count; i++) {
			if (areas[i].left < 0 || areas[i].top < 0 || areas[i].right > layout.width ||
				areas[i].bottom > layout.height)
				fail_msg("seed %d: area %zu lies outside the drawing", (int)seed, i);
			for (size_t j = 0; j < i; j++)
				if (areas_meet(areas[i], areas[j]))
					fail_msg("seed %d: areas %zu and %zu cover each other", (int)seed, j,
						i);
		}
		arena_free(arena);
	}
}

/* A line from one point to the next stays between the two in x and y: that is its area. */
static void lines_never_run_through_boxes_or_texts(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct arena *arena = arena_new();
		struct layout layout = layout_random(arena, seed);
		size_t count = layout.box_count + layout.arrow_count;
		const struct area *areas = areas_of(arena, &layout);

		for (size_t i = 0; i < layout.arrow_count; i++)
			for (size_t p = 1; p < layout.arrows[i].point_count; p++) {
				struct layout_point a = layout.arrows[i].points[p - 1],
						    b = layout.arrows[i].points[p];
				struct area line = {a.x < b.x ? a.x : b.x, a.y < b.y ? a.y : b.y,
					(a.x < b.x ? b.x : a.x) + 1, a.y < b.y ? b.y : a.y};

				for (size_t j = 0; j < count; j++)
					if (areas_meet(line, areas[j]))
						fail_msg("seed %d: arrow %zu runs through area %zu",
							(int)seed, i, j);
			}
		arena_free(arena);
	}
}

static bool meets_edge(const struct layout_box *box, struct layout_point point, bool bottom)
{
	return point.x > box->x && point.x < box->x + box->width &&
	       point.y == (bottom ? box->y + box->height : box->y);
}

static void arrows_begin_and_end_at_their_boxes(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct arena *arena = arena_new();
		struct layout layout = layout_random(arena, seed);

		for (size_t i = 0; i < layout.arrow_count; i++) {
			const struct layout_arrow *arrow = &layout.arrows[i];
			const struct layout_point *last = &arrow->points[arrow->point_count - 1];
			bool down = arrow->from < arrow->to;

			if (!meets_edge(&layout.boxes[arrow->from], arrow->points[0], down) ||
				!meets_edge(&layout.boxes[arrow->to], *last, !down))
				fail_msg("seed %d: arrow %zu hangs in the air", (int)seed, i);
			for (size_t p = 1; p < arrow->point_count; p++)
				if ((arrow->points[p].y > arrow->points[p - 1].y) != down)
					fail_msg("seed %d: arrow %zu turns around", (int)seed, i);
		}
		arena_free(arena);
	}
}

static void a_straight_chain_is_drawn_straight(void **state)
{
	struct arena *arena = arena_new();
	struct layout_box boxes[4] = {{200, 60, 0, 0}, {150, 80, 0, 0}, {300, 40, 0, 0}, {120, 60, 0, 0}};
	struct layout_arrow arrows[3] = {{.from = 0, .to = 1, .text_width = 90, .text_height = 20},
		{.from = 1, .to = 2, .text_width = 40, .text_height = 40},
		{.from = 2, .to = 3, .text_width = 140, .text_height = 20}};
	struct layout layout = {.boxes = boxes, .box_count = 4, .arrows = arrows, .arrow_count = 3};

	(void)state;
	layout_solve(arena, &layout);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(arrows[i].point_count, 2);
	for (size_t i = 1; i < 4; i++)
		assert_int_equal(boxes[i].x + boxes[i].width / 2, boxes[0].x + boxes[0].width / 2);
	arena_free(arena);
}

/* As many states as the format allows, and every action possible in all of them: nobody can read that, but it
 * must not take the server's time or memory either. */
static void the_largest_definition_is_drawn(void **state)
{
	enum { ACTIONS = 64 };
	struct arena *arena = arena_new();
	struct role role = {.name = STR("clerk")};
	struct procedure procedure = {.name = STR("large"),
		.roles = &role,
		.role_count = 1,
		.state_count = PROCEDURE_STATES_MAX,
		.action_count = ACTIONS};
	int *everywhere = ARENA_TAKE(arena, PROCEDURE_STATES_MAX, int);

	(void)state;
	procedure.states = ARENA_TAKE(arena, PROCEDURE_STATES_MAX, struct state);
	procedure.actions = ARENA_TAKE(arena, ACTIONS, struct action);
	for (int i = 0; i < PROCEDURE_STATES_MAX; i++) {
		procedure.states[i].name = str_format(arena, "state%d", i);
		everywhere[i] = i;
	}
	for (int i = 0; i < ACTIONS; i++)
		procedure.actions[i] = (struct action){.name = str_format(arena, "action%d", i),
			.from = everywhere,
			.from_count = PROCEDURE_STATES_MAX,
			.to = i * 7 % PROCEDURE_STATES_MAX,
			.answers_to = -1};
	for (size_t i = 0; i < ARRAY_COUNT(format_rows); i++)
		assert_true(draw(arena, &procedure, format_rows[i].format, "zh", 3).size > 100000);
	assert_true(arena_used(arena) < (size_t)200 * 1024 * 1024);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(drawings_are_those_that_were_looked_at),
		cmocka_unit_test(a_drawing_says_what_the_definition_says),
		cmocka_unit_test(labels_cannot_break_a_drawing),
		cmocka_unit_test(bytes_that_xml_forbids_are_replaced),
		cmocka_unit_test(nothing_at_all_can_be_drawn),
		cmocka_unit_test(the_same_definition_gives_the_same_bytes),
		cmocka_unit_test(boxes_and_texts_never_cover_each_other),
		cmocka_unit_test(lines_never_run_through_boxes_or_texts),
		cmocka_unit_test(arrows_begin_and_end_at_their_boxes),
		cmocka_unit_test(a_straight_chain_is_drawn_straight),
		cmocka_unit_test(the_largest_definition_is_drawn),
	};

	if (argc >= 5 && strcmp(argv[1], "--draw") == 0)
		return draw_one(argc, argv);
	if (argc != 2)
		return 2;
	root = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
