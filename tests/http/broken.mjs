// Requests that are broken in one way each, made from the OpenAPI document by chance from a seed: what the tests of strangers and of
// signed-in accounts share.
import assert from 'node:assert/strict'
import { ask, objection } from './lib.mjs'

export function breaker(document, seed) {
	// mulberry32: small, and the same everywhere.
	let state = seed
	function chance() {
		state = (state + 0x6d2b79f5) | 0
		let t = Math.imul(state ^ (state >>> 15), 1 | state)
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296
	}
	const below = (n) => Math.floor(chance() * n)
	const pick = (list) => list[below(list.length)]

	// ---- what is right ----

	const resolve = (schema) => (schema.$ref ? document.components.schemas[schema.$ref.split('/').pop()] : schema)

	function good(schema) {
		const at = resolve(schema)
		if (at.enum) return pick(at.enum)
		if (at.type === 'integer') return Math.max(at.minimum ?? 0, Math.min(at.maximum ?? 5, (at.minimum ?? 0) + below(5)))
		if (at.type === 'boolean') return chance() < 0.5
		if (at.type === 'array') return Array.from({ length: Math.max(1, at.minItems) }, () => good(at.items))
		if (at.type === 'object') return at.properties ? Object.fromEntries(Object.entries(at.properties).filter(([key]) => at.required.includes(key) || chance() < 0.4).map(([key, value]) => [key, good(value)])) : { a: 1 }
		if (at.format === 'date') return '2019-03-05'
		if (at.format === 'date-time') return '2019-03-05T09:30:00+08:00'
		if (at.pattern === '^[0-9a-f]{64}$') return 'ab'.repeat(32)
		if (at.pattern?.startsWith('^"')) return '"3"'
		return 'x'.repeat(Math.max(1, at.minLength ?? 1))
	}

	// ---- what is wrong ----

	const junk = ['1001', '-6', '1000000000000', '', ' ', '-', '0x1', '1.5', 'NaN', 'null', '99999999999999999999', '-99999999999999999999', '\u0000', '\n', '\u202e', '😀'.repeat(300), "' or 1=1 --", '../..', '{}', '[]', 'x'.repeat(1500), '%', '\\', '<b>', '${x}', '2019-13-01', '"']

	// A value that the schema refuses, as text for a path, a query or a header.
	function badText(schema) {
		for (let i = 0; i < 100; i++) {
			const text = pick(junk)
			const value = schema.type === 'integer' && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : schema.type === 'boolean' && /^(true|false)$/.test(text) ? text === 'true' : text
			if (objection(document, schema, value) || /[\u0000-\u001f]/.test(text)) return text
		}
		return '\u0000'
	}

	// And as JSON.
	function badValue(schema) {
		for (let i = 0; i < 200; i++) {
			const value = pick([null, true, -1, 1.5, 1e15, '', 'x y\u0007', [], [null], {}, { x: { y: null } }, pick(junk), 'x'.repeat(3000)])
			if (objection(document, schema, value)) return value
		}
		return null
	}

	// The page isn't here: it answers any address.
	const operations = Object.entries(document.paths).filter(([path]) => path !== '/' && !path.startsWith('/assets/')).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })))
	const withBody = operations.filter((operation) => operation.requestBody?.content['application/json'])
	const open = withBody.filter((operation) => operation.path.startsWith('/test/')) // to whoever isn't signed in
	const params = (operation, place) => operation.parameters.filter((param) => param.in === place)

	function request(operation) {
		const made = { operation, method: operation.method, path: {}, query: [], headers: {}, body: undefined }
		for (const param of params(operation, 'path')) made.path[param.name] = good(param.schema)
		for (const param of params(operation, 'query')) if (param.required || chance() < 0.5) made.query.push([param.name, String(good(param.schema))])
		if (operation.requestBody?.content['application/json']) {
			made.body = JSON.stringify(good(operation.requestBody.content['application/json'].schema))
			made.headers['Content-Type'] = 'application/json'
		}
		return made
	}

	function target(made) {
		const escape = (text) => encodeURIComponent(text).replace(/%00/g, '%00')
		const path = made.rawPath ?? made.operation.path.replace(/{(\w+)}/g, (_, name) => escape(made.path[name]))
		const query = made.query.map(([name, value]) => `${escape(name)}=${escape(value)}`).join('&')
		return path + (made.rawQuery ?? (query && '?' + query))
	}

	// Each way to break a request: from one that is right to [it broken, the place that must be named or undefined].
	const ways = {
		path(made, param = pick(params(made.operation, 'path'))) {
			made.path[param.name] = badText(param.schema)
			// Some of it isn't even a segment: then it is the target that is wrong.
			return [param.name, 'target']
		},
		query(made, param = pick(params(made.operation, 'query'))) {
			made.query = made.query.filter(([name]) => name !== param.name)
			made.query.push([param.name, badText(param.schema)])
			return [param.name]
		},
		twice(made, param = pick(params(made.operation, 'query'))) {
			made.query = [...made.query.filter(([name]) => name !== param.name), [param.name, good(param.schema)], [param.name, good(param.schema)]]
			return [param.name]
		},
		unknown(made) {
			const name = pick(['x', 'Limit', '__proto__', 'id[]', '名', ' '])
			made.query.push([name, '1'])
			return [name]
		},
		missing(made) {
			const param = pick(params(made.operation, 'query').filter((one) => one.required))
			made.query = made.query.filter(([name]) => name !== param.name)
			return [param.name]
		},
		percent(made) {
			made.rawPath = target({ ...made, query: [] }) + pick(['%', '%4', '%zz', '%00', '%ff', '%c0%80', '/..', '/./x', '//', '/%2e%2e', '#x', '%2f', '%5c'])
			return ['target']
		},
		rawQuery(made) {
			made.rawQuery = pick(['?', '?x', '?=1', '?&', '?a=%', '?a=%00', '?a=%ff', '?a&b', '?a=1&&b=2'])
			return made.rawQuery === '?' ? ['fine'] : ['target', 'a', 'x', 'b']
		},
		method(made) {
			made.method = pick(['BREW', 'PROPFIND', 'TRACE', 'patch', 'M-SEARCH'].filter((method) => !(method.toLowerCase() in document.paths[made.operation.path])))
			return ['method']
		},
		key(made) {
			made.headers['Idempotency-Key'] = pick(['x'.repeat(65), 'a b', ' '.repeat(3) + '\t' + 'a\tb'])
			return ['Idempotency-Key']
		},
		header(made) {
			const [name, value] = pick([['If-Match', 'x'], ['If-Match', '"x"'], ['If-Match', '5']])
			made.headers[name] = value
			return [name]
		},
		type(made) {
			made.headers['Content-Type'] = pick(['text/plain', 'application/xml', 'application/json; charset=gbk', 'application/jsonx', 'multipart/form-data; boundary=x', '*/*', ''])
			return ['Content-Type']
		},
		coding(made) {
			made.headers['Content-Encoding'] = pick(['gzip', 'br', 'x'])
			return ['Content-Encoding']
		},
		syntax(made) {
			const body = made.body
			made.body = pick([() => body.slice(0, below(body.length - 1)), () => body + pick(['x', '{}', ',']), () => body.replace(/"/, "'"), () => '\ufeff' + body, () => '[' + body, () => 'x' + body.slice(1), () => body.slice(0, -1) + ',}', () => '['.repeat(3000), () => Buffer.from(body.slice(0, -1) + ',"x":"\xc3"}', 'latin1')])()
			return ['body']
		},
		field(made, which) {
			const schema = resolve(made.operation.requestBody.content['application/json'].schema)
			const name = which ?? pick(Object.keys(schema.properties))
			const body = JSON.parse(made.body)
			body[name] = badValue(schema.properties[name])
			made.body = JSON.stringify(body)
			return [name]
		},
		unknownField(made) {
			const name = pick(['x', 'Line', '__proto__', 'constructor', '栏', ''])
			made.body = made.body.replace(/}$/, `${made.body === '{}' ? '' : ','}${JSON.stringify(name)}:1}`)
			return [name === '' ? undefined : name]
		},
		missingField(made) {
			const name = pick(made.operation.requestBody.content['application/json'].schema.required)
			const body = JSON.parse(made.body)
			delete body[name]
			made.body = JSON.stringify(body)
			return [name]
		},
		twiceField(made) {
			const [name] = Object.keys(JSON.parse(made.body))
			made.body = made.body.replace(/}$/, `,${JSON.stringify(name)}:1}`)
			return ['body']
		},
		unwanted(made) {
			made.body = pick(['{}', 'x', '\0'])
			return ['body']
		},
		large(made) {
			made.body = JSON.stringify({ line: 'x'.repeat(70000 + below(200000)) })
			return ['body', 'line'] // where so much is taken, it is a field that the route hasn't
		},
	}

	const fits = {
		path: (operation) => params(operation, 'path').length > 0,
		query: (operation) => params(operation, 'query').length > 0,
		twice: (operation) => params(operation, 'query').length > 0,
		missing: (operation) => params(operation, 'query').some((param) => param.required),
		key: (operation) => operation.method !== 'GET',
		header: (operation) => params(operation, 'header').some((param) => param.name === 'If-Match'),
		unwanted: (operation) => !operation.requestBody,
	}
	const needBody = ['type', 'coding', 'syntax', 'field', 'unknownField', 'missingField', 'twiceField', 'large']

	function make() {
		const way = pick(Object.keys(ways))
		const operation = pick(needBody.includes(way) ? (open.length > 0 && chance() < 0.7 ? open : withBody) : operations.filter(fits[way] ?? (() => true)))
		const made = request(operation)
		const places = ways[way](made)
		return { way, made, places }
	}

	// Each parameter of each route broken in its turn, so many times: { way, made, places } as make() gives them.
	function* everyParameter(times) {
		for (const operation of operations)
			for (let i = 0; i < times; i++) {
				for (const [place, break_] of [['path', ways.path], ['query', ways.query], ['query', ways.twice]])
					for (const param of params(operation, place)) {
						const made = request(operation)
						yield { way: place, made, places: break_(made, param), of: `${operation.operationId} ${param.name}` }
					}
				const schema = operation.requestBody?.content['application/json']?.schema
				for (const name of Object.keys(schema ? resolve(schema).properties ?? {} : {})) {
					const made = request(operation)
					yield { way: 'field', made, places: ways.field(made, name), of: `${operation.operationId} ${name}` }
				}
			}
	}

	// Send it, and see that the answer is what whoever sends something broken is owed. `refused` says of an answer that it came before
	// anything of the request was looked at; true when it did.
	async function send(server, { way, made, places }, { agent, headers = {}, refused }) {
		const path = target(made)
		const told = `${way}: ${made.method} ${path.slice(0, 200)} ${JSON.stringify(made.headers)} ${String(made.body).slice(0, 200)} (seed ${seed})`
		const reply = await ask(server, made.method, path, { headers: { ...headers, ...made.headers, ...(made.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(made.body) }) }, body: made.body, agent }).catch((error) => assert.fail(`${told}: ${error}`))
		assert.ok(reply.status >= 400 && reply.status < 500, `${told}: ${reply.status} ${reply.body}`)
		assert.equal(reply.headers['content-type'], 'application/problem+json', told)
		assert.equal(objection(document, document.components.schemas.problem, reply.json), undefined, told)
		const named = [reply.json.place, ...(reply.json.faults ?? []).map((fault) => fault.place)]
		const unread = refused(reply, named)
		assert.ok(unread || (reply.status === 413 && named[0] === 'body') || places.some((place) => place === undefined || named.some((name) => name === place || name?.startsWith(place + '.') || name?.startsWith(place + '['))), `${told}: names ${named}, not ${places}: ${reply.body}`)
		return unread
	}

	// One of each operation that the document allows, with whatever values.
	function* everyOperation(times) {
		for (const operation of operations) for (let i = 0; i < times; i++) yield request(operation)
	}

	return { make, everyParameter, everyOperation, send, target, ways, operations }
}
