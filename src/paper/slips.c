/* slips.c: slips with the codes of a vote, to print and to cut. */
#include "paper/fill.h"

#define SLIP_MM 26 /* how large its QR code is drawn */

struct slipping {
	struct arena *arena;
	struct str title, root;
	const struct slip *slips;
	size_t count;
};

static enum err tell_slip(const struct slipping *slipping, const struct slip *slip, struct str what,
	struct docx_value *ret, struct bh_err *reterr)
{
	if (str_is(what, "qr"))
		return qr_value(slipping->arena, slip->link, SLIP_MM, ret, reterr);
	if (str_is(what, "title"))
		*ret = text_value(slipping->title);
	else if (str_is(what, "code"))
		*ret = text_value(slip->code);
	else if (str_is(what, "group"))
		*ret = text_value(slip->group);
	else if (str_is(what, "say"))
		*ret = text_value(STR(SLIP_SAY));
	else
		*ret = text_value(str_format(slipping->arena, "根 root %.*s", STR_ARG(slipping->root)));
	return ERR_OK;
}

static enum err value_of(
	void *context, struct str tag, size_t row, struct docx_value *ret_value, struct bh_err *reterr)
{
	const struct slipping *slipping = context;
	struct str name = tag_name(tag);
	bool right = str_starts(name, "right_");
	size_t at = row * 2 + right;

	if (!str_is(tag_group(tag), "slips") || (!right && !str_starts(name, "left_")))
		return no_such_tag(PAPER_OF_BALLOT, slipping->arena, tag, reterr);
	/* The last row may be half of one. */
	if (at >= slipping->count) {
		*ret_value = text_value(STR(""));
		return ERR_OK;
	}
	return tell_slip(
		slipping, &slipping->slips[at], str_slice(name, right ? 6 : 5, name.size), ret_value, reterr);
}

static enum err list_of(void *context, struct str name, size_t *ret_count, struct bh_err *reterr)
{
	const struct slipping *slipping = context;

	if (!str_is(name, "slips"))
		return err_set(reterr, ERR_NOT_FOUND, "", "there is no such list");
	*ret_count = (slipping->count + 1) / 2;
	return ERR_OK;
}

enum err paper_of_slips(struct arena *arena, const struct paper *paper, struct str title, struct str root,
	const struct slip *slips, size_t count, struct str *ret_docx, struct bh_err *reterr)
{
	struct slipping slipping = {arena, title, root, slips, count};
	const struct docx_values from = {&slipping, list_of, value_of};

	if (paper->of != PAPER_OF_BALLOT)
		return err_set(reterr, ERR_REFUSED, "paper", "this paper isn't for votes");
	return paper_fill(arena, paper, &from, ret_docx, reterr);
}
