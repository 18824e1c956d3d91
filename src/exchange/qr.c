/* qr.c: the one file that knows libqrencode. */
#include "exchange/qr.h"

#include "exchange/picture.h"

#include <qrencode.h>
#include <string.h>

#define QUIET_ZONE 4 /* modules that stay white around a QR code (ISO/IEC 18004) */
#define ZOOM       4 /* points of the picture to a module */

enum err qr_make(struct arena *arena, struct str text, struct qr *ret_qr, struct bh_err *reterr)
{
	QRcode *made = QRcode_encodeString8bit(str_copy(arena, text).data, 0, QR_ECLEVEL_M);

	if (made == NULL)
		return err_set(reterr, ERR_RANGE, "", "it is too long for a QR code");
	int side = made->width + 2 * QUIET_ZONE;

	*ret_qr = (struct qr){side, ARENA_TAKE(arena, (size_t)side * (size_t)side, uint8_t)};
	for (int y = 0; y < made->width; y++)
		for (int x = 0; x < made->width; x++)
			ret_qr->dark[(y + QUIET_ZONE) * side + x + QUIET_ZONE] =
				made->data[y * made->width + x] & 1;
	QRcode_free(made);
	return ERR_OK;
}

/* One path of squares, a row of neighbours as one. */
void qr_put_svg(struct buf *buf, const struct qr *qr)
{
	buf_format(buf,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
		"shape-rendering=\"crispEdges\"><path d=\"",
		qr->side, qr->side);
	for (int y = 0; y < qr->side; y++) {
		for (int x = 0; x < qr->side;) {
			int from = x;

			while (x < qr->side && qr->dark[y * qr->side + x] != 0)
				x++;
			if (x > from)
				buf_format(buf, "M%d %dh%dv1h-%dz", from, y, x - from, x - from);
			else
				x++;
		}
	}
	buf_puts(buf, "\"/></svg>");
}

/* ---- PNG (RFC 2083), its rows stored and not packed: a code is small ---- */

static void put_number(struct buf *buf, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		buf_put_char(buf, (char)(number >> shift & 0xFF));
}

static uint32_t crc_of(struct str bytes)
{
	uint32_t crc = 0xFFFFFFFFU;

	for (size_t i = 0; i < bytes.size; i++) {
		crc ^= (uint8_t)bytes.data[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320U : crc >> 1;
	}
	return ~crc;
}

static void put_chunk(struct arena *arena, struct buf *buf, const char *type, struct str bytes)
{
	struct buf body = buf_new(arena);

	buf_puts(&body, type);
	buf_put(&body, bytes);
	put_number(buf, (uint32_t)bytes.size);
	buf_put(buf, buf_str(&body));
	put_number(buf, crc_of(buf_str(&body)));
}

/* One row, a bit to a point, its filter byte before it; white is 1. */
static void put_row(struct buf *rows, const struct qr *qr, int y)
{
	int points = qr->side * ZOOM;

	buf_put_char(rows, 0);
	for (int x = 0; x < points; x += 8) {
		unsigned bits = 0;

		for (int i = 0; i < 8; i++) {
			bool white = x + i >= points || qr->dark[y / ZOOM * qr->side + (x + i) / ZOOM] == 0;

			bits = bits << 1 | (white ? 1U : 0U);
		}
		buf_put_char(rows, (char)bits);
	}
}

/* RFC 1950 and 1951: stored blocks, at most 65,535 bytes each. */
static struct str stored(struct arena *arena, struct str bytes)
{
	struct buf buf = buf_new(arena);
	uint32_t a = 1, b = 0;

	buf_puts(&buf, "\x78\x01");
	for (size_t at = 0; at < bytes.size;) {
		size_t size = bytes.size - at < 65535 ? bytes.size - at : 65535;

		buf_put_char(&buf, at + size == bytes.size ? 1 : 0);
		buf_put_char(&buf, (char)(size & 0xFF));
		buf_put_char(&buf, (char)(size >> 8));
		buf_put_char(&buf, (char)(~size & 0xFF));
		buf_put_char(&buf, (char)(~size >> 8 & 0xFF));
		buf_put(&buf, str_slice(bytes, at, size));
		at += size;
	}
	for (size_t i = 0; i < bytes.size; i++) {
		a = (a + (uint8_t)bytes.data[i]) % 65521;
		b = (b + a) % 65521;
	}
	put_number(&buf, b << 16 | a);
	return buf_str(&buf);
}

static struct str png_of(struct arena *arena, const struct qr *qr)
{
	struct buf buf = buf_new(arena), head = buf_new(arena), rows = buf_new(arena);
	uint32_t points = (uint32_t)(qr->side * ZOOM);

	put_number(&head, points);
	put_number(&head, points);
	buf_put(&head, (struct str){"\x01\x00\x00\x00\x00", 5}); /* one bit of grey; nothing interlaced */
	for (uint32_t y = 0; y < points; y++)
		put_row(&rows, qr, (int)y);
	buf_puts(&buf, "\x89PNG\r\n\x1a\n");
	put_chunk(arena, &buf, "IHDR", buf_str(&head));
	put_chunk(arena, &buf, "IDAT", stored(arena, buf_str(&rows)));
	put_chunk(arena, &buf, "IEND", STR(""));
	return buf_str(&buf);
}

enum err picture_of_code(struct arena *arena, struct str text, struct str *ret_png, struct bh_err *reterr)
{
	struct qr qr;

	TRY(qr_make(arena, text, &qr, reterr));
	*ret_png = png_of(arena, &qr);
	return ERR_OK;
}
