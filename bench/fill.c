/* fill.c: as many key tasks as are asked for, through the one write path, in an installation of Pengjiang. */
#include "bench.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- many acts in flight ---- */

struct flight {
	pthread_mutex_t lock;
	pthread_cond_t landed;
	struct act_job *free; /* chained by `next` */
	struct samples *latencies;
};

/* One place in the air: everything that a job borrows. */
struct seat {
	struct act_job job; /* first, so that the job is the seat */
	struct act act;
	struct command command;
	struct arena *arena;
	struct flight *flight;
	int64_t asked;
};

static void land(struct act_job *job)
{
	struct seat *seat = (struct seat *)job;
	struct flight *flight = seat->flight;
	int64_t took = bench_now_us() - seat->asked;

	must(job->err, &job->why);
	pthread_mutex_lock(&flight->lock);
	if (flight->latencies != NULL)
		samples_add(flight->latencies, took);
	job->next = flight->free;
	flight->free = job;
	pthread_cond_signal(&flight->landed);
	pthread_mutex_unlock(&flight->lock);
}

static struct seat *take_seat(struct flight *flight)
{
	pthread_mutex_lock(&flight->lock);
	while (flight->free == NULL)
		pthread_cond_wait(&flight->landed, &flight->lock);
	struct seat *seat = (struct seat *)flight->free;

	flight->free = seat->job.next;
	pthread_mutex_unlock(&flight->lock);
	arena_clear(seat->arena);
	return seat;
}

/* ---- the steps ---- */

static void fill_open(const struct filling *filling, struct seat *seat, int64_t i)
{
	struct arena *arena = seat->arena;
	struct doc *fields = doc_object(arena);
	int64_t unit = filling->units[i % filling->unit_count];

	doc_set(arena, fields, "title", doc_text(arena, str_format(arena, "河道清淤第%lld段", (long long)i)));
	doc_set(arena, fields, "lead_unit", doc_int(arena, unit));
	doc_set(arena, fields, "commander", doc_int(arena, filling->commander));
	doc_set(arena, fields, "due",
		doc_text(arena, str_format(arena, "2019-%02d-%02d", (int)(6 + i % 6), (int)(1 + i % 28))));
	seat->command = (struct command){
		.kind = COMMAND_OPEN, .name = STR("key_task"), .fields = fields, .weight = 1};
	seat->act.person = filling->clerk;
}

static void fill_act(const struct filling *filling, struct seat *seat, enum bench_step step, int64_t matter)
{
	struct arena *arena = seat->arena;
	struct doc *fields = NULL;
	static const char *const names[] = {
		[STEP_DISPATCH] = "dispatch", [STEP_SIGN] = "sign", [STEP_REPORT] = "report"};

	if (step == STEP_REPORT) {
		fields = doc_object(arena);
		doc_set(arena, fields, "progress", doc_int(arena, matter % 100));
		doc_set(arena, fields, "note",
			doc_text(arena, STR("完成清淤三百米,护岸一百二十米,群众反映良好。")));
	}
	seat->command = (struct command){
		.kind = COMMAND_ACT, .name = str_from(names[step]), .matter = matter, .fields = fields};
	seat->act.person =
		step == STEP_DISPATCH ? filling->clerk : filling->people[(matter - 1) % filling->unit_count];
}

double fill_step(const struct filling *filling, enum bench_step step, int64_t first, int64_t count,
	int in_flight, struct samples *latencies)
{
	struct flight flight = {.lock = PTHREAD_MUTEX_INITIALIZER,
		.landed = PTHREAD_COND_INITIALIZER,
		.latencies = latencies};
	struct seat *seats = calloc((size_t)in_flight, sizeof *seats);
	int64_t began = bench_now_us();

	REQUIRE(seats != NULL);
	for (int i = 0; i < in_flight; i++) {
		seats[i] = (struct seat){.arena = arena_new(), .flight = &flight};
		seats[i].job.next = flight.free;
		flight.free = &seats[i].job;
	}
	for (int64_t i = first; i < first + count; i++) {
		struct seat *seat = take_seat(&flight);

		if (step == STEP_OPEN)
			fill_open(filling, seat, i - 1);
		else
			fill_act(filling, seat, step, i);
		seat->act.kind = ACT_COMMAND;
		seat->act.what.command = &seat->command;
		seat->job = (struct act_job){.act = &seat->act, .answer = land};
		seat->asked = bench_now_us();
		act_submit(filling->installation, &seat->job);
	}
	for (int i = 0; i < in_flight; i++)
		arena_free(take_seat(&flight)->arena);
	free(seats);
	return (double)(bench_now_us() - began) / 1e6;
}

/* ---- who does it ---- */

static int64_t holder_of_head(const struct org *org, int64_t unit, struct day today)
{
	const struct tenure *tenure = org_holder(org, org_head_post(org, unit), today);

	return tenure == NULL ? 0 : tenure->person;
}

struct filling filling_of(struct installation *installation, const struct org *org, struct arena *arena)
{
	struct day today = instant_day(installation_now(installation), installation_offset(installation));
	int64_t *units = ARENA_TAKE(arena, org_unit_count(org), int64_t),
		*people = ARENA_TAKE(arena, org_unit_count(org), int64_t);
	const struct unit *office = org_unit_by_code(org, STR("supervision-office"));
	const struct post *commander = org_post_by_code(org, STR("government-executive"));
	struct filling filling = {.installation = installation, .units = units, .people = people};

	REQUIRE(office != NULL && commander != NULL);
	filling.clerk = holder_of_head(org, office->id, today);
	filling.commander = commander->id;
	for (size_t i = 0; i < org_unit_count(org); i++) {
		int64_t unit = org_unit_at(org, i)->id, person = holder_of_head(org, unit, today);

		if (unit == office->id || person == 0 || person == filling.clerk)
			continue;
		units[filling.unit_count] = unit;
		people[filling.unit_count++] = person;
	}
	REQUIRE(filling.clerk != 0 && filling.unit_count > 0);
	return filling;
}

int bench_fill(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct installation *installation;
	struct store *reader;
	struct org *org;
	struct bh_err why = {0};
	int64_t count = atoll(argv[1]);
	struct instant start;

	(void)argc;
	must(instant_parse(STR("2019-03-04T08:00:00+08:00"), 480, &start, &why), &why);
	bench_time_put(start);
	must(installation_open(str_from(argv[0]), &bench_source, &installation, &why), &why);
	must(store_open(str_from(argv[0]), STORE_READ, &reader, &why), &why);
	must(store_org_load(reader, arena, &org, &why), &why);
	store_close(reader);
	struct filling filling = filling_of(installation, org, arena);
	double took = fill_step(&filling, STEP_OPEN, 1, count, 512, NULL);

	figure("fill.open", (double)count / took, "acts/s");
	figure("fill.peak_memory", (double)memory_peak_kib() / 1024, "MiB");
	installation_close(installation);
	arena_free(arena);
	return 0;
}
