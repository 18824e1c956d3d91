// Files in and out: what is taken and what isn't, who may name them and who may read them, what is left of a cut one, what is
// taken away again.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import { ask, foreseen, get, problem, raw, signIn, smallest, start, until } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', inquirer = 'lu.tinghe', outsider = 'pan.xiuliao'
const names = [registry, checker, lead, inquirer, outsider]
const data = smallest('data', ...names)
let server = await start('data', { limits: 'off' })
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = {}
const enter = async () => {
	for (const name of names) people[name] = await signIn(server, name)
}
await enter()

async function upload(name, file, bytes, headers = {}) {
	const body = Buffer.from(bytes)
	const reply = await ask(server, 'POST', '/api/v1/evidence?name=' + encodeURIComponent(file), { body, headers: { ...people[name].headers, 'Content-Length': body.length, ...headers } })
	foreseen(document, '/api/v1/evidence', 'POST', reply)
	return reply
}
async function kept(name, file, bytes) {
	const reply = await upload(name, file, bytes)
	assert.equal(reply.status, 201, reply.body)
	return reply.json
}
const refused = async (file, bytes, place = 'file', status = 415) => problem(await upload(lead, file, bytes), status, place)
const done = async (name, path, body = {}) => {
	const reply = await people[name].post('/api/v1' + path, body)
	assert.ok(reply.status < 300, reply.body)
	return reply.json
}
const lies = (hash) => existsSync(join(data, 'evidence', hash))
const left = () => readdirSync(join(data, 'uploads')).filter((name) => !name.endsWith('.slip'))
const slips = () => readdirSync(join(data, 'uploads')).length
async function working() {
	const id = (await done(registry, '/matters', { procedure: 'task', fields: { title: '修缮屋顶', lead_unit: 'projects', leader: 'deputy-director-2', due: '2099-06-28' } })).matter
	await done(registry, `/matters/${id}/actions/send`)
	await done(lead, `/matters/${id}/actions/sign`)
	return id
}
const report = (name, id, evidence) => people[name].post(`/api/v1/matters/${id}/actions/report`, { fields: { progress: 10, note: 'x' }, evidence })
const show = async (id, ...hashes) => assert.equal((await report(lead, id, hashes)).status, 200)
const download = (name, hash) => people[name].get('/api/v1/evidence/' + hash)

// ---- files of each kind ----

// A zip of stored or deflated entries, as office suites write it.
function zip(entries, { comment = '', before = '' } = {}) {
	const parts = [Buffer.from(before)], central = []
	let at = before.length
	for (const [name, text] of Object.entries(entries)) {
		const path = Buffer.from(name), packed = deflateRawSync(Buffer.from(text))
		const local = Buffer.alloc(30), entry = Buffer.alloc(46)
		local.writeUInt32LE(0x04034b50, 0), local.writeUInt16LE(8, 8), local.writeUInt32LE(packed.length, 18), local.writeUInt16LE(path.length, 26)
		entry.writeUInt32LE(0x02014b50, 0), entry.writeUInt16LE(8, 10), entry.writeUInt32LE(packed.length, 20), entry.writeUInt16LE(path.length, 28), entry.writeUInt32LE(at, 42)
		parts.push(local, path, packed), central.push(entry, path)
		at += 30 + path.length + packed.length
	}
	const directory = Buffer.concat(central), end = Buffer.alloc(22)
	const count = Object.keys(entries).length
	end.writeUInt32LE(0x06054b50, 0), end.writeUInt16LE(count, 8), end.writeUInt16LE(count, 10), end.writeUInt32LE(directory.length, 12), end.writeUInt32LE(at, 16), end.writeUInt16LE(comment.length, 20)
	return Buffer.concat([...parts, directory, end, Buffer.from(comment)])
}
const pdf = (more = '') => `%PDF-1.7\n1 0 obj<<>>endobj ${more}${Math.random()}\ntrailer<<>>\n%%EOF\n`
const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), randomBytes(40), Buffer.from('IEND\xaeB`\x82', 'latin1')])
const ole = (more = '') => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(600), Buffer.from(more, 'utf16le'), randomBytes(8)])
const word = { '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w/>' }
const kinds = [
	['决议.pdf', pdf(), 'application/pdf'], ['图.png', png, 'image/png'], ['a.JPG', Buffer.from('ffd8ffe000104a4649460001', 'hex'), 'image/jpeg'], ['a.gif', 'GIF89a...', 'image/gif'],
	['a.webp', 'RIFF\x10\0\0\0WEBPVP8 ', 'image/webp'], ['a.mp3', 'ID3\x04\0\0\0\0\0\0', 'audio/mpeg'], ['a.mp4', '\0\0\0\x18ftypisom\0\0\0\0', 'video/mp4'],
	['旧文.doc', ole(), 'application/msword'], ['a.wps', ole(), 'application/msword'], ['a.et', ole(), 'application/vnd.ms-excel'], ['a.ppt', ole(), 'application/vnd.ms-powerpoint'],
	['a.docx', zip(word), 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
	['a.xlsx', zip({ '[Content_Types].xml': '', 'xl/workbook.xml': '' }), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
	['a.pptx', zip({ '[Content_Types].xml': '', 'ppt/presentation.xml': '' }), 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
	['公文.ofd', zip({ 'OFD.xml': '<ofd/>' }), 'application/ofd'], ['a.txt', '第一行\n第二行\n', 'text/plain'], ['a.csv', Buffer.from('d0d5c3fb2cb5a5cebb0ad5c5c8fd2cb0ecb9abcad20a', 'hex'), 'text/csv'],
]
for (const [name, bytes, media] of kinds)
	test(`${name} is taken as ${media}`, async () => {
		const said = await kept(lead, name, bytes), hash = createHash('sha256').update(Buffer.from(bytes)).digest('hex')
		assert.deepEqual({ ...said }, { hash, name, size: Buffer.from(bytes).length, media, macros: false, existing: false })
		assert.deepEqual(readFileSync(join(data, 'evidence', hash)), Buffer.from(bytes))
		assert.equal((await kept(lead, name, bytes)).existing, true)
	})

test('programs in a document are noticed', async () => {
	assert.equal((await kept(lead, 'a.docx', zip({ ...word, 'word/vbaProject.bin': 'x' }))).macros, true)
	assert.equal((await kept(lead, 'a.doc', ole('_VBA_PROJECT'))).macros, true)
})

test('what is no evidence, or not what its name says, is refused and leaves nothing', async () => {
	const before = [slips(), readdirSync(join(data, 'evidence')).length]
	for (const [name, bytes] of [
		['a.pdf', '<html><script>alert(1)</script></html>'], ['a.pdf', pdf('<script>alert(1)</script>')], ['a.html', '<html></html>'], ['a.html', pdf()], ['a.svg', '<svg onload="x()"/>'],
		['a.txt', '  <svg onload="x()"/>'], ['a.txt', '\ufeff<?xml version="1.0"?>'], ['a.txt', '#!/bin/sh\nrm -rf /'], ['a.csv', 'a,b\n<script>,1\n'], ['a.txt', 'MZ\x90\0\x03'], ['a.exe', 'MZ\x90\0\x03'],
		['a.js', 'alert(1)'], ['a.bat', 'del *'], ['a', 'no ending'], ['a.pdf', Buffer.concat([Buffer.from(pdf()), zip(word)])], ['a.pdf', '%PDF-1.7 cut off'], ['a.png', png.subarray(0, 30)],
		['a.png', 'GIF89a'], ['a.docx', ole()], ['a.docx', zip({ 'x.js': 'x' })], ['a.docx', zip(word).subarray(0, -30)], ['a.zip', zip(word)], ['a.jar', zip(word)], ['a.ofd', zip(word)], ['a.pdf', ''],
		['a.docx', zip(Object.fromEntries([...Object.entries(word), ...Array.from({ length: 2001 }, (_, i) => ['f' + i, ''])]))], ['a.txt', Buffer.from('ff00ff', 'hex')],
	])
		await refused(name, bytes)
	// What was begun goes with the end of its exchange, which is behind its answer.
	await until(() => left().length === 0)
	assert.deepEqual([slips(), readdirSync(join(data, 'evidence')).length], before)
})

test('a name is one that a person can read and no path', async () => {
	for (const name of ['../a.pdf', 'a/b.pdf', 'a\\b.pdf', 'a\u202efdp.exe.pdf', 'a\u2066.pdf', '.pdf', 'a.pdf.', 'a\u200b.pdf', 'a\u0085.pdf', '长'.repeat(90) + '.pdf']) await refused(name, pdf(), 'name', 400)
	problem(await upload(lead, 'a\u0000.pdf', pdf()), 400)
	problem(await ask(server, 'POST', '/api/v1/evidence', { body: 'x', headers: { ...people[lead].headers, 'Content-Length': 1 } }), 400, 'name')
	problem(await ask(server, 'POST', '/api/v1/evidence?name=a.pdf', { body: 'x', headers: { 'Content-Length': 1 } }), 401)
})

test('a file of 50 MiB is taken, one byte more is not, and one that is cut off leaves nothing', async () => {
	const before = readdirSync(join(data, 'evidence')).length
	const large = Buffer.alloc(50 * 1024 * 1024, 'x')
	Buffer.from('ID3').copy(large)
	assert.equal((await kept(lead, 'a.mp3', large)).size, large.length)
	const head = (size) => `POST /api/v1/evidence?name=a.txt HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${people[lead].headers.Cookie}\r\nContent-Length: ${size}\r\n\r\n`
	assert.match(await raw(server, head(large.length + 1)), /^HTTP\/1\.1 413 /)
	// Two pieces arrive, then the client is gone.
	let saw = false
	const cut = ask(server, 'POST', '/api/v1/evidence?name=a.txt', {
		headers: { ...people[lead].headers, 'Content-Length': 1_000_000 }, body: Buffer.alloc(400_000, 'y'),
		abort: (sent) => until(() => left().length > 0).then(() => ((saw = true), sent.destroy())),
	})
	await assert.rejects(cut)
	assert.equal(saw, true)
	await until(() => left().length === 0)
	assert.equal(readdirSync(join(data, 'evidence')).length, before + 1)
})

test('many send at once, also the same', async () => {
	const same = pdf()
	const said = await Promise.all(Array.from({ length: 12 }, (_, i) => kept(i % 2 ? lead : checker, `${i}.pdf`, i < 6 ? same : pdf())))
	assert.equal(new Set(said.map((one) => one.hash)).size, 7)
	for (const { hash } of said) assert.ok(lies(hash))
	await until(() => left().length === 0)
})

test('only who sent it may show it, and only who sees the matter may read it', async () => {
	const id = await working(), { hash } = await kept(lead, '会议纪要 (终稿).pdf', pdf())
	for (const name of names) problem(await download(name, hash), 404)
	// What another sent can't be named, and can't be told from what nobody sent.
	const foreign = await kept(outsider, 'x.pdf', pdf())
	const none = (reply) => [reply.status, reply.body.replace(/"request":"[^"]*"/, '')]
	assert.deepEqual(none(await report(lead, id, [foreign.hash])), none(await report(lead, id, ['0'.repeat(64)])))
	problem(await report(lead, id, [foreign.hash]), 400, 'evidence[0]')
	problem(await report(lead, id, [hash, 'nonsense']), 400, 'evidence[1]')
	await show(id, hash)
	const reply = await download(checker, hash)
	assert.equal(reply.status, 200)
	assert.equal(createHash('sha256').update(reply.bytes).digest('hex'), hash)
	assert.equal(reply.headers['content-type'], 'application/octet-stream')
	assert.equal(reply.headers['x-content-type-options'], 'nosniff')
	assert.equal(reply.headers['content-security-policy'], "sandbox; default-src 'none'")
	assert.equal(reply.headers['content-disposition'], `attachment; filename*=UTF-8''${encodeURIComponent('会议纪要 (终稿).pdf').replace(/[()]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase())}`)
	problem(await get(server, '/api/v1/evidence/' + hash), 401)
	problem(await download(lead, 'A'.repeat(64)), 400, 'hash')
	// Who sees it in a matter may show it in another.
	const other = await working()
	await show(other, hash)
})

test('a file in a compartment is nowhere for who is outside', async () => {
	const { hash } = await kept(inquirer, 'a.pdf', pdf())
	await done(inquirer, '/matters', { procedure: 'accountability', fields: { title: '某事', subject: 'station', ground: 'overdue' }, evidence: [hash] })
	assert.equal((await download(inquirer, hash)).status, 200)
	const without = (reply) => [reply.status, reply.body.replace(/"request":"[^"]*"/, '')]
	assert.deepEqual(without(await download(lead, hash)), without(await download(lead, '1'.repeat(64))))
	problem(await report(lead, await working(), [hash]), 400, 'evidence[0]')
})

test('a matter may be opened with files', async () => {
	const { hash } = await kept(registry, 'a.pdf', pdf())
	const id = (await done(registry, '/matters', { procedure: 'task', fields: { title: 'x', lead_unit: 'projects', leader: 'deputy-director-2', due: '2099-06-28' }, evidence: [hash] })).matter
	const seen = (await people[registry].get('/api/v1/matters/' + id)).json
	assert.deepEqual(seen.evidence.map((file) => [file.hash, file.name]), [[hash, 'a.pdf']])
})

// ---- versions, and the same file elsewhere ----

const told = async (name, id) => {
	const reply = await people[name].get(`/api/v1/matters/${id}/evidence`)
	foreseen(document, '/api/v1/matters/{matter}/evidence', 'GET', reply)
	assert.deepEqual((await people[name].get(`/api/v1/matters/${id}`)).json.evidence, reply.json.evidence)
	return reply.json.evidence
}

test('a file that is shown again under its name for the same deed takes the place of the one before', async () => {
	const id = await working()
	const [first, second, third, other] = [await kept(lead, '报告.txt', 'first ' + id), await kept(lead, '报告.txt', 'second ' + id), await kept(lead, '报告.txt', 'third ' + id), await kept(lead, '照片说明.txt', 'photo ' + id)]
	await show(id, first.hash, other.hash)
	await show(id, second.hash)
	const again = await people[lead].post(`/api/v1/matters/${id}/actions/ask_close`, { evidence: [third.hash] })
	assert.equal(again.status, 200, again.body)
	const of = (list, hash) => list.filter((one) => one.hash === hash).map((one) => [one.name, one.version, one.replaced_by])
	const list = await told(registry, id)
	assert.deepEqual(of(list, first.hash), [['报告.txt', 1, second.hash]])
	assert.deepEqual(of(list, second.hash), [['报告.txt', 2, undefined]])
	assert.deepEqual(of(list, other.hash), [['照片说明.txt', 1, undefined]])
	// For another deed it is another file, whatever its name.
	assert.deepEqual(of(list, third.hash), [['报告.txt', 1, undefined]])
	assert.equal((await download(registry, first.hash)).headers.link, `</api/v1/evidence/${second.hash}>; rel="successor-version"`)
	assert.equal((await download(registry, second.hash)).headers.link, `</api/v1/evidence/${first.hash}>; rel="predecessor-version"`)
	assert.equal((await download(registry, other.hash)).headers.link, undefined)
})

test('the same file in another matter is pointed out: by number to whoever sees that one, without it to whoever verifies', async () => {
	const open = await working(), also = await working()
	const common = await kept(lead, '同一份.txt', 'the same for both')
	await show(open, common.hash)
	await show(also, common.hash)
	const number = (await people[registry].get(`/api/v1/matters/${also}`)).json.number
	const seen = (await told(registry, open)).find((one) => one.hash === common.hash)
	assert.deepEqual([seen.used_elsewhere, seen.elsewhere], [true, number])
	// In a compartment, of which a verifier learns that there is something and no more, and nobody else a thing.
	const secret = (await done(inquirer, '/matters', { procedure: 'accountability', fields: { title: '某事', subject: 'station', ground: 'overdue' } })).matter
	const own = await kept(inquirer, '记录.txt', 'for both, one of them hidden'), shared = await kept(lead, '情况.txt', 'for both, one of them hidden')
	assert.equal(own.hash, shared.hash)
	await done(inquirer, `/matters/${secret}/actions/tell`, { fields: { facts: '经核实' }, evidence: [own.hash] })
	const alone = await working()
	await done(lead, `/matters/${alone}/actions/ask_close`, { fields: {}, evidence: [shared.hash] })
	const hidden = async (name) => {
		const file = (await told(name, alone)).find((one) => one.hash === shared.hash)
		return [file.used_elsewhere, file.elsewhere]
	}
	assert.deepEqual(await hidden(checker), [true, undefined])
	for (const name of [lead, registry, outsider]) assert.deepEqual(await hidden(name), [undefined, undefined], name)
})

test('what nobody showed within a day is taken away; what a matter shows stays', async () => {
	const id = await working(), shown = await kept(lead, 'shown.pdf', pdf()), lost = await kept(lead, 'lost.pdf', pdf())
	await show(id, shown.hash)
	await get(server, `/test/move?seconds=${24 * 3600 - 60}`)
	await enter()
	await show(id, lost.hash)
	const late = await kept(lead, 'late.pdf', pdf())
	await get(server, `/test/move?seconds=${24 * 3600 + 60}`)
	await enter()
	problem(await report(lead, id, [late.hash]), 400, 'evidence[0]')
	await get(server, '/test/move?seconds=7200')
	await enter()
	await done(lead, `/matters/${id}/notes`, { text: 'the clock goes on' })
	await until(() => !lies(late.hash), 20000)
	assert.ok(lies(shown.hash) && lies(lost.hash))
	await until(() => slips() === 0)
})

test('what a stop left in the middle is cleared at the next start', async () => {
	const { hash } = await kept(lead, 'a.pdf', pdf())
	await server.stop()
	writeFileSync(join(data, 'uploads', '7.part'), 'half')
	writeFileSync(join(data, 'uploads', '8.part.new'), 'half')
	server = await start('data', { limits: 'off' })
	assert.deepEqual(left(), [])
	assert.ok(lies(hash))
	assert.equal(slips(), 1)
})
