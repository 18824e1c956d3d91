// Clients that are slow, many or gone: they hold up nobody else, and not for ever.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { get, keepAlive, post, problem, raw, replies, start, until } from './lib.mjs'

const open = (server, from) =>
	new Promise((done, failed) => {
		const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from }, () => done(socket))
		socket.on('error', failed)
	})
let units = 0, turn = 0
const figure = async (server, name) => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await get(server, '/metrics')).body)[1])

test('500 slow clients don’t keep a good one from being served', async (t) => {
	const server = await start('slow', { head_ms: 30000, body_ms: 30000, limits: 'off' })
	t.after(() => server.stop('SIGKILL'))
	const begun = ['GET /healthz HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"account":"', 'POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n', 'G']
	const greedy = 'GET /test/large?size=8000000&file=true HTTP/1.1\r\nHost: a\r\n\r\n' // and never read
	const agent = keepAlive({ maxSockets: 1 })
	const ms = async (rounds, more = () => {}) => {
		const began = Date.now()
		for (let i = 0; i < rounds; i++) {
			more()
			assert.equal((await get(server, '/test/things/1', { agent })).status, 200)
			assert.equal((await post(server, '/test/units', { code: `u${units++}`, zh: '局' }, { agent })).status, 200)
		}
		return Date.now() - began
	}
	const alone = await ms(100)
	const slow = await Promise.all(Array.from({ length: 500 }, async (_, i) => {
		const socket = await open(server, `127.0.2.${1 + (i % 10)}`)
		socket.pause()
		socket.write(i % 25 === 0 ? greedy : begun[i % begun.length])
		return socket
	}))
	t.after(() => slow.forEach((socket) => socket.destroy()))
	await until(async () => (await figure(server, 'bihuan_http_connections')) > 500)
	const among = await ms(100, () => slow.filter(() => turn++ % 50 === 0).forEach((socket) => socket.write('x')))
	agent.destroy()
	// A measure this rough only tells served from held up; how fast is for the benchmark to say.
	assert.ok(among < 20 * alone + 5000, `${among} ms among the slow ones, ${alone} ms alone`)
	assert.ok((await figure(server, 'bihuan_http_connections')) > 500)
})

test('who doesn’t finish its head is told so and let go', async (t) => {
	const server = await start('head', { head_ms: 300 })
	t.after(() => server.stop())
	for (const begun of ['', 'G', 'GET /healthz HTTP/1.1\r\n', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX: y\r\n']) {
		const [reply] = replies(await raw(server, begun))
		assert.equal(reply.status, 408)
		assert.equal(reply.headers['content-type'], 'application/problem+json')
		assert.equal(JSON.parse(reply.body).code, 'timeout')
	}
})

test('who drips its head byte by byte is let go too', async (t) => {
	const server = await start('drip', { head_ms: 400 })
	t.after(() => server.stop())
	const socket = await open(server)
	let said = ''
	socket.on('data', (bytes) => (said += bytes))
	socket.on('error', () => {})
	const closed = new Promise((done) => socket.on('close', done))
	const drip = setInterval(() => socket.writable && socket.write('x'), 20)
	await closed
	clearInterval(drip)
	assert.match(said, /^HTTP\/1\.1 408 /)
})

test('who doesn’t finish its body is told so and let go', async (t) => {
	const server = await start('body', { body_ms: 300 })
	t.after(() => server.stop())
	const [reply] = replies(await raw(server, 'POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"account":'))
	assert.equal(reply.status, 408)
	const upload = replies(await raw(server, 'POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc'))
	assert.equal(upload[0].status, 408)
	await until(async () => (await figure(server, 'bihuan_http_requests')) === 1)
	assert.match((await server.stop()).out, /uploads open: 0/)
})

test('the deadline of a head doesn’t hold for what comes after it', async (t) => {
	const server = await start('patient', { head_ms: 300 })
	t.after(() => server.stop())
	assert.equal((await get(server, '/test/slow?ms=900')).body, 'done')
})

test('one address has so many connections and no more', async (t) => {
	const server = await start('address', { per_address: 20 })
	t.after(() => server.stop())
	const held = await Promise.all(Array.from({ length: 20 }, () => open(server, '127.0.3.1')))
	t.after(() => held.forEach((socket) => socket.destroy()))
	await until(async () => (await figure(server, 'bihuan_http_connections')) > 20)
	const refused = await raw(server, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n', { from: '127.0.3.1' })
	assert.equal(refused, '')
	assert.equal((await get(server, '/healthz', { from: '127.0.3.2' })).status, 200)
	held[0].destroy()
	await until(async () => (await get(server, '/healthz', { from: '127.0.3.1' }).catch(() => ({}))).status === 200)
})

test('more than can wait are refused at once, and told to come again', async (t) => {
	const server = await start('queue', { workers: 1, connections: 3000, per_address: 3000 })
	t.after(() => server.stop())
	const agent = keepAlive({ maxSockets: 2000 })
	t.after(() => agent.destroy())
	const first = get(server, '/test/gate', { agent }) // holds the only worker until it is opened
	await until(async () => (await figure(server, 'bihuan_http_requests')) > 1) // it, beside the one that asks
	const said = []
	const waiting = Array.from({ length: 1100 }, () => get(server, '/test/slow?ms=0', { agent }).then((reply) => said.push(reply)))
	await until(() => said.length >= 1100 - 1024, 60000)
	for (const reply of said) {
		problem(reply, 503, undefined, 'unavailable')
		assert.equal(reply.headers['retry-after'], '2')
	}
	await get(server, '/test/open')
	await Promise.all(waiting)
	assert.equal((await first).body, 'open')
	assert.ok(said.filter((reply) => reply.status === 200).length >= 1023)
})

test('clients that go away in the midst of it leave nothing behind', async (t) => {
	const server = await start('gone', { heartbeat_ms: 200, limits: 'off' })
	t.after(() => server.stop('SIGKILL'))
	const begun = ['GET /test/slow?ms=200 HTTP/1.1\r\nHost: a\r\n\r\n', 'POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n' + 'x'.repeat(300000), 'GET /test/stream HTTP/1.1\r\nHost: a\r\n\r\n', 'GET /test/large?size=20000000 HTTP/1.1\r\nHost: a\r\n\r\n', 'POST /test/units HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 24\r\n\r\n{"code":"z","zh":"zzzz"}']
	for (let i = 0; i < 60; i++) {
		const socket = await open(server)
		socket.write(begun[i % begun.length], () => (i % 2 ? socket.resetAndDestroy() : socket.destroy()))
	}
	await until(async () => (await figure(server, 'bihuan_http_requests')) === 1)
	const done = await server.stop()
	assert.equal(done.code, 0)
	assert.match(done.out, /uploads open: 0/)
})
