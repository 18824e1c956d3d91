// Uploads come piece by piece and are never held whole; large replies go out whole.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { ask, get, problem, raw, start } from './lib.mjs'

const server = await start('data', { limits: 'off' })
after(() => server.stop())
const upload = (body, more) => ask(server, 'POST', '/test/uploads', { body, headers: { 'Content-Type': 'application/pdf', 'Content-Length': body.length }, ...more })
const resident = () => Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${server.process.pid}/status`, 'utf8'))[1]) * 1024

for (const size of [0, 1, 1000, 128 * 1024 - 1, 128 * 1024, 128 * 1024 + 1, 5_000_000])
	test(`${size} bytes arrive as they were sent`, async () => {
		const bytes = randomBytes(size)
		const said = (await upload(bytes)).json
		assert.equal(said.size, size)
		assert.equal(said.hash, createHash('sha256').update(bytes).digest('hex'))
		assert.equal(said.pieces, Math.ceil(size / (128 * 1024)))
	})

test('50 MiB are taken without being held', async () => {
	const before = resident()
	const said = (await upload(Buffer.alloc(50 * 1024 * 1024, 'x'))).json
	assert.equal(said.size, 50 * 1024 * 1024)
	assert.ok(resident() - before < 20 * 1024 * 1024, `it grew by ${resident() - before}`)
})

test('one byte more is refused before it is sent', async () => {
	const said = await raw(server, `POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: ${50 * 1024 * 1024 + 1}\r\n\r\n`)
	assert.match(said, /^HTTP\/1\.1 413 /)
	assert.match(said, /Connection: close/i)
})

test('what is refused on its first piece is read to its end and answered', async () => {
	problem(await upload(Buffer.concat([Buffer.from('REFUSE'), Buffer.alloc(3_000_000)])), 415, 'body')
	problem(await upload(Buffer.from('REFUSE')), 415, 'body')
})

test('many at once stay apart', async () => {
	await Promise.all(Array.from({ length: 20 }, async (_, i) => {
		const bytes = Buffer.alloc(700_000 + i, String.fromCharCode(97 + i))
		assert.equal((await upload(bytes)).json.hash, createHash('sha256').update(bytes).digest('hex'))
	}))
})

for (const file of [false, true])
	test(`20 MB go out whole, ${file ? 'from a file' : 'from memory'}`, async () => {
		const reply = await get(server, `/test/large?size=20000000&file=${file}`)
		assert.equal(reply.bytes.length, 20_000_000)
		assert.ok(reply.bytes.every((byte) => byte === 120))
	})
