// Robots and signed webhooks over a real server with TLS: what they are sent, signed by the formulas of their makers, once, to listed hosts.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import test from 'node:test'
import { at, bihuan, discipline, folder, house, lead, run, settle } from './house.mjs'
import { call, certificate, webServer } from './servers.mjs'

const { cert, options } = certificate(folder)
const link = 'https://bihuan.example'
const atOnce = ['pace=at_once', 'quiet=21:00-07:30', 'working_days=yes']
const mac = (key, text) => createHmac('sha256', key).update(text).digest('base64')

// A house whose lead is told by a hook of this kind.
async function told(kind, more = {}, who = lead) {
	const web = await webServer({ options })
	test.after(() => web.close())
	const settings = { link, hosts: ['localhost'], inside: ['127.0.0.1'], ca: cert,
		hooks: [{ name: 'office', kind, url: `https://localhost:${web.port}/send?token=t0k3n`, ...more }] }
	const one = await house(settings, who)
	await one.mine('tell', who, ...atOnce, 'way=office', ...at('01-07T08:00'))
	return { web, settings, ...one }
}

test('WeCom: a text of how many and of which kind, and not of what', async () => {
	const { web, task, send } = await told('wecom')
	web.answers = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' })
	await task('不该外传的标题', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /sent 1/)
	await send('01-07T09:02')
	assert.equal(web.calls.length, 1)
	const [{ method, url, json, headers }] = web.calls
	assert.deepEqual([method, url, headers['content-type']], ['POST', '/send?token=t0k3n', 'application/json'])
	assert.deepEqual(Object.keys(json), ['msgtype', 'text'])
	assert.equal(json.msgtype, 'text')
	assert.match(json.text.content, /^【闭环】邓浦晴：您有新责任 1 条。https:\/\/bihuan\.example\/$/)
})

test('DingTalk: its signature stands in the query', async () => {
	const { web, task, send } = await told('dingtalk', { secret: 'SEC0123456789abcdef' })
	web.answers = () => ({ status: 200, body: '{"errcode":0,"errmsg":"ok"}' })
	await task('一', '01-07T09:00')
	await send('01-07T09:01')
	const query = new URL(web.calls[0].url, link).searchParams
	assert.equal(query.get('token'), 't0k3n')
	assert.equal(query.get('timestamp'), String(Date.parse('2019-01-07T09:01:00+08:00')))
	assert.equal(query.get('sign'), mac('SEC0123456789abcdef', `${query.get('timestamp')}\nSEC0123456789abcdef`))
	assert.equal(web.calls[0].json.msgtype, 'text')
})

test('Feishu: its signature stands in the body', async () => {
	const { web, task, send } = await told('feishu', { secret: 'feishu secret' })
	web.answers = () => ({ status: 200, body: '{"code":0,"msg":"success","data":{}}' })
	await task('一', '01-07T09:00')
	await send('01-07T09:01')
	const { json } = web.calls[0]
	assert.equal(json.timestamp, String(Date.parse('2019-01-07T09:01:00+08:00') / 1000))
	assert.equal(json.sign, mac(`${json.timestamp}\nfeishu secret`, ''))
	assert.equal(json.msg_type, 'text')
	assert.match(json.content.text, /闭环/)
})

test('a signed webhook is verified as Standard Webhooks are, and a try again is known by its id', async () => {
	const key = Buffer.from('0123456789abcdef0123456789abcdef')
	const { web, task, send } = await told('signed', { secret: 'whsec_' + key.toString('base64'), tells: 'lines' })
	let times = 0
	web.answers = () => (times++ === 0 ? 'cut' : { status: 204 })
	const made = await task('河道清淤', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /put off 1/)
	assert.match(await send('01-07T09:05'), /sent 1/)
	const [first, second] = web.calls
	for (const { headers, body } of web.calls) assert.equal(headers['webhook-signature'], 'v1,' + mac(key, `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`))
	assert.equal(first.headers['webhook-id'], second.headers['webhook-id'])
	assert.equal(first.headers['idempotency-key'], first.headers['webhook-id'])
	assert.equal(first.body, second.body)
	assert.notEqual(first.headers['webhook-timestamp'], second.headers['webhook-timestamp'])
	assert.deepEqual([second.json.id, second.json.count, second.json.link], [second.headers['webhook-id'], 1, link + '/'])
	assert.deepEqual(second.json.notices, [{ kind: 'duty', matter: made.matter, number: made.number, title: '河道清淤', time: '2019-01-07 09:00' }])
})

test('of a compartment no hook says more than that there is something', async () => {
	const { web, task, send, data } = await told('signed', { secret: 's', tells: 'lines' }, discipline)
	web.answers = () => ({ status: 200 })
	const made = await task('要迟的事', '01-07T09:00', '2019-01-09')
	await run(['act', data, made.number, 'sign', '--as', lead, ...at('01-07T09:30')])
	await run(['tick', data, ...at('01-25T09:00')])
	await send('01-25T09:01')
	assert.equal(web.calls.length, 1)
	const { id, to, ...rest } = web.calls[0].json
	assert.match(id, /^[0-9a-f]{32}$/)
	assert.deepEqual(rest, { text: `${to}：\n\n您有事项待办。\n\n请登录系统办理：${link}/\n`, link: link + '/', count: 0, something: true, notices: [] })
})

test('a robot that may have said it isn\'t made to say it again; one that is pressed for time is asked later', async () => {
	const { web, task, send, letters } = await told('wecom')
	web.answers = () => 'cut'
	await task('一', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /failed 1/)
	await send('01-07T12:00')
	assert.equal(web.calls.length, 1)
	assert.equal((await letters('01-07T12:00'))[0].state, 'unclear')
	web.answers = () => ({ status: 200, body: '{"errcode":45009,"errmsg":"too often"}' })
	await task('二', '01-07T13:00')
	assert.match(await send('01-07T13:01'), /put off 1/)
	web.answers = () => ({ status: 200, body: '{"errcode":0}' })
	assert.match(await send('01-07T13:05'), /sent 1/)
	assert.equal(web.calls.length, 3)
})

test('no redirect is followed, no host called that isn\'t listed, no inner address that isn\'t', async () => {
	const { web, data, settings, task, send, letters } = await told('wecom')
	web.answers = () => ({ status: 302, headers: { location: `https://localhost:${web.port}/inner` } })
	await task('一', '01-07T09:00')
	assert.match(await send('01-07T09:01'), /failed 1/)
	assert.equal(web.calls.length, 1)
	assert.match((await letters('01-07T09:02'))[0].why, /HTTP 302/)
	settle(data, { ...settings, inside: [] })
	await task('二', '01-07T10:00')
	await send('01-07T10:01')
	assert.equal(web.calls.length, 1)
	assert.match((await letters('01-07T10:02'))[0].why, /inner address/)
	settle(data, { ...settings, hosts: [] })
	const done = await call(bihuan, ['outbox', data, 'send', '--lang', 'en', ...at('01-07T11:00')]).ended
	assert.notEqual(done.code, 0)
	assert.match(done.err, /isn't among the hosts/)
	assert.ok(!done.err.includes('t0k3n'))
	assert.ok(!(await run(['outbox', data, ...at('01-07T11:00')])).includes('t0k3n'))
})

test('to one hook five go in a round, because robots take some twenty a minute', async () => {
	const web = await webServer({ options })
	test.after(() => web.close())
	web.answers = () => ({ status: 200, body: '{"errcode":0}' })
	const people = ['li.zhufei', 'lin.yanchuan', 'tan.yunlan', 'feng.huaishi', 'deng.puqing', 'su.lanmo', 'huang.tongheng']
	const one = await house({ link, hosts: ['localhost'], inside: ['127.0.0.1'], ca: cert, hooks: [{ name: 'office', kind: 'wecom', url: `https://localhost:${web.port}/` }] }, ...people)
	for (const who of people) await one.mine('tell', who, ...atOnce, 'way=office', ...at('01-07T08:00'))
	const made = await one.task('一', '01-07T09:00', '2019-01-09')
	await run(['act', one.data, made.number, 'sign', '--as', lead, ...at('01-07T09:30')])
	await run(['tick', one.data, ...at('01-25T09:00')])
	const first = Number(/sent (\d)/.exec(await one.send('01-25T09:01'))[1])
	assert.equal(first, web.calls.length)
	assert.ok(first <= 5)
	await one.send('01-25T09:02')
	assert.ok(web.calls.length > first || first < 5, 'the rest goes in the next round')
})
