// The story as anybody would play it: each step is a command that the program carries out, and what it says comes
// true in the data folder it leaves behind.
// usage: node story.mjs ROOT BIHUAN
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const [root, program] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'story-'))
const data = join(folder, 'data')
after(() => rmSync(folder, { recursive: true }))

const env = { ...process.env, BIHUAN: program, LANG: 'en_GB.UTF-8', LC_ALL: 'en_GB.UTF-8' }
const story = () => spawnSync(join(root, 'institutions/pengjiang-2019/story.sh'), [data], { encoding: 'utf8', env })

function ask(...command) {
	const { status, stdout, stderr } = spawnSync(program, [...command, '--json'], { encoding: 'utf8', env })
	assert.equal(status, 0, stderr)
	return JSON.parse(stdout)
}

// How many rows the tables have: one a line, and no cell has a line end in it.
function rows() {
	const matters = join(root, 'institutions/pengjiang-2019/matters')
	return readdirSync(matters).reduce((sum, name) => sum + readFileSync(join(matters, name), 'utf8').trimEnd().split('\n').length - 1, 0)
}

const played = story()

test('the story plays to its end and ends with the commands to go on with', () => {
	assert.equal(played.status, 0, played.stdout.slice(-2000) + played.stderr)
	assert.match(played.stdout, /\nOK: \d+ events, \d+ payloads\n/)
	assert.match(played.stdout.slice(-1500), /Go on yourself/)
})

test('each line of the story that a person would type is a command of the program', () => {
	const typed = played.stdout.match(/\$ bihuan [a-z-]+/g).map((line) => line.slice('$ bihuan '.length))
	const known = new Set(spawnSync(program, ['help'], { encoding: 'utf8', env }).stdout.match(/^ {2}[a-z-]+/gm).map((name) => name.trim()))
	assert.ok(typed.length > 50)
	for (const name of typed) assert.ok(known.has(name), name)
})

test('two commands of the story are refused, as it says', () => {
	assert.equal(played.stderr.match(/^bihuan: act: by: /gm).length, 2)
})

test('the loops are closed as the story tells it', () => {
	const all = ask('list', data, '--limit', '1000', '--now', '2019-02-18T14:00')
	const found = Object.fromEntries(all.map((row) => [row.number, `${row.state} ${row.lamp}`]))

	assert.equal(found['督〔2018〕1号'], 'closed blue')
	assert.equal(found['督〔2018〕2号'], 'working green')
	assert.equal(found['督〔2018〕3号'], 'closed red')
	assert.equal(found['责〔2019〕1号'], 'closed blue')
	assert.equal(found['交〔2018〕001号'], 'handed blue')
	assert.equal(found['督〔2019〕22号'], 'working green')
	assert.equal(all.length, 5 + rows())
})

test('what is imported hangs together: deployments, their programmes, and the tasks of each', () => {
	const parts = (number) => ask('list', data, '--parent', number, '--limit', '1000', '--now', '2019-02-18T14:00')
	const programmes = ['部〔2019〕1号', '部〔2019〕2号'].flatMap((number) => parts(number))

	assert.equal(programmes.length, 9)
	assert.equal(programmes.flatMap(({ number }) => parts(number)).length, 40)
})

test("the article's figures come out of the running installation", () => {
	const { stdout } = spawnSync(program, ['report', data, 'moves', '--from', '2019-01-01', '--to', '2019-12-31', '--at', '2019-03-01', '--format', 'csv'], { encoding: 'utf8', env })
	const rows = stdout.trim().split(/\r?\n/).slice(1).map((line) => line.split(','))
	const values = rows.map((row) => row.pop())
	assert.deepEqual(values.slice(0, 3), ['279', '52', '227'])
	const ages = (from) => values.slice(from, from + 3)
	const [before, after] = [0, 1].map((nth) => rows.flatMap(([, kind], i) => (kind === '主要负责人数' || kind === 'heads' ? [i] : []))[nth])
	assert.deepEqual([...ages(before), ...ages(after)], ['21', '47.2', '46.0', '21', '45.0', '45.0'])
})

test('the audit finds nothing, and everything can be rebuilt from its events', () => {
	const audit = spawnSync(program, ['audit', data, '--now', '2019-02-18T14:00'], { encoding: 'utf8', env })
	assert.equal(audit.status, 0, audit.stdout)
	assert.equal(spawnSync(program, ['replay', data], { encoding: 'utf8', env }).status, 0)
})

test('the successor has the open duties of the post', () => {
	const { stdout } = spawnSync(program, ['duties', data, '--unit', '440703005-luwan-centre', '--now', '2019-02-18T14:00'], { encoding: 'utf8', env })
	const lines = stdout.split('\n').filter((line) => line.startsWith('督〔2018〕2号'))
	assert.equal(lines.length, 2)
	for (const line of lines) assert.match(line, /简禾漪/)
	assert.doesNotMatch(stdout, /容汐野/)
})

test('a folder that is there is never played over', () => {
	const again = story()
	assert.equal(again.status, 2)
	assert.match(again.stderr, /is there already/)
})
