/* calendar_feed.c: iCalendar as RFC 5545 wants it: lines of at most 75 octets, folded between characters;
 * texts escaped; days as days. */
#include "exchange/calendar_feed.h"

#define LINE_OCTETS 75
#define US_PER_SEC  INT64_C(1000000)

/* 3.1: a long line goes on in the next one, behind a blank, which counts. */
static void put_line(struct buf *buf, struct str line)
{
	size_t room = LINE_OCTETS;

	while (line.size > room) {
		size_t cut = room;

		while (cut > 0 && ((unsigned char)line.data[cut] & 0xC0) == 0x80)
			cut--;
		buf_put(buf, str_slice(line, 0, cut));
		buf_puts(buf, "\r\n ");
		line = str_slice(line, cut, line.size);
		room = LINE_OCTETS - 1;
	}
	buf_put(buf, line);
	buf_puts(buf, "\r\n");
}

/* 3.3.11: what has a meaning is escaped, and what no text may hold is left out. */
static void put_text(struct buf *buf, const char *name, struct str text)
{
	struct buf line = buf_new(buf->arena);

	buf_format(&line, "%s:", name);
	for (size_t i = 0; i < text.size; i++) {
		char c = text.data[i];

		if (c == '\n')
			buf_puts(&line, "\\n");
		else if (c == '\\' || c == ';' || c == ',')
			buf_format(&line, "\\%c", c);
		else if ((unsigned char)c >= ' ' && c != 0x7F)
			buf_put_char(&line, c);
	}
	put_line(buf, buf_str(&line));
}

static struct str date(struct arena *arena, struct day day)
{
	int year, month, dom;

	day_split(day, &year, &month, &dom);
	return str_format(arena, "%04d%02d%02d", year, month, dom);
}

/* In UTC, so that no time zone need be told. */
static struct str moment(struct arena *arena, struct instant instant)
{
	struct day day = instant_day(instant, 0);
	int seconds = (int)((instant.us - day_start(day, 0).us) / US_PER_SEC);

	return str_format(arena, "%.*sT%02d%02d%02dZ", STR_ARG(date(arena, day)), seconds / 3600,
		seconds / 60 % 60, seconds % 60);
}

static void put_entry(struct buf *buf, const struct feed_entry *entry, struct instant made)
{
	struct arena *arena = buf->arena;

	put_line(buf, STR("BEGIN:VEVENT"));
	put_text(buf, "UID", entry->uid);
	put_line(buf, str_format(arena, "DTSTAMP:%.*s", STR_ARG(moment(arena, made))));
	put_line(buf, str_format(arena, "DTSTART;VALUE=DATE:%.*s", STR_ARG(date(arena, entry->due))));
	put_line(buf,
		str_format(arena, "DTEND;VALUE=DATE:%.*s", STR_ARG(date(arena, day_add(entry->due, 1)))));
	put_text(buf, "SUMMARY", entry->summary);
	if (entry->description.size > 0)
		put_text(buf, "DESCRIPTION", entry->description);
	put_line(buf, STR("TRANSP:TRANSPARENT"));
	if (!instant_is_none(entry->reminder)) {
		put_line(buf, STR("BEGIN:VALARM"));
		put_line(buf, STR("ACTION:DISPLAY"));
		put_text(buf, "DESCRIPTION", entry->summary);
		put_line(buf, str_format(arena, "TRIGGER;VALUE=DATE-TIME:%.*s",
				      STR_ARG(moment(arena, entry->reminder))));
		put_line(buf, STR("END:VALARM"));
	}
	put_line(buf, STR("END:VEVENT"));
}

void calendar_feed_write(
	struct buf *buf, struct str name, struct instant made, const struct feed_entry *entries, size_t count)
{
	put_line(buf, STR("BEGIN:VCALENDAR"));
	put_line(buf, STR("VERSION:2.0"));
	put_line(buf, STR("PRODID:-//Bihuan//Duties//EN"));
	put_line(buf, STR("CALSCALE:GREGORIAN"));
	put_line(buf, STR("REFRESH-INTERVAL;VALUE=DURATION:PT1H"));
	put_text(buf, "X-WR-CALNAME", name);
	for (size_t i = 0; i < count; i++)
		put_entry(buf, &entries[i], made);
	put_line(buf, STR("END:VCALENDAR"));
}
