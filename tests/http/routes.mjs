// Each route right and wrong: parameters of every type, bodies, replies as the OpenAPI document foresees them, problem details,
// header fields, caching, limits, idempotency.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ask, foreseen, get, objection, post, problem, start, until } from './lib.mjs'

const server = await start('data', { limits: 'off' })
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const echo = (json, path = '/test/echo/7/red', more) => post(server, path, json, more)
const ok = (reply, path, method = 'GET') => {
	foreseen(document, path, method, reply)
	return reply
}

// ---- the document ----

test('the document is OpenAPI 3.1, the same each time, and kept by its ETag', async () => {
	assert.equal(document.openapi, '3.1.0')
	const again = await get(server, '/api/v1/openapi.json')
	assert.deepEqual(again.json, document)
	const kept = await get(server, '/api/v1/openapi.json', { headers: { 'If-None-Match': `"x", ${again.headers.etag}` } })
	assert.equal(kept.status, 304)
	assert.equal(kept.body, '')
})

test('each operation has a name of its own, words in both languages, and a foreseen problem', () => {
	const names = []
	for (const [path, methods] of Object.entries(document.paths))
		for (const operation of Object.values(methods)) {
			names.push(operation.operationId)
			assert.ok(operation.summary && operation['x-summary-zh'], path)
			assert.match(operation['x-summary-zh'], /[\u4e00-\u9fff]/)
			assert.equal(operation.responses.default.$ref, '#/components/responses/problem')
			for (const param of operation.parameters) assert.match(param['x-description-zh'], /\S/)
			for (const name of path.match(/[^{}]+(?=})/g) ?? []) assert.ok(operation.parameters.some((param) => param.in === 'path' && param.name === name), path)
		}
	assert.equal(new Set(names).size, names.length)
})

test('every reference of the document leads somewhere', () => {
	const walk = (node) => {
		if (node?.$ref) assert.ok(node.$ref.slice(2).split('/').reduce((at, key) => at?.[key], document), node.$ref)
		if (node && typeof node === 'object') Object.values(node).forEach(walk)
	}
	walk(document)
})

// ---- right ----

test('parameters of every type arrive', async () => {
	const path = '/test/echo/-5/blue?flag=true&since=2019-03-05&at=2019-03-05T09%3A30%3A00Z&q=%E6%B2%B3%E9%81%93'
	const fields = { title: '清淤', list: [1, { deep: [true, null] }] }
	const said = ok(await echo({ line: '一行', text: 'a\nb\tc', name: 'a.b', count: 0, open: false, day: '2020-02-29', hash: 'a'.repeat(64), numbers: [1, -2], names: ['x'], thing: { code: 'c' }, things: [{ code: 'd', weight: 10 }], fields }, path, { headers: { 'If-Match': '"12"', 'Idempotency-Key': 'k-1' } }), '/test/echo/{number}/{word}', 'POST').json
	assert.deepEqual(said, { number: -5, word: 'blue', flag: true, since: '2019-03-05', at: '2019-03-05T17:30:00+08:00', q: '河道', version: 12, line: '一行', key: 'k-1', address: '127.0.0.1', fields })
})

test('what isn’t given is absent', async () => {
	const said = ok(await echo({ line: 'x' }), '/test/echo/{number}/{word}', 'POST').json
	assert.deepEqual(said, { number: 7, word: 'red', flag: false, version: 0, line: 'x', key: '', address: '127.0.0.1' })
})

test('a plus in a query is a blank, in a path a plus', async () => {
	assert.equal((await echo({ line: 'x' }, '/test/echo/7/red?q=a+b')).json.q, 'a b')
	assert.equal((await get(server, '/test/rest/a+b')).body, 'a+b')
})

test('the rest of a path is one parameter', async () => {
	assert.equal((await get(server, '/test/rest/x001/067.p/12')).body, 'x001/067.p/12')
	problem(await get(server, '/test/rest'), 404, 'target')
})

test('a larger integer than a float can hold stays exact', async () => {
	const reply = await ask(server, 'POST', '/test/echo/7/red', { body: '{"line":"x","fields":{"n":9007199254740993}}', headers: { 'Content-Type': 'application/json' } })
	assert.match(reply.body, /"n":9007199254740993/)
})

test('a type with its charset is taken', async () => {
	for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="utf-8"', ' application/json '])
		assert.equal((await echo({ line: 'x' }, undefined, { headers: { 'Content-Type': type } })).status, 200)
})

// ---- wrong: [where it is said to be, how] ----

const wrongPaths = [
	['number', '/test/echo/1001/red', 'range'],
	['number', '/test/echo/-6/red', 'range'],
	['number', '/test/echo/7.0/red'],
	['number', '/test/echo/+7/red'],
	['number', '/test/echo/0x7/red'],
	['number', '/test/echo/99999999999999999999/red'],
	['word', '/test/echo/7/pink'],
	['word', '/test/echo/7/RED'],
	['flag', '/test/echo/7/red?flag=1'],
	['flag', '/test/echo/7/red?flag='],
	['flag', '/test/echo/7/red?flag=true&flag=true'],
	['since', '/test/echo/7/red?since=2019-02-30'],
	['since', '/test/echo/7/red?since=2019-3-5'],
	['at', '/test/echo/7/red?at=2019-03-05'],
	['at', '/test/echo/7/red?at=2019-03-05T09%3A30'],
	['at', '/test/echo/7/red?at=2019-03-05T25%3A30%3A00Z'],
	['q', '/test/echo/7/red?q=', 'range'],
	['q', '/test/echo/7/red?q=12345678901', 'range'],
	['q', '/test/echo/7/red?q=%0A'],
	['Q', '/test/echo/7/red?Q=x'],
	['constructor', '/test/echo/7/red?constructor=x'],
]
for (const [place, path, code = 'invalid'] of wrongPaths)
	test(`wrong: ${path}`, async () => problem(await echo({ line: 'x' }, path), 400, place, code))

const wrongBodies = [
	['body', '[]'], ['body', '"x"'], ['body', 'null'], ['body', '1'], ['body', ''], ['body', '{'], ['body', '{"line":"x"} {}'],
	['body', '{"line":"x","line":"y"}'], ['body', '{"line":\'x\'}'], ['body', '{"line":"\\ud800"}'], ['body', '{"line":NaN}'],
	['body', '{"line":"x",}'], ['body', '// no\n{"line":"x"}'], ['body', Buffer.from('{"line":"\xff"}', 'latin1')], ['body', '{"count":1e999,"line":"x"}'],
	['body', '['.repeat(5000)],
	['line', '{}'], ['line', '{"line":null}'], ['line', '{"line":""}', 'range'], ['line', '{"line":"123456789012345678901"}', 'range'], ['line', '{"line":"a\\nb"}'], ['line', '{"line":"\\u0000"}'], ['line', '{"line":["x"]}'],
	['lines', '{"line":"x","lines":"y"}'], ['__proto__', '{"line":"x","__proto__":{}}'],
	['text', '{"line":"x","text":"\\u0007"}'], ['text', '{"line":"x","text":1}'],
	['name', '{"line":"x","name":"a"}', 'range'], ['name', '{"line":"x","name":"a b"}'], ['name', '{"line":"x","name":"名字"}'], ['name', '{"line":"x","name":""}'],
	['count', '{"line":"x","count":100}', 'range'], ['count', '{"line":"x","count":-1}', 'range'], ['count', '{"line":"x","count":1.5}'], ['count', '{"line":"x","count":"1"}'], ['count', '{"line":"x","count":1.0}'],
	['open', '{"line":"x","open":0}'], ['open', '{"line":"x","open":"true"}'],
	['day', '{"line":"x","day":"2019-02-29"}'], ['day', '{"line":"x","day":20190301}'],
	['hash', `{"line":"x","hash":"${'A'.repeat(64)}"}`], ['hash', '{"line":"x","hash":"abc"}'],
	['numbers', '{"line":"x","numbers":[]}', 'range'], ['numbers', '{"line":"x","numbers":[1,2,3,4,5,6]}', 'range'], ['numbers[1]', '{"line":"x","numbers":[1,"2"]}'],
	['names[0]', '{"line":"x","names":[""]}'], ['names', '{"line":"x","names":{}}'],
	['thing', '{"line":"x","thing":[]}'], ['thing.code', '{"line":"x","thing":{}}'], ['thing.size', '{"line":"x","thing":{"code":"c","size":1}}'], ['thing.weight', '{"line":"x","thing":{"code":"c","weight":11}}', 'range'],
	['things[1].code', '{"line":"x","things":[{"code":"a"},{"code":"!"}]}'], ['things', '{"line":"x","things":[{},{},{},{}]}', 'range'],
	['fields', '{"line":"x","fields":[]}'], ['fields.Title', '{"line":"x","fields":{"Title":1}}'], ['fields.a.b', '{"line":"x","fields":{"a":{"b":0.5}}}'], ['fields.a', '{"line":"x","fields":{"a":"\\u0000"}}'],
	['fields.a.a.a.a.a.a.a.a', '{"line":"x","fields":' + '{"a":'.repeat(9) + '1' + '}'.repeat(9) + '}', 'range'],
]
for (const [i, [place, body, code = 'invalid']] of wrongBodies.entries())
	test(`wrong body ${i}: ${String(body).slice(0, 60)}`, async () => {
		problem(await ask(server, 'POST', '/test/echo/7/red', { body, headers: { 'Content-Type': 'application/json' } }), 400, place, code)
	})

test('every fault is told, not only the first', async () => {
	const said = problem(await echo({ text: 1, nam: 'x', thing: { code: '!' }, count: 1000 }), 400)
	assert.deepEqual(said.faults.map((fault) => fault.place).sort(), ['count', 'line', 'nam', 'text', 'thing.code'])
	assert.match(said.faults.find((fault) => fault.place === 'nam').detail, /did you mean name/)
	assert.equal(objection(document, document.components.schemas.problem, said), undefined)
})

test('a thousand faults are not told one by one', async () => {
	const said = problem(await echo(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => ['x' + i, 1]))), 400)
	assert.equal(said.faults.length, 20)
})

test('If-Match must be a version in quotes', async () => {
	for (const bad of ['5', '"five"', '""', 'W/"5"', '"5", "6"', '*']) problem(await echo({ line: 'x' }, undefined, { headers: { 'If-Match': bad } }), 400, 'If-Match')
})

test('an idempotency key is short and visible', async () => {
	problem(await echo({ line: 'x' }, undefined, { headers: { 'Idempotency-Key': 'x'.repeat(65) } }), 400, 'Idempotency-Key', 'range')
	problem(await echo({ line: 'x' }, undefined, { headers: { 'Idempotency-Key': 'a b' } }), 400, 'Idempotency-Key')
})

test('nothing lies under another address', async () => {
	for (const path of ['/api', '/api/v1', '/api/v1/matter', '/test/echo/7', '/test/echo/7/red/x', '/healthz/x', '/test/things/']) {
		const reply = await get(server, path)
		assert.ok(reply.status === 404 || (path.endsWith('/') && reply.status === 400), path)
		problem(reply, reply.status, 'target')
	}
})

test('another method is told which there are', async () => {
	const reply = await ask(server, 'PUT', '/test/things/1')
	problem(reply, 405, 'method', 'method_not_allowed')
	assert.equal(reply.headers.allow, 'GET, HEAD, DELETE')
	assert.equal((await ask(server, 'OPTIONS', '/healthz')).headers.allow, 'GET, HEAD')
	assert.equal((await ask(server, 'DELETE', '/test/things/1')).status, 204)
})

// ---- errors ----

test('each error has its status, and ours tell nothing', async () => {
	const statuses = { not_found: 404, stale: 412, refused: 422, forbidden: 403, invalid: 400, range: 400, conflict: 409, tampered: 500, incomplete: 500, busy: 503, full: 507, io: 500, broken: 500, unauthenticated: 401, unavailable: 503, too_large: 413 }
	for (const [code, status] of Object.entries(statuses)) {
		const reply = await get(server, '/test/fail/' + code)
		const said = problem(reply, status, status < 500 ? 'secret-place' : undefined, code)
		assert.equal(said.type, 'urn:bihuan:problem:' + code)
		assert.match(said.title_zh, /[\u4e00-\u9fff]/)
		assert.equal(said.request, reply.headers['x-request-id'])
		assert.equal(reply.body.includes('secret'), status < 500, reply.body)
		assert.equal('retry-after' in reply.headers, ['busy', 'full', 'unavailable'].includes(code), code)
	}
	await until(() => /bihuan: \S+: io: secret-place: secret-text/.test(server.err))
})

// ---- header fields ----

test('every reply keeps to itself', async () => {
	for (const path of ['/healthz', '/nowhere', '/test/fail/io', '/api/v1/ledger/checkpoint', '/test/large?size=10&file=true']) {
		const { headers } = await get(server, path)
		assert.equal(headers['x-content-type-options'], 'nosniff')
		assert.equal(headers['referrer-policy'], 'no-referrer')
		assert.match(headers['content-security-policy'], /frame-ancestors 'none'/)
		assert.match(headers['x-request-id'], /^[0-9a-f]{8}-[0-9a-f]{12}$/)
		assert.ok(headers['cache-control'])
		assert.equal(headers.server, undefined)
	}
	assert.equal((await get(server, '/test/fail/io')).headers['cache-control'], 'no-store')
})

test('a file has a name that can’t break out of its field', async () => {
	const reply = await get(server, '/test/large?size=70000&file=true')
	assert.equal(reply.headers['content-disposition'], "attachment; filename*=UTF-8''%E9%99%84%E4%BB%B6%20%221%22.bin")
	assert.equal(reply.bytes.length, 70000)
})

test('an ETag saves the second sending', async () => {
	const first = await get(server, '/test/things/5')
	assert.equal(first.headers.etag, '"5"')
	for (const known of ['"5"', 'W/"5"', '"4", "5"', '*']) assert.equal((await get(server, '/test/things/5', { headers: { 'If-None-Match': known } })).status, 304, known)
	for (const unknown of ['"4"', '5', '""']) assert.equal((await get(server, '/test/things/5', { headers: { 'If-None-Match': unknown } })).status, 200, unknown)
})

test('a page of another site can’t act', async () => {
	const say = (headers) => echo({ line: 'x' }, undefined, { headers })
	problem(await say({ 'Sec-Fetch-Site': 'cross-site' }), 403, 'Sec-Fetch-Site', 'forbidden')
	problem(await say({ 'Sec-Fetch-Site': 'same-site' }), 403, 'Sec-Fetch-Site')
	problem(await say({ Origin: 'https://evil.example' }), 403, 'Origin')
	problem(await say({ Origin: 'null' }), 403, 'Origin')
	problem(await say({ Origin: `http://127.0.0.1:${server.port}.evil.example` }), 403, 'Origin')
	assert.equal((await say({ Origin: server.address, 'Sec-Fetch-Site': 'same-origin' })).status, 200)
	assert.equal((await get(server, '/healthz', { headers: { 'Sec-Fetch-Site': 'cross-site' } })).status, 200)
})

// ---- lists ----

test('a list goes on behind its last row, and a cursor belongs to its query', async () => {
	const found = []
	let cursor = '', first
	for (let pages = 0; pages < 20; pages++) {
		const page = ok(await get(server, `/test/pages/3?least=5&limit=4${cursor && '&cursor=' + cursor}`), '/test/pages/{of}').json
		found.push(...page.numbers)
		first ??= page.cursor
		if (!page.cursor) break
		cursor = page.cursor
	}
	assert.deepEqual(found, Array.from({ length: 100 }, (_, i) => i).filter((i) => i >= 5 && i % 3 === 0))
	assert.deepEqual((await get(server, `/test/pages/3?cursor=${first}&limit=2&least=5`)).json.numbers, [18, 21])
	const short = first.slice(0, -2), twisted = (first[0] === 'a' ? 'b' : 'a') + first.slice(1)
	for (const bad of [`/test/pages/4?least=5&cursor=${first}`, `/test/pages/3?least=6&cursor=${first}`, `/test/pages/3?cursor=${first}`, ...['x', '00', short, twisted, first.slice(0, 16)].map((text) => `/test/pages/3?least=5&cursor=${text}`)])
		problem(await get(server, bad), 400, 'cursor')
})

// ---- acts ----

test('an act is answered with its receipt, which proves it', async () => {
	const reply = ok(await post(server, '/test/units', { code: 'water', zh: '水务局' }), '/test/units', 'POST')
	assert.equal(reply.json.count, 1)
	const receipt = await get(server, reply.json.receipt)
	assert.match(receipt.body, new RegExp(`^c2sp.org/tlog-proof@v1\nindex ${reply.json.index}\n`))
})

test('the same key is done once', async () => {
	const say = (zh) => post(server, '/test/units', { code: 'forest', zh }, { headers: { 'Idempotency-Key': 'forest-1' } })
	const first = (await say('林业局')).json, again = (await say('林业局')).json
	assert.deepEqual(again, { ...first, again: true })
	problem(await say('另一个'), 409, undefined, 'conflict')
})

test('an act that is refused says why', async () => {
	const reply = await post(server, '/test/units', { code: 'x', zh: 'x', parent: 999 })
	assert.ok(reply.status >= 400 && reply.status < 500, reply.body)
	assert.ok(reply.json.detail)
})

// ---- the machine ----

test('health and figures', async () => {
	assert.deepEqual(ok(await get(server, '/healthz'), '/healthz').json.status, 'ready')
	assert.deepEqual(ok(await get(server, '/healthz?probe=live'), '/healthz').json.status, 'live')
	problem(await get(server, '/healthz?probe=dead'), 400, 'probe')
	const figures = ok(await get(server, '/metrics'), '/metrics').body
	assert.match(figures, /^bihuan_http_requests_total\{route="healthz",status="2xx"\} \d+$/m)
	assert.match(figures, /^bihuan_http_requests_total\{route="none",status="4xx"\} \d+$/m)
	assert.match(figures, /^bihuan_ready 1$/m)
	for (const line of figures.trimEnd().split('\n')) assert.match(line, /^# (HELP|TYPE) \S+ .+$|^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+$/)
})

test('a histogram grows to its own count', async () => {
	const figures = (await get(server, '/metrics')).body
	const of = (pattern) => [...figures.matchAll(pattern)].map((match) => Number(match[1]))
	const steps = of(/^bihuan_http_request_seconds_bucket\{route="echo",le="[^"]+"\} (\d+)$/gm)
	assert.deepEqual(steps, [...steps].sort((a, b) => a - b))
	assert.equal(steps.at(-1), of(/^bihuan_http_request_seconds_count\{route="echo"\} (\d+)$/gm)[0])
})
