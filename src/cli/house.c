/* house.c: an installation opened for one command. */
#include "cli/house.h"
#include "exchange/letter_files.h"

#include <stdio.h>
#include <string.h>

/* ---- time ---- */

enum err call_now(struct call *call, int offset_minutes, struct instant *ret_now)
{
	const char *now = option_value(call, "now");
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	if (now == NULL) {
		*ret_now = act_machine.now(NULL);
		return ERR_OK;
	}
	/* A shell takes a T more easily than a blank; both are written. */
	struct str text = str_copy(call->arena, str_from(now));
	struct day day;

	if (text.size == 16 && text.data[10] == 'T')
		text = str_format(call->arena, "%.10s %.5s", text.data, text.data + 11);
	if (day_parse(text, &day, NULL) == ERR_OK) {
		*ret_now = day_start(day, offset_minutes);
		return ERR_OK;
	}
	if (instant_parse(text, offset_minutes, ret_now, &why) != ERR_OK)
		return err_set(&call->why, ERR_INVALID, "--now",
			"'%s' is no time (%s): write 2019-03-05 or 2019-03-05T09:30", now,
			err_both(&why, both));
	return ERR_OK;
}

static struct instant given_now(void *context)
{
	return *(const struct instant *)context;
}

static void machine_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	act_machine.random(act_machine.context, bytes, size);
}

struct act_source call_source(const struct call *call, struct instant *now)
{
	if (option_value(call, "now") == NULL)
		return act_machine;
	return (struct act_source){.now = given_now, .random = machine_random, .context = now};
}

/* ---- opening ---- */

enum err house_refresh(struct house *house)
{
	struct call *call = house->call;

	house->teller = (struct teller){&house->institution, call->arena, call->chinese};
	return institution_load(house->store, call->arena, &house->institution, &call->why);
}

static enum err open_store(struct house *house)
{
	struct call *call = house->call;
	struct instant last;
	uint64_t size;

	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &house->store, &call->why));
	TRY(house_refresh(house));
	TRY(call_now(call, house->institution.offset_minutes, &house->now));
	house->today = instant_day(house->now, house->institution.offset_minutes);
	house->source = call_source(call, &house->now);
	TRY(store_ledger_size(house->store, &size, &last, &call->why));
	if (option_given(call, "now") && size > 0 && house->now.us < last.us)
		return err_set(&call->why, ERR_REFUSED, "--now",
			"the record already goes to %s, and it never runs back: give a later time",
			tell_time(&house->teller, last).data);
	return ERR_OK;
}

static enum err open_installation(struct house *house)
{
	struct call *call = house->call;
	struct bh_err why = {0};

	TRY(installation_open(
		str_from(call->arguments[0]), &house->source, &house->installation, &call->why));
	int64_t letters = 0;
	enum err err = clock_sweep(house->installation, house->store, &house->fired, &why);

	if (err == ERR_OK)
		err = letter_files_keep(str_from(call->arguments[0]), house->store, house->today, &why);
	if (err == ERR_OK)
		err = letter_sweep(house->installation, house->store, &letters, &why);
	house->fired += letters;
	/* A matter that can't be settled is a defect to be told of; it keeps nobody from acting in another.
	 */
	if (err == ERR_OK || err == ERR_FULL || err == ERR_IO || err == ERR_BUSY) {
		call->why = why;
		return err;
	}
	fprintf(stderr, "bihuan: clock: %s: %s\n", why.place, why.text);
	return ERR_OK;
}

static enum err open_house(struct call *call, bool writing, const struct instant *from, struct house *house)
{
	*house = (struct house){.call = call};
	enum err err = open_store(house);

	if (from != NULL) {
		house->now = *from;
		house->today = instant_day(house->now, house->institution.offset_minutes);
	}
	if (err == ERR_OK && writing)
		err = open_installation(house);
	if (err != ERR_OK)
		house_close(house);
	return err;
}

enum err house_open_to_read(struct call *call, struct house *ret_house)
{
	return open_house(call, false, NULL, ret_house);
}

enum err house_open_to_write(struct call *call, struct house *ret_house)
{
	return open_house(call, true, NULL, ret_house);
}

enum err house_open_to_write_from(struct call *call, struct instant from, struct house *ret_house)
{
	REQUIRE(option_given(call, "now"));
	return open_house(call, true, &from, ret_house);
}

void house_close(struct house *house)
{
	installation_close(house->installation);
	store_close(house->store);
	house->installation = NULL;
	house->store = NULL;
}

/* ---- looking up ---- */

enum err house_unit(struct house *house, const char *code, int64_t *ret_unit)
{
	return institution_unit(
		&house->institution, house->call->arena, str_from(code), ret_unit, &house->call->why);
}

enum err house_post(struct house *house, const char *code, int64_t *ret_post)
{
	return institution_post(
		&house->institution, house->call->arena, str_from(code), ret_post, &house->call->why);
}

enum err house_person(struct house *house, const char *account, int64_t *ret_person)
{
	if (account == NULL) {
		TRY(call_needs_person(house->call));
		account = option_value(house->call, "as");
	}
	return institution_person(
		&house->institution, house->call->arena, str_from(account), ret_person, &house->call->why);
}

enum err house_at_door(struct house *house, int64_t person, int64_t matter, bool *ret_there)
{
	const struct viewer viewer = {.person = person, .today = house->today};

	return store_at_door(house->store, &viewer, matter, ret_there, &house->call->why);
}

enum err house_procedure_in_force(
	struct house *house, const char *name, const struct procedure **ret_procedure)
{
	const struct definition *found;

	TRY(institution_definition(
		&house->institution, house->call->arena, str_from(name), &found, &house->call->why));
	*ret_procedure = found->procedure;
	return ERR_OK;
}

enum err house_matter_id(struct house *house, const char *name, int64_t *ret_id)
{
	struct call *call = house->call;
	bool exists = false;
	int64_t id;

	if (str_to_int(str_from(name), &id) && id > 0) {
		TRY(store_matter_exists(house->store, id, &exists, &call->why));
		*ret_id = id;
		if (exists)
			return ERR_OK;
	} else {
		enum err err = store_matter_find(house->store, str_from(name), ret_id, &call->why);

		if (err != ERR_NOT_FOUND)
			return err;
	}
	return err_set(&call->why, ERR_NOT_FOUND, name,
		"there is no such matter: give its number or id; bihuan list DIR shows them");
}

enum err house_matter(struct house *house, const char *name, struct matter **ret_matter)
{
	int64_t id;

	TRY(house_matter_id(house, name, &id));
	return institution_matter(
		&house->institution, house->store, house->call->arena, id, ret_matter, &house->call->why);
}

enum err house_world(struct house *house, const struct matter *matter, struct world *ret_world)
{
	return institution_world(&house->institution, house->store, matter, house->now, house->call->arena,
		ret_world, &house->call->why);
}

/* ---- acting ---- */

enum err house_run(struct house *house, struct act *act, struct receipt *ret_receipt)
{
	struct call *call = house->call;
	const char *once = option_value(call, "once");

	TRY(house_person(house, NULL, &act->person));
	act->key = str_from(once);
	return act_run(house->installation, act, ret_receipt, &call->why);
}
