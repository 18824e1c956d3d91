/* reported.h: what reports read of matters by their definition, as words: kinds of supervision (`covers`),
 * and what belongs to the record of study (`study`). Included by procedure.h. */
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

#endif
