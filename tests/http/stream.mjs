// The stream: what happens in a matter is told to whoever sees it, as long as they are let in. Time brings the events.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { found, open, settle, shell } from './house.mjs'
import { inside, problem, until } from './lib.mjs'

found('stream')
const lead = 'deng.puqing', other = 'pan.xiuliao', checker = 'tan.yunlan'
const slips = settle([lead, other, checker], 'stream')
shell('open', inside('stream'), 'finding', 'title=排队过长', 'unit=station', 'due=2099-05-29', '--as', checker)
shell('open', inside('stream'), 'task', 'title=修缮屋顶', 'lead_unit=projects', 'leader=deputy-director-2', 'due=2099-02-27', '--as', 'li.zhufei')
const house = await open('stream')
after(() => house.stop())
const day = 24 * 3600
const people = {}
for (const name of [lead, other, checker]) {
	people[name] = await house.settle(name, slips[name])
	const fresh = await house.enter(name)
	const reply = await house.ask(fresh, 'POST', '/api/v1/me/tokens', { name: 'ears', scope: 'read act', ends: new Date(Date.now() + 90 * day * 1000).toISOString() })
	assert.equal(reply.status, 201, reply.body)
	people[name].ears = { Authorization: `Bearer ${reply.json.token}` }
}

// Listen as somebody; `told` is what came behind the greeting.
function listen(headers) {
	const open = { told: [] }
	const sent = request({ port: house.server.port, host: '127.0.0.1', path: '/api/v1/stream', headers }, (reply) => {
		open.status = reply.statusCode
		let rest = ''
		reply.setEncoding('utf8')
		reply.on('data', (text) => {
			rest += text
			for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
				const data = /^data: (.*)$/m.exec(rest.slice(0, end))
				if (/^event: hello$/m.test(rest.slice(0, end))) open.ready = true
				else if (data) open.told.push(JSON.parse(data[1]))
			}
		})
		reply.on('error', () => {})
	})
	sent.on('error', () => {})
	sent.end()
	open.close = () => sent.destroy()
	return open
}

test('an event of a matter is told to who sees the matter and is let in, and to nobody else', async (t) => {
	const seeing = listen(people[other].ears), blind = listen(people[lead].ears), ended = listen({ Cookie: people[checker].cookie })
	t.after(() => [seeing, blind, ended].forEach((one) => one.close()))
	await until(() => [seeing, blind, ended].every((one) => one.ready))
	// A session is over after so long, a token isn't; what was owed by then is breached.
	await house.move(60 * day)
	// A clock that jumps is looked at within a minute, or as soon as the record grows.
	const said = await house.ask({ token: people[other].ears.Authorization.slice('Bearer '.length) }, 'POST', '/api/v1/matters/1/notes', { text: '两个月了' })
	assert.equal(said.status, 200, said.body)
	await until(() => blind.told.some((event) => event.kind === 'duty.breach'))
	await until(() => seeing.told.some((event) => event.object === 'm1' && event.kind === 'duty.breach'))
	assert.deepEqual([...new Set(blind.told.map((event) => event.object))], ['m2'])
	assert.deepEqual(ended.told, [])
})

test('nobody listens without signing in', async () => problem(await house.ask({}, 'GET', '/api/v1/stream'), 401))
