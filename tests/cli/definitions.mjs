// Definitions from a shell: proved, explained, drawn, simulated.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, file, inside, root, run } from './run.mjs'

const minimal = join(root, 'institutions/minimal')
const task = join(minimal, 'procedures/task.yaml')

// A copy of the smallest institution with one of its texts changed.
function changed(name, path, change) {
	cpSync(minimal, inside(name), { recursive: true })
	const where = join(inside(name), path)
	writeFileSync(where, change(readFileSync(where, 'utf8')))
	return inside(name)
}

test('every institution that is shipped is sound', () => {
	for (const name of ['minimal', 'pengjiang-2019']) {
		const path = join(root, 'institutions', name)
		const count = readdirSync(join(path, 'procedures')).filter((file) => file.endsWith('.yaml')).length
		const { code, out, err } = bihuan(['check', path])
		assert.equal(code, 0, out + err)
		assert.match(out, new RegExp(`^${count} procedures, 0 findings, \\d+ ms\\n$`))
	}
})

test('check takes a file, a folder of definitions or an institution', () => {
	assert.match(run('check', task), /^1 procedure, 0 findings/)
	assert.match(run('check', join(minimal, 'procedures')), /^4 procedures, 0 findings/)
	assert.match(run('check', minimal, '--lang', 'zh'), /^4 个程序, 0 处问题, \d+ 毫秒\n$/)
	const said = JSON.parse(run('check', minimal, '--json'))
	assert.equal(said.procedures, 4)
	assert.equal(said.proof.sound, true)
	assert.deepEqual(said.proof.findings, [])
})

test('a breach of a rule is placed, shown with the path that breaks it, and makes the answer no', () => {
	const path = changed('unsound', 'procedures/task.yaml', (text) => text.replace(/    not_by: \[report, ask_close\].*\n/, ''))
	for (const where of [path, join(path, 'procedures'), join(path, 'procedures/task.yaml')]) {
		const { code, out, err } = bihuan(['check', where])
		assert.equal(code, 1)
		assert.equal(err, '')
		assert.match(out, /procedures\/task\.yaml:\d+:\d+: S1: /)
		assert.match(out, /1 finding, \d+ ms\n$/)
	}
	const { proof } = JSON.parse(bihuan(['check', path, '--json']).out)
	assert.equal(proof.sound, false)
	assert.equal(proof.findings[0].rule, 'S1')
	assert.ok(proof.findings[0].line > 0)
})

test('a role that no post fills is found only with the institution at hand', () => {
	const path = changed('no-function', 'institution.yaml', (text) => text.replace(/^ {2}supervision_office: .*\n/m, ''))
	assert.equal(bihuan(['check', join(path, 'procedures')]).code, 0)
	const { code, out } = bihuan(['check', path])
	assert.equal(code, 1)
	assert.match(out, /R1: role checker needs the function supervision_office/)
})

test('all that is wrong with an institution\'s own files is said at once, each with its place', () => {
	const path = changed('wrong', 'institution.yaml', (text) => text
		.replace('origin:', 'orgin:').replace('"+08:00"', 'Shanghai').replace('appeals_office: legal', 'appeals_office: legl'))
	const rows = (name, ...lines) => writeFileSync(join(path, name), readFileSync(join(path, name), 'utf8') + lines.join('\n') + '\n')
	rows('people.csv', 'zhou.zeyuan,周泽垣,m,1968-09-01', 'x.y,某某,z,1990-02-30')
	rows('posts.csv', 'odd,offce,科长,Chief,boss,')
	rows('units.csv', 'lost,失踪科,,section,nowhere,')
	rows('tenures.csv', 'director,tan.yunlan,2019-01-01,,holder,')
	const { code, out } = bihuan(['check', path])
	assert.equal(code, 1)
	for (const line of [
		/institution\.yaml:\d+:1: an institution has no 'orgin'; did you mean 'origin'\?/,
		/institution\.yaml:1:1: 'origin' is missing|institution\.yaml:\d+:1: 'origin' is missing/,
		/institution\.yaml:\d+:12: 'Shanghai' is no offset from UTC/,
		/institution\.yaml:\d+:\d+: there is no unit 'legl'; did you mean 'legal'\?/,
		/people\.csv:23:1: 'zhou\.zeyuan' stands in line 22 already/,
		/people\.csv:24:4: /,
		/posts\.csv:23:2: there is no unit 'offce'; did you mean 'office'\?/,
		/posts\.csv:23:5: a post is head, deputy, liaison or member/,
		/units\.csv:12:5: there is no unit 'nowhere'/,
		/tenures\.csv:23:1: 陈竹舟 holds that post in the same days/,
	]) assert.match(out, line)
})

test('a unit may stand before the unit above it, and two that stand above each other are refused', () => {
	const order = changed('order', 'units.csv', (text) => {
		const [head, ...rows] = text.trim().split('\n')
		return [head, ...rows.reverse()].join('\n') + '\n'
	})
	assert.equal(bihuan(['check', order]).code, 0)
	const circle = changed('circle', 'units.csv', (text) => text.replace('leadership,局领导班子,Leadership,leadership,,', 'leadership,局领导班子,Leadership,leadership,station,'))
	const { code, out } = bihuan(['check', circle])
	assert.equal(code, 1)
	assert.match(out, /units\.csv:\d+:5: the unit would stand above itself/)
})

test('two files that define one procedure are refused', () => {
	const path = changed('twice', 'procedures/task.yaml', (text) => text)
	writeFileSync(join(path, 'procedures/task2.yaml'), readFileSync(task))
	assert.match(bihuan(['check', path]).out, /task2\.yaml:\d+:\d+: another file defines task already/)
})

test('files that aren\'t there, or no definitions, are said', () => {
	mkdirSync(inside('empty'))
	assert.match(bihuan(['check', inside('empty')]).err, /there is neither an institution\.yaml nor any definition/)
	const nowhere = bihuan(['check', inside('nowhere')])
	assert.equal(nowhere.code, 1)
	assert.match(nowhere.err, /^bihuan: check: .*nowhere: it can't be opened: No such file/)
	const broken = bihuan(['check', file('tab.yaml', 'procedure: x\n\tgrasp: y\n')])
	assert.equal(broken.code, 1)
	assert.match(broken.out, /tab\.yaml:2:1: /)
	assert.match(bihuan(['check']).err, /say what to prove/)
})

test('each rule is explained, and an unknown one names its nearest', () => {
	for (const rule of ['W1', 'W2', 'W3', 'P1', 'P2', 'P3', 'S1', 'S2', 'S3', 'R1', 'R2', 'R3']) {
		assert.match(run('check', '--explain', rule), new RegExp(`^${rule} `))
		assert.match(run('check', '--explain', rule, '--lang', 'zh'), /[\u4e00-\u9fff]/)
	}
	const { code, err } = bihuan(['check', '--explain', 'Q2'])
	assert.equal(code, 1)
	assert.match(err, /Q2: there is no such rule.*the rules are W1, .*P2/)
})

test('the mutation report says of each removal what refuses it or why nothing is lost', () => {
	const rows = JSON.parse(run('check', task, '--mutations', '--json'))
	assert.ok(rows.length > 15)
	assert.ok(rows.some((row) => row.kind === 'not_by' && row.verdict === 'refused: S1'))
	for (const row of rows) assert.match(row.verdict, /^(refused: [A-Z]\d|harmless: .+)/)
})

test('a definition is drawn in three formats, in the language asked for', () => {
	assert.match(run('draw', task), /^<svg [^]*Hand out[^]*<\/svg>\s*$/)
	assert.match(run('draw', task, '--format', 'mermaid', '--lang', 'zh'), /^stateDiagram-v2[^]*交办/)
	assert.match(run('draw', task, '--format', 'bpmn'), /<bpmn:definitions|<definitions/)
	const wrong = bihuan(['draw', task, '--format', 'bpm'])
	assert.equal(wrong.code, 2)
	assert.match(wrong.err, /bpm: there is no such format; did you mean bpmn/)
	assert.match(bihuan(['draw', minimal]).err, /this is a folder: give one definition's file/)
	const unusable = bihuan(['draw', file('half.yaml', 'procedure: half\n')])
	assert.equal(unusable.code, 1)
	assert.match(unusable.err, /half\.yaml:1:1: a definition needs the key 'states'[^]*can't be used/)
})

test('a simulation is the same for the same seed, and another for another', () => {
	const once = run('simulate', task, '--seed', '7', '--runs', '20')
	assert.equal(run('simulate', task, '--seed', '7', '--runs', '20'), once)
	assert.notEqual(run('simulate', task, '--seed', '8', '--runs', '20'), once)
	assert.match(once, /^20 runs, \d+ steps/)
	const said = JSON.parse(run('simulate', task, '--json', '--runs', '5'))
	assert.equal(said.kept, true)
	assert.equal(said.runs, 5)
})

test('a simulation that breaks a promise says which, and how it came to that', () => {
	// Nobody owes anything in review any more: the second sentence is broken there.
	const path = changed('idle', 'procedures/task.yaml', (text) => text.replace(/ {2}verify_in_time:\n(?: {4}.*\n)+/, ''))
	const { code, out } = bihuan(['simulate', join(path, 'procedures/task.yaml'), '--runs', '50'])
	assert.equal(code, 1)
	assert.match(out, /broken/)
})
