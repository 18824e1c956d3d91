/* command_ballot.c: a secret vote from the shell: codes made where nobody listens, opening, the count on
 * paper, closing, and counting again. */
#include "cli/ballot.h"
#include "cli/verb.h"

#include "exchange/file.h"

#include <stdio.h>
#include <string.h>

#define SPEC_SIZE_MAX ((size_t)256 * 1024)
#define LIST_SIZE_MAX ((size_t)1024 * 1024)

enum err ballot_file(struct call *call, const char *path, size_t size_max, struct doc **ret_tree)
{
	struct str text;

	TRY(file_read(call->arena, path, size_max, &text, &call->why));
	return doc_read(call->arena, text, ret_tree, &call->why);
}

/* ---- in an installation: DIR is behind the verb ---- */

typedef enum err house_fn(struct house *house);

static enum err in_house(struct call *call, bool writes, house_fn *run)
{
	struct house house;

	if (writes)
		TRY(call_needs_person(call));
	call->arguments[0] = call->arguments[1]; /* a house is the first argument's */
	TRY(writes ? house_open_to_write(call, &house) : house_open_to_read(call, &house));
	enum err err = run(&house);

	house_close(&house);
	return err;
}

static enum err stored_of(struct house *house, int64_t id, struct stored_ballot *ret_stored)
{
	return store_ballot_get(house->store, house->call->arena, id, ret_stored, &house->call->why);
}

static enum err print_ballot(struct house *house, int64_t id)
{
	struct call *call = house->call;
	struct buf buf = buf_new(call->arena);
	struct json_out out = json_out_new(&buf);
	struct stored_ballot stored;

	TRY(stored_of(house, id, &stored));
	if (!call->json)
		return ballot_tell(house, &stored);
	json_out_open(&out, '{');
	TRY(ballot_put(house->store, call->arena, &stored, &out, &call->why));
	json_out_close(&out, '}');
	printf("%s\n", buf_str(&buf).data);
	return ERR_OK;
}

static enum err open_vote(struct house *house)
{
	struct call *call = house->call;
	struct act act = {.kind = ACT_BALLOT_OPEN};
	struct doc *written, *spec, *codes;
	struct receipt receipt;
	struct str list;

	TRY(ballot_file(call, call->arguments[2], SPEC_SIZE_MAX, &written));
	TRY(ballot_spec_read(call->arena, house->institution.org, written, &spec, &call->why));
	TRY(file_read(call->arena, call->arguments[3], LIST_SIZE_MAX, &list, &call->why));
	TRY(ballot_list_read(call->arena, spec, list, &codes, &call->why));
	act.what.ballot_opening.spec = spec;
	act.what.ballot_opening.codes = codes;
	TRY(house_run(house, &act, &receipt));
	return print_ballot(house, receipt.id);
}

static enum err count_paper(struct house *house)
{
	struct call *call = house->call;
	struct act act = {.kind = ACT_BALLOT_PAPER};
	struct receipt receipt;
	struct doc *paper;

	TRY(argument_number(call, 2, &act.what.ballot_paper.ballot));
	TRY(ballot_file(call, call->arguments[3], SPEC_SIZE_MAX, &paper));
	act.what.ballot_paper.paper = paper;
	TRY(house_run(house, &act, &receipt));
	return print_ballot(house, receipt.id);
}

/* NAME=VALUE for the actions in the matters. */
static enum err read_given(struct call *call, struct doc **ret_fields)
{
	*ret_fields = doc_object(call->arena);
	for (size_t i = 3; i < call->count; i++) {
		struct str value = str_from(call->arguments[i]), name;

		if (str_find(value, STR("=")) == SIZE_MAX || !str_cut(&value, '=', &name))
			return err_set(&call->why, ERR_INVALID, call->arguments[i], "NAME=VALUE is wanted");
		doc_set_str(call->arena, *ret_fields, name, doc_text(call->arena, value));
	}
	return ERR_OK;
}

static enum err close_vote(struct house *house)
{
	struct call *call = house->call;
	struct act act = {.kind = ACT_BALLOT_CLOSE};
	struct receipt receipt;
	struct doc *fields;

	TRY(argument_number(call, 2, &act.what.ballot_closing.ballot));
	TRY(read_given(call, &fields));
	act.what.ballot_closing.fields = fields;
	TRY(house_run(house, &act, &receipt));
	return print_ballot(house, receipt.id);
}

static enum err show_vote(struct house *house)
{
	struct call *call = house->call;
	struct stored_ballot stored;
	struct str text;
	int64_t id;

	TRY(argument_number(call, 2, &id));
	TRY(stored_of(house, id, &stored));
	if (option_given(call, "lines"))
		TRY(ballot_lines_text(house->store, call->arena, &stored, &text, &call->why));
	else if (option_given(call, "codes"))
		TRY(ballot_codes_text(house->store, call->arena, &stored, &text, &call->why));
	else
		return print_ballot(house, id);
	fwrite(text.data, 1, text.size, stdout);
	return ERR_OK;
}

static enum err open_in_house(struct call *call)
{
	return in_house(call, true, open_vote);
}

static enum err paper_in_house(struct call *call)
{
	return in_house(call, true, count_paper);
}

static enum err close_in_house(struct call *call)
{
	return in_house(call, true, close_vote);
}

static enum err show_in_house(struct call *call)
{
	return in_house(call, false, show_vote);
}

/* ---- verbs ---- */

static const struct verb verbs[] = {
	{"share", 1, 1, "FILE", .run = ballot_share},
	{"codes", 2, 2, "SHARE SHARE", .run = ballot_codes},
	{"open", 3, 3, "DIR SPEC.json CODES.txt", .run = open_in_house},
	{"paper", 3, 3, "DIR BALLOT COUNT.json", .run = paper_in_house},
	{"close", 2, 99, "DIR BALLOT [NAME=VALUE …]", .run = close_in_house},
	{"show", 2, 2, "DIR BALLOT", .run = show_in_house},
	{"recount", 3, 3, "BALLOT.json CODES.txt LINES.txt", .run = ballot_recount},
};

enum err command_ballot(struct call *call)
{
	return verb_run(call, verbs, ARRAY_COUNT(verbs));
}
