/* tar.c: the one form of a ustar header that we write and accept. */
#include "base/tar.h"

#include <string.h>

/* The fields of POSIX.1-1988, 10.1.1. */
struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], time[12], checksum[8];
	char type, link[100], magic[6], version[2], user[32], group[32], major[8], minor[8], prefix[155],
		rest[12];
};
static_assert(sizeof(struct header) == TAR_BLOCK_SIZE, "a header is one block");

/* `digits` octal digits and a NUL. */
static void put_octal(char *field, size_t digits, uint64_t number)
{
	field[digits] = '\0';
	while (digits > 0) {
		field[--digits] = (char)('0' + (number & 7));
		number >>= 3;
	}
}

static bool read_octal(const char *field, size_t digits, uint64_t *ret_number)
{
	uint64_t number = 0;

	for (size_t i = 0; i < digits; i++) {
		if (field[i] < '0' || field[i] > '7')
			return false;
		number = number * 8 + (uint64_t)(field[i] - '0');
	}
	*ret_number = number;
	return true;
}

/* The sum of all bytes, those of the checksum itself counted as blanks. */
static uint64_t checksum(const struct header *header)
{
	const unsigned char *bytes = (const unsigned char *)header;
	uint64_t sum = 0;

	for (size_t i = 0; i < sizeof *header; i++)
		sum += bytes[i];
	for (size_t i = 0; i < sizeof header->checksum; i++)
		sum += ' ' - (uint64_t)(unsigned char)header->checksum[i];
	return sum;
}

const char *tar_entry_objection(const struct tar_entry *entry)
{
	struct str name = entry->name, part;

	if (name.size == 0 || name.size > TAR_NAME_MAX)
		return "a name has 1 to 100 bytes";
	if (memchr(name.data, '\0', name.size) != NULL)
		return "a name has no NUL";
	if (name.data[name.size - 1] == '/')
		return "only files are kept, no folders";
	/* So that an archive can be unpacked without writing beside its folder. */
	while (str_cut(&name, '/', &part))
		if (part.size == 0 || str_is(part, ".") || str_is(part, ".."))
			return "a name is a plain relative path";
	if (entry->size > TAR_SIZE_MAX)
		return "a file has less than 8 GiB";
	if (entry->time < 0 || (uint64_t)entry->time > TAR_SIZE_MAX)
		return "a time lies between 1970 and 2242";
	return NULL;
}

void tar_header_print(const struct tar_entry *entry, char ret_block[TAR_BLOCK_SIZE])
{
	struct header header = {.type = '0', .magic = "ustar", .version = {'0', '0'}};

	REQUIRE(tar_entry_objection(entry) == NULL);
	memcpy(header.name, entry->name.data, entry->name.size);
	put_octal(header.mode, 7, 0644);
	put_octal(header.uid, 7, 0);
	put_octal(header.gid, 7, 0);
	put_octal(header.size, 11, entry->size);
	put_octal(header.time, 11, (uint64_t)entry->time);
	put_octal(header.major, 7, 0);
	put_octal(header.minor, 7, 0);
	put_octal(header.checksum, 6, checksum(&header));
	header.checksum[7] = ' '; /* six digits, a NUL and a blank: the old custom that every reader knows */
	memcpy(ret_block, &header, sizeof header);
}

enum err tar_header_parse(
	const char block[TAR_BLOCK_SIZE], struct tar_entry *ret_entry, struct bh_err *reterr)
{
	struct header header;
	struct tar_entry entry = {.name = {block, strnlen(block, TAR_NAME_MAX)}};
	uint64_t time;
	char again[TAR_BLOCK_SIZE];

	memcpy(&header, block, sizeof header);
	if (!read_octal(header.size, 11, &entry.size) || !read_octal(header.time, 11, &time))
		return err_set(reterr, ERR_INVALID, "", "these 512 bytes are no tar header");
	entry.time = (int64_t)time;
	if (tar_entry_objection(&entry) != NULL)
		return err_set(
			reterr, ERR_INVALID, "", "a tar header is wrong: %s", tar_entry_objection(&entry));
	tar_header_print(&entry, again);
	if (memcmp(again, block, sizeof again) != 0)
		return err_set(reterr, ERR_INVALID, "", "a tar header isn't in the one form we write");
	*ret_entry = entry;
	return ERR_OK;
}

bool tar_block_is_empty(const char block[TAR_BLOCK_SIZE])
{
	for (size_t i = 0; i < TAR_BLOCK_SIZE; i++)
		if (block[i] != '\0')
			return false;
	return true;
}

size_t tar_padding(uint64_t size)
{
	return (size_t)((TAR_BLOCK_SIZE - size % TAR_BLOCK_SIZE) % TAR_BLOCK_SIZE);
}
