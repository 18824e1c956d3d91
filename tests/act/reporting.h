/* reporting.h: a small procedure that anybody may begin without a name, and what they send. */
#ifndef TESTS_ACT_REPORTING_H
#define TESTS_ACT_REPORTING_H

#include "district.h"

/* small_report: to the inspection, about a unit; told to the reporter by `say` and `answer`. */
void reporting_adopt(struct district *district);
/* The hash of a code, as it is sent. */
struct str reporting_code(struct district *district, const char *code);
enum err reporting_send(struct district *district, const char *code, const char *unit, const char *title);
enum err reporting_add(struct district *district, const char *code, const char *text);

#endif
