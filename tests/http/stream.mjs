// The stream: what happens is told to whoever sees it, as long as they are signed in; and who was answered reads what they wrote.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { after, test } from 'node:test'
import { found, open, settle, shell } from './house.mjs'
import { inside, problem, until } from './lib.mjs'

found('stream')
const lead = 'deng.puqing', other = 'pan.xiuliao', checker = 'tan.yunlan', registry = 'li.zhufei', office = 'guan.meishuang'
const names = [lead, other, checker, registry, office]
const slips = settle(names, 'stream')
const finding = shell('open', inside('stream'), 'finding', 'title=排队过长', 'unit=station', 'due=2099-05-29', '--as', checker).number
const house = await open('stream')
after(() => house.stop())
const people = {}
for (const name of names) people[name] = await house.settle(name, slips[name])

// Listen as somebody; `told` is what came, the greeting left out.
function listen(name) {
	const open = { told: [] }
	const sent = request({ port: house.server.port, host: '127.0.0.1', path: '/api/v1/stream', headers: { Cookie: people[name].cookie } }, (reply) => {
		open.status = reply.statusCode
		let rest = ''
		reply.setEncoding('utf8')
		reply.on('data', (text) => {
			rest += text
			for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
				const data = /^data: (.*)$/m.exec(rest.slice(0, end))
				const kind = /^event: (.*)$/m.exec(rest.slice(0, end))?.[1]
				if (kind === 'hello') open.ready = true
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
const note = (name, matter) => house.ask(people[name], 'POST', `/api/v1/matters/${matter}/notes`, { text: '记一笔' })

test('an event of a matter is told to who sees the matter, and to nobody else', async (t) => {
	const seeing = listen(other), blind = listen(lead)
	t.after(() => (seeing.close(), blind.close()))
	await until(() => seeing.ready && blind.ready)
	assert.equal((await note(checker, 1)).status, 200)
	await until(() => seeing.told.some((event) => event.object === 'm1'))
	const task = await house.ask(people[registry], 'POST', '/api/v1/matters', { procedure: 'task', fields: { title: '修缮屋顶', lead_unit: 8, leader: 3, due: '2099-02-27' } })
	assert.equal(task.status, 201, task.body)
	await until(() => blind.told.length > 0)
	assert.deepEqual(blind.told.map((event) => event.object), [`m${task.json.matter}`])
	assert.equal(seeing.told[0].kind, 'matter.note')
})

test('who is signed out is told nothing more', async (t) => {
	const seeing = listen(other), leaving = listen(checker)
	t.after(() => (seeing.close(), leaving.close()))
	await until(() => seeing.ready && leaving.ready)
	assert.equal((await house.ask(people[checker], 'DELETE', '/api/v1/session')).status, 204)
	await note(registry, 2)
	await until(() => seeing.told.length > 0)
	assert.deepEqual(leaving.told, [])
})

test('nobody listens without signing in', async () => problem(await house.ask({}, 'GET', '/api/v1/stream'), 401))
