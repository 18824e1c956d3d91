/* coverage_solver.c: the one place that knows GLPK.
 *
 * It decides what the direct ways leave open: the whole question as an integer program. GLPK takes memory of
 * its own, gives it back in glp_free_env, and is told to print nothing; its search is bounded by nodes and
 * not by time, so that the answer is the same everywhere. */
#include "grasp/coverage.h"

#include <glpk.h>
#include <string.h>

#define COLUMNS_MAX  6000
#define NODE_BUDGET  4000000 /* nodes times columns */
#define NODES_MAX    20000
#define QUICK_BUDGET 400000 /* the same where many such questions are asked */
#define LOAD_BUDGET  400000 /* the same where only evenness is asked of */
#define PATTERNS_MAX 1000

/* ---- building ---- */

struct program {
	const struct coverage_work *work;
	glp_prob *lp;
	int *x;       /* [unit * slot_count + slot]: the column, 0 where it can't be */
	int *y;       /* [inspector * slot_count + slot] */
	int *z;       /* [slot]: the team goes out */
	int *columns; /* of the row being built, from 1 */
	double *values;
	int size;
};

static void add(struct program *program, int column, double value)
{
	if (column == 0)
		return;
	program->size++;
	program->columns[program->size] = column;
	program->values[program->size] = value;
}

/* The row that was added up, as low <= sum, sum <= high, or both where they are equal. */
static void close_row(struct program *program, int type, double low, double high)
{
	int row = glp_add_rows(program->lp, 1);

	glp_set_mat_row(program->lp, row, program->size, program->columns, program->values);
	glp_set_row_bnds(program->lp, row, type, low, high);
	program->size = 0;
}

static int add_column(struct program *program)
{
	int column = glp_add_cols(program->lp, 1);

	glp_set_col_kind(program->lp, column, GLP_BV);
	return column;
}

static bool is_team(const struct coverage_work *work, int slot)
{
	return slot % work->team_max < work->teams[slot / work->team_max];
}

static void add_columns(struct program *program)
{
	const struct coverage_work *work = program->work;
	const struct coverage_problem *problem = work->problem;
	int slots = work->slot_count;

	for (int slot = 0; slot < slots; slot++) {
		int round = slot / work->team_max;

		if (!is_team(work, slot))
			continue;
		program->z[slot] = add_column(program);
		for (int unit = 0; unit < problem->unit_count; unit++)
			if (work->allowed[unit * problem->round_count + round])
				program->x[unit * slots + slot] = add_column(program);
		for (int i = 0; i < problem->inspector_count; i++)
			program->y[i * slots + slot] = add_column(program);
	}
}

static void add_unit_rows(struct program *program)
{
	const struct coverage_work *work = program->work;
	const struct coverage_problem *problem = work->problem;
	int slots = work->slot_count;

	for (int unit = 0; unit < problem->unit_count; unit++) {
		for (int slot = 0; slot < slots; slot++)
			add(program, program->x[unit * slots + slot], 1);
		close_row(program, GLP_FX, 1, 1);
	}
	for (int slot = 0; slot < slots; slot++) {
		if (!is_team(work, slot))
			continue;
		for (int unit = 0; unit < problem->unit_count; unit++)
			add(program, program->x[unit * slots + slot], 1);
		add(program, program->z[slot], -problem->per_team);
		close_row(program, GLP_UP, 0, 0);
		if (slot % work->team_max == 0)
			continue;
		add(program, program->z[slot - 1], 1); /* teams are alike: the first go out first */
		add(program, program->z[slot], -1);
		close_row(program, GLP_LO, 0, 0);
	}
}

static void add_inspector_rows(struct program *program)
{
	const struct coverage_work *work = program->work;
	const struct coverage_problem *problem = work->problem;
	int slots = work->slot_count;

	for (int slot = 0; slot < slots; slot++) {
		if (!is_team(work, slot))
			continue;
		for (int i = 0; i < problem->inspector_count; i++)
			add(program, program->y[i * slots + slot], 1);
		add(program, program->z[slot], -problem->team_size);
		close_row(program, GLP_FX, 0, 0);
	}
	for (int i = 0; i < problem->inspector_count; i++) {
		for (int slot = 0; slot < slots; slot++)
			add(program, program->y[i * slots + slot], 1);
		close_row(program, GLP_UP, 0, problem->serve_max);
		for (int round = 0; round < problem->round_count; round++) {
			for (int team = 0; team < work->teams[round]; team++)
				add(program, program->y[i * slots + round * work->team_max + team], 1);
			if (program->size > 0)
				close_row(program, GLP_UP, 0, 1);
		}
	}
}

/* A team that inspects the unit consists of people who may: as many of them as it has members. */
static void add_bar_rows(struct program *program)
{
	const struct coverage_work *work = program->work;
	const struct coverage_problem *problem = work->problem;
	int slots = work->slot_count;

	for (int unit = 0; unit < problem->unit_count; unit++)
		for (int slot = 0; slot < slots; slot++) {
			const unsigned char *until =
				&work->until[(size_t)unit * (size_t)problem->inspector_count];
			int barred = 0;

			if (program->x[unit * slots + slot] == 0)
				continue;
			for (int i = 0; i < problem->inspector_count; i++)
				if (until[i] <= slot / work->team_max)
					add(program, program->y[i * slots + slot], 1);
				else
					barred++;
			add(program, program->x[unit * slots + slot], -problem->team_size);
			if (barred > 0)
				close_row(program, GLP_LO, 0, 0);
			program->size = 0;
		}
}

static struct program program_new(const struct coverage_work *work, struct arena *arena)
{
	const struct coverage_problem *problem = work->problem;
	size_t slots = (size_t)work->slot_count + 1;
	size_t columns = slots * ((size_t)problem->unit_count + (size_t)problem->inspector_count + 2) + 2;

	glp_term_out(GLP_OFF);
	return (struct program){.work = work,
		.lp = glp_create_prob(),
		.x = ARENA_TAKE(arena, slots * (size_t)problem->unit_count + 1, int),
		.y = ARENA_TAKE(arena, slots * (size_t)problem->inspector_count + 1, int),
		.z = ARENA_TAKE(arena, slots, int),
		.columns = ARENA_TAKE(arena, columns, int),
		.values = ARENA_TAKE(arena, columns, double)};
}

static void program_free(struct program *program, struct arena *arena)
{
	glp_delete_prob(program->lp);
	glp_free_env();
	arena_free(arena);
}

/* ---- deciding ---- */

static void count_nodes(glp_tree *tree, void *context)
{
	int *left = context;

	if (glp_ios_reason(tree) == GLP_ISELECT && --*left < 0)
		glp_ios_terminate(tree);
}

static enum coverage_verdict run(struct program *program, int budget)
{
	glp_iocp how;
	int left = budget / glp_get_num_cols(program->lp);

	left = left < NODES_MAX ? left : NODES_MAX;
	glp_init_iocp(&how);
	how.presolve = GLP_ON;
	how.msg_lev = GLP_MSG_OFF;
	how.cb_func = count_nodes;
	how.cb_info = &left;
	int result = glp_intopt(program->lp, &how);
	int status = glp_mip_status(program->lp);

	if (status == GLP_OPT || status == GLP_FEAS)
		return COVERAGE_PLANNED;
	if (result == GLP_ENOPFS || (result == 0 && status == GLP_NOFEAS))
		return COVERAGE_IMPOSSIBLE;
	return COVERAGE_UNDECIDED;
}

static bool is_one(const struct program *program, int column)
{
	return column != 0 && glp_mip_col_val(program->lp, column) > 0.5;
}

static void take_plan(const struct program *program, struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;
	int slots = work->slot_count;

	coverage_unseat(work);
	for (int slot = 0; slot < slots; slot++) {
		for (int unit = 0; unit < problem->unit_count; unit++)
			if (is_one(program, program->x[unit * slots + slot]))
				coverage_move(work, unit, slot);
		for (int i = 0; i < problem->inspector_count; i++) {
			int round = slot / work->team_max;

			if (work->count[slot] == 0 || !is_one(program, program->y[i * slots + slot]))
				continue;
			work->seats[round * problem->inspector_count + i] = slot % work->team_max;
			work->members[slot]++;
			work->served[i]++;
		}
	}
}

enum coverage_verdict coverage_program(struct coverage_work *work, bool quick)
{
	const struct coverage_problem *problem = work->problem;

	int teams = 0;

	for (int round = 0; round < problem->round_count; round++)
		teams += work->teams[round];
	if (teams * (problem->unit_count + problem->inspector_count + 1) > COLUMNS_MAX)
		return COVERAGE_UNDECIDED;
	struct arena *arena = arena_new();
	struct program program = program_new(work, arena);

	add_columns(&program);
	add_unit_rows(&program);
	add_inspector_rows(&program);
	add_bar_rows(&program);
	enum coverage_verdict verdict = run(&program, quick ? QUICK_BUDGET : NODE_BUDGET);

	if (verdict == COVERAGE_PLANNED)
		take_plan(&program, work);
	program_free(&program, arena);
	return verdict;
}

/* ---- the least load ---- */

/* Teams are alike, and so are units of one weight that may take the same rounds. So this program counts: how
 * many of each class go into each round, and how many teams there inspect which weights together (a pattern).
 * Without names there is nothing to permute, and what can't be is seen at once. */
struct counting {
	const struct coverage_work *work;
	struct arena *arena;
	int load;
	int weights[COVERAGE_WEIGHT_MAX]; /* that occur, rising */
	int weight_count;
	int *class_of;   /* [unit] */
	int *first_of;   /* [class]: a unit of it */
	int *class_size; /* [class] */
	int *weight_of;  /* [class]: place in weights */
	int class_count;
	int *patterns; /* [pattern * weight_count + weight]: how many of that weight */
	int pattern_count;
	bool too_many;
};

static bool are_alike(const struct coverage_work *work, int a, int b)
{
	int rounds = work->problem->round_count;

	for (int round = 0; round < rounds; round++)
		if (work->allowed[a * rounds + round] != work->allowed[b * rounds + round])
			return false;
	return work->problem->units[a].weight == work->problem->units[b].weight;
}

static void find_weights(struct counting *counting)
{
	const struct coverage_problem *problem = counting->work->problem;
	bool *occurs = ARENA_TAKE(counting->arena, COVERAGE_WEIGHT_MAX + 1, bool);

	for (int unit = 0; unit < problem->unit_count; unit++)
		occurs[problem->units[unit].weight] = true;
	for (int weight = 1; weight <= COVERAGE_WEIGHT_MAX; weight++)
		if (occurs[weight])
			counting->weights[counting->weight_count++] = weight;
}

static void find_classes(struct counting *counting)
{
	const struct coverage_problem *problem = counting->work->problem;
	size_t units = (size_t)problem->unit_count;

	counting->class_of = ARENA_TAKE(counting->arena, units, int);
	counting->first_of = ARENA_TAKE(counting->arena, units, int);
	counting->class_size = ARENA_TAKE(counting->arena, units, int);
	counting->weight_of = ARENA_TAKE(counting->arena, units, int);
	for (int unit = 0; unit < problem->unit_count; unit++) {
		int class = 0;

		while (class < counting->class_count &&
			!are_alike(counting->work, counting->first_of[class], unit))
			class ++;
		if (class == counting->class_count) {
			counting->first_of[class] = unit;
			while (counting->weights[counting->weight_of[class]] != problem->units[unit].weight)
				counting->weight_of[class]++;
			counting->class_count++;
		}
		counting->class_of[unit] = class;
		counting->class_size[class]++;
	}
}

/* Every pattern to which no further unit fits: a team that inspects less is part of one. `from`: only weights
 * from there on are added, so that each comes once. */
static void find_patterns(struct counting *counting, int *pattern, int from, int size, int sum)
{
	size_t width = (size_t)counting->weight_count;
	bool full = size == counting->work->problem->per_team || sum + counting->weights[0] > counting->load;

	if (full && counting->pattern_count == PATTERNS_MAX)
		counting->too_many = true;
	if (counting->too_many)
		return;
	if (full && size > 0)
		memcpy(&counting->patterns[(size_t)counting->pattern_count++ * width], pattern,
			width * sizeof *pattern);
	for (int weight = from; !full && weight >= 0; weight--) {
		if (sum + counting->weights[weight] > counting->load)
			continue;
		pattern[weight]++;
		find_patterns(counting, pattern, weight, size + 1, sum + counting->weights[weight]);
		pattern[weight]--;
	}
}

static int add_count(struct program *program, int most)
{
	int column = glp_add_cols(program->lp, 1);

	glp_set_col_kind(program->lp, column, GLP_IV);
	glp_set_col_bnds(program->lp, column, GLP_DB, 0, most);
	return column;
}

/* x: [class * rounds + round], z: [round * patterns + pattern]. */
static void add_class_rows(struct program *program, const struct counting *counting)
{
	const struct coverage_work *work = counting->work;
	int rounds = work->problem->round_count;

	for (int class = 0; class < counting->class_count; class ++) {
		for (int round = 0; round < rounds; round++) {
			int *x = &program->x[class * rounds + round];

			if (work->teams[round] == 0 ||
				!work->allowed[counting->first_of[class] * rounds + round])
				continue;
			*x = add_count(program, counting->class_size[class]);
			add(program, *x, 1);
		}
		close_row(program, GLP_FX, counting->class_size[class], counting->class_size[class]);
	}
}

static void add_round_rows(struct program *program, const struct counting *counting)
{
	int rounds = counting->work->problem->round_count, patterns = counting->pattern_count;

	for (int round = 0; round < rounds; round++) {
		int teams = counting->work->teams[round];

		for (int pattern = 0; teams > 0 && pattern < patterns; pattern++) {
			program->z[round * patterns + pattern] = add_count(program, teams);
			add(program, program->z[round * patterns + pattern], 1);
		}
		if (teams > 0)
			close_row(program, GLP_UP, 0, teams);
		for (int weight = 0; teams > 0 && weight < counting->weight_count; weight++) {
			for (int class = 0; class < counting->class_count; class ++)
				if (counting->weight_of[class] == weight)
					add(program, program->x[class * rounds + round], 1);
			for (int pattern = 0; pattern < patterns; pattern++) {
				int each = counting->patterns[pattern * counting->weight_count + weight];

				if (each > 0)
					add(program, program->z[round * patterns + pattern], -each);
			}
			close_row(program, GLP_UP, 0, 0);
		}
	}
}

/* ---- from counts to a plan ---- */

static int count_of(const struct program *program, int column)
{
	return column == 0 ? 0 : (int)(glp_mip_col_val(program->lp, column) + 0.5);
}

/* A unit of this weight that goes into the round and has no team yet; -1 when there is none left. */
static int next_unit(const struct counting *counting, const int *round_of, int round, int weight)
{
	const struct coverage_work *work = counting->work;

	for (int unit = 0; unit < work->problem->unit_count; unit++)
		if (round_of[unit] == round && work->at[unit] < 0 &&
			work->problem->units[unit].weight == counting->weights[weight])
			return unit;
	return -1;
}

static void fill_round(const struct program *program, const struct counting *counting,
	struct coverage_work *work, const int *round_of, int round)
{
	int slot = round * work->team_max;

	for (int pattern = 0; pattern < counting->pattern_count; pattern++) {
		const int *each = &counting->patterns[(size_t)pattern * (size_t)counting->weight_count];
		int teams = count_of(program, program->z[round * counting->pattern_count + pattern]);

		for (; teams > 0; teams--, slot++)
			for (int weight = 0; weight < counting->weight_count; weight++)
				for (int i = 0; i < each[weight]; i++) {
					int unit = next_unit(counting, round_of, round, weight);

					if (unit >= 0)
						coverage_move(work, unit, slot);
				}
	}
}

static void take_counts(
	const struct program *program, const struct counting *counting, struct coverage_work *work)
{
	int units = work->problem->unit_count, rounds = work->problem->round_count;
	int *round_of = ARENA_TAKE(counting->arena, (size_t)units, int);

	for (int unit = 0; unit < units; unit++)
		round_of[unit] = -1;
	for (int class = 0; class < counting->class_count; class ++)
		for (int round = 0, unit = 0; round < rounds; round++)
			for (int i = count_of(program, program->x[class * rounds + round]); i > 0; unit++)
				if (counting->class_of[unit] == class) {
					round_of[unit] = round;
					i--;
				}
	for (int round = 0; round < rounds; round++)
		fill_round(program, counting, work, round_of, round);
}

static enum coverage_verdict count_out(struct counting *counting, struct coverage_work *work)
{
	struct arena *arena = arena_new();
	size_t rounds = (size_t)work->problem->round_count, patterns = (size_t)counting->pattern_count + 1;
	size_t classes = (size_t)counting->class_count + 1;
	size_t columns = rounds * (patterns + classes) + 2;

	glp_term_out(GLP_OFF);
	struct program program = {.work = work,
		.lp = glp_create_prob(),
		.x = ARENA_TAKE(arena, rounds * classes, int),
		.z = ARENA_TAKE(arena, rounds * patterns, int),
		.columns = ARENA_TAKE(arena, columns, int),
		.values = ARENA_TAKE(arena, columns, double)};

	add_class_rows(&program, counting);
	add_round_rows(&program, counting);
	enum coverage_verdict verdict = run(&program, LOAD_BUDGET);

	if (verdict == COVERAGE_PLANNED)
		take_counts(&program, counting, work);
	program_free(&program, arena);
	return verdict;
}

enum coverage_verdict coverage_program_load(struct coverage_work *work, int load)
{
	struct arena *arena = arena_new();
	struct counting *counting = ARENA_TAKE(arena, 1, struct counting);
	enum coverage_verdict verdict = COVERAGE_UNDECIDED;

	*counting = (struct counting){.work = work, .arena = arena, .load = load};
	find_weights(counting);
	find_classes(counting);
	size_t width = (size_t)counting->weight_count;

	counting->patterns = ARENA_TAKE(arena, PATTERNS_MAX * width, int);
	find_patterns(counting, ARENA_TAKE(arena, width, int), counting->weight_count - 1, 0, 0);
	if (!counting->too_many)
		verdict = count_out(counting, work);
	arena_free(arena);
	return verdict;
}
