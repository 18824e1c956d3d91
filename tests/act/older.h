/* older.h: a database as an older program left it. */
#ifndef TESTS_ACT_OLDER_H
#define TESTS_ACT_OLDER_H

/* Takes out of the database in `file` what the steps of the schema behind `version` brought, whatever they
 * are: tables, indexes, columns. What a later step made anew is there as it was, and empty. */
void older_schema(const char *file, int version);

#endif
