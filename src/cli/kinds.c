#include "cli/kinds.h"

enum err kind_find(struct call *call, const struct kind **ret_kind, const char **ret_procedure)
{
	const char *name = call->arguments[1];
	const struct kind *found;

	TRY(kind_by_name(call->arena, str_from(name), name, &found, &call->why));
	*ret_kind = found;
	*ret_procedure = found->procedure != NULL ? found->procedure : option_value(call, "procedure");
	if (found->of == KIND_OF_MATTERS && *ret_procedure == NULL)
		return err_set(&call->why, ERR_INVALID, "--procedure",
			"say of which procedure these matters are: --procedure key_task");
	return ERR_OK;
}
