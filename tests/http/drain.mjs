// Stopping loses nothing: what was acknowledged is in the record, what was received whole is answered, and a folder serves one
// process at a time. Also: the certificate, the log and the clock while it runs.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync } from 'node:fs'
import { connect } from 'node:net'
import { test } from 'node:test'
import { get, inside, keepAlive, post, raw, replies, start, until } from './lib.mjs'

test('a stop in the midst of writing loses nothing that was acknowledged', async () => {
	const server = await start('writes', { limits: 'off' })
	const agent = keepAlive({ maxSockets: 32 })
	const acknowledged = []
	let going = true, refused = 0
	const write = async (who) => {
		for (let i = 0; going; i++) {
			const reply = await post(server, '/test/units', { code: `u${who}-${i}`, zh: '局' }, { agent }).catch(() => undefined)
			if (reply?.status === 200) acknowledged.push(reply.json.index)
			else if (++refused) return
		}
	}
	const writers = Array.from({ length: 32 }, (_, who) => write(who))
	await until(() => acknowledged.length > 300)
	const done = await server.stop()
	going = false
	await Promise.all(writers)
	agent.destroy()
	assert.equal(done.code, 0)
	assert.match(done.out, /cut off: 0/)
	const again = await start('writes', { limits: 'off' })
	const size = Number((await get(again, '/api/v1/ledger/checkpoint')).body.split('\n')[1])
	assert.equal(new Set(acknowledged).size, acknowledged.length)
	assert.ok(Math.max(...acknowledged) < size)
	for (const index of acknowledged.slice(-50)) assert.equal((await get(again, `/api/v1/ledger/receipt/${index}`)).status, 200)
	await again.stop()
})

test('kill -9 in the midst of writing loses nothing that was acknowledged', async () => {
	const server = await start('killed', { limits: 'off' })
	const acknowledged = []
	let going = true
	const write = async (who) => {
		for (let i = 0; going; i++) {
			const reply = await post(server, '/test/units', { code: `u${who}-${i}`, zh: '局' }).catch(() => undefined)
			if (reply?.status !== 200) return
			acknowledged.push(reply.json.index)
		}
	}
	const writers = Array.from({ length: 16 }, (_, who) => write(who))
	await until(() => acknowledged.length > 200)
	await server.stop('SIGKILL')
	going = false
	await Promise.all(writers)
	const again = await start('killed', { limits: 'off' })
	const size = Number((await get(again, '/api/v1/ledger/checkpoint')).body.split('\n')[1])
	assert.ok(Math.max(...acknowledged) < size)
	await again.stop()
})

test('what has begun is finished, and told that the connection ends', async () => {
	const server = await start('begun')
	const slow = Array.from({ length: 4 }, () => get(server, '/test/slow?ms=700', { agent: keepAlive() }))
	await until(async () => /^bihuan_http_requests [45]$/m.test((await get(server, '/metrics')).body))
	server.process.kill('SIGTERM')
	for (const reply of await Promise.all(slow)) {
		assert.equal(reply.body, 'done')
		assert.equal(reply.headers.connection, 'close')
	}
	const done = await server.stop()
	assert.equal(done.code, 0)
	assert.match(done.out, /cut off: 0/)
})

test('while it stops it says so, and takes no new connections', async () => {
	const server = await start('says')
	const idle = await new Promise((done) => {
		const socket = connect({ port: server.port, host: '127.0.0.1' }, () => done(socket))
	})
	let said = ''
	idle.on('data', (bytes) => (said += bytes))
	const slow = get(server, '/test/slow?ms=1500')
	await until(async () => /^bihuan_http_requests 2$/m.test((await get(server, '/metrics')).body))
	server.process.kill('SIGTERM')
	await until(async () => (await get(server, '/healthz').catch((error) => error.code)) === 'ECONNREFUSED')
	idle.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')
	await until(() => said.includes('}'))
	const [reply] = replies(said)
	assert.equal(reply.status, 503)
	assert.equal(JSON.parse(reply.body).status, 'draining')
	assert.equal((await slow).body, 'done')
	assert.equal(await server.ended, 0)
	idle.destroy()
})

test('what is on its way when the stop comes is waited for', async () => {
	const server = await start('way')
	const open = (bytes) => new Promise((done) => {
		const socket = connect({ port: server.port, host: '127.0.0.1' }, () => socket.write(bytes, () => done(socket)))
		socket.said = ''
		socket.on('data', (more) => (socket.said += more.toString('latin1')))
	})
	const upload = await open('POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc')
	const act = await open('POST /test/units HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 21\r\n\r\n{"code":"z",')
	const large = await open('')
	large.pause()
	large.write('GET /test/large?size=12000000&file=true HTTP/1.1\r\nHost: a\r\n\r\n')
	await until(async () => /^bihuan_http_requests 4$/m.test((await get(server, '/metrics')).body))
	server.process.kill('SIGTERM')
	await until(async () => (await get(server, '/healthz').catch((error) => error.code)) === 'ECONNREFUSED')
	upload.write('def')
	act.write('"zh":"x"}')
	large.resume()
	await until(() => upload.said.includes('"size":6') && act.said.includes('"count":1') && large.said.length > 12000000)
	const done = await server.stop()
	assert.equal(done.code, 0)
	assert.match(done.out, /cut off: 0, uploads open: 0/)
})

test('a client that never comes to its end is cut off at the deadline', async () => {
	const server = await start('cut', { drain: 1 })
	const stuck = raw(server, 'POST /test/uploads HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc')
	await until(async () => /^bihuan_http_requests 2$/m.test((await get(server, '/metrics')).body))
	const done = await server.stop()
	assert.equal(done.code, 0)
	assert.match(done.out, /cut off: 1, uploads open: 0/)
	assert.equal(await stuck, '')
})

test('a second server on the folder is refused with a clear line', async () => {
	const server = await start('twice')
	const second = await start('twice')
	assert.equal(await second.ended, 3)
	assert.match(second.err, /another bihuan \(process \d+\) writes this folder: use it, or stop it first/)
	assert.equal((await get(server, '/healthz')).status, 200)
	assert.equal((await server.stop()).code, 0)
	const third = await start('twice')
	assert.equal((await get(third, '/healthz')).status, 200)
	await third.stop()
})

test('an address that another has is refused with a clear line', async () => {
	const server = await start('port')
	const second = await start('port2', { listen: `127.0.0.1:${server.port}` })
	assert.equal(await second.ended, 3)
	assert.match(second.err, /another program listens there/)
	await server.stop()
	for (const bad of ['nonsense', '127.0.0.1', '127.0.0.1:99999', 'example.org:80', '[::1', ':80x']) {
		const wrong = await start('port3', { listen: bad })
		assert.equal(await wrong.ended, 2, bad)
		assert.match(wrong.err, /an address to listen on is written 127\.0\.0\.1:8080/)
	}
})

test('IPv6 is served too', async () => {
	const server = await start('six', { listen: '[::1]:0' })
	assert.match(server.address, /^http:\/\/\[::1\]:\d+$/)
	const said = await new Promise((done, failed) => {
		const socket = connect({ port: server.port, host: '::1' }, () => socket.write('GET /test/echo HTTP/1.1\r\nHost: [::1]\r\n\r\n'))
		socket.on('data', (bytes) => (done(bytes.toString()), socket.destroy())).on('error', failed)
	})
	assert.match(said, /^HTTP\/1\.1 404 /)
	await server.stop()
})

// ---- TLS ----

function certificate(name, ...more) {
	const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', `/CN=${name}`, '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-keyout', inside(`${name}.key`), '-out', inside(`${name}.pem`), ...more])
	assert.equal(made.status, 0, made.stderr.toString())
	return { cert: inside(`${name}.pem`), key: inside(`${name}.key`) }
}

async function overTls(server, path, options = {}) {
	const { request } = await import('node:https')
	return new Promise((done, failed) => {
		const sent = request({ port: server.port, host: '127.0.0.1', path, rejectUnauthorized: false, agent: false, ...options }, (reply) => {
			const name = reply.socket.getPeerCertificate().subject.CN, version = reply.socket.getProtocol()
			let body = ''
			reply.on('data', (text) => (body += text))
			reply.on('end', () => done({ status: reply.statusCode, body, name, version }))
		})
		sent.on('error', failed)
		sent.end()
	})
}

test('TLS: served, replaced while it runs, and never with another’s key', async () => {
	const one = certificate('one'), two = certificate('two')
	const server = await start('tls', { ...one, limits: 'off' })
	assert.match(server.address, /^https:/)
	const first = await overTls(server, '/healthz')
	assert.deepEqual([first.status, first.name, first.version], [200, 'one', 'TLSv1.3'])
	await assert.rejects(overTls(server, '/healthz', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' }))
	assert.equal((await overTls(server, '/test/large?size=3000000')).body.length, 3000000)

	renameSync(one.cert, inside('kept.pem'))
	renameSync(two.cert, one.cert)
	server.process.kill('SIGHUP')
	await until(() => /it is another certificate's key/.test(server.err))
	assert.equal((await overTls(server, '/healthz')).name, 'one')
	renameSync(two.key, one.key)
	server.process.kill('SIGHUP')
	await until(async () => (await overTls(server, '/healthz')).name === 'two')
	assert.equal((await server.stop()).code, 0)
})

test('TLS: what can’t be used is named', async () => {
	const one = certificate('three'), two = certificate('four')
	for (const [options, why] of [
		[{ cert: inside('nowhere.pem'), key: one.key }, /nowhere\.pem: the certificate can't be read/],
		[{ cert: one.key, key: one.key }, /three\.key: it is no chain of certificates/],
		[{ cert: one.cert, key: one.cert }, /three\.pem: it is no private key/],
		[{ cert: one.cert, key: two.key }, /four\.key: it is another certificate's key/],
	]) {
		const server = await start('tls-bad', options)
		assert.equal(await server.ended, 2)
		assert.match(server.err, why)
	}
})

// ---- the log and the clock ----

test('the access log has a line for each request, and a new file after SIGHUP', async () => {
	const log = inside('access.log')
	const server = await start('logged', { log })
	await get(server, '/healthz?probe=live')
	await get(server, '/nowhere%0Aevil')
	await post(server, '/test/login', { account: 'secret' })
	await until(() => readFileSync(log, 'utf8').split('\n').length === 4)
	const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
	assert.match(lines[0], /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00 127\.0\.0\.1 "GET \/healthz" 200 \d+ \d+\.\d{3}ms \S+ healthz$/)
	assert.match(lines[1], /"GET \/nowhere%0Aevil" 400 \d+ \S+ \S+ -$/)
	assert.match(lines[2], /"POST \/test\/login" 204 0 \S+ \S+ login$/)
	renameSync(log, inside('access.log.1'))
	server.process.kill('SIGHUP')
	await until(() => existsSync(log))
	await get(server, '/healthz')
	await until(() => readFileSync(log, 'utf8').includes('healthz'))
	await server.stop()
	assert.equal(readFileSync(inside('access.log.1'), 'utf8').trimEnd().split('\n').length, 3)
})
