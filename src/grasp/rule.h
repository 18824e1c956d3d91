/* rule.h: the register of rules (规章制度): what is recorded of one when a version of it is put into the
 * register, and when it is repealed. The texts are in rule_text.h. Pure. */
#ifndef GRASP_RULE_H
#define GRASP_RULE_H

#include "grasp/rule_text.h"
#include "ledger/ledger.h"
#include "procedure/procedure.h"

enum rule_area { AREA_PEOPLE, AREA_MONEY, AREA_PROPERTY, AREA_AFFAIRS, RULE_AREA_COUNT }; /* 人财物事 */
enum rule_stage { STAGE_POLICY, STAGE_SUPERVISION, STAGE_TARGET, STAGE_ASSESSMENT, RULE_STAGE_COUNT };
const char *rule_area_name(enum rule_area area);      /* people money property affairs */
const char *rule_stage_name(enum rule_stage stage);   /* policy supervision target assessment */
struct label rule_area_label(enum rule_area area);    /* 人 */
struct label rule_stage_label(enum rule_stage stage); /* 政策机制 */
MUST_CHECK bool rule_area_parse(struct str text, enum rule_area *ret_area);
MUST_CHECK bool rule_stage_parse(struct str text, enum rule_stage *ret_stage);

bool rule_code_is_good(struct str code); /* 1 to 64 small letters, digits and -, none first */

#define RULE_PROCEDURES_MAX 20

/* A version that is put into the register, with all that then holds of its rule. */
struct rule_issue {
	int64_t rule, version; /* both from 1 */
	struct str code;       /* for ever: letters, digits and - */
	struct label title;
	enum rule_area area;
	unsigned stages;        /* 1 << STAGE_…; at least one */
	int64_t unit;           /* that has drafted it and looks after it */
	struct str text;        /* as rule_text_read takes it */
	struct day from;        /* the first day in force */
	int64_t finding;        /* the matter that it arose from; 0: none was named */
	int64_t matter;         /* by which it was made or amended; 0: by none that is in the record */
	int64_t review;         /* the matter in which its review is owed; 0: none … */
	struct day review_on;   /* … and then DAY_NONE */
	struct str *procedures; /* names of those that carry it out */
	size_t procedure_count;
	struct str note; /* why it was made or amended; "" */
};
/* From the object that its event holds, or will. ERR_INVALID names the member. All of it points into `doc`.
 */
MUST_CHECK enum err rule_issue_read(
	struct arena *arena, const struct doc *doc, struct rule_issue *ret_issue, struct bh_err *reterr);

struct rule_repeal {
	int64_t rule;
	struct day until; /* the first day it is no longer in force */
	int64_t by_rule;  /* the rule that takes its place; 0: none */
	int64_t matter;   /* by which it was repealed; 0: by none that is in the record */
	struct str reason;
};
MUST_CHECK enum err rule_repeal_read(
	const struct doc *doc, struct rule_repeal *ret_repeal, struct bh_err *reterr);

/* How a rule stands that is in the register already: what follows it must fit. */
struct rule_standing {
	struct str code;
	int64_t versions; /* 0: it isn't there */
	struct day from;  /* of the newest version */
	bool repealed;
};
/* Is it the next version, of the same code, in force later than the one before it? ERR_CONFLICT or
 * ERR_INVALID. */
MUST_CHECK enum err rule_issue_follows(
	const struct rule_issue *issue, const struct rule_standing *before, struct bh_err *reterr);
MUST_CHECK enum err rule_repeal_follows(
	const struct rule_repeal *repeal, const struct rule_standing *before, struct bh_err *reterr);

/* ---- an attested copy: a version with all that proves it to somebody who has the ledger's key ---- */

/* One JSON object: {"format", "class", "envelope", "payload", "receipt", "salt", "text"}. */
struct str rule_copy_print(struct arena *arena, const struct attested *copy, struct str text);
/* Does all of it follow: text in payload, payload in envelope, envelope under the signed root? ERR_INVALID:
 * it is no such copy. ERR_TAMPERED says what doesn't. `ret_issue` is what was recorded, and when. */
MUST_CHECK enum err rule_copy_verify(struct arena *arena, struct str copy, const struct note_key *key,
	struct rule_issue *ret_issue, struct instant *ret_recorded, struct bh_err *reterr);

#endif
