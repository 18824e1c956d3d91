// What the tests of the server share: a server in a folder of its own, requests, raw bytes, an OpenAPI checker.
// usage: node FILE.mjs ROOT HTTP_SERVER BIHUAN
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { wrongEnd } from '../ended.mjs'

export const [root, testServer, bihuan] = process.argv.slice(2)
export const folder = mkdtempSync(join(tmpdir(), 'bihuan-http-'))
const END_MS = 60000 // more than a server waits for those who are slow
const running = new Set()
const faults = [] // of servers, whatever the tests themselves looked at
after(async () => {
	await Promise.all([...running].map(quit))
	rmSync(folder, { recursive: true, force: true })
	assert.deepEqual(faults, [])
})

// One that a test left running is stopped as any other, and must come to its end.
async function quit(server) {
	server.process.kill('SIGTERM')
	const late = setTimeout(() => {
		faults.push(`a server didn't end for all of ${END_MS / 1000} s: ${server.err}`)
		server.process.kill('SIGKILL')
	}, END_MS)
	if (await server.ended !== 0) faults.push(`a server that was stopped ended with ${await server.ended}: ${server.err}`)
	clearTimeout(late)
}

export const inside = (name) => join(folder, name)

// A program that prints its address on its first line and serves until SIGTERM. `stop` gives what it said.
export async function launch(program, args) {
	const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
	const server = { process: child, out: '', err: '' }
	running.add(server)
	child.stdout.on('data', (bytes) => (server.out += bytes))
	child.stderr.on('data', (bytes) => (server.err += bytes))
	const ended = new Promise((done) => child.on('close', (code, signal) => done(code ?? signal)))
	ended.then((end) => {
		running.delete(server)
		const wrong = wrongEnd(end, server.err)
		if (wrong) faults.push(wrong)
	})
	await Promise.race([until(() => server.out.includes('\n')), ended])
	server.address = /https?:\/\/\S+/.exec(server.out)?.[0]
	server.port = Number(/:(\d+)$/.exec(server.address ?? '')?.[1])
	server.ended = ended
	server.stop = async (signal = 'SIGTERM') => {
		child.kill(signal)
		const code = await ended
		return { code, out: server.out, err: server.err }
	}
	return server
}

// The tests' own server; options as http_server takes them.
export function start(name = 'data', options = {}) {
	return launch(testServer, [inside(name), ...Object.entries(options).map(([key, value]) => `${key}=${value}`)])
}

// Wait until something holds; for what another process or thread does in its own time.
export async function until(holds, ms = 10000) {
	const end = Date.now() + ms
	for (;;) {
		const value = await holds()
		if (value) return value
		if (Date.now() > end) throw new Error('it never came to hold: ' + holds)
		await new Promise((next) => setTimeout(next, 5))
	}
}

// One request over an agent's connections. Answers { status, headers, body, json }.
export function ask(server, method, path, { headers = {}, body, agent, from, abort } = {}) {
	return new Promise((done, failed) => {
		const sent = httpRequest({ port: server.port, host: '127.0.0.1', method, path, headers, agent, localAddress: from }, (answer) => {
			const pieces = []
			answer.on('data', (piece) => pieces.push(piece))
			answer.on('error', failed)
			answer.on('end', () => {
				const bytes = Buffer.concat(pieces)
				const said = { status: answer.statusCode, headers: answer.headers, bytes, body: bytes.toString() }
				if (/json/.test(answer.headers['content-type'] ?? '') && bytes.length > 0) said.json = JSON.parse(said.body)
				done(said)
			})
		})
		sent.on('error', failed)
		if (abort) abort(sent)
		sent.end(body)
	})
}

export const get = (server, path, more) => ask(server, 'GET', path, more)
export const post = (server, path, json, more = {}) =>
	ask(server, 'POST', path, { ...more, body: JSON.stringify(json), headers: { 'Content-Type': 'application/json', ...more.headers } })
export const keepAlive = (more) => new Agent({ keepAlive: true, ...more })

// Raw bytes on a connection of their own; all that comes back until the server closes, or `enough` holds.
export function raw(server, bytes, { enough = () => false, from } = {}) {
	return new Promise((done, failed) => {
		const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from })
		let said = ''
		const end = () => {
			socket.destroy()
			done(said)
		}
		socket.setTimeout(20000, () => {
			socket.destroy()
			failed(new Error('the server neither answered enough nor closed: ' + JSON.stringify(said)))
		})
		socket.on('data', (piece) => {
			said += piece.toString('latin1')
			if (enough(said)) end()
		})
		socket.on('error', (error) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? end() : failed(error)))
		socket.on('close', end)
		socket.write(bytes)
	})
}

// The replies in what raw() gave: [{ status, headers, body }]. Content-Length says where each ends.
export function replies(said) {
	const found = []
	for (let rest = said; rest.length > 0;) {
		const head = /^HTTP\/1\.1 (\d+)[^\r]*\r\n([^]*?)\r\n\r\n/.exec(rest)
		if (!head) throw new Error('not a reply: ' + JSON.stringify(rest.slice(0, 200)))
		const headers = Object.fromEntries(head[2].split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
		const size = Number(headers['content-length'] ?? 0)
		found.push({ status: Number(head[1]), headers, body: rest.slice(head[0].length, head[0].length + size) })
		rest = rest.slice(head[0].length + size)
	}
	return found
}

// ---- the OpenAPI document, as far as this server writes it ----

const formats = {
	date: /^\d{4}-\d\d-\d\d$/,
	'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
}

// What is wrong with a value by a JSON Schema; undefined when nothing is.
export function objection(document, schema, value, place = '') {
	if (schema.$ref) return objection(document, schema.$ref.slice(2).split('/').reduce((at, key) => at[key], document), value, place)
	const wrong = (why) => `${place || 'the whole'}: ${why}: ${JSON.stringify(value)}`
	const kind = Array.isArray(value) ? 'array' : Number.isInteger(value) ? 'integer' : value === null ? 'null' : typeof value
	if (schema.type && schema.type !== kind) return wrong(`is ${kind}, not ${schema.type}`)
	if (schema.enum && !schema.enum.includes(value)) return wrong('is none of ' + schema.enum)
	if (schema.pattern && !new RegExp(schema.pattern).test(value)) return wrong('does not match ' + schema.pattern)
	if (formats[schema.format] && !formats[schema.format].test(value)) return wrong('is no ' + schema.format)
	if (value < schema.minimum || value > schema.maximum) return wrong('is out of range')
	if (kind === 'string' && ([...value].length < schema.minLength || [...value].length > schema.maxLength)) return wrong('has a wrong length')
	if (kind === 'array') {
		if (value.length < schema.minItems || value.length > schema.maxItems) return wrong('has a wrong number of items')
		for (const [i, item] of value.entries()) {
			const found = objection(document, schema.items, item, `${place}[${i}]`)
			if (found) return found
		}
	}
	if (kind === 'object' && schema.properties) {
		for (const key of schema.required ?? []) if (!(key in value)) return wrong('lacks ' + key)
		for (const [key, item] of Object.entries(value)) {
			if (!schema.properties[key]) return wrong('has the unknown ' + key)
			const found = objection(document, schema.properties[key], item, place ? `${place}.${key}` : key)
			if (found) return found
		}
	}
}

// A reply is one that the document foresees; a problem fits its schema.
export function foreseen(document, path, method, reply) {
	const operation = document.paths[path][method.toLowerCase()]
	const said = operation.responses[reply.status]
	if (reply.status >= 400) {
		assert.equal(reply.headers['content-type'], 'application/problem+json')
		assert.equal(objection(document, document.components.schemas.problem, reply.json), undefined)
		return
	}
	assert.ok(said, `${method} ${path} answers ${reply.status}, which no REPLY row foresees`)
	const [media, content] = Object.entries(said.content ?? { undefined: {} })[0]
	assert.equal(String(reply.headers['content-type']), media)
	if (content.schema && media === 'application/json') assert.equal(objection(document, content.schema, reply.json), undefined)
}

export function problem(reply, status, place, code) {
	assert.equal(reply.status, status, reply.body)
	assert.equal(reply.headers['content-type'], 'application/problem+json')
	const said = reply.json ?? JSON.parse(reply.body)
	assert.equal(said.status, status)
	if (place !== undefined) assert.equal(said.place, place, reply.body)
	if (code !== undefined) assert.equal(said.code, code)
	return said
}

// ---- an institution with people who sign in ----

export function run(...args) {
	const done = spawnSync(bihuan, [...args, '--lang', 'en'])
	if (done.status !== 0) throw new Error(`bihuan ${args.join(' ')}: ${done.stdout}${done.stderr}`)
	return done.stdout.toString()
}
export const password = 'three-lamps-one-river-2019'

// Signed in: `get(path)` and `post(path, json)` go as this account, in the language that is asked for.
export async function signIn(server, account, lang = 'en') {
	const reply = await post(server, '/api/v1/session', { account, password })
	if (reply.status !== 200) throw new Error(`${account} can't sign in: ${reply.body}`)
	const headers = { Cookie: reply.headers['set-cookie'][0].split(';')[0], 'Accept-Language': lang }
	const of = (more) => ({ ...more, headers: { ...headers, ...more?.headers } })
	return { account, server, headers, get: (path, more) => get(server, path, of(more)), post: (path, json, more) => post(server, path, json, of(more)) }
}

// The smallest institution in which a task may have parts, findings are seen by those around a unit and accountability by its members
// alone; it has just begun, and these people have passwords.
export function smallest(name, ...people) {
	const from = inside(name + '-institution'), data = inside(name)
	cpSync(join(root, 'institutions/minimal'), from, { recursive: true })
	const change = (file, how) => writeFileSync(join(from, file), how(readFileSync(join(from, file), 'utf8')))
	change('procedures/task.yaml', (text) => text + 'children: {of: task, close: before_parent, progress: weighted}\n')
	change('procedures/accountability.yaml', (text) => text.replace(/^visibility: unit/m, 'visibility: compartment')
		.replace('    to: told\n    evidence', '    to: told\n    tells: [facts]\n    evidence').replace('    to: decided\n', '    to: decided\n    tells: [form, reason]\n'))
	run('init', data, '--institution', from, '--now', '2018-12-31T08:00')
	run('account', data, 'samples', ...people, '--now', '2018-12-31T09:00')
	return data
}

// Reads and writes by several people who are signed in, each answer held to the document. `path` is what stands behind /api/v1.
export function foreseeing(document, people) {
	const pattern = (path) => Object.keys(document.paths).find((of) => new RegExp('^' + of.replace(/\{[^}]+\}/g, '[^/]+') + '$').test('/api/v1' + path.split('?')[0]))
	const asked = (method, path, reply) => {
		foreseen(document, pattern(path), method, reply)
		return reply
	}
	const read = async (name, path) => asked('GET', path, await people[name].get('/api/v1' + path))
	const write = async (name, path, body = {}, headers = {}) => asked('POST', path, await people[name].post('/api/v1' + path, body, { headers }))
	const done = async (name, path, body, headers) => {
		const reply = await write(name, path, body, headers)
		assert.ok(reply.status === 200 || reply.status === 201, reply.body)
		return reply.json
	}
	// What has no body.
	const send = async (name, method, path) => asked(method, path, await ask(people[name].server, method, '/api/v1' + path, { headers: people[name].headers }))
	return { read, write, done, send }
}
