/* tls.h: the certificate of this process. GnuTLS asks for it at each handshake by a function without a
 * context, so there is one for the process; it can be replaced while connections are open. */
#ifndef HTTP_TLS_H
#define HTTP_TLS_H

#include "base/base.h"

/* TLS 1.2 and 1.3, nothing weaker than 128 bits. */
#define TLS_PRIORITIES "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"

/* Read a chain and its key, PEM both. They are used from the next handshake on. On failure what was there
 * stays. ERR_INVALID names the file and what is wrong with it. */
MUST_CHECK enum err tls_load(struct str cert_file, struct str key_file, struct bh_err *reterr);
/* What GnuTLS calls: a gnutls_certificate_retrieve_function2. */
void *tls_retriever(void);
/* Forget all certificates. When nothing uses them any more. */
void tls_forget(void);

#endif
