/* common_check.c: is a password made of what everybody tries first? Guessing programs join a common word or
 * two with a number that means something; so a password is taken apart in the same way. */
#include "account/account.h"
#include "account/common.h"

#include <string.h>

#define PIECES_MAX 2 /* common words that may be joined; of three or more a phrase is made */
#define LOOSE_MAX  3 /* digits or signs in a row that hide nothing */
#define TEXT_MAX   PASSWORD_SIZE_MAX

static int compare_word(size_t i, struct str word)
{
	uint32_t start = common_passwords.starts[i];
	struct str other = {common_passwords.text + start, common_passwords.starts[i + 1] - start};

	return str_compare(other, word);
}

static bool is_listed(struct str word)
{
	size_t low = 0, high = common_passwords.count;

	if (word.size < COMMON_SIZE_MIN || word.size > COMMON_SIZE_MAX)
		return false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = compare_word(middle, word);

		if (order == 0)
			return true;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

/* How far one step leads on from `at`: up, down or on the spot, at least three characters; 0: no run. */
static size_t run_size(struct str text, size_t at)
{
	size_t size = 1;

	if (at + 2 >= text.size)
		return 0;
	int step = text.data[at + 1] - text.data[at];

	if (step < -1 || step > 1)
		return 0;
	while (at + size < text.size && text.data[at + size] - text.data[at + size - 1] == step)
		size++;
	return size >= 3 ? size : 0;
}

static int number_of(struct str digits)
{
	int number = 0;

	for (size_t i = 0; i < digits.size; i++)
		number = number * 10 + (digits.data[i] - '0');
	return number;
}

static bool is_month_day(struct str four)
{
	int month = number_of(str_slice(four, 0, 2)), day = number_of(str_slice(four, 2, 2));

	return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Digits that say something: a year, a date, a mobile number. */
static bool is_telling_number(struct str digits)
{
	int year = digits.size >= 4 ? number_of(str_slice(digits, 0, 4)) : 0;

	if (digits.size == 4)
		return is_month_day(digits) || (year >= 1900 && year <= 2099);
	if (digits.size == 6)
		return is_month_day(str_slice(digits, 2, 4)) || (year >= 1900 && year <= 2099);
	if (digits.size == 8)
		return year >= 1900 && year <= 2099 && is_month_day(str_slice(digits, 4, 4));
	return digits.size == 11 && digits.data[0] == '1' && digits.data[1] >= '3';
}

static bool is_sign(char c)
{
	return !is_digit(c) && !is_letter(c) && (unsigned char)c < 0x80;
}

/* How many of this kind stand from `at` on; 0 where one of the kind stands before, so that what is longer
 * can't be passed off as several short ones. */
static size_t whole_size(struct str text, size_t at, bool is_kind(char c))
{
	size_t size = 0;

	if (at > 0 && is_kind(text.data[at - 1]))
		return 0;
	while (at + size < text.size && is_kind(text.data[at + size]))
		size++;
	return size;
}

/* Mark where a piece that costs the guesser nothing may end, when it begins at `at`. */
static void mark_free(struct str text, size_t at, bool ends[TEXT_MAX + 1])
{
	size_t run = run_size(text, at), digits = whole_size(text, at, is_digit),
	       signs = whole_size(text, at, is_sign);

	for (size_t size = 3; size <= run; size++)
		ends[at + size] = true;
	if (digits >= 1 && digits <= LOOSE_MAX)
		ends[at + digits] = true;
	if (signs >= 1 && signs <= LOOSE_MAX)
		ends[at + signs] = true;
	/* A number that tells something begins or ends the digits it stands in. */
	for (size_t size = 4; size <= 11 && at + size <= text.size && is_digit(text.data[at + size - 1]);
		size++) {
		bool last = at + size == text.size || !is_digit(text.data[at + size]);

		if ((digits > 0 || last) && is_telling_number(str_slice(text, at, size)))
			ends[at + size] = true;
	}
}

/* A listed word, or a letter that stands alone among digits and signs. */
static bool is_word(struct str text, size_t at, size_t end)
{
	if (end - at == 1)
		return whole_size(text, at, is_letter) == 1;
	return is_listed(str_slice(text, at, end - at));
}

bool password_is_common(struct str password)
{
	char text[TEXT_MAX + 1];
	unsigned char fewest[TEXT_MAX + 1]; /* common words up to here; PIECES_MAX + 1: more */

	if (password.size == 0 || password.size > TEXT_MAX)
		return false;
	for (size_t i = 0; i < password.size; i++)
		text[i] = password.data[i] >= 'A' && password.data[i] <= 'Z'
				  ? (char)(password.data[i] - 'A' + 'a')
				  : password.data[i];
	struct str lower = {text, password.size};

	memset(fewest, PIECES_MAX + 1, sizeof fewest);
	fewest[0] = 0;
	for (size_t at = 0; at < lower.size; at++) {
		bool ends[TEXT_MAX + 1] = {false};

		if (fewest[at] > PIECES_MAX)
			continue;
		mark_free(lower, at, ends);
		for (size_t end = at + 1; end <= lower.size; end++) {
			if (ends[end] && fewest[at] < fewest[end])
				fewest[end] = fewest[at];
			if (end - at <= COMMON_SIZE_MAX && fewest[at] < PIECES_MAX &&
				fewest[at] + 1 < fewest[end] && is_word(lower, at, end))
				fewest[end] = (unsigned char)(fewest[at] + 1);
		}
	}
	return fewest[lower.size] <= PIECES_MAX;
}
