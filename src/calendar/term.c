/* term.c: lengths of time as a rule writes them, and the periods of reports. */
#include "calendar/calendar.h"

#define AMOUNT_MAX 9999

struct day calendar_term_end(
	const struct calendar *calendar, struct day from, struct term term, bool *ret_provisional)
{
	switch (term.unit) {
	case TERM_DAYS:
		return day_add(from, term.amount);
	case TERM_MONTHS:
		return day_add_months(from, term.amount);
	default:
		return calendar_add(calendar, from, term.amount, ret_provisional);
	}
}

struct day calendar_term_before(const struct calendar *calendar, struct day due, struct term term)
{
	struct day day = due;

	if (term.unit == TERM_DAYS)
		return day_add(due, -term.amount);
	if (term.unit == TERM_MONTHS)
		return day_add_months(due, -term.amount);
	/* The latest day from which `amount` working days lead up to the due day. */
	for (int left = term.amount; left > 0; day = day_add(day, -1))
		if (calendar_works(calendar, day))
			left--;
	while (!calendar_works(calendar, day) && day.number > due.number - 7 * term.amount - 60)
		day = day_add(day, -1);
	return day;
}

bool term_parse(struct str text, struct term *ret_term)
{
	static const struct {
		const char *suffix;
		enum term_unit unit;
	} units[] = {
		{" working days", TERM_WORKING_DAYS},
		{" working day", TERM_WORKING_DAYS},
		{" days", TERM_DAYS},
		{" day", TERM_DAYS},
		{" months", TERM_MONTHS},
		{" month", TERM_MONTHS},
	};
	int64_t amount;

	for (size_t i = 0; i < ARRAY_COUNT(units); i++) {
		if (!str_ends(text, units[i].suffix))
			continue;
		struct str digits = str_slice(text, 0, text.size - str_from(units[i].suffix).size);

		if (!str_to_int(digits, &amount) || amount < 1 || amount > AMOUNT_MAX)
			return false;
		*ret_term = (struct term){(int)amount, units[i].unit};
		return true;
	}
	return false;
}

struct str term_print(struct arena *arena, struct term term)
{
	static const char *const words[] = {
		[TERM_WORKING_DAYS] = "working day", [TERM_DAYS] = "day", [TERM_MONTHS] = "month"};

	return str_format(arena, "%d %s%s", term.amount, words[term.unit], term.amount == 1 ? "" : "s");
}

static const char *const period_names[] = {"week", "month", "quarter", "half_year", "year"};
static_assert(ARRAY_COUNT(period_names) == PERIOD_COUNT, "every period has a name");

struct day period_end(enum period period, struct day day)
{
	static const int months[] = {
		[PERIOD_MONTH] = 1, [PERIOD_QUARTER] = 3, [PERIOD_HALF_YEAR] = 6, [PERIOD_YEAR] = 12};
	int year, month, dom;
	struct day first;

	if (period == PERIOD_WEEK)
		return day_add(day, 7 - day_weekday(day));
	day_split(day, &year, &month, &dom);
	REQUIRE(day_make(year, (month - 1) / months[period] * months[period] + 1, 1, &first));
	return day_add(day_add_months(first, months[period]), -1);
}

bool period_parse(struct str text, enum period *ret_period)
{
	for (int i = 0; i < PERIOD_COUNT; i++)
		if (str_is(text, period_names[i])) {
			*ret_period = (enum period)i;
			return true;
		}
	return false;
}

const char *period_name(enum period period)
{
	REQUIRE(period < PERIOD_COUNT);
	return period_names[period];
}
