/* fault.h: a file system under SQLite that fails when it is told to, and a flush beside it that does. */
#ifndef TESTS_ACT_FAULT_H
#define TESTS_ACT_FAULT_H

#include <stdbool.h>

enum fault_kind {
	FAULT_WRITE, /* writing into a file, and making it longer */
	FAULT_SYNC,  /* flushing it to the disk; the signer's memory too */
	FAULT_READ,
	FAULT_FULL, /* writing, for want of room */
	FAULT_KIND_COUNT
};
const char *fault_name(enum fault_kind kind);

/* Put it under every database opened from now on. */
void fault_install(void);
/* The n-th call of that kind from now on fails, and with it every later one, until fault_disarm. */
void fault_arm(enum fault_kind kind, int n);
void fault_disarm(void);
bool fault_fired(void); /* since it was armed */

#endif
