/* show_text.c: a matter for people. */
#include "cli/show.h"

#include <stdio.h>

#define OUT(view, zh, en) tell_either(&(view)->teller, (zh), (en))

static void pad_to(size_t width, struct str text)
{
	size_t used = utf8_width(text);

	printf("%.*s", STR_ARG(text));
	for (; used < width; used++)
		putchar(' ');
}

static void put_head(const struct matter_view *view)
{
	const struct matter *matter = view->matter;
	const struct procedure *procedure = matter->procedure;
	const struct state *state = &procedure->states[matter->state];

	printf("%.*s  %.*s\n", STR_ARG(matter->number), STR_ARG(doc_get_text(matter->fields, "title")));
	printf("%.*s  %.*s  %.*s\n",
		STR_ARG(label_pick(procedure->title, procedure->name, teller_lang(&view->teller))),
		STR_ARG(label_pick(state->label, state->name, teller_lang(&view->teller))),
		STR_ARG(lamp_print(view->teller.arena, &view->lamp, teller_lang(&view->teller))));
	printf("%s %.*s  %s %lld  %s %lld\n", OUT(view, "立项", "opened"),
		STR_ARG(tell_time(&view->teller, matter->opened)), OUT(view, "版本", "version"),
		(long long)matter->version, OUT(view, "最新事件", "newest event"),
		(long long)matter->last_index);
	if (!instant_is_none(matter->ended))
		printf("%s %.*s\n", OUT(view, "结束", "ended"),
			STR_ARG(tell_time(&view->teller, matter->ended)));
	if (!instant_is_none(matter->suspended_until))
		printf("%s %.*s\n", OUT(view, "中止至", "suspended until"),
			STR_ARG(tell_day(&view->teller, matter->suspended_until)));
	if (view->parent != NULL)
		printf("%s %.*s\n", OUT(view, "上级事项", "part of"), STR_ARG(view->parent->number));
}

static void put_section(const struct matter_view *view, const char *zh, const char *en)
{
	printf("\n%s\n", OUT(view, zh, en));
}

/* "  label  value" for each field that has one; labels in one column. */
static void put_fields(const struct matter_view *view, const struct field *fields, size_t count,
	const struct doc *values, const char *indent)
{
	size_t width = 0;

	for (size_t i = 0; i < count; i++) {
		size_t own =
			utf8_width(label_pick(fields[i].label, fields[i].name, teller_lang(&view->teller)));

		if (doc_get_str(values, fields[i].name) != NULL && own > width)
			width = own;
	}
	for (size_t i = 0; i < count; i++) {
		const struct doc *value = doc_get_str(values, fields[i].name);

		if (value == NULL)
			continue;
		fputs(indent, stdout);
		pad_to(width + 2, label_pick(fields[i].label, fields[i].name, teller_lang(&view->teller)));
		printf("%.*s\n", STR_ARG(view_value(view, &fields[i], value)));
	}
}

static void put_owed(const struct matter_view *view)
{
	bool any = false;

	put_section(view, "所欠责任", "owed");
	for (size_t i = 0; i < view->duty_count; i++) {
		const struct duty *duty = &view->duties[i];
		struct str basis = view_basis(view, duty);

		if (duty->state != DUTY_OPEN && duty->state != DUTY_PAUSED)
			continue;
		any = true;
		printf("  %lld  %.*s  %.*s  ", (long long)duty->id, STR_ARG(view_duty_name(view, duty)),
			STR_ARG(tell_bearer(
				&view->teller, duty->unit, duty->post, duty->person, view->today)));
		if (duty->state == DUTY_PAUSED)
			printf(OUT(view, "中止,余 %d 个工作日%.0s", "paused, %d working day%s left"),
				duty->remaining_days, duty->remaining_days == 1 ? "" : "s");
		else
			printf("%s %.*s", OUT(view, "期限", "by"),
				STR_ARG(tell_day(&view->teller, duty->due)));
		if (duty->provisional)
			fputs(OUT(view, " (日历未定,暂计)", " (provisional: beyond the calendar)"), stdout);
		if (duty->extended)
			fputs(OUT(view, " (已延期)", " (extended)"), stdout);
		if (duty->breached)
			printf(" (%s)", tell_word(&view->teller, "breached"));
		else if (!instant_is_none(duty->missed))
			printf(OUT(view, " (原期限 %.*s 已记失责)", " (missed on %.*s)"),
				STR_ARG(tell_day(&view->teller, duty->missed)));
		if (!duty->breached && duty->state == DUTY_OPEN && duty->due.us <= view->now.us)
			fputs(OUT(view, " (逾期)", " (overdue)"), stdout);
		if (basis.size > 0)
			printf("  %s %.*s", OUT(view, "依据", "under"), STR_ARG(basis));
		putchar('\n');
	}
	if (!any)
		printf("  %s\n", OUT(view, "无", "nothing"));
}

static void put_deed(const struct matter_view *view, const struct possible *possible)
{
	const struct procedure *procedure = view->matter->procedure;
	bool action = possible->action >= 0;
	struct str name = action ? procedure->actions[possible->action].name
				 : procedure->requests[possible->request].name;
	struct label label = action ? procedure->actions[possible->action].label
				    : procedure->requests[possible->request].label;

	printf("%.*s (%s %.*s)", STR_ARG(label_pick(label, name, teller_lang(&view->teller))),
		action ? "act" : "request", STR_ARG(name));
}

static struct str why_not(const struct matter_view *view, const struct possible *possible)
{
	return view->teller.chinese ? possible->why_zh : possible->why_en;
}

/* What may not be done, one line for each reason. */
static void put_impossible(const struct matter_view *view)
{
	for (size_t i = 0; i < view->possible_count; i++) {
		struct str why = why_not(view, &view->possible[i]);
		bool said = view->possible[i].may;

		for (size_t j = 0; j < i; j++)
			said = said ||
			       (!view->possible[j].may && str_equal(why_not(view, &view->possible[j]), why));
		if (said)
			continue;
		printf("  ✗  %.*s: ", STR_ARG(why));
		for (size_t j = i; j < view->possible_count; j++) {
			if (view->possible[j].may || !str_equal(why_not(view, &view->possible[j]), why))
				continue;
			fputs(j == i ? "" : OUT(view, "、", ", "), stdout);
			put_deed(view, &view->possible[j]);
		}
		putchar('\n');
	}
}

static void put_possible(const struct matter_view *view)
{
	if (view->person == 0)
		return;
	printf("\n%s %.*s\n", OUT(view, "可办事项:", "may be done by"),
		STR_ARG(tell_person(&view->teller, view->person)));
	for (size_t i = 0; i < view->duty_count; i++) {
		const struct duty *duty = &view->duties[i];

		if (view_may_answer(view, duty))
			printf("  ✓  %.*s (%s %lld)\n", STR_ARG(view_duty_name(view, duty)),
				duty->kind == DUTY_DECIDE ? "decide" : "answer",
				(long long)(duty->kind == DUTY_DECIDE ? duty->about : duty->id));
	}
	for (size_t i = 0; i < view->possible_count; i++)
		if (view->possible[i].may) {
			fputs("  ✓  ", stdout);
			put_deed(view, &view->possible[i]);
			putchar('\n');
		}
	put_impossible(view);
}

static void put_requests(const struct matter_view *view)
{

	if (view->request_count > 0)
		put_section(view, "申请", "requests");
	for (size_t i = 0; i < view->request_count; i++) {
		const struct view_request *request = &view->requests[i];
		size_t count;
		const struct field *fields = view_fields(view, request->asked, &count);
		struct str label = request->rule == NULL
					   ? doc_get_text(request->asked->payload, "rule")
					   : label_pick(request->rule->label, request->rule->name,
						     teller_lang(&view->teller));

		printf("  %lld  %.*s  %.*s  %.*s  %s\n", (long long)request->id, STR_ARG(label),
			STR_ARG(view_actor(view, request->asked)),
			STR_ARG(tell_time(&view->teller, request->asked->time)),
			request->state == REQUEST_OPEN
				? OUT(view, "待答复", "waiting")
				: tell_word(&view->teller, request_state_name(request->state)));
		put_fields(view, fields, count, doc_get(request->asked->payload, "fields"), "     ");
	}
}

static void put_relatives(const struct matter_view *view)
{
	if (view->part_count > 0)
		put_section(view, "组成部分", "parts");
	for (size_t i = 0; i < view->part_count; i++) {
		const struct matter_line *part = &view->parts[i];
		int progress = part->rolled >= 0 ? part->rolled : part->progress;

		printf("  %.*s  %.*s  %.*s", STR_ARG(part->number), STR_ARG(part->title),
			STR_ARG(tell_unit(&view->teller, part->unit)));
		if (!instant_is_none(part->ended))
			printf("  %s", OUT(view, "已结束", "ended"));
		else if (progress >= 0)
			printf("  %d%%", progress);
		putchar('\n');
	}
	if (view->link_count > 0)
		put_section(view, "关联", "links");
	for (size_t i = 0; i < view->link_count; i++)
		printf("  %s %.*s  %.*s  %.*s\n", view->links[i].forth ? "→" : "←",
			STR_ARG(tell_relation(&view->teller, view->links[i].relation)),
			STR_ARG(view->links[i].number), STR_ARG(view->links[i].title));
}

static void put_package(const struct matter_view *view, const struct stored_item *item)
{
	const struct stored_package *package = &item->package;
	const struct peer *peer = &view->peers[package->peer - 1];
	const struct doc *acts = doc_get(item->item.body, "acts");
	const char *kind =
		item->item.kind == PACKAGE_TASK ? OUT(view, "任务", "task") : OUT(view, "报告", "report");

	printf("  %s %.*s  %s %lld  %s  %.*s", package->taken ? "←" : "→",
		STR_ARG(label_pick(peer->title, peer->code, teller_lang(&view->teller))),
		OUT(view, "第几号", "package"), (long long)package->number, kind, STR_ARG(item->item.far));
	if (package->taken && acts != NULL)
		printf("  %s %zu", OUT(view, "已核实的办理", "verified acts"), acts->count);
	putchar('\n');
}

static void put_packages(const struct matter_view *view)
{
	if (view->package_count > 0)
		put_section(view, "上下级文件包", "files between levels");
	for (size_t i = 0; i < view->package_count; i++)
		put_package(view, &view->packages[i]);
}

/* The same file shown for another matter is what a verifier should know. */
static void put_evidence(const struct matter_view *view)
{
	struct bh_err why;

	if (view->evidence_count > 0)
		put_section(view, "佐证材料", "evidence");
	for (size_t i = 0; i < view->evidence_count; i++) {
		const struct evidence_item *item = &view->evidence[i];
		struct str elsewhere = STR("");

		printf("  %.*s  %lld %s  SHA-256 %.*s  %s %lld", STR_ARG(item->name), (long long)item->size,
			OUT(view, "字节", "bytes"), STR_ARG(item->hash), OUT(view, "事件", "event"),
			(long long)item->index);
		if (store_evidence_elsewhere(view->store, view->teller.arena, item->hash, view->matter->id,
			    &elsewhere, &why) == ERR_OK &&
			elsewhere.size > 0)
			printf("  %s %.*s", OUT(view, "同一文件也用于", "the same file stands in"),
				STR_ARG(elsewhere));
		putchar('\n');
	}
}

/* ---- the history ---- */

static void put_text(const struct doc *payload)
{
	struct str text = doc_get_text(payload, "text"), line;

	while (text.size > 0 && str_cut(&text, '\n', &line))
		printf("        %.*s\n", STR_ARG(line));
}

static void put_closes(const struct matter_view *view, const struct doc *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct duty *duty = view_duty(view, doc_get_int(&list->items[i], "id", 0));
		struct str how = doc_get_text(&list->items[i], "how");

		if (duty != NULL)
			printf("        - %lld %.*s: %s\n", (long long)duty->id,
				STR_ARG(view_duty_name(view, duty)),
				tell_word(&view->teller, str_copy(view->teller.arena, how).data));
	}
}

static void put_opens(const struct matter_view *view, const struct view_event *event)
{
	const struct doc *list = doc_get(event->payload, "opens");

	for (size_t i = 0; list != NULL && i < list->count; i++) {
		const struct doc *opened = &list->items[i];
		const struct duty *duty = view_duty(view, doc_get_int(opened, "id", 0));
		struct instant due = {doc_get_int(opened, "due", INSTANT_NONE.us)};

		if (duty != NULL)
			printf("        + %lld %.*s: %.*s, %s %.*s\n", (long long)duty->id,
				STR_ARG(view_duty_name(view, duty)),
				STR_ARG(tell_bearer(&view->teller, doc_get_int(opened, "unit", 0),
					doc_get_int(opened, "post", 0), doc_get_int(opened, "bearer", 0),
					instant_day(event->time, view->teller.institution->offset_minutes))),
				OUT(view, "期限", "by"), STR_ARG(tell_day(&view->teller, due)));
	}
}

/* Who was in charge when it fell due, and who was told. */
static void put_breach(const struct matter_view *view, const struct view_event *event)
{
	const struct doc *tells = doc_get(event->payload, "tells");
	int64_t holder = doc_get_int(event->payload, "holder", 0);
	struct instant due = {doc_get_int(event->payload, "at", INSTANT_NONE.us)};
	struct str not_opened = doc_get_text(event->payload, "not_opened");

	printf("        %s %.*s", OUT(view, "期限", "due"), STR_ARG(tell_day(&view->teller, due)));
	if (holder != 0)
		printf("  %s %.*s", OUT(view, "到期时任职:", "in post when it fell due:"),
			STR_ARG(tell_person(&view->teller, holder)));
	putchar('\n');
	for (size_t i = 0; tells != NULL && i < tells->count; i++)
		printf("        %s %.*s\n", OUT(view, "告知:", "told:"),
			STR_ARG(tell_bearer(&view->teller, 0, doc_get_int(&tells->items[i], "post", 0), 0,
				instant_day(event->time, view->teller.institution->offset_minutes))));
	if (not_opened.size > 0)
		printf("        %s %.*s\n", OUT(view, "未能立项:", "could not be opened:"),
			STR_ARG(not_opened));
}

/* A matter that another opened by itself. */
static void put_cause(const struct matter_view *view, const struct view_event *event)
{
	struct str number, name;

	if (view_cause(view, event, &number, &name))
		printf("        %s %.*s: %.*s\n", OUT(view, "起因", "caused by"), STR_ARG(number),
			STR_ARG(name));
}

static void put_event(const struct matter_view *view, const struct view_event *event)
{
	const struct procedure *procedure = view->matter->procedure;
	const struct doc *evidence = doc_get(event->payload, "evidence");
	int to = procedure_state(procedure, doc_get_text(event->payload, "to"));
	size_t count;
	const struct field *fields = view_fields(view, event, &count);

	printf("  %lld  %.*s  %.*s  %.*s", (long long)event->index,
		STR_ARG(tell_time(&view->teller, event->time)), STR_ARG(view_headline(view, event)),
		STR_ARG(view_actor(view, event)));
	if (to >= 0)
		printf("  → %.*s", STR_ARG(label_pick(procedure->states[to].label, procedure->states[to].name,
					   teller_lang(&view->teller))));
	putchar('\n');
	if (event->kind != EVENT_MATTER_OPENED) /* its fields stand above */
		put_fields(view, fields, count, doc_get(event->payload, "fields"), "        ");
	put_cause(view, event);
	put_text(event->payload);
	for (size_t i = 0; evidence != NULL && i < evidence->count; i++)
		printf("        %s %.*s\n", OUT(view, "佐证:", "evidence:"),
			STR_ARG(doc_get_text(&evidence->items[i], "name")));
	if (event->kind == EVENT_DUTY_BREACHED)
		put_breach(view, event);
	put_closes(view, doc_get(event->payload, "closes"));
	put_opens(view, event);
}

static struct str name_or_nobody(const struct matter_view *view, int64_t person)
{
	return person == 0 ? str_from(OUT(view, "空缺", "nobody")) : tell_person(&view->teller, person);
}

static void put_handover(const struct matter_view *view, const struct view_handover *handover)
{
	printf("  —  %.*s  %s %.*s: %.*s → %.*s\n        %s %.*s\n",
		STR_ARG(day_print(view->teller.arena, handover->day)), OUT(view, "交接", "handed over"),
		STR_ARG(tell_post(&view->teller, handover->post)),
		STR_ARG(name_or_nobody(view, handover->before)),
		STR_ARG(name_or_nobody(view, handover->after)), OUT(view, "责任", "duties"),
		STR_ARG(handover->duties));
}

static void put_history(const struct matter_view *view)
{
	size_t next = 0;

	put_section(view, "历史", "history");
	for (size_t i = 0; i <= view->event_count; i++) {
		struct instant until =
			i < view->event_count ? view->events[i].time : (struct instant){INT64_MAX};

		while (next < view->handover_count &&
			day_start(view->handovers[next].day, view->teller.institution->offset_minutes).us <=
				until.us)
			put_handover(view, &view->handovers[next++]);
		if (i < view->event_count)
			put_event(view, &view->events[i]);
	}
}

void show_print_text(const struct matter_view *view)
{
	put_head(view);
	put_section(view, "字段", "fields");
	put_fields(view, view->matter->procedure->fields, view->matter->procedure->field_count,
		view->matter->fields, "  ");
	put_owed(view);
	put_possible(view);
	put_requests(view);
	put_relatives(view);
	put_packages(view);
	put_evidence(view);
	put_history(view);
}
