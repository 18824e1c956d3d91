/* rule_copy.c: an attested copy of a rule, and what makes it one. */
#include "grasp/rule.h"

#include <string.h>

#define COPY_FORMAT "bihuan-rule-copy-1"

struct str rule_copy_print(struct arena *arena, const struct attested *copy, struct str text)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "format", STR(COPY_FORMAT));
	json_out_field_text(&out, "text", text);
	json_out_field_text(&out, "payload", copy->payload);
	json_out_field_text(&out, "class", str_from(payload_class_name(copy->class)));
	json_out_field_text(&out, "salt", hex_print(arena, copy->salt, SALT_SIZE));
	json_out_field_text(&out, "envelope", copy->envelope);
	json_out_field_text(&out, "receipt", copy->receipt);
	json_out_close(&out, '}');
	buf_put_char(&buf, '\n');
	return buf_str(&buf);
}

static enum err read_copy(struct arena *arena, struct str text, struct attested *copy, struct str *ret_text,
	struct bh_err *reterr)
{
	struct doc *doc;
	struct str salt;

	TRY(doc_read(arena, text, &doc, reterr));
	copy->payload = doc_get_text(doc, "payload");
	copy->envelope = doc_get_text(doc, "envelope");
	copy->receipt = doc_get_text(doc, "receipt");
	*ret_text = doc_get_text(doc, "text");
	if (!str_is(doc_get_text(doc, "format"), COPY_FORMAT) || copy->payload.size == 0 ||
		!payload_class_parse(doc_get_text(doc, "class"), &copy->class) ||
		!hex_parse(arena, doc_get_text(doc, "salt"), &salt) || salt.size != SALT_SIZE)
		return err_set(reterr, ERR_INVALID, "copy", "this is no attested copy of a rule");
	memcpy(copy->salt, salt.data, SALT_SIZE);
	return ERR_OK;
}

enum err rule_copy_verify(struct arena *arena, struct str text, const struct note_key *key,
	struct rule_issue *ret_issue, struct instant *ret_recorded, struct bh_err *reterr)
{
	struct attested copy;
	struct envelope envelope;
	struct checkpoint checkpoint;
	struct str shown;
	struct doc *payload;

	TRY(read_copy(arena, text, &copy, &shown, reterr));
	TRY(doc_read_canonical(arena, copy.payload, &payload, reterr));
	TRY(rule_issue_read(arena, payload, ret_issue, reterr));
	if (!str_equal(ret_issue->text, shown))
		return err_set(reterr, ERR_TAMPERED, "text", "the text isn't the one that was recorded");
	TRY(attested_verify(arena, &copy, key, &envelope, &checkpoint, reterr));
	if (!str_is(envelope.act, "rule.issue"))
		return err_set(reterr, ERR_TAMPERED, "payload", "it isn't what the event is bound to");
	ret_recorded->us = envelope.time;
	return ERR_OK;
}
