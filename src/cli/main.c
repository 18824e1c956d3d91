/* main.c: one call from beginning to end. Only here is an error turned into words and an exit code. */
#include "cli/call.h"
#include "cli/help.h"

#include <stdio.h>
#include <string.h>

/* `bihuan: what: why: what to do`. The text says why and what to do; the place says where. */
static void complain(const struct call *call, const char *what, enum err err)
{
	const struct bh_err *why = &call->why;

	if (why->code == ERR_OK)
		fprintf(stderr, "bihuan: %s: %s\n", what, err_meaning(err));
	else if (why->place[0] == '\0' || strcmp(why->place, what) == 0)
		fprintf(stderr, "bihuan: %s: %s\n", what, why->text);
	else
		fprintf(stderr, "bihuan: %s: %s: %s\n", what, why->place, why->text);
}

static enum err run(struct call *call, int argc, char **argv)
{
	TRY(call_parse(call, argc, argv));
	if (option_given(call, "help")) {
		help_command(call, call->row);
		return ERR_OK;
	}
	return call->row->run(call);
}

/* verify answers OK, TAMPERED or INCOMPLETE by 0, 1 and 2; what kept it from answering is 3, whatever it is.
 */
static int exit_code(const struct call *call, enum err err)
{
	return err != ERR_OK && !call->answered && call->row->run == command_verify ? 3 : err_exit(err);
}

static int unknown_command(struct call *call, const char *name)
{
	const char *names[128];
	size_t count = command_count < ARRAY_COUNT(names) ? command_count : ARRAY_COUNT(names);

	for (size_t i = 0; i < count; i++)
		names[i] = command_rows[i].name;
	const char *nearest = str_nearest(call->arena, str_from(name), names, count);

	fprintf(stderr, "bihuan: %s: there is no such command%s%s: see bihuan help\n", name,
		nearest != NULL ? "; did you mean " : "", nearest != NULL ? nearest : "");
	return err_exit(ERR_INVALID);
}

int main(int argc, char **argv)
{
	struct call call = {.arena = arena_new(), .chinese = true};
	int code = 0;

	if (argc < 2 || strcmp(argv[1], "--help") == 0) {
		char *none[] = {NULL};

		call.row = command_find("help");
		(void)!call_parse(&call, 0, none);
		help_all(&call);
		code = argc < 2 ? err_exit(ERR_INVALID) : 0;
	} else if ((call.row = command_find(argv[1])) == NULL) {
		code = unknown_command(&call, argv[1]);
	} else {
		enum err err = run(&call, argc - 2, argv + 2);

		if (err != ERR_OK && !call.answered)
			complain(&call, argv[1], err);
		code = exit_code(&call, err);
	}
	if (fflush(stdout) != 0 && code == 0) {
		fprintf(stderr,
			"bihuan: output: it couldn't be written: is the disk full or the reader gone?\n");
		code = err_exit(ERR_IO);
	}
	arena_free(call.arena);
	return code;
}
