#include "exchange/column_choice.h"

#include <string.h>

static const struct {
	const char *name, *header;
} known[] = {
#define COLUMN_NAME(name, header) {name, header},
#include "exchange/column_names.def"
#undef COLUMN_NAME
};

#define HEADER_BYTES_MAX 256

/* The next character of a header that counts: not what differs from office to office, which is blanks, line
 * breaks, stars, colons, wide signs, capitals, and brackets with what they hold. false at the end. */
static bool next_plain(struct str *rest, uint32_t *ret_char)
{
	int brackets = 0;

	while (rest->size > 0) {
		uint32_t c;
		size_t used = utf8_next(*rest, 0, &c);

		*rest = str_slice(*rest, used, rest->size);
		c = c >= 0xFF01 && c <= 0xFF5E ? c - 0xFF01 + '!' : c == 0x3000 ? ' ' : c;
		brackets += c == '(';
		bool counts = brackets == 0 && (c > 127 || strchr(" \t\r\n*:", (int)c) == NULL);

		brackets -= c == ')' && brackets > 0;
		if (!counts)
			continue;
		*ret_char = c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
		return true;
	}
	return false;
}

static bool is_same(struct str header, struct str other)
{
	uint32_t left, right;
	size_t count = 0;

	for (;; count++) {
		bool more = next_plain(&header, &left);

		if (more != next_plain(&other, &right))
			return false;
		if (!more)
			return count > 0;
		if (left != right)
			return false;
	}
}

static int column_named(const struct column_ask *ask, struct str name)
{
	for (size_t i = 0; i < ask->count; i++)
		if (str_is(name, ask->columns[i].name))
			return (int)i;
	return str_is(name, "-") ? CSV_COLUMN_LEFT_OUT : CSV_COLUMN_UNKNOWN;
}

/* ---- one header ---- */

static int said(const struct column_ask *ask, struct str header, bool remembered)
{
	for (size_t i = 0; i < ask->choice_count; i++)
		if (ask->choices[i].remembered == remembered && is_same(ask->choices[i].header, header))
			return column_named(ask, ask->choices[i].name);
	return CSV_COLUMN_UNKNOWN;
}

static int named(const struct column_ask *ask, struct str header)
{
	for (size_t i = 0; i < ask->count; i++)
		if (str_is(header, ask->columns[i].name) ||
			(ask->columns[i].zh != NULL && str_is(header, ask->columns[i].zh)))
			return (int)i;
	for (size_t i = 0; i < ask->count; i++)
		if (is_same(header, str_from(ask->columns[i].name)) ||
			(ask->columns[i].zh != NULL && is_same(header, str_from(ask->columns[i].zh))))
			return (int)i;
	return CSV_COLUMN_UNKNOWN;
}

/* The first that nobody has; else one that somebody has, so that both can be named. */
static int usual(const struct column_ask *ask, struct str header, const bool *taken)
{
	int found = CSV_COLUMN_UNKNOWN;

	for (size_t i = 0; i < ARRAY_COUNT(known); i++) {
		if (!is_same(header, str_from(known[i].header)))
			continue;
		int at = column_named(ask, str_from(known[i].name));

		if (at == CSV_COLUMN_LEFT_OUT || (at >= 0 && (taken == NULL || !taken[at])))
			return at;
		if (found == CSV_COLUMN_UNKNOWN)
			found = at;
	}
	return found;
}

bool column_is_known(const struct column_ask *ask, struct str header)
{
	header = str_trim(header);
	return header.size > 0 && header.size <= HEADER_BYTES_MAX &&
	       (said(ask, header, false) != CSV_COLUMN_UNKNOWN ||
		       said(ask, header, true) != CSV_COLUMN_UNKNOWN ||
		       named(ask, header) != CSV_COLUMN_UNKNOWN ||
		       usual(ask, header, NULL) != CSV_COLUMN_UNKNOWN);
}

/* ---- all of them ---- */

static int choose(const struct column_ask *ask, struct str header, enum column_basis basis, const bool *taken)
{
	switch (basis) {
	case COLUMN_SAID:
	case COLUMN_REMEMBERED:
		return said(ask, header, basis == COLUMN_REMEMBERED);
	case COLUMN_NAMED:
		return named(ask, header);
	default:
		return usual(ask, header, taken);
	}
}

void columns_choose(struct arena *arena, const struct column_ask *ask, const struct column_header *headers,
	size_t count, int *ret_at, enum column_basis *ret_bases)
{
	bool *taken = ARENA_TAKE(arena, ask->count + 1, bool);

	for (size_t i = 0; i < count; i++) {
		ret_at[i] = CSV_COLUMN_UNKNOWN;
		ret_bases[i] = COLUMN_UNKNOWN;
	}
	for (enum column_basis basis = COLUMN_SAID; basis < COLUMN_BASIS_COUNT; basis++)
		for (size_t i = 0; i < count; i++)
			for (size_t j = 0; j < headers[i].count && ret_at[i] == CSV_COLUMN_UNKNOWN; j++) {
				struct str header = str_trim(headers[i].texts[j]);

				if (header.size == 0 || header.size > HEADER_BYTES_MAX)
					continue;
				ret_at[i] = choose(ask, header, basis, taken);
				if (ret_at[i] != CSV_COLUMN_UNKNOWN)
					ret_bases[i] = basis;
				if (ret_at[i] >= 0)
					taken[ret_at[i]] = true;
			}
}

void csv_columns_choose(const struct column_ask *ask, struct csv_table *table, struct csv_errors *errors)
{
	struct arena *arena = errors->arena;
	struct column_header *headers = ARENA_TAKE(arena, table->column_count + 1, struct column_header);
	int *at = ARENA_TAKE(arena, table->column_count + 1, int);

	table->bases = ARENA_TAKE(arena, table->column_count + 1, enum column_basis);

	for (size_t i = 0; i < table->column_count; i++)
		headers[i] = (struct column_header){{table->columns[i]}, 1};
	columns_choose(arena, ask, headers, table->column_count, at, table->bases);
	csv_columns_name(table, ask->columns, at, errors);
}

enum err column_choice_parse(struct arena *arena, struct str text, const struct csv_column *columns,
	size_t count, struct column_choice *ret_choice, struct bh_err *reterr)
{
	const struct column_ask ask = {.columns = columns, .count = count};
	struct column_choice choice = {0};

	choice.header = text;
	if (!str_cut(&choice.header, '=', &choice.name) || str_trim(choice.header).size == 0)
		return err_set(reterr, ERR_INVALID, "--column",
			"write it as NAME=HEADER, such as due=办结时限; -=HEADER leaves a column out");
	choice.name = str_trim(choice.name);
	choice.header = str_trim(choice.header);
	for (size_t i = 0; i < count; i++)
		if (columns[i].zh != NULL && str_is(choice.name, columns[i].zh))
			choice.name = str_from(columns[i].name);
	if (column_named(&ask, choice.name) == CSV_COLUMN_UNKNOWN) {
		const char **names = ARENA_TAKE(arena, count + 1, const char *);

		for (size_t i = 0; i < count; i++)
			names[i] = columns[i].name;
		const char *nearest = str_nearest(arena, choice.name, names, count);

		if (nearest == NULL)
			return err_set(reterr, ERR_INVALID, "--column", "there is no column '%.*s' here",
				STR_ARG(choice.name));
		return err_set(reterr, ERR_INVALID, "--column",
			"there is no column '%.*s' here; did you mean '%s'?", STR_ARG(choice.name), nearest);
	}
	*ret_choice = choice;
	return ERR_OK;
}
