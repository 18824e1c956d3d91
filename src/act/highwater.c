#include "act/highwater.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define SLOT_SIZE ((size_t)4096)

struct slot {
	uint64_t turn;
	uint64_t note_size;
	uint8_t checksum[HASH_SIZE]; /* over turn, size and note */
	char note[HIGHWATER_NOTE_MAX];
};
static_assert(sizeof(struct slot) <= SLOT_SIZE, "a slot is one page, written by one call");

static struct hash slot_checksum(const struct slot *slot)
{
	const struct str parts[] = {{(const char *)&slot->turn, sizeof slot->turn},
		{(const char *)&slot->note_size, sizeof slot->note_size}, {slot->note, slot->note_size}};

	return hash_parts(parts, ARRAY_COUNT(parts));
}

static bool slot_read(int fd, int which, struct slot *ret_slot)
{
	if (pread(fd, ret_slot, sizeof *ret_slot, (off_t)(which * (off_t)SLOT_SIZE)) !=
		(ssize_t)sizeof *ret_slot)
		return false;
	if (ret_slot->note_size > HIGHWATER_NOTE_MAX)
		return false;
	struct hash checksum = slot_checksum(ret_slot);

	return memcmp(checksum.bytes, ret_slot->checksum, HASH_SIZE) == 0;
}

enum err highwater_open(struct str dir, struct highwater *ret_highwater, struct bh_err *reterr)
{
	char path[4096];
	struct slot slot;

	*ret_highwater = (struct highwater){.fd = -1};
	snprintf(path, sizeof path, "%.*s/high-water", STR_ARG(dir));
	ret_highwater->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (ret_highwater->fd < 0)
		return err_set(reterr, ERR_IO, path, "can't open the signer's memory: %s", strerror(errno));
	/* Its room is taken now, so that a full disk can't keep the signer from remembering. */
	int failed = posix_fallocate(ret_highwater->fd, 0, (off_t)(2 * SLOT_SIZE));

	if (failed != 0)
		return err_set(reterr, failed == ENOSPC ? ERR_FULL : ERR_IO, path,
			"can't make room for the signer's memory: %s", strerror(failed));
	for (int which = 0; which < 2; which++)
		if (slot_read(ret_highwater->fd, which, &slot) && slot.turn > ret_highwater->turn) {
			ret_highwater->turn = slot.turn;
			ret_highwater->note_size = (size_t)slot.note_size;
			memcpy(ret_highwater->note, slot.note, ret_highwater->note_size);
		}
	return ERR_OK;
}

struct str highwater_look(struct str dir, struct arena *arena)
{
	char path[4096];
	struct slot slot;
	uint64_t turn = 0;
	struct str note = STR_NONE;

	snprintf(path, sizeof path, "%.*s/high-water", STR_ARG(dir));
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	for (int which = 0; fd >= 0 && which < 2; which++)
		if (slot_read(fd, which, &slot) && slot.turn > turn) {
			turn = slot.turn;
			note = str_copy(arena, (struct str){slot.note, (size_t)slot.note_size});
		}
	if (fd >= 0)
		close(fd);
	return note;
}

enum err highwater_put(struct highwater *highwater, struct str note, struct bh_err *reterr)
{
	struct slot slot = {.turn = highwater->turn + 1, .note_size = note.size};

	REQUIRE(note.size <= HIGHWATER_NOTE_MAX);
	memcpy(slot.note, note.data, note.size);
	memcpy(slot.checksum, slot_checksum(&slot).bytes, HASH_SIZE);
	if (pwrite(highwater->fd, &slot, sizeof slot, (off_t)(slot.turn % 2 * SLOT_SIZE)) !=
			(ssize_t)sizeof slot ||
		fdatasync(highwater->fd) != 0)
		return err_set(reterr, errno == ENOSPC ? ERR_FULL : ERR_IO, "high-water",
			"the signer can't remember what it signs: %s", strerror(errno));
	highwater->turn = slot.turn;
	highwater->note_size = note.size;
	memcpy(highwater->note, note.data, note.size);
	return ERR_OK;
}

void highwater_close(struct highwater *highwater)
{
	if (highwater->fd >= 0)
		close(highwater->fd);
	highwater->fd = -1;
}
