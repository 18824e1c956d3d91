/* outbox.c: the sender's own rows; see outbox.h. */
#include "act/outbox.h"
#include "act/gate.h"

#include <stdlib.h>

struct outbox {
	struct installation *installation;
	struct store *store;
	uint8_t key[SEAL_KEY_SIZE];
};

enum err outbox_open(struct installation *installation, struct outbox **ret_outbox, struct bh_err *reterr)
{
	struct outbox *outbox = calloc(1, sizeof *outbox);

	REQUIRE(outbox != NULL);
	outbox->installation = installation;
	enum err err = signer_secret(installation->dir, outbox->key, reterr);

	if (err == ERR_OK)
		err = store_open(installation->dir, STORE_SESSION, &outbox->store, reterr);
	if (err != ERR_OK) {
		outbox_close(outbox);
		return err;
	}
	*ret_outbox = outbox;
	return ERR_OK;
}

void outbox_close(struct outbox *outbox)
{
	if (outbox == NULL)
		return;
	store_close(outbox->store);
	secret_wipe(outbox, sizeof *outbox);
	free(outbox);
}

/* Commit what a body wrote, or take it back. */
static enum err end(struct outbox *outbox, enum err err, struct bh_err *reterr)
{
	if (err == ERR_OK)
		err = store_commit(outbox->store, reterr);
	if (err != ERR_OK)
		store_abort(outbox->store);
	return err;
}

enum err outbox_tell(struct outbox *outbox, const struct telling *telling, int64_t until, bool anything,
	struct instant next, struct bh_err *reterr)
{
	struct message message = {.account = telling->account,
		.what = MESSAGE_NOTICES,
		.way = telling->way,
		.from = telling->told,
		.until = until,
		.made = installation_now(outbox->installation),
		.next = next};
	bool moved = false;

	TRY(store_begin(outbox->store, reterr));
	enum err err =
		store_telling_told(outbox->store, telling->account, telling->told, until, &moved, reterr);

	if (err == ERR_OK && moved && anything)
		err = store_message_add(outbox->store, &message, reterr);
	return end(outbox, err, reterr);
}

enum err outbox_claim(struct outbox *outbox, int64_t id, bool *ret_mine, struct bh_err *reterr)
{
	TRY(store_begin(outbox->store, reterr));
	return end(outbox, store_message_claim(outbox->store, id, ret_mine, reterr), reterr);
}

enum err outbox_settle(struct outbox *outbox, const struct message *message, struct bh_err *reterr)
{
	TRY(store_begin(outbox->store, reterr));
	return end(outbox, store_message_settle(outbox->store, message, reterr), reterr);
}

enum err outbox_sweep(struct outbox *outbox, struct instant before, struct bh_err *reterr)
{
	TRY(store_begin(outbox->store, reterr));
	return end(outbox, store_message_drop_old(outbox->store, before, reterr), reterr);
}

struct str outbox_code(const struct outbox *outbox, struct arena *arena, const struct telling *telling)
{
	return address_code(outbox->key, arena, telling);
}
