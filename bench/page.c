/* page.c: libmicrohttpd alone, answering one small page as fast as it can: the limit for any server on it. */
#include "bench.h"

#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *upload, size_t *upload_size, void **state)
{
	static int seen;

	(void)url, (void)method, (void)version, (void)upload, (void)upload_size;
	if (*state == NULL) {
		*state = &seen;
		return MHD_YES;
	}
	struct MHD_Response *response =
		MHD_create_response_from_buffer(strlen(context), context, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);

	MHD_destroy_response(response);
	return result;
}

/* Two loops, as our own server has on two cores. Prints its port and serves until its input ends. */
int bench_page(int argc, char **argv)
{
	static char text[1024];
	char byte;

	(void)argc, (void)argv;
	memset(text, 'x', sizeof text - 1);
	struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, answer,
		text, MHD_OPTION_THREAD_POOL_SIZE, 2U, MHD_OPTION_END);

	REQUIRE(daemon != NULL);
	printf("%d\n", (int)MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
	fflush(stdout);
	while (read(STDIN_FILENO, &byte, 1) > 0)
		;
	MHD_stop_daemon(daemon);
	return 0;
}
