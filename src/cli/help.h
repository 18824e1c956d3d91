/* help.h: the texts that come from commands.def. Private to cli/. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/call.h"

void help_command(
	const struct call *call, const struct command_row *row); /* one command, on standard output */
void help_all(const struct call *call);                          /* the list of commands */
/* ERR_INVALID with the nearest command there is. */
MUST_CHECK enum err unknown_command(struct call *call, const char *name);

#endif
