/* rule_text.h: the text of a rule (规章制度) as its institution writes it: Markdown with chapters and
 * articles. Taken apart, and two of them compared article by article with the words marked that differ. Pure.
 */
#ifndef GRASP_RULE_TEXT_H
#define GRASP_RULE_TEXT_H

#include "base/base.h"

#define RULE_TEXT_MAX  ((size_t)256 * 1024) /* bytes */
#define RULE_PARTS_MAX 600

enum rule_part_kind {
	RULE_PREAMBLE, /* what stands before the first heading or article */
	RULE_CHAPTER,  /* 第一章 …, Chapter 1 … */
	RULE_SECTION,  /* 第一节 …, Section 1 … */
	RULE_ARTICLE,  /* 第一条 …, Article 1 … */
	RULE_PART_KIND_COUNT
};
const char *rule_part_kind_name(enum rule_part_kind kind); /* preamble chapter section article */

struct rule_part {
	enum rule_part_kind kind;
	int number,
		behind; /* 第十条: 10 and 0; 第十条之一, which was put in later: 10 and 1; preamble: 0, 0 */
	struct str label; /* as it is written: "第十条"; "" of a preamble */
	struct str text;  /* behind the label, blanks off both ends; of a chapter its title */
};
struct rule_text {
	struct str title; /* of a first line "# …", else "" */
	struct rule_part *parts;
	size_t count;
};

/* A line begins a chapter, a section or an article where its label stands first, with `#` or `**` before it
 * or not, and nothing is joined to it; an English one needs a heading, bold print, or a full stop or a colon
 * behind it, since a line of prose may begin with "Article 5 says". Parts are numbered without a gap,
 * articles through all chapters, sections anew in each. A text without articles is one preamble. What is read
 * points into `text`. ERR_INVALID at "text" names the line. */
MUST_CHECK enum err rule_text_read(
	struct arena *arena, struct str text, struct rule_text *ret_text, struct bh_err *reterr);
size_t rule_article_count(const struct rule_text *text);

enum rule_change {
	RULE_SAME,
	RULE_RENUMBERED, /* the same words under another number */
	RULE_CHANGED,
	RULE_ADDED,
	RULE_REMOVED,
	RULE_CHANGE_COUNT
};
const char *rule_change_name(enum rule_change change); /* same renumbered changed added removed */

enum word_mark { WORDS_SAME, WORDS_REMOVED, WORDS_ADDED, WORD_MARK_COUNT };
const char *word_mark_name(enum word_mark mark); /* same removed added */
struct marked_words {
	enum word_mark mark;
	struct str text; /* one behind the other, those that aren't ADDED are the older text, those that
			    aren't REMOVED the newer */
};

struct rule_difference {
	enum rule_change change;
	const struct rule_part *before, *after; /* NULL: it isn't there */
	struct marked_words *words;             /* of what has changed */
	size_t word_count;
};
/* Part by part in the order of the newer text, what was removed where it stood. A part answers to the one of
 * its kind that it resembles most, in order; its number speaks for it too. */
void rule_compare(struct arena *arena, const struct rule_text *before, const struct rule_text *after,
	struct rule_difference **ret_differences, size_t *ret_count);
/* The words of two texts: in Chinese each character is one. */
void words_compare(struct arena *arena, struct str before, struct str after, struct marked_words **ret_words,
	size_t *ret_count);

#endif
