// What calls itself a provider and lies: every token that must not be taken, one by one; keys that change; a provider that is away.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { certificate } from '../outbox/servers.mjs'
import { forger, pair, token } from '../outside/forger.mjs'
import { found, good, open, settle } from './house.mjs'
import { ask, folder, inside, problem } from './lib.mjs'

const li = 'li.zhufei', chen = 'chen.zhuzhou', client = 'bihuan'
const { cert, options } = certificate(folder)
const idp = await forger({ options })
after(() => idp.close())
const rsa = pair('RS256', 'r1'), ec = pair('ES256', 'e1'), ed = pair('EdDSA', 'd1')
idp.keys = [rsa, ec, ed]
const sample = { link: 'https://bihuan.example', hosts: ['localhost'], inside: ['127.0.0.1', '::1'], ca: cert, local: 'break_glass', oidc: { issuer: idp.issuer, client, person: 'staff' } }
const setUp = (more = {}, oidc = {}) => writeFileSync(join(inside('house'), 'sign-in.json'), JSON.stringify({ ...sample, ...more, oidc: { ...sample.oidc, ...oidc } }), { mode: 0o600 })
const administrators = found()
const slips = settle([li, chen])
setUp()
const house = await open()
after(() => house.stop())
const security = await house.begin('security', administrators.security)
const ids = Object.fromEntries((await house.ask(security, 'GET', '/api/v1/accounts')).json.accounts.map(({ id, account }) => [account, id]))

const send = (cookies, path, json) => ask(house.server, 'POST', '/api/v1/session/' + path, { body: JSON.stringify(json), headers: { 'Content-Type': 'application/json', Cookie: Object.entries(cookies).map((pair) => pair.join('=')).join('; ') } })
const taken = (reply) => Object.fromEntries((reply.headers['set-cookie'] ?? []).map((set) => set.split(/[=;]/).slice(0, 2)))
const seconds = () => Math.floor(Date.now() / 1000) + house.moved
// A sign-in under way: its cookie, and what was asked of the provider.
async function begin(json = {}, cookies = {}) {
	const reply = await send(cookies, 'oidc', json)
	assert.equal(reply.status, 200, reply.body)
	const asked = Object.fromEntries(new URL(reply.json.location).searchParams)
	return { cookies: { ...cookies, ...taken(reply) }, asked, claims: { iss: idp.issuer, aud: client, sub: 's-1', staff: li, nonce: asked.nonce, iat: seconds(), exp: seconds() + 300 } }
}
const bring = (flow, given, more = {}) => {
	idp.gives = () => given
	return send(flow.cookies, 'oidc/return', { state: flow.asked.state, code: 'c', ...more })
}
// One sign-in with claims changed and a signature of the test's choice.
async function enter(change = {}, by = rsa, header = {}, json = {}, cookies = {}) {
	const flow = await begin(json, cookies)
	return bring(flow, token({ ...flow.claims, ...(typeof change === 'function' ? change(flow.claims) : change) }, by, header))
}

test('each signature that is taken, and the proof of the code is ours', async () => {
	for (const by of [rsa, ec, ed]) assert.equal((await enter({}, by)).status, 200)
	const flow = await begin()
	assert.equal((await bring(flow, token(flow.claims, rsa))).status, 200)
	const { body, headers } = idp.asked.at(-1)
	assert.equal(createHash('sha256').update(body.get('code_verifier')).digest('base64url'), flow.asked.code_challenge)
	assert.deepEqual([body.get('grant_type'), body.get('code'), body.get('redirect_uri'), body.get('client_id'), headers.authorization], ['authorization_code', 'c', 'https://bihuan.example/sign-in/oidc', client, undefined])
	assert.equal((await enter({ aud: [client] })).status, 200)
	assert.equal((await enter({ aud: [client, 'other'], azp: client })).status, 200)
	assert.equal((await enter({ iat: seconds() - 30, exp: seconds() - 30, nbf: seconds() + 30 })).status, 200) // clocks differ a little
})

test('what isn’t signed by the provider is nobody’s word', async () => {
	const stranger = pair('RS256', 'r1'), curve = pair('ES256', 'e1'), short = pair('short', 's1')
	idp.keys.push(short)
	for (const [says, by, header] of [
		['none', { none: true }, {}],
		['none, written otherwise', { none: true }, { alg: 'None' }],
		['the public key as a shared secret', { hmac: rsa.publicKey.export({ type: 'spki', format: 'pem' }), kid: 'r1' }, {}],
		['the modulus as a shared secret', { hmac: Buffer.from(rsa.jwk.n, 'base64url'), kid: 'r1' }, {}],
		['RS512', { ...rsa }, { alg: 'RS512' }],
		['another key under a known name', stranger, {}],
		['another curve’s key under a known name', curve, {}],
		['a key that it brings along', stranger, { jwk: stranger.jwk, kid: undefined }],
		['a key from an address', stranger, { jku: 'https://localhost/keys', kid: 'z' }],
		['a key of another kind by that name', ec, { kid: 'r1' }],
		['a key that is too short', short, {}],
		['something that must be understood', rsa, { crit: ['b64'], b64: false }],
	]) {
		const reply = await enter({}, by, header)
		assert.equal(problem(reply, 401, 'id_token').code, 'unauthenticated', says)
		assert.deepEqual(taken(reply), {}, says)
	}
	idp.keys.pop()
	const flow = await begin(), whole = token(flow.claims, rsa), [head, claims, signature] = whole.split('.')
	const other = Buffer.from(JSON.stringify({ ...flow.claims, staff: chen })).toString('base64url')
	for (const wrong of [`${head}.${other}.${signature}`, `${head}.${claims}.${signature.slice(0, -4)}AAAA`, `${head}.${claims}.`, `${head}.${claims}`, whole + '.x', `${head}.${claims}.${signature}=`, 'x', '..', '', 'a'.repeat(20000), 7, null,
		`${Buffer.from('{"alg":"RS256","alg":"none"}').toString('base64url')}.${claims}.${signature}`]) {
		const { cookies, asked } = await begin()
		problem(await bring({ cookies, asked }, wrong), 401, 'id_token')
	}
	problem(await bring(flow, { body: 'no JSON' }), 401, 'id_token')
})

test('what is said of somebody else, at another time or for another is refused by name', async () => {
	const now = seconds()
	for (const [claim, change] of [
		['iss', { iss: idp.issuer + '/' }], ['iss', { iss: undefined }],
		['aud', { aud: 'another' }], ['aud', { aud: [] }], ['aud', { aud: undefined }], ['aud', { aud: { [client]: 1 } }], ['aud', { aud: client + 'x' }],
		['azp', { aud: [client, 'other'] }], ['azp', { azp: 'other' }], ['azp', { azp: [client] }],
		['exp', { exp: now - 61 }], ['exp', { exp: undefined }], ['exp', { exp: 'tomorrow' }], ['exp', { exp: -1 }], ['exp', { exp: 1e300 }],
		['iat', { iat: now + 120 }], ['iat', { iat: now - 3600 }], ['iat', { iat: undefined }],
		['nbf', { nbf: now + 120 }], ['nbf', { nbf: 'x' }],
		['nonce', { nonce: 'another' }], ['nonce', { nonce: undefined }], ['nonce', { nonce: '' }],
		['sub', { sub: undefined }], ['sub', { sub: '' }], ['sub', { sub: 7 }], ['sub', { sub: 's'.repeat(256) }], ['sub', { sub: 'a\nb' }],
	]) problem(await enter(change), 401, claim, 'unauthenticated')
})

test('a token of another sign-in is none of this one', async () => {
	const one = await begin(), two = await begin()
	problem(await bring(two, token(one.claims, rsa)), 401, 'nonce')
	const late = await begin()
	await house.move(600)
	problem(await bring(late, token({ ...late.claims, iat: seconds(), exp: seconds() + 300 }, rsa)), 401, 'state')
})

test('keys change, and old ones are good no more', async () => {
	const next = pair('RS256', 'r2'), before = idp.calls['/jwks']
	assert.equal((await enter()).status, 200)
	assert.equal(idp.calls['/jwks'], before) // known
	idp.keys = [next, ec]
	assert.equal((await enter({}, next)).status, 200)
	assert.equal(idp.calls['/jwks'], before + 1)
	problem(await enter(), 401, 'id_token')
	problem(await enter({}, pair('RS256', 'r3')), 401, 'id_token')
	assert.equal(idp.calls['/jwks'], before + 1) // strangers’ tokens don’t make us ask again and again
	idp.keys = [rsa, ec, ed]
	await house.move(31)
	assert.equal((await enter()).status, 200)
	// Without a name, only where one key can be meant.
	for (const [keys, status] of [[[{ ...rsa.jwk, kid: undefined }], 200], [[rsa, next], 401], [[{ ...rsa.jwk, use: 'enc' }], 401], [[{ ...rsa.jwk, alg: 'RS512' }], 401], [[], 401]]) {
		idp.keys = keys
		await house.move(3600)
		assert.equal((await enter({}, rsa, { kid: undefined })).status, status, JSON.stringify(keys))
	}
	idp.keys = [rsa, ec, ed]
	await house.move(3600)
	setUp({}, { algs: ['ES256'] })
	problem(await enter(), 401, 'id_token')
	assert.equal((await enter({}, ec)).status, 200)
	setUp()
})

test('proved again is who was asked anew', async () => {
	const cookies = taken(await enter()), prove = (change) => enter(change, rsa, {}, { prove: true }, cookies)
	for (const auth of [undefined, seconds() - 3600, seconds() + 3600, 'now']) problem(await prove({ auth_time: auth }), 401, 'auth_time')
	await house.move(601)
	const who = async (cookie) => (await ask(house.server, 'GET', '/api/v1/me', { headers: { Cookie: 'bihuan=' + cookie } })).json
	assert.equal((await who(cookies.bihuan)).fresh, false)
	const reply = await prove(() => ({ auth_time: seconds() }))
	assert.equal(reply.status, 200, reply.body)
	assert.equal((await who(taken(reply).bihuan)).fresh, true)
})

test('a provider that publishes what can’t be so is asked for nothing', async () => {
	for (const [place, published] of [
		['issuer', { issuer: 'https://elsewhere.example' }],
		['authorization_endpoint', { authorization_endpoint: 'http://localhost/auth' }], ['authorization_endpoint', { authorization_endpoint: undefined }],
		['token_endpoint', { token_endpoint: 'https://elsewhere.example/token' }], ['token_endpoint', { token_endpoint: 'https://localhost@elsewhere.example/' }],
		['jwks_uri', { jwks_uri: 'file:///etc/passwd' }],
		['code_challenge_methods_supported', { code_challenge_methods_supported: ['plain'] }],
	]) {
		idp.published = published
		await house.move(3600)
		problem(await send({}, 'oidc', {}), 502, place, 'away')
	}
	idp.published = {}
	for (const jwks of ['no JSON', { keys: 1 }, [], { keys: Array(65).fill(rsa.jwk) }]) {
		idp.jwks = jwks
		problem(await send({}, 'oidc', {}), 502, 'jwks_uri', 'away')
	}
	idp.jwks = undefined
	idp.published = { authorization_response_iss_parameter_supported: true }
	const flow = await begin()
	problem(await bring(flow, token(flow.claims, rsa)), 401, 'issuer')
	idp.published = {}
	await house.move(3600)
})

test('when the provider is down it says so, and a marked account comes in by its password', async () => {
	const flow = await begin()
	problem(await bring(flow, { status: 503, body: {} }), 502, 'code', 'away')
	const again = await begin()
	problem(await bring(again, { status: 400, body: { error: 'invalid_grant' } }), 401, 'code')
	idp.close()
	await house.move(3600)
	problem(await send({}, 'oidc', {}), 502, 'oidc', 'away')
	const local = (account, password, more) => house.ask({}, 'POST', '/api/v1/session', { account, password, ...more })
	problem(await local(chen, slips[chen]), 401, 'way')
	const keeper = await house.enter('security', good, house.code(security.uri))
	assert.equal((await house.ask(keeper, 'POST', `/api/v1/accounts/${ids[chen]}/break-glass`)).status, 200)
	const reply = await local(chen, slips[chen])
	assert.deepEqual(reply.json.needs, ['password', 'totp'])
})
