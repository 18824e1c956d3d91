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

static bool is_of(const struct procedures *given, struct str file)
{
	for (size_t i = 0; i < given->count; i++)
		if (str_equal(given->items[i]->file, file))
			return true;
	return false;
}

/* What is wrong with these definitions; the rest of the institution was judged when it was adopted. */
static void keep_own(struct findings *findings, const struct findings *all, const struct procedures *given)
{
	for (size_t i = 0; i < all->count; i++)
		if (is_of(given, all->items[i].file))
			*ARENA_PUSH(findings->arena, findings->items, findings->count, findings->capacity) =
				all->items[i];
}

/* Sound by themselves and in this institution, and do those in force that refer to them stay sound beside
 * them? */
static enum err prove(struct installation *installation, struct arena *arena, const struct procedures *given,
	struct instant now, struct bh_err *reterr)
{
	struct procedures all = {.items = ARENA_TAKE(arena, installation->in_force_count + given->count + 1,
					 const struct procedure *)};
	struct findings findings = findings_new(arena), of_org = findings_new(arena);

	for (size_t i = 0; i < installation->in_force_count; i++)
		if (procedures_find(given, installation->in_force[i].procedure->name) == NULL)
			all.items[all.count++] = installation->in_force[i].procedure;
	for (size_t i = 0; i < given->count; i++)
		all.items[all.count++] = given->items[i];
	for (size_t i = all.count; i > 0; i--)
		procedure_check(all.items[i - 1], &all, &findings);
	procedures_check_org(
		&all, installation->org, instant_day(now, installation->offset_minutes), &of_org);
	keep_own(&findings, &of_org, given);
	return findings.count == 0 ? ERR_OK : refuse_findings(&findings, reterr);
}

static enum err read_all(
	struct arena *arena, const struct act *act, struct procedures *given, struct bh_err *reterr)
{
	if (act->what.adopt.count == 0)
		return err_set(reterr, ERR_INVALID, "definitions", "say which definitions");
	*given = (struct procedures){
		.items = ARENA_TAKE(arena, act->what.adopt.count, const struct procedure *)};
	for (size_t i = 0; i < act->what.adopt.count; i++) {
		const struct definition_text *item = &act->what.adopt.items[i];
		struct findings findings = findings_new(arena);
		const struct procedure *procedure = procedure_read(arena, item->file, item->text, &findings);

		if (procedure == NULL || findings.count > 0)
			return refuse_findings(&findings, reterr);
		if (procedures_find(given, procedure->name) != NULL)
			return err_set(reterr, ERR_INVALID, "definitions",
				"the procedure %.*s is defined twice", STR_ARG(procedure->name));
		given->items[given->count++] = procedure;
	}
	return ERR_OK;
}

static enum err record_one(struct installation *installation, struct arena *arena, const struct act *act,
	const struct adopted *adopted, struct instant now, int64_t *ret_index, struct bh_err *reterr)
{
	const struct procedure *procedure = adopted->definition.procedure;
	struct event event = {.kind = EVENT_PROCEDURE_ADOPTED, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = str_format(arena, "procedure:%.*s", STR_ARG(procedure->name)),
		.person = act->person};

	doc_set(arena, event.payload, "id", doc_int(arena, adopted->definition.id));
	doc_set(arena, event.payload, "procedure", doc_text(arena, procedure->name));
	doc_set(arena, event.payload, "version", doc_int(arena, adopted->version));
	doc_set(arena, event.payload, "file", doc_text(arena, procedure->file));
	doc_set(arena, event.payload, "text", doc_text(arena, procedure->text));
	if (act->person != 0)
		doc_set(arena, event.payload, "by", doc_int(arena, act->person));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	*ret_index = event.index;
	struct stored_definition stored = {.id = adopted->definition.id,
		.version = adopted->version,
		.procedure = procedure->name,
		.file = procedure->file,
		.text = procedure->text};

	return store_definition_put(installation->store, &stored, event.index, reterr);
}

/* The tree outlives the act, so it is read once more, into the installation's memory. */
static void remember(struct installation *installation, struct adopted *adopted)
{
	struct findings findings = findings_new(installation->arena);
	const struct procedure *procedure = adopted->definition.procedure;

	adopted->definition.procedure =
		procedure_read(installation->arena, procedure->file, procedure->text, &findings);
	REQUIRE(adopted->definition.procedure != NULL);
	installation_adopted(installation, adopted);
}

enum err act_adopt_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct procedures given;
	int64_t index;

	TRY(read_all(arena, act, &given, reterr));
	if (!act->imported)
		TRY(prove(installation, arena, &given, now, reterr));
	struct adopted *changed = ARENA_TAKE(arena, given.count, struct adopted);
	size_t count = 0;

	*ret_receipt = (struct receipt){.first = -1, .again = true};
	for (size_t i = 0; i < given.count; i++) {
		const struct adopted *before = newest(installation, given.items[i]->name);

		if (before != NULL && str_equal(before->definition.procedure->text, given.items[i]->text)) {
			if (count == 0)
				ret_receipt->id = before->definition.id;
			continue;
		}
		changed[count] = (struct adopted){
			.definition = {.id = (int64_t)(installation->adopted_count + count) + 1,
				.procedure = given.items[i]},
			.version = before == NULL ? 1 : before->version + 1,
			.in_force = true,
		};
		TRY(record_one(installation, arena, act, &changed[count], now, &index, reterr));
		*ret_receipt = (struct receipt){.first = count == 0 ? index : ret_receipt->first,
			.count = (int64_t)count + 1,
			.id = changed[count].definition.id};
		count++;
	}
	/* Last, because nothing after it can refuse: memory and rows agree. */
	for (size_t i = 0; i < count; i++)
		remember(installation, &changed[i]);
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
