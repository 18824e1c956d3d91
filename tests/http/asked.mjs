// What a handler asks its request for stands in the table of routes, in a type that it can be asked for as: the
// server would stop at the first such request otherwise.
import assert from 'node:assert/strict'
import fs from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'

const root = process.argv[2] ?? '.'
const http = path.join(root, 'src/http')
const types = {
	int: ['INT', 'VERSION'],
	bool: ['BOOL'],
	text: ['LINE', 'TEXT', 'NAME', 'WORD', 'HASH'],
	day: ['DAY'],
	instant: ['INSTANT'],
	tree: ['OBJECT', 'LIST', 'INTS', 'NAMES', 'LINES', 'FREE'],
}
const read = (folder, end) => fs.readdirSync(folder, { recursive: true }).filter(name => name.endsWith(end))
	.map(name => [name, fs.readFileSync(path.join(folder, name), 'utf8')])
const rows = {}
for (const [, text] of read(http, '.def'))
	for (const [, name, type] of text.matchAll(/^PARAM\(\w+, *\w+, *"([^"]+)", *(\w+),/gm)) (rows[name] ??= new Set()).add(type)

test('each name that a handler asks for has a row of a type that it can have', () => {
	let asked = 0
	for (const [file, text] of read(http, '.c'))
		for (const [, how, name] of text.matchAll(/request_(int|bool|text|day|instant|tree|has)\([\w.>-]+, "([^"]+)"\)/g)) {
			asked++
			assert.ok(rows[name], `${file}: request_${how} asks for "${name}", which no route has`)
			assert.ok(how === 'has' || types[how].some(type => rows[name].has(type)),
				`${file}: request_${how} can't give "${name}", which is ${[...rows[name]]}`)
		}
	assert.ok(asked > 100, `${asked} found: the pattern reads them no more`)
})
