/* reported.h: what reports read of matters by their definition, as words: kinds of supervision (`covers`),
 * what belongs to the record of study (`study`), and what else is counted (`counts_as`). Included by
 * procedure.h. */
#ifndef PROCEDURE_REPORTED_H
#define PROCEDURE_REPORTED_H

#include "base/base.h"

/* Kinds of supervision: the four of the full coverage (四个全覆盖), and supervision of single affairs (督查),
 * which counts for none of them. */
#define SUPERVISIONS                                                                                         \
	SUPERVISION(DISCIPLINE, "discipline") /* 纪律监督 */                                             \
	SUPERVISION(OVERSIGHT, "oversight")   /* 监察监督 */                                             \
	SUPERVISION(STATIONED, "stationed")   /* 派驻监督 */                                             \
	SUPERVISION(INSPECTION, "inspection") /* 巡察监督 */                                             \
	SUPERVISION(SPECIAL, "special")       /* 专项督查 */
enum supervision {
#define SUPERVISION(NAME, wire) SUPERVISION_##NAME,
	SUPERVISIONS
#undef SUPERVISION
		SUPERVISION_COUNT,
	SUPERVISION_FULL_COUNT = SUPERVISION_SPECIAL /* so many must reach every unit in a term */
};
const char *supervision_name(enum supervision supervision); /* discipline oversight stationed … */
enum supervision supervision_of(struct str name);           /* SUPERVISION_COUNT when there is none of it */

/* What a procedure is in the record of study (学习), and which field says what.
 * STUDY_PART(NAME, wire, types, needed, allowed, help): a bit for each type that the field may have, and for
 * each of STUDIES in which it is needed, and may be. */
#define STUDIES STUDY(PLAN, "plan") STUDY(SESSION, "session") STUDY(CATCH_UP, "catch_up")
enum study {
#define STUDY(NAME, wire) STUDY_##NAME,
	STUDIES
#undef STUDY
		STUDY_COUNT
};
const char *study_name(enum study study); /* plan session catch_up */
#define STUDY_TYPE(NAME) (1u << FIELD_##NAME)
#define STUDY_IN(NAME)   (1u << STUDY_##NAME)
#define STUDY_PARTS                                                                                          \
	STUDY_PART(UNIT, "unit", STUDY_TYPE(UNIT), STUDY_IN(PLAN) | STUDY_IN(SESSION),                       \
		STUDY_IN(PLAN) | STUDY_IN(SESSION), "whose plan it is, or who holds the session")            \
	STUDY_PART(YEAR, "year", STUDY_TYPE(NUMBER), STUDY_IN(PLAN), STUDY_IN(PLAN), "the year of a plan")   \
	STUDY_PART(SESSIONS, "sessions", STUDY_TYPE(NUMBER), 0, STUDY_IN(PLAN), "how many a plan has")       \
	STUDY_PART(HOURS, "hours", STUDY_TYPE(HOURS) | STUDY_TYPE(NUMBER), STUDY_IN(CATCH_UP),               \
		STUDY_IN(PLAN) | STUDY_IN(SESSION) | STUDY_IN(CATCH_UP),                                     \
		"hours: of each person by a plan, of a session, made up")                                    \
	STUDY_PART(HELD_ON, "held_on", STUDY_TYPE(DATE), STUDY_IN(SESSION) | STUDY_IN(CATCH_UP),             \
		STUDY_IN(SESSION) | STUDY_IN(CATCH_UP), "the day of the session")                            \
	STUDY_PART(FIRST_ITEM, "first_item", STUDY_TYPE(TEXT), 0, STUDY_IN(SESSION),                         \
		"what a session studies first")                                                              \
	STUDY_PART(ROLL, "roll", STUDY_TYPE(ROWS), STUDY_IN(SESSION), STUDY_IN(SESSION),                     \
		"who attended: rows of persons, with a column status that may be present")                   \
	STUDY_PART(PERSON, "person", STUDY_TYPE(PERSON), STUDY_IN(CATCH_UP), STUDY_IN(CATCH_UP),             \
		"who catches up")
enum study_part {
#define STUDY_PART(NAME, wire, types, needed, allowed, help) STUDY_PART_##NAME,
	STUDY_PARTS
#undef STUDY_PART
		STUDY_PART_COUNT
};

/* As what else the matters of a procedure are counted and imported, and which field says what.
 * COUNT_PART(NAME, wire, types, needed, allowed, help): as STUDY_PART, for each of COUNTED. */
#define COUNTED                                                                                              \
	COUNTED_AS(TASK, "task")                   /* 重点工作 */                                        \
	COUNTED_AS(FINDING, "finding")             /* 发现的问题 */                                     \
	COUNTED_AS(RECTIFICATION, "rectification") /* 问题的整改 */                                     \
	COUNTED_AS(CHECKLIST, "checklist")         /* 检查表 */                                           \
	COUNTED_AS(LOOK_BACK, "look_back")         /* 回头看 */                                           \
	COUNTED_AS(STANDARD, "standard")           /* 工作标准 */
enum count_kind {
#define COUNTED_AS(NAME, wire) COUNTED_##NAME,
	COUNTED
#undef COUNTED_AS
		COUNTED_COUNT
};
/* task finding rectification checklist look_back standard */
const char *count_kind_name(enum count_kind kind);
#define COUNT_TYPE(NAME) (1u << FIELD_##NAME)
#define COUNT_IN(NAME)   (1u << COUNTED_##NAME)
#define COUNT_PARTS                                                                                          \
	COUNT_PART(UNIT, "unit", COUNT_TYPE(UNIT),                                                           \
		COUNT_IN(FINDING) | COUNT_IN(CHECKLIST) | COUNT_IN(LOOK_BACK),                               \
		COUNT_IN(FINDING) | COUNT_IN(CHECKLIST) | COUNT_IN(LOOK_BACK) | COUNT_IN(STANDARD),          \
		"whose finding it is, who is checked or looked at again, who drafts the standard")           \
	COUNT_PART(                                                                                          \
		ABOVE, "above", COUNT_TYPE(UNIT), 0, COUNT_IN(CHECKLIST), "the unit above who is checked")   \
	COUNT_PART(RESULT, "result", COUNT_TYPE(CHOICE), 0, COUNT_IN(FINDING),                               \
		"what was verified of a finding: a choice")                                                  \
	COUNT_PART(ITEMS, "items", COUNT_TYPE(ROWS) | COUNT_TYPE(NUMBER), COUNT_IN(CHECKLIST),               \
		COUNT_IN(CHECKLIST) | COUNT_IN(STANDARD),                                                    \
		"of a checklist its rows, the first column being the item; of a standard how many it has")   \
	COUNT_PART(REQUIREMENT, "requirement", COUNT_TYPE(TEXT), COUNT_IN(STANDARD), COUNT_IN(STANDARD),     \
		"what a standard carries out")                                                               \
	COUNT_PART(SOURCE, "source", COUNT_TYPE(TEXT), 0, COUNT_IN(STANDARD), "where that stands")
enum count_part {
#define COUNT_PART(NAME, wire, types, needed, allowed, help) COUNT_PART_##NAME,
	COUNT_PARTS
#undef COUNT_PART
		COUNT_PART_COUNT
};

#endif
