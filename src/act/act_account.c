/* act_account.c: what administrators do, and what is recorded of them: accounts and their roles, members of
 * compartments, the profile of passwords, and who looked. */
#include "act/writer.h"

/* Acts that are an administrator's work; no other account without a person does anything. */
static bool is_administration(enum act_kind kind)
{
	return kind == ACT_ACCOUNT || kind == ACT_MEMBER || kind == ACT_PROFILE || kind == ACT_PEER;
}

enum err act_account_guard(
	const struct installation *installation, const struct act *act, struct bh_err *reterr)
{
	if (act->account == 0)
		return ERR_OK;
	const struct account *account = directory_account(installation->directory, act->account);

	if (account == NULL || account->state != ACCOUNT_ACTIVE)
		return err_set(reterr, ERR_FORBIDDEN, "account", "this account can't be used now");
	if (account->person != act->person)
		return err_set(reterr, ERR_FORBIDDEN, "person", "an account acts for its own person only");
	if (account->person == 0 && !is_administration(act->kind))
		return err_set(reterr, ERR_FORBIDDEN, "account",
			"an administrator's account has no part in the institution's business");
	return ERR_OK;
}

static struct day today(const struct installation *installation, struct instant now)
{
	return instant_day(now, installation->offset_minutes);
}

static struct str new_pseudonym(struct installation *installation, struct arena *arena)
{
	uint8_t bytes[10];

	installation->source.random(installation->source.context, bytes, sizeof bytes);
	return str_format(arena, "a%.*s", STR_ARG(hex_print(arena, bytes, sizeof bytes)));
}

/* ---- accounts ---- */

/* Write down that an account is now so. */
static enum err record_account(struct installation *installation, struct arena *arena, const struct act *act,
	const struct account *account, enum account_change change, struct instant now, int64_t *ret_index,
	struct bh_err *reterr)
{
	struct event event = {.kind = change == ACCOUNT_CHANGE_GRANTED ? EVENT_ADMIN_SET : EVENT_ACCOUNT_SET,
		.time = now,
		.payload = account_to_doc(arena, account)};
	struct record record = {.object = str_format(arena, "a%lld", (long long)account->id),
		.person = act->person,
		.account = act->account};

	doc_set(arena, event.payload, "change", doc_text(arena, str_from(account_change_name(change))));
	doc_set(arena, event.payload, "by", doc_int(arena, act->account));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	*ret_index = event.index;
	return store_account_put(installation->store, account, reterr);
}

enum err act_account_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct account_ask ask = *act->what.account;
	struct account account;
	int64_t index;

	ask.by = act->account;
	ask.today = today(installation, now);
	TRY(account_decide(installation->directory, installation->org, &ask, &account, reterr));
	if (ask.change == ACCOUNT_CHANGE_CREATED)
		account.pseudonym = new_pseudonym(installation, arena);
	TRY(record_account(installation, arena, act, &account, ask.change, now, &index, reterr));
	directory_account_set(installation->directory, &account);
	*ret_receipt = (struct receipt){.first = index, .count = 1, .id = account.id};
	return ERR_OK;
}

/* The three, and the event after which nobody makes administrators but administrators. */
enum err act_begin_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct account accounts[ADMIN_COUNT];
	struct event event = {.kind = EVENT_BOOTSTRAP_ENDED, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("institution")};
	int64_t index, first = -1;

	TRY(account_begin(
		installation->directory, installation->org, act->what.administrators, accounts, reterr));
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++) {
		accounts[i].pseudonym = new_pseudonym(installation, arena);
		TRY(record_account(
			installation, arena, act, &accounts[i], ACCOUNT_CHANGE_GRANTED, now, &index, reterr));
		first = first < 0 ? index : first;
		doc_set(arena, event.payload, admin_name((enum admin)i), doc_int(arena, accounts[i].id));
	}
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	for (size_t i = ADMIN_NONE + 1; i < ADMIN_COUNT; i++)
		directory_account_set(installation->directory, &accounts[i]);
	*ret_receipt =
		(struct receipt){.first = first, .count = ADMIN_COUNT, .id = accounts[ADMIN_NONE + 1].id};
	return ERR_OK;
}

enum err act_profile_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct event event = {.kind = EVENT_POLICY_SET, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("policy"), .person = act->person, .account = act->account};

	TRY(admin_check(installation->directory, act->account, ADMIN_SECURITY, reterr));
	doc_set(arena, event.payload, "password",
		doc_text(arena, str_from(password_profile_name(act->what.profile))));
	doc_set(arena, event.payload, "by", doc_int(arena, act->account));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	TRY(store_profile_put(installation->store, act->what.profile, reterr));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1};
	return ERR_OK;
}

enum err act_demo_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct event event = {.kind = EVENT_POLICY_SET, .time = now, .payload = doc_object(arena)};
	struct record record = {.object = STR("policy"), .person = act->person, .account = act->account};

	TRY(demo_may(installation->directory, reterr));
	doc_set(arena, event.payload, "demo", doc_bool(arena, true));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	TRY(store_demo_put(installation->store, reterr));
	*ret_receipt = (struct receipt){.first = event.index, .count = 1};
	return ERR_OK;
}

/* ---- compartments ---- */

const struct subject *matter_subjects(const struct matter *matter, const struct org *org, struct day day,
	struct arena *arena, size_t *ret_count)
{
	const struct procedure *procedure = matter->procedure;
	struct subject *subjects = ARENA_TAKE(arena, procedure->action_count + 2, struct subject);

	*ret_count = 0;
	for (size_t i = 0; i <= procedure->action_count; i++) {
		bool is_action = i < procedure->action_count;

		if (is_action ? procedure->actions[i].purpose == PURPOSE_NONE
			      : procedure->letters.place.line == 0)
			continue;
		int role = is_action ? procedure->actions[i].by : procedure->letters.about;
		struct bearer bearer = matter_bearer(procedure, matter->fields, role, org, day);

		if (bearer.unit != 0 || bearer.post != 0 || bearer.person != 0)
			subjects[(*ret_count)++] = (struct subject){
				.unit = bearer.unit, .post = bearer.post, .person = bearer.person};
	}
	return subjects;
}

enum err act_member_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	struct member member = *act->what.member;
	struct day day = today(installation, now);
	struct matter *matter;
	size_t subject_count;

	member.by = act->account;
	if (member.id == 0)
		member.id = (int64_t)directory_member_count(installation->directory) + 1;
	if (day_is_none(member.from))
		member.from = day;
	TRY(store_matter_load(installation->store, arena, member.matter, installation_procedure, installation,
		&matter, reterr));
	if (matter->procedure->visibility != VISIBILITY_COMPARTMENT)
		return err_set(
			reterr, ERR_REFUSED, "matter", "this matter is no compartment: it has no members");
	const struct subject *subjects =
		matter_subjects(matter, installation->org, day, arena, &subject_count);
	struct event event = {
		.kind = EVENT_MEMBER_SET, .time = now, .payload = member_to_doc(arena, &member)};
	struct record record = {.object = str_format(arena, "c%lld", (long long)member.matter),
		.person = act->person,
		.account = act->account,
		.compartment = true};

	doc_set(arena, event.payload, "act", doc_text(arena, str_from(event_wire(event.kind))));
	TRY(member_may(
		installation->directory, installation->org, &member, subjects, subject_count, day, reterr));
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	TRY(store_member_put(installation->store, &member, reterr));
	directory_member_set(installation->directory, &member);
	*ret_receipt =
		(struct receipt){.first = event.index, .count = 1, .matter = member.matter, .id = member.id};
	return ERR_OK;
}

/* ---- who looked ---- */

static struct doc *look_to_doc(struct arena *arena, const struct looked *look)
{
	struct doc *doc = doc_object(arena);

	doc_set(arena, doc, "account", doc_int(arena, look->account));
	doc_set(arena, doc, "first", doc_int(arena, look->first.us));
	doc_set(arena, doc, "last", doc_int(arena, look->last.us));
	doc_set(arena, doc, "times", doc_int(arena, look->times));
	return doc;
}

/* Looks at one thing, in one event. Only compartments are matters whose looks are recorded. */
static enum err record_looks(struct installation *installation, struct arena *arena,
	const struct looked *looks, size_t count, struct instant now, int64_t *ret_index,
	struct bh_err *reterr)
{
	struct event event = {.kind = EVENT_LOOKED, .time = now, .payload = doc_object(arena)};
	struct str object = looks[0].object;
	bool compartment = str_starts(object, "m");
	struct record record = {
		.object = compartment ? str_format(arena, "c%.*s", STR_ARG(str_slice(object, 1, object.size)))
				      : STR("looks"),
		.compartment = compartment};
	struct doc *list = doc_list(arena);

	for (size_t i = 0; i < count; i++)
		doc_push(arena, list, look_to_doc(arena, &looks[i]));
	if (compartment) /* the envelope is sealed: only the payload says what the act was */
		doc_set(arena, event.payload, "act", doc_text(arena, str_from(event_wire(event.kind))));
	doc_set(arena, event.payload, "object", doc_text(arena, object));
	doc_set(arena, event.payload, "looks", list);
	TRY(store_object_last(installation->store, record.object, &record.previous, reterr));
	TRY(record_append(installation, arena, &event, &record, reterr));
	*ret_index = event.index;
	for (size_t i = 0; i < count; i++)
		TRY(store_look_put(installation->store, &looks[i], event.index, reterr));
	return ERR_OK;
}

enum err act_look_body(struct installation *installation, struct arena *arena, const struct act *act,
	struct instant now, struct receipt *ret_receipt, struct bh_err *reterr)
{
	const struct looked *looks = act->what.looks.items;
	size_t count = act->what.looks.count, end;
	struct receipt receipt = {.first = -1};

	for (size_t i = 0; i < count; i = end) {
		int64_t index;

		for (end = i + 1; end < count && str_equal(looks[end].object, looks[i].object); end++)
			;
		TRY(record_looks(installation, arena, &looks[i], end - i, now, &index, reterr));
		receipt.first = receipt.first < 0 ? index : receipt.first;
		receipt.count++;
	}
	*ret_receipt = receipt;
	return ERR_OK;
}
