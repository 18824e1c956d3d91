/* roster_figures.h: what the roster amounts to: who was moved in a period, by kind, and how old those are who
 * head units, on a day. The report of moves and the page of the roster tell the same figures.
 */
#ifndef EXCHANGE_ROSTER_FIGURES_H
#define EXCHANGE_ROSTER_FIGURES_H

#include "org/org.h"

#define ROSTER_BANDS 6
/* The kind of units whose heads are meant where nobody says another. */
#define ROSTER_KIND STR("department")

/* Tenures of one kind that began in one month. */
struct move_count {
	struct day month; /* its first day */
	struct str move;  /* as the tenure says; "" where it doesn't */
	int64_t count;
};

/* Tenures that began in [from, to], each end open where it is DAY_NONE: by month where `by_month`, else all
 * in one (month: DAY_NONE); those that move somebody in office first, then by the name of the kind. In
 * `arena`. */
void roster_moves(const struct org *org, struct day from, struct day to, bool by_month, struct arena *arena,
	struct move_count **ret_counts, size_t *ret_count);

/* Is who begins so moved from an office to an office? Promotion and transfer are; a first post is not. */
bool roster_move_counts(struct str move);
/* Its word in one of the two languages: a kind that isn't known is its own word. */
struct str roster_move_word(struct str move, bool chinese);

/* Those who head a unit of a kind on a day. A birth that isn't recorded counts for no age. */
struct head_ages {
	struct day day;
	int64_t posts;  /* headed by somebody */
	int64_t days;   /* held by them by then, together */
	int64_t count;  /* of those whose age is known */
	int64_t years;  /* their ages together */
	int64_t middle; /* twice the median */
	int64_t bands[ROSTER_BANDS];
};

struct head_ages roster_ages(const struct org *org, struct str kind, struct day day, struct arena *arena);
/* "≤35", "36–40" … "≥56". */
struct str roster_band(size_t band, struct arena *arena);
/* With one decimal, rounded half up; the first two of at least one age, the last of at least one post. */
struct str roster_mean_age(const struct head_ages *ages, struct arena *arena);
struct str roster_median_age(const struct head_ages *ages, struct arena *arena);
/* Mean years in the post, of 365.25 days. */
struct str roster_mean_years(const struct head_ages *ages, struct arena *arena);

#endif
