// Lists that somebody keeps under a name: kept, listed, renamed, dropped; one's own only; and nothing that its list couldn't be asked.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ask, bihuan, foreseen, get, launch, problem, signIn, smallest } from './lib.mjs'

const lead = 'deng.puqing', other = 'pan.xiuliao'
const data = smallest('data', lead, other)
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', '--now', '2019-01-09T09:00'])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = { [lead]: await signIn(server, lead), [other]: await signIn(server, other) }
const path = '/api/v1/me/views', one = (name) => `${path}/${encodeURIComponent(name)}`
const keep = (name, view) => people[name].post(path, view)
const send = (name, method, where, json) => ask(server, method, where, {
	body: json && JSON.stringify(json), headers: { ...people[name].headers, ...(json && { 'Content-Type': 'application/json' }) } })
async function kept(name) {
	const reply = await people[name].get(path)
	foreseen(document, path, 'GET', reply)
	return reply.json.views.map(({ changed, ...rest }) => (assert.ok(changed), rest))
}
const red = { name: '本周红灯', list: 'matters', query: { lamp: 'red', standing: 'open', unit: 'projects', parent: 1, sort: '-due' }, columns: ['number', 'title', 'due'] }

test('a view is kept, listed as it was given, and replaced by one of its name', async () => {
	const reply = await keep(lead, red)
	assert.equal(reply.status, 204, reply.body)
	foreseen(document, path, 'POST', reply)
	assert.deepEqual(await kept(lead), [red])
	assert.equal((await keep(lead, { name: red.name, list: 'duties', query: { mine: true } })).status, 204)
	assert.deepEqual(await kept(lead), [{ name: red.name, list: 'duties', query: { mine: true } }])
	assert.equal((await keep(lead, red)).status, 204)
})

test('another account has none of it', async () => {
	assert.deepEqual(await kept(other), [])
	problem(await send(other, 'DELETE', one(red.name)), 404, 'name')
	problem(await send(other, 'PATCH', one(red.name), { name: 'x' }), 404, 'name')
	assert.equal((await keep(other, { name: red.name, list: 'matters' })).status, 204)
	assert.equal((await send(other, 'DELETE', one(red.name))).status, 204)
	assert.deepEqual(await kept(lead), [red])
	problem(await get(server, path), 401)
})

test('a view is renamed, never over another', async () => {
	assert.equal((await keep(lead, { name: '全部', list: 'matters' })).status, 204)
	problem(await send(lead, 'PATCH', one('全部'), { name: red.name }), 409, 'name')
	problem(await send(lead, 'PATCH', one('没有'), { name: 'x' }), 404, 'name')
	const reply = await send(lead, 'PATCH', one('全部'), { name: '所有事项' })
	assert.equal(reply.status, 204, reply.body)
	assert.deepEqual((await kept(lead)).map((view) => view.name).sort(), ['所有事项', red.name].sort())
	assert.equal((await send(lead, 'PATCH', one(red.name), { name: red.name })).status, 204)
	assert.equal((await send(lead, 'DELETE', one('所有事项'))).status, 204)
	problem(await send(lead, 'DELETE', one('所有事项')), 404, 'name')
	assert.deepEqual(await kept(lead), [red])
})

test('what a list could not be asked is refused, each fault by its place', async () => {
	for (const [change, place] of [
		[{ query: { lamp: 'pink' } }, 'query.lamp'], [{ query: { lmp: 'red' } }, 'query.lmp'], [{ query: { sort: 'title' } }, 'query.sort'], [{ query: { open: 'true' } }, 'query.open'],
		[{ query: { limit: 5 } }, 'query.limit'], [{ query: { cursor: '00' } }, 'query.cursor'], [{ query: { mine: true } }, 'query.mine'], [{ query: [] }, 'query'],
		[{ query: { due_before: '2019-13-01' } }, 'query.due_before'], [{ columns: ['number', 'nmber'] }, 'columns'], [{ columns: ['due', 'due'] }, 'columns'], [{ columns: [] }, 'columns'],
		[{ list: 'people' }, 'list'], [{ name: '' }, 'name'], [{ name: '一'.repeat(41) }, 'name'], [{ colour: 1 }, 'colour'],
	])
		problem(await keep(lead, { ...red, ...change }), 400, place)
	problem(await keep(lead, { name: 'x', list: 'duties', query: { lamp: 'red' } }), 400, 'query.lamp')
	problem(await keep(lead, { name: 'x', list: 'duties', columns: ['lamp'] }), 400, 'columns')
	assert.deepEqual(await kept(lead), [red])
})

test('no more than a hundred are kept', async () => {
	for (let i = 0; i < 99; i++) assert.equal((await keep(lead, { name: `v${i}`, list: 'matters' })).status, 204)
	problem(await keep(lead, { name: 'one more', list: 'matters' }), 400, 'name')
	assert.equal((await kept(lead)).length, 100)
	assert.equal((await keep(lead, { name: 'v5', list: 'duties' })).status, 204)
})
