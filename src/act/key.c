/* key.c: the same request under the same key is done once: it is answered again as it was answered then. The
 * same key for another request is refused. */
#include "act/writer.h"

static void put_command(struct json_out *out, const struct command *command)
{
	const int64_t facts[] = {command->kind, command->on_behalf, command->matter, command->parent,
		command->weight, command->about, command->grant, command->in_name_of};

	for (size_t i = 0; i < ARRAY_COUNT(facts); i++)
		json_out_int(out, facts[i]);
	if (command->in_name_of != 0)
		json_out_int(out, command->came.number);
	json_out_text(out, command->name);
	json_out_text(out, command->text);
	json_out_text(out, command->role);
	if (command->fields != NULL)
		json_out_tree(out, command->fields);
	for (size_t i = 0; i < command->evidence_count; i++)
		json_out_text(out, command->evidence[i].hash);
}

static void put_calendar(struct json_out *out, const struct act *act)
{
	json_out_text(out, act->what.calendar.version);
	for (size_t i = 0; i < act->what.calendar.count; i++) {
		json_out_int(out, act->what.calendar.days[i].day.number);
		json_out_bool(out, act->what.calendar.days[i].works);
	}
}

static void put_parts(struct arena *arena, struct json_out *out, const struct act *act)
{
	for (size_t i = 0; i < act->what.import.count; i++) {
		const struct act_part *part = &act->what.import.parts[i];
		struct hash hash = act_digest(arena, &part->act);

		json_out_text(out, hex_print(arena, hash.bytes, HASH_SIZE));
		json_out_int(out, part->act.person);
		json_out_int(out, part->under);
	}
}

/* A package that came is the same whoever's it is and whenever; so is what was looked at beforehand. */
static void put_package(struct arena *arena, struct json_out *out, const struct act *act)
{
	if (act->what.package.confirmed != NULL) {
		json_out_text(out, hex_print(arena, act->what.package.confirmed->bytes, HASH_SIZE));
		return;
	}
	json_out_text(out, doc_get_text(act->what.package.spec, "hash"));
	for (size_t i = 0; i < act->what.package.count; i++)
		put_command(out, &act->what.package.commands[i]);
}

struct hash act_digest(struct arena *arena, const struct act *act)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '[');
	json_out_int(&out, act->kind);
	if (act->kind == ACT_COMMAND) {
		put_command(&out, act->what.command);
	} else if (act->kind == ACT_CALENDAR) {
		put_calendar(&out, act);
	} else if (act->kind == ACT_ADOPT) {
		for (size_t i = 0; i < act->what.adopt.count; i++) {
			json_out_text(&out, act->what.adopt.items[i].file);
			json_out_text(&out, act->what.adopt.items[i].text);
		}
	} else if (act->kind == ACT_FORMULA) {
		json_out_text(&out, act->what.formula.source.text);
		json_out_int(&out, act->what.formula.from.number);
	} else if (act->kind == ACT_MOVE) {
		for (size_t i = 0; i < act->what.move.count; i++)
			json_out_tree(&out, tenure_to_doc(arena, &act->what.move.tenures[i]));
	} else if (act->kind == ACT_RULE_ISSUE) {
		json_out_tree(&out, act->what.rule_issue.spec);
		if (act->what.rule_issue.with != NULL)
			put_command(&out, act->what.rule_issue.with);
	} else if (act->kind == ACT_RULE_REPEAL) {
		json_out_tree(&out, act->what.rule_repeal);
	} else if (act->kind == ACT_PEER) {
		json_out_tree(&out, act->what.peer.row);
	} else if (act->kind == ACT_PACKAGE_SEND) {
		json_out_tree(&out, act->what.package.asked);
	} else if (act->kind == ACT_PACKAGE_TAKE) {
		put_package(arena, &out, act);
	} else if (act->kind == ACT_IMPORT && act->what.import.confirmed != NULL) {
		json_out_text(&out, hex_print(arena, act->what.import.confirmed->bytes, HASH_SIZE));
	} else if (act->kind == ACT_IMPORT) {
		put_parts(arena, &out, act);
	} else {
		json_out_tree(&out, act_row_doc(arena, act));
	}
	json_out_close(&out, ']');
	struct str text = buf_str(&buf);

	return hash_bytes(text.data, text.size);
}

enum err act_check_digest(
	struct arena *arena, const struct act *act, const struct hash *looked_at, struct bh_err *reterr)
{
	if (looked_at == NULL)
		return ERR_OK;
	struct hash now = act_digest(arena, act);

	return hash_equal(&now, looked_at)
		       ? ERR_OK
		       : err_set(reterr, ERR_CONFLICT, "digest",
				 "what would be recorded is no longer what was looked at: look at it again");
}

static bool has_key(const struct act *act)
{
	return act->key.size > 0 &&
	       (act->kind < ACT_CLOCK || act->kind == ACT_KIN || act->kind == ACT_MOVE ||
		       act->kind == ACT_IMPORT || act->kind == ACT_RULE_ISSUE ||
		       act->kind == ACT_RULE_REPEAL || act->kind == ACT_RELATION || act->kind == ACT_PEER ||
		       act->kind == ACT_PACKAGE_SEND || act->kind == ACT_PACKAGE_TAKE);
}

enum err key_find(struct installation *installation, struct arena *arena, const struct act *act,
	struct hash *ret_request, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct command_key row;

	if (!has_key(act))
		return ERR_NOT_FOUND;
	*ret_request = act_digest(arena, act);
	TRY(store_command_key_find(installation->store, act->person, act->key, &row, reterr));
	if (!hash_equal(&row.digest, ret_request))
		return err_set(
			reterr, ERR_CONFLICT, "key", "this key was used for another request: take a new one");
	*ret_receipt = (struct receipt){.first = row.first,
		.count = row.count,
		.matter = row.matter,
		.version = row.version,
		.id = row.id,
		.again = true};
	return ERR_OK;
}

enum err key_keep(struct installation *installation, const struct act *act, const struct hash *request,
	const struct receipt *receipt, struct bh_err *reterr)
{
	struct command_key row = {.digest = *request,
		.matter = receipt->matter,
		.version = receipt->version,
		.id = receipt->id,
		.first = receipt->first,
		.count = receipt->count};

	return has_key(act) ? store_command_key_put(installation->store, act->person, act->key, &row, reterr)
			    : ERR_OK;
}
