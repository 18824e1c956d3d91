/* help.c: --help, the man page and the completion, all from commands.def. */
#include "cli/help.h"
#include "cli/call.h"

#include <stdio.h>
#include <string.h>

#define VERSION BIHUAN_VERSION

#define NAME_ZH "闭环:让制度成为可运行、可核验的程序"
#define NAME_EN "an institution's own rules as running, verifiable procedures"

static void print_options(const struct call *call, const char *command)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (strcmp(row->command, command) == 0)
			printf("  --%s%s%s\n      %s\n", row->name, row->value[0] != '\0' ? " " : "",
				row->value, say(call, row->zh, row->en));
	}
}

void help_command(const struct call *call, const struct command_row *row)
{
	printf("%s: bihuan %s %s\n\n%s\n", say(call, "用法", "usage"), row->name, row->arguments,
		say(call, row->zh, row->en));
	printf("\n%s\n", say(call, "选项", "options"));
	print_options(call, row->name);
	print_options(call, "");
	printf("\n%s\n  %s\n", say(call, "示例", "example"), row->example);
}

void help_all(const struct call *call)
{
	printf("bihuan %s: %s\n\n", VERSION, say(call, NAME_ZH, NAME_EN));
	printf("%s\n", say(call, "用法: bihuan 命令 [选项]", "usage: bihuan COMMAND [options]"));
	for (size_t i = 0; i < command_count; i++)
		printf("  %-14s %s\n", command_rows[i].name,
			say(call, command_rows[i].zh, command_rows[i].en));
	printf("\n%s\n", say(call, "bihuan 命令 --help 显示一个命令的用法和示例",
				 "bihuan COMMAND --help shows one command with an example"));
	printf("%s\n", say(call, "退出码: 0 完成 1 答案为否 2 用法或输入有误 3 未能完成",
			       "exit: 0 done, 1 the answer is no, 2 bad usage or input, 3 could not"));
}

/* The whole table, in both languages. */
static void help_json(struct call *call)
{
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '[');
	for (size_t i = 0; i < command_count; i++) {
		const struct command_row *row = &command_rows[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "command", str_from(row->name));
		json_out_field_text(&out, "arguments", str_from(row->arguments));
		json_out_field_text(&out, "zh", str_from(row->zh));
		json_out_field_text(&out, "en", str_from(row->en));
		json_out_field_text(&out, "example", str_from(row->example));
		json_out_key(&out, "options");
		json_out_open(&out, '[');
		for (size_t j = 0; j < option_count; j++) {
			const struct option_row *option = &option_rows[j];

			if (option->command[0] != '\0' && strcmp(option->command, row->name) != 0)
				continue;
			json_out_open(&out, '{');
			json_out_field_text(&out, "option", str_from(option->name));
			json_out_field_text(&out, "value", str_from(option->value));
			json_out_field_text(&out, "zh", str_from(option->zh));
			json_out_field_text(&out, "en", str_from(option->en));
			json_out_close(&out, '}');
		}
		json_out_close(&out, ']');
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	printf("%s\n", buf_str(&buf).data);
}

enum err unknown_command(struct call *call, const char *name)
{
	const char **names = ARENA_TAKE(call->arena, command_count, const char *);

	for (size_t i = 0; i < command_count; i++)
		names[i] = command_rows[i].name;
	return unknown_name(call, ERR_INVALID,
		UNKNOWN("没有这个命令", "there is no such command", "bihuan help 可以列出",
			"bihuan help lists them"),
		str_from(name), names, command_count);
}

enum err command_help(struct call *call)
{
	if (call->json) {
		help_json(call);
		return ERR_OK;
	}
	if (call->count == 0) {
		help_all(call);
		return ERR_OK;
	}
	const struct command_row *row = command_find(call->arguments[0]);

	if (row == NULL)
		return unknown_command(call, call->arguments[0]);
	help_command(call, row);
	return ERR_OK;
}

/* Text for roff: a backslash and a leading dot mean something there. */
static void put_roff(const char *text)
{
	if (text[0] == '.' || text[0] == '\'')
		fputs("\\&", stdout);
	for (; *text != '\0'; text++)
		if (*text == '\\')
			fputs("\\e", stdout);
		else if (*text == '-')
			fputs("\\-", stdout);
		else
			putchar(*text);
}

static void man_options(const struct call *call, const char *command)
{
	for (size_t i = 0; i < option_count; i++) {
		const struct option_row *row = &option_rows[i];

		if (strcmp(row->command, command) != 0)
			continue;
		printf(".TP\n.B \\-\\-");
		put_roff(row->name);
		printf("%s%s\n", row->value[0] != '\0' ? " " : "", row->value);
		put_roff(say(call, row->zh, row->en));
		putchar('\n');
	}
}

enum err command_man(struct call *call)
{
	printf(".TH BIHUAN 1 \"\" \"bihuan %s\"\n.SH NAME\nbihuan \\- ", VERSION);
	put_roff(say(call, NAME_ZH, NAME_EN));
	printf("\n.SH SYNOPSIS\n.B bihuan\n.I COMMAND\n[options]\n.SH COMMANDS\n");
	for (size_t i = 0; i < command_count; i++) {
		const struct command_row *row = &command_rows[i];

		printf(".SS ");
		put_roff(row->name);
		printf(" ");
		put_roff(row->arguments);
		printf("\n");
		put_roff(say(call, row->zh, row->en));
		printf("\n");
		man_options(call, row->name);
		printf(".PP\n.EX\n");
		put_roff(row->example);
		printf("\n.EE\n");
	}
	printf(".SH OPTIONS\n");
	man_options(call, "");
	printf(".SH \"EXIT STATUS\"\n0 done, 1 the answer is no, 2 bad usage or input, 3 could not.\n");
	return ERR_OK;
}

enum err command_completion(struct call *call)
{
	if (strcmp(call->arguments[0], "bash") != 0)
		return err_set(&call->why, ERR_INVALID, "completion", "only bash is known, not %s",
			call->arguments[0]);
	puts("_bihuan() {\n\tlocal word=${COMP_WORDS[COMP_CWORD]} options=");
	printf("\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (size_t i = 0; i < command_count; i++)
		printf("%s ", command_rows[i].name);
	puts("' -- \"$word\"))\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in");
	for (size_t i = 0; i < command_count; i++) {
		printf("\t%s) options='", command_rows[i].name);
		for (size_t j = 0; j < option_count; j++)
			if (strcmp(option_rows[j].command, command_rows[i].name) == 0)
				printf("--%s ", option_rows[j].name);
		puts("' ;;");
	}
	printf("\tesac\n\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$options");
	for (size_t j = 0; j < option_count; j++)
		if (option_rows[j].command[0] == '\0')
			printf(" --%s", option_rows[j].name);
	puts("\" -- \"$word\"))\n\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\tfi\n}\ncomplete -F "
	     "_bihuan bihuan");
	return ERR_OK;
}

enum err command_version(struct call *call)
{
	(void)call;
	puts("bihuan " VERSION);
	return ERR_OK;
}
