// The record as an outsider gets it: exported, verified, and everything that must not pass.
import assert from 'node:assert/strict'
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { bihuan, district, file, folder, inside, run } from './run.mjs'

const data = district()
const key = run('checkpoint', data, '--key').trim()
const archive = inside('ledger.tar')
const early = file('early.note', run('checkpoint', data))
const now = ['--now', '2019-01-08T09:00']
const head = 'supervision-office-head'
const holder = (post) => {
	const csv = readFileSync(new URL('../../institutions/pengjiang-2019/tenures.csv', import.meta.url), 'utf8')
	return csv.split('\n').map((line) => line.split(',')).find((row) => row[0] === post && row[2] <= '2019-01-08' && (row[3] === '' || row[3] > '2019-01-08'))[1]
}
run('open', data, 'key_task', 'title=清淤', 'lead_unit=agriculture', 'due=2019-06-30', 'commander=committee-mayor', '--as', holder(head), ...now)
run('export-ledger', data, archive, ...now)

// One member of the tar, where it lies.
function member(bytes, wanted) {
	for (let at = 0; at + 512 <= bytes.length;) {
		const name = bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
		const size = parseInt(bytes.toString('latin1', at + 124, at + 135), 8) || 0
		if (name === '') return undefined
		if (name === wanted || (wanted instanceof RegExp && wanted.test(name))) return { name, at, body: at + 512, size }
		at += 512 + Math.ceil(size / 512) * 512
	}
}

const verify = (path, ...more) => bihuan(['verify', path, '--key', key, ...more])

function changed(name, change) {
	const bytes = Buffer.from(readFileSync(archive))
	return file(name, change(bytes) ?? bytes)
}

test('an export is verified with nothing but the key', () => {
	const done = verify(archive)
	assert.equal(done.code, 0, done.out + done.err)
	assert.match(done.out, /^OK: \d+ events, \d+ payloads\n {2}held to the definitions then in force: 1 event, 1 matter\nledger pengjiang\.example\/pengjiang-2019\nsize \d+\nroot \S{44}\n$/)
	const said = JSON.parse(verify(archive, '--json').out)
	assert.equal(said.verdict, 'OK')
	assert.equal(said.first_bad, null)
	assert.equal(said.size, said.events)
	assert.equal(JSON.parse(run('checkpoint', data, '--json')).root, said.root)
})

test('the key may stand in a file', () => {
	assert.equal(bihuan(['verify', archive, '--key', '@' + file('vkey', key + '\n')]).code, 0)
})

test('an export of the same record at the same time is the same bytes', () => {
	run('export-ledger', data, inside('again.tar'), ...now)
	assert.ok(readFileSync(archive).equals(readFileSync(inside('again.tar'))))
	assert.ok(!existsSync(inside('again.tar.new')))
})

test('an older checkpoint must be part of the same history', () => {
	assert.equal(verify(archive, '--since', early).code, 0)
	const other = district('other')
	const foreign = file('foreign.note', run('checkpoint', other))
	const done = verify(archive, '--since', foreign)
	assert.notEqual(done.code, 0)
	assert.match(done.out, /^(TAMPERED|INCOMPLETE): /)
})

test('another key, however well formed, finds no signature', () => {
	const done = bihuan(['verify', archive, '--key', run('checkpoint', district('another'), '--key').trim()])
	assert.equal(done.code, 1)
	assert.match(done.out, /^TAMPERED: /)
})

test('one byte changed in a payload is found, and the event named', () => {
	const path = changed('payload.tar', (bytes) => {
		const found = member(bytes, /^payload\/000/)
		bytes[found.body + found.size - 1] ^= 1
	})
	const done = verify(path)
	assert.equal(done.code, 1)
	assert.match(done.out, /^TAMPERED: event \d+: /)
	assert.ok(JSON.parse(verify(path, '--json').out).first_bad >= 0)
})

test('one byte changed anywhere is found', () => {
	const size = readFileSync(archive).length
	for (let i = 0; i < 60; i++) {
		const at = Math.floor((i * 7919 * 104729) % size)
		const path = changed('byte.tar', (bytes) => { bytes[at] ^= 0x20 })
		assert.notEqual(verify(path).code, 0, `byte ${at} of ${size}`)
	}
})

test('a file that is cut short is no record', () => {
	for (const share of [0.1, 0.5, 0.99]) {
		const path = changed('short.tar', (bytes) => bytes.subarray(0, Math.floor(bytes.length * share)))
		assert.notEqual(verify(path).code, 0)
	}
	assert.notEqual(verify(file('empty.tar', '')).code, 0)
})

test('the newest events dropped: an older export isn\'t what a newer checkpoint promises', () => {
	const old = inside('old.tar')
	copyFileSync(archive, old)
	run('open', data, 'key_task', 'title=截污', 'lead_unit=agriculture', 'due=2019-07-31', 'commander=committee-mayor', '--as', holder(head), ...now)
	const newest = file('newest.note', run('checkpoint', data))
	const done = verify(old, '--since', newest)
	assert.notEqual(done.code, 0)
	assert.match(done.out, /^(TAMPERED|INCOMPLETE): /)
	run('export-ledger', data, archive, ...now)
	assert.equal(verify(archive, '--since', newest, '--since', early).code, 0)
})

test('payloads that the recipient may not see are left out and counted', () => {
	const path = inside('public.tar')
	run('export-ledger', data, path, '--withhold', 'personal', ...now)
	const done = verify(path, '--json')
	assert.equal(done.code, 0, done.out)
	assert.ok(JSON.parse(done.out).withheld.personal > 700)
	assert.ok(!readFileSync(path).includes(Buffer.from('司徒')))
	const wrong = bihuan(['export-ledger', data, path, '--withhold', 'personnel'])
	assert.equal(wrong.code, 2)
	assert.match(wrong.err, /did you mean personal/)
})

test('a class that was promised is missed when it is withheld', () => {
	const done = verify(inside('public.tar'), '--require', 'personal')
	assert.equal(done.code, 2)
	assert.match(done.out, /^INCOMPLETE: manifest\.json: withheld, though promised: \d+ of class personal\n$/)
	assert.equal(verify(inside('public.tar'), '--require', 'internal').code, 0)
	assert.match(verify(inside('public.tar'), '--require', 'inner').err, /class of payloads/)
})

test('usage is 3, because 2 means incomplete', () => {
	for (const args of [['verify', archive], ['verify', inside('nothing.tar'), '--key', key], ['verify', archive, '--key', 'key'],
		['verify', archive, '--key', '@' + inside('nothing')], ['verify'], ['verify', archive, '--kee', key]]) {
		const done = bihuan(args)
		assert.equal(done.code, 3, args.join(' '))
		assert.match(done.err, /^bihuan: verify: /)
	}
})

test('a receipt shows that an event is in the record', () => {
	const lines = run('receipt', data, 0).split('\n')
	assert.equal(lines[0], 'c2sp.org/tlog-proof@v1')
	assert.equal(lines[1], 'index 0')
	const note = run('checkpoint', data)
	assert.ok(run('receipt', data, 7).endsWith(note))
	assert.equal(verify(archive, '--since', file('receipt.txt', run('receipt', data, 7))).code, 0)
	assert.match(bihuan(['receipt', data, 99999999]).err, /the record has \d+ events/)
	assert.equal(bihuan(['receipt', data, 99999999]).code, 1)
	assert.equal(bihuan(['receipt', data, 'first']).code, 2)
})

test('a proof is checked from standard input', () => {
	const leaf = 'a'.repeat(64)
	const proof = (object) => bihuan(['proof', 'inclusion'], { input: typeof object === 'string' ? object : JSON.stringify(object) })
	const valid = proof({ leaf_hash: leaf, index: 0, size: 1, root: leaf, proof: [] })
	assert.equal(valid.out, 'valid\n')
	assert.equal(valid.code, 0)
	const invalid = proof({ leaf_hash: leaf, index: 0, size: 1, root: 'b'.repeat(64), proof: [] })
	assert.equal(invalid.out, 'invalid\n')
	assert.equal(invalid.code, 1)
	assert.equal(proof('no json').code, 2)
	const empty = bihuan(['proof', 'consistency'], { input: JSON.stringify({ size1: 1, root1: leaf, size2: 1, root2: leaf, proof: [] }) })
	assert.equal(empty.code, 0)
})

test('a folder that holds no record, and a place that can\'t be written, are told', () => {
	const done = bihuan(['export-ledger', inside('nowhere'), inside('x.tar')])
	assert.equal(done.code, 1)
	assert.match(done.err, /there is no installation here/)
	assert.equal(bihuan(['export-ledger', data, folder + '/no/such/x.tar', ...now]).code, 3)
})

test('an export that fails leaves what was there before', () => {
	const path = file('kept.tar', 'kept')
	assert.notEqual(bihuan(['export-ledger', inside('nowhere'), path]).code, 0)
	assert.equal(readFileSync(path, 'utf8'), 'kept')
	writeFileSync(path, '')
})
