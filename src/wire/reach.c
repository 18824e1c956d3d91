/* reach.c: inner and outer addresses, by the registries of IANA (RFC 6890). */
#include "wire/reach.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

/* All that isn't globally reachable, and what can carry an IPv4 address inside, which is judged by itself. */
static const char *const inner[] = {
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
	"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", /* IPv4 */
	"::/96", /* unspecified, loopback, compatible */
	"64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	"fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8", /* IPv6 */
};
static const uint8_t mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
static const uint8_t nat64[12] = {0x00, 0x64, 0xff, 0x9b}; /* RFC 6052 */

bool reach_range_parse(struct str text, struct reach_range *ret_range)
{
	char host[INET6_ADDRSTRLEN + 1];
	struct str rest = text, name;
	int64_t bits;

	if (!str_cut(&rest, '/', &name) || name.size == 0 || name.size >= sizeof host)
		return false;
	memcpy(host, name.data, name.size);
	host[name.size] = '\0';
	bool four = inet_pton(AF_INET, host, ret_range->bytes + 12) == 1;

	if (four)
		memcpy(ret_range->bytes, mapped, sizeof mapped);
	else if (inet_pton(AF_INET6, host, ret_range->bytes) != 1)
		return false;
	int most = four ? 32 : 128;

	if (name.size == text.size)
		bits = most;
	else if (!str_to_int(rest, &bits) || bits < 0 || bits > most)
		return false;
	ret_range->bits = (int)bits + (four ? 96 : 0);
	return true;
}

static bool lies_in(const uint8_t bytes[16], const struct reach_range *range)
{
	int whole = range->bits / 8, rest = range->bits % 8;

	if (memcmp(bytes, range->bytes, (size_t)whole) != 0)
		return false;
	return rest == 0 || (bytes[whole] ^ range->bytes[whole]) >> (8 - rest) == 0;
}

static bool is_inner(const uint8_t bytes[16])
{
	struct reach_range range;

	for (size_t i = 0; i < ARRAY_COUNT(inner); i++) {
		REQUIRE(reach_range_parse(str_from(inner[i]), &range));
		if (lies_in(bytes, &range))
			return true;
	}
	return false;
}

bool reach_may(const struct sockaddr *address, const struct reach_range *inside, size_t count)
{
	uint8_t bytes[16];

	if (address->sa_family == AF_INET) {
		memcpy(bytes, mapped, sizeof mapped);
		memcpy(bytes + 12, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
	} else if (address->sa_family == AF_INET6) {
		memcpy(bytes, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
	} else {
		return false;
	}
	if (memcmp(bytes, nat64, sizeof nat64) == 0)
		memcpy(bytes, mapped, sizeof mapped);
	for (size_t i = 0; i < count; i++)
		if (lies_in(bytes, &inside[i]))
			return true;
	return !is_inner(bytes);
}
