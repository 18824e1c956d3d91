/* schema.c: the tables of keys as a JSON Schema. */
#include "procedure/read.h"

#define REF(name) "\"$ref\": \"#/$defs/" name "\""
#define NAMED(name)                                                                                          \
	"\"type\": \"object\", \"propertyNames\": {" REF("name") "}, \"additionalProperties\": {" REF(       \
		name) "}"

/* What each shape looks like; a shape of words has them from the reader. A plain value is text to us,
 * whatever YAML takes it for. */
static const char *const fragments[SHAPE_COUNT_OF] = {
	[SHAPE_TEXT] = REF("text"),
	[SHAPE_NAME] = REF("name"),
	[SHAPE_BOOL] = "\"type\": \"boolean\"",
	[SHAPE_COUNT] = "\"type\": \"integer\", \"minimum\": 0, \"maximum\": 10000",
	[SHAPE_LABEL] = REF("label"),
	[SHAPE_TERM] = REF("term"),
	[SHAPE_ROLE] = REF("name"),
	[SHAPE_FIELD] = REF("name"),
	[SHAPE_STATE] = REF("name"),
	[SHAPE_STATES] = REF("names"),
	[SHAPE_ACTIONS] = REF("names"),
	[SHAPE_DUTY] = REF("name"),
	[SHAPE_TELLS] = REF("names"),
	[SHAPE_CHOICES] = REF("choices"),
	[SHAPE_EACH] = REF("name"),
	[SHAPE_FIELDS] = NAMED("field"),
	[SHAPE_COLUMNS] = NAMED("column"),
	[SHAPE_SET_FIELDS] = NAMED("set_field"),
	[SHAPE_BASIS] =
		"\"anyOf\": [{" REF("basis") "}, {\"type\": \"array\", \"items\": {" REF("basis") "}}]",
	[SHAPE_ROLES] = NAMED("role"),
	[SHAPE_STATE_MAP] = NAMED("state"),
	[SHAPE_ACTION_MAP] = NAMED("action"),
	[SHAPE_DUTY_MAP] = NAMED("duty"),
	[SHAPE_REQUEST_MAP] = NAMED("request"),
	[SHAPE_CHILDREN] = REF("children"),
	[SHAPE_LAMP] = REF("lamp"),
	[SHAPE_NUMBER] = "\"type\": \"string\", \"pattern\": \"\\\\{seq(:[1-9])?\\\\}\"",
	[SHAPE_WITHIN] = REF("term"),
	[SHAPE_BY] = REF("name"),
	[SHAPE_CALENDAR] = REF("day_and_term"),
	[SHAPE_NOT_BEFORE] = "\"anyOf\": [{" REF("name") "}, {" REF("day_and_term") "}]",
	[SHAPE_BREACH] = REF("breach"),
	[SHAPE_ESCALATE] = REF("reaches"),
	[SHAPE_OPEN] = REF("name"),
	[SHAPE_WITH] = "\"type\": \"object\", \"additionalProperties\": {" REF("text") "}",
	[SHAPE_ROLE_FUNCTION] = REF("name"),
	[SHAPE_ROLE_FIELD] = REF("name"),
	[SHAPE_ROLE_HEAD] = REF("name"),
	[SHAPE_ROLE_SUPERIOR] = REF("name"),
	[SHAPE_CONDITION] = REF("condition"),
	[SHAPE_CHECKS] =
		"\"anyOf\": [{" REF("check") "}, {\"type\": \"array\", \"items\": {" REF("check") "}}]",
	[SHAPE_ELIGIBILITY] = REF("eligibility"),
	[SHAPE_ELIGIBILITY_RULES] = NAMED("eligibility_rule"),
	[SHAPE_EFFECT] = REF("effect"),
	[SHAPE_LETTERS] = REF("letters"),
	[SHAPE_MEETING] = REF("meeting"),
	[SHAPE_COVERS] = REF("covers"),
	[SHAPE_STUDY] = REF("study"),
	[SHAPE_COUNTS_AS] = REF("counts_as"),
	[SHAPE_CHECK_IN] = REF("check_in"),
	[SHAPE_FROM_ABOVE] = REF("from_above"),
	[SHAPE_CHECK_BREACH] = REF("check_breach"),
};

#define NAME_PATTERN "[a-z][a-z0-9_]{0,63}"
#define TERM_PATTERN "[1-9][0-9]{0,3} (working day|day|month)s?"

static const struct {
	const char *name, *text;
} forms[] = {
	{"text", "{\"type\": [\"string\", \"number\", \"boolean\", \"null\"]}"},
	{"condition", "{\"type\": \"string\", \"pattern\": \"\\\\S\"}"},
	{"name", "{\"type\": \"string\", \"pattern\": \"^" NAME_PATTERN "$\"}"},
	{"names", "{\"anyOf\": [{" REF(
			  "name") "}, {\"type\": \"array\", \"minItems\": 1, \"uniqueItems\": true, "
				  "\"items\": {" REF("name") "}}]}"},
	{"term", "{\"type\": \"string\", \"pattern\": \"^" TERM_PATTERN "$\"}"},
	{"day_and_term",
		"{\"type\": \"string\", \"pattern\": \"^" NAME_PATTERN " *\\\\+ *" TERM_PATTERN "$\"}"},
	{"choices",
		"{\"anyOf\": [{\"type\": \"array\", \"items\": {" REF("name") "}}, {" NAMED("label") "}]}"},
	{"reach", "{\"type\": \"string\", \"pattern\": \"^((head|superior) of )?" NAME_PATTERN "$\"}"},
	{"reaches",
		"{\"anyOf\": [{" REF("reach") "}, {\"type\": \"array\", \"minItems\": 1, \"items\": {" REF(
			"reach") "}}]}"},
};

#define ONE_OF(a, b, c, d)                                                                                   \
	"\"oneOf\": [{\"required\": [\"" a "\"]}, {\"required\": [\"" b "\"]}, {\"required\": [\"" c         \
	"\"]}, {\"required\": [\"" d "\"]}]"

/* Each map with keys, and what holds between them. */
static const struct {
	const char *name;
	const struct keys *keys;
	const char *also;
} maps[] = {
	{"label", &label_keys, NULL},
	{"basis", &basis_keys, NULL},
	{"role", &role_keys, ONE_OF("function", "field", "head_of", "superior_of")},
	{"field", &field_keys, NULL},
	{"column", &column_keys, NULL},
	{"set_field", &set_field_keys, NULL},
	{"state", &state_keys, NULL},
	{"action", &action_keys,
		"\"dependentRequired\": {\"with\": [\"open\"], \"child\": [\"open\"], \"for_each\": "
		"[\"open\"], "
		"\"where\": [\"for_each\"]}"},
	{"breach", &breach_keys, "\"dependentRequired\": {\"with\": [\"open\"]}"},
	{"duty", &duty_keys, ONE_OF("within", "by", "every", "calendar")},
	{"request", &request_keys, NULL},
	{"check", &check_keys, NULL},
	{"check_breach", &check_breach_keys, NULL},
	{"eligibility", &eligibility_keys, NULL},
	{"eligibility_rule", &eligibility_rule_keys, NULL},
	{"effect", &effect_keys, NULL},
	{"meeting", &meeting_keys, NULL},
	{"covers", &covers_keys,
		"\"oneOf\": [{\"required\": [\"supervision\"]}, {\"required\": [\"kind\"]}]"},
	{"study", &study_keys, NULL},
	{"counts_as", &counts_as_keys, NULL},
	{"check_in", &check_in_keys, NULL},
	{"from_above", &from_above_keys, NULL},
	{"children", &children_keys, NULL},
	{"letters", &letters_keys, NULL},
	{"lamp", &lamp_keys, NULL},
	{"definition", &procedure_keys, NULL},
};

static void put_words(struct buf *buf, struct words words)
{
	buf_puts(buf, "\"enum\": [");
	for (size_t i = 0; i < words.count; i++)
		buf_format(buf, "%s\"%s\"", i > 0 ? ", " : "", words.items[i]);
	buf_put_char(buf, ']');
}

static void put_key(struct buf *buf, const struct key *key)
{
	struct words words = shape_words(key->shape);

	buf_format(buf, "\t\t\t\t\"%s\": {\"description\": ", key->name);
	json_put_text(buf, str_from(key->help));
	buf_puts(buf, ", ");
	REQUIRE((words.count > 0) != (fragments[key->shape] != NULL));
	if (words.count > 0)
		put_words(buf, words);
	else
		buf_puts(buf, fragments[key->shape]);
	buf_put_char(buf, '}');
}

static void put_map(struct buf *buf, const char *name, const struct keys *keys, const char *also)
{
	size_t required = 0;

	buf_format(buf,
		"\t\t\"%s\": {\n\t\t\t\"type\": \"object\",\n\t\t\t\"additionalProperties\": false,\n", name);
	for (size_t i = 0; i < keys->count; i++)
		if (keys->rows[i].required)
			buf_format(buf, "%s\"%s\"", required++ == 0 ? "\t\t\t\"required\": [" : ", ",
				keys->rows[i].name);
	if (required > 0)
		buf_puts(buf, "],\n");
	if (also != NULL)
		buf_format(buf, "\t\t\t%s,\n", also);
	buf_puts(buf, "\t\t\t\"properties\": {\n");
	for (size_t i = 0; i < keys->count; i++) {
		put_key(buf, &keys->rows[i]);
		buf_puts(buf, i + 1 < keys->count ? ",\n" : "\n\t\t\t}\n\t\t}");
	}
}

void procedure_schema(struct buf *buf)
{
	buf_puts(buf, "{\n\t\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n"
		      "\t\"$id\": \"procedure.schema.json\",\n"
		      "\t\"title\": \"A procedure of Bihuan; docs/procedures.md describes it\",\n"
		      "\t" REF("definition") ",\n\t\"$defs\": {\n");
	for (size_t i = 0; i < ARRAY_COUNT(forms); i++)
		buf_format(buf, "\t\t\"%s\": %s,\n", forms[i].name, forms[i].text);
	for (size_t i = 0; i < ARRAY_COUNT(maps); i++) {
		put_map(buf, maps[i].name, maps[i].keys, maps[i].also);
		buf_puts(buf, i + 1 < ARRAY_COUNT(maps) ? ",\n" : "\n");
	}
	buf_puts(buf, "\t}\n}\n");
}
