/* totp.c: one-time codes by RFC 6238 over RFC 4226, and secrets as people and apps read them. */
#include "account/account.h"

#include <stdio.h>
#include <string.h>

int64_t totp_step(struct instant now)
{
	return now.us / TOTP_STEP_US;
}

/* RFC 4226, 5.3: dynamic truncation. */
void totp_code(struct str secret, int64_t step, char ret_code[7])
{
	uint8_t counter[8], mac[HMAC_SHA1_SIZE];

	for (int i = 0; i < 8; i++)
		counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
	hmac_sha1(secret, (struct str){(const char *)counter, sizeof counter}, mac);
	unsigned at = mac[HMAC_SHA1_SIZE - 1] & 15U;
	uint32_t number = ((uint32_t)(mac[at] & 0x7f) << 24) | ((uint32_t)mac[at + 1] << 16) |
			  ((uint32_t)mac[at + 2] << 8) | mac[at + 3];

	snprintf(ret_code, 7, "%06u", number % 1000000U);
}

enum code_verdict totp_check(
	struct str secret, struct instant now, int64_t last_step, struct str typed, int64_t *ret_step)
{
	enum code_verdict verdict = CODE_WRONG;
	char code[7];

	/* All three are computed whatever fits, so that the time tells nothing. */
	for (int64_t step = totp_step(now) - 1; step <= totp_step(now) + 1; step++) {
		totp_code(secret, step, code);
		if (!secret_equal(typed, (struct str){code, 6}))
			continue;
		if (step <= last_step) {
			if (verdict == CODE_WRONG)
				verdict = CODE_USED;
		} else if (verdict != CODE_RIGHT) {
			verdict = CODE_RIGHT;
			*ret_step = step;
		}
	}
	return verdict;
}

/* ---- bytes as text, five bits a character ---- */

static struct str by_fives(struct arena *arena, const char *alphabet, const void *bytes, size_t size)
{
	const uint8_t *from = bytes;
	char *text = ARENA_TAKE(arena, size * 8 / 5 + 2, char);
	size_t written = 0, bits = 0;
	uint32_t kept = 0;

	for (size_t i = 0; i < size; i++) {
		kept = (kept << 8) | from[i];
		for (bits += 8; bits >= 5; bits -= 5)
			text[written++] = alphabet[(kept >> (bits - 5)) & 31];
	}
	if (bits > 0)
		text[written++] = alphabet[(kept << (5 - bits)) & 31];
	return (struct str){text, written};
}

struct str base32_print(struct arena *arena, const void *bytes, size_t size)
{
	return by_fives(arena, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", bytes, size);
}

struct str typed_print(struct arena *arena, const void *bytes, size_t size)
{
	struct str plain = by_fives(arena, "0123456789abcdefghjkmnpqrstvwxyz", bytes, size);
	struct buf buf = buf_new(arena);

	REQUIRE(size % 5 == 0);
	for (size_t i = 0; i < plain.size; i++) {
		if (i > 0 && i % 4 == 0)
			buf_put_char(&buf, '-');
		buf_put_char(&buf, plain.data[i]);
	}
	return buf_str(&buf);
}

struct str typed_read(struct arena *arena, struct str typed)
{
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < typed.size; i++) {
		char c = typed.data[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c == 'o')
			c = '0';
		if (c == 'i' || c == 'l')
			c = '1';
		if (c != '-' && c != ' ')
			buf_put_char(&buf, c);
	}
	return buf_str(&buf);
}

static void put_escaped(struct buf *buf, struct str text)
{
	for (size_t i = 0; i < text.size; i++) {
		unsigned char c = (unsigned char)text.data[i];
		bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			     c == '-' || c == '.' || c == '_';

		if (plain)
			buf_put_char(buf, (char)c);
		else
			buf_format(buf, "%%%02X", c);
	}
}

struct str totp_uri(struct arena *arena, struct str issuer, struct str account, struct str secret)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, "otpauth://totp/");
	put_escaped(&buf, issuer);
	buf_put_char(&buf, ':');
	put_escaped(&buf, account);
	buf_puts(&buf, "?secret=");
	buf_put(&buf, base32_print(arena, secret.data, secret.size));
	buf_puts(&buf, "&issuer=");
	put_escaped(&buf, issuer);
	return buf_str(&buf);
}
