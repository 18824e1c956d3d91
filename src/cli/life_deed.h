/* life_deed.h: one deed in a living demonstration. Private to the life. */
#ifndef CLI_LIFE_DEED_H
#define CLI_LIFE_DEED_H

#include "cli/life.h"

/* One act in the making. */
struct life_errand {
	struct act act;
	struct command command;
	struct act_job job;
	struct str paper; /* what is shown; "" for nothing */
};

/* What is looked at: one matter, now. */
struct life_look {
	const struct life_words *words;
	const struct matter *matter;
	struct world world;
	struct day today;
	unsigned *spoken;           /* which voices were raised in it, from 0 */
	struct arena *arena;        /* of the errand */
	struct life_errand **found; /* what is to be done */
	struct instant next;        /* when it is worth looking again; comes nearer */
};

/* Is there something to do? One thing at most, the earliest duty first; the engine was asked, and lets it be
 * done. */
bool life_do(struct life_look *look);

#endif
