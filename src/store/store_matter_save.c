/* store_matter_save.c: write what has changed of a matter since it was loaded, and keep the figures. */
#include "store/store_figures.h"
#include "store/store_follow.h"
#include "store/store_rows.h"
#include "store/store_search.h"
#include "store/store_see.h"

static const struct field *first_field(const struct procedure *procedure, enum field_type type)
{
	for (size_t i = 0; i < procedure->field_count; i++)
		if (procedure->fields[i].type == type)
			return &procedure->fields[i];
	return NULL;
}

static int64_t first_id(const struct matter *matter, enum field_type type)
{
	const struct field *field = first_field(matter->procedure, type);
	const struct doc *value = field == NULL ? NULL : doc_get_str(matter->fields, field->name);

	return value != NULL && value->kind == DOC_INT ? value->number : 0;
}

static struct str title_of(const struct matter *matter)
{
	struct str title = doc_get_text(matter->fields, "title");
	const struct field *field = first_field(matter->procedure, FIELD_TEXT);

	if (title.size == 0 && field != NULL) {
		const struct doc *value = doc_get_str(matter->fields, field->name);

		title = value != NULL && value->kind == DOC_TEXT ? value->text : STR_NONE;
	}
	return title.size > 0 ? title
			      : label_pick(matter->procedure->title, matter->procedure->name, STR("zh"));
}

static struct instant earliest_due(const struct matter *matter)
{
	struct instant earliest = INSTANT_NONE;

	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_OPEN &&
			(instant_is_none(earliest) || matter->duties[i].due.us < earliest.us))
			earliest = matter->duties[i].due;
	return earliest;
}

static struct str outcome_of(const struct matter *matter)
{
	return str_from(end_kind_name(matter->procedure->states[matter->state].end));
}

static bool is_overdue(const struct matter *matter, const struct lamp *lamp)
{
	return instant_is_none(matter->ended) && lamp->days_late > 0;
}

static struct str duty_name_of(const struct matter *matter, const struct duty *duty)
{
	if (duty->kind == DUTY_RULE)
		return matter->procedure->duties[duty->rule].name;
	return duty->kind == DUTY_DECIDE ? matter->procedure->requests[duty->rule].name : STR("answer");
}

static enum err save_duties(struct store *store, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (!duty->changed)
			continue;
		TRY(RUN(store, STMT_DUTY_PUT, NULL, NULL, reterr, V_INT(matter->id), V_INT(duty->id),
			V_TEXT(str_from(duty_kind_name(duty->kind))), V_TEXT(duty_name_of(matter, duty)),
			V_INT(duty->rule), V_INT(duty->about), V_ID(duty->asker), V_ID(duty->unit),
			V_ID(duty->post), V_ID(duty->person), V_TEXT(str_from(duty_state_name(duty->state))),
			V_INT(duty->armed.us), V_INT(duty->due.us), V_INSTANT(duty->warn),
			V_INT(duty->remaining_days), V_INT(duty->provisional), V_INT(duty->extended),
			V_INT(duty->warned), V_INT(duty->breached), V_INSTANT(duty->closed)));
	}
	for (size_t i = 0; i < matter->missed_count; i++)
		TRY(RUN(store, STMT_BREACH_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->missed[i].duty), V_INT(matter->missed[i].due.us)));
	return ERR_OK;
}

static enum err save_requests(
	struct store *store, struct arena *arena, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->request_count; i++) {
		const struct request *request = &matter->requests[i];

		if (!request->changed)
			continue;
		TRY(RUN(store, STMT_REQUEST_PUT, NULL, NULL, reterr, V_INT(matter->id), V_INT(request->id),
			V_TEXT(matter->procedure->requests[request->rule].name), V_INT(request->rule),
			V_INT(request->person), V_ID(request->on_behalf), V_ID(request->post),
			V_INT(request->asked.us), V_TEXT(doc_print(arena, request->fields)),
			V_TEXT(str_from(request_state_name(request->state)))));
	}
	return ERR_OK;
}

static enum err save_rest(struct store *store, const struct matter *matter, struct bh_err *reterr)
{
	for (size_t i = 0; i < matter->deed_count; i++)
		if (matter->deeds[i].changed)
			TRY(RUN(store, STMT_DEED_PUT, NULL, NULL, reterr, V_INT(matter->id),
				V_TEXT(matter->procedure->actions[matter->deeds[i].action].name),
				V_INT(matter->deeds[i].person), V_INT(matter->deeds[i].last.us),
				V_INT(matter->deeds[i].times)));
	for (size_t i = 0; i < matter->notice_count; i++)
		TRY(RUN(store, STMT_NOTICE_PUT, NULL, NULL, reterr, V_INT(matter->notices[i].post),
			V_INT(matter->notices[i].index), V_INT(matter->id), V_INT(matter->notices[i].duty),
			V_TEXT(str_from(notice_kind_name(matter->notices[i].kind)))));
	for (size_t i = 0; i < matter->evidence_count; i++)
		TRY(RUN(store, STMT_EVIDENCE_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->evidence[i].index), V_TEXT(matter->evidence[i].hash),
			V_TEXT(matter->evidence[i].name), V_INT(matter->evidence[i].size)));
	for (size_t i = 0; i < matter->link_count; i++)
		TRY(RUN(store, STMT_LINK_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(matter->links[i].index), V_TEXT(matter->links[i].relation),
			V_INT(matter->links[i].other)));
	for (size_t i = 0; i < matter->follower_count; i++)
		if (matter->followers[i].changed)
			TRY(follower_put(store, matter->id, &matter->followers[i], reterr));
	for (size_t i = 0; i < matter->news_count; i++)
		TRY(news_put(store, matter->id, &matter->news[i], reterr));
	return matter->letter.size > 0 ? store_letter_put(store, matter->letter, matter->id, reterr) : ERR_OK;
}

static int64_t id_in(const struct matter *matter, enum meeting_part part)
{
	int field = matter->procedure->meeting.fields[part];

	return field < 0 ? 0 : doc_get_int(matter->fields, matter->procedure->fields[field].name.data, 0);
}

static struct str text_in(const struct matter *matter, enum meeting_part part)
{
	int field = matter->procedure->meeting.fields[part];

	return field < 0 ? STR_NONE
			 : doc_get_text(matter->fields, matter->procedure->fields[field].name.data);
}

/* What is a meeting stands under its day, once that is known. */
static enum err save_meeting(struct store *store, const struct matter *matter, struct bh_err *reterr)
{
	/* An item is decided by the body of its meeting, not by the unit that proposed it. */
	bool is_item = matter->procedure->meeting.fields[MEETING_OF] >= 0;
	int64_t body = id_in(matter, MEETING_BODY);
	struct day day;

	if (body == 0 && !is_item)
		body = first_id(matter, FIELD_UNIT);

	if (matter->procedure->meeting.place.line > 0 &&
		day_parse(text_in(matter, MEETING_HELD_ON), &day, NULL) == ERR_OK)
		TRY(RUN(store, STMT_MEETING_PUT, NULL, NULL, reterr, V_INT(matter->id), V_INT(day.number),
			V_ID(body), V_WORD(text_in(matter, MEETING_KIND)), V_ID(id_in(matter, MEETING_OF))));
	for (size_t i = 0; i < matter->irregularity_count; i++) {
		const struct irregularity *each = &matter->irregularities[i];

		TRY(RUN(store, STMT_IRREGULARITY_PUT, NULL, NULL, reterr, V_INT(matter->id),
			V_INT(each->index), V_INT(each->check),
			V_TEXT(matter->procedure->actions[each->action].name), V_ID(each->unit),
			V_ID(each->post), V_ID(each->person), V_ID(each->answer), V_INT(each->time.us)));
	}
	return ERR_OK;
}

static enum err insert_row(struct store *store, const struct matter *matter, const struct lamp *lamp,
	struct str fields, int64_t rolled, struct bh_err *reterr)
{
	const struct procedure *procedure = matter->procedure;

	return RUN(store, STMT_MATTER_INSERT, NULL, NULL, reterr, V_INT(matter->id),
		V_INT(matter->definition), V_TEXT(procedure->name),
		V_TEXT(str_from(grasp_name(procedure->grasp))), V_TEXT(matter->number), V_INT(matter->year),
		V_INT(matter->seq), V_TEXT(title_of(matter)), V_TEXT(procedure->states[matter->state].name),
		V_TEXT(fields), V_ID(first_id(matter, FIELD_UNIT)), V_ID(first_id(matter, FIELD_POST)),
		V_ID(matter->parent), V_INT(matter->weight), value_or_null(matter->progress, -1),
		value_or_null(rolled, -1), V_INT(matter->opened.us), V_INT(matter->changed_at.us),
		V_INSTANT(matter->ended), V_WORD(outcome_of(matter)), V_INSTANT(earliest_due(matter)),
		V_INSTANT(matter->suspended_until), V_TEXT(str_from(lamp_colour_name(lamp->colour))),
		V_INSTANT(lamp->until), V_INT(is_overdue(matter, lamp)), V_INT(matter->version),
		V_INT(matter->last_index), V_INT(matter->taken_up), V_INT(matter->late),
		V_INT(matter->extended), V_INT(matter->next_duty), V_INT(matter->next_request),
		V_INT(matter->next_instruction),
		V_TEXT(str_from(visibility_name(matter->procedure->visibility))));
}

static enum err update_row(struct store *store, const struct matter *matter, const struct lamp *lamp,
	struct str fields, int64_t rolled, struct bh_err *reterr)
{
	return RUN(store, STMT_MATTER_UPDATE, NULL, NULL, reterr, V_INT(matter->id), V_TEXT(title_of(matter)),
		V_TEXT(matter->procedure->states[matter->state].name), V_TEXT(fields),
		value_or_null(matter->progress, -1), value_or_null(rolled, -1), V_INT(matter->changed_at.us),
		V_WORD(outcome_of(matter)), V_TEXT(str_from(lamp_colour_name(lamp->colour))),
		V_INT(is_overdue(matter, lamp)), V_INT(matter->version), V_INT(matter->last_index),
		V_INT(matter->taken_up), V_INT(matter->late), V_INT(matter->extended),
		V_INT(matter->next_duty), V_INT(matter->next_request), V_INT(matter->next_instruction));
}

static enum err place_row(
	struct store *store, int64_t matter, const struct placed *placed, struct bh_err *reterr)
{
	return RUN(store, STMT_MATTER_PLACE, NULL, NULL, reterr, V_INT(matter), V_ID(placed->unit),
		V_ID(placed->commander), V_INSTANT(placed->due), V_INSTANT(placed->ended),
		V_INSTANT(placed->suspended_until), V_INSTANT(placed->lamp_until));
}

static struct counted counted_of(const struct matter *matter, const struct lamp *lamp)
{
	bool ended = !instant_is_none(matter->ended);

	return (struct counted){
		.there = true,
		.overdue = is_overdue(matter, lamp),
		.placed = {.unit = first_id(matter, FIELD_UNIT),
			.commander = first_id(matter, FIELD_POST),
			.due = earliest_due(matter),
			.ended = matter->ended,
			.suspended_until = matter->suspended_until,
			.lamp_until = lamp->until},
		.opened = matter->opened,
		.grasp = str_from(grasp_name(matter->procedure->grasp)),
		.procedure = matter->procedure->name,
		.standing = standing_of(ended, outcome_of(matter), matter->late),
		.lamp = ended ? STR_NONE : str_from(lamp_colour_name(lamp->colour)),
		.visibility = str_from(visibility_name(matter->procedure->visibility)),
	};
}

static enum err save_words(
	struct store *store, struct arena *arena, const struct matter *matter, struct bh_err *reterr)
{
	struct str title = title_of(matter);
	const struct search_text text = {.id = matter->id,
		.head = search_head(arena, matter->number, title),
		.body = search_body(arena, matter->procedure, matter->fields, title)};

	TRY(search_put(store, &text, reterr));
	return search_say(store, matter->id, matter->said, matter->said_count, reterr);
}

enum err store_matter_save(struct store *store, struct arena *arena, const struct matter *matter,
	const struct lamp *lamp, struct bh_err *reterr)
{
	struct counted before = {0}, after = counted_of(matter, lamp);
	struct str fields = doc_print(arena, matter->fields);
	int64_t rolled = matter->progress;

	TRY(figures_before(store, arena, matter->id, &before, reterr));
	/* What has parts shows their progress, the rest its own. */
	if (matter->procedure->children.of.size > 0)
		TRY(figures_rolled(store, matter->id, matter->progress,
			str_from(visibility_name(matter->procedure->visibility)), &rolled, reterr));
	TRY(before.there ? update_row(store, matter, lamp, fields, rolled, reterr)
			 : insert_row(store, matter, lamp, fields, rolled, reterr));
	if (before.there && !placed_same(&before.placed, &after.placed))
		TRY(place_row(store, matter->id, &after.placed, reterr));
	if (matter->procedure->visibility == VISIBILITY_COMPARTMENT)
		TRY(see_subjects(store, arena, matter->id, matter->procedure, matter->fields, reterr));
	TRY(save_words(store, arena, matter, reterr));
	TRY(save_duties(store, matter, reterr));
	TRY(save_requests(store, arena, matter, reterr));
	TRY(save_rest(store, matter, reterr));
	TRY(save_meeting(store, matter, reterr));
	figures_count(store, arena, &before, &after);
	return matter->parent != 0 ? figures_roll_up(store, matter->parent, reterr) : ERR_OK;
}

enum err store_sequence_take(
	struct store *store, struct str procedure, int64_t year, int64_t seq, struct bh_err *reterr)
{
	return RUN(store, STMT_SEQUENCE_PUT, NULL, NULL, reterr, V_TEXT(procedure), V_INT(year), V_INT(seq));
}

enum err store_lamps_stale(struct store *store, struct instant now, struct bh_err *reterr)
{
	return RUN(store, STMT_LAMPS_STALE, NULL, NULL, reterr, V_INT(now.us));
}
