/* make.c: matters as a package for an institution above or below. */
#include "levels/parts.h"

#include "exchange/evidence.h"
#include "exchange/file.h"
#include "view/attest.h"

#define HISTORY_MAX 200
#define TEXT_MAX    8000
#define DAYS_MAX    24
#define LINE_MAX    ((size_t)600)

struct making {
	const struct level_ask *ask;
	struct peer peer;
	struct str note; /* the newest checkpoint */
	struct package_part *parts;
	size_t part_count, part_capacity;
	struct doc *items;    /* of the manifest */
	struct doc *recorded; /* of the event */
	size_t at;            /* the item, from 1 */
	struct bh_err *reterr;
};

/* What is wrong with the item that is being put, at "2.text". */
static enum err wrong(struct making *making, enum err code, const struct bh_err *why)
{
	return err_pass(making->reterr, code,
		str_format(making->ask->teller.arena, "%zu.%s", making->at, why->place).data, why);
}

static void add_part(struct making *making, struct str name, struct str bytes)
{
	for (size_t i = 0; i < making->part_count; i++)
		if (str_equal(making->parts[i].name, name))
			return;
	*ARENA_PUSH(making->ask->teller.arena, making->parts, making->part_count, making->part_capacity) =
		(struct package_part){name, bytes};
}

static void set_text(struct making *making, struct doc *doc, const char *key, struct str text)
{
	if (text.size > 0)
		doc_set(making->ask->teller.arena, doc, key, doc_text(making->ask->teller.arena, text));
}

/* ---- files ---- */

static enum err add_file(
	struct making *making, struct doc *body, const struct evidence_item *item, struct bh_err *why)
{
	struct arena *arena = making->ask->teller.arena;
	struct doc *file = doc_object(arena), *list = (struct doc *)(uintptr_t)doc_get(body, "files");
	struct str bytes;
	const char *path =
		str_format(arena, "%.*s/%.*s", STR_ARG(making->ask->folder), STR_ARG(item->hash)).data;

	TRY(file_read(arena, path, EVIDENCE_SIZE_MAX, &bytes, why));
	add_part(making, str_format(arena, "file/%.*s", STR_ARG(item->hash)), bytes);
	if (list == NULL) {
		doc_set(arena, body, "files", doc_list(arena));
		list = (struct doc *)(uintptr_t)doc_get(body, "files");
	}
	doc_set(arena, file, "hash", doc_text(arena, item->hash));
	doc_set(arena, file, "name", doc_text(arena, item->name));
	doc_set(arena, file, "size", doc_int(arena, item->size));
	doc_push(arena, list, file);
	return ERR_OK;
}

/* ---- a task ---- */

static struct str field_text(const struct matter *matter, int field)
{
	return field < 0 ? STR_NONE
			 : doc_get_text(matter->fields, matter->procedure->fields[field].name.data);
}

/* What was asked, else what the matter itself had from above, else its field of that name. */
static struct str said(const struct doc *asked, const char *key, const struct matter *matter,
	enum from_above_part part, const char *field)
{
	struct str text = str_trim(doc_get_text(asked, key));

	if (text.size == 0)
		text = field_text(matter, matter->procedure->from_above.fields[part]);
	return text.size > 0 || field == NULL ? text : doc_get_text(matter->fields, field);
}

static enum err read_days(
	struct making *making, const struct doc *asked, struct doc *body, struct bh_err *why)
{
	const struct doc *days = doc_get(asked, "report_on");
	struct doc *list = doc_list(making->ask->teller.arena);

	for (size_t i = 0; days != NULL && i < days->count; i++) {
		struct day day;

		if (days->count > DAYS_MAX || day_parse(days->items[i].text, &day, NULL) != ERR_OK)
			return err_set(why, ERR_INVALID, "report_on",
				"at most %d days like 2019-03-05 are wanted", DAYS_MAX);
		doc_push(making->ask->teller.arena, list,
			doc_text(making->ask->teller.arena, day_print(making->ask->teller.arena, day)));
	}
	if (list->count > 0)
		doc_set(making->ask->teller.arena, body, "report_on", list);
	return ERR_OK;
}

static enum err put_task(struct making *making, const struct doc *asked, const struct matter *matter,
	struct doc *body, struct bh_err *why)
{
	struct str requirement = said(asked, "requirement", matter, FROM_ABOVE_REQUIREMENT, NULL),
		   document = said(asked, "document", matter, FROM_ABOVE_DOCUMENT, NULL),
		   due = said(asked, "due", matter, FROM_ABOVE_DUE, "due");
	struct evidence_item *items;
	struct day day;
	size_t count;

	if (requirement.size == 0 || requirement.size > TEXT_MAX || !utf8_is_valid(requirement))
		return err_set(why, ERR_INVALID, "requirement",
			"say what is required of them, in at most %d bytes", TEXT_MAX);
	if (document.size > LINE_MAX || !utf8_is_valid(document))
		return err_set(why, ERR_INVALID, "document", "at most %zu bytes are wanted", LINE_MAX);
	if (day_parse(due, &day, NULL) != ERR_OK)
		return err_set(why, ERR_INVALID, "due",
			"say by which day it is due, like 2019-12-31: the matter itself has no such day");
	set_text(making, body, "requirement", requirement);
	set_text(making, body, "document", document);
	set_text(making, body, "due", day_print(making->ask->teller.arena, day));
	TRY(read_days(making, asked, body, why));
	TRY(store_evidence_list(
		making->ask->store, making->ask->teller.arena, matter->id, &items, &count, why));
	for (size_t i = 0; doc_get_bool(asked, "files") && i < count; i++)
		TRY(add_file(making, body, &items[i], why));
	return ERR_OK;
}

/* ---- a report ---- */

enum err level_task_of(const struct level_ask *ask, int64_t peer, int64_t matter,
	struct stored_item *ret_task, struct bh_err *reterr)
{
	struct stored_item *items;
	size_t count;

	TRY(store_matter_packages(ask->store, ask->teller.arena, matter, &items, &count, reterr));
	for (size_t i = 0; i < count; i++)
		if (items[i].package.peer == peer && items[i].package.taken &&
			items[i].item.kind == PACKAGE_TASK) {
			*ret_task = items[i];
			return ERR_OK;
		}
	return err_set(reterr, ERR_REFUSED, "matter",
		"it didn't come from them in a package: they have no task that this would report on");
}

/* The newest act that they have been told of. */
static enum err told_of(struct making *making, int64_t matter, int64_t *ret_index, struct bh_err *why)
{
	struct stored_item *items;
	size_t count;

	*ret_index = -1;
	TRY(store_matter_packages(
		making->ask->store, making->ask->teller.arena, matter, &items, &count, why));
	for (size_t i = 0; i < count; i++)
		if (items[i].package.peer == making->peer.id && !items[i].package.taken &&
			items[i].item.event > *ret_index)
			*ret_index = items[i].item.event;
	return ERR_OK;
}

struct gathering {
	struct making *making;
	const struct matter *matter;
	struct doc *body, *acts;
	int64_t after, newest;
	bool files;
	struct bh_err *why;
};

static struct doc *label_doc(struct arena *arena, struct label label, struct str name)
{
	struct doc *doc = doc_object(arena);

	doc_set(arena, doc, "zh", doc_text(arena, label_pick(label, name, STR("zh"))));
	doc_set(arena, doc, "en", doc_text(arena, label_pick(label, name, STR("en"))));
	return doc;
}

static struct doc *labels_of(struct arena *arena, const struct action *action, const struct doc *fields)
{
	struct doc *labels = doc_object(arena);

	for (size_t i = 0; i < action->field_count; i++)
		if (doc_get_str(fields, action->fields[i].name) != NULL)
			doc_set_str(arena, labels, action->fields[i].name,
				label_doc(arena, action->fields[i].label, action->fields[i].name));
	return labels;
}

static enum err add_files_of(struct gathering *gathering, const struct doc *payload)
{
	const struct doc *list = doc_get(payload, "evidence");

	for (size_t i = 0; gathering->files && list != NULL && i < list->count; i++) {
		struct evidence_item item = {.hash = doc_get_text(&list->items[i], "hash"),
			.name = doc_get_text(&list->items[i], "name"),
			.size = doc_get_int(&list->items[i], "size", 0)};

		TRY(add_file(gathering->making, gathering->body, &item, gathering->why));
	}
	return ERR_OK;
}

static enum err add_act(void *context, const struct stored_event *stored)
{
	struct gathering *gathering = context;
	struct making *making = gathering->making;
	struct arena *arena = making->ask->teller.arena;
	struct attested attested;
	struct doc *payload, *act = doc_object(arena);

	if (stored->index <= gathering->after || !str_is(stored->kind, "matter.act") ||
		stored->payload.data == NULL)
		return ERR_OK;
	TRY(attest_event(making->ask->store, arena, stored->index, making->note, &attested, gathering->why));
	TRY(doc_read_canonical(arena, attested.payload, &payload, gathering->why));
	int action = procedure_action(gathering->matter->procedure, doc_get_text(payload, "action"));

	if (action < 0)
		return ERR_OK;
	const struct action *rule = &gathering->matter->procedure->actions[action];

	doc_set(arena, act, "index", doc_int(arena, stored->index));
	doc_set(arena, act, "class", doc_text(arena, str_from(payload_class_name(attested.class))));
	doc_set(arena, act, "salt", doc_text(arena, hex_print(arena, attested.salt, SALT_SIZE)));
	doc_set(arena, act, "action", label_doc(arena, rule->label, rule->name));
	doc_set(arena, act, "labels", labels_of(arena, rule, doc_get(payload, "fields")));
	doc_push(arena, gathering->acts, act);
	add_part(making, act_part_name(arena, stored->index, "envelope"), attested.envelope);
	add_part(making, act_part_name(arena, stored->index, "payload"), attested.payload);
	add_part(making, act_part_name(arena, stored->index, "receipt"), attested.receipt);
	gathering->newest = stored->index;
	return add_files_of(gathering, payload);
}

static enum err put_report(struct making *making, const struct doc *asked, const struct matter *matter,
	struct doc *body, struct doc *recorded, struct bh_err *why)
{
	struct arena *arena = making->ask->teller.arena;
	struct gathering gathering = {.making = making,
		.matter = matter,
		.body = body,
		.acts = doc_list(arena),
		.files = doc_get_bool(asked, "files"),
		.newest = -1,
		.why = why};
	const struct state *state = &matter->procedure->states[matter->state];
	struct str text = str_trim(doc_get_text(asked, "text"));
	struct stored_item task;

	if (text.size == 0 || text.size > TEXT_MAX || !utf8_is_valid(text))
		return err_set(why, ERR_INVALID, "text", "say in at most %d bytes how it stands", TEXT_MAX);
	TRY(level_task_of(making->ask, making->peer.id, matter->id, &task, why));
	TRY(told_of(making, matter->id, &gathering.after, why));
	gathering.newest = gathering.after;
	TRY(store_event_of_object(making->ask->store, str_format(arena, "m%lld", (long long)matter->id),
		add_act, &gathering, why));
	doc_set(arena, body, "about", doc_int(arena, doc_get_int(task.item.body, "matter", 0)));
	set_text(making, body, "about_number", task.item.far);
	set_text(making, body, "text", text);
	doc_set(arena, body, "state", label_doc(arena, state->label, state->name));
	set_text(making, body, "ended", str_from(end_kind_name(state->end)));
	if (matter->progress >= 0)
		doc_set(arena, body, "progress", doc_int(arena, matter->progress));
	doc_set(arena, body, "acts", gathering.acts);
	set_text(making, recorded, "far", task.item.far);
	doc_set(arena, recorded, "event", doc_int(arena, gathering.newest));
	return ERR_OK;
}

/* ---- the whole ---- */

static enum err put_item(struct making *making, const struct doc *asked)
{
	struct arena *arena = making->ask->teller.arena;
	struct doc *body = doc_object(arena), *item = doc_object(arena), *recorded = doc_object(arena);
	bool down = making->peer.side == LEVEL_BELOW;
	struct str kind = str_from(package_kind_name(down ? PACKAGE_TASK : PACKAGE_REPORT));
	struct viewer viewer = {making->ask->person,
		instant_day(making->ask->now, making->ask->teller.institution->offset_minutes)};
	int64_t id = doc_get_int(asked, "matter", 0);
	struct matter *matter;
	struct bh_err why = {0};
	bool sees;

	TRY(store_may_see(making->ask->store, &viewer, id, &sees, making->reterr));
	if (!sees)
		return wrong(making, err_set(&why, ERR_NOT_FOUND, "matter", "there is no such matter"), &why);
	TRY(institution_matter(
		making->ask->teller.institution, making->ask->store, arena, id, &matter, making->reterr));
	doc_set(arena, body, "matter", doc_int(arena, id));
	set_text(making, body, "number", matter->number);
	set_text(making, body, "title", doc_get_text(matter->fields, "title"));
	doc_set(arena, recorded, "far", doc_text(arena, STR("")));
	doc_set(arena, recorded, "event", doc_int(arena, -1));
	enum err err = down ? put_task(making, asked, matter, body, &why)
			    : put_report(making, asked, matter, body, recorded, &why);

	if (err != ERR_OK)
		return wrong(making, err, &why);
	doc_set(arena, item, "kind", doc_text(arena, kind));
	doc_set(arena, item, "body", body);
	doc_push(arena, making->items, item);
	doc_set(arena, recorded, "kind", doc_text(arena, kind));
	doc_set(arena, recorded, "matter", doc_int(arena, id));
	doc_set(arena, recorded, "body", doc_copy(arena, body));
	doc_push(arena, making->recorded, recorded);
	return ERR_OK;
}

static enum err put_history(struct making *making, struct doc *manifest)
{
	struct arena *arena = making->ask->teller.arena;
	struct doc *history = doc_list(arena);
	struct stored_package *sent;
	size_t count;

	TRY(store_package_numbers(
		making->ask->store, arena, making->peer.id, false, &sent, &count, making->reterr));
	for (size_t i = count > HISTORY_MAX ? count - HISTORY_MAX : 0; i < count; i++) {
		struct doc *row = doc_object(arena), *path = doc_list(arena);
		struct proof proof;

		TRY(attest_growth(making->ask->store, arena, (uint64_t)sent[i].size, making->note, &proof,
			making->reterr));
		for (size_t j = 0; j < proof.count; j++)
			doc_push(arena, path,
				doc_text(arena, base64_print(arena, proof.hashes[j].bytes, HASH_SIZE)));
		doc_set(arena, row, "size", doc_int(arena, sent[i].size));
		doc_set(arena, row, "proof", path);
		doc_push(arena, history, row);
	}
	doc_set(arena, manifest, "history", history);
	return ERR_OK;
}

static enum err finish(struct making *making, int64_t number, struct package_made *made)
{
	const struct level_ask *ask = making->ask;
	struct arena *arena = ask->teller.arena;
	struct note_key key = peer_key(arena, &making->peer);
	struct doc *manifest = doc_object(arena), *title = doc_object(arena);
	struct checkpoint checkpoint;

	TRY(checkpoint_parse(arena, making->note, &checkpoint, making->reterr));
	doc_set(arena, title, "zh", doc_text(arena, ask->teller.institution->title.zh));
	doc_set(arena, title, "en", doc_text(arena, ask->teller.institution->title.en));
	doc_set(arena, manifest, "from", doc_text(arena, checkpoint.origin));
	doc_set(arena, manifest, "from_title", title);
	doc_set(arena, manifest, "to", doc_text(arena, key.name));
	doc_set(arena, manifest, "number", doc_int(arena, number));
	doc_set(arena, manifest, "made", doc_int(arena, ask->now.us));
	doc_set(arena, manifest, "items", making->items);
	TRY(put_history(making, manifest));
	struct str text = package_manifest_print(arena, manifest, making->parts, making->part_count);
	struct package_head head = {.from = checkpoint.origin,
		.to = key.name,
		.number = number,
		.manifest = hash_bytes(text.data, text.size)};
	struct str signature = installation_sign(ask->installation, arena, package_head_print(arena, &head));

	TRY(package_write(arena, signature, text, making->parts, making->part_count, ask->now.us / 1000000,
		&made->bytes, making->reterr));
	made->spec = doc_object(arena);
	doc_set(arena, made->spec, "peer", doc_int(arena, making->peer.id));
	doc_set(arena, made->spec, "number", doc_int(arena, number));
	doc_set(arena, made->spec, "size", doc_int(arena, (int64_t)checkpoint.size));
	doc_set(arena, made->spec, "root",
		doc_text(arena, hex_print(arena, checkpoint.root.bytes, HASH_SIZE)));
	doc_set(arena, made->spec, "items", making->recorded);
	return ERR_OK;
}

static enum err keep(const struct level_ask *ask, struct package_made *made, struct bh_err *reterr)
{
	struct hash hash = hash_bytes(made->bytes.data, made->bytes.size);

	made->hash = hex_print(ask->teller.arena, hash.bytes, HASH_SIZE);
	made->existing = evidence_look(ask->teller.arena, ask->folder, made->hash) != KEPT_MISSING;
	doc_set(ask->teller.arena, made->spec, "hash", doc_text(ask->teller.arena, made->hash));
	return evidence_keep(ask->teller.arena, ask->folder, made->bytes, &made->hash, reterr);
}

enum err package_make(const struct level_ask *ask, const struct doc *asked, struct package_made *ret_made,
	struct bh_err *reterr)
{
	const struct doc *items = doc_get(asked, "items");
	struct making making = {.ask = ask,
		.note = installation_checkpoint(ask->installation, ask->teller.arena),
		.items = doc_list(ask->teller.arena),
		.recorded = doc_list(ask->teller.arena),
		.reterr = reterr};
	int64_t id, last;

	TRY(store_peer_find(
		ask->store, ask->teller.arena, doc_get_text(asked, "peer"), &making.peer, reterr));
	if (items == NULL || items->count < 1 || items->count > PACKAGE_ITEMS_MAX)
		return err_set(reterr, ERR_INVALID, "items", "a package holds 1 to %d tasks and reports",
			PACKAGE_ITEMS_MAX);
	add_part(&making, STR("checkpoint"), making.note);
	for (size_t i = 0; i < items->count; i++) {
		making.at = i + 1;
		TRY(put_item(&making, &items->items[i]));
	}
	TRY(store_package_last(ask->store, making.peer.id, false, &id, &last, reterr));
	*ret_made = (struct package_made){.peer = making.peer};
	TRY(finish(&making, last + 1, ret_made));
	return keep(ask, ret_made, reterr);
}

struct act package_send_act(const struct package_made *made, const struct doc *asked)
{
	return (struct act){.kind = ACT_PACKAGE_SEND, .what.package = {.spec = made->spec, .asked = asked}};
}

void package_unmake(const struct level_ask *ask, const struct package_made *made)
{
	if (!made->existing)
		evidence_drop(ask->teller.arena, ask->folder, made->hash);
}
