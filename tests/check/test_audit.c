/* test_audit.c: a busy history breaks nothing, and each invariant fires when it alone is broken. */
#include "busy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct broken {
	char names[2048]; /* of those that fired, each once, ";" behind it */
	char row[512];    /* the last one */
	bool loud;
};

static void hear(void *context, const struct invariant *invariant, const struct broken_row *row)
{
	struct broken *broken = context;
	size_t used = strlen(broken->names);

	snprintf(broken->row, sizeof broken->row, "%.*s", STR_ARG(row->text));
	if (broken->loud)
		print_message("%s: %.*s\n", invariant->name, STR_ARG(row->text));
	if (strstr(broken->names, invariant->name) == NULL)
		snprintf(broken->names + used, sizeof broken->names - used, "%s;", invariant->name);
}

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

static struct audited audit(struct district *district, struct store *store, struct broken *broken)
{
	struct audited audited;

	district_must(
		district, check_audit(store, district->now, NULL, hear, broken, &audited, &district->why));
	return audited;
}

static void a_busy_history_breaks_nothing(void **state)
{
	struct district *district = *state;
	struct broken broken = {.loud = true};
	struct audited audited = audit(district, district->reader, &broken);

	expect_text("what is broken", broken.names, "");
	for (int sentence = 0; sentence < SENTENCE_COUNT; sentence++)
		assert_int_equal(audited.broken[sentence], 0);
}

/* What random people do can leave posts vacant and answers ungiven; nothing else may ever be broken. */
static void random_histories_break_nothing_but_promises(void **state)
{
	(void)state;
	for (uint64_t seed = 11; seed <= 14; seed++) {
		struct district *district = district_new();
		struct broken broken = {0};

		random_history(district, seed, 1200);
		audit(district, district->reader, &broken);
		if (strcmp(broken.names, "") != 0 &&
			strcmp(broken.names, "every_answer_that_is_owed_came_in_time;") != 0)
			fail_msg("seed %llu: %s %s", (unsigned long long)seed, broken.names, broken.row);
		district_free(district);
	}
}

/* Replace a text in the payloads, or the envelopes, of some events. */
#define IN_PAYLOAD(from, to, which)                                                                          \
	"update payload set body = cast(replace(cast(body as text), '" from "', '" to                        \
	"') as blob) where idx "                                                                             \
	"in (select idx from event where " which ");"
#define IN_ENVELOPE(from, to, which)                                                                         \
	"update event set envelope = cast(replace(cast(envelope as text), '" from "', '" to                  \
	"') as blob) where " which ";"

static const struct {
	const char *fires, *sql; /* fires: the invariant, and behind a ";" what can't but fire with it */
} breaks[] = {
	{"every_open_matter_is_owed_by_somebody",
		"delete from duty where matter = 4 and kind = 'rule' and closed is null; "
		"update matter set due = (select min(due) from duty where matter = 4 and state = 'open') "
		"where id = 4"},
	{"every_deed_was_done_through_a_post_held_that_day",
		IN_PAYLOAD("\"person\":7,\"post\":7", "\"person\":8,\"post\":7",
			"object = 'm4' and kind = 'matter.act'")},
	{"whoever_stood_in_was_delegated_by_that_very_person",
		IN_PAYLOAD(
			"\"until\":\"2019-12-31\"", "\"until\":\"2019-03-02\"", "kind = 'delegation.set'")},
	{"whoever_produced_it_did_not_pass_it",
		IN_PAYLOAD("\"person\":3,\"post\":3,\"to\":\"closed\"",
			"\"person\":7,\"post\":7,\"to\":\"closed\"", "object = 'm2'")},
	{"every_deed_that_needs_evidence_shows_some", "delete from evidence where matter = 2"},
	{"every_open_duty_lies_with_a_post",
		"update duty set post = null where matter = 4 and closed is null"},
	{"nothing_open_rests_on_what_was_abolished", "update unit set until_day = '2019-05-01' where id = 4"},
	{"every_open_duty_has_somebody_who_bears_it_today",
		"update tenure set until_day = '2019-05-01' where post = 7 and until_day is null"},
	{"no_duty_is_open_in_an_ended_matter",
		"update duty set closed = null, state = 'open' where matter = 2 and id = 5; "
		"update matter set due = (select due from duty where matter = 2 and id = 5) where id = 2; "
		"update duty set breached = 1 where matter = 2 and id = 5; "
		"insert into duty select 1, 2, 99, 'answer', 'answer', -1, 5, null, unit, post, person, "
		"'done', armed, "
		"due, warn, 0, 0, 0, 0, 0, armed from duty where matter = 2 and id = 5"},
	{"every_duty_is_open_or_closed_with_its_reason",
		"update duty set state = 'paused' where matter = 2 and id = 5; "
		"update matter set suspended_until = 1893456000000000 where id = 2"},
	{"only_a_suspended_matter_has_paused_duties", "update duty set state = 'paused' where matter = 9 and "
						      "closed is null; update matter set due = null where "
						      "id = 9"},
	{"every_open_request_has_somebody_who_must_decide_it",
		"update request set state = 'open' where matter = 3 and id = 2"},
	{"no_part_outlives_what_it_is_part_of;every_figure_is_what_counting_gives",
		"update matter set ended = changed_at, outcome = 'success', state = 'closed' where id = 6; "
		"update matter set ended = (select changed_at + 1 from matter where id = 6) where id = 7; "
		"update duty set closed = 1, state = 'dropped' where matter = 6 and closed is null and kind "
		"= 'rule';"
		"update matter set due = (select min(due) from duty where matter = 6 and state = 'open') "
		"where id = 6"},
	{"no_duty_is_overdue_without_its_breach_recorded",
		"update duty set breached = 0 where matter = 6 and breached = 1 and closed is null and kind "
		"= 'rule'; "
		"update duty set due = 1554048000000000 where matter = 9 and id = 3; "
		"update matter set due = 1554048000000000 where id = 9"},
	{"every_breach_was_told_to_another_than_its_bearer",
		"delete from notice where kind = 'breached' and matter = 5 and post <> 7"},
	{"every_breach_obliges_somebody_to_answer",
		"update duty set about = 77 where matter = 5 and kind = 'answer'"},
	{"every_breach_opened_the_matter_its_rule_names", "delete from link where relation = 'cause'"},
	{"every_breach_is_recorded_once",
		"insert into event select 1, m.top + 1, e.time + 100000000000000, e.kind, e.object, "
		"cast('{\"act\":\"duty.breach\",' || "
		"'\"index\":' || (m.top + 1) || ',\"object\":\"m5\",\"prev\":' || (select last_index from "
		"matter where id = "
		"5) || ',\"time\":' || (e.time + 100000000000000) || '}' as blob) from event e, (select "
		"max(idx) as top from event) m "
		"where e.kind = 'duty.breach' and e.object = 'm5' and e.idx = (select min(idx) from event "
		"where kind = "
		"'duty.breach' and object = 'm5'); "
		"insert into payload select 1, m.top, p.slot, p.class, p.salt, p.body from payload p, "
		"(select max(idx) as "
		"top from event) m where p.idx = (select min(idx) from event where kind = 'duty.breach' and "
		"object = "
		"'m5'); "
		"update matter set version = version + 1, last_index = (select max(idx) from event) where id "
		"= 5; "
		"insert into notice select 1, 2, max(idx), 5, 3, 'breached' from event; "
		"insert into notice select 1, 3, max(idx), 5, 3, 'breached' from event; "
		"insert into link select 1, 8, max(idx) + 1, 'cause', 5 from event"},
	{"every_breach_stays_whatever_day_came_after", "delete from breach where matter = 5"},
	{"every_breach_stays_whatever_day_came_after;no_breach_is_recorded_before_its_due_instant",
		IN_PAYLOAD("\"at\":15", "\"at\":25", "kind = 'duty.breach' and object = 'm5'")},
	{"what_was_late_stays_marked_as_late;every_figure_is_what_counting_gives",
		"update matter set late = 0 where id = 5"},
	{"every_breach_of_procedure_was_told_to_another", "update irregularity set answer = null"},
	{"every_answer_that_is_owed_came_in_time",
		"update duty set breached = 1 where matter = 6 and kind = 'answer' and closed is null"},
	{"events_are_numbered_without_a_gap",
		"update payload set idx = idx + 1 where idx = (select max(idx) from event); "
		"update matter set last_index = last_index + 1 where last_index = (select max(idx) from "
		"event); "
		"update event set envelope = cast(replace(cast(envelope as text), '\"index\":' || idx, "
		"'\"index\":' || (idx "
		"+ 1)) as blob) where idx = (select max(idx) from event); "
		"update notice set idx = idx + 1 where idx = (select max(idx) from event); "
		"update irregularity set idx = idx + 1 where idx = (select max(idx) from event); "
		"update event set idx = idx + 1 where idx = (select max(idx) from event)"},
	{"every_event_names_the_one_before_it",
		IN_ENVELOPE("\"prev\":", "\"prev\":1", "idx = (select last_index from matter where id = 2)")},
	{"every_row_of_an_event_says_what_its_envelope_says",
		"update event set kind = 'matter.note' where kind = 'matter.urge'"},
	{"time_runs_back_only_behind_a_record_of_it", "update event set time = time - 86400000000, envelope "
						      "= cast(replace(cast(envelope as text), '\"time\":' || "
						      "time, '\"time\":' || (time - 86400000000)) as blob) "
						      "where idx = (select max(idx) from event where kind = "
						      "'matter.note')"},
	{"no_more_is_signed_than_is_recorded", "insert into checkpoint values (1, 99999, 'x')"},
	{"numbers_of_a_procedure_have_no_gap", "update matter set seq = seq + 1 where id = 9"},
	{"every_matter_is_judged_by_the_definition_then_in_force",
		"update definition set idx = (select max(idx) from event) where procedure = "
		"'accountability'"},
	{"every_matter_counts_its_events", "update matter set version = version + 1 where id = 2"},
	{"every_matter_shows_its_earliest_due_day", "update matter set due = due + 1 where id = 9"},
	{"every_figure_is_what_counting_gives",
		"update counter set value = value + 1 where scope = 'unit' and measure = 'late'"},
	{"every_whole_shows_the_progress_of_its_parts", "update matter set rolled = 12 where id = 6"},
	{"no_post_has_two_holders_at_once",
		"update tenure set until_day = '2019-04-02' where post = 7 and until_day = '2019-04-01'"},
	{"every_delegation_has_two_people_and_an_end", "update delegation set to_person = from_person"},
	{"nobody_has_two_accounts;whoever_keeps_an_administrators_account_holds_no_post",
		"update account set keeper = (select person from account where id = 4) where id = 1"},
	{"whoever_keeps_an_administrators_account_holds_no_post",
		"update account set keeper = 9 where code = 'audit-2'"},
	{"no_account_held_two_roles", IN_PAYLOAD("\"change\":\"bound\"",
					      "\"admin\":\"system\",\"change\":\"bound\"", "object = 'a5'")},
	{"no_administrator_acted_on_their_own_account",
		IN_PAYLOAD(
			"\"by\":1,\"change\":\"reset\"", "\"by\":4,\"change\":\"reset\"", "object = 'a4'")},
	{"what_one_administrator_began_another_completed",
		IN_PAYLOAD("\"by\":2,\"change\":\"released\"", "\"by\":1,\"change\":\"released\"",
			"object = 'a4'")},
	{"every_membership_has_a_reason_and_an_end_within_half_a_year",
		IN_PAYLOAD("\"until\":\"2019-08-01\"", "\"until\":\"2019-12-31\"",
			"kind = 'compartment.member'")},
	{"whoever_looked_into_a_compartment_had_the_right_that_day",
		"update look set first = first - 86400000000"},
	{"what_came_without_a_name_is_recorded_the_day_after",
		"insert into letter_waiting select institution_id, 'x', 0, '2019-05-04', '{}' from "
		"institution"},
	{"every_vote_is_what_its_lines_say",
		IN_PAYLOAD("\"score\":10000", "\"score\":9000", "kind = 'ballot.close'")},
	{"no_rule_has_two_texts_on_a_day",
		"update rule_version set until_day = null where rule = 1 and version = 1"},
	{"every_rule_to_be_reviewed_has_a_matter_in_which_it_is_owed",
		"update rule_version set review = null where rule = 1 and version = 2"},
};

static void each_invariant_fires_when_it_alone_is_broken(void **state)
{
	struct district *district = *state;
	int others = 0;

	for (size_t i = 0; i < ARRAY_COUNT(breaks); i++) {
		struct tampered tampered = tamper(district, breaks[i].sql);
		struct broken broken = {0};
		struct str wanted = str_format(district->arena, "%s;", breaks[i].fires);

		audit(district, tampered.store, &broken);
		if (strcmp(broken.names, wanted.data) != 0) {
			print_message(
				"breaking %s fires %s (%s)\n", breaks[i].fires, broken.names, broken.row);
			others++;
		}
		tampered_free(district, &tampered);
	}
	assert_int_equal(others, 0);
}

/* The look was ji's, a member; were it another's, it is right as long as they owe something in the matter. */
static void who_owes_something_in_a_compartment_looks_by_right(void **state)
{
	static const struct {
		const char *person;
		bool right;
	} lookers[] = {{"ji", true}, {"he", true}, {"du", true}, {"mei", false}, {"wei", false}};
	struct district *district = *state;

	for (size_t i = 0; i < ARRAY_COUNT(lookers); i++) {
		struct broken broken = {0};
		struct str sql = str_format(district->arena,
			"update account set person = %lld where id = (select max(account) from look)",
			(long long)person_id(district->scene, lookers[i].person));
		struct tampered tampered = tamper(district, sql.data);

		audit(district, tampered.store, &broken);
		expect(lookers[i].person, (strstr(broken.names, "whoever_looked_into_a_compartment") ==
						  NULL) == lookers[i].right);
		tampered_free(district, &tampered);
	}
}

static void every_invariant_is_broken_once_above(void **state)
{
	(void)state;
	assert_int_equal(ARRAY_COUNT(breaks), invariant_count());
	for (size_t i = 0; i < ARRAY_COUNT(breaks); i++) {
		struct str rest = str_from(breaks[i].fires), name;

		(void)str_cut(&rest, ';', &name);
		expect(breaks[i].fires, invariant_find(name) != NULL);
	}
}

static void each_invariant_is_said_in_both_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < invariant_count(); i++) {
		const struct invariant *invariant = invariant_at(i);

		expect(invariant->name, utf8_width(str_from(invariant->zh)) > strlen(invariant->zh) / 2);
		expect(invariant->name, strlen(invariant->en) > 10);
		expect("its sentence has a text",
			strlen(sentence_text(invariant->sentence, STR("zh"))) > 10 &&
				strlen(sentence_text(invariant->sentence, STR("en"))) > 10);
	}
	assert_null(invariant_find(STR("everything_is_fine")));
}

static void one_question_can_be_asked_alone(void **state)
{
	struct district *district = *state;
	struct tampered tampered = tamper(district, "delete from evidence; delete from link");
	struct broken broken = {0};
	struct audited audited;

	district_must(district, check_audit(tampered.store, district->now,
					invariant_find(STR("every_deed_that_needs_evidence_shows_some")),
					hear, &broken, &audited, &district->why));
	expect_text("what fired", broken.names, "every_deed_that_needs_evidence_shows_some;");
	expect("the row says which", strstr(broken.row, "action=ask_close") != NULL);
	assert_int_equal(audited.broken[SENTENCE_BREACH], 0);
	assert_true(audited.broken[SENTENCE_POWER] > 0);
	tampered_free(district, &tampered);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_busy_history_breaks_nothing),
		cmocka_unit_test(each_invariant_fires_when_it_alone_is_broken),
		cmocka_unit_test(who_owes_something_in_a_compartment_looks_by_right),
		cmocka_unit_test(every_invariant_is_broken_once_above),
		cmocka_unit_test(each_invariant_is_said_in_both_languages),
		cmocka_unit_test(one_question_can_be_asked_alone),
		cmocka_unit_test(random_histories_break_nothing_but_promises),
	};
	return cmocka_run_group_tests_name("check: audit", tests, open_busy, close_busy);
}
