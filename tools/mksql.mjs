// mksql.mjs OUT.h OUT.c SCHEMA-OR-SQL...: named statements and schema steps as C tables.
//
// A statement begins with "-- :name the_name"; comment lines behind it are kept out. Each becomes STMT_THE_NAME. A file
// named NNNN-what.sql is a step of the schema, taken whole.
//
// "-- :fragment some_name(a, b)" begins text that statements share, in any file: {some_name m $2} is replaced by it, with :a and
// :b standing for what was given. A fragment may use others. "-- :for word one two" behind a name makes the statement once for each
// word, which takes the place of <word> in its name and text.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [, , headerFile, sourceFile, ...files] = process.argv;
const statements = [];
const steps = [];
const fragments = new Map();
const waiting = [];

const bodyOf = (lines) => lines.filter((line) => !line.trimStart().startsWith('--')).map((line) => line.trim()).join(' ').trim();

for (const file of files) {
	const text = readFileSync(file, 'utf8');
	if (/^\d{4}-/.test(basename(file))) {
		steps.push({ version: Number(basename(file).slice(0, 4)), text });
		continue;
	}
	for (const part of text.split(/^-- :(?=name |fragment )/m).slice(1)) {
		const [head, ...lines] = part.split('\n');
		const fragment = /^fragment ([a-z_]+)\(([a-z_, ]*)\)$/.exec(head.trim());
		if (fragment) {
			const [, name, list] = fragment;
			if (fragments.has(name)) throw new Error(`${file}: the fragment ${name} stands twice`);
			fragments.set(name, { parameters: list.split(',').map((word) => word.trim()).filter(Boolean), body: bodyOf(lines) });
			continue;
		}
		const loops = lines.map((line) => /^-- :for ([a-z]+) (.+)$/.exec(line.trim())).filter(Boolean);
		let made = [{ name: head.replace(/^name /, '').trim(), sql: bodyOf(lines) }];
		for (const [, word, values] of loops)
			made = made.flatMap(({ name, sql }) => values.trim().split(/\s+/)
				.map((value) => ({ name: name.replaceAll(`<${word}>`, value), sql: sql.replaceAll(`<${word}>`, value) })));
		waiting.push(...made.map((statement) => ({ file, ...statement })));
	}
}

// What stands in braces, with what was given in the place of its parameters; inside out, as deep as fragments go.
function expand(sql, where, depth = 0) {
	if (depth > 20) throw new Error(`${where}: fragments that use each other`);
	return sql.replace(/\{([a-z_]+)((?: [^{}\s]+)*)\}/g, (_, name, given) => {
		const fragment = fragments.get(name);
		const values = given.trim().split(' ').filter(Boolean);
		if (!fragment) throw new Error(`${where}: there is no fragment ${name}`);
		if (values.length !== fragment.parameters.length)
			throw new Error(`${where}: ${name} takes ${fragment.parameters.length} parameters, ${values.length} are given`);
		const body = fragment.body.replace(/:([a-z_]+)/g, (whole, word) => {
			const at = fragment.parameters.indexOf(word);
			if (at < 0) throw new Error(`${where}: ${name} has no parameter ${whole}`);
			return values[at];
		});
		return expand(body, where, depth + 1);
	});
}

for (const { file, name, sql: written } of waiting) {
	const sql = expand(written, `${file}: ${name}`);
	if (!/^[a-z][a-z_]*$/.test(name)) throw new Error(`${file}: '${name}' is no name of a statement`);
	if (!sql.endsWith(';')) throw new Error(`${file}: ${name}: a statement ends with a semicolon`);
	if (/[{}]|<[a-z]+>/.test(sql)) throw new Error(`${file}: ${name}: braces are left over`);
	if (statements.some((other) => other.name === name)) throw new Error(`${file}: ${name} stands twice`);
	const numbers = [...sql.matchAll(/\$(\d+)/g)].map((match) => Number(match[1]));
	const count = Math.max(1, ...numbers);
	for (let i = 1; i <= count; i++)
		if (!numbers.includes(i)) throw new Error(`${file}: ${name}: $${i} is missing, and $${count} is there`);
	// SQLite numbers $N by first appearance and ?N by N; PostgreSQL knows $N. The files keep to $N.
	statements.push({ name, sql: sql.replace(/\$(\d+)/g, '?$1'), count, writes: !/^(select|with)\b/.test(sql) });
}

// A C string of at most so many characters a line: compilers take no endless ones.
const LINE = 2000;
const pieces = (line) => line.match(new RegExp(`.{1,${LINE}}`, 'gs')) ?? [''];
const escaped = (text) => text.replace(/\\/g, '\\\\').replace(/"/g, '\\"');
const quote = (text) => text.split('\n')
	.map((line) => pieces(line).map((piece, i, all) => '\t"' + escaped(piece) + (i === all.length - 1 ? '\\n"' : '"')).join('\n')).join('\n');
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
