/* The chain of consequences: a breach opens a matter, whose own breach opens another … it must end. */
#include "procedure/check.h"

/* One link: `from`'s breach of `holder` opens `opening`. */
struct link {
	const struct procedure *from;
	struct breach_holder holder;
	int before; /* link that led to `from`; -1 at the beginning */
};

static const struct procedure *known(const struct check *check, struct str name)
{
	if (str_equal(name, check->procedure->name))
		return check->procedure;
	return check->all == NULL ? NULL : procedures_find(check->all, name);
}

static void put_chain(struct buf *buf, const struct link *links, int at)
{
	if (links[at].before >= 0)
		put_chain(buf, links, links[at].before);
	else
		buf_put(buf, links[at].from->name);
	buf_format(buf, " ─%.*s breached→ %.*s", STR_ARG(links[at].holder.name),
		STR_ARG(links[at].holder.breach->opens.procedure));
}

/* The chain is proved with a procedure and again with the institution: one finding is enough. */
static bool is_refused(const struct check *check, struct place place, struct str path)
{
	for (size_t i = 0; i < check->findings->count; i++) {
		const struct finding *finding = &check->findings->items[i];

		if (str_is(finding->rule, check->rule) && str_equal(finding->file, check->procedure->file) &&
			finding->place.line == place.line && finding->place.col == place.col &&
			str_equal(finding->path, path))
			return true;
	}
	return false;
}

static void refuse_chain(const struct check *check, const struct link *links, int at)
{
	struct buf path = buf_new(check->arena);
	int first = at;

	while (links[first].before >= 0)
		first = links[first].before;
	put_chain(&path, links, at);
	if (is_refused(check, links[first].holder.breach->opens.place, buf_str(&path)))
		return;
	REFUSE(check, links[first].holder.breach->opens.place, buf_str(&path),
		"a breach of %.*s.%.*s opens matters whose own breach leads back to %.*s, so the "
		"consequences "
		"never end: let one duty of this chain escalate instead of opening a matter",
		STR_ARG(links[first].holder.section), STR_ARG(links[first].holder.name),
		STR_ARG(check->procedure->name));
}

/* Breadth first over procedures; the first link that comes back to this one closes the shortest chain. */
void chain_check(const struct check *check)
{
	struct link *links = NULL;
	size_t count = 0, capacity = 0, next = 0;
	const struct procedure *from = check->procedure;
	int before = -1;

	while (from != NULL) {
		struct breach_holder holder;

		for (size_t i = 0; breach_holder_at(from, i, &holder); i++) {
			const struct procedure *target = known(check, holder.breach->opens.procedure);
			bool seen = false;

			for (size_t k = 0; k < count; k++)
				seen |= target == known(check, links[k].holder.breach->opens.procedure);
			if (holder.breach->opens.procedure.size == 0 || target == NULL || seen)
				continue;
			*ARENA_PUSH(check->arena, links, count, capacity) =
				(struct link){from, holder, before};
			if (target == check->procedure) {
				refuse_chain(check, links, (int)count - 1);
				return;
			}
		}
		before = (int)next;
		from = next < count ? known(check, links[next].holder.breach->opens.procedure) : NULL;
		next++;
	}
}
