/* command_paper.c: documents on paper: which there are for a matter, one of them, and their templates. */
#include "cli/house.h"
#include "cli/paper_out.h"

#include "exchange/file.h"
#include "exchange/lrmx.h"
#include "intake/intake.h"
#include "view/matter_view.h"

#include <stdio.h>
#include <string.h>

/* ---- a matter's ---- */

static enum err read_view(struct house *house, struct matter_view *view)
{
	struct call *call = house->call;
	struct matter_ask ask = {.teller = house->teller, .store = house->store, .now = house->now};
	struct viewer *viewer = ARENA_TAKE(call->arena, 1, struct viewer);
	int64_t id;

	TRY(house_matter_id(house, call->arguments[1], &id));
	if (option_given(call, "as")) {
		TRY(house_person(house, NULL, &ask.person));
		*viewer = (struct viewer){.person = ask.person, .today = house->today};
		ask.viewer = viewer;
	}
	return matter_view_read(&ask, id, view, &call->why);
}

static enum err list_papers(struct house *house, const struct matter_view *view)
{
	struct call *call = house->call;
	struct table *table = table_new(call, TABLE_TEXT, 4);
	struct paper *papers;
	size_t count;

	TRY(papers_list(call->arena, str_from(call->arguments[0]), &papers, &count, &call->why));
	table_head(table, "name", "名称", "name");
	table_head(table, "title", "文书", "paper");
	table_head(table, "lang", "语言", "language");
	table_head(table, "lacks", "尚缺", "what the matter hasn't got yet");
	for (size_t i = 0; i < count; i++) {
		struct str lacks;

		if (papers[i].in_english || !paper_is_for(&papers[i], view->matter->procedure))
			continue;
		TRY(paper_lacks(&papers[i], view, &lacks, &call->why));
		table_put(table, papers[i].name);
		table_put(table, call->chinese ? papers[i].title : papers[i].english);
		table_put(table, papers[i].both ? STR("zh en") : STR("zh"));
		table_put(table, lacks);
	}
	return table_print(table);
}

static enum err read_lrmx(struct call *call, const char *file, struct lrmx *lrmx)
{
	struct bh_err why;
	struct str bytes;

	TRY(file_read(call->arena, file, LRMX_SIZE_MAX, &bytes, &call->why));
	enum err err = lrmx_read(call->arena, bytes, lrmx, &why);

	return err == ERR_OK ? ERR_OK
			     : err_pass(&call->why, err,
				       str_format(call->arena, "%s: %s", file, why.place).data, &why);
}

static enum err make(struct house *house, const struct matter_view *view)
{
	struct call *call = house->call;
	struct str dir = str_from(call->arguments[0]), docx, lang;
	const char *path = table_path(call), *form_file = option_value(call, "lrmx");
	enum paper_form form = PAPER_DOCX;
	struct lrmx lrmx;
	struct paper paper;

	if (!paper_form_find(call, path, &form) && option_given(call, "format"))
		return err_set(&call->why, ERR_INVALID, "--format", "a paper is made as docx or pdf");
	TRY(paper_lang(call, &lang));
	TRY(paper_find(call->arena, dir, str_from(call->arguments[2]), lang, &paper, &call->why));
	if (form_file != NULL)
		TRY(read_lrmx(call, form_file, &lrmx));
	TRY(paper_of_matter(&paper, view, form_file == NULL ? NULL : &lrmx, &docx, &call->why));
	return paper_put(call, dir, path, form, docx);
}

enum err command_paper(struct call *call)
{
	struct house house;
	struct matter_view view;

	TRY(house_open_to_read(call, &house));
	enum err err = read_view(&house, &view);

	if (err == ERR_OK)
		err = call->count > 2 ? make(&house, &view) : list_papers(&house, &view);
	house_close(&house);
	return err;
}

/* ---- forms for appointments ---- */

static enum err write_form(struct house *house, const struct matter_view *view)
{
	struct call *call = house->call;
	const char *base_file = option_value(call, "lrmx"), *path = table_path(call);
	struct lrmx base, made;

	if (base_file != NULL)
		TRY(read_lrmx(call, base_file, &base));
	TRY(paper_lrmx(view, base_file == NULL ? NULL : &base, view->person, &made, &call->why));
	struct str bytes = lrmx_write(call->arena, &made);

	if (strcmp(path, "-") != 0)
		return file_write_atomic(path, bytes, &call->why);
	fwrite(bytes.data, 1, bytes.size, stdout);
	return ERR_OK;
}

enum err command_lrmx_write(struct call *call)
{
	struct house house;
	struct matter_view view;

	TRY(house_open_to_read(call, &house));
	enum err err = read_view(&house, &view);

	if (err == ERR_OK)
		err = write_form(&house, &view);
	house_close(&house);
	return err;
}

static enum err put_form(struct house *house, struct table *table, const char *file)
{
	struct call *call = house->call;
	static const char *const known_words[][2] = {[FORM_KNOWN] = {"已在册", "in the roster"},
		[FORM_SEVERAL] = {"在册同名同龄不止一人", "several of this name and age"},
		[FORM_STRANGER] = {"不在册", "not in the roster"},
		[FORM_BORN_OTHERWISE] = {"在册同名,出生年月不符", "this name, born at another time"}};
	struct lrmx lrmx;
	enum form_known known;

	TRY(read_lrmx(call, file, &lrmx));
	const struct person *person = form_person(house->institution.org, &lrmx, &known);
	struct day born = form_born(&lrmx);
	struct str gender = lrmx.values[LRMX_XingBie];

	table_put(table, person == NULL ? STR("") : person->code);
	table_put(table, lrmx.values[LRMX_XingMing]);
	table_put(table, str_is(gender, "男") ? STR("m") : str_is(gender, "女") ? STR("f") : STR(""));
	/* The roster knows the day where the form knows the month. */
	table_put(table, person != NULL      ? day_print(call->arena, person->born)
			 : day_is_none(born) ? STR("")
					     : day_print(call->arena, born));
	/* What import takes has no more columns. */
	if (!option_given(call, "roster")) {
		table_put(table, str_from(known_words[known][call->chinese ? 0 : 1]));
		table_put(table, lrmx.values[LRMX_XianRenZhiWu]);
		table_put(table, lrmx.values[LRMX_NiRenZhiWu]);
	}
	return ERR_OK;
}

static enum err read_forms(struct house *house)
{
	struct call *call = house->call;
	bool roster = option_given(call, "roster");
	struct table *table = table_new(call, roster ? TABLE_CSV : TABLE_TEXT, roster ? 4 : 7);

	table_head(table, "code", "登录名", "code");
	table_head(table, "name", "姓名", "name");
	table_head(table, "gender", "性别", "gender");
	table_head(table, "born", "出生日期", "born");
	if (!roster) {
		table_head(table, "known", "花名册", "roster");
		table_head(table, "post", "现任职务", "present post");
		table_head(table, "new_post", "拟任职务", "post to be given");
	}
	for (size_t i = 1; i < call->count; i++)
		TRY(put_form(house, table, call->arguments[i]));
	return table_print(table);
}

enum err command_lrmx_read(struct call *call)
{
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = read_forms(&house);

	house_close(&house);
	return err;
}

/* ---- templates ---- */

enum err command_paper_template(struct call *call)
{
	struct str dir = str_from(call->arguments[0]), docx;
	struct paper paper;

	TRY(paper_find(call->arena, dir, str_from(call->arguments[1]), STR(""), &paper, &call->why));
	TRY(paper_template(call->arena, &paper, &docx, &call->why));
	return paper_put(call, dir, table_path(call), PAPER_DOCX, docx);
}

enum err command_paper_adopt(struct call *call)
{
	struct paper paper;

	TRY(paper_look_through(call, call->arguments[1], &paper));
	TRY(paper_put_in_use(call, call->arguments[0], call->arguments[1]));
	printf(say(call, "%.*s(%.*s)已启用\n", "%.*s (%.*s) is in use\n"), STR_ARG(paper.title),
		STR_ARG(paper.name));
	return ERR_OK;
}

enum err command_paper_tags(struct call *call)
{
	static const char *const of[] = {"matter", "report", "ballot"};
	struct table *table = table_new(call, TABLE_TEXT, 3);

	table_head(table, "of", "用于", "of");
	table_head(table, "tag", "标记", "tag");
	table_head(table, "what", "内容", "what it is");
	for (size_t i = 0; i < paper_tag_count(); i++) {
		const struct paper_tag *tag = paper_tag_at(i);

		table_put(table, str_from(of[tag->of]));
		table_put(table, str_from(tag->tag));
		table_put(table, str_from(say(call, tag->zh, tag->en)));
	}
	for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++) {
		table_put(table, str_from(of[PAPER_OF_MATTER]));
		table_put(table, str_format(call->arena, "form.%s", lrmx_name((enum lrmx_element)i)));
		table_put(table, str_from(lrmx_label((enum lrmx_element)i, lang_of(call))));
	}
	return table_print(table);
}
