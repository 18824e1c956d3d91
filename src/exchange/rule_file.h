/* rule_file.h: a rule as one file: what is said of it, then its text in Markdown.
 *
 *   ---
 *   code: big-money
 *   title: 大额资金办法
 *   area: money
 *   stages: policy, supervision
 *   unit: finance
 *   from: 2017-03-01
 *   ---
 *   # 大额资金办法
 *   第一条 …
 *
 * Members: code, version, title, title_en, area, stages, unit, from, review_on, review (the procedure of
 * which a matter is opened for it), finding, matter, procedures, note. Lists have commas between. */
#ifndef EXCHANGE_RULE_FILE_H
#define EXCHANGE_RULE_FILE_H

#include "exchange/csv.h"

#define RULE_MEMBERS_MAX 20

struct rule_file {
	struct doc *written;            /* as an object that a version is asked for with */
	size_t lines[RULE_MEMBERS_MAX]; /* where each member stands; 0: nowhere */
	size_t text_line;               /* where the text begins */
};
/* In `arena`; a text without a head is the text alone. Everything that is wrong with its form is in `errors`.
 */
void rule_file_read(
	struct arena *arena, struct str bytes, struct rule_file *ret_file, struct csv_errors *errors);
/* Where the file says it: the line of the member; of one that isn't said the first. */
size_t rule_file_line(const struct rule_file *file, const char *member);

/* What is recorded of a version, written as a file that is read back as the same: `written` has the members,
 * `text` too. */
struct str rule_file_print(struct arena *arena, const struct doc *written);

#endif
