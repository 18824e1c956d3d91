// said.mjs: what the source says to people: every sentence of err_set and the like, for the tests that hold something beside them.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

// What says something to people, and which of its arguments, from 0, is the sentence.
const speakers = { err_set: 3, err_set_near: 4, findings_add: 5, SAY: 2, SAY_W1: 2, SAY_CONDITION: 1, REFUSE: 3, FAULT: 3, csv_error_add: 3, matter_table_say: 3, refuse: 3, fault_add: 3 };

export function sources(folder) {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? sources(path) : /\.[ch]$/.test(name) ? [path] : [];
	});
}

/** The top-level arguments of a call whose '(' stands at `open`, comments left out. */
function callArguments(text, open) {
	const found = [''];
	for (let i = open + 1, depth = 0; i < text.length; i++) {
		const rest = text.slice(i);
		const whole = rest.match(/^(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)?.[0];
		const comment = whole ? undefined : rest.match(/^(?:\/\*[\s\S]*?\*\/|\/\/.*)/)?.[0];
		if (whole) {
			found[found.length - 1] += whole;
			i += whole.length - 1;
		} else if (comment) {
			i += comment.length - 1;
		} else if (text[i] === ')' && depth === 0) {
			return found.map((argument) => argument.trim());
		} else if (text[i] === ',' && depth === 0) {
			found.push('');
		} else {
			depth += '([{'.includes(text[i]) ? 1 : ')]}'.includes(text[i]) ? -1 : 0;
			found[found.length - 1] += text[i];
		}
	}
	return [];
}

/** Names that stand for a text, as in "no " ACT_CLOCK_STEP_BACK " says why". */
function textsOf(root) {
	const texts = new Map();
	for (const file of sources(join(root, 'src')))
		for (const [, name, text] of readFileSync(file, 'utf8').matchAll(/^#define ([A-Z_]+)\s+("(?:[^"\\]|\\.)*")$/gm)) texts.set(name, text);
	return texts;
}

export const literal = /"((?:[^"\\]|\\.)*)"/g;
export const unescape = (text) => text.replace(/\\(.)/g, (whole, letter) => ({ n: '\n', t: '\t' })[letter] ?? letter);

/** Every sentence said below `folder` of `root`, with the first place that says it. Either side of a `?:` counts; a variable is another
 * function's sentence. */
export function sentences(root, folder = 'src') {
	const found = new Map(), texts = textsOf(root);
	for (const file of sources(join(root, folder))) {
		const text = readFileSync(file, 'utf8');
		for (const match of text.matchAll(/\b([A-Za-z_][A-Za-z_0-9]*)\(/g)) {
			if (!(match[1] in speakers) || /#define\s+$/.test(text.slice(0, match.index))) continue;
			// command_doctor.c says each of its findings in both languages at once.
			if (file.endsWith('command_doctor.c') && match[1] === 'SAY') continue;
			const given = callArguments(text, match.index + match[0].length - 1);
			const line = text.slice(0, match.index).split('\n').length;
			const said = [speakers[match[1]]].flat().map((i) => given[i] ?? '').filter((argument) => argument.startsWith('"') || argument.includes('?'));
			for (const side of said.flatMap((argument) => argument.split(/[?:](?=(?:[^"]*"[^"]*")*[^"]*$)/))) {
				const whole = side.replace(/"(?:[^"\\]|\\.)*"|\b[A-Z_]{3,}\b/g, (word) => texts.get(word) ?? word);
				const sentence = [...whole.matchAll(literal)].map(([, part]) => unescape(part)).join('');
				if (/[a-z]/.test(sentence.replace(conversion, '')) && !found.has(sentence)) found.set(sentence, `${file}:${line}`);
			}
		}
	}
	return found;
}

export const conversion = /%(?:%|[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|z|j|t)?[a-zA-Z])/g;
