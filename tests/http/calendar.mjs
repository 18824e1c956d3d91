// One's duties as a calendar that programs subscribe to: read back by the rules of RFC 5545, by a token that opens nothing else.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ask, bihuan, get, launch, problem, run, signIn, smallest } from './lib.mjs'

const registry = 'li.zhufei', lead = 'deng.puqing', other = 'pan.xiuliao', inquirer = 'lu.tinghe'
const data = smallest('data', registry, lead, other, inquirer)
const at = (day, time = '09:00') => ['--now', `2019-${day}T${time}`]
const open = (procedure, as, ...fields) => JSON.parse(run('open', data, procedure, ...fields, '--as', as, ...at('01-07'), '--json')).number
const title = '修缮屋顶、更换防水层、清理排水沟;并对一楼、二楼和地下室的渗水点逐一登记,\\ 拍照存档'
const roof = open('task', registry, `title=${title}`, 'lead_unit=projects', 'leader=deputy-director-2', 'due=2019-02-28')
const secret = open('accountability', inquirer, 'title=某事不宜外传', 'subject=station', 'ground=overdue')
run('act', data, roof, 'send', '--as', registry, ...at('01-07', '10:00'))
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', ...at('01-09')])
after(() => server.stop())
const people = Object.fromEntries(await Promise.all([lead, other, inquirer].map(async (name) => [name, await signIn(server, name)])))
const tokens = (name, scope, ends = '2019-12-31T00:00:00+08:00') => people[name].post('/api/v1/me/tokens', { name: 'telephone', scope, ends })
async function feed(name) {
	const reply = await tokens(name, 'feed')
	assert.equal(reply.status, 201, reply.body)
	return reply.json
}
const read = (token, more = '', headers = {}) => get(server, `/api/v1/calendar.ics?token=${token}${more}`, { headers: { 'Accept-Language': 'en', ...headers } })

// RFC 5545, as a reader takes it: lines end with CRLF, have at most 75 octets, are whole UTF-8, and go on behind a blank.
function parse(bytes) {
	const text = bytes.toString()
	assert.ok(text.endsWith('\r\n') && !text.replaceAll('\r\n', '').match(/[\r\n]/))
	const raw = bytes.toString('latin1').split('\r\n').slice(0, -1)
	for (const line of raw) {
		assert.ok(line.length <= 75, `${line.length} octets`)
		assert.doesNotThrow(() => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(line, 'latin1')))
	}
	const lines = text.slice(0, -2).replaceAll('\r\n ', '').split('\r\n'), stack = [{ parts: [] }]
	for (const line of lines) {
		const [, name, params, value] = /^([A-Z-]+)((?:;[^:]+)?):(.*)$/s.exec(line)
		if (name === 'BEGIN') stack.push({ kind: value, parts: [] })
		else if (name === 'END') {
			const done = stack.pop()
			assert.equal(done.kind, value)
			stack.at(-1).parts.push(done)
		} else stack.at(-1)[name + params] = value.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))
	}
	assert.equal(stack.length, 1)
	const [calendar] = stack[0].parts
	assert.deepEqual([calendar.kind, calendar.VERSION], ['VCALENDAR', '2.0'])
	return calendar
}

test('which days are worked, from a day on', async () => {
	const days = async (query) => (await people[lead].get('/api/v1/calendar' + query)).json
	const all = await days('')
	assert.deepEqual([all.today, all.days.length, all.days[0]], ['2019-01-09', 400, { day: '2019-01-09', works: true }])
	assert.ok(all.known_until >= '2019-12-31')
	const festival = (await days('?from=2019-02-02&days=10')).days
	// The spring festival of 2019: two weekend days worked before it, a week off.
	assert.deepEqual(festival.map(({ works }) => works), [true, true, false, false, false, false, false, false, false, true])
	assert.equal(festival.at(-1).day, '2019-02-11')
	problem(await people[lead].get('/api/v1/calendar?days=801'), 400, 'days')
	problem(await people[lead].get('/api/v1/calendar?from=2999-12-01'), 400, 'days')
	problem(await get(server, '/api/v1/calendar'), 401)
})

test('open duties stand on their last day, told in whole', async () => {
	const { token } = await feed(lead)
	const reply = await read(token)
	assert.equal(reply.status, 200, reply.body)
	assert.equal(reply.headers['content-type'], 'text/calendar; charset=utf-8')
	const calendar = parse(reply.bytes), listed = (await people[lead].get('/api/v1/duties?mine=true')).json.duties
	assert.ok(listed.length > 0)
	assert.deepEqual(calendar.parts.map((event) => [event.kind, event.SUMMARY, event['DTSTART;VALUE=DATE']]), listed.map((duty) => ['VEVENT', `${duty.name}: ${duty.title}`, duty.due_day.replaceAll('-', '')]))
	const [event] = calendar.parts
	assert.ok(event.SUMMARY.endsWith(title))
	assert.match(event.DTSTAMP, /^20190109T01\d{4}Z$/)
	assert.ok(event.DESCRIPTION.startsWith(roof + '\n'))
	assert.ok(event['DTEND;VALUE=DATE'] > event['DTSTART;VALUE=DATE'])
	assert.deepEqual(event.parts, [])
	// The same duty keeps its name; its number tells nothing.
	assert.deepEqual(parse((await read(token)).bytes).parts.map((one) => one.UID), calendar.parts.map((one) => one.UID))
	assert.match(event.UID, /^[0-9a-f]{32}@bihuan$/)
	assert.match(parse((await read(token, '', { 'Accept-Language': 'zh' })).bytes)['X-WR-CALNAME'], /我的责任/)
})

test('a reminder comes on the working day before', async () => {
	const { token } = await feed(lead)
	const [event] = parse((await read(token, '&alarm=true')).bytes).parts
	const due = event['DTSTART;VALUE=DATE'], trigger = event.parts[0]['TRIGGER;VALUE=DATE-TIME']
	assert.equal(event.parts[0].ACTION, 'DISPLAY')
	const day = new Date(Date.UTC(due.slice(0, 4), due.slice(4, 6) - 1, due.slice(6)))
	do day.setUTCDate(day.getUTCDate() - 1)
	while ([0, 6].includes(day.getUTCDay()))
	assert.equal(trigger, day.toISOString().slice(0, 10).replaceAll('-', '') + 'T010000Z')
})

test('of a compartment only that something is due', async () => {
	const listed = (await people[inquirer].get('/api/v1/duties?mine=true')).json.duties
	assert.ok(listed.some((duty) => duty.number === secret))
	const reply = await read((await feed(inquirer)).token)
	const calendar = parse(reply.bytes)
	assert.equal(calendar.parts.length, listed.length)
	assert.ok(calendar.parts.some((event) => event.SUMMARY === 'one duty is due' && !event.DESCRIPTION))
	assert.ok(!reply.body.includes('不宜外传') && !reply.body.includes(secret))
})

test('each has their own', async () => {
	assert.ok(!(await read((await feed(other)).token)).body.includes('修缮屋顶'))
})

test('the token of a feed opens nothing else, and nothing else opens a feed', async () => {
	const { token } = await feed(lead)
	const bearer = (path) => get(server, '/api/v1' + path, { headers: { Authorization: `Bearer ${token}` } })
	for (const path of ['/matters', '/duties', '/units']) problem(await bearer(path), 403)
	problem(await bearer('/me'), 403)
	problem(await bearer('/calendar.ics'), 400, 'token')
	problem(await people[lead].get('/api/v1/calendar.ics'), 400, 'token')
	problem(await people[lead].get('/api/v1/calendar.ics?token=x'), 401)
	problem(await get(server, '/api/v1/matters?token=' + token), 400, 'token')
	const reader = (await tokens(lead, 'read act')).json.token
	problem(await read(reader), 403)
	problem(await tokens(lead, 'feed read'), 400, 'scope')
	problem(await tokens(lead, 'calendar'), 400, 'scope')
})

test('an ended token is over', async () => {
	const { token, id } = await feed(lead)
	assert.equal((await read(token)).status, 200)
	assert.equal((await ask(server, 'DELETE', `/api/v1/me/tokens/${id}`, { headers: people[lead].headers })).status, 204)
	problem(await read(token), 401)
})
