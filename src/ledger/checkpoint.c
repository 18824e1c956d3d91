/* checkpoint.c: C2SP signed-note and tlog-checkpoint. */
#include "ledger/ledger.h"

#include <string.h>

#define ALGORITHM_ED25519   0x01
#define SIGNATURE_LINES_MAX 64
#define DASH                "\xE2\x80\x94 " /* em dash and a blank: how a signature line begins */

/* White space and controls, as Unicode has them. */
static bool is_blank(uint32_t c)
{
	return c <= ' ' || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool note_name_is_good(struct str name)
{
	uint32_t character;

	if (name.size == 0 || name.size > NOTE_NAME_MAX || !utf8_is_valid(name))
		return false;
	for (size_t at = 0; at < name.size;) {
		at += utf8_next(name, at, &character);
		if (is_blank(character) || character == '+')
			return false;
	}
	return true;
}

struct note_key note_key_make(struct str name, const uint8_t public_key[SIGN_PUBLIC_SIZE])
{
	struct note_key key = {.name = name};
	const struct str parts[] = {
		name, STR("\n"), {"\x01", 1}, {(const char *)public_key, SIGN_PUBLIC_SIZE}};
	struct hash hash = hash_parts(parts, ARRAY_COUNT(parts));

	memcpy(key.public_key, public_key, SIGN_PUBLIC_SIZE);
	memcpy(key.id, hash.bytes, sizeof key.id);
	return key;
}

struct str note_key_print(struct arena *arena, const struct note_key *key)
{
	uint8_t bytes[1 + SIGN_PUBLIC_SIZE] = {ALGORITHM_ED25519};

	memcpy(bytes + 1, key->public_key, SIGN_PUBLIC_SIZE);
	return str_format(arena, "%.*s+%.*s+%.*s", STR_ARG(key->name),
		STR_ARG(hex_print(arena, key->id, sizeof key->id)),
		STR_ARG(base64_print(arena, bytes, sizeof bytes)));
}

enum err note_key_parse(struct arena *arena, struct str text, struct note_key *ret_key, struct bh_err *reterr)
{
	struct str name, id, bytes, rest = str_trim(text);
	struct note_key key;

	if (!str_cut(&rest, '+', &name) || !str_cut(&rest, '+', &id) || !note_name_is_good(name))
		return err_set(reterr, ERR_INVALID, "key", "a verifier key reads name+hash+base64");
	if (!base64_parse(arena, rest, &bytes) || bytes.size != 1 + SIGN_PUBLIC_SIZE ||
		bytes.data[0] != ALGORITHM_ED25519)
		return err_set(reterr, ERR_INVALID, "key", "that is no Ed25519 verifier key");
	key = note_key_make(str_copy(arena, name), (const uint8_t *)bytes.data + 1);
	if (!str_equal(hex_print(arena, key.id, sizeof key.id), id))
		return err_set(reterr, ERR_INVALID, "key",
			"its hash doesn't fit its name and bytes: was it copied whole?");
	*ret_key = key;
	return ERR_OK;
}

static struct str checkpoint_text(struct arena *arena, const struct checkpoint *checkpoint)
{
	return str_format(arena, "%.*s\n%llu\n%.*s\n", STR_ARG(checkpoint->origin),
		(unsigned long long)checkpoint->size,
		STR_ARG(base64_print(arena, checkpoint->root.bytes, HASH_SIZE)));
}

struct str note_sign(
	struct arena *arena, struct str text, const struct note_key *key, const struct sign_key *signer)
{
	uint8_t signature[4 + SIGN_SIGNATURE_SIZE];

	REQUIRE(text.size > 0 && text.data[text.size - 1] == '\n');
	memcpy(signature, key->id, sizeof key->id);
	sign_message(signer, text, signature + sizeof key->id);
	return str_format(arena, "%.*s\n" DASH "%.*s %.*s\n", STR_ARG(text), STR_ARG(key->name),
		STR_ARG(base64_print(arena, signature, sizeof signature)));
}

struct str checkpoint_sign(struct arena *arena, const struct checkpoint *checkpoint,
	const struct note_key *key, const struct sign_key *signer)
{
	return note_sign(arena, checkpoint_text(arena, checkpoint), key, signer);
}

/* The text up to and with its last newline; the signature lines behind the empty line. */
static bool split_note(struct str note, struct str *ret_text, struct str *ret_signatures)
{
	if (note.size == 0 || note.size > NOTE_SIZE_MAX || !utf8_is_valid(note) ||
		note.data[note.size - 1] != '\n')
		return false;
	for (size_t i = note.size - 1; i > 0; i--)
		if (note.data[i] == '\n' && note.data[i - 1] == '\n') {
			*ret_text = str_slice(note, 0, i);
			*ret_signatures = str_slice(note, i + 1, note.size);
			return ret_signatures->size > 0;
		}
	return false;
}

/* Decimal without leading zeros. */
static bool parse_size(struct str text, uint64_t *ret_size)
{
	int64_t number;

	if (!str_to_int(text, &number) || number < 0 || (text.size > 1 && text.data[0] == '0') ||
		text.data[0] == '-')
		return false;
	*ret_size = (uint64_t)number;
	return true;
}

enum err checkpoint_parse(
	struct arena *arena, struct str note, struct checkpoint *ret_checkpoint, struct bh_err *reterr)
{
	struct str text, signatures, origin, size, root, bytes;
	struct checkpoint checkpoint;

	if (!split_note(note, &text, &signatures))
		return err_set(reterr, ERR_INVALID, "checkpoint", "that is no signed note");
	/* No extension lines: the three lines are all there is. */
	if (!str_cut(&text, '\n', &origin) || !str_cut(&text, '\n', &size) || !str_cut(&text, '\n', &root) ||
		text.size > 0 || !note_name_is_good(origin) || !parse_size(size, &checkpoint.size) ||
		!base64_parse(arena, root, &bytes) || bytes.size != HASH_SIZE)
		return err_set(reterr, ERR_INVALID, "checkpoint",
			"its text isn't the three lines origin, size and root");
	checkpoint.origin = str_copy(arena, origin);
	memcpy(checkpoint.root.bytes, bytes.data, HASH_SIZE);
	*ret_checkpoint = checkpoint;
	return ERR_OK;
}

/* 1 when the line is a good signature by `key`, 0 when it is somebody else's, -1 when it is wrong. */
static int check_line(struct arena *arena, struct str line, struct str text, const struct note_key *key)
{
	struct str name, bytes;

	if (!str_starts(line, DASH))
		return -1;
	line = str_slice(line, sizeof DASH - 1, line.size);
	if (!str_cut(&line, ' ', &name) || !note_name_is_good(name) || !base64_parse(arena, line, &bytes) ||
		bytes.size < 5)
		return -1;
	if (!str_equal(name, key->name) || memcmp(bytes.data, key->id, sizeof key->id) != 0)
		return 0;
	return sign_verify(key->public_key, text, str_slice(bytes, sizeof key->id, bytes.size)) ? 1 : -1;
}

/* Exactly one good line by `key`, and no wrong one. */
static enum err check_lines(struct arena *arena, struct str text, struct str signatures,
	const struct note_key *key, const char *place, struct bh_err *reterr)
{
	struct str line;
	int good = 0, lines = 0;

	signatures.size--; /* the last newline ends the last line */
	while (str_cut(&signatures, '\n', &line)) {
		int result = check_line(arena, line, text, key);

		if (result < 0 || ++lines > SIGNATURE_LINES_MAX)
			return err_set(reterr, ERR_TAMPERED, place, "a signature line is wrong");
		good += result;
	}
	if (good > 1)
		return err_set(reterr, ERR_TAMPERED, place, "it bears more than one signature by %.*s",
			STR_ARG(key->name));
	if (good == 0)
		return err_set(
			reterr, ERR_TAMPERED, place, "it bears no signature by %.*s", STR_ARG(key->name));
	return ERR_OK;
}

enum err note_text(struct str note, struct str *ret_text, struct bh_err *reterr)
{
	struct str signatures;

	return split_note(note, ret_text, &signatures)
		       ? ERR_OK
		       : err_set(reterr, ERR_INVALID, "note", "that is no signed note");
}

enum err note_open(struct arena *arena, struct str note, const struct note_key *key, struct str *ret_text,
	struct bh_err *reterr)
{
	struct str text, signatures;

	if (!split_note(note, &text, &signatures))
		return err_set(reterr, ERR_INVALID, "note", "that is no signed note");
	TRY(check_lines(arena, text, signatures, key, "note", reterr));
	*ret_text = text;
	return ERR_OK;
}

enum err checkpoint_open(struct arena *arena, struct str note, const struct note_key *key,
	struct checkpoint *ret_checkpoint, struct bh_err *reterr)
{
	struct str text, signatures;
	struct checkpoint checkpoint;

	TRY(checkpoint_parse(arena, note, &checkpoint, reterr));
	REQUIRE(split_note(note, &text, &signatures));
	TRY(check_lines(arena, text, signatures, key, "checkpoint", reterr));
	if (!str_equal(checkpoint.origin, key->name))
		return err_set(reterr, ERR_TAMPERED, "checkpoint", "it is of %.*s, and the key is of %.*s",
			STR_ARG(checkpoint.origin), STR_ARG(key->name));
	*ret_checkpoint = checkpoint;
	return ERR_OK;
}

enum err checkpoint_may_follow(
	const struct checkpoint *last, const struct checkpoint *next, struct bh_err *reterr)
{
	if (next->size < last->size)
		return err_set(reterr, ERR_TAMPERED, "high-water",
			"the record has %llu events, and %llu were signed before: was an old copy restored? "
			"Nothing is signed",
			(unsigned long long)next->size, (unsigned long long)last->size);
	if (last->size > 0 && next->size == last->size && !hash_equal(&last->root, &next->root))
		return err_set(reterr, ERR_TAMPERED, "high-water",
			"at %llu events another root was signed before: the record was changed. Nothing is "
			"signed",
			(unsigned long long)next->size);
	return ERR_OK;
}
