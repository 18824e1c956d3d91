/* form.c: a form for an appointment (lrmx) as rows of tenures. A line of the career that names a post of ours
 * is a row; all others, and all that is said of the person, are left out and that is said. */
#include "intake/form.h"

#include "intake/ways.h"
#include "view/teller.h"

enum { POST, PERSON, FROM, UNTIL, CELLS };

/* ---- whom it is of ---- */

static bool same_month(struct day one, struct day other)
{
	int year, month, dom, year_too, month_too;

	if (day_is_none(one) || day_is_none(other))
		return false;
	day_split(one, &year, &month, &dom);
	day_split(other, &year_too, &month_too, &dom);
	return year == year_too && month == month_too;
}

struct day form_born(const struct lrmx *lrmx)
{
	struct day born;

	return lrmx_day(lrmx->values[LRMX_ChuShengNianYue], &born) ? born : DAY_NONE;
}

const struct person *form_person(const struct org *org, const struct lrmx *lrmx, enum form_known *ret_known)
{
	const struct person *found = NULL;
	struct day born = form_born(lrmx);
	size_t count = 0, named = 0;

	for (size_t i = 0; i < org_person_count(org); i++) {
		const struct person *person = org_person_at(org, i);

		if (!str_equal(person->name, lrmx->values[LRMX_XingMing]))
			continue;
		named++;
		if (!same_month(person->born, born))
			continue;
		found = person;
		count++;
	}
	*ret_known = count == 1   ? FORM_KNOWN
		     : count > 1  ? FORM_SEVERAL
		     : named == 0 ? FORM_STRANGER
				  : FORM_BORN_OTHERWISE;
	return count == 1 ? found : NULL;
}

/* ---- which post a line names ---- */

/* Forms write unit and title with a space between them, or without. */
static struct str plain(struct arena *arena, struct str text)
{
	struct buf buf = buf_new(arena);

	for (size_t at = 0; at < text.size;) {
		uint32_t character;
		size_t size = utf8_next(text, at, &character);

		if (character != ' ' && character != 0x3000)
			buf_put(&buf, str_slice(text, at, size));
		at += size;
	}
	return buf_str(&buf);
}

struct reading {
	struct intake *intake;
	const struct org *org;
	struct teller teller;
	const struct person *person;
};

static bool is_called(const struct reading *reading, int64_t post, struct str text, struct day on)
{
	struct arena *arena = reading->intake->arena;

	return str_equal(plain(arena, tell_post(&reading->teller, post)), text) ||
	       str_equal(plain(arena, tell_post_on(&reading->teller, post, on)), text);
}

/* The person's tenure of a post that began in that month; NULL. */
static const struct tenure *tenure_of(const struct reading *reading, int64_t post, struct day from)
{
	for (size_t i = 0; i < org_tenure_count(reading->org); i++) {
		const struct tenure *tenure = org_tenure_at(reading->org, i);

		if (tenure->person == reading->person->id && tenure->post == post &&
			same_month(tenure->from, from))
			return tenure;
	}
	return NULL;
}

/* The person's tenure of a post in any of those days, since another month; NULL. */
static const struct tenure *tenure_within(
	const struct reading *reading, int64_t post, struct day from, struct str until)
{
	struct day end;

	if (!lrmx_day(until, &end))
		end = DAY_NONE;
	for (size_t i = 0; i < org_tenure_count(reading->org); i++) {
		const struct tenure *tenure = org_tenure_at(reading->org, i);

		if (tenure->person == reading->person->id && tenure->post == post &&
			(day_is_none(end) || tenure->from.number < end.number) &&
			(day_is_none(tenure->until) || tenure->until.number > from.number))
			return tenure;
	}
	return NULL;
}

/* Of several that are called the same, the one that the roster has them in since then. 0: none, or which
 * isn't known: *ret_count how many there are. */
static int64_t post_named(
	const struct reading *reading, const struct lrmx_career *career, struct day from, size_t *ret_count)
{
	struct str text = plain(reading->intake->arena, career->text);
	int64_t only = 0, held = 0;

	*ret_count = 0;
	for (size_t i = 0; i < org_post_count(reading->org); i++) {
		int64_t post = org_post_at(reading->org, i)->id;

		if (!is_called(reading, post, text, from))
			continue;
		if (tenure_of(reading, post, from) != NULL)
			return post;
		if (tenure_within(reading, post, from, career->until) != NULL)
			held = post;
		only = post;
		++*ret_count;
	}
	return held != 0 ? held : *ret_count == 1 ? only : 0;
}

/* ---- rows ---- */

static struct csv_table *table_new(struct arena *arena, struct intake *intake)
{
	static const char *const names[CELLS] = {"post", "person", "from", "until"};
	struct csv_table *table = ARENA_TAKE(arena, 1, struct csv_table);

	table->columns = ARENA_TAKE(arena, CELLS, struct str);
	table->heads = ARENA_TAKE(arena, CELLS, struct str);
	table->bases = ARENA_TAKE(arena, CELLS, enum column_basis);
	table->column_count = CELLS;
	for (size_t i = 0; i < CELLS; i++) {
		table->columns[i] = table->heads[i] = str_from(names[i]);
		table->bases[i] = COLUMN_NAMED;
	}
	intake->table = table;
	intake->errors.table = table;
	intake->notes.table = table;
	return table;
}

/* A form knows the month where the roster knows the day. */
static struct str last_day(struct reading *reading, size_t line, struct str said, const struct tenure *tenure)
{
	struct intake *intake = reading->intake;
	struct day until = DAY_NONE;

	if (said.size > 0 && !lrmx_day(said, &until))
		until = DAY_NONE;
	if (tenure == NULL)
		return day_print(intake->arena, until);
	if (same_month(tenure->until, until) || (day_is_none(tenure->until) && day_is_none(until)))
		return day_print(intake->arena, tenure->until);
	if (day_is_none(tenure->until))
		csv_error_add(&intake->notes, line, UNTIL + 1, "in the roster this goes on to the present");
	else
		csv_error_add(&intake->notes, line, UNTIL + 1, "in the roster this ended on %s",
			day_print(intake->arena, tenure->until).data);
	return day_print(intake->arena, until);
}

static void put_line(struct reading *reading, size_t line, const struct lrmx_career *career)
{
	struct intake *intake = reading->intake;
	struct csv_table *table = intake->table;
	struct day from;
	size_t count;

	if (!lrmx_day(career->from, &from))
		return;
	int64_t post = post_named(reading, career, from, &count);

	if (post == 0) {
		csv_error_add(&intake->notes, line, 0,
			count == 0 ? "it names no post of the roster: %.*s"
				   : "several posts of the roster are called so, enter it by tenures: %.*s",
			STR_ARG(career->text));
		return;
	}
	const struct tenure *tenure = tenure_of(reading, post, from),
			    *other = tenure_within(reading, post, from, career->until);

	if (tenure == NULL && other != NULL) {
		csv_error_add(&intake->notes, line, FROM + 1,
			"in the roster this began on %s: a first day isn't changed by an import",
			day_print(intake->arena, other->from).data);
		return;
	}
	struct csv_row *row = ARENA_PUSH(intake->arena, table->rows, table->row_count, table->row_capacity);

	*row = (struct csv_row){.line = line, .cells = ARENA_TAKE(intake->arena, CELLS, struct str)};
	row->cells[POST] = org_post(reading->org, post)->code;
	row->cells[PERSON] = reading->person->code;
	row->cells[FROM] = day_print(intake->arena, tenure == NULL ? from : tenure->from);
	row->cells[UNTIL] = last_day(reading, line, career->until, tenure);
}

/* Said by name, so that whoever imports it sees that it stays in the file. */
static void tell_left_out(struct intake *intake, const struct lrmx *lrmx)
{
	struct buf zh = buf_new(intake->arena), en = buf_new(intake->arena);
	struct bh_err why;
	bool any = false;

	for (enum lrmx_element element = 0; element < LRMX_ELEMENT_COUNT; element++) {
		if (lrmx->values[element].size == 0 || element == LRMX_XingMing || element == LRMX_XingBie ||
			element == LRMX_ChuShengNianYue || element == LRMX_JianLi || element == LRMX_Version)
			continue;
		buf_format(&zh, "%s%s", any ? "、" : "", lrmx_label(element, STR("zh")));
		buf_format(&en, "%s%s", any ? ", " : "", lrmx_label(element, STR("en")));
		any = true;
	}
	if (lrmx->family_count > 0) {
		buf_puts(&zh, any ? "、家庭成员" : "家庭成员");
		buf_puts(&en, any ? ", relatives" : "relatives");
		any = true;
	}
	if (any &&
		err_set_both(&why, ERR_INVALID, "",
			str_format(intake->arena, "本系统不登记，未予读取：%s", buf_str(&zh).data).data,
			str_format(intake->arena, "not taken, for it isn't kept here: %s", buf_str(&en).data)
				.data) != ERR_OK)
		csv_error_pass(&intake->notes, 1, 0, &why);
}

void form_make(struct intake *intake, const struct lrmx *lrmx)
{
	struct reading reading = {.intake = intake,
		.org = intake->ask.institution->org,
		.teller = {.institution = intake->ask.institution, .arena = intake->arena, .chinese = true}};
	struct lrmx_career *lines;
	enum form_known known;
	size_t count;

	table_new(intake->arena, intake);
	reading.person = form_person(reading.org, lrmx, &known);
	if (known != FORM_KNOWN) {
		csv_error_add(&intake->errors, 1, 0,
			known == FORM_SEVERAL    ? "several people of the roster have this name and month of "
						   "birth: enter it by "
						   "tenures"
			: known == FORM_STRANGER ? "nobody of this name is in the roster: import people "
						   "first (lrmx-read --roster)"
						 : "who has this name in the roster was born at another "
						   "time: put that right first");
		return;
	}
	tell_left_out(intake, lrmx);
	lrmx_career(intake->arena, lrmx->values[LRMX_JianLi], &lines, &count);
	for (size_t i = 0; i < count; i++)
		put_line(&reading, i + 1, &lines[i]);
}
