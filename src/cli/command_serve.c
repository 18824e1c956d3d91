/* command_serve.c: an installation over HTTP, until it is told to stop. */
#include "cli/house.h"

#include "http/http.h"

#include <stdio.h>
#include <string.h>

/* A clock that was told another time runs on from there. */
static struct instant moved_now(void *context)
{
	const int64_t *moved_us = context;

	return (struct instant){act_machine.now(act_machine.context).us + *moved_us};
}

static void machine_random(void *context, uint8_t *bytes, size_t size)
{
	(void)context;
	act_machine.random(act_machine.context, bytes, size);
}

static enum err read_clock(struct call *call, int64_t *ret_moved_us)
{
	struct instant told;
	struct store *store;
	struct store_institution institution;

	*ret_moved_us = 0;
	if (!option_given(call, "now"))
		return ERR_OK;
	TRY(store_open(str_from(call->arguments[0]), STORE_READ, &store, &call->why));
	enum err err = store_institution_get(store, call->arena, &institution, &call->why);

	store_close(store);
	if (err == ERR_OK)
		err = call_now(call, institution.offset_minutes, &told);
	if (err == ERR_OK)
		*ret_moved_us = told.us - act_machine.now(act_machine.context).us;
	return err;
}

static enum err read_count(struct call *call, const char *name, int *ret_count)
{
	int64_t number;

	TRY(option_number(call, name, 0, &number));
	if (number > 1000000)
		return err_set(&call->why, ERR_RANGE, name, "%lld is more than 1000000", (long long)number);
	*ret_count = (int)number;
	return ERR_OK;
}

static enum err read_limits(struct call *call, struct http_config *config)
{
	const char *limits = option_value(call, "limits");

	if (limits != NULL && strcmp(limits, "on") != 0 && strcmp(limits, "off") != 0)
		return err_set(&call->why, ERR_INVALID, "limits", "say on or off");
	config->no_limits = limits != NULL && strcmp(limits, "off") == 0;
	if (option_given(call, "tls-cert") != option_given(call, "tls-key"))
		return err_set(&call->why, ERR_INVALID, "tls-cert",
			"a certificate and its key go together: give --tls-cert and --tls-key");
	return ERR_OK;
}

static enum err read_config(struct call *call, struct http_config *config)
{
	const char *log = option_value(call, "access-log");

	config->dir = str_from(call->arguments[0]);
	config->listen =
		option_given(call, "listen") ? str_from(option_value(call, "listen")) : STR("127.0.0.1:8080");
	config->tls_cert = str_from(option_value(call, "tls-cert"));
	config->tls_key = str_from(option_value(call, "tls-key"));
	config->access_log = log == NULL ? STR("-") : strcmp(log, "none") == 0 ? STR_NONE : str_from(log);
	config->proxy = str_from(option_value(call, "proxy"));
	TRY(read_count(call, "workers", &config->workers));
	TRY(read_count(call, "connections", &config->connections_max));
	TRY(read_count(call, "connections-per-address", &config->connections_per_address));
	TRY(read_count(call, "drain", &config->drain_seconds));
	return read_limits(call, config);
}

/* Sample accounts have a password that everybody knows: they are for this machine only. */
static enum err keep_demo_at_home(struct call *call, const struct http_config *config)
{
	struct store *store;
	bool demo = false;

	TRY(store_open(config->dir, STORE_READ, &store, &call->why));
	enum err err = store_demo_get(store, &demo, &call->why);

	store_close(store);
	if (err == ERR_OK && demo && (!http_is_local(config->listen) || config->proxy.size > 0))
		return err_set(&call->why, ERR_REFUSED, "listen",
			"this is a demonstration, whose accounts have a password that everybody knows: it is "
			"served "
			"on 127.0.0.1 only, and behind no proxy");
	return err;
}

static void say_started(void *context, struct str address)
{
	struct call *call = context;

	if (call->json)
		printf("{\"address\":\"%.*s\"}\n", STR_ARG(address));
	else
		printf("%s %.*s\n", say(call, "正在服务：", "serving at"), STR_ARG(address));
	(void)fflush(stdout);
	if (str_starts(address, "http://") && !str_starts(address, "http://127.") &&
		!str_starts(address, "http://[::1]"))
		fprintf(stderr, "bihuan: serve: %.*s: %s\n", STR_ARG(address),
			say(call, "没有加密：请用 --tls-cert 和 --tls-key，或只让前面的代理访问它",
				"nothing is encrypted here: give --tls-cert and --tls-key, or let only a "
				"proxy in "
				"front reach it"));
}

enum err command_serve(struct call *call)
{
	int64_t moved_us;
	struct act_source source = {moved_now, machine_random, &moved_us};
	struct http_config config = {.source = &source};
	int cut = 0;

	TRY(read_clock(call, &moved_us));
	TRY(read_config(call, &config));
	TRY(keep_demo_at_home(call, &config));
	TRY(http_run(&config, say_started, call, &cut, &call->why));
	if (cut > 0)
		fprintf(stderr, "bihuan: serve: %d %s\n", cut,
			say(call, "个请求在期限到时被中断，未被确认",
				"requests were cut off at the deadline; none of them was acknowledged"));
	return ERR_OK;
}
