/* run.c: a whole command, as its user would run it: wall time, processor time, memory at its highest. */
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void figure_of(const char *name, const char *part, double value, const char *unit)
{
	char whole[64];

	snprintf(whole, sizeof whole, "%s.%s", name, part);
	figure(whole, value, unit);
}

static void exec_quietly(char **command)
{
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (nowhere >= 0)
		(void)dup2(nowhere, STDOUT_FILENO);
	execvp(command[0], command);
	perror(command[0]);
	_exit(127);
}

/* NAME COUNT UNIT COMMAND…: COUNT is how many of UNIT it goes through, for the rate. */
int bench_run(int argc, char **argv)
{
	struct rusage usage;
	int status;
	double count = atof(argv[1]);
	int64_t began = bench_now_us();
	pid_t child = fork();

	(void)argc;
	REQUIRE(child >= 0);
	if (child == 0)
		exec_quietly(argv + 3);
	REQUIRE(wait4(child, &status, 0, &usage) == child);
	double seconds = (double)(bench_now_us() - began) / 1e6;
	double processor = (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
			   (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	char rate[64];

	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench: %s failed\n", argv[3]);
		return 1;
	}
	snprintf(rate, sizeof rate, "%s/s", argv[2]);
	figure_of(argv[0], "wall", seconds * 1000, "ms");
	figure_of(argv[0], "processor", processor * 1000, "ms");
	figure_of(argv[0], "rate", count / seconds, rate);
	figure_of(argv[0], "peak_memory", (double)usage.ru_maxrss / 1024, "MiB");
	return 0;
}
