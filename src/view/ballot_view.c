#include "view/ballot_view.h"

/* ---- as people write it ---- */

static enum err read_makers(struct arena *arena, const struct org *org, const struct doc *written,
	struct doc **ret_makers, struct bh_err *reterr)
{
	*ret_makers = doc_list(arena);
	for (size_t i = 0; written != NULL && i < written->count; i++) {
		struct str code = written->items[i].text;
		const struct person *person = org_person_by_code(org, code);

		if (person == NULL)
			return err_set(reterr, ERR_INVALID, "makers", "there is no person %.*s",
				STR_ARG(str_slice(code, 0, 64)));
		doc_push(arena, *ret_makers, doc_int(arena, person->id));
	}
	return ERR_OK;
}

enum err ballot_spec_read(struct arena *arena, const struct org *org, const struct doc *written,
	struct doc **ret_spec, struct bh_err *reterr)
{
	struct doc *makers;

	if (written == NULL || written->kind != DOC_OBJECT)
		return err_set(reterr, ERR_INVALID, "spec", "an object is wanted");
	TRY(read_makers(arena, org, doc_get(written, "makers"), &makers, reterr));
	*ret_spec = doc_copy(arena, written);
	doc_set(arena, *ret_spec, "makers", makers);
	return ERR_OK;
}

static struct doc *list_of(struct doc *lists, const struct doc *groups, struct str name)
{
	for (size_t i = 0; groups != NULL && i < groups->count; i++)
		if (str_equal(doc_get_text(&groups->items[i], "name"), name))
			return &lists->items[i];
	return NULL;
}

enum err ballot_list_read(struct arena *arena, const struct doc *spec, struct str text,
	struct doc **ret_lists, struct bh_err *reterr)
{
	const struct doc *groups = doc_get(spec, "groups");
	struct doc *lists = doc_list(arena);
	struct str line, hash;

	for (size_t i = 0; groups != NULL && i < groups->count; i++)
		doc_push(arena, lists, doc_list(arena));
	for (size_t at = 1; str_cut(&text, '\n', &line); at++) {
		struct str group = line;

		if (line.size == 0)
			continue;
		struct doc *list =
			str_cut(&group, ' ', &hash) ? list_of(lists, groups, str_trim(group)) : NULL;

		if (list == NULL)
			return err_set(reterr, ERR_INVALID, "codes",
				"line %zu: a hash and the name of a group of this vote are wanted", at);
		doc_push(arena, list, doc_text(arena, hash));
	}
	*ret_lists = lists;
	return ERR_OK;
}

/* ---- as it is shown ---- */

static enum err put_json(
	struct arena *arena, struct json_out *out, const char *key, struct str text, struct bh_err *reterr)
{
	struct doc *tree;

	if (text.size == 0)
		return ERR_OK;
	TRY(doc_read_canonical(arena, text, &tree, reterr));
	json_out_key(out, key);
	json_out_tree(out, tree);
	return ERR_OK;
}

/* What came back so far: of an open vote what was cast, of a closed one what was counted. */
static enum err put_returned(struct store *store, struct arena *arena, const struct stored_ballot *ballot,
	struct json_out *out, struct bh_err *reterr)
{
	struct doc *result;
	int64_t returned;

	if (ballot->state == BALLOT_OPEN) {
		TRY(store_ballot_cast_count(store, ballot->id, &returned, reterr));
	} else {
		TRY(doc_read_canonical(arena, ballot->result, &result, reterr));
		returned = doc_get_int(result, "returned", 0);
	}
	json_out_field_int(out, "returned", returned);
	return ERR_OK;
}

static void put_label(struct json_out *out, const char *key, struct label label)
{
	json_out_key(out, key);
	json_out_open(out, '{');
	json_out_field_text(out, "zh", label.zh);
	if (label.en.size > 0)
		json_out_field_text(out, "en", label.en);
	json_out_close(out, '}');
}

enum err ballot_put(struct store *store, struct arena *arena, const struct stored_ballot *stored,
	struct json_out *out, struct bh_err *reterr)
{
	struct ballot ballot;
	struct doc *spec;

	TRY(doc_read_canonical(arena, stored->spec, &spec, reterr));
	TRY(ballot_read(arena, spec, &ballot, reterr));
	json_out_field_int(out, "ballot", stored->id);
	put_label(out, "title", ballot.title);
	json_out_field_text(out, "state", str_from(ballot_state_name(stored->state)));
	json_out_field_text(out, "root", stored->root);
	json_out_field_int(out, "codes", stored->code_count);
	json_out_field_int(out, "issued", ballot.issued);
	json_out_field_int(out, "entitled", ballot.entitled);
	json_out_field_int(out, "present", ballot.present);
	json_out_field_int(out, "least", ballot.least);
	TRY(put_returned(store, arena, stored, out, reterr));
	for (size_t i = 0; i < spec->count; i++) {
		if (!str_is(spec->keys[i], "subjects") && !str_is(spec->keys[i], "questions") &&
			!str_is(spec->keys[i], "choices") && !str_is(spec->keys[i], "groups"))
			continue;
		json_out_key(out, str_copy(arena, spec->keys[i]).data);
		json_out_tree(out, &spec->items[i]);
	}
	json_out_field_int(out, "talk_below", ballot.talk_below);
	json_out_field_int(out, "account_below", ballot.account_below);
	/* The first count on paper is for nobody's eyes, least of all the second person's. */
	json_out_field_bool(out, "paper_waits", stored->paper_by != 0 && stored->paper_second == 0);
	json_out_field_bool(out, "paper_agreed", stored->paper_second != 0);
	if (stored->state != BALLOT_OPEN && str_find(stored->result, STR("\"subjects\"")) != SIZE_MAX)
		TRY(put_json(arena, out, "paper", stored->paper, reterr));
	return put_json(arena, out, "result", stored->result, reterr);
}

enum err ballot_lines_text(struct store *store, struct arena *arena, const struct stored_ballot *ballot,
	struct str *ret_text, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);
	struct cast_line *lines = NULL;
	size_t count = 0;

	if (ballot->state != BALLOT_OPEN)
		TRY(store_ballot_lines(store, arena, ballot, &lines, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		buf_put(&buf, ballot_line_print(arena, &lines[i].line));
		buf_put_char(&buf, '\n');
	}
	*ret_text = buf_str(&buf);
	return ERR_OK;
}

enum err ballot_codes_text(struct store *store, struct arena *arena, const struct stored_ballot *stored,
	struct str *ret_text, struct bh_err *reterr)
{
	struct buf buf = buf_new(arena);
	struct ballot_code *codes;
	struct ballot ballot;
	struct doc *spec;
	size_t count;

	TRY(doc_read_canonical(arena, stored->spec, &spec, reterr));
	TRY(ballot_read(arena, spec, &ballot, reterr));
	TRY(store_ballot_codes(store, arena, stored->id, &codes, &count, reterr));
	for (size_t i = 0; i < count; i++) {
		buf_put(&buf, ballot_code_line(arena, &ballot, &codes[i]));
		buf_put_char(&buf, '\n');
	}
	*ret_text = buf_str(&buf);
	return ERR_OK;
}
