/* client.c: clients of a running server, each with one connection that it keeps, asking again as soon as it
 * is answered. */
#include "bench.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY_MAX   ((size_t)4 * 1024 * 1024)
#define REQUEST_MAX 2048

/* What is asked for. In a path and a body, {n} stands for a number from 1 to `numbers`. */
struct question {
	const char *method, *path, *body; /* body "": none */
};

struct crowd {
	int port;
	const char *cookie;
	const struct question *questions;
	size_t question_count;
	int64_t numbers;
	int64_t ends_us;
	atomic_uint_least64_t failures;
};

struct client {
	struct crowd *crowd;
	int socket;
	char *reply;
	uint64_t chance; /* state of its own random numbers */
	struct samples samples;
	pthread_t thread;
};

static void stop(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(3);
}

static int connected(int port)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = {htonl(INADDR_LOOPBACK)}};
	int one = 1, made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) != 0)
		stop("the server can't be reached");
	setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	return made;
}

/* The value of a head field, as a number; -1 when it isn't there. */
static long field_of(const char *head, const char *name)
{
	const char *at = strcasestr(head, name);

	return at == NULL ? -1 : strtol(at + strlen(name), NULL, 10);
}

/* One reply to its end; its status. The bytes stay in `reply`, a NUL behind them. */
static int read_reply(int from, char *reply)
{
	size_t size = 0, whole = SIZE_MAX;

	while (size < whole) {
		ssize_t got = recv(from, reply + size, REPLY_MAX - size, 0);

		if (got <= 0)
			stop("the server closed the connection");
		size += (size_t)got;
		reply[size] = '\0';
		const char *end = whole == SIZE_MAX ? strstr(reply, "\r\n\r\n") : NULL;

		if (end == NULL)
			continue;
		long length = field_of(reply, "\r\nContent-Length:");

		if (length < 0 || (size_t)length > REPLY_MAX - (size_t)(end + 4 - reply))
			stop("a reply without a length, or too long");
		whole = (size_t)(end + 4 - reply) + (size_t)length;
	}
	return (int)strtol(reply + strlen("HTTP/1.1 "), NULL, 10);
}

static uint64_t random_next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 33;
}

/* `text` with each {n} replaced by one number. */
static void fill_in(char *out, size_t size, const char *text, int64_t number)
{
	size_t at = 0;

	while (*text != '\0' && at + 24 < size)
		if (strncmp(text, "{n}", 3) == 0) {
			at += (size_t)snprintf(out + at, size - at, "%lld", (long long)number);
			text += 3;
		} else {
			out[at++] = *text++;
		}
	out[at] = '\0';
}

static int ask(struct client *client, const struct question *question)
{
	char request[REQUEST_MAX * 2], path[REQUEST_MAX / 2], body[REQUEST_MAX / 2];
	int64_t number = 1 + (int64_t)(random_next(&client->chance) % (uint64_t)client->crowd->numbers);

	fill_in(path, sizeof path, question->path, number);
	fill_in(body, sizeof body, question->body, number);
	int size = snprintf(request, sizeof request,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nCookie: bihuan=%s\r\n%s", question->method, path,
		client->crowd->cookie, body[0] == '\0' ? "" : "Content-Type: application/json\r\n");

	if (body[0] == '\0')
		size += snprintf(request + size, sizeof request - (size_t)size, "\r\n");
	else
		size += snprintf(request + size, sizeof request - (size_t)size,
			"Content-Length: %zu\r\n\r\n%s", strlen(body), body);
	if (send(client->socket, request, (size_t)size, MSG_NOSIGNAL) != size)
		stop("a request wasn't taken");
	return read_reply(client->socket, client->reply);
}

static void *run_client(void *context)
{
	struct client *client = context;
	struct crowd *crowd = client->crowd;

	for (int64_t began; (began = bench_now_us()) < crowd->ends_us;) {
		size_t which = random_next(&client->chance) % crowd->question_count;
		int status = ask(client, &crowd->questions[which]);

		samples_add(&client->samples, bench_now_us() - began);
		if (status < 200 || status > 299) {
			if (atomic_fetch_add(&crowd->failures, 1) == 0)
				fprintf(stderr, "bench: %s: %.400s\n", crowd->questions[which].path,
					client->reply);
		}
	}
	return NULL;
}

static void tell(const char *name, struct client *clients, int count, double seconds)
{
	struct samples all = {0};
	char label[96];

	for (int i = 0; i < count; i++)
		for (size_t j = 0; j < clients[i].samples.count; j++)
			samples_add(&all, clients[i].samples.items[j]);
	snprintf(label, sizeof label, "%s.rate", name);
	figure(label, (double)all.count / seconds, "requests/s");
	snprintf(label, sizeof label, "%s.p50", name);
	figure(label, (double)samples_at(&all, 500) / 1000, "ms");
	snprintf(label, sizeof label, "%s.p99", name);
	figure(label, (double)samples_at(&all, 990) / 1000, "ms");
	samples_free(&all);
}

/* NAME PORT COOKIE CLIENTS SECONDS NUMBERS (METHOD PATH BODY)…: each client takes one of the questions by
 * chance. */
int bench_clients(int argc, char **argv)
{
	int port = atoi(argv[1]), count = atoi(argv[3]), seconds = atoi(argv[4]);
	size_t questions = (size_t)(argc - 6) / 3;
	struct question *asked = calloc(questions, sizeof *asked);
	struct client *clients = calloc((size_t)count, sizeof *clients);

	REQUIRE(asked != NULL && clients != NULL && questions > 0 && seconds > 0);
	for (size_t i = 0; i < questions; i++)
		asked[i] = (struct question){argv[6 + 3 * i], argv[7 + 3 * i], argv[8 + 3 * i]};
	struct crowd crowd = {.port = port,
		.cookie = argv[2],
		.questions = asked,
		.question_count = questions,
		.numbers = atoll(argv[5]),
		.ends_us = bench_now_us() + (int64_t)seconds * 1000000};

	for (int i = 0; i < count; i++) {
		clients[i] = (struct client){.crowd = &crowd,
			.socket = connected(port),
			.reply = malloc(REPLY_MAX + 1),
			.chance = (uint64_t)i * 7919 + 1};
		REQUIRE(clients[i].reply != NULL &&
			pthread_create(&clients[i].thread, NULL, run_client, &clients[i]) == 0);
	}
	for (int i = 0; i < count; i++) {
		pthread_join(clients[i].thread, NULL);
		close(clients[i].socket);
		free(clients[i].reply);
	}
	tell(argv[0], clients, count, seconds);
	for (int i = 0; i < count; i++)
		samples_free(&clients[i].samples);
	free(clients);
	free(asked);
	uint64_t failures = atomic_load(&crowd.failures);

	if (failures > 0)
		fprintf(stderr, "bench: %s: %llu replies were no success\n", argv[0],
			(unsigned long long)failures);
	return failures > 0;
}

/* PORT ACCOUNT PASSWORD: sign in, and print the session. */
int bench_sign_in(int argc, char **argv)
{
	char request[REQUEST_MAX], body[REQUEST_MAX / 4], *reply = malloc(REPLY_MAX + 1);
	int to = connected(atoi(argv[0]));

	(void)argc;
	REQUIRE(reply != NULL);
	snprintf(body, sizeof body, "{\"account\":\"%s\",\"password\":\"%s\"}", argv[1], argv[2]);
	int size = snprintf(request, sizeof request,
		"POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		strlen(body), body);

	if (send(to, request, (size_t)size, MSG_NOSIGNAL) != size || read_reply(to, reply) != 200)
		stop("signing in failed");
	const char *cookie = strstr(reply, "bihuan=");

	if (cookie == NULL)
		stop("no session came back");
	printf("%.*s\n", (int)strcspn(cookie + 7, ";\r\n"), cookie + 7);
	close(to);
	free(reply);
	return 0;
}
