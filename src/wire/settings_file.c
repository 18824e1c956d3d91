/* settings_file.c: see settings_file.h. */
#include "wire/settings_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX ((size_t)256 * 1024)

/* ---- the file ---- */

static enum err read_whole(
	int fd, const char *name, struct arena *arena, struct str *ret_text, struct bh_err *reterr)
{
	char *text = ARENA_TAKE(arena, FILE_MAX + 1, char);
	size_t size = 0;
	ssize_t got;

	while (size <= FILE_MAX && (got = read(fd, text + size, FILE_MAX + 1 - size)) > 0)
		size += (size_t)got;
	if (size > FILE_MAX)
		return err_set(reterr, ERR_RANGE, name, "it is larger than any such file");
	*ret_text = (struct str){text, size};
	return ERR_OK;
}

static enum err read_file(
	struct str dir, const char *name, struct arena *arena, struct str *ret_text, struct bh_err *reterr)
{
	struct str path = str_format(arena, "%.*s/%s", STR_ARG(dir), name);
	int fd = open(path.data, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat found;

	if (fd < 0 && errno == ENOENT)
		return ERR_NOT_FOUND;
	if (fd < 0)
		return err_set(reterr, ERR_IO, name, "it can't be read: %s", strerror(errno));
	enum err err = ERR_OK;

	if (fstat(fd, &found) != 0 || !S_ISREG(found.st_mode))
		err = err_set(reterr, ERR_INVALID, name, "it is no file");
	else if ((found.st_mode & 077) != 0)
		err = err_set(
			reterr, ERR_FORBIDDEN, name, "it holds secrets and others may read it: chmod 600");
	else
		err = read_whole(fd, name, arena, ret_text, reterr);
	close(fd);
	return err;
}

/* ---- its tree ---- */

enum err settings_file_keys(const struct settings_file *file, const struct doc *object, const char *place,
	const char *const *keys, size_t count)
{
	if (object->kind != DOC_OBJECT)
		return err_set(file->reterr, ERR_INVALID, place, "an object must stand here");
	for (size_t i = 0; i < object->count; i++) {
		size_t at = 0;

		while (at < count && !str_is(object->keys[i], keys[at]))
			at++;
		if (at == count)
			return err_set(file->reterr, ERR_INVALID, place, "no such setting: %.*s",
				STR_ARG(object->keys[i]));
	}
	return ERR_OK;
}

enum err settings_file_text(const struct settings_file *file, const struct doc *object, const char *key,
	bool must, struct str *ret_text)
{
	const struct doc *value = doc_get(object, key);

	*ret_text = STR("");
	if (value == NULL && !must)
		return ERR_OK;
	if (value == NULL || value->kind != DOC_TEXT || value->text.size == 0)
		return err_set(file->reterr, ERR_INVALID, key, "a text must stand here");
	for (size_t i = 0; i < value->text.size; i++)
		if ((unsigned char)value->text.data[i] < ' ')
			return err_set(file->reterr, ERR_INVALID, key, "it must be one line");
	*ret_text = str_copy(file->arena, value->text);
	return ERR_OK;
}

enum err settings_file_texts(const struct settings_file *file, const struct doc *object, const char *key,
	struct str **ret_texts, size_t *ret_count)
{
	const struct doc *list = doc_get(object, key);

	*ret_count = list == NULL ? 0 : list->count;
	*ret_texts = ARENA_TAKE(file->arena, *ret_count + 1, struct str);
	if (list == NULL)
		return ERR_OK;
	if (list->kind != DOC_LIST)
		return err_set(file->reterr, ERR_INVALID, key, "a list of texts must stand here");
	for (size_t i = 0; i < list->count; i++) {
		if (list->items[i].kind != DOC_TEXT || list->items[i].text.size == 0)
			return err_set(file->reterr, ERR_INVALID, key, "a list of texts must stand here");
		(*ret_texts)[i] = str_copy(file->arena, list->items[i].text);
	}
	return ERR_OK;
}

/* ---- hosts ---- */

enum err settings_file_host(const struct settings_file *file, struct str host, const char *place)
{
	if (!wire_is_host(host))
		return err_set(file->reterr, ERR_INVALID, place,
			"a host is a name of small letters, or an IPv4 address");
	for (size_t i = 0; i < file->host_count; i++)
		if (str_equal(file->hosts[i], host))
			return ERR_OK;
	return err_set(file->reterr, ERR_FORBIDDEN, place,
		"%.*s isn't among the hosts that may be called: add it to \"hosts\"", STR_ARG(host));
}

enum err settings_file_port(const struct settings_file *file, const struct doc *object, const char *place,
	int otherwise, int *ret_port)
{
	int64_t port = doc_get_int(object, "port", otherwise);

	if (port < 1 || port > 65535)
		return err_set(file->reterr, ERR_RANGE, place, "ports are 1 to 65535");
	*ret_port = (int)port;
	return ERR_OK;
}

enum err settings_file_link(const struct settings_file *file, const struct doc *object, struct str *ret_link)
{
	struct str link;

	TRY(settings_file_text(file, object, "link", true, &link));
	if (!str_starts(link, "https://") && !str_starts(link, "http://"))
		return err_set(
			file->reterr, ERR_INVALID, "link", "it is where people find the pages: https://…");
	while (str_ends(link, "/"))
		link.size--;
	*ret_link = str_copy(file->arena, link);
	return ERR_OK;
}

static enum err read_inside(struct settings_file *file)
{
	struct wire_rules *rules = &file->rules;
	struct str *texts;

	TRY(settings_file_texts(file, file->tree, "inside", &texts, &rules->inside_count));
	if (rules->inside_count > REACH_INSIDE_MAX)
		return err_set(file->reterr, ERR_RANGE, "inside", "at most %d of them", REACH_INSIDE_MAX);
	for (size_t i = 0; i < rules->inside_count; i++)
		if (!reach_range_parse(texts[i], &rules->inside[i]))
			return err_set(file->reterr, ERR_INVALID, "inside",
				"%.*s is no address and no range such as 10.1.0.0/16", STR_ARG(texts[i]));
	return ERR_OK;
}

enum err settings_file_read(struct str dir, const char *name, struct arena *arena,
	struct settings_file *ret_file, struct bh_err *reterr)
{
	struct settings_file file = {.arena = arena, .name = name, .reterr = reterr};
	struct doc *tree;
	struct str text;

	TRY(read_file(dir, name, arena, &text, reterr));
	TRY(doc_read(arena, text, &tree, reterr));
	file.tree = tree;
	if (tree->kind != DOC_OBJECT)
		return err_set(reterr, ERR_INVALID, name, "an object must stand here");
	TRY(settings_file_texts(&file, tree, "hosts", &file.hosts, &file.host_count));
	TRY(read_inside(&file));
	TRY(settings_file_text(&file, tree, "ca", false, &file.rules.ca));
	*ret_file = file;
	return ERR_OK;
}
