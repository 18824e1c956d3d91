// How somebody wants to be told outside the house, over HTTP; the server that sends beside its requests; what the administrator sees.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { certificate, mailServer } from '../outbox/servers.mjs'
import { found, open, settle } from './house.mjs'
import { folder, get, inside, problem, until } from './lib.mjs'

const lead = 'deng.puqing', registry = 'li.zhufei', secret = 'a secret of the mail server'
const { cert, options } = certificate(folder)
const mail = await mailServer({ options, user: 'bihuan', password: secret })
after(() => mail.close())
const settings = { link: 'https://bihuan.example', hosts: ['localhost'], inside: ['127.0.0.1'], ca: cert,
	mail: { host: 'localhost', port: mail.port, tls: 'starttls', user: 'bihuan', password: secret, from: 'bihuan@bureau.example', domains: ['bureau.example'] },
	hooks: [{ name: 'office', title: '办公室群', kind: 'wecom', url: 'https://localhost/send?key=s3cr3t' }] }
const setUp = (text) => writeFileSync(join(inside('house'), 'outbox.json'), text, { mode: 0o600 })
const administrators = found()
const slips = settle([lead, registry])
const house = await open()
after(() => house.stop())
const people = { [lead]: await house.settle(lead, slips[lead]), [registry]: await house.settle(registry, slips[registry]) }
for (const name of ['system', 'audit']) people[name] = await house.begin(name, administrators[name])
const mine = '/api/v1/me/telling'
const send = (name, method, path, json) => house.ask(people[name], method, path, json)
const read = async (name, path) => (await send(name, 'GET', path)).json
const fine = async (status, ...args) => assert.equal((await send(...args)).status, status)

test('nothing is told and nothing offered where nothing is set up', async () => {
	const told = await read(lead, mine)
	assert.deepEqual([told.pace, told.ways, told.address], ['none', [], undefined])
	problem(await send(lead, 'PUT', mine, { pace: 'daily' }), 409, 'way')
	problem(await send(lead, 'POST', mine + '/address', { address: 'deng@bureau.example' }), 409, 'way')
	assert.equal((await read('system', '/api/v1/outbox')).set_up, false)
	setUp(JSON.stringify(settings))
	assert.deepEqual((await read(lead, mine)).ways, [{ way: 'mail', title: '' }, { way: 'office', title: '办公室群' }])
})

test('an address is proved by a code that goes at once, beside all requests', async () => {
	problem(await send(lead, 'PUT', mine, { pace: 'at_once', way: 'mail' }), 409, 'way')
	problem(await send(lead, 'POST', mine + '/address', { address: 'deng@elsewhere.example' }), 403, 'address')
	problem(await send(lead, 'POST', mine + '/address', { address: 'deng' }), 400, 'address')
	await fine(202, lead, 'POST', mine + '/address', { address: 'deng@bureau.example' })
	await until(() => mail.letters.length === 1)
	assert.equal((await read(lead, mine)).wanted, 'deng@bureau.example')
	problem(await send(lead, 'POST', mine + '/address/confirmation', { code: '1' }), 400, 'code')
	await fine(204, lead, 'POST', mine + '/address/confirmation', { code: /\b\d{8}\b/.exec(mail.letters[0].text)[0] })
	const { address, wanted } = await read(lead, mine)
	assert.deepEqual([address, wanted], ['deng@bureau.example', undefined])
})

test('what is said stays, what isn\'t is left, and what can\'t be is refused', async () => {
	await fine(204, lead, 'PUT', mine, { pace: 'at_once', way: 'mail', lang: 'en', quiet_from: '06:15', quiet_until: '06:15', working_days: false })
	await fine(204, lead, 'PUT', mine, { daily_at: '07:45' })
	const { ways, ...told } = await read(lead, mine)
	assert.ok(ways)
	assert.deepEqual(told, { pace: 'at_once', way: 'mail', address: 'deng@bureau.example', lang: 'en', daily_at: '07:45', quiet_from: '06:15', quiet_until: '06:15', working_days: false })
	for (const wrong of ['24:00', '7:450', '07.45', '07:60', 'ab:cd']) problem(await send(lead, 'PUT', mine, { daily_at: wrong }), 400, 'daily_at')
	problem(await send(lead, 'PUT', mine, { way: 'nobody' }), 400, 'way')
	problem(await send(lead, 'PUT', mine, { pace: 'hourly' }), 400, 'pace')
	problem(await send('system', 'PUT', mine, { pace: 'none' }), 403, 'account')
	problem(await get(house.server, mine), 401)
	assert.equal((await read(registry, mine)).pace, 'none')
})

test('what comes into the inbox goes out while the server runs, and once', async () => {
	const opened = await send(registry, 'POST', '/api/v1/matters', { procedure: 'task', fields: { title: '修缮屋顶', lead_unit: 'projects', leader: 'deputy-director-2', due: '2099-06-26' } })
	const id = opened.json.matter
	await fine(200, registry, 'POST', `/api/v1/matters/${id}/actions/send`, {})
	await until(() => mail.letters.length === 2, 20000)
	assert.match(mail.letters[1].text, new RegExp(`https://bihuan.example/matters/${id}\\n`))
	assert.deepEqual(mail.letters[1].to, ['deng@bureau.example'])
	// What came of it is written behind the other side's answer.
	const stands = await until(async () => {
		const now = await read('system', '/api/v1/outbox')
		return now.waiting === 0 && now
	})
	assert.deepEqual([stands.sent, stands.failed, stands.messages], [2, 0, []])
})

test('the administrator sees what failed and no secret, and lets it go again', async () => {
	mail.answers = (line) => (line.startsWith('RCPT') ? '550 5.1.1 no such mailbox' : undefined)
	await fine(200, registry, 'POST', '/api/v1/matters/1/urges', { text: '请尽快' })
	const stands = await until(async () => {
		const now = await read('system', '/api/v1/outbox')
		return now.failed === 1 && now
	}, 20000)
	assert.deepEqual([stands.set_up, stands.mail, stands.from, stands.hooks], [true, `localhost:${mail.port} (starttls)`, 'bihuan@bureau.example', [{ name: 'office', title: '办公室群', kind: 'wecom', host: 'localhost' }]])
	assert.ok(!JSON.stringify(stands).includes(secret) && !JSON.stringify(stands).includes('s3cr3t') && !JSON.stringify(stands).includes('修缮'))
	const [failed] = stands.messages
	assert.deepEqual([failed.account, failed.what, failed.state, failed.tries], [lead, 'notices', 'failed', 1])
	assert.match(failed.why, /550/)
	problem(await send('audit', 'GET', '/api/v1/outbox'), 403)
	problem(await send(lead, 'GET', '/api/v1/outbox'), 403)
	problem(await send('audit', 'POST', `/api/v1/outbox/${failed.message}/again`), 403)
	mail.answers = () => undefined
	await fine(204, 'system', 'POST', `/api/v1/outbox/${failed.message}/again`)
	await until(() => mail.letters.length === 3)
	problem(await until(async () => (await read('system', '/api/v1/outbox')).failed === 0 && send('system', 'POST', `/api/v1/outbox/${failed.message}/again`)), 409)
	problem(await send('system', 'POST', '/api/v1/outbox/999/again'), 404)
})

test('what is wrong with the settings is said to the administrator, and the address can be taken back', async () => {
	setUp('{"link": "https://b.example", "hosts": [], "mail": {"host": "mail.example", "tls": "none", "from": "a@b.example"}}')
	assert.match((await read('system', '/api/v1/outbox')).fault, /mail\.example 不在允许访问的主机之列/)
	problem(await send(lead, 'PUT', mine, { pace: 'daily' }), 409, 'way')
	await fine(204, lead, 'DELETE', mine + '/address')
	const { pace, address } = await read(lead, mine)
	assert.deepEqual([pace, address], ['none', undefined])
})
