/* progress.h: how far long work is, on a terminal; silent everywhere else. Private to cli/. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "cli/call.h"

struct progress {
	const char *what;
	bool shown; /* standard error is a terminal */
	int permille;
};

struct progress progress_new(const char *what);
void progress_show(struct progress *progress, int64_t done, int64_t total);
void progress_end(struct progress *progress); /* takes the bar away again */

#endif
