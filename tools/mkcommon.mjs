// mkcommon.mjs LIST.txt... OUT.c: the commonest passwords as one sorted C table.
//
// A list has one word a line; lines that begin with # say where it comes from.
import { readFileSync, writeFileSync } from 'node:fs';

const SIZE_MIN = 4;
const SIZE_MAX = 24;
const files = process.argv.slice(2, -1);
const words = new Set();

for (const file of files)
	readFileSync(file, 'utf8').split('\n').forEach((word, i) => {
		if (word === '' || word.startsWith('#')) return;
		if (!/^[\x21-\x7e]+$/.test(word) || word !== word.toLowerCase() || word.length < SIZE_MIN || word.length > SIZE_MAX)
			throw new Error(`${file}:${i + 1}: a word is ${SIZE_MIN} to ${SIZE_MAX} characters of ASCII in lower case`);
		words.add(word);
	});
const sorted = [...words].sort((a, b) => (a < b ? -1 : 1));
const starts = [0];
for (const word of sorted) starts.push(starts.at(-1) + word.length);

const lines = [];
for (let i = 0; i < sorted.length; i += 8)
	lines.push('\t"' + sorted.slice(i, i + 8).join('').replace(/[\\"]/g, '\\$&').replace(/\?/g, '\\?') + '"');
writeFileSync(process.argv.at(-1), `/* Made at build time by tools/mkcommon.mjs; each list says where it comes from. Do not edit. */
#include "account/common.h"

static const char text[] =
${lines.join('\n')};
static const uint32_t starts[] = {${starts.join(', ')}};

const struct common common_passwords = {text, starts, ${sorted.length}};
`);
