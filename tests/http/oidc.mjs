// Signing in at a provider: a real one (oidc-provider) behind TLS, a browser, the server over HTTP.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { call, certificate } from '../outbox/servers.mjs'
import { browser, client, provider, secret } from '../outside/provider.mjs'
import { code, found, good, open, settle } from './house.mjs'
import { ask, bihuan, folder, get, inside, problem } from './lib.mjs'

const chen = 'chen.zhuzhou', li = 'li.zhufei', su = 'su.lanmo', lu = 'lu.tinghe'
const link = 'https://bihuan.example'
const { cert, options } = certificate(folder)
const jwks = { keys: [{ ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'one' }] }
const idp = await provider({ options, link, jwks })
after(() => idp.close())
const sample = { link, hosts: ['localhost'], inside: ['127.0.0.1', '::1'], ca: cert, local: 'everyone',
	oidc: { title: '统一身份认证', title_en: 'The bureau’s sign-in', issuer: idp.issuer, client, secret, scope: 'openid profile', person: 'staff', strong: { amr: ['otp', 'hwk'], acr: ['urn:two'] } } }
const setUp = (more = {}, oidc = {}) => writeFileSync(join(inside('house'), 'sign-in.json'), JSON.stringify({ ...sample, ...more, oidc: { ...sample.oidc, ...oidc } }), { mode: 0o600 })
const administrators = found()
const slips = settle([chen, li, su, lu])
const house = await open()
after(() => house.stop())
const keepers = {}
for (const name of ['system', 'security', 'audit']) keepers[name] = await house.begin(name, administrators[name])
const ids = Object.fromEntries((await house.ask(keepers.system, 'GET', '/api/v1/accounts')).json.accounts.map(({ id, account }) => [account, id]))
const does = (who, method, account, path, json) => house.ask(keepers[who], method, `/api/v1/accounts/${ids[account]}/${path}`, json)

// A browser of somebody's: our cookies, and the provider's.
function person() {
	const there = browser(idp.issuer, cert), cookies = new Map()
	const send = async (method, path, json) => {
		const body = json === undefined ? undefined : JSON.stringify(json)
		const reply = await ask(house.server, method, path, { body, headers: { ...(body ? { 'Content-Type': 'application/json' } : {}), Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } })
		for (const set of reply.headers['set-cookie'] ?? []) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)
			if (/Max-Age=0/.test(set)) cookies.delete(name)
			else cookies.set(name, value)
			assert.match(set, /; Path=\/; HttpOnly; SameSite=Strict/)
		}
		return reply
	}
	const one = { there, cookies, send, me: async () => (await send('GET', '/api/v1/me')).json }
	one.begin = async (json = {}) => {
		const reply = await send('POST', '/api/v1/session/oidc', json)
		assert.equal(reply.status, 200, reply.body)
		return reply.json.location
	}
	// What the provider sends back, as the page takes it from its address.
	one.back = async (location) => {
		const at = await there.go(location)
		assert.equal(at.origin + at.pathname, link + '/sign-in/oidc')
		return Object.fromEntries(at.searchParams)
	}
	one.bring = (brought) => send('POST', '/api/v1/session/oidc/return', brought)
	one.enter = async (is, json) => {
		idp.who.is = is
		return one.bring(await one.back(await one.begin(json)))
	}
	return one
}

test('nothing is offered where nothing is set up', async () => {
	problem(await person().send('POST', '/api/v1/session/oidc', {}), 409, 'way')
	setUp()
	assert.deepEqual((await get(house.server, '/api/v1/session/options')).json.ways, [{ way: 'oidc', title: '统一身份认证', title_en: 'The bureau’s sign-in' }])
})

test('the way there asks for a code, bound to this browser, with PKCE and a nonce', async () => {
	const one = person(), first = new URL(await one.begin()), second = new URL(await one.begin())
	assert.equal(first.origin, idp.issuer)
	const asked = Object.fromEntries(first.searchParams)
	const { state, nonce, code_challenge: challenge, ...rest } = asked
	assert.deepEqual(rest, { response_type: 'code', client_id: client, redirect_uri: link + '/sign-in/oidc', scope: 'openid profile', code_challenge_method: 'S256' })
	for (const text of [state, nonce, challenge]) assert.match(text, /^[\w-]{43}$/)
	for (const name of ['state', 'nonce', 'code_challenge']) assert.notEqual(second.searchParams.get(name), asked[name])
	assert.match([...one.cookies.keys()].join(), /^bihuan-flow$/)
})

test('who is known by number signs in, with the posts they hold and nothing else', async () => {
	const one = person()
	const reply = await one.enter({ sub: 'u-1', claims: { staff: li } })
	assert.equal(reply.status, 200, reply.body)
	assert.deepEqual(reply.json, { needs: [] })
	const me = await one.me()
	assert.deepEqual([me.account, me.admin, me.fresh], [li, undefined, true])
	assert.deepEqual([...one.cookies.keys()], ['bihuan'])
	assert.equal((await one.send('DELETE', '/api/v1/session')).status, 204)
	problem(await one.send('GET', '/api/v1/me'), 401)
})

test('who isn’t known is told as whom they were recognised; tied by two administrators they come in', async () => {
	const one = person(), is = { sub: 'u-chen', claims: {} }
	assert.match(problem(await one.enter(is), 401, 'account').detail, /recognised as u-chen of https:\/\/localhost:\d+,/)
	const tie = { issuer: idp.issuer, subject: 'u-chen' }
	assert.equal((await does('system', 'POST', chen, 'tie', tie)).status, 200)
	problem(await one.enter(is), 401, 'account')
	assert.equal((await does('security', 'POST', chen, 'release')).status, 200)
	assert.equal((await one.enter(is)).status, 200)
	assert.equal((await one.me()).account, chen)
	// The number of somebody who is tied leads nowhere, nor does an administrator's name.
	for (const staff of [chen, 'system', '', 'nobody.at.all']) problem(await person().enter({ sub: 'u-other', claims: { staff } }), 401, 'account')
})

test('what was brought back is good once, and in that browser', async () => {
	const one = person(), other = person(), is = { sub: 'u-1', claims: { staff: li } }
	idp.who.is = is
	const brought = await one.back(await one.begin())
	await other.begin()
	problem(await other.bring(brought), 401, 'state')
	problem(await one.bring(brought), 401, 'state') // a stranger had it: it is good for nobody any more
	const again = await one.back(await one.begin())
	problem(await one.bring({ ...again, state: again.state + 'x' }), 401, 'state')
	problem(await person().bring(again), 401, 'state')
	const fresh = await one.back(await one.begin())
	assert.equal((await one.bring(fresh)).status, 200)
	problem(await one.bring(fresh), 401, 'state')
	// The same code with a state of one's own: the provider knows codes that were used, and PKCE whose they are.
	const mine = await other.back(await other.begin()), theirs = await one.back(await one.begin())
	assert.match(problem(await other.bring({ ...mine, code: theirs.code }), 401, 'code').detail, /invalid_grant/)
	problem(await other.bring({ ...mine, code: fresh.code }), 401, 'state')
	problem(await one.bring({ state: 'x' }), 400, 'code')
})

test('the answer says whose it is, and another’s isn’t taken', async () => {
	const one = person()
	idp.who.is = { sub: 'u-1', claims: { staff: li } }
	for (const iss of ['https://elsewhere.example', undefined]) {
		const brought = await one.back(await one.begin())
		assert.equal(brought.iss, idp.issuer)
		problem(await one.bring({ ...brought, iss }), 401, 'issuer')
	}
})

test('a second factor that is enrolled here is asked for, unless the provider saw one', async () => {
	const one = person(), is = { sub: 'u-su', claims: { staff: su } }
	await one.enter(is)
	const { uri } = (await one.send('POST', '/api/v1/me/totp')).json
	assert.equal((await one.send('POST', '/api/v1/me/totp/confirmation', { totp: house.code(uri) })).status, 200)
	const two = person()
	assert.deepEqual((await two.enter(is)).json, { needs: ['code'] })
	problem(await two.send('GET', '/api/v1/units'), 403, 'session', 'step_up')
	problem(await two.send('POST', '/api/v1/me/totp'), 403, 'session', 'step_up')
	problem(await two.send('POST', '/api/v1/session/proof', { totp: '000000' }), 401)
	assert.deepEqual((await two.send('POST', '/api/v1/session/proof', { totp: code(uri, 30) })).json, { needs: [] })
	assert.equal((await two.send('GET', '/api/v1/units')).status, 200)
	problem(await two.send('POST', '/api/v1/session/proof', { totp: code(uri, 30) }), 400, 'password')
	for (const more of [{ amr: ['pwd', 'otp'] }, { acr: 'urn:two' }]) assert.deepEqual((await person().enter({ ...is, ...more })).json, { needs: [] })
	assert.deepEqual((await person().enter({ ...is, amr: ['pwd'], acr: 'urn:one' })).json, { needs: ['code'] })
	// Each round at the provider buys no new guesses.
	for (let i = 0; i < 2; i++) {
		const guess = person()
		await guess.enter(is)
		for (let j = 0; j < 3; j++) await guess.send('POST', '/api/v1/session/proof', { totp: '000000' })
	}
	problem(await person().enter(is), 401, 'account')
})

test('who sits here is proved again there, by them and nobody else', async () => {
	const one = person(), is = { sub: 'u-1', claims: { staff: li } }
	await one.enter(is)
	const before = idp.who.asked, cookie = one.cookies.get('bihuan')
	const location = new URL(await one.begin({ prove: true }))
	assert.deepEqual([location.searchParams.get('prompt'), location.searchParams.get('max_age')], ['login', '0'])
	assert.equal((await one.bring(await one.back(location.href))).status, 200)
	assert.equal(idp.who.asked, before + 1)
	assert.notEqual(one.cookies.get('bihuan'), cookie)
	assert.equal((await one.me()).fresh, true)
	one.there.forget()
	assert.match(problem(await one.enter({ sub: 'u-chen', claims: {} }, { prove: true }), 401, 'account').detail, /isn't who is signed in/)
	problem(await person().send('POST', '/api/v1/session/oidc', { prove: true }), 401, 'session')
	// The session that was to be proved, and no other.
	const brought = await one.back(await one.begin({ prove: true }))
	one.cookies.set('bihuan', (await person().enter(is)).headers['set-cookie'][1].split(/[=;]/)[1])
	problem(await one.bring(brought), 401, 'session')
})

test('a disabled account stays shut, and passwords that are closed stay closed', async () => {
	const one = person(), is = { sub: 'u-lu', claims: { staff: lu } }
	assert.equal((await one.enter(is)).status, 200)
	assert.equal((await does('system', 'POST', lu, 'disable')).status, 200)
	problem(await one.send('GET', '/api/v1/me'), 401)
	assert.match(problem(await one.enter(is), 401, 'account').detail, /disabled/)
	setUp({ local: 'break_glass' })
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: li, password: good }), 401, 'account')
	const first = slips[li]
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: li, password: first }), 401, 'way')
	assert.equal((await house.ask({}, 'POST', '/api/v1/session', { account: 'audit', password: good, totp: code(keepers.audit.uri, 30) })).status, 200)
	setUp()
})

test('what isn’t set up rightly says so, to people and to the doctor', async () => {
	const doctor = async () => (await call(bihuan, ['doctor', inside('house'), '--lang', 'en']).ended).out
	assert.match(await doctor(), /well {2}the provider \(OpenID Connect\) answers as it should/)
	const one = person()
	setUp({}, { secret: 'another' })
	assert.match(problem(await one.enter({ sub: 'u-1', claims: { staff: li } }), 401, 'code').detail, /invalid_client/)
	setUp({}, { issuer: idp.issuer + '/elsewhere' })
	problem(await one.send('POST', '/api/v1/session/oidc', {}), 502, 'oidc', 'away')
	assert.match(await doctor(), /mind {2}the provider \(OpenID Connect\) can't be used: oidc: the provider answers 404/)
	setUp({ inside: [] }, { issuer: idp.issuer + '/' })
	assert.match(problem(await one.send('POST', '/api/v1/session/oidc', {}), 502, 'oidc').detail, /inner address/)
	setUp({ hosts: ['elsewhere.example'] })
	problem(await one.send('POST', '/api/v1/session/oidc', {}), 409, 'way')
	assert.match(await doctor(), /ILL {3}signing in is set up wrongly, and only administrators/)
	setUp()
})

test('what was done is in the record, which is whole', async () => {
	await house.stop()
	execFileSync(bihuan, ['replay', inside('house')])
	execFileSync(bihuan, ['audit', inside('house')])
})
