/* lines.h: rows of lists as JSON, alike wherever they stand: a matter in a list is told as a part of another
 * is. Codes for programs, names for people, in the language of the teller. */
#ifndef VIEW_LINES_H
#define VIEW_LINES_H

#include "view/teller.h"

/* What is owed, as the definition calls it. */
struct str line_duty_name(const struct teller *teller, const struct duty_line *line);
struct str line_settled_name(const struct teller *teller, const struct settled *settled);
/* What its procedure and its state are called. */
struct str line_procedure_title(const struct teller *teller, const struct matter_line *line);
struct str line_state_label(const struct teller *teller, const struct matter_line *line);

/* One object each, to the value that `out` waits for. */
void line_put_matter(const struct teller *teller, struct json_out *out, const struct matter_line *line);
/* Bearers are told as of `today`. */
void line_put_duty(
	const struct teller *teller, struct json_out *out, const struct duty_line *line, struct instant now);
void line_put_notice(const struct teller *teller, struct json_out *out, const struct notice_line *line);
void line_put_link(const struct teller *teller, struct json_out *out, const struct link_line *line);

#endif
