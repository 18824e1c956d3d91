// The story as anybody would play it: each step is a command that the program carries out, and what it says comes
// true in the data folder it leaves behind.
// usage: node story.mjs ROOT BIHUAN
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
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
	const found = Object.fromEntries(ask('list', data, '--now', '2019-02-18T09:30').map((row) => [row.number, `${row.state} ${row.lamp}`]))

	assert.deepEqual(found, {
		'督〔2018〕1号': 'closed blue',
		'督〔2018〕2号': 'working green',
		'督〔2018〕3号': 'closed red',
		'责〔2019〕1号': 'closed blue',
		'交〔2018〕001号': 'handed blue',
	})
})

test('the successor has the open duties of the post', () => {
	const { stdout } = spawnSync(program, ['duties', data, '--unit', 'city-management', '--now', '2019-02-18T09:30'], { encoding: 'utf8', env })
	assert.equal(stdout.match(/伍穗松/g).length, 2)
	assert.doesNotMatch(stdout, /莫湄穗/)
})

test('a folder that is there is never played over', () => {
	const again = story()
	assert.equal(again.status, 2)
	assert.match(again.stderr, /is there already/)
})
