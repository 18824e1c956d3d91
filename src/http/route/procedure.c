/* procedure.c: the procedures: what is in force, each as data, as a drawing and as the text its writers
 * wrote. Rules are no secret: whoever is let in reads them all. */
#include "http/handlers.h"
#include "http/reading.h"
#include "view/procedure_view.h"

enum err route_procedures(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct institution *institution = reading.teller.institution;
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	json_out_key(out, "procedures");
	json_out_open(out, '[');
	for (size_t i = 0; i < institution->in_force_count; i++) {
		json_out_open(out, '{');
		procedure_put_head(&reading.teller, out, &institution->in_force[i], reading.viewer.person,
			reading.viewer.today);
		json_out_close(out, '}');
	}
	json_out_close(out, ']');
	json_out_close(out, '}');
	return ERR_OK;
}

/* By name the one in force; by the number of a definition any that ever was. ERR_NOT_FOUND otherwise. */
static enum err find(struct http_request *request, const struct definition **ret_definition)
{
	const struct institution *institution = request_institution(request);
	struct str name = request_text(request, "procedure");
	int64_t id;

	*ret_definition = &institution->definitions[0];
	if (!str_to_int(name, &id))
		return institution_definition(
			institution, request->arena, name, ret_definition, &request->why);
	if (id < 1 || (size_t)id > institution->definition_count)
		return err_set(&request->why, ERR_NOT_FOUND, "procedure",
			"no definition was ever adopted under this number");
	*ret_definition = &institution->definitions[id - 1];
	return ERR_OK;
}

enum err route_procedure(struct http_request *request, struct reply *reply)
{
	const struct reading reading = reading_of(request);
	const struct definition *definition;

	TRY(find(request, &definition));
	struct json_out *out = reply_json(reply);

	json_out_open(out, '{');
	procedure_put_head(&reading.teller, out, definition, reading.viewer.person, reading.viewer.today);
	procedure_put_rules(&reading.teller, out, definition->procedure);
	json_out_close(out, '}');
	return ERR_OK;
}

enum err route_procedure_diagram(struct http_request *request, struct reply *reply)
{
	const struct definition *definition;
	struct str state = request_text(request, "state");
	struct buf buf = buf_new(request->arena);
	int present = -1;

	TRY(find(request, &definition));
	if (state.size > 0)
		present = procedure_state(definition->procedure, state);
	if (state.size > 0 && present < 0)
		return err_set(&request->why, ERR_INVALID, "state", "this procedure has no such state");
	procedure_draw(&buf, definition->procedure, DRAW_SVG, request_lang(request), present);
	reply_body(reply, "image/svg+xml", buf_str(&buf));
	return ERR_OK;
}

enum err route_procedure_text(struct http_request *request, struct reply *reply)
{
	const struct definition *definition;

	TRY(find(request, &definition));
	reply_body(reply, "text/yaml; charset=utf-8", definition->procedure->text);
	reply_etag(reply, str_format(request->arena, "%lld", (long long)definition->id));
	return ERR_OK;
}
