// One's own account over HTTP: who one is, password, second factor, recovery codes, sessions.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { found, good, open, settle } from './house.mjs'
import { problem, until } from './lib.mjs'

const administrators = found()
const slips = settle(['chen.zhuzhou', 'li.zhufei'])
const house = await open()
after(() => house.stop())
const chen = await house.settle('chen.zhuzhou', slips['chen.zhuzhou'])
const li = await house.settle('li.zhufei', slips['li.zhufei'])
const enter = () => house.enter('chen.zhuzhou')

test('who one is: person, posts of today and what they carry, in the language asked for', async () => {
	const said = (await house.ask(chen, 'GET', '/api/v1/me', undefined, { 'Accept-Language': 'en' })).json
	assert.equal(said.account, 'chen.zhuzhou')
	assert.deepEqual(said.person, { code: 'chen.zhuzhou', name: '陈竹舟' })
	assert.deepEqual(said.posts.map(({ code, kind, unit, acting }) => ({ code, kind, unit, acting })), [{ code: 'director', kind: 'head', unit: 'leadership', acting: false }])
	assert.match(said.posts[0].name, /Director/)
	assert.equal(said.language, 'en')
	assert.equal(said.admin, undefined)
	assert.deepEqual(said.delegations, [])
	assert.deepEqual([said.needs, said.fresh, said.totp, said.recovery_left, said.demo, said.profile], [[], true, false, 0, false, 'asvs'])
	const zh = (await house.ask(chen, 'GET', '/api/v1/me')).json
	assert.match(zh.posts[0].name, /局长/)
	assert.match(zh.title, /[\u4e00-\u9fff]/)
})

test('an administrator is nobody in particular', async () => {
	const sender = await house.enter('audit', administrators.audit)
	const said = (await house.ask(sender, 'GET', '/api/v1/me')).json
	assert.equal(said.admin, 'audit')
	assert.deepEqual(said.needs, ['password', 'totp'])
	for (const key of ['person', 'posts', 'functions', 'delegations']) assert.equal(said[key], undefined)
})

test('functions are those of the posts that are held', async () => {
	const said = (await house.ask(li, 'GET', '/api/v1/me')).json
	assert.equal(said.posts[0].code, 'office-head')
	const all = new Set([...said.functions, ...(await house.ask(chen, 'GET', '/api/v1/me')).json.functions])
	assert.ok(all.size > 0)
	assert.notDeepEqual(said.functions, (await house.ask(chen, 'GET', '/api/v1/me')).json.functions)
})

test('a password is changed by who knows the present one, and every other session ends', async () => {
	const other = await enter(), sender = await enter()
	const change = (password, wanted) => house.ask(sender, 'PUT', '/api/v1/me/password', { password, wanted })
	problem(await change(good, 'short'), 400, 'password')
	problem(await change(good, 'password1234'), 400, 'password')
	problem(await change(good, 'chen.zhuzhou 2019 river'), 400, 'password')
	problem(await change(good, good), 400, 'password')
	problem(await change(good, 'x\u0000' + good), 400)
	problem(await change('not the present one', 'four unlikely plain nouns'), 401)
	const before = sender.cookie
	assert.equal((await change(good, 'four unlikely plain nouns')).status, 200)
	assert.notEqual(sender.cookie, before)
	assert.equal((await house.ask(sender, 'GET', '/test/read')).status, 200)
	for (const cookie of [before, other.cookie, chen.cookie]) problem(await house.ask({ cookie }, 'GET', '/test/read'), 401)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: 'chen.zhuzhou', password: good }), 401)
	assert.equal((await house.ask(sender, 'PUT', '/api/v1/me/password', { password: 'four unlikely plain nouns', wanted: good })).status, 200)
})

test('a second factor from its secret to its end; each code works once', async () => {
	const sender = await enter()
	const ask = (method, path, json) => house.ask(sender, method, '/api/v1/me/' + path, json)
	problem(await ask('POST', 'recovery-codes'), 409, 'code')
	problem(await ask('POST', 'totp/confirmation', { totp: '123456' }), 409, 'code')
	const { uri } = (await ask('POST', 'totp')).json
	assert.match(uri, /^otpauth:\/\/totp\/.*secret=[A-Z2-7]{32}/)
	problem(await ask('POST', 'totp/confirmation', { totp: '000000' === house.code(uri) ? '000001' : '000000' }), 400, 'code')
	assert.deepEqual((await enter()).needs, []) // not asked for before it is confirmed
	const first = house.code(uri), before = sender.cookie
	const confirmed = await ask('POST', 'totp/confirmation', { totp: first })
	assert.equal(confirmed.status, 200, confirmed.body)
	assert.equal(new Set(confirmed.json.recovery_codes).size, 10)
	assert.notEqual(sender.cookie, before)
	problem(await ask('POST', 'totp'), 409, 'code')
	// From now on nobody comes in without it, and the code that confirmed it is used up.
	const attempt = (totp) => house.ask({}, 'POST', '/api/v1/session', { account: 'chen.zhuzhou', password: good, ...(totp ? { totp } : {}) })
	problem(await attempt(), 401)
	problem(await attempt(first), 401)
	await house.move(60)
	const second = house.code(uri)
	assert.equal((await attempt(second)).status, 200)
	problem(await attempt(second), 401)
	const [recovery, another] = confirmed.json.recovery_codes
	assert.equal((await attempt(recovery.toUpperCase())).status, 200)
	problem(await attempt(recovery), 401)
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).json.recovery_left, 9)
	// New codes take the place of the old.
	const renewed = (await ask('POST', 'recovery-codes')).json.recovery_codes
	problem(await attempt(another), 401)
	await house.move(31 * 60) // locked by now
	const again = await house.enter('chen.zhuzhou', good, renewed[0])
	problem(await house.ask(again, 'DELETE', '/api/v1/me/totp', { password: good, totp: '12345' }), 401)
	assert.equal((await house.ask(again, 'DELETE', '/api/v1/me/totp', { password: good, totp: house.code(uri) })).status, 200)
	assert.equal((await attempt()).status, 200)
})

test('what is freshly proved only can’t be done later', async () => {
	const sender = await enter()
	await house.move(11 * 60)
	for (const path of ['totp', 'recovery-codes']) problem(await house.ask(sender, 'POST', '/api/v1/me/' + path), 403, 'session', 'step_up')
	problem(await house.ask(sender, 'POST', '/api/v1/me/tokens', { name: 'x', scope: 'read', ends: '2019-01-01T00:00:00Z' }), 403, 'session', 'step_up')
})

test('one sees one’s sessions and ends them, and nobody else’s', async () => {
	const sender = await enter(), other = await enter()
	const stranger = await house.enter('li.zhufei')
	const list = async (of) => (await house.ask(of, 'GET', '/api/v1/me/sessions')).json.sessions
	const mine = await list(sender), theirs = await list(stranger)
	assert.equal(mine.filter((row) => row.present).length, 1)
	assert.equal(mine[0].address, '127.0.0.1')
	for (const row of theirs) assert.ok(!mine.some((own) => own.handle === row.handle))
	const target = (await list(other)).find((row) => row.present).handle
	problem(await house.ask(stranger, 'DELETE', `/api/v1/me/sessions/${target}`), 404, 'session')
	problem(await house.ask(sender, 'DELETE', '/api/v1/me/sessions/0000000000000000'), 404, 'session')
	problem(await house.ask(sender, 'DELETE', '/api/v1/me/sessions/short'), 400, 'handle')
	assert.equal((await house.ask(other, 'GET', '/test/read')).status, 200)
	assert.equal((await house.ask(sender, 'DELETE', `/api/v1/me/sessions/${target}`)).status, 204)
	problem(await house.ask(other, 'GET', '/test/read'), 401)
	assert.equal((await house.ask(stranger, 'GET', '/test/read')).status, 200)
})

test('who guesses from inside a session loses it when the lock falls', async () => {
	const sender = await house.enter('li.zhufei')
	for (let i = 0; i < 5; i++) problem(await house.ask(sender, 'POST', '/api/v1/session/proof', { password: `guess number ${i}` }), 401)
	problem(await house.ask(sender, 'GET', '/api/v1/me'), 401)
	problem(await house.ask({}, 'POST', '/api/v1/session', { account: 'li.zhufei', password: good }), 401)
	await house.move(31 * 60)
	await house.enter('li.zhufei')
})
