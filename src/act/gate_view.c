/* gate_view.c: lists that somebody keeps under a name. They are no events: like a session, a view is its
 * account's own and says nothing of the institution's business. */
#include "act/gate.h"

struct change {
	int64_t account;
	struct str from; /* the name it has */
	struct saved_view view;
};

static enum err keep_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct change *change = context;

	(void)keep;
	return store_saved_view_put(worker->store, change->account, &change->view, reterr);
}

enum err gate_view_keep(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	struct change change = {.account = seat.account.id, .view = ask->view};

	change.view.changed = gate_now(worker);
	return gate_transaction(worker, keep_body, &change, reterr);
}

static enum err rename_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	struct change *change = context;
	struct saved_view *views;
	size_t count, at = SIZE_MAX;

	(void)keep;
	TRY(store_saved_view_list(worker->store, worker->arena, change->account, &views, &count, reterr));
	for (size_t i = 0; i < count; i++)
		if (str_equal(views[i].name, change->from))
			at = i;
		else if (str_equal(views[i].name, change->view.name))
			return err_set(reterr, ERR_CONFLICT, "name", "another view has this name");
	TRY(store_saved_view_drop(worker->store, change->account, change->from, reterr));
	REQUIRE(at < count);
	change->view.query = views[at].query;
	return store_saved_view_put(worker->store, change->account, &change->view, reterr);
}

enum err gate_view_rename(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	struct change change = {.account = seat.account.id, .from = ask->which, .view = {.name = ask->name}};

	change.view.changed = gate_now(worker);
	return gate_transaction(worker, rename_body, &change, reterr);
}

static enum err drop_body(struct gate_worker *worker, void *context, bool *keep, struct bh_err *reterr)
{
	const struct change *change = context;

	(void)keep;
	return store_saved_view_drop(worker->store, change->account, change->from, reterr);
}

enum err gate_view_drop(struct gate_worker *worker, const struct auth_ask *ask, struct auth_answer *answer,
	struct bh_err *reterr)
{
	struct seat seat;

	(void)answer;
	TRY(seat_find(worker, ask->session, &seat, reterr));
	struct change change = {.account = seat.account.id, .from = ask->which};

	return gate_transaction(worker, drop_body, &change, reterr);
}
