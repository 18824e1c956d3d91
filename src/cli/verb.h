/* verb.h: commands whose first argument says what is done, like `bihuan rule show`. One table row each. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "cli/house.h"

struct verb {
	const char *name;
	size_t least, most; /* arguments behind it */
	const char *takes;
	/* One of the two. In the house that the argument behind the verb names; `writes`: with --as, to act.
	 */
	enum err (*run)(struct call *call);
	enum err (*run_in_house)(struct house *house);
	bool writes;
};

/* Do what the first argument says. ERR_INVALID names the verb and what it takes, or the nearest one. */
MUST_CHECK enum err verb_run(struct call *call, const struct verb *verbs, size_t count);

#endif
