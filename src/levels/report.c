/* report.c: the acts that a report tells of, held to the record of its sender. */
#include "levels/parts.h"

#include <string.h>

static enum err unproved(struct bh_err *reterr, int64_t index)
{
	return err_set(reterr, ERR_TAMPERED, "acts",
		"event %lld of their record can't be verified: it was changed, or what proves it isn't in "
		"the "
		"package; take nothing of it, and ask the sender",
		(long long)index);
}

static enum err read_attested(const struct level_ask *ask, const struct package_look *look,
	const struct doc *act, struct attested *ret_attested, struct bh_err *reterr)
{
	int64_t index = doc_get_int(act, "index", -1);
	struct attested attested = {
		.envelope = package_bytes(&look->file, act_part_name(ask->teller.arena, index, "envelope")),
		.payload = package_bytes(&look->file, act_part_name(ask->teller.arena, index, "payload")),
		.receipt = package_bytes(&look->file, act_part_name(ask->teller.arena, index, "receipt"))};
	struct str salt;

	if (!payload_class_parse(doc_get_text(act, "class"), &attested.class) ||
		!hex_parse(ask->teller.arena, doc_get_text(act, "salt"), &salt) || salt.size != SALT_SIZE)
		return unproved(reterr, index);
	memcpy(attested.salt, salt.data, SALT_SIZE);
	*ret_attested = attested;
	return ERR_OK;
}

/* What can be read without their institution: words and numbers; never who, which are numbers of theirs. */
static struct doc *lines_of(struct arena *arena, const struct doc *act, const struct doc *fields)
{
	const struct doc *labels = doc_get(act, "labels");
	struct doc *lines = doc_list(arena);

	for (size_t i = 0; fields != NULL && i < fields->count; i++) {
		const struct doc *value = &fields->items[i];
		const struct doc *label = doc_get_str(labels, fields->keys[i]);
		struct doc *line = doc_object(arena);

		if (value->kind != DOC_TEXT &&
			!(value->kind == DOC_INT && str_is(fields->keys[i], "progress")))
			continue;
		doc_set(arena, line, "zh",
			doc_text(arena, label == NULL ? fields->keys[i] : doc_get_text(label, "zh")));
		doc_set(arena, line, "en",
			doc_text(arena, label == NULL ? fields->keys[i] : doc_get_text(label, "en")));
		doc_set(arena, line, "text",
			doc_text(arena, value->kind == DOC_TEXT
						? value->text
						: str_format(arena, "%lld%%", (long long)value->number)));
		doc_push(arena, lines, line);
	}
	return lines;
}

static enum err verify_act(const struct level_ask *ask, const struct package_look *look,
	const struct doc *act, int64_t matter, struct doc **ret_act, struct bh_err *reterr)
{
	struct arena *arena = ask->teller.arena;
	struct note_key key = peer_key(arena, &look->peer);
	int64_t index = doc_get_int(act, "index", -1);
	struct doc *payload, *told = doc_object(arena);
	struct attested attested;
	struct envelope envelope;
	struct checkpoint checkpoint;

	TRY(read_attested(ask, look, act, &attested, reterr));
	if (attested_verify(arena, &attested, &key, &envelope, &checkpoint, NULL) != ERR_OK ||
		checkpoint.size != look->checkpoint.size ||
		!hash_equal(&checkpoint.root, &look->checkpoint.root) || (int64_t)envelope.index != index)
		return unproved(reterr, index);
	if (!str_is(envelope.act, "matter.act") ||
		!str_equal(envelope.object, str_format(arena, "m%lld", (long long)matter)) ||
		doc_read_canonical(arena, attested.payload, &payload, NULL) != ERR_OK ||
		payload->kind != DOC_OBJECT)
		return err_set(reterr, ERR_TAMPERED, "acts",
			"event %lld of their record is no act in the matter that the report is on",
			(long long)index);
	doc_set(arena, told, "index", doc_int(arena, index));
	doc_set(arena, told, "time", doc_int(arena, envelope.time));
	doc_set(arena, told, "action", doc_copy(arena, doc_get(act, "action")));
	doc_set(arena, told, "lines", lines_of(arena, act, doc_get(payload, "fields")));
	*ret_act = told;
	return ERR_OK;
}

enum err report_verify(const struct level_ask *ask, const struct package_look *look, const struct doc *body,
	struct doc **ret_body, struct bh_err *reterr)
{
	const struct doc *acts = doc_get(body, "acts");
	struct doc *verified = doc_copy(ask->teller.arena, body), *list = doc_list(ask->teller.arena);

	for (size_t i = 0; acts != NULL && i < acts->count; i++) {
		struct doc *act;

		TRY(verify_act(ask, look, &acts->items[i], doc_get_int(body, "matter", 0), &act, reterr));
		doc_push(ask->teller.arena, list, act);
	}
	doc_set(ask->teller.arena, verified, "acts", list);
	*ret_body = verified;
	return ERR_OK;
}
