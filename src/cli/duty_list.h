/* duty_list.h: duties of several matters as rows. Private to cli/. */
#ifndef CLI_DUTY_LIST_H
#define CLI_DUTY_LIST_H

#include "cli/house.h"

struct duty_list {
	struct duty_line *items;
	size_t count, capacity;
};

/* Add what a post or a unit (the other is 0) owes now, or everybody (both 0); what is there already isn't
 * added again. */
MUST_CHECK enum err duty_list_add(struct house *house, struct duty_list *list, int64_t post, int64_t unit);
/* Add all that a person has to see to: by name, by the posts held today, and of the units for which one of
 * them may act. What another person bears by name is left out. */
MUST_CHECK enum err duty_list_add_person(struct house *house, struct duty_list *list, int64_t person);
/* By due instant, as a table; in JSON with codes and ids. Who bears it is told as of the given day. */
MUST_CHECK enum err duty_list_print(struct house *house, struct duty_list *list, struct day day);

#endif
