#include "busy.h"

#include "act/reporting.h"

#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* ---- a history ---- */

static struct doc *fields_of(
	struct district *district, const char *procedure, const char *request, const char *typed)
{
	struct scene *scene = district->scene;

	for (size_t i = 0; i < scene->world.definition_count; i++) {
		const struct procedure *found = scene->definitions[i].procedure;
		int index = procedure_request(found, str_from(request));

		if (str_is(found->name, procedure) && index >= 0)
			return scene_fields(scene, found->requests[index].fields,
				found->requests[index].field_count, typed);
	}
	fail_msg("%s has no request %s", procedure, request);
	return NULL;
}

static void ask(struct district *district, int64_t matter, const char *request, const char *until)
{
	struct command command = {.kind = COMMAND_REQUEST, .matter = matter, .name = str_from(request)};
	struct str typed = str_format(district->arena, "reason=汛期|%suntil=%s",
		strcmp(request, "extend") == 0 ? "measure=增加机械|" : "", until);

	command.fields = fields_of(district, "key_task", request, typed.data);
	district_must(district, district_command(district, "wang", command, NULL));
}

static void decide(struct district *district, int64_t matter, int64_t request, bool grant)
{
	struct command command = {.kind = COMMAND_DECIDE,
		.matter = matter,
		.about = request,
		.grant = grant,
		.text = STR("已核")};

	district_must(district, district_command(district, "he", command, NULL));
}

static void say(
	struct district *district, const char *who, enum command_kind kind, int64_t matter, int64_t about)
{
	struct command command = {.kind = kind, .matter = matter, .about = about, .text = STR("请尽快反馈")};

	if (kind == COMMAND_INSTRUCT)
		command.role = STR("lead");
	if (kind == COMMAND_LINK)
		command.name = STR("same_problem");
	district_must(district, district_command(district, who, command, command_kind_name(kind)));
}

static int64_t answer_owed_by(struct district *district, int64_t matter, int64_t post)
{
	const struct matter *found = district_matter(district, matter);

	for (size_t i = 0; i < found->duty_count; i++)
		if (found->duties[i].kind == DUTY_ANSWER && found->duties[i].post == post &&
			found->duties[i].state == DUTY_OPEN)
			return found->duties[i].id;
	fail_msg("post %lld owes no answer in matter %lld", (long long)post, (long long)matter);
	return 0;
}

static void part_of(struct district *district, int64_t parent, const char *due)
{
	struct command command = {
		.kind = COMMAND_OPEN, .name = STR("key_task"), .parent = parent, .weight = 3};
	struct scene *scene = district->scene;
	struct str typed =
		str_format(district->arena, "title=分项|lead_unit=water|commander=vice-mayor|due=%s", due);

	for (size_t i = 0; i < scene->world.definition_count; i++)
		if (str_is(scene->definitions[i].procedure->name, "key_task"))
			command.fields = scene_fields(scene, scene->definitions[i].procedure->fields,
				scene->definitions[i].procedure->field_count, typed.data);
	district_must(district, district_command(district, "he", command, NULL));
	district->matter = district->receipt.matter;
}

static void do_it(
	struct district *district, const char *who, int64_t matter, const char *action, const char *fields)
{
	district_must(district, district_do(district, who, matter, action, fields));
}

static void delegate(struct district *district, const char *from, const char *to)
{
	struct delegation delegation = {
		.from = person_id(district->scene, from), .to = person_id(district->scene, to)};

	scene_must(day_parse(STR("2019-03-01"), &delegation.since, NULL), &district->why);
	scene_must(day_parse(STR("2019-12-31"), &delegation.until, NULL), &district->why);
	district_must(district,
		district_act(district, (struct act){.kind = ACT_DELEGATION, .what.delegation = &delegation}));
	scene_delegate(district->scene, from, to, "2019-03-01", "2019-12-31");
}

static void set_calendar(struct district *district)
{
	struct calendar_day day = {.works = false};
	struct act act = {.kind = ACT_CALENDAR,
		.what.calendar = {.version = STR("district-1"), .days = &day, .count = 1}};

	scene_must(day_parse(STR("2019-08-08"), &day.day, NULL), &district->why);
	district_must(district, district_act(district, act));
}

static void first_weeks(struct district *district)
{
	int64_t withdrawn = district_key_task(district, "dispatched", "2019-06-28");

	district_key_task(district, "closed", "2019-06-28");
	do_it(district, "he", withdrawn, "withdraw", "reason=重复立项");
	int64_t moved = district_key_task(district, "working", "2019-04-30");

	ask(district, moved, "extend", "2019-07-31");
	decide(district, moved, 1, true);
	ask(district, moved, "extend", "2019-08-30");
	decide(district, moved, 2, false);
	int64_t stopped = district_key_task(district, "working", "2019-06-28");

	ask(district, stopped, "suspend", "2019-03-15");
	decide(district, stopped, 1, true);
	say(district, "zhao", COMMAND_INSTRUCT, moved, 0);
	say(district, "wang", COMMAND_ANSWER, moved,
		answer_owed_by(district, moved, post_id(district->scene, "water-head")));
	say(district, "zhao", COMMAND_URGE, moved, 0);
	say(district, "wu", COMMAND_NOTE, moved, 0);
	say(district, "he", COMMAND_LINK, moved, stopped);
	say(district, "zhao", COMMAND_FOLLOW, moved, 0);
	say(district, "pan", COMMAND_FOLLOW, moved, 0);
	say(district, "pan", COMMAND_UNFOLLOW, moved, 0);
}

static void later_weeks(struct district *district)
{
	int64_t late = district_key_task(district, "working", "2019-03-20");
	int64_t whole = district_key_task(district, "working", "2019-09-30");

	part_of(district, whole, "2019-08-30");
	int64_t part = district->matter;

	do_it(district, "he", part, "dispatch", NULL);
	do_it(district, "wei", part, "sign", NULL);
	delegate(district, "wang", "mo");
	do_it(district, "mo for wang", part, "report", "progress=60|note=清淤完成");
	district_pass(district, "2019-03-18 09:00"); /* a suspension ends; a warning */
	district_pass(district, "2019-03-21 09:00"); /* a breach, and its accountability */
	say(district, "zhao", COMMAND_ANSWER, late,
		answer_owed_by(district, late, post_id(district->scene, "vice-mayor")));
	set_calendar(district);
	do_it(district, "wang", late, "ask_close", NULL);
	do_it(district, "he", late, "send_back", "reason=未达标"); /* overdue as it was: no second breach */
	district_pass(district, "2019-03-21 10:00");
	do_it(district, "wang", late, "ask_close", NULL);
	do_it(district, "he", late, "close", NULL);
	do_it(district, "mo for wang", part, "ask_close", NULL);
	do_it(district, "du", part, "close", NULL);
	district_must(district, district_appoint(district, "water-head", "xin", "2019-04-01"));
	do_it(district, "ji", 8, "tell", NULL);
}

/* ---- a vote ---- */

#define VOTE_CODES 14
#define VOTE_CAST  12

static const char vote_spec[] =
	"{\"title\":{\"zh\":\"评议\"},\"subjects\":[{\"label\":{\"zh\":\"甲\"}}],"
	"\"questions\":[{\"label\":{\"zh\":\"总体\"}}],"
	"\"choices\":[{\"name\":\"good\",\"label\":{\"zh\":\"好\"},\"points\":100}],"
	"\"groups\":[{\"name\":\"all\",\"label\":{\"zh\":\"全体\"},\"weight\":1,\"issued\":12}],"
	"\"entitled\":20,\"present\":14,\"makers\":[1,2]}";

/* Twelve ballots, of which five were sealed while it went on. */
static void hold_vote(struct district *district)
{
	struct arena *arena = district->arena;
	struct doc *spec, *lists = doc_list(arena), *list = doc_list(arena);
	struct ballot_code codes[VOTE_CODES];

	district_must(district, doc_read(arena, str_from(vote_spec), &spec, &district->why));
	for (size_t i = 0; i < VOTE_CODES; i++)
		codes[i] = (struct ballot_code){
			.hash = ballot_code_hash(ballot_code_make(arena, STR("one"), STR("two"), i))};
	ballot_codes_sort(codes, VOTE_CODES);
	for (size_t i = 0; i < VOTE_CODES; i++)
		doc_push(arena, list, doc_text(arena, hex_print(arena, codes[i].hash.bytes, HASH_SIZE)));
	doc_push(arena, lists, list);
	struct act opening = {.kind = ACT_BALLOT_OPEN, .what.ballot_opening = {spec, lists}};

	district_must(district, district_act(district, opening));
	for (size_t i = 0; i < VOTE_CAST; i++) {
		struct str code = ballot_code_make(arena, STR("one"), STR("two"), i);
		struct act vote = {.kind = ACT_BALLOT_VOTE, .what.ballot_vote = {code, STR("1")}};

		district_must(district, district_act(district, vote));
	}
	struct act closing = {.kind = ACT_BALLOT_CLOSE, .what.ballot_closing = {1, NULL}};

	district_must(district, district_act(district, closing));
}

/* ---- rules ---- */

static void register_rule(struct district *district, const char *spec)
{
	struct act act = {.kind = ACT_RULE_ISSUE};
	struct doc *doc;

	district_must(district, doc_read(district->arena, str_from(spec), &doc, &district->why));
	act.what.rule_issue.spec = doc;
	district_must(district, district_act(district, act));
}

/* One in two versions, of which the newer is to be reviewed, and one that is repealed. */
static void register_rules(struct district *district)
{
	struct act repeal = {.kind = ACT_RULE_REPEAL};
	struct doc *doc;

	register_rule(district, "{\"code\":\"big-money\",\"title\":{\"en\":\"\",\"zh\":\"大额资金办法\"},"
				"\"area\":\"money\",\"stages\":[\"policy\"],"
				"\"unit\":1,\"text\":\"第一条 "
				"集体讨论。\",\"from\":\"2017-01-01\",\"note\":\"\",\"procedures\":[]}");
	register_rule(district, "{\"code\":\"cars\",\"title\":{\"en\":\"\",\"zh\":\"用车办法\"},\"area\":"
				"\"property\",\"stages\":[\"policy\"],"
				"\"unit\":1,\"text\":\"统一管理。\",\"from\":\"2016-01-01\",\"note\":\"\","
				"\"procedures\":[]}");
	register_rule(district, "{\"rule\":1,\"code\":\"big-money\",\"title\":{\"en\":\"\",\"zh\":"
				"\"大额资金办法\"},\"area\":\"money\","
				"\"stages\":[\"policy\",\"supervision\"],\"unit\":1,\"text\":\"第一条 "
				"集体讨论决定。\",\"from\":\"2019-01-01\","
				"\"note\":\"\",\"matter\":2,\"procedures\":[],\"review_on\":\"2021-01-01\"}");
	district_must(district, doc_read(district->arena,
					STR("{\"rule\":2,\"until\":\"2019-03-01\",\"reason\":\"并入新规\"}"),
					&doc, &district->why));
	repeal.what.rule_repeal = doc;
	district_must(district, district_act(district, repeal));
}

static void adopt_formula(struct district *district)
{
	static const char text[] = "formula: plain\ntitle: {zh: 式, en: F}\nitems:\n"
				   "  in_time: {measure: in_time, weight: 60, label: {zh: 一, en: A}}\n";
	struct act act = {.kind = ACT_FORMULA,
		.what.formula = {.source = {STR("plain.yaml"), str_from(text)}, .from = DAY_NONE}};

	district_must(district, district_act(district, act));
}

/* ---- accounts ---- */

static int64_t add_person(struct district *district, const char *code)
{
	struct person person = {.code = str_from(code), .name = str_from(code)};

	district_must(
		district, district_act(district, (struct act){.kind = ACT_PERSON, .what.person = &person}));
	return district->receipt.id;
}

static int64_t change_account(struct district *district, int64_t by, struct account_ask ask)
{
	district_must(
		district, district_act(district,
				  (struct act){.kind = ACT_ACCOUNT, .account = by, .what.account = &ask}));
	return district->receipt.id;
}

static void adopt(struct district *district, const char *file, const char *text)
{
	district_must(district,
		district_act(district,
			(struct act){.kind = ACT_ADOPT,
				.what.adopt = {.items = &(struct definition_text){.file = str_from(file),
						       .text = str_from(text)},
					.count = 1},
				.imported = true}));
}

/* Whom it is about has left every post, and is heard by a letter. */
static void enter_letter_of_mo(struct district *district, int64_t matter)
{
	struct evidence_item letter = {
		.hash = reporting_code(district, "a letter"), .name = STR("来信.pdf"), .size = 10};
	struct command command = {.kind = COMMAND_ACT,
		.matter = matter,
		.name = STR("reply"),
		.in_name_of = person_id(district->scene, "mo"),
		.came = instant_day(district->now, 480),
		.evidence = &letter,
		.evidence_count = 1};

	district_must(district, district_appoint(district, "water-member", "", "2019-05-06"));
	district_must(district, district_command(district, "he", command, NULL));
}

/* Rows that name files: one that comes with the act, and one that was shown before. */
static void show_files(struct district *district)
{
	static const char text[] =
		"procedure: spot\ngrasp: conduct\ntitle: {zh: 抽查, en: Spot check}\n"
		"number: \"抽〔{year}〕{seq}号\"\n"
		"roles: {office: {function: supervision_office}}\n"
		"fields: {points: {type: rows, columns: {point: {type: text}, photo: {type: file}}}}\n"
		"states: {begun: {start: true}, closed: {end: success}}\n"
		"actions:\n"
		"  list: {by: office, from: begun, fields: {points: {}}, evidence: optional}\n"
		"  close: {by: office, from: begun, to: closed}\n"
		"duties: {close_it: {bearer: office, in: begun, discharged_by: close, within: 90 days, "
		"breach: {escalate: [superior of office]}}}\n";
	struct arena *arena = district->arena;
	struct evidence_item photo = {
		.hash = reporting_code(district, "a photo"), .name = STR("照片.jpg"), .size = 10};
	struct command command = {.kind = COMMAND_OPEN, .name = STR("spot"), .fields = doc_object(arena)};
	struct doc *rows = doc_list(arena);

	adopt(district, "spot.yaml", text);
	district_must(district, district_command(district, "he", command, NULL));
	doc_push(arena, rows, doc_object(arena));
	doc_set(arena, &rows->items[0], "point", doc_text(arena, STR("门牌")));
	doc_set(arena, &rows->items[0], "photo", doc_text(arena, photo.name));
	command = (struct command){.kind = COMMAND_ACT,
		.matter = district->receipt.matter,
		.name = STR("list"),
		.fields = doc_object(arena),
		.evidence = &photo,
		.evidence_count = 1};
	doc_set(arena, command.fields, "points", rows);
	district_must(district, district_command(district, "he", command, NULL));
	command.evidence_count = 0;
	district_must(district, district_command(district, "he", command, NULL));
}

/* An inquiry about mo, which is a compartment; xin's account is let in and looks. */
static void open_compartment(struct district *district, int64_t account)
{
	static const char text[] =
		"procedure: inquiry\ngrasp: conduct\ntitle: {zh: 核查, en: Inquiry}\n"
		"number: \"核〔{year}〕{seq}号\"\n"
		"roles: {office: {function: supervision_office}, respondent: {field: respondent}}\n"
		"fields: {respondent: {type: person, required: true}}\n"
		"states: {begun: {start: true}, closed: {end: success}}\n"
		"actions:\n"
		"  close: {by: office, from: begun, to: closed}\n"
		"  reply: {by: respondent, from: begun, to: begun, purpose: hearing}\n"
		"duties: {close_it: {bearer: office, in: begun, discharged_by: close, within: 90 days, "
		"breach: {escalate: [superior of office]}}}\n"
		"visibility: compartment\n";
	struct doc *fields = doc_object(district->arena);
	struct command command = {.kind = COMMAND_OPEN, .name = STR("inquiry"), .fields = fields};
	struct member member = {.person = person_id(district->scene, "ji"),
		.owner = true,
		.reason = STR("承办人"),
		.from = DAY_NONE};

	adopt(district, "inquiry.yaml", text);
	doc_set(district->arena, fields, "respondent",
		doc_int(district->arena, person_id(district->scene, "mo")));
	district_must(district, district_command(district, "he", command, NULL));
	member.matter = district->receipt.matter;
	scene_must(day_parse(STR("2019-08-01"), &member.until, NULL), &district->why);
	district_must(district,
		district_act(district,
			(struct act){.kind = ACT_MEMBER, .account = ADMIN_SECURITY, .what.member = &member}));
	enter_letter_of_mo(district, member.matter);
	struct looked looked = {.object = str_format(district->arena, "m%lld", (long long)member.matter),
		.account = account,
		.first = district->now,
		.last = district->now,
		.times = 1};

	district_must(district,
		district_act(district,
			(struct act){.kind = ACT_LOOK, .what.looks = {.items = &looked, .count = 1}}));
}

/* The three administrators; an account of ji's, made, released, reset and released again; a fourth
 * administrator; a relation; a profile of passwords; a compartment. */
static void administer(struct district *district)
{
	static const struct str codes[ADMIN_COUNT] = {[ADMIN_SYSTEM] = {"system", 6},
		[ADMIN_SECURITY] = {"security", 8},
		[ADMIN_AUDIT] = {"audit", 5}};
	struct kin kin = {
		.person = person_id(district->scene, "wang"), .kind = STR("spouse"), .until = DAY_NONE};

	district_must(district,
		district_act(district, (struct act){.kind = ACT_BEGIN, .what.administrators = codes}));
	district->recorder = person_id(district->scene, "lin");
	int64_t ji = change_account(district, ADMIN_SYSTEM,
		(struct account_ask){
			.change = ACCOUNT_CHANGE_CREATED, .person = person_id(district->scene, "ji")});

	change_account(district, ADMIN_SECURITY,
		(struct account_ask){.change = ACCOUNT_CHANGE_RELEASED, .account = ji});
	change_account(
		district, ADMIN_SYSTEM, (struct account_ask){.change = ACCOUNT_CHANGE_RESET, .account = ji});
	change_account(district, ADMIN_SECURITY,
		(struct account_ask){.change = ACCOUNT_CHANGE_RELEASED, .account = ji});
	int64_t spare = change_account(district, ADMIN_SYSTEM,
		(struct account_ask){.change = ACCOUNT_CHANGE_CREATED, .code = STR("audit-2")});

	change_account(district, ADMIN_SYSTEM,
		(struct account_ask){.change = ACCOUNT_CHANGE_BOUND,
			.account = spare,
			.person = add_person(district, "keeper")});
	change_account(district, ADMIN_SECURITY,
		(struct account_ask){
			.change = ACCOUNT_CHANGE_GRANTED, .account = spare, .admin = ADMIN_AUDIT});
	kin.other = add_person(district, "relative");
	district_must(district, district_act(district, (struct act){.kind = ACT_KIN, .what.kin = &kin}));
	district_must(district, district_act(district, (struct act){.kind = ACT_PROFILE,
							       .account = ADMIN_SECURITY,
							       .what.profile = PROFILE_DJBH3}));
	open_compartment(district, ji);
}

/* Without a name, and added to; recorded when the clock comes to the next day. */
static void report_something(struct district *district)
{
	district_at(district, "2019-05-05 10:00");
	reporting_adopt(district);
	district_must(district, reporting_send(district, "one", "water", "办事推诿"));
	district_must(district, reporting_add(district, "one", "三月一日"));
}

/* A council decides though its chief spoke first: a breach of procedure by the committee. */
static void hold_meeting(struct district *district)
{
	static const char text[] =
		"procedure: council\ngrasp: rules\ntitle: {zh: 集体决策, en: Council}\n"
		"number: \"议〔{year}〕{seq}号\"\n"
		"roles: {office: {function: supervision_office}, committee: {function: district_committee}}\n"
		"fields: {unit: {type: unit}, held_on: {type: date}, chief: {type: person}, spoke: {type: "
		"persons}}\n"
		"states: {waiting: {start: true}, decided: {}, closed: {end: success}}\n"
		"actions:\n"
		"  pass:\n"
		"    by: office\n    from: waiting\n    to: decided\n"
		"    fields: {held_on: {required: true}, chief: {}, spoke: {}}\n"
		"    checks:\n"
		"      - {that: held_on <= today, say: {zh: 还没有开, en: not held yet}}\n"
		"      - {that: chief last_of spoke, say: {zh: 未末位表态, en: not the last}, breach: {of: "
		"office, "
		"escalate: committee}}\n"
		"  postpone: {by: office, from: waiting, to: closed, answers_to: committee}\n"
		"  close: {by: committee, from: decided, to: closed}\n"
		"duties:\n"
		"  pass_it: {bearer: office, in: waiting, discharged_by: [pass, postpone], within: 90 days, "
		"breach: {escalate: committee}}\n"
		"  close_it: {bearer: committee, in: decided, discharged_by: close, within: 90 days, "
		"breach: {escalate: office}}\n"
		"meeting: {held_on: held_on, spoke: spoke, chair: chief}\n";
	struct doc *fields = doc_object(district->arena), *spoke = doc_list(district->arena);
	struct command open = {.kind = COMMAND_OPEN, .name = STR("council")};
	struct command pass = {.kind = COMMAND_ACT, .name = STR("pass"), .fields = fields};

	adopt(district, "council.yaml", text);
	district_must(district, district_command(district, "he", open, NULL));
	pass.matter = district->receipt.matter;
	doc_push(district->arena, spoke, doc_int(district->arena, person_id(district->scene, "lin")));
	doc_push(district->arena, spoke, doc_int(district->arena, person_id(district->scene, "he")));
	doc_set(district->arena, fields, "held_on", doc_text(district->arena, STR("2019-05-06")));
	doc_set(district->arena, fields, "chief",
		doc_int(district->arena, person_id(district->scene, "lin")));
	doc_set(district->arena, fields, "spoke", spoke);
	district_must(district, district_command(district, "he", pass, NULL));
}

/* The park is no more, and water is called otherwise. */
static void reorganise(struct district *district)
{
	const struct org *org = district->scene->org;
	struct day today = instant_day(district->now, 480);
	struct tenure tenure = *org_holder(org, post_id(district->scene, "park-liaison"), today);
	struct unit park = *org_unit(org, unit_id(district->scene, "park")),
		    water = *org_unit(org, unit_id(district->scene, "water"));

	tenure.until = today;
	district_must(
		district, district_act(district, (struct act){.kind = ACT_TENURE, .what.tenure = &tenure}));
	park.until = today;
	district_must(district, district_act(district, (struct act){.kind = ACT_UNIT, .what.unit = &park}));
	assert_int_equal(district->receipt.count, 3); /* with its two posts */
	water.name = STR("水利局");
	water.since = today;
	district_must(district, district_act(district, (struct act){.kind = ACT_UNIT, .what.unit = &water}));
}

/* A task for an institution below, and its report. */
static void exchange_packages(struct district *district)
{
	static const uint8_t seed[SIGN_SEED_SIZE] = {7};
	struct sign_key *signer = sign_key_new(seed);
	uint8_t public_key[SIGN_PUBLIC_SIZE];
	int64_t person = person_id(district->scene, "he");

	sign_key_public(signer, public_key);
	sign_key_free(signer);
	struct note_key key = note_key_make(STR("town.example/town"), public_key);
	struct peer peer = {.code = STR("town"),
		.title = {STR("某镇"), STR("A town")},
		.side = LEVEL_BELOW,
		.key = note_key_print(district->arena, &key)};
	struct act set = {.kind = ACT_PEER, .account = ADMIN_SECURITY};
	struct command note = {
		.kind = COMMAND_NOTE, .person = person, .matter = 1, .text = STR("镇里已完成四成")};
	struct act send = {.kind = ACT_PACKAGE_SEND, .person = person};
	struct act take = {
		.kind = ACT_PACKAGE_TAKE, .person = person, .what.package = {.commands = &note, .count = 1}};
	struct doc *spec;

	set.what.peer.row = peer_to_doc(district->arena, &peer);
	set.what.peer.fingerprint = key_fingerprint(district->arena, peer.key);
	district_must(district, district_act(district, set));
	const char *texts[] = {
		"{\"peer\":1,\"number\":1,\"size\":9,\"hash\":"
		"\"00000000000000000000000000000000000000000000000000000000000000aa\",\"root\":"
		"\"00000000000000000000000000000000000000000000000000000000000000bb\",\"items\":[{\"kind\":"
		"\"task\",\"matter\":1,\"event\":-1,\"far\":\"\",\"body\":{\"title\":\"岸线\"}}]}",
		"{\"peer\":1,\"number\":3,\"size\":5,\"hash\":"
		"\"00000000000000000000000000000000000000000000000000000000000000cc\",\"root\":"
		"\"00000000000000000000000000000000000000000000000000000000000000dd\",\"items\":[{\"kind\":"
		"\"report\",\"matter\":1,\"event\":-1,\"far\":\"镇督1号\",\"body\":{\"title\":\"岸线\"}}]}"};

	district_must(district, doc_read(district->arena, str_from(texts[0]), &spec, &district->why));
	send.what.package.spec = send.what.package.asked = spec;
	district_must(district, district_act(district, send));
	assert_int_equal(district_act(district, send), ERR_CONFLICT); /* its number isn't the next any more */
	district_must(district, doc_read(district->arena, str_from(texts[1]), &spec, &district->why));
	take.what.package.spec = spec;
	district_must(district, district_act(district, take));
	district_must(district, district_act(district, take));
	assert_true(district->receipt.again);
}

struct district *busy_district_of_18(void)
{
	static const struct relation relation = {
		0, {"same_problem", 12}, {"同类问题", 12}, {"Same problem as", 15}};
	struct district *district = district_new();

	district_must(district,
		district_act(district, (struct act){.kind = ACT_RELATION, .what.relation = &relation}));
	first_weeks(district);
	later_weeks(district);
	district_at(district, "2019-03-20 09:00"); /* somebody set the clock back */
	district_key_task(district, "working", "2019-06-28");
	report_something(district);
	district_pass(district, "2019-05-06 09:00");
	hold_vote(district);
	adopt_formula(district);
	register_rules(district);
	administer(district);
	hold_meeting(district);
	return district;
}

struct district *busy_district(void)
{
	struct district *district = busy_district_of_18();

	exchange_packages(district);
	reorganise(district);
	show_files(district);
	return district;
}

/* ---- tampering ---- */

struct tampered tamper(struct district *district, const char *sql)
{
	struct str above = temporary_folder(district->arena);
	struct tampered tampered = {.dir = above};
	struct str file = str_format(district->arena, "%s/bihuan.db", above.data);
	sqlite3 *database;
	char *message = NULL;

	district_must(district, store_backup(district->reader, file, NULL, NULL, &district->why));
	assert_int_equal(sqlite3_open(file.data, &database), SQLITE_OK);
	if (sqlite3_exec(database, sql, NULL, NULL, &message) != SQLITE_OK)
		fail_msg("%s: %s", message, sql);
	if (sqlite3_total_changes(database) == 0 && sql[0] != '\0')
		fail_msg("it changes nothing: %s", sql);
	sqlite3_close(database);
	district_must(district, store_open(tampered.dir, STORE_READ, &tampered.store, &district->why));
	return tampered;
}

void tampered_free(struct district *district, struct tampered *tampered)
{
	(void)district;
	store_close(tampered->store);
	remove_folder(tampered->dir);
}

/* ---- chance ---- */

static uint64_t next(uint64_t *seed)
{
	uint64_t z = (*seed += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static int64_t below(uint64_t *seed, int64_t end)
{
	return (int64_t)(next(seed) % (uint64_t)end);
}

static struct doc *some_fields(
	struct district *district, uint64_t *seed, const struct field *fields, size_t count)
{
	struct doc *object = doc_object(district->arena);

	for (size_t i = 0; i < count; i++) {
		const char *typed = "1";
		struct doc *value = NULL;

		if (fields[i].type == FIELD_DATE)
			typed = str_format(district->arena, "2019-%02d-%02d", (int)below(seed, 8) + 4,
				(int)below(seed, 28) + 1)
					.data;
		else if (fields[i].type == FIELD_UNIT)
			typed = below(seed, 2) ? "water" : "agri";
		else if (fields[i].type == FIELD_POST)
			typed = "vice-mayor";
		else if (fields[i].type == FIELD_CHOICE)
			typed = "overdue";
		else if (fields[i].type == FIELD_TEXT)
			typed = "清淤";
		if (field_value_read(district->arena, &fields[i], district->scene->org, str_from(typed),
			    &value, NULL) == ERR_OK &&
			below(seed, 20) > 0)
			doc_set_str(district->arena, object, fields[i].name, value);
	}
	return object;
}

static struct command some_command(struct district *district, uint64_t *seed, int64_t matters)
{
	static struct evidence_item file = {
		.hash = {"00000000000000000000000000000000000000000000000000000000000000aa", 64},
		.name = {"a.pdf", 5},
		.size = 1};
	const struct matter *matter = district_matter(district, 1 + below(seed, matters));
	const struct procedure *procedure = matter->procedure;
	struct command command = {.kind = (enum command_kind)(COMMAND_ACT + below(seed, 10)),
		.matter = matter->id,
		.about = 1 + below(seed, 4),
		.grant = below(seed, 2) == 0,
		.text = STR("知悉")};

	if (below(seed, 3) > 0)
		command.kind = COMMAND_ACT;
	if (command.kind == COMMAND_ACT) {
		const struct action *action =
			&procedure->actions[below(seed, (int64_t)procedure->action_count)];

		command.name = action->name;
		command.fields = some_fields(district, seed, action->fields, action->field_count);
		command.evidence = &file;
		command.evidence_count = action->evidence == EVIDENCE_REQUIRED ? 1 : 0;
	} else if (command.kind == COMMAND_REQUEST && procedure->request_count > 0) {
		const struct request_rule *rule =
			&procedure->requests[below(seed, (int64_t)procedure->request_count)];

		command.name = rule->name;
		command.fields = some_fields(district, seed, rule->fields, rule->field_count);
	} else if (command.kind == COMMAND_LINK) {
		command.name = STR("same_problem");
	}
	return command;
}

static struct command some_opening(struct district *district, uint64_t *seed, int64_t matters)
{
	const struct scene *scene = district->scene;
	const struct procedure *procedure =
		scene->definitions[below(seed, (int64_t)scene->world.definition_count)].procedure;
	struct command command = {.kind = COMMAND_OPEN,
		.name = procedure->name,
		.fields = some_fields(district, seed, procedure->fields, procedure->field_count)};

	if (matters > 0 && below(seed, 3) == 0)
		command.parent = 1 + below(seed, matters);
	return command;
}

int random_history(struct district *district, uint64_t seed, int count)
{
	static const char *const people[] = {"he", "du", "bo", "wang", "wei", "wu", "zhao", "ji", "ann", "mo",
		"shu", "mo for wang", "mei for he"};
	int done = 0;

	delegate(district, "wang", "mo");
	delegate(district, "he", "mei");
	for (int i = 0; i < count; i++) {
		int64_t matters = district_number(district, "select count(*) from matter");
		struct command command = matters == 0 || below(&seed, 12) == 0
						 ? some_opening(district, &seed, matters)
						 : some_command(district, &seed, matters);

		if (below(&seed, 6) == 0)
			district->now.us += US_PER_DAY / 3 * (1 + below(&seed, 12));
		if (below(&seed, 10) == 0)
			district_sweep(district);
		if (district_command(district, people[below(&seed, ARRAY_COUNT(people))], command, NULL) ==
			ERR_OK)
			done++;
	}
	district_sweep(district);
	return done;
}
