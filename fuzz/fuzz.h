/* fuzz.h: what a target is: one function, called with any bytes at all. It stops the process (REQUIRE, or a
 * sanitizer) when something that was promised doesn't hold, and returns 0. */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static inline struct str fuzz_text(const uint8_t *bytes, size_t size)
{
	return (struct str){(const char *)bytes, size};
}

#endif
