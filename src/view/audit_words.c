/* audit_words.c: each cell as a few words, in the order in which they stand. */
#include "view/audit_words.h"
#include "view/put.h"

struct telling {
	const struct teller *teller;
	const struct matter *matter;
	struct audit_said said;
};

static void put(struct telling *telling, const char *kind, struct str of, struct str text)
{
	*ARENA_PUSH(telling->teller->arena, telling->said.pieces, telling->said.count,
		telling->said.capacity) = (struct audit_piece){
		str_copy(telling->teller->arena, text), kind, str_copy(telling->teller->arena, of)};
}

static void put_words(struct telling *telling, struct str text)
{
	put(telling, NULL, STR(""), text);
}

static const struct procedure *rules_of(const struct telling *telling)
{
	return telling->matter->procedure;
}

/* ---- what is named by the matter's own rules ---- */

static struct str quoted(const struct telling *telling, const char *zh, const char *en, struct str text)
{
	return str_format(telling->teller->arena, tell_either(telling->teller, "%s“%.*s”", "%s “%.*s”"),
		tell_either(telling->teller, zh, en), STR_ARG(text));
}

/* A duty or a request of the procedure by its name; other duties go by what they are stored under. */
static void tell_rule(struct telling *telling, struct str cell)
{
	const struct procedure *procedure = rules_of(telling);
	int duty = procedure_duty(procedure, cell), request = procedure_request(procedure, cell);

	if (duty >= 0)
		put_words(telling, quoted(telling, "责任", "duty",
					   pick_label(telling->teller, procedure->duties[duty].label, cell)));
	else if (request >= 0)
		put_words(telling,
			quoted(telling, "申请", "request",
				pick_label(telling->teller, procedure->requests[request].label, cell)));
	else
		put_words(telling, quoted(telling, "责任", "duty", cell));
}

/* The number of a duty, where its name isn't told beside it. */
static void tell_number(struct telling *telling, struct str cell)
{
	int64_t id;

	for (size_t i = 0; str_to_int(cell, &id) && i < telling->matter->duty_count; i++)
		if (telling->matter->duties[i].id == id) {
			put_words(telling, quoted(telling, "责任", "duty",
						   tell_duty(telling->teller, rules_of(telling),
							   &telling->matter->duties[i])));
			return;
		}
	put_words(telling, str_format(telling->teller->arena,
				   tell_either(telling->teller, "第%.*s项责任", "duty %.*s"), STR_ARG(cell)));
}

static void tell_action(struct telling *telling, struct str cell)
{
	const struct procedure *procedure = rules_of(telling);
	int action = procedure_action(procedure, cell);

	put_words(telling,
		quoted(telling, "办理", "action",
			action < 0 ? cell
				   : pick_label(telling->teller, procedure->actions[action].label, cell)));
}

static void tell_earlier(struct telling *telling, struct str cell)
{
	put_words(telling,
		str_from(tell_either(telling->teller, "同一人先前经办", "done before by the same person:")));
	tell_action(telling, cell);
}

/* Of the matter, or of a duty. */
static void tell_state(struct telling *telling, struct str cell)
{
	const struct procedure *procedure = rules_of(telling);
	int state = procedure_state(procedure, cell);
	struct str label = state < 0
				   ? str_from(tell_word(telling->teller,
					     str_format(telling->teller->arena, "%.*s", STR_ARG(cell)).data))
				   : pick_label(telling->teller, procedure->states[state].label, cell);

	put_words(telling, quoted(telling, "环节", "state", label));
}

static void tell_opens(struct telling *telling, struct str cell)
{
	const struct definition *definition = institution_in_force(telling->teller->institution, cell);
	struct str title =
		definition == NULL ? cell : pick_label(telling->teller, definition->procedure->title, cell);

	put_words(telling, quoted(telling, "应立案", "should have opened", title));
}

/* ---- who ---- */

/* Rows name posts and units by code, or by the id under which they stand in the ledger. */
static void tell_post_cell(struct telling *telling, struct str cell)
{
	const struct org *org = telling->teller->institution->org;
	const struct post *post = org_post_by_code(org, cell);
	int64_t id = post == NULL ? 0 : post->id;

	if (post == NULL && str_to_int(cell, &id))
		post = org_post(org, id);
	if (post != NULL)
		put(telling, "post", post->code, tell_post(telling->teller, post->id));
}

static void tell_unit_cell(struct telling *telling, struct str cell)
{
	const struct org *org = telling->teller->institution->org;
	int64_t id;
	const struct unit *unit = str_to_int(cell, &id) ? org_unit(org, id) : org_unit_by_code(org, cell);

	if (unit != NULL)
		put(telling, "unit", unit->code, tell_unit(telling->teller, unit->id));
}

static void tell_person_cell(struct telling *telling, struct str cell)
{
	int64_t id;
	const struct person *person =
		str_to_int(cell, &id) ? org_person(telling->teller->institution->org, id) : NULL;

	if (person != NULL)
		put(telling, "person", person->code, tell_person(telling->teller, person->id));
}

static void tell_behalf(struct telling *telling, struct str cell)
{
	put_words(telling, str_from(tell_either(telling->teller, "代", "on behalf of")));
	tell_person_cell(telling, cell);
}

/* ---- when, and where ---- */

static void tell_due(struct telling *telling, struct str cell)
{
	struct instant due;
	struct bh_err why;

	if (instant_parse(cell, 0, &due, &why) == ERR_OK)
		put_words(telling, str_format(telling->teller->arena,
					   tell_either(telling->teller, "期限%.*s", "due %.*s"),
					   STR_ARG(tell_day(telling->teller, due))));
}

static void tell_on(struct telling *telling, struct str cell)
{
	put_words(telling, str_format(telling->teller->arena,
				   tell_either(telling->teller, "%.*s办理", "done on %.*s"), STR_ARG(cell)));
}

static void tell_came(struct telling *telling, struct str cell)
{
	put_words(telling, str_format(telling->teller->arena,
				   tell_either(telling->teller, "%.*s收到", "came on %.*s"), STR_ARG(cell)));
}

static void tell_event(struct telling *telling, struct str cell)
{
	put(telling, "event", cell,
		str_format(telling->teller->arena, tell_either(telling->teller, "账本第%.*s号", "event %.*s"),
			STR_ARG(cell)));
}

static void tell_part(struct telling *telling, struct str cell)
{
	put(telling, "matter", cell,
		str_format(telling->teller->arena, tell_either(telling->teller, "分项%.*s", "part %.*s"),
			STR_ARG(cell)));
}

/* ---- all ---- */

/* What isn't here is told by the row's matter, or is of no use to people. */
static const struct {
	const char *cell;
	void (*tell)(struct telling *telling, struct str cell);
} tellings[] = {
	{"name", tell_rule},
	{"action", tell_action},
	{"produced_by", tell_earlier},
	{"part", tell_part},
	{"state", tell_state},
	{"opens", tell_opens},
	{"unit", tell_unit_cell},
	{"post", tell_post_cell},
	{"person", tell_person_cell},
	{"on_behalf", tell_behalf},
	{"due_utc", tell_due},
	{"day", tell_on},
	{"came", tell_came},
	{"event", tell_event},
};

static const struct str *cell_named(
	const char *name, const struct str *names, const struct str *cells, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_is(names[i], name) && cells[i].data != NULL)
			return &cells[i];
	return NULL;
}

struct audit_said audit_tell(const struct teller *teller, const struct matter *matter,
	const struct str *names, const struct str *cells, size_t count)
{
	struct telling telling = {teller, matter, {0}};
	const struct str *duty = cell_named("duty", names, cells, count);

	if (duty != NULL && cell_named("name", names, cells, count) == NULL)
		tell_number(&telling, *duty);
	for (size_t i = 0; i < ARRAY_COUNT(tellings); i++) {
		const struct str *cell = cell_named(tellings[i].cell, names, cells, count);

		if (cell != NULL)
			tellings[i].tell(&telling, *cell);
	}
	return telling.said;
}

static void put_piece(struct json_out *out, const struct audit_piece *piece)
{
	json_out_open(out, '{');
	json_out_field_text(out, "text", piece->text);
	if (piece->kind != NULL) {
		json_out_field_text(out, "kind", str_from(piece->kind));
		json_out_field_text(out, "of", piece->of);
	}
	json_out_close(out, '}');
}

struct str audit_text(const struct teller *teller, const struct audit_said *said)
{
	struct buf buf = buf_new(teller->arena);

	for (size_t i = 0; i < said->count; i++)
		buf_format(&buf, "%s%.*s", i == 0 ? "" : tell_either(teller, "，", ", "),
			STR_ARG(said->pieces[i].text));
	return buf_str(&buf);
}

void audit_put(const struct teller *teller, struct json_out *out, const struct audit_said *said)
{
	json_out_field_text(out, "text", audit_text(teller, said));
	json_out_key(out, "pieces");
	json_out_open(out, '[');
	for (size_t i = 0; i < said->count; i++)
		put_piece(out, &said->pieces[i]);
	json_out_close(out, ']');
}
