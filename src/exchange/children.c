/* children.c: the jobs of children. */
#include "exchange/children.h"

#include "exchange/package_parts.h"
#include "exchange/pdf_parts.h"

void children_answer(int argc, char **argv)
{
	const struct apart_job jobs[] = {
		{"workbook", workbook_take_apart, apart_limits_usual, NULL},
		{"pdf", pdf_draw_job, apart_limits_usual, pdf_prepare_job},
		{"package", package_split_job, apart_limits_usual, NULL},
	};

	apart_answer(argc, argv, jobs, ARRAY_COUNT(jobs));
}
