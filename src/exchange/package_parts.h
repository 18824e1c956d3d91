/* package_parts.h: what the files about packages share. Private to the room. */
#ifndef EXCHANGE_PACKAGE_PARTS_H
#define EXCHANGE_PACKAGE_PARTS_H

#include "exchange/apart.h"
#include "exchange/package.h"

/* The job of the child: one line for each file of the package, where its header stands, and the sizes of its
 * name and of its bytes. */
MUST_CHECK enum err package_split_job(
	struct arena *arena, struct str bytes, const struct cells_out *out, struct bh_err *reterr);
/* Of all its parts the first two are found, and what they say of it is read. */
MUST_CHECK enum err package_name_parts(struct arena *arena, struct package_file *file, struct bh_err *reterr);

#endif
