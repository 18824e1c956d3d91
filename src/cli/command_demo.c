/* command_demo.c: the district of 2019 with its sample data and sample accounts, served. It is made by the
 * same commands that anybody types; its clock goes on from where its record ends, and stands while it isn't
 * served. */
#include "cli/life.h"

#include "act/auth.h"
#include "exchange/csv.h"
#include "exchange/file.h"
#include "http/http.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define INSTITUTION   "pengjiang-2019"
#define FOUNDED       "2018-10-08T08:30"
#define IMPORTED      "2019-02-18T09:00"
#define LIVED         "2019-07-15T18:00" /* until then its people have worked on it */
#define RULES_OFFICE  "jian0106"         /* of the reform office */
#define LISTEN        "127.0.0.1:8080"
#define SAMPLE_LETTER "DEM0-2019-0000-0001" /* the first of letters.csv */
#define WORDS_MAX     40

/* Whose account everybody may try: the posts that the sample data needs. All of them are made up. */
static const char *const people[] = {
	"ye0001",    /* party secretary */
	"mai0002",   /* district head */
	"feng0005",  /* standing member, organisation */
	"ruan0098",  /* head of the supervision office */
	"luo0099",   /* its deputy */
	"xian0260",  /* liaison of the water bureau */
	"rong0255",  /* its head */
	"ruan0662",  /* liaison of a town */
	"he0649",    /* its party secretary */
	"feng0717",  /* officer of a village centre */
	"jian0714",  /* the village's party secretary */
	"huang0142", /* takes up what is reported without a name */
	"zhong0143", /* inquires */
	"dai0136",   /* manages cases */
	"guan0151",  /* decides appeals */
	"guan0064",  /* organisation department: records who holds what */
	"rong0111",  /* staffing office: records units and posts */
	"jian0106",  /* reform office: puts procedures in force */
};

struct demo {
	struct call *call;
	const char *dir;
	struct str institution; /* its folder */
	struct instant begin;   /* of its clock */
	int64_t moved_us;       /* from the machine's */
};

/* ---- making it ---- */

/* One command, as it would be typed. */
static enum err type(struct demo *demo, const char *const *words, size_t count)
{
	struct call *call = demo->call;
	struct call part = {
		.row = command_find(words[0]), .arena = call->arena, .chinese = call->chinese, .quiet = true};
	char *argv[WORDS_MAX];

	REQUIRE(part.row != NULL && count <= WORDS_MAX);
	for (size_t i = 1; i < count; i++)
		argv[i - 1] = (char *)(uintptr_t)words[i]; /* read only, as main's are */
	enum err err = call_parse(&part, (int)count - 1, argv);

	if (err == ERR_OK)
		err = part.row->run(&part);
	call->why = part.why;
	return err;
}
#define TYPE(demo, ...)                                                                                      \
	type(demo, (const char *const[]){__VA_ARGS__},                                                       \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static bool is_there(struct arena *arena, const char *folder, const char *name)
{
	return access(str_format(arena, "%s/%s", folder, name).data, R_OK) == 0;
}

/* The clock's next whole minute behind everything recorded, in the form of --now. */
static struct str next_minute(const struct demo *demo, struct instant instant, int offset)
{
	const int64_t minute = INT64_C(60000000);
	struct instant next = {(instant.us + minute - 1) / minute * minute};

	return str_slice(instant_print(demo->call->arena, next, offset), 0, strlen("2019-02-18T09:00"));
}

static enum err import_table(struct demo *demo, const char *folder, struct str procedure, const char *now)
{
	struct arena *arena = demo->call->arena;

	return TYPE(demo, "import", demo->dir, "matters",
		str_format(arena, "%s/%.*s.csv", folder, STR_ARG(procedure)).data, "--procedure",
		str_copy(arena, procedure).data, "--now", now);
}

/* The next line of `rest`, which goes on behind it. */
static struct str first_next(struct str *rest)
{
	size_t at = 0;

	while (at < rest->size && rest->data[at] != '\n')
		at++;
	struct str name = str_trim(str_slice(*rest, 0, at));

	*rest = str_slice(*rest, at < rest->size ? at + 1 : at, rest->size);
	return name;
}

static bool is_first(struct str first, struct str name)
{
	while (first.size > 0)
		if (str_equal(first_next(&first), name))
			return true;
	return false;
}

static enum err import_first(struct demo *demo, const char *folder, struct str procedure, const char *now)
{
	return is_there(demo->call->arena, folder,
		       str_format(demo->call->arena, "%.*s.csv", STR_ARG(procedure)).data)
		       ? import_table(demo, folder, procedure, now)
		       : ERR_OK;
}

/* What others refer to comes before them, as first.txt says; the rest in the order of their names. */
static enum err import_all(struct demo *demo, const char *kind, const char *now)
{
	struct arena *arena = demo->call->arena;
	const char *folder = str_format(arena, "%.*s/%s", STR_ARG(demo->institution), kind).data;
	struct str *names, first = STR("");
	size_t count;

	TRY(folder_list(arena, folder, ".csv", &names, &count, &demo->call->why));
	if (is_there(arena, demo->institution.data, "first.txt"))
		TRY(file_read(arena, str_format(arena, "%.*s/first.txt", STR_ARG(demo->institution)).data,
			4096, &first, &demo->call->why));
	for (struct str rest = first; rest.size > 0;)
		TRY(import_first(demo, folder, first_next(&rest), now));
	for (size_t i = 0; i < count; i++) {
		struct str name = str_slice(names[i], 0, names[i].size - strlen(".csv"));

		if (!is_first(first, name))
			TRY(import_table(demo, folder, name, now));
	}
	return ERR_OK;
}

/* ---- what was reported without a name ---- */

static enum err read_letters(struct demo *demo, struct csv_table **ret_table)
{
	struct call *call = demo->call;
	const char *path = str_format(call->arena, "%.*s/letters.csv", STR_ARG(demo->institution)).data;
	struct csv_errors errors = csv_errors_new(call->arena, str_from(path));
	struct str text;

	TRY(file_read(call->arena, path, (size_t)1024 * 1024, &text, &call->why));
	*ret_table = csv_read(call->arena, text, &errors);
	return *ret_table != NULL && errors.count == 0
		       ? ERR_OK
		       : err_set(&call->why, ERR_INVALID, path, "it is no table of letters");
}

/* Each row as on paper: its procedure, its code, who enters it, when it came; the other columns are fields.
 */
static enum err enter_letter(
	struct demo *demo, const struct csv_table *table, const struct csv_row *row, const char *now)
{
	static const char *const options[] = {"code", "by", "came"};
	static const char *const switches[] = {"--code", "--as", "--came"};
	struct arena *arena = demo->call->arena;
	const char *words[WORDS_MAX] = {"letter", "enter", demo->dir, "", "--now", now};
	size_t count = 6;

	for (size_t i = 0; i < table->column_count && count + 2 <= WORDS_MAX; i++) {
		struct str value = row->cells[i];
		size_t option = 0;

		while (option < ARRAY_COUNT(options) && !str_is(table->columns[i], options[option]))
			option++;
		if (str_is(table->columns[i], "procedure")) {
			words[3] = str_copy(arena, value).data;
		} else if (option < ARRAY_COUNT(options)) {
			words[count++] = switches[option];
			words[count++] = str_copy(arena, value).data;
		} else {
			words[count++] =
				str_format(arena, "%.*s=%.*s", STR_ARG(table->columns[i]), STR_ARG(value))
					.data;
		}
	}
	enum err err = type(demo, words, count);

	return err == ERR_CONFLICT ? ERR_OK : err; /* a making that was cut off has entered it */
}

static enum err enter_letters(struct demo *demo, const char *now)
{
	struct csv_table *table;

	TRY(read_letters(demo, &table));
	for (size_t i = 0; i < table->row_count; i++)
		TRY(enter_letter(demo, table, &table->rows[i], now));
	return ERR_OK;
}

/* ---- its rules ---- */

/* The rules of a folder, in the order of their names; those that are in the register already stay. What a
 * matter amends comes in when that matter has said from which day on. */
static enum err register_rules(struct demo *demo, const char *kind, const char *now)
{
	struct call *call = demo->call;
	const char *folder = str_format(call->arena, "%.*s/%s", STR_ARG(demo->institution), kind).data;
	struct str *names;
	size_t count;

	TRY(folder_list(call->arena, folder, ".md", &names, &count, &call->why));
	for (size_t i = 0; i < count; i++) {
		enum err err = TYPE(demo, "rule", "issue", demo->dir,
			str_format(call->arena, "%s/%.*s", folder, STR_ARG(names[i])).data, "--as",
			RULES_OFFICE, "--once", str_copy(call->arena, names[i]).data, "--now", now);

		if (err != ERR_OK && !(err == ERR_INVALID && strcmp(call->why.place, "from") == 0))
			return err;
	}
	return ERR_OK;
}

/* Why two of them are being amended, which standards of work they carry out, and one that is no longer
 * needed. */
static enum err register_ties(struct demo *demo, const char *now)
{
	static const struct {
		const char *matter, *relation, *other, *by;
	} ties[] = {
		{"规〔2019〕2号", "arises_from", "问〔2019〕001号", "su0010"},
		{"规〔2019〕5号", "arises_from", "问〔2019〕001号", "feng0005"},
		{"规〔2019〕1号", "carries_out", "标〔2019〕1号", "zhong0004"},
		{"规〔2019〕5号", "carries_out", "标〔2019〕4号", "feng0005"},
	};

	for (size_t i = 0; i < ARRAY_COUNT(ties); i++)
		TRY(TYPE(demo, "link", demo->dir, ties[i].matter, ties[i].relation, ties[i].other, "--as",
			ties[i].by, "--once",
			str_format(demo->call->arena, "%s %s", ties[i].matter, ties[i].other).data, "--now",
			now));
	return TYPE(demo, "rule", "repeal", demo->dir, "reception", "--until", "2019-03-01", "--reason",
		"已有上级统一规定，本规定不再执行", "--as", RULES_OFFICE, "--once", "reception", "--now",
		now);
}

/* ---- its life ---- */

/* The holder of the office that puts rules in force, on the day of `now`. */
static enum err find_adopter(struct demo *demo, const char *now, struct str *ret_code, bool *ret_done)
{
	struct call *call = demo->call;
	struct call part = {.row = command_find("people"), .arena = call->arena, .chinese = call->chinese};
	struct stored_formula *formulas;
	struct house house;
	struct day day;
	size_t count;

	TRY(day_parse(str_slice(str_from(now), 0, strlen("2019-02-18")), &day, &call->why));
	part.arguments[part.count++] = demo->dir;
	if (house_open_to_read(&part, &house) != ERR_OK)
		return err_pass(&call->why, part.why.code, part.why.place, &part.why);
	const struct org *org = house.institution.org;
	const struct function *office = org_function(org, STR("rules_office"));
	const struct tenure *head =
		office == NULL ? NULL : org_holder(org, org_head_post(org, office->unit), day);
	enum err err = store_formulas(house.store, call->arena, &formulas, &count, &call->why);

	*ret_done = err == ERR_OK && (count > 0 || head == NULL);
	*ret_code = head == NULL ? STR("") : str_copy(call->arena, org_person(org, head->person)->code);
	house_close(&house);
	return err;
}

/* By which the performance of its units is reckoned. */
static enum err adopt_formula(struct demo *demo, const char *now)
{
	const char *file =
		str_format(demo->call->arena, "%.*s/performance.yaml", STR_ARG(demo->institution)).data;
	struct str code = STR("");
	bool done = true;

	TRY(find_adopter(demo, now, &code, &done));
	return done ? ERR_OK : TYPE(demo, "adopt", demo->dir, file, "--yes", "--as", code.data, "--now", now);
}

/* From where its record ends; nothing when it went beyond already. */
static enum err let_live(struct demo *demo, const char *now)
{
	struct call *call = demo->call;
	struct call part = {
		.row = command_find("tick"), .arena = call->arena, .chinese = call->chinese, .quiet = true};

	if (strcmp(now, LIVED) >= 0)
		return ERR_OK;
	part.arguments[part.count++] = demo->dir;
	part.options[part.option_count].name = "now";
	part.options[part.option_count++].value = LIVED;
	enum err err =
		life_play(&part, str_format(call->arena, "%.*s/life.csv", STR_ARG(demo->institution)).data);

	call->why = part.why;
	return err;
}

static enum err give_accounts(struct demo *demo, const char *now)
{
	const char *words[WORDS_MAX] = {"account", demo->dir, "samples"};
	size_t count = 3;

	for (size_t i = 0; i < ARRAY_COUNT(people); i++)
		words[count++] = people[i];
	words[count++] = "--now";
	words[count++] = now;
	return type(demo, words, count);
}

/* ---- what is there ---- */

static bool is_empty(const char *dir)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;
	int entries = 0;

	if (folder == NULL)
		return errno == ENOENT;
	while ((entry = readdir(folder)) != NULL)
		entries += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	closedir(folder);
	return entries == 0;
}

/* In the present folder, beside the folder of the program as a build leaves it, or where a package puts it.
 */
static enum err find_institution(struct demo *demo)
{
	static const char *const beside[] = {
		"../institutions/" INSTITUTION, "../share/bihuan/institutions/" INSTITUTION};
	struct arena *arena = demo->call->arena;
	char program[PATH_MAX];
	ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);

	demo->institution = STR("institutions/" INSTITUTION);
	if (is_there(arena, demo->institution.data, "institution.yaml"))
		return ERR_OK;
	program[size < 0 ? 0 : size] = '\0';
	char *slash = strrchr(program, '/');

	if (slash != NULL)
		*slash = '\0';
	for (size_t i = 0; i < ARRAY_COUNT(beside); i++) {
		demo->institution = str_format(arena, "%s/%s", program, beside[i]);
		if (is_there(arena, demo->institution.data, "institution.yaml"))
			return ERR_OK;
	}
	return err_set(&demo->call->why, ERR_NOT_FOUND, "institutions/" INSTITUTION,
		"the sample institution isn't here: call it in the folder of the sources");
}

struct found {
	bool demo;
	struct store_institution institution;
	struct instant last;
};

static enum err look(struct demo *demo, struct found *found)
{
	struct call *call = demo->call;
	struct store *store;
	uint64_t size;

	TRY(store_open(str_from(demo->dir), STORE_READ, &store, &call->why));
	enum err err = store_institution_get(store, call->arena, &found->institution, &call->why);

	if (err == ERR_OK)
		err = store_demo_get(store, &found->demo, &call->why);
	if (err == ERR_OK)
		err = store_ledger_size(store, &size, &found->last, &call->why);
	store_close(store);
	return err;
}

static enum err make(struct demo *demo)
{
	struct call *call = demo->call;
	struct found found;

	if (is_empty(demo->dir)) {
		TRY(find_institution(demo));
		fprintf(stderr, "bihuan: demo: %s\n",
			say(call, "正在建立2019年的蓬江区……", "making the district of 2019 …"));
		TRY(TYPE(demo, "init", demo->dir, "--institution", demo->institution.data, "--now", FOUNDED));
	} else if (!is_there(call->arena, demo->dir, "bihuan.db")) {
		return err_set(&call->why, ERR_CONFLICT, demo->dir,
			"there is something else in this folder: name an empty one with --dir");
	}
	TRY(look(demo, &found));
	if (found.demo)
		return ERR_OK;
	/* A story played on it, or a making that was cut off: what is known already isn't opened again. */
	if (!str_is(found.institution.name, INSTITUTION))
		return err_set(&call->why, ERR_REFUSED, demo->dir,
			"this is an institution of its own, and no demonstration: bihuan serve serves it");
	TRY(find_institution(demo));
	struct str minute = next_minute(demo, found.last, found.institution.offset_minutes);
	const char *now = strcmp(minute.data, IMPORTED) < 0 ? IMPORTED : str_copy(call->arena, minute).data;

	TRY(import_all(demo, "matters", now));
	TRY(import_all(demo, "earlier", now));
	TRY(enter_letters(demo, now));
	TRY(adopt_formula(demo, now));
	TRY(register_rules(demo, "rules", now));
	TRY(register_ties(demo, now));
	TRY(let_live(demo, now));
	TRY(look(demo, &found));
	minute = next_minute(demo, found.last, found.institution.offset_minutes);
	TRY(register_rules(demo, "rules/later", str_copy(call->arena, minute).data));
	TRY(look(demo, &found));
	minute = next_minute(demo, found.last, found.institution.offset_minutes);
	return give_accounts(demo, str_copy(call->arena, minute).data);
}

/* ---- what is told ---- */

static void put_account(struct house *house, struct table *table, const struct account *account)
{
	int64_t post;
	bool stands = account->person != 0 &&
		      org_posts_held(house->institution.org, account->person, house->today, &post, 1) == 1;

	table_put(table, account->code);
	table_put(table, account->person != 0 ? tell_person(&house->teller, account->person) : STR(""));
	table_put(table, stands ? tell_post(&house->teller, post)
			 : account->person != 0
				 ? STR("")
				 : str_from(tell_word(&house->teller, admin_name(account->admin))));
}

static enum err tell_accounts(struct demo *demo)
{
	struct call *call = demo->call;
	struct table *table = table_new(call, TABLE_TEXT, 3);
	struct directory *directory;
	struct house house;

	TRY(house_open_to_read(call, &house));
	enum err err = store_directory_load(house.store, call->arena, &directory, &call->why);

	table_head(table, "account", "账号", "account");
	table_head(table, "name", "姓名", "name");
	table_head(table, "role", "岗位", "role");
	for (size_t i = 0; err == ERR_OK && i < directory_account_count(directory); i++)
		if (directory_account_at(directory, i)->state == ACCOUNT_ACTIVE)
			put_account(&house, table, directory_account_at(directory, i));
	if (err == ERR_OK)
		err = table_print(table);
	house_close(&house);
	return err;
}

static void say_started(void *context, struct str address)
{
	struct demo *demo = context;
	struct call *call = demo->call;

	if (call->json) {
		printf("{\"address\":\"%.*s\"}\n", STR_ARG(address));
	} else {
		printf(say(call, "以上示例账号的口令都是 %s\n",
			       "the password of each of these sample accounts: %s\n"),
			AUTH_SAMPLE_PASSWORD);
		printf(say(call, "匿名反映:/letter;示例回执码 %s 在 /answer 查看答复\n",
			       "reporting without a name: /letter; the answers to a sample's code %s: "
			       "/answer\n"),
			SAMPLE_LETTER);
		printf("%s %.*s    %s\n", say(call, "正在服务:", "serving at"), STR_ARG(address),
			say(call, "按 Ctrl-C 停止", "Ctrl-C stops it"));
	}
	(void)fflush(stdout);
}

/* ---- serving it ---- */

static struct instant demo_now(void *context)
{
	const struct demo *demo = context;

	return (struct instant){act_machine.now(act_machine.context).us + demo->moved_us};
}

static void demo_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	act_machine.random(act_machine.context, bytes, size);
}

/* Without --listen an address that is taken is no reason to stop. */
static enum err serve(struct demo *demo)
{
	struct call *call = demo->call;
	const char *listen = option_value(call, "listen");
	struct act_source source = {demo_now, demo_random, demo};
	struct http_config config = {.dir = str_from(demo->dir),
		.listen = listen == NULL ? STR(LISTEN) : str_from(listen),
		.access_log = STR_NONE,
		.source = &source};
	int cut = 0;

	if (!http_is_local(config.listen))
		return err_set(&call->why, ERR_REFUSED, "--listen",
			"this is a demonstration, whose accounts have a password that everybody knows: it is "
			"served "
			"on 127.0.0.1 only, and behind no proxy");
	demo->moved_us = demo->begin.us - act_machine.now(act_machine.context).us;
	enum err err = http_run(&config, say_started, demo, &cut, &call->why);

	if (err != ERR_BUSY || listen != NULL || strcmp(call->why.place, LISTEN) != 0)
		return err;
	fprintf(stderr, "bihuan: demo: %s\n",
		say(call, LISTEN " 已被别的程序占用,改用空闲端口;也可以用 --listen 127.0.0.1:端口 指定",
			LISTEN
			" is taken by another program, so a free port is used; or name one with --listen "
			"127.0.0.1:PORT"));
	call->why = (struct bh_err){0};
	config.listen = STR("127.0.0.1:0");
	return http_run(&config, say_started, demo, &cut, &call->why);
}

enum err command_demo(struct call *call)
{
	struct demo demo = {
		.call = call, .dir = option_given(call, "dir") ? option_value(call, "dir") : "demo-data"};
	struct found found;

	TRY(make(&demo));
	TRY(look(&demo, &found));
	/* From here on it is an ordinary folder, looked at in its own time. */
	call->arguments[call->count++] = demo.dir;
	if (!option_given(call, "now")) {
		struct str now = next_minute(&demo, found.last, found.institution.offset_minutes);

		REQUIRE(call->option_count < OPTIONS_MAX);
		call->options[call->option_count].name = "now";
		call->options[call->option_count++].value = str_copy(call->arena, now).data;
	}
	TRY(call_now(call, found.institution.offset_minutes, &demo.begin));
	if (!call->json)
		TRY(tell_accounts(&demo));
	return serve(&demo);
}
