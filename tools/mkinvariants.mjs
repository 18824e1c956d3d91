// mkinvariants.mjs OUT.c INVARIANTS.def SQL...: the questions of check/ as C strings, one for each row of the table.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const [, , out, table, ...files] = process.argv;
const rows = [...readFileSync(table, 'utf8').matchAll(/^INVARIANT\(\w+, (\w+),/gm)].map((match) => match[1]);
const names = files.map((file) => basename(file, '.sql'));
for (const name of rows) if (!names.includes(name)) throw new Error(`${table}: ${name} has no invariant/${name}.sql`);
for (const name of names) if (!rows.includes(name)) throw new Error(`invariant/${name}.sql has no row in ${table}`);

const quote = (line) => '\t"' + line.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '\\n"';
writeFileSync(out, '/* Made at build time from invariant/. Do not edit. */\n#include "check/invariant.h"\n\n' + files.map((file) => {
	const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
	const sql = lines.filter((line) => !line.startsWith('--'));
	if (sql.join('\n').split(';').length !== 2 || !sql.at(-1).endsWith(';')) throw new Error(`${file}: one question, one semicolon`);
	return `const char invariant_${basename(file, '.sql')}[] =\n${sql.map(quote).join('\n')};\n`;
}).join('\n'));
