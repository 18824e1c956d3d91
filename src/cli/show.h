/* show.h: a matter on the screen of a shell. Private to cli/. */
#ifndef CLI_SHOW_H
#define CLI_SHOW_H

#include "cli/house.h"
#include "view/matter_view.h"

/* Head, fields, what is owed and possible, parts, evidence and history, on standard output. */
void show_print_text(const struct matter_view *view);
/* What was told of it at the door of a compartment. */
void show_print_door(const struct matter_view *view);

#endif
