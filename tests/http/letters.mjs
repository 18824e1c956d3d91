// What is reported without a name over HTTP: nothing of whoever reports is noted or stored, the day is all the time there is; the office
// reads it the day after, within a compartment, and answers; the code opens the answers, and nothing else does.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { ask, bihuan, foreseen, get, inside, launch, post, problem, root, run, signIn, until } from './lib.mjs'

const petitions = 'huang0142', verifier = 'tang0140', concerned = 'rong0255', clerk = 'zhou0062'
const data = inside('data'), log = inside('access.log')
run('init', data, '--institution', join(root, 'institutions/pengjiang-2019'), '--now', '2019-06-03T08:00')
run('account', data, 'samples', petitions, verifier, concerned, clerk, '--now', '2019-06-03T09:00')

const serve = (day, ...more) => launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', log, '--lang', 'en', '--now', day, ...more])
let server = await serve('2019-06-03T14:20', '--limits', 'off')
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const agent = 'SecretTelephone/7.1'
const from = '127.0.0.9'
const sender = { from, headers: { 'User-Agent': agent } }
const send = async (path, body, more = sender) => {
	const reply = await post(server, '/api/v1/letters' + path, body, more)
	foreseen(document, '/api/v1/letters' + path, 'POST', reply)
	return reply
}
const words = '<script>alert(1)</script>=1+1 窗口三次让我改天再来'
const fields = { subject: 'health', title: '窗口推诿', kind: 'service', happened: '五月下旬, 办事大厅', account: words }
const whole = (more) => ({ procedure: 'anonymous_report', fields: { ...fields, ...more } })
const read = async (code) => send('/code', { code })
const figures = async () => (await get(server, '/metrics')).body.split('\n').filter((line) => /letter|web_/.test(line)).join('\n')
// Every byte below a folder, by file.
const files = (folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((name) => statSync(name).isFile())
const holds = (text) => files(data).filter((name) => readFileSync(name).includes(text))

test('anybody is shown what may be reported, of which units, and who reads it', async () => {
	const reply = await get(server, '/api/v1/letters', sender)
	foreseen(document, '/api/v1/letters', 'GET', reply)
	const [form] = reply.json.forms
	assert.equal(form.procedure, 'anonymous_report')
	assert.match(form.read_by, /Petitions|信访室/)
	assert.deepEqual(form.fields.map(({ name }) => name), ['subject', 'title', 'kind', 'happened', 'account'])
	assert.ok(reply.json.units.some(({ code }) => code === 'health'))
	assert.doesNotMatch(reply.body, /huang0142|lin0516/)
})

test('what is wrong is said by place, and nothing of it is kept', async () => {
	problem(await send('', whole({ title: undefined })), 400, 'fields.title')
	problem(await send('', whole({ subject: 'nowhere' })), 400, 'fields.subject')
	problem(await send('', whole({ answer: 'x' })), 400, 'fields.answer')
	problem(await send('', { ...whole(), procedure: 'key_task' }), 404, 'procedure')
	problem(await send('', whole({ subject: 'discipline' })), 422, 'about')
	problem(await send('', { ...whole(), evidence: ['0'.repeat(64)] }), 404, 'evidence')
	problem(await read('0000-0000-0000-0000'), 404, 'code')
	problem(await read('not a code at all'), 400, 'code')
	assert.deepEqual(holds('窗口推诿'), [])
})

let code, file
const photo = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.from('a scan of the notice on the door\n%%EOF\n')])

test('it is taken without a name, and its code is said once', async () => {
	const before = await figures()
	const sent = await ask(server, 'POST', '/api/v1/letters/files?name=notice.pdf', { ...sender, body: photo, headers: { ...sender.headers, 'Content-Length': photo.length } })
	foreseen(document, '/api/v1/letters/files', 'POST', sent)
	file = createHash('sha256').update(photo).digest('hex')
	assert.ok(sent.json.ticket.startsWith(file + '.'))
	// Whoever has the same document doesn't find out that somebody sent it.
	problem(await send('', { ...whole(), evidence: [file] }), 404, 'evidence')
	problem(await send('', { ...whole(), evidence: [file + '.1'] }), 404, 'evidence')
	const reply = await send('', { ...whole(), evidence: [sent.json.ticket] })
	assert.equal(reply.status, 201, reply.body)
	code = reply.json.code
	assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
	assert.equal(reply.json.came, '2019-06-03')
	assert.equal((await send('/additions', { code: code.toLowerCase(), text: '记起是星期二' })).status, 200)
	const { json } = await read(code)
	assert.deepEqual([json.waits, json.ended, json.number, json.messages.length], [true, false, undefined, 2])
	assert.deepEqual(json.messages[0].files, [{ name: 'notice.pdf' }])
	assert.ok(json.messages[0].shown.some(({ text }) => text === words))
	assert.equal(json.messages[1].text, '记起是星期二')
	assert.equal(await figures(), before, 'no figure has moved')
})

test('nothing of whoever reported is noted or stored, and no time but the day', async () => {
	await get(server, '/api/v1/ledger/key') // something that is noted
	await until(() => readFileSync(log, 'utf8').includes('ledger_key'))
	assert.doesNotMatch(readFileSync(log, 'utf8'), /letter|127\.0\.0\.9|SecretTelephone/)
	for (const secret of [from, agent, code, code.replaceAll('-', '')]) assert.deepEqual(holds(secret), [], secret)
	// What lies there looks as old as the day is, and it tells no instant.
	const midnight = new Date('2019-06-03T00:00+08:00').getTime()
	const lying = files(join(data, 'letters'))
	assert.equal(lying.length, 2)
	for (const name of lying) assert.equal(statSync(name).mtimeMs, midnight, name)
	assert.equal(JSON.parse(readFileSync(lying.find((name) => name.endsWith('.slip')))).time, midnight * 1000)
	assert.equal(statSync(join(data, 'bihuan.db-wal')).size, 0, 'the log tells beside what it came')
})

test('a backup made meanwhile holds what waits, with its file', () => {
	run('backup', data, inside('day.db'))
	run('restore', inside('day.db'), inside('day'))
	assert.deepEqual(readFileSync(join(inside('day'), 'letters', file)), photo)
})

test('names of requests have no order that would show a gap', async () => {
	const names = []
	for (let i = 0; i < 4; i++) names.push((await get(server, '/api/v1/nothing')).json.request)
	assert.equal(new Set(names).size, 4)
	const tail = names.map((name) => parseInt(name.split('-').at(-1), 16))
	assert.ok(tail.some((number, i) => i > 0 && Math.abs(number - tail[i - 1]) > 4), names.join(' '))
})

test('the day after the office has it, and nobody else', async () => {
	assert.equal((await server.stop()).code, 0)
	server = await serve('2019-06-04T08:00', '--limits', 'off')
	const { json } = await read(code)
	assert.deepEqual([json.waits, json.number, json.messages.length], [false, '匿〔2019〕1号', 2])
	assert.equal(json.due, '2019-06-26')
	const office = await signIn(server, petitions)
	const matters = (await office.get('/api/v1/matters?procedure=anonymous_report')).json.matters
	assert.equal(matters.length, 1)
	for (const name of [concerned, clerk, verifier]) {
		const person = await signIn(server, name)
		assert.equal((await person.get(`/api/v1/matters/${matters[0].id}`)).status, 404, name)
		assert.equal((await person.get('/api/v1/matters?procedure=anonymous_report')).json.matters.length, 0, name)
		assert.equal((await person.get(`/api/v1/evidence/${file}`)).status, 404, name)
	}
	const { json: matter } = await office.get(`/api/v1/matters/${matters[0].id}`)
	assert.equal(matter.anonymous, true)
	const { json: history } = await office.get(`/api/v1/matters/${matters[0].id}/history`)
	assert.equal(history.events.length, 2)
	assert.deepEqual([...new Set(history.events.map(({ time }) => time.slice(0, 10)))], ['2019-06-04'])
	assert.deepEqual(history.events.map(({ came }) => came), ['2019-06-03', '2019-06-03'])
	assert.equal((await office.get(`/api/v1/evidence/${file}`)).bytes.compare(photo), 0)
	// Written anew, so that no file is as old as its coming.
	assert.ok(statSync(join(data, 'evidence', file)).birthtimeMs > statSync(join(data, 'letters', file)).birthtimeMs)
})

test('what the office says the reporter reads, and not who said it', async () => {
	const office = await signIn(server, petitions)
	const [{ id }] = (await office.get('/api/v1/matters?procedure=anonymous_report')).json.matters
	const done = async (action, fields, more) => {
		const reply = await office.post(`/api/v1/matters/${id}/actions/${action}`, { fields, ...more })
		assert.equal(reply.status, 200, reply.body)
	}
	await done('ask', { question: '请问是几号窗口？' })
	await done('accept', { summary: '办事窗口推诿（转办）' })
	const { json, body } = await read(code)
	assert.deepEqual(json.messages.map(({ by }) => by), ['reporter', 'reporter', 'office'])
	assert.equal(json.messages[2].shown[0].text, '请问是几号窗口？')
	assert.doesNotMatch(body, /huang0142|转办/)
	// The unit that it is about sees a conduct problem in the office's words, and no way back.
	const person = await signIn(server, concerned)
	const [problem_] = (await person.get('/api/v1/matters?procedure=conduct_problem')).json.matters
	assert.equal(problem_.title, '办事窗口推诿（转办）')
	const seen = await person.get(`/api/v1/matters/${problem_.id}`)
	assert.doesNotMatch(seen.body, /匿〔|改天再来|五月下旬/)
	// They ask nothing of a matter that isn't theirs, and the code is no session.
	problem(await post(server, `/api/v1/matters/${id}/notes`, { text: '冒充' }), 401)
})

test('the duty to answer has its clock and its breach', async () => {
	assert.equal((await server.stop()).code, 0)
	server = await serve('2019-12-20T08:00', '--limits', 'off')
	const office = await signIn(server, petitions)
	const [{ id }] = (await office.get('/api/v1/matters?procedure=anonymous_report')).json.matters
	const { json } = await office.get(`/api/v1/matters/${id}`)
	assert.ok(json.duties.some(({ name, breached }) => name === 'Report in time what was found' && breached))
})

test('no flood comes from one address, and it is not the day of the others that ends', async () => {
	assert.equal((await server.stop()).code, 0)
	server = await serve('2019-12-23T08:00')
	const from = '127.0.0.8'
	const statuses = []
	for (let i = 0; i < 16; i++) statuses.push((await send('', whole(), { from })).status)
	assert.equal(statuses.filter((status) => status === 201).length, 12)
	assert.ok(statuses.slice(12).every((status) => status === 429))
	assert.equal((await send('', whole(), { from: '127.0.0.7' })).status, 201)
	assert.doesNotMatch(readFileSync(log, 'utf8'), /127\.0\.0\.[78]/)
})

test('the record is whole', async () => {
	assert.equal((await server.stop()).code, 0)
	const at = ['--now', '2019-12-24T09:00']
	run('tick', data, ...at)
	run('replay', data)
	assert.equal(JSON.parse(run('list', data, '--procedure', 'anonymous_report', '--limit', '100', '--json', ...at)).length, 14)
	assert.doesNotMatch(readFileSync(log, 'utf8'), /api\/v1\/letters/)
})
