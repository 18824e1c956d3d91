/* board.c: figures that are kept as matters change, so that no board counts: by commander, unit and grasp;
 * and the programmes with their parts. They hold what the sender may know: compartments count nowhere. */
#include "http/handlers.h"
#include "http/reading.h"
#include "view/lines.h"

#include <string.h>

#define PROGRAMMES_MAX 100
#define MINE_MAX       100

/* Open ones by lamp, and all by how they stand. */
static const char *const measures[] = {
	"open", "overdue", "grey", "green", "yellow", "red", "blue", "closed", "late", "void"};

struct figures_of {
	struct str id;
	int64_t values[ARRAY_COUNT(measures)];
};
struct board {
	struct arena *arena;
	struct figures_of *items;
	size_t count, capacity;
};

static enum err take(void *context, struct str id, struct str measure, int64_t value)
{
	struct board *board = context;

	if (board->count == 0 || !str_equal(board->items[board->count - 1].id, id))
		*ARENA_PUSH(board->arena, board->items, board->count, board->capacity) =
			(struct figures_of){.id = str_copy(board->arena, id)};
	for (size_t i = 0; i < ARRAY_COUNT(measures); i++)
		if (str_is(measure, measures[i]))
			board->items[board->count - 1].values[i] = value;
	return ERR_OK;
}

static enum err read_board(const struct reading *reading, const char *scope, struct board *ret_board)
{
	struct http_request *request = reading->request;

	*ret_board = (struct board){.arena = request->arena};
	return store_counter_board(
		request->reader, &reading->viewer, str_from(scope), take, ret_board, &request->why);
}

static void put_figures(struct json_out *out, const struct figures_of *figures)
{
	for (size_t i = 0; i < ARRAY_COUNT(measures); i++)
		json_out_field_int(out, measures[i], figures->values[i]);
}

/* What a row of the board is of: code and name. */
static void put_whose(const struct reading *reading, struct json_out *out, const char *scope, struct str text)
{
	const struct org *org = reading->teller.institution->org;
	int64_t id;

	if (!str_to_int(text, &id)) {
		json_out_field_text(out, "code", text);
		json_out_field_text(out, "name",
			str_from(tell_word(&reading->teller, str_copy(reading->teller.arena, text).data)));
		return;
	}
	bool unit = strcmp(scope, "unit") == 0;
	const struct tenure *tenure = unit ? NULL : org_holder(org, id, reading->viewer.today);
	const struct unit *found = unit ? org_unit(org, id) : NULL;
	const struct post *post = unit ? NULL : org_post(org, id);

	/* One that is newer than the institution in memory is told by its number. */
	json_out_field_text(out, "code", found != NULL ? found->code : post != NULL ? post->code : text);
	json_out_field_text(
		out, "name", unit ? tell_unit(&reading->teller, id) : tell_post(&reading->teller, id));
	if (tenure != NULL)
		json_out_field_text(out, "holder_name", tell_person(&reading->teller, tenure->person));
}

static enum err put_board(const struct reading *reading, const char *scope, struct json_out *out)
{
	struct board board;

	TRY(read_board(reading, scope, &board));
	json_out_key(out, "rows");
	json_out_open(out, '[');
	for (size_t i = 0; i < board.count; i++) {
		json_out_open(out, '{');
		put_whose(reading, out, scope, board.items[i].id);
		put_figures(out, &board.items[i]);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	return ERR_OK;
}

/* ---- programmes: what runs and has parts, the newest first ---- */

static enum err put_programme(
	const struct reading *reading, const struct matter_line *line, struct json_out *out)
{
	struct http_request *request = reading->request;
	struct parts_counted counted;

	TRY(store_parts_count(
		request->reader, request->arena, &reading->viewer, line->id, &counted, &request->why));
	if (counted.parts == 0)
		return ERR_OK;
	json_out_open(out, '{');
	json_out_key(out, "matter");
	line_put_matter(&reading->teller, out, line);
	json_out_field_int(out, "parts", counted.parts);
	json_out_field_int(out, "open", counted.open);
	json_out_field_int(out, "red", counted.red);
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err put_programmes(const struct reading *reading, struct json_out *out)
{
	const struct institution *institution = reading->teller.institution;
	struct http_request *request = reading->request;

	json_out_key(out, "programmes");
	json_out_open(out, '[');
	for (size_t i = 0; i < institution->in_force_count; i++) {
		const struct procedure *procedure = institution->in_force[i].procedure;
		const struct matter_query query = {.procedure = procedure->name,
			.standing = STANDING_OPEN,
			.sort = MATTER_NEWEST,
			.limit = PROGRAMMES_MAX};
		struct matter_line *lines;
		struct page_after next;
		size_t count;

		if (procedure->children.of.size == 0)
			continue;
		TRY(store_matter_page(request->reader, request->arena, &reading->viewer, &query, NULL, &lines,
			&count, &next, &request->why));
		for (size_t j = 0; j < count; j++)
			TRY(put_programme(reading, &lines[j], out));
	}
	json_out_close(out, ']');
	return ERR_OK;
}

enum err route_board(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct str board = request_text(request, "board");
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	if (str_is(board, "programme"))
		TRY(put_programmes(&reading, out));
	else
		TRY(put_board(&reading, str_copy(request->arena, board).data, out));
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- the dashboard ---- */

/* What the sender has to see to themselves, up to a hundred: a screen says no more. */
static enum err put_mine(const struct reading *reading, struct json_out *out)
{
	struct http_request *request = reading->request;
	const struct duty_query query = {.person = reading->viewer.person,
		.open = true,
		.limit = MINE_MAX,
		.due_before = INSTANT_NONE};
	struct duty_line *lines;
	struct page_after next;
	size_t count;
	int64_t overdue = 0;

	TRY(store_duty_page(request->reader, request->arena, &reading->viewer, &query, NULL, &lines, &count,
		&next, &request->why));
	for (size_t i = 0; i < count; i++)
		overdue += lines[i].due.us <= request_now(request).us;
	json_out_key(out, "mine");
	json_out_open(out, '{');
	json_out_field_int(out, "open", (int64_t)count);
	json_out_field_int(out, "overdue", overdue);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_dashboard(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct json_out *out = reply_json(reply);
	const struct figures_of none = {.id = STR("")};
	struct board all;

	TRY(read_board(&reading, "all", &all));
	json_out_open(out, '{');
	json_out_key(out, "all");
	json_out_open(out, '{');
	put_figures(out, all.count > 0 ? &all.items[0] : &none);
	json_out_close(out, '}');
	TRY(put_mine(&reading, out));
	TRY(put_board(&reading, "grasp", out));
	json_out_close(out, '}');
	return ERR_OK;
}
