/* lrmx.c: the names of its elements, its dates and numbers, and writing it. */
#include "exchange/lrmx.h"

#include "exchange/xml_tree.h"

#include <string.h>

static const struct {
	const char *name, *zh, *en;
} elements[] = {
#define LRMX(element, zh, en) {#element, zh, en},
#include "exchange/lrmx.def"
};

const char *lrmx_name(enum lrmx_element element)
{
	return elements[element].name;
}

const char *lrmx_label(enum lrmx_element element, struct str lang)
{
	return str_is(lang, "zh") ? elements[element].zh : elements[element].en;
}

bool lrmx_find(struct str name, enum lrmx_element *ret_element)
{
	for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++)
		if (str_is(name, elements[i].name)) {
			*ret_element = (enum lrmx_element)i;
			return true;
		}
	return false;
}

/* ---- dates and numbers ---- */

bool lrmx_day(struct str text, struct day *ret_day)
{
	char digits[8];
	size_t count = 0;
	bool point = text.size == 7 && text.data[4] == '.';
	int64_t number;

	for (size_t i = 0; i < text.size; i++) {
		if (point && i == 4)
			continue;
		if (count == sizeof digits)
			return false;
		digits[count++] = text.data[i];
	}
	if ((count != 6 && count != 8) || (point && count != 6) ||
		!str_to_int((struct str){digits, count}, &number) || digits[0] == '-')
		return false;
	int year = (int)(count == 6 ? number / 100 : number / 10000);
	int month = (int)(count == 6 ? number % 100 : number / 100 % 100);
	int dom = (int)(count == 6 ? 1 : number % 100);

	return day_make(year, month, dom, ret_day);
}

int lrmx_age(struct day born, struct day on)
{
	int year, month, dom, year_on, month_on, dom_on;

	day_split(born, &year, &month, &dom);
	day_split(on, &year_on, &month_on, &dom_on);
	return year_on - year - (month_on < month || (month_on == month && dom_on < dom) ? 1 : 0);
}

bool lrmx_id_is_valid(struct str id)
{
	static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
	static const char checks[] = "10X98765432";
	int sum = 0;

	if (id.size != 18)
		return false;
	for (size_t i = 0; i < 17; i++) {
		if (id.data[i] < '0' || id.data[i] > '9')
			return false;
		sum += (id.data[i] - '0') * weights[i];
	}
	char last = id.data[17] == 'x' ? 'X' : id.data[17];

	return last == checks[sum % 11];
}

/* ---- careers ---- */

/* "2010.03--2015.06  text", or "2010.03--  text" while it lasts. */
static bool begins_line(struct str line, struct lrmx_career *ret_career)
{
	size_t dashes = str_find(line, STR("--"));

	if (line.size == 0 || line.data[0] < '0' || line.data[0] > '9' || dashes != 7)
		return false;
	struct str rest = str_slice(line, 9, line.size);
	size_t size = 0;

	while (size < rest.size && size < 7 &&
		((rest.data[size] >= '0' && rest.data[size] <= '9') || rest.data[size] == '.'))
		size++;
	*ret_career = (struct lrmx_career){
		str_slice(line, 0, 7), str_slice(rest, 0, size), str_trim(str_slice(rest, size, rest.size))};
	return true;
}

void lrmx_career(struct arena *arena, struct str text, struct lrmx_career **ret_lines, size_t *ret_count)
{
	struct lrmx_career *lines = NULL, career;
	size_t count = 0, capacity = 0;
	struct str rest = text, line;

	while (rest.size > 0 && str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (line.size == 0)
			continue;
		if (begins_line(line, &career))
			*ARENA_PUSH(arena, lines, count, capacity) = career;
		else if (count == 0)
			*ARENA_PUSH(arena, lines, count, capacity) =
				(struct lrmx_career){STR(""), STR(""), line};
		else
			lines[count - 1].text = str_format(
				arena, "%.*s\n%.*s", STR_ARG(lines[count - 1].text), STR_ARG(line));
	}
	*ret_lines = lines;
	*ret_count = count;
}

/* ---- writing ---- */

static void put_element(struct buf *buf, const char *indent, const char *name, struct str text)
{
	buf_format(buf, "%s<%s>", indent, name);
	xml_put_text(buf, text);
	buf_format(buf, "</%s>\r\n", name);
}

static void put_family(struct buf *buf, const struct lrmx *lrmx)
{
	buf_puts(buf, "  <JiaTingChengYuan>\r\n");
	for (size_t i = 0; i < lrmx->family_count; i++) {
		const struct lrmx_relative *relative = &lrmx->family[i];

		buf_puts(buf, "    <Item>\r\n");
		put_element(buf, "      ", "ChengWei", relative->relation);
		put_element(buf, "      ", "XingMing", relative->name);
		put_element(buf, "      ", "ChuShengRiQi", relative->born);
		put_element(buf, "      ", "ZhengZhiMianMao", relative->party);
		put_element(buf, "      ", "GongZuoDanWeiJiZhiWu", relative->post);
		buf_puts(buf, "    </Item>\r\n");
	}
	buf_puts(buf, "  </JiaTingChengYuan>\r\n");
}

struct str lrmx_write(struct arena *arena, const struct lrmx *lrmx)
{
	struct buf buf = buf_new(arena);

	buf_puts(&buf, "\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<Person>\r\n");
	for (size_t i = 0; i < LRMX_ELEMENT_COUNT; i++) {
		if (i == LRMX_ChengBaoDanWei)
			put_family(&buf, lrmx);
		if (i == LRMX_Version)
			for (size_t j = 0; j < lrmx->other_count; j++)
				put_element(&buf, "  ", str_copy(arena, lrmx->others[j].name).data,
					lrmx->others[j].text);
		put_element(&buf, "  ", elements[i].name, lrmx->values[i]);
	}
	buf_puts(&buf, "</Person>\r\n");
	return buf_str(&buf);
}
