// mksql.mjs OUT.h OUT.c SCHEMA-OR-SQL...: named statements and schema steps as C tables.
//
// A statement begins with "-- :name the_name"; comment lines behind it are kept out. Each becomes STMT_THE_NAME. A file
// named NNNN-what.sql is a step of the schema, taken whole.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [, , headerFile, sourceFile, ...files] = process.argv;
const statements = [];
const steps = [];

for (const file of files) {
	const text = readFileSync(file, 'utf8');
	if (/^\d{4}-/.test(basename(file))) {
		steps.push({ version: Number(basename(file).slice(0, 4)), text });
		continue;
	}
	for (const part of text.split(/^-- :name /m).slice(1)) {
		const [name, ...lines] = part.split('\n');
		const sql = lines.filter((line) => !line.trimStart().startsWith('--')).map((line) => line.trim()).join(' ').trim();
		if (!/^[a-z][a-z_]*$/.test(name.trim())) throw new Error(`${file}: '${name}' is no name of a statement`);
		if (!sql.endsWith(';')) throw new Error(`${file}: ${name}: a statement ends with a semicolon`);
		if (statements.some((other) => other.name === name.trim())) throw new Error(`${file}: ${name} stands twice`);
		const numbers = [...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]));
		const count = Math.max(1, ...numbers);
		for (let i = 1; i <= count; i++)
			if (!numbers.includes(i)) throw new Error(`${file}: ${name}: $${i} is missing, and $${count} is there`);
		// SQLite numbers $N by first appearance and ?N by N; PostgreSQL knows $N. The files keep to $N.
		statements.push({ name: name.trim(), sql: sql.replace(/\$(\d+)/g, '?$1'), count, writes: !sql.startsWith('select') });
	}
}

const quote = (text) => text.split('\n').map((line) => '\t"' + line.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '\\n"').join('\n');
steps.sort((a, b) => a.version - b.version);
writeFileSync(headerFile, `/* Made at build time from sql/ and schema/. Do not edit. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

#include <stddef.h>

enum statement {
${statements.map(({ name }) => `\tSTMT_${name.toUpperCase()},`).join('\n')}
\tSTMT_COUNT
};

struct statement_row {
\tconst char *name, *text;
\tint parameters; /* $1 … $parameters */
\tint writes;     /* 1: it changes rows */
};
extern const struct statement_row statement_rows[STMT_COUNT];

struct schema_step {
\tint version;
\tconst char *text;
};
extern const struct schema_step schema_steps[];
extern const size_t schema_step_count;

#endif
`);
writeFileSync(sourceFile, `/* Made at build time from sql/ and schema/. Do not edit. */
#include "store/statements.h"

const struct statement_row statement_rows[STMT_COUNT] = {
${statements.map(({ name, sql, count, writes }) => `\t[STMT_${name.toUpperCase()}] = {"${name}",\n${quote(sql)}, ${count}, ${writes ? 1 : 0}},`).join('\n')}
};

const struct schema_step schema_steps[] = {
${steps.map(({ version, text }) => `\t{${version},\n${quote(text)}},`).join('\n')}
};
const size_t schema_step_count = sizeof schema_steps / sizeof schema_steps[0];
`);
