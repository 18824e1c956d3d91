/* machine.c: what the keeper of the machine and the writer of a client ask. */
#include "http/handlers.h"
#include "http/service.h"

enum err route_healthz(struct http_request *request, struct reply *reply)
{
	struct service *service = request->service;
	struct json_out *out = reply_json(reply);
	bool asks_life = str_is(request_text(request, "probe"), "live"),
	     draining = atomic_load(&service->draining),
	     writes = installation_health(service->installation, NULL) == ERR_OK;

	if (!asks_life && (draining || !writes))
		reply->status = err_http(ERR_UNAVAILABLE);
	json_out_open(out, '{');
	json_out_field_text(out, "status",
		asks_life  ? STR("live")
		: draining ? STR("draining")
		: writes   ? STR("ready")
			   : STR("read_only"));
	json_out_field_text(out, "version", STR(BIHUAN_VERSION));
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_metrics(struct http_request *request, struct reply *reply)
{
	struct service *service = request->service;
	struct metrics_now now = {.connections = server_connections(service->server),
		.requests = server_exchanges(service->server),
		.queued = workers_queued(service->workers),
		.acting = atomic_load(&service->acting),
		.streams = live_count(service->live),
		.ledger_size = atomic_load(&service->ledger_size),
		.log_dropped = log_dropped(service->log),
		.hashes = auth_hash_count(service->auth),
		.ready = !atomic_load(&service->draining) &&
			 installation_health(service->installation, NULL) == ERR_OK};

	reply_body(reply, "text/plain; version=0.0.4; charset=utf-8",
		metrics_print(service->metrics, &now, request->arena));
	return ERR_OK;
}

enum err route_openapi(struct http_request *request, struct reply *reply)
{
	const struct routes *routes = request->service->routes;

	reply_body(reply, "application/json", routes->openapi);
	reply_etag(reply, routes->openapi_tag);
	reply_header(reply, "Cache-Control", STR("no-cache"));
	return ERR_OK;
}
