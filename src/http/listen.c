/* listen.c: numeric addresses only: a name could mean several, and not those one thought of. */
#include "http/listen.h"
#include "http/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 1024

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static bool cut_port(struct str text, struct str *ret_host, in_port_t *ret_port)
{
	int64_t port;

	for (size_t i = text.size; i > 0; i--) {
		if (text.data[i - 1] != ':')
			continue;
		if (!str_to_int(str_slice(text, i, text.size), &port) || port < 0 || port > 65535)
			return false;
		*ret_host = str_slice(text, 0, i - 1);
		*ret_port = htons((uint16_t)port);
		return true;
	}
	return false;
}

static bool read_address(
	struct arena *arena, struct str text, union address *ret_address, socklen_t *ret_size)
{
	struct str host;
	in_port_t port;

	if (!cut_port(text, &host, &port))
		return false;
	if (str_is(host, "localhost"))
		host = STR("127.0.0.1");
	memset(ret_address, 0, sizeof *ret_address);
	if (str_starts(host, "[") && str_ends(host, "]")) {
		host = str_copy(arena, str_slice(host, 1, host.size - 2));
		ret_address->six.sin6_family = AF_INET6;
		ret_address->six.sin6_port = port;
		*ret_size = sizeof ret_address->six;
		return inet_pton(AF_INET6, host.data, &ret_address->six.sin6_addr) == 1;
	}
	ret_address->four.sin_family = AF_INET;
	ret_address->four.sin_port = port;
	*ret_size = sizeof ret_address->four;
	return inet_pton(AF_INET, str_copy(arena, host).data, &ret_address->four.sin_addr) == 1;
}

bool http_is_local(struct str address)
{
	return str_starts(address, "127.") || str_starts(address, "[::1]") ||
	       str_starts(address, "localhost:");
}

static struct str show(struct arena *arena, const union address *address)
{
	char text[INET6_ADDRSTRLEN] = "";

	if (address->any.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &address->six.sin6_addr, text, sizeof text);
		return str_format(arena, "[%s]:%d", text, ntohs(address->six.sin6_port));
	}
	inet_ntop(AF_INET, &address->four.sin_addr, text, sizeof text);
	return str_format(arena, "%s:%d", text, ntohs(address->four.sin_port));
}

static enum err listen_on(
	int fd, struct str text, union address *address, socklen_t size, struct bh_err *reterr)
{
	int on = 1;

	if (fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
		bind(fd, &address->any, size) == 0 && listen(fd, BACKLOG) == 0 &&
		getsockname(fd, &address->any, &size) == 0)
		return ERR_OK;
	if (errno == EADDRINUSE)
		return err_set(reterr, ERR_BUSY, text.data,
			"another program listens there: stop it or choose another port");
	return err_set(reterr, ERR_IO, text.data, "can't listen there: %s", strerror(errno));
}

enum err listen_open(
	struct arena *arena, struct str address, int *ret_fd, struct str *ret_shown, struct bh_err *reterr)
{
	union address found;
	struct str text = str_copy(arena, address);
	socklen_t size;

	if (!read_address(arena, text, &found, &size))
		return err_set(reterr, ERR_INVALID, text.data,
			"an address to listen on is written 127.0.0.1:8080 or [::1]:8080");
	int fd = socket(found.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	enum err err = listen_on(fd, text, &found, size, reterr);

	if (err != ERR_OK) {
		if (fd >= 0)
			close(fd);
		return err;
	}
	*ret_fd = fd;
	*ret_shown = show(arena, &found);
	return ERR_OK;
}
