/* picture.h: a text as a QR code in a picture (PNG), for papers. */
#ifndef EXCHANGE_PICTURE_H
#define EXCHANGE_PICTURE_H

#include "base/base.h"

/* The same text gives the same bytes. ERR_RANGE when it is too long for a code. */
MUST_CHECK enum err picture_of_code(
	struct arena *arena, struct str text, struct str *ret_png, struct bh_err *reterr);

#endif
