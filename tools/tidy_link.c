/* tidy_link.c: are the quiet rooms quiet? What a library asks of the outside is listed by `nm`; each name
 * must be another room's, or stand in the allowlist below, and no object may keep anything that can be
 * written. */
#include "tidy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Quiet rooms from the ground up: what one defines, all behind it may ask for. */
static const char *const quiet_rooms[] = {
	"base", "calendar", "org", "account", "procedure", "ledger", "matter", "grasp"};

/* Pure functions of the C library, and what compilers put in by themselves. */
static const char pure[] =
	"memchr memcmp memcpy memmove memset strchr strcmp strlen strncmp strnlen strrchr strstr snprintf "
	"vsnprintf qsort bsearch abs llabs __memcpy_chk __memmove_chk __memset_chk __snprintf_chk "
	"__vsnprintf_chk "
	"__stack_chk_fail _GLOBAL_OFFSET_TABLE_ __tls_get_addr";

/* What single files may ask for beyond that, and why. A trailing * allows a whole library. */
static const struct exception {
	const char *object, *names;
} exceptions[] = {
	{"base/arena.c",
		"malloc calloc free fprintf __fprintf_chk stderr exit"}, /* the one source of memory */
	{"base/err.c", "fprintf __fprintf_chk stderr abort"},            /* our own mistake: stop */
	{"base/hash.c", "EVP_* CRYPTO_* pthread_once pthread_key_create pthread_setspecific abort .bss "
			".tbss"},                                     /* the digest, fetched once */
	{"base/password.c", "argon2id_hash_encoded argon2id_verify"}, /* pure, but slow on purpose */
	{"base/pubkey.c", "EVP_* BN_* ECDSA_* OSSL_PARAM_* i2d_ECDSA_SIG"},
	{"base/seal.c", "EVP_* CRYPTO_* OPENSSL_*"},
	{"base/sign.c", "EVP_* CRYPTO_* OPENSSL_*"},
	{"base/doc_read.c", "json_* strtod"},
	{"procedure/yaml_tree.c", "yaml_*"},
	{"grasp/coverage_solver.c", "glp_*"},
};

struct symbol {
	char name[256], object[256];
	bool wanted; /* undefined here: asked of somebody else */
	char section[64];
};

struct symbols {
	struct symbol *items;
	size_t count, capacity;
};

static struct symbol *symbols_add(struct symbols *symbols)
{
	if (symbols->count == symbols->capacity) {
		symbols->capacity = symbols->capacity == 0 ? 256 : 2 * symbols->capacity;
		symbols->items = realloc(symbols->items, symbols->capacity * sizeof *symbols->items);
		if (symbols->items == NULL)
			exit(2);
	}
	struct symbol *symbol = &symbols->items[symbols->count++];

	memset(symbol, 0, sizeof *symbol);
	return symbol;
}

/* "lib/libbase.a[…/arena.c.o]:" names the object that follows: keep "base/arena.c". */
static bool object_parse(const char *line, const char *room, char *object, size_t size)
{
	const char *open = strchr(line, '['), *close = open == NULL ? NULL : strchr(open, ']');

	if (close == NULL)
		return false;
	const char *name = open + 1;

	for (const char *at = name; at < close; at++)
		if (*at == '/')
			name = at + 1;
	size_t length = (size_t)(close - name);

	if (length > 2 && strncmp(close - 2, ".o", 2) == 0)
		length -= 2;
	snprintf(object, size, "%s/%.*s", room, (int)length, name);
	return true;
}

/* "name |value| class | type| size| line|section" as `nm -f sysv` prints it. */
static void symbol_parse(struct symbols *symbols, const char *line, const char *object)
{
	const char *bar = strchr(line, '|'), *section = strrchr(line, '|');

	if (bar == NULL || path_starts(line, ".L"))
		return;
	struct symbol *symbol = symbols_add(symbols);

	snprintf(symbol->object, sizeof symbol->object, "%s", object);
	snprintf(symbol->name, sizeof symbol->name, "%.*s", (int)strcspn(line, " |"), line);
	snprintf(symbol->section, sizeof symbol->section, "%.*s", (int)strcspn(section + 1, " \n"),
		section + 1);
	symbol->wanted = strcmp(symbol->section, "*UND*") == 0;
}

static bool room_read(const char *build, const char *room, struct symbols *symbols)
{
	const char *library = text_format("%s/src/%s/lib%s.a", build, room, room);
	FILE *file = fopen(library, "rb");
	char line[4096], object[256] = "";

	if (file == NULL)
		return false; /* not every room is built yet */
	fclose(file);
	/* Our own command on our own build folder: nothing from outside comes near it. */
	FILE *names = popen(text_format("nm -f sysv '%s'", library), "r"); /* NOLINT(cert-env33-c) */

	if (names == NULL) {
		complain(library, 0, "nm can't be run: install binutils");
		return true;
	}
	while (fgets(line, sizeof line, names) != NULL)
		if (!object_parse(line, room, object, sizeof object))
			symbol_parse(symbols, line, object);
	if (pclose(names) != 0)
		complain(library, 0, "nm can't read it: build it anew");
	return true;
}

static bool name_fits(const char *pattern, size_t size, const char *name)
{
	if (size > 0 && pattern[size - 1] == '*')
		return strncmp(pattern, name, size - 1) == 0;
	return strlen(name) == size && strncmp(pattern, name, size) == 0;
}

static bool is_excepted(const char *object, const char *name)
{
	for (size_t i = 0; i < sizeof exceptions / sizeof *exceptions; i++) {
		if (strcmp(exceptions[i].object, object) != 0)
			continue;
		for (const char *at = exceptions[i].names; *at != '\0'; at += strspn(at, " ")) {
			size_t size = strcspn(at, " ");

			if (name_fits(at, size, name))
				return true;
			at += size;
		}
	}
	return false;
}

static bool is_ours(const struct symbols *symbols, const char *name)
{
	for (size_t i = 0; i < symbols->count; i++)
		if (!symbols->items[i].wanted && strcmp(symbols->items[i].name, name) == 0)
			return true;
	return false;
}

static bool can_be_written(const char *section)
{
	static const char *const sections[] = {".data", ".bss", ".tdata", ".tbss", "*COM*"};

	for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
		size_t size = strlen(sections[i]);

		/* ".data.name" too, but tables of pointers in ".data.rel.ro" are const. */
		if (strncmp(section, sections[i], size) == 0 &&
			(section[size] == '\0' || section[size] == '.'))
			return strncmp(section, ".data.rel.ro", strlen(".data.rel.ro")) != 0;
	}
	return false;
}

static void symbol_check(const struct symbols *symbols, const struct symbol *symbol)
{
	const char *path = text_format("src/%s", symbol->object);

	if (symbol->wanted) {
		if (!list_has(pure, symbol->name) && !is_excepted(symbol->object, symbol->name) &&
			!is_ours(symbols, symbol->name))
			complain(path, 0, "a quiet room may not call %s", symbol->name);
	} else if (can_be_written(symbol->section) && !is_excepted(symbol->object, symbol->section)) {
		complain(path, 0, "a quiet room keeps nothing that can be written: %s", symbol->name);
	}
}

void link_check(const char *build)
{
	struct symbols symbols = {0};
	size_t checked = 0, rooms = 0;

	for (size_t i = 0; i < sizeof quiet_rooms / sizeof *quiet_rooms; i++) {
		rooms += room_read(build, quiet_rooms[i], &symbols);
		for (; checked < symbols.count; checked++)
			symbol_check(&symbols, &symbols.items[checked]);
	}
	if (rooms == 0)
		complain(build, 0, "no library of a quiet room is built here");
}
