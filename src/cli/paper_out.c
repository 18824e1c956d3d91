/* paper_out.c: a paper as docx or PDF into a file. */
#include "cli/paper_out.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool paper_form_find(const struct call *call, const char *path, enum paper_form *ret_form)
{
	const char *format = option_value(call, "format");

	if (format == NULL && str_ends(str_from(path), ".docx"))
		format = "docx";
	if (format == NULL && str_ends(str_from(path), ".pdf"))
		format = "pdf";
	if (format == NULL)
		return false;
	*ret_form = strcmp(format, "pdf") == 0 ? PAPER_PDF : PAPER_DOCX;
	return strcmp(format, "pdf") == 0 || strcmp(format, "docx") == 0;
}

enum err paper_put(struct call *call, struct str dir, const char *path, enum paper_form form, struct str docx)
{
	struct str bytes = docx;

	if (form == PAPER_PDF)
		TRY(paper_pdf(call->arena, dir, docx, &bytes, &call->why));
	if (strcmp(path, "-") != 0)
		return file_write_atomic(path, bytes, &call->why);
	if (isatty(STDOUT_FILENO) == 1)
		return err_set(&call->why, ERR_INVALID, "--out",
			"a document goes into a file: name it with --out FILE.docx or FILE.pdf");
	fwrite(bytes.data, 1, bytes.size, stdout);
	return ERR_OK;
}
