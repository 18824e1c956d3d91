/* command_adopt.c: put changed definitions in force: what differs is shown, the whole is proved, and only
 * then adopted. */
#include "cli/difference.h"
#include "cli/house.h"
#include "cli/sources.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct change {
	const struct procedure *before, *after; /* before: NULL for a new one */
};
struct changes {
	struct change *items;
	size_t count;
	struct procedures whole; /* what would be in force */
};

static const struct procedure *in_force(const struct house *house, struct str name)
{
	for (size_t i = 0; i < house->institution.in_force_count; i++)
		if (str_equal(house->institution.in_force[i].procedure->name, name))
			return house->institution.in_force[i].procedure;
	return NULL;
}

static struct changes compare(struct house *house, const struct procedures *given)
{
	struct arena *arena = house->call->arena;
	struct changes changes = {.items = ARENA_TAKE(arena, given->count + 1, struct change)};

	changes.whole.items = ARENA_TAKE(
		arena, given->count + house->institution.in_force_count + 1, const struct procedure *);
	for (size_t i = 0; i < given->count; i++) {
		const struct procedure *before = in_force(house, given->items[i]->name);

		changes.whole.items[changes.whole.count++] = given->items[i];
		if (before == NULL || !str_equal(before->text, given->items[i]->text))
			changes.items[changes.count++] = (struct change){before, given->items[i]};
	}
	for (size_t i = 0; i < house->institution.in_force_count; i++)
		if (procedures_find(given, house->institution.in_force[i].procedure->name) == NULL)
			changes.whole.items[changes.whole.count++] = house->institution.in_force[i].procedure;
	return changes;
}

static void show(struct call *call, const struct changes *changes)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *change = &changes->items[i];
		struct buf buf = buf_new(call->arena);

		if (change->before != NULL)
			buf_format(&buf, "--- %.*s (%s)\n", STR_ARG(change->before->name),
				say(call, "现行", "in force"));
		else
			buf_puts(&buf, "--- /dev/null\n");
		buf_format(&buf, "+++ %.*s\n", STR_ARG(change->after->file));
		difference_put(
			&buf, change->before != NULL ? change->before->text : STR(""), change->after->text);
		fwrite(buf.data, 1, buf.size, stdout);
	}
}

/* --yes, or a person at a terminal who says so. */
static enum err confirm(struct call *call)
{
	char reply[16] = "";

	if (option_given(call, "yes"))
		return ERR_OK;
	if (isatty(STDIN_FILENO) == 1) {
		fputs(say(call, "使之生效?(yes/no) ", "put this in force? (yes/no) "), stderr);
		if (fgets(reply, sizeof reply, stdin) != NULL && strcmp(reply, "yes\n") == 0)
			return ERR_OK;
	}
	return err_set(
		&call->why, ERR_REFUSED, "--yes", "nothing was adopted: say --yes to put this in force");
}

static enum err adopt_all(struct house *house, const struct changes *changes)
{
	struct call *call = house->call;
	struct definition_text *items = ARENA_TAKE(call->arena, changes->count, struct definition_text);
	struct act act = {.kind = ACT_ADOPT, .what.adopt = {.items = items, .count = changes->count}};
	struct receipt receipt;

	for (size_t i = 0; i < changes->count; i++)
		items[i] = (struct definition_text){
			sources_file(call, changes->items[i].after), changes->items[i].after->text};
	TRY(house_run(house, &act, &receipt));
	for (size_t i = 0; i < changes->count; i++)
		printf("%.*s  %s %lld\n", STR_ARG(changes->items[i].after->name),
			say(call, "已生效,事件", "in force, event"), (long long)receipt.first + (long long)i);
	return ERR_OK;
}

static enum err prove(struct house *house, const struct changes *changes, struct findings *findings)
{
	struct call *call = house->call;

	/* What isn't changed is proved too: it may open what has changed. */
	procedures_prove(&changes->whole, true, house->institution.org, house->today, findings);
	if (findings->count == 0)
		return ERR_OK;
	findings_print(call, findings, true);
	return err_set(&call->why, ERR_REFUSED, call->arguments[1],
		"it isn't sound beside what is in force: %zu finding%s above; nothing was adopted",
		findings->count, findings->count == 1 ? "" : "s");
}

static enum err adopt(struct house *house)
{
	struct call *call = house->call;
	struct findings findings = findings_new(call->arena);
	struct sources sources;

	TRY(sources_read(call, call->arguments[1], &findings, &sources));
	struct changes changes = compare(house, &sources.given);

	show(call, &changes);
	if (findings.count > 0) {
		findings_print(call, &findings, true);
		return err_set(&call->why, ERR_REFUSED, call->arguments[1],
			"it can't be read as it stands: %zu finding%s above; nothing was adopted",
			findings.count, findings.count == 1 ? "" : "s");
	}
	if (changes.count == 0) {
		puts(say(call, "没有变化", "nothing has changed"));
		return ERR_OK;
	}
	TRY(prove(house, &changes, &findings));
	TRY(confirm(call));
	return adopt_all(house, &changes);
}

/* ---- a formula of performance ---- */

/* A file whose text says so; a folder, or what can't be read, is none. */
static bool is_formula(struct call *call, struct str *ret_text)
{
	struct stat about;
	struct bh_err why;

	if (stat(call->arguments[1], &about) != 0 || !S_ISREG(about.st_mode) ||
		file_read(call->arena, call->arguments[1], FORMULA_TEXT_MAX, ret_text, &why) != ERR_OK)
		return false;
	return str_starts(*ret_text, "formula:") || str_find(*ret_text, STR("\nformula:")) != SIZE_MAX;
}

static enum err adopt_formula(struct house *house, struct str text)
{
	struct call *call = house->call;
	const char *path = call->arguments[1], *name = strrchr(path, '/'), *from = option_value(call, "from");
	struct act act = {.kind = ACT_FORMULA,
		.what.formula = {
			.source = {str_from(name == NULL ? path : name + 1), text}, .from = house->today}};
	struct stored_formula *before;
	struct buf buf = buf_new(call->arena);
	struct formula formula;
	struct receipt receipt;
	struct bh_err why;
	char both[ERR_BOTH_SIZE];
	size_t count;

	if (from != NULL && day_parse(str_from(from), &act.what.formula.from, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, "--from", "%s: %s", from, err_both(&why, both));
	TRY(formula_read(call->arena, str_from(path), text, &formula, &call->why));
	TRY(store_formulas(house->store, call->arena, &before, &count, &call->why));
	const struct stored_formula *in_force = stored_formula_on(before, count, act.what.formula.from);

	difference_put(&buf, in_force == NULL ? STR("") : in_force->text, text);
	if (!call->quiet)
		fwrite(buf.data, 1, buf.size, stdout);
	TRY(confirm(call));
	TRY(house_run(house, &act, &receipt));
	if (call->quiet)
		return ERR_OK;
	printf(say(call, "%.*s  第 %lld 版,自 %.*s 起施行,事件 %lld\n",
		       "%.*s  version %lld, in force from %.*s, event %lld\n"),
		STR_ARG(formula.name), (long long)receipt.id,
		STR_ARG(day_print(call->arena, act.what.formula.from)), (long long)receipt.first);
	return ERR_OK;
}

enum err command_adopt(struct call *call)
{
	struct str text = STR("");
	bool formula = is_formula(call, &text);
	struct house house;

	TRY(call_needs_person(call));
	TRY(house_open_to_write(call, &house));
	enum err err = formula ? adopt_formula(&house, text) : adopt(&house);

	house_close(&house);
	return err;
}
