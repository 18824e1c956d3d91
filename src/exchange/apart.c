/* apart.c: the child, its walls, and the pipe through which it answers. The one file that knows
 * libseccomp. */
#include "exchange/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MIB            ((size_t)1024 * 1024)
#define ANSWER_FD      3 /* of the child: the only one beside three that lead nowhere */
#define BUFFER_SIZE    ((size_t)64 * 1024)
#define ASKED_AS       "bihuan-reader" /* its own name; argv[1] names the job */
#define EXIT_NO_JOB    96
#define EXIT_NO_WALLS  97
#define EXIT_NO_MEMORY 3 /* arena.c's */
/* A sanitizer maps terabytes that it never touches. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define MEMORY_CAN_BE_LIMITED false
#else
#define MEMORY_CAN_BE_LIMITED true
#endif

const struct apart_limits apart_limits_usual = {.memory = 768 * MIB, .cpu_seconds = 20};

/* ---- what is said through the pipe ---- */

enum frame_tag { FRAME_SHEET, FRAME_CELL, FRAME_MERGE, FRAME_PIECE, FRAME_FAILED, FRAME_DONE };
struct frame {
	uint32_t tag;
	uint32_t numbers[4];
	uint32_t size; /* of the text behind it */
};

struct answer {
	char *bytes;
	size_t size;
};

static void flush(struct answer *answer)
{
	for (size_t at = 0; at < answer->size;) {
		ssize_t count = write(ANSWER_FD, answer->bytes + at, answer->size - at);

		if (count < 0)
			_exit(0); /* nobody listens any more */
		at += (size_t)count;
	}
	answer->size = 0;
}

static void put_bytes(struct answer *answer, const void *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		size_t room = BUFFER_SIZE - answer->size, count = size - at < room ? size - at : room;

		memcpy(answer->bytes + answer->size, (const char *)bytes + at, count);
		answer->size += count;
		at += count;
		if (answer->size == BUFFER_SIZE)
			flush(answer);
	}
}

static enum err put_frame(struct answer *answer, struct frame frame, struct str text, struct bh_err *reterr)
{
	if (text.size > CELL_TEXT_MAX)
		return err_set(reterr, ERR_RANGE, "", "a cell has more than 1 MiB of text");
	frame.size = (uint32_t)text.size;
	put_bytes(answer, &frame, sizeof frame);
	put_bytes(answer, text.data, text.size);
	return ERR_OK;
}

static enum err say_sheet(void *context, struct str name, bool from_1904, struct bh_err *reterr)
{
	return put_frame(context, (struct frame){FRAME_SHEET, {from_1904}, 0}, name, reterr);
}

static enum err say_cell(void *context, const struct sheet_cell *cell, struct bh_err *reterr)
{
	return put_frame(context, (struct frame){FRAME_CELL, {cell->row, cell->column, cell->kind}, 0},
		cell->text, reterr);
}

static enum err say_merge(void *context, const struct sheet_merge *merge, struct bh_err *reterr)
{
	return put_frame(context,
		(struct frame){FRAME_MERGE, {merge->top, merge->left, merge->bottom, merge->right}, 0},
		STR(""), reterr);
}

static enum err say_piece(void *context, struct str bytes, struct bh_err *reterr)
{
	for (size_t at = 0; at < bytes.size; at += CELL_TEXT_MAX)
		TRY(put_frame(context, (struct frame){.tag = FRAME_PIECE},
			str_slice(bytes, at, CELL_TEXT_MAX), reterr));
	return ERR_OK;
}

/* ---- walls ---- */

static bool limit(int resource, rlim_t soft, rlim_t hard)
{
	return setrlimit(resource, &(struct rlimit){soft, hard}) == 0;
}

/* Bytes that this process has mapped. */
static size_t mapped_now(void)
{
	FILE *file = fopen("/proc/self/statm", "re");
	char text[64] = "";

	if (file == NULL)
		return 0;
	if (fgets(text, sizeof text, file) == NULL)
		text[0] = '\0';
	fclose(file);
	return (size_t)strtoull(text, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE);
}

static bool set_limits(const struct apart_limits *limits)
{
	size_t mapped = mapped_now();

	return mapped > 0 && limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_FSIZE, 0, 0) &&
	       limit(RLIMIT_CPU, limits->cpu_seconds, limits->cpu_seconds + 1) &&
	       (!MEMORY_CAN_BE_LIMITED ||
		       limit(RLIMIT_AS, mapped + limits->memory, mapped + limits->memory)) &&
	       prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
}

/* All that computing asks of the system: memory that isn't code, time, chance, the answer, and an end. */
static bool allow_computing(scmp_filter_ctx filter)
{
	static const int plain[] = {SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
		SCMP_SYS(futex), SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
		SCMP_SYS(time), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(getpid),
		SCMP_SYS(gettid), SCMP_SYS(exit), SCMP_SYS(exit_group)};
	bool good = true;

	for (size_t i = 0; i < ARRAY_COUNT(plain); i++)
		good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0) == 0;
	for (int fd = STDERR_FILENO; fd <= ANSWER_FD; fd++) /* the former leads nowhere */
		good = good && seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
				       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)fd, 0)) == 0;
	return good &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
		       SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
		       SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0 &&
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		       SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
	       /* abort(), so that a broken promise is told from a forbidden call */
	       seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
		       SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
}

static bool shut_in(const struct apart_limits *limits)
{
	int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
	scmp_filter_ctx filter;

	if (nowhere < 0 || !set_limits(limits))
		return false;
	for (int fd = 0; fd < ANSWER_FD; fd++)
		if (dup2(nowhere, fd) < 0)
			return false;
	if (close_range(ANSWER_FD + 1, ~0U, 0) != 0)
		return false;
	filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool shut = filter != NULL && seccomp_arch_native() != 0 && allow_computing(filter) &&
		    seccomp_load(filter) == 0; /* which also gives up any way to more rights */

	seccomp_release(filter);
	return shut;
}

/* An arena that gets no more memory ends the process: before anybody else's parting words, which the walls
 * forbid. */
static void leave_without_memory(void)
{
	_exit(EXIT_NO_MEMORY);
}

static _Noreturn void be_child(const struct apart_job *job, struct str bytes)
{
	static struct bh_err why;
	struct arena *arena = arena_new();
	struct answer answer = {.bytes = ARENA_TAKE(arena, BUFFER_SIZE, char)};
	const struct cells_out out = {&answer, say_sheet, say_cell, say_merge, say_piece};

	/* A zip keeps local times, which libzip turns into its own: without this it would look for the zone.
	 */
	bool ready = setenv("TZ", "UTC0", 1) == 0 && atexit(leave_without_memory) == 0;

	tzset();
	(void)signal(SIGPIPE, SIG_DFL);
	(void)signal(SIGXCPU, SIG_DFL);
	(void)signal(SIGABRT, SIG_DFL);
	if (job->prepare != NULL)
		job->prepare(arena, bytes);
	if (!ready || !shut_in(&job->limits))
		_exit(EXIT_NO_WALLS);
	enum err err = job->fn(arena, bytes, &out, &why);

	why.code = err;
	if (err == ERR_OK)
		(void)put_frame(&answer, (struct frame){.tag = FRAME_DONE}, STR(""), NULL);
	else
		(void)put_frame(&answer, (struct frame){.tag = FRAME_FAILED},
			(struct str){(const char *)&why, sizeof why}, NULL);
	flush(&answer);
	_exit(0);
}

/* The file as its parent left it on standard input, mapped before the walls are up. */
static struct str take_file(void)
{
	struct stat found;

	if (fstat(STDIN_FILENO, &found) != 0 || found.st_size < 0)
		_exit(EXIT_NO_WALLS);
	if (found.st_size == 0)
		return STR("");
	void *bytes = mmap(NULL, (size_t)found.st_size, PROT_READ, MAP_PRIVATE, STDIN_FILENO, 0);

	if (bytes == MAP_FAILED)
		_exit(EXIT_NO_WALLS);
	return (struct str){bytes, (size_t)found.st_size};
}

void apart_answer(int argc, char **argv, const struct apart_job *jobs, size_t count)
{
	if (argc != 2 || strcmp(argv[0], ASKED_AS) != 0)
		return;
	for (size_t i = 0; i < count; i++)
		if (strcmp(argv[1], jobs[i].name) == 0)
			be_child(&jobs[i], take_file());
	_exit(EXIT_NO_JOB);
}

/* ---- the parent ---- */

struct listening {
	int fd;
	char bytes[BUFFER_SIZE];
	size_t at, size;
	char *text; /* of one frame */
};

/* false at the end of what the child says. */
static bool get_bytes(struct listening *listening, void *into, size_t size)
{
	for (size_t done = 0; done < size;) {
		if (listening->at == listening->size) {
			ssize_t count;

			do
				count = read(listening->fd, listening->bytes, sizeof listening->bytes);
			while (count < 0 && errno == EINTR);
			if (count <= 0)
				return false;
			listening->at = 0;
			listening->size = (size_t)count;
		}
		size_t here = listening->size - listening->at;
		size_t count = size - done < here ? size - done : here;

		memcpy((char *)into + done, listening->bytes + listening->at, count);
		listening->at += count;
		done += count;
	}
	return true;
}

static enum err strange(struct bh_err *reterr)
{
	return err_set(reterr, ERR_INVALID, "", "the file is damaged in a way that broke its reader");
}

static enum err pass_failure(struct str text, struct bh_err *reterr)
{
	struct bh_err why;

	if (text.size != sizeof why)
		return strange(reterr);
	memcpy(&why, text.data, sizeof why);
	why.place[sizeof why.place - 1] = why.text[sizeof why.text - 1] = '\0';
	why.text_zh[sizeof why.text_zh - 1] = '\0';
	enum err code = why.code == ERR_RANGE ? ERR_RANGE : ERR_INVALID;

	return err_set_both(reterr, code, why.place, why.text_zh, why.text);
}

static enum err pass_frame(
	const struct frame *frame, struct str text, const struct cells_out *to, struct bh_err *reterr)
{
	const uint32_t *n = frame->numbers;
	struct sheet_cell cell = {n[0], n[1], (enum sheet_cell_kind)n[2], text};

	switch (frame->tag) {
	case FRAME_SHEET:
		return to->sheet(to->context, text, n[0] != 0, reterr);
	case FRAME_CELL:
		return to->cell(to->context, &cell, reterr);
	case FRAME_MERGE:
		return to->merge(to->context, &(struct sheet_merge){n[0], n[1], n[2], n[3]}, reterr);
	case FRAME_PIECE:
		return to->piece == NULL ? strange(reterr) : to->piece(to->context, text, reterr);
	case FRAME_FAILED:
		return pass_failure(text, reterr);
	default:
		return strange(reterr);
	}
}

/* All frames; *ret_done when the child came to its end. */
static enum err listen_to(
	struct listening *listening, const struct cells_out *to, bool *ret_done, struct bh_err *reterr)
{
	struct frame frame;

	*ret_done = false;
	while (get_bytes(listening, &frame, sizeof frame)) {
		if (frame.size > CELL_TEXT_MAX)
			return strange(reterr);
		if (!get_bytes(listening, listening->text, frame.size))
			return ERR_OK;
		if (frame.tag == FRAME_DONE) {
			*ret_done = true;
			return ERR_OK;
		}
		TRY(pass_frame(&frame, (struct str){listening->text, frame.size}, to, reterr));
	}
	return ERR_OK;
}

static int wait_for(pid_t child)
{
	int status = 0;

	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* What became of a child that didn't come to its end. */
static enum err explain(int status, struct bh_err *reterr)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_WALLS)
		return err_set(reterr, ERR_IO, "",
			"this machine can't shut in the reader of spreadsheets (seccomp), and without that "
			"no file "
			"of others is opened: save the table as csv");
	if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL))
		return err_set(reterr, ERR_RANGE, "",
			"reading the file takes more time than any table needs; it was given up");
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_MEMORY)
		return err_set(reterr, ERR_RANGE, "",
			"reading the file takes more memory than any table needs; it was given up");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return err_set(reterr, ERR_INVALID, "",
			"the file led its reader to try what a reader never does; it was stopped: don't open "
			"this "
			"file, and ask where it came from");
	return strange(reterr);
}

/* A file in memory alone, which the child finds as its standard input. -1, with errno. */
static int put_file(struct str bytes)
{
	int fd = memfd_create("import", MFD_CLOEXEC);

	for (size_t at = 0; fd >= 0 && at < bytes.size;) {
		ssize_t count = write(fd, bytes.data + at, bytes.size - at);

		if (count < 0 && errno == EINTR)
			continue;
		if (count < 0) {
			close(fd);
			return -1;
		}
		at += (size_t)count;
	}
	return fd;
}

/* This program anew, with nothing of this process: no memory, no environment, no file but the two. Returns
 * what posix_spawn does. */
static int spawn(const char *job, int file, int answer, pid_t *ret_child)
{
	/* What execve takes isn't written to. */
	char *const argv[] = {(char *)(uintptr_t)ASKED_AS, (char *)(uintptr_t)job, NULL};
	char *const env[] = {NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t none;

	sigemptyset(&none);
	REQUIRE(posix_spawn_file_actions_init(&files) == 0 && posix_spawnattr_init(&attributes) == 0);
	/* Neither of the two may lie where the other goes: what the caller opened lies higher than both. */
	int failed = posix_spawn_file_actions_adddup2(&files, file, STDIN_FILENO);

	if (failed == 0)
		failed = posix_spawn_file_actions_adddup2(&files, answer, ANSWER_FD);
	if (failed == 0)
		failed = posix_spawnattr_setsigmask(&attributes, &none);
	if (failed == 0)
		failed = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
	if (failed == 0)
		failed = posix_spawn(ret_child, "/proc/self/exe", &files, &attributes, argv, env);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

/* Out of the way of the places that the child has its files in. */
static int move_high(int fd)
{
	int high = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, ANSWER_FD + 1);

	if (fd >= 0)
		close(fd);
	return high;
}

static enum err start(
	const char *job, struct str bytes, int *ret_answer, pid_t *ret_child, struct bh_err *reterr)
{
	int ends[2] = {-1, -1}, file = move_high(put_file(bytes));

	if (file < 0 || pipe2(ends, O_CLOEXEC) != 0) {
		int why = errno;

		if (file >= 0)
			close(file);
		return err_set(reterr, ERR_IO, "", "a pipe can't be made: %s", strerror(why));
	}
	int answer = move_high(ends[1]);
	int failed = answer < 0 ? errno : spawn(job, file, answer, ret_child);

	close(file);
	if (answer >= 0)
		close(answer);
	*ret_answer = ends[0];
	if (failed == 0)
		return ERR_OK;
	close(ends[0]);
	return err_set(reterr, ERR_IO, "", "a child can't be started: %s", strerror(failed));
}

enum err apart_run(const char *job, struct str bytes, const struct cells_out *to, struct bh_err *reterr)
{
	struct arena *arena;
	struct listening *listening;
	int answer = -1;
	pid_t child = 0;
	bool done = false;

	TRY(start(job, bytes, &answer, &child, reterr));
	arena = arena_new();
	listening = ARENA_TAKE(arena, 1, struct listening);
	listening->text = ARENA_TAKE(arena, CELL_TEXT_MAX, char);
	listening->fd = answer;
	enum err err = listen_to(listening, to, &done, reterr);

	close(answer); /* a child that still speaks is ended by it */
	int status = wait_for(child);

	arena_free(arena);
	return err == ERR_OK && !done ? explain(status, reterr) : err;
}
