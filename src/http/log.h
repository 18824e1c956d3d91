/* log.h: the access log and the notes of the server, written by a thread of their own. Whoever has something
 * to log copies a line into a bounded ring and goes on; when the ring is full the line is dropped and
 * counted.
 */
#ifndef HTTP_LOG_H
#define HTTP_LOG_H

#include "base/base.h"

#define LOG_LINE_MAX 1024

struct log;

/* `file`: a path, "-" for standard error, "" for nowhere. Notes go to standard error in any case. */
MUST_CHECK enum err log_open(struct str file, struct log **ret_log, struct bh_err *reterr);
/* Writes what is in the ring. NULL is fine. */
void log_close(struct log *log);
/* Open the file again, after it was moved away. On failure the old one stays in use. */
MUST_CHECK enum err log_reopen(struct log *log, struct bh_err *reterr);

/* One line without its line feed; cut at LOG_LINE_MAX. Never waits. */
void log_access(struct log *log, struct str line);
void log_note(struct log *log, struct str line);
uint64_t log_dropped(struct log *log);

#endif
