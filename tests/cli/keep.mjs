// Keeping an installation: copies while it is used, folders made from them, and a doctor who says what is wrong.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, file, inside, program, run } from './run.mjs'

const data = district()
const now = ['--now', '2019-02-18T09:00']
const office = 'ruan0098'
const size = (folder) => JSON.parse(run('checkpoint', folder, '--json')).size
const open = (folder, title) => bihuan(['open', folder, 'key_task', `title=${title}`, 'lead_unit=agriculture', 'due=2019-06-30', 'commander=committee-mayor', '--as', office, ...now])
const health = (folder, check, ...more) => JSON.parse(bihuan(['doctor', folder, '--json', ...now, ...more]).out).find((row) => row.check === check)

assert.equal(open(data, '清淤').code, 0)
const photo = file('photo.jpg', 'what the river looks like now')
run('act', data, '督〔2019〕1号', 'dispatch', '--as', office, ...now)
const water = run('export', data, 'tenures').split('\r\n').map((line) => line.split(','))
	.find((row) => row[0] === 'agriculture-liaison' && row[2] <= '2019-02-18' && (row[3] === '' || row[3] > '2019-02-18'))[1]
run('act', data, '督〔2019〕1号', 'sign', '--as', water, ...now)
run('act', data, '督〔2019〕1号', 'report', 'progress=40', 'note=开工', '--evidence', photo, '--as', water, ...now)
const [hash] = readdirSync(join(data, 'evidence'))
const backup = inside('backup.db')
run('backup', data, backup)
const early = size(data)

test('a backup is a copy with its evidence, for its owner alone', () => {
	assert.equal(statSync(backup).mode & 0o777, 0o600)
	assert.equal(readFileSync(join(backup + '.evidence', hash), 'utf8'), 'what the river looks like now')
	const again = bihuan(['backup', data, backup])
	assert.equal(again.code, 1)
	assert.match(again.err, /there is such a file already/)
	assert.equal(bihuan(['backup', data, inside('no/such/folder.db')]).code, 3)
	assert.equal(bihuan(['backup', inside('nowhere'), inside('x.db')]).code, 1)
})

test('a folder from a backup holds the same, and goes on with the key', () => {
	const folder = inside('restored')
	const done = bihuan(['restore', backup, folder, '--key', join(data, 'signing.key')])
	assert.equal(done.code, 0, done.err)
	assert.match(done.out, new RegExp(`^.*restored: ${early} events, each hash right; 1 file of evidence\n`))
	assert.equal(run('list', folder, '--json', ...now), run('list', data, '--json', ...now))
	assert.equal(run('checkpoint', folder), run('checkpoint', data))
	assert.equal(run('checkpoint', folder, '--key'), run('checkpoint', data, '--key'))
	assert.equal(readFileSync(join(folder, 'evidence', hash), 'utf8'), 'what the river looks like now')
	assert.equal(open(folder, '另一件').code, 0)
	assert.equal(bihuan(['audit', folder, ...now]).code, 0)
	assert.equal(bihuan(['doctor', folder, ...now]).code, 0)
})

test('without the key it can be read, and nothing is written', () => {
	const folder = inside('reading')
	assert.match(run('restore', backup, folder), /no signing key: it can be read, not written/)
	assert.ok(JSON.parse(run('list', folder, '--json', ...now)).length > 0)
	assert.equal(bihuan(['audit', folder, ...now]).code, 0)
	assert.equal(open(folder, '另一件').code, 3)
	assert.equal(bihuan(['doctor', folder, ...now]).code, 1)
	assert.equal(health(folder, 'key').health, 'ill')
})

test('a restore never writes over anything', () => {
	const before = readFileSync(join(data, 'bihuan.db'))
	const done = bihuan(['restore', backup, data])
	assert.equal(done.code, 1)
	assert.match(done.err, /this folder isn't empty, and a restore never writes over anything/)
	assert.ok(readFileSync(join(data, 'bihuan.db')).equals(before))
	mkdirSync(inside('mine'))
	writeFileSync(inside('mine/letter.txt'), 'dear')
	assert.equal(bihuan(['restore', backup, inside('mine')]).code, 1)
	assert.deepEqual(readdirSync(inside('mine')), ['letter.txt'])
	mkdirSync(inside('empty'))
	assert.equal(bihuan(['restore', backup, inside('empty')]).code, 0)
})

test('what is no backup, and a key that isn\'t the record\'s, leave no folder behind', () => {
	assert.notEqual(bihuan(['restore', inside('nothing.db'), inside('a')]).code, 0)
	assert.notEqual(bihuan(['restore', photo, inside('a')]).code, 0)
	const wrong = bihuan(['restore', backup, inside('a'), '--key', file('wrong.key', Buffer.alloc(32, 7))])
	assert.equal(wrong.code, 1)
	assert.match(wrong.err, /--key: this isn't the key under which the record was signed/)
	const short = bihuan(['restore', backup, inside('a'), '--key', file('short.key', 'short')])
	assert.equal(short.code, 3)
	assert.match(short.err, /it isn't 32 bytes long/)
	const edited = readFileSync(backup)
	edited[edited.indexOf('"progress":40') + 11] = '9'.charCodeAt(0)
	const changed = bihuan(['restore', file('edited.db', edited), inside('a')])
	assert.equal(changed.code, 1, changed.out)
	assert.match(changed.err, /event \d+/)
	assert.ok(!existsSync(inside('a')))
})

test('a copy made while another process writes is one moment of the record', async () => {
	const folder = district('busy')
	const people = file('people.csv', 'code,name\n' + Array.from({ length: 8000 }, (_, i) => `p${i},人${i}\n`).join(''))
	const writer = spawn(program, ['import', folder, 'people', people, '--as', 'guan0064', ...now], { stdio: 'ignore' })
	const ended = new Promise((resolve) => writer.on('exit', resolve))
	let copies = 0
	for (; writer.exitCode === null && copies < 4; copies++) {
		run('backup', folder, inside(`busy-${copies}.db`))
		await new Promise((resolve) => setImmediate(resolve))
	}
	assert.equal(await ended, 0)
	assert.ok(copies > 0)
	for (let i = 0; i < copies; i++) {
		run('restore', inside(`busy-${i}.db`), inside(`busy-${i}`))
		assert.equal(bihuan(['replay', inside(`busy-${i}`), ...now]).code, 0)
	}
})

test('a database rolled back behind what was signed is refused by the writer and seen by the doctor', () => {
	const folder = inside('older')
	run('restore', backup, folder, '--key', join(data, 'signing.key'))
	copyFileSync(join(folder, 'bihuan.db'), inside('old.db'))
	assert.equal(open(folder, '后来的事').code, 0)
	copyFileSync(inside('old.db'), join(folder, 'bihuan.db'))
	const found = health(folder, 'signed')
	assert.equal(found.health, 'ill')
	assert.match(found.text, /acknowledged events are gone/)
	assert.equal(bihuan(['doctor', folder, ...now]).code, 1)
	assert.notEqual(open(folder, '再写').code, 0)
})

test('an older backup with the newer high-water signs nothing that contradicts it', () => {
	assert.equal(open(data, '备份之后').code, 0)
	const folder = inside('newer')
	run('restore', backup, folder, '--key', join(data, 'signing.key'), '--high-water', join(data, 'high-water'))
	assert.equal(health(folder, 'signed').health, 'ill')
	const refused = open(folder, '再写')
	assert.notEqual(refused.code, 0)
	assert.equal(size(folder), size(data))
})

test('the doctor names what is wrong with evidence, keys and the clock', () => {
	const folder = inside('sick')
	run('restore', backup, folder, '--key', join(data, 'signing.key'))
	assert.equal(bihuan(['doctor', folder, ...now]).code, 0)
	assert.equal(health(folder, 'evidence').health, 'well')
	writeFileSync(join(folder, 'evidence', hash), 'what the river looks like n0w')
	assert.match(health(folder, 'evidence').text, new RegExp(`${hash} \\(damaged\\)`))
	const copy = bihuan(['backup', folder, inside('sick.db')])
	assert.equal(copy.code, 2)
	assert.match(copy.err, /0 are missing and 1 damaged/)
	unlinkSync(join(folder, 'evidence', hash))
	assert.match(health(folder, 'evidence').text, new RegExp(`${hash} \\(missing\\)`))
	assert.equal(bihuan(['doctor', folder, ...now]).code, 1)
	chmodSync(join(folder, 'signing.key'), 0o644)
	assert.equal(health(folder, 'key').health, 'mind')
	assert.match(health(folder, 'due', '--now', '2019-06-03').text, /time has brought something for 1 matter/)
	assert.match(health(folder, 'clock', '--now', '2019-01-01').text, /set the clock/)
	assert.equal(health(folder, 'calendar', '--now', '2026-12-01').health, 'mind')
})

test('a schema that is newer than the program is told, and one that is current needs nothing', () => {
	assert.match(run('migrate', data), /^schema \d+: it is up to date\n$/)
	const folder = inside('future')
	run('restore', backup, folder)
	const bytes = readFileSync(join(folder, 'bihuan.db'))
	bytes.writeUInt32BE(99, 60) // user_version in the header of a SQLite file
	writeFileSync(join(folder, 'bihuan.db'), bytes)
	for (const command of ['doctor', 'migrate', 'list']) {
		const done = bihuan([command, folder])
		assert.equal(done.code, 1, command)
		assert.match(done.err, /schema 99 and this program knows \d+: use the newer program/)
	}
	assert.equal(bihuan(['migrate', inside('nowhere')]).code, 1)
})

test('templates that the institution made its own go into the backup and come back', () => {
	mkdirSync(join(data, 'templates'), { recursive: true })
	run('paper-template', data, 'notice', '--out', join(data, 'templates/notice.docx'))
	writeFileSync(join(data, 'templates/fonts.txt'), '* = DejaVu Sans\n')
	const told = run('backup', data, inside('own.db'))
	assert.match(told, /own\.db\.templates: 2 templates/)
	run('restore', inside('own.db'), inside('own'))
	for (const name of ['notice.docx', 'fonts.txt'])
		assert.deepEqual(readFileSync(join(inside('own'), 'templates', name)), readFileSync(join(data, 'templates', name)))
	// A folder without any makes none.
	assert.equal(existsSync(backup + '.templates'), false)
})
