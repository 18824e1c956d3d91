/* person.c: the candidate of an appointment as the form for it tells them: from the record, and what the
 * record doesn't keep from an .lrmx file. */
#include "paper/values.h"

/* The candidate that the definition names; 0: none yet. */
static int64_t candidate_of(const struct matter *matter)
{
	const struct procedure *procedure = matter->procedure;

	if (procedure->eligibility.place.line == 0)
		return 0;
	const struct doc *value =
		doc_get_str(matter->fields, procedure->fields[procedure->eligibility.candidate].name);

	return value == NULL ? 0 : value->number;
}

static struct str posts_of(const struct values *values, int64_t person)
{
	const struct teller *teller = &values->view->teller;
	int64_t posts[16];
	size_t count = org_posts_held(
		teller->institution->org, person, values->view->today, posts, ARRAY_COUNT(posts));
	struct buf buf = buf_new(teller->arena);

	for (size_t i = 0; i < count; i++) {
		buf_puts(&buf, i == 0 ? "" : "、");
		buf_put(&buf, tell_post(teller, posts[i]));
	}
	return buf_str(&buf);
}

/* "2019.03" */
static void put_month(struct buf *buf, struct day day)
{
	int year, month, dom;

	if (day_is_none(day)) {
		buf_puts(buf, "       ");
		return;
	}
	day_split(day, &year, &month, &dom);
	buf_format(buf, "%d.%02d", year, month);
}

/* By the time at which each began: the roster keeps them in the order of entry. */
static const struct tenure *next_tenure(const struct org *org, int64_t person, const struct tenure *behind)
{
	const struct tenure *next = NULL;

	for (size_t i = 0; i < org_tenure_count(org); i++) {
		const struct tenure *tenure = org_tenure_at(org, i);

		if (tenure->person != person ||
			(behind != NULL && (tenure->from.number < behind->from.number ||
						   (tenure->from.number == behind->from.number &&
							   tenure->id <= behind->id))))
			continue;
		if (next == NULL || tenure->from.number < next->from.number ||
			(tenure->from.number == next->from.number && tenure->id < next->id))
			next = tenure;
	}
	return next;
}

static struct str career_of(const struct values *values, int64_t person)
{
	const struct teller *teller = &values->view->teller;
	const struct org *org = teller->institution->org;
	struct buf buf = buf_new(teller->arena);
	const struct tenure *tenure = NULL;

	while ((tenure = next_tenure(org, person, tenure)) != NULL) {
		if (buf.size > 0)
			buf_put_char(&buf, '\n');
		put_month(&buf, tenure->from);
		buf_puts(&buf, "--");
		put_month(&buf, tenure->until);
		buf_puts(&buf, "  ");
		buf_put(&buf, tell_post(teller, tenure->post));
		if (tenure->kind == TENURE_ACTING)
			buf_puts(&buf, "(代理)");
	}
	return buf_str(&buf);
}

static struct str born_of(const struct values *values, const struct person *person)
{
	int year, month, dom;

	if (day_is_none(person->born))
		return STR("");
	day_split(person->born, &year, &month, &dom);
	return str_format(values->view->teller.arena, "%d.%02d\n(%d岁)", year, month,
		lrmx_age(person->born, values->view->today));
}

static struct str post_of_field(const struct values *values, const char *name)
{
	return tell_post(&values->view->teller, doc_get_int(values->view->matter->fields, name, 0));
}

enum err value_person(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct matter *matter = values->view->matter;
	const struct procedure *procedure = matter->procedure;
	int64_t id = candidate_of(matter);
	const struct person *person = org_person(values->view->teller.institution->org, id);
	struct str text = STR("");

	(void)row;
	if (person == NULL)
		return err_set(reterr, ERR_REFUSED, "", "nobody is proposed in this matter yet");
	if (str_is(name, "name"))
		text = person->name;
	else if (str_is(name, "gender"))
		text = str_is(person->gender, "m")   ? STR("男")
		       : str_is(person->gender, "f") ? STR("女")
						     : STR("");
	else if (str_is(name, "born"))
		text = born_of(values, person);
	else if (str_is(name, "post"))
		text = posts_of(values, id);
	else if (str_is(name, "new_post"))
		text = post_of_field(values, str_copy(values->view->teller.arena,
						     procedure->fields[procedure->eligibility.post].name)
						     .data);
	else if (str_is(name, "left_post"))
		text = post_of_field(values, "leaving");
	else if (str_is(name, "grounds"))
		text = doc_get_text(matter->fields, "grounds");
	else if (str_is(name, "career") && values->lrmx != NULL && values->lrmx->values[LRMX_JianLi].size > 0)
		text = values->lrmx->values[LRMX_JianLi];
	else if (str_is(name, "career"))
		text = career_of(values, id);
	*ret = text_value(text);
	return ERR_OK;
}

/* ---- what only the file knows ---- */

enum err value_form(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	enum lrmx_element element;

	(void)row;
	if (!lrmx_find(name, &element))
		return err_set(reterr, ERR_NOT_FOUND, "", "an .lrmx file has no element of this name");
	*ret = text_value(values->lrmx == NULL ? STR("") : values->lrmx->values[element]);
	return ERR_OK;
}

#define FAMILY_LINES 5 /* left blank on a form that is filled in by hand */

size_t count_family(const struct values *values)
{
	return values->lrmx == NULL ? FAMILY_LINES : values->lrmx->family_count;
}

enum err value_family(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct lrmx *lrmx = values->lrmx;
	const struct lrmx_relative *relative = lrmx == NULL ? NULL : &lrmx->family[row];

	(void)reterr;
	if (relative == NULL)
		*ret = text_value(STR(""));
	else
		*ret = text_value(str_is(name, "relation") ? relative->relation
				  : str_is(name, "name")   ? relative->name
				  : str_is(name, "born")   ? relative->born
				  : str_is(name, "party")  ? relative->party
							   : relative->post);
	return ERR_OK;
}

/* ---- the file itself ---- */

static struct str month_of(struct arena *arena, struct day day)
{
	int year, month, dom;

	if (day_is_none(day))
		return STR("");
	day_split(day, &year, &month, &dom);
	return str_format(arena, "%04d%02d", year, month);
}

static struct str day_of_form(struct arena *arena, struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return str_format(arena, "%04d%02d%02d", year, month, dom);
}

/* What the record knows goes over what the file said. */
static void put_known(struct lrmx *lrmx, enum lrmx_element element, struct str text)
{
	if (text.size > 0)
		lrmx->values[element] = text;
}

static enum err put_value(const struct values *values, struct lrmx *lrmx, enum lrmx_element element,
	const char *name, struct bh_err *reterr)
{
	struct docx_value value;

	TRY(value_person(values, str_from(name), 0, &value, reterr));
	put_known(lrmx, element, value.text);
	return ERR_OK;
}

enum err paper_lrmx(const struct matter_view *view, const struct lrmx *base, int64_t by,
	struct lrmx *ret_lrmx, struct bh_err *reterr)
{
	struct matter_view told = *view;
	const struct values values = {.view = &told};
	struct arena *arena = view->teller.arena;
	const struct person *person = org_person(view->teller.institution->org, candidate_of(view->matter));
	static const struct {
		enum lrmx_element element;
		const char *name;
	} known[] = {{LRMX_XingMing, "name"}, {LRMX_XingBie, "gender"}, {LRMX_XianRenZhiWu, "post"},
		{LRMX_NiRenZhiWu, "new_post"}, {LRMX_NiMianZhiWu, "left_post"},
		{LRMX_RenMianLiYou, "grounds"}};
	struct lrmx made = {.family = NULL};

	told.teller.chinese = true;
	for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++)
		made.values[i] = STR("");
	if (base != NULL)
		made = *base;
	for (size_t i = 0; i < ARRAY_COUNT(known); i++)
		TRY(put_value(&values, &made, known[i].element, known[i].name, reterr));
	if (base != NULL && !str_equal(base->values[LRMX_XingMing], made.values[LRMX_XingMing]))
		return err_set(reterr, ERR_REFUSED, "XingMing", "the file is of somebody else: %.*s",
			STR_ARG(base->values[LRMX_XingMing]));
	put_known(&made, LRMX_ChuShengNianYue, month_of(arena, person->born));
	/* A career in the file goes further back than our roster. */
	if (made.values[LRMX_JianLi].size == 0)
		made.values[LRMX_JianLi] = career_of(&values, person->id);
	made.values[LRMX_JiSuanNianLingShiJian] = made.values[LRMX_TianBiaoShiJian] =
		day_of_form(arena, view->today);
	put_known(&made, LRMX_TianBiaoRen, tell_person(&told.teller, by));
	if (made.values[LRMX_Version].size == 0)
		made.values[LRMX_Version] = STR("3.2.1.16");
	*ret_lrmx = made;
	return ERR_OK;
}
