/* show_door.c: what whom a compartment is about is told of it, on the screen of a shell. */
#include "cli/show.h"

#include <stdio.h>

#define OUT(view, zh, en) tell_either(&(view)->teller, (zh), (en))

static void put_values(
	const struct matter_view *view, const struct field *fields, size_t count, const struct doc *values)
{
	for (size_t i = 0; i < count; i++) {
		const struct doc *value = values == NULL ? NULL : doc_get_str(values, fields[i].name);

		if (value != NULL)
			printf("      %.*s  %.*s\n",
				STR_ARG(label_pick(
					fields[i].label, fields[i].name, teller_lang(&view->teller))),
				STR_ARG(view_value(view, &fields[i], value)));
	}
}

static void put_told(const struct matter_view *view, bool own, const char *zh, const char *en)
{
	printf("\n%s\n", OUT(view, zh, en));
	for (size_t i = 0; i < view->told_count; i++) {
		const struct view_told *told = &view->told[i];
		struct str text = doc_get_text(told->event->payload, "text");

		if (told->own != own)
			continue;
		printf("  %lld  %.*s  %.*s\n", (long long)told->event->index,
			STR_ARG(tell_time(&view->teller, told->event->time)),
			STR_ARG(view_headline(view, told->event)));
		if (text.size > 0)
			printf("      %.*s\n", STR_ARG(text));
		put_values(view, told->fields, told->field_count, told->values);
	}
}

static void put_duties(const struct matter_view *view)
{
	printf("\n%s\n", OUT(view, "本人责任", "owed"));
	for (size_t i = 0; i < view->duty_count; i++) {
		const struct duty *duty = &view->duties[i];
		struct str basis = view_basis(view, duty);

		printf("  %lld  %.*s  %s  %s %.*s", (long long)duty->id, STR_ARG(view_duty_name(view, duty)),
			tell_word(&view->teller, duty_state_name(duty->state)), OUT(view, "期限", "by"),
			STR_ARG(tell_day(&view->teller, duty->due)));
		if (basis.size > 0)
			printf("  %s %.*s", OUT(view, "依据", "under"), STR_ARG(basis));
		putchar('\n');
	}
}

static void put_possible(const struct matter_view *view)
{
	const struct procedure *procedure = view->matter->procedure;

	printf("\n%s\n", OUT(view, "可以办理", "may be done"));
	for (size_t i = 0; i < view->possible_count; i++) {
		const struct possible *possible = &view->possible[i];
		bool action = possible->action >= 0;
		struct str name = action ? procedure->actions[possible->action].name
					 : procedure->requests[possible->request].name;
		struct label label = action ? procedure->actions[possible->action].label
					    : procedure->requests[possible->request].label;

		printf("  %.*s (%s %.*s)\n", STR_ARG(label_pick(label, name, teller_lang(&view->teller))),
			action ? "act" : "request", STR_ARG(name));
	}
}

void show_print_door(const struct matter_view *view)
{
	const struct procedure *procedure = view->matter->procedure;

	printf("%.*s  %.*s\n%.*s  %s\n", STR_ARG(view->matter->number), STR_ARG(view_title(view)),
		STR_ARG(label_pick(procedure->title, procedure->name, teller_lang(&view->teller))),
		OUT(view, "隔离事项,仅列告知本人的内容",
			"a compartment that is about the reader: only what was told"));
	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].told)
			put_values(view, &procedure->fields[i], 1, view->matter->fields);
	put_duties(view);
	put_possible(view);
	put_told(view, false, "已送达本人", "served");
	put_told(view, true, "本人提交", "said and done by the reader");
}
