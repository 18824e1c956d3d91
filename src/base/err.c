#include "base/str.h"
#include "base/words.h"

#include <stdio.h>
#include <stdlib.h>

enum retry { RETRY_NEVER, RETRY_SAME };

static const struct err_row {
	const char *wire, *zh, *en;
	int http, exit;
	enum retry retry;
} err_rows[] = {
#define ERR(NAME, wire, http, exit, retry, zh, en) [ERR_##NAME] = {wire, zh, en, http, exit, RETRY_##retry},
#include "base/err.def"
#undef ERR
};
static_assert(ARRAY_COUNT(err_rows) == ERR_COUNT, "every error has a row");

/* What came from outside may stand in an error, cut anywhere; whoever shows it may count on one line of
 * UTF-8.
 */
static void make_clean(char *line)
{
	struct str text = str_from(line);
	uint32_t character;

	for (size_t at = 0, size; at < text.size; at += size) {
		unsigned char first = (unsigned char)line[at];

		size = utf8_next(text, at, &character);
		if (first < ' ' || first == 0x7F)
			line[at] = ' ';
		else if (first >= 0x80 && size == 1)
			line[at] = '?';
	}
}

enum err err_set(struct bh_err *reterr, enum err code, const char *place, const char *format, ...)
{
	REQUIRE(code != ERR_OK);
	if (reterr != NULL) {
		va_list args;

		reterr->code = code;
		snprintf(reterr->place, sizeof reterr->place, "%s", place != NULL ? place : "");
		va_start(args, format);
		words_print(reterr->text, reterr->text_zh, sizeof reterr->text, format, args);
		va_end(args);
		make_clean(reterr->place);
		make_clean(reterr->text);
		make_clean(reterr->text_zh);
	}
	return code;
}

enum err err_set_both(struct bh_err *reterr, enum err code, const char *place, const char *zh, const char *en)
{
	enum err err = err_set(reterr, code, place, "%s", en);

	if (reterr != NULL) {
		snprintf(reterr->text_zh, sizeof reterr->text_zh, "%s", zh);
		make_clean(reterr->text_zh);
	}
	return err;
}

enum err err_pass(struct bh_err *reterr, enum err code, const char *place, const struct bh_err *why)
{
	struct bh_err same = *why; /* `why` may be `reterr` itself */

	same.code = code;
	snprintf(same.place, sizeof same.place, "%s", place != NULL ? place : "");
	make_clean(same.place);
	if (reterr != NULL)
		*reterr = same;
	return code;
}

static_assert(ERR_BOTH_SIZE > 2 * sizeof((struct bh_err){0}).text + 3, "both sentences have room");

const char *err_both(const struct bh_err *why, char ret[ERR_BOTH_SIZE])
{
	return words_both(ret, ERR_BOTH_SIZE, str_from(why->text_zh), str_from(why->text));
}

const char *err_name(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].wire;
}

const char *err_meaning(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].en;
}

const char *err_meaning_zh(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].zh;
}

int err_http(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].http;
}

int err_exit(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].exit;
}

bool err_may_retry(enum err code)
{
	REQUIRE(code < ERR_COUNT);
	return err_rows[code].retry == RETRY_SAME;
}

void require_failed(const char *condition, const char *file, int line)
{
	fprintf(stderr,
		"bihuan: broken invariant at %s:%d: %s: nothing was acknowledged; please report this\n", file,
		line, condition);
	abort();
}
