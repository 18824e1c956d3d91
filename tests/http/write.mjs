// What changes matters over HTTP: the main job from opening to closure by several people, each write right and wrong, keys, versions,
// what one may not see, two at once.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ask, bihuan, foreseeing, get, launch, post, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', checker = 'tan.yunlan', lead = 'deng.puqing', liaison = 'su.lanmo', leader = 'huang.tongheng', inquirer = 'lu.tinghe', outsider = 'pan.xiuliao'
const names = [registry, checker, lead, liaison, leader, inquirer, outsider]
const data = smallest('data', ...names)
run('delegate', data, lead, checker, '--until', '2019-12-31', '--as', lead, '--now', '2019-01-08T09:00')
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', '--now', '2019-01-09T09:00'])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
const { write, done, send } = foreseeing(document, people)
const refused = async (status, place, name, path, body, headers) => problem(await write(name, path, body, headers), status, place)
const read = async (name, path) => (await people[name].get('/api/v1' + path)).json
const fields = (more) => ({ title: '修缮屋顶', lead_unit: 'projects', leader: 'deputy-director-2', due: '2019-06-28', ...more })
const open = async (more, body) => (await done(registry, '/matters', { procedure: 'task', fields: fields(more), ...body })).matter
const file = async (name, text = 'minutes of ' + Math.random()) =>
	(await ask(server, 'POST', '/api/v1/evidence?name=minutes.txt', { body: text, headers: { ...people[name].headers, 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'text/plain' } })).json.hash
const sent = async (...args) => {
	const id = await open(...args)
	await done(registry, `/matters/${id}/actions/send`)
	return id
}
const working = async (...args) => {
	const id = await sent(...args)
	await done(lead, `/matters/${id}/actions/sign`)
	return id
}

test('a task goes from opening to closure, each step by whom it belongs to', async () => {
	const opened = await write(registry, '/matters', { procedure: 'task', fields: fields(), text: '局务会议定' })
	assert.equal(opened.status, 201)
	assert.equal(opened.headers.etag, '"1"')
	const id = opened.json.matter
	assert.equal((await get(server, opened.json.receipt)).status, 200)
	await done(registry, `/matters/${id}/actions/send`)
	await refused(403, undefined, checker, `/matters/${id}/actions/sign`)
	await done(lead, `/matters/${id}/actions/sign`)
	await done(leader, `/matters/${id}/notes`, { text: '抓紧' })
	await done(leader, `/matters/${id}/urges`, { text: '请尽快' })
	await done(lead, `/matters/${id}/actions/report`, { fields: { progress: 40, note: '材料已到' } })
	const instructed = await done(leader, `/matters/${id}/instructions`, { text: '说明进度' })
	assert.equal(instructed.matter, id)
	const owed = (await read(lead, `/matters/${id}`)).duties.find((duty) => duty.kind === 'answer')
	const asked = async (who) => (await read(who, '/duties?asked=true')).duties.filter((duty) => duty.matter === id).map((duty) => duty.id)
	assert.deepEqual([await asked(leader), await asked(lead), await asked(checker)], [[owed.id], [], []])
	await done(lead, `/matters/${id}/answers`, { duty: owed.id, text: '月底完成' })
	assert.deepEqual(await asked(leader), [])
	await done(lead, `/matters/${id}/requests`, { request: 'extend', fields: { reason: '雨季', until: '2019-07-31' } })
	assert.deepEqual([(await asked(lead)).length, await asked(checker)], [1, []])
	await refused(403, undefined, lead, `/matters/${id}/requests/1/decision`, { decision: 'grant' })
	await refused(400, 'text', checker, `/matters/${id}/requests/1/decision`, { decision: 'refuse' })
	await done(checker, `/matters/${id}/requests/1/decision`, { decision: 'grant', until: '2019-07-15' })
	await refused(404, 'request', checker, `/matters/${id}/requests/1/decision`, { decision: 'grant' })
	assert.match(JSON.stringify((await read(lead, `/matters/${id}`)).fields), /2019-07-15/)
	await refused(422, 'evidence', lead, `/matters/${id}/actions/ask_close`)
	await done(lead, `/matters/${id}/actions/ask_close`, { evidence: [await file(lead)] })
	await done(checker, `/matters/${id}/actions/close`)
	const end = await read(registry, `/matters/${id}`)
	assert.equal(end.state, 'closed')
	assert.equal(end.evidence.length, 1)
	await refused(422, undefined, lead, `/matters/${id}/actions/report`, { fields: { progress: 50, note: 'x' } })
})

test('fields come as their types, and every fault is named', async () => {
	const { name } = (await people[registry].get('/api/v1/units', { headers: { 'Accept-Language': 'zh' } })).json.units.find((unit) => unit.code === 'projects')
	for (const lead_unit of [name, 3]) await open({ lead_unit })
	const said = await refused(400, undefined, registry, '/matters', { procedure: 'task', fields: { title: 7, lead_unit: 'projcts', due: '2019-13-01', extra: 'x' } })
	const places = said.faults.map((fault) => fault.place)
	for (const place of ['fields.title', 'fields.lead_unit', 'fields.due', 'fields.extra', 'fields.leader']) assert.ok(places.includes(place), place + ' in ' + places)
	assert.equal(new Set(places).size, places.length)
	for (const fault of said.faults) assert.match(fault.detail_zh, /[\u4e00-\u9fff]/)
	const two = await refused(400, 'fields.progress', lead, `/matters/${await working()}/actions/report`, { fields: { progress: 101 } })
	assert.deepEqual(two.faults.map((fault) => fault.place), ['fields.progress', 'fields.note'])
	await refused(400, 'fields.note', lead, `/matters/${await working()}/actions/report`, { fields: { progress: '40%', note: null } })
	await refused(400, 'procedure', registry, '/matters', { procedure: 'tsk', fields: {} })
	await refused(400, 'title', registry, '/matters', { procedure: 'task', title: 'x' })
	await refused(400, 'fields.title.x', registry, '/matters', { procedure: 'task', fields: { title: { x: 1.5 } } })
})

test('a name that the definition lacks is refused with the nearest', async () => {
	const id = await working()
	assert.match((await refused(404, 'action', lead, `/matters/${id}/actions/reprt`)).detail, /report/)
	assert.match((await refused(400, 'request', lead, `/matters/${id}/requests`, { request: 'extnd' })).detail, /extend/)
	await refused(404, 'role', leader, `/matters/${id}/instructions`, { text: 'x', role: 'nobody' })
	await refused(404, 'duty', lead, `/matters/${id}/answers`, { duty: 99, text: 'x' })
	await refused(404, 'request', checker, `/matters/${id}/requests/7/decision`, { decision: 'grant' })
})

test('the same key is done once; for another body it is refused', async () => {
	const body = { procedure: 'task', fields: fields() }, key = { 'Idempotency-Key': 'k1' }
	const first = await done(registry, '/matters', body, key), again = await done(registry, '/matters', body, key)
	assert.deepEqual({ ...again, again: false }, first)
	assert.equal(again.again, true)
	await refused(409, 'key', registry, '/matters', { procedure: 'task', fields: fields({ title: 'other' }) }, key)
	const report = { fields: { progress: 10, note: 'a' } }, path = `/matters/${await working()}/actions/report`
	const one = await done(lead, path, report, { 'Idempotency-Key': 'k2', 'If-Match': '"3"' })
	assert.deepEqual(await done(lead, path, report, { 'Idempotency-Key': 'k2', 'If-Match': '"3"' }), { ...one, again: true })
	// Another person's key of the same name is another key.
	assert.equal((await done(leader, path.replace('actions/report', 'notes'), { text: 'x' }, { 'Idempotency-Key': 'k2' })).again, false)
})

test('who looked at an older version is told so, and nothing is done', async () => {
	const id = await working(), before = await read(lead, `/matters/${id}`)
	const seen = (await people[lead].get(`/api/v1/matters/${id}`)).headers.etag
	await done(leader, `/matters/${id}/notes`, { text: 'in between' })
	await refused(412, undefined, lead, `/matters/${id}/actions/report`, { fields: { progress: 20, note: 'x' } }, { 'If-Match': seen })
	assert.equal((await read(lead, `/matters/${id}`)).version, before.version + 1)
	const now = (await people[lead].get(`/api/v1/matters/${id}`)).headers.etag
	assert.equal((await done(lead, `/matters/${id}/actions/report`, { fields: { progress: 20, note: 'x' } }, { 'If-Match': now })).version, before.version + 2)
})

test('of two who act at once on what both saw, one is told that it changed', async () => {
	const id = await sent()
	const replies = await Promise.all([lead, liaison].map((name) => write(name, `/matters/${id}/actions/sign`, {}, { 'If-Match': '"2"' })))
	assert.deepEqual(replies.map((reply) => reply.status).sort(), [200, 412])
	const many = await Promise.all(Array.from({ length: 20 }, (_, i) => write(i % 2 ? lead : liaison, `/matters/${id}/notes`, { text: 'n' + i })))
	assert.deepEqual(many.map((reply) => reply.json.version).sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => 4 + i))
})

test('whoever reported may not verify, nor through the post of another', async () => {
	const id = await working()
	await done(liaison, `/matters/${id}/actions/ask_close`, { evidence: [await file(liaison)] })
	await refused(403, undefined, liaison, `/matters/${id}/actions/close`)
	await refused(403, undefined, lead, `/matters/${id}/actions/close`)
	await refused(403, undefined, liaison, `/matters/${id}/actions/close`, { on_behalf: checker })
	await done(checker, `/matters/${id}/actions/close`)
	// Who verifies stood in for who reported: the deed is that of both.
	const other = await working()
	await done(checker, `/matters/${other}/actions/report`, { fields: { progress: 90, note: 'x' }, on_behalf: lead })
	await done(lead, `/matters/${other}/actions/ask_close`, { evidence: [await file(lead)] })
	await refused(422, 'not_by', checker, `/matters/${other}/actions/close`)
})

test('nobody says in the body who they are', async () => {
	const id = await working()
	for (const name of ['person', 'account', 'by', 'as', 'key', 'version']) await refused(400, name, lead, `/matters/${id}/notes`, { text: 'x', [name]: 1 })
	await refused(400, 'on_behalf', lead, `/matters/${id}/notes`, { text: 'x', on_behalf: 'nobody.such' })
	await refused(403, undefined, lead, `/matters/${id}/notes`, { text: 'x', on_behalf: registry })
	problem(await post(server, `/api/v1/matters/${id}/notes`, { text: 'x' }), 401)
})

test('what one may not see is what is not there, to every write', async () => {
	const secret = (await done(inquirer, '/matters', { procedure: 'accountability', fields: { title: '某事', subject: 'station', ground: 'overdue' } })).matter
	const writes = Object.entries(document.paths).filter(([path, item]) => path.startsWith('/api/v1/matters/{matter}') && item.post && !path.endsWith('/members'))
	assert.equal(writes.length, 12)
	const body = { actions: { fields: {} }, requests: { request: 'x' }, decision: { decision: 'grant' }, notes: { text: 'x' }, urges: { text: 'x' }, instructions: { text: 'x' }, answers: { duty: 1, text: 'x' }, links: { other: 1, relation: 'x' }, children: { fields: {} }, 'check-in': { code: 'x' } }
	const said = async (path, id) => {
		const at = path.replace('{matter}', id).replace('{action}', 'tell').replace('{request}', '1')
		const words = at.split('/')
		const reply = at.endsWith('/followers') ? await send(outsider, 'POST', at.slice('/api/v1'.length)) : await people[outsider].post(at, body[words.at(-1)] ?? body[words.at(-2)] ?? {})
		return [reply.status, reply.body.replace(/"request":"[^"]*"/, '')]
	}
	for (const [path] of writes) {
		const hidden = await said(path, secret), absent = await said(path, 999999)
		assert.equal(hidden[0], 404, path + hidden[1])
		assert.deepEqual(hidden, absent, path)
	}
	const task = await working()
	const link = async (other) => (await write(lead, `/matters/${task}/links`, { other, relation: 'arises_from' })).body.replace(/"request":"[^"]*"/, '')
	assert.equal(await link(secret), await link(999999))
	const part = async (parent) => (await write(registry, '/matters', { procedure: 'task', fields: fields(), parent })).body.replace(/"request":"[^"]*"/, '')
	assert.equal(await part(secret), await part(999999))
	assert.match(await part(secret), /"place":"parent"/)
})

test('a task is broken down, tied to others, followed, dropped', async () => {
	const whole = await working()
	const part = await done(lead, `/matters/${whole}/children`, { fields: fields({ title: '备料' }), weight: 3 })
	assert.equal((await read(lead, `/matters/${whole}/children`)).matters[0].id, part.matter)
	const other = await open({ title: 'other' })
	assert.deepEqual((await read(lead, '/relations')).relations, [{ name: 'arises_from', label: 'Arises from' }])
	await refused(400, 'relation', lead, `/matters/${whole}/links`, { other, relation: '参见' })
	await done(lead, `/matters/${whole}/links`, { other, relation: 'arises_from' })
	assert.equal((await read(lead, `/matters/${whole}/links`)).links.length, 1)
	assert.equal((await send(leader, 'POST', `/matters/${whole}/followers`)).status, 200)
	await done(registry, `/matters/${other}/actions/drop`, { fields: { reason: '重复' } })
	await refused(422, 'matter', inquirer, `/matters/${(await done(inquirer, '/matters', { procedure: 'accountability', fields: { title: '某事', subject: 'station', ground: 'overdue' } })).matter}/children`, { fields: {} })
})
