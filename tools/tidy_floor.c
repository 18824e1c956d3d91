/* tidy_floor.c: the floor plan. A room includes only rooms below it, by their public header, and each foreign
 * library is known to one file. */
#include "tidy.h"

#include <string.h>

/* A room may include itself and these. Adding a room means adding a row. */
static const struct room {
	const char *name, *may_include;
} rooms[] = {
	{"base", ""},
	{"wire", "base"},
	{"calendar", "base"},
	{"org", "base"},
	{"account", "base calendar org"},
	{"ledger", "base"},
	{"procedure", "base calendar org"},
	{"matter", "base calendar org procedure"},
	{"grasp", "base calendar org ledger procedure"},
	{"store", "base calendar org account procedure matter grasp ledger"},
	{"act", "base calendar org account procedure matter grasp ledger store"},
	{"outside", "base calendar org account store act wire"},
	{"check", "base calendar org account procedure matter grasp ledger store"},
	{"exchange", "base calendar org account procedure matter grasp ledger store"},
	{"view", "base calendar org account procedure matter grasp ledger store"},
	{"paper", "base calendar org procedure matter grasp ledger store exchange view"},
	{"intake", "base calendar org account procedure matter grasp ledger store act exchange view"},
	{"levels", "base calendar org account procedure matter grasp ledger store act exchange view"},
	{"outbox", "base calendar org account procedure matter grasp ledger store act view wire"},
	{"http", "base calendar org account procedure matter grasp ledger store act check exchange view "
		 "paper intake levels outbox outside"},
	{"cli", "base calendar org account procedure matter grasp ledger store act check exchange view "
		"paper intake levels outbox outside http"},
};

/* Headers beside <room>/<room>.h that other rooms may include, and which. base/ is open to all. */
static const struct door {
	const char *header, *rooms;
} doors[] = {
	{"wire/settings_file.h", "outbox outside"},
	{"store/store_write.h", "act"}, /* nobody else can begin a write */
	{"store/store_session.h", "act"}, {"store/store_meeting.h", "exchange view"},
	{"store/store_rule.h", "act check exchange view http cli intake"},
	{"store/store_outbox.h", "act outbox http cli"}, {"act/auth.h", "outside http cli"},
	{"act/outbox.h", "outbox"},
	{"store/store_rows.h",
		"act check"}, /* check puts rows into a store in memory, into which it replays */
	{"grasp/ballot.h", "store act check exchange view http cli"}, {"exchange/slip.h", "cli paper"},
	{"view/ballot_view.h", "http cli"}, {"view/letter_view.h", "http cli"},
	{"exchange/calendar_feed.h", "http"}, {"exchange/calendar_table.h", "cli http intake"},
	{"exchange/coverage_table.h", "cli http"}, {"exchange/column_choice.h", "cli http intake"},
	{"exchange/csv.h", "cli http intake"}, /* one public header for each format */
	{"exchange/content.h", "http levels"}, {"exchange/evidence.h", "cli http levels"},
	{"exchange/file.h", "cli http levels paper"}, {"exchange/letter_files.h", "cli http"},
	{"exchange/performance.h", "http"}, {"exchange/institution.h", "cli http"},
	{"exchange/matter_table.h", "cli http intake"}, {"exchange/org_table.h", "cli http intake"},
	{"exchange/report.h", "cli http paper"}, {"exchange/roster_figures.h", "http"},
	{"exchange/sheet_table.h", "cli http intake"}, {"exchange/sheet_write.h", "cli http"},
	{"exchange/workbook.h", "cli http intake"}, {"exchange/package.h", "cli http levels"},
	{"view/attest.h", "levels"}, {"view/put.h", "levels"}, {"view/package_view.h", "levels"},
	{"grasp/level.h", "store act check exchange view levels http cli"}, {"intake/kind.h", "cli http"},
	{"intake/form.h", "cli http"}, {"intake/rules.h", "cli http"}, {"matter/simulate.h", "cli"},
	{"view/audit_words.h", "cli http"}, {"view/coverage.h", "http cli"},
	{"view/institution.h", "cli http intake levels paper"}, {"view/lines.h", "http cli"},
	{"view/meeting_view.h", "http"}, {"view/list_table.h", "http cli"},
	{"view/matter_view.h", "cli http paper"}, {"view/check_in.h", "http"},
	{"view/procedure_view.h", "http cli"}, {"view/teller.h", "cli http intake levels outbox paper"},
	{"view/unknown.h", "cli http intake paper"}, {"exchange/docx.h", "paper"},
	{"exchange/lrmx.h", "cli intake paper"}, {"exchange/picture.h", "paper"}, {"exchange/pdf.h", "paper"},
	{"exchange/children.h", "cli"}, {"grasp/rule.h", "store act check exchange view http cli"},
	{"view/rule_view.h", "http cli intake"}, {"exchange/rule_file.h", "cli intake"},
	{"procedure/yaml_tree.h",
		"exchange grasp"}, /* institution.yaml and formulas are YAML too, with places */
};

/* Each foreign library and the files that may know it. */
static const struct foreign {
	const char *header, *homes;
} foreigns[] = {
	{"sqlite3.h", "src/store/store_sqlite.h src/store/store_fts.c"},
	{"libpq-fe.h", "src/store/store_pg.c"},
	{"openssl/", "src/base/hash.c src/base/pubkey.c src/base/seal.c src/base/sign.c"},
	{"argon2.h", "src/base/password.c"},
	{"jansson.h", "src/base/doc_read.c"},
	{"yaml.h", "src/procedure/yaml_tree.c"},
	{"microhttpd.h", "src/http/server.c"},
	{"gnutls/", "src/http/tls.c"},
	{"iconv.h", "src/exchange/charset.c"},
	{"glpk.h", "src/grasp/coverage_solver.c"},
	{"curl/", "src/wire/wire.c"},
	{"ldap.h", "src/outside/ldap_ask.c"},
	{"cairo", "src/exchange/pdf_draw.c"},
	{"fontconfig/", "src/exchange/pdf_draw.c"},
	{"expat.h", "src/exchange/parts_xml.c"},
	{"qrencode.h", "src/exchange/qr.c"},
	{"seccomp.h", "src/exchange/apart.c"},
	{"xlsxwriter.h", "src/exchange/sheet_write.c"},
	{"zip.h", "src/exchange/parts_zip.c"},
};

/* What the C library and POSIX give. Everything else is foreign and needs a row above. */
static const char system_headers[] =
	"arpa/inet.h assert.h ctype.h dirent.h errno.h fcntl.h float.h inttypes.h limits.h locale.h math.h "
	"netdb.h netinet/in.h netinet/tcp.h poll.h pthread.h sched.h signal.h spawn.h stdalign.h stdarg.h "
	"stdatomic.h "
	"stdbool.h stddef.h stdint.h stdio.h stdlib.h stdnoreturn.h string.h strings.h sys/file.h sys/mman.h "
	"sys/prctl.h sys/random.h sys/resource.h sys/socket.h sys/stat.h sys/statvfs.h sys/time.h "
	"sys/types.h sys/un.h "
	"sys/wait.h "
	"termios.h time.h unistd.h";

static const struct room *room_find(const char *name)
{
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
		if (strcmp(rooms[i].name, name) == 0)
			return &rooms[i];
	return NULL;
}

bool room_is_known(const char *room)
{
	return room_find(room) != NULL;
}

static bool is_open(const char *header, const char *target, const char *room)
{
	if (strcmp(target, "base") == 0 || strcmp(header, text_format("%s/%s.h", target, target)) == 0)
		return true;
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
		if (strcmp(doors[i].header, header) == 0)
			return list_has(doors[i].rooms, room);
	return false;
}

/* An include of another room, from a file of a room. */
static void room_include_check(const struct source *source, int line, const char *header, const char *target)
{
	const struct room *room = room_find(source->room);

	if (room == NULL || strcmp(source->room, target) == 0)
		return; /* a room without a row is complained of once, as a folder */
	if (!list_has(room->may_include, target))
		complain(source->path, line, "%s/ may not include %s/; it stands on: %s", source->room,
			target, *room->may_include != '\0' ? room->may_include : "nothing");
	else if (!is_open(header, target, source->room))
		complain(source->path, line, "%s is private to %s/; include %s/%s.h", header, target, target,
			target);
}

static void foreign_include_check(const struct source *source, int line, const char *header)
{
	for (size_t i = 0; i < sizeof foreigns / sizeof *foreigns; i++) {
		if (!path_starts(header, foreigns[i].header))
			continue;
		if (!list_has(foreigns[i].homes, source->path))
			complain(source->path, line, "<%s> has its home in %s; go through it", header,
				foreigns[i].homes);
		return;
	}
	if (!list_has(system_headers, header))
		complain(source->path, line,
			"<%s> is foreign and has no home yet; give it one in tidy_floor.c", header);
}

static void include_check(const struct source *source, int line, const char *rest)
{
	bool quoted = *rest == '"';
	size_t size = strcspn(rest + 1, "\">");
	const char *header = text_format("%.*s", (int)size, rest + 1);
	const char *slash = strchr(header, '/');

	if (!quoted) {
		foreign_include_check(source, line, header);
		return;
	}
	if (slash == NULL) {
		complain(source->path, line, "\"%s\" must be written with its room: \"%s/%s\"", header,
			source->room, header);
		return;
	}
	const char *target = text_format("%.*s", (int)(slash - header), header);

	if (!room_is_known(target))
		complain(source->path, line, "\"%s\" names no room", header);
	else
		room_include_check(source, line, header, target);
}

void floor_check(const struct source *source)
{
	if (!source_is_c(source) || *source->room == '\0')
		return;
	for (int line = 1; line <= source->line_count; line++) {
		const char *code =
			source_code_line(source, line) + strspn(source_code_line(source, line), " \t");

		if (*code != '#' || !path_starts(code + 1 + strspn(code + 1, " \t"), "include"))
			continue;
		const char *text = source_line(source, line), *rest = strpbrk(text, "\"<");

		if (rest != NULL)
			include_check(source, line, rest);
	}
}
