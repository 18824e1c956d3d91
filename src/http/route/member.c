/* member.c: who is let into a compartment, and who looked into it. The security administrator grants, and
 * reads nothing; those inside see each other and each look. To everybody else it doesn't exist. */
#include "http/reading.h"
#include "http/route/answer.h"

/* The matter, which must be a compartment. The administrator asks for it by a number they were told; a person
 * enters it as for anything in it. What isn't a compartment has no members for anybody. */
static enum err find_compartment(struct http_request *request, int64_t *ret_matter)
{
	const struct reading reading = reading_of(request);
	int64_t id = request_int(request, "matter");
	struct matter *matter;

	if (request->who.person != 0)
		TRY(reading_enter(&reading, id));
	enum err err = institution_matter(
		request_institution(request), request->reader, request->arena, id, &matter, &request->why);

	if (err == ERR_NOT_FOUND ||
		(err == ERR_OK && matter->procedure->visibility != VISIBILITY_COMPARTMENT))
		return err_set_both(&request->why, ERR_NOT_FOUND, "matter", err_meaning_zh(ERR_NOT_FOUND),
			err_meaning(ERR_NOT_FOUND));
	*ret_matter = id;
	return err;
}

static void put_member(struct http_request *request, struct json_out *out, const struct directory *directory,
	const struct member *member)
{
	const struct person *person = org_person(request_institution(request)->org, member->person);

	json_out_open(out, '{');
	json_out_field_text(out, "person", person->code);
	json_out_field_text(out, "name", person->name);
	json_out_field_bool(out, "owner", member->owner);
	json_out_field_text(out, "reason", member->reason);
	json_out_field_text(out, "from", day_print(request->arena, member->from));
	json_out_field_text(out, "until", day_print(request->arena, member->until));
	json_out_field_text(out, "by", directory_account(directory, member->by)->code);
	json_out_close(out, '}');
}

enum err route_members(struct http_request *request, struct reply *reply)
{
	struct directory *directory;
	int64_t matter;

	TRY(find_compartment(request, &matter));
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "members");
	json_out_open(out, '[');
	for (size_t i = 0; i < directory_member_count(directory); i++)
		if (directory_member_at(directory, i)->matter == matter)
			put_member(request, out, directory, directory_member_at(directory, i));
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

static enum err recorded(struct http_request *request, const struct receipt *receipt, struct reply *reply)
{
	/* A membership has a version of no matter's. */
	struct receipt of_member = *receipt;

	(void)request;
	of_member.matter = 0;
	reply_receipt(reply, &of_member);
	return ERR_OK;
}

static enum err record(struct http_request *request, const struct member *member)
{
	struct member *row = ARENA_TAKE(request->arena, 1, struct member);
	struct act *act = ARENA_TAKE(request->arena, 1, struct act);

	*row = *member;
	*act = (struct act){.kind = ACT_MEMBER,
		.key = request_key(request),
		.account = request->who.account,
		.person = request->who.person,
		.what.member = row};
	return request_act(request, act, recorded);
}

/* The membership that runs is changed; where there is none, a new one begins. */
static enum err find_member(struct http_request *request, struct member *ret_member)
{
	struct directory *directory;
	const struct member *before;
	struct member member = {.from = DAY_NONE};

	const struct reading reading = reading_of(request);

	TRY(find_compartment(request, &member.matter));
	TRY(reading_person(&reading, "person", &member.person));
	TRY(store_directory_load(request->reader, request->arena, &directory, &request->why));
	before = directory_membership(directory, member.matter, member.person, request_today(request));
	*ret_member = before != NULL ? *before : member;
	return ERR_OK;
}

enum err route_member_set(struct http_request *request, struct reply *reply)
{
	struct member member = {0};

	(void)reply;
	TRY(find_member(request, &member));
	member.reason = request_text(request, "reason");
	member.until = request_day(request, "until");
	member.owner = member.owner || request_bool(request, "owner");
	return record(request, &member);
}

enum err route_member_end(struct http_request *request, struct reply *reply)
{
	struct member member = {0};

	(void)reply;
	TRY(find_member(request, &member));
	if (member.id == 0)
		return err_set(&request->why, ERR_NOT_FOUND, "person", "there is no such membership");
	member.until = request_today(request);
	return record(request, &member);
}

enum err route_member_looks(struct http_request *request, struct reply *reply)
{
	int64_t matter;

	TRY(find_compartment(request, &matter));
	return answer_looks(request, str_format(request->arena, "m%lld", (long long)matter), reply);
}
