// 2,000 requests, each broken in one way by chance from a seed, made from the OpenAPI document: all are answered 4xx, with the field
// named where there is one, never 5xx, and the server lives on. SEED=n repeats a run.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { breaker } from './broken.mjs'
import { get, keepAlive, start } from './lib.mjs'

const COUNT = 2000
const seed = Number(process.env.SEED ?? 20190305)
const server = await start('data', { limits: 'off' })
const agent = keepAlive({ maxSockets: 8 })
after(() => (agent.destroy(), server.stop()))
const document = (await get(server, '/api/v1/openapi.json')).json
const { make, send, ways } = breaker(document, seed)

test(`${COUNT} broken requests from seed ${seed} are answered 4xx and name the field`, async () => {
	const counts = {}
	let done = 0
	const one = async () => {
		for (;;) {
			if (done++ >= COUNT) return
			const broken = make()
			if (broken.places[0] === 'fine') continue
			// Whoever isn't signed in learns that before anything of the body is looked at.
			const stranger = await send(server, broken, { agent, refused: (reply, named) => reply.status === 401 && named[0] === 'session' })
			counts[broken.way] = (counts[broken.way] ?? 0) + (stranger ? 0 : 1)
		}
	}
	await Promise.all(Array.from({ length: 8 }, one))
	for (const way of Object.keys(ways)) assert.ok(counts[way] > 20, `only ${counts[way]} of ${way}`)
})

test('the server lives on, and nothing of it was a failure of its own', async () => {
	assert.equal((await get(server, '/healthz')).json.status, 'ready')
	const figures = (await get(server, '/metrics')).body
	assert.doesNotMatch(figures, /status="5xx"/)
	assert.equal(server.err, '')
})
