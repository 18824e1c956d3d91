/* package_view.h: what files between levels (上下级文件包) say of a matter, as JSON. */
#ifndef VIEW_PACKAGE_VIEW_H
#define VIEW_PACKAGE_VIEW_H

#include "view/teller.h"

/* What one of their items says, as members of an object that is open: without what only the program needs. */
void package_body_put(const struct teller *teller, const struct doc *body, struct json_out *out);
/* The institution above or below, without its key: {"code", "title", "side"}. */
void package_peer_put(const struct teller *teller, const struct peer *peer, struct json_out *out);
/* What was sent and taken about one matter, in order, as a list. */
void matter_packages_put(const struct teller *teller, const struct stored_item *items, size_t count,
	const struct peer *peers, struct json_out *out);

#endif
