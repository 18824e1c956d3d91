/* envelope.c: the bytes of one leaf. Written and read by hand, key by key in their fixed order, because these bytes are hashed
 * once and for ever and read a million times by a verifier. */
#include "ledger/ledger.h"

#include <string.h>

#define COMMIT_PREFIX "bihuan-commit-v1"

static const char *const class_names[] = {
#define PAYLOAD_CLASS(NAME, wire) wire,
	PAYLOAD_CLASSES
#undef PAYLOAD_CLASS
};

const char *payload_class_name(enum payload_class class)
{
	REQUIRE(class < PAYLOAD_CLASS_COUNT);
	return class_names[class];
}

bool payload_class_parse(struct str text, enum payload_class *ret_class)
{
	for (int i = 0; i < PAYLOAD_CLASS_COUNT; i++)
		if (str_is(text, class_names[i])) {
			*ret_class = (enum payload_class)i;
			return true;
		}
	return false;
}

struct hash commitment_hash(enum payload_class class, const uint8_t salt[SALT_SIZE], struct str payload)
{
	const struct str parts[] = {
		{COMMIT_PREFIX, sizeof COMMIT_PREFIX}, /* with its NUL */
		str_from(payload_class_name(class)),
		{"", 1},
		{(const char *)salt, SALT_SIZE},
		payload,
	};

	return hash_parts(parts, ARRAY_COUNT(parts));
}

static void put_hex(struct buf *buf, const struct hash *hash)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * HASH_SIZE];

	for (size_t i = 0; i < HASH_SIZE; i++) {
		text[2 * i] = digits[hash->bytes[i] >> 4];
		text[2 * i + 1] = digits[hash->bytes[i] & 15];
	}
	buf_put(buf, (struct str){text, sizeof text});
}

/* Keys in byte order: act, actor, commit, index, object, on_behalf, prev, role, time, v. Empty ones are left out. */
struct str envelope_print(struct arena *arena, const struct envelope *envelope)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	REQUIRE(envelope->commitment_count <= ENVELOPE_SLOTS_MAX);
	json_out_open(&out, '{');
	json_out_field_text(&out, "act", envelope->act);
	json_out_field_text(&out, "actor", envelope->actor);
	json_out_key(&out, "commit");
	json_out_open(&out, '{');
	for (size_t i = 0; i < envelope->commitment_count; i++) {
		const struct commitment *commitment = &envelope->commitments[i];

		REQUIRE(i == 0 || str_compare(envelope->commitments[i - 1].slot, commitment->slot) < 0);
		json_out_key(&out, commitment->slot.data);
		json_out_open(&out, '{');
		json_out_field_text(&out, "class", str_from(payload_class_name(commitment->class)));
		json_out_key(&out, "hash");
		buf_put_char(&buf, '"');
		put_hex(&buf, &commitment->hash);
		buf_put_char(&buf, '"');
		out.named = false;
		json_out_close(&out, '}');
	}
	json_out_close(&out, '}');
	json_out_field_int(&out, "index", (int64_t)envelope->index);
	json_out_field_text(&out, "object", envelope->object);
	if (envelope->on_behalf.size > 0)
		json_out_field_text(&out, "on_behalf", envelope->on_behalf);
	if (envelope->previous >= 0)
		json_out_field_int(&out, "prev", envelope->previous);
	if (envelope->role.size > 0)
		json_out_field_text(&out, "role", envelope->role);
	json_out_field_int(&out, "time", envelope->time);
	json_out_field_int(&out, "v", 1);
	json_out_close(&out, '}');
	REQUIRE(buf.size <= ENVELOPE_SIZE_MAX);
	return buf_str(&buf);
}

struct scan {
	struct str rest;
	bool failed;
};

static void expect(struct scan *scan, const char *text)
{
	size_t size = strlen(text);

	if (scan->failed || !str_starts(scan->rest, text))
		scan->failed = true;
	else
		scan->rest = (struct str){scan->rest.data + size, scan->rest.size - size};
}

static bool accept(struct scan *scan, const char *text)
{
	if (scan->failed || !str_starts(scan->rest, text))
		return false;
	expect(scan, text);
	return true;
}

/* A string of plain ASCII without anything to escape: our words and pseudonyms have no other form. */
static struct str scan_word(struct scan *scan)
{
	size_t size = 0;

	while (!scan->failed && size < scan->rest.size) {
		unsigned char c = (unsigned char)scan->rest.data[size];

		if (c == '"') {
			struct str word = str_slice(scan->rest, 0, size);

			scan->rest = str_slice(scan->rest, size + 1, scan->rest.size);
			return word;
		}
		if (c < 0x20 || c > 0x7E || c == '\\')
			break;
		size++;
	}
	scan->failed = true;
	return STR_NONE;
}

static int64_t scan_int(struct scan *scan)
{
	size_t size = 0;
	int64_t number = 0;

	while (size < scan->rest.size && ((scan->rest.data[size] >= '0' && scan->rest.data[size] <= '9') || (size == 0 && scan->rest.data[size] == '-')))
		size++;
	struct str digits = str_slice(scan->rest, 0, size);
	bool padded = digits.size > 1 && (digits.data[0] == '0' || str_starts(digits, "-0"));

	if (scan->failed || padded || !str_to_int(digits, &number))
		scan->failed = true;
	scan->rest = str_slice(scan->rest, size, scan->rest.size);
	return number;
}

static void scan_hash(struct scan *scan, struct hash *ret_hash)
{
	if (scan->failed || scan->rest.size < 2 * HASH_SIZE) {
		scan->failed = true;
		return;
	}
	for (size_t i = 0; i < 2 * HASH_SIZE; i++) {
		char c = scan->rest.data[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;

		if (digit < 0) {
			scan->failed = true;
			return;
		}
		ret_hash->bytes[i / 2] = (uint8_t)(i % 2 == 0 ? digit << 4 : ret_hash->bytes[i / 2] | digit);
	}
	scan->rest = str_slice(scan->rest, 2 * HASH_SIZE, scan->rest.size);
}

static void scan_commitments(struct scan *scan, struct envelope *envelope)
{
	while (!scan->failed && !accept(scan, "}")) {
		if (envelope->commitment_count == ENVELOPE_SLOTS_MAX) {
			scan->failed = true;
			return;
		}
		struct commitment *commitment = &envelope->commitments[envelope->commitment_count++];

		if (envelope->commitment_count > 1)
			expect(scan, ",");
		expect(scan, "\"");
		commitment->slot = scan_word(scan);
		expect(scan, ":{\"class\":\"");
		if (!payload_class_parse(scan_word(scan), &commitment->class))
			scan->failed = true;
		expect(scan, ",\"hash\":\"");
		scan_hash(scan, &commitment->hash);
		expect(scan, "\"}");
		if (envelope->commitment_count > 1 && str_compare(commitment[-1].slot, commitment->slot) >= 0)
			scan->failed = true;
	}
}

enum err envelope_parse(struct arena *arena, struct str bytes, struct envelope *ret_envelope, struct bh_err *reterr)
{
	struct envelope envelope = {.previous = -1};
	struct scan scan = {.rest = bytes};

	(void)arena;
	if (bytes.size > ENVELOPE_SIZE_MAX)
		return err_set(reterr, ERR_TAMPERED, "", "an envelope of %zu bytes, more than 16 KiB", bytes.size);
	expect(&scan, "{\"act\":\"");
	envelope.act = scan_word(&scan);
	expect(&scan, ",\"actor\":\"");
	envelope.actor = scan_word(&scan);
	expect(&scan, ",\"commit\":{");
	scan_commitments(&scan, &envelope);
	expect(&scan, ",\"index\":");
	int64_t index = scan_int(&scan);

	expect(&scan, ",\"object\":\"");
	envelope.object = scan_word(&scan);
	if (accept(&scan, ",\"on_behalf\":\"")) {
		envelope.on_behalf = scan_word(&scan);
		scan.failed |= envelope.on_behalf.size == 0;
	}
	if (accept(&scan, ",\"prev\":")) {
		envelope.previous = scan_int(&scan);
		scan.failed |= envelope.previous < 0;
	}
	if (accept(&scan, ",\"role\":\"")) {
		envelope.role = scan_word(&scan);
		scan.failed |= envelope.role.size == 0;
	}
	expect(&scan, ",\"time\":");
	envelope.time = scan_int(&scan);
	expect(&scan, ",\"v\":1}");
	if (scan.failed || scan.rest.size > 0 || index < 0)
		return err_set(reterr, ERR_TAMPERED, "", "the envelope isn't in canonical form (near its byte %zu)",
			bytes.size - scan.rest.size);
	envelope.index = (uint64_t)index;
	*ret_envelope = envelope;
	return ERR_OK;
}
