#!/usr/bin/env node
/* mkpengjiang.mjs: make units, posts, people and tenures of institutions/pengjiang-2019.
 *
 *   node tools/mkpengjiang.mjs           writes the four files
 *   node tools/mkpengjiang.mjs --check   recomputes the article's figures from the files that are there, and
 *                                        says whether they are what this program would write; exit 1 if not */
import {readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {parseCsv, printCsv} from './pengjiang/csv.mjs';
import {findFaults} from './pengjiang/figures.mjs';
import {makePeople, makeRandom} from './pengjiang/people.mjs';
import {makePosts} from './pengjiang/posts.mjs';
import {makeTenures} from './pengjiang/tenures.mjs';
import {makeUnits} from './pengjiang/units.mjs';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'institutions', 'pengjiang-2019');
const SEED = 20191231;
const COLUMNS = {
	units: ['code', 'name', 'name_en', 'kind', 'parent', 'leader'],
	posts: ['code', 'unit', 'title', 'title_en', 'kind', 'rank'],
	people: ['code', 'name', 'gender', 'born'],
	tenures: ['post', 'person', 'from', 'until', 'kind', 'move'],
};

function make() {
	const random = makeRandom(SEED), people = makePeople(random);
	const units = makeUnits(JSON.parse(readFileSync(join(FOLDER, 'sources', 'divisions.json'), 'utf8')));
	const posts = makePosts(units);
	const tenures = makeTenures(units, posts, people, random);
	const rows = {units, posts, people: people.rows, tenures};
	return Object.fromEntries(Object.entries(COLUMNS).map(([name, columns]) => [name, printCsv(columns, rows[name])]));
}

const path = (name) => join(FOLDER, `${name}.csv`);

function check(made) {
	const found = Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, readFileSync(path(name), 'utf8')]));
	const faults = findFaults(Object.fromEntries(Object.entries(found).map(([name, text]) => [name, parseCsv(text)])));
	for (const name of Object.keys(COLUMNS))
		if (found[name] !== made[name])
			faults.push(`${name}.csv isn't what tools/mkpengjiang.mjs writes: run it again`);
	faults.forEach((fault) => console.error(`mkpengjiang: ${fault}`));
	console.log(faults.length === 0 ? '21 heads: 47.2 before, 45.0 after; 279 moves = 52 + 227' : `${faults.length} faults`);
	return faults.length === 0 ? 0 : 1;
}

const made = make();
if (process.argv[2] === '--check') {
	process.exitCode = check(made);
} else {
	for (const [name, text] of Object.entries(made))
		writeFileSync(path(name), text);
}
