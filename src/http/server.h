/* server.h: sockets and the HTTP library, as the rest of the room sees them: something that calls dispatch_*
 * at each point of an exchange, lets exchanges sleep and wakes them. */
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include "http/exchange.h"

struct server;

struct server_config {
	int fd;                                       /* that listens; the server's from now on */
	bool tls;                                     /* with the certificate that tls.h has */
	int connections_max, connections_per_address; /* per address 0: as many as there are */
	int head_ms, body_ms; /* to send a head; to send a body, beside what its size asks */
	struct service *service;
};

/* Apart from the start, so that whoever asks in the first moment finds it. */
struct server *server_new(const struct server_config *config);
MUST_CHECK enum err server_start(struct server *server, struct bh_err *reterr);
/* Take no more connections; those that are open go on. */
void server_quiesce(struct server *server);
/* Let no exchange fall asleep any more, and wait until all that sleep are awake: their workers and the
 * writer must still be running. */
void server_settle(struct server *server);
/* Close every connection. After server_settle. Returns how many exchanges were cut off. */
int server_stop(struct server *server);
void server_free(struct server *server); /* NULL is fine */

/* Go on with an exchange that sleeps. From any thread, once for each sleep. */
void server_wake(struct exchange *exchange);
size_t server_connections(struct server *server);
size_t server_exchanges(struct server *server); /* under way */

#endif
