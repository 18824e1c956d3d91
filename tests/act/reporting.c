/* reporting.c: reporting without a name, in the small district. */
#include "reporting.h"

#include <string.h>

static const char text[] =
	"procedure: small_report\ngrasp: conduct\ntitle: {zh: 小反映, en: Small report}\n"
	"number: \"匿〔{year}〕{seq}号\"\n"
	"roles:\n"
	"  office:  {function: accountability_office}\n"
	"  subject: {field: subject}\n"
	"  above:   {function: discipline_secretary}\n"
	"fields:\n"
	"  subject: {type: unit, required: true}\n"
	"  title:   {type: text, required: true}\n"
	"  answer:  {type: text}\n"
	"states: {received: {start: true}, closed: {end: success}}\n"
	"actions:\n"
	"  say:\n"
	"    by: office\n"
	"    from: received\n"
	"    tells_reporter: [words]\n"
	"    fields: {words: {type: text, required: true}, aside: {type: text}}\n"
	"  answer: {by: office, from: received, to: closed, evidence: optional, tells_reporter: [answer], "
	"fields: {answer: {required: true}}}\n"
	"duties: {answer_it: {bearer: office, in: received, discharged_by: answer, within: 10 working days, "
	"breach: {escalate: above}}}\n"
	"letters: {about: subject, fields: [subject, title]}\n"
	"no_evidence: 只在测试中\n"
	"visibility: compartment\n";

void reporting_adopt(struct district *district)
{
	district_must(
		district, district_act(district,
				  (struct act){.kind = ACT_ADOPT,
					  .what.adopt = {.items =
								 &(struct definition_text){
									 .file = STR("small_report.yaml"),
									 .text = str_from(text)},
						  .count = 1},
					  .imported = true}));
}

struct str reporting_code(struct district *district, const char *code)
{
	struct hash hash = hash_bytes(code, strlen(code));

	return hex_print(district->arena, hash.bytes, HASH_SIZE);
}

enum err reporting_send(struct district *district, const char *code, const char *unit, const char *title)
{
	struct doc *fields = doc_object(district->arena);

	doc_set(district->arena, fields, "subject", doc_int(district->arena, unit_id(district->scene, unit)));
	doc_set(district->arena, fields, "title", doc_text(district->arena, str_from(title)));
	return district_act(district, (struct act){.kind = ACT_LETTER,
					      .what.letter = {.code = reporting_code(district, code),
						      .procedure = STR("small_report"),
						      .fields = fields}});
}

enum err reporting_add(struct district *district, const char *code, const char *text_added)
{
	return district_act(district, (struct act){.kind = ACT_LETTER,
					      .what.letter = {.code = reporting_code(district, code),
						      .text = str_from(text_added)}});
}
