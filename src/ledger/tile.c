/* tile.c: C2SP tlog-tiles: 256 neighbouring hashes of one level as one file, and 256 leaves as one bundle. */
#include "ledger/ledger.h"

#include <string.h>

#define LEVEL_BITS 8u /* a tile stands on 256 tiles of the level below */

/* N as path elements of three digits, all but the last marked by an x: 1234067 is x001/x234/067. */
static void put_number(struct buf *buf, uint64_t n)
{
	uint64_t unit = 1;

	while (n / unit >= 1000)
		unit *= 1000;
	for (; unit > 1; unit /= 1000)
		buf_format(buf, "x%03u/", (unsigned)(n / unit % 1000));
	buf_format(buf, "%03u", (unsigned)(n % 1000));
}

struct str tile_path(struct arena *arena, const struct tile *tile)
{
	struct buf buf = buf_new(arena);

	REQUIRE(tile->width >= 1 && tile->width <= TILE_WIDTH && tile->level < TILE_LEVELS);
	if (tile->entries)
		buf_puts(&buf, "tile/entries/");
	else
		buf_format(&buf, "tile/%u/", tile->level);
	put_number(&buf, tile->n);
	if (tile->width < TILE_WIDTH)
		buf_format(&buf, ".p/%u", tile->width);
	return buf_str(&buf);
}

static bool read_digits(struct str text, uint64_t *ret_number)
{
	uint64_t number = 0;

	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] < '0' || text.data[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(text.data[i] - '0');
	}
	*ret_number = number;
	return text.size > 0;
}

/* The parts of a path, as they come; whether they are in the one form that is printed, the caller sees by
 * printing. */
static bool read_number(struct str *rest, uint64_t *ret_n)
{
	uint64_t digits;
	struct str part;

	*ret_n = 0;
	for (int i = 0; i < 6 && str_cut(rest, '/', &part); i++) {
		bool more = str_starts(part, "x");

		if (!more && str_ends(part, ".p"))
			part.size -= 2;
		if (part.size != (more ? 4u : 3u) || !read_digits(str_slice(part, more, 3), &digits))
			return false;
		*ret_n = *ret_n * 1000 + digits;
		if (!more)
			return true;
	}
	return false;
}

bool tile_parse(struct arena *arena, struct str path, struct tile *ret_tile)
{
	struct tile tile = {.width = TILE_WIDTH};
	struct str rest = path, part;
	uint64_t number;

	if (!str_cut(&rest, '/', &part) || !str_is(part, "tile") || !str_cut(&rest, '/', &part))
		return false;
	tile.entries = str_is(part, "entries");
	if (!tile.entries) {
		if (part.size > 1 || !read_digits(part, &number) || number >= TILE_LEVELS)
			return false;
		tile.level = (unsigned)number;
	}
	if (!read_number(&rest, &tile.n))
		return false;
	if (rest.size > 0) {
		if (rest.size > 3 || !read_digits(rest, &number) || number == 0 || number >= TILE_WIDTH)
			return false;
		tile.width = (unsigned)number;
	}
	if (!str_equal(tile_path(arena, &tile), path))
		return false;
	*ret_tile = tile;
	return true;
}

unsigned tile_width(unsigned level, uint64_t n, uint64_t size)
{
	REQUIRE(level < TILE_LEVELS);
	uint64_t count = size >> (LEVEL_BITS * level), start = n * TILE_WIDTH;

	if (n > UINT64_MAX / TILE_WIDTH || start >= count)
		return 0;
	return count - start < TILE_WIDTH ? (unsigned)(count - start) : TILE_WIDTH;
}

enum err tile_hashes(const struct tree_source *source, const struct tile *tile, struct hash *ret_hashes)
{
	for (unsigned i = 0; i < tile->width; i++)
		TRY(source->node(
			source->context, LEVEL_BITS * tile->level, tile->n * TILE_WIDTH + i, &ret_hashes[i]));
	return ERR_OK;
}

size_t tiles_behind_bundle(uint64_t size, uint64_t bundle, struct tile ret_tiles[TILE_LEVELS])
{
	uint64_t end = size / TILE_WIDTH <= bundle ? size : (bundle + 1) * TILE_WIDTH;
	size_t count = 0;

	for (unsigned level = 1; level < TILE_LEVELS; level++) {
		uint64_t hashes = end >> (LEVEL_BITS * level), below = hashes << (LEVEL_BITS * level);
		bool full = hashes > 0 && hashes % TILE_WIDTH == 0 && below == end;

		if (full)
			ret_tiles[count++] = (struct tile){
				.level = level, .n = hashes / TILE_WIDTH - 1, .width = TILE_WIDTH};
		else if (end == size && hashes % TILE_WIDTH != 0)
			ret_tiles[count++] = (struct tile){.level = level,
				.n = hashes / TILE_WIDTH,
				.width = (unsigned)(hashes % TILE_WIDTH)};
	}
	return count;
}

void bundle_put(struct buf *buf, struct str entry)
{
	REQUIRE(entry.size <= UINT16_MAX);
	buf_put_char(buf, (char)(entry.size >> 8));
	buf_put_char(buf, (char)(entry.size & 0xFF));
	buf_put(buf, entry);
}

bool bundle_next(struct str *rest, struct str *ret_entry)
{
	const unsigned char *bytes = (const unsigned char *)rest->data;

	if (rest->size < 2)
		return false;
	size_t size = (size_t)bytes[0] << 8 | bytes[1];

	if (rest->size - 2 < size)
		return false;
	*ret_entry = (struct str){rest->data + 2, size};
	*rest = (struct str){rest->data + 2 + size, rest->size - 2 - size};
	return true;
}
