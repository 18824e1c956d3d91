/* yaml_tree.h: the part of YAML that a definition may use, as a tree with a place on every node. Private to
 * the room.
 *
 * No anchors, aliases, tags, merge keys, duplicate keys or second documents: a definition says each thing
 * once, where it is. yaml_tree.c is the only user of libyaml. */
#ifndef PROCEDURE_YAML_TREE_H
#define PROCEDURE_YAML_TREE_H

#include "procedure/procedure.h"

#define YAML_DEPTH_MAX 16
#define YAML_NODES_MAX 200000

enum yaml_kind { YAML_TEXT, YAML_LIST, YAML_MAP };

struct yaml {
	enum yaml_kind kind;
	struct place place;
	struct str text; /* YAML_TEXT */
	bool quoted;     /* it was written in quotes, or as a block */
	size_t count;
	struct yaml **items;
	struct yaml **keys; /* of a map, beside items; each YAML_TEXT */
};

/* NULL when there is no tree; every reason is in `findings` (rule "format"). An empty text has a finding too.
 */
const struct yaml *yaml_tree(
	struct arena *arena, struct str file, struct str text, struct findings *findings);
const struct yaml *yaml_get(const struct yaml *map, const char *key); /* NULL when absent or no map */

#endif
