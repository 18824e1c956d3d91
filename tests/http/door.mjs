// Whom a compartment is about: what is told at its door, what may be done there, and that nothing else comes through it.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { ask, bihuan, foreseeing, get, launch, problem, run, signIn, smallest } from './lib.mjs'

// The station is called to account: its head and its liaison act for it, its member doesn't exist, and its upper office is no part of it.
const head = 'pan.xiuliao', liaison = 'zhou.zeyuan', inquirer = 'lu.tinghe', leader = 'huang.tongheng', outsider = 'deng.puqing', registry = 'li.zhufei'
const names = [head, liaison, inquirer, leader, outsider, registry]
const data = smallest('door', ...names)
const server = await launch(bihuan, ['serve', data, '--listen', '127.0.0.1:0', '--access-log', 'none', '--limits', 'off', '--lang', 'en', '--now', '2019-01-09T09:00'])
after(() => server.stop())
const document = (await get(server, '/api/v1/openapi.json')).json
const people = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await signIn(server, name)])))
const { read, write, done, send: bodiless } = foreseeing(document, people)
const send = async (name, text) =>
	(await ask(server, 'POST', `/api/v1/evidence?name=${encodeURIComponent(name)}.txt`, { body: text, headers: { ...people[name].headers, 'Content-Length': Buffer.byteLength(text), 'Content-Type': 'text/plain' } })).json.hash
const bare = (reply) => [reply.status, reply.body.replace(/"request":"[^"]*"/, '')]
const whole = async (name, id) => (await read(name, `/matters/${id}`)).json

// What only those inside know: none of it may come through the door.
const secrets = ['泄露的线索', 'inside.txt', '卢', 'lu.tinghe', 'inquirer', 'tell_in_time', 'propose', '核查底稿', '内部记事']
const secret = (await done(inquirer, '/matters', { procedure: 'accountability', fields: { title: '泄露的线索', subject: 'station', ground: 'overdue' } })).matter
const number = (await whole(inquirer, secret)).number
const inside = await send(inquirer, '核查底稿 of ' + secret)
const clean = (reply, ...more) => {
	for (const word of [...secrets, ...more]) assert.ok(!reply.body.includes(word), `${word} came through: ${reply.body}`)
	return reply
}

test('before anything is told there is no door', async () => {
	for (const name of [head, liaison]) {
		assert.deepEqual(bare(await read(name, `/matters/${secret}`)), bare(await read(name, '/matters/999999')))
		assert.deepEqual((await read(name, '/me/concerned')).json.matters, [])
		assert.deepEqual((await read(name, '/duties?mine=true')).json.duties, [])
		const early = (id) => write(name, `/matters/${id}/actions/state_case`, { fields: { statement: '提前申辩' } })
		assert.deepEqual(bare(await early(secret)), bare(await early(999999)))
	}
})

test('what is told comes with the duty, the form and the basis, and nothing else', async () => {
	await done(inquirer, `/matters/${secret}/notes`, { text: '内部记事' })
	await done(inquirer, `/matters/${secret}/actions/tell`, { fields: { facts: '逾期二十日' }, evidence: [inside] })
	for (const name of [head, liaison]) {
		const reply = clean(await read(name, `/matters/${secret}`))
		const matter = reply.json
		assert.equal(matter.door, true)
		assert.equal(matter.number, number)
		assert.equal(matter.title, matter.procedure_title)
		assert.equal(matter.state, '')
		assert.deepEqual(matter.fields, {})
		assert.deepEqual(matter.duties.map((duty) => [duty.name, duty.state, duty.unit]), [['Time to state one’s case'.replace('’', "'"), 'open', 'station']])
		assert.ok(matter.duties[0].due_day && matter.duties[0].basis.length > 0)
		assert.deepEqual(matter.possible.map((one) => [one.action, one.may]), [['state_case', true]])
		assert.deepEqual(matter.possible[0].fields.map((field) => field.name), ['statement'])
		assert.deepEqual(matter.served.map((one) => [one.headline, one.shown.map((value) => [value.name, value.text])]), [['Look into it and tell', [['facts', '逾期二十日']]]])
		for (const empty of ['written', 'requests', 'parts', 'links', 'evidence', 'handovers']) assert.deepEqual(matter[empty], [], empty)
		assert.equal(matter.opened, undefined)
		assert.equal(reply.headers.etag, `"${matter.version}"`)
		const mine = clean(await read(name, '/duties?mine=true')).json.duties
		assert.deepEqual(mine.map((duty) => [duty.matter, duty.title]), [[secret, matter.procedure_title]])
		assert.deepEqual(clean(await read(name, '/me/concerned')).json.matters.map((one) => [one.id, one.owes, one.may_act]), [[secret, true, true]])
		clean(await read(name, '/inbox'))
	}
	const owedIn = async (name, procedure) => (await read(name, `/duties?procedure=${procedure}`, '/duties')).json.duties.map((duty) => duty.matter)
	assert.deepEqual([await owedIn(inquirer, 'accountability'), await owedIn(inquirer, 'task'), await owedIn(outsider, 'accountability')], [[secret], [], []])
	problem(await read(inquirer, '/duties?procedure=acountability'), 400, 'procedure')
	assert.deepEqual((await read(outsider, '/me/concerned')).json.matters, [])
	assert.deepEqual((await read(inquirer, '/me/concerned')).json.matters, [])
})

test('lists, search, figures, history, files and every other write know of nothing', async () => {
	for (const name of [head, liaison]) {
		for (const path of ['/matters?count=true', `/matters?procedure=accountability&count=true`, `/search?q=${encodeURIComponent('泄露的线索')}`, '/duties', `/matters?q=${encodeURIComponent('泄露')}`]) {
			const reply = clean(await read(name, path))
			if (path.startsWith('/matters')) assert.ok(!reply.json.matters.some((one) => one.id === secret), path)
			if (reply.json.total !== undefined && path.includes('procedure')) assert.equal(reply.json.total, 0)
		}
		for (const path of ['history', 'links', 'evidence', 'children'])
			assert.deepEqual(bare(await read(name, `/matters/${secret}/${path}`)), bare(await read(name, `/matters/999999/${path}`)), path)
		assert.deepEqual(bare(await read(name, `/evidence/${inside}`)), bare(await read(name, `/evidence/${'0'.repeat(64)}`)))
		for (const [path, body] of [['notes', { text: 'x' }], ['urges', { text: 'x' }], ['instructions', { text: 'x' }], ['answers', { duty: 1, text: 'x' }], ['actions/tell', { fields: { facts: 'x' } }], ['actions/propose', { fields: {} }], ['actions/nothing', {}], ['requests/1/decision', { decision: 'grant' }]]) {
			const said = bare(await write(name, `/matters/${secret}/${path}`, body))
			assert.ok(path === 'answers' ? said[0] === 412 : said[0] === 404, `${path}: ${said}`)
			if (said[0] === 404) assert.deepEqual(said, bare(await write(name, `/matters/999999/${path}`, body)), path)
		}
		for (const [method, path] of [['POST', 'followers'], ['DELETE', 'followers/me']]) {
			const said = bare(await bodiless(name, method, `/matters/${secret}/${path}`))
			assert.equal(said[0], 404)
			assert.deepEqual(said, bare(await bodiless(name, method, `/matters/999999/${path}`)))
		}
	}
})

test('its version moves with what is told, and with nothing else', async () => {
	const before = await read(head, `/matters/${secret}`)
	await done(inquirer, `/matters/${secret}/notes`, { text: '内部记事' })
	const behind = await read(head, `/matters/${secret}`)
	assert.equal(behind.body, before.body)
	assert.equal(behind.headers.etag, before.headers.etag)
	problem(await write(head, `/matters/${secret}/actions/state_case`, { fields: { statement: '我们的说明' } }, { 'If-Match': '"17"' }), 412)
	problem(await write(head, `/matters/${secret}/actions/state_case`, { fields: {} }), 400)
})

test('they are heard, with files of their own, and keep what they said', async () => {
	const hash = await send(head, 'our papers')
	const key = { 'Idempotency-Key': 'heard-once' }
	const body = { fields: { statement: '我们的说明' }, evidence: [hash] }
	const etag = (await read(head, `/matters/${secret}`)).headers.etag
	const first = await write(head, `/matters/${secret}/actions/state_case`, body, { ...key, 'If-Match': etag })
	assert.equal(first.status, 200, first.body)
	assert.deepEqual(Object.keys(first.json).sort(), ['again', 'count', 'index', 'receipt'])
	assert.equal(first.json.count, 1)
	assert.equal(first.headers.etag, undefined)
	assert.equal((await get(server, first.json.receipt)).status, 200)
	const again = await done(head, `/matters/${secret}/actions/state_case`, body, { ...key, 'If-Match': etag })
	assert.deepEqual([again.index, again.again], [first.json.index, true])
	const after = clean(await read(head, `/matters/${secret}`)).json
	assert.deepEqual(after.written.map((one) => [one.event, one.shown.map((value) => value.text)]), [[first.json.index, ['我们的说明']]])
	assert.deepEqual(after.evidence.map((item) => item.hash), [hash])
	assert.deepEqual(after.possible, [])
	assert.deepEqual(after.duties.map((duty) => duty.state), ['done'])
	assert.equal((await read(head, `/evidence/${hash}`)).body, 'our papers')
	// A second time there is nothing to be said: what has happened inside is not told by why not.
	problem(await write(head, `/matters/${secret}/actions/state_case`, { fields: { statement: '再说一次' } }), 412)
	clean(await write(head, `/matters/${secret}/actions/state_case`, { fields: { statement: '再说一次' } }), 'heard')
	// The other who acts for the station finds the same duty done, and reads no word or file of a colleague's as their own.
	const other = clean(await read(liaison, `/matters/${secret}`)).json
	assert.deepEqual(other.duties.map((duty) => duty.state), ['done'])
	assert.deepEqual([other.written, other.evidence], [[], []])
	problem(await read(liaison, `/evidence/${hash}`), 404)
	// Who handles it reads the statement and the file.
	assert.ok((await whole(inquirer, secret)).evidence.some((item) => item.hash === hash))
})

test('a decision is told when it is served, and appealed from without seeing more', async () => {
	await done(inquirer, `/matters/${secret}/actions/propose`, { fields: { form: 'remind', reply: '逐条答复' }, evidence: [inside] })
	const waiting = clean(await read(head, `/matters/${secret}`), '逐条答复', 'remind', 'Talk').json
	assert.deepEqual(waiting.served.length, 1)
	await done(leader, `/matters/${secret}/actions/decide`, { fields: { form: 'criticise', reason: '情节较轻' } })
	const decided = clean(await read(head, `/matters/${secret}`), '逐条答复').json
	assert.deepEqual(decided.served.at(-1).shown.map((value) => [value.name, value.text]), [['form', 'Criticism'], ['reason', '情节较轻']])
	assert.deepEqual(decided.possible.map((one) => one.action), ['appeal', 'carry_out'])
	await done(head, `/matters/${secret}/actions/appeal`, { fields: { grounds: '程序有误' } })
	const appealed = clean(await read(head, `/matters/${secret}`)).json
	assert.deepEqual(appealed.written.map((one) => one.shown[0].text), ['我们的说明', '程序有误'])
	assert.deepEqual(appealed.possible, [])
})
