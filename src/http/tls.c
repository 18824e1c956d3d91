/* tls.c: chains and keys, the newest first; older ones stay until the end, for a handshake may be under way.
 */
#include "http/tls.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define CHAIN_MAX 8

struct certificate {
	gnutls_pcert_st chain[CHAIN_MAX];
	unsigned count;
	gnutls_privkey_t key;
	struct certificate *older;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct certificate *newest;

static void certificate_free(struct certificate *certificate)
{
	for (unsigned i = 0; i < certificate->count; i++)
		gnutls_pcert_deinit(&certificate->chain[i]);
	if (certificate->key != NULL)
		gnutls_privkey_deinit(certificate->key);
	free(certificate);
}

static enum err read_chain(struct certificate *certificate, struct str file, struct bh_err *reterr)
{
	gnutls_datum_t bytes;
	int code = gnutls_load_file(file.data, &bytes);

	if (code != GNUTLS_E_SUCCESS)
		return err_set(reterr, ERR_INVALID, file.data, "the certificate can't be read: %s",
			gnutls_strerror(code));
	certificate->count = CHAIN_MAX;
	code = gnutls_pcert_list_import_x509_raw(certificate->chain, &certificate->count, &bytes,
		GNUTLS_X509_FMT_PEM, GNUTLS_X509_CRT_LIST_FAIL_IF_UNSORTED);
	gnutls_free(bytes.data);
	if (code != GNUTLS_E_SUCCESS) {
		certificate->count = 0;
		return err_set(reterr, ERR_INVALID, file.data,
			"it is no chain of certificates in PEM, the server's own first: %s",
			gnutls_strerror(code));
	}
	return ERR_OK;
}

static enum err read_key(struct certificate *certificate, struct str file, struct bh_err *reterr)
{
	gnutls_datum_t bytes;
	int code = gnutls_load_file(file.data, &bytes);

	if (code != GNUTLS_E_SUCCESS)
		return err_set(
			reterr, ERR_INVALID, file.data, "the key can't be read: %s", gnutls_strerror(code));
	code = gnutls_privkey_init(&certificate->key);
	if (code == GNUTLS_E_SUCCESS)
		code = gnutls_privkey_import_x509_raw(certificate->key, &bytes, GNUTLS_X509_FMT_PEM, NULL, 0);
	gnutls_memset(bytes.data, 0, bytes.size);
	gnutls_free(bytes.data);
	return code == GNUTLS_E_SUCCESS
		       ? ERR_OK
		       : err_set(reterr, ERR_INVALID, file.data,
				 "it is no private key in PEM without a password: %s", gnutls_strerror(code));
}

static enum err check_pair(struct certificate *certificate, struct str key_file, struct bh_err *reterr)
{
	uint8_t ours[64], theirs[64];
	size_t ours_size = sizeof ours, theirs_size = sizeof theirs;
	gnutls_pubkey_t public_key;
	int code = gnutls_pubkey_init(&public_key);

	if (code == GNUTLS_E_SUCCESS) {
		code = gnutls_pubkey_import_privkey(public_key, certificate->key, 0, 0);
		if (code == GNUTLS_E_SUCCESS)
			code = gnutls_pubkey_get_key_id(public_key, 0, ours, &ours_size);
		gnutls_pubkey_deinit(public_key);
	}
	if (code == GNUTLS_E_SUCCESS)
		code = gnutls_pubkey_get_key_id(certificate->chain[0].pubkey, 0, theirs, &theirs_size);
	if (code != GNUTLS_E_SUCCESS)
		return err_set(reterr, ERR_INVALID, key_file.data,
			"it can't be compared with the certificate: %s", gnutls_strerror(code));
	if (ours_size != theirs_size || memcmp(ours, theirs, ours_size) != 0)
		return err_set(reterr, ERR_INVALID, key_file.data, "it is another certificate's key");
	return ERR_OK;
}

enum err tls_load(struct str cert_file, struct str key_file, struct bh_err *reterr)
{
	struct certificate *certificate = calloc(1, sizeof *certificate);

	REQUIRE(certificate != NULL);
	enum err err = read_chain(certificate, cert_file, reterr);

	if (err == ERR_OK)
		err = read_key(certificate, key_file, reterr);
	if (err == ERR_OK)
		err = check_pair(certificate, key_file, reterr);
	if (err != ERR_OK) {
		certificate_free(certificate);
		return err;
	}
	pthread_mutex_lock(&lock);
	certificate->older = newest;
	newest = certificate;
	pthread_mutex_unlock(&lock);
	return ERR_OK;
}

static int retrieve(gnutls_session_t session, const gnutls_datum_t *authorities, int authority_count,
	const gnutls_pk_algorithm_t *algorithms, int algorithm_count, gnutls_pcert_st **ret_chain,
	unsigned *ret_count, gnutls_privkey_t *ret_key)
{
	(void)session, (void)authorities, (void)authority_count, (void)algorithms, (void)algorithm_count;
	pthread_mutex_lock(&lock);
	struct certificate *certificate = newest;

	pthread_mutex_unlock(&lock);
	if (certificate == NULL)
		return -1;
	*ret_chain = certificate->chain;
	*ret_count = certificate->count;
	*ret_key = certificate->key;
	return 0;
}

void *tls_retriever(void)
{
	gnutls_certificate_retrieve_function2 *function = retrieve;
	void *pointer;

	static_assert(sizeof pointer == sizeof function, "POSIX lets a function's address be a pointer");
	memcpy(&pointer, &function, sizeof pointer);
	return pointer;
}

void tls_forget(void)
{
	pthread_mutex_lock(&lock);
	while (newest != NULL) {
		struct certificate *older = newest->older;

		certificate_free(newest);
		newest = older;
	}
	pthread_mutex_unlock(&lock);
}
