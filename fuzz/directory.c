/* A directory's answers (LDAP): whatever comes back on the line, somebody is proved only by an entry of
 * their own and a bind that was taken, and what is kept of them is text within its bounds. The library's
 * connection is one end of a pair of sockets in whose other end the input lies. */
#include "outside/ldap_ask.h"

#include "fuzz.h"

#include <fcntl.h>
#include <ldap.h>
#include <openldap.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LINE_SIZE ((size_t)64 * 1024) /* what a socket takes before anybody reads */

static struct str answers;
static int other_end = -1;

/* In place of the library's (the linker's --wrap): nobody is called. */
int __wrap_ldap_initialize(LDAP **ret_handle, const char *url);
int __wrap_ldap_initialize(LDAP **ret_handle, const char *url)
{
	int ends[2];

	REQUIRE(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
	other_end = ends[1];
	REQUIRE(send(other_end, answers.data, answers.size, MSG_DONTWAIT) == (ssize_t)answers.size);
	REQUIRE(shutdown(other_end, SHUT_WR) == 0);
	return ldap_init_fd(ends[0], LDAP_PROTO_TCP, url, ret_handle);
}

static void ask(struct arena *arena, const struct settings *settings)
{
	struct identity identity = {0};
	struct bh_err why = {0};
	enum err err = ldap_prove(settings, arena, STR("wang"), STR("secret"), &identity, &why);

	close(other_end);
	if (err != ERR_OK) {
		REQUIRE(why.text[0] != '\0' && utf8_is_valid(str_from(why.text)));
		return;
	}
	REQUIRE(identity.subject.size <= IDENTITY_MAX && identity.number.size <= IDENTITY_MAX);
	REQUIRE(utf8_is_valid(identity.subject) && utf8_is_valid(identity.number));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	const struct settings by_uuid = {.ldap = {.host = STR("127.0.0.1"),
						 .port = 389,
						 .tls = LDAP_PLAIN,
						 .user = STR("cn=service"),
						 .password = STR("secret"),
						 .base = STR("dc=example"),
						 .filter = STR("(uid={name})"),
						 .subject = STR("entryUUID"),
						 .person = STR("employeeNumber")}};
	struct settings by_name = by_uuid;
	struct arena *arena = arena_new();

	by_name.ldap.subject = STR("dn");
	answers = fuzz_text(bytes, size < LINE_SIZE ? size : LINE_SIZE);
	ask(arena, &by_uuid);
	ask(arena, &by_name);
	arena_free(arena);
	return 0;
}
