/* list.c: which papers there are. */
#include "exchange/file.h"
#include "paper/fill.h"
#include "paper/shipped.h"
#include "view/unknown.h"

#include <string.h>

#define IN_ENGLISH ".en" /* how the name of a template ends whose paper is in English */

static const char *const of_names[] = {"matter", "report", "ballot"};

/* ---- tags ---- */

static const struct paper_tag tags[] = {
#define LIST(of, group, zh, en)
#define TAG(of, group, name, zh, en) {PAPER_OF_##of, #group "." #name, zh, en},
#include "paper/tags.def"
};

size_t paper_tag_count(void)
{
	return ARRAY_COUNT(tags);
}

const struct paper_tag *paper_tag_at(size_t i)
{
	return i < ARRAY_COUNT(tags) ? &tags[i] : NULL;
}

static bool tag_is_known(enum paper_of of, struct str tag)
{
	for (size_t i = 0; i < ARRAY_COUNT(tags); i++)
		if (tags[i].of == of && str_is(tag, tags[i].tag))
			return true;
	/* Which of these there are only a matter tells. */
	return of == PAPER_OF_MATTER && (str_starts(tag, "field.") || str_starts(tag, "form."));
}

enum err no_such_tag(enum paper_of of, struct arena *arena, struct str tag, struct bh_err *reterr)
{
	const char *names[ARRAY_COUNT(tags)];
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_COUNT(tags); i++)
		if (tags[i].of == of)
			names[count++] = tags[i].tag;
	return unknown_set(reterr, arena, ERR_NOT_FOUND, str_copy(arena, tag).data,
		UNKNOWN("没有这个标记", "there is no such tag", "bihuan paper-tags 可以列出",
			"bihuan paper-tags lists them"),
		tag, names, count);
}

/* ---- one paper ---- */

static enum err read_properties(const struct docx *docx, struct paper *paper, struct bh_err *reterr)
{
	struct str subject = docx_property(docx, "subject");

	paper->title = docx_property(docx, "title");
	paper->english = docx_property(docx, "description");
	paper->keywords = docx_property(docx, "keywords");
	paper->in_english = str_ends(paper->name, IN_ENGLISH);
	if (paper->title.size == 0)
		paper->title = paper->name;
	if (paper->english.size == 0)
		paper->english = paper->title;
	for (size_t i = 0; i < ARRAY_COUNT(of_names); i++)
		if (str_is(subject, of_names[i])) {
			paper->of = (enum paper_of)i;
			return ERR_OK;
		}
	return err_set(reterr, ERR_INVALID, "subject",
		"the template doesn't say what it is of: set the subject in its properties to matter, report "
		"or ballot, and its keywords to the procedures");
}

static enum err check_tags(
	struct arena *arena, const struct docx *docx, enum paper_of of, struct bh_err *reterr)
{
	struct docx_tag *found;
	size_t count;

	docx_tags(docx, &found, &count);
	for (size_t i = 0; i < count; i++) {
		struct bh_err why;

		if (tag_is_known(of, found[i].tag))
			continue;
		if (no_such_tag(of, arena, found[i].tag, &why) != ERR_OK)
			return err_set_both(reterr, ERR_INVALID, why.place,
				str_format(arena, "%s;它在“%.*s”一处", why.text_zh, STR_ARG(found[i].around))
					.data,
				str_format(arena, "%s; it stands in \"%.*s\"", why.text,
					STR_ARG(found[i].around))
					.data);
	}
	return ERR_OK;
}

static enum err open_shipped(
	struct arena *arena, struct str name, struct docx **ret_docx, struct bh_err *reterr)
{
	struct docx_part *parts = ARENA_TAKE(arena, shipped_part_count + 3, struct docx_part);

	for (size_t i = 0; i < shipped_paper_count; i++) {
		if (!str_is(name, shipped_papers[i].name))
			continue;
		memcpy(parts, shipped_parts, shipped_part_count * sizeof parts[0]);
		parts[shipped_part_count] =
			(struct docx_part){"word/document.xml", shipped_papers[i].document};
		parts[shipped_part_count + 1] =
			(struct docx_part){"docProps/core.xml", shipped_papers[i].core};
		parts[shipped_part_count + 2] =
			(struct docx_part){"word/styles.xml", shipped_papers[i].styles};
		return docx_from_parts(arena, parts, shipped_part_count + 3, ret_docx, reterr);
	}
	return err_set(reterr, ERR_NOT_FOUND, "paper", "no paper of that name comes with the program");
}

/* Where the folder lies is nothing to whoever asks over HTTP. */
static const char *place_of(struct arena *arena, const struct paper *paper)
{
	return str_format(arena, "templates/%.*s.docx", STR_ARG(paper->name)).data;
}

enum err paper_open(
	struct arena *arena, const struct paper *paper, struct docx **ret_docx, struct bh_err *reterr)
{
	struct str bytes;
	struct bh_err why;

	if (paper->file.size == 0)
		return open_shipped(arena, paper->name, ret_docx, reterr);
	enum err err = file_read(arena, paper->file.data, DOCX_SIZE_MAX, &bytes, &why);

	if (err == ERR_OK)
		err = docx_open(arena, bytes, ret_docx, &why);
	return err == ERR_OK ? ERR_OK : err_pass(reterr, err, place_of(arena, paper), &why);
}

enum err paper_template(
	struct arena *arena, const struct paper *paper, struct str *ret_docx, struct bh_err *reterr)
{
	struct docx *docx;

	TRY(paper_open(arena, paper, &docx, reterr));
	return docx_write(docx, ret_docx, reterr);
}

enum err paper_check(struct arena *arena, struct str name, struct str bytes, struct paper *ret_paper,
	struct bh_err *reterr)
{
	struct docx *docx;

	*ret_paper = (struct paper){.name = name};
	TRY(docx_open(arena, bytes, &docx, reterr));
	TRY(read_properties(docx, ret_paper, reterr));
	return check_tags(arena, docx, ret_paper->of, reterr);
}

enum err paper_fill(struct arena *arena, const struct paper *paper, const struct docx_values *values,
	struct str *ret_docx, struct bh_err *reterr)
{
	struct docx *docx;

	TRY(paper_open(arena, paper, &docx, reterr));
	TRY(check_tags(arena, docx, paper->of, reterr));
	TRY(docx_fill(docx, values, reterr));
	return docx_write(docx, ret_docx, reterr);
}

/* ---- all papers ---- */

struct listing {
	struct arena *arena;
	struct paper *papers;
	size_t count, capacity;
};

static enum err add(struct listing *listing, struct paper paper, struct bh_err *reterr)
{
	struct docx *docx;
	struct bh_err why;

	TRY(paper_open(listing->arena, &paper, &docx, reterr));
	enum err err = read_properties(docx, &paper, &why);

	if (err != ERR_OK)
		return err_pass(reterr, err, place_of(listing->arena, &paper), &why);
	for (size_t i = 0; i < listing->count; i++)
		if (str_equal(listing->papers[i].name, paper.name)) {
			listing->papers[i] = paper;
			return ERR_OK;
		}
	*ARENA_PUSH(listing->arena, listing->papers, listing->count, listing->capacity) = paper;
	return ERR_OK;
}

static enum err add_own(struct listing *listing, struct str dir, struct bh_err *reterr)
{
	struct str folder = str_format(listing->arena, "%.*s/templates", STR_ARG(dir)), *names;
	struct bh_err why;
	size_t count;
	enum err err = folder_list(listing->arena, folder.data, ".docx", &names, &count, &why);

	if (err == ERR_NOT_FOUND)
		return ERR_OK;
	if (err != ERR_OK)
		return err_pass(reterr, err, folder.data, &why);
	for (size_t i = 0; i < count; i++) {
		struct paper paper = {.name = str_slice(names[i], 0, names[i].size - 5),
			.file = str_format(listing->arena, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names[i]))};

		/* What Word keeps beside a file that is open. */
		if (!str_starts(names[i], "~$"))
			TRY(add(listing, paper, reterr));
	}
	return ERR_OK;
}

static const struct paper *find_english(const struct listing *listing, struct str name)
{
	for (size_t i = 0; i < listing->count; i++) {
		struct str other = listing->papers[i].name;

		if (listing->papers[i].in_english &&
			str_equal(str_slice(other, 0, other.size - sizeof IN_ENGLISH + 1), name))
			return &listing->papers[i];
	}
	return NULL;
}

enum err papers_list(struct arena *arena, struct str dir, struct paper **ret_papers, size_t *ret_count,
	struct bh_err *reterr)
{
	struct listing listing = {.arena = arena};

	for (size_t i = 0; i < shipped_paper_count; i++)
		TRY(add(&listing, (struct paper){.name = str_from(shipped_papers[i].name)}, reterr));
	if (dir.size > 0)
		TRY(add_own(&listing, dir, reterr));
	for (size_t i = 0; i < listing.count; i++)
		listing.papers[i].both = find_english(&listing, listing.papers[i].name) != NULL;
	*ret_papers = listing.papers;
	*ret_count = listing.count;
	return ERR_OK;
}

enum err paper_find(struct arena *arena, struct str dir, struct str name, struct str lang,
	struct paper *ret_paper, struct bh_err *reterr)
{
	bool english = str_is(lang, "en");
	struct paper *papers;
	size_t count;

	TRY(papers_list(arena, dir, &papers, &count, reterr));
	const char **names = ARENA_TAKE(arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++) {
		names[i] = str_copy(arena, papers[i].name).data;
		if (!str_equal(papers[i].name, name))
			continue;
		if (!english || papers[i].in_english) {
			*ret_paper = papers[i];
			return ERR_OK;
		}
		if (!papers[i].both)
			return err_set(reterr, ERR_NOT_FOUND, "lang", "this paper is in Chinese only");
		return paper_find(arena, dir, str_format(arena, "%.*s" IN_ENGLISH, STR_ARG(name)), lang,
			ret_paper, reterr);
	}
	return unknown_set(reterr, arena, ERR_NOT_FOUND, "paper",
		UNKNOWN("没有这种文书", "there is no such paper", unknown_list(arena, "文书有", names, count),
			unknown_list(arena, "there are", names, count)),
		name, names, count);
}

bool paper_is_for(const struct paper *paper, const struct procedure *procedure)
{
	struct str rest = paper->keywords, word;

	if (paper->of != PAPER_OF_MATTER)
		return false;
	/* Word parts them by what it likes. */
	while (rest.size > 0) {
		size_t size = 0;

		while (size < rest.size && strchr(" ,;", rest.data[size]) == NULL)
			size++;
		word = str_slice(rest, 0, size);
		rest = str_slice(rest, size + 1, rest.size);
		if (str_is(word, "*") || str_equal(word, procedure->name) ||
			str_is(word, grasp_name(procedure->grasp)))
			return true;
	}
	return false;
}
