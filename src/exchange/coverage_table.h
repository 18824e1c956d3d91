/* coverage_table.h: what a plan of rounds is asked for, as two tables.
 *
 * Units to be inspected:
 *   unit      单位      by code
 *   weight    工作量    how much work it is, 1 to 1000; 1 when empty
 *   earliest  最早轮次  rounds from 1; no limit when empty
 *   latest    最晚轮次
 * Inspectors:
 *   person    人员      by sign-in name */
#ifndef EXCHANGE_COVERAGE_TABLE_H
#define EXCHANGE_COVERAGE_TABLE_H

#include "exchange/csv.h"
#include "grasp/grasp.h"

/* Every bad cell is an error; the rows in the order of the file, in the errors' arena. */
struct coverage_wish *coverage_units_read(
	const struct org *org, const struct csv_table *csv, struct csv_errors *errors, int *ret_count);
int64_t *coverage_inspectors_read(
	const struct org *org, const struct csv_table *csv, struct csv_errors *errors, int *ret_count);

#endif
