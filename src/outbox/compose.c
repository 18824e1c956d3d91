/* compose.c: the words of a message. Of a compartment they say that there is something, and nothing else: no
 * number, no title, no kind, no time. */
#include "outbox/compose.h"

#define PAGE       200
#define PAGES_MAX  50 /* beyond them nobody counts */
#define KIND_COUNT ((size_t)NOTICE_KIND_COUNT)

/* ---- what the inbox holds of it ---- */

static void take_line(const struct teller *teller, const struct notice_line *line, struct said *said)
{
	struct str kind = str_copy(teller->arena, line->kind);

	if (line->apart) {
		said->something = true;
		return;
	}
	if (said->line_count == LINES_SAID) {
		said->more++;
		return;
	}
	said->lines[said->line_count++] = (struct said_line){.kind = kind.data,
		.label = tell_notice(teller, kind, line->post),
		.number = line->number,
		.title = line->title,
		.time = tell_time(teller, line->time),
		.matter = line->matter};
}

/* One event that tells several posts of the same person of one matter is one line. */
static bool is_again(const struct notice_line *lines, size_t at)
{
	for (size_t i = at; i > 0 && lines[i - 1].index == lines[at].index; i--)
		if (lines[i - 1].matter == lines[at].matter && str_equal(lines[i - 1].kind, lines[at].kind))
			return true;
	return false;
}

static enum err read_inbox(const struct teller *teller, struct store *reader, const struct viewer *viewer,
	const struct message *message, struct said *said, struct bh_err *reterr)
{
	struct page_after after = {.key = message->until, .id = 1}, next;

	said->lines = ARENA_TAKE(teller->arena, LINES_SAID, struct said_line);
	for (int page = 0; page < PAGES_MAX; page++, after = next) {
		struct notice_line *lines;
		size_t count;

		TRY(store_notice_page(
			reader, teller->arena, viewer, PAGE, &after, &lines, &count, &next, reterr));
		for (size_t i = 0; i < count; i++) {
			if (lines[i].index < message->from)
				return ERR_OK;
			if (lines[i].index < message->until && !is_again(lines, i))
				take_line(teller, &lines[i], said);
		}
		if (next.id == 0)
			break;
	}
	return ERR_OK;
}

/* ---- words ---- */

static struct str say_subject(const struct teller *teller, const struct said *said)
{
	struct arena *arena = teller->arena;
	long long count = (long long)said->line_count + said->more;

	if (count == 0)
		return str_from(
			tell_either(teller, "【闭环】您有事项待办", "Bihuan: you have something to do"));
	if (count == 1)
		return str_format(arena, "%s%.*s%s%.*s %.*s", tell_either(teller, "【闭环】", "Bihuan: "),
			STR_ARG(said->lines[0].label), tell_either(teller, "：", ": "),
			STR_ARG(said->lines[0].number), STR_ARG(said->lines[0].title));
	return str_format(arena,
		tell_either(teller, "【闭环】您有 %lld 条通知", "Bihuan: %lld notices for you"), count);
}

static struct str greet(const struct teller *teller, struct str name)
{
	return str_format(teller->arena, tell_either(teller, "%.*s：", "%.*s,"), STR_ARG(name));
}

static struct str say_text(const struct teller *teller, const struct said *said)
{
	struct buf buf = buf_new(teller->arena);

	buf_format(&buf, "%.*s\n\n", STR_ARG(greet(teller, said->name)));
	for (size_t i = 0; i < said->line_count; i++) {
		const struct said_line *line = &said->lines[i];

		buf_format(&buf, "%zu. %.*s  %.*s %.*s  %.*s\n   %.*s/matters/%lld\n", i + 1,
			STR_ARG(line->label), STR_ARG(line->number), STR_ARG(line->title),
			STR_ARG(line->time), STR_ARG(said->link), (long long)line->matter);
	}
	if (said->more > 0)
		buf_format(&buf,
			tell_either(
				teller, "另有 %lld 条，请登录查看。\n", "and %lld more, once you sign in.\n"),
			(long long)said->more);
	if (said->something)
		buf_format(&buf, "%s\n", tell_either(teller, "您有事项待办。", "You have something to do."));
	buf_format(&buf, "\n%s%.*s/\n", tell_either(teller, "请登录系统办理：", "Sign in: "),
		STR_ARG(said->link));
	return buf_str(&buf);
}

/* For a robot in a group: others read it. */
static struct str say_counts(const struct teller *teller, const struct said *said)
{
	struct buf buf = buf_new(teller->arena);
	int64_t counts[KIND_COUNT] = {0};
	bool first = true;

	buf_format(&buf, tell_either(teller, "【闭环】%.*s：您有", "Bihuan, for %.*s:"), STR_ARG(said->name));
	for (size_t i = 0; i < said->line_count; i++)
		for (size_t kind = 0; kind < KIND_COUNT; kind++)
			counts[kind] += str_is(
				str_from(notice_kind_name((enum notice_kind)kind)), said->lines[i].kind);
	for (size_t kind = 0; kind < KIND_COUNT; kind++) {
		if (counts[kind] == 0)
			continue;
		buf_format(&buf, tell_either(teller, "%s%s %lld 条", "%s %s: %lld"),
			first ? "" : tell_either(teller, "，", ","),
			tell_word(teller, notice_kind_name((enum notice_kind)kind)), (long long)counts[kind]);
		first = false;
	}
	if (said->more > 0)
		buf_format(&buf, tell_either(teller, "，另有 %lld 条", ", and %lld more"),
			(long long)said->more);
	if (first)
		buf_puts(&buf, tell_either(teller, "事项待办", " something to do"));
	else if (said->something)
		buf_puts(&buf, tell_either(teller, "，并有事项待办", ", and something to do"));
	buf_format(&buf, "%s%.*s/", tell_either(teller, "。", ". "), STR_ARG(said->link));
	return buf_str(&buf);
}

enum err compose_notices(const struct teller *teller, struct store *reader, const struct viewer *viewer,
	const struct message *message, struct str link, struct said *ret_said, struct bh_err *reterr)
{
	struct said said = {.link = link, .name = tell_person(teller, viewer->person)};

	TRY(read_inbox(teller, reader, viewer, message, &said, reterr));
	if (said.line_count == 0 && !said.something)
		return ERR_NOT_FOUND;
	said.subject = say_subject(teller, &said);
	said.text = say_text(teller, &said);
	said.counts = say_counts(teller, &said);
	*ret_said = said;
	return ERR_OK;
}

struct said compose_code(const struct teller *teller, int64_t person, struct str code, struct str link)
{
	struct arena *arena = teller->arena;
	struct said said = {.link = link, .name = tell_person(teller, person)};

	said.subject = str_from(
		tell_either(teller, "【闭环】邮箱验证码", "Bihuan: the code that proves this address"));
	said.text = said.counts = str_format(arena,
		tell_either(teller,
			"%.*s\n\n验证码：%.*"
			"s\n\n请在“我的账号”中填入，半小时内有效。若非本人操作，请不予理会。\n%.*s/"
			"account\n",
			"%.*s\n\nThe code: %.*s\n\nType it on the page of your account within half an hour. "
			"If it "
			"wasn't you who asked, do nothing.\n%.*s/account\n"),
		STR_ARG(greet(teller, said.name)), STR_ARG(code), STR_ARG(link));
	return said;
}

struct str said_json(struct arena *arena, const struct said *said, bool lines, struct str key)
{
	struct buf buf = buf_new(arena);
	struct json_out out = json_out_new(&buf);

	json_out_open(&out, '{');
	json_out_field_text(&out, "id", key);
	json_out_field_text(&out, "to", said->name);
	json_out_field_text(&out, "text", lines ? said->text : said->counts);
	json_out_field_text(&out, "link", str_format(arena, "%.*s/", STR_ARG(said->link)));
	json_out_field_int(&out, "count", (int64_t)said->line_count + said->more);
	json_out_field_bool(&out, "something", said->something);
	json_out_key(&out, "notices");
	json_out_open(&out, '[');
	for (size_t i = 0; lines && i < said->line_count; i++) {
		const struct said_line *line = &said->lines[i];

		json_out_open(&out, '{');
		json_out_field_text(&out, "kind", str_from(line->kind));
		json_out_field_int(&out, "matter", line->matter);
		json_out_field_text(&out, "number", line->number);
		json_out_field_text(&out, "title", line->title);
		json_out_field_text(&out, "time", line->time);
		json_out_close(&out, '}');
	}
	json_out_close(&out, ']');
	json_out_close(&out, '}');
	return buf_str(&buf);
}
