/* command_init.c: a new installation from an institution folder, once all of it is proved. */
#include "cli/house.h"
#include "cli/progress.h"
#include "cli/sources.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

/* All acts of the founding, handed to the writer at once: it does hundreds of them in one transaction. */
struct founding_work {
	struct act *acts;
	struct act_job *jobs;
	size_t count;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	size_t answered;
};

static void answer(struct act_job *job)
{
	struct founding_work *work = job->context;

	pthread_mutex_lock(&work->lock);
	work->answered++;
	pthread_cond_signal(&work->changed);
	pthread_mutex_unlock(&work->lock);
}

static struct act act_of_row(const struct org_row *row)
{
	struct act act = {.imported = true};

	switch (row->table) {
	case ORG_UNITS:
	case ORG_UNIT_LINKS:
		act.kind = ACT_UNIT;
		act.what.unit = &row->as.unit;
		break;
	case ORG_POSTS:
		act.kind = ACT_POST;
		act.what.post = &row->as.post;
		break;
	case ORG_PEOPLE:
		act.kind = ACT_PERSON;
		act.what.person = &row->as.person;
		break;
	case ORG_TENURES:
		act.kind = ACT_TENURE;
		act.what.tenure = &row->as.tenure;
		break;
	case ORG_FUNCTIONS:
		act.kind = ACT_FUNCTION;
		act.what.function = &row->as.function;
		break;
	default:
		act.kind = ACT_DELEGATION;
		act.what.delegation = &row->as.delegation;
	}
	return act;
}

static struct founding_work plan(struct call *call, const struct institution *institution)
{
	size_t rows = institution->rows.count, total = rows + institution->procedures.count;
	struct founding_work work = {.acts = ARENA_TAKE(call->arena, total + 1, struct act),
		.jobs = ARENA_TAKE(call->arena, total + 1, struct act_job),
		.count = total};

	for (size_t i = 0; i < rows; i++)
		work.acts[i] = act_of_row(&institution->rows.items[i]);
	for (size_t i = 0; i < institution->procedures.count; i++) {
		const struct procedure *procedure = institution->procedures.items[i];
		const char *slash = strrchr(str_copy(call->arena, procedure->file).data, '/');

		/* They were proved together, which one after the other couldn't be. */
		work.acts[rows + i] = (struct act){.kind = ACT_ADOPT,
			.imported = true,
			.what.adopt = {.file = slash == NULL ? procedure->file : str_from(slash + 1),
				.text = procedure->text}};
	}
	return work;
}

/* Submit everything and wait for the last answer. The first refusal is the one that is told. */
static enum err carry_out(struct call *call, struct installation *installation, struct founding_work *work)
{
	struct progress progress = progress_new(say(call, "建立", "founding"));
	size_t answered = 0;

	REQUIRE(pthread_mutex_init(&work->lock, NULL) == 0 && pthread_cond_init(&work->changed, NULL) == 0);
	for (size_t i = 0; i < work->count; i++) {
		work->jobs[i] = (struct act_job){.act = &work->acts[i], .answer = answer, .context = work};
		act_submit(installation, &work->jobs[i]);
	}
	while (answered < work->count) {
		pthread_mutex_lock(&work->lock);
		while (work->answered == answered)
			pthread_cond_wait(&work->changed, &work->lock);
		answered = work->answered;
		pthread_mutex_unlock(&work->lock);
		progress_show(&progress, (int64_t)answered, (int64_t)work->count);
	}
	progress_end(&progress);
	pthread_mutex_destroy(&work->lock);
	pthread_cond_destroy(&work->changed);
	for (size_t i = 0; i < work->count; i++)
		if (work->jobs[i].err != ERR_OK) {
			call->why = work->jobs[i].why;
			return work->jobs[i].err;
		}
	return ERR_OK;
}

static void tell(struct call *call, const struct institution *institution, struct str vkey)
{
	const struct org *org = institution->org;

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
		json_out_close(&out, '}');
		printf("%s\n", buf_str(&buf).data);
		return;
	}
	printf(say(call, "%.*s: %zu 个单位, %zu 个岗位, %zu 人, %zu 条任职, %zu 个程序\n",
		       "%.*s: %zu units, %zu posts, %zu people, %zu tenures, %zu procedures\n"),
		STR_ARG(label_pick(institution->title, institution->name, lang_of(call))),
		org_unit_count(org), org_post_count(org), org_person_count(org), org_tenure_count(org),
		institution->procedures.count);
	printf("%s\n  %.*s\n",
		say(call, "账本公钥(请交给外部核验人,并另处保存):",
			"the ledger's verifier key (hand it to whoever verifies, and keep it elsewhere):"),
		STR_ARG(vkey));
}

static enum err found(struct call *call, const struct institution *institution)
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
	struct founding_work work = plan(call, institution);

	TRY(installation_found(dir, &founding, &source, &call->why));
	TRY(installation_open(dir, &source, &installation, &call->why));
	enum err err = carry_out(call, installation, &work);

	if (err == ERR_OK)
		tell(call, institution, installation_vkey(installation, call->arena));
	installation_close(installation);
	return err;
}

enum err command_init(struct call *call)
{
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
	if (findings.count == 0)
		return found(call, sources.institution);
	findings_print(&findings, call->arena, true);
	return err_set(&call->why, ERR_REFUSED, path,
		"the institution isn't sound: %zu finding%s above; nothing was made", findings.count,
		findings.count == 1 ? "" : "s");
}
