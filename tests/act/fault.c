#include "fault.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- when ---- */

static struct {
	pthread_mutex_t lock;
	bool armed, fired;
	enum fault_kind kind;
	int left;
} fault = {.lock = PTHREAD_MUTEX_INITIALIZER};

const char *fault_name(enum fault_kind kind)
{
	static const char *const names[] = {"write", "sync", "read", "full"};

	return names[kind];
}

void fault_arm(enum fault_kind kind, int n)
{
	pthread_mutex_lock(&fault.lock);
	fault.armed = true;
	fault.fired = false;
	fault.kind = kind;
	fault.left = n;
	pthread_mutex_unlock(&fault.lock);
}

void fault_disarm(void)
{
	pthread_mutex_lock(&fault.lock);
	fault.armed = false;
	pthread_mutex_unlock(&fault.lock);
}

bool fault_fired(void)
{
	pthread_mutex_lock(&fault.lock);
	bool fired = fault.fired;

	pthread_mutex_unlock(&fault.lock);
	return fired;
}

static bool fails(enum fault_kind kind)
{
	pthread_mutex_lock(&fault.lock);
	bool due = fault.armed && fault.kind == kind && (fault.fired || --fault.left == 0);

	fault.fired = fault.fired || due;
	pthread_mutex_unlock(&fault.lock);
	return due;
}

/* ---- the flush of the signer's memory: the linker puts this in the place of fdatasync ---- */

int __real_fdatasync(int fd);
int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
	if (!fails(FAULT_SYNC))
		return __real_fdatasync(fd);
	errno = EIO;
	return -1;
}

/* ---- the file system ---- */

struct file {
	sqlite3_file base;
	sqlite3_file *real; /* behind this struct, in the same memory */
};

static sqlite3_vfs *system_files;
static sqlite3_io_methods methods;

static sqlite3_file *real_of(sqlite3_file *file)
{
	return ((struct file *)file)->real;
}

#define PASS(name, parameters, ...)                                                                          \
	static int pass_##name parameters                                                                    \
	{                                                                                                    \
		return real_of(file)->pMethods->x##name(__VA_ARGS__);                                        \
	}
PASS(Truncate, (sqlite3_file * file, sqlite3_int64 size), real_of(file), size)
PASS(FileSize, (sqlite3_file * file, sqlite3_int64 *size), real_of(file), size)
PASS(Lock, (sqlite3_file * file, int level), real_of(file), level)
PASS(Unlock, (sqlite3_file * file, int level), real_of(file), level)
PASS(CheckReservedLock, (sqlite3_file * file, int *held), real_of(file), held)
PASS(FileControl, (sqlite3_file * file, int op, void *argument), real_of(file), op, argument)
PASS(SectorSize, (sqlite3_file * file), real_of(file))
PASS(DeviceCharacteristics, (sqlite3_file * file), real_of(file))
PASS(ShmMap, (sqlite3_file * file, int page, int size, int extend, void volatile **map), real_of(file), page,
	size, extend, map)
PASS(ShmLock, (sqlite3_file * file, int offset, int n, int flags), real_of(file), offset, n, flags)
PASS(ShmUnmap, (sqlite3_file * file, int unlink), real_of(file), unlink)

static void pass_ShmBarrier(sqlite3_file *file)
{
	real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int close_file(sqlite3_file *file)
{
	return real_of(file)->pMethods->xClose(real_of(file));
}

static int read_file(sqlite3_file *file, void *bytes, int size, sqlite3_int64 at)
{
	return fails(FAULT_READ) ? SQLITE_IOERR_READ
				 : real_of(file)->pMethods->xRead(real_of(file), bytes, size, at);
}

static int write_file(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 at)
{
	if (fails(FAULT_WRITE))
		return SQLITE_IOERR_WRITE;
	if (fails(FAULT_FULL))
		return SQLITE_FULL;
	return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, at);
}

static int sync_file(sqlite3_file *file, int flags)
{
	return fails(FAULT_SYNC) ? SQLITE_IOERR_FSYNC : real_of(file)->pMethods->xSync(real_of(file), flags);
}

static int open_file(sqlite3_vfs *vfs, sqlite3_filename name, sqlite3_file *file, int flags, int *ret_flags)
{
	struct file *ours = (struct file *)file;

	(void)vfs;
	ours->real = (sqlite3_file *)(ours + 1);
	int code = system_files->xOpen(system_files, name, ours->real, flags, ret_flags);

	ours->base.pMethods = code == SQLITE_OK ? &methods : NULL;
	return code;
}

void fault_install(void)
{
	static sqlite3_vfs vfs;

	system_files = sqlite3_vfs_find(NULL);
	vfs = *system_files;
	vfs.zName = "fault";
	vfs.pNext = NULL;
	vfs.szOsFile = (int)sizeof(struct file) + system_files->szOsFile;
	vfs.xOpen = open_file;
	/* Version 2: without the memory-mapped reads of version 3, so that every read comes by here. */
	methods = (sqlite3_io_methods){2, close_file, read_file, write_file, pass_Truncate, sync_file,
		pass_FileSize, pass_Lock, pass_Unlock, pass_CheckReservedLock, pass_FileControl,
		pass_SectorSize, pass_DeviceCharacteristics, pass_ShmMap, pass_ShmLock, pass_ShmBarrier,
		pass_ShmUnmap, NULL, NULL};
	if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK)
		abort();
}
