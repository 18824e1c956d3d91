/* values.c: what a paper of a matter says. Each group of tags has one function here; what the matter hasn't
 * got yet is refused, so that no slip tells of a closing that never was. */
#include "paper/values.h"
#include "ledger/ledger.h"

#include <string.h>

static const struct institution *institution_of(const struct values *values)
{
	return values->view->teller.institution;
}

static struct arena *arena_of(const struct values *values)
{
	return values->view->teller.arena;
}

static struct day day_of(const struct values *values, struct instant instant)
{
	return instant_day(instant, institution_of(values)->offset_minutes);
}

static struct str words_of(const struct values *values, struct day day)
{
	return day_in_words(arena_of(values), day, values->view->teller.chinese);
}

static struct str words_of_day(const struct values *values, struct instant instant)
{
	return instant_is_none(instant) ? STR("") : words_of(values, day_of(values, instant));
}

/* What stands in a field. Days are in words, as official documents write them. */
static struct str words_of_field(
	const struct values *values, const struct field *field, const struct doc *value)
{
	struct day day;

	if (field->type == FIELD_DATE && value->kind == DOC_TEXT &&
		day_parse(value->text, &day, NULL) == ERR_OK)
		return words_of(values, day);
	return view_value(values->view, field, value);
}

/* ---- the matter ---- */

/* The unit that it is about: by the names that definitions use, else the first there is. */
static int64_t unit_of_matter(const struct matter *matter)
{
	static const char *const names[] = {"unit", "lead_unit"};
	const struct procedure *procedure = matter->procedure;

	for (size_t i = 0; i < ARRAY_COUNT(names); i++) {
		int field = procedure_field(procedure, str_from(names[i]));

		if (field >= 0 && procedure->fields[field].type == FIELD_UNIT)
			return doc_get_int(matter->fields, names[i], 0);
	}
	for (size_t i = 0; i < procedure->field_count; i++) {
		const struct doc *value = doc_get_str(matter->fields, procedure->fields[i].name);

		if (procedure->fields[i].type == FIELD_UNIT && value != NULL)
			return value->number;
	}
	return 0;
}

static struct str basis_of(const struct values *values)
{
	const struct procedure *procedure = values->view->matter->procedure;
	struct buf buf = buf_new(arena_of(values));

	for (size_t i = 0; i < procedure->basis_count; i++)
		buf_format(&buf, "%s《%.*s》%.*s",
			i == 0 ? "" : tell_either(&values->view->teller, "、", ", "),
			STR_ARG(procedure->basis[i].rule), STR_ARG(procedure->basis[i].article));
	return buf_str(&buf);
}

static enum err value_matter(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct matter_view *view = values->view;
	const struct matter *matter = view->matter;
	const struct procedure *procedure = matter->procedure;
	const struct state *state = &procedure->states[matter->state];
	struct str lang = teller_lang(&view->teller), text = STR("");

	(void)row, (void)reterr;
	if (str_is(name, "number"))
		text = matter->number;
	else if (str_is(name, "title"))
		text = view_title(view);
	else if (str_is(name, "procedure"))
		text = label_pick(procedure->title, procedure->name, lang);
	else if (str_is(name, "state"))
		text = label_pick(state->label, state->name, lang);
	else if (str_is(name, "opened"))
		text = words_of_day(values, matter->opened);
	else if (str_is(name, "unit"))
		text = tell_unit(&view->teller, unit_of_matter(matter));
	else if (str_is(name, "basis"))
		text = basis_of(values);
	else if (str_is(name, "lamp"))
		text = lamp_print(arena_of(values), &view->lamp, lang);
	*ret = text_value(text);
	return ERR_OK;
}

static enum err value_field(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct matter *matter = values->view->matter;
	int field = procedure_field(matter->procedure, name);

	(void)row;
	if (field < 0)
		return err_set(reterr, ERR_NOT_FOUND, "", "the procedure %.*s has no field of this name",
			STR_ARG(matter->procedure->name));
	const struct doc *value = doc_get_str(matter->fields, name);

	*ret = text_value(
		value == NULL ? STR("") : words_of_field(values, &matter->procedure->fields[field], value));
	return ERR_OK;
}

/* ---- deeds that a paper tells ---- */

static const struct view_event *last_event(const struct matter_view *view, enum event_kind kind)
{
	for (size_t i = view->event_count; i > 0; i--)
		if (view->events[i - 1].kind == kind)
			return &view->events[i - 1];
	return NULL;
}

/* The deed by which the matter ended well. */
static const struct view_event *closing_of(const struct matter_view *view)
{
	const struct matter *matter = view->matter;

	if (matter->procedure->states[matter->state].end != END_SUCCESS)
		return NULL;
	return last_event(view, EVENT_MATTER_ACTED);
}

static enum err value_urging(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct view_event *event = last_event(values->view, EVENT_MATTER_URGED);

	(void)row;
	if (event == NULL)
		return err_set(reterr, ERR_REFUSED, "", "nobody has urged in this matter yet");
	if (str_is(name, "day"))
		*ret = text_value(words_of_day(values, event->time));
	else if (str_is(name, "by"))
		*ret = text_value(view_actor(values->view, event));
	else
		*ret = text_value(doc_get_text(event->payload, "text"));
	return ERR_OK;
}

static enum err value_closing(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr)
{
	const struct view_event *event = closing_of(values->view);

	(void)row;
	if (event == NULL)
		return err_set(
			reterr, ERR_REFUSED, "", "this matter hasn't ended well: nothing is struck off");
	*ret = text_value(str_is(name, "day") ? words_of_day(values, values->view->matter->ended)
					      : view_actor(values->view, event));
	return ERR_OK;
}

/* The unit of the post that did what the paper tells. */
static enum err value_issuer(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct matter_view *view = values->view;
	const struct view_event *event = values->tells_urging    ? last_event(view, EVENT_MATTER_URGED)
					 : values->tells_closing ? closing_of(view)
								 : NULL;

	(void)name, (void)row, (void)reterr;
	if (event == NULL && view->event_count > 0)
		event = &view->events[0];
	const struct post *post =
		event == NULL ? NULL
			      : org_post(institution_of(values)->org, doc_get_int(event->payload, "post", 0));

	/* What the clock or an import opened has nobody's post: then the institution speaks. */
	*ret = text_value(post == NULL ? label_pick(institution_of(values)->title,
						 institution_of(values)->name, teller_lang(&view->teller))
				       : tell_unit(&view->teller, post->unit));
	return ERR_OK;
}

/* ---- lists ---- */

static bool has_value(const struct values *values, const struct field *field)
{
	const struct doc *value = doc_get_str(values->view->matter->fields, field->name);

	return value != NULL && view_value(values->view, field, value).size > 0;
}

static enum err value_fields(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct procedure *procedure = values->view->matter->procedure;
	size_t at = 0;

	(void)reterr;
	for (size_t i = 0; i < procedure->field_count; i++) {
		const struct field *field = &procedure->fields[i];

		if (!has_value(values, field) || at++ != row)
			continue;
		*ret = text_value(
			str_is(name, "label")
				? label_pick(field->label, field->name, teller_lang(&values->view->teller))
				: words_of_field(values, field,
					  doc_get_str(values->view->matter->fields, field->name)));
		return ERR_OK;
	}
	*ret = text_value(STR(""));
	return ERR_OK;
}

static bool is_owed(const struct duty *duty)
{
	return duty->state == DUTY_OPEN || duty->state == DUTY_PAUSED;
}

static const struct duty *duty_at(const struct values *values, bool all, size_t row)
{
	const struct matter_view *view = values->view;

	for (size_t i = 0; i < view->duty_count; i++)
		if ((all || is_owed(&view->duties[i])) && row-- == 0)
			return &view->duties[i];
	return NULL;
}

static struct str duty_state(const struct values *values, const struct duty *duty)
{
	const struct teller *teller = &values->view->teller;
	const char *word = duty_state_name(duty->state);

	if (duty->breached)
		word = "breached";
	return str_from(tell_word(teller, word));
}

static enum err tell_of_duty(
	const struct values *values, const struct duty *duty, struct str name, struct docx_value *ret)
{
	const struct matter_view *view = values->view;
	struct str text = STR("");

	if (duty == NULL)
		text = STR("");
	else if (str_is(name, "name"))
		text = view_duty_name(view, duty);
	else if (str_is(name, "bearer"))
		text = tell_bearer(&view->teller, duty->unit, duty->post, duty->person, view->today);
	else if (str_is(name, "due"))
		text = duty->state == DUTY_PAUSED || instant_is_none(duty->due)
			       ? STR("")
			       : words_of_day(values, (struct instant){duty->due.us - 1});
	else if (str_is(name, "state"))
		text = duty_state(values, duty);
	else if (str_is(name, "basis"))
		text = view_basis(view, duty);
	*ret = text_value(text);
	return ERR_OK;
}

static enum err value_duties(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	(void)reterr;
	return tell_of_duty(values, duty_at(values, false, row), name, ret);
}

static enum err value_all_duties(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr)
{
	(void)reterr;
	return tell_of_duty(values, duty_at(values, true, row), name, ret);
}

/* What people did; what the clock reminded of is no step. */
static const struct view_event *step_at(const struct values *values, size_t row)
{
	const struct matter_view *view = values->view;

	for (size_t i = 0; i < view->event_count; i++) {
		enum event_kind kind = view->events[i].kind;

		if ((kind == EVENT_MATTER_OPENED || kind == EVENT_MATTER_ACTED ||
			    kind == EVENT_REQUEST_DECIDED || kind == EVENT_DUTY_BREACHED) &&
			row-- == 0)
			return &view->events[i];
	}
	return NULL;
}

static enum err value_steps(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct view_event *event = step_at(values, row);

	(void)reterr;
	if (event == NULL)
		*ret = text_value(STR(""));
	else if (str_is(name, "day"))
		*ret = text_value(words_of_day(values, event->time));
	else if (str_is(name, "what"))
		*ret = text_value(view_headline(values->view, event));
	else
		*ret = text_value(view_actor(values->view, event));
	return ERR_OK;
}

static enum err value_evidence(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr)
{
	const struct evidence_item *item = &values->view->evidence[row];

	(void)reterr;
	*ret = text_value(str_is(name, "name") ? item->name : item->hash);
	return ERR_OK;
}

static enum err value_parts(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	const struct matter_line *part = &values->view->parts[row];

	(void)reterr;
	*ret = text_value(str_is(name, "number")  ? part->number
			  : str_is(name, "title") ? part->title
						  : tell_unit(&values->view->teller, part->unit));
	return ERR_OK;
}

/* ---- the paper itself ---- */

static enum err value_paper(const struct values *values, struct str name, size_t row, struct docx_value *ret,
	struct bh_err *reterr)
{
	(void)name, (void)row, (void)reterr;
	*ret = text_value(words_of(values, values->view->today));
	return ERR_OK;
}

static enum err value_institution(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr)
{
	const struct institution *institution = institution_of(values);

	(void)name, (void)row, (void)reterr;
	*ret = text_value(
		label_pick(institution->title, institution->name, teller_lang(&values->view->teller)));
	return ERR_OK;
}

static enum err keep_leaf(void *context, struct str leaf)
{
	*(struct hash *)context = leaf_hash(leaf);
	return ERR_OK;
}

/* Which event the paper was made behind, and the hash by which anybody finds that it is in the record. */
static enum err value_receipt(const struct values *values, struct str name, size_t row,
	struct docx_value *ret, struct bh_err *reterr)
{
	const struct matter_view *view = values->view;
	struct arena *arena = arena_of(values);
	struct store_institution of;
	struct hash hash = {0};
	uint64_t index = (uint64_t)view->matter->last_index;

	(void)row;
	TRY(store_institution_get(view->store, arena, &of, reterr));
	TRY(store_leaf_each(view->store, index, index + 1, keep_leaf, &hash, reterr));
	struct str hex = hex_print(arena, hash.bytes, HASH_SIZE);

	if (str_is(name, "qr"))
		return qr_value(arena,
			str_format(arena, "%.*s %llu %.*s", STR_ARG(of.origin), (unsigned long long)index,
				STR_ARG(hex)),
			RECEIPT_MM, ret, reterr);
	*ret = text_value(str_format(arena,
		tell_either(&view->teller,
			"账本 %.*s 事件 %llu\n叶散列 %.*s\n本文书依据%.*s截至该事件的记录生成。核验：bihuan "
			"receipt，或在事项页点“核验”。",
			"Ledger %.*s, event %llu\nleaf hash %.*s\nMade from the record of %.*s up to that "
			"event. To verify: bihuan receipt, or \"verify\" on the page of the matter."),
		STR_ARG(of.origin), (unsigned long long)index, STR_ARG(hex), STR_ARG(view->matter->number)));
	return ERR_OK;
}

/* ---- all groups ---- */

static const struct {
	const char *name;
	enum err (*value)(const struct values *values, struct str name, size_t row, struct docx_value *ret,
		struct bh_err *reterr);
} groups[] = {
	{"matter", value_matter},
	{"field", value_field},
	{"issuer", value_issuer},
	{"urging", value_urging},
	{"closing", value_closing},
	{"fields", value_fields},
	{"duties", value_duties},
	{"all_duties", value_all_duties},
	{"steps", value_steps},
	{"evidence", value_evidence},
	{"parts", value_parts},
	{"paper", value_paper},
	{"institution", value_institution},
	{"receipt", value_receipt},
	{"person", value_person},
	{"form", value_form},
	{"family", value_family},
};

static enum err value_of(
	void *context, struct str tag, size_t row, struct docx_value *ret_value, struct bh_err *reterr)
{
	const struct values *values = context;

	for (size_t i = 0; i < ARRAY_COUNT(groups); i++)
		if (str_is(tag_group(tag), groups[i].name))
			return groups[i].value(values, tag_name(tag), row, ret_value, reterr);
	return no_such_tag(PAPER_OF_MATTER, arena_of(values), tag, reterr);
}

static size_t count_fields(const struct values *values)
{
	const struct procedure *procedure = values->view->matter->procedure;
	size_t count = 0;

	for (size_t i = 0; i < procedure->field_count; i++)
		count += has_value(values, &procedure->fields[i]);
	return count;
}

static enum err list_of(void *context, struct str name, size_t *ret_count, struct bh_err *reterr)
{
	const struct values *values = context;
	const struct matter_view *view = values->view;
	size_t count = 0;

	if (str_is(name, "fields"))
		count = count_fields(values);
	else if (str_is(name, "duties"))
		for (; duty_at(values, false, count) != NULL; count++)
			;
	else if (str_is(name, "all_duties"))
		count = view->duty_count;
	else if (str_is(name, "steps"))
		for (; step_at(values, count) != NULL; count++)
			;
	else if (str_is(name, "evidence"))
		count = view->evidence_count;
	else if (str_is(name, "parts"))
		count = view->part_count;
	else if (str_is(name, "family"))
		count = count_family(values);
	else
		return err_set(reterr, ERR_NOT_FOUND, "", "there is no such list");
	*ret_count = count;
	return ERR_OK;
}

/* Whose deed it tells, by what it asks for. */
static enum err look_at_tags(struct values *values, const struct paper *paper, struct bh_err *reterr)
{
	struct docx *docx;
	struct docx_tag *tags;
	size_t count;

	TRY(paper_open(arena_of(values), paper, &docx, reterr));
	docx_tags(docx, &tags, &count);
	for (size_t i = 0; i < count; i++) {
		values->tells_urging |= str_starts(tags[i].tag, "urging.");
		values->tells_closing |= str_starts(tags[i].tag, "closing.");
	}
	return ERR_OK;
}

enum err paper_of_matter(const struct paper *paper, const struct matter_view *view, const struct lrmx *lrmx,
	struct str *ret_docx, struct bh_err *reterr)
{
	struct matter_view told = *view;
	struct values values = {.view = &told, .lrmx = lrmx};
	const struct docx_values from = {&values, list_of, value_of};

	/* Documents are in the language of their template, whoever prints them. */
	told.teller.chinese = !paper->in_english;
	if (!paper_is_for(paper, view->matter->procedure))
		return err_set(reterr, ERR_REFUSED, "paper", "this paper isn't for the procedure %.*s",
			STR_ARG(view->matter->procedure->name));
	TRY(look_at_tags(&values, paper, reterr));
	return paper_fill(arena_of(&values), paper, &from, ret_docx, reterr);
}

enum err paper_lacks(
	const struct paper *paper, const struct matter_view *view, struct str *ret_why, struct bh_err *reterr)
{
	struct bh_err why = {0};
	struct str docx;
	/* Made and thrown away: no other answer is sure. */
	enum err err = paper_of_matter(paper, view, NULL, &docx, &why);
	const char *said = view->teller.chinese ? why.text_zh : why.text;

	*ret_why = STR("");
	if (err == ERR_OK)
		return ERR_OK;
	if (err != ERR_REFUSED && err != ERR_NOT_FOUND)
		return err_pass(reterr, err, why.place, &why);
	*ret_why = err == ERR_REFUSED ? str_copy(view->teller.arena, str_from(said))
				      : str_format(view->teller.arena, "%s: %s", why.place, said);
	return ERR_OK;
}
