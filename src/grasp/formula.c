/* formula.c: a formula of performance, from its YAML text: a table of measures with weights. */
#include "grasp/grasp.h"
#include "procedure/yaml_tree.h"

#define POINTS_MAX 1000

struct reading {
	struct arena *arena;
	struct str file;
	struct bh_err *reterr;
};

#define SAY(reading, node, ...)                                                                              \
	err_set((reading)->reterr, ERR_INVALID, place_of((reading), (node)), __VA_ARGS__)

static const char *place_of(const struct reading *reading, const struct yaml *node)
{
	return str_format(
		reading->arena, "%.*s:%d:%d", STR_ARG(reading->file), node->place.line, node->place.col)
		.data;
}

static struct str text_of(const struct yaml *map, const char *key)
{
	const struct yaml *value = yaml_get(map, key);

	return value == NULL || value->kind != YAML_TEXT ? STR("") : value->text;
}

static enum err check_keys(
	const struct reading *reading, const struct yaml *map, const char *const *keys, size_t count)
{
	if (map->kind != YAML_MAP)
		return SAY(reading, map, "here must be keys with values");
	for (size_t i = 0; i < map->count; i++) {
		bool known = false;

		for (size_t j = 0; j < count; j++)
			known = known || str_is(map->keys[i]->text, keys[j]);
		if (!known)
			return SAY(reading, map->keys[i], "a formula has no key '%.*s' here",
				STR_ARG(str_slice(map->keys[i]->text, 0, 80)));
	}
	return ERR_OK;
}

static enum err read_label(
	const struct reading *reading, const struct yaml *map, const char *key, struct label *ret_label)
{
	const struct yaml *value = yaml_get(map, key);

	ret_label->zh = text_of(value == NULL ? map : value, "zh");
	ret_label->en = text_of(value == NULL ? map : value, "en");
	if (value == NULL || ret_label->zh.size == 0 || ret_label->en.size == 0)
		return SAY(reading, map, "'%s' is missing: {zh: …, en: …}", key);
	return ERR_OK;
}

/* A whole number from -POINTS_MAX to POINTS_MAX; 0 where it isn't given. */
static enum err read_points(
	const struct reading *reading, const struct yaml *map, const char *key, int *ret_points)
{
	struct str text = text_of(map, key), digits = text;
	int64_t points = 0;

	if (str_starts(text, "-"))
		digits = str_slice(text, 1, text.size);
	if (yaml_get(map, key) != NULL && (!str_to_int(digits, &points) || points < 1 || points > POINTS_MAX))
		return SAY(reading, map, "'%s' is a whole number of points, at most %d", key, POINTS_MAX);
	*ret_points = (int)(digits.size < text.size ? -points : points);
	return ERR_OK;
}

static enum err read_measure(const struct reading *reading, const struct yaml *map, enum measure *ret_measure)
{
	struct str name = text_of(map, "measure");

	for (int i = 0; i < MEASURE_COUNT; i++)
		if (str_is(name, measure_name((enum measure)i))) {
			*ret_measure = (enum measure)i;
			return ERR_OK;
		}
	return SAY(reading, map, "'%.*s' is no measure: there are in_time, closed, verified, breaches",
		STR_ARG(str_slice(name, 0, 80)));
}

static enum err read_item(const struct reading *reading, const struct yaml *name, const struct yaml *map,
	struct formula_item *ret_item)
{
	static const char *const keys[] = {"measure", "procedure", "weight", "points", "most", "label"};
	struct formula_item item = {.name = name->text};

	TRY(check_keys(reading, map, keys, ARRAY_COUNT(keys)));
	TRY(read_measure(reading, map, &item.measure));
	TRY(read_label(reading, map, "label", &item.label));
	TRY(read_points(reading, map, "weight", &item.weight));
	TRY(read_points(reading, map, "points", &item.points));
	TRY(read_points(reading, map, "most", &item.most));
	item.procedure = text_of(map, "procedure");
	if (measure_is_rate(item.measure) && (item.weight < 1 || item.points != 0 || item.most != 0))
		return SAY(reading, map, "a rate has a positive 'weight', and neither 'points' nor 'most'");
	if (!measure_is_rate(item.measure) && (item.weight != 0 || item.points == 0 || item.most == 0 ||
						      (item.points < 0) != (item.most < 0)))
		return SAY(reading, map,
			"a count has 'points' for each and 'most' in all, of the same sign, and no 'weight'");
	*ret_item = item;
	return ERR_OK;
}

enum err formula_read(struct arena *arena, struct str file, struct str text, struct formula *ret_formula,
	struct bh_err *reterr)
{
	static const char *const keys[] = {"formula", "title", "items"};
	struct reading reading = {.arena = arena, .file = file, .reterr = reterr};
	struct findings findings = findings_new(arena);
	const struct yaml *root = yaml_tree(arena, file, text, &findings), *items;
	struct hash hash = hash_bytes(text.data, text.size);

	if (root == NULL)
		return err_set_both(reterr, ERR_INVALID, file.data, findings.items[0].text_zh.data,
			findings.items[0].text.data);
	*ret_formula = (struct formula){0};
	TRY(check_keys(&reading, root, keys, ARRAY_COUNT(keys)));
	TRY(read_label(&reading, root, "title", &ret_formula->title));
	ret_formula->name = text_of(root, "formula");
	ret_formula->hash = hex_print(arena, hash.bytes, HASH_SIZE);
	items = yaml_get(root, "items");
	if (items == NULL || items->kind != YAML_MAP || items->count == 0 || items->count > FORMULA_ITEMS_MAX)
		return SAY(
			&reading, root, "a formula has 1 to %d 'items', each with a name", FORMULA_ITEMS_MAX);
	ret_formula->item_count = items->count;
	for (size_t i = 0; i < items->count; i++)
		TRY(read_item(&reading, items->keys[i], items->items[i], &ret_formula->items[i]));
	return ERR_OK;
}
