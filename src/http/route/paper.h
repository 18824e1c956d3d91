/* paper.h: papers as replies. */
#ifndef HTTP_ROUTE_PAPER_H
#define HTTP_ROUTE_PAPER_H

#include "http/reading.h"
#include "paper/paper.h"

/* The file, as docx or, where the parameter "format" says so, as PDF. `of` follows its title in its name. */
MUST_CHECK enum err paper_reply(struct http_request *request, struct reply *reply, const struct paper *paper,
	struct str of, struct str docx);
/* A report as a bulletin, in the same forms. */
MUST_CHECK enum err paper_reply_report(struct http_request *request, struct reply *reply,
	const struct reading *reading, const struct report_row *row, const struct report *report);

#endif
