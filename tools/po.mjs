// po.mjs: reads a GNU gettext message catalogue: msgid, msgstr, strings continued on further lines, comments.
import { readFileSync } from 'node:fs';

const escapes = { n: '\n', t: '\t', '"': '"', '\\': '\\' };

function unquote(text, place) {
	if (!/^"(?:[^"\\]|\\.)*"$/.test(text)) throw new Error(`${place}: not a quoted string: ${text}`);
	return text.slice(1, -1).replace(/\\(.)/g, (whole, letter) => {
		if (!(letter in escapes)) throw new Error(`${place}: no such escape: ${whole}`);
		return escapes[letter];
	});
}

/** [{ id, text, line }] without the header entry. */
export function readPo(file) {
	const entries = [];
	let field = null;
	readFileSync(file, 'utf8').split('\n').forEach((raw, i) => {
		const line = raw.trim(), place = `${file}:${i + 1}`;
		if (line === '' || line.startsWith('#')) return;
		const [, word, rest] = line.match(/^(msgid|msgstr)?\s*(".*")$/) ?? [];
		if (rest === undefined) throw new Error(`${place}: neither msgid, msgstr nor a string`);
		if (word === 'msgid') entries.push({ id: '', text: '', line: i + 1 });
		if (word !== undefined) field = word === 'msgid' ? 'id' : 'text';
		if (field === null) throw new Error(`${place}: a string before the first msgid`);
		entries.at(-1)[field] += unquote(rest, place);
	});
	return entries.filter(({ id }) => id !== '');
}
