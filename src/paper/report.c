/* report.c: a report as a bulletin (通报). */
#include "ledger/ledger.h"
#include "paper/fill.h"

struct telling {
	struct arena *arena;
	const struct paper_report *of;
	bool chinese;
};

static struct str words_of(const struct telling *telling, struct day day)
{
	return day_in_words(telling->arena, day, telling->chinese);
}

static struct str today(const struct telling *telling)
{
	return words_of(telling, instant_day(telling->of->now, telling->of->institution->offset_minutes));
}

static struct str period_of(const struct telling *telling)
{
	struct arena *arena = telling->arena;
	const struct paper_report *of = telling->of;
	struct str from = words_of(telling, of->from), to = words_of(telling, of->to);

	if (from.size > 0 && to.size > 0)
		return str_format(arena, telling->chinese ? "%.*s至%.*s" : "from %.*s to %.*s", STR_ARG(from),
			STR_ARG(to));
	if (from.size > 0)
		return str_format(arena, telling->chinese ? "%.*s以来" : "since %.*s", STR_ARG(from));
	return str_format(arena, telling->chinese ? "截至%.*s" : "up to %.*s",
		STR_ARG(to.size > 0 ? to : today(telling)));
}

/* Reports are called by phrases, papers by titles. */
static struct str title_of(const struct telling *telling)
{
	struct str title = str_copy(telling->arena, telling->of->title);
	char first = title.size > 0 ? title.data[0] : '\0';

	if (telling->chinese || first < 'a' || first > 'z')
		return title;
	return str_format(
		telling->arena, "%c%.*s", first - 'a' + 'A', STR_ARG(str_slice(title, 1, title.size)));
}

static struct docx_value table_of(const struct telling *telling)
{
	const struct report *report = telling->of->report;
	size_t columns = report->column_count, rows = columns == 0 ? 0 : report->cell_count / columns;
	struct str *cells = ARENA_TAKE(telling->arena, (rows + 1) * columns + 1, struct str);

	for (size_t i = 0; i < columns; i++)
		cells[i] = str_from(telling->chinese ? report->columns[i].zh : report->columns[i].en);
	for (size_t i = 0; i < rows * columns; i++)
		cells[columns + i] = report->cells[i].text;
	return (struct docx_value){.kind = DOCX_TABLE, .table = {cells, columns, rows}};
}

/* A bulletin is about many matters: its receipt is how far the record was when it was made. */
static enum err receipt_of(
	const struct telling *telling, struct str name, struct docx_value *ret, struct bh_err *reterr)
{
	struct arena *arena = telling->arena;
	struct str note;
	struct checkpoint checkpoint;

	TRY(store_checkpoint_newest(telling->of->store, arena, &note, reterr));
	TRY(checkpoint_parse(arena, note, &checkpoint, reterr));
	struct str root = hex_print(arena, checkpoint.root.bytes, HASH_SIZE);

	if (str_is(name, "qr"))
		return qr_value(arena,
			str_format(arena, "%.*s %llu %.*s", STR_ARG(checkpoint.origin),
				(unsigned long long)checkpoint.size, STR_ARG(root)),
			RECEIPT_MM, ret, reterr);
	*ret = text_value(str_format(arena,
		telling->chinese
			? "账本 %.*s 截至第 %llu 个事件\n根 %.*s\n本通报依据该检查点时的记录生成。核验："
			  "bihuan checkpoint。"
			: "Ledger %.*s, up to event %llu\nroot %.*s\nMade from the record as it was at that "
			  "checkpoint. To verify: bihuan checkpoint.",
		STR_ARG(checkpoint.origin), (unsigned long long)checkpoint.size, STR_ARG(root)));
	return ERR_OK;
}

static enum err value_of(
	void *context, struct str tag, size_t row, struct docx_value *ret_value, struct bh_err *reterr)
{
	const struct telling *telling = context;
	const struct paper_report *of = telling->of;
	const struct report *report = of->report;

	(void)row;
	if (str_is(tag, "report.title"))
		*ret_value = text_value(title_of(telling));
	else if (str_is(tag, "report.period"))
		*ret_value = text_value(period_of(telling));
	else if (str_is(tag, "report.count"))
		*ret_value = text_value(str_format(telling->arena, "%zu",
			report->column_count == 0 ? 0 : report->cell_count / report->column_count));
	else if (str_is(tag, "report.table"))
		*ret_value = table_of(telling);
	else if (str_is(tag, "paper.day"))
		*ret_value = text_value(today(telling));
	else if (str_is(tag, "institution.title"))
		*ret_value = text_value(label_pick(of->institution->title, of->institution->name,
			telling->chinese ? STR("zh") : STR("en")));
	else if (str_is(tag_group(tag), "receipt"))
		return receipt_of(telling, tag_name(tag), ret_value, reterr);
	else
		return no_such_tag(PAPER_OF_REPORT, telling->arena, tag, reterr);
	return ERR_OK;
}

static enum err no_list(void *context, struct str name, size_t *ret_count, struct bh_err *reterr)
{
	(void)context, (void)name;
	*ret_count = 0;
	return err_set(reterr, ERR_NOT_FOUND, "", "there is no such list");
}

enum err paper_of_report(struct arena *arena, const struct paper *paper, const struct paper_report *of,
	struct str *ret_docx, struct bh_err *reterr)
{
	struct telling telling = {arena, of, !paper->in_english};
	const struct docx_values from = {&telling, no_list, value_of};

	if (paper->of != PAPER_OF_REPORT)
		return err_set(reterr, ERR_REFUSED, "paper", "this paper isn't for reports");
	return paper_fill(arena, paper, &from, ret_docx, reterr);
}
