/* paper.h: documents on paper: of a matter, a report or a vote. */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H

#include "exchange/docx.h"
#include "exchange/report.h"
#include "exchange/slip.h"
#include "view/matter_view.h"

enum paper_of { PAPER_OF_MATTER, PAPER_OF_REPORT, PAPER_OF_BALLOT };
/* One that there is: shipped with the program, or a docx in the folder templates/ of an installation, where
 * one of the same name takes the place of ours. Its properties say what it is: title, subject (what it is
 * of), keywords (names of procedures, of grasps, or *). */
struct paper {
	struct str name, title, english, keywords;
	enum paper_of of;
	struct str file; /* "": shipped */
	bool in_english; /* what it says is in English: the template NAME.en, or NAME.en.docx of an
			    installation */
	bool both;       /* there is another of this name in English */
};

/* All of them, ours first, in `arena`; those in English too. `dir` is the data folder; "" for ours alone. A
 * file that can't be used is an error that says why. */
MUST_CHECK enum err papers_list(struct arena *arena, struct str dir, struct paper **ret_papers,
	size_t *ret_count, struct bh_err *reterr);
/* By name, in that language ("zh" or "en"; "" is Chinese, in which official papers are). ERR_NOT_FOUND with
 * the nearest, or that there is none in English. */
MUST_CHECK enum err paper_find(struct arena *arena, struct str dir, struct str name, struct str lang,
	struct paper *ret_paper, struct bh_err *reterr);
bool paper_is_for(const struct paper *paper, const struct procedure *procedure);
/* Its template as a docx to edit. */
MUST_CHECK enum err paper_template(
	struct arena *arena, const struct paper *paper, struct str *ret_docx, struct bh_err *reterr);
/* Would this template do, and as what? ERR_INVALID names the tag that there is no value for, and where it
 * stands. */
MUST_CHECK enum err paper_check(struct arena *arena, struct str name, struct str docx,
	struct paper *ret_paper, struct bh_err *reterr);

/* What a form for an appointment takes from a file of its own (lrmx.h); NULL: nothing. */
struct lrmx;

/* The paper of a matter, as a docx, at view->now. ERR_REFUSED says what the matter hasn't got yet, or that
 * the paper isn't for its procedure. */
MUST_CHECK enum err paper_of_matter(const struct paper *paper, const struct matter_view *view,
	const struct lrmx *lrmx, struct str *ret_docx, struct bh_err *reterr);

/* What keeps that paper from being made, in the language of the view's teller; "" when nothing does. A
 * template may also ask for a field that the matter's procedure hasn't got. In the view's arena. */
MUST_CHECK enum err paper_lacks(const struct paper *paper, const struct matter_view *view,
	struct str *ret_why, struct bh_err *reterr);

/* The same as such a file: what the record knows of the candidate over what `base` (NULL: nothing) says;
 * filled in by that person (0: nobody). ERR_REFUSED when nobody is proposed, or the file is of another. */
MUST_CHECK enum err paper_lrmx(const struct matter_view *view, const struct lrmx *base, int64_t by,
	struct lrmx *ret_lrmx, struct bh_err *reterr);

struct paper_report {
	const struct institution *institution;
	struct store *store;
	struct instant now;
	struct str title;    /* in the language of the paper */
	struct day from, to; /* DAY_NONE: not limited on that side */
	const struct report *report;
};
MUST_CHECK enum err paper_of_report(struct arena *arena, const struct paper *paper,
	const struct paper_report *of, struct str *ret_docx, struct bh_err *reterr);

/* Slips with the codes of a vote. */
MUST_CHECK enum err paper_of_slips(struct arena *arena, const struct paper *paper, struct str title,
	struct str root, const struct slip *slips, size_t count, struct str *ret_docx, struct bh_err *reterr);

/* A paper as PDF, drawn in a process of its own (exchange/pdf.h). Which typefaces are taken says fonts.txt:
 * the one in templates/ of the data folder, then the program's. */
MUST_CHECK enum err paper_pdf(
	struct arena *arena, struct str dir, struct str docx, struct str *ret_pdf, struct bh_err *reterr);

/* Every tag that a template may have. */
struct paper_tag {
	enum paper_of of;
	const char *tag, *zh, *en;
};
size_t paper_tag_count(void);
const struct paper_tag *paper_tag_at(size_t i);

#endif
