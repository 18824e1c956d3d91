/* store_fts.c: hands the words of bigram.h to SQLite: to its full-text search (FTS5), and as a function. */
#include "store/store_fts.h"
#include "store/bigram.h"

#include <sqlite3.h>

/* It has no state; FTS5 wants an object all the same. */
struct Fts5Tokenizer {
	char nothing;
};

static int make(void *context, const char **options, int count, Fts5Tokenizer **ret_tokenizer)
{
	static Fts5Tokenizer only;

	(void)context, (void)options;
	*ret_tokenizer = &only;
	return count == 0 ? SQLITE_OK : SQLITE_ERROR;
}

static void unmake(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer;
}

struct tokens {
	int (*give)(void *context, int flags, const char *word, int size, int from, int to);
	void *context;
};

static int give(void *context, const struct bigram *word)
{
	const struct tokens *tokens = context;

	return tokens->give(tokens->context, word->joined ? FTS5_TOKEN_COLOCATED : 0, word->text,
		(int)word->size, (int)word->from, (int)word->to);
}

static int split(Fts5Tokenizer *tokenizer, void *context, int flags, const char *text, int size,
	int (*give_token)(void *context, int flags, const char *word, int size, int from, int to))
{
	struct tokens tokens = {give_token, context};

	(void)tokenizer;
	return bigram_each(
		(struct str){text, (size_t)size}, (flags & FTS5_TOKENIZE_QUERY) != 0, give, &tokens);
}

#define TEXTS_MAX 4

static struct str text_of(sqlite3_value *value)
{
	const unsigned char *text = sqlite3_value_text(value);

	return text == NULL ? STR("") : (struct str){(const char *)text, (size_t)sqlite3_value_bytes(value)};
}

static void free_asked(void *asked)
{
	bigram_asked_free(asked);
}

/* The question is taken apart at the first row and kept for the rest of the statement. */
static void has_words(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct bigram_asked *asked = sqlite3_get_auxdata(context, 0);
	struct str texts[TEXTS_MAX];
	bool kept = asked != NULL;

	if (!kept)
		asked = bigram_asked_new(text_of(values[0]));
	if (asked == NULL || count > TEXTS_MAX) {
		bigram_asked_free(asked);
		sqlite3_result_error(context, "has_words: that is no question", -1);
		return;
	}
	for (int i = 1; i < count; i++)
		texts[i - 1] = text_of(values[i]);
	sqlite3_result_int(context, bigram_asked_in(asked, texts, (size_t)(count - 1)));
	if (!kept) /* it may be freed at once */
		sqlite3_set_auxdata(context, 0, asked, free_asked);
}

int fts_register(struct sqlite3 *database)
{
	static fts5_tokenizer tokenizer = {make, unmake, split};
	fts5_api *api = NULL;
	sqlite3_stmt *statement;
	int code = sqlite3_prepare_v2(database, "select fts5(?1)", -1, &statement, NULL);

	if (code != SQLITE_OK)
		return code;
	code = sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", NULL);
	if (code == SQLITE_OK)
		(void)sqlite3_step(statement);
	(void)sqlite3_finalize(statement);
	if (api == NULL)
		return code == SQLITE_OK ? SQLITE_ERROR : code;
	code = api->xCreateTokenizer(api, "bigram", NULL, &tokenizer, NULL);
	if (code != SQLITE_OK)
		return code;
	return sqlite3_create_function_v2(database, "has_words", -1,
		SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL, has_words, NULL, NULL, NULL);
}
