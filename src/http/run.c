/* run.c: a server process from its first signal mask to its last. */
#include "http/service.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

static void take_signals(struct service *service, const sigset_t *signals)
{
	struct bh_err why;

	for (;;) {
		int signal_number = sigwaitinfo(signals, NULL);

		if (signal_number == SIGTERM || signal_number == SIGINT)
			return;
		if (signal_number == SIGHUP && http_reload(service, &why) != ERR_OK)
			service_note(service, STR("reload"), why.code, &why);
	}
}

enum err http_run(const struct http_config *config, http_started_fn *started, void *context, int *ret_cut,
	struct bh_err *reterr)
{
	struct service *service;
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	sigaddset(&signals, SIGHUP);
	/* Blocked before there are threads, so that each of them has them blocked. */
	if (pthread_sigmask(SIG_BLOCK, &signals, NULL) != 0)
		return err_set(reterr, ERR_IO, "signals", "they can't be taken: %s", strerror(errno));
	TRY(http_open(config, &service, reterr));
	started(context, http_address(service));
	take_signals(service, &signals);
	*ret_cut = http_close(service);
	return ERR_OK;
}
