// The second opinion: what is well is said to be, and an edit of the database is found by whoever looks.
import assert from 'node:assert/strict'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bihuan, district, inside, run } from './run.mjs'

const data = district()
const now = ['--now', '2019-02-18T09:00']
run('open', data, 'key_task', 'title=稀有的标题', 'lead_unit=agriculture', 'due=2019-06-30', 'commander=committee-mayor', '--as', 'ruan0098', ...now)

test('the three sentences and the record hold, each invariant by its name', () => {
	const done = bihuan(['audit', data, ...now])
	assert.equal(done.code, 0, done.out)
	const heads = done.out.split('\n').filter((line) => line !== '' && !line.startsWith(' '))
	assert.deepEqual(heads, ['who has power has duties', 'every duty is borne', 'every failure has consequences', 'the record holds together'])
	assert.ok(!done.out.includes('BROKEN'))
	assert.match(done.out, /Hashed again: \d+ events/)
	const said = JSON.parse(run('audit', data, '--json', ...now))
	assert.ok(said.invariants.length > 20)
	assert.ok(said.invariants.every((invariant) => invariant.broken.length === 0))
	assert.match(bihuan(['audit', data, ...now, '--lang', 'zh']).out, /^有权必有责\n[^]*\n有责要担当\n[^]*\n失责必追究\n/)
})

test('a duty that is overdue while nobody runs the clock breaks its sentence', () => {
	const late = ['--now', '2019-03-18T09:00']
	const done = bihuan(['audit', data, ...late])
	assert.equal(done.code, 1)
	assert.match(done.out, /BROKEN {2}No duty is overdue without its breach recorded: 1 row \(no_duty_is_overdue_without_its_breach_recorded\)\n {6}\S/)
	const one = bihuan(['audit', data, '--only', 'no_duty_is_overdue_without_its_breach_recorded', '--json', ...late])
	assert.equal(one.code, 1)
	assert.equal(JSON.parse(one.out).invariants.length, 1)
	assert.match(bihuan(['audit', data, '--only', 'no_duty_is_overdu']).err, /did you mean no_duty_is_overdue|there is no such invariant/)
	assert.equal(bihuan(['audit', data, '--only', 'no_duty_is_overdu']).code, 2)
})

test('every table is what the events say', () => {
	const done = bihuan(['replay', data, ...now])
	assert.equal(done.code, 0, done.out)
	assert.match(done.out, /^\d+ events replayed, \d+ rows compared: all the same\n$/)
	assert.deepEqual(JSON.parse(run('replay', data, '--json', ...now)).differences, [])
})

test('wherever a title is edited in the database, audit, replay or an export says so', () => {
	const bytes = readFileSync(join(data, 'bihuan.db'))
	const title = Buffer.from('稀有的标题')
	const key = run('checkpoint', data, '--key').trim()
	let places = 0
	for (let at = bytes.indexOf(title); at >= 0; at = bytes.indexOf(title, at + 1)) {
		const copy = inside(`edited-${places++}`)
		cpSync(data, copy, { recursive: true })
		const edited = Buffer.from(bytes)
		Buffer.from('常见的标题').copy(edited, at)
		writeFileSync(join(copy, 'bihuan.db'), edited)
		const audit = bihuan(['audit', copy, ...now]), replay = bihuan(['replay', copy, ...now])
		assert.ok(audit.code === 1 || replay.code === 1, `place ${places}: ${audit.out}${replay.out}`)
		// What was signed can't be edited without the outsider seeing it.
		if (audit.code === 1) {
			run('export-ledger', copy, inside('edited.tar'))
			assert.equal(bihuan(['verify', inside('edited.tar'), '--key', key]).code, 1)
		} else {
			assert.match(replay.out, /live: [^]*常见的标题[^]*\n[^]*rebuilt: [^]*稀有的标题/)
		}
	}
	assert.ok(places >= 3, `${places} places`)
})
