/* sender.c: one round of sending: who has something new, what may go, what came of it.
 *
 * A message is written down as going before it goes. One that is found so at the beginning of a round was
 * under way when the process ended: it may have arrived. Mail and signed calls carry a name that stays, by
 * which the other side knows them again, so they are sent again; a robot of a group would say it twice, so it
 * isn't. */
#include "outbox/hook.h"
#include "outbox/when.h"

#include <stdatomic.h>
#include <stdlib.h>

#define ROUND_MAX      200 /* messages */
#define HOOK_ROUND     5   /* to one hook: robots take some twenty a minute */
#define KEPT_US        (90 * US_PER_DAY)
#define LIFE_US        (3 * US_PER_DAY) /* what is older is no news any more: it is in the inbox */
#define KEY_CHARACTERS 32

struct sender {
	struct outbox_config config;
	struct outbox *outbox;
	struct arena *known; /* owns the institution */
	struct institution institution;
	uint64_t changes; /* as of which it was loaded; 0: never */
	struct instant swept;
	atomic_bool ends;
};

/* What one round goes by. */
struct round {
	struct sender *sender;
	struct store *reader;
	struct arena *arena; /* of the round */
	struct settings settings;
	struct wire *wire;
	struct instant now;
	bool mail_away;
	int hook_calls[OUTBOX_HOOKS_MAX];
	bool hook_away[OUTBOX_HOOKS_MAX];
	struct outbox_tally tally;
	struct bh_err *reterr;
};

enum err sender_new(const struct outbox_config *config, struct sender **ret_sender, struct bh_err *reterr)
{
	struct sender *sender = calloc(1, sizeof *sender);

	REQUIRE(sender != NULL);
	sender->config = *config;
	sender->known = arena_new();
	sender->swept = INSTANT_NONE;
	enum err err = outbox_open(config->installation, &sender->outbox, reterr);

	if (err != ERR_OK) {
		sender_free(sender);
		return err;
	}
	*ret_sender = sender;
	return ERR_OK;
}

void sender_free(struct sender *sender)
{
	if (sender == NULL)
		return;
	outbox_close(sender->outbox);
	arena_free(sender->known);
	free(sender);
}

void sender_end(struct sender *sender)
{
	atomic_store(&sender->ends, true);
}

/* The institution, loaded again once it has changed. */
static enum err know(struct round *round)
{
	struct sender *sender = round->sender;
	uint64_t changes = installation_changes(sender->config.installation) + 1;

	if (sender->changes == changes)
		return ERR_OK;
	arena_clear(sender->known);
	sender->changes = 0;
	TRY(institution_load(round->reader, sender->known, &sender->institution, round->reterr));
	sender->changes = changes;
	return ERR_OK;
}

static struct viewer viewer_of(const struct round *round, int64_t person)
{
	return (struct viewer){.person = person,
		.today = instant_day(round->now, round->sender->institution.offset_minutes)};
}

/* ---- who has something new ---- */

static enum err look_into(struct round *round, const struct telling *telling, int64_t size)
{
	const struct institution *institution = &round->sender->institution;
	struct arena *arena = arena_new();
	struct account account;
	struct notice_line *lines;
	struct page_after next;
	size_t count = 0;
	enum err err = store_account_get(round->reader, arena, telling->account, &account, round->reterr);

	if (err == ERR_OK) {
		struct viewer viewer = viewer_of(round, account.person);

		err = store_notice_page(
			round->reader, arena, &viewer, 1, NULL, &lines, &count, &next, round->reterr);
	}
	/* Where there is nothing, nothing is written: most rounds find nothing for most people. */
	if (err == ERR_OK && count > 0 && lines[0].index >= telling->told)
		err = outbox_tell(round->sender->outbox, telling, size, true,
			outbox_when(telling, institution->calendar, institution->offset_minutes, round->now),
			round->reterr);
	arena_free(arena);
	return err;
}

static enum err gather(struct round *round)
{
	struct telling *tellings;
	struct instant last;
	uint64_t size;
	size_t count;

	TRY(store_telling_list(round->reader, round->arena, &tellings, &count, round->reterr));
	TRY(store_ledger_size(round->reader, &size, &last, round->reterr));
	for (size_t i = 0; i < count; i++)
		if (tellings[i].told < (int64_t)size)
			TRY(look_into(round, &tellings[i], (int64_t)size));
	return ERR_OK;
}

/* ---- one message ---- */

/* The name it has however often it goes: nobody else's, and nothing can be read from it. */
static struct str key_of(const struct round *round, const struct message *message)
{
	const struct outbox_config *config = &round->sender->config;
	struct str text = str_format(round->arena, "message %.*s %lld %lld",
		STR_ARG(installation_vkey(config->installation, round->arena)), (long long)message->id,
		(long long)message->made.us);
	struct hash hash = hash_bytes(text.data, text.size);

	return str_slice(hex_print(round->arena, hash.bytes, HASH_SIZE), 0, KEY_CHARACTERS);
}

static void end_message(struct round *round, struct message *message, enum message_state state)
{
	message->state = state;
	message->next = INSTANT_NONE;
	message->done = round->now;
}

static void say_why(struct message *message, struct arena *arena, const struct bh_err *why)
{
	message->why = str_copy(arena, str_from(why->text));
	message->why_zh = str_copy(arena, str_from(why->text_zh));
}

/* Again after a while, unless it was tried often enough or has grown old. */
static void put_off(struct round *round, struct message *message)
{
	const struct act_source *source = round->sender->config.source;
	uint32_t chance;

	if (message->tries >= MESSAGE_TRIES_MAX || round->now.us - message->made.us > LIFE_US) {
		end_message(round, message, MESSAGE_FAILED);
		round->tally.failed++;
		return;
	}
	source->random(source->context, (uint8_t *)&chance, sizeof chance);
	message->state = MESSAGE_WAITING;
	message->next.us = round->now.us + outbox_backoff_us(message->tries, chance);
	round->tally.later++;
}

/* It may have arrived. */
static void leave_open(struct round *round, struct message *message)
{
	const struct hook *hook = settings_hook(&round->settings, message->way);

	if (str_is(message->way, TELLING_WAY_MAIL) || (hook != NULL && hook->kind == HOOK_SIGNED)) {
		put_off(round, message);
		return;
	}
	end_message(round, message, MESSAGE_UNCLEAR);
	round->tally.failed++;
}

static enum wire_end call_hook(struct round *round, const struct hook *hook, const struct said *said,
	struct str key, struct bh_err *why)
{
	struct hook_call made = hook_call(round->arena, hook, said, key, round->now);
	const struct wire_call call = {.url = made.url,
		.headers = made.headers,
		.header_count = made.header_count,
		.post = true,
		.body = made.body};
	struct str body;
	long status = 0;
	enum wire_end end = wire_call(round->wire, round->arena, &call, &status, &body, why);

	if (end != WIRE_DONE)
		return end;
	switch (hook_judge(round->arena, hook, status, body, why)) {
	case HOOK_TAKEN:
		return WIRE_DONE;
	case HOOK_LATER:
		return WIRE_AWAY;
	case HOOK_REFUSED:
		return WIRE_REFUSED;
	default:
		return WIRE_UNCLEAR;
	}
}

static enum wire_end send_mail(
	struct round *round, const struct said *said, struct str to, struct str key, struct bh_err *why)
{
	const struct mail mail = {.from = round->settings.mail_server.from,
		.to = to,
		.id = key,
		.said = said,
		.now = round->now,
		.offset_minutes = round->sender->institution.offset_minutes};

	if (settings_address_may(&round->settings, to, why) != ERR_OK)
		return WIRE_REFUSED;
	return wire_mail(round->wire, &round->settings.mail_server, to, mail_print(round->arena, &mail), why);
}

/* The way it goes: a place among the hooks; -1 mail; -2 there is no such way any more. */
static int way_of(const struct round *round, const struct message *message)
{
	const struct hook *hook = settings_hook(&round->settings, message->way);

	if (str_is(message->way, TELLING_WAY_MAIL))
		return round->settings.mail ? -1 : -2;
	return hook == NULL ? -2 : (int)(hook - round->settings.hooks);
}

/* Is the way known to be shut in this round? Then the message keeps its place and its tries. */
static bool is_shut(const struct round *round, int way)
{
	if (way == -1)
		return round->mail_away;
	return way >= 0 && (round->hook_away[way] || round->hook_calls[way] >= HOOK_ROUND);
}

static void take_end(struct round *round, struct message *message, int way, enum wire_end end)
{
	switch (end) {
	case WIRE_DONE:
		message->why = message->why_zh = STR("");
		end_message(round, message, MESSAGE_SENT);
		round->tally.sent++;
		break;
	case WIRE_REFUSED:
		end_message(round, message, MESSAGE_FAILED);
		round->tally.failed++;
		break;
	case WIRE_UNCLEAR:
		leave_open(round, message);
		break;
	case WIRE_AWAY:
		if (way < 0)
			round->mail_away = true;
		else
			round->hook_away[way] = true;
		put_off(round, message);
		break;
	default:
		put_off(round, message);
	}
}

static enum err let_go(struct round *round, struct message *message, const struct said *said, struct str to)
{
	struct bh_err why = {0};
	struct str key = key_of(round, message);
	int way = way_of(round, message);
	bool mine;
	enum wire_end end;

	TRY(outbox_claim(round->sender->outbox, message->id, &mine, round->reterr));
	if (!mine)
		return ERR_OK;
	message->tries++;
	if (way == -2) {
		why.code = err_set(&why, ERR_NOT_FOUND, "way", "there is no such way any more");
		end = WIRE_REFUSED;
	} else if (way == -1) {
		end = send_mail(round, said, to, key, &why);
	} else {
		round->hook_calls[way]++;
		end = call_hook(round, &round->settings.hooks[way], said, key, &why);
	}
	say_why(message, round->arena, &why);
	take_end(round, message, way, end);
	return outbox_settle(round->sender->outbox, message, round->reterr);
}

static enum err drop(struct round *round, struct message *message)
{
	end_message(round, message, MESSAGE_VOID);
	round->tally.nothing++;
	return outbox_settle(round->sender->outbox, message, round->reterr);
}

static enum err send_notices(struct round *round, const struct teller *teller, const struct account *account,
	const struct telling *telling, struct message *message)
{
	const struct institution *institution = &round->sender->institution;
	struct viewer viewer = viewer_of(round, account->person);
	struct instant open =
		outbox_open_hour(telling, institution->calendar, institution->offset_minutes, round->now);
	struct said said;

	if (telling->pace == PACE_NONE)
		return drop(round, message);
	if (open.us > round->now.us) {
		message->next = open; /* they said so since, or a try came into a quiet hour */
		round->tally.later++;
		return outbox_settle(round->sender->outbox, message, round->reterr);
	}
	enum err err = compose_notices(
		teller, round->reader, &viewer, message, round->settings.link, &said, round->reterr);

	if (err == ERR_NOT_FOUND)
		return drop(round, message);
	TRY(err);
	if (str_is(message->way, TELLING_WAY_MAIL) && telling->address.size == 0)
		return drop(round, message);
	return let_go(round, message, &said, telling->address);
}

static enum err send_code(struct round *round, const struct teller *teller, const struct account *account,
	const struct telling *telling, struct message *message)
{
	if (telling->wanted.size == 0)
		return drop(round, message);
	struct str code = outbox_code(round->sender->outbox, round->arena, telling);
	struct said said = compose_code(teller, account->person, code, round->settings.link);

	return let_go(round, message, &said, telling->wanted);
}

static enum err send_one(struct round *round, struct message *message)
{
	struct account account;
	struct telling telling;

	if (is_shut(round, way_of(round, message))) {
		round->tally.later++;
		return ERR_OK;
	}
	TRY(store_account_get(round->reader, round->arena, message->account, &account, round->reterr));
	TRY(store_telling_get(round->reader, round->arena, message->account, &telling, round->reterr));
	if (account.state != ACCOUNT_ACTIVE || account.person == 0)
		return drop(round, message);
	struct teller teller = {.institution = &round->sender->institution,
		.arena = round->arena,
		.chinese = !str_is(telling.lang, "en")};

	return message->what == MESSAGE_CODE ? send_code(round, &teller, &account, &telling, message)
					     : send_notices(round, &teller, &account, &telling, message);
}

/* ---- a round ---- */

/* What was on its way when the last process ended. */
static enum err pick_up(struct round *round)
{
	struct message *messages;
	size_t count;

	TRY(store_message_list(
		round->reader, round->arena, MESSAGE_GOING, ROUND_MAX, &messages, &count, round->reterr));
	for (size_t i = 0; i < count; i++) {
		struct bh_err why;

		why.code = err_set(&why, ERR_IO, "message",
			"the program ended while it was on its way: it may have arrived");
		say_why(&messages[i], round->arena, &why);
		leave_open(round, &messages[i]);
		TRY(outbox_settle(round->sender->outbox, &messages[i], round->reterr));
	}
	return ERR_OK;
}

static enum err send_due(struct round *round)
{
	struct message *messages;
	size_t count;

	TRY(store_message_due(
		round->reader, round->arena, round->now, ROUND_MAX, &messages, &count, round->reterr));
	for (size_t i = 0; i < count && !atomic_load(&round->sender->ends); i++, round->tally.messages++)
		TRY(send_one(round, &messages[i]));
	return ERR_OK;
}

static enum err sweep(struct round *round)
{
	struct sender *sender = round->sender;

	if (!instant_is_none(sender->swept) && round->now.us - sender->swept.us < US_PER_DAY)
		return ERR_OK;
	sender->swept = round->now;
	return outbox_sweep(sender->outbox, (struct instant){round->now.us - KEPT_US}, round->reterr);
}

static enum err go_round(struct round *round)
{
	TRY(know(round));
	TRY(pick_up(round));
	TRY(gather(round));
	TRY(send_due(round));
	return sweep(round);
}

enum err sender_round(
	struct sender *sender, struct store *reader, struct outbox_tally *ret_tally, struct bh_err *reterr)
{
	struct round round = {.sender = sender,
		.reader = reader,
		.arena = arena_new(),
		.now = installation_now(sender->config.installation),
		.reterr = reterr};
	enum err err = settings_read(sender->config.dir, round.arena, &round.settings, reterr);

	if (err == ERR_OK) {
		round.wire = wire_new(&round.settings.rules);
		err = go_round(&round);
		wire_free(round.wire);
	} else if (err == ERR_NOT_FOUND) {
		err = ERR_OK;
	}
	arena_free(round.arena);
	*ret_tally = round.tally;
	return err;
}
