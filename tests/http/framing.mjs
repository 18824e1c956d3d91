// What comes as bytes: each oddity of a request's framing, and what the server makes of it. Where a row says
// `then`, a second request behind it on the same connection shows whether the connection goes on.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { raw, replies, start } from './lib.mjs'

const server = await start()
after(() => server.stop())

const good = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'
const head = (...fields) => ['GET /healthz HTTP/1.1', ...fields, '', ''].join('\r\n')
const line = (text) => `${text}\r\nHost: a\r\n\r\n`
const json = (body, ...fields) => ['POST /test/login HTTP/1.1', 'Host: a', 'Content-Type: application/json', ...fields, '', body].join('\r\n')
const many = (count, field = (i) => `X-${i}: y`) => Array.from({ length: count }, (_, i) => field(i))

// [what it is, bytes, status, place, does the connection go on?]. Status 0: closed without an answer.
// `own` false: answered by the library below, with its page instead of problem details.
const rows = [
	['a plain request', good, 200, undefined, true],
	['HTTP/1.0 without Host', 'GET /healthz HTTP/1.0\r\n\r\n', 200, undefined, false],
	['empty lines before it', '\r\n\r\n' + good, 200, undefined, true],
	['a lower-case field name', head('host: a'), 200, undefined, true],
	['no blank behind the colon', head('Host:a'), 200, undefined, true],
	['tabs and blanks around a value', head('Host: \t a'), 200, undefined, true],
	['an empty value', head('Host: a', 'X-Empty:'), 200, undefined, true],
	['a whole address that names the same host', line('GET http://a/healthz HTTP/1.1'), 200, undefined, true],
	['a host with a port', head('Host: a:8080'), 200, undefined, true],
	['an IPv6 host', head('Host: [::1]:80'), 200, undefined, true],
	['a length of nothing', head('Host: a', 'Content-Length: 0'), 200, undefined, true],
	['a body in one piece', json('{"account":"x"}', 'Content-Length: 15'), 204, undefined, true],

	// the first line
	['no Host in HTTP/1.1', 'GET /healthz HTTP/1.1\r\n\r\n', 400, 'Host', false],
	['a blank in the target', line('GET /health z HTTP/1.1'), 400, 'target', false],
	['two blanks before the target', line('GET  /healthz HTTP/1.1'), 400, 'head', false],
	['a tab for a blank', line('GET\t/healthz HTTP/1.1'), 400, undefined, false, 'library'],
	['no version', line('GET /healthz'), 400, undefined, false, 'library'],
	['a version of letters', line('GET /healthz HTTP/a.b'), 400, undefined, false, 'library'],
	['lower-case http', line('GET /healthz http/1.1'), 400, undefined, false, 'library'],
	['HTTP/2 in words', line('GET /healthz HTTP/2.0'), 505, undefined, false, 'library'],
	['HTTP/0.9 in words', line('GET /healthz HTTP/0.9'), 505, undefined, false, 'library'],
	['a blank behind the version', line('GET /healthz HTTP/1.1 '), 400, undefined, false, 'library'],
	['a method with a colon', line('G:T /healthz HTTP/1.1'), 400, 'method', false],
	['a very long method', line('A'.repeat(100) + ' /healthz HTTP/1.1'), 400, 'method', false],
	['a method nobody knows', line('BREW /healthz HTTP/1.1'), 405, 'method', true],
	['OPTIONS for the whole server', line('OPTIONS * HTTP/1.1'), 400, 'target', false],
	['CONNECT', line('CONNECT a:443 HTTP/1.1'), 400, 'target', false],
	['TRACE', line('TRACE /healthz HTTP/1.1'), 405, 'method', true],
	['nothing but a word', 'hello\r\n\r\n', 0],
	['the first bytes of TLS', Buffer.from('16030100a5010000a1', 'hex').toString('latin1') + '\r\n\r\n', 0],

	// the target
	['a target without a slash', line('GET healthz HTTP/1.1'), 400, 'target', false],
	['a whole address of another host', line('GET http://b/healthz HTTP/1.1'), 400, 'Host', false],
	['a whole address with a user', line('GET http://u@a/healthz HTTP/1.1'), 400, 'target', false],
	['a whole address of another scheme', line('GET ftp://a/healthz HTTP/1.1'), 400, 'target', false],
	['a whole address without a path', line('GET http://a HTTP/1.1'), 400, 'target', false],
	['a fragment', line('GET /healthz#x HTTP/1.1'), 400, 'target', false],
	['a backslash', line('GET /\\healthz HTTP/1.1'), 400, 'target', false],
	['a raw byte above 0x7F', line('GET /\xe9 HTTP/1.1'), 400, 'target', false],
	['a bare percent sign', line('GET /health% HTTP/1.1'), 400, 'target', false],
	['a percent sign with one digit', line('GET /health%4 HTTP/1.1'), 400, 'target', false],
	['a percent sign with wrong digits', line('GET /health%zz HTTP/1.1'), 400, 'target', false],
	['an encoded NUL', line('GET /health%00z HTTP/1.1'), 400, 'target', false],
	['an encoded slash', line('GET /test%2Frest/x HTTP/1.1'), 400, 'target', false],
	['an encoded backslash', line('GET /test/rest/%5C HTTP/1.1'), 400, 'target', false],
	['an encoded line feed', line('GET /test/rest/a%0Ab HTTP/1.1'), 400, 'target', false],
	['bytes that are no UTF-8', line('GET /test/rest/%ff%fe HTTP/1.1'), 400, 'target', false],
	['an overlong UTF-8 slash', line('GET /test/rest/%c0%af HTTP/1.1'), 400, 'target', false],
	['two dots', line('GET /test/../healthz HTTP/1.1'), 400, 'target', false],
	['two encoded dots', line('GET /test/%2e%2e/healthz HTTP/1.1'), 400, 'target', false],
	['one dot', line('GET /./healthz HTTP/1.1'), 400, 'target', false],
	['two slashes', line('GET //healthz HTTP/1.1'), 400, 'target', false],
	['a slash at the end', line('GET /healthz/ HTTP/1.1'), 400, 'target', false],
	['a query without a value', line('GET /healthz?probe HTTP/1.1'), 400, 'target', false],
	['a query without a name', line('GET /healthz?=x HTTP/1.1'), 400, 'target', false],
	['an empty parameter', line('GET /healthz?&probe=live HTTP/1.1'), 400, 'target', false],
	['a parameter twice', line('GET /healthz?probe=live&probe=live HTTP/1.1'), 400, 'probe', true],
	['a target of 5,000 bytes', line(`GET /${'a'.repeat(5000)} HTTP/1.1`), 414, 'target', false],
	['a target of 40,000 bytes', line(`GET /${'a'.repeat(40000)} HTTP/1.1`), 414, undefined, false, 'library'],

	// fields
	['two Hosts', head('Host: a', 'Host: a'), 400, 'Host', false],
	['an empty Host', head('Host:'), 400, 'Host', false],
	['a Host with a slash', head('Host: a/b'), 400, 'Host', false],
	['a Host with a user', head('Host: u@a'), 400, 'Host', false],
	['a blank before the colon', head('Host : a', 'Host: a'), 400, 'head', false],
	['a field without a colon', head('Host: a', 'nonsense'), 400, undefined, false, 'library'],
	['a field without a name', head('Host: a', ': x'), 400, 'head', false],
	['a folded field', head('Host: a', 'X-Long: x', ' y'), 400, 'head', false],
	['a bare line feed behind a field', 'GET /healthz HTTP/1.1\r\nHost: a\n\r\n', 400, 'head', false],
	['a bare line feed behind the first line', 'GET /healthz HTTP/1.1\nHost: a\r\n\r\n', 400, 'head', false],
	['a bare line feed at the end', 'GET /healthz HTTP/1.1\r\nHost: a\r\n\n', 400, 'head', false],
	['a bare carriage return', head('Host: a', 'X-Bare: a\rb'), 400, 'X-Bare', false],
	['a NUL in a value', head('Host: a', 'X-Nul: a\0b'), 400, 'head', false],
	['a NUL in a name', head('Host: a', 'X-\0Nul: b'), 400, undefined, false, 'library'],
	['a NUL at the beginning of a field', 'GET /healthz HTTP/1.1\r\nHost: a\r\n\0: b\r\n\r\n', 400, 'head', false],
	['a NUL in the target', line('GET /health\0z HTTP/1.1'), 400, 'head', false],
	['a control character in a value', head('Host: a', 'X-Bell: \x07'), 400, 'X-Bell', false],
	['a delete character in a value', head('Host: a', 'X-Del: \x7f'), 400, 'X-Del', false],
	['65 fields', head('Host: a', ...many(64)), 431, 'head', false],
	['20 KB of fields', head('Host: a', ...many(20, (i) => `X-${i}: ${'y'.repeat(1000)}`)), 431, 'head', false],
	['40 KB of fields', head('Host: a', ...many(40, (i) => `X-${i}: ${'y'.repeat(1000)}`)), 431, undefined, false, 'library'],
	['an Expect that nobody knows', json('', 'Content-Length: 0', 'Expect: miracles'), 400, 'Expect', false],

	// where the body ends
	['a length and chunks', json('0\r\n\r\n', 'Content-Length: 5', 'Transfer-Encoding: chunked'), 400, 'Transfer-Encoding', false],
	['chunks', json('0\r\n\r\n', 'Transfer-Encoding: chunked'), 411, 'Transfer-Encoding', false],
	['a transfer coding that nobody knows', json('', 'Transfer-Encoding: gzip'), 411, 'Transfer-Encoding', false],
	['a hidden chunked', json('', 'Transfer-Encoding: xchunked', 'Content-Length: 0'), 400, 'Transfer-Encoding', false],
	['two lengths that agree', json('{}', 'Content-Length: 2', 'Content-Length: 2'), 400, 'Content-Length', false],
	['two lengths that differ', json('{}', 'Content-Length: 2', 'Content-Length: 3'), 400, 'Content-Length', false],
	['a length with a plus', json('{}', 'Content-Length: +2'), 400, undefined, false, 'library'],
	['a length below nothing', json('{}', 'Content-Length: -2'), 400, undefined, false, 'library'],
	['a length in hex', json('{}', 'Content-Length: 0x2'), 400, undefined, false, 'library'],
	['two lengths in one field', json('{}', 'Content-Length: 2, 2'), 400, undefined, false, 'library'],
	['a length beyond all bounds', json('{}', 'Content-Length: 99999999999999999999999'), 413, undefined, false, 'library'],
	['a length beyond what is taken', json('', 'Content-Length: 100000000'), 413, 'body', false],
	['a body a little larger than is taken', json('x'.repeat(2000), 'Content-Length: 2000'), 413, 'body', true],
	['no length', json(''), 411, 'Content-Length', true],
	['a body where none is taken', 'GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}', 400, 'body', true],
	['another type', 'POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}', 415, 'Content-Type', true],
	['a form', 'POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b', 415, 'Content-Type', true],
	['no type', 'POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}', 415, 'Content-Type', true],
	['a packed body', json('{}', 'Content-Length: 2', 'Content-Encoding: gzip'), 415, 'Content-Encoding', true],
]

let next = 2 // each row from an address of its own, so that none empties another's bucket
const from = () => `127.0.1.${next++}`

for (const [what, bytes, status, place, goesOn, by = 'us'] of rows) {
	test(`${what}: ${status === 0 ? 'closed' : status}`, async () => {
		const sent = Buffer.from(bytes + (status === 0 || goesOn === undefined ? '' : good), 'latin1')
		const said = await raw(server, sent, { from: from(), enough: (text) => goesOn && /"status":"ready"[^]*"status":"ready"|"status":4\d\d[^]*"status":"ready"|204[^]*"status":"ready"/.test(text) })
		if (status === 0) return assert.equal(said, '')
		if (by === 'library') {
			// For some it sends its head twice over (a defect of 0.9.75); it closes behind all of them.
			assert.match(said, new RegExp(`^HTTP/1\\.1 ${status} [^]*Connection: close`))
			return assert.doesNotMatch(said, /"status":"ready"/)
		}
		const [first, ...more] = replies(said)
		assert.equal(first.status, status, said)
		assert.equal(more.length, goesOn ? 1 : 0, said)
		if (goesOn) assert.equal(more[0].status, 200)
		if (status < 400) return
		assert.equal(first.headers['content-type'], 'application/problem+json')
		assert.equal(JSON.parse(first.body).place, place, said)
	})
}

test('there are at least sixty of them', () => assert.ok(rows.length >= 60, String(rows.length)))

test('a request in single bytes is a request', async () => {
	const { connect } = await import('node:net')
	const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true })
	const said = new Promise((done) => socket.once('data', (bytes) => done(bytes.toString())))
	for (const byte of good) {
		socket.write(byte)
		await new Promise((turn) => setImmediate(turn))
	}
	assert.match(await said, /^HTTP\/1\.1 200 /)
	socket.destroy()
})

test('requests sent one behind the other are answered in their order', async () => {
	const two = ['/test/things/1', '/test/things/2', '/test/things/3'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join('')
	const said = replies(await raw(server, two, { enough: (text) => text.split('"code":"t').length === 4 }))
	assert.deepEqual(said.map((reply) => JSON.parse(reply.body).code), ['t1', 't2', 't3'])
})

test('Expect: 100-continue is answered before the body, or by the refusal', async () => {
	const ask = (size) => `POST /test/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\nExpect: 100-continue\r\n\r\n`
	assert.match(await raw(server, ask(15), { enough: (text) => text.includes('\r\n\r\n') }), /^HTTP\/1\.1 100 /)
	assert.match(await raw(server, ask(15000000), { enough: (text) => text.includes('}') }), /^HTTP\/1\.1 413 /)
})

test('HEAD has the fields of GET and no body', async () => {
	const said = await raw(server, 'HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
	assert.match(said, /^HTTP\/1\.1 200 /)
	assert.match(said, /Content-Length: [1-9]/)
	assert.ok(said.endsWith('\r\n\r\n'))
})

test('the server has survived all of it', async () => {
	const said = replies(await raw(server, good, { enough: (text) => text.includes('}') }))
	assert.equal(said[0].status, 200)
	assert.equal(server.err, '')
})
