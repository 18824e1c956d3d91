/* digest.c: a hash over what is true of a matter, recorded with each fact and compared on replay. */
#include "matter/engine.h"

#include <stdlib.h>
#include <string.h>

static void put_duties(struct json_out *out, const struct matter *matter)
{
	json_out_key(out, "duties");
	json_out_open(out, '[');
	for (size_t i = 0; i < matter->duty_count; i++) {
		const struct duty *duty = &matter->duties[i];

		if (duty->state != DUTY_OPEN && duty->state != DUTY_PAUSED)
			continue;
		const int64_t facts[] = {duty->id, duty->kind, duty->rule, duty->about, duty->asker,
			duty->unit, duty->post, duty->person, duty->state, duty->armed.us, duty->due.us,
			duty->warn.us, duty->remaining_days, duty->provisional, duty->extended, duty->warned,
			duty->breached};

		json_out_open(out, '[');
		for (size_t j = 0; j < ARRAY_COUNT(facts); j++)
			json_out_int(out, facts[j]);
		json_out_close(out, ']');
	}
	json_out_close(out, ']');
}

static void put_requests(struct json_out *out, const struct matter *matter)
{
	json_out_key(out, "requests");
	json_out_open(out, '[');
	for (size_t i = 0; i < matter->request_count; i++) {
		if (matter->requests[i].state != REQUEST_OPEN)
			continue;
		json_out_int(out, matter->requests[i].id);
		json_out_int(out, matter->requests[i].rule);
		json_out_int(out, matter->requests[i].person);
		json_out_int(out, matter->requests[i].on_behalf);
		json_out_int(out, matter->requests[i].post);
		json_out_int(out, matter->requests[i].asked.us);
		json_out_tree(out, matter->requests[i].fields);
	}
	json_out_close(out, ']');
}

static int deed_order(const void *left, const void *right)
{
	const struct deed *a = left, *b = right;

	if (a->action != b->action)
		return a->action < b->action ? -1 : 1;
	return a->person < b->person ? -1 : a->person > b->person;
}

/* Sorted: who did what is a set, and a store may give it back in any order. */
static void put_deeds(struct json_out *out, const struct matter *matter, struct arena *arena)
{
	struct deed *deeds = ARENA_TAKE(arena, matter->deed_count + 1, struct deed);

	if (matter->deed_count > 0)
		memcpy(deeds, matter->deeds, matter->deed_count * sizeof *deeds);
	qsort(deeds, matter->deed_count, sizeof *deeds, deed_order);
	json_out_key(out, "deeds");
	json_out_open(out, '[');
	for (size_t i = 0; i < matter->deed_count; i++) {
		json_out_int(out, deeds[i].action);
		json_out_int(out, deeds[i].person);
		json_out_int(out, deeds[i].last.us);
		json_out_int(out, deeds[i].times);
	}
	json_out_close(out, ']');
}

struct hash matter_digest(struct arena *arena, const struct matter *matter)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);
	const int64_t facts[] = {matter->id, matter->definition, matter->state, matter->parent,
		matter->weight, matter->progress, matter->opened.us, matter->ended.us,
		matter->suspended_until.us, matter->version, matter->taken_up, matter->late, matter->extended,
		matter->next_duty, matter->next_request, matter->next_instruction};

	json_out_open(&out, '{');
	json_out_field_text(&out, "number", matter->number);
	json_out_key(&out, "facts");
	json_out_open(&out, '[');
	for (size_t i = 0; i < ARRAY_COUNT(facts); i++)
		json_out_int(&out, facts[i]);
	json_out_close(&out, ']');
	json_out_key(&out, "fields");
	json_out_tree(&out, matter->fields);
	put_duties(&out, matter);
	put_requests(&out, matter);
	put_deeds(&out, matter, arena);
	json_out_close(&out, '}');
	struct str text = buf_str(&buf);

	return hash_bytes(text.data, text.size);
}
