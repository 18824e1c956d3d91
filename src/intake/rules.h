/* rules.h: texts of rules, each a file with a head, as the one act that puts them into the register.
 *
 * Each file is judged on what is recorded now, and on the files before it: one that says what is recorded
 * asks for nothing, a new code issues a rule, another text amends it. All that is wrong is said at once, with
 * the line. Nothing is written here. */
#ifndef INTAKE_RULES_H
#define INTAKE_RULES_H

#include "act/act.h"
#include "exchange/csv.h"
#include "view/institution.h"

#define RULE_FILES_MAX     500
#define RULE_FILE_SIZE_MAX (RULE_TEXT_MAX + 16384) /* bytes */

struct rule_source {
	struct str name, bytes;
};
struct rules_ask {
	const struct institution *institution;
	struct store *store;
	const struct rule_source *sources;
	size_t count;
	int64_t person; /* who imports them; 0: a shell that didn't say */
	struct instant now;
};

enum rule_does {
	RULE_WRONG,
	RULE_NOTHING, /* it is recorded as it is */
	RULE_ISSUES,
	RULE_AMENDS,
	RULE_DOES_COUNT
};
const char *rule_does_name(enum rule_does does); /* wrong nothing issues amends */

struct rule_entry { /* of a file */
	struct str name;
	struct csv_errors errors;
	enum rule_does does;
	struct str code; /* "": it says none */
	int64_t rule;    /* 0: none yet */
	int64_t version; /* that it is, or will be; 0 where it is wrong */
	ptrdiff_t part;  /* of what is asked for; -1: nothing */
};
struct rules_intake {
	struct arena *arena;
	struct rules_ask ask;
	struct rule_entry *entries; /* in the order of the files */
	size_t wrong;               /* places, in all of them */
	struct act_part *parts;
	size_t part_count;
};
/* ERR_FORBIDDEN when this person doesn't put rules into the register. Everything is in `arena`. */
MUST_CHECK enum err rules_read(struct arena *arena, const struct rules_ask *ask,
	struct rules_intake *ret_intake, struct bh_err *reterr);
/* All that they ask for, or nothing while anything is wrong. It borrows from the intake. */
struct act rules_act(const struct rules_intake *intake);

#endif
