/* qr.h: QR codes, as squares and as a path of SVG; as a picture: picture.h. Private to the room. */
#ifndef EXCHANGE_QR_H
#define EXCHANGE_QR_H

#include "base/base.h"

/* Squares of one code with the white edge that belongs to it; side by side, row by row. */
struct qr {
	int side;
	uint8_t *dark; /* side * side of 0 or 1 */
};
/* Level M: a fold or a finger's mark is mended, and the squares stay large. ERR_RANGE when the text is too
 * long for a code. */
MUST_CHECK enum err qr_make(struct arena *arena, struct str text, struct qr *ret_qr, struct bh_err *reterr);
/* An <svg> element of it. */
void qr_put_svg(struct buf *buf, const struct qr *qr);
#endif
