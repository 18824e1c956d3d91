/* main.c: one call from beginning to end. Only here is an error turned into words and an exit code. */
#include "cli/call.h"
#include "cli/help.h"

#include "exchange/children.h"

#include <stdio.h>
#include <string.h>

/* `bihuan: what: why: what to do`. The text says why and what to do; the place says where. */
static void complain(const struct call *call, const char *what, enum err err)
{
	const struct bh_err *why = &call->why;
	const char *text = say(call, why->text_zh, why->text);

	/* What was already said comes first, wherever both streams go. */
	(void)fflush(stdout);
	if (why->code == ERR_OK)
		fprintf(stderr, "bihuan: %s: %s\n", what, say(call, err_meaning_zh(err), err_meaning(err)));
	else if (why->place[0] == '\0' || strcmp(why->place, what) == 0)
		fprintf(stderr, "bihuan: %s: %s\n", what, text);
	else
		fprintf(stderr, "bihuan: %s: %s: %s\n", what, why->place, text);
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
	bool verify = call->row != NULL && call->row->run == command_verify;

	return err != ERR_OK && !call->answered && verify ? 3 : err_exit(err);
}

/* What people write first, and what it stands for here. */
static const char *command_word(int argc, char **argv)
{
	if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return "help";
	return strcmp(argv[1], "--version") == 0 ? "version" : argv[1];
}

int main(int argc, char **argv)
{
	children_answer(argc, argv);
	struct call call = {.arena = arena_new(), .chinese = call_speaks_chinese(argc, argv)};
	const char *word = command_word(argc, argv);
	int skip = argc < 2 ? 1 : 2;

	call.row = command_find(word);
	enum err err = call.row == NULL ? unknown_command(&call, word) : run(&call, argc - skip, argv + skip);
	int code = argc < 2 ? err_exit(ERR_INVALID) : exit_code(&call, err);

	if (err != ERR_OK && !call.answered)
		complain(&call, word, err);
	if (fflush(stdout) != 0 && code == 0) {
		fprintf(stderr,
			"bihuan: output: it couldn't be written: is the disk full or the reader gone?\n");
		code = err_exit(ERR_IO);
	}
	arena_free(call.arena);
	return code;
}
