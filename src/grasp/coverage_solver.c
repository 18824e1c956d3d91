/* coverage_solver.c: the one place that knows GLPK.
 *
 * It decides what the direct ways leave open: the whole question as an integer program. GLPK takes memory of
 * its own, gives it back in glp_free_env, and is told to print nothing; its search is bounded by nodes and
 * not by time, so that the answer is the same everywhere. */
#include "grasp/coverage.h"

#include <glpk.h>

#define COLUMNS_MAX  6000
#define NODE_BUDGET  4000000 /* nodes times columns */
#define NODES_MAX    20000
#define ALMOST_WHOLE 1e-6

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

static enum coverage_verdict run(struct program *program)
{
	glp_iocp how;
	int left = NODE_BUDGET / glp_get_num_cols(program->lp);

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

enum coverage_verdict coverage_program(struct coverage_work *work)
{
	const struct coverage_problem *problem = work->problem;

	if (work->slot_count * (problem->unit_count + problem->inspector_count + 1) > COLUMNS_MAX)
		return COVERAGE_UNDECIDED;
	struct arena *arena = arena_new();
	struct program program = program_new(work, arena);

	add_columns(&program);
	add_unit_rows(&program);
	add_inspector_rows(&program);
	add_bar_rows(&program);
	enum coverage_verdict verdict = run(&program);

	if (verdict == COVERAGE_PLANNED)
		take_plan(&program, work);
	program_free(&program, arena);
	return verdict;
}

/* ---- the least load ---- */

/* Units may be cut into parts here, so no plan of whole units has a lighter heaviest team. */
static void add_load_rows(struct program *program)
{
	const struct coverage_work *work = program->work;
	const struct coverage_problem *problem = work->problem;
	int rounds = problem->round_count, most = glp_add_cols(program->lp, 1);

	glp_set_col_bnds(program->lp, most, GLP_LO, 0, 0);
	glp_set_obj_coef(program->lp, most, 1);
	for (int unit = 0; unit < problem->unit_count; unit++) {
		for (int round = 0; round < rounds; round++) {
			int *x = &program->x[unit * rounds + round];

			if (!work->allowed[unit * rounds + round])
				continue;
			*x = glp_add_cols(program->lp, 1);
			glp_set_col_bnds(program->lp, *x, GLP_LO, 0, 0);
			add(program, *x, 1);
		}
		close_row(program, GLP_FX, 1, 1);
	}
	for (int round = 0; round < rounds; round++) {
		for (int unit = 0; unit < problem->unit_count; unit++)
			add(program, program->x[unit * rounds + round], 1);
		if (program->size > 0)
			close_row(program, GLP_UP, 0, problem->per_team * work->teams[round]);
		for (int unit = 0; unit < problem->unit_count; unit++)
			add(program, program->x[unit * rounds + round], problem->units[unit].weight);
		add(program, most, -work->teams[round]);
		close_row(program, GLP_UP, 0, 0);
	}
}

int coverage_program_load(const struct coverage_work *work)
{
	struct arena *arena = arena_new();
	struct program program = program_new(work, arena);
	int least = 0;
	glp_smcp how;

	program.x =
		ARENA_TAKE(arena, (size_t)(work->problem->unit_count * work->problem->round_count) + 1, int);
	add_load_rows(&program);
	glp_init_smcp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	if (glp_simplex(program.lp, &how) == 0 && glp_get_status(program.lp) == GLP_OPT) {
		double load = glp_get_obj_val(program.lp) - ALMOST_WHOLE;

		least = (int)load + (load > (int)load);
	}
	program_free(&program, arena);
	return least;
}
