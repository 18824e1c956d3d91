// How much one client may ask: buckets by class and by client, and who the client is behind a proxy.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { get, keepAlive, post, problem, start } from './lib.mjs'

const server = await start('data', { proxy: '127.0.4.99' })
after(() => server.stop())
const login = (more) => post(server, '/test/login', { account: 'x' }, more)

async function exhaust(one) {
	for (let i = 0; i < 1000; i++) {
		const reply = await one()
		if (reply.status === 429) return { reply, let: i }
	}
	assert.fail('never refused')
}

test('who asks too much is told how long to wait', async () => {
	const { reply, let: count } = await exhaust(() => login({ from: '127.0.4.1' }))
	problem(reply, 429, undefined, 'too_many_requests')
	assert.equal(count, 10)
	assert.match(reply.headers['retry-after'], /^[1-7]$/)
	assert.match(reply.json.detail, /wait \d+ seconds/)
})

test('another client and another class are not held up by it', async () => {
	assert.equal((await login({ from: '127.0.4.2' })).status, 204)
	assert.equal((await get(server, '/test/things/1', { from: '127.0.4.1' })).status, 200)
	assert.equal((await get(server, '/healthz', { from: '127.0.4.1' })).status, 200)
})

test('what is wrong counts too', async () => {
	const agent = keepAlive({ maxSockets: 1, localAddress: '127.0.4.3' })
	const { let: count } = await exhaust(() => get(server, '/test/nowhere', { agent }))
	agent.destroy()
	assert.ok(count >= 400, String(count))
})

test('behind the proxy each client has buckets of its own', async () => {
	const through = (address) => login({ from: '127.0.4.99', headers: { 'X-Forwarded-For': address } })
	await exhaust(() => through('10.0.0.1'))
	assert.equal((await through('10.0.0.2')).status, 204)
	// What the client itself wrote stands before what the proxy added.
	assert.equal((await through('10.0.0.3, 10.0.0.1')).status, 429)
	assert.equal((await through('10.0.0.1, 10.0.0.3')).status, 204)
})

test('what anybody else says of whom it speaks for is not believed', async () => {
	const said = await post(server, '/test/echo/1/red', { line: 'x' }, { from: '127.0.4.5', headers: { 'X-Forwarded-For': '10.0.0.9' } })
	assert.equal(said.json.address, '127.0.4.5')
	const through = await post(server, '/test/echo/1/red', { line: 'x' }, { from: '127.0.4.99', headers: { 'X-Forwarded-For': '10.0.0.9' } })
	assert.equal(through.json.address, '10.0.0.9')
})
