/* report_part.c: deployments, programmes and tasks as the tree they are, and what stands under each leader's
 * name. */
#include "exchange/report_made.h"

static const struct report_column part_columns[] = {
	{"level", "层级", "level"},
	{"number", "编号", "number"},
	{"title", "事项", "title"},
	{"unit", "牵头单位", "unit"},
	{"commander", "挂牌领导", "commander"},
	{"weight", "权重", "weight"},
	{"state", "环节", "state"},
	{"due", "下一期限", "next due"},
	{"progress", "进度%", "progress%"},
	{"lamp", "督办灯", "lamp"},
	{"taken_up", "认领", "taken up"},
};

/* A tree over the lines: the first part of each, and the next part of the same whole. */
struct tree {
	struct part_line *lines;
	size_t count;
	size_t *first, *next; /* by place + 1; 0: none */
	size_t root;          /* the first at the top */
};

/* The place of an id; lines are sorted by it. */
static size_t place_of(const struct tree *tree, int64_t id)
{
	size_t low = 0, high = tree->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (tree->lines[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void build(struct tree *tree, struct arena *arena)
{
	tree->first = ARENA_TAKE(arena, tree->count + 1, size_t);
	tree->next = ARENA_TAKE(arena, tree->count + 1, size_t);
	/* From the last to the first, so that each list comes out in the order of the ids. */
	for (size_t i = tree->count; i-- > 0;) {
		size_t *head = &tree->root;

		if (tree->lines[i].parent != 0)
			head = &tree->first[place_of(tree, tree->lines[i].parent)];
		tree->next[i] = *head;
		*head = i + 1;
	}
}

/* A whole that nobody has taken up and broken down, and a part that nobody has signed for. */
static struct str taken_up_text(const struct making *making, const struct matter *matter, bool has_parts)
{
	bool taken_up = matter_is_taken_up(matter);

	if (!instant_is_none(matter->ended))
		return STR("");
	if (!taken_up && !has_parts)
		return word_in(making, "无单位认领", "by nobody yet");
	return taken_up ? word_in(making, "已认领", "yes") : word_in(making, "已分解", "broken down");
}

static enum err put_part(struct making *making, const struct tree *tree, size_t place, int level)
{
	const struct part_line *line = &tree->lines[place];
	struct matter *matter;

	TRY(load_matter(making, line->id, &matter));
	put_number(making, level);
	put_text(making, line->number);
	put_text(making, line->title);
	put_text(making, unit_name(making, line->unit));
	put_text(making, post_in_unit(making, line->commander));
	put_number(making, line->weight);
	put_text(making, state_label(making, line->definition, line->state));
	put_day(making, due_day(making, line->due));
	put_percent(making, line->progress);
	put_text(making, lamp_text(making, matter));
	put_text(making, taken_up_text(making, matter, tree->first[place] != 0));
	return ERR_OK;
}

enum err report_programmes(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct tree tree = {0};
	size_t *way; /* from the top down to where the walk stands, by place + 1 */
	int level = 0;

	COLUMNS(making, part_columns);
	TRY(store_part_list(ask->store, ask->arena, ask->viewer, &tree.lines, &tree.count, making->reterr));
	build(&tree, ask->arena);
	way = ARENA_TAKE(ask->arena, tree.count + 2, size_t);
	way[0] = tree.root;
	while (level >= 0) {
		if (way[level] == 0) {
			if (--level >= 0)
				way[level] = tree.next[way[level] - 1];
			continue;
		}
		TRY(put_part(making, &tree, way[level] - 1, level));
		way[level + 1] = tree.first[way[level] - 1];
		level++;
	}
	return ERR_OK;
}

/* ---- commanders ---- */

static const struct report_column commander_columns[] = {
	{"post", "挂牌领导", "commander"},
	{"person", "任职人", "person"},
	{"open", "在办", "open"},
	{"overdue", "逾期", "overdue"},
	{"red", "红灯", "red"},
	{"yellow", "黄灯", "yellow"},
	{"progress", "平均进度%", "mean progress%"},
	{"closed", "办结", "closed"},
	{"late", "其中逾期办结", "of them late"},
};

enum err report_commanders(struct making *making)
{
	const struct report_ask *ask = making->ask;
	struct commander_line *lines;
	size_t count;

	COLUMNS(making, commander_columns);
	TRY(store_commander_list(ask->store, ask->arena, ask->viewer, ask->now, period_from(making),
		period_until(making), &lines, &count, making->reterr));
	for (size_t i = 0; i < count; i++) {
		put_text(making, post_in_unit(making, lines[i].post));
		put_text(making, holder_name(making, lines[i].post, making->today));
		put_number(making, lines[i].open);
		put_number(making, lines[i].overdue);
		put_number(making, lines[i].red);
		put_number(making, lines[i].yellow);
		put_percent(making, lines[i].progress);
		put_number(making, lines[i].closed);
		put_number(making, lines[i].late);
	}
	return ERR_OK;
}
