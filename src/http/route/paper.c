/* paper.c: documents on paper: which there are for a matter, and one of them, told to the sender as the
 * matter is. */
#include "http/route/paper.h"
#include "http/handlers.h"
#include "http/reading.h"
#include "http/service.h"

#define DOCX "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

static struct str data_folder(const struct http_request *request)
{
	return request->service->config.dir;
}

static enum err read_view(const struct reading *reading, struct matter_view *view)
{
	struct http_request *request = reading->request;
	const struct matter_ask ask = reading_ask(reading);
	int64_t matter = request_int(request, "matter");

	TRY(reading_enter(reading, matter));
	return matter_view_read(&ask, matter, view, &request->why);
}

enum err route_matter_papers(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	struct paper *papers;
	size_t count;

	TRY(read_view(&reading, view));
	TRY(papers_list(request->arena, data_folder(request), &papers, &count, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "papers");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		struct str lacks;

		if (papers[i].in_english || !paper_is_for(&papers[i], view->matter->procedure))
			continue;
		TRY(paper_lacks(&papers[i], view, &lacks, &request->why));
		json_out_open(out, '{');
		json_out_field_text(out, "name", papers[i].name);
		json_out_field_text(
			out, "title", reading.teller.chinese ? papers[i].title : papers[i].english);
		json_out_field_bool(out, "english", papers[i].both);
		if (lacks.size > 0)
			json_out_field_text(out, "lacks", lacks);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

/* ---- the file ---- */

enum err paper_reply(struct http_request *request, struct reply *reply, const struct paper *paper,
	struct str of, struct str docx)
{
	bool pdf = str_is(request_text(request, "format"), "pdf");
	struct str bytes = docx;

	if (pdf)
		TRY(paper_pdf(request->arena, data_folder(request), docx, &bytes, &request->why));
	reply_body(reply, pdf ? "application/pdf" : DOCX, bytes);
	reply_name(reply, str_format(reply->arena, "%.*s%.*s.%s", STR_ARG(paper->title), STR_ARG(of),
				  pdf ? "pdf" : "docx"));
	return ERR_OK;
}

enum err route_matter_paper(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	struct matter_view *view = ARENA_TAKE(request->arena, 1, struct matter_view);
	struct paper paper;
	struct str docx;

	TRY(read_view(&reading, view));
	TRY(paper_find(request->arena, data_folder(request), request_text(request, "paper"),
		request_text(request, "lang"), &paper, &request->why));
	TRY(paper_of_matter(&paper, view, NULL, &docx, &request->why));
	return paper_reply(request, reply, &paper, view->matter->number, docx);
}

enum err paper_reply_report(struct http_request *request, struct reply *reply, const struct reading *reading,
	const struct report_row *row, const struct report *report)
{
	struct str title = str_from(tell_either(&reading->teller, row->zh, row->en));
	const struct paper_report of = {.institution = reading->teller.institution,
		.store = request->reader,
		.now = request_now(request),
		.title = title,
		.from = request_day(request, "from"),
		.to = request_day(request, "to"),
		.report = report};
	struct paper paper;
	struct str docx;

	TRY(paper_find(request->arena, data_folder(request), STR("bulletin"), teller_lang(&reading->teller),
		&paper, &request->why));
	TRY(paper_of_report(request->arena, &paper, &of, &docx, &request->why));
	return paper_reply(request, reply, &paper, title, docx);
}
