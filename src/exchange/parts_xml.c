/* parts_xml.c: one part as elements and text. The one file that knows expat. */
#include "exchange/parts.h"

#include <expat.h>
#include <stdio.h>
#include <string.h>

#define SEPARATOR '|' /* between a name and its namespace */

struct xml_reading {
	const struct xml_reader *reader;
	XML_Parser parser;
	const char *part;
	int depth;
	enum err failed;
	struct bh_err *reterr;
	char place[200];
};

static const char *local_name(const char *name)
{
	const char *at = strrchr(name, SEPARATOR);

	return at == NULL ? name : at + 1;
}

const char *xml_attribute(const struct xml_attributes *attributes, const char *name)
{
	for (size_t i = 0; attributes->pairs[i] != NULL; i += 2)
		if (strcmp(local_name(attributes->pairs[i]), name) == 0)
			return attributes->pairs[i + 1];
	return NULL;
}

static void stop(struct xml_reading *reading, enum err err)
{
	if (reading->failed != ERR_OK || err == ERR_OK)
		return;
	reading->failed = err;
	(void)XML_StopParser(reading->parser, XML_FALSE);
}

/* "xl/workbook.xml:12". */
static const char *here(struct xml_reading *reading)
{
	(void)snprintf(reading->place, sizeof reading->place, "%.150s:%lu", reading->part,
		(unsigned long)XML_GetCurrentLineNumber(reading->parser));
	return reading->place;
}

static void on_open(void *context, const char *name, const char **pairs)
{
	struct xml_reading *reading = context;
	struct xml_attributes attributes = {pairs};

	if (++reading->depth > XML_DEPTH_MAX)
		stop(reading, err_set(reading->reterr, ERR_INVALID, here(reading),
				      "the file is built of more layers than any office file has"));
	else if (reading->failed == ERR_OK)
		stop(reading, reading->reader->open(reading->reader->context, local_name(name), &attributes,
				      reading->reterr));
}

static void on_close(void *context, const char *name)
{
	struct xml_reading *reading = context;

	reading->depth--;
	if (reading->failed == ERR_OK)
		stop(reading,
			reading->reader->close(reading->reader->context, local_name(name), reading->reterr));
}

static void on_text(void *context, const char *text, int size)
{
	struct xml_reading *reading = context;

	if (reading->failed == ERR_OK && reading->reader->text != NULL)
		stop(reading, reading->reader->text(reading->reader->context,
				      (struct str){text, (size_t)size}, reading->reterr));
}

/* Entities are declared in it, and nothing that an office file says needs one. */
static void on_doctype(
	void *context, const char *name, const char *system, const char *public, int has_internal_subset)
{
	struct xml_reading *reading = context;

	(void)name, (void)system, (void)public, (void)has_internal_subset;
	stop(reading, err_set(reading->reterr, ERR_INVALID, here(reading),
			      "the file declares a DOCTYPE, which an office file never does: it isn't read"));
}

static enum err feed(struct xml_reading *reading, const char *bytes, size_t size, bool last)
{
	enum XML_Status status = XML_Parse(reading->parser, bytes, (int)size, last);

	if (reading->failed != ERR_OK)
		return reading->failed;
	if (status == XML_STATUS_OK)
		return ERR_OK;
	if (XML_GetErrorCode(reading->parser) == XML_ERROR_NO_MEMORY)
		return err_set(
			reading->reterr, ERR_RANGE, here(reading), "there isn't enough memory for this file");
	return err_set(reading->reterr, ERR_INVALID, here(reading),
		"the file is damaged: this isn't XML (%s)",
		XML_ErrorString(XML_GetErrorCode(reading->parser)));
}

static enum err put(void *context, const char *bytes, size_t size, struct bh_err *reterr)
{
	(void)reterr;
	return feed(context, bytes, size, false);
}

enum err xml_read(
	const struct parts *parts, const char *name, const struct xml_reader *reader, struct bh_err *reterr)
{
	struct xml_reading reading = {.reader = reader, .part = name, .reterr = reterr};

	reading.parser = reader->raw ? XML_ParserCreate(NULL) : XML_ParserCreateNS(NULL, SEPARATOR);
	if (reading.parser == NULL)
		return err_set(reterr, ERR_RANGE, name, "there isn't enough memory for this file");
	XML_SetUserData(reading.parser, &reading);
	XML_SetElementHandler(reading.parser, on_open, on_close);
	XML_SetCharacterDataHandler(reading.parser, on_text);
	XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
	enum err err = parts->read(parts->context, name, put, &reading, reterr);

	if (err == ERR_OK)
		err = feed(&reading, "", 0, true);
	XML_ParserFree(reading.parser);
	return err;
}
