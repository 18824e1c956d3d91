/* ballot.h: a secret vote that anybody can count again (述责述廉评议). Quiet room: codes, ballots and random
 * bytes come in from outside.
 *
 * Codes are made where nobody listens and are printed on slips; here there are only their hashes, with the
 * group each belongs to, and the root over them which stood on the slips before the vote began. Who sends a
 * code that is under the root and unused has voted; who it was, nobody knows. A ballot is one line,
 *
 *   <SHA-256 of the code> <marks> <salt>
 *
 * The record holds the hash of each line (its seal) while the vote is on, and the lines, sorted, when it is
 * closed. Marks are one digit a question: 0 for no mark, else which of the choices. */
#ifndef GRASP_BALLOT_H
#define GRASP_BALLOT_H

#include "base/code.h"
#include "base/hash.h"
#include "procedure/procedure.h"

#define BALLOT_SALT_SIZE     16 /* bytes */
#define BALLOT_SUBJECTS_MAX  20
#define BALLOT_QUESTIONS_MAX 10
#define BALLOT_ITEMS_MAX     60 /* subjects by questions: what one voter marks */
#define BALLOT_CHOICES_MAX   9
#define BALLOT_GROUPS_MAX    10
#define BALLOT_CODES_MAX     5000 /* of one ballot, all groups */
#define BALLOT_PEOPLE_MAX    1000000
#define BALLOT_BATCH         5 /* ballots that are sealed together, at least */
#define BALLOT_LEAST         8 /* ballots below which nothing is shown, unless the ballot says otherwise … */
#define BALLOT_LEAST_MIN     5   /* … but never fewer than this */
#define BALLOT_POINTS_MAX    100 /* of a choice */
#define BALLOT_WEIGHT_MAX    1000
#define BALLOT_SCORE_UNIT    100 /* scores are in hundredths of a point */
#define BALLOT_SCORE_NONE    (-1)

/* What follows from a score. */
enum ballot_outcome { BALLOT_PASS, BALLOT_TALK, BALLOT_ACCOUNT, BALLOT_OUTCOME_COUNT };
const char *ballot_outcome_name(enum ballot_outcome outcome); /* pass talk account */

/* Why a vote doesn't count. */
enum ballot_void {
	BALLOT_VALID,
	BALLOT_TOO_MANY, /* more came back than were given out, in all or in a group */
	BALLOT_TOO_FEW,  /* so few that somebody's marks could be read off: nothing of it is shown */
	BALLOT_UNMARKED, /* nobody marked some subject */
	BALLOT_VOID_COUNT
};
const char *ballot_void_name(enum ballot_void why); /* "" too_many too_few unmarked */

struct ballot_subject {
	struct label label;
	int64_t matter; /* in which it is told what came out; 0: none */
};
struct ballot_choice {
	struct str name; /* good: the field of the matter that takes its number */
	struct label label;
	int64_t points;
};
struct ballot_group {
	struct str name;
	struct label label;
	int64_t weight; /* of its score among the groups */
	int64_t issued; /* slips that were given out */
};
struct ballot {
	struct label title;
	struct ballot_subject *subjects;
	struct label *questions; /* the first is the one that has consequences */
	struct ballot_choice *choices;
	struct ballot_group *groups;
	size_t subject_count, question_count, choice_count, group_count;
	int64_t entitled, present, issued;
	int64_t least;                            /* ballots of a group below which nothing is shown */
	int64_t talk_below, account_below;        /* scores, in hundredths; 0: never */
	struct str actions[BALLOT_OUTCOME_COUNT]; /* what is done in a subject's matter; "" for nothing */
	int64_t makers[2];                        /* who made the codes, by ballot_makers_read */
};

/* What a ballot asks, of whom and by which rules, out of the object that an opening holds. Texts are
 * borrowed. ERR_INVALID or ERR_RANGE names the place, ERR_REFUSED the rule that it breaks. */
MUST_CHECK enum err ballot_read(
	struct arena *arena, const struct doc *spec, struct ballot *ret_ballot, struct bh_err *reterr);
/* The two people who made the codes, which only the opening says. ERR_REFUSED: they aren't two. */
MUST_CHECK enum err ballot_makers_read(const struct doc *spec, struct ballot *ballot, struct bh_err *reterr);
size_t ballot_item_count(const struct ballot *ballot);
/* The group of this name, -1 when there is none. */
int ballot_group_of(const struct ballot *ballot, struct str name);

/* ---- codes ---- */

/* Code number `i` of those that follow from what two people each drew at random, by themselves: without
 * either of the two nothing can be known of any. As base/code.h has them. */
struct str ballot_code_make(struct arena *arena, struct str first, struct str second, uint64_t i);
struct hash ballot_code_hash(struct str code);

/* A code as it is known here: its hash, and whose group it is. */
struct ballot_code {
	struct hash hash;
	int group;
};
void ballot_codes_sort(struct ballot_code *codes, size_t count); /* by hash */
/* The line of a code in the list that is under the root: "<hash> <name of the group>". */
struct str ballot_code_line(struct arena *arena, const struct ballot *ballot, const struct ballot_code *code);
/* Root of the Merkle tree (RFC 6962) whose leaves are these lines, in order. */
struct hash ballot_root(const struct str *lines, size_t count);
/* Take the lists of codes of an opening, one for each group, sorted; in `arena`, by hash. ERR_INVALID names
 * the code, ERR_REFUSED the rule. */
MUST_CHECK enum err ballot_codes_read(struct arena *arena, const struct ballot *ballot,
	const struct doc *lists, struct ballot_code **ret_codes, size_t *ret_count, struct bh_err *reterr);
const struct ballot_code *ballot_code_find(
	const struct ballot_code *codes, size_t count, const struct hash *hash); /* NULL: not among them */

/* ---- ballots ---- */

bool ballot_marks_are_good(const struct ballot *ballot, struct str marks);
struct ballot_line {
	struct hash code;
	struct str marks, salt; /* salt in hex */
};
struct str ballot_line_print(struct arena *arena, const struct ballot_line *line);
MUST_CHECK bool ballot_line_parse(struct arena *arena, struct str text, struct ballot_line *ret_line);
/* The seal of a line. */
struct hash ballot_seal(struct str line);

/* ---- counting ---- */

/* What was counted of one group. [item * (choices + 1) + mark]: how many marked so, mark 0 for none. */
struct ballot_count {
	int64_t returned;
	int64_t *marks;
};
/* A paper count: {"groups": [{"returned": 9, "counts": [[blank, first choice, …], …]}, …]}, groups and items
 * in the ballot's order. Each item's numbers add up to what was returned. */
MUST_CHECK enum err ballot_paper_read(struct arena *arena, const struct ballot *ballot,
	const struct doc *paper, struct ballot_count **ret_counts, struct bh_err *reterr);

/* What came out. Scores are in hundredths, BALLOT_SCORE_NONE where nobody marked. */
struct ballot_tally {
	enum ballot_void why_void;
	int64_t returned;              /* in all */
	struct ballot_count *lines;    /* of each group: by their own device … */
	struct ballot_count *paper;    /* … and on paper */
	int64_t *marks;                /* of all groups, as in a count */
	int64_t *scores;               /* of each item, weighted by group */
	enum ballot_outcome *outcomes; /* of each subject, by its first question */
};
/* Count the lines (each with a code of `codes`, each once, marks good: REQUIREd) and the paper (NULL: none).
 */
void ballot_tally(struct arena *arena, const struct ballot *ballot, const struct ballot_code *codes,
	size_t code_count, const struct ballot_line *lines, size_t line_count,
	const struct ballot_count *paper, struct ballot_tally *ret_tally);
/* As it is recorded and shown; of too few ballots nothing but that. */
struct doc *ballot_tally_doc(
	struct arena *arena, const struct ballot *ballot, const struct ballot_tally *tally);

#endif
