/* progress.c: a bar on standard error. */
#include "cli/progress.h"

#include <stdio.h>
#include <unistd.h>

#define BAR_WIDTH 30

struct progress progress_new(const char *what)
{
	return (struct progress){.what = what, .shown = isatty(STDERR_FILENO) == 1, .permille = -1};
}

void progress_show(struct progress *progress, int64_t done, int64_t total)
{
	int permille = total <= 0 ? 1000 : (int)(done * 1000 / total);

	/* Only what changes the picture is drawn: a terminal is slower than the work. */
	if (!progress->shown || permille == progress->permille)
		return;
	progress->permille = permille;
	fprintf(stderr, "\r%s [", progress->what);
	for (int i = 0; i < BAR_WIDTH; i++)
		fputc(i * 1000 < permille * BAR_WIDTH ? '#' : ' ', stderr);
	fprintf(stderr, "] %3d %%", permille / 10);
}

void progress_end(struct progress *progress)
{
	if (progress->shown && progress->permille >= 0)
		fputs("\r\033[K", stderr);
}
