// Who sends a request: signing in and out, cookies, tokens, proofs, what is open to whom, and how long.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { request as httpRequest } from 'node:http'
import { after, test } from 'node:test'
import { found, good, open, settle } from './house.mjs'
import { ask, bihuan, inside, post, problem, until } from './lib.mjs'

const administrators = found()
const slips = settle(['chen.zhuzhou', 'li.zhufei', 'tan.yunlan'])
const house = await open('house', { heartbeat_ms: 100 })
after(() => house.stop())
const { server } = house
const nobody = {}
const chen = await house.settle('chen.zhuzhou', slips['chen.zhuzhou'])
const system = await house.begin('system', administrators.system)

// ---- signing in ----

test('a session is a cookie that scripts, other sites and other paths can’t have', async () => {
	const reply = await post(server, '/api/v1/session', { account: 'chen.zhuzhou', password: good })
	assert.equal(reply.status, 200)
	assert.equal(reply.headers['set-cookie'].length, 1)
	assert.match(reply.headers['set-cookie'][0], /^bihuan=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict$/)
	assert.deepEqual(reply.json, { needs: [] })
	assert.equal(reply.headers['cache-control'], 'no-store')
	assert.equal(reply.headers['x-content-type-options'], 'nosniff')
})

test('whoever isn’t let in is told the same, whatever is wrong', async () => {
	const said = new Set()
	for (const [account, password, totp] of [['chen.zhuzhou', 'a wrong password'], ['nobody.at.all', good], ['system', good], ['system', good, '000000'], ['li.zhufei', good]]) {
		const reply = await house.ask(nobody, 'POST', '/api/v1/session', { account, password, ...(totp ? { totp } : {}) })
		problem(reply, 401, undefined, 'unauthenticated')
		assert.equal(reply.headers['www-authenticate'], 'Session realm="bihuan"')
		assert.equal(reply.headers['set-cookie'], undefined)
		const { request, ...rest } = reply.json
		assert.ok(request)
		said.add(JSON.stringify(rest))
	}
	assert.equal(said.size, 1)
})

test('a wrong request to sign in names its fields, not its values', async () => {
	const reply = await house.ask(nobody, 'POST', '/api/v1/session', { account: 'chen.zhuzhou', password: '', totp: 'x'.repeat(41), else: 1 })
	problem(reply, 400)
	assert.deepEqual(reply.json.faults.map((fault) => fault.place).sort(), ['else', 'password', 'totp'])
	problem(await ask(server, 'POST', '/api/v1/session', { headers: { 'Content-Type': 'text/plain' }, body: '{}' }), 415)
	problem(await post(server, '/api/v1/session', { account: 'chen.zhuzhou', password: good }, { headers: { Origin: 'https://elsewhere.example' } }), 403, 'Origin')
})

test('who signs out is nobody', async () => {
	const sender = await house.enter('chen.zhuzhou')
	const { cookie } = sender
	const reply = await house.ask(sender, 'DELETE', '/api/v1/session')
	assert.equal(reply.status, 204)
	assert.match(reply.headers['set-cookie'][0], /^bihuan=; .*Max-Age=0$/)
	problem(await house.ask({ cookie }, 'GET', '/api/v1/me'), 401, 'session')
	problem(await house.ask({ cookie }, 'DELETE', '/api/v1/session'), 401, 'session')
})

test('signing in again in the same browser ends the session it had', async () => {
	const sender = await house.enter('chen.zhuzhou'), elsewhere = await house.enter('chen.zhuzhou')
	const before = sender.cookie
	problem(await house.ask(sender, 'POST', '/api/v1/session', { account: 'system', password: 'not this one' }), 401)
	assert.equal((await house.ask(sender, 'GET', '/test/read')).status, 200)
	assert.equal((await house.ask(sender, 'POST', '/api/v1/session', { account: 'chen.zhuzhou', password: good })).status, 200)
	assert.notEqual(sender.cookie, before)
	problem(await house.ask({ cookie: before }, 'GET', '/test/read'), 401)
	for (const alive of [sender, elsewhere]) assert.equal((await house.ask(alive, 'GET', '/test/read')).status, 200)
})

test('a cookie of another name, of another size or of nobody is none', async () => {
	for (const cookie of ['', 'bihuan=', 'bihuan=' + 'a'.repeat(64), 'bihuan=' + 'a'.repeat(3000), '__Host-' + chen.cookie, 'x' + chen.cookie, chen.cookie.slice(0, -1), chen.cookie + '0', chen.cookie.toUpperCase()])
		problem(await ask(server, 'GET', '/api/v1/me', { headers: { Cookie: cookie } }), 401, 'session')
	assert.equal((await ask(server, 'GET', '/api/v1/me', { headers: { Cookie: `a=b; ${chen.cookie};c=d` } })).status, 200)
})

test('where others can reach it the cookie is Secure and bound to the host', async () => {
	const { system: oneTime } = found('behind')
	const behind = await open('behind', { proxy: '127.0.0.1' })
	try {
		const reply = await post(behind.server, '/api/v1/session', { account: 'system', password: oneTime })
		assert.equal(reply.status, 200, reply.body)
		const [set] = reply.headers['set-cookie']
		assert.match(set, /^__Host-bihuan=[0-9a-f]{64}; Path=\/; HttpOnly; SameSite=Strict; Secure$/)
		const cookie = set.split(';')[0]
		assert.equal((await behind.ask({ cookie }, 'GET', '/api/v1/me')).status, 200)
		problem(await behind.ask({ cookie: cookie.slice('__Host-'.length) }, 'GET', '/api/v1/me'), 401)
	} finally {
		await behind.stop()
	}
})

// ---- what a sign-in page must know ----

test('the rules of passwords are public, in both languages; sample accounts are a demonstration’s', async () => {
	const reply = await house.ask(nobody, 'GET', '/api/v1/session/options')
	assert.equal(reply.status, 200)
	assert.equal(reply.json.profile, 'asvs')
	assert.equal(reply.json.least, 12)
	assert.match(reply.json.rules_zh, /至少 12 个字符/)
	assert.match(reply.json.rules_en, /at least 12 characters/)
	assert.equal(reply.json.demo, false)
	assert.equal(reply.json.samples, undefined)
	assert.equal(reply.json.sample_password, undefined)
})

test('a demonstration lists its sample accounts, and only to its own machine', async () => {
	found('demo')
	execFileSync(bihuan, ['account', inside('demo'), 'samples', 'chen.zhuzhou', 'li.zhufei'])
	for (const [options, local] of [[{}, true], [{ proxy: '127.0.0.1' }, false]]) {
		const demo = await open('demo', options)
		try {
			const said = (await demo.ask(nobody, 'GET', '/api/v1/session/options', undefined, { 'Accept-Language': 'en' })).json
			assert.equal(said.demo, true)
			assert.equal(said.samples === undefined, !local)
			assert.equal(said.sample_password === undefined, !local)
			if (!local) continue
			assert.deepEqual(said.samples.map((row) => row.account), ['system', 'security', 'audit', 'chen.zhuzhou', 'li.zhufei'])
			assert.deepEqual([said.samples[0].admin, said.samples[3].name], ['system', '陈竹舟'])
			assert.match(said.samples[3].post, /Director/)
			const sender = await demo.enter('chen.zhuzhou', said.sample_password)
			assert.deepEqual(sender.needs, [])
			assert.equal((await demo.ask(sender, 'GET', '/api/v1/me')).json.demo, true)
		} finally {
			await demo.stop()
		}
	}
})

// ---- what is open to whom ----

const routes = [['GET', '/test/read'], ['POST', '/test/act'], ['POST', '/test/import'], ['POST', '/test/decide']]

test('nobody is told to sign in', async () => {
	for (const [method, path] of routes) {
		const reply = await house.ask(nobody, method, path)
		problem(reply, 401, 'session', 'unauthenticated')
		assert.equal(reply.headers['www-authenticate'], path === '/test/decide' ? 'Session realm="bihuan"' : 'Bearer realm="bihuan"')
	}
})

test('a person does business, and is who the session says', async () => {
	for (const [method, path] of routes) {
		const reply = await house.ask(chen, method, path)
		assert.equal(reply.status, 200, path + reply.body)
		assert.equal(reply.json.by_token, false)
		assert.equal(reply.json.person, 1)
	}
})

test('an administrator has no part in business', async () => {
	for (const [method, path] of routes) problem(await house.ask(system, method, path), 403, 'account', 'forbidden')
})

test('a session that still needs a password is good for nothing else', async () => {
	const sender = await house.enter('tan.yunlan', slips['tan.yunlan'])
	assert.deepEqual(sender.needs, ['password'])
	for (const [method, path] of routes) problem(await house.ask(sender, method, path), 403, 'session', 'step_up')
	assert.deepEqual((await house.ask(sender, 'GET', '/api/v1/me')).json.needs, ['password'])
})

test('nothing of a file is taken before its sender is known', async () => {
	const send = (sender, size) => ask(server, 'POST', '/test/drop', { body: Buffer.alloc(size), headers: { 'Content-Type': 'application/octet-stream', ...(sender.cookie ? { Cookie: sender.cookie } : {}) } })
	const taken = await send(chen, 300000)
	assert.equal(taken.status, 200, taken.body)
	assert.equal(taken.json.pieces, 3)
	problem(await send(nobody, 300000), 401)
	problem(await send(nobody, 10), 401)
	problem(await send(system, 300000), 403)
})

test('the language is the one the sender reads best', async () => {
	for (const [wanted, language] of [[undefined, 'zh'], ['', 'zh'], ['en', 'en'], ['en-GB,zh;q=0.5', 'en'], ['zh-CN,en;q=0.9', 'zh'], ['en;q=0.3, zh-Hans;q=0.31', 'zh'], ['fr', 'zh'], ['*', 'zh'], ['fr, en;q=0.1', 'en'], ['en;q=0', 'zh'], ['english', 'zh'], ['EN', 'en']])
		assert.equal((await house.ask(chen, 'GET', '/test/read', undefined, wanted === undefined ? {} : { 'Accept-Language': wanted })).json.language, language, wanted)
})

// ---- tokens ----

async function token(scope, ends = 3600) {
	const fresh = await house.enter('chen.zhuzhou')
	const reply = await house.ask(fresh, 'POST', '/api/v1/me/tokens', { name: scope, scope, ends: new Date(Date.now() + (house.moved + ends) * 1000).toISOString() })
	assert.equal(reply.status, 201, reply.body)
	return { token: reply.json.token, id: reply.json.id }
}

test('a token does what its scope says, and nothing that needs a fresh proof', async () => {
	const right = { read: '/test/read', act: '/test/act', import: '/test/import' }
	for (const scope of Object.keys(right)) {
		const sender = await token(scope)
		for (const [method, path] of routes) {
			const reply = await house.ask(sender, method, path)
			if (path === right[scope]) {
				assert.equal(reply.status, 200, reply.body)
				assert.equal(reply.json.by_token, true)
			} else problem(reply, 403, path === '/test/decide' ? 'Authorization' : 'scope')
		}
		for (const [method, path] of [['GET', '/api/v1/me'], ['DELETE', '/api/v1/session'], ['GET', '/api/v1/me/tokens'], ['POST', '/api/v1/me/totp']]) problem(await house.ask(sender, method, path), 403, 'Authorization')
	}
})

test('a token that ended, or that never was, is nobody’s', async () => {
	const sender = await token('read', 100)
	assert.equal((await house.ask(sender, 'GET', '/test/read')).status, 200)
	await house.move(101)
	for (const dead of [sender, { token: 'bihuan_' + '0'.repeat(64) }, { token: 'x' }]) {
		const reply = await house.ask(dead, 'GET', '/test/read')
		problem(reply, 401, 'token')
		assert.equal(reply.headers['www-authenticate'], 'Bearer realm="bihuan", error="invalid_token"')
	}
	const another = await token('read')
	const owner = await house.enter('chen.zhuzhou')
	assert.equal((await house.ask(owner, 'DELETE', `/api/v1/me/tokens/${another.id}`)).status, 204)
	problem(await house.ask(another, 'GET', '/test/read'), 401, 'token')
})

test('tokens are listed with their use; another’s can’t be ended', async () => {
	const mine = await token('read act')
	await house.ask(mine, 'GET', '/test/read')
	const owner = await house.enter('chen.zhuzhou')
	const used = () => house.ask(owner, 'GET', '/api/v1/me/tokens').then((reply) => reply.json.tokens.find((row) => row.id === mine.id))
	const row = await until(async () => ((await used()).used ? used() : undefined))
	assert.equal(row.scope, 'read act')
	const li = await house.settle('li.zhufei', slips['li.zhufei'])
	assert.deepEqual((await house.ask(li, 'GET', '/api/v1/me/tokens')).json.tokens, [])
	await house.ask(li, 'DELETE', `/api/v1/me/tokens/${mine.id}`)
	assert.equal((await house.ask(mine, 'GET', '/test/read')).status, 200)
})

test('a token is asked for rightly', async () => {
	const owner = await house.enter('chen.zhuzhou')
	const wanted = (more) => house.ask(owner, 'POST', '/api/v1/me/tokens', { name: 'x', scope: 'read', ends: new Date(Date.now() + (house.moved + 60) * 1000).toISOString(), ...more })
	problem(await wanted({ scope: 'rule' }), 400, 'scope')
	problem(await wanted({ ends: '2019-01-01T00:00:00Z' }), 400, 'ends')
	problem(await wanted({ ends: new Date(Date.now() + 400 * 86400000 + house.moved * 1000).toISOString() }), 400, 'ends')
	problem(await house.ask(system, 'POST', '/api/v1/me/tokens', { name: 'x', scope: 'read', ends: '2019-01-01T00:00:00Z' }), 403, 'account')
})

// ---- time ----

test('a session that is proved is fresh for ten minutes; then it is proved again, under a new id', async () => {
	const sender = await house.enter('chen.zhuzhou')
	const before = sender.cookie
	await house.move(9 * 60)
	assert.equal((await house.ask(sender, 'POST', '/test/decide')).status, 200)
	await house.move(2 * 60)
	problem(await house.ask(sender, 'POST', '/test/decide'), 403, 'session', 'step_up')
	assert.equal((await house.ask(sender, 'POST', '/test/act')).status, 200)
	problem(await house.ask(sender, 'POST', '/api/v1/session/proof', { password: 'not this one' }), 401)
	assert.equal((await house.ask(sender, 'POST', '/api/v1/session/proof', { password: good })).status, 200)
	assert.notEqual(sender.cookie, before)
	assert.equal((await house.ask(sender, 'POST', '/test/decide')).status, 200)
	problem(await house.ask({ cookie: before }, 'GET', '/api/v1/me'), 401, 'session')
})

// The pages tell the two apart by the place: the one ends nothing, the other is asked again under the id that the browser has by then.
test('what is on its way while the session moves is refused, what follows is not; a wrong password ends none', async () => {
	const sender = await house.enter('chen.zhuzhou'), window = { cookie: sender.cookie }
	problem(await house.ask(sender, 'POST', '/api/v1/session/proof', { password: 'not this one' }), 401, 'account')
	assert.equal((await house.ask(window, 'GET', '/test/read')).status, 200)
	const replies = await Promise.all([house.ask(sender, 'POST', '/api/v1/session/proof', { password: good }), ...Array.from({ length: 20 }, () => house.ask(window, 'GET', '/test/read'))])
	assert.equal(replies.shift().status, 200)
	for (const reply of replies) if (reply.status !== 200) problem(reply, 401, 'session')
	for (const reply of replies) assert.equal(reply.headers['set-cookie'], undefined)
	problem(await house.ask(window, 'GET', '/test/read'), 401, 'session')
	assert.equal((await house.ask(sender, 'GET', '/test/read')).status, 200)
})

test('an idle session ends after half an hour, one that is used goes on, none lasts longer than twelve hours', async () => {
	const idle = await house.enter('chen.zhuzhou'), used = await house.enter('chen.zhuzhou')
	const seen = async () => (await house.ask(used, 'GET', '/api/v1/me/sessions')).json.sessions.find((row) => row.present).seen
	for (let minutes = 0; minutes < 12 * 60; minutes += 25) {
		const before = await seen()
		await house.move(25 * 60)
		const reply = await house.ask(used, 'GET', '/test/read')
		if (minutes + 25 >= 12 * 60) problem(reply, 401)
		else {
			assert.equal(reply.status, 200)
			await until(async () => (await seen()) !== before)
		}
		if (minutes === 25) problem(await house.ask(idle, 'GET', '/test/read'), 401)
	}
})

// A live stream, with what it said so far and whether it has ended.
function listen(sender) {
	const stream = { said: '', ended: false }
	httpRequest({ port: server.port, host: '127.0.0.1', path: '/api/v1/stream', headers: sender.token ? { Authorization: `Bearer ${sender.token}` } : { Cookie: sender.cookie } }, (answer) => {
		stream.status = answer.statusCode
		answer.on('data', (piece) => (stream.said += piece))
		answer.on('close', () => (stream.ended = true))
	}).end()
	return stream
}

test('a live stream ends with the session or the token it was opened by', async () => {
	const leaves = await house.enter('chen.zhuzhou'), idle = await house.enter('chen.zhuzhou')
	const byToken = await token('read', 20 * 60)
	const streams = [leaves, idle, byToken].map(listen)
	const beats = (stream) => (stream.said.match(/^:/gm) ?? []).length
	await until(() => streams.every((stream) => beats(stream) >= 2))
	assert.equal((await house.ask(leaves, 'DELETE', '/api/v1/session')).status, 204)
	await until(() => streams[0].ended)
	const before = beats(streams[1])
	await until(() => beats(streams[1]) >= before + 2)
	assert.deepEqual(streams.map((stream) => stream.ended), [true, false, false])
	await house.move(21 * 60)
	await until(() => streams[2].ended)
	assert.equal(streams[1].ended, false)
	await house.move(10 * 60)
	await until(() => streams[1].ended)
	problem(await house.ask({}, 'GET', '/api/v1/stream'), 401)
})

test('an administrator’s session ends after ten idle minutes', async () => {
	const sender = await house.enter('system', good, house.code(system.uri))
	await house.move(9 * 60 + 50)
	assert.equal((await house.ask(sender, 'GET', '/api/v1/me')).status, 200)
	await house.move(10 * 60 + 10)
	problem(await house.ask(sender, 'GET', '/api/v1/me'), 401)
})

// ---- how often ----

test('signing in is counted by name and by address, and asking by account', async () => {
	found('counted')
	const limited = await open('counted', { limits: 'on' })
	try {
		const attempt = (account, from) => ask(limited.server, 'POST', '/api/v1/session', { from, body: JSON.stringify({ account, password: 'whatever it is' }), headers: { 'Content-Type': 'application/json' } })
		// Ten in a row, and one more for every six seconds that this takes.
		const endsAfterTen = async (again) => {
			let count = 0, status
			while (count < 30 && (status = (await again(count)).status) === 401) count++
			assert.equal(status, 429)
			assert.ok(count >= 10, String(count))
		}
		// One name from many addresses: it exists or not, the answer is the same.
		for (const name of ['system', 'no.such.name']) await endsAfterTen((i) => attempt(name, `127.0.${name.length}.${i + 1}`))
		// One address and many names.
		await endsAfterTen((i) => attempt(`name${i}`, '127.0.9.9'))
		const reply = await attempt('name', '127.0.9.9')
		problem(reply, 429, undefined, 'too_many_requests')
		assert.ok(Number(reply.headers['retry-after']) > 0)
	} finally {
		await limited.stop()
	}
})

test('who is signed in has a bucket of their own, wherever they ask from', async () => {
	const { system: oneTime, security: another } = found('busy')
	const busy = await open('busy', { limits: 'on' })
	try {
		const sender = await busy.enter('system', oneTime), colleague = await busy.enter('security', another)
		const asked = (of, from) => ask(busy.server, 'GET', '/api/v1/me', { from, headers: { Cookie: of.cookie } }).then((reply) => reply.status)
		let count = 0
		while (count < 1000 && (await asked(sender, `127.0.5.${1 + (count % 200)}`)) === 200) count++
		assert.ok(count >= 400 && count < 1000, String(count))
		assert.equal(await asked(sender, '127.0.5.201'), 429)
		assert.equal(await asked(colleague, '127.0.5.201'), 200)
		// Whoever only claims to be somebody counts by address.
		const forged = { cookie: 'bihuan=' + '0'.repeat(64) }
		count = 0
		while (count < 1000 && (await asked(forged, '127.0.6.1')) === 401) count++
		assert.ok(count >= 400 && count < 1000, String(count))
		assert.equal(await asked(forged, '127.0.6.2'), 401)
		assert.equal(await asked(colleague, '127.0.6.1'), 200)
	} finally {
		await busy.stop()
	}
})
