/* paper_out.c: a paper as docx or PDF into a file. */
#include "cli/paper_out.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
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

enum err paper_lang(struct call *call, struct str *ret_lang)
{
	const char *lang = option_value(call, "paper-lang");

	*ret_lang = str_from(lang == NULL ? "zh" : lang);
	if (!str_is(*ret_lang, "zh") && !str_is(*ret_lang, "en"))
		return err_set(&call->why, ERR_INVALID, "--paper-lang", "a paper is in zh or en");
	return ERR_OK;
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

/* ---- templates ---- */

static struct str file_name(const char *path)
{
	struct str rest = str_from(path), name = rest;

	while (str_cut(&rest, '/', &name))
		;
	return name;
}

enum err paper_look_through(struct call *call, const char *file, struct paper *ret_paper)
{
	struct str name = file_name(file), bytes;
	struct bh_err why;

	if (!str_ends(name, ".docx"))
		return err_set(&call->why, ERR_INVALID, file,
			"a template is a file that ends in .docx; its name is the name of the paper");
	TRY(file_read(call->arena, file, DOCX_SIZE_MAX, &bytes, &call->why));
	enum err err = paper_check(call->arena, str_slice(name, 0, name.size - 5), bytes, ret_paper, &why);

	return err == ERR_OK ? ERR_OK
			     : err_pass(&call->why, err,
				       str_format(call->arena, "%s: %s", file, why.place).data, &why);
}

enum err paper_put_in_use(struct call *call, const char *dir, const char *file)
{
	const char *folder = str_format(call->arena, "%s/templates", dir).data;
	struct stat found;
	struct str bytes;

	if (stat(dir, &found) != 0 || !S_ISDIR(found.st_mode))
		return err_set(&call->why, ERR_NOT_FOUND, dir, "there is no such data folder");
	TRY(file_read(call->arena, file, DOCX_SIZE_MAX, &bytes, &call->why));
	if (mkdir(folder, 0700) != 0 && (stat(folder, &found) != 0 || !S_ISDIR(found.st_mode)))
		return err_set(&call->why, ERR_IO, folder, "the folder can't be made");
	return file_write_atomic(
		str_format(call->arena, "%s/%.*s", folder, STR_ARG(file_name(file))).data, bytes, &call->why);
}
