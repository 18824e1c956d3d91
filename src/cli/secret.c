#include "cli/secret.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum err secret_ask(struct call *call, const char *zh, const char *en, bool shown, struct str *ret_line)
{
	struct termios before, quiet;
	bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
	char line[PASSWORD_SIZE_MAX + 2];

	if (terminal) {
		fprintf(stderr, "%s: ", say(call, zh, en));
		quiet = before;
		if (!shown)
			quiet.c_lflag &= ~(tcflag_t)ECHO;
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	const char *got = fgets(line, sizeof line, stdin);

	if (terminal) {
		(void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
		if (!shown)
			fputc('\n', stderr);
	}
	if (got == NULL)
		return err_set(&call->why, ERR_INVALID, "input",
			"%s was expected on standard input, one line", say(call, zh, en));
	struct str text = {line, strcspn(line, "\r\n")};

	*ret_line = str_copy(call->arena, text);
	secret_wipe(line, sizeof line);
	return ERR_OK;
}
