// Live events: what is recorded is told to those who may see it, in order, without a gap or a repetition, whatever happens to the
// connection.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { get, post, problem, raw, start, until } from './lib.mjs'

const server = await start('data', { heartbeat_ms: 150, limits: 'off', per_address: 500 })
after(() => server.stop())
let units = 0
const unit = async (to = server) => (await post(to, '/test/units', { code: `u${units++}`, zh: '局' })).json.index
const figure = async (name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await get(server, '/metrics')).body)[1])

// An open stream: `events` fills up as they come.
function stream(query = '', headers = {}, to = server) {
	const events = []
	const open = { events, comments: 0, ended: false, headers: undefined, text: '' }
	const sent = request({ port: to.port, host: '127.0.0.1', path: '/test/stream' + query, headers }, (reply) => {
		open.headers = reply.headers
		open.reply = reply
		let rest = ''
		reply.setEncoding('utf8')
		reply.on('data', (text) => {
			rest += text
			for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
				const lines = rest.slice(0, end).split('\n')
				const of = (name) => lines.find((line) => line.startsWith(name + ': '))?.slice(name.length + 2)
				if (lines[0].startsWith(':')) open.comments++
				else events.push({ id: Number(of('id')), kind: of('event') ?? 'message', ...JSON.parse(of('data')) })
			}
		})
		reply.on('close', () => (open.ended = true))
		reply.on('error', () => {})
	})
	sent.on('error', () => {})
	sent.end()
	open.close = () => sent.destroy()
	return open
}
const told = (open) => open.events.filter((event) => event.kind !== 'hello')
const indices = (open) => told(open).map((event) => event.index)

test('what is recorded is told', async (t) => {
	const open = stream()
	t.after(() => open.close())
	await until(() => open.events.length === 1)
	assert.equal(open.headers['content-type'], 'text/event-stream')
	assert.equal(open.headers['cache-control'], 'no-store')
	assert.equal(open.events[0].kind, 'hello')
	const index = await unit()
	await until(() => told(open).length === 1)
	const [event] = told(open)
	assert.equal(event.index, index)
	assert.equal(event.id, index)
	assert.match(event.object, /^u\d+$/)
	assert.match(event.time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/)
})

test('who may not see it is told nothing of it', async (t) => {
	const open = stream('?sees=u'), blind = stream('?sees=m')
	t.after(() => (open.close(), blind.close()))
	await until(() => open.events.length === 1 && blind.events.length === 1)
	await unit()
	await until(() => told(open).length === 1)
	await until(() => blind.comments > 1)
	assert.deepEqual(told(blind), [])
})

test('a stream that has nothing to tell beats', async (t) => {
	const open = stream('?sees=x')
	t.after(() => open.close())
	await until(() => open.comments >= 3)
})

test('who comes back goes on behind the last it was told', async (t) => {
	const first = stream()
	await until(() => first.events.length === 1)
	const before = await unit()
	await until(() => indices(first).includes(before))
	first.close()
	const missed = [await unit(), await unit(), await unit()]
	const second = stream('', { 'Last-Event-ID': String(before) })
	t.after(() => second.close())
	await until(() => told(second).length >= 3)
	const next = await unit()
	await until(() => told(second).length >= 4)
	assert.deepEqual(indices(second), [...missed, next])
})

test('who comes back filtered is told only what it may see of what it missed', async (t) => {
	const before = await unit()
	await unit()
	const open = stream('?sees=m', { 'Last-Event-ID': String(before) })
	t.after(() => open.close())
	await until(() => open.comments > 1)
	assert.deepEqual(told(open), [])
})

test('an id from the future, or from too far back, is told to read anew', async (t) => {
	const open = stream('', { 'Last-Event-ID': '999999' })
	t.after(() => open.close())
	await until(() => open.events.length === 1)
	assert.equal(open.events[0].kind, 'reset')
	for (const bad of ['x', '-1', '1.5']) problem(await get(server, '/test/stream', { headers: { 'Last-Event-ID': bad } }), 400, 'Last-Event-ID')
})

test('many streams are told the same, in order, while many write', async (t) => {
	const open = Array.from({ length: 60 }, () => stream())
	t.after(() => open.forEach((one) => one.close()))
	await until(() => open.every((one) => one.events.length === 1))
	const written = []
	for (let round = 0; round < 10; round++) written.push(...(await Promise.all(Array.from({ length: 20 }, () => unit()))))
	written.sort((a, b) => a - b)
	await until(() => open.every((one) => told(one).length === 200))
	for (const one of open) assert.deepEqual(indices(one), written)
	await until(async () => (await figure('bihuan_http_streams')) === 60) // one that was just left may still count
})

test('a reader that doesn’t read for a while holds up nobody, and misses nothing in silence', async (t) => {
	const open = stream(), stuck = stream()
	t.after(() => (open.close(), stuck.close()))
	await until(() => open.events.length === 1 && stuck.events.length === 1)
	stuck.reply.pause()
	let written = 0
	for (let i = 0; i < 20; i++) written = Math.max(written, ...(await Promise.all(Array.from({ length: 100 }, () => unit()))))
	await until(() => indices(open).at(-1) === written)
	stuck.reply.resume()
	await until(() => stuck.events.at(-1).index >= written)
	assert.equal(new Set(indices(stuck)).size, indices(stuck).length)
})

test('streams that were left are forgotten', async () => {
	await until(async () => (await figure('bihuan_http_streams')) === 0)
})

test('a stop ends every stream at once', async () => {
	const other = await start('other')
	const open = Array.from({ length: 20 }, () => stream('', {}, other))
	await until(() => open.every((one) => one.events.length === 1))
	const began = Date.now()
	const done = await other.stop()
	assert.equal(done.code, 0)
	assert.match(done.out, /cut off: 0/)
	await until(() => open.every((one) => one.ended))
	assert.ok(Date.now() - began < 5000)
})

test('a stream may go to HTTP/1.0 and to HEAD', async () => {
	assert.match(await raw(server, 'GET /test/stream HTTP/1.0\r\n\r\n', { enough: (said) => said.includes('hello') }), /^HTTP\/1\.[01] 200 /)
	const said = await raw(server, 'HEAD /test/stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
	assert.match(said, /^HTTP\/1\.1 200 /)
	assert.doesNotMatch(said, /hello/)
	await until(async () => (await figure('bihuan_http_streams')) === 0)
})
