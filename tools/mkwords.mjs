// mkwords.mjs ZH.PO OUT.c: the translations as a table sorted by the bytes of the English sentence.
import { writeFileSync } from 'node:fs';
import { readPo } from './po.mjs';

const [, , poFile, sourceFile] = process.argv;
const entries = readPo(poFile);
const seen = new Set();
for (const { id, text, line } of entries) {
	if (seen.has(id)) throw new Error(`${poFile}:${line}: '${id}' stands twice`);
	if (text === '') throw new Error(`${poFile}:${line}: '${id}' has no translation`);
	seen.add(id);
}
entries.sort((a, b) => Buffer.compare(Buffer.from(a.id), Buffer.from(b.id)));

const quote = (text) => '"' + text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\t/g, '\\t') + '"';
writeFileSync(sourceFile, `/* Made at build time from zh.po. Do not edit. */
#include "base/words_table.h"

const struct words_row words_rows[] = {
${entries.map(({ id, text }) => `\t{${quote(id)},\n\t\t${quote(text)}},`).join('\n')}
};
const size_t words_count = sizeof words_rows / sizeof words_rows[0];
`);
