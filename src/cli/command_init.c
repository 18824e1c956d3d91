/* command_init.c: a new installation from an institution folder, once all of it is proved. */
#include "cli/acts.h"
#include "cli/administrators.h"
#include "cli/house.h"
#include "cli/paper_out.h"
#include "cli/sources.h"

#include "exchange/file.h"
#include "intake/intake.h"

#include <stdio.h>

/* Every row, in an order in which it can be recorded, and then the procedures. */
static struct act *plan(struct call *call, const struct institution_folder *institution, size_t *ret_count)
{
	size_t rows = institution->rows.count, total = rows + institution->procedures.count;
	struct act *acts = ARENA_TAKE(call->arena, total + 1, struct act);

	struct definition_text *texts =
		ARENA_TAKE(call->arena, institution->procedures.count + 1, struct definition_text);

	for (size_t i = 0; i < rows; i++)
		acts[i] = act_of_row(&institution->rows.items[i]);
	for (size_t i = 0; i < institution->procedures.count; i++) {
		const struct procedure *procedure = institution->procedures.items[i];

		/* They were proved together, which one after the other couldn't be. */
		texts[i] = (struct definition_text){sources_file(call, procedure), procedure->text};
		acts[rows + i] = (struct act){
			.kind = ACT_ADOPT, .imported = true, .what.adopt = {.items = &texts[i], .count = 1}};
	}
	*ret_count = total;
	return acts;
}

static enum err carry_out(
	struct call *call, struct installation *installation, const struct act *planned, size_t count)
{
	struct acts *acts = acts_begin(call, installation, say(call, "建立", "founding"), count);
	enum err err = ERR_OK;

	for (size_t i = 0; i < count && err == ERR_OK; i++)
		err = acts_put(acts, &planned[i]);
	if (err == ERR_OK)
		err = acts_wait(acts);
	acts_end(acts);
	return err;
}

static void tell(struct call *call, const struct institution_folder *institution, struct str vkey,
	const struct auth_answer *administrators)
{
	const struct org *org = institution->org;

	if (call->quiet)
		return;
	if (call->json) {
		struct buf buf = buf_new(call->arena);
		struct json_out out = json_out_new(&buf);

		json_out_open(&out, '{');
		json_out_field_text(&out, "institution", institution->name);
		json_out_field_int(&out, "units", (int64_t)org_unit_count(org));
		json_out_field_int(&out, "posts", (int64_t)org_post_count(org));
		json_out_field_int(&out, "people", (int64_t)org_person_count(org));
		json_out_field_int(&out, "tenures", (int64_t)org_tenure_count(org));
		json_out_field_int(&out, "procedures", (int64_t)institution->procedures.count);
		json_out_field_text(&out, "key", vkey);
		administrators_print(&out, administrators);
		json_out_close(&out, '}');
		printf("%s\n", buf_str(&buf).data);
		return;
	}
	printf(say(call, "%.*s: %s 个单位, %s 个岗位, %s 人, %s 条任职, %s 个程序\n",
		       "%.*s: %s, %s, %s, %s, %s\n"),
		STR_ARG(label_pick(institution->title, institution->name, lang_of(call))),
		counted(call, org_unit_count(org), "unit", "units"),
		counted(call, org_post_count(org), "post", "posts"),
		counted(call, org_person_count(org), "person", "people"),
		counted(call, org_tenure_count(org), "tenure", "tenures"),
		counted(call, institution->procedures.count, "procedure", "procedures"));
	administrators_tell(call, administrators);
	printf("%s\n  %.*s\n",
		say(call, "账本公钥(请交给外部核验人,并另处保存):",
			"the ledger's verifier key (hand it to whoever verifies, and keep it elsewhere):"),
		STR_ARG(vkey));
}

/* With the three administrators the founding ends. */
static enum err end_founding(
	struct call *call, const struct institution_folder *institution, struct installation *installation)
{
	struct auth *auth;
	struct auth_answer administrators;

	TRY(auth_open(installation, NULL, &auth, &call->why));
	enum err err = administrators_begin(call, auth, &administrators);

	if (err == ERR_OK)
		tell(call, institution, installation_vkey(installation, call->arena), &administrators);
	secret_wipe(&administrators, sizeof administrators);
	auth_close(auth);
	return err;
}

static enum err found(struct call *call, const struct institution_folder *institution)
{
	struct str dir = str_from(call->arguments[0]);
	struct founding founding = {.name = institution->name,
		.title = institution->title,
		.origin = institution->origin,
		.offset_minutes = institution->offset_minutes};
	struct installation *installation;
	struct instant now;

	TRY(call_now(call, institution->offset_minutes, &now));
	struct act_source source = call_source(call, &now);
	size_t count;
	const struct act *planned = plan(call, institution, &count);

	TRY(installation_found(dir, &founding, &source, &call->why));
	TRY(installation_open(dir, &source, &installation, &call->why));
	enum err err = carry_out(call, installation, planned, count);

	if (err == ERR_OK)
		err = end_founding(call, institution, installation);
	installation_close(installation);
	return err;
}

/* Templates of papers that the folder brings: looked through before anything is made, in use afterwards. */
static enum err list_templates(
	struct call *call, const char *path, const char ***ret_files, size_t *ret_count)
{
	const char *folder = str_format(call->arena, "%s/templates", path).data;
	struct str *names = NULL;
	struct bh_err why;
	size_t count = 0;
	enum err err = folder_list(call->arena, folder, ".docx", &names, &count, &why);

	if (err != ERR_OK && err != ERR_NOT_FOUND)
		return err_pass(&call->why, err, folder, &why);
	const char **files = ARENA_TAKE(call->arena, count + 1, const char *);

	for (size_t i = 0; i < count; i++) {
		struct paper paper;

		files[i] = str_format(call->arena, "%s/%.*s", folder, STR_ARG(names[i])).data;
		TRY(paper_look_through(call, files[i], &paper));
	}
	*ret_files = files;
	*ret_count = count;
	return ERR_OK;
}

enum err command_init(struct call *call)
{
	const char **templates;
	size_t template_count;
	const char *path = option_value(call, "institution");
	struct findings findings = findings_new(call->arena);
	struct sources sources;

	if (path == NULL)
		return err_set(&call->why, ERR_INVALID, "--institution",
			"say from which institution folder: --institution institutions/pengjiang-2019");
	if (!institution_is_there(call->arena, path))
		return err_set(
			&call->why, ERR_NOT_FOUND, path, "there is no institution.yaml in this folder");
	TRY(sources_read(call, path, &findings, &sources));
	sources_prove(&sources, &findings);
	TRY(list_templates(call, path, &templates, &template_count));
	if (findings.count == 0) {
		TRY(found(call, sources.institution));
		for (size_t i = 0; i < template_count; i++)
			TRY(paper_put_in_use(call, call->arguments[0], templates[i]));
		return ERR_OK;
	}
	findings_print(call, &findings, true);
	return err_set(&call->why, ERR_REFUSED, path,
		"the institution isn't sound: %zu finding%s above; nothing was made", findings.count,
		findings.count == 1 ? "" : "s");
}
