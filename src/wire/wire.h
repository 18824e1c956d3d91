/* wire.h: the one place that calls another machine by mail or HTTPS. Only over TLS that is checked, to no
 * inner address that isn't listed, without redirects or a proxy, and not for long. Which hosts may be called
 * stands in a file of settings (settings_file.h). */
#ifndef WIRE_WIRE_H
#define WIRE_WIRE_H

#include "wire/reach.h"

/* Whom may be called, beside the rules that hold for all. */
struct wire_rules {
	struct reach_range inside[REACH_INSIDE_MAX];
	size_t inside_count;
	struct str ca; /* a file of certificates in the place of the system's; "" for none */
};
/* A host's name in small letters, or an IPv4 address. */
bool wire_is_host(struct str host);
/* The host of "https://host[:port]/…": nothing that two readers could read differently. */
MUST_CHECK bool wire_url_host(struct str url, struct str *ret_host);

struct wire; /* keeps its connection to the mail server between messages */

enum wire_end {
	WIRE_DONE,
	WIRE_LATER,   /* not taken, for a reason that may pass */
	WIRE_AWAY,    /* the same, and the other side can't be reached or won't have us: the next one fares no
			 better */
	WIRE_REFUSED, /* not taken, for good */
	WIRE_UNCLEAR, /* given over, and then the line broke: it may have been taken */
};

/* `rules` are borrowed as long as the wire lives. */
struct wire *wire_new(const struct wire_rules *rules);
void wire_free(struct wire *wire); /* NULL is fine */

struct wire_mail_server {
	struct str host, user, password, from; /* user "": none is asked for */
	int port;
	bool implicit; /* TLS from the first byte; STARTTLS otherwise */
};
/* One message to one address. `reterr` says why when it isn't done. */
enum wire_end wire_mail(struct wire *wire, const struct wire_mail_server *server, struct str to,
	struct str message, struct bh_err *reterr);

struct wire_call {
	struct str url;
	const struct str *headers;
	size_t header_count;
	bool post; /* with this body; GET otherwise */
	struct str body;
};
/* One call over HTTPS; status and body (in `arena`) of its answer when it is done. */
enum wire_end wire_call(struct wire *wire, struct arena *arena, const struct wire_call *call,
	long *ret_status, struct str *ret_body, struct bh_err *reterr);

#endif
