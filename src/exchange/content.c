#include "exchange/content.h"

#include "exchange/charset.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEAD_SIZE      1024 /* as far as a browser looks to guess what it was sent */
#define TEXT_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* ---- markup and programs ---- */

static bool has_word(struct str bytes, const char *word)
{
	size_t size = strlen(word);

	for (size_t i = 0; i + size <= bytes.size; i++)
		if (strncasecmp(bytes.data + i, word, size) == 0)
			return true;
	return false;
}

/* What a browser would take for a page, whatever else it is. */
static bool is_markup(struct str bytes)
{
	static const char *const words[] = {
		"<html", "<!doctype", "<script", "<svg", "<iframe", "<body", "<?php"};
	struct str head = str_slice(bytes, 0, HEAD_SIZE);

	for (size_t i = 0; i < ARRAY_COUNT(words); i++)
		if (has_word(head, words[i]))
			return true;
	return false;
}

/* ---- zip ---- */

#define ZIP_END_SIZE    22
#define ZIP_ENTRY_SIZE  46
#define ZIP_COMMENT_MAX 65535

static uint32_t little(struct str bytes, size_t at, size_t size)
{
	uint32_t value = 0;

	for (size_t i = size; i > 0; i--)
		value = value << 8 | (unsigned char)bytes.data[at + i - 1];
	return value;
}

/* Where the end record stands: the last one that reaches to the very end of the file. SIZE_MAX: nowhere. */
static size_t zip_end(struct str bytes)
{
	for (size_t back = ZIP_END_SIZE; back <= bytes.size && back <= ZIP_END_SIZE + ZIP_COMMENT_MAX;
		back++) {
		size_t at = bytes.size - back;

		if (memcmp(bytes.data + at, "PK\5\6", 4) == 0 &&
			little(bytes, at + 20, 2) + (size_t)ZIP_END_SIZE == back)
			return at;
	}
	return SIZE_MAX;
}

/* What the names of a package's entries tell of it. */
struct package {
	bool types, word, excel, slides, ofd, macros;
};

static void see_entry(struct package *package, struct str name)
{
	package->types = package->types || str_is(name, "[Content_Types].xml");
	package->word = package->word || str_is(name, "word/document.xml");
	package->excel = package->excel || str_is(name, "xl/workbook.xml") || str_is(name, "xl/workbook.bin");
	package->slides = package->slides || str_is(name, "ppt/presentation.xml");
	package->ofd = package->ofd || str_is(name, "OFD.xml");
	package->macros = package->macros || str_ends(name, "vbaProject.bin");
}

/* The central directory, which is what an office suite goes by. False when it isn't one. */
static bool read_package(struct str bytes, struct package *ret_package)
{
	size_t end = zip_end(bytes);

	*ret_package = (struct package){0};
	if (end == SIZE_MAX)
		return false;
	size_t count = little(bytes, end + 10, 2), at = little(bytes, end + 16, 4);

	for (size_t i = 0; i < count; i++) {
		if (count > ZIP_ENTRIES_MAX || at > end || end - at < ZIP_ENTRY_SIZE ||
			memcmp(bytes.data + at, "PK\1\2", 4) != 0)
			return false;
		size_t name = little(bytes, at + 28, 2),
		       rest = (size_t)little(bytes, at + 30, 2) + little(bytes, at + 32, 2);

		if (end - at - ZIP_ENTRY_SIZE < name + rest)
			return false;
		see_entry(ret_package, str_slice(bytes, at + ZIP_ENTRY_SIZE, name));
		at += ZIP_ENTRY_SIZE + name + rest;
	}
	return true;
}

/* ---- the kinds ---- */

enum form {
	FORM_PLAIN, /* known by its first bytes */
	FORM_PDF,
	FORM_PNG,
	FORM_MP4,
	FORM_WEBP,
	FORM_OLE, /* of the older office suites */
	FORM_WORD,
	FORM_EXCEL,
	FORM_SLIDES,
	FORM_OFD,
	FORM_TEXT
};

/* What each kind begins with, which endings its names have, and how it is looked at. */
static const struct kind_row {
	enum form form;
	const char *magic;
	size_t magic_size;
	const char *endings; /* .a.b.c. */
	const char *media;
} kind_rows[] = {
	{FORM_PDF, "%PDF-", 5, ".pdf.", "application/pdf"},
	{FORM_PNG, "\x89PNG\r\n\x1A\n", 8, ".png.", "image/png"},
	{FORM_PLAIN, "\xFF\xD8\xFF", 3, ".jpg.jpeg.", "image/jpeg"},
	{FORM_PLAIN, "GIF87a", 6, ".gif.", "image/gif"},
	{FORM_PLAIN, "GIF89a", 6, ".gif.", "image/gif"},
	{FORM_WEBP, "RIFF", 4, ".webp.", "image/webp"},
	{FORM_PLAIN, "ID3", 3, ".mp3.", "audio/mpeg"},
	{FORM_PLAIN, "\xFF\xFB", 2, ".mp3.", "audio/mpeg"},
	{FORM_PLAIN, "\xFF\xF3", 2, ".mp3.", "audio/mpeg"},
	{FORM_MP4, "", 0, ".mp4.m4a.mov.", "video/mp4"},
	{FORM_OLE, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, ".doc.wps.", "application/msword"},
	{FORM_OLE, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, ".xls.et.", "application/vnd.ms-excel"},
	{FORM_OLE, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, ".ppt.dps.", "application/vnd.ms-powerpoint"},
	{FORM_WORD, "PK\3\4", 4, ".docx.docm.",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
	{FORM_EXCEL, "PK\3\4", 4, ".xlsx.xlsm.xlsb.",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
	{FORM_SLIDES, "PK\3\4", 4, ".pptx.pptm.",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation"},
	{FORM_OFD, "PK\3\4", 4, ".ofd.", "application/ofd"},
	{FORM_TEXT, "", 0, ".csv.", "text/csv"},
	{FORM_TEXT, "", 0, ".txt.", "text/plain"},
};

/* One that goes on behind its own end is two files in one. */
static bool ends_as_pdf(struct str bytes)
{
	struct str tail =
		bytes.size > HEAD_SIZE ? str_slice(bytes, bytes.size - HEAD_SIZE, HEAD_SIZE) : bytes;

	return str_find(tail, STR("%%EOF")) != SIZE_MAX && zip_end(bytes) == SIZE_MAX;
}

static bool is_clean_text(struct arena *arena, struct str bytes)
{
	struct str text;
	size_t line;

	if (bytes.size > TEXT_BYTES_MAX)
		return false;
	for (size_t i = 0; i < bytes.size; i++) {
		unsigned char c = (unsigned char)bytes.data[i];

		if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
			return false;
	}
	if (charset_decode(arena, bytes, &text, &line) != NULL)
		return false;
	text = str_trim(text);
	return !str_starts(text, "<") && !str_starts(text, "#!");
}

static bool fits_form(struct arena *arena, enum form form, struct str bytes)
{
	struct package package;

	switch (form) {
	case FORM_PLAIN:
	case FORM_OLE:
		return true;
	case FORM_PDF:
		return ends_as_pdf(bytes);
	case FORM_PNG:
		return str_equal(
			str_slice(bytes, bytes.size - 8, 8), (struct str){"IEND\xAE\x42\x60\x82", 8});
	case FORM_MP4:
		return bytes.size > 8 && memcmp(bytes.data + 4, "ftyp", 4) == 0;
	case FORM_WEBP:
		return bytes.size > 12 && memcmp(bytes.data + 8, "WEBP", 4) == 0;
	case FORM_TEXT:
		return is_clean_text(arena, bytes);
	default:
		break;
	}
	if (!read_package(bytes, &package))
		return false;
	return form == FORM_OFD     ? package.ofd
	       : form == FORM_WORD  ? package.types && package.word
	       : form == FORM_EXCEL ? package.types && package.excel
				    : package.types && package.slides;
}

/* The older suites keep a stream of this name, in UTF-16, where they keep programs. */
static bool has_macros(enum form form, struct str bytes)
{
	static const char stream[] = "_\0V\0B\0A\0_\0P\0R\0O\0J\0E\0C\0T";
	struct package package;

	if (form == FORM_OLE)
		return str_find(bytes, (struct str){stream, sizeof stream - 1}) != SIZE_MAX;
	return form >= FORM_WORD && form <= FORM_SLIDES && read_package(bytes, &package) && package.macros;
}

/* ---- names ---- */

static bool has_ending(const struct kind_row *row, struct str name)
{
	size_t dot = name.size;

	while (dot > 0 && name.data[dot - 1] != '.')
		dot--;
	struct str ending = str_slice(name, dot, name.size);
	const char *at = row->endings;

	for (const char *next; dot > 0 && ending.size > 0 && (next = strchr(at + 1, '.')) != NULL; at = next)
		if ((size_t)(next - at - 1) == ending.size &&
			strncasecmp(at + 1, ending.data, ending.size) == 0)
			return true;
	return false;
}

enum err content_judge(struct arena *arena, struct str bytes, struct str name, struct content *ret_content,
	struct bh_err *reterr)
{
	const struct kind_row *named = NULL;

	if (bytes.size == 0)
		return err_set(reterr, ERR_MEDIA, "file", "the file is empty");
	for (size_t i = 0; i < ARRAY_COUNT(kind_rows); i++) {
		const struct kind_row *row = &kind_rows[i];

		if (!has_ending(row, name))
			continue;
		named = row;
		if (bytes.size < row->magic_size || memcmp(bytes.data, row->magic, row->magic_size) != 0 ||
			is_markup(bytes) || !fits_form(arena, row->form, bytes))
			continue;
		*ret_content = (struct content){row->media, has_macros(row->form, bytes)};
		return ERR_OK;
	}
	if (named == NULL)
		return err_set(reterr, ERR_MEDIA, "file",
			"files of this kind aren't taken: send pdf, ofd, pictures, office documents, plain "
			"text, mp3 or mp4");
	return err_set(reterr, ERR_MEDIA, "file",
		"the content isn't what the name's ending says, or the file is damaged: save it anew");
}

/* Mapped, so that a large file isn't held in memory; nobody else has it yet. */
static enum err map_file(const char *path, struct str *ret_bytes, struct bh_err *reterr)
{
	struct stat found;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	*ret_bytes = STR_NONE;
	if (fd < 0 || fstat(fd, &found) != 0) {
		if (fd >= 0)
			close(fd);
		return err_set(reterr, ERR_IO, path, "it can't be opened: %s", strerror(errno));
	}
	void *bytes =
		found.st_size == 0 ? NULL : mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_PRIVATE, fd, 0);

	close(fd);
	if (bytes == MAP_FAILED)
		return err_set(reterr, ERR_IO, path, "it can't be read: %s", strerror(errno));
	*ret_bytes = (struct str){bytes, (size_t)found.st_size};
	return ERR_OK;
}

enum err content_look(const char *path, struct str name, struct content *ret_content, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct str bytes;
	enum err err = map_file(path, &bytes, reterr);

	if (err == ERR_OK)
		err = content_judge(arena, bytes, name, ret_content, reterr);
	if (bytes.size > 0)
		munmap((void *)(uintptr_t)bytes.data, bytes.size);
	arena_free(arena);
	return err;
}

/* Signs that turn the direction of what is read, or that nobody sees. */
static bool is_deceptive(uint32_t c)
{
	return (c >= 0x80 && c <= 0x9F) || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

enum err file_name_clean(struct str name, struct str *ret_name, struct bh_err *reterr)
{
	name = str_trim(name);
	if (name.size == 0 || name.size > FILE_NAME_BYTES_MAX || !utf8_is_valid(name))
		return err_set(reterr, ERR_INVALID, "name", "a file's name has 1 to %zu bytes of UTF-8",
			FILE_NAME_BYTES_MAX);
	for (size_t i = 0; i < name.size;) {
		uint32_t c;

		i += utf8_next(name, i, &c);
		if (c < 0x20 || c == 0x7F || c == '/' || c == '\\' || is_deceptive(c))
			return err_set(reterr, ERR_INVALID, "name",
				"it holds a slash, a control character, or a sign that hides or reverses "
				"what is read");
	}
	if (name.data[0] == '.' || name.data[name.size - 1] == '.')
		return err_set(reterr, ERR_INVALID, "name", "it neither begins nor ends with a full stop");
	*ret_name = name;
	return ERR_OK;
}
