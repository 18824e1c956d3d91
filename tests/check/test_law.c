/* test_law.c: each step of a record is held to the definition then in force. The busy history is lawful;
 * every forgery, though hashed and signed anew, is named at its first event. */
#include "busy.h"
#include "history.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_busy(void **state)
{
	*state = busy_district();
	return 0;
}

static int close_busy(void **state)
{
	district_free(*state);
	return 0;
}

static void a_busy_history_is_lawful(void **state)
{
	struct history *history = history_of(*state);
	struct judged judged;
	struct bh_err why = {0};

	if (judge(history, &judged, &why) != history->count)
		fail_msg("%s: %s", why.place, why.text);
	assert_int_equal(judged.matters, 13);
	assert_int_equal(judged.unjudged, 0);
	assert_int_equal(judged.events,
		district_number(*state, "select count(*) from event where object >= 'm' and object < 'n'"));
}

static void random_histories_are_lawful(void **state)
{
	(void)state;
	for (uint64_t seed = 21; seed <= 26; seed++) {
		struct district *district = district_new();
		struct judged judged;
		struct bh_err why = {0};

		random_history(district, seed, 1500);
		struct history *history = history_of(district);
		size_t stopped = judge(history, &judged, &why);

		if (stopped != history->count)
			fail_msg("seed %llu, event %zu: %s: %s\n%.*s", (unsigned long long)seed, stopped,
				why.place, why.text, STR_ARG(history->items[stopped].payload));
		district_free(district);
	}
}

/* In the first event of that kind that holds it, `from` becomes `to`; the law stops there by that rule. */
static const struct forgery {
	const char *kind, *from, *to, *rule;
} forgeries[] = {
	{"matter.open", "\"definition\":2", "\"definition\":7", "definition"},
	{"matter.open", "\"definition\":2", "\"definition\":1", "opens"},
	{"matter.open", "\"seq\":2", "\"seq\":3", "number"},
	{"matter.open", "\"year\":2019", "\"year\":2018", "number"},
	{"matter.open", "\"title\":\"西江岸线整治\"", "\"titel\":\"西江岸线整治\"", "fields"},
	{"matter.open", "\"person\":3,\"post\":3", "\"person\":3,\"post\":4", "post"},
	{"matter.open", "\"rule\":\"dispatch_in_time\"", "\"rule\":\"sign_in_time\"", "opens"},
	{"matter.open", "\"due\":15519", "\"due\":15529", "due"},
	{"matter.open", "\"matter\":2", "\"matter\":1", "matter"},
	{"matter.open", "\"cause\":5", "\"cause\":4", "open"},
	{"matter.open", "\"parent\":6", "\"parent\":8", "parent"},
	{"matter.act", "\"from\":\"draft\"", "\"from\":\"working\"", "from"},
	{"matter.act", "\"action\":\"sign\"", "\"action\":\"refuse\"", "to"},
	{"matter.act", "\"to\":\"closed\"", "\"to\":\"withdrawn\"", "to"},
	{"matter.act",
		",\"evidence\":[{\"hash\":"
		"\"0000000000000000000000000000000000000000000000000000000000000001\","
		"\"name\":\"验收报告.pdf\",\"size\":1024}]",
		"", "evidence"},
	{"matter.act", "\"person\":3,\"post\":3,\"to\":\"closed\"",
		"\"person\":7,\"post\":7,\"to\":\"closed\"", "person"},
	{"matter.act", "\"on_behalf\":7,", "\"on_behalf\":8,", "person"},
	{"matter.act", "\"closes\":[{\"how\":\"done\",\"id\":1}],", "", "closes"},
	{"matter.act", "\"how\":\"dropped\"", "\"how\":\"done\"", "closes"},
	{"matter.act",
		",\"opens\":[{\"calendar\":\"chinese-days-1.5.7\",\"due\":1551888000000000,\"id\":2,\"kind\":"
		"\"rule\","
		"\"post\":7,\"rule\":\"sign_in_time\",\"unit\":4}]",
		"", "opens"},
	{"matter.act", "\"opens\":[{\"calendar\"", "\"opens\":[{\"breached\":true,\"calendar\"", "failure"},
	{"matter.act", "\"breached\":true,", "", "failure"},
	{"matter.act", "\"fields\":{\"reason\":\"重复立项\"}", "\"fields\":{}", "fields"},
	{"matter.act", "\"progress\":60}", "\"progress\":90}", "set"},
	{"matter.act", "\"irregular\":[{\"answer\":3,\"check\":1", "\"irregular\":[{\"answer\":3,\"check\":0",
		"irregular"},
	{"matter.act", "\"held_on\":\"2019-05-06\",\"spoke\"", "\"held_on\":\"2019-05-07\",\"spoke\"", "set"},
	{"matter.act", "\"irregular\":[{", "\"irregulas\":[{", "irregular"},
	{"duty.warn", "\"at\":15", "\"at\":14", "warn"},
	{"duty.breach", "\"at\":15", "\"at\":14", "breach"},
	{"duty.breach", "{\"duty\":3,\"kind\":\"breached\",\"post\":2},", "", "escalate"},
	{"duty.breach", "\"kind\":\"answer\"", "\"kind\":\"rule\"", "opens"},
	{"duty.breach", "\"about\":3", "\"about\":2", "answer"},
	{"matter.resume", "\"resumes\":[{", "\"resumed\":[{", "resumes"},
	{"request.make", "\"about\":1", "\"about\":2", "opens"},
	{"request.make", "\"rule\":\"extend\",", "\"rule\":\"suspend\",", "opens"},
	{"request.make", "\"rule\":\"extend\",\"tells\"", "\"rule\":\"suspend\",\"tells\"", "fields"},
	{"request.decide", "\"person\":3,\"post\":3", "\"person\":7,\"post\":7", "person"},
	{"request.decide", "\"extended\":true,", "", "moves"},
	{"request.decide", "\"suspended_until\":15", "\"suspended_until\":14", "stops"},
	{"request.decide", "\"closes\":[{\"how\":\"done\",\"id\":6}],", "", "closes"},
	{"matter.instruct", "\"about\":1", "\"about\":9", "opens"},
	{"matter.answer", "\"duty\":", "\"dudy\":", "duty"},
	{"matter.note", "\"digest\":", "\"closes\":[{\"how\":\"done\",\"id\":3}],\"digest\":", "parts"},
	{"matter.note", "反馈\"}", "反馈\",\"to\":\"closed\"}", "parts"},
	{"matter.urge", "\"matter\":3", "\"matter\":3,\"opens\":[]", "parts"},
	{"matter.open", "\"letter\":\"", "\"letter\":\"x", "letter"},
	{"matter.open", "\"letter\":", "\"lettre\":", "by"},
	{"matter.open", "\"came\":\"2019-05-05\"", "\"came\":\"2019-05-07\"", "came"},
	{"matter.open", "{\"subject\":", "{\"answer\":\"x\",\"subject\":", "letters"},
	{"matter.note", "\"reporter\":true", "\"reporter\":false", "by"},
	{"matter.act", "\"photo\":\"", "\"photo\":\"0", "files"},
	{"matter.act", "\"in_name_of\":", "\"in_name_oz\":", "by"},
	{"tenure.set", "\"post\":1", "\"post\":99", "tenure"},
	{"unit.set", "\"id\":2", "\"id\":7", "unit"},
	{"unit.set", "\"until\":\"2019", "\"until\":\"2029", "until"},
	{"unit.set", "\"since\":\"2019-05-06\"", "\"since\":\"2019-05-06\",\"until\":\"2019-05-06\"",
		"until"},
	{"post.set", "园林中心联络员\",\"unit\":6,\"until\":\"2019",
		"园林中心联络员\",\"unit\":6,\"until\":\"2018", "post"},
	{"formula.adopt", "\"from\":\"2019", "\"from\":\"2018", "from"},
	{"formula.adopt", "\"formula\":\"plain\"", "\"formula\":\"fancy\"", "formula"},
	{"formula.adopt", "\"id\":1", "\"id\":2", "formula"},
	{"formula.adopt", "weight: 60", "weight: no", "formula"},
	{"peer.set", "\"by\":2", "\"by\":1", "by"},
	{"peer.set", "\"side\":\"below\"", "\"side\":\"beside\"", "peer"},
	{"package.send", "\"number\":1", "\"number\":2", "package"},
	{"package.send", "\"peer\":1", "\"peer\":2", "package"},
	{"package.take", "\"id\":2", "\"id\":3", "package"},
	{"package.take", "\"kind\":\"report\"", "\"kind\":\"rapport\"", "package"},
	{"procedure.adopt", "\"version\":1", "\"version\":2", "definition"},
	{"procedure.adopt", "\"procedure\":\"accountability\"", "\"procedure\":\"another\"", "definition"},
	{"account.set", "\"by\":2,\"change\":\"released\"", "\"by\":1,\"change\":\"released\"", "account"},
	{"account.set", "\"change\":\"reset\"", "\"change\":\"disabled\"", "account"},
	{"account.set", "\"state\":\"waiting\"", "\"state\":\"active\"", "account"},
	{"account.set", "\"change\":\"created\"", "\"change\":\"promoted\"", "account"},
	{"admin.set", "\"by\":2", "\"by\":1", "account"},
	{"admin.set", "\"by\":2", "\"by\":0", "account"},
	{"admin.set", "\"admin\":\"security\"", "\"admin\":\"audit\"", "account"},
	{"policy.set", "\"by\":2", "\"by\":3", "account"},
	{"compartment.member", "\"until\":\"2019-08-01\"", "\"until\":\"2019-12-31\"", "account"},
	{"kin.set", "\"id\":1", "\"id\":3", "kin"},
	{"kin.set", "\"by\":1,", "", "by"},
	{"kin.set", "\"by\":1,", "\"by\":2,", "by"},
};

static bool stops_where_forged(struct history *history, const struct forgery *forgery)
{
	struct judged judged;
	struct bh_err why = {0};

	for (size_t i = 0; i < history->count; i++) {
		struct str kept = history->items[i].payload;
		struct str forged = replaced(history->arena, kept, forgery->from, forgery->to);

		if (!str_is(history->items[i].kind, forgery->kind) || forged.data == NULL)
			continue;
		history->items[i].payload = forged;
		size_t stopped = judge(history, &judged, &why);

		history->items[i].payload = kept;
		if (stopped == i && strcmp(why.place, forgery->rule) == 0)
			return true;
		print_message("%s '%s': forged %zu, stopped at %zu by %s: %s\n", forgery->kind, forgery->from,
			i, stopped, why.place, why.text);
		return false;
	}
	print_message("%s '%s' is nowhere\n", forgery->kind, forgery->from);
	return false;
}

static void every_forgery_is_named_where_it_stands(void **state)
{
	struct history *history = history_of(*state);
	int missed = 0;

	for (size_t i = 0; i < ARRAY_COUNT(forgeries); i++)
		missed += !stops_where_forged(history, &forgeries[i]);
	assert_int_equal(missed, 0);
}

/* Leave one event out, as if it had never been recorded. */
static void what_must_follow_is_missed(void **state)
{
	static const struct {
		const char *kind, *holds, *rule;
	} missing[] = {
		{"duty.breach", "\"name\":\"finish\"", "open"}, /* then nothing opened the accountability */
		{"matter.open", "\"cause\":5", "open"},
		{"tenure.set", "\"post\":7", "tenure"},
	};
	struct history *history = history_of(*state);

	for (size_t i = 0; i < ARRAY_COUNT(missing); i++) {
		struct history cut = *history;
		struct judged judged;
		struct bh_err why = {0};
		size_t at = 0;

		cut.items = ARENA_TAKE(history->arena, history->count, struct kept_event);
		cut.count = 0;
		for (size_t j = 0; j < history->count; j++)
			if (at == 0 && str_is(history->items[j].kind, missing[i].kind) &&
				str_find(history->items[j].payload, str_from(missing[i].holds)) != SIZE_MAX)
				at = j;
			else
				cut.items[cut.count++] = history->items[j];
		assert_true(at > 0);
		if (judge(&cut, &judged, &why) != at || strcmp(why.place, missing[i].rule) != 0)
			fail_msg("without event %zu: %s: %s", at, why.place, why.text);
	}
}

static void a_forged_state_is_named_by_its_digest(void **state)
{
	struct forgery forgery = {"matter.note", "\"digest\":\"", "\"digest\":\"0", "digest"};

	assert_true(stops_where_forged(history_of(*state), &forgery));
}

/* What is withheld isn't guessed at: its matter goes unjudged, the others are judged on. */
static void what_is_withheld_is_left_unjudged(void **state)
{
	struct history *history = history_of(*state);
	struct judged judged;
	struct bh_err why = {0};

	for (size_t i = 0; i < history->count; i++)
		if (str_is(history->items[i].class, "personal"))
			history->items[i].payload = STR_NONE;
	if (judge(history, &judged, &why) != history->count)
		fail_msg("without names: %s: %s", why.place, why.text);
	assert_int_equal(judged.unjudged, 0);
	for (size_t i = 0; i < history->count; i++)
		if (str_find(history->items[i].payload, STR("\"action\":\"dispatch\"")) != SIZE_MAX) {
			history->items[i].payload = STR_NONE;
			break;
		}
	if (judge(history, &judged, &why) != history->count)
		fail_msg("without one step: %s: %s", why.place, why.text);
	assert_true(judged.unjudged > 1);
	assert_true(judged.events > judged.unjudged);
}

/* Whatever stands in a payload, judging it never stops the process. */
static void nonsense_is_refused_and_harms_nothing(void **state)
{
	static const char *const nonsense[] = {"null", "[]", "3", "\"x\"", "{}", "true", "-1", "[{}]", "[3]",
		"{\"id\":0}", "9223372036854775807"};
	struct history *history = history_of(*state);
	uint64_t seed = 7;

	for (int round = 0; round < 2500; round++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t at = (size_t)((seed >> 33) % history->count);
		struct str kept = history->items[at].payload;
		struct doc *tree;
		struct judged judged;
		struct bh_err why = {0};

		if (kept.data == NULL || doc_read_canonical(history->arena, kept, &tree, NULL) != ERR_OK ||
			tree->count == 0)
			continue;
		size_t member = (size_t)((seed >> 20) % tree->count);
		struct doc *other;

		assert_int_equal(
			doc_read_canonical(history->arena,
				str_from(nonsense[(seed >> 10) % ARRAY_COUNT(nonsense)]), &other, NULL),
			ERR_OK);
		tree->items[member] = *other;
		history->items[at].payload = doc_print(history->arena, tree);
		(void)judge(history, &judged, &why);
		history->items[at].payload = kept;
	}
}

/* ---- the whole way: exported, verified, judged ---- */

struct bytes {
	struct buf buf;
	size_t at;
};

static enum err put_bytes(void *context, struct str bytes)
{
	buf_put(&((struct bytes *)context)->buf, bytes);
	return ERR_OK;
}

static enum err get_bytes(void *context, char *bytes, size_t size, size_t *ret_size)
{
	struct bytes *all = context;
	struct str piece = str_slice((struct str){all->buf.data, all->buf.size}, all->at, size);

	memcpy(bytes, piece.data, piece.size);
	all->at += piece.size;
	*ret_size = piece.size;
	return ERR_OK;
}

struct exporting {
	struct district *district;
	struct opened_payload *payloads;
	struct str *envelopes;
};

static enum err take_stored(void *context, const struct stored_event *stored)
{
	struct exporting *exporting = context;
	struct arena *arena = exporting->district->arena;
	struct opened_payload *payload = &exporting->payloads[stored->index];

	exporting->envelopes[stored->index] = str_copy(arena, stored->envelope);
	*payload = (struct opened_payload){.slot = STR("main"), .bytes = str_copy(arena, stored->payload)};
	memcpy(payload->salt, stored->salt.data, SALT_SIZE);
	return payload_class_parse(stored->class, &payload->class) ? ERR_OK : ERR_BROKEN;
}

static enum err give_stored(void *context, uint64_t index, struct arena *arena, struct str *ret_envelope,
	struct opened_payload *ret_payloads, size_t *ret_count)
{
	struct exporting *exporting = context;

	(void)arena;
	*ret_envelope = exporting->envelopes[index];
	ret_payloads[0] = exporting->payloads[index];
	*ret_count = 1;
	return ERR_OK;
}

static enum err give_node(void *context, unsigned level, uint64_t i, struct hash *ret_hash)
{
	struct exporting *exporting = context;

	return store_node_get(exporting->district->reader, level, i, ret_hash, NULL);
}

static void an_export_is_verified_and_judged_in_one_pass(void **state)
{
	struct district *district = *state;
	int64_t count = district_number(district, "select count(*) from event");
	struct exporting exporting = {.district = district,
		.payloads = ARENA_TAKE(district->arena, (size_t)count, struct opened_payload),
		.envelopes = ARENA_TAKE(district->arena, (size_t)count, struct str)};
	struct export_plan plan = {
		.note = installation_checkpoint(district->installation, district->arena), .time = 1};
	struct export_source source = {
		.event = give_stored, .context = &exporting, .tree = {give_node, &exporting}};
	struct bytes file = {.buf = buf_new(district->arena)};
	struct byte_sink sink = {put_bytes, &file};
	struct byte_source from = {get_bytes, &file};
	struct law *law = law_new();
	struct verification verification;

	district_must(district,
		note_key_parse(district->arena, installation_vkey(district->installation, district->arena),
			&plan.key, &district->why));
	district_must(district,
		store_event_each(district->reader, 0, INT64_MAX, take_stored, &exporting, &district->why));
	district_must(district, ledger_export(&plan, &source, &sink, &district->why));
	struct verify_plan verify = {.key = plan.key, .each = law_judge, .context = law};

	district_must(
		district, ledger_verify(district->arena, &verify, &from, &verification, &district->why));
	if (verification.verdict != VERDICT_OK)
		fail_msg("event %lld: %s", (long long)verification.first_bad, verification.what.data);
	assert_int_equal(verification.events, count);
	assert_int_equal(law_judged(law).matters, 13);
	law_free(law);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_busy_history_is_lawful),
		cmocka_unit_test(every_forgery_is_named_where_it_stands),
		cmocka_unit_test(what_must_follow_is_missed),
		cmocka_unit_test(a_forged_state_is_named_by_its_digest),
		cmocka_unit_test(what_is_withheld_is_left_unjudged),
		cmocka_unit_test(nonsense_is_refused_and_harms_nothing),
		cmocka_unit_test(an_export_is_verified_and_judged_in_one_pass),
		cmocka_unit_test(random_histories_are_lawful),
	};
	return cmocka_run_group_tests_name("check: the law", tests, open_busy, close_busy);
}
