/* coverage.h: the rounds that are left of a term, planned: what is asked, gathered from the record, and what
 * came of it in words. */
#ifndef VIEW_COVERAGE_H
#define VIEW_COVERAGE_H

#include "view/teller.h"

struct coverage_ask {
	struct store *store;
	const struct institution *institution;
	const struct viewer *viewer; /* of whose sight the inspections are taken; NULL: the operator's */
	struct day from, to; /* the term, both included: what was inspected in it needs no inspection more */
	struct day begin;    /* of the first round that is planned */
	int rounds;
	int teams; /* in each round; 0: as many as the inspection office has units below it */
	int per_team, team_size, years;
	int serve;        /* rounds that one inspector serves at most; 0: all */
	bool again;       /* inspect also what was inspected in the term */
	const char *kind; /* of the units, where no wishes are given; NULL: all units */
	const struct coverage_wish
		*wishes; /* NULL: every unit but the inspection office, what is below it and what is above */
	int wish_count;
	const int64_t *inspectors; /* persons; NULL: whoever holds a post in those teams on `begin` */
	int inspector_count;
};

#define COVERAGE_PER_TEAM     2
#define COVERAGE_TEAM_SIZE    5
#define COVERAGE_AVOID_YEARS  3
#define COVERAGE_ROUND_MONTHS 6 /* a round each half-year where nobody says how many */
/* Fill in what isn't given: the other end of the term (one must be, ERR_INVALID at "to"), the first round
 * today or when the term begins, rounds (0) each half-year from then on. ERR_INVALID at "begin" when the
 * first round would not be in the term. */
MUST_CHECK enum err coverage_ask_complete(struct coverage_ask *ask, struct day today, struct bh_err *reterr);

/* What came of it. Lives in the arena it was made in. */
struct coverage_told {
	struct coverage_problem problem;
	struct day *begins;        /* of each round */
	const int64_t *inspectors; /* persons, by their places in the problem */
	int covered;               /* units left out because they were inspected in the term */
	enum coverage_verdict verdict;
	struct coverage_plan plan;
	struct coverage_conflict conflict;
};

/* ERR_INVALID and ERR_RANGE name what of the question doesn't do: "rounds", "units" … */
MUST_CHECK enum err coverage_tell(const struct coverage_ask *ask, struct arena *arena,
	struct coverage_told *ret_told, struct bh_err *reterr);

/* Who was covered in a term, by which of the four supervisions, year by year, as a viewer may know it. */
struct coverage_record {
	struct store *store;
	const struct viewer *viewer;
	struct day from, to; /* DAY_NONE: as coverage_term fills them in */
	struct str kind;     /* of the units; "": all */
};
/* Every unit with each of the four, so that gaps are rows too; as one JSON object. */
MUST_CHECK enum err coverage_record_json(const struct teller *teller, const struct coverage_record *record,
	struct json_out *out, struct bh_err *reterr);

/* The limits of a conflict in sentences, each unit once with the rounds it is held to. */
void coverage_sentences(const struct teller *teller, const struct coverage_told *told,
	struct str **ret_sentences, size_t *ret_count);
/* All of it for a program, as one JSON object. */
void coverage_json(const struct teller *teller, const struct coverage_told *told, struct json_out *out);

#endif
