/* matter_call.h: one command on one matter, as all commands that change a matter share it. Private to cli/.
 */
#ifndef CLI_MATTER_CALL_H
#define CLI_MATTER_CALL_H

#include "cli/house.h"

/* Says what is asked, once the matter is known. */
typedef enum err matter_fill_fn(struct house *house, struct matter *matter, struct command *command);
/* Open the house, find the matter (the call's second argument), let `fill` say what is asked (NULL: nothing
 * more), do it for the person of --as, and tell what it led to. */
MUST_CHECK enum err matter_call(struct call *call, enum command_kind kind, matter_fill_fn *fill);
/* Do a command that is wholly said, and tell what it led to. */
MUST_CHECK enum err matter_run(struct house *house, struct command *command);
/* The same, with the files of --evidence, telling nothing. */
MUST_CHECK enum err matter_record(struct house *house, struct command *command, struct receipt *ret_receipt);

#endif
