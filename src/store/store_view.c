/* store_view.c: what somebody keeps for themselves: lists under a name, and how they read a table. */
#include "store/store_lines.h"
#include "store/store_session.h"

static enum err check_view(const struct saved_view *view, struct bh_err *reterr)
{
	struct arena *arena = arena_new();
	struct doc *query = NULL;
	bool named = str_trim(view->name).size > 0 && view->name.size <= SAVED_VIEW_NAME_MAX &&
		     utf8_is_valid(view->name);
	bool asked = view->query.size <= SAVED_VIEW_QUERY_MAX &&
		     doc_read(arena, view->query, &query, NULL) == ERR_OK && query->kind == DOC_OBJECT;

	arena_free(arena);
	if (!named)
		return err_set(
			reterr, ERR_INVALID, "name", "name the view in 1 to %d bytes", SAVED_VIEW_NAME_MAX);
	return asked ? ERR_OK
		     : err_set(reterr, ERR_INVALID, "query",
			       "what a view asks is a JSON object of at most %d bytes", SAVED_VIEW_QUERY_MAX);
}

enum err store_saved_view_put(
	struct store *store, int64_t account, const struct saved_view *view, struct bh_err *reterr)
{
	struct number others = {0};

	TRY(check_view(view, reterr));
	TRY(RUN(store, STMT_SAVED_VIEW_OTHERS, take_number, &others, reterr, V_INT(account),
		V_TEXT(view->name)));
	if (others.value >= SAVED_VIEWS_MAX)
		return err_set(reterr, ERR_RANGE, "name", "an account keeps %d views at most: drop one first",
			SAVED_VIEWS_MAX);
	return RUN(store, STMT_SAVED_VIEW_PUT, NULL, NULL, reterr, V_INT(account), V_TEXT(view->name),
		V_TEXT(view->query), V_INT(view->changed.us));
}

enum err store_saved_view_drop(struct store *store, int64_t account, struct str name, struct bh_err *reterr)
{
	int64_t before = store_changes(store);

	TRY(RUN(store, STMT_SAVED_VIEW_DROP, NULL, NULL, reterr, V_INT(account), V_TEXT(name)));
	return store_changes(store) > before
		       ? ERR_OK
		       : err_set(reterr, ERR_NOT_FOUND, "name", "there is no such view");
}

static enum err push_view(void *context, const struct row *row)
{
	struct list *list = context;

	*LIST_PUSH(list, struct saved_view) = (struct saved_view){
		.name = str_copy(list->arena, row_text(row, 0)),
		.query = str_copy(list->arena, row_text(row, 1)),
		.changed = row_instant(row, 2),
	};
	return ERR_OK;
}

enum err store_saved_view_list(struct store *store, struct arena *arena, int64_t account,
	struct saved_view **ret_views, size_t *ret_count, struct bh_err *reterr)
{
	struct list list = {.arena = arena};

	TRY(RUN(store, STMT_SAVED_VIEW_LIST, push_view, &list, reterr, V_INT(account)));
	LIST_GIVE(list, ret_views, ret_count);
	return ERR_OK;
}

/* ---- columns of a file ---- */

enum err store_import_choice_put(
	struct store *store, const struct import_choice *choice, struct instant now, struct bh_err *reterr)
{
	if (choice->choices.size > IMPORT_CHOICE_MAX)
		return err_set(reterr, ERR_RANGE, "columns", "more was said of the columns than is kept");
	return RUN(store, STMT_IMPORT_CHOICE_PUT, NULL, NULL, reterr, V_INT(choice->person),
		V_TEXT(choice->kind), V_TEXT(choice->choices), V_INT(now.us));
}

enum err store_import_choice_get(struct store *store, struct arena *arena, int64_t person, struct str kind,
	struct str *ret_choices, struct bh_err *reterr)
{
	struct text_call call = {.arena = arena, .text = STR("")};

	TRY(RUN(store, STMT_IMPORT_CHOICE_GET, take_text, &call, reterr, V_INT(person), V_TEXT(kind)));
	*ret_choices = call.text;
	return ERR_OK;
}
