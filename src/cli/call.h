/* call.h: one call of one command: its arguments, its options, where it prints. Private to cli/. */
#ifndef CLI_CALL_H
#define CLI_CALL_H

#include "act/act.h"
#include "view/unknown.h"

#define OPTIONS_MAX 64

struct command_row;

struct call {
	const struct command_row *row;
	struct arena *arena;
	const char *arguments[128];
	size_t count;
	struct {
		const char *name, *value; /* value "" for a switch */
	} options[OPTIONS_MAX];
	size_t option_count;
	bool json, chinese;
	bool quiet;        /* a part of another command, which says what came of it */
	bool answered;     /* the answer "no" stands on standard output already: main adds nothing */
	struct bh_err why; /* what went wrong; printed by main */
};

struct command_row {
	const char *name;
	enum err (*run)(struct call *call);
	const char *arguments;
	size_t least, most;
	const char *zh, *en, *example;
};
struct option_row {
	const char *command, *name, *value, *zh, *en;
};
extern const struct command_row command_rows[];
extern const size_t command_count;
extern const struct option_row option_rows[];
extern const size_t option_count;
const struct command_row *command_find(const char *name); /* NULL when there is none */

bool option_given(const struct call *call, const char *name);
const char *option_value(
	const struct call *call, const char *name); /* NULL when not given; the last one otherwise */
size_t option_values(const struct call *call, const char *name, const char **values, size_t max);
/* A whole number from an option; `fallback` when it isn't given. */
MUST_CHECK enum err option_number(struct call *call, const char *name, int64_t fallback, int64_t *ret_number);

/* The classes of payloads that an option names, as often as it is given. */
MUST_CHECK enum err option_classes(
	struct call *call, const char *name, bool ret_classes[PAYLOAD_CLASS_COUNT]);

/* The ledger's key from --key: as text, or @FILE that holds it. ERR_INVALID when it isn't given. */
MUST_CHECK enum err option_vkey(struct call *call, struct note_key *ret_key);

/* A whole number from 1 that stands as an argument. */
MUST_CHECK enum err argument_number(struct call *call, size_t argument, int64_t *ret_number);
/* Some commands are done by somebody: refused at once when --as is missing. */
MUST_CHECK enum err call_needs_person(struct call *call);

/* ERR_NOT_FOUND or ERR_INVALID: "there is no such action; did you mean report: bihuan show lists them". */
MUST_CHECK enum err unknown_name(struct call *call, enum err code, const struct unknown *unknown,
	struct str name, const char *const *names, size_t count);
/* The names in a line, for a `how`: "it takes title, due". In the call's arena. */
const char *name_list(struct call *call, const char *before, const char *const *names, size_t count);

/* Chinese unless --lang, or else the user's system, asks for English. Known before anything else, so that
 * what is wrong with a call is said in its language too. */
bool call_speaks_chinese(int argc, char **argv);
/* Parse argv behind the command's name. ERR_INVALID names what is wrong and what would be right. */
MUST_CHECK enum err call_parse(struct call *call, int argc, char **argv);

/* The word for a person in the language of the call. */
const char *say(const struct call *call, const char *zh, const char *en)
	__attribute__((format_arg(2), format_arg(3)));
struct str lang_of(const struct call *call); /* "zh" or "en" */
/* So many of something: "1 row", "2 rows"; in Chinese the number alone, for the sentence has the word. In the
 * call's arena. */
const char *counted(const struct call *call, size_t count, const char *one, const char *many);

/* ---- printing ---- */

/* A table: columns as wide as their widest cell (Chinese counts two), csv, JSON objects, or a spreadsheet. On
 * standard output, or in the file that --out names. */
enum table_form { TABLE_TEXT, TABLE_CSV, TABLE_JSON, TABLE_SHEET };
/* As --json and --format say, or else how the name of the file ends; `usual` otherwise. ERR_INVALID with the
 * nearest; a spreadsheet isn't for the eyes, so ERR_INVALID too where it would go to a screen. */
MUST_CHECK enum err table_form_find(struct call *call, enum table_form usual, enum table_form *ret_form);
/* --out, "-" when it isn't given. */
const char *table_path(const struct call *call);
struct table;
struct table *table_new(struct call *call, enum table_form form, size_t columns);
void table_head(struct table *table, const char *key, const char *zh, const char *en); /* once per column */
void table_put(struct table *table, struct str cell);                                  /* the next cell */
void table_number(struct table *table, int64_t number);
void table_truth(struct table *table, bool truth); /* yes and no for people, true and false for programs */
MUST_CHECK enum err table_print(struct table *table);

#define COMMAND(name, function, arguments, least, most, zh, en, example)                                     \
	MUST_CHECK enum err function(struct call *call);
#include "cli/commands.def"

#endif
