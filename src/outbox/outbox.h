/* outbox.h: mail and webhooks. Whoever wants to be told outside the house what their inbox holds is told so:
 * at once or once a day, not in quiet hours, on working days where they say so.
 *
 * What may be called, and with which secrets, stands in one file of the installation, outbox.json, which only
 * its owner may read. None of it is in the database, in the ledger, in a log or in an answer. */
#ifndef OUTBOX_OUTBOX_H
#define OUTBOX_OUTBOX_H

#include "act/act.h"
#include "act/outbox.h"
#include "store/store_outbox.h"

/* ---- what is set up, without its secrets ---- */

#define OUTBOX_FILE        "outbox.json"
#define OUTBOX_HOOKS_MAX   64
#define OUTBOX_ADDRESS_MAX TELLING_ADDRESS_MAX

struct outbox_hook {
	struct str name, title, kind, host; /* kind: wecom dingtalk feishu signed */
};
struct outbox_setup {
	bool there;       /* the file is there */
	struct str fault; /* … and can't be used, because; "" when it can */
	struct str fault_zh;
	struct str link; /* where people find the pages */
	bool mail;
	struct str mail_host, mail_from, mail_tls; /* tls: implicit starttls */
	int mail_port;
	struct outbox_hook *hooks;
	size_t hook_count;
};
/* How sending is set up in this folder, in `arena`; never fails: what is wrong is said in it. */
struct outbox_setup outbox_setup_read(struct str dir, struct arena *arena);
/* May mail go to such an address? Its form, and its domain where only some are allowed. ERR_INVALID. */
MUST_CHECK enum err outbox_address_may(struct str dir, struct str address, struct bh_err *reterr);
/* Is there such a way to be told? ERR_INVALID names those there are. */
MUST_CHECK enum err outbox_way_may(struct str dir, struct str way, struct bh_err *reterr);

/* "08:30" as minutes of the day. */
MUST_CHECK bool outbox_clock_parse(struct str text, int *ret_minutes);

/* ---- sending ---- */

struct outbox_config {
	struct str dir;
	struct installation *installation;
	const struct act_source *source; /* of chance, for the pauses between tries */
};
struct outbox_tally {
	int64_t messages;                     /* that were looked at */
	int64_t sent, later, failed, nothing; /* nothing: there was nothing left to say */
};
/* One round: look through the inboxes of those who want to be told, and send what may go now. Nothing where
 * nothing is set up. `reader` is a connection of the caller's own. A message that fails is no error. */
struct sender;
MUST_CHECK enum err sender_new(
	const struct outbox_config *config, struct sender **ret_sender, struct bh_err *reterr);
MUST_CHECK enum err sender_round(
	struct sender *sender, struct store *reader, struct outbox_tally *ret_tally, struct bh_err *reterr);
/* The round that runs, and each later one, ends behind the message that is on its way. From any thread. */
void sender_end(struct sender *sender);
void sender_free(struct sender *sender); /* NULL is fine */

/* ---- a thread that does so ---- */

struct postman;
typedef void postman_complain_fn(void *context, enum err err, const struct bh_err *why);
/* `complain` hears of a round that failed; the next one tries again. */
MUST_CHECK enum err postman_open(const struct outbox_config *config, postman_complain_fn *complain,
	void *context, struct postman **ret_postman, struct bh_err *reterr);
/* The record has grown, which a look within seconds follows; or somebody waits for a message: at once. From
 * any thread: sets a mark. */
void postman_grew(struct postman *postman);
void postman_hurry(struct postman *postman);
void postman_close(struct postman *postman); /* what is on its way is waited for; NULL is fine */

#endif
