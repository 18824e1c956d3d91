/* command_org.c: the institution as it stands on a day: units, posts and who holds them, people. */
#include "cli/house.h"

#include <string.h>

#define POSTS_MAX 32

/* --on DATE, else today. Tenures are kept from when to when, so any day can be asked for. */
static enum err day_asked(struct house *house, struct day *ret_day)
{
	const char *on = option_value(house->call, "on");
	struct bh_err why;
	char both[ERR_BOTH_SIZE];

	*ret_day = house->today;
	if (on != NULL && day_parse(str_from(on), ret_day, &why) != ERR_OK)
		return err_set(&house->call->why, ERR_INVALID, "--on", "%s: %s", on, err_both(&why, both));
	return ERR_OK;
}

static bool contains(struct str text, const char *wanted)
{
	return wanted == NULL || str_find(text, str_from(wanted)) != SIZE_MAX;
}

static struct str unit_code(const struct house *house, int64_t unit)
{
	return unit == 0 ? STR("") : org_unit(house->institution.org, unit)->code;
}

static struct str post_code(const struct house *house, int64_t post)
{
	return post == 0 ? STR("") : org_post(house->institution.org, post)->code;
}

/* "陈静", "陈静 (代理)"; "" when nobody does. */
static struct str holder_name(const struct house *house, int64_t post, struct day day)
{
	const struct tenure *tenure = org_holder(house->institution.org, post, day);

	if (tenure == NULL)
		return STR("");
	struct str name = tell_person(&house->teller, tenure->person);

	return tenure->kind == TENURE_HOLDER
		       ? name
		       : str_format(house->call->arena, "%.*s (%s)", STR_ARG(name),
				 tell_word(&house->teller, tenure_kind_name(tenure->kind)));
}

/* ---- units ---- */

static enum err units(struct house *house)
{
	struct call *call = house->call;
	bool all = option_given(call, "all");
	struct table *table = table_new(call, TABLE_TEXT, all ? 7 : 6);
	const struct org *org = house->institution.org;
	struct day day;

	TRY(day_asked(house, &day));
	table_head(table, "code", "代码", "code");
	table_head(table, "name", "名称", "name");
	table_head(table, "kind", "类别", "kind");
	table_head(table, "parent", "上级", "parent");
	table_head(table, "head", "正职", "head");
	table_head(table, "leader", "分管岗位", "leader in charge");
	if (all)
		table_head(table, "until", "撤销日", "until");
	for (size_t i = 0; i < org_unit_count(org); i++) {
		const struct unit *unit = org_unit_at(org, i);
		struct unit named = org_unit_on(org, unit->id, day);

		if ((!all && !org_unit_is_on(org, unit->id, day)) ||
			(!contains(named.name, option_value(call, "q")) &&
				!contains(unit->code, option_value(call, "q"))))
			continue;
		table_put(table, unit->code);
		table_put(table, tell_unit_on(&house->teller, unit->id, day));
		table_put(table, call->json ? unit->kind : unit_kind_word(unit->kind, house->teller.chinese));
		table_put(table, unit_code(house, unit->parent));
		table_put(table, holder_name(house, org_head_post_on(org, unit->id, day), day));
		table_put(table, post_code(house, unit->leader));
		if (all)
			table_put(table, day_print(call->arena, unit->until));
	}
	return table_print(table);
}

/* ---- posts ---- */

static enum err open_duties(struct house *house, int64_t post, size_t *ret_count)
{
	struct duty_line *lines;

	return store_duty_list(
		house->store, house->call->arena, post, 0, INT64_MAX, &lines, ret_count, &house->call->why);
}

static enum err put_post(struct house *house, struct table *table, const struct post *post, struct day day)
{
	const struct tenure *tenure = org_holder(house->institution.org, post->id, day);
	struct call *call = house->call;
	size_t duties;

	TRY(open_duties(house, post->id, &duties));
	table_put(table, post->code);
	table_put(table, unit_code(house, post->unit));
	table_put(table, label_pick((struct label){post->title, post->title_en}, post->title, lang_of(call)));
	table_put(table, str_from(call->json ? post_kind_name(post->kind)
					     : tell_word(&house->teller, post_kind_name(post->kind))));
	table_put(table, post->rank);
	table_put(table, holder_name(house, post->id, day));
	table_put(table, tenure == NULL ? STR("") : org_person(house->institution.org, tenure->person)->code);
	table_put(table, tenure == NULL ? STR("") : day_print(call->arena, tenure->from));
	table_number(table, (int64_t)duties);
	if (option_given(call, "all"))
		table_put(table, day_print(call->arena, post->until));
	return ERR_OK;
}

static enum err posts(struct house *house)
{
	struct call *call = house->call;
	const char *code = option_value(call, "unit");
	bool all = option_given(call, "all");
	struct table *table = table_new(call, TABLE_TEXT, all ? 10 : 9);
	int64_t unit = 0;
	struct day day;

	TRY(day_asked(house, &day));
	if (code != NULL)
		TRY(house_unit(house, code, &unit));
	table_head(table, "code", "代码", "code");
	table_head(table, "unit", "单位", "unit");
	table_head(table, "title", "职务", "title");
	table_head(table, "kind", "类别", "kind");
	table_head(table, "rank", "职级", "rank");
	table_head(table, "holder", "任职人", "holder");
	table_head(table, "person", "账号", "sign-in name");
	table_head(table, "from", "任职起", "since");
	table_head(table, "duties", "未了责任", "open duties");
	if (all)
		table_head(table, "until", "撤销日", "until");
	for (size_t i = 0; i < org_post_count(house->institution.org); i++) {
		const struct post *post = org_post_at(house->institution.org, i);
		bool vacant = org_holder(house->institution.org, post->id, day) == NULL;

		if ((!all && !org_post_is_on(house->institution.org, post->id, day)) ||
			(unit != 0 && post->unit != unit) || (option_given(call, "vacant") && !vacant) ||
			(!contains(post->title, option_value(call, "q")) &&
				!contains(post->code, option_value(call, "q"))))
			continue;
		TRY(put_post(house, table, post, day));
	}
	return table_print(table);
}

/* ---- people ---- */

static void put_person(struct house *house, struct table *table, const struct person *person, struct day day)
{
	struct call *call = house->call;
	int64_t held[POSTS_MAX];
	size_t count = org_posts_held(house->institution.org, person->id, day, held, POSTS_MAX);
	struct buf names = buf_new(call->arena), codes = buf_new(call->arena);

	for (size_t i = 0; i < count; i++) {
		buf_format(&names, "%s%.*s", i == 0 ? "" : say(call, "、", ", "),
			STR_ARG(tell_post(&house->teller, held[i])));
		buf_format(&codes, "%s%.*s", i == 0 ? "" : " ", STR_ARG(post_code(house, held[i])));
	}
	table_put(table, person->code);
	table_put(table, person->name);
	table_put(table, buf_str(&codes));
	table_put(table, buf_str(&names));
}

static enum err people(struct house *house)
{
	struct call *call = house->call;
	struct table *table = table_new(call, TABLE_TEXT, 4);
	struct day day;

	TRY(day_asked(house, &day));
	table_head(table, "code", "账号", "sign-in name");
	table_head(table, "name", "姓名", "name");
	table_head(table, "posts", "岗位代码", "post codes");
	table_head(table, "titles", "岗位", "posts");
	for (size_t i = 0; i < org_person_count(house->institution.org); i++) {
		const struct person *person = org_person_at(house->institution.org, i);

		if (contains(person->name, option_value(call, "q")) ||
			contains(person->code, option_value(call, "q")))
			put_person(house, table, person, day);
	}
	return table_print(table);
}

/* ---- the commands ---- */

static enum err with_house(struct call *call, enum err (*print)(struct house *house))
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = print(&house);

	house_close(&house);
	return err;
}

enum err command_units(struct call *call)
{
	return with_house(call, units);
}

enum err command_posts(struct call *call)
{
	return with_house(call, posts);
}

enum err command_people(struct call *call)
{
	return with_house(call, people);
}
