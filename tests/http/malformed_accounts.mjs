// What is broken is refused to who is signed in as it is to strangers: each parameter of each route broken in its turn, and others by
// chance from a seed, by a clerk and by each of the three administrators. All are answered 4xx, with what was wrong named where the account
// may ask at all, never 5xx, and nothing comes of them. SEED=n repeats a run.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { breaker } from './broken.mjs'
import { found, open, settle } from './house.mjs'
import { ask, get, keepAlive } from './lib.mjs'

const TIMES = 2
const COUNT = 500
const seed = Number(process.env.SEED ?? 20190305)
const clerk = 'chen.zhuzhou'
const administrators = found()
const firstPasswords = settle([clerk])
const house = await open()
const { server, document } = house
const agent = keepAlive({ maxSockets: 8 })
after(() => (agent.destroy(), house.stop()))
const senders = { [clerk]: await house.settle(clerk, firstPasswords[clerk]) }
for (const account of ['system', 'security', 'audit']) senders[account] = await house.begin(account, administrators[account])
const { make, everyParameter, everyOperation, send, target, operations } = breaker(document, seed)
const events = async () => (await get(server, '/api/v1/ledger/checkpoint')).body.split('\n')[1]
const seen = new Set() // what of which route was named to somebody who may ask

// Whether the account may ask is said before anything of the request is looked at.
const shut = (reply, named) => reply.status === 403 && named[0] === 'account'

for (const account of Object.keys(senders))
	test(`signed in as ${account}, whoever sends something broken is told what it is`, async () => {
		const headers = { Cookie: senders[account].cookie }
		const queue = [...everyParameter(TIMES), ...Array.from({ length: COUNT }, make)].filter((broken) => broken.places[0] !== 'fine')
		const before = await events()
		const one = async () => {
			for (let broken; (broken = queue.pop());) if (!(await send(server, broken, { agent, headers, refused: shut })) && broken.of) seen.add(broken.of)
		}
		await Promise.all(Array.from({ length: 8 }, one))
		assert.equal(await events(), before)
		assert.equal((await get(server, '/api/v1/me', { headers })).status, 200)
	})

test('every parameter of every route was looked at for somebody', () => {
	const missing = [...everyParameter(1)].map(({ of }) => of).filter((of) => !seen.has(of))
	assert.deepEqual(missing, [])
	assert.ok(operations.length > 100)
})

// It goes on for ever; and what ends or locks the session or the account that the rest is asked with.
const apart = new Set(['live', 'session_begin', 'session_prove', 'session_end', 'me_password', 'me_totp_begin', 'me_totp_end', 'account_disable', 'account_reset'])
const isApart = (operation) => apart.has(operation.operationId) || operation.path.startsWith('/test/')

test('what fits the document but makes no sense is no failure of the server either', async () => {
	const told = new Set()
	for (const [account, { cookie }] of Object.entries(senders))
		for (const made of everyOperation(5)) {
			if (isApart(made.operation)) continue
			const reply = await ask(server, made.method, target(made), { agent, body: made.body, headers: { Cookie: cookie, ...made.headers, ...(made.body === undefined ? {} : { 'Content-Length': Buffer.byteLength(made.body) }) } })
			assert.ok(reply.status < 500, `${account}: ${made.method} ${target(made)} ${made.body}: ${reply.status} ${reply.body}`)
			if (reply.status !== 401 && !(reply.status === 403 && reply.json.place === 'account')) told.add(made.operation.operationId)
		}
	// Some say only behind all that whose post it would take.
	assert.ok(told.size > 0.9 * operations.filter((operation) => !isApart(operation)).length)
})

test('the server lives on, and nothing of it was a failure of its own', async () => {
	assert.equal((await get(server, '/healthz')).json.status, 'ready')
	assert.doesNotMatch((await get(server, '/metrics')).body, /status="5xx"/)
	assert.equal(server.err, '')
})
