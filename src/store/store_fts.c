/* store_fts.c: hands the words of bigram.h to SQLite's full-text search (FTS5). */
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
	return api->xCreateTokenizer(api, "bigram", NULL, &tokenizer, NULL);
}
