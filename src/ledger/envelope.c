/* envelope.c: the bytes of one leaf. Written and read by hand, key by key in their fixed order, because
 * these bytes are hashed once and for ever, and read a million times by a verifier. */
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

/* A key and a number from 0; these bytes are made too often for printf. */
static void put_number(struct buf *buf, const char *before, int64_t number)
{
	char digits[20];
	size_t at = sizeof digits;

	buf_puts(buf, before);
	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	buf_put(buf, (struct str){digits + at, sizeof digits - at});
}

/* Printable ASCII that JSON writes as it is: such a text has one form only. */
static bool is_word(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];

		if (c < 0x20 || c > 0x7E || c == '"' || c == '\\')
			return false;
	}
	return true;
}

static bool is_slot(struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
			return false;
	}
	return text.size > 0 && text.size <= SLOT_NAME_MAX;
}

/* ---- writing ---- */

#define SIZE_OF(literal) (sizeof(literal) - 1)

static size_t digits_of(int64_t number)
{
	size_t digits = 1;

	for (; number >= 10; number /= 10)
		digits++;
	return digits;
}

/* How many bytes envelope_print makes of it. */
static size_t printed_size(const struct envelope *envelope)
{
	size_t size =
		SIZE_OF("{\"act\":\"\",\"actor\":\"\",\"commitments\":{},\"index\":,\"time\":,\"v\":1}") +
		envelope->act.size + envelope->actor.size + digits_of((int64_t)envelope->index) +
		digits_of(envelope->time);

	if (envelope->object.size > 0)
		size += SIZE_OF(",\"object\":\"\"") + envelope->object.size;
	if (envelope->on_behalf.size > 0)
		size += SIZE_OF(",\"on_behalf\":\"\"") + envelope->on_behalf.size;
	if (envelope->previous >= 0)
		size += SIZE_OF(",\"prev\":") + digits_of(envelope->previous);
	if (envelope->role.size > 0)
		size += SIZE_OF(",\"role\":\"\"") + envelope->role.size;
	for (size_t i = 0; i < envelope->commitment_count; i++)
		size += SIZE_OF("\"\":{\"class\":\"\",\"hash\":\"\"}") + (i > 0) +
			envelope->commitments[i].slot.size +
			strlen(payload_class_name(envelope->commitments[i].class)) + 2 * HASH_SIZE;
	return size;
}

const char *envelope_objection(const struct envelope *envelope)
{
	const struct str texts[] = {
		envelope->act, envelope->actor, envelope->object, envelope->on_behalf, envelope->role};

	for (size_t i = 0; i < ARRAY_COUNT(texts); i++)
		if (!is_word(texts[i]))
			return "a text in it is no word of printable ASCII";
	if (envelope->act.size == 0 || envelope->actor.size == 0)
		return "it names no act or no actor";
	if (envelope->index > INT64_MAX || envelope->time < 0 || envelope->previous < -1)
		return "a number in it is out of its range";
	if (envelope->previous >= (int64_t)envelope->index)
		return "its object's previous event isn't before it";
	if (envelope->commitment_count > ENVELOPE_SLOTS_MAX)
		return "it has too many payload slots";
	for (size_t i = 0; i < envelope->commitment_count; i++) {
		const struct commitment *commitment = &envelope->commitments[i];

		if (!is_slot(commitment->slot) || commitment->class >= PAYLOAD_CLASS_COUNT)
			return "a slot has a bad name or class";
		if (i > 0 && str_compare(commitment[-1].slot, commitment->slot) >= 0)
			return "its slots are out of byte order";
	}
	return printed_size(envelope) > ENVELOPE_SIZE_MAX ? "it has more than 16 KiB" : NULL;
}

static void put_word(struct buf *buf, const char *before, struct str word)
{
	buf_puts(buf, before);
	buf_put(buf, word);
	buf_put_char(buf, '"');
}

static void put_commitment(struct buf *buf, const struct commitment *commitment)
{
	put_word(buf, "\"", commitment->slot);
	put_word(buf, ":{\"class\":\"", str_from(payload_class_name(commitment->class)));
	buf_puts(buf, ",\"hash\":\"");
	put_hex(buf, &commitment->hash);
	buf_puts(buf, "\"}");
}

/* Keys in byte order; texts and numbers that say nothing are left out. */
struct str envelope_print(struct arena *arena, const struct envelope *envelope)
{
	struct buf buf = buf_new(arena);

	REQUIRE(envelope_objection(envelope) == NULL);
	put_word(&buf, "{\"act\":\"", envelope->act);
	put_word(&buf, ",\"actor\":\"", envelope->actor);
	buf_puts(&buf, ",\"commitments\":{");
	for (size_t i = 0; i < envelope->commitment_count; i++) {
		if (i > 0)
			buf_put_char(&buf, ',');
		put_commitment(&buf, &envelope->commitments[i]);
	}
	put_number(&buf, "},\"index\":", (int64_t)envelope->index);
	if (envelope->object.size > 0)
		put_word(&buf, ",\"object\":\"", envelope->object);
	if (envelope->on_behalf.size > 0)
		put_word(&buf, ",\"on_behalf\":\"", envelope->on_behalf);
	if (envelope->previous >= 0)
		put_number(&buf, ",\"prev\":", envelope->previous);
	if (envelope->role.size > 0)
		put_word(&buf, ",\"role\":\"", envelope->role);
	put_number(&buf, ",\"time\":", envelope->time);
	buf_puts(&buf, ",\"v\":1}");
	REQUIRE(buf.size == printed_size(envelope));
	return buf_str(&buf);
}

/* ---- reading ---- */

struct scan {
	const char *at, *end;
	const char *wrong; /* what was expected at the first place that doesn't fit; NULL: all fits so far */
};

/* The first failure stays: what follows it means nothing. */
static void fail(struct scan *scan, const char *wrong)
{
	if (scan->wrong == NULL)
		scan->wrong = wrong;
}

/* In line, so that the compiler sees the size of each key and compares without a call. */
static inline __attribute__((always_inline)) bool accept(struct scan *scan, const char *text)
{
	size_t size = strlen(text);

	if ((size_t)(scan->end - scan->at) < size || memcmp(scan->at, text, size) != 0)
		return false;
	scan->at += size;
	return true;
}

static inline __attribute__((always_inline)) void expect(struct scan *scan, const char *text)
{
	if (!accept(scan, text))
		fail(scan, text);
}

/* The rest of a string and its closing quote; what `is_word` refuses ends it early. */
static struct str scan_word(struct scan *scan, const char *what)
{
	const char *start = scan->at;

	for (; scan->at < scan->end; scan->at++) {
		unsigned char c = (unsigned char)*scan->at;

		if (c == '"')
			return (struct str){start, (size_t)(scan->at++ - start)};
		if (c < 0x20 || c > 0x7E || c == '\\')
			break;
	}
	fail(scan, what);
	return STR_NONE;
}

/* A string that is left out when it is empty. */
static struct str scan_filled(struct scan *scan, const char *what)
{
	struct str word = scan_word(scan, what);

	if (word.size == 0)
		fail(scan, what);
	return word;
}

/* 0 to INT64_MAX, without leading zeros. */
static int64_t scan_number(struct scan *scan, const char *what)
{
	const char *start = scan->at;
	uint64_t number = 0;

	for (; scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9'; scan->at++)
		if (scan->at - start <
			19) /* 19 digits can't overflow 64 bits; a longer number is refused below */
			number = number * 10 + (uint64_t)(*scan->at - '0');
	ptrdiff_t digits = scan->at - start;

	if (digits == 0 || digits > 19 || number > INT64_MAX || (digits > 1 && *start == '0'))
		fail(scan, what);
	return (int64_t)number;
}

/* One lower-case hex digit, or a value above 15. */
static unsigned hex_value(char c)
{
	unsigned digit = (unsigned char)c - (unsigned)'0', letter = (unsigned char)c - (unsigned)'a';

	return digit <= 9 ? digit : letter <= 5 ? letter + 10 : 255;
}

static void scan_hash(struct scan *scan, struct hash *ret_hash)
{
	unsigned bad = 0;

	if ((size_t)(scan->end - scan->at) < 2 * HASH_SIZE) {
		fail(scan, "a hash of 64 hex digits");
		return;
	}
	for (size_t i = 0; i < HASH_SIZE; i++, scan->at += 2) {
		unsigned high = hex_value(scan->at[0]), low = hex_value(scan->at[1]);

		bad |= high | low;
		ret_hash->bytes[i] = (uint8_t)(high << 4 | low);
	}
	if (bad > 15)
		fail(scan, "a hash of 64 hex digits");
}

static void scan_commitment(struct scan *scan, struct commitment *commitment)
{
	expect(scan, "\"");
	commitment->slot = scan_word(scan, "the name of a slot");
	if (!is_slot(commitment->slot))
		fail(scan, "a slot named in 1 to 63 of [a-z0-9_]");
	expect(scan, ":{\"class\":\"");
	if (!payload_class_parse(scan_word(scan, "a payload class"), &commitment->class))
		fail(scan, "a payload class");
	expect(scan, ",\"hash\":\"");
	scan_hash(scan, &commitment->hash);
	expect(scan, "\"}");
}

static void scan_commitments(struct scan *scan, struct envelope *envelope)
{
	expect(scan, ",\"commitments\":{");
	while (scan->wrong == NULL && !accept(scan, "}")) {
		if (envelope->commitment_count == ENVELOPE_SLOTS_MAX) {
			fail(scan, "no more than 8 slots");
			return;
		}
		struct commitment *commitment = &envelope->commitments[envelope->commitment_count++];

		if (envelope->commitment_count > 1)
			expect(scan, ",");
		scan_commitment(scan, commitment);
		if (envelope->commitment_count > 1 && str_compare(commitment[-1].slot, commitment->slot) >= 0)
			fail(scan, "slots in byte order, none twice");
	}
}

static void scan_envelope(struct scan *scan, struct envelope *envelope)
{
	expect(scan, "{\"act\":\"");
	envelope->act = scan_filled(scan, "the act");
	expect(scan, ",\"actor\":\"");
	envelope->actor = scan_filled(scan, "the actor");
	scan_commitments(scan, envelope);
	expect(scan, ",\"index\":");
	envelope->index = (uint64_t)scan_number(scan, "the index");
	if (accept(scan, ",\"object\":\""))
		envelope->object = scan_filled(scan, "the object");
	if (accept(scan, ",\"on_behalf\":\""))
		envelope->on_behalf = scan_filled(scan, "on whose behalf");
	if (accept(scan, ",\"prev\":"))
		envelope->previous = scan_number(scan, "the previous index");
	if (envelope->previous >= (int64_t)envelope->index)
		fail(scan, "a previous index before its own");
	if (accept(scan, ",\"role\":\""))
		envelope->role = scan_filled(scan, "the role");
	expect(scan, ",\"time\":");
	envelope->time = scan_number(scan, "the time");
	expect(scan, ",\"v\":1}");
	if (scan->at != scan->end)
		fail(scan, "the end");
}

enum err envelope_parse(struct str bytes, struct envelope *ret_envelope, struct bh_err *reterr)
{
	const char *start = bytes.data != NULL ? bytes.data : "";
	struct scan scan = {.at = start, .end = start + bytes.size};
	/* Only what may stay unset is cleared: clearing all slots would cost more than reading one. */
	struct envelope envelope;

	if (bytes.size > ENVELOPE_SIZE_MAX)
		return err_set(
			reterr, ERR_TAMPERED, "envelope", "it has %zu bytes, more than 16 KiB", bytes.size);
	envelope.commitment_count = 0;
	envelope.previous = -1;
	envelope.object = envelope.on_behalf = envelope.role = STR_NONE;
	scan_envelope(&scan, &envelope);
	if (scan.wrong != NULL)
		return err_set(reterr, ERR_TAMPERED, "envelope",
			"it isn't canonical: near byte %zu stands something else than %s",
			(size_t)(scan.at - start), scan.wrong);
	*ret_envelope = envelope;
	return ERR_OK;
}
