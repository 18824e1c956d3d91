// An institution whose people sign in: what the tests of sessions and accounts share.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { totp } from '../totp.mjs'
import { ask, bihuan, foreseen, get, inside, root, start } from './lib.mjs'

export const good = 'quiet otter mends clocks'
export const shell = (...words) => JSON.parse(execFileSync(bihuan, [...words, '--json', '--lang', 'en'], { encoding: 'utf8' }))

// A data folder of the smallest institution; answers the administrators' one-time passwords.
export const found = (name = 'house', institution = 'minimal') =>
	shell('init', inside(name), '--institution', join(root, 'institutions', institution)).administrators

// RFC 6238 by the server's clock, `moved` seconds ahead.
export const code = (uri, moved = 0) => totp(uri, Date.now() + moved * 1000)

// The tests' server with a clock that they move; checks each answer against the OpenAPI document.
export async function open(name = 'house', options = {}) {
	const server = await start(name, { limits: 'off', ...options })
	const document = (await get(server, '/api/v1/openapi.json')).json
	const house = { server, document, moved: 0 }
	const pattern = (path) => (document.paths[path] ? path : Object.keys(document.paths).find((of) => new RegExp('^' + of.replace(/\{[^}]+\}/g, '[^/]+') + '$').test(path)))
	house.stop = () => server.stop()
	house.move = async (seconds) => {
		house.moved += seconds
		await get(server, `/test/move?seconds=${seconds}`)
	}
	house.code = (uri) => code(uri, house.moved)
	// One request by whoever `sender` is: { cookie, token }. A new cookie is kept in it.
	house.ask = async (sender, method, path, json, headers = {}) => {
		const body = json === undefined ? undefined : JSON.stringify(json)
		const reply = await ask(server, method, path, {
			body,
			headers: {
				...(json === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
				...(sender?.cookie ? { Cookie: sender.cookie } : {}),
				...(sender?.token ? { Authorization: `Bearer ${sender.token}` } : {}),
				...headers,
			},
		})
		const bare = path.split('?')[0]
		if (document.paths[pattern(bare)]?.[method.toLowerCase()]) foreseen(document, pattern(bare), method, reply)
		for (const set of reply.headers['set-cookie'] ?? []) if (sender) sender.cookie = /Max-Age=0/.test(set) ? undefined : set.split(';')[0]
		return reply
	}
	house.enter = async (account, password = good, totp) => {
		const sender = {}
		const reply = await house.ask(sender, 'POST', '/api/v1/session', { account, password, ...(totp ? { totp } : {}) })
		assert.equal(reply.status, 200, reply.body)
		return Object.assign(sender, { needs: reply.json.needs })
	}
	// An administrator with a password and a second factor of their own.
	house.begin = async (account, oneTime) => {
		const sender = await house.enter(account, oneTime)
		assert.deepEqual(sender.needs, ['password', 'totp'])
		assert.equal((await house.ask(sender, 'PUT', '/api/v1/me/password', { password: oneTime, wanted: good })).status, 200)
		sender.uri = (await house.ask(sender, 'POST', '/api/v1/me/totp')).json.uri
		const confirmed = await house.ask(sender, 'POST', '/api/v1/me/totp/confirmation', { totp: house.code(sender.uri) })
		assert.deepEqual(confirmed.json.needs, [])
		return sender
	}
	// A person at their first sign-in.
	house.settle = async (account, oneTime) => {
		const sender = await house.enter(account, oneTime)
		assert.deepEqual(sender.needs, ['password'])
		assert.equal((await house.ask(sender, 'PUT', '/api/v1/me/password', { password: oneTime, wanted: good })).status, 200)
		return sender
	}
	return house
}

// Accounts of these people, from a shell, before the server runs; answers their one-time passwords.
export function settle(people, name = 'house') {
	return Object.fromEntries(
		people.map((person) => {
			const first = shell('account', inside(name), 'add', person, '--as', 'system').secret
			return [person, first + shell('account', inside(name), 'release', person, '--as', 'security').secret]
		}),
	)
}
