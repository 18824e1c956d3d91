/* password_check.c: what a password must be, by the profile in force. */
#include "account/account.h"

#define LONGEST       128 /* characters */
#define DIFFERENT_MIN 5   /* characters; fewer is a pattern, however long */
#define NAME_SIZE_MIN 3   /* bytes: shorter names stand in many words */

static const struct profile_row {
	const char *wire;
	struct password_rules rules;
	const char *basis;
} profile_rows[PROFILE_COUNT] = {
#define PROFILE(NAME, wire, least, kinds, days, past, basis) {wire, {least, kinds, days, past}, basis},
#include "account/profiles.def"
#undef PROFILE
};

const char *password_profile_name(enum password_profile profile)
{
	REQUIRE(profile < PROFILE_COUNT);
	return profile_rows[profile].wire;
}

const char *password_profile_basis(enum password_profile profile)
{
	REQUIRE(profile < PROFILE_COUNT);
	return profile_rows[profile].basis;
}

struct password_rules password_profile_rules(enum password_profile profile)
{
	REQUIRE(profile < PROFILE_COUNT);
	return profile_rows[profile].rules;
}

bool password_profile_parse(struct str text, enum password_profile *ret_profile)
{
	for (size_t i = 0; i < PROFILE_COUNT; i++)
		if (str_is(text, profile_rows[i].wire)) {
			*ret_profile = (enum password_profile)i;
			return true;
		}
	return false;
}

bool password_is_too_old(enum password_profile profile, struct instant set, struct instant now)
{
	REQUIRE(profile < PROFILE_COUNT);
	return profile_rows[profile].rules.days > 0 &&
	       now.us - set.us >= profile_rows[profile].rules.days * US_PER_DAY;
}

size_t password_past_refused(enum password_profile profile)
{
	REQUIRE(profile < PROFILE_COUNT);
	static_assert(PASSWORD_PAST_KEPT >= 5, "as many are kept as the strictest profile refuses");
	return profile_rows[profile].rules.past;
}

/* ---- the rules ---- */

struct shape {
	size_t characters, different;
	bool upper, lower, digit, other, is_text;
};

static struct shape shape_of(struct str password)
{
	struct shape shape = {.is_text = utf8_is_valid(password)};
	uint32_t seen[LONGEST], character;

	for (size_t at = 0; at < password.size; shape.characters++) {
		bool again = false;

		at += utf8_next(password, at, &character);
		shape.is_text = shape.is_text && character >= ' ' && character != 0x7f;
		shape.upper = shape.upper || (character >= 'A' && character <= 'Z');
		shape.lower = shape.lower || (character >= 'a' && character <= 'z');
		shape.digit = shape.digit || (character >= '0' && character <= '9');
		shape.other = shape.other || !((character >= 'A' && character <= 'Z') ||
						     (character >= 'a' && character <= 'z') ||
						     (character >= '0' && character <= '9'));
		for (size_t i = 0; i < shape.different && !again; i++)
			again = seen[i] == character;
		if (!again && shape.different < LONGEST)
			seen[shape.different++] = character;
	}
	return shape;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Is `name` in the password, upper or lower case? */
static bool holds_name(struct str password, struct str name)
{
	if (name.size < NAME_SIZE_MIN)
		return false;
	for (size_t at = 0; at + name.size <= password.size; at++) {
		size_t same = 0;

		while (same < name.size && lower(password.data[at + same]) == lower(name.data[same]))
			same++;
		if (same == name.size)
			return true;
	}
	return false;
}

enum password_fault password_check(
	enum password_profile profile, struct str password, const struct str *names, size_t name_count)
{
	REQUIRE(profile < PROFILE_COUNT);
	const struct profile_row *row = &profile_rows[profile];

	if (password.size > PASSWORD_SIZE_MAX)
		return PASSWORD_LONG;
	struct shape shape = shape_of(password);

	if (!shape.is_text)
		return PASSWORD_NOT_TEXT;
	if (shape.characters > LONGEST)
		return PASSWORD_LONG;
	if (shape.characters < row->rules.least)
		return PASSWORD_SHORT;
	if (shape.different < DIFFERENT_MIN)
		return PASSWORD_UNVARIED;
	if (shape.upper + shape.lower + shape.digit + shape.other < row->rules.kinds)
		return PASSWORD_KINDS;
	for (size_t i = 0; i < name_count; i++)
		if (holds_name(password, names[i]))
			return PASSWORD_NAMED;
	return password_is_common(password) ? PASSWORD_COMMON : PASSWORD_GOOD;
}

enum err password_refuse(enum password_profile profile, enum password_fault fault, struct bh_err *reterr)
{
	REQUIRE(profile < PROFILE_COUNT && fault != PASSWORD_GOOD && fault < PASSWORD_FAULT_COUNT);
	const struct profile_row *row = &profile_rows[profile];
	const enum err code = ERR_INVALID;

	switch (fault) {
	case PASSWORD_SHORT:
		return err_set(
			reterr, code, "password", "a password has %zu characters at least", row->rules.least);
	case PASSWORD_LONG:
		return err_set(reterr, code, "password", "a password has 128 characters at most");
	case PASSWORD_UNVARIED:
		return err_set(reterr, code, "password",
			"it is made of very few characters: use more different ones");
	case PASSWORD_KINDS:
		return err_set(reterr, code, "password",
			"use %d of these at least: upper case, lower case, digits, other characters",
			row->rules.kinds);
	case PASSWORD_NAMED:
		return err_set(reterr, code, "password",
			"it has your name or the institution's in it: choose something else");
	case PASSWORD_COMMON:
		return err_set(reterr, code, "password",
			"it is made of words and numbers that are tried first: choose something nobody would "
			"guess, "
			"for instance four words that have nothing in common");
	case PASSWORD_PAST:
		return err_set(
			reterr, code, "password", "it was one of your last passwords: choose a new one");
	default:
		return err_set(reterr, code, "password", "a password is text without control characters");
	}
}
