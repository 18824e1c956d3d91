/* ballot.c: secret votes. What a voter's device asks comes from nobody: it is counted against a flood and
 * noted nowhere. */
#include "http/handlers.h"
#include "http/writing.h"
#include "view/ballot_view.h"

#define BALLOTS_SHOWN 100

static enum err put_whole(
	struct http_request *request, struct json_out *out, const struct stored_ballot *stored)
{
	return ballot_put(request->reader, request->arena, stored, out, &request->why);
}

enum err route_ballots(struct http_request *request, struct reply *reply)
{
	struct stored_ballot *ballots;
	size_t count;

	TRY(store_ballot_list(
		request->reader, request->arena, BALLOTS_SHOWN, &ballots, &count, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "ballots");
	json_out_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_out_open(out, '{');
		TRY(put_whole(request, out, &ballots[i]));
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err find(struct http_request *request, struct stored_ballot *ret_ballot)
{
	return store_ballot_get(
		request->reader, request->arena, request_int(request, "ballot"), ret_ballot, &request->why);
}

enum err route_ballot(struct http_request *request, struct reply *reply)
{
	struct stored_ballot stored;

	TRY(find(request, &stored));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(put_whole(request, out, &stored));
	json_out_close(out, '}');
	return ERR_OK;
}

typedef enum err ballot_text_fn(struct store *store, struct arena *arena, const struct stored_ballot *ballot,
	struct str *ret_text, struct bh_err *reterr);

static enum err put_text(struct http_request *request, struct reply *reply, ballot_text_fn *print)
{
	struct stored_ballot stored;
	struct str text;

	TRY(find(request, &stored));
	TRY(print(request->reader, request->arena, &stored, &text, &request->why));
	reply_body(reply, "text/plain; charset=utf-8", text);
	return ERR_OK;
}

enum err route_ballot_lines(struct http_request *request, struct reply *reply)
{
	return put_text(request, reply, ballot_lines_text);
}

enum err route_ballot_codes(struct http_request *request, struct reply *reply)
{
	return put_text(request, reply, ballot_codes_text);
}

/* ---- voting ---- */

static enum err read_code(struct http_request *request, struct str *ret_code)
{
	return code_read(request->arena, request_text(request, "code"), ret_code)
		       ? ERR_OK
		       : err_set(&request->why, ERR_INVALID, "code",
				 "a code has %d letters and digits: compare it with the slip", CODE_SIZE);
}

enum err route_ballot_code(struct http_request *request, struct reply *reply)
{
	struct stored_ballot stored;
	struct str code, marks;
	int64_t ballot;

	TRY(read_code(request, &code));
	struct hash hash = ballot_code_hash(code);

	TRY(store_ballot_code_find(request->reader, request->arena, &hash, &ballot, &request->why));
	TRY(store_ballot_get(request->reader, request->arena, ballot, &stored, &request->why));
	enum err used =
		store_ballot_cast_find(request->reader, request->arena, ballot, &hash, &marks, &request->why);

	if (used != ERR_OK && used != ERR_NOT_FOUND)
		return used;
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	TRY(put_whole(request, out, &stored));
	json_out_field_bool(out, "used", used == ERR_OK);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_ballot_vote(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	int64_t ballot;

	(void)reply;
	act->kind = ACT_BALLOT_VOTE;
	TRY(read_code(request, &act->what.ballot_vote.code));
	act->what.ballot_vote.marks = request_text(request, "marks");
	struct hash hash = ballot_code_hash(act->what.ballot_vote.code);

	/* Who tries codes is turned away before the writer is asked. */
	TRY(store_ballot_code_find(request->reader, request->arena, &hash, &ballot, &request->why));
	if (ballot != request_int(request, "ballot"))
		return err_set(&request->why, ERR_NOT_FOUND, "code", "this code is for another vote");
	return request_act(request, act, writing_accepted);
}

/* ---- the office ---- */

enum err route_ballot_open(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);
	struct doc *spec, *codes;

	(void)reply;
	TRY(ballot_spec_read(request->arena, request_institution(request)->org, request_tree(request, "spec"),
		&spec, &request->why));
	TRY(ballot_list_read(request->arena, spec, request_text(request, "codes"), &codes, &request->why));
	act->kind = ACT_BALLOT_OPEN;
	act->what.ballot_opening.spec = spec;
	act->what.ballot_opening.codes = codes;
	request->state = act; /* something new comes of it: 201 */
	return writing_act(request, act);
}

enum err route_ballot_paper(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	act->kind = ACT_BALLOT_PAPER;
	act->what.ballot_paper.ballot = request_int(request, "ballot");
	act->what.ballot_paper.paper = request_tree(request, "paper");
	return writing_act(request, act);
}

enum err route_ballot_close(struct http_request *request, struct reply *reply)
{
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	(void)reply;
	act->kind = ACT_BALLOT_CLOSE;
	act->what.ballot_closing.ballot = request_int(request, "ballot");
	act->what.ballot_closing.fields = request_tree(request, "fields");
	return writing_act(request, act);
}
