/* mail.c: one message as it goes over the line: RFC 5322, its words in UTF-8 (RFC 2045, 2047), so that the
 * plainest server passes it on. */
#include "outbox/compose.h"

#define WORD_BYTES 36 /* of UTF-8 in one encoded word: beside "Subject: " a line of at most 76 */
#define LINE_BYTES 57 /* 76 characters of base64 */
#define US_PER_S   INT64_C(1000000)

/* "=?UTF-8?B?…?=", cut between characters. */
static void put_words(struct buf *buf, struct str text)
{
	for (size_t at = 0, end; at < text.size; at = end) {
		end = at + WORD_BYTES < text.size ? at + WORD_BYTES : text.size;
		while (end < text.size && ((unsigned char)text.data[end] & 0xc0) == 0x80)
			end--;
		buf_format(buf, "%s=?UTF-8?B?%.*s?=", at == 0 ? "" : "\r\n ",
			STR_ARG(base64_print(buf->arena, text.data + at, end - at)));
	}
}

static void put_body(struct buf *buf, struct str text)
{
	struct buf lines = buf_new(buf->arena);

	for (size_t i = 0; i < text.size; i++) {
		if (text.data[i] == '\n')
			buf_put_char(&lines, '\r');
		buf_put_char(&lines, text.data[i]);
	}
	struct str whole = buf_str(&lines);

	for (size_t at = 0; at < whole.size; at += LINE_BYTES) {
		struct str part = str_slice(whole, at, LINE_BYTES);

		buf_format(buf, "%.*s\r\n", STR_ARG(base64_print(buf->arena, part.data, part.size)));
	}
}

static void put_date(struct buf *buf, struct instant now, int offset_minutes)
{
	static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"},
				 *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
					 "Sep", "Oct", "Nov", "Dec"};
	struct day day = instant_day(now, offset_minutes);
	int seconds = (int)((now.us - day_start(day, offset_minutes).us) / US_PER_S), year, month, dom;
	int offset = offset_minutes < 0 ? -offset_minutes : offset_minutes;

	day_split(day, &year, &month, &dom);
	buf_format(buf, "Date: %s, %d %s %d %02d:%02d:%02d %c%02d%02d\r\n", days[day_weekday(day) - 1], dom,
		months[month - 1], year, seconds / 3600, seconds / 60 % 60, seconds % 60,
		offset_minutes < 0 ? '-' : '+', offset / 60, offset % 60);
}

struct str mail_print(struct arena *arena, const struct mail *mail)
{
	struct buf buf = buf_new(arena);
	struct str host = str_slice(mail->from, str_find(mail->from, STR("@")) + 1, mail->from.size);

	put_date(&buf, mail->now, mail->offset_minutes);
	buf_format(&buf, "From: Bihuan <%.*s>\r\nTo: <%.*s>\r\nMessage-ID: <%.*s@%.*s>\r\nSubject: ",
		STR_ARG(mail->from), STR_ARG(mail->to), STR_ARG(mail->id), STR_ARG(host));
	put_words(&buf, mail->said->subject);
	/* No answer of a machine comes back to it (RFC 3834). */
	buf_puts(&buf,
		"\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
		"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
	put_body(&buf, mail->said->text);
	return buf_str(&buf);
}
