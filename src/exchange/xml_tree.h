/* xml_tree.h: a small XML document as a tree that can be changed and written again; names are kept as they
 * are written ("w:p"). Private to the room. */
#ifndef EXCHANGE_XML_TREE_H
#define EXCHANGE_XML_TREE_H

#include "exchange/parts.h"

struct xml_pair {
	struct str name, value;
};
struct xml_node {
	struct str name; /* "" for text */
	struct str text;
	struct xml_pair *pairs;
	size_t pair_count, pair_capacity;
	struct xml_node *parent, *first, *last, *before, *next;
};

/* Read `bytes`, which are called `name` in what is said about them. ERR_INVALID as xml_read. */
MUST_CHECK enum err xml_tree_read(struct arena *arena, const char *name, struct str bytes,
	struct xml_node **ret_root, struct bh_err *reterr);
/* The document, in UTF-8, with its declaration. What XML can't hold (control characters) becomes a blank. */
struct str xml_tree_print(struct arena *arena, const struct xml_node *root);
void xml_put_text(struct buf *buf, struct str text); /* escaped, for content and for attributes */

bool xml_is(const struct xml_node *node, const char *name);          /* false for NULL */
struct str xml_value(const struct xml_node *node, const char *name); /* of an attribute; "" when absent */
struct xml_node *xml_child(const struct xml_node *node, const char *name); /* the first; NULL: none */
/* The value of an attribute of a child: xml_child_value(pPr, "w:jc", "w:val"). */
struct str xml_child_value(const struct xml_node *node, const char *child, const char *name);
/* Below `root`, in the order of the text; NULL at the end. Begin with `at` = root. */
struct xml_node *xml_next(const struct xml_node *root, const struct xml_node *at);
/* The first below `root` of that name; NULL: none. */
struct xml_node *xml_find(const struct xml_node *root, const char *name);
struct str xml_all_text(struct arena *arena, const struct xml_node *root);

struct xml_node *xml_element(struct arena *arena, const char *name);
struct xml_node *xml_text(struct arena *arena, struct str text);
void xml_set(struct arena *arena, struct xml_node *node, const char *name, struct str value);
struct xml_node *xml_copy(struct arena *arena, const struct xml_node *node); /* with all below; no parent */
void xml_append(struct xml_node *parent, struct xml_node *node);
void xml_insert(struct xml_node *before, struct xml_node *node); /* as its elder sibling */
void xml_remove(struct xml_node *node);

#endif
