// words.mjs ROOT [--missing]: every sentence that the source says to people has its Chinese in src/base/zh.po, with the same values in
// the same order, and the catalogue holds nothing that the source no longer says. --missing prints entries to fill in.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { readPo } from '../../tools/po.mjs';
import { conversion, literal, sentences, sources, unescape } from '../../tools/said.mjs';

const root = process.argv.slice(2).find((word) => !word.startsWith('--')) ?? '.';
const catalogue = join(root, 'src/base/zh.po');

/** %.0s is a %s of which nothing is shown: Chinese has no plural. */
const conversions = (text) => (text.match(conversion) ?? []).filter((one) => one !== '%%').map((one) => (one === '%.0s' ? '%s' : one));

const said = sentences(root);
const known = new Map(readPo(catalogue).map((entry) => [entry.id, entry]));
const missing = [...said].filter(([sentence]) => !known.has(sentence));

if (process.argv.includes('--missing')) {
	for (const [sentence, place] of missing) console.log(`#: ${place}\nmsgid ${JSON.stringify(sentence)}\nmsgstr ""\n`);
} else {
	test('the source says something', () => assert.ok(said.size > 100, `${said.size} sentences found`));

	test('every sentence has its Chinese', () => {
		assert.deepEqual(missing.map(([sentence, place]) => `${place}: ${sentence}`), []);
	});

	test('a translation takes the same values in the same order', () => {
		for (const { id, text, line } of known.values())
			assert.deepEqual(conversions(text), conversions(id), `${catalogue}:${line}`);
	});

	test('nothing is kept that nobody says', () => {
		// Sentences also stand in tables: any text of the source counts, adjacent pieces put together.
		const texts = new Set();
		for (const file of sources(join(root, 'src')))
			for (const [whole] of readFileSync(file, 'utf8').matchAll(/"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*/g))
				texts.add([...whole.matchAll(literal)].map(([, part]) => unescape(part)).join(''));
		assert.deepEqual([...known.keys()].filter((id) => !said.has(id) && !texts.has(id)), []);
	});
}
