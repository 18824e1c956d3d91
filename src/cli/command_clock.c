/* command_clock.c: let time do its part. */
#include "cli/house.h"

#include <stdio.h>

struct fired {
	struct house *house;
	struct table *table;
};

/* A matter's payload names the matter and, where it is about one, the duty. */
static enum err put_event(void *context, const struct stored_event *stored)
{
	struct fired *fired = context;
	struct house *house = fired->house;
	struct call *call = house->call;
	struct doc *payload;
	struct matter *matter;
	enum event_kind kind;

	if (!event_kind_parse(stored->kind, &kind) || event_object(kind) != OBJECT_MATTER ||
		stored->payload.data == NULL)
		return ERR_OK;
	TRY(doc_read_canonical(call->arena, str_copy(call->arena, stored->payload), &payload, &call->why));
	TRY(institution_matter(&house->institution, house->store, call->arena,
		doc_get_int(payload, "matter", 0), &matter, &call->why));
	struct str name = doc_get_text(payload, "name");
	int duty = procedure_duty(matter->procedure, name);

	if (duty >= 0 && !call->json)
		name = label_pick(matter->procedure->duties[duty].label, name, lang_of(call));
	table_number(fired->table, stored->index);
	table_put(fired->table, matter->number);
	const char *wire = event_wire(kind);

	table_put(fired->table, str_from(call->json ? wire : tell_word(&house->teller, wire)));
	table_put(fired->table, name);
	return ERR_OK;
}

static enum err tell(struct house *house)
{
	struct call *call = house->call;
	struct fired fired = {house, table_new(call, TABLE_TEXT, 4)};
	struct instant last;
	uint64_t size;

	TRY(store_ledger_size(house->store, &size, &last, &call->why));
	table_head(fired.table, "event", "事件", "event");
	table_head(fired.table, "number", "编号", "number");
	table_head(fired.table, "kind", "类型", "kind");
	table_head(fired.table, "duty", "责任", "duty");
	TRY(store_event_each(
		house->store, size - (uint64_t)house->fired, size, put_event, &fired, &call->why));
	if (call->json || house->fired > 0)
		TRY(table_print(fired.table));
	else
		puts(say(call, "没有到期的责任", "nothing has fallen due"));
	return ERR_OK;
}

enum err command_tick(struct call *call)
{
	struct house house;

	TRY(house_open_to_write(call, &house));
	enum err err = tell(&house);

	house_close(&house);
	return err;
}
