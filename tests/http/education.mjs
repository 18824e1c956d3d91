// Attendance over HTTP: called by hand and taken in as a table, and what comes of it: who owes to catch up, and the reports that the page shows.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { join } from 'node:path'
import { ask, bihuan, foreseen, get, inside, launch, problem, root, run, signIn } from './lib.mjs'

const data = inside('data'), head = 'huang0221', deputy = 'mo0225', office = 'ou0070', stranger = 'he0458'
const at = (day) => ['--now', `2019-${day}T09:00`]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00')
run('account', data, 'samples', head, deputy, office, stranger, '--now', '2018-12-31T09:00')
const session = JSON.parse(run('open', data, 'study_session', 'title=专题学习', 'unit=finance', 'kind=theme', 'held_on=2019-04-08', 'first_item=重要讲话', '--as', head, '--json', ...at('04-08'))).number
run('act', data, session, 'hold', '--as', head, ...at('04-08'))
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('04-09')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([head, deputy, office, stranger].map(async (name) => [name, await signIn(server, name)])))

async function act(name, action, fields, evidence) {
	const reply = await people[name].post(`/api/v1/matters/1/actions/${action}`, { fields, evidence })
	foreseen(document, '/api/v1/matters/{matter}/actions/{action}', 'POST', reply)
	return reply
}
async function read(name, path, pattern) {
	const reply = await people[name].get(path)
	foreseen(document, pattern, 'GET', reply)
	return reply
}
const matter = async (name = head) => (await read(name, '/api/v1/matters/1', '/api/v1/matters/{matter}')).json
const report = async (name, which, query = '') => {
	const { json } = await read(name, `/api/v1/reports/${which}${query}`, '/api/v1/reports/{report}')
	return json.rows.map(({ cells }) => Object.fromEntries(json.columns.map(({ key }, i) => [key, cells[i]])))
}

test('the form of a roll says its columns, and what is wrong with a row is named', async () => {
	const { possible } = await matter()
	const field = possible.find(({ action }) => action === 'roll').fields.find(({ name }) => name === 'attendance')
	assert.deepEqual([field.type, field.columns.map(({ name, type, required }) => `${name} ${type} ${required}`)],
		['rows', ['person person true', 'status choice true', 'why text false', 'earned hours false']])
	for (const [rows, said] of [
		['everybody', /it must be a list/],
		[[1], /it must be an object/],
		[[{ person: 'nobody.here', status: 'present' }], /row 1: 'nobody.here' is no person/],
		[[{ person: head, status: 'present' }, { person: head, status: 'absent' }], /rows 1 and 2 are about the same/],
		[[{ person: head }], /row 1: the column .* must be filled in/],
		[[{ person: head, status: 'present', mood: 'glad' }], /there is no column mood/],
	]) {
		const reply = await act(head, 'roll', { attendance: rows })
		assert.equal(reply.status, 400, reply.body)
		assert.match(reply.json.faults?.[0].detail ?? reply.json.detail, said)
	}
	problem(await act(head, 'roll', { attendance: [{ person: deputy, status: 'leave' }] }), 422, 'checks')
	problem(await act(office, 'roll', { attendance: [{ person: head, status: 'present' }] }), 403, 'by')
})

test('what was called stands in words, and a table adds to it', async () => {
	assert.equal((await act(head, 'roll', { attendance: [{ person: head, status: 'present' }, { person: deputy, status: 'leave', why: '出差' }] })).status, 200)
	const shown = (await matter()).shown.find(({ name }) => name === 'attendance')
	assert.deepEqual(shown.columns, ['Person', 'Attendance', 'Reason', 'Hours, if not all of them'])
	assert.deepEqual(shown.rows.map(({ cells }) => cells.slice(1)), [['Present', '', ''], ['On leave', '出差', '']])
	const bytes = Buffer.from(`编号,姓名,到会情况,请假事由\n${session},situ0226,到会,\n`)
	const sent = await ask(server, 'POST', '/api/v1/imports?name=roll.csv', { body: bytes, headers: { ...people[head].headers, 'Content-Length': bytes.length } })
	const body = { kind: 'attendance' }
	const seen = (await people[head].post(`/api/v1/imports/${sent.json.file}/preview`, body)).json
	assert.deepEqual([seen.rows, seen.changes, seen.wrong, seen.shown[0].action], [1, 1, 0, 'roll'])
	const done = await people[head].post(`/api/v1/imports/${sent.json.file}/commit`, { ...body, digest: seen.digest })
	assert.equal(done.status, 200, done.body)
	assert.equal((await matter()).shown.find(({ name }) => name === 'attendance').rows.length, 3)
})

test('who was away owes to catch up, which only those around the unit see; the reports say what is confirmed', async () => {
	const paper = Buffer.from('sheet of signatures')
	const kept = await ask(server, 'POST', '/api/v1/evidence?name=sheet.txt', { body: paper, headers: { ...people[head].headers, 'Content-Length': paper.length, 'Content-Type': 'text/plain' } })
	assert.equal(kept.status, 201, kept.body)
	const { hash } = kept.json
	assert.equal((await act(head, 'record', { agenda: '第一议题', hours: 4 }, [hash])).status, 200)
	assert.equal((await report(head, 'education')).find(({ code }) => code === 'finance').confirmed, '0')
	const done = await act(office, 'confirm', {})
	assert.equal(done.status, 200, done.body)
	assert.equal(done.json.count, 2, 'it was confirmed, and one matter was opened')
	const list = async (name) => (await read(name, '/api/v1/matters?procedure=catch_up', '/api/v1/matters')).json.matters
	assert.deepEqual((await list(deputy)).map(({ title, due_day }) => [title, due_day]), [['专题学习', '2019-05-09']])
	assert.equal((await list(stranger)).length, 0)
	const finance = (await report(deputy, 'education')).find(({ code }) => code === 'finance')
	assert.deepEqual([finance.held, finance.confirmed, finance.away, finance.owed], ['1', '1', '1', '1'])
	assert.deepEqual((await report(deputy, 'education', '?unit=finance')).map(({ code, hours, owed }) => [code, hours, owed]).sort(), [[head, '4', '0'], [deputy, '0', '1'], ['situ0226', '4', '0']].sort())
	problem(await people[head].get('/api/v1/reports/education?unit=navy'), 400, 'unit')
	assert.equal((await report(stranger, 'education')).find(({ code }) => code === 'finance').owed, '0')
	assert.deepEqual(await report(head, 'standards'), [])
	assert.deepEqual(await report(head, 'requirements'), [])
})
