/* view.c: lists that somebody keeps under a name: which list, asked how, in which columns. A view is nothing
 * but a question: what it brings is decided anew for whoever asks it. */
#include "http/route/answer.h"
#include "view/list_table.h"

/* ---- what is asked is what its list takes ---- */

static const struct list_column *columns_of(struct str list, size_t *ret_count)
{
	return str_is(list, "duties") ? duty_list_columns(ret_count) : matter_list_columns(ret_count);
}

static enum err check_columns(struct http_request *request, struct str list)
{
	const struct doc *named = request_tree(request, "columns");
	size_t count, at;
	const struct list_column *columns = columns_of(list, &count);
	bool seen[LIST_COLUMNS_MAX] = {false};

	for (size_t i = 0; named != NULL && i < named->count; i++) {
		TRY(list_column_find(
			request->arena, columns, count, named->items[i].text, "columns", &at, &request->why));
		if (seen[at])
			return err_set(&request->why, ERR_INVALID, "columns", "%s stands there twice",
				columns[at].name);
		seen[at] = true;
	}
	return ERR_OK;
}

enum err route_view_keep(struct http_request *request, struct reply *reply)
{
	struct arena *arena = request->arena;
	struct str list = request_text(request, "list");
	struct doc *view = doc_object(arena);
	struct auth_ask ask = {.kind = AUTH_VIEW_KEEP, .view = {.name = request_text(request, "name")}};

	(void)reply;
	request_check_query(request, str_copy(arena, list).data, "query", request_tree(request, "query"));
	TRY(request_faults(request));
	TRY(check_columns(request, list));
	doc_set(arena, view, "list", doc_text(arena, list));
	if (request_has(request, "query"))
		doc_set(arena, view, "query", doc_copy(arena, request_tree(request, "query")));
	if (request_has(request, "columns"))
		doc_set(arena, view, "columns", doc_copy(arena, request_tree(request, "columns")));
	ask.view.query = doc_print(arena, view);
	return answer_from_gate(request, &ask, answer_nothing);
}

enum err route_view_rename(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_VIEW_RENAME,
		.which = request_text(request, "view"),
		.name = request_text(request, "name")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}

enum err route_view_drop(struct http_request *request, struct reply *reply)
{
	struct auth_ask ask = {.kind = AUTH_VIEW_DROP, .which = request_text(request, "view")};

	(void)reply;
	return answer_from_gate(request, &ask, answer_nothing);
}

/* ---- those one has ---- */

static enum err put_view(struct http_request *request, struct json_out *out, const struct saved_view *view)
{
	struct doc *kept;

	TRY(doc_read(request->arena, view->query, &kept, &request->why));
	json_out_open(out, '{');
	json_out_field_text(out, "name", view->name);
	for (size_t i = 0; i < kept->count; i++) {
		json_out_key(out, str_copy(request->arena, kept->keys[i]).data);
		json_out_tree(out, &kept->items[i]);
	}
	put_time(request, out, "changed", view->changed);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_views(struct http_request *request, struct reply *reply)
{
	struct saved_view *views;
	size_t count;

	TRY(store_saved_view_list(
		request->reader, request->arena, request->who.account, &views, &count, &request->why));
	struct json_out *out = reply_list(reply, "views");

	for (size_t i = 0; i < count; i++)
		TRY(put_view(request, out, &views[i]));
	reply_list_end(out);
	return ERR_OK;
}
