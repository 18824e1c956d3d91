/* read.h: the keys of a definition as tables, shared by the reader and the JSON Schema. Private to the room.
 */
#ifndef PROCEDURE_READ_H
#define PROCEDURE_READ_H

#include "procedure/yaml_tree.h"

/* What may stand behind a key: how it is read, and how an editor completes it. */
enum shape {
	SHAPE_TEXT,       /* struct str */
	SHAPE_NAME,       /* struct str: [a-z][a-z0-9_]* */
	SHAPE_BOOL,       /* bool */
	SHAPE_COUNT,      /* int, 0 … 10000 */
	SHAPE_LABEL,      /* struct label: {zh, en} */
	SHAPE_GRASP,      /* enum grasp */
	SHAPE_KIND,       /* bool: the word `accountability` */
	SHAPE_VISIBILITY, /* enum visibility */
	SHAPE_FIELD_TYPE, /* enum field_type */
	SHAPE_END,        /* enum end_kind */
	SHAPE_EVIDENCE,   /* enum evidence */
	SHAPE_PURPOSE,    /* enum purpose */
	SHAPE_TERM,       /* struct term */
	SHAPE_ROLE,       /* int: index of a role */
	SHAPE_FIELD,      /* int: index of a field of the procedure */
	SHAPE_STATE,      /* int */
	SHAPE_STATES,     /* int *, size_t behind it */
	SHAPE_ACTIONS,    /* int *, size_t behind it, struct place behind that where `place` says so */
	SHAPE_DUTY,       /* int */
	SHAPE_STOPS,      /* bool: the word `all` */
	SHAPE_TOLD,       /* bool: the word `subject` */
	SHAPE_TELLS,      /* struct str *, size_t behind it: names of fields */
	SHAPE_EACH,       /* const struct field *: a field of the procedure of type rows */
	SHAPE_CHOICES,    /* struct choice *, size_t behind it */
	SHAPE_FIELDS,     /* struct field *, size_t behind it: named, with their own keys */
	SHAPE_COLUMNS,    /* the same, of rows: each holds one value */
	SHAPE_SET_FIELDS, /* the same, of an action: one named like a field of the procedure inherits from it
			   */
	SHAPE_BASIS,      /* struct basis *, size_t behind it */
	SHAPE_ROLES,
	SHAPE_STATE_MAP,
	SHAPE_ACTION_MAP,
	SHAPE_DUTY_MAP,
	SHAPE_REQUEST_MAP,
	SHAPE_CHILDREN,
	SHAPE_CLOSE,
	SHAPE_PROGRESS,
	SHAPE_LAMP,
	SHAPE_NUMBER,
	SHAPE_WITHIN,
	SHAPE_BY,
	SHAPE_EVERY,
	SHAPE_CALENDAR,
	SHAPE_NOT_BEFORE, /* struct limit */
	SHAPE_BREACH,     /* struct breach */
	SHAPE_ESCALATE,   /* struct reach *, size_t behind it */
	SHAPE_OPEN,       /* struct opening: the procedure's name */
	SHAPE_WITH,       /* struct opening: what is given to its fields */
	SHAPE_ROLE_FUNCTION,
	SHAPE_ROLE_FIELD,
	SHAPE_ROLE_HEAD,
	SHAPE_ROLE_SUPERIOR, /* struct role */
	SHAPE_CONDITION,     /* struct condition: its text */
	SHAPE_CHECKS,        /* struct check_rule *, size_t behind it */
	SHAPE_ELIGIBILITY,   /* of the procedure */
	SHAPE_ELIGIBILITY_RULES,
	SHAPE_ELIGIBILITY_TEST,
	SHAPE_EFFECT,       /* of the procedure */
	SHAPE_LETTERS,      /* of the procedure */
	SHAPE_MEETING,      /* of the procedure */
	SHAPE_COVERS,       /* of the procedure */
	SHAPE_SUPERVISION,  /* enum supervision */
	SHAPE_STUDY,        /* of the procedure */
	SHAPE_STUDY_AS,     /* enum study */
	SHAPE_COUNTS_AS,    /* of the procedure */
	SHAPE_COUNTED,      /* enum count_kind */
	SHAPE_CHECK_IN,     /* of the procedure */
	SHAPE_FROM_ABOVE,   /* of the procedure */
	SHAPE_CHECK_BREACH, /* struct check_rule: whose breach of procedure it is, and who hears of it */
	SHAPE_COUNT_OF
};

struct key {
	const char *name;
	enum shape shape;
	size_t offset; /* where in the struct the value goes */
	bool required;
	const char *help; /* one sentence for the editor and the docs */
	size_t place;     /* where its place goes; 0: nowhere */
};

struct keys {
	const char *what; /* "an action", for messages */
	const struct key *rows;
	size_t count;
};

/* The words of a shape that is one of some words; none of any other. */
struct words {
	const char *const *items;
	size_t count;
};
struct words shape_words(enum shape shape);

extern const struct keys label_keys, procedure_keys, role_keys, field_keys, column_keys, set_field_keys,
	state_keys, action_keys, duty_keys, request_keys, breach_keys, basis_keys, children_keys,
	letters_keys, lamp_keys, check_keys, check_breach_keys, eligibility_keys, eligibility_rule_keys,
	effect_keys, meeting_keys, covers_keys, study_keys, counts_as_keys, check_in_keys, from_above_keys;

struct reader {
	struct arena *arena;
	struct str file;
	struct findings *findings;
	struct procedure *procedure;
};

/* One value into `into`; adds findings for all that is wrong with it. */
typedef void read_shape_fn(
	struct reader *reader, const struct key *key, void *into, const struct yaml *value);
extern read_shape_fn *const shape_readers[SHAPE_COUNT_OF];
read_shape_fn shape_name, shape_term, shape_role; /* read_shape.c, for the others */
read_shape_fn shape_within, shape_by, shape_every, shape_calendar, shape_not_before, shape_breach,
	shape_escalate, shape_open, shape_with; /* read_limit.c */
read_shape_fn shape_basis, shape_condition, shape_checks, shape_eligibility, shape_eligibility_rules,
	shape_eligibility_test, shape_effect, shape_from_above, shape_check_breach;     /* read_condition.c */
read_shape_fn shape_meeting, shape_check_in;                                            /* read_meeting.c */
read_shape_fn shape_covers, shape_study, shape_counts_as;                               /* read_report.c */
read_shape_fn shape_choices, shape_fields, shape_columns, shape_set_fields, shape_each; /* read_field.c */

/* All keys of one map: unknown ones are refused with the nearest, missing ones named; rows are read in their
 * order. */
void read_map(struct reader *reader, const struct keys *keys, const struct yaml *map, void *into);
/* A map of named things: checks the names, allocates `size` bytes each with name and place first; returns the
 * array. */
void *read_named(struct reader *reader, const char *what, const struct yaml *map, size_t most, size_t size,
	size_t *ret_count);

/* A word among some words; -1 after a finding with the nearest. */
int read_word(struct reader *reader, const struct yaml *value, const char *const *words, size_t count,
	const char *what);
/* The index of a name, or -1 after a W1 finding with the nearest name. */
int read_reference(struct reader *reader, const struct yaml *value, const void *items, size_t count,
	size_t size, const char *what);
/* The index of a field of the procedure, the same way. */
int read_field_reference(struct reader *reader, const struct yaml *value);
bool read_is_text(struct reader *reader, const struct yaml *value, const char *what);

/* A list and its count stand side by side in every struct of the tree. */
#define PUT_LIST(into, type, items, number)                                                                  \
	do {                                                                                                 \
		*(type **)(into) = (items);                                                                  \
		*(size_t *)(void *)((char *)(into) + sizeof(type *)) = (number);                             \
	} while (0)

#define SAY(reader, at, ...)                                                                                 \
	findings_add((reader)->findings, "format", (reader)->file, (at), STR_NONE, __VA_ARGS__)
#define SAY_W1(reader, at, ...)                                                                              \
	findings_add((reader)->findings, "W1", (reader)->file, (at), STR_NONE, __VA_ARGS__)

/* All conditions of the definition, once its fields are known: their names, and that what is compared can be
 * (read_condition.c). */
void read_conditions(struct reader *reader);

/* Of what reports read by the definition, `covers`, `study` and `counts_as`: which fields can say it
 * (read_report.c). */
void read_report_check(struct reader *reader);
/* What a meeting and a list that people enter themselves on need (read_meeting.c). */
void read_meeting_check(struct reader *reader);

/* The rules about names and types that need the whole tree (read_whole.c). */
void read_whole_check(struct reader *reader);

#endif
