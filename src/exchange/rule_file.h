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

#include "base/base.h"

/* As an object that a version is asked for with, in `arena`; a text without a head is the text alone.
 * ERR_INVALID names the line. */
MUST_CHECK enum err rule_file_read(
	struct arena *arena, struct str file, struct doc **ret_written, struct bh_err *reterr);

#endif
