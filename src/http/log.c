/* log.c: a ring of lines and the thread that empties it. */
#include "http/log.h"
#include "http/moment.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RING_LINES 2048
#define PAUSE_MS   100 /* how long a line may lie in the ring */

struct line {
	bool is_note;
	size_t size;
	char text[LOG_LINE_MAX + 1];
};

struct log {
	char *file; /* "" or "-" when it is none */
	int fd;     /* -1: nowhere */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t first, count; /* of the ring */
	uint64_t dropped;
	bool closing;
	struct line ring[RING_LINES];
};

static void put(struct log *log, struct str line, bool is_note)
{
	pthread_mutex_lock(&log->lock);
	if (log->count == RING_LINES) {
		log->dropped++;
	} else {
		struct line *into = &log->ring[(log->first + log->count++) % RING_LINES];

		into->is_note = is_note;
		into->size = line.size < LOG_LINE_MAX ? line.size : LOG_LINE_MAX;
		memcpy(into->text, line.data, into->size);
		/* A line's end inside a line would let a client write lines of its own. */
		for (size_t i = 0; i < into->size; i++)
			if ((unsigned char)into->text[i] < 0x20 || into->text[i] == 0x7F)
				into->text[i] = '?';
		into->text[into->size++] = '\n';
		/* Half full is the time to begin; before that the writer comes by itself. */
		if (log->count == RING_LINES / 2)
			pthread_cond_signal(&log->changed);
	}
	pthread_mutex_unlock(&log->lock);
}

void log_access(struct log *log, struct str line)
{
	if (log->file[0] != '\0')
		put(log, line, false);
}

void log_note(struct log *log, struct str line)
{
	put(log, line, true);
}

uint64_t log_dropped(struct log *log)
{
	pthread_mutex_lock(&log->lock);
	uint64_t dropped = log->dropped;

	pthread_mutex_unlock(&log->lock);
	return dropped;
}

/* ---- the thread ---- */

static void write_all(int fd, const char *text, size_t size)
{
	while (size > 0) {
		ssize_t written = write(fd, text, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return; /* a full disk takes no log; the record itself says so louder */
		text += written;
		size -= (size_t)written;
	}
}

/* Lines of one kind that stand together are written together. */
static void write_lines(int fd, struct line *lines, size_t count)
{
	char text[16 * LOG_LINE_MAX];
	size_t size = 0;

	for (size_t i = 0; i < count; i++) {
		int to = lines[i].is_note ? STDERR_FILENO : fd;

		if (to < 0)
			continue;
		memcpy(text + size, lines[i].text, lines[i].size);
		size += lines[i].size;
		bool ends = i + 1 == count || lines[i + 1].is_note != lines[i].is_note;

		if (ends || size > sizeof text - sizeof lines[0].text) {
			write_all(to, text, size);
			size = 0;
		}
	}
}

static void wait_for_lines(struct log *log)
{
	if (!log->closing && log->count < RING_LINES / 2)
		(void)moment_wait(&log->lock, &log->changed, moment_us() + PAUSE_MS * INT64_C(1000));
}

static void *log_main(void *context)
{
	struct log *log = context;

	pthread_mutex_lock(&log->lock);
	while (!log->closing || log->count > 0) {
		wait_for_lines(log);
		size_t first = log->first, count = log->count;
		int fd = log->fd;

		if (count > RING_LINES - first)
			count = RING_LINES - first; /* up to the ring's end; the rest comes next */
		if (count == 0)
			continue;
		pthread_mutex_unlock(&log->lock);
		write_lines(fd, &log->ring[first], count);
		pthread_mutex_lock(&log->lock);
		log->first = (first + count) % RING_LINES;
		log->count -= count;
	}
	pthread_mutex_unlock(&log->lock);
	return NULL;
}

/* ---- opening and closing ---- */

static enum err open_file(const char *file, int *ret_fd, struct bh_err *reterr)
{
	if (file[0] == '\0' || strcmp(file, "-") == 0) {
		*ret_fd = file[0] == '\0' ? -1 : STDERR_FILENO;
		return ERR_OK;
	}
	*ret_fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
	return *ret_fd >= 0 ? ERR_OK
			    : err_set(reterr, ERR_IO, file, "the access log can't be written: %s",
				      strerror(errno));
}

enum err log_open(struct str file, struct log **ret_log, struct bh_err *reterr)
{
	struct log *log = calloc(1, sizeof *log);

	REQUIRE(log != NULL);
	log->file = strndup(file.data != NULL ? file.data : "", file.size);
	REQUIRE(log->file != NULL);
	moment_init(&log->lock, &log->changed);
	enum err err = open_file(log->file, &log->fd, reterr);

	if (err == ERR_OK && pthread_create(&log->thread, NULL, log_main, log) != 0)
		err = err_set(reterr, ERR_IO, "log", "a thread can't be started");
	if (err != ERR_OK) {
		free(log->file);
		free(log);
		return err;
	}
	*ret_log = log;
	return ERR_OK;
}

enum err log_reopen(struct log *log, struct bh_err *reterr)
{
	int fd, old;

	TRY(open_file(log->file, &fd, reterr));
	pthread_mutex_lock(&log->lock);
	old = log->fd;
	/* The thread may just be writing to the old number: it is made to mean the new file instead. */
	if (old > STDERR_FILENO && fd > STDERR_FILENO) {
		REQUIRE(dup3(fd, old, O_CLOEXEC) >= 0);
		close(fd);
	}
	pthread_mutex_unlock(&log->lock);
	return ERR_OK;
}

void log_close(struct log *log)
{
	if (log == NULL)
		return;
	pthread_mutex_lock(&log->lock);
	log->closing = true;
	pthread_cond_signal(&log->changed);
	pthread_mutex_unlock(&log->lock);
	pthread_join(log->thread, NULL);
	if (log->fd > STDERR_FILENO)
		close(log->fd);
	moment_destroy(&log->lock, &log->changed);
	free(log->file);
	free(log);
}
