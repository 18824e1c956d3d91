/* act_adopt.c: what is in force: procedures and the calendar. Adopting is itself an event, so that a matter
 * is always judged by the definition under which it was opened, and replay needs no file from outside. */
#include "act/writer.h"

static const struct adopted *newest(const struct installation *installation, struct str name)
{
	for (size_t i = installation->adopted_count; i > 0; i--)
		if (str_equal(installation->adopted[i - 1].definition.procedure->name, name))
			return &installation->adopted[i - 1];
	return NULL;
}

static enum err refuse_findings(const struct findings *findings, struct bh_err *reterr)
{
	struct str first = finding_print(findings->arena, &findings->items[0]);

	return err_set(reterr, ERR_REFUSED, "check", "%.*s%s", STR_ARG(first),
		findings->count > 1 ? " (and more: run bihuan check)" : "");
}

/* What is wrong with this one definition; the rest of the institution was judged when it was adopted. */
static void keep_own(struct findings *findings, const struct findings *all, const struct procedure *procedure)
{
	for (size_t i = 0; i < all->count; i++)
		if (str_equal(all->items[i].file, procedure->file))
			*ARENA_PUSH(findings->arena, findings->items, findings->count, findings->capacity) =
				all->items[i];
}

/* Sound by itself and in this institution, and do those in force that refer to it stay sound beside it? */
static enum err prove(struct installation *installation, struct arena *arena,
	const struct procedure *procedure, struct instant now, struct bh_err *reterr)
{
	struct procedures all = {
		.items = ARENA_TAKE(arena, installation->in_force_count + 1, const struct procedure *)};
	struct findings findings = findings_new(arena), of_org = findings_new(arena);

	for (size_t i = 0; i < installation->in_force_count; i++)
		if (!str_equal(installation->in_force[i].procedure->name, procedure->name))
			all.items[all.count++] = installation->in_force[i].procedure;
	all.items[all.count++] = procedure;
	for (size_t i = all.count; i > 0; i--)
		procedure_check(all.items[i - 1], &all, &findings);
	procedures_check_org(
		&all, installation->org, instant_day(now, installation->offset_minutes), &of_org);
	keep_own(&findings, &of_org, procedure);
	return findings.count == 0 ? ERR_OK : refuse_findings(&findings, reterr);
}

enum err act_adopt_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct findings findings = findings_new(arena);
	const struct procedure *procedure =
		procedure_read(arena, act->what.adopt.file, act->what.adopt.text, &findings);

	if (procedure == NULL || findings.count > 0)
		return refuse_findings(&findings, reterr);
	if (!act->imported)
		TRY(prove(installation, arena, procedure, now, reterr));
	const struct adopted *before = newest(installation, procedure->name);

	if (before != NULL && str_equal(before->definition.procedure->text, procedure->text)) {
		*ret_receipt = (struct receipt){.first = -1, .id = before->definition.id, .again = true};
		return ERR_OK;
	}
	struct adopted adopted = {
		.definition = {.id = (int64_t)installation->adopted_count + 1, .procedure = procedure},
		.version = before == NULL ? 1 : before->version + 1,
		.in_force = true,
	};
	struct event event = {.kind = EVENT_PROCEDURE_ADOPTED, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = str_format(arena, "procedure:%.*s", STR_ARG(procedure->name)),
		.person = act->person};

	doc_set(arena, event.payload, "id", doc_int(arena, adopted.definition.id));
	doc_set(arena, event.payload, "procedure", doc_text(arena, procedure->name));
	doc_set(arena, event.payload, "version", doc_int(arena, adopted.version));
	doc_set(arena, event.payload, "file", doc_text(arena, procedure->file));
	doc_set(arena, event.payload, "text", doc_text(arena, procedure->text));
	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	struct stored_definition stored = {.id = adopted.definition.id,
		.version = adopted.version,
		.procedure = procedure->name,
		.file = procedure->file,
		.text = procedure->text};

	TRY(store_definition_put(installation->store, &stored, event.index, reterr));
	/* The tree outlives this act, so it is read once more, into the installation's memory. */
	adopted.definition.procedure =
		procedure_read(installation->arena, act->what.adopt.file, act->what.adopt.text, &findings);
	REQUIRE(adopted.definition.procedure != NULL);
	installation_adopted(installation, &adopted);
	*ret_receipt = (struct receipt){.first = event.index, .count = 1, .id = adopted.definition.id};
	return ERR_OK;
}

enum err act_calendar_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct event event = {.kind = EVENT_CALENDAR_SET, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("calendar"), .person = act->person};
	struct doc *days = doc_list(arena);

	if (act->what.calendar.version.size == 0 ||
		str_equal(act->what.calendar.version, calendar_version(installation->calendar)))
		return err_set(reterr, ERR_INVALID, "version",
			"a changed calendar needs a name of its own: due days record the one they were "
			"computed with");
	for (size_t i = 0; i < act->what.calendar.count; i++) {
		struct doc *day = doc_object(arena);

		doc_set(arena, day, "day", doc_text(arena, day_print(arena, act->what.calendar.days[i].day)));
		doc_set(arena, day, "works", doc_bool(arena, act->what.calendar.days[i].works));
		doc_push(arena, days, day);
	}
	doc_set(arena, event.payload, "version", doc_text(arena, act->what.calendar.version));
	doc_set(arena, event.payload, "days", days);
	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	TRY(store_calendar_put(installation->store, act->what.calendar.version, doc_print(arena, days),
		event.index, reterr));
	/* Other days work now, so lamps may have changed: the next sweep looks at every matter that is open.
	 */
	TRY(store_lamps_stale(installation->store, now, reterr));
	installation->calendar = calendar_with(installation->arena, calendar_china(),
		str_copy(installation->arena, act->what.calendar.version), act->what.calendar.days,
		act->what.calendar.count);
	*ret_receipt = (struct receipt){.first = event.index, .count = 1};
	return ERR_OK;
}

enum err act_found_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct store_institution institution;
	struct event event = {.kind = EVENT_INSTITUTION_FOUNDED, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("institution"), .person = act->person, .previous = -1};

	TRY(store_institution_get(installation->store, arena, &institution, reterr));
	REQUIRE(installation->head.size == 0);
	doc_set(arena, event.payload, "name", doc_text(arena, institution.name));
	doc_set(arena, event.payload, "title_zh", doc_text(arena, institution.title.zh));
	doc_set(arena, event.payload, "title_en", doc_text(arena, institution.title.en));
	doc_set(arena, event.payload, "origin", doc_text(arena, institution.origin));
	doc_set(arena, event.payload, "offset_minutes", doc_int(arena, institution.offset_minutes));
	TRY(record_append(installation, arena, &event, &record, reterr));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1};
	return ERR_OK;
}
