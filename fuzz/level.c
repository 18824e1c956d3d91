/* What others say in JSON that is recorded as they say it: an institution above or below, what is in its
 * package, a version of a rule and its repeal. What is taken is within the limits, and printed as read. */
#include "grasp/level.h"
#include "grasp/rule.h"

#include "fuzz.h"

static void try_peer(struct arena *arena, const struct doc *tree)
{
	struct bh_err why = {0};
	struct peer peer, again;

	if (peer_read(arena, tree, &peer, &why) != ERR_OK) {
		REQUIRE(why.text[0] != '\0');
		return;
	}
	REQUIRE(note_name_is_good(peer_key(arena, &peer).name));
	REQUIRE(key_fingerprint_is(arena, peer.key, key_fingerprint(arena, peer.key)));
	REQUIRE(peer_read(arena, peer_to_doc(arena, &peer), &again, &why) == ERR_OK);
	REQUIRE(doc_equal(peer_to_doc(arena, &peer), peer_to_doc(arena, &again)));
	(void)!peer_may(arena, &peer, 1, &peer, &why);
}

static void try_package(struct arena *arena, const struct doc *tree)
{
	struct bh_err why = {0};
	struct package package;

	if (package_read(arena, tree, &package, &why) != ERR_OK) {
		REQUIRE(why.text[0] != '\0');
		return;
	}
	REQUIRE(package.item_count > 0 && package.item_count <= PACKAGE_ITEMS_MAX);
	REQUIRE(package.number > 0 && package.number <= PACKAGE_NUMBER_MAX);
	for (size_t i = 0; i < package.item_count; i++)
		REQUIRE(package.items[i].kind < PACKAGE_KIND_COUNT);
}

static void try_rule(struct arena *arena, const struct doc *tree)
{
	struct bh_err why = {0};
	struct rule_issue issue;
	struct rule_repeal repeal;

	if (rule_issue_read(arena, tree, &issue, &why) == ERR_OK)
		REQUIRE(rule_code_is_good(issue.code) && issue.stages != 0);
	(void)!rule_repeal_read(tree, &repeal, &why);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct arena *arena = arena_new();
	struct bh_err why;
	struct doc *tree;

	if (doc_read(arena, fuzz_text(bytes, size), &tree, &why) == ERR_OK) {
		try_peer(arena, tree);
		try_package(arena, tree);
		try_rule(arena, tree);
	}
	arena_free(arena);
	return 0;
}
