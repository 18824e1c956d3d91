/* fill.c: small things that several papers say. */
#include "paper/fill.h"

#include "exchange/file.h"
#include "exchange/pdf.h"
#include "exchange/picture.h"
#include "paper/shipped.h"

struct str tag_group(struct str tag)
{
	size_t dot = str_find(tag, STR("."));

	return dot == SIZE_MAX ? tag : str_slice(tag, 0, dot);
}

struct str tag_name(struct str tag)
{
	size_t dot = str_find(tag, STR("."));

	return dot == SIZE_MAX ? STR("") : str_slice(tag, dot + 1, tag.size);
}

struct docx_value text_value(struct str text)
{
	return (struct docx_value){.kind = DOCX_TEXT, .text = text};
}

enum err qr_value(struct arena *arena, struct str text, int millimetres, struct docx_value *ret_value,
	struct bh_err *reterr)
{
	*ret_value = (struct docx_value){.kind = DOCX_PICTURE, .millimetres = millimetres};
	return picture_of_code(arena, text, &ret_value->png, reterr);
}

struct str day_in_words(struct arena *arena, struct day day, bool chinese)
{
	static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July",
		"August", "September", "October", "November", "December"};
	int year, month, dom;

	if (day_is_none(day))
		return STR("");
	day_split(day, &year, &month, &dom);
	return chinese ? str_format(arena, "%d年%d月%d日", year, month, dom)
		       : str_format(arena, "%d %s %d", dom, months[month - 1], year);
}

#define FONTS_SIZE_MAX ((size_t)64 * 1024)

enum err paper_pdf(
	struct arena *arena, struct str dir, struct str docx, struct str *ret_pdf, struct bh_err *reterr)
{
	struct str path = str_format(arena, "%.*s/templates/fonts.txt", STR_ARG(dir)), own = STR("");
	struct bh_err why;

	if (dir.size > 0) {
		enum err err = file_read(arena, path.data, FONTS_SIZE_MAX, &own, &why);

		if (err != ERR_OK && err != ERR_NOT_FOUND)
			return err_pass(reterr, err, path.data, &why);
	}
	return pdf_of_docx(
		arena, docx, str_format(arena, "%.*s\n%s", STR_ARG(own), shipped_fonts), ret_pdf, reterr);
}
