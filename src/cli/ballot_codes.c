/* ballot_codes.c: codes made by two people, away from the server: each draws a share by themselves, the codes
 * follow from both. */
#include "cli/ballot.h"
#include "cli/paper_out.h"

#include "exchange/file.h"
#include "exchange/slip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SHARE_BYTES    32
#define SHARE_SIZE_MAX ((size_t)1024)

/* Whoever makes a share or codes on a machine with others keeps them from reading it. */
static enum err write_secret(struct call *call, const char *path, struct str text)
{
	mode_t before = umask(077);
	enum err err = file_write_atomic(path, text, &call->why);

	(void)umask(before);
	return err;
}

enum err ballot_share(struct call *call)
{
	uint8_t bytes[SHARE_BYTES];
	const char *path = call->arguments[1];

	act_machine.random(NULL, bytes, sizeof bytes);
	struct str text = hex_print(call->arena, bytes, sizeof bytes);

	TRY(write_secret(call, path, str_format(call->arena, "%.*s\n", STR_ARG(text))));
	printf(say(call, "%s: 一人一份,当面合用,之后各自封存或销毁\n",
		       "%s: one for each of the two; put together in each other's presence, then sealed "
		       "apart or "
		       "destroyed\n"),
		path);
	return ERR_OK;
}

static enum err read_share(struct call *call, size_t argument, struct str *ret_share)
{
	struct str text, bytes;

	TRY(file_read(call->arena, call->arguments[argument], SHARE_SIZE_MAX, &text, &call->why));
	text = str_trim(text);
	if (text.size < (size_t)2 * SHARE_BYTES || !hex_parse(call->arena, text, &bytes))
		return err_set(&call->why, ERR_INVALID, call->arguments[argument],
			"that is no share: bihuan ballot share makes one");
	*ret_share = bytes;
	return ERR_OK;
}

/* ---- how many for whom: --group leaders=20 ---- */

struct making {
	struct call *call;
	struct str shares[2];
	struct ballot ballot; /* its groups alone */
	size_t count;
	struct ballot_code *codes;
	struct slip *slips;
};

static enum err read_groups(struct making *making)
{
	struct call *call = making->call;
	const char *values[BALLOT_GROUPS_MAX + 1];
	size_t count = option_values(call, "group", values, ARRAY_COUNT(values));

	if (count == 0 || count > BALLOT_GROUPS_MAX)
		return err_set(&call->why, ERR_INVALID, "--group",
			"say how many codes for which group, 1 to %d of them: --group all=120",
			BALLOT_GROUPS_MAX);
	making->ballot.groups = ARENA_TAKE(call->arena, count, struct ballot_group);
	for (size_t i = 0; i < count; i++) {
		struct str number = str_from(values[i]), name;
		int64_t codes = 0;

		if (!str_cut(&number, '=', &name) || !str_to_int(number, &codes) || codes < 1 ||
			codes > BALLOT_CODES_MAX || ballot_group_of(&making->ballot, name) >= 0)
			return err_set(&call->why, ERR_INVALID, "--group",
				"NAME=NUMBER is wanted, each name once, like leaders=20");
		making->ballot.groups[i] = (struct ballot_group){.name = name, .issued = codes};
		making->ballot.group_count = i + 1;
		making->count += (size_t)codes;
	}
	return making->count <= BALLOT_CODES_MAX
		       ? ERR_OK
		       : err_set(&call->why, ERR_RANGE, "--group", "more than %d codes", BALLOT_CODES_MAX);
}

static void make_codes(struct making *making, const char *url)
{
	struct arena *arena = making->call->arena;
	size_t at = 0;

	making->codes = ARENA_TAKE(arena, making->count, struct ballot_code);
	making->slips = ARENA_TAKE(arena, making->count, struct slip);
	for (size_t group = 0; group < making->ballot.group_count; group++) {
		for (int64_t i = 0; i < making->ballot.groups[group].issued; i++, at++) {
			struct str code = ballot_code_make(arena, making->shares[0], making->shares[1], at);

			making->codes[at] = (struct ballot_code){ballot_code_hash(code), (int)group};
			making->slips[at] = (struct slip){.code = code_print(arena, code),
				.link = str_format(arena, "%s/vote#%.*s", url, STR_ARG(code)),
				.group = making->ballot.group_count > 1 ? making->ballot.groups[group].name
									: STR("")};
		}
	}
	ballot_codes_sort(making->codes, making->count);
}

/* The list in the order of hashes, which tells nothing of slips, and its root. */
static struct str list_of(const struct making *making, struct str *ret_root)
{
	struct arena *arena = making->call->arena;
	struct str *lines = ARENA_TAKE(arena, making->count, struct str);
	struct buf buf = buf_new(arena);

	for (size_t i = 0; i < making->count; i++) {
		lines[i] = ballot_code_line(arena, &making->ballot, &making->codes[i]);
		buf_put(&buf, lines[i]);
		buf_put_char(&buf, '\n');
	}
	struct hash root = ballot_root(lines, making->count);

	*ret_root = hex_print(arena, root.bytes, HASH_SIZE);
	return buf_str(&buf);
}

/* A page of HTML, or a paper by the template `slips`, as the name of the file ends. */
static enum err make_slips(const struct making *making, const char *path, struct str title, struct str root,
	struct str *ret_page)
{
	struct call *call = making->call;
	enum paper_form form;
	struct paper paper;
	struct str docx;

	if (!paper_form_find(call, path, &form))
		return slips_print(
			call->arena, title, root, making->slips, making->count, ret_page, &call->why);
	/* Codes are made away from the server, where there is no data folder. */
	TRY(paper_find(call->arena, STR(""), STR("slips"), STR(""), &paper, &call->why));
	TRY(paper_of_slips(
		call->arena, &paper, title, root, making->slips, making->count, &docx, &call->why));
	*ret_page = docx;
	return form == PAPER_PDF ? paper_pdf(call->arena, STR(""), docx, ret_page, &call->why) : ERR_OK;
}

enum err ballot_codes(struct call *call)
{
	struct making making = {.call = call};
	const char *url = option_value(call, "url"), *title = option_value(call, "title"),
		   *slips = option_value(call, "slips"), *list = option_value(call, "list");
	struct str page, root;

	if (url == NULL || slips == NULL || list == NULL)
		return err_set(&call->why, ERR_INVALID, "--url",
			"say where voters go, and where slips and list are written: --url https://… --slips "
			"slips.html --list codes.txt");
	TRY(read_share(call, 1, &making.shares[0]));
	TRY(read_share(call, 2, &making.shares[1]));
	if (str_equal(making.shares[0], making.shares[1]))
		return err_set(&call->why, ERR_REFUSED, call->arguments[2],
			"that is the same share again: each of the two draws their own");
	TRY(read_groups(&making));
	make_codes(&making, url);
	struct str text = list_of(&making, &root);

	TRY(make_slips(&making, slips, str_from(title == NULL ? "评议 Vote" : title), root, &page));
	TRY(write_secret(call, slips, page));
	TRY(file_write_atomic(list, text, &call->why));
	printf(say(call, "%s 个投票码\n根 %.*s\n%s: 打印、裁开、装箱摇匀,然后删除\n%s: 只有散列,交给开票人\n",
		       "%s\nroot %.*s\n%s: print, cut, shuffle in a box, then delete\n%s: hashes "
		       "only, for "
		       "whoever opens the vote\n"),
		counted(call, making.count, "code", "codes"), STR_ARG(root), slips, list);
	return ERR_OK;
}
