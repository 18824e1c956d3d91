// bihuan serve on the institution of the article: the record's public formats checked with foreign means and with our own command, the
// clock, and docs/api.md against what the routes are.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bihuan, folder, foreseen, get, inside, launch, problem, root, until } from './lib.mjs'

const run = (args, input) => {
	const done = spawnSync(bihuan, [...args, '--lang', 'en'], { input })
	return { code: done.status, out: done.stdout.toString(), err: done.stderr.toString() }
}
const must = (...args) => {
	const done = run(args)
	assert.equal(done.code, 0, done.out + done.err)
	return done.out
}
const data = inside('data')
must('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00')
const vkey = must('checkpoint', data, '--key').trim()
const serve = (dir, ...more) => launch(bihuan, ['serve', dir, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...more])
const server = await serve(data, '--now', '2019-01-08T08:00')
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const ok = async (path, pattern) => {
	const reply = await get(server, path)
	assert.equal(reply.status, 200, reply.body)
	foreseen(document, pattern ?? path.split('?')[0], 'GET', reply)
	return reply
}

// ---- a second opinion on RFC 6962, in ten lines ----

const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest()
const node = (left, right) => sha(Buffer.from([1]), left, right)
function rootOf(hashes) {
	if (hashes.length === 1) return hashes[0]
	let split = 1
	while (split * 2 < hashes.length) split *= 2
	return node(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)))
}
const note = (body) => ({ size: Number(body.split('\n')[1]), root: Buffer.from(body.split('\n')[2], 'base64') })
const three = (n) => (n < 1000 ? String(n).padStart(3, '0') : `x${three(Math.floor(n / 1000))}/${String(n % 1000).padStart(3, '0')}`)
const tile = async (level, n, width) => (await ok(`/api/v1/ledger/tile/${level}/${three(n)}${width === 256 ? '' : '.p/' + width}`, '/api/v1/ledger/tile/{level}/{number}')).bytes
const cut = (bytes) => Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))

async function level(level, count) {
	const hashes = []
	for (let n = 0; n * 256 < count; n++) hashes.push(...cut(await tile(level, n, Math.min(256, count - n * 256))))
	return hashes
}

test('the tiles of level 0 give the root that the checkpoint signs', async () => {
	const { size, root: signed } = note((await ok('/api/v1/ledger/checkpoint')).body)
	assert.ok(size > 2000)
	const leaves = await level(0, size)
	assert.equal(leaves.length, size)
	assert.ok(rootOf(leaves).equals(signed))
})

test('a tile of level 1 holds the roots of the tiles below it', async () => {
	const { size } = note((await ok('/api/v1/ledger/checkpoint')).body)
	const above = await level(1, Math.floor(size / 256))
	for (const [n, hash] of above.entries()) assert.ok(rootOf(cut(await tile(0, n, 256))).equals(hash))
})

test('the entries are the bytes whose hashes are the leaves', async () => {
	const { size } = note((await ok('/api/v1/ledger/checkpoint')).body)
	for (const n of [0, Math.floor(size / 256)]) {
		const width = Math.min(256, size - n * 256)
		const bundle = await tile('entries', n, width), hashes = cut(await tile(0, n, width))
		let at = 0
		for (const hash of hashes) {
			const length = bundle.readUInt16BE(at)
			const entry = bundle.subarray(at + 2, at + 2 + length)
			assert.ok(sha(Buffer.from([0]), entry).equals(hash))
			JSON.parse(entry.toString())
			at += 2 + length
		}
		assert.equal(at, bundle.length)
	}
})

test('a tile may be kept for ever; a smaller part of it is there too', async () => {
	const reply = await ok('/api/v1/ledger/tile/0/000', '/api/v1/ledger/tile/{level}/{number}')
	assert.equal(reply.headers['cache-control'], 'public, max-age=31536000, immutable')
	assert.ok((await tile(0, 0, 5)).equals(reply.bytes.subarray(0, 160)))
})

test('what is no tile is refused', async () => {
	for (const path of ['0/0', '0/00', '0/0000', '0/x000/000', '0/000.p/256', '0/000.p/0', '0/000.p', '0/000.p/', '0/-01', '0/000/', '0/abc', '0/000.p/05'])
		assert.equal((await get(server, '/api/v1/ledger/tile/' + path)).status, 400, path)
	for (const level of ['8', '-1', '00', 'data', 'x']) problem(await get(server, `/api/v1/ledger/tile/${level}/000`), 400, 'level')
	for (const path of ['0/999', '1/001', '7/000', 'entries/x001/000', '0/x999/x999/x999/x999/999']) problem(await get(server, '/api/v1/ledger/tile/' + path), 404, 'number')
})

test('proofs pass bihuan proof, and only as they are', async () => {
	const { size } = note((await ok('/api/v1/ledger/checkpoint')).body)
	for (const index of [0, 1, 255, 256, 1000, size - 1]) {
		const said = (await ok(`/api/v1/ledger/proof/inclusion?index=${index}`)).json
		assert.equal(said.size, size)
		assert.equal(run(['proof', 'inclusion'], JSON.stringify(said)).code, 0)
		assert.equal(run(['proof', 'inclusion'], JSON.stringify({ ...said, index: index ? index - 1 : 1 })).code, 1)
	}
	for (const [size1, size2] of [[0, 1], [1, 1], [1, size], [255, 257], [256, 512], [1000, size], [size, size]]) {
		const said = (await ok(`/api/v1/ledger/proof/consistency?size1=${size1}&size2=${size2}`)).json
		assert.equal(run(['proof', 'consistency'], JSON.stringify(said)).code, 0, JSON.stringify(said))
	}
	const said = (await ok(`/api/v1/ledger/proof/inclusion?index=5&size=6`)).json
	assert.equal(said.size, 6)
	assert.equal(run(['proof', 'inclusion'], JSON.stringify(said)).code, 0)
})

test('what can’t be proved is refused with the field', async () => {
	const { size } = note((await ok('/api/v1/ledger/checkpoint')).body)
	const wrong = { 'inclusion?': 'index', [`inclusion?index=${size}`]: 'index', 'inclusion?index=-1': 'index', 'inclusion?index=5&size=5': 'index', [`inclusion?index=1&size=${size + 1}`]: 'size', 'inclusion?index=1&size=0': 'size', 'consistency?size2=5': 'size1', 'consistency?size1=6&size2=5': 'size1', [`consistency?size1=1&size2=${size + 1}`]: 'size2', 'consistency?size1=1&size2=2&size3=3': 'size3' }
	for (const [query, place] of Object.entries(wrong)) problem(await get(server, '/api/v1/ledger/proof/' + query.replace(/\?$/, '')), 400, place)
})

test('a receipt proves its event by the checkpoint within it', async () => {
	const body = (await ok('/api/v1/ledger/receipt/77', '/api/v1/ledger/receipt/{index}')).body
	const [head, ...rest] = body.split('\n\n')
	const { size, root: signed } = note(rest.join('\n\n'))
	const [, , ...path] = head.split('\n')
	const leaf = cut(await tile(0, 0, 256))[77]
	const claim = { leaf_hash: leaf.toString('base64'), index: 77, size, root: signed.toString('base64'), proof: path }
	assert.equal(run(['proof', 'inclusion'], JSON.stringify(claim)).code, 0)
	assert.match(head, /^c2sp\.org\/tlog-proof@v1\nindex 77\n/)
	assert.ok(body.includes(`— ${vkey.split('+')[0]} `))
	problem(await get(server, `/api/v1/ledger/receipt/${size}`), 404, 'index')
	problem(await get(server, '/api/v1/ledger/receipt/x'), 400, 'index')
})

test('the checkpoint is kept by its size', async () => {
	const first = await ok('/api/v1/ledger/checkpoint')
	assert.equal((await get(server, '/api/v1/ledger/checkpoint', { headers: { 'If-None-Match': first.headers.etag } })).status, 304)
})

test('the key is the one that the keeper of the machine publishes', async () => {
	assert.equal((await ok('/api/v1/ledger/key')).body, vkey + '\n')
})

test('every route that the document has is one of these', () => {
	assert.deepEqual(Object.keys(document.paths).filter((path) => /ledger|healthz|metrics|openapi/.test(path)).sort(), ['/api/v1/ledger/checkpoint', '/api/v1/ledger/key', '/api/v1/ledger/proof/consistency', '/api/v1/ledger/proof/inclusion', '/api/v1/ledger/receipt/{index}', '/api/v1/ledger/tile/{level}/{number}', '/api/v1/openapi.json', '/healthz', '/metrics'].sort())
})

// ---- the command ----

test('while it serves, nobody else writes the folder', async () => {
	const second = await serve(data)
	assert.equal(await second.ended, 3)
	assert.match(second.err, /^bihuan: serve: .*another bihuan \(process \d+\) writes this folder: use it, or stop it first\n$/)
	const written = run(['tick', data])
	assert.equal(written.code, 3, written.err)
	assert.equal((await get(server, '/healthz')).status, 200)
})

test('what it can’t serve is said', async () => {
	const ends = async (code, pattern, ...args) => {
		const one = await launch(bihuan, ['serve', ...args, '--lang', 'en'])
		assert.equal(await one.ended, code, one.err)
		assert.match(one.err, pattern)
	}
	await ends(1, /there is no installation here: make one with bihuan init/, inside('nowhere'))
	await ends(2, /a certificate and its key go together/, data, '--tls-cert', 'x')
	await ends(2, /say on or off/, data, '--limits', 'maybe')
	await ends(2, /is no whole number/, data, '--workers', 'many')
	await ends(2, /is no time/, data, '--now', 'noon')
})

// ---- the clock ----

const size = async (to) => note((await get(to, '/api/v1/ledger/checkpoint')).body).size
const holder = (post, day) => readFileSync(join(root, 'institutions/pengjiang-2019/tenures.csv'), 'utf8').split('\n').map((line) => line.split(','))
	.find(([code, , since, until]) => code === post && since <= day && (until === '' || until > day))[1]

test('what falls due while it runs fires at that instant, what fell due before it ran at once', async () => {
	const dir = inside('clock')
	must('init', dir, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00')
	must('open', dir, 'key_task', 'title=清淤', 'lead_unit=agriculture', 'due=2019-06-30', 'commander=committee-mayor', '--as', holder('supervision-office-head', '2019-01-08'), '--now', '2019-01-08T09:00')
	const [duty] = JSON.parse(must('duties', dir, '--all', '--json', '--now', '2019-01-08T09:00'))
	assert.equal(duty.due, '2019-01-12T00:00:00+08:00')

	// Two seconds before: the warning is long past, the breach still to come. With sanitizers the start alone takes longer.
	const before = await serve(dir, '--now', `2019-01-11T23:59:${process.env.SANITIZED ? 40 : 58}+08:00`)
	const early = await size(before)
	await until(async () => (await size(before)) > early, 40000)
	const had = await size(before)
	assert.equal((await before.stop()).code, 0)
	const [breached] = JSON.parse(must('duties', dir, '--all', '--json', '--now', '2019-01-12T00:10')).filter((one) => one.matter === duty.matter && one.name === duty.name)
	assert.equal(breached.breached, true)

	// A month of downtime later all that fell due in it is there before anybody is answered, and nothing comes twice.
	const later = await serve(dir, '--now', '2019-02-12T09:00')
	const after = await size(later)
	assert.ok(after > had)
	assert.equal((await later.stop()).code, 0)
	const again = await serve(dir, '--now', '2019-02-12T09:01')
	assert.equal(await size(again), after)
	await again.stop()
	assert.equal(run(['replay', dir]).code, 0)
})

// ---- the page ----

test('docs/api.md lists the routes as they are, and every error', () => {
	writeFileSync(inside('openapi.json'), JSON.stringify(document))
	const page = join(root, 'docs/api.md')
	const done = spawnSync('node', [join(root, 'tools/mkapi.mjs'), inside('openapi.json'), page, '--check'])
	assert.equal(done.status, 0, done.stderr.toString())
	const text = readFileSync(page, 'utf8')
	for (const [, wire, status] of readFileSync(join(root, 'src/base/err.def'), 'utf8').matchAll(/^ERR\(\w+,\s*"(\w+)",\s*(\d+)/gm))
		if (wire !== 'ok') assert.ok(text.includes(`| ${status} | \`${wire}\` |`), `docs/api.md lacks ${status} ${wire}`)
	for (const [, wire, burst, minute] of readFileSync(join(root, 'src/http/rate.def'), 'utf8').matchAll(/^RATE\(\w+,\s*"(\w+)",\s*(\d+),\s*(\d+)/gm))
		if (wire !== 'free') assert.ok(text.includes(`\`${wire}\``) && text.includes(`${burst} at once, ${minute} a minute`), wire)
	assert.ok(folder)
})
