/* openapi.c: prints the OpenAPI document of routes.def, from which the types of the pages' client are made.
 */
#include "http/route.h"

#include <stdio.h>

int main(void)
{
	struct arena *arena = arena_new();
	struct str document = routes_new(arena, &http_table)->openapi;
	bool done = fwrite(document.data, 1, document.size, stdout) == document.size && fflush(stdout) == 0;

	arena_free(arena);
	return done ? 0 : 3;
}
