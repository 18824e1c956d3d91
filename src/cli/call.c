/* call.c: from argv to a call. */
#include "cli/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct command_row command_rows[] = {
#define COMMAND(name, function, arguments, least, most, zh, en, example)                                     \
	{name, function, arguments, least, most, zh, en, example},
#include "cli/commands.def"
};
const size_t command_count = ARRAY_COUNT(command_rows);

const struct option_row option_rows[] = {
#define OPTION(command, name, value, zh, en) {command, name, value, zh, en},
#include "cli/commands.def"
};
const size_t option_count = ARRAY_COUNT(option_rows);

const struct command_row *command_find(const char *name)
{
	for (size_t i = 0; i < command_count; i++)
		if (strcmp(command_rows[i].name, name) == 0)
			return &command_rows[i];
	return NULL;
}

static const struct option_row *option_find(const struct command_row *row, struct str name)
{
	for (size_t i = 0; i < option_count; i++)
		if (str_is(name, option_rows[i].name) &&
			(option_rows[i].command[0] == '\0' || strcmp(option_rows[i].command, row->name) == 0))
			return &option_rows[i];
	return NULL;
}

bool option_given(const struct call *call, const char *name)
{
	return option_value(call, name) != NULL;
}

const char *option_value(const struct call *call, const char *name)
{
	for (size_t i = call->option_count; i > 0; i--)
		if (strcmp(call->options[i - 1].name, name) == 0)
			return call->options[i - 1].value;
	return NULL;
}

size_t option_values(const struct call *call, const char *name, const char **values, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < call->option_count && count < max; i++)
		if (strcmp(call->options[i].name, name) == 0)
			values[count++] = call->options[i].value;
	return count;
}

enum err option_number(struct call *call, const char *name, int64_t fallback, int64_t *ret_number)
{
	const char *value = option_value(call, name);

	*ret_number = fallback;
	if (value != NULL && (!str_to_int(str_from(value), ret_number) || *ret_number < 0))
		return err_set(&call->why, ERR_INVALID, str_format(call->arena, "--%s", name).data,
			"'%s' is no whole number from 0", value);
	return ERR_OK;
}

enum err option_classes(struct call *call, const char *name, bool ret_classes[PAYLOAD_CLASS_COUNT])
{
	const char *values[OPTIONS_MAX], *names[PAYLOAD_CLASS_COUNT];
	size_t count = option_values(call, name, values, OPTIONS_MAX);
	enum payload_class class;

	for (int i = 0; i < PAYLOAD_CLASS_COUNT; i++)
		names[i] = payload_class_name((enum payload_class)i);
	for (size_t i = 0; i < count; i++) {
		if (!payload_class_parse(str_from(values[i]), &class))
			return unknown_name(call, ERR_INVALID,
				UNKNOWN("没有这类载荷", "there is no such class of payloads",
					name_list(call, "可用", names, PAYLOAD_CLASS_COUNT),
					name_list(call, "there are", names, PAYLOAD_CLASS_COUNT)),
				str_from(values[i]), names, PAYLOAD_CLASS_COUNT);
		ret_classes[class] = true;
	}
	return ERR_OK;
}

enum err argument_number(struct call *call, size_t argument, int64_t *ret_number)
{
	if (!str_to_int(str_from(call->arguments[argument]), ret_number) || *ret_number < 1)
		return err_set(&call->why, ERR_INVALID, call->arguments[argument],
			"a number from 1 was expected: bihuan show has it");
	return ERR_OK;
}

enum err call_needs_person(struct call *call)
{
	if (option_given(call, "as"))
		return ERR_OK;
	return err_set(&call->why, ERR_INVALID, "--as", "say who acts: --as and a person's sign-in name");
}

enum err unknown_name(struct call *call, enum err code, const struct unknown *unknown, struct str name,
	const char *const *names, size_t count)
{
	return unknown_set(
		&call->why, call->arena, code, str_copy(call->arena, name).data, unknown, name, names, count);
}

const char *name_list(struct call *call, const char *before, const char *const *names, size_t count)
{
	return unknown_list(call->arena, before, names, count);
}

static enum err unknown_option(struct call *call, struct str name)
{
	const char *names[ARRAY_COUNT(option_rows)];
	size_t count = 0;

	for (size_t i = 0; i < option_count; i++)
		if (option_find(call->row, str_from(option_rows[i].name)) != NULL)
			names[count++] = str_format(call->arena, "--%s", option_rows[i].name).data;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这个选项", "there is no such option",
			str_format(call->arena, "bihuan %s --help 可以列出", call->row->name).data,
			str_format(call->arena, "bihuan %s --help lists them", call->row->name).data),
		str_format(call->arena, "--%.*s", STR_ARG(name)), names, count);
}

/* "--name value", "--name=value" or "--switch". *at moves past a value that stands alone. */
static enum err parse_option(struct call *call, int argc, char **argv, int *at)
{
	struct str name, rest = str_from(argv[*at] + 2);
	const char *value = "";
	bool inline_value = strchr(argv[*at], '=') != NULL;

	(void)str_cut(&rest, '=', &name);
	const struct option_row *option = option_find(call->row, name);

	if (option == NULL)
		return unknown_option(call, name);
	if (option->value[0] == '\0' && inline_value)
		return err_set(&call->why, ERR_INVALID, option->name, "--%s takes no value", option->name);
	if (option->value[0] != '\0') {
		/* What looks like an option isn't taken for a value; --name=--value says that it is one. */
		if (!inline_value && (*at + 1 >= argc || strncmp(argv[*at + 1], "--", 2) == 0))
			return err_set(&call->why, ERR_INVALID, option->name, "--%s needs a value: %s",
				option->name, option->value);
		value = inline_value ? strchr(argv[*at], '=') + 1 : argv[++*at];
	}
	if (call->option_count == OPTIONS_MAX)
		return err_set(&call->why, ERR_RANGE, option->name, "more than %d options", OPTIONS_MAX);
	call->options[call->option_count].name = option->name;
	call->options[call->option_count++].value = value;
	return ERR_OK;
}

bool call_speaks_chinese(int argc, char **argv)
{
	const char *lang = NULL;
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};

	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "--lang=", 7) == 0)
			lang = argv[i] + 7;
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			lang = argv[i + 1];
	}
	for (size_t i = 0; lang == NULL && i < ARRAY_COUNT(names); i++) {
		lang = getenv(names[i]);
		if (lang != NULL && lang[0] == '\0')
			lang = NULL;
	}
	return lang == NULL || strncmp(lang, "en", 2) != 0;
}

enum err call_parse(struct call *call, int argc, char **argv)
{
	bool options_end = false;

	for (int i = 0; i < argc; i++) {
		if (!options_end && strcmp(argv[i], "--") == 0) {
			options_end = true;
		} else if (!options_end && strncmp(argv[i], "--", 2) == 0) {
			TRY(parse_option(call, argc, argv, &i));
		} else if (call->count == ARRAY_COUNT(call->arguments)) {
			return err_set(&call->why, ERR_RANGE, call->row->name, "too many arguments");
		} else {
			call->arguments[call->count++] = argv[i];
		}
	}
	const char *lang = option_value(call, "lang");

	if (lang != NULL && strcmp(lang, "zh") != 0 && strcmp(lang, "en") != 0)
		return err_set(&call->why, ERR_INVALID, "--lang",
			"%s: there is no such language: say zh or en", lang);
	const char *format = option_value(call, "format");

	call->json = option_given(call, "json") || (format != NULL && strcmp(format, "json") == 0);
	if (option_given(call, "help"))
		return ERR_OK;
	if (call->count < call->row->least || call->count > call->row->most)
		return err_set(&call->why, ERR_INVALID, call->row->name,
			"wrong number of arguments: bihuan %s %s", call->row->name, call->row->arguments);
	return ERR_OK;
}

const char *say(const struct call *call, const char *zh, const char *en)
{
	return call->chinese ? zh : en;
}

const char *counted(const struct call *call, size_t count, const char *one, const char *many)
{
	return call->chinese ? str_format(call->arena, "%zu", count).data
			     : str_format(call->arena, "%zu %s", count, count == 1 ? one : many).data;
}

struct str lang_of(const struct call *call)
{
	return call->chinese ? STR("zh") : STR("en");
}
