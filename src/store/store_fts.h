/* store_fts.h: our words for SQLite's full-text search; private to store/, and to tests that open the
 * database themselves. */
#ifndef STORE_STORE_FTS_H
#define STORE_STORE_FTS_H

struct sqlite3;

/* Make the tokenizer `bigram`, and has_words(question, text ...), which says of texts what a match says of
 * the index, known to one connection, before it touches the table `search`. Returns an SQLite code. */
int fts_register(struct sqlite3 *database);

#endif
