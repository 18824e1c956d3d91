/* life.c: a demonstration lives: each working day whoever bears a duty whose time
 * has come does what discharges it. Most do it in time, a fixed share late, a few not at all; what follows
 * from that, the clock's sweep brings. Chance comes from the numbers of matter and duty, so the same folder
 * has the same life. */
#include "cli/life_deed.h"

#include "exchange/evidence.h"

#include <pthread.h>
#include <string.h>

#define US_PER_HOUR   INT64_C(3600000000)
#define US_PER_MINUTE INT64_C(60000000)
#define LOOK_DAYS     4  /* a matter is looked at again at least so often */
#define AT_ONCE_MAX   64 /* acts handed over together */

static const int hours[] = {9, 15, 10, 16, 11}; /* of the days, in turn */

/* One matter as the life remembers it. */
struct watched {
	struct instant look; /* not to be looked at before; 0: at once */
	unsigned spoken;
};

struct life {
	struct house *house;
	const struct life_words *words;
	struct watched *watched; /* by id - 1 */
	size_t watched_count, watched_capacity;
	struct arena *arena; /* of the round */
	struct life_errand **errands;
	size_t errand_count, errand_capacity;
	pthread_mutex_t lock;
	pthread_cond_t answered;
	size_t waiting;
};

/* ---- a round ---- */

static bool owes(const struct matter *matter)
{
	for (size_t i = 0; i < matter->duty_count; i++)
		if (matter->duties[i].state == DUTY_OPEN)
			return true;
	return false;
}

static enum err look_at(struct life *life, int64_t id)
{
	struct house *house = life->house;
	struct watched *watched = &life->watched[id - 1];
	struct life_errand *errand = NULL;
	struct matter *matter;
	struct life_look look = {.words = life->words,
		.today = house->today,
		.spoken = &watched->spoken,
		.arena = life->arena,
		.found = &errand,
		.next = {house->now.us + LOOK_DAYS * US_PER_DAY}};

	TRY(institution_matter(
		&house->institution, house->store, life->arena, id, &matter, &house->call->why));
	look.matter = matter;
	/* What has ended may still be owed answers. */
	if (!instant_is_none(matter->ended) && !owes(matter)) {
		watched->look = (struct instant){INT64_MAX};
		return ERR_OK;
	}
	TRY(institution_world(&house->institution, house->store, matter, house->now, life->arena, &look.world,
		&house->call->why));
	if (life_do(&look)) {
		look.next = house->now;
		*ARENA_PUSH(life->arena, life->errands, life->errand_count, life->errand_capacity) = errand;
	}
	watched->look = look.next;
	return ERR_OK;
}

static void land(struct act_job *job)
{
	struct life *life = job->context;

	pthread_mutex_lock(&life->lock);
	life->waiting--;
	pthread_cond_signal(&life->answered);
	pthread_mutex_unlock(&life->lock);
}

/* What is refused after all, because a neighbour was before it, is looked at again. */
static enum err hand_over(struct life *life)
{
	struct call *call = life->house->call;
	struct str folder = evidence_folder(life->arena, call->arguments[0]);
	enum err err = ERR_OK;

	for (size_t i = 0; i < life->errand_count; i++) {
		struct life_errand *errand = life->errands[i];

		if (errand->paper.size > 0)
			TRY(evidence_keep(life->arena, folder, errand->paper,
				&errand->command.evidence[0].hash, &call->why));
	}
	for (size_t i = 0; i < life->errand_count; i++) {
		struct life_errand *errand = life->errands[i];

		errand->job = (struct act_job){.act = &errand->act, .answer = land, .context = life};
		pthread_mutex_lock(&life->lock);
		while (life->waiting >= AT_ONCE_MAX)
			pthread_cond_wait(&life->answered, &life->lock);
		life->waiting++;
		pthread_mutex_unlock(&life->lock);
		act_submit(life->house->installation, &errand->job);
	}
	pthread_mutex_lock(&life->lock);
	while (life->waiting > 0)
		pthread_cond_wait(&life->answered, &life->lock);
	pthread_mutex_unlock(&life->lock);
	for (size_t i = 0; i < life->errand_count && err == ERR_OK; i++) {
		const struct act_job *job = &life->errands[i]->job;

		if (job->err == ERR_OK)
			continue;
		if (life->errands[i]->paper.size > 0)
			evidence_drop(life->arena, folder, life->errands[i]->command.evidence[0].hash);
		if (job->err != ERR_REFUSED) {
			err = job->err;
			call->why = job->why;
		}
	}
	return err;
}

static enum err live_round(struct life *life)
{
	struct house *house = life->house;
	int64_t events, next;

	arena_clear(life->arena);
	life->errands = NULL;
	life->errand_count = life->errand_capacity = 0;
	TRY(clock_sweep(house->installation, house->store, &events, &house->call->why));
	TRY(store_matter_next(house->store, &next, &house->call->why));
	while ((int64_t)life->watched_count < next - 1)
		*ARENA_PUSH(house->call->arena, life->watched, life->watched_count, life->watched_capacity) =
			(struct watched){0};
	for (size_t i = 0; i < life->watched_count; i++)
		if (life->watched[i].look.us <= house->now.us)
			TRY(look_at(life, (int64_t)i + 1));
	return hand_over(life);
}

static enum err live(struct life *life, struct instant until)
{
	struct house *house = life->house;
	int offset = house->institution.offset_minutes;

	for (struct day day = house->today; day_start(day, offset).us < until.us; day = day_add(day, 1)) {
		int64_t at = day_start(day, offset).us +
			     hours[day.number % (int)ARRAY_COUNT(hours)] * US_PER_HOUR +
			     day.number % 50 * US_PER_MINUTE;

		if (!calendar_works(house->institution.calendar, day) || at <= house->now.us || at > until.us)
			continue;
		house->now = (struct instant){at};
		house->today = day;
		TRY(live_round(life));
	}
	return ERR_OK;
}

enum err life_play(struct call *call, const char *words)
{
	struct house house;
	struct life life = {
		.house = &house, .lock = PTHREAD_MUTEX_INITIALIZER, .answered = PTHREAD_COND_INITIALIZER};
	struct life_words *read;
	struct instant last, until;
	struct store *store;
	uint64_t size;

	TRY(life_words_read(call, words, &read));
	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &store, &call->why));
	enum err err = store_ledger_size(store, &size, &last, &call->why);

	store_close(store);
	TRY(err);
	TRY(house_open_to_write_from(call, last, &house));
	life.words = read;
	life.arena = arena_new();
	err = call_now(call, house.institution.offset_minutes, &until);
	if (err == ERR_OK)
		err = live(&life, until);
	house_close(&house);
	arena_free(life.arena);
	return err;
}
