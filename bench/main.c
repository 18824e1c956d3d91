/* main.c: which part of the benchmark to run. scripts/bench runs all of them in order. */
#include "bench.h"

#include <stdio.h>
#include <string.h>

static const struct part {
	const char *name, *arguments;
	int (*run)(int argc, char **argv);
	int least;
} parts[] = {
	{"fill", "DIR COUNT", bench_fill, 2},
	{"write", "DIR COUNT IN-FLIGHT FIRST", bench_write, 4},
	{"sweep", "DIR", bench_sweep, 1},
	{"read", "DIR ROUNDS", bench_read, 2},
	{"idle", "DIR", bench_idle, 1},
	{"run", "NAME COUNT UNIT COMMAND…", bench_run, 4},
	{"size", "DIR", bench_size, 1},
	{"sign-in", "PORT ACCOUNT PASSWORD", bench_sign_in, 3},
	{"clients", "NAME PORT COOKIE CLIENTS SECONDS NUMBERS METHOD PATH BODY …", bench_clients, 9},
	{"page", "", bench_page, 0},
};

int main(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < ARRAY_COUNT(parts); i++)
		if (strcmp(argv[1], parts[i].name) == 0 && argc - 2 >= parts[i].least)
			return parts[i].run(argc - 2, argv + 2);
	for (size_t i = 0; i < ARRAY_COUNT(parts); i++)
		fprintf(stderr, "usage: bench %s %s\n", parts[i].name, parts[i].arguments);
	return 2;
}
