// Checking in by the code on the wall: shown by whoever keeps the list, good for a moment, used by whoever is expected and nobody else.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { join } from 'node:path'
import { ask, bihuan, foreseen, get, inside, launch, post, problem, root, run, signIn } from './lib.mjs'

const data = inside('data'), head = 'huang0221', deputy = 'mo0225', other = 'deng0301', third = 'situ0226', stranger = 'he0458', guest = 'he0220'
const at = (time) => ['--now', `2019-04-08T${time}`]
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2018-12-31T08:00')
run('account', data, 'samples', head, deputy, other, third, stranger, guest, '--now', '2018-12-31T09:00')
const open = (title, ...more) => JSON.parse(run('open', data, 'study_session', `title=${title}`, 'unit=finance', 'kind=theme', 'held_on=2019-04-08', 'first_item=重要讲话', ...more, '--as', head, '--json', ...at('08:00'))).number
const session = open('专题学习'), beside = open('另一场学习'), planned = open('下午的学习')
// The guest has left every post; who is expected by name needs none.
const guests = open('有来宾的学习', `expected=${head},${guest}`), invited = 4
for (const number of [session, beside, guests]) run('act', data, number, 'hold', '--as', head, ...at('08:30'))
const code = (number, time) => run('check-in', data, number, '--as', head, ...at(time)).trim()
const old = code(session, '09:00'), elsewhere = code(beside, '09:05')
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('09:05')])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all([head, deputy, other, third, stranger, guest].map(async (name) => [name, await signIn(server, name)])))

async function shown(name, matter = 1) {
	const reply = await people[name].get(`/api/v1/matters/${matter}/check-in-code`)
	foreseen(document, '/api/v1/matters/{matter}/check-in-code', 'GET', reply)
	return reply
}
async function checkIn(name, code, matter = 1) {
	const reply = await people[name].post(`/api/v1/matters/${matter}/check-in`, { code })
	foreseen(document, '/api/v1/matters/{matter}/check-in', 'POST', reply)
	return reply
}
const matter = async (name) => {
	const reply = await people[name].get('/api/v1/matters/1')
	foreseen(document, '/api/v1/matters/{matter}', 'GET', reply)
	return reply.json
}
const says = (reply, status, place, words) => {
	problem(reply, status, place)
	assert.match(reply.json.detail, words)
}

test('whoever keeps the list is shown the code, and nobody else', async () => {
	const { json } = await shown(head)
	assert.match(json.code, /^[0-9a-f]{20}$/)
	assert.ok(json.seconds <= 30)
	assert.equal(json.code, code(session, '09:05'))
	says(await shown(third), 403, 'by', /whoever keeps the list/)
	says(await shown(stranger), 403, 'by', /whoever keeps the list/)
	says(await shown(head, 3), 422, 'check_in', /hasn't begun/)
	assert.deepEqual((await matter(deputy)).check_in, { goes_on: true, keeps: true, expected: true, came: false, expected_count: 7, came_count: 0 })
	assert.deepEqual((await matter(stranger)).check_in, { goes_on: true, keeps: false, expected: false, came: false, expected_count: 7, came_count: 0 })
})

test('an old code, one of another session and one that was made up are refused', async () => {
	says(await checkIn(deputy, old), 422, 'code', /old/)
	says(await checkIn(deputy, elsewhere), 422, 'code', /no code of this session/)
	for (const forged of ['0'.repeat(20), 'x', (await shown(head)).json.code.slice(1), `${(await shown(head)).json.code}0`]) says(await checkIn(deputy, forged), 422, 'code', /no code of this session/)
	problem(await post(server, '/api/v1/matters/1/check-in', { code: old }), 401)
	problem(await people[deputy].post('/api/v1/matters/1/check-in', {}), 400, 'code')
	assert.equal((await matter(deputy)).check_in.came, false)
})

test('whoever is expected checks in, once, and no more is kept than that', async () => {
	const { json: { code } } = await shown(head)
	const reply = await checkIn(deputy, code)
	assert.equal(reply.status, 200, reply.body)
	says(await checkIn(deputy, code), 409, 'check_in', /already/)
	assert.equal((await checkIn(other, code)).status, 200)
	says(await checkIn(stranger, code), 422, 'expected', /aren't among those/)
	says(await checkIn(deputy, code, 3), 422, 'code', /no code of this session/)
	const { check_in, shown: fields } = await matter(deputy)
	assert.deepEqual([check_in.came, check_in.came_count], [true, 2])
	assert.deepEqual(fields.find(({ name }) => name === 'attendance').rows.map(({ cells }) => cells.slice(1)), [['Present', '', ''], ['Present', '', '']])
	const { events } = (await people[deputy].get('/api/v1/matters/1/history')).json
	const mine = events.filter(({ headline }) => headline === 'checked in')
	assert.equal(mine.length, 2)
	assert.doesNotMatch(JSON.stringify(mine), /127\.0\.0\.1|node|code/i)
	assert.ok(reply.json.index > 0)
})

test('whoever is expected by name checks in without a post, is told where and nothing else of it, and nobody else is', async () => {
	const page = async (name, matter) => {
		const reply = await people[name].get(`/api/v1/matters/${matter}/check-in`)
		foreseen(document, '/api/v1/matters/{matter}/check-in', 'GET', reply)
		return reply
	}
	problem(await people[guest].get(`/api/v1/matters/${invited}`), 404)
	problem(await page(guest, 1), 404)
	problem(await checkIn(guest, (await shown(head)).json.code), 404)
	assert.deepEqual((await page(guest, invited)).json, { id: invited, title: '有来宾的学习', sees: false, check_in: { goes_on: true, keeps: false, expected: true, came: false, expected_count: 2, came_count: 0 } })
	problem(await people[guest].get(`/api/v1/matters/${invited}/check-in-code`), 404)
	const { json: { code } } = await shown(head, invited)
	says(await checkIn(guest, '0'.repeat(20), invited), 422, 'code', /no code of this session/)
	assert.equal((await checkIn(guest, code, invited)).status, 200)
	says(await checkIn(guest, code, invited), 409, 'check_in', /already/)
	assert.equal((await page(guest, invited)).json.check_in.came, true)
	assert.equal((await page(deputy, invited)).json.sees, true)
	says(await checkIn(deputy, code, invited), 422, 'expected', /aren't among those/)
	problem(await people[guest].get(`/api/v1/matters/${invited}`), 404)
	problem(await page(guest, 999999), 404)
})

test('what was entered by hand stays, and behind the record nobody checks in', async () => {
	const { json: { fields: { attendance } } } = await people[head].get('/api/v1/matters/1')
	const { json: { people: all } } = await people[head].get('/api/v1/people?unit=finance&limit=200')
	const id = (name) => all.find(({ code }) => code === name).id
	const act = async (action, fields, evidence) => assert.equal((await people[head].post(`/api/v1/matters/1/actions/${action}`, { fields, evidence })).status, 200, action)
	await act('roll', { attendance: [...attendance, { person: id(head), status: 'present' }] })
	says(await checkIn(head, (await shown(head)).json.code), 409, 'check_in', /already/)
	const sheet = await ask(server, 'POST', '/api/v1/evidence?name=sheet.txt', { headers: { ...people[head].headers, 'Content-Type': 'application/octet-stream' }, body: Buffer.from('签到表') })
	const good = (await shown(head)).json.code
	await act('record', { agenda: '第一议题', hours: 4 }, [sheet.json.hash])
	says(await checkIn(third, good), 422, 'check_in', /over/)
	says(await shown(head), 422, 'check_in', /over/)
})

test('the record holds it, and gives the same rows again', async () => {
	await server.stop()
	run('replay', data)
	assert.match(run('show', data, session, ...at('10:00')), /莫榕原/)
	assert.throws(() => run('check-in', data, session, old, '--as', third, ...at('10:00')), /code is old/)
	run('export-ledger', data, inside('ledger.tar'), ...at('10:00'))
	assert.match(run('verify', inside('ledger.tar'), '--key', run('checkpoint', data, '--key').trim()), /OK/)
})
